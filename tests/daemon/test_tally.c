// Tests of tally: what is open, due, late and waiting, counted at once or in slices.
#include "daemon/tally.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

static struct tally tally_of(struct desk *desk, size_t slice, size_t *slices)
{
    struct tally tally;
    struct tally_walk *walk = tally_begin(office_ledger(desk->office));
    size_t count = 1;
    while (!tally_go_on(walk, slice, &tally)) {
        count++;
    }
    if (slices != NULL) {
        *slices = count;
    }
    return tally;
}

static void deadline_put(struct desk *desk, const char *name, const char *state, const char *last)
{
    desk_put(desk, arena_format(desk->arena,
                                "{\"deadline\":{\"deadline\":\"%s\",\"subject\":\"s\",\"kind\":"
                                "\"experience\",\"state\":\"%s\",\"last\":\"%s\",\"end\":"
                                "\"%sT23:59:59.999+08:00\"}}",
                                name, state, last, last));
}

// Today is 2018-01-02.
Test(tally, deadlines_stand_by_their_state_and_their_last_day)
{
    struct desk desk = desk_open();
    deadline_put(&desk, "late", "overdue", "2017-12-29");
    deadline_put(&desk, "today", "open", "2018-01-02");
    deadline_put(&desk, "tomorrow", "open", "2018-01-03");
    deadline_put(&desk, "in-a-week", "open", "2018-01-09");
    deadline_put(&desk, "later", "open", "2018-01-10");
    deadline_put(&desk, "stopped", "suspended", "2018-01-02");
    deadline_put(&desk, "met", "met", "2018-01-02");
    deadline_put(&desk, "gone", "removed", "2018-01-02");
    struct tally tally = tally_of(&desk, SIZE_MAX, NULL);
    cr_expect_eq(tally.deadlines[STANDING_LATE], 1);
    cr_expect_eq(tally.deadlines[STANDING_TODAY], 1);
    cr_expect_eq(tally.deadlines[STANDING_WEEK], 2);
    cr_expect_eq(tally.deadlines[STANDING_LATER], 1);
    cr_expect_eq(tally.deadlines[STANDING_SUSPENDED], 1);
    desk_close(&desk);
}

Test(tally, workers_that_are_enrolled_are_named_with_their_kind)
{
    struct desk desk = desk_open();
    struct tally tally = tally_of(&desk, SIZE_MAX, NULL);
    cr_assert_eq(tally.workers_count, 3);
    for (size_t i = 0; i < tally.workers_count; i++) {
        cr_expect_str_eq(
            tally.workers[i].name,
            arena_format(desk.arena, "worker-%s", tally_kind_name(tally.workers[i].kind)));
    }
    desk_close(&desk);
}

Test(tally, tasks_are_of_kinds_of_workers_and_the_oldest_open_one_counts)
{
    static const struct {
        const char *kind;
        const char *queued;
        bool given_up;
    } tasks[] = {
        {"deliver_message", "2018-01-02T08:30:00+08:00", false},
        {"write_feedback",  "2018-01-02T08:00:00+08:00", false},
        {"deliver_message", "2018-01-01T08:00:00+08:00", true },
        {"rank",            "2018-01-02T08:59:00+08:00", false},
    };
    struct desk desk = desk_open();
    for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++) {
        desk_put(&desk,
                 arena_format(desk.arena,
                              "{\"task\":{\"task\":\"%s:%zu\",\"kind\":\"%s\",\"subject\":\"s\","
                              "\"queued\":\"%s\",\"given_up\":%s}}",
                              tasks[i].kind, i, tasks[i].kind, tasks[i].queued,
                              tasks[i].given_up ? "true" : "false"));
    }
    struct tally tally = tally_of(&desk, SIZE_MAX, NULL);
    int64_t now_ms = ledger_now(office_ledger(desk.office)); // 09:00
    cr_expect_eq(tally.tasks[KIND_NOTIFICATION].open, 2);
    cr_expect_eq(tally.tasks[KIND_NOTIFICATION].given_up, 1);
    cr_expect_eq(now_ms - tally.tasks[KIND_NOTIFICATION].oldest_ms, 60 * 60 * 1000);
    cr_expect_eq(now_ms - tally.tasks[KIND_SCORING].oldest_ms, 60 * 1000);
    cr_expect_eq(tally.tasks[KIND_REVOCATION].open, 0);
    cr_expect_eq(tally.tasks[KIND_REVOCATION].oldest_ms, INT64_MAX);
    desk_close(&desk);
}

Test(tally, what_waits_for_people_is_told_apart)
{
    static const char *const records[] = {
        "{\"objection\":{\"objection\":\"o-1\",\"case\":\"c\"}}",
        "{\"objection\":{\"objection\":\"o-2\",\"case\":\"c\",\"complaint\":true}}",
        "{\"objection\":{\"objection\":\"o-3\",\"case\":\"c\",\"complaint\":true,\"linked\":true}}",
        "{\"objection\":{\"objection\":\"o-4\",\"case\":\"c\",\"decided\":{}}}",
        "{\"revocation\":{\"revocation\":\"r-1\",\"case\":\"c\",\"step\":\"opened\"}}",
        "{\"revocation\":{\"revocation\":\"r-2\",\"case\":\"c\",\"step\":\"closed\"}}",
        "{\"pending\":{\"waits_for\":\"countersignature\",\"subject\":\"a/1\",\"event\":{}}}",
        "{\"pending\":{\"waits_for\":\"paper_receipt\",\"subject\":\"b/1\",\"event\":{}}}",
        "{\"alert\":{\"alert\":\"d/1/1/office\",\"recipient\":\"office\"}}",
        "{\"alert\":{\"alert\":\"d/1/2/office\",\"recipient\":\"office\",\"acknowledged\":true}}",
    };
    struct desk desk = desk_open();
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++) {
        desk_put(&desk, records[i]);
    }
    struct tally tally = tally_of(&desk, SIZE_MAX, NULL);
    cr_expect_eq(tally.waiting[WAIT_OBJECTION], 2);
    cr_expect_eq(tally.waiting[WAIT_COMPLAINT], 1);
    cr_expect_eq(tally.waiting[WAIT_REVOCATION], 1);
    cr_expect_eq(tally.waiting[WAIT_COUNTERSIGNATURE], 1);
    cr_expect_eq(tally.waiting[WAIT_RECEIPT], 1);
    cr_expect_eq(tally.waiting[WAIT_ALERT], 1);
    desk_close(&desk);
}

Test(tally, messages_wait_or_were_given_up_by_channel)
{
    static const char *const states[] = {"collecting", "sealed", "delivered", "failed"};
    struct desk desk = desk_open();
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"message\":{\"message\":\"m-%zu\",\"recipient\":\"office\","
                                     "\"channel\":\"mail\",\"template\":\"ineligible\",\"state\":"
                                     "\"%s\",\"created\":\"2018-01-02T08:00:00+08:00\"}}",
                                     i, states[i]));
    }
    struct tally tally = tally_of(&desk, SIZE_MAX, NULL);
    cr_expect_eq(tally.messages[AWARD__CHANNEL__NAME__mail].waiting, 2);
    cr_expect_eq(tally.messages[AWARD__CHANNEL__NAME__mail].undelivered, 1);
    cr_expect_eq(tally.messages[AWARD__CHANNEL__NAME__spool].waiting, 0);
    desk_close(&desk);
}

Test(tally, slices_come_to_the_same_as_all_at_once)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    size_t slices;
    struct tally whole = tally_of(&desk, SIZE_MAX, &slices);
    cr_assert_eq(slices, 1);
    struct tally one_by_one = tally_of(&desk, 1, &slices);
    cr_assert_gt(slices, 30);
    cr_assert_eq(memcmp(&whole, &one_by_one, sizeof(whole)), 0);
    cr_expect_eq(whole.cases[AWARD__STAGE__NAME__accepted], 1);
    desk_close(&desk);
}

Test(tally, one_that_is_left_leaves_nothing_behind)
{
    struct desk desk = desk_open();
    struct tally tally;
    struct tally_walk *walk = tally_begin(office_ledger(desk.office));
    cr_assert_not(tally_go_on(walk, 1, &tally));
    tally_abandon(walk);
    tally_abandon(NULL);
    desk_close(&desk);
}

Test(tally, each_name_is_one)
{
    for (int i = 0; i < TALLY_STANDINGS; i++) {
        cr_assert_not_null(tally_standing_name((enum tally_standing)i));
    }
    for (int i = 0; i < TALLY_WAITS; i++) {
        cr_assert_not_null(tally_wait_name((enum tally_wait)i));
    }
}
