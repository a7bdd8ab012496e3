// alert_policy_diff - what changed from one alert policy to another, in sentences
#pragma once

#include "settings/alert_policy_words.h"

// Fills in the list, one sentence each: what holds for all deadlines first, then by kind of
// deadline and step. Returns how many.
size_t alert_policy_diff(const struct alert_policy *older, const struct alert_policy *newer,
                         struct arena *arena, struct alert_policy_text **changes);
