// year - what a measurement sends: events of a year, by those who send them
//
// Round and round: registrations of new enterprises, their applications (both receipts, entered by
// the office), scores of reviewers (sheets of a team, scores of a panel) and objections to any of
// the cases in publicity; now and then a new cycle, for each has about as many applications as a
// real one. All are admitted, by every rule. Cases of the office (cases.h) give so many scores and
// no more: each reviewer scores a case once.
#pragma once

#include "clients/bench/exemplars.h"

struct year;

// The office has so many cases, of which the first `hot` have all the objections. Rounds that are
// measured one after the other on the same office share the scores: this is round `round` of
// `rounds`, from 0.
struct year *year_create(const struct exemplars *exemplars, size_t cases, size_t hot, size_t round,
                         size_t rounds);
void year_destroy(struct year *year);

// In whose name: connections of one client are numbered so.
enum { YEAR_SENDERS = 1 + EXEMPLAR_REVIEWERS };
const char *year_sender(size_t sender);

// Where one client is. Begins as zeros; its messages are sent in order.
struct year_client {
    size_t step;
    size_t applications; // that its cycle still takes
    char cycle[24];
    uint64_t registered;
    size_t registered_count;
};

// The events of a client's next message, in the arena: at most so many, and one more where a cycle
// is opened. Returns how many; 0 when there is nothing more to score.
size_t year_next(struct year *year, struct year_client *client, size_t most, struct arena *arena,
                 Award__Event **events, size_t *sender);
