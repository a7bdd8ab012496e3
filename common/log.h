// log - one line per thing that an administrator may act on
//
// What a line may be is a row of one table (common/log_kinds.h): its sentence, its level, what to
// do about it, and the fields that go with it. A call gives the kind and the fields:
//
//     log_say(SAY_WORKER_SILENT, .principal = worker->name);
//
// Where standard error is the system's journal, the fields go there as fields; elsewhere a line is
// plain text ("2018-10-08T09:00:00+08:00 WARN  sentence principal=worker-scoring") or JSON. No
// personal data, no line per event at the default level. Of one kind so many lines are written a
// second, and then how many were left out; a pipe or a terminal that nobody reads holds up nothing,
// and its lines are counted likewise.
#pragma once

#include "common/log_kinds.h"

#include <stdint.h>

enum log_format {
    LOG_TEXT,
    LOG_JSON, // an object a line
};

enum {
    LOG_PACE_LINES = 50, // of one kind in one second
    LOG_WAIT_MS = 100,   // for who reads standard error
};

// Sets or changes how the program logs; the name lives as long as it does.
void log_open(const char *program, enum log_level level, enum log_format format);

// The fields of a line. A member that the row of the kind does not name is not written; a text that
// is NULL is left out.
struct log_call {
    enum log_kind kind;

    const char *case_id; // "2018/9150000020286320X6/1"
    const char *principal;
    const char *code; // of docs/errors.md
    const char *reason;
    const char *event; // its name in the contract
    const char *event_id;
    const char *query;
    const char *task;
    const char *subject; // of something due
    const char *record;
    const char *key; // a public one
    const char *digest;
    const char *setting; // a key of a configuration
    const char *from;
    const char *to;
    const char *file;
    const char *endpoint;
    const char *address; // of a page
    const char *clients; // endpoints
    const char *workers;
    const char *feed;
    const char *city;
    const char *rehearsal;
    const char *version;
    const char *instance;
    const char *lines; // a kind of them

    int64_t entry;
    int64_t duration_us;
    int64_t count;
    int64_t status;
    int64_t signal;
    int64_t changed;
    int64_t restart;
    int64_t allowed;
    int64_t needed;
    int64_t behind_seconds;
    int64_t bound_seconds;
};

#define log_say(...) log_write(&(const struct log_call){.kind = __VA_ARGS__})

void log_write(const struct log_call *call);
