// What the benchmark sends and how it counts: codes that the rules take as they are, and the
// percentiles of durations that are known.
#include "clients/bench/enterprises.h"
#include "clients/bench/samples.h"
#include "rules/credit_code.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MADE = 20000 };

static int text_compare(const void *left, const void *right)
{
    return strcmp(left, right);
}

Test(enterprises, have_valid_codes_and_no_two_the_same)
{
    static char codes[MADE][CREDIT_CODE_CHARACTERS + 1];
    struct enterprises enterprises;
    struct arena *arena = arena_create();
    enterprises_begin(&enterprises);
    for (size_t i = 0; i < MADE; i++) {
        const Award__EnterpriseRegistered *made =
            enterprises_next(&enterprises, arena)->enterprise_registered;
        cr_assert(credit_code_valid(made->enterprise), "%s", made->enterprise);
        cr_assert_not(credit_code_province_differs(made->enterprise, made->region));
        (void)strcpy(codes[i], made->enterprise);
        arena_reset(arena);
    }
    qsort(codes, MADE, sizeof(codes[0]), text_compare);
    for (size_t i = 1; i < MADE; i++) {
        cr_assert_str_neq(codes[i - 1], codes[i]);
    }
    arena_destroy(arena);
}

Test(enterprises, of_two_runs_differ_in_code_and_id)
{
    struct enterprises first;
    struct enterprises second;
    struct arena *arena = arena_create();
    enterprises_begin(&first);
    enterprises_begin(&second);
    const Award__Event *one = enterprises_next(&first, arena);
    const Award__Event *other = enterprises_next(&second, arena);
    cr_assert_str_neq(one->id, other->id);
    cr_assert_str_neq(one->enterprise_registered->enterprise,
                      other->enterprise_registered->enterprise);
    arena_destroy(arena);
}

Test(samples, of_one_to_two_hundred_have_their_middle_at_one_hundred)
{
    struct samples *samples = samples_create(200);
    for (uint64_t i = 200; i > 0; i--) {
        cr_assert_not(samples_full(samples));
        samples_add(samples, i);
    }
    cr_assert(samples_full(samples));
    struct samples_spread spread = samples_spread(samples);
    cr_assert_eq(spread.p50_ns, 100, "%llu", (unsigned long long)spread.p50_ns);
    cr_assert_eq(spread.p99_ns, 198, "%llu", (unsigned long long)spread.p99_ns);
    cr_assert_eq(spread.longest_ns, 200, "%llu", (unsigned long long)spread.longest_ns);
    samples_destroy(samples);
}

Test(samples, of_a_single_one_are_all_that_one)
{
    struct samples *samples = samples_create(1);
    samples_add(samples, 7);
    struct samples_spread spread = samples_spread(samples);
    cr_assert_eq(spread.p50_ns, 7);
    cr_assert_eq(spread.p99_ns, 7);
    cr_assert_eq(spread.longest_ns, 7);
    samples_destroy(samples);
}

Test(samples, of_nothing_are_zeros)
{
    struct samples *samples = samples_create(1);
    cr_assert_eq(samples_spread(samples).longest_ns, 0);
    samples_destroy(samples);
}
