// What the ledger promises: groups whole or not at all, the same answer to the same event, the
// state as the fold of the journal.
#include "tests/daemon/office.h"

#include "common/clock.h"
#include "common/time.h"
#include "daemon/data_files.h"
#include "daemon/store/store_lock.h"
#include "tests/file_limit.h"
#include "tests/shared/genesis.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char enterprise_json[] =
    "{\"enterprise_registered\":{\"enterprise\":\"91500112MA5U0000X8\",\"name\":\"渝北机床\","
    "\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C34\",\"legal_person\":true,"
    "\"operating_since\":\"2001-05-01\"}}";

static const char cycle_json[] =
    "{\"cycle_opened\":{\"cycle\":\"%s\",\"notice\":[{\"medium\":\"重庆日报\",\"on\":\"2018-01-"
    "02\"}],"
    "\"closing\":\"2018-03-31T23:59:59+08:00\",\"units\":[\"u1\",\"u2\",\"u3\"],\"chair\":\"张\"}}";

static const Award__Answer *open_cycle(struct office *office, const char *name)
{
    char json[512];
    (void)snprintf(json, sizeof(json), cycle_json, name);
    return office_submit(office, "office", NULL, json);
}

Test(ledger, an_event_is_decided_on_what_its_groups_earlier_members_changed)
{
    struct office *office = office_create();
    const Award__Answer *one = office_submit(office, "office", NULL, enterprise_json);
    const Award__Answer *other = office_submit(office, "office", NULL, enterprise_json);
    cr_expect_eq(one->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(other->outcome, AWARD__OUTCOME__NAME__rejected, "registered twice");
    office_destroy(office);
}

// Of half a database nothing stays that would be taken for one.
Test(ledger, what_could_not_be_made_for_want_of_room_is_made_at_the_next_try)
{
    char directory[] = "/tmp/award-office-XXXXXX";
    struct arena *arena = arena_create();
    struct store_error error;
    cr_assert_not_null(mkdtemp(directory));
    file_limit(16384);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_FULL);
    cr_expect_eq(access(directory, F_OK), -1);
    file_limit(RLIM_INFINITY);
    cr_assert_eq(ledger_create(directory, genesis_make(arena), &error), STORE_OK, "%s", error.text);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_EXISTS);
    struct ledger *ledger = ledger_open(directory, &error);
    cr_assert_not_null(ledger, "%s", error.text);
    cr_expect_eq(journal_last(ledger_journal(ledger)), 1);
    ledger_close(ledger);
    data_files_remove(directory);
    arena_destroy(arena);
}

static char text_missing[] = "";

static void rulebook_without_text(Award__Genesis *genesis)
{
    genesis->rulebook->text = NULL;
}

static void rulebook_of_another_digest(Award__Genesis *genesis)
{
    genesis->rulebook->digest[0] = genesis->rulebook->digest[0] == '0' ? '1' : '0';
}

static void policy_that_is_empty(Award__Genesis *genesis)
{
    genesis->alert_policy->text = text_missing;
}

static void policy_without_digest(Award__Genesis *genesis)
{
    genesis->alert_policy->digest = NULL;
}

static void start_before_time(Award__Genesis *genesis)
{
    genesis->start->ms = INT64_MIN;
}

static void nobody(Award__Genesis *genesis)
{
    genesis->n_principals = 0;
}

// A genesis is written by hand, too.
Test(ledger, of_a_genesis_that_is_wrong_nothing_is_made)
{
    static const struct {
        void (*spoil)(Award__Genesis *genesis);
        const char *sentence;
    } rows[] = {
        {rulebook_without_text,      "rulebook: the file is empty"                     },
        {rulebook_of_another_digest, "rulebook: The digest is not that of the text"    },
        {policy_that_is_empty,       "alert_policy: the file is empty"                 },
        {policy_without_digest,      "alert_policy: The digest is not that of the text"},
        {start_before_time,          "must be a valid moment"                          },
        {nobody,                     "A genesis needs a city and the first principals" },
    };
    char directory[] = "/tmp/award-office-XXXXXX";
    struct arena *arena = arena_create();
    struct store_error error;
    cr_assert_not_null(mkdtemp(directory));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__Genesis *genesis = genesis_make(arena);
        rows[i].spoil(genesis);
        cr_expect_eq(ledger_create(directory, genesis, &error), STORE_FORMAT);
        cr_expect_not_null(strstr(error.text, rows[i].sentence), "%s", error.text);
        cr_expect_eq(access(directory, F_OK), -1, "%zu", i);
    }
    arena_destroy(arena);
}

Test(ledger, a_rehearsal_without_a_start_begins_now)
{
    char directory[] = "/tmp/award-office-XXXXXX";
    struct arena *arena = arena_create();
    struct store_error error;
    cr_assert_not_null(mkdtemp(directory));
    Award__Genesis *genesis = genesis_make(arena);
    genesis->start = NULL;
    int64_t begun_ms = clock_wall_ms();
    cr_assert_eq(ledger_create(directory, genesis, &error), STORE_OK, "%s", error.text);
    struct ledger *ledger = ledger_open(directory, &error);
    cr_assert_not_null(ledger, "%s", error.text);
    cr_expect_geq(ledger_now(ledger), begun_ms);
    cr_expect_leq(ledger_now(ledger), clock_wall_ms());
    ledger_close(ledger);
    data_files_remove(directory);
    arena_destroy(arena);
}

// Two at one time: the later one finds the lock of the journal taken, and leaves all as it is.
Test(ledger, what_another_is_making_is_left_to_him)
{
    char directory[] = "/tmp/award-office-XXXXXX";
    char path[DATA_PATH_BYTES];
    struct arena *arena = arena_create();
    struct store_error error;
    cr_assert_not_null(mkdtemp(directory));
    data_files_path(path, directory, "journal");
    cr_assert_eq(mkdir(path, 0700), 0);
    data_files_path(path, directory, "journal/journal.lock");
    int lock = store_lock_take(path, &error);
    cr_assert(lock >= 0, "%s", error.text);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_LOCKED, "%s",
                 error.text);
    cr_expect_eq(access(path, F_OK), 0);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_LOCKED, "%s",
                 error.text);
    cr_assert_eq(close(lock), 0);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_OK, "%s", error.text);
    data_files_remove(directory);
    arena_destroy(arena);
}

// Wherever the maker was killed, the mark lies there, and what he has left is removed.
Test(ledger, what_was_cut_off_is_made_from_the_beginning)
{
    char directory[] = "/tmp/award-office-XXXXXX";
    char mark[DATA_PATH_BYTES];
    struct arena *arena = arena_create();
    struct store_error error;
    cr_assert_not_null(mkdtemp(directory));
    cr_assert_eq(ledger_create(directory, genesis_make(arena), &error), STORE_OK, "%s", error.text);
    data_files_path(mark, directory, DATA_BEING_MADE);
    cr_expect_eq(access(mark, F_OK), -1);
    FILE *file = fopen(mark, "w");
    cr_assert(file != NULL && fclose(file) == 0);
    cr_expect_null(ledger_open(directory, &error), "what gets into it would be removed");
    cr_expect_not_null(strstr(error.text, "run awardctl init again"), "%s", error.text);
    data_files_path(mark, directory, "state/state.mdb");
    cr_assert_eq(truncate(mark, 4096), 0);
    cr_expect_eq(ledger_create(directory, genesis_make(arena), &error), STORE_OK, "%s", error.text);
    struct ledger *ledger = ledger_open(directory, &error);
    cr_assert_not_null(ledger, "%s", error.text);
    ledger_close(ledger);
    data_files_remove(directory);
    cr_expect_eq(access(directory, F_OK), -1, "the mark is gone");
    arena_destroy(arena);
}

Test(ledger, the_same_event_again_gets_the_answer_that_is_on_record)
{
    struct office *office = office_create();
    uint64_t first = office_submit(office, "office", "one", enterprise_json)->entry;
    const Award__Answer *in_group = office_submit(office, "office", "one", enterprise_json);
    cr_expect(in_group->repeated && in_group->entry == first);
    office_commit(office);
    office_reopen(office);
    const Award__Answer *later = office_submit(office, "office", "one", enterprise_json);
    cr_expect(later->repeated);
    cr_expect_eq(later->entry, first);
    cr_expect_eq(ledger_group_size(office_ledger(office)), 0, "nothing is written for it");
    office_destroy(office);
}

// Its repeat is answered with the outcome as it stands: it came to nothing.
Test(ledger, what_a_second_person_declined_is_answered_as_refused)
{
    static const char enrolment[] =
        "{\"principal_enrolled\":{\"name\":\"clerk-2\",\"role\":\"office\"}}";
    struct office *office = office_create();
    cr_expect_eq(office_submit(office, "admin", "one", enrolment)->outcome,
                 AWARD__OUTCOME__NAME__pending);
    const Award__Answer *declined = office_submit(
        office, "supervision", "two",
        "{\"countersign_declined\":{\"event\":{\"principal\":\"admin\",\"id\":\"one\"},"
        "\"reason\":\"不同意\"}}");
    cr_expect_eq(declined->outcome, AWARD__OUTCOME__NAME__accepted);
    uint64_t entry = declined->entry;
    const Award__Answer *again = office_submit(office, "admin", "one", enrolment);
    cr_expect(again->repeated);
    cr_expect_eq(again->outcome, AWARD__OUTCOME__NAME__refused);
    cr_expect_str_eq(again->reasons[0]->code, "declined");
    cr_expect_eq(again->entry, entry);
    office_destroy(office);
}

Test(ledger, an_id_that_was_used_for_other_content_is_rejected)
{
    struct office *office = office_create();
    (void)office_submit(office, "office", "one", enterprise_json);
    const Award__Answer *answer =
        office_submit(office, "office", "one",
                      "{\"enterprise_changed\":{\"enterprise\":\"91500112MA5U0000X8\"}}");
    cr_expect_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(answer->reasons[0]->code, "id_reused");
    office_destroy(office);
}

Test(ledger, a_group_that_was_not_committed_leaves_nothing)
{
    struct office *office = office_create();
    char before[128];
    (void)snprintf(before, sizeof(before), "%s", office_digest(office));
    (void)office_submit(office, "office", NULL, enterprise_json);
    cr_expect_str_neq(office_digest(office), before);
    office_reopen(office);
    cr_expect_str_eq(office_digest(office), before);
    office_destroy(office);
}

Test(ledger, a_dry_run_sees_its_own_lines_and_writes_nothing)
{
    struct office *office = office_create();
    struct ledger *ledger = office_ledger(office);
    char before[128];
    (void)snprintf(before, sizeof(before), "%s", office_digest(office));
    struct arena *arena = arena_create();
    struct ledger_trial *trial = ledger_trial_begin(ledger);
    Award__Principal sender;
    award__principal__init(&sender);
    sender.name = arena_string(arena, "office");
    sender.has_role = 1;
    sender.role = AWARD__ROLE__NAME__office;
    Award__Outcome__Name outcomes[2];
    for (int i = 0; i < 2; i++) {
        struct codec_error error;
        Award__Event *event = (Award__Event *)codec_from_json(
            &award__event__descriptor, enterprise_json, strlen(enterprise_json), arena, &error);
        event->principal = sender.name;
        event->id = arena_format(arena, "dry-%d", i);
        outcomes[i] = ledger_trial_submit(trial, event, &sender, arena)->outcome;
    }
    ledger_trial_end(trial);
    cr_expect_eq(outcomes[0], AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(outcomes[1], AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(office_digest(office), before);
    arena_destroy(arena);
    office_destroy(office);
}

Test(ledger, a_manual_clock_stops_at_each_due_moment_on_its_way)
{
    struct office *office = office_create();
    struct ledger *ledger = office_ledger(office);
    (void)open_cycle(office, "2018");
    office_commit(office);
    const Award__Answer *answer = office_submit(
        office, "admin", NULL, "{\"clock_set\":{\"moment\":\"2018-06-01T09:00:00+08:00\"}}");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    // The closing fires one millisecond after its named second, at its own moment.
    struct arena *arena = arena_create();
    int64_t closing_ms;
    static const char closing[] = "2018-03-31T23:59:59+08:00";
    cr_assert(moment_parse(closing, strlen(closing), &closing_ms));
    bool fired = false;
    for (uint64_t number = 1; number <= journal_last(ledger_journal(ledger)); number++) {
        const Award__Entry *entry = ledger_read(ledger, number, arena, NULL);
        cr_assert_not_null(entry);
        if (entry->event->body_case == AWARD__EVENT__BODY_DEADLINE_DUE) {
            fired = true;
            cr_expect_eq(entry->recorded->ms, closing_ms + 1);
        }
    }
    cr_expect(fired);
    arena_destroy(arena);
    office_destroy(office);
}

Test(ledger, a_clock_that_is_set_back_is_rejected)
{
    struct office *office = office_create();
    const Award__Answer *answer = office_submit(
        office, "admin", NULL, "{\"clock_set\":{\"moment\":\"2017-06-01T09:00:00+08:00\"}}");
    cr_expect_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected);
    office_destroy(office);
}

Test(ledger, the_state_made_anew_has_the_same_digest_at_every_hundredth_entry)
{
    enum { HUNDREDS = 4 };
    struct office *office = office_create();
    char digests[HUNDREDS][128];
    unsigned made = 0;
    for (unsigned hundred = 0; hundred < HUNDREDS; hundred++) {
        while (journal_last(ledger_journal(office_ledger(office))) < 100U * (hundred + 1)) {
            char name[32];
            (void)snprintf(name, sizeof(name), "c%u", made++);
            cr_assert_eq(open_cycle(office, name)->outcome, AWARD__OUTCOME__NAME__accepted);
            office_commit(office);
        }
        (void)snprintf(digests[hundred], sizeof(digests[hundred]), "%s", office_digest(office));
        if (hundred % 2 == 0) {
            struct store_error error;
            cr_assert_eq(ledger_write_state(office_ledger(office), &error), STORE_OK);
        }
    }
    struct ledger *ledger = office_ledger(office);
    struct store_error error;
    cr_assert_eq(ledger_empty(ledger, &error), STORE_OK, "%s", error.text);
    for (unsigned hundred = 0; hundred < HUNDREDS; hundred++) {
        cr_assert_eq(ledger_replay(ledger, 100U * (hundred + 1), &error), STORE_OK);
        cr_expect_str_eq(office_digest(office), digests[hundred]);
        cr_assert_eq(state_write(ledger_state(ledger), 100U * (hundred + 1), &error), STORE_OK);
    }
    office_destroy(office);
}

Test(ledger, what_was_acknowledged_is_there_after_the_state_was_never_written)
{
    struct office *office = office_create();
    (void)office_submit(office, "office", NULL, enterprise_json);
    office_commit(office);
    char before[128];
    (void)snprintf(before, sizeof(before), "%s", office_digest(office));
    office_reopen(office);
    cr_expect_str_eq(office_digest(office), before);
    office_destroy(office);
}
