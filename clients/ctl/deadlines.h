// deadlines - rows of deadlines, for every command that shows some
#pragma once

#include "clients/ctl/ctl.h"

// What the office did to them, with its reasons; nothing where it did nothing.
void deadlines_moves_print(struct ctl *ctl, size_t count, Award__Deadline *const *deadlines);

// A table (or CSV) of deadlines in their order.
void deadlines_print(struct ctl *ctl, size_t count, Award__Deadline *const *deadlines);

const char *deadline_zh(struct ctl *ctl, const Award__Deadline *deadline);   // kind
const char *deadline_last(struct ctl *ctl, const Award__Deadline *deadline); // with its mark
