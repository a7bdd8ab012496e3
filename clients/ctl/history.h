// history - entries and what they changed, in words
#pragma once

#include "clients/ctl/ctl.h"

// What a change means for people; NULL where it means nothing to them (rows of the index). `before`
// is the stage of the case until then, 0 where it is not known.
const char *history_change(struct ctl *ctl, const Award__Change *change, Award__Stage__Name before);

// Who sent an event, what it is called, how it came out.
const char *history_event(struct ctl *ctl, const Award__HistoryItem *item);
const char *history_who(const Award__HistoryItem *item);
const char *history_outcome(struct ctl *ctl, const Award__HistoryItem *item);
