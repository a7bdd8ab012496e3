// What stays longer than expected: what is said of it, to whom, and how it comes in pages.
#include "daemon/query_parts.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const Award__Stuck *stuck_on(struct desk *desk, const char *principal, const char *moment)
{
    if (moment != NULL) {
        desk_take(desk, "admin",
                  arena_format(desk->arena, "{\"clock_set\":{\"moment\":\"%s\"}}", moment));
    }
    const Award__Stuck *stuck = desk_ask(desk, principal, "{\"stuck\":{}}")->stuck;
    cr_assert_not_null(stuck);
    return stuck;
}

static const Award__Stuck__Row *stuck_of(const Award__Stuck *stuck, const char *stay)
{
    for (size_t i = 0; i < stuck->n_rows; i++) {
        if (strcmp(stuck->rows[i]->stay, stay) == 0) {
            return stuck->rows[i];
        }
    }
    return NULL;
}

// Whose move it is first; ends the test where nothing of the kind is stuck.
static const Award__Stuck__Move *first_move(const Award__Stuck *stuck, const char *stay)
{
    const Award__Stuck__Row *row = stuck_of(stuck, stay);
    if (row == NULL || row->n_moves == 0) {
        cr_assert_fail("nothing is stuck by %s", stay);
        abort();
    }
    return row->moves[0];
}

// Document review: 60 days from 2018-01-02; an objection: 30 working days.
// F-policy-2
Test(stuck, what_stays_longer_than_expected_is_stuck_with_whose_move_it_is)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    cr_expect_null(
        stuck_of(stuck_on(&desk, "office", "2018-03-03T23:59:59.999+08:00"), "accepted"));
    cr_expect_not_null(
        stuck_of(stuck_on(&desk, "office", "2018-03-04T00:00:00+08:00"), "accepted"));
    const Award__Stuck *office = stuck_on(&desk, "office", "2018-03-05T00:00:00+08:00");
    const Award__Stuck__Row *row = stuck_of(office, "accepted");
    cr_assert_not_null(row);
    cr_expect_str_eq(row->subject, CASE);
    cr_expect_eq(row->days_over, 2);
    cr_expect_str_eq(codec_to_json(&row->since->base, CODEC_JSON_LINE, desk.arena),
                     "\"2018-01-02\"");
    cr_assert_eq(row->n_moves, 1);
    cr_expect_str_eq(row->moves[0]->event, "independent_sheet");
    cr_assert_eq(row->moves[0]->n_principals, 3);
    cr_expect_str_eq(row->moves[0]->principals[0], "reviewer-01");
    cr_expect_str_eq(first_move(office, "objection")->principals[0], "office");
    desk_close(&desk);
}

// F-policy-2
Test(stuck, what_waits_beside_a_case_is_stuck_too)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_put(&desk,
             "{\"pending\":{\"waits_for\":\"countersignature\",\"subject\":\"admin/k-1\","
             "\"recorded\":\"2018-01-02T10:00:00+08:00\",\"event\":{\"principal\":\"admin\","
             "\"id\":\"k-1\",\"key_enrolled\":{\"name\":\"office\",\"public_key\":\"k\"}}}}");
    desk_put(&desk,
             "{\"pending\":{\"waits_for\":\"paper_receipt\",\"subject\":\"2018/X\","
             "\"recorded\":\"2018-01-02T10:00:00+08:00\",\"event\":{\"principal\":\"office\","
             "\"id\":\"a-1\",\"application_submitted\":{\"cycle\":\"2018\"}}}}");
    desk_put(&desk, "{\"task\":{\"task\":\"write_feedback:x:1\",\"kind\":\"write_feedback\","
                    "\"subject\":\"x\",\"queued\":\"2018-01-02T10:00:00+08:00\"}}");
    desk_put(&desk, "{\"revocation\":{\"revocation\":\"R-1\",\"case\":\"" CASE
                    "\",\"step\":\"opened\",\"opened_on\":\"2018-01-02\"}}");
    const Award__Stuck *stuck = stuck_on(&desk, "supervision", "2018-02-05T09:00:00+08:00");
    static const struct {
        const char *stay;
        const char *event;
        const char *principal;
    } expected[] = {
        {"countersignature",  "countersigned",       "supervision"        },
        {"second_receipt",    "paper_received",      "office"             },
        {"feedback",          "feedback_sent",       "worker-notification"},
        {"revocation_opened", "revocation_verified", "bureau"             },
    };
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        const Award__Stuck__Row *row = stuck_of(stuck, expected[i].stay);
        cr_assert_not_null(row, "%s", expected[i].stay);
        cr_assert_eq(row->n_moves, 1, "%s", expected[i].stay);
        cr_expect_str_eq(row->moves[0]->event, expected[i].event);
        cr_assert_eq(row->moves[0]->n_principals, 1, "%s", expected[i].stay);
        cr_expect_str_eq(row->moves[0]->principals[0], expected[i].principal);
    }
    for (size_t i = 1; i < stuck->n_rows; i++) {
        cr_expect_geq(stuck->rows[i - 1]->days_over, stuck->rows[i]->days_over, "longest first");
    }
    desk_close(&desk);
}

// F-policy-2
Test(stuck, what_is_stuck_is_shown_within_the_viewers_scope)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    const Award__Stuck *own = stuck_on(&desk, "ent-a", "2018-03-05T00:00:00+08:00");
    cr_expect_eq(first_move(own, "accepted")->n_principals, 0, "no names of reviewers");
    cr_expect_null(stuck_of(own, "objection"));
    cr_expect_eq(stuck_on(&desk, "reviewer-09", NULL)->n_rows, 0);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"stuck\":{\"cycle\":\"2017\"}}")),
                     "no_such_cycle");
    desk_close(&desk);
}

// ---- Pages

// More tasks than a page looks at, every other of them over.
enum { MANY = 3000, OVER = MANY / 2 };

static void tasks_put(struct desk *desk)
{
    for (int i = 0; i < MANY; i++) {
        desk_put(desk, arena_format(desk->arena,
                                    "{\"task\":{\"task\":\"write_feedback:%04d:1\",\"kind\":"
                                    "\"write_feedback\",\"subject\":\"%04d\",\"queued\":"
                                    "\"2018-01-%02dT10:00:00+08:00\"}}",
                                    i, i, i % 2 == 0 ? 2 : 28));
    }
}

static const Award__QueryReply *page_ask(struct desk *desk, const ProtobufCBinaryData *after)
{
    Award__QueryStuck body = AWARD__QUERY_STUCK__INIT;
    body.has_after = after->len > 0;
    body.after = *after;
    const char *json = codec_to_json(&body.base, CODEC_JSON_LINE, desk->arena);
    return desk_ask(desk, "office", arena_format(desk->arena, "{\"stuck\":%s}", json));
}

// How many of the page are of the tasks that were put.
static size_t page_check(const Award__Stuck *page, bool *seen)
{
    size_t count = 0;
    cr_assert_leq(page->n_rows, (size_t)LIMIT_QUERY_ROWS);
    for (size_t i = 0; i < page->n_rows; i++) {
        cr_expect(i == 0 || page->rows[i - 1]->days_over >= page->rows[i]->days_over);
        if (strcmp(page->rows[i]->stay, "feedback") != 0) {
            continue; // the case of the desk
        }
        count++;
        int number = atoi(page->rows[i]->subject + strlen("write_feedback:"));
        cr_assert(number >= 0 && number < MANY, "%s", page->rows[i]->subject);
        cr_expect_eq(number % 2, 0, "%d is not over", number);
        cr_expect_not(seen[number], "%d came twice", number);
        seen[number] = true;
    }
    return count;
}

Test(stuck, more_than_a_page_holds_comes_on_the_next_pages_without_gap_or_repetition)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    tasks_put(&desk);
    stuck_on(&desk, "office", "2018-02-01T09:00:00+08:00");
    bool seen[MANY] = {false};
    ProtobufCBinaryData after = {0, NULL};
    const Award__QueryReply *reply;
    size_t pages = 0;
    size_t rows = 0;
    do {
        reply = page_ask(&desk, &after);
        cr_assert_not_null(reply->stuck);
        rows += page_check(reply->stuck, seen);
        after = reply->stuck->looked_to;
        cr_assert_lt(++pages, 20);
    } while (reply->more);
    cr_expect_eq(rows, (size_t)OVER);
    cr_expect_geq(pages, (size_t)OVER / LIMIT_QUERY_ROWS);
    desk_close(&desk);
}

Test(stuck, a_page_that_looked_at_much_and_found_nothing_says_how_far_it_looked)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    tasks_put(&desk);
    const Award__QueryReply *reply = page_ask(&desk, &(ProtobufCBinaryData){0, NULL});
    cr_assert_not_null(reply->stuck);
    cr_expect_eq(reply->stuck->n_rows, 0);
    cr_expect(reply->more);
    reply = page_ask(&desk, &reply->stuck->looked_to);
    cr_expect_not(reply->more);
    desk_close(&desk);
}

// One who sees one case only does not learn how others are called.
Test(stuck, how_far_a_page_looked_names_only_what_the_viewer_sees)
{
    struct desk desk = desk_open();
    desk_to_review(&desk);
    desk_take(&desk, "public",
              "{\"complaint_filed\":{\"objection\":\"o-1\",\"case\":\"" CASE
              "\",\"text\":\"造假\"}}");
    const Award__Stuck *own = stuck_on(&desk, "ent-a", NULL);
    cr_assert_eq(own->looked_to.len, 1 + sizeof(CASE));
    cr_expect_str_eq((const char *)own->looked_to.data + 1, CASE);
    cr_expect_eq(stuck_on(&desk, "reviewer-09", NULL)->looked_to.len, 0);
    desk_close(&desk);
}

Test(stuck, a_place_to_continue_from_that_is_too_long_is_refused)
{
    struct desk desk = desk_open();
    uint8_t bytes[VIEW_KEY_BYTES_MAX + 1];
    memset(bytes, 'x', sizeof(bytes));
    ProtobufCBinaryData after = {sizeof(bytes), bytes};
    cr_expect_str_eq(desk_code(page_ask(&desk, &after)), "bad_identifier");
    after.len--;
    cr_expect_not_null(page_ask(&desk, &after)->stuck, "behind everything there is nothing");
    desk_close(&desk);
}
