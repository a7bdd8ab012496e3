// Tests of the notification worker: every template with its facts, the mail file, the spool.
#include "common/codec.h"
#include "settings/digest.h"
#include "workers/notification/notification.h"

#include <criterion/criterion.h>

#include <dirent.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static char spool[] = "/tmp/spool-XXXXXX";

static size_t spool_files(bool remove)
{
    DIR *directory = opendir(spool);
    cr_assert_not_null(directory);
    size_t count = 0;
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            count++;
            if (remove) {
                (void)unlinkat(dirfd(directory), entry->d_name, 0);
            }
        }
    }
    (void)closedir(directory);
    return count;
}

static void setup(void)
{
    arena = arena_create();
    cr_assert_not_null(mkdtemp(spool));
    const char *reason = "";
    *notification_worker.options[0].value = spool;
    cr_assert(notification_worker.init(NULL, arena, &reason), "%s", reason);
}

static void teardown(void)
{
    (void)spool_files(true);
    (void)rmdir(spool);
    arena_destroy(arena);
}

TestSuite(notification, .init = setup, .fini = teardown);

static bool handle(const char *json, Award__Event *answer, const char **reason)
{
    struct codec_error error;
    ProtobufCMessage *order =
        codec_from_json(&award__task_order__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(order, "%s: %s", error.en, json);
    award__event__init(answer);
    return notification_worker.handle(notification_worker.context, (const Award__TaskOrder *)order,
                                      arena, answer, reason);
}

static char *file_read(const char *name)
{
    enum { BYTES = 1024 * 1024 };
    char *text = arena_alloc(arena, BYTES);
    int fd = open(arena_format(arena, "%s/%s", spool, name), O_RDONLY);
    cr_assert_geq(fd, 0, "%s is not in the spool", name);
    ssize_t size = read(fd, text, BYTES - 1);
    cr_assert_geq(size, 0);
    (void)close(fd);
    return text;
}

// Delivers, and returns the file.
static char *deliver(const char *json)
{
    Award__Event event;
    const char *reason = "";
    cr_assert(handle(json, &event, &reason), "%s", reason);
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_MESSAGE_DELIVERED);
    const char *reply = event.message_delivered->reply;
    cr_assert_eq(strncmp(reply, "spooled: ", 9), 0, "%s", reply);
    return file_read(reply + 9);
}

static void holds(const char *text, const char *piece)
{
    cr_assert_not_null(strstr(text, piece), "\"%s\" is not in:\n%s", piece, text);
}

#define MESSAGE(template, facts)                                                                   \
    "{\"deliver_message\":{\"city\":\"重庆市\",\"rehearsal\":true,\"recipient\":{\"name\":"     \
    "\"office\",\"full_name\":\"市评选办公室\"},\"message\":{\"message\":"                   \
    "\"office/2018-10-08T09:00:00+08:00/1\",\"recipient\":\"office\",\"channel\":\"mail\","        \
    "\"template\":\"" template "\",\"created\":\"2018-10-08T09:00:00+08:00\",\"case\":"            \
                               "\"2018/E/1\",\"facts\":[" facts "]}}}"

// ---- Templates

static const char *facts_json(const char *names)
{
    char *list = arena_string(arena, names);
    const char *json = "";
    char *rest = NULL;
    for (const char *name = strtok_r(list, " ", &rest); name != NULL;
         name = strtok_r(NULL, " ", &rest)) {
        json = arena_format(arena, "%s%s{\"name\":\"%s\",\"value\":\"v:%s\"}", json,
                            *json != '\0' ? "," : "", name, name);
    }
    return json;
}

// The facts that the rules send with each.
static const struct {
    const char *template_name;
    const char *facts;
} sent[] = {
    {"application_refused", "enterprise cycle case reasons reasons_en first_day"                      },
    {"ineligible",          "enterprise cycle case reasons reasons_en first_day"                      },
    {"left_selection",      "stage article reason reason_en"                                          },
    {"objection_answer",    "objection finding report"                                                },
    {"tie_waits",           "cycle pool pool_zh pool_en cases category_zh category_en"                },
    {"result",              "cycle honour_zh honour_en number published_on report_zh report_en yearly"},
    {"incident_due",        "incident on last period_zh period_en"                                    },
    {"revocation_papers",   "revocation ground papers text digest"                                    },
    {"revoked",             "revocation ground ground_zh on return_zh return_en"                      },
    {"task_given_up",       "task reason"                                                             },
    {"late_knowledge",      "case cycle what incident objection text"                                 },
    {"undeliverable",       "undelivered person channel reply"                                        },
    {"duty_gap",            "reason reason_en"                                                        },
    {"try",                 "channel"                                                                 },
};

Test(notification, every_template_shows_all_its_facts_and_leaves_no_placeholder)
{
    for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++) {
        const char *head = "{\"deliver_message\":{\"city\":\"C\",\"message\":{\"message\":\"m\","
                           "\"recipient\":\"r\",\"created\":\"2018-10-08T09:00:00+08:00\","
                           "\"case\":\"2018/E/1\",\"template\":";
        char *mail = deliver(arena_format(arena, "%s\"%s\",\"facts\":[%s]}}}", head,
                                          sent[i].template_name, facts_json(sent[i].facts)));
        cr_assert_null(strpbrk(mail, "{}"), "%s: %s", sent[i].template_name, mail);
        char *names = arena_string(arena, sent[i].facts);
        char *rest = NULL;
        for (const char *name = strtok_r(names, " ", &rest); name != NULL;
             name = strtok_r(NULL, " ", &rest)) {
            bool shown = strcmp(name, "case") == 0 ||
                         strstr(mail, arena_format(arena, "v:%s", name)) != NULL;
            cr_assert(shown, "%s does not show %s", sent[i].template_name, name);
        }
    }
}

Test(notification, every_template_of_the_contract_renders_without_any_fact)
{
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        char *mail = deliver(arena_format(arena,
                                          "{\"deliver_message\":{\"message\":{\"message\":\"m\","
                                          "\"recipient\":\"r\",\"created\":\"2018-10-08T09:00:00+"
                                          "08:00\",\"template\":\"%s\"}}}",
                                          names->values[i].name));
        cr_assert_null(strpbrk(mail, "{}"), "%s: %s", names->values[i].name, mail);
        holds(mail, "\r\n----\r\n");
    }
}

Test(notification, codes_are_shown_in_words_chinese_before_english)
{
    const char *mail =
        deliver(MESSAGE("objection_answer", "{\"name\":\"objection\",\"value\":\"o-1\"},{\"name\":"
                                            "\"finding\",\"value\":\"unfounded\"}"));
    const char *zh = strstr(mail, "情况不属实");
    const char *en = strstr(mail, "found unfounded");
    cr_assert_not_null(zh, "%s", mail);
    cr_assert_not_null(en, "%s", mail);
    cr_assert_lt(zh, en);
    holds(mail, "调查报告：—"); // a fact that is not there
}

Test(notification, what_a_fact_contains_is_never_taken_for_a_placeholder)
{
    const char *mail =
        deliver(MESSAGE("task_given_up", "{\"name\":\"reason\",\"value\":\"{task} {x\"},{\"name\":"
                                         "\"task\",\"value\":\"rank:2018:1\"}"));
    holds(mail, "{task} {x");
}

Test(notification, a_proof_of_silence_says_what_was_counted)
{
    const char *mail = deliver(
        "{\"deliver_message\":{\"message\":{\"message\":\"m\",\"recipient\":\"r\",\"created\":"
        "\"2018-10-08T09:00:00+08:00\",\"template\":\"silence\"},\"silence\":{\"checked\":41,"
        "\"alerts\":7,\"acknowledged\":5,\"undelivered\":2,\"next\":\"2018-10-09T09:00:00+08:00\","
        "\"next_deadline\":\"d-1\"}}}");
    holds(mail, "已核对期限 41 项；自上次以来发出提醒 7 条，已确认 5 条，放弃投递消息 2 条。\r\n");
    holds(mail, "41 deadlines were checked");
    holds(mail, "Next due: 2018-10-09 (d-1).");
}

Test(notification, the_language_of_the_recipient_is_the_only_one)
{
#define IN_LANGUAGE(name)                                                                          \
    "{\"deliver_message\":{\"language\":\"" name "\",\"message\":{\"message\":\"m\","              \
    "\"recipient\":\"r\",\"created\":\"2018-10-08T09:00:00+08:00\",\"template\":\"alerts\"}}}"
    const char *zh = deliver(IN_LANGUAGE("zh"));
    cr_assert_null(strstr(zh, "These deadlines"), "%s", zh);
    cr_assert_null(strstr(zh, "\r\n----\r\n"), "%s", zh);
    holds(zh, "以下期限");
    const char *en = deliver(IN_LANGUAGE("en"));
    cr_assert_null(strstr(en, "以下期限"), "%s", en);
    holds(en, "These deadlines");
}

#define ITEM(kind, subject, last, more)                                                            \
    "{\"alert\":{\"alert\":\"a\"},\"enterprise_name\":\"甲公司\",\"deadline\":{\"kind\":\"" kind   \
    "\",\"subject\":\"" subject "\",\"case\":\"2018/E/1\",\"cycle\":\"2018\",\"article\":\"19\","  \
    "\"ordinal\":2019,\"state\":\"open\",\"last\":\"" last "\"" more "}}"

Test(notification, alerts_say_what_is_due_whose_until_when_and_how_to_do_it)
{
    const char *mail =
        deliver("{\"deliver_message\":{\"recipient\":{\"name\":\"r\",\"role\":\"office\"},"
                "\"message\":{\"message\":\"m\",\"recipient\":\"r\",\"created\":"
                "\"2018-10-08T09:00:00+08:00\",\"template\":\"alerts\"},\"items\":[" ITEM(
                    "incident_report", "2018/E/1/i-7", "2018-10-15",
                    ",\"provisional\":true") "," ITEM("self_evaluation", "2018/E/1", "2018-10-08",
                                                      "") "," ITEM("objection_answer", "o-3",
                                                                   "2018-10-07", "") "]}}");
    holds(mail, "- 书面报告事故或抽查结果：甲公司，末日 2018-10-15（未到期，暂定），依据 "
                "19；由主管局、企业办理，查看：awardctl case show 2018/E/1\r\n");
    holds(mail,
          "- yearly self-evaluation: 甲公司, last day 2018-10-08 (due today), by 19; awardctl "
          "send self_evaluation_submitted case=2018/E/1 year=2019\r\n");
    holds(mail, "（已逾期），依据 19；办理：awardctl send objection_decided objection=o-3\r\n");
}

Test(notification, more_deadlines_than_a_message_spells_out_are_counted)
{
    const char *items = ITEM("experience", "2018/E/1", "2018-10-09", "");
    const char *json = items;
    for (int i = 1; i < 203; i++) {
        json = arena_format(arena, "%s,%s", json, items);
    }
    const char *mail = deliver(arena_format(
        arena,
        "{\"deliver_message\":{\"message\":{\"message\":\"m\",\"recipient\":\"r\",\"created\":"
        "\"2018-10-08T09:00:00+08:00\",\"template\":\"alerts\"},\"items\":[%s]}}",
        json));
    holds(mail, "- and 3 more: awardctl alerts\r\n");
}

// ---- The mail

// The value of a header, folded lines joined.
static char *header(const char *mail, const char *name)
{
    const char *at = strstr(mail, arena_format(arena, "\r\n%s: ", name));
    at = at != NULL ? at + 2 : mail;
    cr_assert_eq(strncmp(at, name, strlen(name)), 0, "no header %s in:\n%s", name, mail);
    char *value = arena_string(arena, at + strlen(name) + 2);
    char *end = value;
    while ((end = strstr(end, "\r\n")) != NULL && end[2] == ' ') {
        memmove(end, end + 2, strlen(end + 2) + 1);
    }
    cr_assert_not_null(end);
    *end = '\0';
    return value;
}

// Decodes encoded words; what stands beside them stays.
static char *words_decode(const char *value)
{
    char *decoded = arena_alloc(arena, strlen(value) + 1);
    size_t size = 0;
    while (*value != '\0') {
        const char *end = strncmp(value, "=?UTF-8?B?", 10) == 0 ? strstr(value, "?=") : NULL;
        if (end == NULL) {
            decoded[size++] = *value++;
            continue;
        }
        size_t bytes = 0;
        cr_assert_eq(sodium_base642bin((unsigned char *)decoded + size, strlen(value), value + 10,
                                       (size_t)(end - value - 10), NULL, &bytes, NULL,
                                       sodium_base64_VARIANT_ORIGINAL),
                     0);
        size += bytes;
        value = end + 2;
        value += strncmp(value, " =?", 3) == 0 ? 1 : 0; // a blank between two words is none
    }
    return decoded;
}

Test(notification, the_headers_are_those_of_rfc_5322)
{
    const char *mail = deliver(MESSAGE("tie_waits", "{\"name\":\"cycle\",\"value\":\"2018\"},{"
                                                    "\"name\":\"pool\",\"value\":\"award\"},{"
                                                    "\"name\":\"pool_zh\",\"value\":"
                                                    "\"市长质量管理奖\"}"));
    cr_assert_str_eq(header(mail, "Date"), "Mon, 08 Oct 2018 09:00:00 +0800");
    cr_assert_str_eq(header(mail, "Message-ID"),
                     "<office%2F2018-10-08T09%3A00%3A00%2B08%3A00%2F1@award.invalid>");
    cr_assert_str_eq(header(mail, "X-Award-Rehearsal"), "yes");
    cr_assert_str_eq(header(mail, "MIME-Version"), "1.0");
    cr_assert_str_eq(header(mail, "Content-Type"), "text/plain; charset=utf-8");
    cr_assert_str_eq(words_decode(header(mail, "To")), "市评选办公室 <office@award.invalid>");
    cr_assert_str_eq(words_decode(header(mail, "From")), "重庆市 awardd <awardd@award.invalid>");
    cr_assert_str_eq(words_decode(header(mail, "Subject")),
                     "[演练 / rehearsal] 2018 年度综合评选等待同分裁定：市长质量管理奖 / The "
                     "selection of 2018 waits for a tie: award");
    const char *end = strstr(mail, "\r\n\r\n");
    for (const char *line = mail; line < end;) {
        size_t size = strcspn(line, "\r");
        cr_assert_leq(size, 76, "%.*s", (int)size, line);
        for (size_t i = 0; i < size; i++) {
            cr_assert_lt((unsigned char)line[i], 0x80);
        }
        line += size + 2;
    }
}

Test(notification, a_name_cannot_bring_headers_of_its_own)
{
    const char *mail =
        deliver("{\"deliver_message\":{\"recipient\":{\"full_name\":\"A \\\"B\\\"\\r\\nBcc: x\"},"
                "\"message\":{\"message\":\"a\\nb/../c\",\"recipient\":\"r\\r\\nX: y\",\"created\":"
                "\"2018-10-08T09:00:00+08:00\",\"template\":\"alerts\"}}}");
    cr_assert_str_eq(header(mail, "To"), "\"A \\\"B\\\"  Bcc: x\" <r%0D%0AX%3A%20y@award.invalid>");
    cr_assert_str_eq(header(mail, "Message-ID"), "<a%0Ab%2F%2E%2E%2Fc@award.invalid>");
}

Test(notification, a_body_with_a_line_too_long_for_mail_goes_as_base64)
{
    const char *mail = deliver(MESSAGE("task_given_up", "{\"name\":\"reason\",\"value\":\"ok\"}"));
    cr_assert_str_eq(header(mail, "Content-Transfer-Encoding"), "8bit");
    char reason[2001];
    memset(reason, 'x', sizeof(reason) - 1);
    reason[sizeof(reason) - 1] = '\0';
    mail = deliver(arena_format(
        arena, MESSAGE("task_given_up", "{\"name\":\"reason\",\"value\":\"%s\"}"), reason));
    cr_assert_str_eq(header(mail, "Content-Transfer-Encoding"), "base64");
    const char *body = strstr(mail, "\r\n\r\n") + 4;
    char *decoded = arena_alloc(arena, strlen(body));
    size_t size = 0;
    cr_assert_eq(sodium_base642bin((unsigned char *)decoded, strlen(body), body, strlen(body),
                                   "\r\n", &size, NULL, sodium_base64_VARIANT_ORIGINAL),
                 0);
    holds(decoded, reason);
    cr_assert_leq(strcspn(body, "\r"), 76);
}

// ---- The spool

Test(notification, the_same_message_again_overwrites_its_file_with_the_same_bytes)
{
    const char *json = MESSAGE("result", "{\"name\":\"cycle\",\"value\":\"2018\"}");
    const char *first = deliver(json);
    const char *second = deliver(json);
    cr_assert_str_eq(first, second);
    cr_assert_eq(spool_files(false), 1, "nothing unfinished is left");
}

Test(notification, a_long_identity_has_a_file_of_its_own)
{
    char identity[2][201];
    for (int i = 0; i < 2; i++) {
        memset(identity[i], '/', 200);
        identity[i][199] = (char)('a' + i);
        identity[i][200] = '\0';
        (void)deliver(arena_format(arena,
                                   "{\"deliver_message\":{\"message\":{\"message\":\"%s\","
                                   "\"recipient\":\"r\",\"created\":\"2018-10-08T09:00:00+08:00\","
                                   "\"template\":\"alerts\"}}}",
                                   identity[i]));
    }
    cr_assert_eq(spool_files(false), 2);
}

Test(notification, a_spool_that_cannot_be_written_is_reported_with_its_reason)
{
    static const char *missing = "/nonexistent/spool";
    *notification_worker.options[0].value = missing;
    Award__Event event;
    const char *reason = "";
    cr_assert(handle(MESSAGE("result", ""), &event, &reason));
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_MESSAGE_FAILED);
    cr_assert_str_eq(event.message_failed->message, "office/2018-10-08T09:00:00+08:00/1");
    holds(event.message_failed->reply, "No such file or directory");
    cr_assert_not(notification_worker.init(notification_worker.context, arena, &reason));
    holds(reason, missing);
}

Test(notification, an_incomplete_message_fails_the_task)
{
    Award__Event event;
    const char *reason = NULL;
    cr_assert_not(handle("{\"deliver_message\":{}}", &event, &reason));
    cr_assert_not(handle("{\"deliver_message\":{\"message\":{\"message\":\"m\",\"recipient\":"
                         "\"r\",\"created\":\"2018-10-08T09:00:00+08:00\"}}}",
                         &event, &reason));
    cr_assert_eq(spool_files(false), 0);
}

// ---- Feedback

#define FEEDBACK                                                                                      \
    "{\"task\":\"write_feedback:2018/E/1:1\",\"write_feedback\":{\"city\":\"重庆市\","             \
    "\"enterprise_name\":\"甲公司\",\"rehearsal\":true,\"case\":{\"case\":\"2018/E/1\",\"cycle\":" \
    "\"2018\",\"enterprise\":\"E\",\"stage\":\"site_out\",\"open_objections\":[\"secret\"],"          \
    "\"strengths\":[{\"item\":\"leadership.a\",\"text\":\"流程清晰\"}],\"improvements\":["        \
    "{\"item\":\"strategy\",\"text\":\"数据不足\"},{\"item\":\"leadership\",\"text\":"            \
    "\"目标偏低\"}]},"                                                                            \
    "\"award_threshold\":\"500\",\"nomination_threshold\":\"400\",\"names\":{\"award_zh\":"           \
    "\"大奖\","                                                                                     \
    "\"award_en\":\"Grand Award\",\"nomination_zh\":\"提名\",\"nomination_en\":\"Nomination\"},"    \
    "\"items\":[{\"key\":\"leadership.a\",\"zh\":\"组织\",\"en\":\"Organisation\","                 \
    "\"maximum\":\"60\"}],\"sheets\":["                                                               \
    "{\"kind\":\"consensus\",\"person\":\"leader-1\",\"explanations\":[{\"item\":\"strategy\","       \
    "\"text\":\"reviewer-9 disagreed\"}],\"total\":\"480\",\"submitted\":"                            \
    "\"2018-06-01T10:00:00+08:00\",\"scores\":[{\"item\":\"leadership.a\",\"points\":\"40.50\"},"     \
    "{\"item\":\"strategy\",\"points\":\"50\"},{\"item\":\"leadership.b\",\"points\":\"30\"}]},"      \
    "{\"kind\":\"visit\",\"person\":\"leader-1\",\"total\":\"399.50\",\"submitted\":"                 \
    "\"2018-07-01T10:00:00+08:00\"},"                                                                 \
    "{\"kind\":\"unified\",\"person\":\"leader-1\",\"total\":\"399.99\",\"submitted\":"               \
    "\"2018-07-05T10:00:00+08:00\"}],\"categories\":[{\"key\":\"leadership\",\"zh\":\"领导\","      \
    "\"en\":\"Leadership\",\"maximum\":\"100\"}]}}"

// 16(3)s4
Test(notification, the_review_report_has_scores_strengths_and_improvements_by_item)
{
    Award__Event event;
    const char *reason = "";
    cr_assert(handle(FEEDBACK, &event, &reason), "%s", reason);
    cr_assert_eq(event.body_case, AWARD__EVENT__BODY_FEEDBACK_SENT);
    cr_assert_str_eq(event.feedback_sent->case_, "2018/E/1");
    const char *mail = file_read("write_feedback%3A2018%2FE%2F1%3A1.eml");
    holds(
        mail,
        "资料评审（合议评分）：总分 480.00\r\n  领导：70.50 / 100.00\r\n    组织：40.50 / 60.00\r\n"
        "    leadership.b：30.00\r\n  strategy：50.00\r\n");
    holds(mail, "参评大奖须达到：500.00\r\n参评提名须达到：400.00\r\n");
    holds(mail, "To go on for the Nomination: 400.00 at least\r\n");
    holds(mail, "二、优势\r\n  1. 组织：流程清晰\r\n");
    holds(mail, "2. Strengths\r\n  1. Organisation: 流程清晰\r\n");
    holds(mail, "Site visit (as unified): 399.99 in all\r\n");
    holds(mail, "  1. strategy：数据不足\r\n  2. 领导：目标偏低\r\n");
    holds(mail, "State: out after the site visit");
    cr_assert_null(strstr(mail, "399.50"), "the unified score takes its place");
    cr_assert_str_eq(words_decode(header(mail, "To")), "甲公司 <E@award.invalid>");
    cr_assert_str_eq(header(mail, "Date"), "Thu, 05 Jul 2018 10:00:00 +0800");
    const char *json = file_read("write_feedback%3A2018%2FE%2F1%3A1.json");
    holds(json, "\"流程清晰\"");
    holds(json, "\"leadership.a\"");
    holds(json, "\"award_threshold\": \"500.00\"");
    cr_assert_null(strstr(json, "disagreed"), "what reviewers said stays inside:\n%s", json);
    cr_assert_null(strstr(mail, "disagreed"));
    cr_assert_null(strstr(json, "leader-1"), "nobody learns who scored:\n%s", json);
    cr_assert_null(strstr(json, "secret"));
    const char *digest = event.feedback_sent->digest;
    cr_assert_eq(strlen(digest), 64);
    cr_assert(handle(FEEDBACK, &event, &reason));
    cr_assert_str_eq(event.feedback_sent->digest, digest);
    cr_assert_str_eq(file_read("write_feedback%3A2018%2FE%2F1%3A1.eml"), mail);
    cr_assert_eq(spool_files(false), 2);
}

Test(notification, feedback_that_cannot_be_spooled_fails_the_task)
{
    *notification_worker.options[0].value = "/nonexistent/spool";
    Award__Event event;
    const char *reason = NULL;
    cr_assert_not(handle(FEEDBACK, &event, &reason));
    holds(reason, "/nonexistent/spool");
}
