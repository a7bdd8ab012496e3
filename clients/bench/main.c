// award-bench - what a coordinator does, beside what storage alone admits
//
// The parts that scripts/bench puts together. Each works on one office, reading its awardctl.yaml
// and awardd.yaml (awardctl init makes them), on the machine that its database is on. What it
// writes stays in the database: use one that is thrown away. Figures are lines on standard output:
// name, value, unit.
#include "clients/bench/cases.h"
#include "clients/bench/deadlines.h"
#include "clients/bench/deciding_speed.h"
#include "clients/bench/exemplars.h"
#include "clients/bench/firing.h"
#include "clients/bench/load.h"
#include "clients/bench/loads.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_OK = 0, STATUS_VOID = 1, STATUS_USAGE = 2 };

static const char USAGE[] =
    "用法 / usage: award-bench --home DIR COMMAND\n"
    "  DIR 是 awardctl init 建立的目录，用后即弃 / made by awardctl init, to be thrown away\n"
    "\n"
    "  --load EVENTS --clients N --packed EVENTS --cases N --seconds N --pid PID\n"
    "      [--hot N] [--round N --rounds N]   awardd 运行时 / while awardd runs\n"
    "  --watch-firing N --beside DIR --pid PID [--output table|json]   同上 / the same\n"
    "  --make-cases N                   awardd 未运行；随后 awardd rebuild / while it does not "
    "run,\n"
    "  --make-enterprises N             and awardd rebuild afterwards\n"
    "  --make-deadlines N --due N --in SECONDS\n"
    "  --decide yes                     awardd 未运行 / while it does not run\n"
    "  --tail yes                       同上 / the same\n"
    "  --repeat DIR --first ENTRY --last ENTRY --group N  awardd 未运行 / while it does not run\n";

struct arguments {
    const char *home;
    const char *beside; // its copy, not served
    bool json;
    size_t make_cases;
    size_t make_enterprises;
    size_t make_deadlines;
    size_t due;
    size_t in;
    size_t watch;
    size_t pid;
    bool decide;
    bool tail;
    struct loads_load load;
    struct loads_repeat repeat;
};

static bool number_read(const char *text, size_t *number)
{
    enum { DECIMAL = 10, NUMBER_MAX = 1000000000 };
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, DECIMAL);
    *number = value;
    return errno == 0 && *text >= '0' && *text <= '9' && *end == '\0' && value > 0 &&
           value <= NUMBER_MAX;
}

static bool number_argument_read(struct arguments *arguments, const char *name, const char *value)
{
    const struct {
        const char *name;
        size_t *number;
    } numbers[] = {
        {"--make-cases",       &arguments->make_cases      },
        {"--make-enterprises", &arguments->make_enterprises},
        {"--make-deadlines",   &arguments->make_deadlines  },
        {"--due",              &arguments->due             },
        {"--in",               &arguments->in              },
        {"--watch-firing",     &arguments->watch           },
        {"--pid",              &arguments->pid             },
        {"--load",             &arguments->load.in_flight  },
        {"--clients",          &arguments->load.clients    },
        {"--packed",           &arguments->load.packed     },
        {"--cases",            &arguments->load.cases      },
        {"--hot",              &arguments->load.hot        },
        {"--seconds",          &arguments->load.seconds    },
        {"--round",            &arguments->load.round      },
        {"--rounds",           &arguments->load.rounds     },
        {"--first",            &arguments->repeat.first    },
        {"--last",             &arguments->repeat.last     },
        {"--group",            &arguments->repeat.group    },
    };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            return number_read(value, numbers[i].number);
        }
    }
    return false;
}

static bool yes_read(const char *value, bool *yes)
{
    *yes = strcmp(value, "yes") == 0;
    return *yes;
}

static bool argument_read(struct arguments *arguments, const char *name, const char *value)
{
    if (strcmp(name, "--home") == 0) {
        arguments->home = value;
        return true;
    }
    if (strcmp(name, "--beside") == 0) {
        arguments->beside = value;
        return true;
    }
    if (strcmp(name, "--repeat") == 0) {
        arguments->repeat.home = value;
        return true;
    }
    if (strcmp(name, "--decide") == 0) {
        return yes_read(value, &arguments->decide);
    }
    if (strcmp(name, "--tail") == 0) {
        return yes_read(value, &arguments->tail);
    }
    if (strcmp(name, "--output") == 0) {
        arguments->json = strcmp(value, "json") == 0;
        return arguments->json || strcmp(value, "table") == 0;
    }
    return number_argument_read(arguments, name, value);
}

static bool load_valid(const struct loads_load *load)
{
    enum { PACKED_MAX = 1024 };
    return load->clients > 0 && load->clients <= LOAD_CLIENTS_MAX &&
           load->in_flight >= load->clients && load->in_flight <= (size_t)LOAD_IN_FLIGHT_MAX &&
           load->packed > 0 && load->packed <= PACKED_MAX &&
           (load->hot == 0 || load->hot >= EXEMPLAR_CASES_MIN) && load->hot <= load->cases &&
           load->seconds > 0 && load->round <= load->rounds;
}

typedef bool (*command)(const struct arguments *arguments, const struct bench_office *office);

// The command that is asked for; NULL where there is none, or something that it needs is missing.
static command command_of(const struct arguments *arguments);

static bool arguments_read(struct arguments *arguments, int argc, char **argv)
{
    bool good = argc % 2 == 1;
    for (int i = 1; good && i + 1 < argc; i += 2) {
        good = argument_read(arguments, argv[i], argv[i + 1]);
    }
    return good && arguments->home != NULL && command_of(arguments) != NULL;
}

// ---- Commands

static bool run_make_cases(const struct arguments *arguments, const struct bench_office *office)
{
    return cases_make(office, arguments->make_cases);
}

static bool run_make_enterprises(const struct arguments *arguments,
                                 const struct bench_office *office)
{
    return enterprises_make(office, arguments->make_enterprises);
}

static bool run_make_deadlines(const struct arguments *arguments, const struct bench_office *office)
{
    return deadlines_make(office, arguments->make_deadlines, arguments->due, arguments->in);
}

static bool run_watch(const struct arguments *arguments, const struct bench_office *office)
{
    return firing_watch(office, arguments->beside, arguments->watch, arguments->pid,
                        arguments->json);
}

static bool run_decide(const struct arguments *arguments, const struct bench_office *office)
{
    (void)arguments;
    return deciding_speed_measure(office);
}

static bool run_tail(const struct arguments *arguments, const struct bench_office *office)
{
    (void)arguments;
    return loads_tail(office);
}

static bool run_load(const struct arguments *arguments, const struct bench_office *office)
{
    return loads_measure(office, &arguments->load);
}

static bool run_repeat(const struct arguments *arguments, const struct bench_office *office)
{
    return loads_repeat(office, &arguments->repeat);
}

static command command_of(const struct arguments *arguments)
{
    const struct loads_repeat *repeat = &arguments->repeat;
    if (arguments->make_cases > 0) {
        return run_make_cases;
    }
    if (arguments->make_enterprises > 0) {
        return run_make_enterprises;
    }
    if (arguments->make_deadlines > 0) {
        bool good =
            arguments->due > 0 && arguments->in > 0 && arguments->due <= arguments->make_deadlines;
        return good ? run_make_deadlines : NULL;
    }
    if (arguments->watch > 0) {
        return arguments->pid > 0 && arguments->beside != NULL ? run_watch : NULL;
    }
    if (arguments->load.in_flight > 0) {
        return arguments->pid > 0 && load_valid(&arguments->load) ? run_load : NULL;
    }
    if (arguments->decide) {
        return run_decide;
    }
    if (arguments->tail) {
        return run_tail;
    }
    bool good = repeat->home != NULL && repeat->first > 0 && repeat->last >= repeat->first &&
                repeat->group > 0;
    return good ? run_repeat : NULL;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {
        .load = {.round = 1, .rounds = 1}
    };
    if (!arguments_read(&arguments, argc, argv)) {
        (void)fputs(USAGE, stderr);
        return STATUS_USAGE;
    }
    if (sodium_init() < 0) {
        return STATUS_VOID;
    }
    arguments.load.pid = arguments.pid;
    struct bench_office office;
    bool good =
        bench_office_open(&office, arguments.home) && command_of(&arguments)(&arguments, &office);
    bench_office_close(&office);
    return good ? STATUS_OK : STATUS_VOID;
}
