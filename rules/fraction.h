// fraction - exact fractions of points: scores that are compared and never rounded (decision 11)
//
// Pure; for the rules and for workers. Bounds: a document or site score is at most 1,000 points, in
// hundredths 10^5, and the two weights add up to 100, so that a review score has a numerator of at
// most 10^7 over 10^4. A panel has at most 1,000 members (a list is no longer), each of whom gives
// at most 10^4 hundredths: a defence score is at most 10^7 over 10^5. Their sum is then at most 1.1
// * 10^10 over 10^7. With the bounds below, which leave room, a cross product is at most 10^11 *
// 10^7 = 10^18 and fits into 63 bits.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FRACTION_NUMERATOR_MAX INT64_C(100000000000)
#define FRACTION_DENOMINATOR_MAX INT64_C(10000000)

struct fraction {
    int64_t numerator;   // 0 or more
    int64_t denominator; // 1 or more
};

// Within the bounds. The functions below take only such fractions: reduce and check what comes from
// outside.
bool fraction_valid(struct fraction fraction);

// The same value in lowest terms. Takes any fraction; one that is none (a negative numerator, a
// denominator below 1) comes back as it is.
struct fraction fraction_reduce(struct fraction fraction);

// -1, 0 or 1, by value: 1/2 and 50/100 are equal.
int fraction_compare(struct fraction one, struct fraction other);

// The sum, over the product of the denominators where a common factor stays single. Of two
// fractions of hundredths that is 100, so that review and defence, over 10,000 and 100 * n, have
// the composite (n * review + 100 * sum) / (10,000 * n). Others share their greatest divisor.
struct fraction fraction_add(struct fraction one, struct fraction other);

// 16(6).1: (document weight * document + site weight * site) / (100 * 100), of hundredths of
// points.
struct fraction fraction_review(uint32_t document_weight, uint32_t site_weight, int64_t document,
                                int64_t site);

// The value in ten-thousandths, rounded half up: for showing only.
int64_t fraction_ten_thousandths(struct fraction fraction);
