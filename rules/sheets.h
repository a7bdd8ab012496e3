// sheets - the score sheets of a case, and which of them count (16(3))
//
// Independent sheets stay as they were submitted. What counts are those of the members who were not
// replaced and declared no conflict about the case; they are complete when all of these are in, and
// these are no fewer than a team must have.
#pragma once

#include "rules/deciding.h"

// Whether an independent sheet counts.
bool sheet_counts(const Award__Team *team, const Award__Sheet *sheet);

// Whether all that count are in.
bool sheets_complete(struct deciding *d, const Award__Team *team, const char *case_name);

// Asks the scoring worker to compare the sheets if they are complete; takes it back for all cases
// of the team of which the sheets are still open to change.
void sheets_compare_ask(struct deciding *d, const Award__Team *team, const Award__Case *c);
void sheets_compare_withdraw(struct deciding *d, const Award__Team *team);

// A sheet of the sender or of the person named; `person` is borrowed, scores too.
Award__Sheet *sheet_make(struct deciding *d, const Award__Case *c, Award__Sheet__Kind kind,
                         const char *person, int64_t total);
void sheet_put(struct deciding *d, Award__Sheet *sheet, const char *article);
Award__Sheet *sheet_get(struct deciding *d, const char *case_name, Award__Sheet__Kind kind,
                        const char *person);

// Remarks on categories and items, as an event gives them in a field.
struct remarks {
    const char *field;
    size_t count;
    Award__Remark **list;
};

#define REMARKS(event, name) ((struct remarks){#name, (event)->n_##name, (event)->name})

// Whether each names a category or item of the rulebook and says something. Rejects (false).
bool remarks_check(struct deciding *d, struct remarks remarks);

// Adds what a report found good and what it would improve to what the case keeps for the feedback.
void findings_keep(struct deciding *d, Award__Case *c, struct remarks strengths,
                   struct remarks improvements);
