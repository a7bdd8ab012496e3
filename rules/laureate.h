// laureate - the duties of 17 to 19 while an honour stands, and after it
#pragma once

#include "rules/deciding.h"

// The last day to share the experience of an honour that was published on that day (17, policy).
int32_t experience_last(const struct rulebook *rulebook, int32_t on);

// Opens the deadline for it.
void experience_open(struct deciding *d, const Award__Case *c, int32_t on);

// Opens the self-evaluation of a year that has begun, and plans the next.
void self_evaluation_open(struct deciding *d, const Award__Case *c, int32_t year);

// Puts the row of the index that begins the self-evaluation of a year on its 1 January (18).
void self_evaluation_year_plan(struct deciding *d, const Award__Case *c, int32_t year);

// The honour ended before that day: takes back the self-evaluations and the experience that were
// not due before it, and the row that would begin the next year.
void duties_end(struct deciding *d, const Award__Case *c, int32_t day);

// Whether the honour of the case stood on that day: from its publication until the day before the
// approval of a revocation.
bool honour_stood(const Award__Case *c, int32_t day);

// Enters what a laureate has done on a day, and meets the deadline of that identity if there is
// one. A second entry of the same kind and subject is rejected (false).
struct duty_done {
    Award__Duty__Kind kind;
    const char *subject; // year, incident; of the experience "experience"
    int32_t done_on;
    const char *digest;
    const char *deadline; // its identity
    int32_t last;         // the last day, where no deadline was opened for it; 0: none is known
};
bool duty_enter(struct deciding *d, const Award__Case *c, const struct duty_done *done);
