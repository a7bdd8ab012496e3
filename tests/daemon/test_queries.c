// Queries on a real ledger: what is answered to whom, in what order, how much at a time, and that a
// case's history does not depend on what happened to the machine.
#include "daemon/queries.h"
#include "common/chain.h"
#include "daemon/query_parts.h"
#include "rules/queries.h"
#include "tests/daemon/office.h"
#include "tests/rules/applying.h"
#include "tests/shared/genesis.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CASE APPLYING_CASE

// A reply and the office that gave it.
struct desk {
    struct office *office;
    struct arena *arena;
};

static struct desk desk_open(void)
{
    return (struct desk){office_create(), arena_create()};
}

static void desk_close(struct desk *desk)
{
    arena_destroy(desk->arena);
    office_destroy(desk->office);
}

static const Award__Principal *principal_of(struct desk *desk, const char *name)
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

static Award__QueryReply *ask(struct desk *desk, const char *principal, const char *json)
{
    static const struct query_server server = {.leased_to = leased_to, .events_accepted = 3};
    struct codec_error error;
    const Award__Query *query = (const Award__Query *)codec_from_json(
        &award__query__descriptor, json, strlen(json), desk->arena, &error);
    cr_assert_not_null(query, "%s: %s", json, error.en);
    return query_answer(query, principal_of(desk, principal), office_ledger(desk->office), &server,
                        desk->arena);
}

static const char *code_of(const Award__QueryReply *reply)
{
    return reply->error != NULL ? reply->error->code : "";
}

static void take(struct desk *desk, const char *principal, const char *json)
{
    const Award__Answer *answer = office_submit(desk->office, principal, NULL, json);
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted, "%s: %s", json,
                 answer->n_reasons > 0 ? answer->reasons[0]->en : "");
    office_commit(desk->office);
}

static const char *sheet_json(struct desk *desk, const char *event, const char *more)
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

// An application that is accepted, its team formed, nobody has scored.
static void to_review(struct desk *desk)
{
    take(desk, "office",
         "{\"enterprise_registered\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\",\"name\":"
         "\"渝北机床\",\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C34\","
         "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}");
    take(desk, "office",
         "{\"cycle_opened\":{\"cycle\":\"2018\",\"notice\":[{\"medium\":\"重庆日报\",\"on\":"
         "\"2018-01-02\"}],\"closing\":\"2018-01-08T18:00:00+08:00\",\"units\":[\"甲\",\"乙\","
         "\"丙\"],\"chair\":\"副市长\"}}");
    take(desk, "office",
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
    take(desk, "bureau-500112",
         arena_format(desk->arena,
                      "{\"conditions_verified\":{\"case\":\"" CASE "\",\"findings\":[%s]}}",
                      findings));
    take(desk, "office",
         "{\"recommendation_given\":{\"case\":\"" CASE "\",\"by\":\"district_government\",\"name\":"
         "\"渝北区人民政府\",\"district\":\"500112\",\"in_favour\":true,\"received\":"
         "\"2018-01-02T09:00:00+08:00\"}}");
    take(desk, "office", "{\"application_accepted\":{\"case\":\"" CASE "\"}}");
    static const char *const reviewers[] = {"reviewer-01", "reviewer-02", "reviewer-03"};
    for (size_t i = 0; i < 3; i++) {
        take(desk, "office",
             arena_format(desk->arena,
                          "{\"reviewer_added\":{\"person\":\"%s\",\"industries\":[\"C34\"],"
                          "\"employer\":\"质量协会\",\"district\":\"500103\"}}",
                          reviewers[i]));
    }
    take(desk, "office",
         "{\"team_drawn\":{\"cycle\":\"2018\",\"team\":\"t1\",\"members\":[\"reviewer-01\","
         "\"reviewer-02\",\"reviewer-03\"],\"leader\":\"reviewer-01\",\"cases\":[\"" CASE
         "\"],\"reason\":\"评审委员会确定\"}}");
    for (size_t i = 0; i < 3; i++) {
        take(desk, reviewers[i], "{\"confidentiality_declared\":{\"team\":\"t1\"}}");
    }
}

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
            Award__Role__Name role = principal_of(&desk, names[k])->role;
            bool may = (query_row((Award__Query__BodyCase)field->id)->from >> role & 1U) != 0;
            const Award__QueryReply *reply = ask(&desk, names[k], json);
            cr_expect_eq(strcmp(code_of(reply), "not_authorised") != 0, may, "%s %s", names[k],
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
    cr_expect_str_eq(code_of(ask(&desk, "office", "{}")), "unknown_query");
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
        cr_expect_str_eq(code_of(ask(&desk, "office", json)), "bad_identifier", "%s", queries[i]);
        name[384] = '\0'; // the longest that is taken must not be too long for any key
        (void)snprintf(json, 4096, "%.*s%s%s", (int)(at - queries[i]), queries[i], name, at + 2);
        cr_expect_str_neq(code_of(ask(&desk, "office", json)), "bad_identifier", "%s", queries[i]);
        name[384] = 'x';
    }
    desk_close(&desk);
}

Test(queries, what_does_not_exist_and_what_is_not_ones_own_have_codes_of_their_own)
{
    struct desk desk = desk_open();
    to_review(&desk);
    cr_expect_str_eq(code_of(ask(&desk, "office", "{\"case\":{\"case\":\"2018/x/1\"}}")),
                     "no_such_case");
    cr_expect_str_eq(code_of(ask(&desk, "reviewer-09", "{\"case\":{\"case\":\"" CASE "\"}}")),
                     "out_of_scope");
    cr_expect_str_eq(code_of(ask(&desk, "office", "{\"enterprise\":{\"enterprise\":\"x\"}}")),
                     "no_such_enterprise");
    cr_expect_str_eq(code_of(ask(&desk, "reviewer-09",
                                 "{\"enterprise\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\"}}")),
                     "out_of_scope");
    cr_expect_str_eq(code_of(ask(&desk, "office", "{\"cases\":{\"cycle\":\"1999\"}}")),
                     "no_such_cycle");
    cr_expect_str_eq(code_of(ask(&desk, "office", "{\"ranking\":{\"cycle\":\"2018\"}}")),
                     "no_such_ranking");
    cr_expect_str_eq(code_of(ask(&desk, "office", "{\"deadlines\":{\"after\":\"x\"}}")),
                     "no_such_deadline");
    desk_close(&desk);
}

// ---- The status, a period

Test(queries, the_status_names_the_last_entry_and_its_chain_and_figures_only_to_some)
{
    struct desk desk = desk_open();
    const struct journal *journal = ledger_journal(office_ledger(desk.office));
    const Award__Status *full = ask(&desk, "admin", "{\"status\":{}}")->status;
    cr_assert_not_null(full);
    cr_expect_eq(full->last_entry, journal_last(journal));
    cr_assert_eq(full->chain.len, CHAIN_BYTES);
    cr_expect_eq(memcmp(full->chain.data, journal_chain(journal), CHAIN_BYTES), 0);
    cr_expect(full->rehearsal);
    cr_expect_eq(full->events_accepted, 3);
    cr_expect_eq(full->calendar_until, 2026);
    const Award__Status *little = ask(&desk, "public", "{\"status\":{}}")->status;
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
        ask(&desk, "ent-a",
            "{\"period\":{\"from\":\"2018-09-20\",\"length\":15,\"working_days\":true}}");
    cr_assert_not_null(reply->period);
    cr_expect_str_eq(codec_to_json(&reply->period->base, CODEC_JSON_LINE, desk.arena),
                     "{\"last\":\"2018-10-17\",\"provisional\":false}");
    cr_expect_str_eq(code_of(ask(&desk, "ent-a", "{\"period\":{\"length\":15}}")), "field_missing");
    cr_expect_str_eq(code_of(ask(&desk, "ent-a",
                                 "{\"period\":{\"from\":\"2018-09-20\",\"length\":4000000000}}")),
                     "field_missing");
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
    to_review(&desk);
    take(&desk, "reviewer-01", sheet_json(&desk, "independent_sheet", ""));
    static const char query[] = "{\"case\":{\"case\":\"" CASE "\"}}";
    cr_expect_eq(ask(&desk, "office", query)->case_->n_sheets, 0);
    cr_expect_eq(ask(&desk, "reviewer-02", query)->case_->n_sheets, 0);
    cr_expect_eq(ask(&desk, "reviewer-01", query)->case_->n_sheets, 1);
    cr_expect_eq(ask(&desk, "supervision", query)->case_->n_sheets, 1);
    const Award__QueryReply *office = ask(&desk, "office", query);
    const char *json = codec_to_json(&office->base, CODEC_JSON_LINE, desk.arena);
    cr_expect_null(strstr(json, "61.00"), "a score leaked: %s", json);
    take(&desk, "reviewer-02", sheet_json(&desk, "independent_sheet", ""));
    take(&desk, "reviewer-03", sheet_json(&desk, "independent_sheet", ""));
    cr_expect_eq(ask(&desk, "office", query)->case_->n_sheets, 3);
    cr_expect_eq(ask(&desk, "reviewer-02", query)->case_->n_sheets, 3);
    cr_expect_eq(ask(&desk, "ent-a", query)->case_->n_sheets, 0);
    desk_close(&desk);
}

Test(queries, a_case_says_what_may_happen_next_and_where_it_leads_if_that_is_certain)
{
    struct desk desk = desk_open();
    to_review(&desk);
    const Award__CaseView *found =
        ask(&desk, "office", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
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
    to_review(&desk);
    take(&desk, "public",
         "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE "\",\"text\":\"造假\"}}");
    static const char query[] = "{\"case\":{\"case\":\"" CASE "\"}}";
    const Award__CaseView *office = ask(&desk, "office", query)->case_;
    cr_assert_eq(office->n_objections, 1);
    cr_expect_str_eq(office->objections[0]->text, "造假");
    const Award__CaseView *selection = ask(&desk, "selection-committee", query)->case_;
    cr_assert_eq(selection->n_objections, 1);
    cr_expect_null(selection->objections[0]->text);
    cr_expect_eq(ask(&desk, "ent-a", query)->case_->n_objections, 0);
    cr_expect_eq(ask(&desk, "reviewer-01", query)->case_->n_objections, 0);
    bool listed = false;
    for (size_t i = 0; i < office->n_deadlines; i++) {
        listed = listed || strcmp(office->deadlines[i]->subject, "o-1") == 0;
    }
    cr_expect_eq(
        listed,
        ask(&desk, "office", "{\"deadlines\":{\"subject\":\"o-1\"}}")->deadlines->n_deadlines > 0);
    desk_close(&desk);
}

// The history as JSON, of a run that was stopped and started between its events, or not.
static const char *history_of_run(struct arena *keep, bool restarts)
{
    struct desk desk = desk_open();
    to_review(&desk);
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
        take(&desk, arena_format(desk.arena, "reviewer-0%d", i),
             sheet_json(&desk, "independent_sheet", ""));
    }
    if (restarts) {
        const Award__Answer *answer = office_submit(
            desk.office, "worker-scoring", "failure",
            "{\"task_failed\":{\"reason\":\"x\"},\"task\":\"compare_sheets:" CASE ":3\"}");
        cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__accepted);
        office_commit(desk.office);
    }
    take(&desk, "reviewer-01", sheet_json(&desk, "consensus_sheet", ",\"report\":\"d1\""));
    const Award__CaseView *found =
        ask(&desk, "supervision", "{\"case\":{\"case\":\"" CASE "\"}}")->case_;
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

// ---- Lists

Test(queries, lists_of_cases_are_of_their_cycle_and_of_the_viewer)
{
    struct desk desk = desk_open();
    to_review(&desk);
    static const char query[] = "{\"cases\":{\"cycle\":\"2018\"}}";
    const Award__Cases *office = ask(&desk, "office", query)->cases;
    cr_assert_eq(office->n_rows, 1);
    cr_expect_str_eq(office->rows[0]->enterprise_name, "渝北机床");
    cr_expect_eq(ask(&desk, "bureau-500112", query)->cases->n_rows, 1);
    cr_expect_eq(ask(&desk, "ent-a", query)->cases->n_rows, 1);
    cr_expect_eq(ask(&desk, "reviewer-09", query)->cases->n_rows, 0);
    cr_expect_eq(ask(&desk, "office", "{\"cases\":{\"after\":\"" CASE "\"}}")->cases->n_rows, 0);
    desk_close(&desk);
}

Test(queries, tasks_say_who_has_them_and_are_not_for_everybody)
{
    struct desk desk = desk_open();
    to_review(&desk);
    for (int i = 1; i <= 3; i++) {
        take(&desk, arena_format(desk.arena, "reviewer-0%d", i),
             sheet_json(&desk, "independent_sheet", ""));
    }
    const Award__Tasks *tasks = ask(&desk, "admin", "{\"tasks\":{}}")->tasks;
    cr_assert_not_null(tasks);
    cr_assert_geq(tasks->n_rows, 1);
    cr_expect_str_eq(tasks->rows[0]->leased_to, "worker-scoring");
    cr_expect_str_eq(code_of(ask(&desk, "ent-a", "{\"tasks\":{}}")), "not_authorised");
    desk_close(&desk);
}

Test(queries, principals_are_listed_to_the_administrator_with_what_waits_and_else_oneself)
{
    struct desk desk = desk_open();
    const Award__Answer *answer =
        office_submit(desk.office, "admin", NULL,
                      "{\"principal_enrolled\":{\"name\":\"reviewer-22\",\"role\":\"reviewer\"}}");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__pending);
    office_commit(desk.office);
    static const char query[] = "{\"principals\":{}}";
    const Award__Principals *admin = ask(&desk, "admin", query)->principals;
    cr_expect_gt(admin->n_rows, 20);
    cr_expect_eq(admin->n_pending, 1);
    const Award__Principals *reviewer = ask(&desk, "reviewer-01", query)->principals;
    cr_assert_eq(reviewer->n_rows, 1);
    cr_expect_str_eq(reviewer->rows[0]->principal->name, "reviewer-01");
    cr_expect_eq(reviewer->n_pending, 0);
    desk_close(&desk);
}

Test(queries, an_enterprise_has_its_cases_and_what_bars_it_today)
{
    struct desk desk = desk_open();
    to_review(&desk);
    take(&desk, "office",
         "{\"violation_confirmed\":{\"case\":\"" CASE "\",\"kind\":\"misrepresentation\","
         "\"proof\":\"认定书\"}}");
    static const char query[] = "{\"enterprise\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\"}}";
    const Award__EnterpriseView *found = ask(&desk, "ent-a", query)->enterprise;
    cr_assert_not_null(found);
    cr_expect_eq(found->n_cases, 1);
    cr_assert_eq(found->n_bars, 1);
    cr_expect_str_eq(found->bars[0]->article, "12(2)");
    cr_assert_not_null(found->first_day);
    cr_expect_str_eq(codec_to_json(&found->bars[0]->until->base, CODEC_JSON_LINE, desk.arena),
                     "\"2021-01-02\"");
    cr_expect_eq(found->first_day->number, found->bars[0]->until->number + 1);
    desk_close(&desk);
}

// ---- Deadlines and today

// Puts deadlines straight into the state: more than one reply holds.
static void deadlines_put(struct desk *desk, int count)
{
    for (int i = 0; i < count; i++) {
        const char *json = arena_format(
            desk->arena,
            "{\"deadline\":{\"deadline\":\"d%04d:experience:1\",\"subject\":\"d%04d\",\"kind\":"
            "\"experience\",\"state\":\"open\",\"last\":\"2019-12-31\",\"end\":"
            "\"2019-%02d-15T00:00:00+08:00\"}}",
            i, i, 12 - i % 12);
        struct codec_error error;
        const Award__Change *change = (const Award__Change *)codec_from_json(
            &award__change__descriptor, json, strlen(json), desk->arena, &error);
        cr_assert_not_null(change, "%s", error.en);
        struct bytes key;
        struct bytes value;
        cr_assert(record_fold(change, desk->arena, &key, &value));
        state_put(ledger_state(office_ledger(desk->office)), key, value);
    }
}

Test(queries, more_deadlines_than_a_reply_holds_come_in_order_without_gap_or_repetition)
{
    enum { COUNT = 1203 };
    struct desk desk = desk_open();
    deadlines_put(&desk, COUNT);
    const char *after = "";
    int64_t end_ms = 0;
    size_t total = 0;
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = ask(
            &desk, "office", arena_format(desk.arena, "{\"deadlines\":{\"after\":\"%s\"}}", after));
        cr_assert_not_null(reply->deadlines);
        const Award__Deadlines *found = reply->deadlines;
        cr_assert_leq(found->n_deadlines, LIMIT_QUERY_ROWS);
        for (size_t i = 0; i < found->n_deadlines; i++) {
            const Award__Deadline *row = found->deadlines[i];
            cr_assert(row->end->ms > end_ms ||
                      (row->end->ms == end_ms && strcmp(row->deadline, after) > 0));
            end_ms = row->end->ms;
            after = row->deadline;
        }
        total += found->n_deadlines;
        more = reply->more != 0;
    }
    cr_expect_eq(total, COUNT);
    desk_close(&desk);
}

static const Award__Waiting *waiting_for(const Award__Today *today, const char *what)
{
    for (size_t i = 0; i < today->n_waiting; i++) {
        if (strcmp(today->waiting[i]->what, what) == 0) {
            return today->waiting[i];
        }
    }
    return NULL;
}

Test(queries, today_tells_what_is_due_what_comes_and_what_waits_for_whom)
{
    struct desk desk = desk_open();
    to_review(&desk);
    take(&desk, "public",
         "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE "\",\"text\":\"造假\"}}");
    const Award__Today *office = ask(&desk, "office", "{\"today\":{}}")->today;
    cr_assert_not_null(office);
    cr_expect_eq(office->n_due, 0);
    cr_expect_eq(office->n_soon, 1, "closing of 2018-01-08");
    const Award__Waiting *sheet = waiting_for(office, "independent_sheet");
    cr_assert_not_null(sheet);
    cr_expect_str_eq(sheet->subject, CASE);
    cr_assert_eq(sheet->n_from, 1);
    cr_expect_eq(sheet->from[0], AWARD__ROLE__NAME__reviewer);
    cr_expect_str_eq(codec_to_json(&sheet->since->base, CODEC_JSON_LINE, desk.arena),
                     "\"2018-01-02\"");
    cr_expect_not_null(waiting_for(office, "objection_decided"));
    cr_expect_null(waiting_for(office, "conditions_verified"), "done");
    const Award__Today *enterprise = ask(&desk, "ent-a", "{\"today\":{}}")->today;
    cr_expect_null(waiting_for(enterprise, "objection_decided"));
    cr_expect_null(
        waiting_for(ask(&desk, "reviewer-09", "{\"today\":{}}")->today, "independent_sheet"));
    take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2018-01-08T12:00:00+08:00\"}}");
    office = ask(&desk, "office", "{\"today\":{}}")->today;
    cr_expect_eq(office->n_due, 1, "the closing is today");
    cr_expect_eq(office->n_soon, 0);
    desk_close(&desk);
}

Test(queries, what_a_case_waits_for_is_what_the_life_cycle_admits_there)
{
    size_t count;
    const struct awaited_row *rows = query_awaited(&count);
    uint32_t covered = 0;
    for (size_t i = 0; i < count; i++) {
        covered |= rows[i].stages;
        cr_expect_not_null(event_row(rows[i].event));
        // These are about a team or a cycle and change no stage by a row of their own.
        if (rows[i].event == AWARD__EVENT__BODY_TEAM_DRAWN ||
            rows[i].event == AWARD__EVENT__BODY_SELECTION_STARTED ||
            rows[i].event == AWARD__EVENT__BODY_TIE_DECIDED) {
            continue;
        }
        for (unsigned stage = 1; stage < 32; stage++) {
            if ((rows[i].stages >> stage & 1U) != 0) {
                cr_expect(life_cycle_allows((Award__Stage__Name)stage, rows[i].event), "%s in %s",
                          event_name(rows[i].event), stage_name((Award__Stage__Name)stage));
            }
        }
    }
    uint32_t going =
        STAGES_BEFORE_APPROVAL | STAGE(approved) | STAGE(signed) | STAGE(honoured) | STAGE(revoked);
    cr_expect_eq(covered, going, "every case that is not at its end waits for something");
}

// ---- Entries

Test(queries, whoever_sees_no_entry_can_verify_the_chain_all_the_same)
{
    struct desk desk = desk_open();
    to_review(&desk);
    const Award__Entries *found =
        ask(&desk, "reviewer-09", "{\"entries\":{\"from\":\"1\"}}")->entries;
    const struct journal *journal = ledger_journal(office_ledger(desk.office));
    cr_assert_eq(found->n_items, journal_last(journal));
    uint8_t chain[CHAIN_BYTES] = {0};
    size_t bare = 0;
    for (size_t i = 0; i < found->n_items; i++) {
        const Award__HistoryItem *item = found->items[i];
        cr_assert_eq(item->entry, i + 1);
        cr_assert_eq(item->hash.len, CHAIN_BYTES);
        chain_next(chain, item->hash.data, chain);
        bare += item->event == NULL;
    }
    cr_expect_eq(memcmp(chain, journal_chain(journal), CHAIN_BYTES), 0);
    cr_expect_gt(bare, 5);
    desk_close(&desk);
}

Test(queries, entries_are_given_so_many_at_a_time_from_where_one_asks)
{
    struct desk desk = desk_open();
    to_review(&desk);
    const Award__QueryReply *reply =
        ask(&desk, "supervision", "{\"entries\":{\"from\":\"3\",\"most\":2}}");
    cr_assert_eq(reply->entries->n_items, 2);
    cr_expect_eq(reply->entries->items[0]->entry, 3);
    cr_expect_eq(reply->entries->items[1]->entry, 4);
    cr_expect(reply->more);
    reply = ask(&desk, "supervision", "{\"entries\":{\"from\":\"100000\"}}");
    cr_expect_eq(reply->entries->n_items, 0);
    cr_expect_not(reply->more);
    desk_close(&desk);
}

Test(queries, entries_of_a_subject_are_those_that_concern_it_and_that_the_viewer_sees)
{
    struct desk desk = desk_open();
    to_review(&desk);
    static const char query[] = "{\"entries\":{\"subject\":\"" CASE "\"}}";
    const Award__Entries *office = ask(&desk, "office", query)->entries;
    cr_expect_gt(office->n_items, 3);
    for (size_t i = 0; i < office->n_items; i++) {
        cr_expect_not_null(office->items[i]->event);
    }
    cr_expect_eq(ask(&desk, "reviewer-09", query)->entries->n_items, 0);
    desk_close(&desk);
}

// The genesis alone has 100 kB; a reply must stay below the bound of a message whatever it holds.
Test(queries, a_reply_stays_within_half_a_message_and_says_that_there_is_more)
{
    struct desk desk = desk_open();
    char *text = arena_alloc(desk.arena, 8001);
    memset(text, 'x', 8000);
    for (int i = 0; i < 400; i++) {
        const char *json = arena_format(
            desk.arena,
            "{\"message\":{\"message\":\"m%04d\",\"recipient\":\"office\",\"facts\":[{\"value\":"
            "\"%s\"}]}}",
            i, text);
        struct codec_error error;
        const Award__Change *change = (const Award__Change *)codec_from_json(
            &award__change__descriptor, json, strlen(json), desk.arena, &error);
        cr_assert_not_null(change, "%s", error.en);
        struct bytes key;
        struct bytes value;
        cr_assert(record_fold(change, desk.arena, &key, &value));
        state_put(ledger_state(office_ledger(desk.office)), key, value);
    }
    size_t total = 0;
    const char *after = "";
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = ask(
            &desk, "office", arena_format(desk.arena, "{\"messages\":{\"after\":\"%s\"}}", after));
        cr_assert_not_null(reply->messages);
        cr_assert_lt(protobuf_c_message_get_packed_size(&reply->base), LIMIT_MESSAGE_BYTES);
        cr_assert_gt(reply->messages->n_messages, 0);
        total += reply->messages->n_messages;
        after = reply->messages->messages[reply->messages->n_messages - 1]->message;
        more = reply->more != 0;
    }
    cr_expect_eq(total, 400);
    desk_close(&desk);
}

Test(queries, the_public_sees_of_a_cycle_what_is_published_alone)
{
    struct desk desk = desk_open();
    to_review(&desk);
    const Award__Cycles *found = ask(&desk, "public", "{\"cycles\":{}}")->cycles;
    cr_assert_eq(found->n_cycles, 1);
    cr_expect_eq(found->cycles[0]->n_cases, 0);
    cr_expect_null(found->cycles[0]->opened);
    desk_close(&desk);
}
