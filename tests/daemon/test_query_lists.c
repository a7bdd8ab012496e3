// Queries that answer with lists: what of them each sees, in what order, and how much at a time.
#include "common/chain.h"
#include "daemon/query_parts.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

// ---- Lists

Test(query_lists, lists_of_cases_are_of_their_cycle_and_of_the_viewer)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    static const char query[] = "{\"cases\":{\"cycle\":\"2018\"}}";
    const Award__Cases *office = desk_ask(&desk, "office", query)->cases;
    cr_assert_eq(office->n_rows, 1);
    cr_expect_str_eq(office->rows[0]->enterprise_name, "渝北机床");
    cr_expect_eq(desk_ask(&desk, "bureau-500112", query)->cases->n_rows, 1);
    cr_expect_eq(desk_ask(&desk, "ent-a", query)->cases->n_rows, 1);
    cr_expect_eq(desk_ask(&desk, "reviewer-09", query)->cases->n_rows, 0);
    cr_expect_eq(desk_ask(&desk, "office", "{\"cases\":{\"after\":\"" CASE "\"}}")->cases->n_rows,
                 0);
    desk_close(&desk);
}

Test(query_lists, tasks_say_who_has_them_and_are_not_for_everybody)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    for (int i = 1; i <= 3; i++) {
        desk_take(&desk, arena_format(desk.arena, "reviewer-0%d", i),
                  desk_sheet(&desk, "independent_sheet", ""));
    }
    const Award__Tasks *tasks = desk_ask(&desk, "admin", "{\"tasks\":{}}")->tasks;
    cr_assert_not_null(tasks);
    cr_assert_geq(tasks->n_rows, 1);
    cr_expect_str_eq(tasks->rows[0]->leased_to, "worker-scoring");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "ent-a", "{\"tasks\":{}}")), "not_authorised");
    desk_close(&desk);
}

Test(query_lists, principals_are_listed_to_the_administrator_with_what_waits_and_else_oneself)
{
    struct desk desk = desk_open();
    const Award__Answer *answer =
        office_submit(desk.office, "admin", NULL,
                      "{\"principal_enrolled\":{\"name\":\"reviewer-22\",\"role\":\"reviewer\"}}");
    cr_assert_eq(answer->outcome, AWARD__OUTCOME__NAME__pending);
    office_commit(desk.office);
    static const char query[] = "{\"principals\":{}}";
    const Award__Principals *admin = desk_ask(&desk, "admin", query)->principals;
    cr_expect_gt(admin->n_rows, 20);
    cr_expect_eq(admin->n_pending, 1);
    const Award__Principals *reviewer = desk_ask(&desk, "reviewer-01", query)->principals;
    cr_assert_eq(reviewer->n_rows, 1);
    cr_expect_str_eq(reviewer->rows[0]->principal->name, "reviewer-01");
    cr_expect_eq(reviewer->n_pending, 0);
    desk_close(&desk);
}

// More of both than a reply holds. What waits follows when the principals are through.
static void many_put(struct desk *desk, int count)
{
    for (int i = 0; i < count; i++) {
        desk_put(desk,
                 arena_format(desk->arena,
                              "{\"principal\":{\"name\":\"zz-%04d\",\"role\":\"reviewer\"}}", i));
        desk_put(desk,
                 arena_format(desk->arena,
                              "{\"key\":{\"public_key\":\"zk-%04d\",\"principal\":\"zz-%04d\"}}", i,
                              i));
        desk_put(desk, arena_format(desk->arena,
                                    "{\"pending\":{\"waits_for\":\"countersignature\",\"subject\":"
                                    "\"admin/zp-%04d\",\"event\":{\"principal\":\"admin\","
                                    "\"id\":\"zp-%04d\",\"principal_enrolled\":{}}}}",
                                    i, i));
    }
}

Test(query_lists, principals_and_what_waits_come_in_pages_and_each_once)
{
    enum { MANY = 2 * LIMIT_QUERY_ROWS };
    struct desk desk = desk_open();
    size_t before = desk_ask(&desk, "admin", "{\"principals\":{}}")->principals->n_rows;
    many_put(&desk, MANY);
    size_t rows = 0;
    size_t keys = 0;
    size_t pending = 0;
    const char *after = "";
    const char *pending_after = "";
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = desk_ask(
            &desk, "admin",
            arena_format(desk.arena, "{\"principals\":{\"after\":\"%s\",\"pending_after\":\"%s\"}}",
                         after, pending_after));
        const Award__Principals *page = reply->principals;
        cr_assert_not_null(page);
        cr_assert_leq(page->n_rows, (size_t)LIMIT_QUERY_ROWS);
        cr_assert_leq(page->n_pending, (size_t)LIMIT_QUERY_ROWS);
        cr_assert_gt(page->n_rows + page->n_pending, 0);
        for (size_t i = 0; i < page->n_rows; i++) {
            after = page->rows[i]->principal->name;
            keys += after[0] == 'z' ? page->rows[i]->n_keys : 0;
        }
        rows += page->n_rows;
        pending += page->n_pending;
        if (page->n_pending > 0) {
            pending_after = page->pending[page->n_pending - 1]->subject;
        }
        more = reply->more != 0;
    }
    cr_expect_eq(rows, before + MANY);
    cr_expect_eq(keys, (size_t)MANY);
    cr_expect_eq(pending, (size_t)MANY);
    desk_close(&desk);
}

Test(query_lists, an_enterprise_has_its_cases_and_what_bars_it_today)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "office",
              "{\"violation_confirmed\":{\"case\":\"" CASE "\",\"kind\":\"misrepresentation\","
              "\"proof\":\"认定书\"}}");
    static const char query[] = "{\"enterprise\":{\"enterprise\":\"" GENESIS_ENTERPRISE "\"}}";
    const Award__EnterpriseView *found = desk_ask(&desk, "ent-a", query)->enterprise;
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
        desk_put(
            desk,
            arena_format(
                desk->arena,
                "{\"deadline\":{\"deadline\":\"d%04d:experience:1\",\"subject\":\"d%04d\",\"kind\":"
                "\"experience\",\"state\":\"open\",\"last\":\"2019-12-31\",\"end\":"
                "\"2019-%02d-15T00:00:00+08:00\"}}",
                i, i, 12 - i % 12));
    }
}

Test(query_lists, more_deadlines_than_a_reply_holds_come_in_order_without_gap_or_repetition)
{
    enum { COUNT = 1203 };
    struct desk desk = desk_open();
    deadlines_put(&desk, COUNT);
    const char *after = "";
    int64_t end_ms = 0;
    size_t total = 0;
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = desk_ask(
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

Test(query_lists, today_tells_what_is_due_what_comes_and_what_waits_for_whom)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    const Award__Today *office = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_assert_not_null(office);
    cr_expect_eq(office->n_due, 0);
    cr_expect_eq(office->n_soon, 1, "closing of 2018-01-08");
    const Award__Waiting *sheet = waiting_for(office, "independent_sheet");
    cr_assert_not_null(sheet);
    cr_expect_str_eq(sheet->subject, CASE);
    cr_expect_str_eq(sheet->enterprise_name, "渝北机床");
    cr_assert_eq(sheet->n_from, 1);
    cr_expect_eq(sheet->from[0], AWARD__ROLE__NAME__reviewer);
    cr_expect_str_eq(codec_to_json(&sheet->since->base, CODEC_JSON_LINE, desk.arena),
                     "\"2018-01-02\"");
    const Award__Waiting *objection = waiting_for(office, "objection_decided");
    cr_assert_not_null(objection);
    cr_expect_str_eq(objection->enterprise_name, "渝北机床");
    cr_expect_null(waiting_for(office, "conditions_verified"), "done");
    const Award__Today *enterprise = desk_ask(&desk, "ent-a", "{\"today\":{}}")->today;
    cr_expect_null(waiting_for(enterprise, "objection_decided"));
    cr_expect_null(
        waiting_for(desk_ask(&desk, "reviewer-09", "{\"today\":{}}")->today, "independent_sheet"));
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2018-01-08T12:00:00+08:00\"}}");
    office = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_expect_eq(office->n_due, 1, "the closing is today");
    cr_expect_eq(office->n_soon, 0);
    desk_close(&desk);
}

static void deadline_put_of(struct desk *desk, const char *name, const char *state,
                            const char *last)
{
    desk_put(desk,
             arena_format(desk->arena,
                          "{\"deadline\":{\"deadline\":\"%s:experience:1\",\"subject\":\"%s\","
                          "\"kind\":\"experience\",\"state\":\"%s\",\"last\":\"%s\",\"end\":"
                          "\"%sT23:59:59.999+08:00\"}}",
                          name, name, state, last, last));
}

Test(query_lists, today_has_what_ends_today_before_all_that_is_overdue_and_nothing_suspended)
{
    struct desk desk = desk_open();
    for (int i = 0; i < LIMIT_QUERY_ROWS; i++) {
        deadline_put_of(&desk, arena_format(desk.arena, "late-%04d", i), "overdue", "2017-12-29");
    }
    deadline_put_of(&desk, "today", "open", "2018-01-02");
    deadline_put_of(&desk, "stopped", "suspended", "2018-01-02");
    deadline_put_of(&desk, "stopped-before", "suspended", "2017-12-29");
    deadline_put_of(&desk, "stopped-soon", "suspended", "2018-01-05");
    desk_take(&desk, "admin", "{\"clock_set\":{\"moment\":\"2018-01-02T12:00:00+08:00\"}}");
    const Award__Today *today = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_assert_gt(today->n_due, 1);
    cr_expect_str_eq(today->due[0]->subject, "today");
    for (size_t i = 1; i < today->n_due; i++) {
        cr_expect_eq(today->due[i]->state, AWARD__DEADLINE__STATE__overdue);
    }
    for (size_t i = 0; i < today->n_soon; i++) {
        cr_expect_neq(today->soon[i]->state, AWARD__DEADLINE__STATE__suspended);
    }
    desk_close(&desk);
}

Test(query_lists, today_names_each_enterprise_of_its_deadlines_once)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    static const char *const days[] = {"2018-01-02", "2018-01-03", "2018-01-04"};
    for (size_t i = 0; i < 3; i++) {
        desk_put(&desk,
                 arena_format(desk.arena,
                              "{\"deadline\":{\"deadline\":\"%s\",\"subject\":\"s\",\"kind\":"
                              "\"experience\",\"state\":\"open\",\"last\":\"%s\",\"end\":"
                              "\"%sT23:59:59.999+08:00\",\"enterprise\":\"%s\"}}",
                              days[i], days[i], days[i],
                              i < 2 ? GENESIS_ENTERPRISE : "91500000000000000X"));
    }
    const Award__Today *today = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_assert_eq(today->n_enterprises, 1, "the other one is not registered");
    cr_expect_str_eq(today->enterprises[0]->enterprise, GENESIS_ENTERPRISE);
    cr_expect_str_eq(today->enterprises[0]->name, "渝北机床");
    desk_close(&desk);
}

Test(query_lists, today_says_as_whom_it_is_seen)
{
    struct desk desk = desk_open();
    cr_expect_eq(desk_ask(&desk, "office", "{\"today\":{}}")->today->viewer,
                 AWARD__ROLE__NAME__office);
    cr_expect_eq(desk_ask(&desk, "supervision", "{\"today\":{}}")->today->viewer,
                 AWARD__ROLE__NAME__supervision_committee);
    desk_close(&desk);
}

Test(query_lists, today_tells_of_a_message_that_was_given_up_once)
{
    struct desk desk = desk_open();
    desk_put(&desk, "{\"message\":{\"message\":\"m\",\"recipient\":\"bureau\",\"state\":\"failed\","
                    "\"template\":\"result\"}}");
    desk_put(&desk, "{\"task\":{\"task\":\"deliver_message:m:1\",\"kind\":\"deliver_message\","
                    "\"subject\":\"m\",\"given_up\":true}}");
    const Award__Today *today = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_expect_eq(today->n_undelivered, 1);
    cr_expect_null(waiting_for(today, "message_delivered"));
    desk_close(&desk);
}

Test(query_lists, what_a_case_waits_for_is_what_the_life_cycle_admits_there)
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

Test(query_lists, whoever_sees_no_entry_can_verify_the_chain_all_the_same)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__Entries *found =
        desk_ask(&desk, "reviewer-09", "{\"entries\":{\"from\":\"1\"}}")->entries;
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

Test(query_lists, entries_are_given_so_many_at_a_time_from_where_one_asks)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__QueryReply *reply =
        desk_ask(&desk, "supervision", "{\"entries\":{\"from\":\"3\",\"most\":2}}");
    cr_assert_eq(reply->entries->n_items, 2);
    cr_expect_eq(reply->entries->items[0]->entry, 3);
    cr_expect_eq(reply->entries->items[1]->entry, 4);
    cr_expect(reply->more);
    reply = desk_ask(&desk, "supervision", "{\"entries\":{\"from\":\"100000\"}}");
    cr_expect_eq(reply->entries->n_items, 0);
    cr_expect_not(reply->more);
    desk_close(&desk);
}

Test(query_lists, entries_of_a_subject_are_those_that_concern_it_and_that_the_viewer_sees)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    static const char query[] = "{\"entries\":{\"subject\":\"" CASE "\"}}";
    const Award__Entries *office = desk_ask(&desk, "office", query)->entries;
    cr_expect_gt(office->n_items, 3);
    for (size_t i = 0; i < office->n_items; i++) {
        cr_expect_not_null(office->items[i]->event);
    }
    cr_expect_eq(desk_ask(&desk, "reviewer-09", query)->entries->n_items, 0);
    desk_close(&desk);
}

// The genesis alone has 100 kB; a reply must stay below the bound of a message whatever it holds.
Test(query_lists, a_reply_stays_within_half_a_message_and_says_that_there_is_more)
{
    struct desk desk = desk_open();
    char *text = arena_alloc(desk.arena, 8001);
    memset(text, 'x', 8000);
    for (int i = 0; i < 400; i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"message\":{\"message\":\"m%04d\",\"recipient\":\"office\","
                                     "\"facts\":[{\"value\":"
                                     "\"%s\"}]}}",
                                     i, text));
    }
    size_t total = 0;
    const char *after = "";
    bool more = true;
    while (more) {
        const Award__QueryReply *reply = desk_ask(
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

Test(query_lists, what_was_not_delivered_is_what_is_to_go_out_or_was_given_up)
{
    struct desk desk = desk_open();
    static const char *const states[] = {"collecting", "sealed", "delivered", "failed"};
    for (size_t i = 0; i < 4; i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"message\":{\"message\":\"m%zu\",\"recipient\":"
                                     "\"office\",\"state\":\"%s\",\"attempts\":2,\"template\":"
                                     "\"result\"}}",
                                     i, states[i]));
    }
    const Award__Messages *all = desk_ask(&desk, "office", "{\"messages\":{}}")->messages;
    cr_assert_eq(all->n_messages, 4);
    const Award__Messages *undelivered =
        desk_ask(&desk, "office", "{\"messages\":{\"undelivered\":true}}")->messages;
    cr_assert_eq(undelivered->n_messages, 2);
    cr_expect_str_eq(undelivered->messages[0]->message, "m1");
    cr_expect_str_eq(undelivered->messages[1]->message, "m3");
    cr_expect_eq(undelivered->messages[1]->attempts, 2);
    desk_close(&desk);
}

// Of three that were given up one is acknowledged and the alerts of one are settled; a fourth is
// still tried.
static void given_up_put(struct desk *desk)
{
    desk_put(desk, "{\"message\":{\"message\":\"m1\",\"recipient\":\"bureau\",\"state\":\"failed\","
                   "\"template\":\"result\"}}");
    desk_put(desk, "{\"message\":{\"message\":\"m2\",\"recipient\":\"bureau\",\"state\":\"failed\","
                   "\"template\":\"result\"}}");
    desk_put(desk, "{\"message\":{\"message\":\"m3\",\"recipient\":\"office\",\"state\":\"failed\","
                   "\"template\":\"alerts\",\"alerts\":[\"d/1/1/office\"]}}");
    desk_put(desk, "{\"message\":{\"message\":\"m4\",\"recipient\":\"bureau\",\"state\":\"sealed\","
                   "\"attempts\":1,\"template\":\"result\"}}");
    desk_put(desk, "{\"alert\":{\"alert\":\"d/1/1/office\",\"deadline\":\"d\",\"recipient\":"
                   "\"office\",\"taken_back\":true}}");
    desk_take(desk, "office", "{\"alert_acknowledged\":{\"alert\":\"m2\"}}");
}

static const char *names_of(struct desk *desk, size_t count, Award__Message *const *messages)
{
    const char *names = "";
    for (size_t i = 0; i < count; i++) {
        names = arena_format(desk->arena, "%s %s", names, messages[i]->message);
    }
    return names;
}

// decision 3
Test(query_lists, the_deadline_that_ends_next_has_its_mark)
{
    struct desk desk = desk_open();
    desk_put(&desk, "{\"deadline\":{\"deadline\":\"d1\",\"state\":\"open\",\"provisional\":true,"
                    "\"end\":\"2018-10-20T23:59:59+08:00\"}}");
    const Award__Silence *silence = desk_ask(&desk, "office", "{\"today\":{}}")->today->silence;
    cr_expect_str_eq(silence->next_deadline, "d1");
    cr_expect(silence->next_provisional);
    desk_put(&desk, "{\"deadline\":{\"deadline\":\"d2\",\"state\":\"open\","
                    "\"end\":\"2018-10-19T23:59:59+08:00\"}}");
    silence = desk_ask(&desk, "office", "{\"today\":{}}")->today->silence;
    cr_expect_str_eq(silence->next_deadline, "d2");
    cr_expect_not(silence->next_provisional);
    desk_close(&desk);
}

Test(query_lists, what_was_given_up_and_is_settled_is_history)
{
    struct desk desk = desk_open();
    given_up_put(&desk);
    const Award__Messages *waiting =
        desk_ask(&desk, "office", "{\"messages\":{\"undelivered\":true}}")->messages;
    cr_expect_str_eq(names_of(&desk, waiting->n_messages, waiting->messages), " m1 m4");
    const Award__Messages *all =
        desk_ask(&desk, "office", "{\"messages\":{\"undelivered\":true,\"all\":true}}")->messages;
    cr_assert_eq(all->n_messages, 4);
    cr_expect_str_eq(names_of(&desk, 4, all->messages), " m1 m2 m3 m4");
    cr_expect_str_eq(all->messages[1]->acknowledged_by, "office");
    const Award__Today *today = desk_ask(&desk, "office", "{\"today\":{}}")->today;
    cr_expect_str_eq(names_of(&desk, today->n_undelivered, today->undelivered), " m1 m4");
    cr_expect_eq(today->silence->undelivered, 1, "what is still tried is not given up");
    desk_close(&desk);
}

// 6(5), 16(7).1
Test(query_lists, the_public_sees_of_a_cycle_what_is_published_alone)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    const Award__Cycles *found = desk_ask(&desk, "public", "{\"cycles\":{}}")->cycles;
    cr_assert_eq(found->n_cycles, 1);
    cr_expect_eq(found->cycles[0]->n_cases, 0);
    cr_expect_null(found->cycles[0]->opened);
    desk_close(&desk);
}

Test(query_lists, alerts_come_with_the_deadlines_they_are_about_each_once)
{
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    for (int i = 1; i <= 2; i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"alert\":{\"alert\":\"2018:closing:1/1/+%d@09:00/office\","
                                     "\"deadline\":\"2018:closing:1\",\"recipient\":\"office\"}}",
                                     i));
    }
    const Award__Alerts *alerts = desk_ask(&desk, "office", "{\"alerts\":{}}")->alerts;
    cr_assert_eq(alerts->n_alerts, 3, "of the opening, and these two");
    cr_assert_eq(alerts->n_deadlines, 1);
    cr_expect_str_eq(alerts->deadlines[0]->deadline, "2018:closing:1");
    desk_close(&desk);
}

Test(query_lists, the_policy_in_force_is_shown_as_it_was_loaded)
{
    struct desk desk = desk_open();
    desk_put(&desk, "{\"alert_policy\":{\"digest\":\"d\",\"text\":\"ladders: []\"}}");
    const Award__Policy *policy = desk_ask(&desk, "admin", "{\"policy\":{}}")->policy;
    cr_assert_not_null(policy);
    cr_expect_str_eq(policy->text, "ladders: []");
    cr_expect_str_eq(policy->digest, "d");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "ent-a", "{\"policy\":{}}")), "not_authorised");
    desk_close(&desk);
}

Test(query_lists, another_policy_is_counted_and_a_wrong_one_refused)
{
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    const Award__Policy *policy =
        desk_ask(&desk, "office",
                 "{\"policy\":{\"other\":\"ladders:\\n  - kind: closing\\n    steps:\\n      - "
                 "{offset_days: 300, at: '09:00', roles: [office]}\\n\"}}")
            ->policy;
    cr_assert_not_null(policy);
    cr_expect_gt(policy->deadlines, 0);
    cr_expect_eq(policy->steps_other, 1, "of the closing");
    const Award__QueryReply *wrong =
        desk_ask(&desk, "office", "{\"policy\":{\"other\":\"ladders: 5\"}}");
    cr_expect_str_eq(desk_code(wrong), "bad_alert_policy");
    desk_close(&desk);
}
