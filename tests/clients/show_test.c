// Tests of what awardctl shows: values in words, the words themselves, what goes into an export,
// the lines that today proposes.
#include "clients/ctl/calendar.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/entries.h"
#include "clients/ctl/export.h"
#include "clients/ctl/history.h"
#include "clients/ctl/show.h"
#include "rules/deadlines.h"
#include "rules/events.h"
#include "rules/lines.h"

#include <string.h>

#include <criterion/criterion.h>

static struct ctl ctl;

static void begin(void)
{
    ctl = (struct ctl){.arena = arena_create()};
}

static void end(void)
{
    arena_destroy(ctl.arena);
}

TestSuite(show, .init = begin, .fini = end);

static void text_check(const char *found, const char *wanted)
{
    cr_assert_str_eq(found, wanted, "\"%s\", not \"%s\"", found, wanted);
}

// ---- Words

Test(show, every_value_of_every_enumeration_has_a_chinese_word)
{
    for (size_t i = 0; words_enumerations[i] != NULL; i++) {
        const ProtobufCEnumDescriptor *descriptor = words_enumerations[i];
        for (unsigned j = 0; j < descriptor->n_values; j++) {
            const char *zh = word_zh(descriptor, descriptor->values[j].value);
            cr_expect(zh != NULL && zh[0] != '\0', "%s.%s", descriptor->name,
                      descriptor->values[j].name);
        }
    }
}

Test(show, a_value_that_is_none_has_no_word)
{
    cr_assert_null(word_zh(&award__honour__kind__descriptor, 99));
    text_check(word_en(&award__honour__kind__descriptor, 99), "?");
    text_check(show_word(&ctl, &award__honour__kind__descriptor, false, 1), "-");
    text_check(show_word(&ctl, &award__honour__kind__descriptor, true, 2), "提名奖 nomination");
}

Test(show, an_unknown_event_keeps_its_name)
{
    text_check(show_event(&ctl, "application_submitted"), "企业申报 application_submitted");
    text_check(show_event(&ctl, "no_such_event"), "no_such_event");
}

Test(show, a_set_of_roles_names_each)
{
    text_check(show_role_set(&ctl, ROLE(office) | ROLE(public)),
               "评选委员会办公室 office，公众 public");
    text_check(show_role_set(&ctl, 0), "-");
}

// ---- Values

Test(show, a_defence_is_shown_as_sum_over_number_and_four_decimals)
{
    Award__Fraction score = AWARD__FRACTION__INIT;
    score.numerator = 61250;
    score.denominator = 700;
    text_check(show_defence(&ctl, &score), "612.50/7 = 87.5000");
    score.numerator = 60001;
    text_check(show_defence(&ctl, &score), "600.01/7 = 85.7157");
}

Test(show, a_defence_in_other_terms_is_shown_as_it_is)
{
    Award__Fraction score = AWARD__FRACTION__INIT;
    score.numerator = 175;
    score.denominator = 2;
    text_check(show_defence(&ctl, &score), "175/2 = 87.5000");
    text_check(show_defence(&ctl, NULL), "-");
}

Test(show, a_composite_is_rounded_half_up_to_four_decimals)
{
    Award__Fraction composite = AWARD__FRACTION__INIT;
    composite.numerator = 12345675;
    composite.denominator = 20000;
    text_check(ctl_fraction(&ctl, &composite), "617.2838");
    composite.numerator = 1;
    composite.denominator = 30000;
    text_check(ctl_fraction(&ctl, &composite), "0.0000");
    composite.denominator = 20000;
    text_check(ctl_fraction(&ctl, &composite), "0.0001");
}

Test(show, points_have_two_decimals)
{
    Award__Points points = AWARD__POINTS__INIT;
    points.hundredths = 49999;
    text_check(ctl_points(&ctl, &points), "499.99");
    points.hundredths = 50000;
    text_check(ctl_points(&ctl, &points), "500.00");
}

Test(show, bytes_are_shown_in_hexadecimal)
{
    uint8_t bytes[] = {0x00, 0x9f, 0xff};
    ProtobufCBinaryData data = {.len = sizeof(bytes), .data = bytes};
    text_check(show_hex(&ctl, &data), "009fff");
}

Test(show, a_provisional_last_day_is_marked)
{
    Award__Deadline deadline = AWARD__DEADLINE__INIT;
    Award__Day last = AWARD__DAY__INIT;
    last.has_number = 1;
    last.number = 17812; // 2018-10-08
    deadline.last = &last;
    text_check(deadline_last(&ctl, &deadline), "2018-10-08");
    deadline.provisional = 1;
    text_check(deadline_last(&ctl, &deadline), "2018-10-08 暂定 provisional");
}

// ---- Entries

Test(show, the_subject_of_an_entry_is_the_one_case_that_it_changes)
{
    Award__HistoryItem item = AWARD__HISTORY_ITEM__INIT;
    Award__Event event = AWARD__EVENT__INIT;
    Award__ApplicationSubmitted submitted = AWARD__APPLICATION_SUBMITTED__INIT;
    Award__Change change = AWARD__CHANGE__INIT;
    Award__Change *changes[] = {&change, &change};
    Award__Case c = AWARD__CASE__INIT;
    char cycle[] = "2018";
    char name[] = "2018/X/1";
    submitted.cycle = cycle;
    event.body_case = AWARD__EVENT__BODY_APPLICATION_SUBMITTED;
    event.application_submitted = &submitted;
    c.case_ = name;
    change.record_case = AWARD__CHANGE__RECORD_CASE;
    change.case_ = &c;
    item.event = &event;
    item.changes = changes;
    item.n_changes = 1;
    text_check(show_subject(&item), "2018/X/1");
    item.n_changes = 2;
    text_check(show_subject(&item), "2018");
}

Test(show, an_entry_that_is_withheld_has_no_subject)
{
    Award__HistoryItem item = AWARD__HISTORY_ITEM__INIT;
    cr_assert_null(show_subject(&item));
    text_check(history_who(&item), "-");
}

Test(show, a_stage_that_stays_is_no_line_of_a_history)
{
    Award__Change change = AWARD__CHANGE__INIT;
    Award__Case c = AWARD__CASE__INIT;
    char name[] = "2018/X/1";
    c.case_ = name;
    c.has_stage = 1;
    c.stage = AWARD__STAGE__NAME__verified;
    change.record_case = AWARD__CHANGE__RECORD_CASE;
    change.case_ = &c;
    cr_assert_null(history_change(&ctl, &change, AWARD__STAGE__NAME__verified));
    text_check(history_change(&ctl, &change, AWARD__STAGE__NAME__applied),
               "阶段 stage 已申报 applied → 条件已核实 verified");
}

Test(show, a_page_continues_behind_its_last_entry)
{
    Award__Entries entries = AWARD__ENTRIES__INIT;
    Award__HistoryItem item = AWARD__HISTORY_ITEM__INIT;
    Award__HistoryItem *items[] = {&item};
    item.entry = 41;
    cr_assert_eq(entries_next(&entries, 7), 7);
    entries.n_items = 1;
    entries.items = items;
    cr_assert_eq(entries_next(&entries, 7), 42);
}

// ---- Export

static bool wanted(Award__Event__BodyCase number)
{
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = number;
    return export_wanted(&event);
}

Test(show, an_export_has_what_people_reported)
{
    cr_assert(wanted(AWARD__EVENT__BODY_APPLICATION_SUBMITTED));
    cr_assert(wanted(AWARD__EVENT__BODY_COUNTERSIGNED));
    cr_assert(wanted(AWARD__EVENT__BODY_ALERT_ACKNOWLEDGED));
    cr_assert(wanted(AWARD__EVENT__BODY_KEY_ENROLLED));
}

Test(show, an_export_leaves_out_coordinator_workers_and_clock)
{
    static const Award__Event__BodyCase left_out[] = {
        AWARD__EVENT__BODY_CLOCK_SET,
        AWARD__EVENT__BODY_DATABASE_CREATED,
        AWARD__EVENT__BODY_STARTED,
        AWARD__EVENT__BODY_STOPPED,
        AWARD__EVENT__BODY_DEADLINE_DUE,
        AWARD__EVENT__BODY_ALERT_DUE,
        AWARD__EVENT__BODY_MESSAGE_SEALED,
        AWARD__EVENT__BODY_SELF_EVALUATION_YEAR_BEGAN,
        AWARD__EVENT__BODY_SHEETS_COMPARED,
        AWARD__EVENT__BODY_RANKING_COMPUTED,
        AWARD__EVENT__BODY_FEEDBACK_SENT,
        AWARD__EVENT__BODY_GROUNDS_CHECKED,
        AWARD__EVENT__BODY_PAPERS_DRAFTED,
        AWARD__EVENT__BODY_MESSAGE_DELIVERED,
        AWARD__EVENT__BODY_MESSAGE_FAILED,
        AWARD__EVENT__BODY_TASK_FAILED,
        AWARD__EVENT__BODY_DEADLINES_RECOMPUTED,
    };
    for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++) {
        cr_expect_not(wanted(left_out[i]), "%s", event_name(left_out[i]));
    }
}

// ---- What a decision rests on

Test(show, an_article_has_its_chinese_words_beside_it)
{
    text_check(show_article(&ctl, "16(7).2"), "16(7).2");
    text_check(show_article(&ctl, "policy"), "办公室规定 policy");
    text_check(show_article(&ctl, "decision 3"), "决定3 decision 3");
    text_check(show_article(&ctl, "decision 1, decision 15"),
               "决定1、决定15 decision 1, decision 15");
    text_check(show_article(&ctl, "16(1), Civil Code 203"),
               "16(1)、民法典203 16(1), Civil Code 203");
    text_check(show_article(&ctl, "98, 99"), "98、99");
    text_check(show_article(&ctl, NULL), "-");
}

// ---- Today

Test(show, today_proposes_the_line_that_reports_what_is_awaited)
{
    text_check(line_of_event(ctl.arena, "conditions_verified", "2018/X/1"),
               "awardctl send conditions_verified case=2018/X/1");
    text_check(line_of_event(ctl.arena, "objection_decided", "yy-1"),
               "awardctl send objection_decided objection=yy-1");
    text_check(line_of_event(ctl.arena, "leaders_meeting", "2018"),
               "awardctl send leaders_meeting cycle=2018");
    text_check(line_of_event(ctl.arena, "leaders_meeting", "2018/X/1"),
               "awardctl send leaders_meeting cycle=2018");
    text_check(line_of_event(ctl.arena, "team_drawn", "2018/X/1"), "awardctl draw 2018");
    text_check(line_of_event(ctl.arena, "countersigned", "office/enrol/7"),
               "awardctl send countersigned event.principal=office event.id='enrol/7'");
    text_check(line_of_event(ctl.arena, "paper_received", "2018/X"),
               "awardctl send paper_received cycle=2018 enterprise=X");
    text_check(line_of_event(ctl.arena, "ranking_computed", "rank:2018:1"), "awardctl tasks");
}

// ---- Calendar

Test(show, a_length_is_working_days_or_days)
{
    uint32_t length = 0;
    bool working = false;
    cr_assert(calendar_length_read("15wd", &length, &working));
    cr_assert(length == 15 && working);
    cr_assert(calendar_length_read("7d", &length, &working));
    cr_assert(length == 7 && !working);
    static const char *const wrong[] = {"", "7", "wd", "0d", "-1d", "1001d", "7days", " 7d", "7 d"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        cr_expect_not(calendar_length_read(wrong[i], &length, &working), "%s", wrong[i]);
    }
}
