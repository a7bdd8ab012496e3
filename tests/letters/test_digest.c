// The digest of a morning and the marks of an alert, as their reader has them.
#include "letters/letter.h"

#include "common/codec.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

TestSuite(digest, .init = setup, .fini = teardown);

// The letter of a message of this template; `more` are further fields of DeliverMessage.
static const char *letter_text(const char *template_name, const char *more)
{
    struct codec_error error;
    const char *json =
        arena_format(arena,
                     "{\"city\":\"重庆市\",\"recipient\":{\"name\":\"office\",\"role\":\"office\"},"
                     "\"message\":{\"message\":\"m\",\"recipient\":\"office\",\"template\":\"%s\","
                     "\"created\":\"2018-10-08T08:00:00+08:00\"},%s}",
                     template_name, more);
    const ProtobufCMessage *asked =
        codec_from_json(&award__deliver_message__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(asked, "%s: %s", error.en, json);
    struct settings_error wrong;
    const char *path;
    const struct templates *templates = templates_read(NULL, arena, &path, &wrong);
    cr_assert_not_null(templates, "%s: %s", path, wrong.en);
    struct letter letter;
    const char *reason = "";
    cr_assert(
        letter_write((const Award__DeliverMessage *)asked, templates, arena, &letter, &reason),
        "%s", reason);
    return arena_format(arena, "%s\n%s", letter.subject, letter.body);
}

static void holds(const char *text, const char *piece)
{
    cr_expect_not_null(strstr(text, piece), "\"%s\" is not in:\n%s", piece, text);
}

#define OVERDUE                                                                                    \
    "{\"deadline\":\"O-1:objection_answer:1\",\"subject\":\"O-1\",\"kind\":\"objection_answer\","  \
    "\"article\":\"policy\",\"state\":\"overdue\",\"last\":\"2018-10-01\"}"
#define DUE                                                                                        \
    "{\"deadline\":\"c/i:incident_report:1\",\"subject\":\"c/i\",\"kind\":\"incident_report\","    \
    "\"article\":\"19\",\"state\":\"open\",\"last\":\"2018-10-08\",\"case\":\"c\","                \
    "\"provisional\":"                                                                             \
    "true}"
#define WAITING                                                                                    \
    "{\"subject\":\"2018/E/1\",\"what\":\"application_accepted\",\"from\":[\"office\"],\"since\":" \
    "\"2018-10-02\"},{\"subject\":\"2018/F/1\",\"what\":\"conditions_verified\",\"from\":["        \
    "\"district_bureau\"]}"

Test(digest, has_a_line_for_each_item_with_its_article_and_what_does_it)
{
    const char *text = letter_text("digest", "\"language\":\"zh\",\"today\":{\"due\":[" OVERDUE
                                             "," DUE "],\"waiting\":[" WAITING "]}");
    holds(text, "今日事项：3 项");
    holds(text, "已逾期（1 项）\n- 2018-10-01 异议答复：O-1，依据 政策；办理：awardctl send "
                "objection_decided objection=O-1\n");
    holds(text, "今日到期（1 项）\n- 2018-10-08 书面报告事故或抽查结果（暂定）：c/i，依据 19；"
                "由主管局、企业办理，查看：awardctl case show c\n");
    holds(text, "七日之内（0 项）\n");
    holds(text, "等您办理（1 项）\n- 自 2018-10-02 受理申报：2018/E/1，依据 6(3)；办理：awardctl "
                "send application_accepted case=2018/E/1\n");
    cr_expect_null(strstr(text, "2018/F/1"), "what waits for others is not his");
}

Test(digest, names_the_enterprise_whose_it_is_as_an_alert_does)
{
    const char *text = letter_text(
        "digest",
        "\"today\":{\"due\":[{\"deadline\":\"d\",\"subject\":\"2018/E/1\",\"case\":"
        "\"2018/E/1\",\"enterprise\":\"E\",\"kind\":\"experience\",\"article\":\"17\","
        "\"state\":\"overdue\",\"last\":\"2018-10-01\"}],\"enterprises\":[{\"enterprise\":"
        "\"D\",\"name\":\"渝南机床\"},{\"enterprise\":\"E\",\"name\":\"渝北机床\"}],"
        "\"waiting\":[{\"subject\":\"O-1\",\"what\":\"objection_decided\",\"from\":"
        "[\"office\"],\"since\":\"2018-10-02\",\"enterprise_name\":\"渝北机床\"}]}");
    holds(text, "- 2018-10-01 总结分享经验：渝北机床，依据 17；办理：awardctl send "
                "experience_shared case=2018/E/1\n");
    holds(text, "- 2018-10-01 sharing of experience: 渝北机床, by 17; ");
    holds(text, "- 自 2018-10-02 异议处理决定：渝北机床，依据 16(7).3；办理：awardctl send "
                "objection_decided objection=O-1\n");
    holds(text, "- since 2018-10-02 objection_decided: 渝北机床, by 16(7).3; ");
}

#define SILENCE(more)                                                                              \
    "\"language\":\"zh\",\"silence\":{\"checked\":2,\"next\":\"2018-10-20T23:59:59+08:00\","       \
    "\"next_deadline\":\"d\"" more "}"

// decision 3
Test(digest, a_proof_of_silence_says_where_the_next_day_may_still_move)
{
    holds(letter_text("silence", SILENCE("")), "下一个到期日：2018-10-20（d）");
    holds(letter_text("silence", SILENCE(",\"next_provisional\":true")),
          "下一个到期日：2018-10-20（暂定 / provisional）（d）");
}

Test(digest, is_in_english_for_who_reads_english)
{
    const char *text =
        letter_text("digest", "\"language\":\"en\",\"today\":{\"due\":[" OVERDUE "]}");
    holds(text, "Overdue (1)\n- 2018-10-01 answer to an objection: O-1, by policy; awardctl send "
                "objection_decided objection=O-1\n");
    cr_expect_null(strstr(text, "已逾期"));
}

// The office cannot report for a laureate, nor supervision share its experience.
Test(digest, who_may_not_meet_a_deadline_is_told_who_does_and_shown_the_case)
{
    const char *digest = letter_text("digest", "\"language\":\"en\",\"today\":{\"due\":[" DUE "]}");
    holds(digest, "- 2018-10-08 written report of an incident (provisional): c/i, by 19; for "
                  "bureau or enterprise to do, to see it: awardctl case show c\n");
    cr_expect_null(strstr(digest, "awardctl send"));
    const char *alerts =
        letter_text("alerts", "\"items\":[{\"alert\":{\"alert\":\"a\",\"raised\":"
                              "\"2018-10-08T09:00:00+08:00\"},\"deadline\":" DUE "}]");
    holds(alerts, "由主管局、企业办理，查看：awardctl case show c\n");
    holds(alerts, "for bureau or enterprise to do, to see it: awardctl case show c\n");
    cr_expect_null(strstr(alerts, "awardctl send"));
}

#define CLOSING                                                                                    \
    "{\"deadline\":\"2018:closing:1\",\"subject\":\"2018\",\"cycle\":\"2018\",\"kind\":"           \
    "\"closing\",\"article\":\"16(1)\",\"state\":\"open\",\"last\":\"2018-10-08\"}"

Test(digest, what_ends_by_itself_is_to_be_looked_at_and_waits_for_nobody)
{
    const char *text = letter_text("digest", "\"today\":{\"due\":[" CLOSING "]}");
    holds(text, "：2018，依据 16(1)；查看：awardctl cycle show 2018\n");
    holds(text, ": 2018, by 16(1); to see it: awardctl cycle show 2018\n");
}

#define ALERT(more)                                                                                \
    "\"language\":\"zh\",\"items\":[{\"alert\":{\"alert\":\"a\",\"revision\":2,\"raised\":"        \
    "\"2018-10-08T09:00:00+08:00\"" more "},\"deadline\":{\"deadline\":\"d\",\"subject\":\"O-1\"," \
    "\"kind\":\"objection_answer\",\"revision\":2,\"article\":\"policy\",\"state\":\"open\","      \
    "\"last\":\"2018-10-20\",\"moves\":[{\"revision\":2,\"old_last\":\"2018-10-12\",\"last\":"     \
    "\"2018-10-20\",\"reason\":\"等待检验\"}]}}]"

Test(digest, an_alert_says_why_it_comes_and_what_moved_its_day)
{
    static const struct {
        const char *more;
        const char *mark;
    } rows[] = {
        {"",                          "原为 2018-10-12（等待检验）"},
        {",\"escalated\":true",       "下级未确认，报您处理"     },
        {",\"unheard\":true",         "各次提醒均无人确认"        },
        {",\"taken_back\":true",      "提醒收回，无需再办"        },
        {",\"stands_for\":\"zhang\"", "代 zhang"                          },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *json = arena_format(arena, ALERT("%s"), rows[i].more);
        holds(letter_text("alerts", json), rows[i].mark);
    }
    const char *late = letter_text("alerts", ALERT(",\"planned\":\"2018-10-08T08:54:59+08:00\""));
    holds(late, "本提醒迟发");
    const char *in_time =
        letter_text("alerts", ALERT(",\"planned\":\"2018-10-08T08:55:00+08:00\""));
    cr_expect_null(strstr(in_time, "迟发"));
}

// ---- One line for a deadline

#define ITEM(alert, deadline)                                                                      \
    "{\"alert\":{\"alert\":\"a\",\"raised\":\"2018-10-08T09:00:00+08:00\"," alert                  \
    "},\"deadline\":{\"deadline\":\"O-1:objection_answer:1\",\"subject\":\"O-1\",\"kind\":"        \
    "\"objection_answer\",\"revision\":2,\"article\":\"policy\",\"last\":\"2018-10-20\"," deadline \
    "}}"
#define MOVED                                                                                      \
    "\"state\":\"open\",\"moves\":[{\"revision\":2,\"old_last\":\"2018-10-12\",\"event\":"         \
    "\"deadlines_recomputed\"}]"
#define BEFORE ITEM("\"revision\":1,\"taken_back\":true", MOVED)
#define NOW ITEM("\"revision\":2", MOVED)

static size_t lines_of(const char *text, const char *piece)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, piece)) != NULL; at++) {
        count++;
    }
    return count;
}

Test(digest, a_deadline_that_moved_has_one_line_with_its_new_day_in_whatever_order_it_is_told)
{
    static const char *const orders[] = {BEFORE "," NOW, NOW "," BEFORE, NOW "," NOW};
    for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        const char *text = letter_text(
            "alerts", arena_format(arena, "\"language\":\"zh\",\"items\":[%s]", orders[i]));
        holds(text, "期限提醒：1 项");
        holds(text,
              "- 异议答复：O-1，末日 2018-10-20（未到期，原为 2018-10-12（节假日安排变更）），");
        cr_expect_eq(lines_of(text, "\n- "), 1, "%s", text);
    }
}

Test(digest, each_language_has_its_own_words_for_a_calendar_that_changed)
{
    const char *text = letter_text("alerts", "\"items\":[" NOW "]");
    holds(text, "原为 2018-10-12（节假日安排变更））");
    holds(text, "before: 2018-10-12 (the calendar changed))");
}

Test(digest, where_no_reason_is_on_record_the_day_before_stands_alone)
{
    const char *text = letter_text(
        "alerts", "\"items\":[" ITEM("\"revision\":2",
                                     "\"state\":\"open\",\"moves\":[{\"revision\":2,\"old_last\":"
                                     "\"2018-10-12\",\"event\":\"plan_approved\"}]") "]");
    holds(text, "（未到期，原为 2018-10-12），");
    holds(text, "(still to come, before: 2018-10-12),");
}

Test(digest, what_is_over_is_to_be_looked_at_and_not_to_be_done)
{
    const char *text =
        letter_text("alerts", "\"items\":[" ITEM("\"revision\":2,\"taken_back\":true",
                                                 "\"state\":\"met\"") "]");
    holds(text, "（已办理，提醒收回，无需再办），依据 政策；查看：awardctl deadlines O-1 --all\n");
    holds(text, "taken back: nothing is left to do), by policy; to see it: awardctl deadlines O-1 "
                "--all\n");
    cr_expect_null(strstr(text, "awardctl send"));
}

Test(digest, says_that_there_are_more_alerts_than_the_message_lists)
{
    struct codec_error error;
    const char *json =
        "{\"message\":{\"message\":\"m\",\"recipient\":\"office\",\"template\":\"alerts\","
        "\"created\":\"2018-10-08T08:00:00+08:00\",\"more\":true},\"items\":[" NOW "]}";
    const ProtobufCMessage *asked =
        codec_from_json(&award__deliver_message__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(asked, "%s", error.en);
    const char *path;
    struct settings_error wrong;
    struct letter letter;
    const char *reason = "";
    cr_assert(letter_write((const Award__DeliverMessage *)asked,
                           templates_read(NULL, arena, &path, &wrong), arena, &letter, &reason));
    cr_expect_str_eq(letter.subject, "期限提醒：1+ 项 / Deadlines: 1+");
    holds(letter.body, "- 还有未列出的：awardctl alerts\n");
    holds(letter.body, "- and more that are not listed: awardctl alerts\n");
}
