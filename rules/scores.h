// scores - sheets of Article 15: categories or items, within their maxima, and their exact total
#pragma once

#include "rules/deciding.h"

// Checks that the scores name each category once (or each of its items once), none over its
// maximum, and adds them up, in hundredths. Rejects (false) and says which one is wrong.
bool scores_total(struct deciding *d, const struct rulebook *rulebook, size_t count,
                  Award__Score *const *scores, int64_t *total);

// Points of one category: its own score or the sum of its items'. Scores must have been checked.
int64_t scores_category(const struct rulebook *rulebook, size_t category, size_t count,
                        Award__Score *const *scores);

// Where a total leads: 16(3) for documents, 16(5).5 on site.
enum guard scores_guard(const struct rulebook *rulebook, int64_t total);

// What a case competes for by the lower of its scores (decision 7).
Award__Honour__Kind scores_track(const struct rulebook *rulebook, int64_t lower);
