// credit_codes - enterprises that do not exist, as many as wanted, with valid codes
//
// A number in, a code out: no two numbers have the same one, and codes that follow each other are
// far apart, as those of real enterprises are.
#pragma once

#include "rules/credit_code.h"

#include <stdint.h>

// One range for the cases that are there before a measurement, one for those that it brings.
enum credit_codes_range {
    CREDIT_CODES_PREPARED, // as the exemplars (exemplars.h)
    CREDIT_CODES_NEW,
};

// The district of all codes of a range, as its enterprises are registered.
const char *credit_codes_district(enum credit_codes_range range);

void credit_code_of(enum credit_codes_range range, uint64_t number,
                    char code[CREDIT_CODE_CHARACTERS + 1]);
