// memory - of objects that live longer than an arena
#include "common/memory.h"

#include <stdio.h>
#include <stdlib.h>

void *memory_allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) {
        (void)fprintf(stderr, "awardd: out of memory (%zu bytes asked for)\n", size);
        abort();
    }
    return memory;
}
