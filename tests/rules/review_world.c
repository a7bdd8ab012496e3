// review_world - a cycle whose cases are accepted, and helpers that take them through the review
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

static void enterprise_put(struct world *world, const char *code, const char *name,
                           const char *district)
{
    Award__Enterprise record = AWARD__ENTERPRISE__INIT;
    record.enterprise = arena_string(world_arena(world), code);
    record.name = arena_string(world_arena(world), name);
    record.district = arena_string(world_arena(world), district);
    world_put(world, AWARD__CHANGE__RECORD_ENTERPRISE, &record.base);
}

static void case_accepted_put(struct world *world, const char *name, const char *code)
{
    Award__Case record = AWARD__CASE__INIT;
    record.case_ = arena_string(world_arena(world), name);
    record.cycle = arena_string(world_arena(world), "2018");
    record.enterprise = arena_string(world_arena(world), code);
    record.has_version = 1;
    record.version = 1;
    record.has_stage = 1;
    record.stage = AWARD__STAGE__NAME__accepted;
    world_put(world, AWARD__CHANGE__RECORD_CASE, &record.base);
}

static void cycle_put(struct world *world)
{
    char *cases[] = {
        arena_string(world_arena(world), CASE_A),
        arena_string(world_arena(world), CASE_B),
        arena_string(world_arena(world), CASE_C),
    };
    Award__CycleOpened opened = AWARD__CYCLE_OPENED__INIT;
    opened.cycle = arena_string(world_arena(world), "2018");
    Award__Cycle record = AWARD__CYCLE__INIT;
    record.cycle = opened.cycle;
    record.rulebook = world_rules(world)->digest;
    record.opened = &opened;
    record.n_cases = 3;
    record.cases = cases;
    world_put(world, AWARD__CHANGE__RECORD_CYCLE, &record.base);
}

struct world *review_world(void)
{
    struct world *world = world_create();
    cycle_put(world);
    enterprise_put(world, WORLD_ENTERPRISE, "甲企业", "500112");
    enterprise_put(world, "91500109MA5U0000B1", "乙企业", "500109");
    enterprise_put(world, "91500109MA5U0000C2", "丙企业", "500109");
    case_accepted_put(world, CASE_A, WORLD_ENTERPRISE);
    case_accepted_put(world, CASE_B, "91500109MA5U0000B1");
    case_accepted_put(world, CASE_C, "91500109MA5U0000C2");
    for (int i = 1; i <= 12; i++) {
        Award__ReviewerAdded added = AWARD__REVIEWER_ADDED__INIT;
        added.person = JSON(world, "reviewer-%02d", i);
        added.employer = arena_string(world_arena(world), "质量协会");
        Award__Reviewer record = AWARD__REVIEWER__INIT;
        record.person = added.person;
        record.added = &added;
        world_put(world, AWARD__CHANGE__RECORD_REVIEWER, &record.base);
    }
    return world;
}

const char *review_team_json(struct world *world, const char *members, const char *leader,
                             const char *cases)
{
    return JSON(world,
                "{\"team_drawn\":{\"cycle\":\"2018\",\"teams\":[{\"team\":\"T1\",\"members\":[%s],"
                "\"leader\":\"%s\",\"cases\":[%s]}],\"reason\":\"人工组建\"}}",
                members, leader, cases);
}

void review_team(struct world *world, const char *team, const char *case_name)
{
    world_accept(world, "office",
                 JSON(world,
                      "{\"team_drawn\":{\"cycle\":\"2018\",\"teams\":[{\"team\":\"%s\",\"members\":"
                      "[\"reviewer-01\",\"reviewer-02\",\"reviewer-03\"],\"leader\":"
                      "\"reviewer-01\",\"cases\":[\"%s\"]}],\"reason\":\"评审委员会确定\"}}",
                      team, case_name));
    const char *declared = JSON(world, "{\"confidentiality_declared\":{\"team\":\"%s\"}}", team);
    world_accept(world, "reviewer-01", declared);
    world_accept(world, "reviewer-02", declared);
    world_accept(world, "reviewer-03", declared);
}

const char *review_sheet(struct world *world, const char *event, const char *case_name,
                         int64_t hundredths, const char *more)
{
    const struct rulebook *rules = world_rules(world);
    const char *scores = "";
    int64_t left = hundredths;
    for (size_t i = 0; i < rules->categories_count; i++) {
        bool last = i + 1 == rules->categories_count;
        int64_t share = rules->categories[i].points_max * hundredths / rules->total_points;
        int64_t points = last ? left : share;
        left -= points;
        scores = JSON(world, "%s%s{\"item\":\"%s\",\"points\":\"%lld.%02lld\"}", scores,
                      i > 0 ? "," : "", rules->categories[i].key, (long long)(points / 100),
                      (long long)(points % 100));
    }
    return JSON(world, "{\"%s\":{\"case\":\"%s\",\"scores\":[%s]%s}}", event, case_name, scores,
                more);
}

void review_sheets(struct world *world, const char *case_name, int64_t hundredths)
{
    const char *json = review_sheet(world, "independent_sheet", case_name, hundredths, "");
    world_accept(world, "reviewer-01", json);
    world_accept(world, "reviewer-02", json);
    world_accept(world, "reviewer-03", json);
}

void review_consensus(struct world *world, const char *case_name, int64_t hundredths)
{
    review_sheets(world, case_name, hundredths);
    world_accept(
        world, "reviewer-01",
        review_sheet(
            world, "consensus_sheet", case_name, hundredths,
            ",\"report\":\"d1\",\"strengths\":[{\"item\":\"strategy\",\"text\":\"战略清晰\"}],"
            "\"improvements\":[{\"item\":\"resources.partners\",\"text\":\"供应商管理\"}]"));
}

void review_documents(struct world *world, const char *team, const char *case_name)
{
    review_team(world, team, case_name);
    review_consensus(world, case_name, 60000);
    cr_assert_eq(world_case(world, case_name)->stage, AWARD__STAGE__NAME__document_passed);
}

void review_visit_opened(struct world *world, const char *case_name)
{
    world_accept(
        world, "office",
        JSON(world, "{\"visit_opened\":{\"case\":\"%s\",\"on\":\"2018-01-02\"}}", case_name));
    cr_assert_eq(world_case(world, case_name)->stage, AWARD__STAGE__NAME__site_visit);
}

void review_visit(struct world *world, const char *case_name, int64_t hundredths)
{
    review_visit_opened(world, case_name);
    world_accept(
        world, "reviewer-01",
        review_sheet(world, "visit_sheet", case_name, hundredths, ",\"days\":3,\"report\":\"d2\""));
    cr_assert_eq(world_case(world, case_name)->stage, AWARD__STAGE__NAME__site_done);
}

Award__Task *review_task(struct world *world, Award__TaskKind__Name kind, const char *subject)
{
    static const char *const names[] = {
        [AWARD__TASK_KIND__NAME__compare_sheets] = "compare_sheets",
        [AWARD__TASK_KIND__NAME__write_feedback] = "write_feedback",
    };
    for (unsigned ordinal = 1; ordinal <= 9; ordinal++) {
        const char *id = JSON(world, "%s:%s:%u", names[kind], subject, ordinal);
        ProtobufCMessage *task = world_record(world, AWARD__CHANGE__RECORD_TASK, id);
        if (task != NULL) {
            return (Award__Task *)task;
        }
    }
    return NULL;
}
