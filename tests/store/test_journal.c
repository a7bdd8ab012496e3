// What the journal promises: what was appended is there, in order, chained, or nothing is.
#include "daemon/store/journal.h"
#include "daemon/store/store_lmdb.h"
#include "tests/file_limit.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static struct scratch scratch;

static void set_up(void)
{
    scratch_make(&scratch);
}

static void tear_down(void)
{
    scratch_remove(&scratch);
}

TestSuite(journal, .init = set_up, .fini = tear_down);

enum { ENTRY_TEXT_BYTES = 64, GROUP_MAX = 7 };

// Every entry's bytes follow from its number.
static struct bytes entry_bytes(uint64_t number, char text[ENTRY_TEXT_BYTES])
{
    (void)snprintf(text, ENTRY_TEXT_BYTES, "entry <%llu> of a test", (unsigned long long)number);
    return text_bytes(text);
}

static int append(struct journal *journal, size_t count, struct store_error *error)
{
    struct journal_entry entries[GROUP_MAX];
    char texts[GROUP_MAX][ENTRY_TEXT_BYTES];
    cr_assert_leq(count, GROUP_MAX);
    memset(entries, 0, sizeof(entries));
    for (size_t i = 0; i < count; i++) {
        entries[i].number = journal_last(journal) + 1 + i;
        entries[i].bytes = entry_bytes(entries[i].number, texts[i]);
    }
    return journal_append(journal, entries, count, error);
}

static struct journal *open_or_fail(bool create)
{
    struct store_error error;
    struct journal *journal = journal_open(scratch.directory, create, &error);
    cr_assert_not_null(journal, "%s", error.text);
    return journal;
}

static void make_with(size_t count)
{
    struct journal *journal = open_or_fail(true);
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(append(journal, 1, NULL), STORE_OK);
    }
    journal_close(journal);
}

// Reads all entries, checks their bytes, and follows the chain from zeros with its own arithmetic.
static void assert_whole(struct journal *journal)
{
    uint8_t chain[CHAIN_BYTES] = {0};
    struct arena *arena = arena_create();
    for (uint64_t number = 1; number <= journal_last(journal); number++) {
        struct journal_entry entry;
        struct store_error error;
        char text[ENTRY_TEXT_BYTES];
        cr_assert_eq(journal_read(journal, number, arena, &entry, &error), STORE_OK, "%s",
                     error.text);
        cr_assert_eq(entry.number, number);
        assert_bytes(entry.bytes, entry_bytes(number, text), "entry");
        uint8_t hash[CHAIN_BYTES];
        chain_hash(entry.bytes, hash);
        chain_next(chain, hash, chain);
        cr_assert_arr_eq(entry.chain, chain, CHAIN_BYTES);
        arena_reset(arena);
    }
    cr_assert_arr_eq(journal_chain(journal), chain, CHAIN_BYTES);
    arena_destroy(arena);
}

Test(journal, the_hash_is_blake2b_256)
{
    static const uint8_t OF_ABC[CHAIN_BYTES] = {0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72,
                                                0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b,
                                                0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42,
                                                0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19};
    uint8_t hash[CHAIN_BYTES];
    chain_hash(text_bytes("abc"), hash);
    cr_assert_arr_eq(hash, OF_ABC, CHAIN_BYTES);
}

Test(journal, a_new_one_is_empty_and_its_chain_is_zeros)
{
    static const uint8_t ZEROS[CHAIN_BYTES];
    struct journal *journal = open_or_fail(true);
    cr_assert_eq(journal_last(journal), 0);
    cr_assert_arr_eq(journal_chain(journal), ZEROS, CHAIN_BYTES);
    struct arena *arena = arena_create();
    struct journal_entry entry;
    struct store_error error;
    cr_assert_eq(journal_read(journal, 1, arena, &entry, &error), STORE_ABSENT);
    cr_assert_not_null(strstr(error.text, "no entry 1"), "%s", error.text);
    cr_assert_eq(journal_read(journal, 0, arena, &entry, &error), STORE_ABSENT);
    arena_destroy(arena);
    journal_close(journal);
}

Test(journal, groups_of_every_size_are_read_back_before_and_after_reopening)
{
    struct journal *journal = open_or_fail(true);
    uint64_t expected = 0;
    for (size_t round = 0; round < 40; round++) {
        size_t count = 1 + round % GROUP_MAX;
        cr_assert_eq(append(journal, count, NULL), STORE_OK);
        expected += count;
        cr_assert_eq(journal_last(journal), expected);
        if (round % 13 == 0) {
            journal_close(journal);
            journal = open_or_fail(false);
            cr_assert_eq(journal_last(journal), expected);
        }
    }
    assert_whole(journal);
    journal_close(journal);
    journal = open_or_fail(false);
    assert_whole(journal);
    journal_close(journal);
}

Test(journal, an_entry_of_a_megabyte_is_read_back)
{
    enum { SIZE = 1024 * 1024 };
    struct journal *journal = open_or_fail(true);
    struct arena *arena = arena_create();
    uint8_t *data = arena_alloc(arena, SIZE);
    memset(data, 0x5A, SIZE);
    struct journal_entry entry = {
        .number = 1, .bytes = {.data = data, .size = SIZE}
    };
    cr_assert_eq(journal_append(journal, &entry, 1, NULL), STORE_OK);
    struct journal_entry read;
    cr_assert_eq(journal_read(journal, 1, arena, &read, NULL), STORE_OK);
    assert_bytes(read.bytes, entry.bytes, "large entry");
    cr_assert_arr_eq(read.chain, entry.chain, CHAIN_BYTES);
    arena_destroy(arena);
    journal_close(journal);
}

// ---- Refusals

static void assert_refused(bool create, int code, const char *sentence)
{
    struct store_error error = {.code = 0};
    struct journal *journal = journal_open(scratch.directory, create, &error);
    cr_assert_null(journal);
    cr_assert_eq(error.code, code, "%d: %s", error.code, error.text);
    cr_assert_not_null(strstr(error.text, sentence), "%s", error.text);
}

Test(journal, creating_over_one_that_is_there_is_refused_and_leaves_it)
{
    make_with(2);
    assert_refused(true, STORE_EXISTS, "is there already");
    struct journal *journal = open_or_fail(false);
    cr_assert_eq(journal_last(journal), 2);
    journal_close(journal);
}

Test(journal, opening_one_that_is_not_there_is_refused_and_makes_none)
{
    assert_refused(false, STORE_ABSENT, "is not there");
    cr_assert_neq(access(scratch_path(&scratch, "journal.mdb"), F_OK), 0);
}

static int open_a_second_time(void *context)
{
    struct store_error *error = context;
    char process[64];
    (void)snprintf(process, sizeof(process), "process %ld has it open", (long)getppid());
    struct journal *journal = journal_open(scratch.directory, false, error);
    return journal == NULL && error->code == STORE_LOCKED && strstr(error->text, process) != NULL
               ? 0
               : 1;
}

Test(journal, a_second_writer_is_refused_and_told_which_process_has_it)
{
    struct journal *journal = open_or_fail(true);
    struct store_error error;
    cr_assert_eq(scratch_child(open_a_second_time, &error), 0);
    assert_refused(false, STORE_LOCKED, "has it open");
    journal_close(journal);
    journal_close(open_or_fail(false));
}

Test(journal, a_second_writer_is_refused_before_the_first_has_said_which_process_it_is)
{
    struct journal *journal = open_or_fail(true);
    static const char *const numbers[] = {"", "x", "-1"};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        FILE *lock = fopen(scratch_path(&scratch, "journal.lock"), "w");
        cr_assert_not_null(lock);
        cr_assert_geq(fputs(numbers[i], lock), 0);
        cr_assert_eq(fclose(lock), 0);
        assert_refused(false, STORE_LOCKED, "another process has it open");
    }
    journal_close(journal);
}

Test(journal, a_newer_format_is_refused)
{
    static const struct store_kind NEWER = {.name = "journal", .database = "anything", .format = 2};
    store_lmdb_close(store_lmdb_open(&NEWER, scratch.directory, STORE_CREATE, NULL));
    assert_refused(false, STORE_FORMAT, "newer version (format 2, this program reads up to 1)");
}

Test(journal, a_file_that_is_cut_short_is_refused_wherever_it_is_cut)
{
    make_with(300);
    off_t size = scratch_size(&scratch, "journal.mdb");
    cr_assert_gt(size, (off_t)6 * 4096);
    const off_t cuts[] = {size - 1, size - 4096, size / 2, 12288, 5000, 100, 0};
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
        cr_assert_eq(truncate(scratch_path(&scratch, "journal.mdb"), cuts[i]), 0);
        assert_refused(false, STORE_DAMAGED, "restore a backup");
        cr_assert_eq(scratch_size(&scratch, "journal.mdb"), cuts[i], "it was not changed");
    }
}

Test(journal, a_file_of_another_program_is_refused)
{
    FILE *file = fopen(scratch_path(&scratch, "journal.mdb"), "w");
    cr_assert_not_null(file);
    for (int i = 0; i < 4096; i++) {
        (void)fputs("not a journal", file);
    }
    cr_assert_eq(fclose(file), 0);
    assert_refused(false, STORE_DAMAGED, "damaged");
}

// ---- Damage

Test(journal, a_flipped_bit_in_an_entry_is_found_at_its_number_only)
{
    make_with(20);
    cr_assert_geq(scratch_flip(&scratch, "journal.mdb", "entry <7>", 3), 1);
    struct journal *journal = open_or_fail(false);
    struct arena *arena = arena_create();
    for (uint64_t number = 1; number <= 20; number++) {
        struct journal_entry entry;
        struct store_error error = {.text = ""};
        int expected = number == 7 ? STORE_DAMAGED : STORE_OK;
        cr_assert_eq(journal_read(journal, number, arena, &entry, &error), expected, "entry %llu",
                     (unsigned long long)number);
        cr_assert_eq(number == 7, strstr(error.text, "entry 7 is damaged") != NULL);
    }
    arena_destroy(arena);
    journal_close(journal);
}

Test(journal, an_entry_that_is_taken_out_is_found)
{
    make_with(5);
    static const struct store_kind KIND = {
        .name = "journal", .database = "entries", .flags = MDB_INTEGERKEY, .format = 1};
    struct store_lmdb *store = store_lmdb_open(&KIND, scratch.directory, STORE_WRITE, NULL);
    MDB_txn *txn = NULL;
    cr_assert_eq(store_lmdb_begin(store, &txn, NULL), STORE_OK);
    uint64_t number = 3;
    MDB_val key = {.mv_size = sizeof(number), .mv_data = &number};
    cr_assert_eq(mdb_del(txn, store->records, &key, NULL), 0);
    cr_assert_eq(store_lmdb_commit(store, txn, NULL), STORE_OK);
    store_lmdb_close(store);
    struct journal *journal = open_or_fail(false);
    struct arena *arena = arena_create();
    struct journal_entry entry;
    cr_assert_eq(journal_read(journal, 3, arena, &entry, NULL), STORE_ABSENT);
    cr_assert_eq(journal_read(journal, 4, arena, &entry, NULL), STORE_DAMAGED);
    cr_assert_eq(journal_read(journal, 5, arena, &entry, NULL), STORE_OK);
    arena_destroy(arena);
    journal_close(journal);
}

// ---- Beside a writer

struct beside {
    int to_reader[2];
    int to_writer[2];
};

static int read_beside(void *context)
{
    const struct beside *beside = context;
    char signal_byte = 0;
    struct store_error error;
    struct journal *journal = journal_open_read_only(scratch.directory, &error);
    struct arena *arena = arena_create();
    struct journal_entry entry;
    bool good = journal != NULL && journal_last(journal) == 3 &&
                journal_read(journal, 3, arena, &entry, &error) == STORE_OK &&
                journal_read(journal, 5, arena, &entry, &error) == STORE_ABSENT;
    good = write(beside->to_writer[1], "r", 1) == 1 && good;
    good = read(beside->to_reader[0], &signal_byte, 1) == 1 && good;
    good = good && journal_read(journal, 5, arena, &entry, &error) == STORE_OK;
    arena_destroy(arena);
    journal_close(journal);
    return good ? 0 : 1;
}

Test(journal, a_reader_beside_the_writer_sees_what_is_appended)
{
    make_with(3);
    struct beside beside;
    cr_assert_eq(pipe(beside.to_reader), 0);
    cr_assert_eq(pipe(beside.to_writer), 0);
    pid_t child = fork();
    if (child == 0) {
        char signal_byte = 0;
        (void)!read(beside.to_reader[0], &signal_byte, 1); // the writer has it open
        _exit(read_beside(&beside));
    }
    struct journal *journal = open_or_fail(false);
    char signal_byte = 0;
    cr_assert_eq(write(beside.to_reader[1], "o", 1), 1);
    cr_assert_eq(read(beside.to_writer[0], &signal_byte, 1), 1);
    cr_assert_eq(append(journal, 2, NULL), STORE_OK);
    cr_assert_eq(write(beside.to_reader[1], "a", 1), 1);
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    journal_close(journal);
}

// ---- Full

Test(journal, when_there_is_no_room_nothing_is_written_and_it_works_on_when_there_is)
{
    enum { SIZE = 8 * 1024 * 1024 };
    struct journal *journal = open_or_fail(true);
    cr_assert_eq(append(journal, 3, NULL), STORE_OK);
    uint8_t chain[CHAIN_BYTES];
    memcpy(chain, journal_chain(journal), CHAIN_BYTES);
    file_limit(256 * 1024 + 100);
    struct arena *arena = arena_create();
    struct journal_entry large = {
        .number = 4, .bytes = {.data = arena_alloc(arena, SIZE), .size = SIZE}
    };
    struct store_error error = {.text = ""};
    for (int again = 0; again < 3; again++) {
        cr_assert_eq(journal_append(journal, &large, 1, &error), STORE_FULL, "%s", error.text);
        cr_assert_not_null(strstr(error.text, "nothing was written"));
        cr_assert_eq(journal_last(journal), 3);
        cr_assert_arr_eq(journal_chain(journal), chain, CHAIN_BYTES);
    }
    file_limit(RLIM_INFINITY);
    cr_assert_eq(append(journal, 4, NULL), STORE_OK);
    assert_whole(journal);
    journal_close(journal);
    journal = open_or_fail(false);
    cr_assert_eq(journal_last(journal), 7);
    assert_whole(journal);
    journal_close(journal);
    arena_destroy(arena);
}

// ---- Killed

// The size of the group that begins after `last`: so it can be said afterwards where groups end.
static size_t group_after(uint64_t last)
{
    return 1 + (size_t)(last * 2654435761U >> 7) % GROUP_MAX;
}

// Appends groups and says each last number, until it is killed.
static void append_until_killed(int report)
{
    struct journal *journal = journal_open(scratch.directory, false, NULL);
    while (journal != NULL) {
        uint64_t last = 0;
        if (append(journal, group_after(journal_last(journal)), NULL) == STORE_OK) {
            last = journal_last(journal);
        }
        if (write(report, &last, sizeof(last)) != sizeof(last)) {
            break;
        }
    }
    _exit(1);
}

// The last number that was reported; the child is killed after `groups` of them.
static uint64_t run_and_kill(uint64_t groups)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        (void)close(ends[0]);
        append_until_killed(ends[1]);
    }
    (void)close(ends[1]);
    uint64_t last = 0;
    uint64_t reported = 0;
    for (uint64_t i = 0; read(ends[0], &reported, sizeof(reported)) == sizeof(reported); i++) {
        cr_assert_gt(reported, last);
        last = reported;
        if (i + 1 == groups) {
            cr_assert_eq(kill(child, SIGKILL), 0);
        }
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    (void)close(ends[0]);
    return last;
}

Test(journal, what_was_acknowledged_is_there_after_every_kill_and_groups_are_whole)
{
    make_with(0);
    struct model random = {.random = 20181008};
    for (int round = 0; round < 30; round++) {
        uint64_t acknowledged = run_and_kill(1 + model_random(&random, 12));
        struct journal *journal = open_or_fail(false);
        cr_assert_geq(journal_last(journal), acknowledged);
        uint64_t boundary = 0;
        while (boundary < journal_last(journal)) {
            boundary += group_after(boundary);
        }
        cr_assert_eq(boundary, journal_last(journal), "a group is there in part");
        assert_whole(journal);
        journal_close(journal);
    }
}
