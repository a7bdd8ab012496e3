// Whichever call fails of those that the store makes: it says so, nothing crashes, what was on
// record is on record, and what was not written can be written again.
#include "daemon/store/journal.h"
#include "daemon/store/personal.h"
#include "daemon/store/state.h"
#include "daemon/store/store_lmdb.h"
#include "tests/store/failing.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ENTRIES = 3, LARGE_BYTES = 16 * 1024 * 1024 };

static struct scratch scratch;
static struct journal *journal;
static struct state *state;
static struct arena *arena;
static char digest[PERSONAL_DIGEST_BYTES];
static char digest_new[PERSONAL_DIGEST_BYTES];
static uint8_t salt[PERSONAL_SALT_BYTES];

// In memory where there is room for it: the hundreds of small files are synced at every step.
static void set_up(void)
{
    if (access("/dev/shm", W_OK) == 0) {
        cr_assert_eq(setenv("TMPDIR", "/dev/shm", 1), 0);
    }
}

TestSuite(failing, .init = set_up);

// What is tried: it returns 0 or a store_code, and what must hold after either.
struct act {
    const char *what;
    void (*prepare)(void);
    int (*run)(struct store_error *error);
    void (*after)(int code);
};

static void directory_remove(const char *name)
{
    struct scratch inner;
    (void)snprintf(inner.directory, sizeof(inner.directory), "%.240s",
                   scratch_path(&scratch, name));
    if (access(inner.directory, F_OK) == 0) {
        scratch_remove(&inner);
    }
}

static void journal_let_go(void)
{
    journal_close(journal);
    journal = NULL;
}

static void state_let_go(void)
{
    state_close(state);
    state = NULL;
}

// A code that says what happened, with the file's path in its text.
static void said_expect(const struct act *act, unsigned number, int code,
                        const struct store_error *error)
{
    cr_assert_leq(code, 0, "%s, call %u", act->what, number);
    if (code != 0) {
        cr_assert_eq(error->code, code, "%s, call %u", act->what, number);
        cr_assert_not_null(strstr(error->text, scratch.directory), "%s, call %u: %s", act->what,
                           number, error->text);
    }
}

// Whether a call of this number was made.
static bool act_try(const struct act *act, enum failing failing, unsigned number, int failure)
{
    struct store_error error = {.text = ""};
    scratch_make(&scratch);
    arena = arena_create();
    act->prepare();
    failing_begin(failing, number, failure);
    int code = act->run(&error);
    bool failed = failing_end();
    said_expect(act, number, code, &error);
    cr_assert(failed || code == STORE_OK, "%s without a failure: %s", act->what, error.text);
    act->after(code);
    journal_let_go();
    state_let_go();
    arena_destroy(arena);
    directory_remove("copy");
    scratch_remove(&scratch);
    return failed;
}

static void act_walk(const struct act *act, enum failing failing, int failure)
{
    unsigned number = 1;
    while (act_try(act, failing, number, failure)) {
        number++;
    }
    cr_assert_gt(number, 1, "%s makes a call", act->what);
}

static void acts_walk(const struct act *acts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        act_walk(&acts[i], FAILS_ONCE, EIO);
        act_walk(&acts[i], FAILS_ON, ENOSPC);
    }
}

#define ACTS_WALK(acts) acts_walk((acts), sizeof(acts) / sizeof((acts)[0]))

// ---- The journal

static void nothing(void)
{
}

static int entries_append(size_t count, struct store_error *error)
{
    struct journal_entry entries[ENTRIES] = {0};
    for (size_t i = 0; i < count; i++) {
        entries[i].number = journal_last(journal) + 1 + i;
        entries[i].bytes = text_bytes("entry");
    }
    int code = journal_append(journal, entries, count, error);
    personal_forget(journal_personal(journal));
    return code;
}

static void journal_make(void)
{
    journal = journal_open(scratch.directory, true, NULL);
    cr_assert_not_null(journal);
    personal_salt(salt);
    personal_digest("old", salt, digest);
    personal_digest("new", salt, digest_new);
    personal_put(journal_personal(journal), digest, salt, "old");
    cr_assert_eq(entries_append(ENTRIES, NULL), STORE_OK);
}

static void journal_make_closed(void)
{
    journal_make();
    journal_let_go();
}

static bool personal_there(const char *name)
{
    return personal_find(journal_personal(journal), name, NULL, NULL, NULL);
}

static void journal_holds(uint64_t last, bool appended)
{
    cr_assert_eq(journal_last(journal), last);
    for (uint64_t number = 1; number <= last; number++) {
        struct journal_entry entry;
        struct store_error error;
        cr_assert_eq(journal_read(journal, number, arena, &entry, &error), STORE_OK, "%s",
                     error.text);
        assert_bytes(entry.bytes, text_bytes("entry"), "entry");
    }
    cr_assert_eq(personal_there(digest), !appended);
    cr_assert_eq(personal_there(digest_new), appended);
}

static void journal_holds_anew(uint64_t last, bool appended)
{
    struct store_error error;
    journal_let_go();
    journal = journal_open(scratch.directory, false, &error);
    cr_assert_not_null(journal, "%s", error.text);
    journal_holds(last, appended);
}

static int journal_creates(struct store_error *error)
{
    journal = journal_open(scratch.directory, true, error);
    return journal != NULL ? STORE_OK : error->code;
}

// What was made before the failure is either gone or can be opened.
static void journal_is_empty(int code)
{
    if (code != STORE_OK) {
        journal = journal_open(scratch.directory, true, NULL);
    }
    if (journal == NULL) {
        journal = journal_open(scratch.directory, false, NULL);
    }
    cr_assert_not_null(journal);
    cr_assert_eq(journal_last(journal), 0);
}

static int journal_opens(struct store_error *error)
{
    journal = journal_open(scratch.directory, false, error);
    return journal != NULL ? STORE_OK : error->code;
}

static int journal_opens_read_only(struct store_error *error)
{
    journal = journal_open_read_only(scratch.directory, error);
    return journal != NULL ? STORE_OK : error->code;
}

static void journal_as_it_was(int code)
{
    if (code == STORE_OK) {
        journal_holds(ENTRIES, false);
    }
    journal_holds_anew(ENTRIES, false);
}

static int journal_reads(struct store_error *error)
{
    struct journal_entry entry;
    return journal_read(journal, 2, arena, &entry, error);
}

static int journal_checks_free(struct store_error *error)
{
    return journal_check_free(journal, error);
}

static int journal_appends(struct store_error *error)
{
    personal_put(journal_personal(journal), digest_new, salt, "new");
    personal_erase(journal_personal(journal), digest);
    return entries_append(2, error);
}

static void journal_appended_or_not(int code)
{
    if (code == STORE_OK) {
        journal_holds(ENTRIES + 2, true);
    }
    journal_let_go();
    journal = journal_open(scratch.directory, false, NULL);
    cr_assert_not_null(journal);
    bool appended = journal_last(journal) != ENTRIES; // what fails behind the commit is on record
    cr_assert(appended || code != STORE_OK);
    journal_holds(appended ? ENTRIES + 2 : ENTRIES, appended);
    cr_assert_eq(entries_append(1, NULL), STORE_OK);
}

static int journal_copies(struct store_error *error)
{
    return journal_copy(journal, scratch_path(&scratch, "copy"), error);
}

static void journal_copied(int code)
{
    if (code != STORE_OK) { // nothing is in the way of another try, but what only lacked its sync
        struct store_error error;
        int again = journal_copies(&error);
        cr_assert(again == STORE_OK || strstr(error.text, "File exists") != NULL, "%s", error.text);
    }
    journal_let_go();
    journal = journal_open(scratch_path(&scratch, "copy"), false, NULL);
    cr_assert_not_null(journal);
    journal_holds(ENTRIES, false);
}

static int personal_reads(struct store_error *error)
{
    return personal_there(digest)
               ? STORE_OK
               : store_error_set(error, STORE_DAMAGED, scratch.directory, "not found");
}

static const struct act journal_acts[] = {
    {"a journal made",           nothing,             journal_creates,         journal_is_empty       },
    {"a journal opened",         journal_make_closed, journal_opens,           journal_as_it_was      },
    {"a journal opened to read", journal_make_closed, journal_opens_read_only, journal_as_it_was      },
    {"an entry read",            journal_make,        journal_reads,           journal_as_it_was      },
    {"entries appended",         journal_make,        journal_appends,         journal_appended_or_not},
    {"a journal copied",         journal_make,        journal_copies,          journal_copied         },
    {"a datum read",             journal_make,        personal_reads,          journal_as_it_was      },
    {"free pages checked",       journal_make,        journal_checks_free,     journal_as_it_was      },
};

Test(failing, of_any_call_leaves_the_journal_as_it_was, .timeout = 60)
{
    ACTS_WALK(journal_acts);
}

// ---- The state

static void state_make(void)
{
    state = state_open(scratch.directory, true, NULL);
    cr_assert_not_null(state);
    state_put(state, text_bytes("kept"), text_bytes("1"));
    state_put(state, text_bytes("removed"), text_bytes("1"));
    cr_assert_eq(state_write(state, 5, NULL), STORE_OK);
}

static void state_make_closed(void)
{
    state_make();
    state_let_go();
}

static enum view_result state_find(const char *key)
{
    struct bytes value;
    const struct view *view = state_view(state);
    return view->get(view, text_bytes(key), arena, &value);
}

static void state_holds(const char *kept, const char *other)
{
    cr_assert_eq(state_find("kept"), *kept != '\0' ? VIEW_FOUND : VIEW_ABSENT);
    cr_assert_eq(state_find("removed"), strcmp(other, "removed") == 0 ? VIEW_FOUND : VIEW_ABSENT);
    cr_assert_eq(state_find("put"), strcmp(other, "put") == 0 ? VIEW_FOUND : VIEW_ABSENT);
}

static void state_reopen(void)
{
    struct store_error error;
    state_let_go();
    state = state_open(scratch.directory, false, &error);
    cr_assert_not_null(state, "%s", error.text);
}

static int state_creates(struct store_error *error)
{
    state = state_open(scratch.directory, true, error);
    return state != NULL ? STORE_OK : error->code;
}

static void state_is_empty(int code)
{
    if (code != STORE_OK) {
        state = state_open(scratch.directory, true, NULL);
    }
    if (state == NULL) {
        state = state_open(scratch.directory, false, NULL);
    }
    cr_assert_not_null(state);
    cr_assert_eq(state_written_entry(state), 0);
}

static int state_opens(struct store_error *error)
{
    state = state_open(scratch.directory, false, error);
    return state != NULL ? STORE_OK : error->code;
}

static int state_opens_read_only(struct store_error *error)
{
    state = state_open_read_only(scratch.directory, error);
    return state != NULL ? STORE_OK : error->code;
}

static void state_as_it_was(int code)
{
    if (code == STORE_OK) {
        state_holds("kept", "removed");
    }
    state_reopen();
    cr_assert_eq(state_written_entry(state), 5);
    state_holds("kept", "removed");
}

static void state_make_changed(void)
{
    state_make();
    state_put(state, text_bytes("put"), text_bytes("2"));
    state_put(state, text_bytes("removed"), text_bytes(""));
    state_put(state, text_bytes("never"), text_bytes(""));
}

// The large value comes first, so that the others are of a second slice.
static void state_make_large(void)
{
    static const uint8_t large[LARGE_BYTES];
    state_make_changed();
    state_put(state, text_bytes("a large one"), (struct bytes){large, sizeof(large)});
}

static int state_writes(struct store_error *error)
{
    return state_write(state, 9, error);
}

static void state_written_or_in_memory(int code)
{
    struct store_error error;
    if (code == STORE_OK) {
        cr_assert_eq(state_written_entry(state), 9);
        state_holds("kept", "put");
    }
    cr_assert_eq(state_write(state, 9, &error), STORE_OK, "%s", error.text);
    state_holds("kept", "put");
    state_reopen();
    cr_assert_eq(state_written_entry(state), 9);
    state_holds("kept", "put");
}

static int state_reads(struct store_error *error)
{
    struct bytes key;
    struct bytes value;
    const struct view *view = state_view(state);
    bool read = state_find("kept") == VIEW_FOUND &&
                view->next(view, text_bytes("l"), arena, &key, &value) == VIEW_FOUND;
    return read ? STORE_OK : store_error_set(error, STORE_DAMAGED, scratch.directory, "not read");
}

static int state_clears(struct store_error *error)
{
    return state_clear(state, error);
}

static void state_cleared_or_not(int code)
{
    if (code == STORE_OK) {
        state_holds("", "");
    }
    cr_assert_eq(state_clear(state, NULL), STORE_OK);
    state_holds("", "");
    state_reopen();
    cr_assert_eq(state_written_entry(state), 0);
    state_holds("", "");
}

static int state_copies(struct store_error *error)
{
    return state_copy(state, scratch_path(&scratch, "copy"), error);
}

static void state_copied(int code)
{
    if (code != STORE_OK) {
        struct store_error error;
        int again = state_copies(&error);
        cr_assert(again == STORE_OK || strstr(error.text, "File exists") != NULL, "%s", error.text);
    }
    state_let_go();
    state = state_open(scratch_path(&scratch, "copy"), false, NULL);
    cr_assert_not_null(state);
    state_holds("kept", "removed");
}

static int state_checks(struct store_error *error)
{
    int count = state_check(state, NULL, NULL);
    return count >= 0 ? count : store_error_set(error, count, scratch.directory, "not checked");
}

static const struct act state_acts[] = {
    {"a state made",           nothing,            state_creates,         state_is_empty            },
    {"a state opened",         state_make_closed,  state_opens,           state_as_it_was           },
    {"a state opened to read", state_make_closed,  state_opens_read_only, state_as_it_was           },
    {"a state written",        state_make_changed, state_writes,          state_written_or_in_memory},
    {"a state read",           state_make,         state_reads,           state_as_it_was           },
    {"a state cleared",        state_make,         state_clears,          state_cleared_or_not      },
    {"a state copied",         state_make,         state_copies,          state_copied              },
    {"a state checked",        state_make,         state_checks,          state_as_it_was           },
};

Test(failing, of_any_call_leaves_the_state_readable_and_to_be_written_again, .timeout = 60)
{
    ACTS_WALK(state_acts);
}

Test(failing, of_a_slice_leaves_all_of_the_changes_to_be_written_again, .timeout = 60)
{
    const struct act act = {"a state written in slices", state_make_large, state_writes,
                            state_written_or_in_memory};
    act_walk(&act, FAILS_ONCE, EIO);
}

// ---- In words

// LMDB says EIO, too, where a write stopped short.
Test(failing, of_a_commit_is_told_by_its_code)
{
    enum { COMMIT = 3 }; // behind the begin and the put
    static const struct {
        enum failing failing;
        unsigned call;
        int code;
        int expected;
    } rows[] = {
        {FAILS_SHORT, COMMIT, EIO,                  STORE_FULL   },
        {FAILS_ONCE,  COMMIT, EIO,                  STORE_IO     },
        {FAILS_ONCE,  1,      EACCES,               STORE_IO     },
        {FAILS_ONCE,  1,      ENOSPC,               STORE_FULL   },
        {FAILS_ONCE,  1,      MDB_PAGE_NOTFOUND,    STORE_DAMAGED},
        {FAILS_ONCE,  1,      MDB_VERSION_MISMATCH, STORE_FORMAT },
        {FAILS_ONCE,  1,      ENOENT,               STORE_ABSENT },
    };
    scratch_make(&scratch);
    journal_make();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct store_error error;
        failing_begin(rows[i].failing, rows[i].call, rows[i].code);
        cr_expect_eq(entries_append(1, &error), rows[i].expected, "%s", error.text);
        cr_expect(failing_end());
    }
    cr_expect_eq(entries_append(1, NULL), STORE_OK);
    journal_let_go();
    scratch_remove(&scratch);
}

Test(failing, to_get_a_thread_writes_the_state_in_this_one)
{
    scratch_make(&scratch);
    arena = arena_create();
    state_make_changed();
    failing_begin(FAILS_ONCE, 1, EAGAIN);
    state_write_begin(state, 9);
    cr_assert(failing_end());
    cr_assert(state_writing_wait(state, 0), "it is done");
    cr_assert_eq(state_write_end(state, NULL), STORE_OK);
    state_written_or_in_memory(STORE_OK);
    state_let_go();
    arena_destroy(arena);
    scratch_remove(&scratch);
}

Test(failing, of_a_wait_by_a_signal_waits_on)
{
    scratch_make(&scratch);
    state_make_changed();
    state_write_begin(state, 9);
    cr_assert(state_writing_wait(state, -1));
    failing_begin(FAILS_ONCE, 1, EINTR);
    cr_assert(state_writing_wait(state, -1));
    cr_assert(failing_end());
    failing_begin(FAILS_ONCE, 1, EBADF);
    cr_assert_not(state_writing_wait(state, -1));
    cr_assert(failing_end());
    cr_assert_eq(state_write_end(state, NULL), STORE_OK);
    state_let_go();
    scratch_remove(&scratch);
}

// The last sync may have failed behind the last write: then nobody knows what is on disk.
Test(failing, of_a_commit_that_is_done_is_no_full_disk)
{
    static const int codes[] = {ENOSPC, EIO};
    scratch_make(&scratch);
    arena = arena_create();
    journal_make();
    for (size_t i = 0; i < 2; i++) {
        struct store_error error;
        uint64_t last = journal_last(journal);
        failing_begin(FAILS_DONE, 3, codes[i]); // behind the begin and the one put
        cr_expect_eq(entries_append(1, &error), STORE_IO, "%s", error.text);
        cr_expect(failing_end());
        cr_expect_eq(journal_last(journal), last);
        journal_let_go();
        journal = journal_open(scratch.directory, false, NULL);
        cr_expect_eq(journal_last(journal), last + 1);
    }
    journal_let_go();
    arena_destroy(arena);
    scratch_remove(&scratch);
}

Test(failing, of_a_writing_on_its_way_is_told_before_the_next)
{
    struct store_error error;
    scratch_make(&scratch);
    arena = arena_create();
    state_make_changed();
    state_write_begin(state, 7);
    cr_assert_eq(state_write(state, 8, &error), STORE_OK, "%s", error.text);
    cr_assert_eq(state_written_entry(state), 8);
    state_put(state, text_bytes("more"), text_bytes("1"));
    failing_begin(FAILS_ON, 2, EIO); // behind the thread
    state_write_begin(state, 9);
    cr_assert_eq(state_write(state, 9, &error), STORE_IO);
    cr_assert(failing_end());
    state_written_or_in_memory(STORE_IO);
    state_write_begin(state, 9);
    cr_assert(state_writing_wait(state, -1));
    failing_begin(FAILS_ON, 1, EIO);
    cr_assert_eq(state_write_end(state, NULL), STORE_IO, "nobody asks why");
    cr_assert(failing_end());
    state_let_go();
    arena_destroy(arena);
    scratch_remove(&scratch);
}
