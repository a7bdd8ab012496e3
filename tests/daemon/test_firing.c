// What is due: all of it, in the order of moment and name, once, however much it is and whatever
// lies between; before the events that come after it.
#include "tests/daemon/office.h"
#include "tests/file_limit.h"

#include "common/limits.h"
#include "common/time.h"
#include "daemon/ledger_private.h"
#include "rules/record.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char CLOSING[] = "2018-03-31T08:00:00+08:00"; // before the alerts of its day

static int64_t closing_ms(void)
{
    int64_t moment_ms;
    cr_assert(moment_parse(CLOSING, strlen(CLOSING), &moment_ms));
    return moment_ms;
}

static Award__Outcome__Name cycle_open(struct office *office, unsigned number, const char *notice,
                                       const char *closing)
{
    char json[512];
    (void)snprintf(json, sizeof(json),
                   "{\"cycle_opened\":{\"cycle\":\"c%04u\",\"notice\":[{\"medium\":\"重庆日报\","
                   "\"on\":\"%s\"}],\"closing\":\"%s\",\"units\":[\"u1\",\"u2\",\"u3\"],"
                   "\"chair\":\"张\"}}",
                   number, notice, closing);
    return office_submit(office, "office", NULL, json)->outcome;
}

// So many deadlines of one moment; their order of opening is not that of their names.
static void cycles_open(struct office *office, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        unsigned number = i % 2 == 0 ? i / 2 : count - 1 - i / 2;
        cr_assert_eq(cycle_open(office, number, "2018-01-02", CLOSING),
                     AWARD__OUTCOME__NAME__accepted);
        if (ledger_group_size(office_ledger(office)) == LIMIT_GROUP_EVENTS) {
            office_commit(office);
        }
    }
    office_commit(office);
}

// The clock as it would stand by itself.
static void clock_pass(struct office *office, int64_t moment_ms)
{
    office_ledger(office)->recorded_ms = moment_ms;
}

// Reads the journal: how many deadlines fired. Each must have the next name.
static unsigned fired_in_order(struct office *office)
{
    struct arena *arena = arena_create();
    const struct ledger *ledger = office_ledger(office);
    unsigned fired = 0;
    for (uint64_t number = 1; number <= journal_last(ledger_journal(ledger)); number++) {
        const Award__Entry *entry = ledger_read(ledger, number, arena, NULL);
        cr_assert_not_null(entry);
        if (entry->event->body_case == AWARD__EVENT__BODY_DEADLINE_DUE) {
            char name[32];
            (void)snprintf(name, sizeof(name), "c%04u:closing:1", fired++);
            cr_assert_str_eq(entry->event->deadline_due->deadline, name);
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
    return fired;
}

static void due_put_raw(struct office *office, int64_t moment_ms, const char *subject,
                        struct bytes value)
{
    struct arena *arena = arena_create();
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_DUE, moment_ms,
                                  (int)AWARD__DUE__KIND__deadline, subject, 0);
    state_put(ledger_state(office_ledger(office)), key, value);
    arena_destroy(arena);
}

// A row for a deadline that is not there.
static struct bytes row_of_nothing(struct arena *arena, int64_t moment_ms)
{
    static char subject[] = "nothing:closing:1";
    Award__Moment moment;
    award__moment__init(&moment);
    moment.has_ms = 1;
    moment.ms = moment_ms;
    Award__Due due;
    award__due__init(&due);
    due.moment = &moment;
    due.has_kind = 1;
    due.kind = AWARD__DUE__KIND__deadline;
    due.subject = subject;
    due.has_revision = 1;
    due.revision = 1;
    return codec_pack(&due.base, arena);
}

Test(firing, is_complete_in_order_and_once)
{
    enum { CYCLES = 300 };
    struct office *office = office_create();
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms());
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), 0, "it is in time up to its last millisecond");
    clock_pass(office, closing_ms() + 1);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_destroy(office);
}

Test(firing, goes_on_after_a_kill_where_the_journal_ends)
{
    enum { CYCLES = 300, FIRST = 100 };
    struct office *office = office_create();
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms());
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK); // alerts before it
    clock_pass(office, closing_ms() + 1);
    cr_expect_eq(ledger_fire(office_ledger(office), FIRST), FIRST);
    office_commit(office);
    cr_expect_eq(ledger_fire(office_ledger(office), FIRST), FIRST, "not committed");
    office_reopen(office);
    cr_expect_eq(fired_in_order(office), FIRST);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_destroy(office);
}

Test(firing, is_held_up_by_no_row_that_cannot_fire)
{
    static const uint8_t noise[] = {0xff, 0xff, 0xff};
    enum { CYCLES = 3 };
    struct office *office = office_create();
    struct store_error error;
    struct arena *arena = arena_create();
    cycles_open(office, CYCLES);
    due_put_raw(office, closing_ms() - 2, "noise", (struct bytes){noise, sizeof(noise)});
    due_put_raw(office, closing_ms() - 1, "nothing:closing:1",
                row_of_nothing(arena, closing_ms() - 1));
    due_put_raw(office, closing_ms() + 1, "c0001:closing:0",
                row_of_nothing(arena, closing_ms() + 1)); // between two that fire
    clock_pass(office, closing_ms() + 1);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    cr_expect_gt(ledger_next_due(office_ledger(office)), closing_ms() + 1, "it waits for the next");
    arena_destroy(arena);
    office_destroy(office);
}

Test(firing, is_made_up_for_when_the_disk_was_full)
{
    enum { CYCLES = 300, FIRST = 100, FULL_BYTES = 4096 };
    struct office *office = office_create();
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms() + 1);
    cr_expect_eq(ledger_fire(office_ledger(office), FIRST), FIRST);
    file_limit(FULL_BYTES);
    cr_expect_eq(ledger_commit(office_ledger(office), &error), STORE_FULL);
    file_limit(RLIM_INFINITY);
    clock_pass(office, closing_ms() + 1);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_destroy(office);
}

// A row that is put later and is due sooner than all that were looked for.
Test(firing, sees_a_row_that_is_put_before_the_first)
{
    struct office *office = office_create();
    struct store_error error;
    int64_t sooner_ms = closing_ms() - 3600000 + 1;
    cycles_open(office, 1);
    clock_pass(office, sooner_ms - 1000);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK); // alerts before it
    office_reopen(office); // it has to look for the first one
    cr_expect_eq(ledger_next_due(office_ledger(office)), closing_ms() + 1);
    cr_assert_eq(cycle_open(office, 1, "2018-03-30", "2018-03-31T07:00:00+08:00"),
                 AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK); // its alert
    cr_expect_eq(ledger_next_due(office_ledger(office)), sooner_ms);
    clock_pass(office, sooner_ms);
    cr_expect_eq(ledger_fire(office_ledger(office), 2), 1);
    office_destroy(office);
}

// More is due at once than a group holds, and a message brings as many events as it may.
Test(firing, leaves_room_in_a_group_for_the_events_that_come_after_it)
{
    enum { CYCLES = GROUP_ENTRIES_MAX + LIMIT_BATCH_EVENTS };
    struct office *office = office_create();
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms() + 1);
    for (unsigned i = 0; i < LIMIT_BATCH_EVENTS; i++) {
        cr_assert_eq(cycle_open(office, CYCLES + i, "2018-03-25", "2018-06-30T08:00:00+08:00"),
                     AWARD__OUTCOME__NAME__accepted);
    }
    cr_expect_eq(ledger_group_size(office_ledger(office)), GROUP_ENTRIES_MAX);
    office_commit(office);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_destroy(office);
}

// Groups that are decided on top of one that does not get on record go with it.
Test(firing, of_many_groups_is_made_up_for_when_the_disk_was_full)
{
    enum { CYCLES = 3 * LIMIT_GROUP_EVENTS + 10, FULL_BYTES = 4096 };
    struct office *office = office_create();
    struct ledger *ledger = office_ledger(office);
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms()); // alerts before it
    cr_assert_eq(ledger_fire_all(ledger, &error), STORE_OK);
    clock_pass(office, closing_ms() + 1);
    cr_expect_eq(ledger_fire_groups(ledger, 1, &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), LIMIT_GROUP_EVENTS);
    uint64_t last = journal_last(ledger_journal(ledger));
    file_limit(FULL_BYTES);
    cr_expect_eq(ledger_fire_all(ledger, &error), STORE_FULL);
    file_limit(RLIM_INFINITY);
    cr_expect_eq(journal_last(ledger_journal(ledger)), last);
    cr_expect_eq(ledger_group_size(ledger), 0);
    cr_expect_lt(ledger->recorded_ms, closing_ms() + 2);
    clock_pass(office, closing_ms() + 1);
    cr_assert_eq(ledger_fire_all(ledger, &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_reopen(office);
    cr_expect_eq(fired_in_order(office), CYCLES);
    office_destroy(office);
}

struct durable {
    struct office *office;
    uint64_t last;
    unsigned count;
};

static void durable_note(void *context, const struct ledger_group *group)
{
    struct durable *durable = context;
    uint64_t last = journal_last(ledger_journal(office_ledger(durable->office)));
    cr_expect_gt(last, durable->last);
    cr_expect_eq(group->entries[group->count - 1]->number, last);
    cr_expect_eq(group->entries[0]->number, last - group->count + 1);
    cr_expect_gt(group->sync_us, 0);
    durable->last = last;
    durable->count++;
}

// Who waits for the durable learns of each group as soon as it is, and not when all have fired.
Test(firing, says_of_each_group_that_it_is_durable)
{
    enum { CYCLES = 2 * LIMIT_GROUP_EVENTS + 10 };
    struct office *office = office_create();
    struct durable durable = {.office = office};
    struct store_error error;
    cycles_open(office, CYCLES);
    clock_pass(office, closing_ms()); // alerts before it
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    clock_pass(office, closing_ms() + 1);
    ledger_on_durable(office_ledger(office), durable_note, &durable);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
    cr_expect_eq(fired_in_order(office), CYCLES);
    cr_expect_eq(durable.count, 3);
    cr_expect_eq(durable.last, journal_last(ledger_journal(office_ledger(office))));
    office_destroy(office);
}
