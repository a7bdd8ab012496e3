// deadlines - the table of deadlines, and how they open, close and fire
//
// A deadline brings its rows of the index with it: one for its own end, one for each step of the
// alert policy that is still to come (of those already past, the last one only). It takes them back
// when it is met or removed.
#pragma once

#include "rules/deciding.h"

struct deadline_row {
    const char *zh;
    const char *article;
    const char *length;    // where its length stands in the rulebook, for documentation
    const char *opened_by; // events, separated by blanks
    const char *closed_by;
    // The events by which it may be put off; empty where the law fixes it.
    const char *moved_by;
};

// NULL where there is no such kind.
const struct deadline_row *deadline_row(Award__DeadlineKind__Name kind);
const char *deadline_kind_name(Award__DeadlineKind__Name kind);
const char *deadline_state_zh(Award__Deadline__State state);

// What a new deadline is about. Texts are copied.
struct deadline_open {
    Award__DeadlineKind__Name kind;
    const char *subject;         // case, cycle, team, objection; of 19 "case/incident"
    uint32_t ordinal;            // from 1: the year of a self-evaluation
    const char *case_;           // may be NULL
    const char *enterprise;      // may be NULL
    const char *cycle;           // may be NULL
    int32_t starts;              // the day that the period is counted from
    const struct period *period; // counted by the calendar; NULL where `last` is fixed
    int32_t last;                // the fixed last day
    int64_t end_ms;              // a named time of day of the last day; 0: 24:00
    int32_t stated_last;         // what the public was told, 0 for none: the later of both counts
    const char *reason;          // why it is moved, where it is there already; may be NULL
};

// Opens a deadline, or moves it (a new revision) if there is one of that identity already. If its
// end has passed it is fired at once, by its row in the index.
Award__Deadline *deadline_open(struct deciding *d, const struct deadline_open *open);

// "subject:kind:ordinal" in the arena.
const char *deadline_id(struct deciding *d, const char *subject, Award__DeadlineKind__Name kind,
                        uint32_t ordinal);

// Closes it as met, or met late when the day lies after the last one. Nothing if it is not there or
// closed already. Returns whether it is late.
bool deadline_meet(struct deciding *d, const char *id, int32_t done_on);

// Takes it back: its reason is gone. Nothing if it is not there, or no longer open or overdue.
void deadline_remove(struct deciding *d, const char *id);

// Whether the office may suspend, resume and extend deadlines of this kind: only what no law fixes.
bool deadline_movable(Award__DeadlineKind__Name kind);

// Whether it was suspended and not resumed, also where it was met meanwhile.
bool deadline_suspended(const Award__Deadline *deadline);

// Sets another last day, as a new revision that runs: with a row of the index for its end and one
// for each alert step to come. The caller puts it.
void deadline_run_until(struct deciding *d, Award__Deadline *deadline, int32_t last,
                        bool provisional);

// Keeps on the deadline, as it is now, what moved it from which day and why; the caller puts it.
void deadline_move_keep(struct deciding *d, Award__Deadline *deadline, int32_t old_last,
                        const char *reason, const char *article);

// How the deadline is counted: by its rulebook's period, or by what was left of that when it was
// suspended. False where its day is fixed.
bool deadline_period(struct deciding *d, const Award__Deadline *deadline, struct period *period);

// Rows of the index for the deadline, and out of it again; the caller puts the deadline.
// `kinds` is a bit set of 1 << Due.Kind.
#define DUES_ALL UINT32_MAX
void deadline_due_put(struct deciding *d, Award__Deadline *deadline, Award__Due__Kind kind,
                      int64_t moment_ms, uint32_t step);
void deadline_dues_drop(struct deciding *d, Award__Deadline *deadline, uint32_t kinds);

// The deadline's row of this kind and step, and out of the index with it; NULL where there is none.
const Award__Due *deadline_due(const Award__Deadline *deadline, Award__Due__Kind kind,
                               uint32_t step);
const Award__Due *deadline_due_take(struct deciding *d, Award__Deadline *deadline,
                                    Award__Due__Kind kind, uint32_t step);

// Counts it again after the calendar changed, and puts it if its end or its mark moved. A fired one
// is not taken back unless its new end is still to come; what is met may become late or not.
void deadline_recompute(struct deciding *d, Award__Deadline *deadline);

// Queues the first, or the next, portion of the deadlines to be computed anew: behind this one.
void recompute_queue(struct deciding *d, const char *after, bool policy);

// The steps still to come by another alert policy, which is loaded since the moment. What was told,
// was told.
void deadline_tell_anew(struct deciding *d, Award__Deadline *deadline, int64_t since_ms);

// Takes the row that fired out of the index and off its deadline, and says what it concerns and
// when it was due. Rejects (NULL) where there is none.
Award__Deadline *deadline_fired(struct deciding *d, const char *id, uint32_t revision,
                                Award__Due__Kind kind, uint32_t step, int64_t *due_ms);
