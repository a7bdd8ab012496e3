// arena - memory that is freed all at once
//
// A list of blocks; each allocation is carved from the newest, and a block of twice the size (at
// least what is asked for) follows when it is full. A reset keeps some of them at hand: memory that
// goes back to the system and comes again costs more than what is done in it.
#include "common/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// AddressSanitizer sees one block where there are many objects: it is told which bytes are handed
// out, and some between them that never are.
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_SANITIZED 1
#endif
#endif
#ifdef ARENA_SANITIZED
#include <sanitizer/asan_interface.h>
enum { BETWEEN_BYTES = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(memory, size) ((void)(memory), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(memory, size) ((void)(memory), (void)(size))
enum { BETWEEN_BYTES = 0 };
#endif

enum {
    FIRST_BLOCK_BYTES = 16 * 1024,
    BLOCK_BYTES_MAX = 4 * 1024 * 1024,
    SPARE_BYTES_MAX = 16 * 1024 * 1024, // of an arena that was reset
};

struct block {
    struct block *older;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    struct block *spare; // in the order in which they were filled
    size_t spare_bytes;
    size_t handed_out;
};

static struct block *block_create(size_t size, struct block *older)
{
    struct block *block = malloc(sizeof(*block) + size);
    if (block == NULL) {
        (void)fprintf(stderr, "awardd: out of memory (%zu bytes asked for)\n", size);
        abort();
    }
    block->older = older;
    block->size = size;
    block->used = 0;
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

struct arena *arena_create(void)
{
    struct arena *arena = calloc(1, sizeof(*arena));
    if (arena == NULL) {
        (void)fputs("awardd: out of memory\n", stderr);
        abort();
    }
    arena->newest = block_create(FIRST_BLOCK_BYTES, NULL);
    return arena;
}

// Blocks come back with the newest first, and so they are taken again in the order of before.
static void block_spare(struct arena *arena, struct block *block)
{
    if (block->size > SPARE_BYTES_MAX - arena->spare_bytes) {
        free(block);
        return;
    }
    block->older = arena->spare;
    arena->spare = block;
    arena->spare_bytes += block->size;
}

// A block of so many bytes at least.
static struct block *block_next(struct arena *arena, size_t size)
{
    struct block *block = arena->spare;
    if (block == NULL || block->size < size) {
        return block_create(size, arena->newest);
    }
    arena->spare = block->older;
    arena->spare_bytes -= block->size;
    block->older = arena->newest;
    block->used = 0;
    return block;
}

void arena_reset(struct arena *arena)
{
    while (arena->newest->older != NULL) {
        struct block *block = arena->newest;
        arena->newest = block->older;
        ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
        block_spare(arena, block);
    }
    arena->newest->used = 0;
    ASAN_POISON_MEMORY_REGION(arena->newest->bytes, arena->newest->size);
    arena->handed_out = 0;
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL) {
        return;
    }
    arena_reset(arena);
    while (arena->spare != NULL) {
        struct block *block = arena->spare;
        arena->spare = block->older;
        free(block);
    }
    free(arena->newest);
    free(arena);
}

void *arena_reserve(struct arena *arena, size_t size)
{
    assert(size <= SIZE_MAX / 4);
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct block *block = arena->newest;
    size_t taken = rounded + BETWEEN_BYTES;
    if (block->size - block->used < taken) {
        size_t next = block->size < BLOCK_BYTES_MAX ? block->size * 2 : BLOCK_BYTES_MAX;
        block = block_next(arena, next > taken ? next : taken);
        arena->newest = block;
    }
    void *memory = block->bytes + block->used;
    block->used += taken;
    arena->handed_out += rounded;
    ASAN_UNPOISON_MEMORY_REGION(memory, size);
    return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *memory = arena_reserve(arena, size);
    memset(memory, 0, size);
    return memory;
}

void *arena_reserve_limited(struct arena *arena, size_t size, size_t bytes_max)
{
    if (size > bytes_max || arena->handed_out > bytes_max - size) {
        return NULL;
    }
    return arena_reserve(arena, size);
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->handed_out;
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *copy = arena_reserve(arena, size);
    if (size > 0) {
        memcpy(copy, data, size);
    }
    return copy;
}

char *arena_string(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text) + 1);
}

char *arena_vformat(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    char *text = arena_reserve(arena, (size_t)length + 1);
    (void)vsnprintf(text, (size_t)length + 1, format, args);
    return text;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}
