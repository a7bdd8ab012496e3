// article20 - which grounds of Article 20 stand on the record for an incident or a violation
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"
#include "task.pb-c.h"

// NULL and a sentence in *reason where the task names nothing to check. No ground is an answer too.
Award__GroundsChecked *article20_check(const Award__CheckGrounds *asked, struct arena *arena,
                                       const char **reason);
