// project - what a viewer may see of an entry, a case, and what hangs on it
//
// The one place that decides it: history, export, alerts and the content behind the feed all go
// through. Nobody sees the independent sheet of another before the team's are complete, except the
// supervision committee (16(3), 9).
#pragma once

#include "entry.pb-c.h"
#include "query.pb-c.h"
#include "rules/events.h"
#include "rules/view.h"

#include <stdbool.h>

// The circles of roles: those that see everything (office and supervision committee, 6 and 9), the
// organs that decide (7, 16(7)-(9), 20), those that see what is theirs (reviewers 8, district
// bureaus 10, enterprises), and the rest, who see nothing of a case.
#define NOBODY UINT32_C(0)
#define SEES_ALL (ROLE(office) | ROLE(supervision_committee))
#define ORGANS                                                                                     \
    (ROLE(review_committee) | ROLE(selection_committee) | ROLE(government) | ROLE(bureau))
#define OUTSIDE (ROLE(district_bureau) | ROLE(enterprise))
#define SCOPED (ROLE(reviewer) | OUTSIDE)
#define INSIDE (SEES_ALL | ORGANS)
#define PARTIES (INSIDE | SCOPED)
#define PEOPLE (PARTIES | ROLE(administrator))

// Whether the viewer may see this case at all (own case, own district, own assignments, or a role
// that sees all).
bool viewer_sees_case(const Award__Principal *viewer, const Award__Case *c, const struct view *view,
                      struct arena *arena);

// Any record as the viewer may see it: itself, a reduced copy, or NULL. A kind that the table does
// not name is not shown.
ProtobufCMessage *project_record(const Award__Principal *viewer, Award__Change__RecordCase kind,
                                 ProtobufCMessage *record, const struct view *view,
                                 struct arena *arena);

// What the viewer may see of an entry; NULL where nothing of it. The caller fills in the hash. It
// shares with the entry what is not left out.
Award__HistoryItem *project_entry(const Award__Principal *viewer, const Award__Entry *entry,
                                  const struct view *view, struct arena *arena);

// The same for the changes of an answer, which its own sender sees.
void project_answer(const Award__Principal *viewer, Award__Answer *answer, const struct view *view,
                    struct arena *arena);
