// Exact fractions of points: their bounds, their order, and how they are shown (decision 11).
#include "rules/fraction.h"

#include <criterion/criterion.h>

Test(fraction, is_valid_within_its_bounds)
{
    static const struct {
        struct fraction fraction;
        bool valid;
    } rows[] = {
        {{0, 1},                                             true },
        {{FRACTION_NUMERATOR_MAX, FRACTION_DENOMINATOR_MAX}, true },
        {{-1, 1},                                            false},
        {{0, 0},                                             false},
        {{0, -1},                                            false},
        {{FRACTION_NUMERATOR_MAX + 1, 1},                    false},
        {{1, FRACTION_DENOMINATOR_MAX + 1},                  false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_eq(fraction_valid(rows[i].fraction), rows[i].valid, "%zu", i);
    }
}

Test(fraction, is_reduced_to_its_lowest_terms_where_it_is_one)
{
    static const struct {
        struct fraction given;
        struct fraction reduced;
    } rows[] = {
        {{50, 100}, {1, 2} },
        {{0, 700},  {0, 1} },
        {{7, 1},    {7, 1} },
        {{0, 0},    {0, 0} },
        {{4, 0},    {4, 0} },
        {{-4, 2},   {-4, 2}},
        {{4, -2},   {4, -2}},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct fraction reduced = fraction_reduce(rows[i].given);
        cr_expect_eq(reduced.numerator, rows[i].reduced.numerator, "%zu", i);
        cr_expect_eq(reduced.denominator, rows[i].reduced.denominator, "%zu", i);
    }
}

// decision 11
Test(fraction, means_that_show_the_same_four_decimals_are_told_apart)
{
    struct fraction of_8 = {64003, 800};
    struct fraction of_13 = {104005, 1300};
    cr_expect_eq(fraction_ten_thousandths(of_8), 800038);
    cr_expect_eq(fraction_ten_thousandths(of_13), 800038);
    cr_expect_eq(fraction_compare(of_8, of_13), -1);
    cr_expect_eq(fraction_compare(of_13, of_8), 1);
}

Test(fraction, equal_values_are_equal_however_written)
{
    cr_expect_eq(fraction_compare((struct fraction){1, 2}, (struct fraction){50, 100}), 0);
    cr_expect_eq(fraction_compare((struct fraction){0, 1}, (struct fraction){0, 700}), 0);
}

// 16(6).1s1, 16(6).1s2, decision 11
Test(fraction, a_composite_is_written_over_ten_thousand_times_the_panel)
{
    struct fraction review = fraction_review(20, 80, 50000, 60000);
    cr_expect_eq(review.numerator, 5800000);
    cr_expect_eq(review.denominator, 10000);
    struct fraction sum = fraction_add(review, (struct fraction){64003, 800});
    cr_expect_eq(sum.numerator, 8 * INT64_C(5800000) + 100 * INT64_C(64003));
    cr_expect_eq(sum.denominator, 80000);
    struct fraction without = fraction_add(review, (struct fraction){0, 1});
    cr_expect_eq(fraction_compare(without, review), 0);
    struct fraction reduced = fraction_add(review, (struct fraction){1, 2525}); // of 101 members
    cr_expect_eq(reduced.denominator, 1010000);
}

Test(fraction, the_largest_scores_stay_within_the_bounds)
{
    struct fraction review = fraction_review(20, 80, 100000, 100000);
    struct fraction defence = {INT64_C(10000) * 1000, 100 * 1000};
    struct fraction sum = fraction_add(review, defence);
    cr_expect(fraction_valid(sum));
    cr_expect_eq(fraction_ten_thousandths(sum), 11000000);
    cr_expect_eq(fraction_compare(sum, sum), 0);
}

// decision 11
Test(fraction, a_half_is_shown_rounded_up)
{
    cr_expect_eq(fraction_ten_thousandths((struct fraction){1, 20000}), 1);
    cr_expect_eq(fraction_ten_thousandths((struct fraction){1, 20001}), 0);
}

// decision 11
Test(fraction, a_sum_is_right_whatever_the_denominators_share)
{
    static const struct fraction summands[] = {
        {1,  3  },
        {1,  7  },
        {5,  100},
        {7,  300},
        {0,  1  },
        {11, 800},
    };
    const size_t count = sizeof(summands) / sizeof(summands[0]);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < count; k++) {
            struct fraction one = summands[i];
            struct fraction other = summands[k];
            struct fraction sum = fraction_add(one, other);
            cr_expect_eq(sum.numerator * one.denominator * other.denominator,
                         (one.numerator * other.denominator + other.numerator * one.denominator) *
                             sum.denominator,
                         "%zu and %zu", i, k);
        }
    }
}
