// people_check - what would keep somebody from being told, found before it matters
#pragma once

#include "query.pb-c.h"
#include "rules/deciding.h"

enum { CHECKED_DAYS = 30 }; // today included

// In the arena. By role, then what of it is wrong:
//   no_recipient     nobody of a role that the alert policy names, or of a laureate, can be told
//   nobody_on_duty   a post that somebody has on record, on a day on which nobody has it
//   post_not_held    a post to which the policy escalates and which nobody has
//   substitute_away  who stands in for somebody is away himself, or no longer of the role
//   all_hours_quiet  the quiet hours of the policy leave nothing of somebody's own hours
//   no_address       persons of a role that the policy names have no address: one finding for all
//                    of a role, which lists the first FINDING_PERSONS_MAX and counts the rest
Award__Check *people_check(struct deciding *d);

enum {
    FINDING_PERSONS_MAX = 500, // that are listed
    FINDING_PERSONS_NAMED = 5, // that its sentence names
};

// Writes the sentences of a no_address, and the line that mends it, from its role and persons.
void finding_persons_say(struct deciding *d, Award__Check__Finding *finding);
