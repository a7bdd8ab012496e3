// feedback_report - the feedback report of 16(3): scores by category and item, strengths,
// improvements
#pragma once

#include "letters/facts.h"

#include "task.pb-c.h"

#include <stdbool.h>

// Adds the report in both languages, "text_zh" and "text_en", and what stands at its head; returns
// both. The case is there, with its name and enterprise. The same case and sheets give the same
// bytes.
const char *feedback_facts_add(struct facts *facts, const Award__WriteFeedback *asked);

// Whether the report rests on this sheet: what the leaders have unified takes the place of the
// visit's.
bool feedback_sheet_decides(const Award__WriteFeedback *asked, const Award__Sheet *sheet);
