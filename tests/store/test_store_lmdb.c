// What the wrapper adds to LMDB's own promises.
#include "daemon/store/store_lmdb.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct scratch scratch;

static void set_up(void)
{
    scratch_make(&scratch);
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

TestSuite(store_lmdb, .init = set_up, .fini = tear_down);

// Puts and removals in random order, one transaction.
static void shuffle_records(struct store_lmdb *store, struct model *random)
{
    enum { CHANGES = 170, KEYS = 128, SIZE_MAX_BYTES = 612 };
    static uint8_t memory[SIZE_MAX_BYTES];
    uint64_t quarters_put = model_random(random, 4);
    MDB_txn *txn = NULL;
    cr_assert_eq(store_lmdb_begin(store, &txn, NULL), STORE_OK);
    for (int i = 0; i < CHANGES; i++) {
        char text[32];
        (void)snprintf(text, sizeof(text), "%llu", (unsigned long long)model_random(random, KEYS));
        MDB_val key = store_lmdb_val(text_bytes(text));
        MDB_val value = {.mv_size = 1 + model_random(random, SIZE_MAX_BYTES), .mv_data = memory};
        if (model_random(random, 4) < quarters_put) {
            cr_assert_eq(mdb_put(txn, store->records, &key, &value, 0), 0);
        } else {
            int code = mdb_del(txn, store->records, &key, NULL);
            cr_assert(code == 0 || code == MDB_NOTFOUND);
        }
    }
    cr_assert_eq(store_lmdb_commit(store, txn, NULL), STORE_OK);
}

// Without the filling up, LMDB 0.9.24 leaves the file short in 5 of these 12 runs.
Test(store_lmdb, after_every_commit_the_file_is_as_long_as_the_check_at_opening_wants_it)
{
    static const struct store_kind KIND = {.name = "any", .database = "records", .format = 1};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct model random = {.random = seed * 7919};
        struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_CREATE, NULL);
        cr_assert_not_null(store);
        for (int commit = 0; commit < 12; commit++) {
            shuffle_records(store, &random);
            cr_assert_geq((uint64_t)scratch_size(&scratch, "any.mdb"),
                          store_lmdb_bytes_needed(store));
        }
        store_lmdb_close(store);
        store = store_lmdb_open(&KIND, scratch.directory, STORE_WRITE, NULL);
        cr_assert_not_null(store);
        store_lmdb_close(store);
        cr_assert_eq(remove(scratch_path(&scratch, "any.mdb")), 0);
    }
}

Test(store_lmdb, a_text_that_does_not_fit_ends_with_a_whole_character)
{
    struct store_error error;
    char beginning[1024];
    for (size_t blanks = 900; blanks < 930; blanks++) {
        memset(beginning, ' ', blanks);
        beginning[blanks] = '\0';
        cr_assert_eq(store_error_set(&error, STORE_IO, "path", "%s%s%s%s", beginning,
                                     "磁盘已满，请腾出空间后重试", "磁盘已满，请腾出空间后重试",
                                     "磁盘已满，请腾出空间后重试"),
                     STORE_IO);
        size_t size = strlen(error.text);
        cr_assert_lt(size, sizeof(error.text));
        cr_assert_geq(size, sizeof(error.text) - 3);
        cr_assert_eq((size - strlen("path: ") - blanks) % 3, 0, "cut within a character");
    }
}
