// service - what a service manager is told: ready, one line, signs of life
#include "common/service.h"

#include "common/clock.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

int64_t service_sign_ms(void)
{
    enum { SIGNS = 2 };
    uint64_t waits_us = 0;
    if (sd_watchdog_enabled(0, &waits_us) <= 0) {
        return 0;
    }
    return (int64_t)(waits_us / US_PER_MS / SIGNS);
}

void service_alive(void)
{
    (void)sd_notify(0, "WATCHDOG=1");
}

void service_ready(void)
{
    (void)sd_notify(0, "READY=1");
}

void service_reloading(void)
{
    (void)sd_notify(0, "RELOADING=1");
}

static void hangup_mask(int how)
{
    sigset_t hangup;
    (void)sigemptyset(&hangup);
    (void)sigaddset(&hangup, SIGHUP);
    (void)pthread_sigmask(how, &hangup, NULL);
}

void service_hangup_hold(void)
{
    hangup_mask(SIG_BLOCK);
}

void service_hangup_take(void)
{
    hangup_mask(SIG_UNBLOCK);
}

void service_stopping(void)
{
    (void)sd_notify(0, "STOPPING=1");
}

// Each takes the lowest number that is free, the other way round than it is used.
void service_standard_hold(void)
{
    for (int wanted = STDIN_FILENO; wanted <= STDERR_FILENO; wanted++) {
        if (fcntl(wanted, F_GETFD) == -1) {
            (void)!open("/dev/null", wanted == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

bool service_output_lost(void)
{
    bool lost = fflush(stdout) != 0;
    return lost || ferror(stdout) != 0;
}

int service_output_end(const char *program, int status, int lost)
{
    if (!service_output_lost()) {
        return status;
    }
    (void)fprintf(stderr,
                  "%s: 输出写不出去；请检查磁盘和管道 / the output cannot be written; look at disk "
                  "and pipe\n",
                  program);
    return status == 0 ? lost : status;
}

void service_status(const char *format, ...)
{
    enum { STATUS_BYTES = 256 };
    char text[STATUS_BYTES];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    (void)sd_notifyf(0, "STATUS=%s", text);
}
