// exemplars - three cases that stand where most of a year's events concern them, and those events
//
// An office that took exemplars.jsonl has one case whose team is to give sheets, one whose defence
// is open, and one in publicity. What its journal led to is copied for the cases that a measurement
// wants to be there (cases.h); what was sent about them is what it sends about the copies (year.h).
// So records and events are the rules' own, whatever these come to be.
#pragma once

#include "daemon/store/journal.h"
#include "entry.pb-c.h"
#include "rules/credit_code.h"

#include <stdbool.h>
#include <stddef.h>

enum exemplar {
    EXEMPLAR_REVIEW,
    EXEMPLAR_DEFENCE,
    EXEMPLAR_PUBLICITY,
    EXEMPLARS,
};

enum {
    EXEMPLAR_TEAM = 6,       // reviewers of the team of EXEMPLAR_REVIEW
    EXEMPLAR_REVIEWERS = 12, // they, and the others of the panel of EXEMPLAR_DEFENCE
    EXEMPLAR_CASES_MIN = 5   // copies, so that there is one of each
};

// The id of the coordinator's own events that bring copies: what follows the first is not read.
#define EXEMPLAR_COPY_ID "bench"

// reviewer-01 is number 0.
extern const char *const EXEMPLAR_REVIEWER_NAMES[EXEMPLAR_REVIEWERS];

// What the journal made of one of them: a change for each record whose key names it.
struct exemplar_records {
    Award__Change **changes;
    size_t count;
};

struct exemplars {
    struct exemplar_records records[EXEMPLARS];
    int64_t recorded_ms; // of the last entry
    // Events about them, as they are on record.
    const Award__Event *cycle;
    const Award__Event *registration;
    const Award__Event *application;
    const Award__Event *sheet;
    const Award__Event *score;
    const Award__Event *objection;
};

// Everything lies in the arena. False when the journal cannot be read or has none of them; that has
// been said.
bool exemplars_read(struct journal *journal, struct arena *arena, struct exemplars *exemplars);

// Credit code of one of them, and the cycle of its case.
const char *exemplar_enterprise(enum exemplar exemplar);
const char *exemplar_cycle(enum exemplar exemplar);

// Of so many cases the i-th is a copy of this one: two of five are in review, two in defence, one
// is in publicity. How many there are of one, and which of all cases its n-th is.
enum exemplar exemplar_of(size_t i);
size_t exemplar_copies(enum exemplar exemplar, size_t cases);
size_t exemplar_copy(enum exemplar exemplar, size_t n);
