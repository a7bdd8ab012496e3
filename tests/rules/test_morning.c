// test_morning - what each morning says of gaps in duty and addresses
#include "common/time.h"
#include "rules/people_check.h"
#include "tests/rules/moments.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct world *w;

static void setup(void)
{
    w = after_world_create();
    (void)after_accept(w, "office", "%s", "{\"address_changed\":{\"silence\":false}}");
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(morning, .init = setup, .fini = teardown);

static void enterprise(const char *name)
{
    after_put(w, AWARD__CHANGE__RECORD_PRINCIPAL,
              arena_format(world_arena(w), "{\"name\":\"%s\",\"role\":\"enterprise\"}", name));
}

static void addresses(const char *name, const char *list)
{
    after_put(w, AWARD__CHANGE__RECORD_PERSON,
              arena_format(world_arena(w), "{\"person\":\"%s\",\"addresses\":[%s]}", name, list));
}

// What the administrator is told of gaps on the morning of this day of 2019-03; "" where nothing.
static const char *gaps_told(int day)
{
    const char *moment = arena_format(world_arena(w), "2019-03-%02dT08:00:00+08:00", day);
    world_clock(w, moment);
    for (unsigned ordinal = 1; ordinal < 9; ordinal++) {
        const Award__Message *message = (const Award__Message *)world_record(
            w, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(w), "admin/%s/%u", moment, ordinal));
        if (message != NULL && message->template_ == AWARD__TEMPLATE__NAME__duty_gap) {
            return message->facts[0]->value;
        }
    }
    return "";
}

Test(morning, tells_of_all_without_an_address_once_and_then_of_who_joins_them)
{
    for (unsigned i = 1; i <= 300; i++) {
        enterprise(arena_format(world_arena(w), "many-%03u", i));
    }
    const char *first = gaps_told(2);
    cr_expect_not_null(strstr(first, " 人没有登记联系方式"), "%s", first);
    cr_expect_null(strstr(first, "many-300"), "the first are named, the others counted");
    cr_expect_str_eq(gaps_told(3), "");
    enterprise("many-301");
    cr_expect_str_eq(
        gaps_told(4),
        "- 企业：many-301 没有登记联系方式，提醒只能打印后由人转交；请登记。（awardctl "
        "address many-301 --mail ADDRESS）\n");
    cr_expect_str_eq(gaps_told(5), "");
}

Test(morning, tells_of_nobody_when_fewer_are_left_and_of_him_who_loses_his_address)
{
    enterprise("one");
    enterprise("two");
    cr_expect_not_null(strstr(gaps_told(2), "one"));
    addresses("one", "{\"channel\":\"spool\"}");
    cr_expect_str_eq(gaps_told(3), "");
    addresses("one", "");
    addresses("two", "{\"channel\":\"spool\"}");
    const char *again = gaps_told(4);
    cr_expect_not_null(strstr(again, "企业：one 没有"), "one for the other: %s", again);
}

// Reviewers and enterprises in hundreds; the office comes before them, the administrator behind.
Test(morning, remembers_every_other_gap_where_lists_are_long)
{
    for (unsigned i = 1; i <= 2 * FINDING_PERSONS_MAX; i++) {
        const char *role = i % 2 == 0 ? "enterprise" : "reviewer";
        after_put(
            w, AWARD__CHANGE__RECORD_PRINCIPAL,
            arena_format(world_arena(w), "{\"name\":\"many-%04u\",\"role\":\"%s\"}", i, role));
    }
    cr_expect_not_null(strstr(gaps_told(2), "没有登记联系方式"));
    cr_expect_str_eq(gaps_told(3), "");
    (void)after_accept(w, "office", "%s",
                       "{\"duty_changed\":{\"person\":\"office\",\"post\":\"clerk\",\"from\":"
                       "\"2019-03-01\",\"until\":\"2019-03-20\"}}");
    cr_expect_not_null(strstr(gaps_told(4), "没有经办人值班"));
    cr_expect_str_eq(gaps_told(5), "");
}

// ---- Digests that did not go out

// The template of the first message of this morning of 2019-03; 0 where there is none.
static int first_of(const char *person, int day)
{
    const Award__Message *message = (const Award__Message *)world_record(
        w, AWARD__CHANGE__RECORD_MESSAGE,
        arena_format(world_arena(w), "%s/2019-03-%02dT08:00:00+08:00/1", person, day));
    return message != NULL ? (int)message->template_ : 0;
}

static size_t deliveries_open(const char *person)
{
    size_t count = 0;
    const Award__Task *task;
    for (size_t i = 0;
         (task = (const Award__Task *)world_record_at(w, AWARD__CHANGE__RECORD_TASK, i)) != NULL;
         i++) {
        count += task->kind == AWARD__TASK_KIND__NAME__deliver_message &&
                 strncmp(task->subject, person, strlen(person)) == 0;
    }
    return count;
}

// 2019-03-02 is a Saturday: digests come on Monday and Tuesday, a proof of silence every day.
Test(morning, of_digests_and_proofs_that_did_not_go_out_the_last_is_left)
{
    addresses("office", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    (void)after_accept(w, "office", "%s", "{\"address_changed\":{\"digest\":true}}");
    addresses("bureau", "{\"channel\":\"mail\",\"digest\":\"y\"}");
    after_put(w, AWARD__CHANGE__RECORD_TASK,
              "{\"task\":\"check_grounds:x:1\",\"kind\":\"check_grounds\",\"subject\":\"x\","
              "\"ordinal\":1}"); // and tasks that deliver nothing are none of theirs
    world_clock(w, "2019-03-04T08:00:00+08:00");
    cr_expect_eq(first_of("office", 4), AWARD__TEMPLATE__NAME__digest);
    (void)after_accept(w, "worker-notification",
                       "{\"task\":\"deliver_message:bureau/2019-03-04T08:00:00+08:00/1:1\","
                       "\"message_delivered\":{\"message\":\"%s\",\"channel\":\"mail\"}}",
                       "bureau/2019-03-04T08:00:00+08:00/1");
    size_t open = deliveries_open("office");
    world_clock(w, "2019-03-05T08:00:00+08:00");
    cr_expect_eq(first_of("office", 4), 0, "it would say the same as today's");
    cr_expect_eq(first_of("office", 5), AWARD__TEMPLATE__NAME__digest);
    cr_expect_eq(deliveries_open("office"), open);
    cr_expect_eq(first_of("bureau", 4), AWARD__TEMPLATE__NAME__digest, "it was delivered");
    cr_expect_eq(first_of("bureau", 5), AWARD__TEMPLATE__NAME__digest);
    world_clock(w, "2019-03-09T08:00:00+08:00");
    cr_expect_eq(first_of("office", 8), AWARD__TEMPLATE__NAME__digest, "no other came on Saturday");
}

// An enterprise hears of what is open or missed, and not of what is over.
Test(morning, brings_somebody_outside_a_digest_while_what_he_was_told_of_is_open_or_overdue)
{
    static const struct {
        const char *state;
        bool has_digest;
    } rows[] = {
        {"open",      true },
        {"overdue",   true },
        {"met",       false},
        {"ended",     false},
        {"suspended", false},
        {"removed",   false},
    };
    enterprise("one");
    addresses("one", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    after_put(w, AWARD__CHANGE__RECORD_ALERT,
              "{\"alert\":\"D/1/-1w@09:00/one\",\"recipient\":\"one\",\"deadline\":\"D\"}");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int day = 4 + (int)i % 5 + 7 * ((int)i / 5); // working days, from a Monday on
        after_put(
            w, AWARD__CHANGE__RECORD_DEADLINE,
            arena_format(world_arena(w), "{\"deadline\":\"D\",\"state\":\"%s\"}", rows[i].state));
        world_clock(w, arena_format(world_arena(w), "2019-03-%02dT08:00:00+08:00", day));
        cr_expect_eq(first_of("one", day) == AWARD__TEMPLATE__NAME__digest, rows[i].has_digest,
                     "%s", rows[i].state);
    }
}

Test(morning, is_armed_for_the_hour_of_the_same_day_while_that_is_to_come)
{
    static const struct {
        const char *now;
        const char *next;
    } rows[] = {
        {"2019-03-04T07:59:59+08:00", "2019-03-04T08:00:00+08:00"},
        {"2019-03-04T08:00:00+08:00", "2019-03-05T08:00:00+08:00"},
        {"2019-03-05T12:00:00+08:00", "2019-03-06T08:00:00+08:00"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        world_clock(w, rows[i].now);
        (void)after_accept(w, "office", "%s", POLICY_LOADED);
        const Award__Morning *morning =
            (const Award__Morning *)world_record(w, AWARD__CHANGE__RECORD_MORNING);
        char next[MOMENT_TEXT_BYTES];
        cr_assert_not_null(morning);
        moment_format(morning->next->ms, next);
        cr_expect_str_eq(next, rows[i].next);
    }
}

Test(morning, brings_no_digest_to_who_wants_none_or_has_no_channel_or_role_for_it)
{
    static const struct {
        const char *person;
        const char *more;
        bool has_digest;
    } rows[] = {
        {"office",         "\"digest\":true,\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}]",  true },
        {"office",         "\"digest\":false,\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}]",
         false                                                                                              },
        {"office",         "\"digest\":true",                                                          false},
        {"worker-scoring",
         "\"digest\":true,\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"}]",                    false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int day = 4 + (int)i;
        after_put(
            w, AWARD__CHANGE__RECORD_PERSON,
            arena_format(world_arena(w), "{\"person\":\"%s\",%s}", rows[i].person, rows[i].more));
        world_clock(w, arena_format(world_arena(w), "2019-03-%02dT08:00:00+08:00", day));
        cr_expect_eq(first_of(rows[i].person, day) == AWARD__TEMPLATE__NAME__digest,
                     rows[i].has_digest, "row %zu", i);
    }
}

static bool has_digest(const char *recipient, const char *day)
{
    for (unsigned ordinal = 1; ordinal < 9; ordinal++) {
        const Award__Message *message = (const Award__Message *)world_record(
            w, AWARD__CHANGE__RECORD_MESSAGE,
            arena_format(world_arena(w), "%s/%sT08:00:00+08:00/%u", recipient, day, ordinal));
        if (message != NULL && message->template_ == AWARD__TEMPLATE__NAME__digest) {
            return true;
        }
    }
    return false;
}

// On 2018-01-03 nothing is due but the morning itself.
Test(morning, without_any_deadline_brings_a_digest_to_those_inside_alone)
{
    world_destroy(w);
    w = world_create();
    addresses("office", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    addresses("ent-a", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    (void)after_accept(w, "office", "%s", "{\"address_changed\":{\"silence\":false}}");
    cr_assert_eq(world_count(w, AWARD__CHANGE__RECORD_DUE), 1);
    world_clock(w, "2018-01-03T08:00:00+08:00");
    cr_expect(has_digest("office", "2018-01-03"));
    cr_expect_not(has_digest("ent-a", "2018-01-03"));
    world_clock(w, "2018-01-04T08:00:00+08:00");
    cr_expect(has_digest("office", "2018-01-04"), "and the next one comes");
}

// Of more deadlines than are looked at in the beginning, the last is the one that concerns him.
Test(morning, looks_through_all_that_ends_within_the_week)
{
    enum { COUNT = 200 };
    static const char end[] = "2019-03-07T00:00:00+08:00";
    addresses("ent-a", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    for (int i = 0; i < COUNT; i++) {
        after_put(w, AWARD__CHANGE__RECORD_DEADLINE,
                  arena_format(world_arena(w), "{\"deadline\":\"D%03d\",\"state\":\"open\"%s}", i,
                               i == COUNT - 1 ? ",\"enterprise\":\"" WORLD_ENTERPRISE "\"" : ""));
        after_put(w, AWARD__CHANGE__RECORD_DUE,
                  arena_format(world_arena(w),
                               "{\"moment\":\"%s\",\"kind\":\"deadline\",\"subject\":\"D%03d\","
                               "\"step\":0}",
                               end, i));
        if (i == COUNT - 2) {
            world_clock(w, "2019-03-04T08:00:00+08:00");
            cr_expect_not(has_digest("ent-a", "2019-03-04"));
        }
    }
    world_clock(w, "2019-03-05T08:00:00+08:00");
    cr_expect(has_digest("ent-a", "2019-03-05"));
}

Test(morning, tells_nothing_of_what_was_taken_back)
{
    enterprise("one");
    addresses("one", "{\"channel\":\"mail\",\"digest\":\"x\"}");
    after_put(w, AWARD__CHANGE__RECORD_DEADLINE, "{\"deadline\":\"D\",\"state\":\"open\"}");
    after_put(w, AWARD__CHANGE__RECORD_ALERT,
              "{\"alert\":\"D/1/-1w@09:00/one\",\"recipient\":\"one\",\"deadline\":\"D\","
              "\"taken_back\":true}");
    world_clock(w, "2019-03-04T08:00:00+08:00");
    cr_expect_eq(first_of("one", 4), 0);
}

Test(morning, spells_out_as_many_gaps_as_a_message_holds_and_counts_the_others)
{
    enum { LAUREATES = 60 };
    for (unsigned i = 1; i <= LAUREATES; i++) {
        const char *code = arena_format(world_arena(w), "91500112MA5U0%04u0", i);
        after_put(
            w, AWARD__CHANGE__RECORD_ENTERPRISE,
            arena_format(world_arena(w), "{\"enterprise\":\"%s\",\"name\":\"第%u企业\"}", code, i));
        after_put(
            w, AWARD__CHANGE__RECORD_CASE,
            arena_format(
                world_arena(w),
                "{\"case\":\"2015/%s/1\",\"enterprise\":\"%s\",\"honour\":{\"kind\":\"award\","
                "\"from\":\"2016-01-01\"}}",
                code, code));
    }
    const char *first = gaps_told(2);
    cr_expect_not_null(strstr(first, "第1企业"), "%s", first);
    cr_expect_null(strstr(first, "第60企业"), "%s", first);
    const char *others = strstr(first, "另有 ");
    cr_assert_not_null(others, "%s", first);
    cr_expect_gt(atoi(others + strlen("另有 ")), 0);
    cr_expect_str_eq(gaps_told(3), "", "all of them are known from then on");
}
