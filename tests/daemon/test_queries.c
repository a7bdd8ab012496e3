// Queries on a real ledger: who may ask what, the status, and a case: its sheets, its history,
// which does not depend on what happened to the machine.
#include "common/time.h"
#include "rules/events.h"
#include "rules/queries.h"
#include "rules/reading.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

// ---- Who may ask

Test(queries, every_query_is_refused_to_the_roles_that_the_table_does_not_name)
{
    struct desk desk = desk_open();
    static const char *const names[] = {"public",      "admin",  "worker-scoring", "ent-a",
                                        "reviewer-01", "bureau", "office"};
    for (unsigned i = 0; i < award__query__descriptor.n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &award__query__descriptor.fields[i];
        const char *json = arena_format(desk.arena, "{\"%s\":{}}", field->name);
        for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
            Award__Role__Name role = desk_principal(&desk, names[k])->role;
            bool may = (query_row((Award__Query__BodyCase)field->id)->from >> role & 1U) != 0;
            const Award__QueryReply *reply = desk_ask(&desk, names[k], json);
            cr_expect_eq(strcmp(desk_code(reply), "not_authorised") != 0, may, "%s %s", names[k],
                         field->name);
            cr_expect_not_null(reply->now);
            cr_expect(reply->error == NULL || (*reply->error->zh != '\0' && *reply->error->en));
        }
    }
    desk_close(&desk);
}

Test(queries, a_query_without_a_body_is_refused)
{
    struct desk desk = desk_open();
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{}")), "unknown_query");
    desk_close(&desk);
}

Test(queries, a_name_that_is_too_long_for_a_key_is_refused)
{
    struct desk desk = desk_open();
    char *name = arena_alloc(desk.arena, 2001);
    memset(name, 'x', 2000);
    static const char *const queries[] = {
        "{\"case\":{\"case\":\"%s\"}}",       "{\"enterprise\":{\"enterprise\":\"%s\"}}",
        "{\"cases\":{\"after\":\"%s\"}}",     "{\"deadlines\":{\"after\":\"%s\"}}",
        "{\"entries\":{\"subject\":\"%s\"}}", "{\"alerts\":{\"after\":\"%s\"}}",
        "{\"messages\":{\"after\":\"%s\"}}",  "{\"cycles\":{\"cycle\":\"%s\"}}",
    };
    for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
        char *json = arena_alloc(desk.arena, 4096);
        const char *at = strstr(queries[i], "%s");
        (void)snprintf(json, 4096, "%.*s%s%s", (int)(at - queries[i]), queries[i], name, at + 2);
        cr_expect_str_eq(desk_code(desk_ask(&desk, "office", json)), "bad_identifier", "%s",
                         queries[i]);
        name[384] = '\0'; // the longest that is taken must not be too long for any key
        (void)snprintf(json, 4096, "%.*s%s%s", (int)(at - queries[i]), queries[i], name, at + 2);
        cr_expect_str_neq(desk_code(desk_ask(&desk, "office", json)), "bad_identifier", "%s",
                          queries[i]);
        name[384] = 'x';
    }
    desk_close(&desk);
}

Test(queries, what_does_not_exist_and_what_is_not_ones_own_have_codes_of_their_own)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"case\":{\"case\":\"2018/x/1\"}}")),
                     "no_such_case");
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "reviewer-09", "{\"case\":{\"case\":\"" CASE "\"}}")),
        "out_of_scope");
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "office", "{\"enterprise\":{\"enterprise\":\"x\"}}")),
        "no_such_enterprise");
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "reviewer-09",
                           "{\"enterprise\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\"}}")),
        "out_of_scope");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"cases\":{\"cycle\":\"1999\"}}")),
                     "no_such_cycle");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"ranking\":{\"cycle\":\"2018\"}}")),
                     "no_such_ranking");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"deadlines\":{\"after\":\"x\"}}")),
                     "no_such_deadline");
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "office", "{\"deadlines\":{\"subject\":\"2018/x/1\"}}")),
        "no_such_subject");
    char query[800];
    (void)snprintf(query, sizeof(query), "{\"deadlines\":{\"subject\":\"%0*d\"}}", 700, 0);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", query)), "bad_identifier");
    desk_close(&desk);
}

// ---- The status, a period

Test(queries, the_status_names_the_last_entry_and_its_chain_and_figures_only_to_some)
{
    struct desk desk = desk_open();
    const struct journal *journal = ledger_journal(office_ledger(desk.office));
    const Award__Status *full = desk_ask(&desk, "admin", "{\"status\":{}}")->status;
    cr_assert_not_null(full);
    cr_expect_eq(full->last_entry, journal_last(journal));
    cr_assert_eq(full->chain.len, CHAIN_BYTES);
    cr_expect_eq(memcmp(full->chain.data, journal_chain(journal), CHAIN_BYTES), 0);
    cr_expect(full->rehearsal);
    cr_expect_eq(full->events_accepted, 3);
    cr_expect_eq(full->calendar_until, 2026);
    const Award__Status *little = desk_ask(&desk, "public", "{\"status\":{}}")->status;
    cr_assert_not_null(little);
    cr_expect_not(little->has_events_accepted);
    cr_expect_not(little->has_tasks_open);
    desk_close(&desk);
}

Test(queries, a_period_is_counted_by_the_calendar)
{
    struct desk desk = desk_open();
    // 15 working days from 2018-09-20, itself not counted: seven in September (the 24th is off, the
    // 29th and 30th are worked), and eight from 8 October on.
    const Award__QueryReply *reply =
        desk_ask(&desk, "ent-a",
                 "{\"period\":{\"from\":\"2018-09-20\",\"length\":15,\"working_days\":true}}");
    cr_assert_not_null(reply->period);
    cr_expect_eq(reply->period->last->number, day_from_civil((struct civil){2018, 10, 17}));
    cr_expect_not(reply->period->provisional);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "ent-a", "{\"period\":{\"length\":15}}")),
                     "field_missing");
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "ent-a",
                           "{\"period\":{\"from\":\"2018-09-20\",\"length\":4000000000}}")),
        "field_missing");
    desk_close(&desk);
}

Test(queries, a_period_names_the_calendar_of_each_of_its_years)
{
    struct desk desk = desk_open();
    const Award__Period *period =
        desk_ask(&desk, "ent-a",
                 "{\"period\":{\"from\":\"2026-12-31\",\"length\":1,\"working_days\":true}}")
            ->period;
    cr_assert_eq(period->n_calendars, 2);
    cr_expect_eq(period->calendars[0]->year, 2026);
    cr_expect(period->calendars[0]->announced);
    cr_expect_str_eq(period->calendars[0]->source, "notices");
    cr_expect_eq(strlen(period->calendars[0]->digest), 64);
    cr_expect_eq(period->calendars[1]->year, 2027);
    cr_expect_not(period->calendars[1]->announced);
    cr_expect_null(period->calendars[1]->source);
    cr_expect(period->provisional);
    period =
        desk_ask(&desk, "ent-a", "{\"period\":{\"from\":\"2018-09-20\",\"length\":15}}")->period;
    cr_assert_eq(period->n_calendars, 1);
    cr_expect_eq(period->calendars[0]->year, 2018);
    desk_close(&desk);
}

// ---- A case

static bool next_has(const Award__CaseView *found, const char *event, const char *stage)
{
    for (size_t i = 0; i < found->n_next; i++) {
        const Award__NextStep *step = found->next[i];
        if (strcmp(step->event, event) == 0) {
            return stage == NULL ? step->stage == NULL
                                 : step->stage != NULL && strcmp(step->stage, stage) == 0;
        }
    }
    return false;
}

Test(queries, a_case_shows_each_viewer_the_sheets_that_he_may_see)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "reviewer-01", desk_sheet(&desk, "independent_sheet", ""));
    static const char query[] = "{\"case\":{\"case\":\"" CASE "\"}}";
    cr_expect_eq(desk_ask(&desk, "office", query)->case_->n_sheets, 0);
    cr_expect_eq(desk_ask(&desk, "reviewer-02", query)->case_->n_sheets, 0);
    cr_expect_eq(desk_ask(&desk, "reviewer-01", query)->case_->n_sheets, 1);
    cr_expect_eq(desk_ask(&desk, "supervision", query)->case_->n_sheets, 1);
    const Award__QueryReply *office = desk_ask(&desk, "office", query);
    const char *json = codec_to_json(&office->base, CODEC_JSON_LINE, desk.arena);
    cr_expect_null(strstr(json, "61.00"), "a score leaked: %s", json);
    desk_take(&desk, "reviewer-02", desk_sheet(&desk, "independent_sheet", ""));
    desk_take(&desk, "reviewer-03", desk_sheet(&desk, "independent_sheet", ""));
    cr_expect_eq(desk_ask(&desk, "office", query)->case_->n_sheets, 3);
    cr_expect_eq(desk_ask(&desk, "reviewer-02", query)->case_->n_sheets, 3);
    cr_expect_eq(desk_ask(&desk, "ent-a", query)->case_->n_sheets, 0);
    desk_close(&desk);
}

Test(queries, a_case_says_what_may_happen_next_and_where_it_leads_if_that_is_certain)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__CaseView *found =
        desk_ask(&desk, "office", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
    cr_assert_not_null(found);
    cr_expect(next_has(found, "independent_sheet", "accepted"));
    cr_expect(next_has(found, "consensus_sheet", NULL), "it may pass or not");
    cr_expect(next_has(found, "application_withdrawn", "withdrawn"));
    cr_expect_not(next_has(found, "accountability_recorded", "accepted"), "always possible");
    cr_expect_str_eq(found->enterprise->name, "渝北机床");
    desk_close(&desk);
}

Test(queries, a_case_lists_its_objections_with_their_deadlines)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    static const char query[] = "{\"case\":{\"case\":\"" CASE "\"}}";
    const Award__CaseView *office = desk_ask(&desk, "office", query)->case_;
    cr_assert_eq(office->n_objections, 1);
    cr_expect_str_eq(office->objections[0]->text, "造假");
    const Award__CaseView *selection = desk_ask(&desk, "selection-committee", query)->case_;
    cr_assert_eq(selection->n_objections, 1);
    cr_expect_null(selection->objections[0]->text);
    cr_expect_eq(desk_ask(&desk, "ent-a", query)->case_->n_objections, 0);
    cr_expect_eq(desk_ask(&desk, "reviewer-01", query)->case_->n_objections, 0);
    bool listed = false;
    for (size_t i = 0; i < office->n_deadlines; i++) {
        listed = listed || strcmp(office->deadlines[i]->subject, "o-1") == 0;
    }
    cr_expect_eq(
        listed,
        desk_ask(&desk, "office", "{\"deadlines\":{\"subject\":\"o-1\"}}")->deadlines->n_deadlines >
            0);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "ent-a", "{\"deadlines\":{\"subject\":\"o-1\"}}")),
                     "no_such_subject", "as if there were none");
    desk_close(&desk);
}

// ---- In slices

static const char *answer_in_slices(struct desk *desk, const char *principal,
                                    const Award__Query *query, size_t *slices)
{
    static const struct query_server server = {.events_accepted = 3};
    struct query_work *work = query_begin(query, desk_principal(desk, principal),
                                          office_ledger(desk->office), desk->arena);
    Award__QueryReply *reply;
    for (*slices = 1; (reply = query_go_on(work, &server, 1)) == NULL; (*slices)++) {
    }
    return codec_to_json(&reply->base, CODEC_JSON_LINE, desk->arena);
}

static void slices_compare(struct desk *desk, const char *principal, const char *json)
{
    struct codec_error error;
    const Award__Query *query = (const Award__Query *)codec_from_json(
        &award__query__descriptor, json, strlen(json), desk->arena, &error);
    size_t slices;
    cr_assert(query != NULL && query_long(query), "%s", json);
    const char *found = answer_in_slices(desk, principal, query, &slices);
    const Award__QueryReply *whole = desk_ask(desk, principal, json);
    cr_expect_str_eq(found, codec_to_json(&whole->base, CODEC_JSON_LINE, desk->arena), "%s: %s",
                     principal, json);
    cr_expect(whole->error != NULL || slices > 1, "%s: %s took %zu", principal, json, slices);
}

#define POLICY_OTHER                                                                               \
    "{\"policy\":{\"other\":\"ladders:\\n  - kind: closing\\n    steps:\\n      - "                \
    "{offset_days: 300, at: '09:00', roles: [office]}\\n\"}}"

Test(queries, an_answer_made_record_by_record_is_the_one_that_is_made_at_one_go)
{
    static const char *const principals[] = {"office", "admin", "reviewer-01", "ent-a", "public"};
    static const char *const queries[] = {
        "{\"health\":{}}",
        "{\"today\":{}}",
        POLICY_OTHER,
        "{\"stuck\":{}}",
        "{\"stuck\":{\"cycle\":\"2018\"}}",
        "{\"deadlines\":{}}",
        "{\"deadlines\":{\"subject\":\"o-1\"}}",
        "{\"deadlines\":{\"subject\":\"none\",\"after\":\"none\"}}",
        "{\"deadlines\":{\"subject\":\"o-1\",\"after\":\"none\"}}",
    };
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2019-06-01T09:00:00+08:00\"}}");
    for (size_t i = 0; i < sizeof(principals) / sizeof(principals[0]); i++) {
        for (size_t j = 0; j < sizeof(queries) / sizeof(queries[0]); j++) {
            slices_compare(&desk, principals[i], queries[j]);
        }
    }
    cr_assert_gt(desk_ask(&desk, "office", "{\"today\":{}}")->today->n_stuck, 0);
    cr_assert_gt(desk_ask(&desk, "office", "{\"today\":{}}")->today->n_due, 0);
    desk_close(&desk);
}

// What an answer takes in its arena until it is sent.
static size_t bytes_kept(struct desk *desk, const char *json)
{
    static const struct query_server server = {.events_accepted = 3};
    struct codec_error error;
    struct arena *arena = arena_create();
    const Award__Query *query = (const Award__Query *)codec_from_json(
        &award__query__descriptor, json, strlen(json), desk->arena, &error);
    const Award__QueryReply *reply = query_answer(query, desk_principal(desk, "office"),
                                                  office_ledger(desk->office), &server, arena);
    cr_assert_null(reply->error, "%s", json);
    size_t bytes = arena_bytes(arena);
    arena_destroy(arena);
    return bytes;
}

static void accounts_put(struct desk *desk, int count)
{
    for (int i = 0; i < count; i++) {
        desk_put(desk, arena_format(desk->arena,
                                    "{\"principal\":{\"name\":\"ent-%04d\",\"role\":\"enterprise\","
                                    "\"scope\":\"%018d\"}}",
                                    i, i));
        desk_put(desk, arena_format(desk->arena,
                                    "{\"key\":{\"public_key\":\"%040d\",\"principal\":"
                                    "\"ent-%04d\"}}",
                                    i, i));
    }
}

Test(queries, an_answer_keeps_nothing_of_each_account_that_it_looks_at)
{
    static const char *const queries[] = {"{\"health\":{}}", "{\"today\":{}}", "{\"stuck\":{}}"};
    enum { COUNT = sizeof(queries) / sizeof(queries[0]), ACCOUNTS = 2000, ROOM = 64 * 1024 };
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2019-06-01T09:00:00+08:00\"}}");
    cr_assert_gt(desk_ask(&desk, "office", "{\"stuck\":{}}")->stuck->n_rows, 0);
    size_t before[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        before[i] = bytes_kept(&desk, queries[i]);
    }
    accounts_put(&desk, ACCOUNTS);
    for (size_t i = 0; i < COUNT; i++) {
        cr_expect_leq(bytes_kept(&desk, queries[i]), before[i] + ROOM, "%s", queries[i]);
    }
    desk_close(&desk);
}

Test(queries, the_deadlines_of_a_case_stand_in_the_order_of_their_last_days)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    static const char *const ends[][2] = {
        {"b", "2018-03-01"},
        {"a", "2018-04-01"},
        {"d", "2018-02-01"},
        {"c", "2018-02-01"}
    };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        desk_put(&desk,
                 arena_format(desk.arena,
                              "{\"deadline\":{\"deadline\":\"" CASE ":%s\",\"subject\":\"" CASE
                              "\",\"case\":\"" CASE "\",\"last\":\"%s\"}}",
                              ends[i][0], ends[i][1]));
    }
    const Award__CaseView *found =
        desk_ask(&desk, "office", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
    static const char *const wanted[] = {CASE ":c", CASE ":d", CASE ":b", CASE ":a"};
    cr_assert_eq(found->n_deadlines, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(found->deadlines[i]->deadline, wanted[i]);
    }
    desk_close(&desk);
}

// The history as JSON, of a run that was stopped and started between its events, or not.
static const char *history_of_run(struct arena *keep, bool restarts)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    for (int i = 1; i <= 3; i++) {
        if (restarts) {
            Award__Event *event =
                (Award__Event *)message_new(desk.arena, &award__event__descriptor);
            event->body_case = AWARD__EVENT__BODY_STARTED;
            event->started = (Award__Started *)message_new(desk.arena, &award__started__descriptor);
            event->started->version = arena_string(desk.arena, "0.1.0");
            office_reopen(desk.office);
            (void)ledger_submit_own(office_ledger(desk.office), event);
            office_commit(desk.office);
        }
        desk_take(&desk, arena_format(desk.arena, "reviewer-0%d", i),
                  desk_sheet(&desk, "independent_sheet", ""));
    }
    if (restarts) {
        const Award__Answer *answer = office_submit(
            desk.office, "worker-scoring", "failure",
            "{\"task_failed\":{\"reason\":\"x\"},\"task\":\"compare_sheets:" CASE ":3\"}");
        cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
        office_commit(desk.office);
    }
    desk_take(&desk, "reviewer-01", desk_sheet(&desk, "consensus_sheet", ",\"report\":\"d1\""));
    const Award__CaseView *found =
        desk_ask(&desk, "supervision", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
    cr_assert_not_null(found);
    cr_assert(found->n_history > 8);
    const char *text = "";
    for (size_t i = 0; i < found->n_history; i++) {
        cr_expect_not(found->history[i]->has_entry);
        text = arena_format(keep, "%s%s\n", text,
                            codec_to_json(&found->history[i]->base, CODEC_JSON_LINE, keep));
    }
    desk_close(&desk);
    return text;
}

Test(queries, a_history_is_the_same_whatever_restarts_and_failures_happened)
{
    struct arena *keep = arena_create();
    const char *plain = history_of_run(keep, false);
    const char *disturbed = history_of_run(keep, true);
    cr_expect(strcmp(plain, disturbed) == 0, "the histories differ");
    cr_expect_null(strstr(plain, "compare_sheets:"), "tasks are no part of a history");
    arena_destroy(keep);
}
