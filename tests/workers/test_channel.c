// Tests of what channels share: the table, the rate, what a server said, the page of a message.
#include "workers/notification/channel.h"
#include "workers/notification/html.h"

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

TestSuite(channel, .init = setup, .fini = teardown);
TestSuite(html, .init = setup, .fini = teardown);

Test(channel, every_name_of_the_contract_has_its_row_and_no_other)
{
    const ProtobufCEnumDescriptor *names = &award__channel__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        const struct channel *channel = channel_find(names->values[i].name);
        cr_assert_not_null(channel, "%s", names->values[i].name);
        cr_expect_str_eq(channel->name, names->values[i].name);
        cr_expect(channel->send != NULL);
        cr_expect_eq(channel->judge == NULL, channel == &channel_spool);
    }
    cr_expect_null(channel_find("pigeon"));
    cr_expect_null(channel_find(""));
}

// ---- The rate

Test(channel, so_many_a_minute_go_out_and_never_more_in_any_sixty_seconds)
{
    struct channel_rate rate = {0};
    int64_t sent[400];
    size_t count = 0;
    for (int64_t second = 0; second < 600; second++) {
        for (int i = 0; i < 3; i++) {
            if (channel_rate_take(&rate, 20, second) == 0) {
                sent[count++] = second;
            }
        }
    }
    cr_assert_eq(count, 200);
    for (size_t i = 20; i < count; i++) {
        cr_expect_geq(sent[i] - sent[i - 20], 60, "%zu", i);
    }
}

Test(channel, what_is_put_off_is_spread_over_the_minutes_in_which_there_is_room)
{
    struct channel_rate rate = {0};
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(channel_rate_take(&rate, 2, 100), 0);
    }
    static const uint32_t waits[] = {50, 50, 110, 110, 170};
    for (size_t i = 0; i < 5; i++) {
        cr_expect_eq(channel_rate_take(&rate, 2, 110), waits[i], "%zu", i);
    }
    cr_expect_eq(channel_rate_take(&rate, 2, 160), 0);
    cr_expect_eq(channel_rate_take(&rate, 2, 160), 0);
    cr_expect_gt(channel_rate_take(&rate, 2, 160), 0);
}

Test(channel, a_server_that_has_had_too_much_gets_nothing_for_a_minute)
{
    struct channel_rate rate = {0};
    cr_assert_eq(channel_rate_take(&rate, 20, 100), 0);
    channel_rate_hold(&rate, 101);
    cr_expect_eq(channel_rate_take(&rate, 20, 101), 60);
    cr_expect_eq(channel_rate_take(&rate, 20, 160), 1);
    cr_expect_eq(channel_rate_take(&rate, 20, 161), 0);
}

// ---- What a server said

Test(channel, a_reply_is_one_bounded_line_of_whole_characters)
{
    cr_expect_str_eq(channel_reply(arena, "250 好\r\n\tok\x7F"), "250 好   ok ");
    cr_expect_str_eq(channel_reply(arena, "a\xFF\xC0z"), "a??z");
    char longest[2000];
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    cr_expect_lt(strlen(channel_reply(arena, longest)), 500);
}

Test(channel, a_word_is_hidden_where_it_stands_by_itself_and_nowhere_else)
{
    static const char *const rows[][3] = {
        {"unknown user zhang",          "zhang",       "unknown user ***"           },
        {"zhang, zhangsan, Lzhang",     "zhang",       "***, zhangsan, Lzhang"      },
        {"{\"to\":\"zhang\"} zhang",    "zhang",       "{\"to\":\"***\"} ***"       },
        {"收件人张三不存在",    "张三",      "收件人***不存在"      },
        {"no a in a",                   "a",           "no *** in ***"              },
        {"POST https://h/x?key=k-1 no", "https://h/x", "POST ***?key=k-1 no"        },
        {"POST https://h/x?key=k-1 no", "k-1",         "POST https://h/x?key=*** no"},
        {"12 123 1234",                 "123",         "12 *** 1234"                },
        {"as it was",                   "",            "as it was"                  },
        {"",                            "x",           ""                           },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(channel_mask(rows[i][0], rows[i][1], arena), rows[i][2]);
    }
}

Test(channel, what_is_hidden_is_no_part_of_what_a_server_said)
{
    static const char *const hidden[] = {"zhang", "geheim", "", NULL};
    static struct transfer transfer;
    transfer = (struct transfer){.arena = arena, .status = 404, .hidden = hidden};
    (void)strcpy(transfer.body, "no zhang here, geheim");
    cr_expect_str_eq(channel_judge_http(&transfer).reply, "HTTP 404 no *** here, ***");
    transfer.code = CURLE_COULDNT_CONNECT;
    (void)strcpy(transfer.error, "no way to geheim");
    cr_expect_str_eq(channel_judge_http(&transfer).reply, "no way to ***");
}

static struct channel_outcome http(CURLcode code, long status, bool cut)
{
    static struct transfer transfer;
    transfer = (struct transfer){.arena = arena, .code = code, .status = status, .body_cut = cut};
    transfer.wait_seconds = 7;
    return channel_judge_http(&transfer);
}

Test(channel, the_status_of_http_decides)
{
    static const struct {
        long status;
        enum channel_fate fate;
    } rows[] = {
        {200, CHANNEL_TAKEN},
        {204, CHANNEL_TAKEN},
        {299, CHANNEL_TAKEN},
        {100, CHANNEL_NEVER},
        {301, CHANNEL_NEVER},
        {400, CHANNEL_NEVER},
        {407, CHANNEL_NEVER},
        {408, CHANNEL_LATER},
        {409, CHANNEL_NEVER},
        {428, CHANNEL_NEVER},
        {429, CHANNEL_LATER},
        {430, CHANNEL_NEVER},
        {499, CHANNEL_NEVER},
        {500, CHANNEL_LATER},
        {599, CHANNEL_LATER},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct channel_outcome outcome = http(CURLE_OK, rows[i].status, false);
        cr_expect_eq(outcome.fate, rows[i].fate, "%ld", rows[i].status);
        cr_expect_eq(outcome.wait_seconds, rows[i].fate == CHANNEL_LATER ? 7 : 0, "%ld",
                     rows[i].status);
    }
    cr_expect_eq(http(CURLE_WRITE_ERROR, 200, true).fate, CHANNEL_TAKEN);
    cr_expect_eq(http(CURLE_WRITE_ERROR, 200, false).fate, CHANNEL_LATER);
    cr_expect_eq(http(CURLE_RECV_ERROR, 200, false).fate, CHANNEL_LATER);
    cr_expect_eq(http(CURLE_OPERATION_TIMEDOUT, 0, false).fate, CHANNEL_LATER);
}

static enum channel_fate mail(CURLcode code, long status, size_t uploaded)
{
    static struct transfer transfer;
    transfer = (struct transfer){.arena = arena, .code = code, .status = status};
    transfer.uploaded = uploaded;
    return channel_mail.judge(NULL, &transfer).fate;
}

Test(channel, only_a_refusal_of_this_message_ends_a_mail)
{
    cr_expect_eq(mail(CURLE_OK, 250, 9), CHANNEL_TAKEN);
    cr_expect_eq(mail(CURLE_SEND_ERROR, 550, 0), CHANNEL_NEVER);
    cr_expect_eq(mail(CURLE_SEND_ERROR, 450, 0), CHANNEL_LATER);
    cr_expect_eq(mail(CURLE_SEND_ERROR, 599, 0), CHANNEL_NEVER);
    cr_expect_eq(mail(CURLE_SEND_ERROR, 600, 0), CHANNEL_LATER);
    cr_expect_eq(mail(CURLE_SEND_ERROR, 0, 0), CHANNEL_LATER);
    cr_expect_eq(mail(CURLE_WEIRD_SERVER_REPLY, 554, 9), CHANNEL_NEVER);
    cr_expect_eq(mail(CURLE_WEIRD_SERVER_REPLY, 554, 0), CHANNEL_LATER, "it serves nobody now");
    cr_expect_eq(mail(CURLE_WEIRD_SERVER_REPLY, 451, 9), CHANNEL_LATER);
    cr_expect_eq(mail(CURLE_RECV_ERROR, 550, 9), CHANNEL_LATER, "an older line, and no answer");
    static const long logins[] = {530, 534, 535, 538};
    for (size_t i = 0; i < 4; i++) {
        cr_expect_eq(mail(CURLE_LOGIN_DENIED, logins[i], 0), CHANNEL_LATER, "%ld", logins[i]);
        cr_expect_eq(mail(CURLE_SEND_ERROR, logins[i], 0), CHANNEL_LATER, "%ld", logins[i]);
    }
}

// ---- The page

static void page_expect(const char *body, const char *inner)
{
    const char *page = html_format("题", body, arena);
    const char *begin = strstr(page, "</h1>\n");
    cr_assert_not_null(begin, "%s", page);
    const char *expected = arena_format(arena, "</h1>\n%s</body>\n</html>\n", inner);
    cr_expect_str_eq(begin, expected, "%s\nnot\n%s", begin, expected);
}

Test(html, paragraphs_lists_headings_commands_and_rules)
{
    page_expect("", "");
    page_expect("甲\n", "<p>甲</p>\n");
    page_expect("甲\n乙\n\n丙", "<p>甲<br>\n乙</p>\n<p>丙</p>\n");
    page_expect("甲：\n- 一\n- 二\n乙\n",
                "<p>甲：</p>\n<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n<p>乙</p>\n");
    page_expect("【逾期】\n- 一\n", "<h2>【逾期】</h2>\n<ul>\n<li>一</li>\n</ul>\n");
    page_expect("【】\n", "<p>【】</p>\n");
    page_expect("a\n\n----\n\nb\n\n-- \nc\n", "<p>a</p>\n<hr>\n<p>b</p>\n<hr>\n<p>c</p>\n");
    page_expect("- 办理：awardctl send x=1\n",
                "<ul>\n<li>办理：<code>awardctl send x=1</code></li>\n</ul>\n");
    page_expect("- \n", "<p>- </p>\n");
}

Test(html, everything_is_escaped)
{
    page_expect("<b> & \"c\" awardctl <d>\n",
                "<p>&lt;b&gt; &amp; &quot;c&quot; <code>awardctl &lt;d&gt;</code></p>\n");
    page_expect("【<i>】\n", "<h2>【&lt;i&gt;】</h2>\n");
    const char *page = html_format("<题>", "", arena);
    cr_expect_not_null(strstr(page, "<title>&lt;题&gt;</title>"));
    cr_expect_not_null(strstr(page, "<h1>&lt;题&gt;</h1>"));
}
