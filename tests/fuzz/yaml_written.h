// yaml_written - a YAML text written anew: the same nodes in another form
#pragma once

#include "common/arena.h"

// The text must be one that yaml_read takes. Without comments, quoted but where it was plain, maps
// and lists indented by one, a text of several lines as a block. In the arena.
const char *yaml_written(const char *text, size_t length, struct arena *arena);
