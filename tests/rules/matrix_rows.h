// matrix_rows - at which stages each event may happen, from whom, and where it leads
//
// In the JSON of the rows ' stands for ", % for the case and @50000@ for scores of 500.00 in all.
#pragma once

#include "entry.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

#define ANY "*"
#define RECORD(kind) AWARD__CHANGE__RECORD_##kind

enum { CHOICES_MAX = 4, RECORDS_MAX = 4, EXCEPTIONS_MAX = 2 };

struct record_text {
    Award__Change__RecordCase kind;
    const char *json;
};

struct choice {
    const char *body;
    const char *next; // NULL: it stays
};

// Where it is rejected with another code than elsewhere.
struct exception {
    const char *stages;
    const char *code;
    const char *article;
};

// The order of the last stages (decision 19).
enum order { EITHER, PUBLICITY_FIRST, DELIBERATION_FIRST };

struct expected {
    const char *event;
    const char *from;   // principals that may send it
    const char *stages; // where it may happen
    enum order order;   // in which order; EITHER: alike in both
    struct choice choices[CHOICES_MAX];
    const char *of_case;  // further fields of the case
    const char *of_cycle; // and of the cycle
    struct record_text records[RECORDS_MAX];
    const char *otherwise; // the code elsewhere; NULL: wrong_stage
    const char *article;   // with it; NULL: order
    struct exception exceptions[EXCEPTIONS_MAX];
    bool of_a_part; // the case alone is rejected, not the event
    bool no_places; // neither honour has a place
};

extern const struct expected matrix_rows[];
extern const size_t matrix_rows_count;
