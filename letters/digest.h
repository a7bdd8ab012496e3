// digest - what a person has to know this morning, a line for each item
#pragma once

#include "letters/facts.h"
#include "task.pb-c.h"

// Adds count, items_zh and items_en: what is due and overdue, this week, waits for him; each with
// its day, its article and the awardctl line that does it.
void digest_add(struct facts *facts, const Award__DeliverMessage *asked);

// The name of the enterprise with this code, of those that a reply names; NULL where it does not.
const char *today_enterprise(const Award__Today *today, const char *enterprise);
