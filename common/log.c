// log - one line per thing that an administrator may act on
//
// A line is put together first and written in one piece, so that lines of two threads do not mix.
// On a terminal, where several programs may share the screen, the level has a colour (not where
// NO_COLOR is set) and the program's name stands before the sentence; elsewhere the service manager
// says whose line it is.
#include "common/log.h"

#include "common/clock.h"
#include "common/log_journal.h"
#include "common/log_text.h"
#include "common/time.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char *name;
    const char *colour;
} levels[] = {
    [LOG_ERROR] = {"ERROR", "\033[31m"},
    [LOG_WARN] = {"WARN ", "\033[33m"},
    [LOG_INFO] = {"INFO ", "\033[32m"},
    [LOG_DEBUG] = {"DEBUG", "\033[2m" },
};

// How many lines of a kind were written in a second, and how many more there were.
struct pace {
    int64_t second;
    unsigned int lines;
    unsigned int left_out;
};

static const char *log_program = "";
static enum log_level log_level_max = LOG_INFO;
static enum log_format log_format = LOG_TEXT;
static bool log_terminal;
static bool log_colours;
static bool log_journal;
static bool log_unread; // nobody took the last line
static struct pace log_paces[SAY_KINDS];
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;

void log_open(const char *program, enum log_level level, enum log_format format)
{
    assert(program != NULL && level <= LOG_DEBUG && format <= LOG_JSON);
    log_program = program;
    log_level_max = level;
    log_format = format;
    log_terminal = isatty(STDERR_FILENO) == 1;
    log_colours = log_terminal && getenv("NO_COLOR") == NULL;
    log_journal = log_journal_has(STDERR_FILENO);
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

static const char *line_make(const struct log_call *call, struct arena *arena)
{
    char when[MOMENT_TEXT_BYTES];
    enum log_level level = log_kind_row(call->kind)->level;
    time_text(when);
    if (log_format == LOG_JSON) {
        return arena_format(arena, "%s\n", log_json(call, log_program, when, arena));
    }
    const char *message = log_message(call, arena);
    if (log_terminal) {
        return arena_format(arena, "%s %s%s%s %s: %s\n", when,
                            log_colours ? levels[level].colour : "", levels[level].name,
                            log_colours ? "\033[0m" : "", log_program, message);
    }
    return arena_format(arena, "%s %s %s\n", when, levels[level].name, message);
}

// Whether there is room for PIPE_BUF bytes, so that a write of as many does not wait. Who reads may
// take a moment; while he does not read at all nobody waits for him again.
static bool room_wait(void)
{
    struct pollfd error = {.fd = STDERR_FILENO, .events = POLLOUT};
    int ready;
    do {
        ready = poll(&error, 1, log_unread ? 0 : LOG_WAIT_MS);
    } while (ready < 0 && errno == EINTR);
    log_unread = ready == 0;
    return !log_unread;
}

// False where nobody reads it.
static bool text_write(const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        if (!room_wait()) {
            return false;
        }
        ssize_t written = write(STDERR_FILENO, text, length < PIPE_BUF ? length : PIPE_BUF);
        if (written <= 0) {
            return true; // there is nobody left to tell
        }
        text += written;
        length -= (size_t)written;
    }
    return true;
}

static bool line_write(const struct log_call *call)
{
    struct arena *arena = arena_create();
    bool written = (log_journal && log_journal_send(call, log_program, arena)) ||
                   text_write(line_make(call, arena));
    arena_destroy(arena);
    return written;
}

// ---- Pace

static void left_out_tell(int64_t second)
{
    for (int kind = 0; kind < SAY_KINDS; kind++) {
        struct pace *pace = &log_paces[kind];
        if (pace->left_out > 0 && pace->second != second &&
            line_write(&(const struct log_call){.kind = SAY_LEFT_OUT,
                                                .lines = log_kind_row((enum log_kind)kind)->name,
                                                .count = pace->left_out})) {
            pace->left_out = 0;
        }
    }
}

// Whether one more line of a kind may be written.
static bool pace_take(enum log_kind kind, int64_t second)
{
    struct pace *pace = &log_paces[kind];
    if (pace->second != second) {
        pace->second = second;
        pace->lines = 0;
    }
    bool taken = pace->lines < LOG_PACE_LINES;
    pace->lines += taken ? 1 : 0;
    return taken;
}

void log_write(const struct log_call *call)
{
    if (log_kind_row(call->kind)->level > log_level_max) {
        return;
    }
    (void)pthread_mutex_lock(&log_lock);
    int64_t second = clock_monotonic_ms() / 1000;
    left_out_tell(second);
    if (!pace_take(call->kind, second) || !line_write(call)) {
        log_paces[call->kind].left_out++;
    }
    (void)pthread_mutex_unlock(&log_lock);
}
