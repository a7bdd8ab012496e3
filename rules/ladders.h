// ladders - the steps by which a deadline is told, and what nobody acknowledged goes upward
//
// Each step of the policy's ladder is a row of the index that the deadline brings with it. When it
// fires, the roles of the step are told by those on duty; what none of them acknowledges goes on to
// the next post after the working days of the policy, and a whole ladder that nobody acknowledged
// is told to the roles that the policy names for it.
#pragma once

#include "rules/people.h"

enum { ALERT_LATE_MS = 5 * 60 * 1000 }; // told later than planned by more than this, it is late

// Rows of the index for the steps that are still to come. Of those already past the last fires at
// once: who opens a deadline late is told once. The caller puts the deadline.
void ladder_plan(struct deciding *d, Award__Deadline *deadline);

// By another policy: rows for the steps behind the moment at which it was loaded, and for those
// that wait and are its own still; what is past stays past. The caller puts the deadline.
void ladder_plan_rest(struct deciding *d, Award__Deadline *deadline, int64_t since_ms);

// How many of the policy's steps of this deadline are still to come.
size_t ladder_steps_to_come(const struct alert_policy *policy, const struct calendar *calendar,
                            const Award__Deadline *deadline, int64_t now_ms);

// The rows that wait, of steps, upward and behind the ladder, are put where the calendar and the
// policy of now have them; one that is past by then fires at once. Returns whether one moved.
bool ladder_recount(struct deciding *d, Award__Deadline *deadline);

// What was told of this revision no longer holds: the deadline is met, gone, suspended, or about to
// move. Takes back what waits and says so to those who were told. The caller puts the deadline.
void ladder_close(struct deciding *d, Award__Deadline *deadline);

// Whether something is still expected of its recipient.
bool alert_open(const Award__Alert *alert);

// The alert by its name, whoever its recipient is; NULL where there is none.
Award__Alert *alert_find(struct deciding *d, const char *id);
void alert_put(struct deciding *d, Award__Alert *alert);

// Takes the row that would end its snooze out of the index; the caller puts the alert.
void snooze_drop(struct deciding *d, Award__Alert *alert);

// Tells somebody of the step. NULL where he has been told of it. The caller puts the deadline.
Award__Alert *alert_raise(struct deciding *d, Award__Deadline *deadline, uint32_t step,
                          const struct recipient *to, bool urgent);

// The row by which a step goes upward when nobody acknowledges it: planned from now, and dropped.
void escalation_plan(struct deciding *d, Award__Deadline *deadline, uint32_t step);
void escalation_drop(struct deciding *d, Award__Deadline *deadline, uint32_t step);

// When that row fires by the calendar and the policy of now, from when the step was last told; its
// own moment where nobody stands above any more.
int64_t escalation_moment(struct deciding *d, const Award__Deadline *deadline,
                          const Award__Due *due);

// What a deadline is about, read once for all who may be told.
struct ladder_subject {
    const Award__Deadline *deadline;
    const Award__Enterprise *enterprise; // NULL: of none
};
struct ladder_subject ladder_subject_of(struct deciding *d, const Award__Deadline *deadline);

// Whether it concerns this principal of a role that is told (recipient_concerned of the subject).
bool ladder_concerned(struct deciding *d, const Award__Principal *principal, const void *subject);

// The next of these working days after a moment, at its time of day.
int64_t working_days_after(const struct calendar *calendar, int64_t moment_ms, uint32_t days);
