// personal_private - what the journal does with the database of personal data
#pragma once

#include "daemon/store/personal.h"
#include "daemon/store/store_lmdb.h"

// Opens the database in the journal's environment, or makes it; beside a writer it may be missing.
// NULL and *error on failure.
struct personal *personal_open(struct store_lmdb *store, struct store_error *error);
void personal_close(struct personal *personal);

// Writes what is in memory into the transaction; LMDB's code.
int personal_write(const struct personal *personal, MDB_txn *txn);
