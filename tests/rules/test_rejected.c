// What is rejected in the middle of a cycle: by which code and article, and what the sentence
// names.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"
#include "tests/rules/review_world.h"
#include "tests/rules/selecting_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define LONG_NAME "a2345678901234567890123456789012345678901234567890123456789012345"

struct row {
    const char *by;
    const char *json; // with ' for "
    const char *code;
    const char *article;
    const char *names; // in the English sentence
};

static const char *quoted(struct world *world, const char *text)
{
    char *json = arena_string(world_arena(world), text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    return json;
}

static void rows_check(struct world *world, size_t count, const struct row *rows)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Decision *decision =
            world_send(world, rows[i].by, quoted(world, rows[i].json));
        cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", rows[i].json);
        cr_expect_str_eq(world_code(decision), rows[i].code, "%s: %s", rows[i].json,
                         world_code(decision));
        cr_expect_str_eq(world_article(decision), rows[i].article, "%s", rows[i].json);
        cr_expect_not_null(strstr(decision->reasons[0]->en, rows[i].names), "%s: %s", rows[i].json,
                           decision->reasons[0]->en);
        cr_expect_eq(decision->n_changes, 0);
    }
}

#define ROWS_CHECK(world, rows) rows_check(world, sizeof(rows) / sizeof((rows)[0]), rows)

// 16(1)
Test(rejected, a_notice_names_its_media_and_a_change_what_it_changes)
{
    // clang-format off
    static const struct row rows[] = {
        {"office", "{'cycle_opened':{'cycle':'2019','notice':[{'medium':' ','on':'2018-01-02'}],'closing':'2018-04-28T18:00:00+08:00','units':['甲'],'chair':'c'}}", "field_missing", "16(1)", "notice.medium"},
        {"office", "{'cycle_opened':{'cycle':'2019','notice':[{'medium':'m','on':'2018-01-02'}],'closing':'2018-04-28T18:00:00+08:00','units':['甲',' '],'chair':'c'}}", "bad_units", "5", "\" \" is blank"},
        {"office", "{'cycle_opened':{'cycle':'a234567890123456789012345678901-x','notice':[{'medium':'m','on':'2018-01-02'}],'closing':'2018-04-28T18:00:00+08:00','units':['甲'],'chair':'c'}}", "bad_identifier", "form", "32 bytes"},
        {"office", "{'cycle_opened':{'cycle':'20/19','notice':[{'medium':'m','on':'2018-01-02'}],'closing':'2018-04-28T18:00:00+08:00','units':['甲'],'chair':'c'}}", "bad_identifier", "form", "no slash"},
        {"office", "{'cycle_changed':{'cycle':'2018','reason':'r'}}", "field_missing", "form", "new closing moment"},
        {"office", "{'cycle_changed':{'cycle':'2017','units':['甲'],'reason':'r'}}", "no_such_cycle", "order", "2017"},
        {"office", "{'cycle_changed':{'cycle':'2018','units':['甲','甲'],'reason':'r'}}", "bad_units", "5", "甲"},
    };
    // clang-format on
    struct world *world = world_create();
    applying_open(world);
    ROWS_CHECK(world, rows);
    world_accept(world, "office",
                 quoted(world, "{'cycle_changed':{'cycle':'2018','units':['丁'],'reason':'r'}}"));
    cr_expect_eq(selecting_cycle(world)->opened->n_units, 1);
    cr_expect_str_eq(selecting_cycle(world)->opened->units[0], "丁");
    world_accept(world, "office",
                 quoted(world, "{'cycle_opened':{'cycle':'a234567890123456789012345678901-',"
                               "'notice':[{'medium':'m'}],'closing':'2018-04-28T18:00:00+08:00',"
                               "'units':['甲'],'chair':'c'}}"));
    world_destroy(world);
}

// 8s1
Test(rejected, a_team_says_who_and_what_it_consists_of)
{
#define TEAM(parts) "{'team_drawn':{'cycle':'2018','reason':'r','teams':[{" parts "}]}}"
#define MEMBERS "'members':['reviewer-04','reviewer-05','reviewer-06']"
    // clang-format off
    static const struct row rows[] = {
        {"office", TEAM("'leader':'reviewer-04'," MEMBERS ",'cases':['" CASE_B "']"),                       "field_missing",  "form", "lacks team;"},
        {"office", TEAM("'team':'T9'," MEMBERS ",'cases':['" CASE_B "']"),                                   "field_missing",  "form", "lacks leader;"},
        {"office", TEAM("'team':'T9','leader':'reviewer-04','cases':['" CASE_B "']"),                        "field_missing",  "form", "lacks members;"},
        {"office", TEAM("'team':'T9','leader':'reviewer-04'," MEMBERS),                                      "field_missing",  "form", "lacks cases;"},
        {"office", TEAM("'team':'T9','leader':'reviewer-04'," MEMBERS ",'cases':['" CASE_B "']},{'team':'T9','leader':'reviewer-04'," MEMBERS ",'cases':['" CASE_C "']"), "id_in_use", "order", "T9"},
        {"office", TEAM("'team':'T1','leader':'reviewer-04'," MEMBERS ",'cases':['" CASE_B "']"),            "id_in_use",      "order", "T1"},
        {"office", TEAM("'team':'T 9','leader':'reviewer-04'," MEMBERS ",'cases':['" CASE_B "']"),           "bad_identifier", "form", "team"},
        {"office", TEAM("'team':'T9','leader':'reviewer-04'," MEMBERS ",'cases':['none']"),                  "no_such_case",   "order", "none"},
        {"office", "{'member_replaced':{'team':'T1','person':'reviewer-09','by':'reviewer-08','reason':'r'}}", "not_of_team",  "order", "reviewer-09"},
        {"office", "{'member_replaced':{'team':'T9','person':'reviewer-01','by':'reviewer-08','reason':'r'}}", "no_such_team", "order", "T9"},
        {"office", "{'conflict_declared':{'team':'T1','person':'reviewer-09','reason':'r'}}",                "not_of_team",    "order", "reviewer-09"},
        {"office", "{'conflict_declared':{'team':'T9','person':'reviewer-01','reason':'r'}}",                "no_such_team",   "order", "T9"},
        {"reviewer-01", "{'confidentiality_declared':{'team':'T9'}}",                                        "no_such_team",   "order", "T9"},
        {"office", "{'conflict_declared':{'team':'T1','person':'reviewer-01','case':'" CASE_B "','reason':'r'}}", "other_team", "order", CASE_B},
    };
    // clang-format on
    struct world *world = review_world();
    review_team(world, "T1", CASE_A);
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// 8(1).1
Test(rejected, a_plan_gives_each_step_a_day_and_is_approved_once_there_is_one)
{
#define STEP(step, on) "{'step':'" step "','on':'" on "'}"
#define PLAN(steps) "{'plan_submitted':{'team':'T1','steps':[" steps "]}}"
#define FIRST_THREE                                                                                \
    STEP("independent_review", "2018-01-05")                                                       \
    "," STEP("consensus", "2018-01-08") "," STEP("site_visit", "2018-01-20")
    // clang-format off
    static const struct row rows[] = {
        {"review-committee", "{'plan_approved':{'team':'T1'}}",                           "no_plan",       "8(1).1", "T1"},
        {"review-committee", "{'plan_approved':{'team':'T9'}}",                           "no_such_team",  "order",  "T9"},
        {"reviewer-01", PLAN(FIRST_THREE ",{'step':'report'}"),                           "field_missing", "form",   "its day, on"},
        {"reviewer-01", PLAN(FIRST_THREE ",{'on':'2018-01-31'}"),                         "field_missing", "form",   "its name, step"},
        {"reviewer-01", PLAN(FIRST_THREE),                                                "field_missing", "8(1).1", "report"},
        {"reviewer-01", PLAN(FIRST_THREE "," STEP("site_visit", "2018-01-31")),           "named_twice",   "form",   "site_visit"},
        {"reviewer-01", PLAN(FIRST_THREE "," STEP("report", "2018-01-19")),               "plan_order",    "8(1).1", "report"},
        {"reviewer-02", PLAN(FIRST_THREE "," STEP("report", "2018-01-31")),               "not_the_leader", "8(1)",  "reviewer-01"},
    };
    static const struct row again[] = {
        {"review-committee", "{'plan_approved':{'team':'T1'}}",                           "plan_approved_already", "8(1).1", "T1"},
        {"reviewer-01", PLAN(FIRST_THREE "," STEP("report", "2018-01-31")),               "plan_approved_already", "8(1).1", "T1"},
    };
    // clang-format on
    struct world *world = review_world();
    review_team(world, "T1", CASE_A);
    ROWS_CHECK(world, rows);
    world_accept(world, "reviewer-01",
                 quoted(world, PLAN(FIRST_THREE "," STEP("report", "2018-01-31"))));
    world_accept(world, "review-committee", quoted(world, "{'plan_approved':{'team':'T1'}}"));
    ROWS_CHECK(world, again);
    world_destroy(world);
}

// decision 23; 16(4)
Test(rejected, an_advisor_has_a_name_and_a_field_and_is_named_once)
{
#define PANEL                                                                                      \
    "'panel':['reviewer-01','reviewer-02','reviewer-03','reviewer-04','reviewer-05',"              \
    "'reviewer-06','reviewer-07']"
#define DEFENCE(advisors)                                                                          \
    "{'defence_scheduled':{'case':'" CASE_A "','when':'2018-01-02T09:00:00+08:00'," PANEL          \
    ",'advisors':[{'name':'a','field':'f'},{'name':'b','field':'f'}," advisors "]}}"
    // clang-format off
    static const struct row rows[] = {
        {"office", DEFENCE("{'name':'a','field':'g'}"),                                   "advisor_on_panel", "16(4)", "Advisor a"},
        {"office", DEFENCE("{'name':'b','field':'g'}"),                                   "advisor_on_panel", "16(4)", "Advisor b"},
        {"office", DEFENCE("{'name':' ','field':'g'}"),                                   "field_missing",    "16(4)", "name and a field"},
        {"office", DEFENCE("{'name':'c','field':' '}"),                                   "field_missing",    "16(4)", "name and a field"},
    };
    // clang-format on
    struct world *world = review_world();
    review_documents(world, "T1", CASE_A);
    ROWS_CHECK(world, rows);
    world_accept(world, "office", quoted(world, DEFENCE("{'name':'c','field':'f'}")));
    world_destroy(world);
}

// A member with a conflict gives no score, also where he was on the panel before he declared it.
// 8s1
Test(rejected, a_score_of_the_defence_by_one_with_a_conflict)
{
    // clang-format off
    static const struct row rows[] = {
        {"reviewer-01", "{'defence_score':{'case':'" CASE_A "','points':'80'}}", "conflict", "policy", "reviewer-01"},
    };
    // clang-format on
    struct world *world = review_world();
    review_documents(world, "T1", CASE_A);
    world_accept(world, "office", quoted(world, DEFENCE("{'name':'c','field':'f'}")));
    world_accept(world, "office",
                 quoted(world, "{'defence_opened':{'case':'" CASE_A
                               "','on':'2018-01-02','defender':'王','principal_in_charge':true}}"));
    world_accept(world, "reviewer-01",
                 quoted(world, "{'conflict_declared':{'team':'T1','person':'reviewer-01',"
                               "'case':'" CASE_A "','reason':'亲属'}}"));
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// 15s1, 16(5).2
Test(rejected, a_sheet_of_the_visit_that_is_not_within_article_15)
{
    static const char *const more[][2] = {
        {",'strengths':[{'item':'nothing','text':'t'}]",     "remark_unknown"},
        {",'improvements':[{'item':'nothing','text':'t'}]",  "remark_unknown"},
        {",'strengths':[{'item':'strategy','text':' '}]",    "field_missing" },
        {",'improvements':[{'item':'strategy','text':' '}]", "field_missing" },
    };
    struct world *world = review_world();
    review_documents(world, "T1", CASE_A);
    review_visit_opened(world, CASE_A);
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        const char *parts =
            JSON(world, ",\"days\":3,\"report\":\"d\"%s", quoted(world, more[i][0]));
        const Award__Decision *decision = world_send(
            world, "reviewer-01", review_sheet(world, "visit_sheet", CASE_A, 52000, parts));
        cr_expect_str_eq(world_code(decision), more[i][1], "%s", more[i][0]);
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected);
    }
    // clang-format off
    static const struct row rows[] = {
        {"reviewer-01", "{'visit_sheet':{'case':'" CASE_A "','days':3,'report':'d','scores':[{'item':'leadership','points':'100.01'}]}}", "score_over_maximum", "15", "100.01"},
        {"reviewer-01", "{'visit_sheet':{'case':'" CASE_A "','days':3,'report':'d','scores':[{'item':'leadership.organisation','points':'1'},{'item':'leadership.organisation','points':'1'}]}}", "score_repeated", "15", "leadership.organisation"},
        {"reviewer-01", "{'visit_sheet':{'case':'" CASE_A "','days':3,'report':'d','scores':[{'item':'leadership','points':'1'},{'item':'leadership.organisation','points':'1'}]}}", "score_repeated", "15", "leadership.organisation"},
        {"reviewer-01", "{'visit_sheet':{'case':'" CASE_A "','days':3,'report':'d','scores':[{'points':'1'}]}}", "score_unknown", "15", "no item "},
        {"reviewer-01", "{'visit_sheet':{'case':'" CASE_A "','days':3,'report':'d','scores':[{'item':'leadership'}]}}", "score_missing", "15", "leadership"},
    };
    // clang-format on
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// decision 24; 16(5).4
Test(rejected, a_change_of_the_leaders_meeting_that_is_not_whole)
{
    struct world *world = review_world();
    review_documents(world, "T1", CASE_A);
    review_visit(world, CASE_A, 50000);
    const char *sheet = review_sheet(world, "x", CASE_A, 50100, "");
    const char *scores = strstr(sheet, ",\"scores\"");
    int length = (int)strlen(scores) - 2; // without the two closing braces
    static const struct {
        const char *head; // before the scores
        const char *tail; // behind them
        const char *code;
    } rows[] = {
        {"'who':'w','reason':'r'",                                 "", "field_missing" },
        {"'case':'" CASE_A "','reason':'r'",                       "", "field_missing" },
        {"'case':'" CASE_A "','who':'w'",                          "", "field_missing" },
        {"'case':'" CASE_A "','who':'" LONG_NAME "','reason':'r'", "", "bad_identifier"},
        {"'case':'" CASE_A "','who':'w','reason':'r'",
         ",{'case':'" CASE_A "','who':'v','reason':'r'}",              "named_twice"   },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *changed = JSON(world, "{%s%.*s}%s", quoted(world, rows[i].head), length, scores,
                                   quoted(world, rows[i].tail));
        const Award__Decision *decision =
            world_send(world, "office",
                       JSON(world,
                            "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A
                            "\"],\"on\":\"2018-01-02\",\"changed\":[%s]}}",
                            changed));
        cr_expect_str_eq(world_code(decision), rows[i].code, "%s: %s", changed,
                         world_code(decision));
    }
    world_destroy(world);
}

// 6(3), 7(3), 16(6)
Test(rejected, a_step_of_a_cycle_that_there_is_not)
{
    // clang-format off
    static const struct row rows[] = {
        {"office", "{'review_reported':{'cycle':'2017','from':'office','to':'government','digest':'d'}}", "no_such_cycle", "order", "2017"},
        {"office", "{'tie_decided':{'cycle':'2017','pool':'award','order':['a'],'reason':'r'}}",         "no_such_cycle", "order", "2017"},
        {"office", "{'publicity_extended':{'cycle':'2017','last':'2018-02-05','reason':'r'}}",           "no_such_cycle", "order", "2017"},
        {"office", "{'mayor_signed':{'cycle':'2017','on':'2018-01-02'}}",                                "no_such_cycle", "order", "2017"},
        {"office", "{'government_decided':{'cycle':'2017','on':'2018-01-02','decisions':[{'case':'c','approved':true}]}}", "no_such_cycle", "order", "2017"},
        {"office", "{'conferral_held':{'cycle':'2017','on':'2018-01-02','given':[{'case':'c'}]}}",       "no_such_cycle", "order", "2017"},
        {"office", "{'result_published':{'cycle':'2017','number':'n','on':'2018-01-02'}}",               "no_such_cycle", "order", "2017"},
        {"office", "{'deliberation_held':{'cycle':'2017','meeting':'M','on':'2018-01-02','presiding':'p','present':['u']}}", "no_such_cycle", "order", "2017"},
        {"office", "{'cycle_closed':{'cycle':'2017'}}",                                                  "no_such_cycle", "order", "2017"},
        {"office", "{'accountability_recorded':{'whom':'w','what':'x','measure':'m','authority':'a','cycle':'2017'}}", "no_such_cycle", "order", "2017"},
        {"office", "{'tie_decided':{'cycle':'2018','pool':'award','order':['a'],'reason':'r'}}",         "no_tie_waits",  "order", "2018"},
    };
    // clang-format on
    struct world *world = selecting_world(0, NULL);
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// 16(9): a name that is too long for a case is no number, one that is not is none of this cycle
Test(rejected, a_decision_on_what_is_no_case_of_the_cycle)
{
#define NAME_96                                                                                    \
    "a2345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012" \
    "3"                                                                                            \
    "456"
#define DECISION(name)                                                                             \
    "{'government_decided':{'cycle':'2018','on':'2018-01-02','decisions':[{'case':'" name          \
    "','approved':true}]}}"
    // clang-format off
    static const struct row rows[] = {
        {"office", DECISION(NAME_96),         "no_such_case",   "order", NAME_96},
        {"office", DECISION(NAME_96 "7"),     "bad_identifier", "form",  "too long"},
        {"office", DECISION(" "),             "bad_identifier", "form",  "missing"},
        {"office", DECISION("2017/other/1"),  "no_such_case",   "order", "2017/other/1"},
    };
    // clang-format on
    struct world *world = selecting_world(0, NULL);
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   quoted(world, "{'case':'2017/other/1','cycle':'2017','enterprise':'x',"
                                 "'stage':'recommended_to_government'}"));
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// 22s1, 22s2
Test(rejected, not_a_measure_that_concerns_a_cycle_and_it_is_kept_beside_it)
{
    struct world *world = selecting_world(0, NULL);
    world_accept(world, "office",
                 quoted(world, "{'accountability_recorded':{'whom':'w','what':'x','measure':'m',"
                               "'authority':'a','cycle':'2018'}}"));
    const Award__Note *note =
        (const Award__Note *)world_record_at(world, AWARD__CHANGE__RECORD_NOTE, 0);
    cr_expect_str_eq(note->subject, "2018");
    world_destroy(world);
}

// 16(7).1
Test(rejected, a_medium_without_its_name_or_its_day)
{
#define PUBLICITY(media)                                                                           \
    "{'publicity_started':{'cycle':'2018','media':[" media                                         \
    "],'stated_first':'2018-01-02','stated_last':'2018-01-09'}}"
    // clang-format off
    static const struct row rows[] = {
        {"office", PUBLICITY("{'on':'2018-01-02'}"),                                  "field_missing", "form", "its name and the day"},
        {"office", PUBLICITY("{'medium':'m'}"),                                       "field_missing", "form", "its name and the day"},
        {"office", PUBLICITY("{'medium':'m','on':'2018-01-02'},{'medium':'n'}"),      "field_missing", "form", "its name and the day"},
    };
    // clang-format on
    static const struct standing candidate[] = {
        {"candidate", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","},
    };
    struct world *world = selecting_world(1, candidate);
    ROWS_CHECK(world, rows);
    world_accept(world, "office",
                 quoted(world, PUBLICITY("{'medium':'m','on':'2018-01-02'},"
                                         "{'medium':'n','on':'2018-01-01'}")));
    cr_expect_eq(selecting_cycle(world)->publicities[0]->from->number,
                 17533); // 2018-01-02, the last
    world_destroy(world);
}

// 20(2), 20(3), 21s1
Test(rejected, what_a_revocation_does_not_rest_on)
{
#define RECOVERY(event, on) "{'" event "':{'case':'" AFTER_CASE "','on':'" on "','media':['m']}}"
    // clang-format off
    static const struct row before[] = {
        {"bureau", "{'revocation_verified':{'revocation':'none','report':'r'}}",                         "no_such_revocation", "order", "none"},
        {"government", "{'revocation_decided':{'revocation':'R','approved':true,'on':'2019-03-01'}}",    "wrong_step", "20", "is opened"},
        {"government", "{'revocation_decided':{'revocation':'none','approved':true,'on':'2019-03-01'}}", "no_such_revocation", "order", "none"},
    };
    static const struct row verified[] = {
        {"bureau", "{'revocation_verified':{'revocation':'R','report':'r'}}",                            "wrong_step", "20", "is verified"},
        {"government", "{'revocation_decided':{'revocation':'R','approved':true,'on':'2019-03-02'}}",    "in_the_future", "order", "2019-03-02"},
    };
    static const struct row approved[] = {
        {"bureau", "{'revocation_published':{'case':'" AFTER_CASE "','on':'2019-03-02','media':['m']}}", "in_the_future",   "order", "2019-03-02"},
        {"bureau", "{'revocation_published':{'case':'" AFTER_CASE "','on':'2019-02-28','media':['m']}}", "before_approval", "20",    "2019-03-01"},
        {"bureau", "{'medal_returned':{'case':'" AFTER_CASE "','on':'2019-03-02'}}",                     "in_the_future",   "order", "2019-03-02"},
        {"bureau", "{'certificate_returned':{'case':'" AFTER_CASE "','on':'2019-03-02'}}",               "in_the_future",   "order", "2019-03-02"},
        {"bureau", "{'prize_returned':{'case':'" AFTER_CASE "','on':'2019-03-02'}}",                     "in_the_future",   "order", "2019-03-02"},
        {"worker-revocation", "{'papers_drafted':{'case':'" AFTER_CASE "','revocation':'none','papers':['request'],'digest':'d'}}", "no_such_revocation", "order", "none"},
    };
    static const struct row returned[] = {
        {"bureau", "{'medal_returned':{'case':'" AFTER_CASE "','on':'2019-03-01'}}",                     "already_done",    "20",    "medal_returned"},
        {"bureau", "{'revocation_published':{'case':'" AFTER_CASE "','on':'2019-03-01','media':['m']}}", "already_done",    "20",    "revocation_published"},
    };
    // clang-format on
    struct world *world = after_world_create();
    world_accept(world, "bureau",
                 quoted(world, "{'revocation_opened':{'case':'" AFTER_CASE
                               "','revocation':'R','ground':'breach_of_law','facts':'f',"
                               "'effect':'e'}}"));
    ROWS_CHECK(world, before);
    world_accept(world, "bureau",
                 quoted(world, "{'revocation_verified':{'revocation':'R','report':'r'}}"));
    ROWS_CHECK(world, verified);
    world_accept(world, "government",
                 quoted(world, "{'revocation_decided':{'revocation':'R','approved':true,"
                               "'on':'2019-03-01'}}"));
    ROWS_CHECK(world, approved);
    world_accept(world, "bureau", quoted(world, RECOVERY("revocation_published", "2019-03-01")));
    world_accept(world, "bureau",
                 quoted(world, "{'medal_returned':{'case':'" AFTER_CASE "','on':'2019-03-01'}}"));
    ROWS_CHECK(world, returned);
    world_destroy(world);
}

// 18
Test(rejected, a_self_evaluation_of_an_honour_that_does_not_stand_today)
{
    // clang-format off
    static const struct row rows[] = {
        {"ent-a", "{'self_evaluation_submitted':{'case':'" AFTER_CASE "','year':2019,'digest':'d'}}", "no_honour_then", "18", "2019-03-01"},
    };
    // clang-format on
    struct world *world = after_world_create();
    Award__Case *c = world_case(world, AFTER_CASE);
    c->honour->from->number += 200;
    world_put(world, AWARD__CHANGE__RECORD_CASE, &c->base);
    ROWS_CHECK(world, rows);
    world_destroy(world);
}

// Decision 27 lets a successor do what 17 to 19 ask, of a case that is there and holds an honour.
// 10
Test(rejected, who_acts_outside_of_his_scope)
{
    // clang-format off
    static const struct row rows[] = {
        {"ent-a", "{'application_withdrawn':{'case':'" CASE_B "','reason':'r'}}",                        "out_of_scope", "authority", WORLD_ENTERPRISE},
        {"ent-a", "{'experience_shared':{'case':'" CASE_B "','digest':'d'}}",                            "out_of_scope", "authority", WORLD_ENTERPRISE},
        {"bureau-500112", "{'conditions_verified':{'case':'" CASE_B "','findings':[{'condition':'11(1)'}]}}", "out_of_scope", "10", "500112"},
        {"bureau-500112", "{'enterprise_changed':{'enterprise':'91500109MA5U0000B1','name':'x'}}",       "out_of_scope", "10", "500112"},
    };
    static const struct row without_scope[] = {
        {"ent-a", "{'application_withdrawn':{'case':'" CASE_A "','reason':'r'}}",                        "out_of_scope", "authority", "ent-a"},
    };
    // clang-format on
    struct world *world = review_world();
    ROWS_CHECK(world, rows);
    world_put_json(world, AWARD__CHANGE__RECORD_PRINCIPAL,
                   "{\"name\":\"ent-a\",\"role\":\"enterprise\"}"); // no scope is no enterprise's
    ROWS_CHECK(world, without_scope);
    world_destroy(world);
}

// ---- What is said of what is accepted

// 20(4)
Test(told, the_bureau_gets_the_papers_by_name_and_the_media_are_noted)
{
    struct world *world = after_world_create();
    world_accept(world, "bureau",
                 quoted(world, "{'revocation_opened':{'case':'" AFTER_CASE
                               "','revocation':'R','ground':'breach_of_law','facts':'f',"
                               "'effect':'e'}}"));
    world_accept(world, "bureau",
                 quoted(world, "{'revocation_verified':{'revocation':'R','report':'r'}}"));
    world_accept(world, "worker-revocation",
                 JSON(world,
                      "{\"task\":\"%s\",\"papers_drafted\":{\"case\":\"" AFTER_CASE
                      "\",\"revocation\":\"R\",\"papers\":[\"request\",\"notice\"],\"text\":\"t\","
                      "\"digest\":\"d\"}}",
                      after_task(world, "draft_papers")->task));
    const Award__Message *message = after_message(world, "bureau", "2019-03-01T09:00:00+08:00");
    cr_assert_not_null(message);
    const char *facts = codec_to_json(&message->base, CODEC_JSON_LINE, world_arena(world));
    cr_expect_not_null(strstr(facts, "\"request notice\""), "%s", facts);
    world_accept(world, "government",
                 quoted(world, "{'revocation_decided':{'revocation':'R','approved':true,"
                               "'on':'2019-03-01'}}"));
    world_clock(world, "2019-03-05T09:00:00+08:00");
    world_accept(world, "bureau",
                 quoted(world, "{'revocation_published':{'case':'" AFTER_CASE
                               "','on':'2019-03-04','media':['甲报','乙报']}}"));
    bool noted = false;
    const Award__Note *note;
    for (size_t i = 0;
         (note = (const Award__Note *)world_record_at(world, AWARD__CHANGE__RECORD_NOTE, i)) !=
         NULL;
         i++) {
        noted = noted || strcmp(note->text, "甲报、乙报") == 0;
    }
    cr_expect(noted);
    world_destroy(world);
}
