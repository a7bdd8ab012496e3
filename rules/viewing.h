// viewing - who looks, and what lies within his scope
//
// For rules/project*.c and rules/queries.c only. The circles of roles stand in rules/project.h.
#pragma once

#include "rules/project.h"
#include "rules/reading.h"

struct viewing {
    const Award__Principal *viewer;
    struct deciding *d; // to read with; nothing is put
};

struct viewing viewing_begin(const Award__Principal *viewer, const struct view *view,
                             struct arena *arena);

bool viewer_in(const struct viewing *v, uint32_t roles);

// Whether the text is the viewer's name, or his scope. False for NULL.
bool viewer_named(const struct viewing *v, const char *name);
bool viewer_scope(const struct viewing *v, const char *scope);

// Each for its subject; what does not exist is not seen, except by INSIDE.
bool viewing_case(const struct viewing *v, const Award__Case *c);
bool viewing_case_named(const struct viewing *v, const char *name);
bool viewing_sheet(const struct viewing *v, const Award__Sheet *sheet);
bool viewing_deadline(const struct viewing *v, const Award__Deadline *deadline);

// For those who do not see every one of them: enterprises for those outside and reviewers, teams
// for reviewers.
bool viewing_enterprise(const struct viewing *v, const char *code);
bool viewing_team(const struct viewing *v, const char *name);

// Whether all independent sheets of the case are in (16(3)): until then nobody sees another's.
bool viewing_sheets_in(const struct viewing *v, const char *case_name);

// The case as it stands now: of an older one the later assignments and the end decide, too.
const Award__Case *viewing_present(const struct viewing *v, const Award__Case *c);

// What of an event's body the viewer may see: all or nothing. `case_name` is the case that the
// event made or concerned, if its body does not say it.
bool viewing_event(const struct viewing *v, const Award__Event *event, const char *case_name);

// The same of what the event of that principal should have been.
bool viewing_correction(const struct viewing *v, char *principal, const Award__Event *content,
                        const char *case_name);

// A record as the viewer may see it: itself, a reduced copy, or NULL.
ProtobufCMessage *viewing_record(const struct viewing *v, Award__Change__RecordCase kind,
                                 ProtobufCMessage *record);

// A copy of the case without what the viewer may not see.
Award__Case *viewing_case_reduced(const struct viewing *v, const Award__Case *c);

// For the test that walks the tables: whether the kind of record, or of event, has a row.
bool viewing_record_known(Award__Change__RecordCase kind);
bool viewing_event_known(Award__Event__BodyCase number);
