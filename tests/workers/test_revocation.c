// Tests of the revocation worker: the grounds of Article 20, and the papers.
#include "common/codec.h"
#include "settings/digest.h"
#include "workers/revocation/revocation.h"

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

TestSuite(revocation, .init = setup, .fini = teardown);

static bool handle(const char *json, Award__Event *answer, const char **reason)
{
    struct codec_error error;
    ProtobufCMessage *order =
        codec_from_json(&award__task_order__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(order, "%s: %s", error.en, json);
    award__event__init(answer);
    return revocation_worker.handle(revocation_worker.context, (const Award__TaskOrder *)order,
                                    arena, answer, reason);
}

// ---- Grounds

#define CASE(until)                                                                                \
    "\"case\":{\"case\":\"2018/E/"                                                                 \
    "1\",\"cycle\":\"2018\",\"enterprise\":\"E\",\"honour\":{\"kind\":"                            \
    "\"award\",\"from\":\"2018-12-20\"" until ",\"medal\":\"M-1\"}}"

struct grounds_row {
    const char *what;
    const char *json; // after the case
    const char *until;
    const char *grounds; // as in JSON
};

// `levels`: of sampling that count.
static void grounds_are(const struct grounds_row *row, const char *levels)
{
    Award__Event event;
    const char *reason = NULL;
    const char *json = arena_format(
        arena,
        "{\"check_grounds\":{\"case\":{\"case\":\"2018/E/1\",\"enterprise\":\"E\",\"honour\":{"
        "\"kind\":\"award\",\"from\":\"2018-12-20\"%s}},\"sampling_levels\":[%s],%s}}",
        row->until, levels, row->json);
    cr_assert(handle(json, &event, &reason), "%s", row->what);
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_GROUNDS_CHECKED);
    const char *found = codec_to_json(&event.grounds_checked->base, CODEC_JSON_LINE, arena);
    const char *list = strstr(found, "\"grounds\":");
    list = list != NULL ? list + strlen("\"grounds\":") : "[]}";
    cr_assert_eq(strncmp(list, row->grounds, strlen(row->grounds)), 0, "%s: %s", row->what, found);
}

#define INCIDENT(fields)                                                                           \
    "\"detail\":\"i\",\"incident\":{\"incident\":\"i\",\"enterprise\":\"E\"," fields "}"
#define SAMPLING(fields) INCIDENT("\"kind\":\"sampling\",\"on\":\"2019-05-01\"" fields)
#define ACCIDENT(fields) INCIDENT("\"kind\":\"safety_accident\"," fields)

// 20(1), 20(2), 20(3), 20(4)
Test(revocation, grounds_stand_as_article_20_and_its_decisions_say)
{
    static const struct grounds_row rows[] = {
        {"violation",                      "\"detail\":\"violation\",\"misrepresentation\":true",               "",
         "[\"misrepresentation\"]"                                                                                                        },
        {"no violation on record",         "\"detail\":\"violation\",\"misrepresentation\":false",              "",
         "[]"                                                                                                                             },
        {"an incident names no violation", "\"misrepresentation\":true,\"detail\":\"i\"",                       "", "[]"                  },
        {"serious, national",              SAMPLING(",\"serious\":true,\"level\":\"national\""),                "",
         "[\"serious_quality\"]"                                                                                                          },
        {"serious, municipal",             SAMPLING(",\"serious\":true,\"level\":\"municipal\""),               "",
         "[\"serious_quality\"]"                                                                                                          },
        {"a district's",                   SAMPLING(",\"serious\":true,\"level\":\"district\""),                "", "[]"                  },
        {"an industry's",                  SAMPLING(",\"serious\":true,\"level\":\"industry\""),                "", "[]"                  },
        {"not serious",                    SAMPLING(",\"serious\":false,\"level\":\"national\""),               "", "[]"                  },
        {"an affiliate's",                 SAMPLING(",\"serious\":true,\"level\":\"national\",\"whom\":\"F\""), "",
         "[]"                                                                                                                             },
        {"an affiliate's, liable",
         SAMPLING(",\"serious\":true,\"level\":\"national\",\"whom\":\"F\",\"liable\":\"yes\""),                "",
         "[\"serious_quality\"]"                                                                                                          },
        {"its own by code",                SAMPLING(",\"serious\":true,\"level\":\"national\",\"whom\":\"E\""), "",
         "[\"serious_quality\"]"                                                                                                          },
        {"liable",                         ACCIDENT("\"on\":\"2019-05-01\",\"liable\":\"yes\""),                "",
         "[\"major_accident\"]"                                                                                                           },
        {"not liable",                     ACCIDENT("\"on\":\"2019-05-01\",\"liable\":\"no\""),                 "", "[]"                  },
        {"unknown",                        ACCIDENT("\"on\":\"2019-05-01\",\"liable\":\"unknown\""),            "", "[]"                  },
        {"on the day of publication",      ACCIDENT("\"on\":\"2018-12-20\",\"liable\":\"yes\""),                "",
         "[\"major_accident\"]"                                                                                                           },
        {"before the honour",              ACCIDENT("\"on\":\"2018-12-19\",\"liable\":\"yes\""),                "", "[]"                  },
        {"on the honour's last day",       ACCIDENT("\"on\":\"2019-05-01\",\"liable\":\"yes\""),
         ",\"until\":\"2019-05-01\"",                                                                               "[\"major_accident\"]"},
        {"after the honour",               ACCIDENT("\"on\":\"2019-05-02\",\"liable\":\"yes\""),
         ",\"until\":\"2019-05-01\"",                                                                               "[]"                  },
        {"another enterprise's",
         "\"detail\":\"i\",\"incident\":{\"enterprise\":\"F\",\"kind\":\"safety_accident\",\"on\":"
         "\"2019-05-01\",\"liable\":\"yes\"}",                                                                  "", "[]"                  },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        grounds_are(&rows[i], "\"national\",\"municipal\"");
    }
}

// decision 29; 20(2)
Test(revocation, the_levels_of_sampling_that_count_are_those_of_the_rulebook)
{
    static const struct grounds_row rows[] = {
        {"a district's", SAMPLING(",\"serious\":true,\"level\":\"district\""),  "",
         "[\"serious_quality\"]"                                                        },
        {"a city's",     SAMPLING(",\"serious\":true,\"level\":\"municipal\""), "", "[]"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        grounds_are(&rows[i], "\"national\",\"district\"");
    }
}

// ---- Papers

#define NAMES                                                                                      \
    "\"names\":{\"award_zh\":\"区长质量奖\",\"award_en\":\"Quality Award\",\"rules\":"        \
    "\"区长质量奖评选办法\",\"government_zh\":\"某区人民政府\",\"government_en\":"  \
    "\"the District\",\"bureau_zh\":\"某区市场监管局\"},"

static const Award__PapersDrafted *papers_of(const char *step)
{
    Award__Event event;
    const char *reason = "";
    const char *json = arena_format(
        arena,
        "{\"draft_papers\":{\"city\":\"重庆市\",\"enterprise_name\":\"缙岳精密齿轮\"," NAMES CASE(
            "") ",\"incident\":{\"incident\":\"i-1\",\"kind\":\"sampling\",\"on\":\"2019-05-01\","
                "\"level\":\"municipal\"},"
                "\"revocation\":{\"revocation\":\"2018/E/1/i-1\",\"case\":\"2018/E/1\",\"ground\":"
                "\"serious_quality\",\"incident\":\"i-1\",\"step\":\"%s\",\"verified_on\":\"2019-"
                "06-01\",\"decided_on\":\"2019-07-01\"}}}",
        step);
    cr_assert(handle(json, &event, &reason), "%s", reason);
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_PAPERS_DRAFTED);
    return event.papers_drafted;
}

static void holds(const Award__PapersDrafted *drafted, const char *piece)
{
    cr_assert_not_null(strstr(drafted->text, piece), "\"%s\" is not in:\n%s", piece, drafted->text);
}

Test(revocation, after_the_verification_request_and_notice_are_drafted)
{
    const Award__PapersDrafted *drafted = papers_of("verified");
    cr_assert_eq(drafted->n_papers, 2);
    cr_assert_eq(drafted->papers[0], AWARD__PAPER__KIND__request);
    cr_assert_eq(drafted->papers[1], AWARD__PAPER__KIND__notice);
    holds(drafted, "请示");
    holds(drafted, "Request to revoke");
    holds(drafted, "第二十条第（二）项");
    holds(drafted, "市级监督抽查发现严重质量问题");
    holds(drafted, "核实日期：2019-06-01");
    holds(drafted, "某区人民政府：");
    holds(drafted, "某区市场监管局");
    holds(drafted, "《区长质量奖评选办法》");
    holds(drafted, "撤销其区长质量奖，收回奖章（M-1）和证书（—），并在媒体上公布");
    holds(drafted, "the Quality Award");
}

Test(revocation, prize_money_that_was_paid_is_asked_back)
{
    Award__Event event;
    const char *reason = "";
    cr_assert(handle("{\"draft_papers\":{" NAMES
                     "\"case\":{\"case\":\"2018/E/1\",\"enterprise\":\"E\",\"honour\":{\"kind\":"
                     "\"award\",\"medal\":\"M-1\",\"certificate\":\"C-1\",\"prize\":300000}},"
                     "\"revocation\":{\"revocation\":\"r\",\"case\":\"2018/E/1\",\"ground\":"
                     "\"serious_quality\",\"step\":\"approved\"}}}",
                     &event, &reason),
              "%s", reason);
    holds(event.papers_drafted, "追回奖金");
    holds(event.papers_drafted, "退还奖金 300000 元");
    holds(event.papers_drafted, "the prize of 300000 yuan");
}

Test(revocation, after_the_approval_notice_and_recovery_letters_are_drafted)
{
    const Award__PapersDrafted *drafted = papers_of("approved");
    cr_assert_eq(drafted->n_papers, 2);
    cr_assert_eq(drafted->papers[0], AWARD__PAPER__KIND__notice);
    cr_assert_eq(drafted->papers[1], AWARD__PAPER__KIND__recovery);
    holds(drafted, "批准日期：2019-07-01");
    holds(drafted, "M-1");
    holds(drafted, "证书（编号 —）"); // it never had one
    char digest[DIGEST_TEXT_BYTES];
    digest_of(drafted->text, strlen(drafted->text), digest);
    cr_assert_str_eq(drafted->digest, digest);
}

Test(revocation, no_placeholder_is_left_and_the_same_task_gives_the_same_bytes)
{
    static const char *const steps[] = {"verified", "approved", "refused", "closed"};
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const Award__PapersDrafted *drafted = papers_of(steps[i]);
        cr_assert_null(strpbrk(drafted->text, "{}"), "%s", drafted->text);
        cr_assert_str_eq(drafted->text, papers_of(steps[i])->text);
    }
}

Test(revocation, long_facts_are_cut_so_that_the_text_fits_into_an_event)
{
    char facts[8001];
    memset(facts, 'x', sizeof(facts) - 1);
    facts[sizeof(facts) - 1] = '\0';
    Award__Event event;
    const char *reason = "";
    const char *json = arena_format(
        arena,
        "{\"draft_papers\":{" CASE("") ",\"revocation\":{\"revocation\":\"r\",\"case\":"
                                       "\"2018/E/1\",\"ground\":\"breach_of_law\","
                                       "\"facts\":\"%s\",\"effect\":\"%s\",\"step\":"
                                       "\"verified\"}}}",
        facts, facts);
    cr_assert(handle(json, &event, &reason), "%s", reason);
    cr_assert_lt(strlen(event.papers_drafted->text), 8192);
    holds(event.papers_drafted, "xxx……");
    struct codec_error error;
    cr_assert(codec_check(&event.base, arena, &error), "%s", error.en);
}

Test(revocation, a_revocation_that_is_not_verified_needs_no_papers)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert_not(handle("{\"draft_papers\":{" CASE(
                             "") ",\"revocation\":{\"revocation\":\"r\",\"step\":\"opened\"}}}",
                         &event, &reason));
    cr_assert_not_null(reason);
}
