// fraction - exact fractions of points: scores that are compared and never rounded (decision 11)
#include "rules/fraction.h"

#include <assert.h>

// Points carry two decimals, so that every denominator that is not 1 has this factor.
enum { HUNDREDTHS = 100, WEIGHTS = 100, SHOWN = 10000 };

_Static_assert(FRACTION_NUMERATOR_MAX <= INT64_MAX / FRACTION_DENOMINATOR_MAX,
               "a cross product fits");
_Static_assert(FRACTION_NUMERATOR_MAX <=
                   (INT64_MAX - FRACTION_DENOMINATOR_MAX) / (INT64_C(2) * SHOWN),
               "a shown value fits");

bool fraction_valid(struct fraction fraction)
{
    return fraction.numerator >= 0 && fraction.numerator <= FRACTION_NUMERATOR_MAX &&
           fraction.denominator >= 1 && fraction.denominator <= FRACTION_DENOMINATOR_MAX;
}

// Of two numbers of which the first is not 0.
static int64_t greatest_common_divisor(int64_t one, int64_t other)
{
    while (other != 0) {
        int64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

struct fraction fraction_reduce(struct fraction fraction)
{
    if (fraction.numerator < 0 || fraction.denominator < 1) {
        return fraction;
    }
    int64_t divisor = greatest_common_divisor(fraction.denominator, fraction.numerator);
    return (struct fraction){fraction.numerator / divisor, fraction.denominator / divisor};
}

// decision 11
int fraction_compare(struct fraction one, struct fraction other)
{
    assert(fraction_valid(one));
    assert(fraction_valid(other));
    int64_t left = one.numerator * other.denominator;
    int64_t right = other.numerator * one.denominator;
    return (left > right) - (left < right);
}

struct fraction fraction_add(struct fraction one, struct fraction other)
{
    assert(fraction_valid(one));
    assert(fraction_valid(other));
    bool hundredths = one.denominator % HUNDREDTHS == 0 && other.denominator % HUNDREDTHS == 0;
    int64_t shared =
        hundredths ? HUNDREDTHS : greatest_common_divisor(one.denominator, other.denominator);
    int64_t one_part = one.denominator / shared;
    int64_t other_part = other.denominator / shared;
    struct fraction sum = {
        .numerator = one.numerator * other_part + other.numerator * one_part,
        .denominator = one.denominator * other_part,
    };
    assert(fraction_valid(sum));
    return sum;
}

// 16(6).1s1, 16(6).1s2, decision 11
struct fraction fraction_review(uint32_t document_weight, uint32_t site_weight, int64_t document,
                                int64_t site)
{
    assert(document_weight + site_weight == WEIGHTS);
    assert(document >= 0 && site >= 0);
    struct fraction review = {
        .numerator = (int64_t)document_weight * document + (int64_t)site_weight * site,
        .denominator = (int64_t)WEIGHTS * HUNDREDTHS,
    };
    assert(fraction_valid(review));
    return review;
}

int64_t fraction_ten_thousandths(struct fraction fraction)
{
    assert(fraction_valid(fraction));
    return (INT64_C(2) * SHOWN * fraction.numerator + fraction.denominator) /
           (2 * fraction.denominator);
}
