// What the public brings up, within the publicity, before it and after it (16(7).3, 6(4), decision
// 10).
#include "tests/rules/published_world.h"

#include <criterion/criterion.h>
#include <string.h>

// ---- Filing

#define FILED(event, id, number)                                                                   \
    "{\"" event "\":{\"objection\":\"" id "\",\"case\":\"%" number "\",\"text\":\"举报\"}}"
#define LETTER(id, number, received)                                                               \
    "{\"objection_filed\":{\"objection\":\"" id "\",\"case\":\"%" number                           \
    "\",\"text\":\"来信\",\"source\":\"letter\",\"received\":\"" received "\"}}"

static Award__Objection *objection(struct world *world, const char *id)
{
    Award__Objection *found =
        (Award__Objection *)world_record(world, AWARD__CHANGE__RECORD_OBJECTION, id);
    cr_assert_not_null(found, "%s", id);
    return found;
}

static size_t open_objections(struct world *world, size_t index)
{
    return world_case(world, selecting_case(world, index))->n_open_objections;
}

// F-objection-1; 16(7).3s1
Test(objection, on_the_first_and_on_the_last_day_holds_the_case)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    world_clock(world, "2018-10-08T23:59:59+08:00");
    selecting_accept(world, "public", FILED("objection_filed", "O2", "1"));
    cr_expect_not(objection(world, "O1")->complaint);
    cr_expect_not(objection(world, "O2")->complaint);
    cr_expect_eq(open_objections(world, 0), 1);
    cr_expect_eq(open_objections(world, 1), 1);
    world_transcript(world, "objection/on_the_first_and_on_the_last_day_holds_the_case");
    world_destroy(world);
}

// decision 10; 16(7).3s1. 16(7).3, decision 10
Test(objection, without_a_name_is_rejected_where_the_rulebook_asks_for_one)
{
    static const char *const anonymous[] = {"objection_filed", "complaint_filed"};
    struct world *world = published_world();
    world_rules(world)->objection_needs_name = true;
    for (size_t i = 0; i < 2; i++) {
        const char *json = arena_format(world_arena(world),
                                        "{\"%s\":{\"objection\":\"O1\",\"case\":\"%%0\",\"text\":"
                                        "\"举报\",\"anonymous\":true}}",
                                        anonymous[i]);
        selecting_reject(world, "public", json, "name_required");
    }
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    cr_expect_eq(open_objections(world, 0), 1);
    world_clock(world, "2018-10-09T00:00:00+08:00"); // a complaint is taken as it comes (6(4))
    selecting_accept(world, "public",
                     "{\"complaint_filed\":{\"objection\":\"O2\",\"case\":\"%0\",\"text\":\"举报\","
                     "\"anonymous\":true}}");
    world_transcript(world, "objection/without_a_name_is_rejected_where_the_rulebook_asks_for_one");
    world_destroy(world);
}

// 16(7).3, decision 10
Test(objection, without_evidence_is_rejected_where_the_rulebook_asks_for_it)
{
    struct world *world = published_world();
    world_rules(world)->objection_needs_evidence = true;
    selecting_reject(world, "public", FILED("objection_filed", "O1", "0"), "evidence_required");
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":\"举报\","
                     "\"evidence\":\"合同复印件\"}}");
    world_transcript(world,
                     "objection/without_evidence_is_rejected_where_the_rulebook_asks_for_it");
    world_destroy(world);
}

// decision 10; 6(4)
Test(objection, after_the_last_day_is_a_complaint_and_holds_nothing)
{
    struct world *world = published_world();
    world_clock(world, "2018-10-09T00:00:00+08:00");
    const Award__Decision *decision =
        selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    cr_expect_str_eq(decision->article, "6(4)");
    cr_expect(objection(world, "O1")->complaint);
    cr_expect_eq(open_objections(world, 0), 0);
    world_transcript(world, "objection/after_the_last_day_is_a_complaint_and_holds_nothing");
    world_destroy(world);
}

// F-objection-1, decision 10; 6(4)
Test(objection, filed_before_publicity_is_reported_is_a_complaint)
{
    struct world *world = candidates_world();
    world_clock(world, "2018-09-26T09:00:00+08:00");
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    world_accept(world, "office", PUBLISHED("2018-09-26", "2018-10-02"));
    cr_expect(objection(world, "O1")->complaint);
    cr_expect_eq(open_objections(world, 0), 0);
    world_transcript(world, "objection/filed_before_publicity_is_reported_is_a_complaint");
    world_destroy(world);
}

Test(objection, a_complaint_within_the_period_holds_the_case_too)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("complaint_filed", "O1", "0"));
    cr_expect_not(objection(world, "O1")->complaint);
    cr_expect_eq(open_objections(world, 0), 1);
    world_transcript(world, "objection/a_complaint_within_the_period_holds_the_case_too");
    world_destroy(world);
}

Test(objection, of_a_letter_counts_by_the_day_of_its_receipt)
{
    struct world *world = published_world();
    world_clock(world, "2018-10-10T09:00:00+08:00");
    selecting_accept(world, "office", LETTER("O1", "0", "2018-10-08"));
    selecting_accept(world, "office", LETTER("O2", "1", "2018-10-09"));
    selecting_accept(world, "office", LETTER("O3", "1", "2018-09-25")); // the earlier medium
    cr_expect_not(objection(world, "O1")->complaint);
    cr_expect(objection(world, "O2")->complaint);
    cr_expect(objection(world, "O3")->complaint);
    world_transcript(world, "objection/of_a_letter_counts_by_the_day_of_its_receipt");
    world_destroy(world);
}

Test(objection, the_day_of_receipt_is_stated_by_the_office_and_never_in_the_future)
{
    struct world *world = published_world();
    selecting_reject(world, "public", LETTER("O1", "0", "2018-09-26"), "received_by_office");
    selecting_reject(world, "office", LETTER("O1", "0", "2018-09-27"), "in_the_future");
    world_transcript(
        world, "objection/the_day_of_receipt_is_stated_by_the_office_and_never_in_the_future");
    world_destroy(world);
}

Test(objection, about_a_case_that_is_not_public_is_a_complaint)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("objection_filed", "O1", "2"));
    cr_expect(objection(world, "O1")->complaint);
    cr_expect_eq(open_objections(world, 2), 0);
    world_transcript(world, "objection/about_a_case_that_is_not_public_is_a_complaint");
    world_destroy(world);
}

Test(objection, a_number_is_used_once)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    selecting_reject(world, "public", FILED("objection_filed", "O1", "1"), "id_used");
    selecting_reject(world, "office", FILED("complaint_filed", "O1", "1"), "id_used");
    world_transcript(world, "objection/a_number_is_used_once");
    world_destroy(world);
}

// F-objection-2
Test(objection, a_later_change_of_the_end_reclassifies_nothing)
{
    struct world *world = published_world();
    world_clock(world, "2018-10-08T09:00:00+08:00");
    world_accept(world, "office", EXTENDED("2018-10-12"));
    world_clock(world, "2018-10-12T09:00:00+08:00");
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    cr_expect_not(objection(world, "O1")->complaint);
    world_transcript(world, "objection/a_later_change_of_the_end_reclassifies_nothing");
    world_destroy(world);
}

// 15 working days from 26 September 2018: 27 to 30 (4, the 29th and 30th are make-up days), after
// the holiday 8 to 12 October (9), 15 to 19 (14), 22 (15). F-policy-1, F-late-1
Test(objection, is_answered_in_time_until_the_fifteenth_working_day)
{
    static const struct {
        const char *on;
        Award__Deadline__State state;
    } days[] = {
        {"2018-10-19", AWARD__DEADLINE__STATE__met     },
        {"2018-10-22", AWARD__DEADLINE__STATE__met     },
        {"2018-10-23", AWARD__DEADLINE__STATE__met_late},
    };
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        struct world *world = published_world();
        selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
        world_expect_day(selecting_deadline(world, "O1:objection_answer:1")->last, "2018-10-22");
        world_clock(world, arena_format(world_arena(world), "%sT23:59:59.999+08:00", days[i].on));
        selecting_accept(world, "office",
                         "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":"
                         "\"unfounded\",\"report\":\"r\"}}");
        cr_expect_eq(selecting_deadline(world, "O1:objection_answer:1")->state, days[i].state, "%s",
                     days[i].on);
        world_destroy(world);
    }
}

// F-policy-1; 16(7).3s1
Test(objection, has_a_deadline_for_its_answer_which_the_decision_meets)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    const Award__Deadline *deadline = selecting_deadline(world, "O1:objection_answer:1");
    cr_assert_not_null(deadline);
    cr_expect_str_eq(deadline->case_, selecting_case(world, 0));
    selecting_accept(world, "office",
                     "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"unfounded\","
                     "\"report\":\"r\"}}");
    cr_expect_eq(selecting_deadline(world, "O1:objection_answer:1")->state,
                 AWARD__DEADLINE__STATE__met);
    world_transcript(world, "objection/has_a_deadline_for_its_answer_which_the_decision_meets");
    world_destroy(world);
}

// F-deliberation-2
Test(objection, after_the_deliberation_alerts_the_office)
{
    static const struct standing recommended = CANDIDATE("recommended_to_government");
    struct world *world = selecting_world(1, &recommended);
    selecting_accept(world, "public", FILED("complaint_filed", "O1", "0"));
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__late_knowledge), 1);
    world_transcript(world, "objection/after_the_deliberation_alerts_the_office");
    world_destroy(world);
}

// ---- Linking

#define LINKED "{\"complaint_linked\":{\"objection\":\"O1\",\"reason\":\"线索具体\"}}"

static struct world *complaint_world(const char *stage)
{
    const struct standing standing = CANDIDATE(stage);
    struct world *world = selecting_world(1, &standing);
    selecting_accept(world, "public", FILED("complaint_filed", "O1", "0"));
    return world;
}

// F-link-1, decision 10, decision 28
Test(objection, a_linked_complaint_holds_its_case)
{
    struct world *world = complaint_world("candidate");
    cr_expect_eq(open_objections(world, 0), 0);
    world_accept(world, "office", LINKED);
    cr_expect(objection(world, "O1")->linked);
    cr_expect_eq(open_objections(world, 0), 1);
    selecting_reject(world, "office", LINKED, "not_a_complaint");
    world_transcript(world, "objection/a_linked_complaint_holds_its_case");
    world_destroy(world);
}

// F-link-1
Test(objection, nothing_is_linked_to_a_case_that_is_deliberated_or_over)
{
    static const char *const stages[] = {"recommended_to_government", "approved", "honoured",
                                         "withdrawn", "not_selected"};
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        struct world *world = complaint_world(stages[i]);
        selecting_reject(world, "office", LINKED, "wrong_stage");
        world_destroy(world);
    }
}

// F-link-1
Test(objection, a_decided_complaint_is_not_linked)
{
    struct world *world = complaint_world("candidate");
    world_accept(world, "office",
                 "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"unfounded\","
                 "\"report\":\"r\"}}");
    selecting_reject(world, "office", LINKED, "already_decided");
    world_transcript(world, "objection/a_decided_complaint_is_not_linked");
    world_destroy(world);
}

// ---- Deciding

#define DECIDED(finding)                                                                           \
    "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"" finding "\",\"report\":\"r\"}}"
#define FOUNDED(kind)                                                                              \
    "{\"objection_decided\":{\"objection\":\"O1\",\"finding\":\"founded\",\"kind\":\"" kind        \
    "\",\"report\":\"r\"}}"

static struct world *objected_world(void)
{
    struct world *world = published_world();
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    return world;
}

// F-founded-1, F-founded-2, F-leaving-1; 16(7).3s2
Test(objection, founded_disqualifies_and_bars_for_misrepresentation_and_violation)
{
    static const char *const founded[] = {FOUNDED("misrepresentation"), FOUNDED("violation")};
    for (size_t i = 0; i < 2; i++) {
        struct world *world = objected_world();
        world_accept(world, "office", founded[i]);
        cr_expect_str_eq(selecting_stage(world, 0), "disqualified");
        const Award__Case *c = world_case(world, selecting_case(world, 0));
        cr_expect_str_eq(c->reasons[0]->article, "16(7).3");
        cr_expect_eq(c->n_open_objections, 0);
        cr_expect_eq(selecting_bars(world, 0, "12(2)"), 1);
        world_destroy(world);
    }
}

// F-founded-1, F-founded-2; 16(7).3s2
Test(objection, founded_of_another_kind_disqualifies_and_bars_nothing)
{
    struct world *world = objected_world();
    world_accept(world, "office", FOUNDED("other"));
    cr_expect_str_eq(selecting_stage(world, 0), "disqualified");
    cr_expect_eq(selecting_bars(world, 0, "12(2)"), 0);
    world_transcript(world, "objection/founded_of_another_kind_disqualifies_and_bars_nothing");
    world_destroy(world);
}

// F-founded-3; 16(7).3s2
Test(objection, unfounded_or_immaterial_keeps_the_case)
{
    static const char *const kept[] = {DECIDED("unfounded"), DECIDED("immaterial")};
    for (size_t i = 0; i < 2; i++) {
        struct world *world = objected_world();
        world_accept(world, "office", kept[i]);
        cr_expect_str_eq(selecting_stage(world, 0), "publicity");
        cr_expect_eq(open_objections(world, 0), 0);
        cr_expect_eq(selecting_bars(world, 0, "12(2)"), 0);
        world_destroy(world);
    }
}

Test(objection, founded_needs_its_kind)
{
    struct world *world = objected_world();
    selecting_reject(world, "office", DECIDED("founded"), "field_missing");
    world_transcript(world, "objection/founded_needs_its_kind");
    world_destroy(world);
}

Test(objection, is_decided_once_and_by_the_office)
{
    struct world *world = objected_world();
    selecting_reject(world, "public", DECIDED("unfounded"), "not_authorised");
    world_accept(world, "office", DECIDED("unfounded"));
    selecting_reject(world, "office", FOUNDED("other"), "already_decided");
    world_transcript(world, "objection/is_decided_once_and_by_the_office");
    world_destroy(world);
}

Test(objection, that_does_not_exist_is_not_decided)
{
    struct world *world = published_world();
    selecting_reject(world, "office", DECIDED("unfounded"), "no_such_objection");
    world_transcript(world, "objection/that_does_not_exist_is_not_decided");
    world_destroy(world);
}

// F-founded-1, decision 10
Test(objection, a_complaint_founded_before_approval_is_linked_by_itself_and_disqualifies)
{
    static const char *const stages[] = {"accepted", "final", "candidate",
                                         "recommended_to_government"};
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        struct world *world = complaint_world(stages[i]);
        world_accept(world, "office", FOUNDED("violation"));
        cr_expect_str_eq(selecting_stage(world, 0), "disqualified");
        cr_expect(objection(world, "O1")->linked);
        cr_expect_eq(selecting_bars(world, 0, "12(2)"), 1);
        world_destroy(world);
    }
}

// F-link-2; 12(2)
Test(objection, a_complaint_founded_about_a_case_that_is_over_or_approved_only_bars)
{
    static const char *const stages[] = {"approved", "signed", "not_selected", "withdrawn"};
    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        struct world *world = complaint_world(stages[i]);
        world_accept(world, "office", FOUNDED("misrepresentation"));
        cr_expect_str_eq(selecting_stage(world, 0), stages[i]);
        cr_expect_eq(selecting_bars(world, 0, "12(2)"), 1);
        cr_expect_eq(world_case(world, selecting_case(world, 0))->n_reasons, 0);
        world_destroy(world);
    }
}

Test(objection, a_violation_of_a_laureate_is_checked_against_article_20)
{
    struct world *world = complaint_world("honoured");
    world_accept(world, "office", FOUNDED("misrepresentation"));
    cr_expect_str_eq(selecting_stage(world, 0), "honoured");
    bool asked = false;
    for (size_t i = 0; i < world_count(world, AWARD__CHANGE__RECORD_TASK); i++) {
        const Award__Task *task =
            (const Award__Task *)world_record_at(world, AWARD__CHANGE__RECORD_TASK, i);
        asked = asked || task->kind == AWARD__TASK_KIND__NAME__check_grounds;
    }
    cr_expect(asked);
    world_transcript(world, "objection/a_violation_of_a_laureate_is_checked_against_article_20");
    world_destroy(world);
}

// Each holds the case by itself, in whatever order they are decided.
Test(objection, the_others_hold_the_case_when_one_is_decided)
{
    struct world *world = objected_world();
    selecting_accept(world, "public", FILED("objection_filed", "O2", "0"));
    selecting_accept(world, "public", FILED("objection_filed", "O3", "0"));
    for (const char *one = "213"; *one != '\0'; one++) {
        world_accept(world, "office",
                     arena_format(world_arena(world),
                                  "{\"objection_decided\":{\"objection\":\"O%c\",\"finding\":"
                                  "\"unfounded\",\"report\":\"r\"}}",
                                  *one));
    }
    cr_expect_eq(open_objections(world, 0), 0);
    world_transcript(world, "objection/the_others_hold_the_case_when_one_is_decided");
    world_destroy(world);
}

static size_t answers_to(struct world *world, const char *recipient)
{
    size_t count = 0;
    for (size_t i = 0; i < world_count(world, AWARD__CHANGE__RECORD_MESSAGE); i++) {
        const Award__Message *message =
            (const Award__Message *)world_record_at(world, AWARD__CHANGE__RECORD_MESSAGE, i);
        count += message->template_ == AWARD__TEMPLATE__NAME__objection_answer &&
                 strcmp(message->recipient, recipient) == 0;
    }
    return count;
}

static void expect_answers(struct world *world, size_t to_objector)
{
    world_accept(world, "office", DECIDED("unfounded"));
    cr_expect_eq(answers_to(world, "office"), 1);
    cr_expect_eq(answers_to(world, "public"), to_objector);
    cr_expect_eq(selecting_messages(world, AWARD__TEMPLATE__NAME__objection_answer),
                 1 + to_objector);
    world_destroy(world);
}

// Beside the office, that is: another member of the public is told nothing.
Test(objection, its_answer_goes_to_who_sent_it_unless_it_was_anonymous)
{
    struct world *world = published_world();
    world_put_json(world, AWARD__CHANGE__RECORD_PRINCIPAL,
                   "{\"name\":\"public-2\",\"role\":\"public\"}");
    selecting_accept(world, "public", FILED("objection_filed", "O1", "0"));
    expect_answers(world, 1);
    world = published_world();
    selecting_accept(world, "public",
                     "{\"objection_filed\":{\"objection\":\"O1\",\"case\":\"%0\",\"text\":"
                     "\"匿名\",\"anonymous\":true}}");
    expect_answers(world, 0);
}

Test(objection, its_answer_goes_to_the_office_alone_where_the_office_entered_it)
{
    struct world *world = published_world();
    selecting_accept(world, "office", LETTER("O1", "0", "2018-09-26"));
    expect_answers(world, 0);
    world = published_world();
    selecting_accept(world, "office", FILED("complaint_filed", "O1", "2"));
    cr_expect(objection(world, "O1")->complaint);
    expect_answers(world, 0);
}
