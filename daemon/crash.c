// crash - a coordinator that is ended by a damaged file says so
#include "daemon/crash.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

// In a handler nothing may be done but write.
static void say_and_end(int signal_number)
{
    static const char text[] =
        "awardd: 读取内存时崩溃，数据库文件可能已损坏；请运行 awardd verify，损坏的是状态则运行 "
        "awardd "
        "rebuild，是日志则从备份恢复\n"
        "        crashed reading memory, a file of the database may be damaged; run awardd verify, "
        "then awardd rebuild where it is the state, or restore a backup where it is the journal\n";
    ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);
    (void)written;
    (void)raise(signal_number); // by now as it was at first
}

void crash_explain(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS};
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
        struct sigaction before;
        struct sigaction ours = {.sa_handler = say_and_end, .sa_flags = (int)SA_RESETHAND};
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
            (void)sigaction(signals[i], &ours, NULL);
        }
    }
}
