// memory - what a process holds
#include "clients/bench/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t field_kb(const char *line, const char *field)
{
    size_t size = strlen(field);
    return strncmp(line, field, size) == 0 ? strtoull(line + size, NULL, 10) : 0;
}

struct memory memory_of(size_t pid)
{
    char path[64];
    char line[256];
    struct memory memory = {.own_kb = 0};
    (void)snprintf(path, sizeof(path), "/proc/%zu/status", pid);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
        memory.own_kb += field_kb(line, "RssAnon:");
        memory.files_kb += field_kb(line, "RssFile:") + field_kb(line, "RssShmem:");
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return memory;
}

static uint64_t higher(uint64_t one, uint64_t other)
{
    return one > other ? one : other;
}

struct memory memory_higher(struct memory one, struct memory other)
{
    return (struct memory){
        .own_kb = higher(one.own_kb, other.own_kb),
        .files_kb = higher(one.files_kb, other.files_kb),
    };
}
