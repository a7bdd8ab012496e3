// import - what the kinds of import share: columns, cells, events to send, problems
//
// A kind is a table of columns and a function that turns one row into events. It reads cells by the
// index of its columns; what is wrong with one becomes a problem with row, column and value, and
// the row goes on, so that all problems of a file are told at once. Nothing is sent from here.
#pragma once

#include "clients/ctl/ctl.h"
#include "clients/ctl/import_table.h"
#include "event.pb-c.h"
#include "record.pb-c.h"
#include "rules/rulebook.h"

#include <stdbool.h>
#include <stdint.h>

struct import_column {
    const char *key;  // heading in English
    const char *zh;   // and in Chinese
    const char *more; // other headings that offices use, separated by blanks; NULL: none
    bool needed;
    const char *example; // in the template
};

// What the coordinator knows; a test gives its own.
struct import_office {
    void *context;
    // The record of an enterprise, NULL where there is none that may be seen.
    const Award__Enterprise *(*enterprise)(void *context, const char *code);
    // The rulebook of a cycle, or that in force (NULL); NULL where there is none.
    const struct rulebook *(*rulebook)(void *context, const char *cycle);
    // The names of reviewers that may be seen.
    const char *const *(*reviewers)(void *context, size_t *count);
};

struct import_line {
    uint64_t row;
    Award__Event *event;
    const char *text; // the event as a line of a file of events
};

struct import_problem {
    uint64_t row;
    const char *column; // heading, as the file has it; "" where the row as a whole is meant
    const char *value;
    const char *zh; // why, and what to do
    const char *en;
};

struct import {
    struct arena *arena;
    const struct import_kind *kind;
    const struct import_office *office;
    const char *folder; // of the file: names of documents are taken from there
    const struct import_table *table;
    const struct import_column *columns; // of the kind, and those of a rulebook behind them
    size_t columns_count;
    size_t *places;               // of each column in the table; IMPORT_NOWHERE
    const struct import_row *row; // that is being read
    struct import_line *lines;
    size_t lines_count;
    size_t lines_room;
    struct import_problem *problems;
    size_t problems_count;
    size_t problems_room;
    void *own; // what the kind keeps between rows
};

#define IMPORT_NOWHERE SIZE_MAX

struct import_kind {
    const char *name;
    const char *zh;
    const char *en;
    const struct import_column *columns;
    size_t columns_count;
    // Adds columns of the rulebook that the first row leads to; NULL: there are none. False: a
    // problem was told. `import->row` is the first row.
    bool (*extend)(struct import *import);
    void (*row)(struct import *import);
};

extern const struct import_kind import_pool;
extern const struct import_kind import_applications;
extern const struct import_kind import_sheets;

// Reads a table into events and problems, all in the arena.
struct import *import_read(const struct import_kind *kind, const struct import_table *table,
                           const struct import_office *office, const char *folder,
                           struct arena *arena);

// ---- Cells of the row that is being read, by the index of their column. NULL: the cell is blank
// (a problem where it is needed), or a problem was told.

const char *import_cell(struct import *import, size_t column); // as it stands
char *import_text(struct import *import, size_t column);       // within LIMIT_TEXT_BYTES
char *import_name(struct import *import, size_t column);       // an identifier
char *import_code(struct import *import, size_t column);       // a credit code (GB 32100)
char *import_division(struct import *import, size_t column);   // 6 digits
char *import_industry(struct import *import, size_t column);   // "C36"
Award__Day *import_day(struct import *import, size_t column); // 2018-03-07, 2018/3/7, 2018年3月7日
Award__Moment *import_moment(struct import *import, size_t column); // with a time of day behind it
bool import_yes(struct import *import, size_t column, bool *yes); // 是/否, yes/no; false: as NULL
bool import_number(struct import *import, size_t column, uint32_t *number);
size_t import_list(struct import *import, size_t column, char ***list); // separated by ；;、，,

// One of known words; else a problem that names the nearest, or says what else to do.
char *import_word(struct import *import, size_t column, const char *const *words, size_t count,
                  const char *else_zh, const char *else_en);

// What else, of a reviewer.
#define IMPORT_NO_REVIEWER                                                                         \
    "请核对，或先由管理员登记（principal_enrolled）",                                              \
        "check it, or have the administrator enrol that person (principal_enrolled)"

// ---- What comes of a row

// To be sent in the name of the principal (NULL: of whoever sends).
void import_emit(struct import *import, Award__Event *event, char *principal);

// A problem with a cell of this row; the sentences say why, and what to do.
void import_problem(struct import *import, size_t column, const char *zh, const char *en);

// Whether this row has none so far.
bool import_row_good(const struct import *import);
