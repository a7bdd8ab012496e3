// The arena: zeroed, aligned, bounded where a limit is set, reusable.
#include "common/arena.h"

#include <criterion/criterion.h>

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

static bool all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

Test(arena, memory_is_zeroed_and_aligned_after_every_reset)
{
    struct arena *arena = arena_create();
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 3000; size += 37) {
            unsigned char *memory = arena_alloc(arena, size);
            cr_assert_eq((uintptr_t)memory % alignof(max_align_t), 0);
            cr_assert(all_zero(memory, size), "size %zu in round %d", size, round);
            memset(memory, 0xAA, size);
        }
        arena_reset(arena);
        cr_assert_eq(arena_bytes(arena), 0);
    }
    arena_destroy(arena);
}

Test(arena, pieces_do_not_overlap)
{
    struct arena *arena = arena_create();
    unsigned char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = arena_alloc(arena, 1000);
        memset(pieces[i], (int)i, 1000);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t j = 0; j < 1000; j++) {
            cr_assert_eq(pieces[i][j], (unsigned char)i);
        }
    }
    arena_destroy(arena);
}

Test(arena, a_piece_larger_than_every_block_is_given)
{
    struct arena *arena = arena_create();
    size_t size = 10UL * 1024 * 1024;
    unsigned char *memory = arena_alloc(arena, size);
    memory[0] = 1;
    memory[size - 1] = 1;
    cr_assert_geq(arena_bytes(arena), size);
    arena_destroy(arena);
}

Test(arena, beyond_the_limit_there_is_nothing)
{
    struct arena *arena = arena_create();
    cr_assert_not_null(arena_reserve_limited(arena, 600, 1000));
    cr_assert_null(arena_reserve_limited(arena, 600, 1000));
    cr_assert_null(arena_reserve_limited(arena, SIZE_MAX, 1000));
    cr_assert_not_null(arena_reserve_limited(arena, 300, 1000));
    arena_destroy(arena);
}

Test(arena, texts_are_copied_and_formatted)
{
    struct arena *arena = arena_create();
    char source[] = "质量";
    char *copy = arena_string(arena, source);
    source[0] = 'x';
    cr_assert_str_eq(copy, "质量");
    cr_assert_str_eq(arena_format(arena, "%s-%d", copy, 7), "质量-7");
    cr_assert_str_eq(arena_copy(arena, "ab", 3), "ab");
    cr_assert_not_null(arena_copy(arena, NULL, 0));
    arena_destroy(arena);
}

Test(arena, destroying_nothing_is_allowed)
{
    arena_destroy(NULL);
}
