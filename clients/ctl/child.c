// child - runs a program of the system to its end, within bounds
//
// Its output comes through a pipe and is read until it closes, a bound is passed or the time is
// over; then the child is ended, if it has not ended by itself, and waited for.
#include "clients/ctl/child.h"

#include "common/clock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    STATUS_ABSENT = 127, // as a shell says it
    STATUS_BROKEN = 126,
    MEMORY_BYTES = 1024 * 1024 * 1024,
    FIRST_BYTES = 64 * 1024,
};

// What the child may take whatever its reader does.
static void limits_set(const struct child *child)
{
    const struct rlimit memory = {MEMORY_BYTES, MEMORY_BYTES};
    rlim_t seconds = child->milliseconds_max / MS_PER_SECOND + 1;
    const struct rlimit processor = {seconds, seconds};
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_AS, &memory);
    (void)setrlimit(RLIMIT_CPU, &processor);
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)setrlimit(RLIMIT_FSIZE, &none);
}

// In the child: nothing but system calls until the program runs.
static _Noreturn void child_become(const struct child *child, int output)
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(child->input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0) {
        _exit(STATUS_BROKEN);
    }
    limits_set(child);
    char *words[16] = {NULL};
    for (size_t i = 0; child->words[i] != NULL && i + 1 < sizeof(words) / sizeof(words[0]); i++) {
        memcpy(&words[i], &child->words[i], sizeof(words[i])); // execvp takes no const
    }
    (void)execvp(words[0], words);
    _exit(errno == ENOENT ? STATUS_ABSENT : STATUS_BROKEN);
}

struct gathered {
    char *text;
    size_t length;
    size_t room;
};

static void room_make(struct gathered *gathered, struct arena *arena)
{
    if (gathered->room - gathered->length > 1) {
        return;
    }
    size_t room = gathered->room > 0 ? gathered->room * 2 : FIRST_BYTES;
    char *larger = arena_alloc(arena, room);
    if (gathered->length > 0) {
        memcpy(larger, gathered->text, gathered->length);
    }
    gathered->text = larger;
    gathered->room = room;
}

// Reads until the end of the output.
static enum child_end output_gather(const struct child *child, int fd, struct arena *arena,
                                    struct gathered *gathered)
{
    int64_t until_ms = clock_monotonic_ms() + child->milliseconds_max;
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left_ms = until_ms - clock_monotonic_ms();
        int count = left_ms > 0 ? poll(&ready, 1, (int)left_ms) : 0;
        if (count == 0) {
            return CHILD_TOO_LONG;
        }
        room_make(gathered, arena);
        ssize_t got = count < 0 ? -1
                                : read(fd, gathered->text + gathered->length,
                                       gathered->room - gathered->length - 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0 ? CHILD_DONE : CHILD_FAILED;
        }
        gathered->length += (size_t)got;
        if (gathered->length > child->output_bytes_max) {
            return CHILD_TOO_MUCH;
        }
    }
}

static enum child_end child_await(pid_t pid, enum child_end end)
{
    int status = 0;
    if (end != CHILD_DONE) {
        (void)kill(pid, SIGKILL);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (end != CHILD_DONE) {
        return end;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_ABSENT) {
        return CHILD_ABSENT;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? CHILD_DONE : CHILD_FAILED;
}

enum child_end child_run(const struct child *child, struct arena *arena, const char **output,
                         size_t *length)
{
    int ends[2];
    struct gathered gathered = {0};
    assert(child->words[0] != NULL);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return CHILD_FAILED;
    }
    pid_t pid = fork();
    if (pid == 0) {
        child_become(child, ends[1]);
    }
    (void)close(ends[1]);
    enum child_end end = CHILD_FAILED;
    if (pid > 0) {
        room_make(&gathered, arena);
        end = child_await(pid, output_gather(child, ends[0], arena, &gathered));
    }
    (void)close(ends[0]);
    *output = gathered.text;
    *length = gathered.length;
    return end;
}
