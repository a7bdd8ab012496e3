// world - a small coordinator in memory for tests of the rules
//
// It has the rulebook chongqing-2015, the calendar of 2007-2026, the default alert policy and one
// principal of each role; it decides events one by one, folds what is not rejected into an overlay
// and fires what is due, in the way of the real one, without disk, network or clock.
#pragma once

#include "entry.pb-c.h"
#include "rules/overlay.h"
#include "rules/record.h"
#include "rules/rules.h"
#include "tests/shared/genesis.h"

struct world;

// Principals: office, government, bureau, review-committee, selection-committee, supervision,
// public, admin, worker-scoring, worker-notification, worker-revocation, bureau-500112 (district),
// ent-a (of WORLD_ENTERPRISE), reviewer-01 to reviewer-12 (reviewers of the
// pool).
#define WORLD_ENTERPRISE GENESIS_ENTERPRISE

// At 2018-01-02T09:00:00+08:00.
struct world *world_create(void);
void world_destroy(struct world *world);

// Sends one event, given as JSON of its body: {"cycle_closed":{"cycle":"2018"}}; other fields of
// Event (task, expected_version) may stand beside it. Ends the test if the JSON is not an event, or
// if it would be decided although a record that it needs is damaged (damaging.h).
const Award__Decision *world_send(struct world *world, const char *principal, const char *json);

// What settings say of the text of every rulebook or policy from now on; NULL for a good one.
void world_text_error(struct world *world, const char *zh, const char *en);

// What an event would be answered; nothing changes. The principal "coordinator" is awardd itself.
const Award__Decision *world_try(struct world *world, const char *principal, const char *json);

// Moves the clock, firing each due row on the way at its own moment.
void world_clock(struct world *world, const char *moment);

// The record of a key, unpacked, or NULL; as in record_key.
ProtobufCMessage *world_record(struct world *world, Award__Change__RecordCase kind, ...);
Award__Case *world_case(struct world *world, const char *id);

// Puts a record as if an event had, for what a test does not come to by events.
void world_put(struct world *world, Award__Change__RecordCase kind, ProtobufCMessage *record);

// The rulebook in use; a test may change its numbers.
struct rulebook *world_rules(struct world *world);

// How many records of a kind there are.
size_t world_count(struct world *world, Award__Change__RecordCase kind);

// The code of a decision's first reason, "" where there is none.
const char *world_code(const Award__Decision *decision);
const char *world_article(const Award__Decision *decision);

// Ends the test unless the outcome is accepted.
const Award__Decision *world_accept(struct world *world, const char *principal, const char *json);

// Ends the test unless it is rejected with this code, on this article.
const Award__Decision *world_reject(struct world *world, const char *principal, const char *json,
                                    const char *code, const char *article);

// What is sent, and by whom; where nobody is named, the clock moves on to the moment.
struct sent {
    const char *by;
    const char *json;
};

// One after the other, whatever each is answered: for a transcript.
void world_send_all(struct world *world, size_t count, const struct sent *all);

// From now on what is tried and what falls due is decided as well with each record damaged that it
// reads (damaging.h), as everything that is sent is.
void world_damaging(struct world *world);

#define SEND_ALL(world, all) world_send_all((world), sizeof(all) / sizeof((all)[0]), (all))

struct arena *world_arena(struct world *world);

// What the rules read.
const struct view *world_view(struct world *world);

// Puts a record, given as JSON, without any event: where a test begins in the middle.
void world_put_json(struct world *world, Award__Change__RecordCase kind, const char *json);

// Ends the test unless all that was sent and all that the rules answered, changes with their
// records and sentences included, is as tests/rules/transcripts/NAME.txt says. With
// TRANSCRIPTS=write in the environment the file is written instead: read the difference before it
// is committed.
void world_transcript(struct world *world, const char *name);

// The same of any text.
void transcript_expect(const char *name, const char *text);

// Leaves out of the transcript what was sent up to here.
void world_transcript_begin(struct world *world);

// What was decided since the world was made, in order: for the transcript.
struct world_step {
    int64_t now_ms;
    const Award__Event *event;
    const Award__Decision *decision;
};
const struct world_step *world_steps(struct world *world, size_t *count);

// The record of a kind at an index, in the order of keys; NULL behind the last.
ProtobufCMessage *world_record_at(struct world *world, Award__Change__RecordCase kind,
                                  size_t index);

// Ends the test unless the day is this one, as "2018-03-13".
void world_expect_day(const Award__Day *day, const char *text);

// The alert policy in use; a test may change it.
struct alert_policy *world_policy(struct world *world);

// The calendar that is known.
const struct calendar *world_calendar(struct world *world);

// What the rules read with, at the world's moment.
struct deciding *world_reading(struct world *world);
