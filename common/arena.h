// arena - memory that is freed all at once
//
// One arena per message or group: in decision paths nothing is freed one by one. Running out of
// memory ends the program with a message, unless a limit is set, as it is while bytes from outside
// are unpacked: then `arena_reserve_limited` returns NULL beyond it.
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_create(void);
void arena_destroy(struct arena *arena);

// Forgets everything allocated; keeps some of the memory, within a bound, for the next message.
void arena_reset(struct arena *arena);

// Zeroed memory, aligned for any object; never NULL.
void *arena_alloc(struct arena *arena, size_t size);

// The same, not zeroed: for who fills all of it.
void *arena_reserve(struct arena *arena, size_t size);

// The same, and NULL when the arena would hold more than `bytes_max` in all.
void *arena_reserve_limited(struct arena *arena, size_t size, size_t bytes_max);

// Bytes handed out since creation or the last reset.
size_t arena_bytes(const struct arena *arena);

void *arena_copy(struct arena *arena, const void *data, size_t size);
char *arena_string(struct arena *arena, const char *text);

// Formats into the arena.
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vformat(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
