// ctl - what every command of awardctl works with
//
// A command is a file with its row at the top (`const struct command command_push`); main.c lists
// the rows. What is shown goes to standard output as a table, JSON or CSV; errors go to standard
// error and end with a status of the list below.
#pragma once

#include "clients/client.h"
#include "common/arena.h"
#include "settings/client_file.h"
#include "settings/keyfile.h"

#include <stdbool.h>

// Exit statuses; the manual lists the same.
enum ctl_status {
    CTL_OK = 0,
    CTL_NOT_ADMITTED = 1, // the coordinator rejected something, or does not admit the key; check:
                          // something is wrong
    CTL_USAGE = 2,        // command line
    CTL_INPUT = 3,        // a file, a key or the configuration cannot be read
    CTL_UNREACHABLE = 4,  // no coordinator answers
    CTL_DIFFERENT = 5,    // verify, calendar check, init: something does not agree
};

enum ctl_output { CTL_TABLE, CTL_JSON, CTL_CSV };

struct ctl {
    struct client_file settings;
    bool settings_read;    // may be false where the command needs none (init, explain)
    const char *home;      // directory of awardctl.yaml
    const char *principal; // whose key is used: --as, or the file's default
    const char *as;        // --as alone, NULL where it is not given
    const char *keys;      // directory of keys: --keys, or the file's
    enum ctl_output output;
    uint32_t timeout_ms;
    bool colours;          // standard output is a terminal
    bool damage_told;      // it was said that something is damaged
    struct arena *arena;   // freed at the end of the command
    struct client *client; // under the principal's key, once ctl_client has opened it
};

struct command {
    const char *name;      // one word, or two ("case show")
    const char *arguments; // "CASE", "FILE|- [--dry-run]"
    const char *zh;        // one line
    const char *en;
    const char *help;    // more of it, may be NULL
    bool needs_settings; // else awardctl.yaml is read where there is one that can be read
    bool hidden;         // for programs: in no list of commands
    bool own_statuses;   // its help lists its exit statuses, which are others than awardctl's
    int (*run)(struct ctl *ctl, int argc, char **argv); // argv[0] is the first word after the name
};

// An option of a command's own. One of `text` and `flag` is set.
struct ctl_option {
    const char *name;  // "--dry-run"; NULL ends the list
    const char **text; // it has a value: "--city 重庆市" or "--city=重庆市"
    bool *flag;
};

// Takes the options out of the arguments, wherever they stand, and moves what is left to the front.
// Returns how many are left, or -1 when the command line is wrong and that has been said. Behind
// "--" nothing is an option.
int ctl_options(const struct command *command, const struct ctl_option options[], int argc,
                char **argv);

// The same, but leaves options of other lists where they are, "--" included. -1 when a value is
// missing or not wanted; nothing has been said then.
int ctl_options_some(const struct ctl_option options[], int argc, char **argv);

// Reads KEYS/NAME.key. False when it has said why not.
bool ctl_key_read(const struct ctl *ctl, const char *name, struct keyfile *key);

// The connection under the principal's key, opened at the first call and closed by main. NULL and
// *status as below. For the feed and for what is not one question or one batch.
struct client *ctl_client(struct ctl *ctl, int *status);

// Opens one more connection, under a key that has been read; the caller closes it. `beside` may be
// NULL. NULL when it has said why not.
struct client *ctl_connect(const struct ctl *ctl, const struct keyfile *key, uint32_t timeout_ms,
                           struct client *beside);

// Says why a request got no reply. Returns the status that the command ends with.
int ctl_client_error(const struct client_error *error);

// Asks one query under the principal's key and returns its reply in the arena. On failure says why
// on standard error and returns NULL; *status is then what the command ends with.
const Award__QueryReply *ctl_query(struct ctl *ctl, Award__Query *query, int *status);

// Sends events in one batch; the answers are in their order. NULL and *status as above.
const Award__AnswerBatch *ctl_send(struct ctl *ctl, Award__Event **events, size_t count,
                                   bool dry_run, int *status);

// Sends one event, prints its answer and returns it; NULL where there is none. *status is what the
// command ends with: a rejection is CTL_NOT_ADMITTED.
const Award__Answer *ctl_send_answer(struct ctl *ctl, Award__Event *event, bool dry_run,
                                     int *status);

// The same for who needs the status alone.
int ctl_send_one(struct ctl *ctl, Award__Event *event, bool dry_run);

// Prints an error: a Chinese sentence, an English one below it. Returns the status.
int ctl_error(int status, const char *zh, const char *en);

// The same about a place in a file. `path` may be NULL.
int ctl_file_error(const char *path, const struct settings_error *error);

// Says that the command line is wrong and how it should be. Returns CTL_USAGE.
int ctl_usage(const struct command *command);

// Prints a message as JSON, as --output json wants it.
void ctl_print_json(struct ctl *ctl, const ProtobufCMessage *message);

// Prints the answer to one event as a person reads it: outcome, case, article, reasons; one line of
// JSON under --output json.
void ctl_print_answer(struct ctl *ctl, const Award__Answer *answer);

const char *ctl_day(struct ctl *ctl, const Award__Day *day);          // "-" where absent
const char *ctl_moment(struct ctl *ctl, const Award__Moment *moment); // without seconds where 0
const char *ctl_outcome_zh(Award__Outcome__Name outcome);
const char *ctl_points(struct ctl *ctl, const Award__Points *points);
const char *ctl_fraction(struct ctl *ctl, const Award__Fraction *fraction); // 4 decimals, half up
