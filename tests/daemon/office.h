// office - a ledger in a scratch directory, and events sent to it as JSON
#pragma once

#include "daemon/ledger.h"

struct office;

// Makes a database in a new directory below the system's temporary one, and opens it.
struct office *office_create(void);

// Closes it and removes the directory.
void office_destroy(struct office *office);

// Closes and opens it again, as after a kill: what was in memory only is gone.
void office_reopen(struct office *office);

// Closes it and fails to open it again; nothing but office_destroy may follow.
void office_reopen_refused(struct office *office, struct store_error *error);

struct ledger *office_ledger(struct office *office);
const char *office_directory(const struct office *office);

// Adds an event to the group; the id may be NULL (a new one). The JSON is of the event's body.
const Award__Answer *office_submit(struct office *office, const char *principal, const char *id,
                                   const char *json);
void office_commit(struct office *office);

// The digest of the state as the ledger sees it, in hex; valid until the next call but three.
const char *office_digest(struct office *office);
