// materials - what an application consists of (13, 14)
#pragma once

#include "rules/deciding.h"

// The form of a list: each has a kind and a digest, of all but evidence one each, and the two that
// 13 limits say how long they are. Rejects (false).
bool materials_form_check(struct deciding *d, size_t count, Award__Material *const *materials);

// Adds a reason for each requirement of 13 and 14 that fails: a kind that is missing, a text over
// its limit, evidence without issuer.
void materials_test(struct deciding *d, const struct rulebook *rulebook, size_t count,
                    Award__Material *const *materials, size_t *n_reasons, Award__Reason ***reasons);

// The same requirements for one document: NULL where it meets them.
Award__Reason *material_test(struct deciding *d, const struct rulebook *rulebook,
                             const Award__Material *material);

// Whether a supplement takes the place of another: there is one of each kind that 13 names, and a
// proof replaces that of its title (policy).
bool material_replaces(const Award__Material *now, const Award__Material *before);
