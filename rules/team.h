// team - who of a review team may act: members, the leader, conflicts and replacement (8)
#pragma once

#include "rules/deciding.h"

// Whether the person is in the reviewer pool and was not removed from it.
bool reviewer_in_pool(struct deciding *d, const char *person);

// The team of this name, noted as concerned, its cycle's rulebook at hand; rejects (NULL) where
// there is none.
Award__Team *team_load(struct deciding *d, const char *name);

// The team that reviews the case; rejects (NULL) where none was formed.
Award__Team *team_of_case(struct deciding *d, const Award__Case *c);

// Whoever is or was a member; NULL where the person never was.
Award__Team__Member *team_member(const Award__Team *team, const char *person);

// Whether a member may act on the case and his sheet of it counts: not replaced, and no conflict
// declared. Without a case (NULL) only whether he was replaced.
bool team_member_counts(const Award__Team__Member *member, const char *case_name);

// Whether the sender is a member who may act on the case; rejects (false) and says why not.
bool team_member_check(struct deciding *d, const Award__Team *team, const char *case_name);

// The same for the leader.
bool team_leader_check(struct deciding *d, const Award__Team *team, const char *case_name);

// Whether the person declared a conflict about this case.
bool team_conflict(struct deciding *d, const Award__Case *c, const char *person);
