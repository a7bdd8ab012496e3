// Deadlines and their table: what a new calendar makes of a deadline in each state.
#include "rules/deadlines.h"
#include "tests/rules/after_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

Test(recount, each_kind_of_deadline_has_its_name_and_article)
{
    static const struct {
        Award__DeadlineKind__Name kind;
        const char *zh;
        const char *article;
    } rows[] = {
        {AWARD__DEADLINE_KIND__NAME__closing,          "申报截止",             "16(1)"  },
        {AWARD__DEADLINE_KIND__NAME__plan_independent, "独立评审",             "8(1).1" },
        {AWARD__DEADLINE_KIND__NAME__plan_consensus,   "合议评审",             "8(1).1" },
        {AWARD__DEADLINE_KIND__NAME__plan_visit,       "现场评审",             "8(1).1" },
        {AWARD__DEADLINE_KIND__NAME__plan_report,      "评审报告",             "8(1).4" },
        {AWARD__DEADLINE_KIND__NAME__publicity_end,    "公示期满",             "16(7).2"},
        {AWARD__DEADLINE_KIND__NAME__objection_answer, "异议答复",             "policy" },
        {AWARD__DEADLINE_KIND__NAME__incident_report,  "获奖企业书面报告", "19"     },
        {AWARD__DEADLINE_KIND__NAME__self_evaluation,  "年度自我评价",       "18"     },
        {AWARD__DEADLINE_KIND__NAME__experience,       "分享经验",             "17"     },
    };
    size_t count = sizeof(rows) / sizeof(rows[0]);
    for (size_t i = 0; i < count; i++) {
        const struct deadline_row *row = deadline_row(rows[i].kind);
        cr_assert_not_null(row, "%s", rows[i].zh);
        cr_expect_str_eq(row->zh, rows[i].zh);
        cr_expect_str_eq(row->article, rows[i].article);
    }
    cr_expect_null(deadline_row((Award__DeadlineKind__Name)0));
    cr_expect_null(deadline_row((Award__DeadlineKind__Name)(count + 1)));
    cr_expect_not(deadline_movable((Award__DeadlineKind__Name)0));
}

static const char *state_text(const Award__Deadline *deadline)
{
    return protobuf_c_enum_descriptor_get_value(&award__deadline__state__descriptor,
                                                (int)deadline->state)
        ->name;
}

// "last, end of that day?, revision, state, provisional, rows in the index"
static const char *told(struct world *world, const Award__Deadline *deadline)
{
    char last[DAY_TEXT_BYTES];
    day_format(deadline->last->number, last);
    return arena_format(world_arena(world), "%s %s %u %s%s%s", last,
                        deadline->end->ms == day_end(deadline->last->number) ? "end" : "other",
                        (unsigned)deadline->revision, state_text(deadline),
                        deadline->provisional ? " provisional" : "",
                        deadline->n_dues > 0 ? " planned" : "");
}

#define ANSWER "\"kind\":\"objection_answer\",\"cycle\":\"2018\",\"starts\":\"2019-03-01\","
#define LONG_AGO "\"kind\":\"objection_answer\",\"cycle\":\"2018\",\"starts\":\"2019-01-02\","
#define SUSPENDED ",\"moves\":[{\"event\":\"deadline_suspended\",\"on\":\"2019-02-28\"}]"
#define LAST(day) "\"last\":\"" day "\",\"end\":\"" day "T23:59:59.999+08:00\","

// F-period-3, decision 3: 10 working days behind 1 March end on 15 March, behind 2 January on 16
// January; it is 1 March.
Test(recount, a_new_calendar_moves_what_waits_and_judges_anew_what_was_done)
{
    // clang-format off
    static const struct {
        const char *what;
        const char *json;
        const char *told;
    } rows[] = {
        {"the same",               ANSWER LAST("2019-03-15") "\"state\":\"open\"",                               "2019-03-15 end 1 open"},
        {"known at last",          ANSWER LAST("2019-03-15") "\"state\":\"open\",\"provisional\":true",          "2019-03-15 end 1 open"},
        {"later",                  ANSWER LAST("2019-03-14") "\"state\":\"open\"",                               "2019-03-15 end 2 open planned"},
        {"earlier",                ANSWER LAST("2019-03-18") "\"state\":\"open\"",                               "2019-03-15 end 2 open planned"},
        {"later, known at last",   ANSWER LAST("2019-03-14") "\"state\":\"open\",\"provisional\":true",          "2019-03-15 end 2 open planned"},
        {"stated later",           ANSWER LAST("2019-03-14") "\"state\":\"open\",\"stated_last\":\"2019-03-20\"", "2019-03-20 end 2 open planned"},
        {"stated a day later",     ANSWER LAST("2019-03-14") "\"state\":\"open\",\"stated_last\":\"2019-03-16\"", "2019-03-16 end 2 open planned"},
        {"stated the day",         ANSWER LAST("2019-03-14") "\"state\":\"open\",\"stated_last\":\"2019-03-15\"", "2019-03-15 end 2 open planned"},
        {"stated earlier",         ANSWER LAST("2019-03-14") "\"state\":\"open\",\"stated_last\":\"2019-03-10\"", "2019-03-15 end 2 open planned"},
        {"overdue no longer",      ANSWER LAST("2019-02-20") "\"state\":\"overdue\"",                            "2019-03-15 end 2 open planned"},
        {"overdue still",          LONG_AGO LAST("2019-01-15") "\"state\":\"overdue\"",                          "2019-01-16 end 2 overdue planned"},
        {"overdue, alerts to come", LONG_AGO LAST("2019-01-15") "\"state\":\"overdue\",\"dues\":[{\"moment\":\"2019-04-01T09:00:00+08:00\",\"kind\":\"alert\",\"subject\":\"x\",\"step\":3}]", "2019-01-16 end 2 overdue planned"},
        {"in time after all",      ANSWER LAST("2019-03-14") "\"state\":\"met_late\",\"done_on\":\"2019-03-15\"", "2019-03-15 end 2 met"},
        {"late after all",         ANSWER LAST("2019-03-16") "\"state\":\"met\",\"done_on\":\"2019-03-16\"",     "2019-03-15 end 2 met_late"},
        {"done, the same",         ANSWER LAST("2019-03-15") "\"state\":\"met\",\"done_on\":\"2019-03-16\"",     "2019-03-15 end 1 met"},
        {"done, known at last",    ANSWER LAST("2019-03-15") "\"state\":\"met\",\"provisional\":true,\"done_on\":\"2019-03-16\"", "2019-03-15 end 1 met"},
        {"suspended",              ANSWER LAST("2019-03-14") "\"state\":\"suspended\",\"remaining\":4" SUSPENDED, "2019-03-14 end 1 suspended"},
        {"done while suspended",   ANSWER LAST("2019-03-14") "\"state\":\"met\",\"remaining\":4,\"done_on\":\"2019-03-01\"" SUSPENDED, "2019-03-14 end 1 met"},
        {"removed",                ANSWER LAST("2019-03-14") "\"state\":\"removed\"",                            "2019-03-15 end 2 removed"},
        {"the rest of it",         ANSWER LAST("2019-03-14") "\"state\":\"open\",\"remaining\":4",               "2019-03-07 end 2 open planned"},
        {"the last unit of it",    ANSWER LAST("2019-03-14") "\"state\":\"open\",\"remaining\":1",               "2019-03-04 end 2 open planned"},
        {"nothing of it",          ANSWER LAST("2019-03-01") "\"state\":\"open\",\"remaining\":0",               "2019-03-01 end 1 open"},
        {"of no cycle",            "\"kind\":\"objection_answer\",\"starts\":\"2019-03-01\"," LAST("2019-03-14") "\"state\":\"open\"", "2019-03-14 end 1 open"},
        {"of a fixed day",         "\"kind\":\"plan_visit\",\"cycle\":\"2018\",\"starts\":\"2019-03-01\"," LAST("2019-03-14") "\"state\":\"open\"", "2019-03-14 end 1 open"},
        {"the publicity",          "\"kind\":\"publicity_end\",\"cycle\":\"2018\",\"starts\":\"2019-03-01\"," LAST("2019-03-14") "\"state\":\"open\"", "2019-03-08 end 2 open planned"},
        {"the publicity, over",    "\"kind\":\"publicity_end\",\"cycle\":\"2018\",\"starts\":\"2019-01-02\"," LAST("2019-01-08") "\"state\":\"ended\"", "2019-01-09 end 2 ended"},
        {"the report",             "\"kind\":\"incident_report\",\"cycle\":\"2018\",\"starts\":\"2019-03-01\"," LAST("2019-03-14") "\"state\":\"open\"", "2019-03-22 end 2 open planned"},
    };
    // clang-format on
    struct world *world = after_world_create();
    world_rules(world)->objection_answer =
        (struct period){.length = 10, .unit = PERIOD_WORKING_DAYS, .roll_last_day = false};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
                  arena_format(world_arena(world),
                               "{\"deadline\":\"%zu\",\"subject\":\"s\",\"revision\":1,"
                               "\"article\":\"policy\",%s}",
                               i, rows[i].json));
    }
    (void)after_accept(world, "office", "%s",
                       "{\"calendar_loaded\":{\"year\":2019,\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false,\"name\":\"元旦\"}],"
                       "\"source\":\"测试\",\"digest\":\"d\"}}");
    world_clock(world, "2019-03-01T09:00:01+08:00");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Deadline *deadline =
            after_deadline(world, arena_format(world_arena(world), "%zu", i));
        cr_expect_str_eq(told(world, deadline), rows[i].told, "%s: %s", rows[i].what,
                         told(world, deadline));
    }
    world_destroy(world);
}

// What has fired is never fired again for a day that is past in any case.
// F-period-3, decision 3
Test(recount, an_overdue_one_that_stays_so_fires_no_second_time)
{
    struct world *world = after_world_create();
    world_rules(world)->objection_answer =
        (struct period){.length = 10, .unit = PERIOD_WORKING_DAYS, .roll_last_day = false};
    after_put(
        world, AWARD__CHANGE__RECORD_DEADLINE,
        "{\"deadline\":\"x\",\"subject\":\"s\",\"revision\":1,\"article\":\"policy\"," LONG_AGO
            LAST("2019-01-15") "\"state\":\"overdue\"}");
    (void)after_accept(world, "office", "%s",
                       "{\"calendar_loaded\":{\"year\":2019,\"exceptions\":["
                       "{\"on\":\"2019-01-01\",\"working\":false,\"name\":\"元旦\"}],"
                       "\"source\":\"测试\",\"digest\":\"d\"}}");
    world_clock(world, "2019-03-01T09:00:01+08:00");
    cr_expect_eq(after_deadline(world, "x")->revision, 2);
    size_t count;
    const struct world_step *steps = world_steps(world, &count);
    for (size_t i = 0; i < count; i++) {
        cr_expect_neq(steps[i].event->body_case, AWARD__EVENT__BODY_DEADLINE_DUE);
    }
    world_destroy(world);
}

// decision 28: the day of the suspension was counted, the day of the resumption is not.
Test(recount, the_rest_of_a_period_that_counts_its_first_day_does_not_count_another)
{
    static const struct {
        enum period_unit unit;
        const char *last;
    } rows[] = {
        {PERIOD_DAYS,         "2019-03-16 end 3 open planned"}, // 14 of 15 left behind 1 March,
        {PERIOD_WORKING_DAYS, "2019-03-21 end 3 open planned"}, // or 14 working days
    };
    for (size_t i = 0; i < 2; i++) {
        struct world *world = after_world_create();
        world_rules(world)->objection_answer = (struct period){
            .length = 15, .unit = rows[i].unit, .first_day_counted = true, .roll_last_day = false};
        (void)after_accept(world, "office",
                           "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"%s\","
                           "\"text\":\"t\"}}",
                           AFTER_CASE);
        (void)after_accept(world, "office", "%s",
                           "{\"deadline_suspended\":{\"deadline\":\"O-1:objection_answer:1\","
                           "\"reason\":\"r\",\"article\":\"a\"}}");
        world_clock(world, "2019-03-02T09:00:00+08:00");
        (void)after_accept(world, "office", "%s",
                           "{\"deadline_resumed\":{\"deadline\":\"O-1:objection_answer:1\","
                           "\"reason\":\"r\",\"article\":\"a\"}}");
        const Award__Deadline *deadline = after_deadline(world, "O-1:objection_answer:1");
        cr_expect_str_eq(told(world, deadline), rows[i].last, "%s", told(world, deadline));
        world_destroy(world);
    }
}
