// desk - whoever asks queries of an office, and a case that is under review
#include "tests/daemon/desk.h"

#include "rules/reading.h"

#include <criterion/criterion.h>
#include <string.h>

struct desk desk_open(void)
{
    return (struct desk){office_create(), arena_create()};
}

void desk_close(struct desk *desk)
{
    arena_destroy(desk->arena);
    office_destroy(desk->office);
}

const Award__Principal *desk_principal(struct desk *desk, const char *name)
{
    struct deciding *d = reading_over(ledger_view(office_ledger(desk->office)), desk->arena);
    const Award__Principal *principal = principal_get(d, name);
    cr_assert_not_null(principal, "%s", name);
    return principal;
}

static const char *leased_to(const void *context, const char *task)
{
    (void)context;
    (void)task;
    return "worker-scoring";
}

Award__QueryReply *desk_ask(struct desk *desk, const char *principal, const char *json)
{
    static const struct query_server server = {.leased_to = leased_to, .events_accepted = 3};
    struct codec_error error;
    const Award__Query *query = (const Award__Query *)codec_from_json(
        &award__query__descriptor, json, strlen(json), desk->arena, &error);
    cr_assert_not_null(query, "%s: %s", json, error.en);
    return query_answer(query, desk_principal(desk, principal), office_ledger(desk->office),
                        &server, desk->arena);
}

const char *desk_code(const Award__QueryReply *reply)
{
    return reply->error != NULL ? reply->error->code : "";
}

void desk_take(struct desk *desk, const char *principal, const char *json)
{
    const Award__Answer *answer = office_submit(desk->office, principal, NULL, json);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted, "%s: %s", json,
                 answer->n_reasons > 0 ? answer->reasons[0]->en : "");
    office_commit(desk->office);
}

const char *desk_sheet(struct desk *desk, const char *event, const char *more)
{
    return arena_format(
        desk->arena,
        "{\"%s\":{\"case\":\"" CASE "\",\"scores\":[{\"item\":\"leadership\",\"points\":\"61.00\"},"
        "{\"item\":\"strategy\",\"points\":\"50.00\"},{\"item\":\"customers\",\"points\":"
        "\"50.00\"},{\"item\":\"resources\",\"points\":\"70.00\"},{\"item\":\"processes\","
        "\"points\":\"70.00\"},{\"item\":\"measurement\",\"points\":\"60.00\"},{\"item\":"
        "\"results\",\"points\":\"240.00\"}]%s}}",
        event, more);
}

void desk_to_cycle(struct desk *desk)
{
    desk_take(desk, "office",
              "{\"enterprise_registered\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\",\"name\":"
              "\"渝北机床\",\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C34\","
              "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}");
    desk_take(desk, "office",
              "{\"cycle_opened\":{\"cycle\":\"2018\",\"notice\":[{\"medium\":\"重庆日报\",\"on\":"
              "\"2018-01-02\"}],\"closing\":\"2018-01-08T18:00:00+08:00\",\"units\":[\"甲\",\"乙\","
              "\"丙\"],\"chair\":\"副市长\"}}");
}

void desk_to_review(struct desk *desk)
{
    desk_to_cycle(desk);
    desk_take(desk, "office",
              "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" GENESIS_ENTERPRISE
              "\",\"materials\":[" APPLYING_MATERIALS
              "],\"paper_receipt\":\"2018-01-02T09:00:00+08:00\"}}");
    const char *findings = "";
    static const char *const conditions[] = {"11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)"};
    for (size_t i = 0; i < 6; i++) {
        findings = arena_format(desk->arena,
                                "%s%s{\"condition\":\"%s\",\"met\":true,\"evidence\":\"证明\","
                                "\"issuer\":\"市质监局\",\"on\":\"2018-01-02\"}",
                                findings, i > 0 ? "," : "", conditions[i]);
    }
    desk_take(desk, "bureau-500112",
              arena_format(desk->arena,
                           "{\"conditions_verified\":{\"case\":\"" CASE "\",\"findings\":[%s]}}",
                           findings));
    desk_take(desk, "office",
              "{\"recommendation_given\":{\"case\":\"" CASE
              "\",\"by\":\"district_government\",\"name\":"
              "\"渝北区人民政府\",\"district\":\"500112\",\"in_favour\":true,\"received\":"
              "\"2018-01-02T09:00:00+08:00\"}}");
    desk_take(desk, "office", "{\"application_accepted\":{\"case\":\"" CASE "\"}}");
    static const char *const reviewers[] = {"reviewer-01", "reviewer-02", "reviewer-03"};
    for (size_t i = 0; i < 3; i++) {
        desk_take(desk, "office",
                  arena_format(desk->arena,
                               "{\"reviewer_added\":{\"person\":\"%s\",\"industries\":[\"C34\"],"
                               "\"employer\":\"质量协会\",\"district\":\"500103\"}}",
                               reviewers[i]));
    }
    desk_take(desk, "office",
              "{\"team_drawn\":{\"cycle\":\"2018\",\"teams\":[{\"team\":\"t1\",\"members\":["
              "\"reviewer-01\","
              "\"reviewer-02\",\"reviewer-03\"],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE
              "\"]}],\"reason\":\"评审委员会确定\"}}");
    for (size_t i = 0; i < 3; i++) {
        desk_take(desk, reviewers[i], "{\"confidentiality_declared\":{\"team\":\"t1\"}}");
    }
}

void desk_put(struct desk *desk, const char *json)
{
    struct codec_error error;
    const Award__Change *change = (const Award__Change *)codec_from_json(
        &award__change__descriptor, json, strlen(json), desk->arena, &error);
    cr_assert_not_null(change, "%s", error.en);
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(change, desk->arena, &key, &value));
    state_put(ledger_state(office_ledger(desk->office)), key, value);
}
