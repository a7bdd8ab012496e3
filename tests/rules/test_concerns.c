// Under which subjects an entry is listed, so that `show` of each of them finds it.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define OTHER "91500107621980478R"
#define EARLIER "2016/" OTHER "/1"

static const char *concerned(struct world *world, const Award__Decision *decision)
{
    const char *text = "";
    for (size_t i = 0; i < decision->n_concerns; i++) {
        text = JSON(world, "%s%s%s", text, i > 0 ? " " : "", decision->concerns[i]);
    }
    return text;
}

struct step {
    const char *principal;
    const char *json; // with ' for "
    const char *concerns;
};

static void steps_check(struct world *world, const struct step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *json = arena_string(world_arena(world), steps[i].json);
        for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
            *at = '"';
        }
        const Award__Decision *decision = world_accept(world, steps[i].principal, json);
        cr_expect_str_eq(concerned(world, decision), steps[i].concerns, "%s: %s", json,
                         concerned(world, decision));
    }
}

#define STEPS_CHECK(world, steps) steps_check(world, steps, sizeof(steps) / sizeof((steps)[0]))

Test(concerns, of_an_enterprise_are_itself_and_whom_it_comes_from)
{
    // clang-format off
    static const struct step steps[] = {
        {"office", "{'enterprise_registered':{'enterprise':'" WORLD_ENTERPRISE "','name':'甲','region':'500112','district':'500112','industry':'C36','legal_person':true,'operating_since':'2001-09-03'}}", WORLD_ENTERPRISE},
        {"office", "{'enterprise_registered':{'enterprise':'" OTHER "','name':'乙','region':'500107','district':'500107','industry':'C36','legal_person':true,'operating_since':'2001-09-03'}}", OTHER},
        {"office", "{'enterprise_changed':{'enterprise':'" OTHER "','name':'丙'}}", OTHER},
        {"office", "{'predecessor_linked':{'enterprise':'" WORLD_ENTERPRISE "','predecessor':'" OTHER "','how':'split','proof':'p'}}", WORLD_ENTERPRISE " " OTHER},
        {"office", "{'earlier_record':{'enterprise':'" OTHER "','honour':'award','cycle':'2016','on':'2016-11-10','proof':'p'}}", "2016 " EARLIER " " OTHER},
        {"office", "{'earlier_record':{'enterprise':'" OTHER "','revocation':'award','cycle':'2016','on':'2017-11-10','proof':'p'}}", "2016 " EARLIER " " OTHER},
        {"office", "{'earlier_record':{'enterprise':'" OTHER "','violation':'violation','on':'2017-11-10','proof':'p'}}", OTHER},
    };
    // clang-format on
    struct world *world = world_create();
    STEPS_CHECK(world, steps);
    world_destroy(world);
}

Test(concerns, of_a_case_after_the_conferral)
{
    // clang-format off
    static const struct step steps[] = {
        {"office", "{'complaint_filed':{'objection':'O-1','case':'" AFTER_CASE "','text':'t'}}", AFTER_CASE " 2018" " O-1"},
        {"office", "{'deadline_suspended':{'deadline':'O-1:objection_answer:1','reason':'r','article':'a'}}", "O-1 " AFTER_CASE},
        {"office", "{'deadline_resumed':{'deadline':'O-1:objection_answer:1','reason':'r','article':'a'}}", "O-1 " AFTER_CASE},
        {"office", "{'deadline_extended':{'deadline':'O-1:objection_answer:1','last':'2019-05-05','reason':'r','article':'a'}}", "O-1 " AFTER_CASE},
        {"office", "{'objection_decided':{'objection':'O-1','finding':'unfounded','report':'r'}}", "2018" " O-1 " AFTER_CASE},
        {"bureau", "{'incident_recorded':{'incident':'I-1','case':'" AFTER_CASE "','kind':'safety_accident','on':'2019-02-27'}}", AFTER_CASE " 2018 " WORLD_ENTERPRISE " I-1"},
        {"ent-a", "{'self_evaluation_submitted':{'case':'" AFTER_CASE "','year':2019,'digest':'d'}}", AFTER_CASE " 2018"},
        {"ent-a", "{'incident_reported_by_laureate':{'incident':'I-1','case':'" AFTER_CASE "','kind':'safety_accident','on':'2019-02-27','digest':'d'}}", AFTER_CASE " 2018 " WORLD_ENTERPRISE " I-1"},
        {"bureau", "{'accident_recorded':{'incident':'I-2','enterprise':'" WORLD_ENTERPRISE "','kind':'safety_accident','on':'2019-02-27','liable':'unknown'}}", WORLD_ENTERPRISE " I-2 " AFTER_CASE},
        {"bureau", "{'liability_established':{'incident':'I-2','liable':'no','proof':'p'}}", WORLD_ENTERPRISE " I-2 " AFTER_CASE},
        {"bureau", "{'revocation_opened':{'case':'" AFTER_CASE "','revocation':'R-1','ground':'breach_of_law','facts':'f','effect':'e'}}", AFTER_CASE " 2018" " R-1"},
        {"bureau", "{'revocation_verified':{'revocation':'R-1','report':'r'}}", AFTER_CASE " 2018" " R-1"},
        {"government", "{'revocation_decided':{'revocation':'R-1','approved':true,'on':'2019-03-01','reason':'r'}}", AFTER_CASE " 2018" " R-1 " WORLD_ENTERPRISE},
        {"bureau", "{'medal_returned':{'case':'" AFTER_CASE "','on':'2019-03-01'}}", AFTER_CASE " 2018"},
    };
    // clang-format on
    struct world *world = after_world_create();
    STEPS_CHECK(world, steps);
    world_destroy(world);
}

Test(concerns, of_a_team_are_its_cycle_and_its_cases)
{
    // clang-format off
    static const struct step steps[] = {
        {"office", "{'team_drawn':{'cycle':'2018','teams':[{'team':'T','members':['reviewer-01','reviewer-02','reviewer-03'],'leader':'reviewer-01','cases':['" CASE_A "','" CASE_B "']}],'reason':'r'}}", "2018 " CASE_A " " CASE_B " T"},
        {"reviewer-01", "{'confidentiality_declared':{'team':'T'}}", "T"},
        {"reviewer-02", "{'confidentiality_declared':{'team':'T'}}", "T"},
        {"reviewer-03", "{'confidentiality_declared':{'team':'T'}}", "T"},
        {"reviewer-01", "{'plan_submitted':{'team':'T','steps':[{'step':'independent_review','on':'2018-01-05'},{'step':'consensus','on':'2018-01-08'},{'step':'site_visit','on':'2018-01-20'},{'step':'report','on':'2018-01-31'}]}}", "T"},
        {"review-committee", "{'plan_approved':{'team':'T'}}", "T"},
        {"office", "{'application_withdrawn':{'case':'" CASE_B "','reason':'r'}}", CASE_B " 2018"},
        {"supervision", "{'supervision_finding':{'concerns':'T','text':'t'}}", "T"},
    };
    // clang-format on
    struct world *world = review_world();
    STEPS_CHECK(world, steps);
    world_destroy(world);
}
