// log - one line per fact that an administrator may act on
//
// A line is put together first and written in one piece, so that lines of two threads do not mix.
// Control characters in it become blanks: nobody forges a line by a name with a line break. On a
// terminal, where several programs may share the screen, the level has a colour and the program's
// name stands before the sentence; elsewhere the service manager says whose line it is.
#include "common/log.h"

#include "common/clock.h"
#include "common/time.h"

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES_MAX = 4096 };

static const struct {
    const char *name;
    const char *colour;
} levels[] = {
    [LOG_ERROR] = {"ERROR", "\033[31m"},
    [LOG_WARN] = {"WARN ", "\033[33m"},
    [LOG_INFO] = {"INFO ", "\033[32m"},
    [LOG_DEBUG] = {"DEBUG", "\033[2m" },
};

static const char *log_program = "";
static enum log_level log_level_max = LOG_INFO;
static bool log_terminal;

void log_open(const char *program, enum log_level level)
{
    assert(program != NULL && level <= LOG_DEBUG);
    log_program = program;
    log_level_max = level;
    log_terminal = isatty(STDERR_FILENO) == 1;
}

// The second that it is, or nothing where the machine's clock is out of all bounds.
static void time_text(char text[MOMENT_TEXT_BYTES])
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    int64_t moment = (int64_t)now.tv_sec * 1000;
    if (moment_valid(moment)) {
        moment_format(moment, text);
    } else {
        text[0] = '-';
        text[1] = '\0';
    }
}

static void line_clean(char *text)
{
    for (char *at = text; *at != '\0'; at++) {
        unsigned char character = (unsigned char)*at;
        *at = (char)(character < ' ' || character == 0x7F ? ' ' : character);
    }
}

static void line_write(enum log_level level, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void line_write(enum log_level level, const char *format, va_list args)
{
    assert(level <= LOG_DEBUG);
    if (level > log_level_max) {
        return;
    }
    char sentence[LINE_BYTES_MAX];
    (void)vsnprintf(sentence, sizeof(sentence), format, args);
    line_clean(sentence);

    char when[MOMENT_TEXT_BYTES];
    time_text(when);
    char line[LINE_BYTES_MAX + 256];
    int length;
    if (log_terminal) {
        length = snprintf(line, sizeof(line), "%s %s%s\033[0m %s: %s\n", when, levels[level].colour,
                          levels[level].name, log_program, sentence);
    } else {
        length = snprintf(line, sizeof(line), "%s %s %s\n", when, levels[level].name, sentence);
    }
    assert(length > 0);
    size_t size = (size_t)length < sizeof(line) ? (size_t)length : sizeof(line) - 1;
    if (write(STDERR_FILENO, line, size) < 0) {
        return; // there is nobody left to tell
    }
}

void log_line(enum log_level level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line_write(level, format, args);
    va_end(args);
}

void log_paced(struct log_pace *pace, enum log_level level, const char *format, ...)
{
    int64_t second = clock_monotonic_ms() / 1000;
    if (second != pace->second) {
        if (pace->left_out > 0) {
            log_line(level, "more lines as the last were left out lines=%u", pace->left_out);
        }
        *pace = (struct log_pace){.second = second};
    }
    if (pace->lines == LOG_PACE_LINES) {
        pace->left_out++;
        return;
    }
    pace->lines++;
    va_list args;
    va_start(args, format);
    line_write(level, format, args);
    va_end(args);
}
