// exposing - what the functions of the table of exposed outcomes share
//
// For rules/expos*.c only.
#pragma once

#include "rules/exposed.h"

struct exposed_pools;

struct exposing {
    struct deciding *d;
    const Award__Cycle *cycle;
    const struct rulebook *rulebook;
    struct exposed_pools *pools; // made when it is first asked for
    // While a row of the table is looked at:
    const struct exposed_row *row;
    enum reading_name name; // of a row about the counting of periods
    struct exposed_list *list;
};

// Appends a row; the caller fills in the act.
struct exposed *exposed_add(struct exposing *x, struct exposed_words decided,
                            struct exposed_words other);

// The act that lies between the two, what it is about, and its day.
void exposed_act(struct exposed *exposed, Award__Event__BodyCase act, const char *subject,
                 int32_t on);

// Refused, ineligible or withdrawn: that it could not have applied changes nothing.
bool exposed_gone(const Award__Case *c);

// Whether a meeting has decided the case and it stands where that has put it, and which: NULL
// where none has, or where the record does not tell.
const Award__DeliberationHeld *exposed_meeting(struct exposing *x, const Award__Case *c);

// Whether the conditions of the case are tested, by its application or by the deliberation, when
// something has been there since that day (decision 20): they were, or are still to be.
bool exposed_tested_since(struct exposing *x, const Award__Case *c, int32_t day);

// exposed_years: years of operation, without accidents, of bars
void exposed_by_bars(struct exposing *x, const Award__Case *c);
void exposed_by_first_receipt(struct exposing *x, const Award__Case *c);
void exposed_by_conferral(struct exposing *x, const Award__Case *c);

// exposed_days: publicity, deadlines, closing
void exposed_by_meeting(struct exposing *x, const Award__Case *c);
void exposed_by_filing(struct exposing *x, const Award__Objection *objection, const Award__Case *c);
void exposed_by_first_day(struct exposing *x, const Award__Objection *objection,
                          const Award__Case *c);
void exposed_by_reports(struct exposing *x, const Award__Case *c);
void exposed_by_self_evaluations(struct exposing *x, const Award__Case *c);
void exposed_by_experience(struct exposing *x, const Award__Case *c);
void exposed_by_answer(struct exposing *x, const Award__Objection *objection, const Award__Case *c);
void exposed_by_closing(struct exposing *x, const Award__Case *c);

// exposed_pools: candidates
void exposed_by_second_pool(struct exposing *x, const Award__Case *c);
void exposed_by_track(struct exposing *x, const Award__Case *c);
void exposed_by_vacancy(struct exposing *x, const Award__Case *c);

// exposed_grounds: what bars, counts and holds
void exposed_by_nomination(struct exposing *x, const Award__Case *c);
void exposed_by_revoked_nomination(struct exposing *x, const Award__Case *c);
void exposed_by_late_complaint(struct exposing *x, const Award__Objection *objection,
                               const Award__Case *c);
void exposed_by_old_sampling(struct exposing *x, const Award__Case *c);
void exposed_by_district_sampling(struct exposing *x, const Award__Case *c);
void exposed_by_district_report(struct exposing *x, const Award__Case *c);
