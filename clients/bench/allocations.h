// allocations - how often this program asked for memory
//
// The linker puts these counters before malloc, calloc and realloc as the program's own code calls
// them (CMakeLists.txt); what libraries allocate in themselves is not seen.
#pragma once

#include <stdint.h>

uint64_t allocations_count(void);
