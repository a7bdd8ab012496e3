// Where time does not pass as it should: a host that was off for weeks, a clock that is stepped
// back. Nothing early, nothing twice, nothing missed; what is late says so, and comes together.
#include "tests/daemon/office.h"

#include "common/time.h"
#include "daemon/ledger_private.h"
#include "rules/record.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CYCLES = 3 };

static int64_t moment_of(const char *text)
{
    int64_t moment_ms;
    cr_assert(moment_parse(text, strlen(text), &moment_ms));
    return moment_ms;
}

// Cycles that close at the end of Friday 2018-03-30.
static struct office *cycles_office(void)
{
    struct office *office = office_create();
    for (int i = 0; i < CYCLES; i++) {
        char json[512];
        (void)snprintf(json, sizeof(json),
                       "{\"cycle_opened\":{\"cycle\":\"c%d\",\"notice\":[{\"medium\":\"重庆日报\","
                       "\"on\":\"2018-01-02\"}],\"closing\":\"2018-03-30T23:59:59.999+08:00\","
                       "\"units\":[\"u1\",\"u2\",\"u3\"],\"chair\":\"张\"}}",
                       i);
        cr_assert_eq(office_submit(office, "office", NULL, json)->outcome,
                     AWARD__OUTCOME__NAME__accepted);
    }
    office_commit(office);
    return office;
}

static void fire_at(struct office *office, const char *moment)
{
    struct store_error error;
    office_ledger(office)->recorded_ms = moment_of(moment);
    cr_assert_eq(ledger_fire_all(office_ledger(office), &error), STORE_OK);
}

// What there is of a kind of records.
struct found {
    struct arena *arena;
    size_t count;
    ProtobufCMessage *list[64];
};

static struct found records(struct office *office, Award__Change__RecordCase kind)
{
    struct found found = {.arena = arena_create()};
    const struct view *view = ledger_view(office_ledger(office));
    struct bytes from = record_prefix(found.arena, kind, 0);
    struct bytes key;
    struct bytes value;
    while (view->next(view, from, found.arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == (uint8_t)kind) {
        cr_assert_lt(found.count, sizeof(found.list) / sizeof(found.list[0]));
        found.list[found.count++] =
            codec_unpack_trusted(record_descriptor(kind), value, found.arena);
        from = view_key_after(key, found.arena);
    }
    return found;
}

static size_t count_of(struct office *office, Award__Change__RecordCase kind)
{
    struct found found = records(office, kind);
    arena_destroy(found.arena);
    return found.count;
}

// Off from 2018-03-02 to 04-25: ten, five, two and one working days before, the day itself and the
// day after it (2018-04-02) went by.
Test(clock,
     a_host_that_was_off_for_weeks_tells_the_last_step_once_in_one_message_and_when_it_was_due)
{
    struct office *office = cycles_office();
    fire_at(office, "2018-03-02T10:00:00+08:00");
    cr_expect_eq(count_of(office, AWARD__CHANGE__RECORD_ALERT), 0);
    fire_at(office, "2018-04-25T10:20:30.400+08:00");
    struct found alerts = records(office, AWARD__CHANGE__RECORD_ALERT);
    cr_expect_eq(alerts.count, CYCLES);
    for (size_t i = 0; i < alerts.count; i++) {
        const Award__Alert *alert = (const Award__Alert *)alerts.list[i];
        cr_expect_str_eq(alert->recipient, "office");
        cr_expect_eq(alert->planned->ms, moment_of("2018-04-02T09:00:00+08:00"), "%s",
                     alert->alert);
        cr_expect_eq(alert->raised->ms, moment_of("2018-04-25T10:20:30.400+08:00"));
        cr_expect_str_eq(alert->message, "office/2018-04-25T10:21:00+08:00/1");
    }
    arena_destroy(alerts.arena);
    struct found deadlines = records(office, AWARD__CHANGE__RECORD_DEADLINE);
    cr_assert_eq(deadlines.count, CYCLES);
    for (size_t i = 0; i < deadlines.count; i++) {
        cr_expect_eq(((const Award__Deadline *)deadlines.list[i])->state,
                     AWARD__DEADLINE__STATE__ended);
    }
    arena_destroy(deadlines.arena);
    office_destroy(office);
}

// Three working days from then on: Saturday 2018-04-28 is one.
Test(clock, who_was_told_late_has_the_days_of_the_policy_before_others_hear_that_nobody_answered)
{
    struct office *office = cycles_office();
    fire_at(office, "2018-04-25T10:20:30.400+08:00");
    fire_at(office, "2018-04-28T10:20:30.399+08:00");
    cr_expect_eq(count_of(office, AWARD__CHANGE__RECORD_ALERT), CYCLES);
    fire_at(office, "2018-04-28T10:20:30.400+08:00");
    struct found alerts = records(office, AWARD__CHANGE__RECORD_ALERT);
    size_t unheard = 0;
    for (size_t i = 0; i < alerts.count; i++) {
        unheard += ((const Award__Alert *)alerts.list[i])->unheard ? 1 : 0;
    }
    cr_expect_gt(unheard, 0);
    cr_expect_eq(unheard, alerts.count - CYCLES);
    arena_destroy(alerts.arena);
    office_destroy(office);
}

Test(clock, what_was_told_is_not_told_again_after_a_step_back_and_a_restart)
{
    struct office *office = cycles_office();
    fire_at(office, "2018-03-30T09:00:00+08:00");
    size_t alerts = count_of(office, AWARD__CHANGE__RECORD_ALERT);
    uint64_t last = journal_last(ledger_journal(office_ledger(office)));
    cr_assert_gt(alerts, 0);
    office_reopen(office);
    fire_at(office, "2018-03-16T09:00:00+08:00");
    fire_at(office, "2018-03-30T09:00:00+08:00");
    cr_expect_eq(count_of(office, AWARD__CHANGE__RECORD_ALERT), alerts);
    cr_expect_eq(journal_last(ledger_journal(office_ledger(office))), last);
    office_destroy(office);
}

Test(clock, what_was_due_at_one_moment_is_one_message_however_long_the_firing_takes)
{
    struct office *office = cycles_office();
    struct ledger *ledger = office_ledger(office);
    ledger->recorded_ms = moment_of("2018-03-16T09:00:00+08:00");
    for (int i = 0; i < CYCLES; i++) {
        cr_assert_eq(ledger_fire(ledger, 1), 1);
        ledger->recorded_ms += 7;
    }
    office_commit(office);
    fire_at(office, "2018-03-16T09:01:30+08:00");
    struct found messages = records(office, AWARD__CHANGE__RECORD_MESSAGE);
    cr_assert_eq(messages.count, 1);
    cr_expect_eq(((const Award__Message *)messages.list[0])->n_alerts, CYCLES);
    arena_destroy(messages.arena);
    office_destroy(office);
}

// Otherwise a moment just behind the last entry would wake the coordinator again and again until
// the clock has come back to it.
Test(clock, a_clock_behind_the_last_entry_has_to_get_there_first)
{
    struct ledger behind = {.recorded_ms = moment_of("2990-01-01T00:00:00+08:00")};
    struct ledger empty = {.recorded_ms = 0};
    int64_t due_ms = behind.recorded_ms + 1;
    cr_expect_eq(ledger_until_ms(&behind, behind.recorded_ms), 0);
    int64_t before_ms = ledger_now(&empty);
    int64_t until_ms = ledger_until_ms(&behind, due_ms);
    cr_expect_leq(until_ms, due_ms - before_ms);
    cr_expect_geq(until_ms, due_ms - ledger_now(&empty));
}

static const char *const SUGGESTION =
    "{\"suggestion\":{\"concerns\":\"c0\",\"text\":\"早些公布日程\"}}";

// An office by the host's clock, the last entry of which was recorded so long from now.
static struct ledger *last_entry_ahead(struct office *office, int64_t ahead_ms)
{
    struct ledger *ledger = office_ledger(office);
    const struct ledger empty = {.recorded_ms = 0};
    ledger->rehearsal = false;
    ledger->recorded_ms = ledger_now(&empty) + ahead_ms;
    return ledger;
}

enum { BOUND_MS = LEDGER_CLOCK_BEHIND_SECONDS * 1000, MINUTE_MS = 60000 };

Test(clock, behind_the_last_entry_within_its_bound_lets_time_on_record_stand_still)
{
    struct office *office = cycles_office();
    struct ledger *ledger = last_entry_ahead(office, BOUND_MS - MINUTE_MS);
    int64_t last_ms = ledger->recorded_ms;
    const Award__Answer *answer = office_submit(office, "supervision", NULL, SUGGESTION);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect_eq(answer->recorded->ms, last_ms);
    cr_expect_eq(ledger_clock_behind_ms(ledger), 0);
    office_commit(office);
    office_destroy(office);
}

Test(clock, behind_the_last_entry_by_more_than_its_bound_takes_nothing_and_says_so)
{
    struct office *office = cycles_office();
    struct ledger *ledger = last_entry_ahead(office, BOUND_MS + MINUTE_MS);
    int64_t last_ms = ledger->recorded_ms;
    const Award__Answer *answer = office_submit(office, "supervision", "s", SUGGESTION);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__rejected);
    cr_expect_str_eq(answer->reasons[0]->code, "clock_behind");
    cr_expect_str_eq(answer->reasons[0]->article, "limit");
    char last[MOMENT_TEXT_BYTES];
    moment_format(last_ms, last);
    cr_expect_not_null(strstr(answer->reasons[0]->en, last), "%s", answer->reasons[0]->en);
    cr_expect_not_null(strstr(answer->reasons[0]->zh, "校准主机时钟后重新提交"));
    cr_expect_eq(ledger_group_size(ledger), 0);
    cr_expect_gt(ledger_clock_behind_ms(ledger), BOUND_MS);
    ledger_clock_bound(ledger, LEDGER_CLOCK_BEHIND_SECONDS + 120);
    cr_expect_eq(office_submit(office, "supervision", "s", SUGGESTION)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    office_destroy(office);
}

Test(clock, behind_by_more_than_its_bound_answers_what_is_on_record_and_tries_nothing)
{
    struct office *office = cycles_office();
    cr_assert_eq(office_submit(office, "supervision", "s", SUGGESTION)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    struct ledger *ledger = last_entry_ahead(office, BOUND_MS + MINUTE_MS);
    const Award__Answer *again = office_submit(office, "supervision", "s", SUGGESTION);
    cr_expect_eq(again->outcome, AWARD__OUTCOME__NAME__accepted);
    cr_expect(again->repeated);
    struct arena *arena = arena_create();
    struct ledger_trial *trial = ledger_trial_begin(ledger);
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, SUGGESTION,
                                                          strlen(SUGGESTION), arena, &error);
    event->principal = arena_string(arena, "supervision");
    event->id = arena_string(arena, "other");
    Award__Principal supervision = AWARD__PRINCIPAL__INIT;
    const Award__Answer *tried = ledger_trial_submit(trial, event, &supervision, arena);
    cr_expect_str_eq(tried->reasons[0]->code, "clock_behind");
    ledger_trial_end(trial);
    arena_destroy(arena);
    office_destroy(office);
}

Test(clock, behind_by_more_than_its_bound_fires_nothing)
{
    struct office *office = cycles_office();
    struct ledger *ledger = last_entry_ahead(office, BOUND_MS + MINUTE_MS);
    cr_assert_lt(ledger_next_due(ledger), ledger->recorded_ms);
    cr_expect_eq(ledger_fire(ledger, 1), 0);
    cr_expect_not(ledger_due(ledger));
    ledger_clock_bound(ledger, LEDGER_CLOCK_BEHIND_SECONDS + 120);
    cr_expect(ledger_due(ledger));
    cr_expect_eq(ledger_fire(ledger, 1), 1);
    office_commit(office);
    office_destroy(office);
}

Test(clock, of_a_rehearsal_is_never_behind)
{
    struct office *office = cycles_office();
    fire_at(office, "2990-01-01T00:00:00+08:00");
    cr_expect_eq(ledger_clock_behind_ms(office_ledger(office)), 0);
    cr_expect_eq(office_submit(office, "supervision", NULL, SUGGESTION)->outcome,
                 AWARD__OUTCOME__NAME__accepted);
    office_commit(office);
    office_destroy(office);
}

// The last millisecond of the day belongs to it, whatever zone the host thinks it is in.
Test(clock, the_zone_of_the_host_changes_no_moment)
{
    static const char *const zones[] = {"America/New_York", "Pacific/Kiritimati", "UTC"};
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        cr_assert_eq(setenv("TZ", zones[i], 1), 0);
        tzset();
        struct office *office = cycles_office();
        fire_at(office, "2018-03-30T23:59:59.999+08:00");
        struct found before = records(office, AWARD__CHANGE__RECORD_DEADLINE);
        cr_expect_eq(((const Award__Deadline *)before.list[0])->state, AWARD__DEADLINE__STATE__open,
                     "%s", zones[i]);
        arena_destroy(before.arena);
        fire_at(office, "2018-03-31T00:00:00+08:00");
        struct found after = records(office, AWARD__CHANGE__RECORD_DEADLINE);
        cr_expect_eq(((const Award__Deadline *)after.list[0])->state, AWARD__DEADLINE__STATE__ended,
                     "%s", zones[i]);
        arena_destroy(after.arena);
        office_destroy(office);
    }
}
