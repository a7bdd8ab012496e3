// log_kinds - the table of all that the programs log, a row each kind of line
//
// The page for administrators, the catalog of the journal and `awardctl explain log` are made from
// it (scripts/log). An id is for ever: a kind whose meaning changes is a new kind.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum log_level {
    LOG_ERROR, // the program cannot do what it promised
    LOG_WARN,  // something that somebody should look at
    LOG_INFO,  // started, stopped, connected
    LOG_DEBUG,
};

enum log_kind {
    // The coordinator: its life
    SAY_READY,
    SAY_STOPPED,
    SAY_DATABASE_UNOPENED,
    SAY_LISTEN_FAILED,
    SAY_METRICS_READY,
    SAY_METRICS_FAILED,
    SAY_DESCRIPTORS_FEW,
    SAY_SETTING_CHANGED,
    SAY_SETTING_WAITS,
    SAY_STUCK_INTAKE,
    SAY_STUCK_DUE,
    SAY_STUCK_STATE,
    SAY_CLOCK_BEHIND,
    SAY_CLOCK_CAUGHT_UP,
    // Its disk
    SAY_STORAGE_FAILED,
    SAY_STOP_UNWRITTEN,
    SAY_STATE_LEFT,
    SAY_GROUP_DISK_FULL,
    SAY_DUE_DISK_FULL,
    SAY_STATE_DISK_FULL,
    SAY_RECORD_DAMAGED,
    SAY_PAGE_DAMAGED,
    SAY_DUE_PASSED,
    SAY_ADDRESS_UNREADABLE,
    // Who comes to it
    SAY_CONNECTION_REFUSED,
    SAY_KEY_REFUSED,
    SAY_MESSAGE_REFUSED,
    SAY_NOT_AUTHORISED,
    SAY_ANSWER_UNSENT,
    SAY_WORKER_CONNECTED,
    SAY_WORKER_LEFT,
    SAY_WORKER_GONE,
    SAY_WORKER_SILENT,
    SAY_WORKERS_TOO_MANY,
    SAY_KEY_SHARED,
    SAY_TASK_UNANSWERED,
    // A worker
    SAY_STARTED,
    SAY_NOT_STARTED,
    SAY_CONFIG_WRONG,
    SAY_ENDPOINT_MISSING,
    SAY_ENDPOINT_WRONG,
    SAY_SECRET_MISSING,
    SAY_RESOURCES_USED_UP,
    SAY_LINK_DOWN,
    SAY_LINK_GREETING,
    SAY_LINK_UP,
    SAY_LINK_REFUSED,
    SAY_LINK_MISMATCH,
    SAY_LINK_FULL,
    SAY_TASK_FAILED,
    SAY_TASK_NAMELESS,
    SAY_RESULT_UNSENT,
    SAY_RESULT_TOO_LARGE,
    SAY_RESULT_REJECTED,
    SAY_RESULT_LATE,
    SAY_RESULTS_TOO_MANY,
    SAY_RESULTS_UNANSWERED,
    SAY_REFUSED,
    SAY_UNREADABLE,
    SAY_MAIL_LOGIN,
    // Each of them
    SAY_KEY_FILE_WRONG,
    SAY_RELOADED,
    SAY_RELOAD_WRONG,
    SAY_STOPPING,
    SAY_LEFT_OUT,
    SAY_KINDS
};

// `FIELD_END` ends a row's list, which has the order in which they are written.
enum log_field {
    FIELD_END,
    FIELD_EVENT,
    FIELD_QUERY,
    FIELD_CASE,
    FIELD_PRINCIPAL,
    FIELD_CODE,
    FIELD_ENTRY,
    FIELD_TASK,
    FIELD_EVENT_ID,
    FIELD_SUBJECT,
    FIELD_RECORD,
    FIELD_KEY,
    FIELD_DIGEST,
    FIELD_SETTING,
    FIELD_FROM,
    FIELD_TO,
    FIELD_FILE,
    FIELD_CITY,
    FIELD_ENDPOINT,
    FIELD_ADDRESS,
    FIELD_CLIENTS,
    FIELD_WORKERS,
    FIELD_FEED,
    FIELD_REHEARSAL,
    FIELD_VERSION,
    FIELD_INSTANCE,
    FIELD_LINES,
    FIELD_COUNT,
    FIELD_STATUS,
    FIELD_SIGNAL,
    FIELD_CHANGED,
    FIELD_RESTART,
    FIELD_ALLOWED,
    FIELD_NEEDED,
    FIELD_BEHIND_SECONDS,
    FIELD_BOUND_SECONDS,
    FIELD_DURATION_US,
    FIELD_REASON,
    FIELDS
};

enum { LOG_FIELDS_MAX = 8 }; // of a kind, and the end

struct log_kind_row {
    const char *name;
    const char *id; // MESSAGE_ID of the journal: 128 bits as 32 hexadecimal digits
    enum log_level level;
    const char *by; // whose line it is: "awardd", "workers", "all"
    enum log_field fields[LOG_FIELDS_MAX];
    const char *zh; // the sentence
    const char *en;
    const char *advice_zh; // what to do about it; empty where nothing is to be done
    const char *advice_en;
};

const struct log_kind_row *log_kind_row(enum log_kind kind);

struct log_field_row {
    const char *name; // "entry"; the journal's is AWARD_ENTRY
    size_t offset;    // in struct log_call
    bool text;        // else a number
    bool masked;      // may repeat what others said: addresses in it are masked
    const char *zh;   // what it is
    const char *en;
};

const struct log_field_row *log_field_row(enum log_field field);

// "error", "warn", "info", "debug"
const char *log_level_name(enum log_level level);
