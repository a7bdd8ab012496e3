// interrupt - a handler that notes the signal, and a pipe that wakes who waits
#include "clients/ctl/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int SIGNALS[] = {SIGINT, SIGTERM};

static volatile sig_atomic_t came;
static int ends[2] = {-1, -1};

// SA_RESETHAND has put the default back for this signal; it is put back for the other one as well.
static void note(int number)
{
    int kept = errno;
    came = number;
    for (size_t i = 0; i < sizeof(SIGNALS) / sizeof(SIGNALS[0]); i++) {
        (void)signal(SIGNALS[i], SIG_DFL);
    }
    ssize_t written = write(ends[1], "", 1);
    (void)written; // the pipe holds one byte at least
    errno = kept;
}

int interrupt_watch(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = note;
    action.sa_flags = SA_RESTART | (int)SA_RESETHAND;
    (void)sigemptyset(&action.sa_mask);
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        abort(); // out of descriptors at the start of a command
    }
    for (size_t i = 0; i < sizeof(SIGNALS) / sizeof(SIGNALS[0]); i++) {
        struct sigaction before;
        // Who started us in the background may have the interrupt ignored; so it stays.
        if (sigaction(SIGNALS[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            (void)sigaction(SIGNALS[i], &action, NULL);
        }
    }
    return ends[0];
}

int interrupt_came(void)
{
    return (int)came;
}
