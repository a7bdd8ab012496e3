// ctl - what every command of awardctl works with
//
// A command is a file with its row at the top (`const struct command command_push`); main.c lists the
// rows. What is shown goes to standard output as a table, JSON or CSV; errors go to standard error and
// end with a status of the list below.
#pragma once

#include "clients/client.h"
#include "common/arena.h"
#include "settings/client_file.h"

#include <stdbool.h>

// Exit statuses; the manual lists the same.
enum ctl_status {
    CTL_OK = 0,
    CTL_NOT_ADMITTED = 1, // the coordinator refused or rejected something
    CTL_USAGE = 2,        // command line
    CTL_INPUT = 3,        // a file, a key or the configuration cannot be read
    CTL_UNREACHABLE = 4,  // no coordinator answers
    CTL_DIFFERENT = 5,    // verify: something does not agree
};

enum ctl_output { CTL_TABLE, CTL_JSON, CTL_CSV };

struct ctl {
    struct client_file settings;
    bool settings_read;       // false for commands that need none (init, explain)
    const char *home;         // directory of awardctl.yaml
    const char *principal;    // whose key is used: --as, or the file's default
    const char *keys;         // directory of keys: --keys, or the file's
    enum ctl_output output;
    uint32_t timeout_ms;
    bool colours;             // standard output is a terminal
    struct arena *arena;      // freed at the end of the command
};

struct command {
    const char *name;       // one word, or two ("case show")
    const char *arguments;  // "CASE", "FILE|- [--dry-run]"
    const char *zh;         // one line
    const char *en;
    const char *help;       // more of it, may be NULL
    bool needs_settings;
    int (*run)(struct ctl *ctl, int argc, char **argv); // argv[0] is the first word after the name
};

// Asks one query under the principal's key and returns its reply in the arena. On failure says why on
// standard error and returns NULL; *status is then what the command ends with.
const Award__QueryReply *ctl_query(struct ctl *ctl, Award__Query *query, int *status);

// Sends events in one batch; the answers are in their order. NULL and *status as above.
const Award__AnswerBatch *ctl_send(struct ctl *ctl, Award__Event **events, size_t count,
                                   bool dry_run, int *status);

// Prints an error: a Chinese sentence, an English one below it. Returns the status.
int ctl_error(int status, const char *zh, const char *en);

// Says that the command line is wrong and how it should be. Returns CTL_USAGE.
int ctl_usage(const struct command *command);

// Prints a message as JSON, as --output json wants it.
void ctl_print_json(struct ctl *ctl, const ProtobufCMessage *message);

// Prints the answer to one event as a person reads it: outcome, case, article, reasons.
void ctl_print_answer(struct ctl *ctl, const Award__Answer *answer);

const char *ctl_day(struct ctl *ctl, const Award__Day *day);          // "-" where absent
const char *ctl_moment(struct ctl *ctl, const Award__Moment *moment); // without seconds where 0
const char *ctl_points(struct ctl *ctl, const Award__Points *points);
const char *ctl_fraction(struct ctl *ctl, const Award__Fraction *fraction); // 4 decimals, half up
