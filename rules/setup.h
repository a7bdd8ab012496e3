// setup - what a database is set up with: people, keys, calendars
//
// The same checks hold when something is loaded later and when a database is created.
#pragma once

#include "rules/deciding.h"

// Puts a principal; rejects (false) a name that is taken, and a role or scope that cannot be.
bool principal_admit(struct deciding *d, const Award__PrincipalEnrolled *e);

// Whether a change gives a principal another role or scope.
bool principal_change_widens(struct deciding *d, const Award__PrincipalChanged *e);

// Puts a key of a principal; rejects (false) one that is malformed, taken, or nobody's.
bool key_admit(struct deciding *d, const Award__KeyEnrolled *e);

// Puts a year of the calendar; rejects (false) days that are out of place, out of order or twice.
bool calendar_year_admit(struct deciding *d, const Award__CalendarLoaded *e);

// Puts a rulebook or an alert policy whose text settings have found good.
bool rulebook_admit(struct deciding *d, const Award__RulebookLoaded *e);
bool alert_policy_admit(struct deciding *d, const Award__AlertPolicyLoaded *e);
