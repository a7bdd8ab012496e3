// credit_codes - enterprises that do not exist, as many as wanted, with valid codes
//
// The nine characters of a credit code that name the organisation are a number of 31 digits to the
// place. The step of the walk has no factor in common with the size of that space, so the walk
// meets every number once before it meets one again.
#include "clients/bench/credit_codes.h"

#include <assert.h>
#include <string.h>

static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// Enterprises of two districts of Chongqing.
static const char *const PREFIXES[] = {
    [CREDIT_CODES_PREPARED] = "91500112",
    [CREDIT_CODES_NEW] = "91500103",
};

enum {
    DIGITS = sizeof(ALPHABET) - 1,
    PREFIX_CHARACTERS = 8,
    DISTRICT_BEGINS = 2,
    ORGANISATION_CHARACTERS = 9,
};

static const uint64_t SPACE = 26439622160671; // 31 to the ninth
static const uint64_t STEP = 16340585313353;  // coprime to 31; near the golden section of it

_Static_assert(PREFIX_CHARACTERS + ORGANISATION_CHARACTERS + 1 == CREDIT_CODE_CHARACTERS,
               "prefix, organisation and check character make a code");

const char *credit_codes_district(enum credit_codes_range range)
{
    return PREFIXES[range] + DISTRICT_BEGINS;
}

// number x STEP in the space, sixteen bits at a time so that nothing overflows.
static uint64_t place_of(uint64_t number)
{
    enum { BITS = 16, MASK = (1 << BITS) - 1, NUMBER_BITS = 64 };
    uint64_t place = 0;
    for (int shift = NUMBER_BITS - BITS; shift >= 0; shift -= BITS) {
        place = ((place << BITS) + (number >> shift & MASK) * STEP) % SPACE;
    }
    return place;
}

void credit_code_of(enum credit_codes_range range, uint64_t number,
                    char code[CREDIT_CODE_CHARACTERS + 1])
{
    uint64_t place = place_of(number);
    memcpy(code, PREFIXES[range], PREFIX_CHARACTERS);
    for (size_t i = 0; i < ORGANISATION_CHARACTERS; i++) {
        code[PREFIX_CHARACTERS + i] = ALPHABET[place % DIGITS];
        place /= DIGITS;
    }
    code[CREDIT_CODE_CHARACTERS] = '\0';
    for (size_t i = 0; i < DIGITS; i++) {
        code[CREDIT_CODE_CHARACTERS - 1] = ALPHABET[i];
        if (credit_code_valid(code)) {
            return;
        }
    }
    assert(false && "one of the characters is the check character");
}
