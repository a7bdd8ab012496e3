// The cases of a cycle that another reading would decide otherwise: who asks, and page by page.
#include "tests/daemon/desk.h"

#include "common/limits.h"
#include "common/time.h"
#include "daemon/query_parts.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char ask[] = "{\"readings\":{\"cycle\":\"2018\"}}";

// ---- A complaint that was found to be true before the publicity

static struct desk desk_with_complaint(bool linked)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"" CASE
              "\",\"text\":\"材料不实\"}}");
    if (linked) {
        desk_take(&desk, "office",
                  "{\"complaint_linked\":{\"objection\":\"O-1\",\"reason\":\"r\"}}");
    }
    desk_take(&desk, "office",
              "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"founded\",\"kind\":"
              "\"other\",\"report\":\"调查报告\"}}");
    return desk;
}

// decision 10
Test(query_readings, show_the_case_the_decision_and_the_act)
{
    struct desk desk = desk_with_complaint(false);
    const Award__Readings *found = desk_ask(&desk, "office", ask)->readings;
    cr_assert_not_null(found);
    cr_assert_eq(found->n_rows, 1);
    const Award__Readings__Row *row = found->rows[0];
    cr_expect_str_eq(row->case_, CASE);
    cr_expect_str_eq(row->enterprise_name, "渝北机床");
    cr_expect_str_eq(row->decision, "decision 10");
    cr_expect_str_eq(row->rests_on, "16(7).3");
    cr_expect_str_eq(row->decided_zh, "取消资格");
    cr_expect_str_eq(row->decided_en, "disqualified");
    cr_expect_str_eq(row->other_zh, "保留资格");
    cr_expect_str_eq(row->other_en, "kept");
    cr_expect_str_eq(row->act, "objection_decided");
    cr_expect_str_eq(row->subject, "O-1");
    cr_expect_eq(row->on->number, day_from_civil((struct civil){2018, 1, 2}));
    cr_expect_null(row->at);
    cr_expect_neq(*row->reading_zh, '\0');
    cr_expect_neq(*row->reading_en, '\0');
    desk_close(&desk);
}

// The record is the same in both: the journal tells that the office had linked it.
// decision 10, F-link-1
Test(query_readings, of_a_complaint_that_the_office_had_linked_agree)
{
    struct desk desk = desk_with_complaint(true);
    const Award__Readings *found = desk_ask(&desk, "office", ask)->readings;
    cr_assert_not_null(found);
    cr_expect_eq(found->n_rows, 0);
    desk_close(&desk);
}

// Of 70 entries about the complaint, more than are looked up at once, the linking is the last but
// one.
Test(query_readings, find_the_linking_behind_many_other_entries)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"" CASE
              "\",\"text\":\"材料不实\"}}");
    for (int i = 0; i < 35; i++) {
        desk_take(&desk, "office",
                  "{\"deadline_suspended\":{\"deadline\":\"O-1:objection_answer:1\",\"reason\":"
                  "\"r\",\"article\":\"a\"}}");
        desk_take(&desk, "office",
                  "{\"deadline_resumed\":{\"deadline\":\"O-1:objection_answer:1\",\"reason\":\"r\","
                  "\"article\":\"a\"}}");
    }
    desk_take(&desk, "office", "{\"complaint_linked\":{\"objection\":\"O-1\",\"reason\":\"r\"}}");
    desk_take(&desk, "office",
              "{\"objection_decided\":{\"objection\":\"O-1\",\"finding\":\"founded\",\"kind\":"
              "\"other\",\"report\":\"调查报告\"}}");
    cr_expect_eq(desk_ask(&desk, "office", ask)->readings->n_rows, 0);
    desk_close(&desk);
}

// ---- Who asks

Test(query_readings, are_for_the_office_and_the_supervision_committee)
{
    struct desk desk = desk_with_complaint(false);
    static const char *const may_not[] = {
        "public", "ent-a",          "reviewer-01",      "bureau-500112",
        "bureau", "government",     "review-committee", "selection-committee",
        "admin",  "worker-scoring",
    };
    cr_assert_not_null(desk_ask(&desk, "supervision", ask)->readings);
    cr_expect_eq(desk_ask(&desk, "supervision", ask)->readings->n_rows, 1);
    for (size_t i = 0; i < sizeof(may_not) / sizeof(may_not[0]); i++) {
        cr_expect_str_eq(desk_code(desk_ask(&desk, may_not[i], ask)), "not_authorised", "%s",
                         may_not[i]);
    }
    desk_close(&desk);
}

Test(query_readings, need_a_cycle_that_there_is)
{
    struct desk desk = desk_open();
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"readings\":{}}")), "no_such_cycle");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", ask)), "no_such_cycle");
    desk_to_cycle(&desk);
    const Award__Readings *found = desk_ask(&desk, "office", ask)->readings;
    cr_assert_not_null(found);
    cr_expect_eq(found->n_rows, 0);
    desk_close(&desk);
}

// ---- Page by page

enum { CASES = 200, RECEIPTS = 3, CASE_NAME_BYTES = 32 };

// Three receipts of each case between the close of business and 24:00: 600 rows, the first page
// ends within a case.
static void late_receipts_put(struct desk *desk, size_t count)
{
    struct deciding *d = reading_over(ledger_view(office_ledger(desk->office)), desk->arena);
    const Award__Cycle *cycle = cycle_get(d, "2018");
    cr_assert_not_null(cycle);
    desk_put(desk,
             arena_format(desk->arena,
                          "{\"cycle\":{\"cycle\":\"2019\",\"rulebook\":\"%s\",\"opened\":{"
                          "\"cycle\":\"2019\",\"closing\":\"2019-04-30T23:59:59.999+08:00\"}}}",
                          cycle->rulebook));
    for (size_t i = 0; i < count; i++) {
        desk_put(desk, arena_format(desk->arena,
                                    "{\"case\":{\"case\":\"2019/%03zu/1\",\"cycle\":\"2019\","
                                    "\"enterprise\":\"e\",\"stage\":\"accepted\","
                                    "\"electronic_receipt\":\"2019-04-30T19:00:00+08:00\","
                                    "\"paper_receipt\":\"2019-04-30T20:00:00+08:00\","
                                    "\"recommendation\":{\"received\":"
                                    "\"2019-04-30T21:00:00+08:00\"}}}",
                                    i));
    }
}

static Award__QueryReply *page_after(struct desk *desk, const Award__QueryReply *before)
{
    Award__QueryReadings readings = AWARD__QUERY_READINGS__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    char cycle[] = "2019";
    readings.cycle = cycle;
    if (before != NULL) {
        readings.has_after = before->readings->has_looked_to;
        readings.after = before->readings->looked_to;
        readings.has_skip = before->readings->has_looked_rows;
        readings.skip = before->readings->looked_rows;
    }
    query.body_case = AWARD__QUERY__BODY_READINGS;
    query.readings = &readings;
    static const struct query_server server = {0};
    Award__QueryReply *reply = query_answer(&query, desk_principal(desk, "office"),
                                            office_ledger(desk->office), &server, desk->arena);
    cr_assert_not_null(reply->readings);
    cr_assert_leq(reply->readings->n_rows, LIMIT_QUERY_ROWS);
    return reply;
}

static void row_expect(const Award__Readings__Row *row, size_t number)
{
    static const char *const acts[RECEIPTS] = {"application_submitted", "paper_received",
                                               "recommendation_given"};
    char name[CASE_NAME_BYTES];
    (void)snprintf(name, sizeof(name), "2019/%03zu/1", number / RECEIPTS);
    cr_expect_str_eq(row->case_, name);
    cr_expect_str_eq(row->act, acts[number % RECEIPTS]);
    cr_expect_not_null(row->at);
}

Test(query_readings, come_page_by_page_without_gap_or_repetition_within_a_case_too)
{
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    late_receipts_put(&desk, CASES);
    const Award__QueryReply *page = NULL;
    size_t total = 0;
    size_t pages = 0;
    do {
        page = page_after(&desk, page);
        for (size_t i = 0; i < page->readings->n_rows; i++) {
            row_expect(page->readings->rows[i], total++);
        }
        cr_assert_leq(++pages, 5);
    } while (page->more);
    cr_expect_eq(total, (size_t)CASES * RECEIPTS);
    cr_expect_eq(pages, 2);
    desk_close(&desk);
}

// Objections of other cycles are walked as well: after so many the page ends, and says where.
Test(query_readings, look_at_so_many_records_a_page)
{
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    late_receipts_put(&desk, 1);
    for (size_t i = 0; i < QUERY_LOOKED_AT_MAX; i++) {
        desk_put(&desk, arena_format(desk.arena,
                                     "{\"objection\":{\"objection\":\"O-%04zu\",\"case\":"
                                     "\"2018/x/1\",\"received\":\"2018-05-02\"}}",
                                     i));
    }
    const Award__QueryReply *page = page_after(&desk, NULL);
    cr_expect(page->more);
    cr_expect_eq(page->readings->n_rows, RECEIPTS);
    page = page_after(&desk, page);
    cr_expect_not(page->more);
    cr_expect_eq(page->readings->n_rows, 0);
    desk_close(&desk);
}

Test(query_readings, refuse_to_go_on_behind_what_is_no_key)
{
    struct desk desk = desk_open();
    desk_to_cycle(&desk);
    late_receipts_put(&desk, 0);
    Award__QueryReadings readings = AWARD__QUERY_READINGS__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    uint8_t key[VIEW_KEY_BYTES_MAX + 1] = {0};
    char cycle[] = "2019";
    readings.cycle = cycle;
    readings.has_after = 1;
    readings.after = (ProtobufCBinaryData){sizeof(key), key};
    query.body_case = AWARD__QUERY__BODY_READINGS;
    query.readings = &readings;
    static const struct query_server server = {0};
    const Award__Principal *office = desk_principal(&desk, "office");
    struct ledger *ledger = office_ledger(desk.office);
    cr_expect_str_eq(desk_code(query_answer(&query, office, ledger, &server, desk.arena)),
                     "bad_identifier");
    readings.after.len = VIEW_KEY_BYTES_MAX;
    cr_expect_str_eq(desk_code(query_answer(&query, office, ledger, &server, desk.arena)), "");
    desk_close(&desk);
}
