// The registers of laureates and complaints, and the report of who did what.
#include "common/time.h"
#include "daemon/query_parts.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

#define OLD "2016/" GENESIS_ENTERPRISE "/1"

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    cr_assert(day_parse(text, strlen(text), &day));
    return day;
}

// ---- Laureates

// An award of 2016-11-10, revoked in 2017 by 20(3); the desk stands at 2018-01-02.
static void laureate_put(struct desk *desk)
{
    desk_to_review(desk);
    desk_take(desk, "office",
              "{\"earlier_record\":{\"enterprise\":\"" GENESIS_ENTERPRISE
              "\",\"honour\":\"award\",\"cycle\":\"2016\",\"on\":\"2016-11-10\","
              "\"certificate\":\"C-16\",\"proof\":\"渝府发\"}}");
    desk_take(desk, "office",
              "{\"earlier_record\":{\"enterprise\":\"" GENESIS_ENTERPRISE
              "\",\"revocation\":\"award\",\"cycle\":\"2016\",\"on\":\"2017-05-20\","
              "\"ground\":\"major_accident\",\"proof\":\"渝府发\"}}");
}

static const Award__Register *register_on(struct desk *desk, const char *day)
{
    const Award__QueryReply *reply =
        desk_ask(desk, "public", arena_format(desk->arena, "{\"register\":{\"on\":\"%s\"}}", day));
    cr_assert_not_null(reply->register_, "%s", desk_code(reply));
    return reply->register_;
}

Test(registers, a_laureate_stands_from_its_publication_until_the_day_before_the_approval)
{
    struct desk desk = desk_open();
    laureate_put(&desk);
    cr_expect_eq(register_on(&desk, "2016-11-09")->n_rows, 0);
    const struct {
        const char *day;
        bool stands;
    } rows[] = {
        {"2016-11-10", true },
        {"2017-05-19", true },
        {"2017-05-20", false},
        {"2018-01-02", false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Register *found = register_on(&desk, rows[i].day);
        cr_assert_eq(found->n_rows, 1, "%s", rows[i].day);
        cr_expect_eq(found->rows[0]->stands != 0, rows[i].stands, "%s", rows[i].day);
        cr_expect_eq(found->rows[0]->revoked_on == NULL, rows[i].stands, "%s", rows[i].day);
    }
    desk_close(&desk);
}

Test(registers, a_revoked_laureate_says_since_when_and_by_which_ground)
{
    struct desk desk = desk_open();
    laureate_put(&desk);
    const Award__Register *found = desk_ask(&desk, "public", "{\"register\":{}}")->register_;
    cr_assert_not_null(found);
    cr_assert_eq(found->n_rows, 1);
    const Award__Register__Row *row = found->rows[0];
    cr_expect_str_eq(row->case_, OLD);
    cr_expect_str_eq(row->name, "渝北机床");
    cr_expect_str_eq(row->certificate, "C-16");
    cr_expect(row->earlier);
    cr_assert_not_null(row->revoked_on);
    cr_expect_eq(row->revoked_on->number, day_of("2017-05-20"));
    cr_expect(row->has_ground);
    cr_expect_eq(row->ground, AWARD__GROUND__NAME__major_accident);
    cr_expect_eq(found->on->number, day_of("2018-01-02"));
    desk_close(&desk);
}

Test(registers, nobody_asks_for_a_day_to_come)
{
    struct desk desk = desk_open();
    cr_expect_str_eq(desk_code(desk_ask(&desk, "public", "{\"register\":{\"on\":\"2018-01-03\"}}")),
                     "in_the_future");
    desk_close(&desk);
}

Test(registers, more_cases_than_a_page_looks_at_come_on_the_next_pages)
{
    enum { COUNT = 2600 };
    struct desk desk = desk_open();
    for (int i = 0; i < COUNT; i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"case\":{\"case\":\"c%04d\",\"cycle\":\"x\","
                                     "\"enterprise\":\"e\",\"stage\":\"%s\"%s}}",
                                     i, i % 4 == 0 ? "honoured" : "refused",
                                     i % 4 == 0 ? ",\"honour\":{\"kind\":\"award\","
                                                  "\"from\":\"2017-01-01\"}"
                                                : ""));
    }
    const char *after = "";
    size_t total = 0;
    size_t pages = 0;
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = desk_ask(
            &desk, "public", arena_format(desk.arena, "{\"register\":{\"after\":\"%s\"}}", after));
        cr_assert_not_null(reply->register_);
        cr_assert_leq(reply->register_->n_rows, LIMIT_QUERY_ROWS);
        total += reply->register_->n_rows;
        after = reply->register_->looked_to;
        more = reply->more;
        pages++;
        cr_assert_leq(pages, 9);
    }
    cr_expect_eq(total, COUNT / 4);
    cr_expect_gt(pages, 1);
    desk_close(&desk);
}

// ---- Complaints

static void complaint_put(struct desk *desk)
{
    desk_to_review(desk);
    desk_take(desk, "public",
              "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"" CASE
              "\",\"text\":\"虚报产值\",\"source\":\"letter\"}}");
}

Test(registers, a_complaint_shows_its_days_left_and_what_became_of_it)
{
    struct desk desk = desk_open();
    complaint_put(&desk);
    static const char query[] = "{\"complaints\":{\"cycle\":\"2018\"}}";
    const Award__Complaints *found = desk_ask(&desk, "office", query)->complaints;
    cr_assert_not_null(found);
    cr_assert_eq(found->n_rows, 1);
    const Award__Complaints__Row *row = found->rows[0];
    cr_expect_str_eq(row->objection->text, "虚报产值");
    cr_expect(row->objection->complaint);
    cr_expect_str_eq(row->cycle, "2018");
    cr_assert_not_null(row->answer);
    cr_expect_eq(row->days_left, row->answer->last->number - day_of("2018-01-02"));
    cr_expect_gt(row->days_left, 0);
    desk_take(&desk, "office",
              "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"unfounded\","
              "\"report\":\"调查报告\"}}");
    row = desk_ask(&desk, "office", query)->complaints->rows[0];
    cr_expect_not(row->has_days_left);
    cr_expect_eq(row->objection->decided->finding, AWARD__OBJECTION_DECIDED__FINDING__unfounded);
    desk_close(&desk);
}

Test(registers, other_organs_learn_that_there_is_a_complaint_not_who_said_what)
{
    struct desk desk = desk_open();
    complaint_put(&desk);
    const Award__Complaints *found =
        desk_ask(&desk, "government", "{\"complaints\":{}}")->complaints;
    cr_assert_not_null(found);
    cr_assert_eq(found->n_rows, 1);
    cr_expect_null(found->rows[0]->objection->text);
    cr_expect_null(found->rows[0]->objection->principal);
    cr_expect_not(found->rows[0]->objection->has_source);
    static const char *const others[] = {"public", "ent-a", "reviewer-01", "bureau-500112"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        cr_expect_str_eq(desk_code(desk_ask(&desk, others[i], "{\"complaints\":{}}")),
                         "not_authorised", "%s", others[i]);
    }
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"complaints\":{\"cycle\":\"x\"}}")),
                     "no_such_cycle");
    desk_close(&desk);
}

// ---- Who did what

static const Award__Report *report(struct desk *desk, const char *viewer, const char *what)
{
    const Award__QueryReply *reply =
        desk_ask(desk, viewer, arena_format(desk->arena, "{\"report\":{%s}}", what));
    cr_assert_not_null(reply->report, "%s", desk_code(reply));
    return reply->report;
}

static const Award__Report__Act *act_of(const Award__Report *report, const char *event)
{
    for (size_t i = 0; i < report->n_acts; i++) {
        if (report->acts[i]->event != NULL && strcmp(report->acts[i]->event, event) == 0) {
            return report->acts[i];
        }
    }
    return NULL;
}

Test(registers, a_report_of_a_case_says_who_acted_and_in_whose_name)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__Report *found = report(&desk, "supervision", "\"case\":\"" CASE "\"");
    const Award__Report__Act *act = act_of(found, "application_submitted");
    cr_assert_not_null(act);
    cr_expect_str_eq(act->principal, "office");
    cr_expect_eq(act->role, AWARD__ROLE__NAME__office);
    cr_expect_eq(act->organ, AWARD__ROLE__NAME__enterprise);
    cr_expect_str_eq(act->article, "16(2)");
    cr_expect_eq(act->outcome, AWARD__OUTCOME__NAME__accepted);
    const Award__Report__Act *verified = act_of(found, "conditions_verified");
    cr_assert_not_null(verified);
    cr_expect_str_eq(verified->principal, "bureau-500112");
    cr_expect_not(verified->has_organ);
    cr_expect_eq(found->looked_to, found->last);
    desk_close(&desk);
}

static void wait_for_other_receipt(struct desk *desk, const char *json)
{
    const Award__Answer *answer = office_submit(desk->office, "office", NULL, json);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__pending);
    office_commit(desk->office);
}

static void expect_beginning(struct desk *desk, const char *case_name, const char *waited)
{
    const Award__Report *found =
        report(desk, "office", arena_format(desk->arena, "\"case\":\"%s\"", case_name));
    cr_assert_gt(found->n_acts, 1);
    cr_expect_str_eq(found->acts[0]->event, waited);
    cr_expect_eq(found->acts[0]->outcome, AWARD__OUTCOME__NAME__pending);
    cr_expect_eq(found->acts[1]->outcome, AWARD__OUTCOME__NAME__accepted);
    const Award__CaseView *view =
        desk_ask(desk, "office",
                 arena_format(desk->arena, "{\"case\":{\"case\":\"%s\"}}", case_name))
            ->case_;
    cr_assert_gt(view->n_history, 1);
    cr_expect_str_eq(event_name(view->history[0]->event->body_case), waited);
    cr_expect_eq(view->history[1]->outcome, AWARD__OUTCOME__NAME__accepted);
}

Test(registers, a_case_begins_with_the_receipt_that_waited_for_the_other)
{
    static const char paper[] =
        "{\"paper_received\":{\"cycle\":\"2018\",\"enterprise\":\"" GENESIS_ENTERPRISE
        "\",\"received\":\"2018-01-02T09:00:00+08:00\"}}";
    static const char electronic[] =
        "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" GENESIS_ENTERPRISE
        "\",\"materials\":[" APPLYING_MATERIALS "]}}";
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    wait_for_other_receipt(&desk, paper);
    desk_take(&desk, "office", electronic);
    desk_take(&desk, "office",
              "{\"application_withdrawn\":{\"case\":\"" CASE "\",\"reason\":\"材料有误\"}}");
    wait_for_other_receipt(&desk, electronic);
    desk_take(&desk, "office", paper);
    expect_beginning(&desk, CASE, "paper_received");
    expect_beginning(&desk, "2018/" GENESIS_ENTERPRISE "/2", "application_submitted");
    desk_close(&desk);
}

Test(registers, a_report_follows_what_its_viewer_may_see)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "reviewer-01", desk_sheet(&desk, "independent_sheet", ""));
    static const char of_case[] = "\"case\":\"" CASE "\"";
    cr_expect_not_null(act_of(report(&desk, "supervision", of_case), "independent_sheet"));
    cr_expect_null(act_of(report(&desk, "reviewer-02", of_case), "independent_sheet"));
    cr_expect_null(act_of(report(&desk, "ent-a", of_case), "team_drawn"));
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "reviewer-09", "{\"report\":{\"case\":\"" CASE "\"}}")),
        "out_of_scope");
    desk_close(&desk);
}

Test(registers, a_report_of_a_cycle_has_each_act_of_its_cases_once_in_order)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__Report *found = report(&desk, "office", "\"cycle\":\"2018\"");
    cr_assert_gt(found->n_acts, 4);
    for (size_t i = 1; i < found->n_acts; i++) {
        cr_expect_gt(found->acts[i]->entry, found->acts[i - 1]->entry);
    }
    cr_expect_not_null(act_of(found, "cycle_opened"));
    cr_expect_not_null(act_of(found, "conditions_verified"));
    cr_expect_str_eq(desk_code(desk_ask(&desk, "ent-a", "{\"report\":{\"cycle\":\"2018\"}}")),
                     "out_of_scope");
    desk_close(&desk);
}

Test(registers, a_person_asks_for_its_own_acts_and_the_office_for_anybodys)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__Report *found = report(&desk, "office", "\"person\":\"bureau-500112\"");
    cr_assert_eq(found->n_acts, 1);
    cr_expect_str_eq(found->acts[0]->event, "conditions_verified");
    cr_expect_eq(report(&desk, "bureau-500112", "\"person\":\"bureau-500112\"")->n_acts, 1);
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "ent-a", "{\"report\":{\"person\":\"bureau-500112\"}}")),
        "out_of_scope");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"report\":{\"person\":\"x\"}}")),
                     "no_such_principal");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"report\":{}}")), "field_missing");
    desk_close(&desk);
}

Test(registers, an_act_that_waited_says_who_countersigned_it)
{
    struct desk desk = desk_open();
    (void)office_submit(desk.office, "admin", "enrol-1",
                        "{\"principal_enrolled\":{\"name\":\"reviewer-22\","
                        "\"role\":\"reviewer\"}}");
    office_commit(desk.office);
    const Award__Report *found = report(&desk, "office", "\"person\":\"admin\"");
    const Award__Report__Act *act = act_of(found, "principal_enrolled");
    cr_assert_not_null(act);
    cr_expect_null(act->countersigned_by);
    desk_take(&desk, "supervision",
              "{\"countersigned\":{\"event\":{\"principal\":\"admin\",\"id\":\"enrol-1\"}}}");
    act = act_of(report(&desk, "office", "\"person\":\"admin\""), "principal_enrolled");
    cr_assert_not_null(act);
    cr_expect_str_eq(act->countersigned_by, "supervision");
    desk_close(&desk);
}

Test(registers, a_report_says_how_far_a_page_looked)
{
    enum { COUNT = 1300 };
    struct desk desk = desk_open();
    for (int i = 0; i < COUNT; i++) {
        (void)office_submit(desk.office, "office", NULL,
                            arena_format(desk.arena,
                                         "{\"accountability_recorded\":{\"whom\":\"甲%d\","
                                         "\"what\":\"事由\",\"measure\":\"通报\","
                                         "\"authority\":\"市政府\"}}",
                                         i));
    }
    office_commit(desk.office);
    size_t total = 0;
    uint64_t from = 1;
    bool more = true;
    for (size_t pages = 0; more; pages++) {
        cr_assert_lt(pages, 9);
        const Award__QueryReply *reply =
            desk_ask(&desk, "office",
                     arena_format(desk.arena, "{\"report\":{\"person\":\"office\",\"from\":%lu}}",
                                  (unsigned long)from));
        cr_assert_not_null(reply->report);
        total += reply->report->n_acts;
        from = reply->report->looked_to + 1;
        more = reply->more;
    }
    cr_expect_eq(total, COUNT);
    desk_close(&desk);
}

// ---- Beside what they concern

Test(registers, findings_stand_beside_their_case_and_cycle_for_those_who_supervise)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "supervision",
              "{\"supervision_finding\":{\"concerns\":\"t1\",\"text\":\"评审组记录不全\"}}");
    desk_take(&desk, "office",
              "{\"accountability_recorded\":{\"whom\":\"甲\",\"what\":\"事由\","
              "\"measure\":\"通报\",\"authority\":\"市政府\",\"cycle\":\"2018\"}}");
    static const char cycle[] = "{\"cycles\":{\"cycle\":\"2018\"}}";
    const Award__Cycles *found = desk_ask(&desk, "office", cycle)->cycles;
    cr_assert_eq(found->n_notes, 2);
    cr_expect_eq(desk_ask(&desk, "ent-a", cycle)->cycles->n_notes, 0);
    static const char of_case[] = "{\"case\":{\"case\":\"" CASE "\"}}";
    cr_expect_eq(desk_ask(&desk, "office", of_case)->case_->n_notes, 1);
    cr_expect_eq(desk_ask(&desk, "ent-a", of_case)->case_->n_notes, 0);
    desk_close(&desk);
}

// ---- Corrections

Test(registers, a_correction_is_shown_wherever_the_original_is_to_whom_the_original_is)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    (void)office_submit(desk.office, "reviewer-01", "sheet-1",
                        desk_sheet(&desk, "independent_sheet", ""));
    office_commit(desk.office);
    const Award__Answer *answer = office_submit(
        desk.office, "reviewer-01", "fix-1",
        arena_format(desk.arena,
                     "{\"correction\":{\"event\":{\"principal\":\"reviewer-01\","
                     "\"id\":\"sheet-1\"},\"content\":%s,\"reason\":\"笔误\"}}",
                     desk_sheet(&desk, "independent_sheet", ",\"remarks\":\"更正\"")));
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__pending);
    office_commit(desk.office);
    desk_take(&desk, "reviewer-02", desk_sheet(&desk, "independent_sheet", ""));
    desk_take(&desk, "supervision",
              "{\"countersigned\":{\"event\":{\"principal\":\"reviewer-01\",\"id\":\"fix-1\"}}}");
    static const char of_case[] = "\"case\":\"" CASE "\"";
    const Award__Report__Act *act =
        act_of(report(&desk, "supervision", of_case), "independent_sheet");
    cr_assert_not_null(act);
    cr_assert_eq(act->n_corrections, 1);
    cr_expect_eq(act->corrections[0]->n_followers, 1); // the other's sheet
    act = act_of(report(&desk, "reviewer-01", of_case), "independent_sheet");
    cr_assert_not_null(act);
    cr_assert_eq(act->n_corrections, 1);
    cr_expect_eq(act->corrections[0]->n_followers, 0);
    const Award__CaseView *view =
        desk_ask(&desk, "reviewer-02", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
    for (size_t i = 0; i < view->n_history; i++) {
        cr_expect_eq(view->history[i]->n_corrections, 0); // of a sheet that he may not see yet
    }
    desk_close(&desk);
}
