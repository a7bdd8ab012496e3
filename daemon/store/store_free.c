// store_free - the lists of free pages
//
// LMDB keeps them in a database without a name: under the number of a transaction (eight bytes) a
// count and so many numbers of pages that it gave back, the greatest first.
#include "daemon/store/store_lmdb.h"

#include <string.h>

enum { FREE_DATABASE = 0, PAGES_BEFORE = 2 }; // the two that say where everything lies

static size_t number_at(MDB_val value, size_t index)
{
    size_t number;
    memcpy(&number, (const uint8_t *)value.mv_data + index * sizeof(number), sizeof(number));
    return number;
}

static bool list_good(MDB_val key, MDB_val list, size_t last_page)
{
    size_t places = list.mv_size / sizeof(size_t);
    if (key.mv_size != sizeof(size_t) || places == 0 || number_at(list, 0) > places - 1) {
        return false;
    }
    size_t before = last_page + 1;
    for (size_t i = 1; i <= number_at(list, 0); i++) {
        size_t page = number_at(list, i);
        if (page < PAGES_BEFORE || page >= before) {
            return false;
        }
        before = page;
    }
    return true;
}

static int lists_walk(MDB_txn *txn, MDB_cursor *cursor, size_t last_page)
{
    MDB_val key;
    MDB_val list;
    size_t before = 0;
    int code = 0;
    while ((code = mdb_cursor_get(cursor, &key, &list, MDB_NEXT)) == 0) {
        if (!list_good(key, list, last_page) || number_at(key, 0) <= before ||
            number_at(key, 0) > mdb_txn_id(txn)) {
            return MDB_CORRUPTED;
        }
        before = number_at(key, 0);
    }
    return code == MDB_NOTFOUND ? 0 : code;
}

int store_lmdb_check_free(struct store_lmdb *store, struct store_error *error)
{
    MDB_txn *txn = NULL;
    MDB_cursor *cursor = NULL;
    int failed = store_lmdb_reader(store, &txn, error);
    if (failed != STORE_OK) {
        return failed;
    }
    MDB_envinfo info;
    (void)mdb_env_info(store->env, &info);
    int code = mdb_cursor_open(txn, FREE_DATABASE, &cursor);
    if (code == 0) {
        code = lists_walk(txn, cursor, info.me_last_pgno);
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    return code == 0 ? STORE_OK : store_lmdb_failed(store, code, error);
}
