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
    holds(text, "今日到期（1 项）\n- 2018-10-08 书面报告事故或抽查结果（暂定）：c/i，依据 19；");
    holds(text, "七日之内（0 项）\n");
    holds(text, "等您办理（1 项）\n- 自 2018-10-02 受理申报：2018/E/1，依据 6(3)；办理：awardctl "
                "send application_accepted case=2018/E/1\n");
    cr_expect_null(strstr(text, "2018/F/1"), "what waits for others is not his");
}

Test(digest, is_in_english_for_who_reads_english)
{
    const char *text =
        letter_text("digest", "\"language\":\"en\",\"today\":{\"due\":[" OVERDUE "]}");
    holds(text, "Overdue (1)\n- 2018-10-01 answer to an objection: O-1, by policy; awardctl send "
                "objection_decided objection=O-1\n");
    cr_expect_null(strstr(text, "已逾期"));
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
