// export - which events of the journal go into a file that can be pushed again
#pragma once

#include "event.pb-c.h"

#include <stdbool.h>

// What people reported. What the coordinator and the workers report comes about by itself when the
// file is pushed, and a manual clock is moved by each line's `at`.
bool export_wanted(const Award__Event *event);
