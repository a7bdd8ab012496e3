// award-bench - what a running coordinator does, beside what its disk alone admits
//
// Reads awardctl.yaml and awardd.yaml of one office (awardctl init makes them), and works on the
// machine that its database is on. What it writes stays in the database: use one that is thrown
// away. Alone it measures loads (loads.h); `--make-deadlines` writes deadlines into the journal of
// an office that is not served, `--watch-firing` measures how they fire (firing.h).
#include "clients/bench/deadlines.h"
#include "clients/bench/firing.h"
#include "clients/bench/loads.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_OK = 0, STATUS_VOID = 1, STATUS_USAGE = 2 };

static const char USAGE[] =
    "用法 / usage: award-bench --home DIR [--output table|json]\n"
    "  award-bench --home DIR --make-deadlines N --due N --in SECONDS\n"
    "  award-bench --home DIR --watch-firing N --pid PID [--output table|json]\n"
    "  DIR 是 awardctl init 建立的目录，其 awardd 正在运行；用后即弃的数据库\n"
    "  DIR was made by awardctl init and its awardd is running; use a database to be thrown away\n"
    "  --make-deadlines 时 awardd 不得运行；其后运行 awardd rebuild\n"
    "  with --make-deadlines awardd must not be running; run awardd rebuild afterwards\n";

struct arguments {
    const char *home;
    bool json;
    size_t make;
    size_t due;
    size_t seconds;
    size_t watch;
    size_t pid;
};

static bool number_read(const char *text, size_t *number)
{
    enum { DECIMAL = 10, NUMBER_MAX = 100000000 };
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, DECIMAL);
    *number = value;
    return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0' && value > 0 &&
           value <= NUMBER_MAX;
}

static bool argument_read(struct arguments *arguments, const char *name, const char *value)
{
    const struct {
        const char *name;
        size_t *number;
    } numbers[] = {
        {"--make-deadlines", &arguments->make   },
        {"--due",            &arguments->due    },
        {"--in",             &arguments->seconds},
        {"--watch-firing",   &arguments->watch  },
        {"--pid",            &arguments->pid    },
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            return number_read(value, numbers[i].number);
        }
    }
    if (strcmp(name, "--home") == 0) {
        arguments->home = value;
        return true;
    }
    arguments->json = strcmp(value, "json") == 0;
    return strcmp(name, "--output") == 0 && (arguments->json || strcmp(value, "table") == 0);
}

static bool arguments_read(struct arguments *arguments, int argc, char **argv)
{
    bool good = argc % 2 == 1;
    for (int i = 1; good && i + 1 < argc; i += 2) {
        good = argument_read(arguments, argv[i], argv[i + 1]);
    }
    bool make = arguments->make > 0;
    bool watch = arguments->watch > 0;
    return good && arguments->home != NULL && !(make && watch) && make == (arguments->due > 0) &&
           make == (arguments->seconds > 0) && watch == (arguments->pid > 0) &&
           arguments->due <= arguments->make;
}

static bool run(const struct arguments *arguments, const struct bench_office *office)
{
    if (arguments->make > 0) {
        return deadlines_make(office, arguments->make, arguments->due, arguments->seconds);
    }
    if (arguments->watch > 0) {
        return firing_watch(office, arguments->watch, arguments->pid, arguments->json);
    }
    return loads_measure(office, arguments->json);
}

int main(int argc, char **argv)
{
    struct arguments arguments = {0};
    if (!arguments_read(&arguments, argc, argv)) {
        (void)fputs(USAGE, stderr);
        return STATUS_USAGE;
    }
    if (sodium_init() < 0) {
        return STATUS_VOID;
    }
    struct bench_office office;
    bool good = bench_office_open(&office, arguments.home) && run(&arguments, &office);
    bench_office_close(&office);
    return good ? STATUS_OK : STATUS_VOID;
}
