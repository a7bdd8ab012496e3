// What the personal data promises: it is on disk with its group and not without it, and what is
// erased is gone.
#include "daemon/store/journal.h"
#include "daemon/store/personal.h"
#include "daemon/store/store_lmdb.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <string.h>

#define DATUM "13800000000"

static struct scratch scratch;
static struct journal *journal;
static struct personal *personal;
static struct arena *arena;
static uint8_t salt[PERSONAL_SALT_BYTES];
static char digest[PERSONAL_DIGEST_BYTES];

static void journal_begin(bool create)
{
    struct store_error error;
    journal = journal_open(scratch.directory, create, &error);
    cr_assert_not_null(journal, "%s", error.text);
    personal = journal_personal(journal);
}

static void set_up(void)
{
    scratch_make(&scratch);
    arena = arena_create();
    journal_begin(true);
    personal_salt(salt);
    personal_digest(DATUM, salt, digest);
}

static void tear_down(void)
{
    journal_close(journal);
    arena_destroy(arena);
    scratch_remove(&scratch);
}

TestSuite(personal, .init = set_up, .fini = tear_down);

static void append(void)
{
    struct store_error error;
    struct journal_entry entry = {.number = journal_last(journal) + 1, .bytes = text_bytes("e")};
    cr_assert_eq(journal_append(journal, &entry, 1, &error), STORE_OK, "%s", error.text);
    personal_forget(personal);
}

static void reopen(void)
{
    journal_close(journal);
    journal_begin(false);
}

static const char *found(void)
{
    const char *datum = NULL;
    uint8_t kept[PERSONAL_SALT_BYTES];
    if (!personal_find(personal, digest, arena, kept, &datum)) {
        return "";
    }
    cr_expect_eq(memcmp(kept, salt, sizeof(salt)), 0);
    return datum;
}

Test(personal, is_found_at_once_and_is_on_disk_with_the_next_group)
{
    personal_put(personal, digest, salt, DATUM);
    cr_expect_str_eq(found(), DATUM);
    append();
    cr_expect_str_eq(found(), DATUM);
    reopen();
    cr_expect_str_eq(found(), DATUM);
}

Test(personal, of_a_group_that_was_dropped_is_gone)
{
    personal_put(personal, digest, salt, DATUM);
    personal_forget(personal);
    cr_expect_str_eq(found(), "");
    append();
    reopen();
    cr_expect_str_eq(found(), "");
}

Test(personal, that_was_not_appended_is_not_there_after_a_restart)
{
    append();
    personal_put(personal, digest, salt, DATUM);
    reopen();
    cr_expect_str_eq(found(), "");
}

Test(personal, that_is_erased_is_gone_at_once_and_on_disk_with_the_next_group)
{
    personal_put(personal, digest, salt, DATUM);
    append();
    personal_erase(personal, digest);
    cr_expect_str_eq(found(), "");
    personal_forget(personal);
    cr_expect_str_eq(found(), DATUM, "the group was dropped");
    personal_erase(personal, digest);
    append();
    reopen();
    cr_expect_str_eq(found(), "");
}

Test(personal, counts_as_it_was_put_last_within_a_group)
{
    personal_put(personal, digest, salt, DATUM);
    personal_erase(personal, digest);
    append();
    cr_expect_str_eq(found(), "");
    personal_erase(personal, digest);
    personal_put(personal, digest, salt, DATUM);
    append();
    cr_expect_str_eq(found(), DATUM);
}

Test(personal, of_many_in_one_group_are_each_found)
{
    enum { MANY = 40 };
    char digests[MANY][PERSONAL_DIGEST_BYTES];
    for (size_t i = 0; i < MANY; i++) {
        const char *datum = arena_format(arena, "%zu", i);
        personal_digest(datum, salt, digests[i]);
        personal_put(personal, digests[i], salt, datum);
    }
    for (int reopened = 0; reopened < 2; reopened++) {
        for (size_t i = 0; i < MANY; i++) {
            const char *datum = "";
            cr_expect(personal_find(personal, digests[i], arena, NULL, &datum));
            cr_expect_str_eq(datum, arena_format(arena, "%zu", i));
        }
        append();
        reopen();
    }
}

Test(personal, of_the_greatest_length_is_kept_whole)
{
    char datum[PERSONAL_DATUM_BYTES_MAX + 1];
    memset(datum, 'x', sizeof(datum) - 1);
    datum[sizeof(datum) - 1] = '\0';
    personal_put(personal, digest, salt, datum);
    append();
    cr_expect_str_eq(found(), datum);
}

Test(personal, whose_bytes_were_changed_on_disk_is_not_found)
{
    personal_put(personal, digest, salt, DATUM);
    append();
    journal_close(journal);
    cr_assert_gt(scratch_flip(&scratch, "journal.mdb", DATUM, 3), 0);
    journal_begin(false);
    cr_expect_str_eq(found(), "");
}

static void digest_note(void *context, const char *damaged)
{
    char *noted = context;
    (void)strcat(strcat(noted, damaged), " ");
}

Test(personal, that_cannot_be_read_is_named_by_a_check_and_nothing_else)
{
    char other[PERSONAL_DIGEST_BYTES];
    char noted[4 * PERSONAL_DIGEST_BYTES] = "";
    personal_digest("another", salt, other);
    personal_put(personal, digest, salt, DATUM);
    personal_put(personal, other, salt, "another");
    append();
    cr_expect_eq(personal_check(personal, digest_note, noted), STORE_OK);
    cr_expect_str_empty(noted);
    journal_close(journal);
    cr_assert_gt(scratch_flip(&scratch, "journal.mdb", DATUM, 3), 0);
    journal_begin(false);
    cr_expect_eq(personal_check(personal, digest_note, noted), STORE_OK);
    cr_expect_str_eq(noted, arena_format(arena, "%s ", digest));
    cr_expect(personal_find(personal, other, arena, NULL, NULL));
}

Test(personal, under_a_digest_that_is_none_is_named_by_a_check)
{
    char noted[4 * PERSONAL_DIGEST_BYTES] = "";
    char damaged[PERSONAL_DIGEST_BYTES];
    personal_put(personal, digest, salt, DATUM);
    append();
    journal_close(journal);
    cr_assert_gt(scratch_flip(&scratch, "journal.mdb", digest, 0), 0);
    journal_begin(false);
    memcpy(damaged, digest, sizeof(damaged));
    damaged[0] ^= 0x10;
    cr_expect_eq(personal_check(personal, digest_note, noted), STORE_OK);
    cr_expect_str_eq(noted, arena_format(arena, "%s ", damaged));
}

Test(personal, is_read_by_who_opens_the_journal_for_reading)
{
    personal_put(personal, digest, salt, DATUM);
    append();
    journal_close(journal);
    struct store_error error;
    journal = journal_open_read_only(scratch.directory, &error);
    cr_assert_not_null(journal, "%s", error.text);
    personal = journal_personal(journal);
    cr_expect_str_eq(found(), DATUM);
}

Test(personal, digests_differ_by_salt_and_by_datum)
{
    uint8_t other_salt[PERSONAL_SALT_BYTES];
    char other[PERSONAL_DIGEST_BYTES];
    cr_expect_eq(strspn(digest, "0123456789abcdef"), PERSONAL_DIGEST_BYTES - 1);
    personal_digest(DATUM, salt, other);
    cr_expect_str_eq(other, digest);
    personal_digest("13800000001", salt, other);
    cr_expect_str_neq(other, digest);
    personal_salt(other_salt);
    personal_digest(DATUM, other_salt, other);
    cr_expect_str_neq(other, digest);
}

static struct journal *old_journal_open(bool for_writing)
{
    static const struct store_kind kind = {
        .name = "journal", .database = "entries", .flags = MDB_INTEGERKEY, .format = 1};
    struct store_error error;
    struct scratch old;
    scratch_make(&old);
    struct store_lmdb *store = store_lmdb_open(&kind, old.directory, STORE_CREATE, &error);
    cr_assert_not_null(store, "%s", error.text);
    store_lmdb_close(store);
    struct journal *opened = for_writing ? journal_open(old.directory, false, &error)
                                         : journal_open_read_only(old.directory, &error);
    cr_assert_not_null(opened, "%s", error.text);
    scratch_remove(&old);
    return opened;
}

Test(personal, of_a_journal_from_before_is_made_when_it_is_opened_for_writing)
{
    struct journal *old = old_journal_open(false);
    cr_expect_eq(personal_check(journal_personal(old), digest_note, NULL), STORE_OK);
    cr_expect_not(personal_find(journal_personal(old), digest, arena, NULL, NULL));
    journal_close(old);
    old = old_journal_open(true);
    personal_put(journal_personal(old), digest, salt, DATUM);
    struct store_error error;
    struct journal_entry entry = {.number = 1, .bytes = text_bytes("e")};
    cr_assert_eq(journal_append(old, &entry, 1, &error), STORE_OK, "%s", error.text);
    personal_forget(journal_personal(old));
    cr_expect(personal_find(journal_personal(old), digest, arena, NULL, NULL));
    journal_close(old);
}
