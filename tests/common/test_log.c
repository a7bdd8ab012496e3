// Lines on standard error, caught by a pipe or a terminal of the test's own.
#include "common/clock.h"
#include "common/log_journal.h"
#include "common/log_text.h"
#include "common/time.h"

#include <criterion/criterion.h>

#include <fcntl.h>
#include <jansson.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

// Takes standard error's place until the end of the test; returns where to read.
static int pipe_open(void)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[1], STDERR_FILENO), STDERR_FILENO);
    close(ends[1]);
    return ends[0];
}

static void read_all(int from, char *text, size_t size)
{
    ssize_t length = read(from, text, size - 1);
    cr_assert_gt(length, 0);
    text[length] = '\0';
}

static size_t lines_count(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\n' ? 1 : 0;
    }
    return count;
}

// ---- Plain text

Test(log, a_line_has_its_moment_level_sentence_advice_and_fields)
{
    int from = pipe_open();
    char text[1024];
    int64_t moment;
    log_open("awardd", LOG_INFO, LOG_TEXT);
    log_say(SAY_TASK_UNANSWERED, .task = "rank:2018:1", .principal = "worker-scoring",
            .duration_us = 600000000);
    read_all(from, text, sizeof(text));
    cr_assert(moment_parse(text, 25, &moment), "%s", text);
    cr_assert_str_eq(text + 25,
                     " WARN  任务没有按时答复，交给别的程序；请查看这个后台程序的日志 / a task was "
                     "not answered in time and goes to another; see the log of that worker "
                     "task=rank:2018:1 principal=worker-scoring duration_us=600000000\n");
}

Test(log, a_text_that_is_not_known_is_left_out_and_what_the_row_does_not_name_too)
{
    struct arena *arena = arena_create();
    const struct log_call call = {
        .kind = SAY_NOT_AUTHORISED, .query = "case", .principal = "ent-jianglan", .entry = 17};
    const char *text = log_message(&call, arena);
    cr_assert_not_null(strstr(text, " query=case principal=ent-jianglan"));
    cr_assert_str_eq(strstr(text, " query="), " query=case principal=ent-jianglan");
    arena_destroy(arena);
}

Test(log, lines_below_the_level_are_left_out)
{
    int from = pipe_open();
    char text[512];
    log_open("awardd", LOG_WARN, LOG_TEXT);
    log_say(SAY_ANSWER_UNSENT);
    log_say(SAY_LINK_UP, .endpoint = "ipc://a");
    log_say(SAY_LINK_DOWN, .endpoint = "ipc://a");
    read_all(from, text, sizeof(text));
    cr_assert_eq(lines_count(text), 1);
    cr_assert_not_null(strstr(text, " WARN "));
}

Test(log, a_terminal_gets_colours_and_the_program)
{
    int outer;
    int inner;
    char text[512];
    (void)unsetenv("NO_COLOR");
    cr_assert_eq(openpty(&outer, &inner, NULL, NULL, NULL), 0);
    cr_assert_eq(dup2(inner, STDERR_FILENO), STDERR_FILENO);
    log_open("awardd", LOG_INFO, LOG_TEXT);
    log_say(SAY_CLOCK_CAUGHT_UP);
    read_all(outer, text, sizeof(text));
    cr_assert_str_eq(text + 25, " \033[32mINFO \033[0m awardd: 主机时钟已赶上，恢复接受事件 / the "
                                "host's clock has caught up, events are taken again\r\n");
}

Test(log, a_terminal_of_who_wants_no_colours_gets_the_program_alone)
{
    int outer;
    int inner;
    char text[512];
    cr_assert_eq(openpty(&outer, &inner, NULL, NULL, NULL), 0);
    cr_assert_eq(dup2(inner, STDERR_FILENO), STDERR_FILENO);
    cr_assert_eq(setenv("NO_COLOR", "1", 1), 0);
    log_open("awardd", LOG_INFO, LOG_TEXT);
    log_say(SAY_CLOCK_CAUGHT_UP);
    read_all(outer, text, sizeof(text));
    cr_assert_str_eq(text + 25,
                     " INFO  awardd: 主机时钟已赶上，恢复接受事件 / the host's clock has "
                     "caught up, events are taken again\r\n");
}

// ---- What a peer may put into a field

static const struct hostile {
    const char *text;
    const char *quoted; // as a value in plain text
    const char *plain;  // as a value in JSON or the journal
} HOSTILE[] = {
    {"worker-scoring",                            "worker-scoring",                                   "worker-scoring"       },
    {"质量",                                    "质量",                                           "质量"               },
    {"",                                          "\"\"",                                             ""                     },
    {"x principal=office",                        "\"x principal=office\"",                           "x principal=office"   },
    {"x\" principal=office",                      "\"x\\\" principal=office\"",                       "x\" principal=office" },
    {"x\n2018-10-08T09:00:00+08:00 ERROR 质量", "\"x\\x0a2018-10-08T09:00:00+08:00 ERROR 质量\"",
     "x\\x0a2018-10-08T09:00:00+08:00 ERROR 质量"                                                                          },
    {"x\r\033[31m",                               "\"x\\x0d\\x1b[31m\"",                              "x\\x0d\\x1b[31m"      },
    {"\\x0a",                                     "\"\\\\x0a\"",                                      "\\x0a"                },
    {"\xff\xc3(\xe8\xb4",                         "\"\\xff\\xc3(\\xe8\\xb4\"",                        "\\xff\\xc3(\\xe8\\xb4"},
    {"\xc2\x9b"
     "31m",                                  "\"\\xc2\\x9b31m\"",                                "\\xc2\\x9b31m"        }, // CSI of terminals
    {"a\u2028b",                                  "\"a\\xe2\\x80\\xa8b\"",                            "a\\xe2\\x80\\xa8b"    }, // a line break
    {"a\u202eb",                                  "\"a\\xe2\\x80\\xaeb\"",                            "a\\xe2\\x80\\xaeb"    }, // turns the direction
    {"a\u3000b=c",                                "\"a\u3000b=c\"",
     "a\u3000"
     "b=c"                                                                                                                   },
    {"\xed\xa0\x80",                              "\"\\xed\\xa0\\x80\"",                              "\\xed\\xa0\\x80"      }, // half of a pair
    {"\xc0\xaf",                                  "\"\\xc0\\xaf\"",                                   "\\xc0\\xaf"           }, // longer than it need be
};

Test(log, nobody_forges_a_line_or_a_field)
{
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof(HOSTILE) / sizeof(HOSTILE[0]); i++) {
        const struct log_call call = {.kind = SAY_WORKER_SILENT, .principal = HOSTILE[i].text};
        cr_expect_str_eq(log_value(HOSTILE[i].text, true, arena), HOSTILE[i].quoted);
        cr_expect_str_eq(log_value(HOSTILE[i].text, false, arena), HOSTILE[i].plain);
        const char *json = log_json(&call, "awardd", "2018-10-08T09:00:00+08:00", arena);
        cr_expect_null(strchr(json, '\n'), "%s", json);
        json_t *read = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
        cr_assert_not_null(read, "%s", json);
        cr_expect_str_eq(json_string_value(json_object_get(read, "principal")), HOSTILE[i].plain);
        json_decref(read);
    }
    arena_destroy(arena);
}

Test(log, a_text_that_is_too_long_is_cut_and_says_so)
{
    struct arena *arena = arena_create();
    static char text[3 * LOG_VALUE_BYTES_MAX];
    memset(text, 'x', sizeof(text) - 1);
    const char *value = log_value(text, true, arena);
    cr_assert_eq(strlen(value), LOG_VALUE_BYTES_MAX + strlen("…"));
    cr_assert_str_eq(value + LOG_VALUE_BYTES_MAX, "…");
    text[LOG_VALUE_BYTES_MAX] = '\0';
    cr_assert_str_eq(log_value(text, true, arena), text);
    arena_destroy(arena);
}

Test(log, addresses_that_others_repeat_are_masked)
{
    struct arena *arena = arena_create();
    const struct log_call call = {
        .kind = SAY_TASK_FAILED,
        .task = "deliver_message:2018-1:1",
        .reason = "550 no mailbox wang.li@award-office.example, call 13800001234",
    };
    const char *text = log_message(&call, arena);
    cr_assert_not_null(strstr(text, " reason=\"550 no mailbox ***, call ***\""), "%s", text);
    arena_destroy(arena);
}

// ---- JSON

Test(log, a_line_of_json_has_texts_and_numbers)
{
    int from = pipe_open();
    char text[2048];
    log_open("award-scoring", LOG_INFO, LOG_JSON);
    log_say(SAY_CLOCK_BEHIND, .behind_seconds = 301, .bound_seconds = 300);
    read_all(from, text, sizeof(text));
    json_t *read = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    cr_assert_not_null(read, "%s", text);
    cr_assert_str_eq(json_string_value(json_object_get(read, "level")), "error");
    cr_assert_str_eq(json_string_value(json_object_get(read, "program")), "award-scoring");
    cr_assert_str_eq(json_string_value(json_object_get(read, "kind")), "clock_behind");
    cr_assert_str_eq(json_string_value(json_object_get(read, "message_id")),
                     log_kind_row(SAY_CLOCK_BEHIND)->id);
    cr_assert_eq(json_integer_value(json_object_get(read, "behind_seconds")), 301);
    cr_assert_eq(json_object_size(read), 8);
    json_decref(read);
}

// ---- Pace

// So that what follows happens within one second.
static void second_begin(void)
{
    int64_t second = clock_monotonic_ms() / 1000;
    while (clock_monotonic_ms() / 1000 == second) {
    }
}

Test(log, of_one_kind_so_many_lines_a_second_and_then_how_many_more)
{
    enum { MORE = 7 };
    int from = pipe_open();
    static char text[64 * 1024];
    log_open("awardd", LOG_INFO, LOG_TEXT);
    second_begin();
    for (int i = 0; i < LOG_PACE_LINES + MORE; i++) {
        log_say(SAY_KEY_REFUSED, .key = "k");
    }
    log_say(SAY_WORKER_LEFT, .principal = "another-kind");
    read_all(from, text, sizeof(text));
    cr_assert_eq(lines_count(text), LOG_PACE_LINES + 1);
    second_begin();
    log_say(SAY_WORKER_LEFT, .principal = "later");
    read_all(from, text, sizeof(text));
    cr_assert_eq(lines_count(text), 2);
    cr_assert_not_null(strstr(text, "lines=key_refused count=7\n"), "%s", text);
    second_begin();
    log_say(SAY_KEY_REFUSED, .key = "k");
    read_all(from, text, sizeof(text));
    cr_assert_eq(lines_count(text), 1, "it is told once: %s", text);
}

// Reads what there is until the pipe is empty; returns how many lines it was.
static size_t lines_drain(int from, char *last, size_t size)
{
    size_t count = 0;
    for (int waiting = 1; waiting > 0;) {
        read_all(from, last, size);
        count += lines_count(last);
        cr_assert_eq(ioctl(from, FIONREAD, &waiting), 0);
    }
    return count;
}

Test(log, a_pipe_that_nobody_reads_holds_up_nothing_and_what_it_lost_is_counted, .timeout = 30)
{
    enum { ROOM_BYTES = 2 * 4096, SAID = LOG_PACE_LINES };
    int from = pipe_open();
    static char text[64 * 1024];
    cr_assert_geq(fcntl(from, F_SETPIPE_SZ, ROOM_BYTES), 0);
    log_open("awardd", LOG_INFO, LOG_TEXT);
    second_begin();
    for (int i = 0; i < SAID; i++) {
        log_say(SAY_WORKER_LEFT,
                .principal = "a-name-of-some-length-so-that-the-pipe-is-soon-full");
    }
    size_t read = lines_drain(from, text, sizeof(text));
    cr_assert_lt(read, SAID);
    second_begin();
    log_say(SAY_KEY_REFUSED, .key = "k");
    cr_assert_eq(lines_drain(from, text, sizeof(text)), 2);
    char told[64];
    (void)snprintf(told, sizeof(told), "lines=worker_left count=%zu\n", SAID - read);
    cr_assert_not_null(strstr(text, told), "%s in %s", told, text);
}

// ---- The journal

Test(log, the_journal_is_known_by_the_stream_that_its_variable_names)
{
    int from = pipe_open();
    struct stat status;
    char stream[64];
    cr_assert_eq(fstat(STDERR_FILENO, &status), 0);
    (void)unsetenv("JOURNAL_STREAM");
    cr_assert_not(log_journal_has(STDERR_FILENO));
    (void)snprintf(stream, sizeof(stream), "%ju:%ju", (uintmax_t)status.st_dev,
                   (uintmax_t)status.st_ino);
    (void)setenv("JOURNAL_STREAM", stream, 1);
    cr_assert(log_journal_has(STDERR_FILENO));
    cr_assert_not(log_journal_has(STDOUT_FILENO));
    (void)setenv("JOURNAL_STREAM", "no stream", 1);
    cr_assert_not(log_journal_has(STDERR_FILENO));
    (void)close(from);
}

// ---- The table

Test(log, each_kind_has_a_name_and_an_id_of_its_own_and_both_sentences)
{
    for (int i = 0; i < SAY_KINDS; i++) {
        const struct log_kind_row *row = log_kind_row((enum log_kind)i);
        cr_expect_eq(strlen(row->id), 32, "%s", row->name);
        cr_expect_eq(strspn(row->id, "0123456789abcdef"), 32, "%s", row->name);
        cr_expect(row->zh[0] != '\0' && row->en[0] != '\0', "%s", row->name);
        cr_expect_eq(row->advice_zh[0] != '\0', row->advice_en[0] != '\0', "%s", row->name);
        cr_expect_eq(row->fields[LOG_FIELDS_MAX - 1], FIELD_END, "%s", row->name);
        for (int other = 0; other < i; other++) {
            cr_expect_str_neq(row->name, log_kind_row((enum log_kind)other)->name);
            cr_expect_str_neq(row->id, log_kind_row((enum log_kind)other)->id);
        }
    }
}

Test(log, what_is_wrong_says_what_to_do)
{
    for (int i = 0; i < SAY_KINDS; i++) {
        const struct log_kind_row *row = log_kind_row((enum log_kind)i);
        cr_expect(row->level != LOG_ERROR || row->advice_en[0] != '\0', "%s", row->name);
    }
}
