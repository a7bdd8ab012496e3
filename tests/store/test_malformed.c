// Files whose pages are whole and whose records are not what this program writes: found, and said.
#include "daemon/store/journal.h"
#include "daemon/store/personal.h"
#include "daemon/store/state.h"
#include "daemon/store/store_lmdb.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const struct store_kind JOURNAL = {
    .name = "journal", .database = "entries", .flags = MDB_INTEGERKEY, .format = 1};
static const struct store_kind STATE = {.name = "state", .database = "records", .format = 1};

static struct scratch scratch;
static struct arena *arena;

static void set_up(void)
{
    scratch_make(&scratch);
    arena = arena_create();
}

static void tear_down(void)
{
    arena_destroy(arena);
    scratch_remove(&scratch);
}

TestSuite(malformed, .init = set_up, .fini = tear_down);

// As another program would, into a database of the environment; NULL: its records.
static void raw_put(const struct store_kind *kind, const char *database, struct bytes key,
                    struct bytes value)
{
    struct store_lmdb *store = store_lmdb_open(kind, scratch.directory, STORE_WRITE, NULL);
    cr_assert_not_null(store);
    MDB_txn *txn = NULL;
    MDB_dbi dbi = store->records;
    cr_assert_eq(store_lmdb_begin(store, &txn, NULL), STORE_OK);
    if (database != NULL) {
        cr_assert_eq(mdb_dbi_open(txn, database, MDB_CREATE, &dbi), 0);
    }
    MDB_val at = store_lmdb_val(key);
    MDB_val put = store_lmdb_val(value);
    cr_assert_eq(mdb_put(txn, dbi, &at, &put, 0), 0);
    cr_assert_eq(store_lmdb_commit(store, txn, NULL), STORE_OK);
    store_lmdb_close(store);
}

// ---- The journal

static const uint8_t zeros[CHAIN_BYTES + 1];

static void journal_make(void)
{
    struct journal *journal = journal_open(scratch.directory, true, NULL);
    cr_assert_not_null(journal);
    journal_close(journal);
}

static void journal_refused(const char *sentence)
{
    struct store_error error = {.code = 0};
    cr_assert_null(journal_open(scratch.directory, false, &error));
    cr_assert_eq(error.code, STORE_DAMAGED, "%s", error.text);
    cr_assert_not_null(strstr(error.text, sentence), "%s", error.text);
}

Test(malformed, last_entry_of_a_journal_is_refused)
{
    static const uint64_t third = 3;
    static const uint64_t none = 0;
    static const uint32_t narrow = 3;
    static const struct {
        struct bytes key;
        size_t value_bytes;
        const char *sentence;
    } rows[] = {
        {{(const uint8_t *)&third, sizeof(third)},   CHAIN_BYTES,     "entry 3 is damaged"},
        {{(const uint8_t *)&none, sizeof(none)},     CHAIN_BYTES + 1, "entry 0 is damaged"},
        {{(const uint8_t *)&narrow, sizeof(narrow)}, CHAIN_BYTES + 1, "is damaged"        },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        journal_make();
        raw_put(&JOURNAL, NULL, rows[i].key, (struct bytes){zeros, rows[i].value_bytes});
        journal_refused(rows[i].sentence);
        cr_assert_eq(remove(scratch_path(&scratch, "journal.mdb")), 0);
    }
}

Test(malformed, entry_in_the_midst_of_a_journal_is_found_at_its_number)
{
    static const uint64_t second = 2;
    journal_make();
    struct journal *journal = journal_open(scratch.directory, false, NULL);
    struct journal_entry entries[3] = {
        {.number = 1, .bytes = text_bytes("a")},
        {.number = 2, .bytes = text_bytes("b")},
        {.number = 3, .bytes = text_bytes("c")},
    };
    cr_assert_eq(journal_append(journal, entries, 3, NULL), STORE_OK);
    journal_close(journal);
    raw_put(&JOURNAL, NULL, (struct bytes){(const uint8_t *)&second, sizeof(second)},
            (struct bytes){zeros, CHAIN_BYTES});
    journal = journal_open(scratch.directory, false, NULL);
    cr_assert_not_null(journal);
    struct store_error error;
    cr_expect_eq(journal_read(journal, 1, arena, entries, &error), STORE_OK, "%s", error.text);
    for (uint64_t number = 2; number <= 3; number++) {
        cr_expect_eq(journal_read(journal, number, arena, entries, &error), STORE_DAMAGED);
        cr_expect_not_null(strstr(error.text, "entry 2 is damaged"), "%s", error.text);
    }
    journal_close(journal);
}

Test(malformed, datum_of_a_person_is_not_found)
{
    enum { HEAD_BYTES = STORE_CHECKSUM_BYTES + PERSONAL_SALT_BYTES };
    static const size_t sizes[] = {0, HEAD_BYTES, HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX + 1};
    static const uint8_t memory[HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX + 1];
    uint8_t salt[PERSONAL_SALT_BYTES];
    char digest[PERSONAL_DIGEST_BYTES];
    personal_salt(salt);
    personal_digest("13800000000", salt, digest);
    journal_make();
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        raw_put(&JOURNAL, "personal", text_bytes(digest), (struct bytes){memory, sizes[i]});
        struct journal *journal = journal_open(scratch.directory, false, NULL);
        cr_assert_not_null(journal);
        cr_expect_not(personal_find(journal_personal(journal), digest, arena, NULL, NULL));
        journal_close(journal);
    }
}

// ---- The environment

Test(malformed, environment_without_our_databases_or_format_is_refused)
{
    static const char *const databases[] = {NULL, "meta"};
    for (size_t i = 0; i < 2; i++) {
        MDB_env *env = NULL;
        MDB_txn *txn = NULL;
        MDB_dbi dbi;
        cr_assert_eq(mdb_env_create(&env), 0);
        cr_assert_eq(mdb_env_set_maxdbs(env, 1), 0);
        cr_assert_eq(mdb_env_open(env, scratch_path(&scratch, "journal.mdb"), MDB_NOSUBDIR, 0600),
                     0);
        cr_assert_eq(mdb_txn_begin(env, NULL, 0, &txn), 0);
        cr_assert_eq(mdb_dbi_open(txn, databases[i], databases[i] != NULL ? MDB_CREATE : 0, &dbi),
                     0);
        MDB_val key = store_lmdb_val(text_bytes("any"));
        MDB_val value = store_lmdb_val(text_bytes("thing"));
        cr_assert_eq(mdb_put(txn, dbi, &key, &value, 0), 0);
        cr_assert_eq(mdb_txn_commit(txn), 0);
        mdb_env_close(env);
        journal_refused("is damaged");
        cr_assert_eq(remove(scratch_path(&scratch, "journal.mdb")), 0);
    }
}

Test(malformed, number_by_name_is_refused)
{
    journal_make();
    raw_put(&JOURNAL, "meta", text_bytes("format"), text_bytes("1"));
    journal_refused("is damaged");
}

// ---- The state

static struct state *state_begin(bool create)
{
    struct store_error error;
    struct state *state = state_open(scratch.directory, create, &error);
    cr_assert_not_null(state, "%s", error.text);
    return state;
}

Test(malformed, value_without_a_checksum_is_damaged)
{
    state_close(state_begin(true));
    raw_put(&STATE, NULL, text_bytes("bare"), (struct bytes){zeros, STORE_CHECKSUM_BYTES});
    struct state *state = state_begin(false);
    const struct view *view = state_view(state);
    struct bytes value;
    cr_expect_eq(view->get(view, text_bytes("bare"), arena, &value), VIEW_DAMAGED);
    cr_expect_eq(state_check(state, NULL, NULL), 1);
    state_close(state);
}

enum { RECORDS = 120 };

// On several pages, each key with a value that names it.
static void state_make(void)
{
    struct state *state = state_begin(true);
    for (unsigned i = 0; i < RECORDS; i++) {
        char *key = arena_format(arena, "z%03u", i);
        char *value = arena_format(arena, "value <%u> of a record, long enough for pages", i);
        state_put(state, text_bytes(key), text_bytes(value));
    }
    cr_assert_eq(state_write(state, RECORDS, NULL), STORE_OK);
    state_close(state);
}

// Flips a bit of the leaf's own copy of a key, so many bytes before or behind its first.
static void key_flip(unsigned i, ptrdiff_t at)
{
    const char *value = arena_format(arena, "value <%u> ", i);
    ptrdiff_t first = -(ptrdiff_t)(STORE_CHECKSUM_BYTES + strlen("z000"));
    cr_assert_geq(scratch_flip(&scratch, "state.mdb", value, first + at), 1);
}

// How many records a walk over the state meets; -1 where it meets a page that it cannot read.
static int walk(const struct view *view)
{
    struct bytes key = {NULL, 0};
    struct bytes value;
    for (int count = 0; count <= RECORDS; count++) {
        enum view_result found = view->next(view, key, arena, &key, &value);
        if (found == VIEW_ABSENT || key.size == 0) {
            return found == VIEW_ABSENT ? count : -1;
        }
        key = view_key_after(key, arena);
    }
    cr_assert_fail("a walk without an end");
    return 0;
}

// 'z' becomes 'j': the first key of a page then lies before the last of the page before it.
Test(malformed, page_that_leads_back_ends_a_walk_and_a_check)
{
    unsigned walks = 0;
    unsigned checks = 0;
    state_make();
    for (unsigned i = 1; i < RECORDS; i++) {
        key_flip(i, 0);
        struct state *state = state_begin(false);
        walks += walk(state_view(state)) < 0 ? 1 : 0;
        checks += state_check(state, NULL, NULL) == STORE_DAMAGED ? 1 : 0;
        state_close(state);
        key_flip(i, 0);
    }
    cr_expect_gt(walks, 0);
    cr_expect_eq(checks, RECORDS - 1);
    struct state *state = state_begin(false);
    cr_expect_eq(walk(state_view(state)), RECORDS);
    state_close(state);
}

// The upper byte of its size lies right before a key.
Test(malformed, key_that_is_longer_than_any_ends_a_walk)
{
    state_make();
    key_flip(0, -1);
    struct state *state = state_begin(false);
    cr_expect_eq(walk(state_view(state)), -1);
    state_close(state);
}

// ---- The first two pages

static void byte_flip(const char *name, long at)
{
    FILE *file = fopen(scratch_path(&scratch, name), "r+b");
    cr_assert(file != NULL && fseek(file, at, SEEK_SET) == 0);
    int byte = fgetc(file);
    cr_assert(byte != EOF && fseek(file, at, SEEK_SET) == 0);
    cr_assert_neq(fputc(byte ^ 4, file), EOF);
    cr_assert_eq(fclose(file), 0);
}

// Without a look at both, LMDB would take the page before, or keep to the one that was written
// last.
Test(malformed, number_of_a_transaction_on_either_page_is_refused)
{
    enum { PAGE = 4096, NUMBER = 144 };
    journal_make();
    for (unsigned byte = 0; byte < 2 * sizeof(uint64_t); byte++) {
        long at = (long)(byte / sizeof(uint64_t)) * PAGE + NUMBER + byte % sizeof(uint64_t);
        byte_flip("journal.mdb", at);
        journal_refused("its first two pages contradict each other");
        byte_flip("journal.mdb", at);
    }
    struct journal *journal = journal_open(scratch.directory, false, NULL);
    cr_expect_not_null(journal);
    journal_close(journal);
}

// ---- Free pages

// The first list of free pages.
static struct bytes free_list(void)
{
    struct store_lmdb *store = store_lmdb_open(&STATE, scratch.directory, STORE_READ, NULL);
    MDB_txn *txn = NULL;
    MDB_cursor *cursor = NULL;
    MDB_val key;
    MDB_val list;
    cr_assert_eq(store_lmdb_reader(store, &txn, NULL), STORE_OK);
    cr_assert_eq(mdb_cursor_open(txn, 0, &cursor), 0);
    cr_assert_eq(mdb_cursor_get(cursor, &key, &list, MDB_FIRST), 0);
    struct bytes copy = {arena_copy(arena, list.mv_data, list.mv_size), list.mv_size};
    mdb_cursor_close(cursor);
    mdb_txn_abort(txn);
    store_lmdb_close(store);
    return copy;
}

// Flips a byte of it, in whatever version of its page; a second time puts it right.
static void list_flip(const uint8_t *file, size_t size, struct bytes list, size_t byte)
{
    const uint8_t *from = file;
    const uint8_t *found;
    while ((found = memmem(from, size - (size_t)(from - file), list.data, list.size)) != NULL) {
        byte_flip("state.mdb", (long)((size_t)(found - file) + byte));
        from = found + 1;
    }
}

static int free_check(void)
{
    struct store_error error = {.text = ""};
    struct state *state = state_open_read_only(scratch.directory, &error);
    cr_assert_not_null(state, "%s", error.text);
    int code = state_check_free(state, &error);
    cr_expect(code == STORE_OK || strstr(error.text, "awardd rebuild") != NULL, "%s", error.text);
    state_close(state);
    return code;
}

Test(malformed, list_of_free_pages_is_found)
{
    enum { WRITINGS = 20, COUNT_BYTES = 8 };
    struct state *state = state_open(scratch.directory, true, NULL);
    for (uint64_t i = 1; i <= WRITINGS; i++) {
        state_put(state, text_bytes("key"), text_bytes("value"));
        cr_assert_eq(state_write(state, i, NULL), STORE_OK);
    }
    state_close(state);
    cr_expect_eq(free_check(), STORE_OK);
    struct bytes list = free_list();
    size_t size = (size_t)scratch_size(&scratch, "state.mdb");
    uint8_t *file = arena_alloc(arena, size);
    FILE *opened = fopen(scratch_path(&scratch, "state.mdb"), "rb");
    cr_assert_eq(fread(file, 1, size, opened), size);
    (void)fclose(opened);
    for (size_t byte = 1; byte < 2 * COUNT_BYTES;
         byte++) { // a count or a page beyond all there are
        list_flip(file, size, list, byte);
        if (byte != COUNT_BYTES) { // which may be another page that there is
            cr_expect_eq(free_check(), STORE_DAMAGED, "byte %zu", byte);
        }
        list_flip(file, size, list, byte);
    }
    cr_expect_eq(free_check(), STORE_OK);
}
