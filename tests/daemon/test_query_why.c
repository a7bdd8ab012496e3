// How a deadline came by its day.
#include "tests/daemon/desk.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

static const char ask[] = "{\"why\":{\"deadline\":\"O-1:objection_answer:1\"}}";

// A complaint about the case, received on Tuesday, 2018-01-02, to be answered within 15 working
// days.
static struct desk desk_with_complaint(void)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"" CASE
              "\",\"text\":\"材料不实\"}}");
    return desk;
}

static const char *text_of(struct desk *desk, const Award__Day *day)
{
    char *text = arena_alloc(desk->arena, DAY_TEXT_BYTES);
    day_format(day->number, text);
    return text;
}

// decision 1; policy
Test(query_why, tells_what_began_it_each_day_and_the_calendar)
{
    struct desk desk = desk_with_complaint();
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    cr_assert_not_null(why);
    cr_assert_not_null(why->counting);
    cr_expect_eq(why->counting->length, 15);
    cr_expect_eq(why->counting->unit, AWARD__WHY__COUNTING__UNIT__working_days);
    uint32_t counted = 0;
    for (size_t i = 0; i < why->n_days; i++) {
        counted += why->days[i]->use == AWARD__WHY__USED_DAY__USE__counted ? 1 : 0;
    }
    cr_expect_eq(counted, 15);
    cr_expect_eq(why->days[why->n_days - 1]->on->number, why->deadline->last->number);
    cr_assert_eq(why->n_calendars, 1);
    cr_expect_eq(why->calendars[0]->year, 2018);
    cr_expect(why->calendars[0]->announced);
    cr_assert_eq(why->n_steps, 1);
    cr_expect_eq(why->steps[0]->event->body_case, AWARD__EVENT__BODY_COMPLAINT_FILED);
    desk_close(&desk);
}

// decision 28, decision 3
Test(query_why, lists_each_change_of_its_day_with_the_event_that_made_it)
{
    struct desk desk = desk_with_complaint();
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    int32_t last = why->deadline->last->number;
    desk_take(&desk, "office",
              arena_format(desk.arena,
                           "{\"deadline_extended\":{\"deadline\":\"O-1:objection_answer:1\","
                           "\"last\":\"%s\",\"reason\":\"r\",\"article\":\"a\"}}",
                           text_of(&desk, &(Award__Day){.number = last + 14})));
    why = desk_ask(&desk, "office", ask)->why;
    cr_assert_eq(why->n_steps, 2);
    cr_expect_eq(why->steps[1]->event->body_case, AWARD__EVENT__BODY_DEADLINE_EXTENDED);
    cr_expect_eq(why->steps[0]->last->number, last);
    cr_expect_eq(why->steps[1]->last->number, last + 14);
    desk_close(&desk);
}

static const char *use_name(const Award__Why__UsedDay *day)
{
    return protobuf_c_enum_descriptor_get_value(&award__why__used_day__use__descriptor,
                                                (int)day->use)
        ->name;
}

// "counted 15, ...": how many days on end had each use.
static const char *uses_of(struct desk *desk, const Award__Why *why)
{
    const char *text = "";
    for (size_t i = 0, same = 0; i < why->n_days; i++) {
        same++;
        bool last = i + 1 == why->n_days || why->days[i + 1]->use != why->days[i]->use;
        if (last) {
            text = arena_format(desk->arena, "%s%s %zu%s", text, use_name(why->days[i]), same,
                                i + 1 == why->n_days ? "" : ", ");
            same = 0;
        }
    }
    return text;
}

#define MOVED(event)                                                                               \
    "{\"" event "\":{\"deadline\":\"O-1:objection_answer:1\",\"reason\":\"r\",\"article\":\"a\"}}"

static void day_comes(struct desk *desk, const char *day)
{
    desk_take(desk, "admin",
              arena_format(desk->arena, "{\"clock_set\":{\"moment\":\"%sT09:00:00+08:00\"}}", day));
}

// decision 28
Test(query_why, a_suspended_one_has_its_days_up_to_then_and_no_end)
{
    struct desk desk = desk_with_complaint();
    day_comes(&desk, "2018-01-08");
    desk_take(&desk, "office", MOVED("deadline_suspended"));
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    cr_expect_str_eq(uses_of(&desk, why), "start 1, counted 3, day_off 2, counted 1");
    cr_expect_eq(why->counting->length, 11);
    cr_expect(why->counting->rest);
    cr_expect_eq(why->n_readings, 0);
    desk_close(&desk);
}

Test(query_why, a_resumed_one_has_each_day_before_while_and_after)
{
    struct desk desk = desk_with_complaint();
    day_comes(&desk, "2018-01-08");
    desk_take(&desk, "office", MOVED("deadline_suspended"));
    day_comes(&desk, "2018-01-15");
    desk_take(&desk, "office", MOVED("deadline_resumed"));
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    cr_expect_str_eq(uses_of(&desk, why),
                     "start 1, counted 3, day_off 2, counted 1, suspended 6, start 1, counted 4, "
                     "day_off 2, counted 5, day_off 2, counted 2");
    cr_expect_eq(why->days[why->n_days - 1]->on->number, why->deadline->last->number);
    cr_expect_eq(why->n_readings, 2);
    desk_close(&desk);
}

Test(query_why, one_that_is_resumed_on_the_same_day_has_no_day_twice)
{
    struct desk desk = desk_with_complaint();
    desk_take(&desk, "office", MOVED("deadline_suspended"));
    desk_take(&desk, "office", MOVED("deadline_resumed"));
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    cr_expect_eq(why->deadline->starts->number + (int32_t)why->n_days - 1,
                 why->deadline->last->number);
    desk_close(&desk);
}

// decision 1, decision 15
Test(query_why, shows_the_end_by_the_other_readings)
{
    struct desk desk = desk_with_complaint();
    const Award__Why *why = desk_ask(&desk, "office", ask)->why;
    cr_assert_eq(why->n_readings, 2);
    cr_expect_str_eq(why->readings[0]->decision, "decision 1, decision 28"); // not of a publicity
    cr_expect_str_eq(why->readings[1]->decision, "decision 1, decision 15");
    cr_expect_lt(why->readings[0]->last->number,
                 why->deadline->last->number); // the first day counts
    cr_expect_eq(why->readings[1]->last->number, why->deadline->last->number);
    cr_expect_eq(why->readings[1]->end->ms,
                 day_start(why->deadline->last->number) + 18 * 3600000LL);
    desk_close(&desk);
}

Test(query_why, of_another_enterprises_deadline_is_refused)
{
    struct desk desk = desk_with_complaint();
    cr_expect_str_eq(desk_code(desk_ask(&desk, "reviewer-09", ask)), "no_such_deadline");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"why\":{\"deadline\":\"x\"}}")),
                     "no_such_deadline");
    desk_close(&desk);
}
