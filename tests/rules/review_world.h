// review_world - a cycle whose cases are accepted, and helpers that take them through the review
#pragma once

#include "tests/rules/world.h"

// Cases of the cycle 2018: of the enterprise of ent-a, and of two others. Those are of the district
// 500109, and related to nobody unless a test says so.
#define CASE_A "2018/" WORLD_ENTERPRISE "/1"
#define CASE_B "2018/91500109MA5U0000B1/1"
#define CASE_C "2018/91500109MA5U0000C2/1"

// Three cases `accepted`, reviewer-01 to reviewer-12 in the pool, no team yet.
struct world *review_world(void);

#define QUOTED(text) "\"" text "\""
#define THREE QUOTED("reviewer-01") "," QUOTED("reviewer-02") "," QUOTED("reviewer-03")

// The body of an event that forms the team T1 by hand; members and cases are lists in quotes.
const char *review_team_json(struct world *world, const char *members, const char *leader,
                             const char *cases);

// A team of reviewer-01 (leader) to reviewer-03 for a case; all declare confidentiality.
void review_team(struct world *world, const char *team, const char *case_name);

// The body of an event with seven category scores that add up to so many hundredths; `more` is put
// behind the scores (", \"days\": 3"), may be "".
const char *review_sheet(struct world *world, const char *event, const char *case_name,
                         int64_t hundredths, const char *more);

// All three independent sheets with this total; then the consensus, too.
void review_sheets(struct world *world, const char *case_name, int64_t hundredths);
void review_consensus(struct world *world, const char *case_name, int64_t hundredths);

// The team is formed, the documents get 600.00: the case is `document_passed`.
void review_documents(struct world *world, const char *team, const char *case_name);

// The visit is opened; and ends with this total.
void review_visit_opened(struct world *world, const char *case_name);
void review_visit(struct world *world, const char *case_name, int64_t hundredths);

// The only open task of this kind about a subject; NULL where there is none.
Award__Task *review_task(struct world *world, Award__TaskKind__Name kind, const char *subject);

#define JSON(world, ...) arena_format(world_arena(world), __VA_ARGS__)
