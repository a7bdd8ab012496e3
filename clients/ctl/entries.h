// entries - walks the journal as the coordinator shows it to the viewer, page by page
#pragma once

#include "clients/ctl/ctl.h"

// What is done with one entry. False stops the walk.
typedef bool (*entry_visit)(void *context, const Award__HistoryItem *item);

// Visits the entries from a number on, of one subject or (NULL) all, until the last there is. Each
// page is forgotten when the next comes: ctl->arena is another one during a visit. Returns CTL_OK,
// also when a visit stopped it, or what has been said.
int entries_walk(struct ctl *ctl, uint64_t from, const char *subject, entry_visit visit,
                 void *context);

// The number that follows on the last entry of a page; `from` where it has none.
uint64_t entries_next(const Award__Entries *entries, uint64_t from);
