// What the wrapper adds to LMDB's own promises.
#include "daemon/store/store_lmdb.h"
#include "tests/file_limit.h"
#include "tests/store/failing.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct store_kind KIND = {.name = "any", .database = "records", .format = 1};

static struct scratch scratch;

// Of calls to sync a file: how many there were since it was set to 0, how large it was at the
// first, and which one fails (0: none).
static struct {
    int count;
    off_t size;
    int fails;
} syncs;

// In the place of the C library's, for LMDB too.
int fdatasync(int fildes)
{
    struct stat file;
    syncs.count++;
    if (syncs.count == 1 && fstat(fildes, &file) == 0) {
        syncs.size = file.st_size;
    }
    if (syncs.count == syncs.fails) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, fildes);
}

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
static MDB_txn *shuffle_begin(struct store_lmdb *store, struct model *random)
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
    return txn;
}

// What came of its commit.
static int shuffle_records(struct store_lmdb *store, struct model *random)
{
    MDB_txn *txn = shuffle_begin(store, random);
    syncs.count = 0;
    return store_lmdb_commit(store, txn, NULL);
}

// Without the filling up, LMDB 0.9.24 leaves the file short in 5 of these 12 runs.
Test(store_lmdb, after_every_commit_the_file_is_as_long_as_the_check_at_opening_wants_it)
{
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct model random = {.random = seed * 7919};
        struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_CREATE, NULL);
        cr_assert_not_null(store);
        for (int commit = 0; commit < 12; commit++) {
            cr_assert_eq(shuffle_records(store, &random), STORE_OK);
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

// Shuffles until the file was left short and filled up, which takes a second sync; how often.
static int shuffle_until_short(struct store_lmdb *store, struct model *random)
{
    int commits = 0;
    do {
        cr_assert_lt(++commits, 100);
    } while (shuffle_records(store, random) == STORE_OK && syncs.count < 2);
    return commits;
}

static struct store_lmdb *create(void)
{
    struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_CREATE, NULL);
    cr_assert_not_null(store);
    return store;
}

Test(store_lmdb, a_failed_sync_is_no_full_disk_where_little_room_is_left)
{
    struct model random = {.random = 1};
    struct store_lmdb *store = create();
    file_limit((rlim_t)scratch_size(&scratch, "any.mdb") + (rlim_t)512 * 1024);
    syncs.fails = 1;
    cr_expect_eq(shuffle_records(store, &random), STORE_IO);
    store_lmdb_close(store);
}

Test(store_lmdb, a_failed_sync_of_the_end_of_the_file_is_one_of_the_commit)
{
    struct model random = {.random = 1};
    struct store_lmdb *store = create();
    int code = STORE_OK;
    syncs.fails = 2;
    for (int commit = 0; commit < 100 && code == STORE_OK; commit++) {
        code = shuffle_records(store, &random);
    }
    cr_expect_eq(code, STORE_IO);
    store_lmdb_close(store);
}

// Nothing that is read lies there.
Test(store_lmdb, an_end_of_the_file_that_finds_no_room_is_filled_up_at_the_next_commit)
{
    struct model random = {.random = 1};
    struct store_lmdb *store = create();
    int commits = shuffle_until_short(store, &random);
    off_t written = syncs.size;
    store_lmdb_close(store);
    cr_assert_eq(remove(scratch_path(&scratch, "any.mdb")), 0);
    random = (struct model){.random = 1};
    store = create();
    for (; commits > 1; commits--) {
        cr_assert_eq(shuffle_records(store, &random), STORE_OK);
    }
    file_limit((rlim_t)written);
    cr_expect_eq(shuffle_records(store, &random), STORE_OK);
    cr_expect_lt((uint64_t)written, store_lmdb_bytes_needed(store));
    file_limit(RLIM_INFINITY);
    cr_expect_eq(shuffle_records(store, &random), STORE_OK);
    cr_expect_geq((uint64_t)scratch_size(&scratch, "any.mdb"), store_lmdb_bytes_needed(store));
    store_lmdb_close(store);
}

// Then the check at opening finds it short, and nothing was lost before.
Test(store_lmdb, a_file_that_finds_no_room_to_be_filled_up_is_no_failure_of_the_commit)
{
    enum { CALL_OF_FTRUNCATE = 4 }; // behind those of the commit, the descriptor and the size
    bool is_short = false;
    for (uint64_t seed = 1; !is_short; seed++) {
        struct model random = {.random = seed * 7919};
        (void)remove(scratch_path(&scratch, "any.mdb"));
        struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_CREATE, NULL);
        cr_assert_not_null(store);
        for (int commit = 0; commit < 12 && !is_short; commit++) {
            MDB_txn *txn = shuffle_begin(store, &random);
            failing_begin(FAILS_ONCE, CALL_OF_FTRUNCATE, ENOSPC);
            cr_assert_eq(store_lmdb_commit(store, txn, NULL), STORE_OK);
            is_short = failing_end();
        }
        store_lmdb_close(store);
        cr_assert_lt(seed, 12);
    }
    struct store_error error;
    cr_assert_null(store_lmdb_open(&KIND, scratch.directory, STORE_WRITE, &error));
    cr_assert_not_null(strstr(error.text, "is cut short"), "%s", error.text);
}

Test(store_lmdb, is_made_with_its_directory)
{
    struct scratch inner;
    (void)snprintf(inner.directory, sizeof(inner.directory), "%.240s",
                   scratch_path(&scratch, "inner"));
    struct store_error error;
    cr_assert_null(store_lmdb_open(&KIND, inner.directory, STORE_WRITE, &error));
    cr_assert_eq(error.code, STORE_ABSENT, "%s", error.text);
    cr_assert_not_null(strstr(error.text, "is not there"), "%s", error.text);
    struct store_lmdb *store = store_lmdb_open(&KIND, inner.directory, STORE_CREATE, &error);
    cr_assert_not_null(store, "%s", error.text);
    store_lmdb_close(store);
    store_lmdb_close(NULL);
    scratch_remove(&inner);
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
