// project_world - a state of which each role sees its own part
//
// An overlay with one case of the district 500112 (PROJECT_CASE), its team t1 of r1, r2 and r3, and
// a second case of somebody else in the district 500109 (PROJECT_OTHER).
#pragma once

#include "common/arena.h"
#include "rules/record.h"
#include "rules/view.h"

#define PROJECT_CASE "2018/91500112MA5U0000X8/1"
#define PROJECT_OTHER "2018/91500109MA5U0000B1/1"

// What a suite begins and ends with.
void project_setup(void);
void project_teardown(void);

// They live from the one to the other.
struct arena *project_arena(void);
const struct view *project_view(void);

ProtobufCMessage *project_from_json(const ProtobufCMessageDescriptor *descriptor, const char *json);

// Puts a record, given as JSON of a change.
void project_put(const char *change_json);

// PROJECT_CASE with more of its fields, from its stage on; an independent sheet of 510.00; and the
// team with other members, as JSON.
void project_case_put(const char *more);
void project_sheet_put(const char *person);
void project_team_put(const char *members);

const Award__Principal *project_viewer(const char *name, const char *role, const char *scope);

bool project_sees(const Award__Principal *who, Award__Change__RecordCase kind,
                  ProtobufCMessage *record);

// Of the case, the independent sheet of that person.
bool project_sees_sheet(const Award__Principal *who, const char *person);
