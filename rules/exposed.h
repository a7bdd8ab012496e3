// exposed - cases whose outcome would be another one by another reading of a silent point
//
// A table: the decision that an outcome rests on, what another reading could rest on, and a
// function that looks at what is on record about one case, or one objection or complaint, and says
// where the two readings part. Nothing is decided again and nothing is estimated: what the record
// does not tell exactly is left out (docs/decisions/025-cases-that-another-reading-would-decide-
// otherwise.md names it).
#pragma once

#include "rules/readings.h"

struct exposed_words {
    const char *zh;
    const char *en;
};

struct exposed {
    const char *decision; // by which it was decided
    const char *rests_on; // what the other reading could rest on
    struct exposed_words reading;
    struct exposed_words decided;
    struct exposed_words other;
    Award__Event__BodyCase act; // what lies between the two; 0 where it is no one event
    const char *subject;        // that the act is about
    int32_t on;                 // its day
    int64_t at_ms;              // its moment, where the time of day decides; else 0
    // After an accepted event of this kind about the subject the readings agree: the record does
    // not keep it, the journal does. 0: none.
    Award__Event__BodyCase unless;
};

struct exposed_list {
    size_t n_rows;
    struct exposed **rows; // in the arena
};

struct exposing;

// What is the same for all cases of a cycle; in the arena. NULL where there is no such cycle.
struct exposing *exposing_begin(struct deciding *d, const char *cycle);

// Each appends its rows to the list. The case is of the cycle, the objection about the case.
void exposed_of_case(struct exposing *x, const Award__Case *c, struct exposed_list *list);
void exposed_of_objection(struct exposing *x, const Award__Objection *objection,
                          const Award__Case *c, struct exposed_list *list);

// A row of the table, for documentation and for tests that walk it.
struct exposed_row {
    const char *decision;
    const char *rests_on; // NULL: each of the ways to count a period (rules/readings)
    struct exposed_words reading;
    void (*of_case)(struct exposing *x, const Award__Case *c);
    void (*of_objection)(struct exposing *x, const Award__Objection *objection,
                         const Award__Case *c);
};
const struct exposed_row *exposed_rows(size_t *count);
