// memory - of objects that live longer than an arena
#pragma once

#include <stddef.h>

// Zeroed; running out of memory ends the program.
void *memory_allocate(size_t size);
