// figures - what has been measured, for scripts/bench to put beside what else was
#include "clients/bench/figures.h"

#include "common/clock.h"

#include <inttypes.h>
#include <stdio.h>

void figure_print(const char *name, uint64_t value, const char *unit)
{
    (void)printf("%s %" PRIu64 " %s\n", name, value, unit);
    (void)fflush(stdout);
}

static void part_print(const char *name, const char *part, uint64_t value, const char *unit)
{
    char whole[FIGURE_NAME_BYTES];
    (void)snprintf(whole, sizeof(whole), "%s_%s", name, part);
    figure_print(whole, value, unit);
}

void figure_rate_print(const char *name, uint64_t events, uint64_t elapsed_ns)
{
    uint64_t ns = elapsed_ns > 0 ? elapsed_ns : 1;
    part_print(name, "rate", (uint64_t)((double)events * NS_PER_SECOND / (double)ns), "events/s");
}

void figure_spread_print(const char *name, const struct samples_spread *spread)
{
    part_print(name, "p50", spread->p50_ns / NS_PER_US, "us");
    part_print(name, "p99", spread->p99_ns / NS_PER_US, "us");
    part_print(name, "longest", spread->longest_ns / NS_PER_US, "us");
}
