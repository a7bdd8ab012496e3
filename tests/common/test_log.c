// Lines on standard error, caught by a pipe or a terminal of the test's own.
#include "common/log.h"
#include "common/time.h"

#include <criterion/criterion.h>

#include <pty.h>
#include <stdlib.h>
#include <string.h>
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

Test(log, a_line_has_its_moment_level_and_sentence)
{
    int from = pipe_open();
    char text[512];
    int64_t moment;
    log_open("awardd", LOG_INFO);
    log_line(LOG_WARN, "worker is gone worker=%s entry=%d", "scoring-1", 17);
    read_all(from, text, sizeof(text));
    cr_assert(moment_parse(text, 25, &moment), "%s", text);
    cr_assert_str_eq(text + 25, " WARN  worker is gone worker=scoring-1 entry=17\n");
}

Test(log, lines_below_the_level_are_left_out)
{
    int from = pipe_open();
    char text[512];
    log_open("awardd", LOG_WARN);
    log_line(LOG_DEBUG, "debug");
    log_line(LOG_INFO, "info");
    log_line(LOG_ERROR, "error");
    read_all(from, text, sizeof(text));
    cr_assert_str_eq(text + 25, " ERROR error\n");
}

Test(log, nobody_forges_a_line)
{
    int from = pipe_open();
    char text[512];
    log_open("awardd", LOG_INFO);
    log_line(LOG_INFO, "name=%s", "x\n2018-10-08 ERROR\033[31m 质量");
    read_all(from, text, sizeof(text));
    cr_assert_str_eq(text + 25, " INFO  name=x 2018-10-08 ERROR [31m 质量\n");
}

Test(log, a_sentence_that_is_too_long_is_still_one_line)
{
    int from = pipe_open();
    static char sentence[20000];
    static char text[20000];
    memset(sentence, 'x', sizeof(sentence) - 1);
    log_open("awardd", LOG_INFO);
    log_line(LOG_INFO, "%s", sentence);
    read_all(from, text, sizeof(text));
    size_t length = strlen(text);
    cr_assert_leq(length, 4096 + 256);
    cr_assert_eq(strchr(text, '\n'), text + length - 1);
}

Test(log, a_terminal_gets_colours_and_the_program)
{
    int outer;
    int inner;
    char text[512];
    cr_assert_eq(openpty(&outer, &inner, NULL, NULL, NULL), 0);
    cr_assert_eq(dup2(inner, STDERR_FILENO), STDERR_FILENO);
    log_open("awardd", LOG_INFO);
    log_line(LOG_ERROR, "broken");
    read_all(outer, text, sizeof(text));
    cr_assert_str_eq(text + 25, " \033[31mERROR\033[0m awardd: broken\r\n");
}
