// progress - how far something is that takes long, and how fast it goes
#include "daemon/progress.h"

#include "common/clock.h"

#include <inttypes.h>
#include <stdio.h>

static uint64_t rate(uint64_t done, int64_t elapsed_ms)
{
    return elapsed_ms > 0 ? done * MS_PER_SECOND / (uint64_t)elapsed_ms : 0;
}

void progress_begin(struct progress *progress, const char *what, uint64_t all)
{
    int64_t now_ms = clock_monotonic_ms();
    *progress = (struct progress){what, all, now_ms, now_ms};
}

void progress_at(struct progress *progress, uint64_t done)
{
    int64_t now_ms = clock_monotonic_ms();
    if (now_ms - progress->said_ms < MS_PER_SECOND) {
        return;
    }
    progress->said_ms = now_ms;
    (void)fprintf(stderr,
                  "%s: %" PRIu64 "/%" PRIu64 " 条日志，每秒 %" PRIu64 " 条 / entries, %" PRIu64
                  " a second\n",
                  progress->what, done, progress->all, rate(done, now_ms - progress->begun_ms),
                  rate(done, now_ms - progress->begun_ms));
}

void progress_end(const struct progress *progress)
{
    int64_t elapsed_ms = clock_monotonic_ms() - progress->begun_ms;
    if (elapsed_ms < MS_PER_SECOND) {
        return;
    }
    (void)fprintf(stderr,
                  "%s: %" PRIu64 " 条日志，%" PRId64 ".%" PRId64 " 秒，每秒 %" PRIu64
                  " 条 / entries, %" PRIu64 " a second\n",
                  progress->what, progress->all, elapsed_ms / MS_PER_SECOND,
                  elapsed_ms % MS_PER_SECOND / 100, rate(progress->all, elapsed_ms),
                  rate(progress->all, elapsed_ms));
}
