// figures - what has been measured, as a table or as one JSON object a line
#include "clients/bench/figures.h"

#include "common/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

enum { NS_PER_SECOND = 1000000000, NS_PER_US = 1000, PER_MILLE = 1000, NAME_COLUMNS = 44 };

uint64_t figure_rate(const struct figure *figure)
{
    assert(figure->elapsed_ns > 0);
    return figure->events * NS_PER_SECOND / figure->elapsed_ns;
}

// Of the raw limit, in thousandths; 0 where there is none beside it.
static uint64_t share(const struct figure *figure)
{
    uint64_t limit = figure->beside != NULL ? figure_rate(figure->beside) : 0;
    return limit > 0 ? figure_rate(figure) * PER_MILLE / limit : 0;
}

void figures_begin(bool json, uint64_t entry_bytes)
{
    if (json) {
        return;
    }
    (void)printf("每条日志 %" PRIu64 " 字节 / %" PRIu64 " bytes an entry; us: 微秒\n", entry_bytes,
                 entry_bytes);
    (void)printf("%-*s%12s%11s%11s%12s%8s\n", NAME_COLUMNS, "", "events/s", "p50 us", "p99 us",
                 "longest us", "ratio");
}

// ---- The table

// Padded by columns, not bytes: a Chinese character has two.
static void name_print(const char *name)
{
    size_t width = text_width(name);
    int blanks = width < NAME_COLUMNS ? NAME_COLUMNS - (int)width : 1;
    (void)printf("%s%*s", name, blanks, "");
}

static void row_print(const struct figure *figure)
{
    char name[128];
    if (figure->messages_in_flight == 0) {
        (void)snprintf(name, sizeof(name), "磁盘极限 / raw limit, group of %zu",
                       figure->events_per_message);
    } else {
        (void)snprintf(name, sizeof(name), "在途 / in flight %zu x %zu", figure->messages_in_flight,
                       figure->events_per_message);
    }
    name_print(name);
    (void)printf("%12" PRIu64 "%11" PRIu64 "%11" PRIu64 "%12" PRIu64, figure_rate(figure),
                 figure->latency.p50_ns / NS_PER_US, figure->latency.p99_ns / NS_PER_US,
                 figure->latency.longest_ns / NS_PER_US);
    if (figure->beside != NULL) {
        uint64_t thousandths = share(figure);
        (void)printf("%4" PRIu64 ".%03" PRIu64, thousandths / PER_MILLE, thousandths % PER_MILLE);
    }
    (void)putchar('\n');
}

// ---- JSON

static void parameters_print(const struct figure *figure, uint64_t entry_bytes)
{
    if (figure->messages_in_flight == 0) {
        (void)printf("\"parameters\": {\"group\": %zu, \"entry_bytes\": %" PRIu64 "}",
                     figure->events_per_message, entry_bytes);
    } else {
        (void)printf("\"parameters\": {\"messages_in_flight\": %zu, \"events_per_message\": %zu, "
                     "\"entry_bytes\": %" PRIu64 "}",
                     figure->messages_in_flight, figure->events_per_message, entry_bytes);
    }
}

static void lines_print(const struct figure *figure, uint64_t entry_bytes)
{
    const char *subject = figure->messages_in_flight == 0 ? "raw_limit" : "acknowledged";
    const struct {
        const char *name;
        uint64_t value;
        const char *unit;
    } lines[] = {
        {"rate",             figure_rate(figure),        "events/s" },
        {"p50",              figure->latency.p50_ns,     "ns"       },
        {"p99",              figure->latency.p99_ns,     "ns"       },
        {"longest",          figure->latency.longest_ns, "ns"       },
        {"of_the_raw_limit", share(figure),              "per mille"},
    };
    size_t count = sizeof(lines) / sizeof(lines[0]) - (figure->beside == NULL ? 1 : 0);
    for (size_t i = 0; i < count; i++) {
        (void)printf("{\"name\": \"%s_%s\", ", subject, lines[i].name);
        parameters_print(figure, entry_bytes);
        (void)printf(", \"value\": %" PRIu64 ", \"unit\": \"%s\"}\n", lines[i].value,
                     lines[i].unit);
    }
}

void figures_print(bool json, const struct figure *figure, uint64_t entry_bytes)
{
    if (json) {
        lines_print(figure, entry_bytes);
    } else {
        row_print(figure);
    }
    (void)fflush(stdout);
}
