// Who is on duty, and what is wrong with it: what is said to whom, in pages.
#include "daemon/query_parts.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

static struct desk desk;

static void set_up(void)
{
    desk = desk_open();
    desk_put(&desk,
             "{\"principal\":{\"name\":\"office-b\",\"role\":\"office\",\"full_name\":\"李\"}}");
}

static void tear_down(void)
{
    desk_close(&desk);
}

TestSuite(query_roster, .init = set_up, .fini = tear_down);

static void duty(const char *person, const char *post, const char *days)
{
    desk_take(&desk, "office",
              arena_format(desk.arena, "{\"duty_changed\":{\"person\":\"%s\",\"post\":\"%s\",%s}}",
                           person, post, days));
}

// "clerk 2018-01-02..2018-01-15 office-b for office", one a line.
static const char *rows(const char *principal, const char *query)
{
    const Award__QueryReply *reply = desk_ask(&desk, principal, query);
    cr_assert_not_null(reply->roster, "%s", desk_code(reply));
    const char *text = "";
    for (size_t i = 0; i < reply->roster->n_rows; i++) {
        const Award__Roster__Row *row = reply->roster->rows[i];
        text = arena_format(
            desk.arena, "%s%s%d %s..%s %s%s%s", text, i > 0 ? "\n" : "", (int)row->post,
            codec_to_json(&row->from->base, CODEC_JSON_LINE, desk.arena),
            codec_to_json(&row->until->base, CODEC_JSON_LINE, desk.arena),
            row->person != NULL ? row->person : "-", row->stands_for != NULL ? " for " : "",
            row->stands_for != NULL ? row->stands_for : "");
    }
    return text;
}

Test(query_roster, lists_days_in_a_row_as_one_with_substitutes_and_gaps)
{
    cr_expect_str_eq(rows("office", "{\"roster\":{}}"), "");
    duty("office", "clerk", "\"from\":\"2018-01-03\",\"until\":\"2018-01-10\"");
    duty("office-b", "director", "\"from\":\"2018-01-01\"");
    desk_take(&desk, "office",
              "{\"absence_recorded\":{\"from\":\"2018-01-05\",\"until\":\"2018-01-06\",\"reason\":"
              "\"r\",\"substitute\":\"office-b\"}}");
    cr_expect_str_eq(rows("office", "{\"roster\":{}}"),
                     "1 \"2018-01-02\"..\"2018-01-02\" -\n"
                     "1 \"2018-01-03\"..\"2018-01-04\" office\n"
                     "1 \"2018-01-05\"..\"2018-01-06\" office-b for office\n"
                     "1 \"2018-01-07\"..\"2018-01-10\" office\n"
                     "1 \"2018-01-11\"..\"2018-01-15\" -\n"
                     "3 \"2018-01-02\"..\"2018-01-15\" office-b");
    cr_expect_str_eq(rows("admin", "{\"roster\":{\"from\":\"2018-01-06\",\"days\":2}}"),
                     "1 \"2018-01-06\"..\"2018-01-06\" office-b for office\n"
                     "1 \"2018-01-07\"..\"2018-01-07\" office\n"
                     "3 \"2018-01-06\"..\"2018-01-07\" office-b");
    cr_expect_str_eq(
        rows("office", "{\"roster\":{\"from\":\"2018-01-06\",\"days\":2,\"after\":2}}"),
        "3 \"2018-01-06\"..\"2018-01-07\" office-b");
}

Test(query_roster, shows_a_person_himself_alone)
{
    duty("office-b", "clerk", "\"from\":\"2018-01-01\"");
    duty("government", "clerk", "\"from\":\"2018-01-01\"");
    desk_take(&desk, "government", "{\"address_changed\":{\"language\":\"en\"}}");
    const Award__QueryReply *reply = desk_ask(&desk, "government", "{\"roster\":{}}");
    cr_assert_not_null(reply->roster);
    cr_assert_eq(reply->roster->n_rows, 1);
    cr_expect_str_eq(reply->roster->rows[0]->person, "government");
    cr_assert_eq(reply->roster->n_persons, 1);
    cr_expect_eq(reply->roster->persons[0]->language, AWARD__LANGUAGE__NAME__en);
    cr_expect_str_eq(
        desk_code(desk_ask(&desk, "government", "{\"roster\":{\"person\":\"office\"}}")),
        "out_of_scope");
    reply = desk_ask(&desk, "office", "{\"roster\":{\"person\":\"office-b\"}}");
    cr_assert_eq(reply->roster->n_rows, 1);
    cr_expect_str_eq(reply->roster->rows[0]->full_name, "李");
    cr_assert_eq(reply->roster->n_persons, 1);
    cr_expect_str_eq(reply->roster->persons[0]->person, "office-b");
}

Test(query_roster, refuses_who_is_nobody_and_days_beyond_its_bounds)
{
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"roster\":{\"person\":\"nobody\"}}")),
                     "no_such_principal");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"roster\":{\"days\":0}}")),
                     "bad_length");
    cr_expect_str_eq(desk_code(desk_ask(&desk, "office", "{\"roster\":{\"days\":93}}")),
                     "bad_length");
    cr_expect_str_eq(rows("office", "{\"roster\":{\"days\":92}}"), "");
}

Test(query_roster, the_check_comes_in_pages)
{
    const Award__QueryReply *all = desk_ask(&desk, "office", "{\"check\":{}}");
    cr_assert_not_null(all->check);
    cr_assert_gt(all->check->n_findings, 3);
    const Award__QueryReply *page = desk_ask(&desk, "supervision", "{\"check\":{\"after\":2}}");
    cr_expect_eq(page->check->n_findings, all->check->n_findings - 2);
    cr_expect_str_eq(page->check->findings[0]->en, all->check->findings[2]->en);
    cr_expect_str_eq(desk_code(desk_ask(&desk, "government", "{\"check\":{}}")), "not_authorised");
}
