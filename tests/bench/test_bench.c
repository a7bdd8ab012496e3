// What the benchmark sends and how it counts: codes that the rules take as they are, shares of the
// exemplars, and the percentiles of durations that are known.
#include "clients/bench/credit_codes.h"
#include "clients/bench/exemplars.h"
#include "clients/bench/samples.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { MADE = 20000, NUMBER_FAR = 1 << 30 };

static int text_compare(const void *left, const void *right)
{
    return strcmp(left, right);
}

Test(credit_codes, are_valid_and_no_two_the_same)
{
    static char codes[MADE][CREDIT_CODE_CHARACTERS + 1];
    for (size_t i = 0; i < MADE; i++) {
        enum credit_codes_range range = i % 2 == 0 ? CREDIT_CODES_PREPARED : CREDIT_CODES_NEW;
        credit_code_of(range, i < MADE / 2 ? i : i * NUMBER_FAR, codes[i]);
        cr_assert(credit_code_valid(codes[i]), "%s", codes[i]);
        cr_assert_not(credit_code_province_differs(codes[i], credit_codes_district(range)));
    }
    qsort(codes, MADE, sizeof(codes[0]), text_compare);
    for (size_t i = 1; i < MADE; i++) {
        cr_assert_str_neq(codes[i - 1], codes[i]);
    }
}

Test(exemplars, share_any_number_of_cases_among_them)
{
    for (size_t cases = 0; cases < 50; cases++) {
        size_t copies[EXEMPLARS] = {0};
        for (size_t i = 0; i < cases; i++) {
            enum exemplar exemplar = exemplar_of(i);
            cr_assert_eq(exemplar_copy(exemplar, copies[exemplar]), i);
            copies[exemplar]++;
        }
        for (enum exemplar k = 0; k < EXEMPLARS; k++) {
            cr_assert_eq(exemplar_copies(k, cases), copies[k], "%zu of %zu", copies[k], cases);
        }
    }
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
