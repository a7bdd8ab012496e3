// credit_code - the unified social credit code (统一社会信用代码) of GB 32100-2015
#include "rules/credit_code.h"

#include <assert.h>
#include <string.h>

// Digits and capitals without I, O, S, V and Z; the place of a character is its value.
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

enum { MODULUS = sizeof(alphabet) - 1, DIVISION_AT = 2, DIVISION_DIGITS = 6, PROVINCE_DIGITS = 2 };

_Static_assert(MODULUS == 31, "GB 32100 counts modulo 31");

// -1 where the character is none of the alphabet; the end of a text is asked for by nobody.
static int value_of(char character)
{
    assert(character != '\0');
    const char *at = strchr(alphabet, character);
    return at != NULL ? (int)(at - alphabet) : -1;
}

// The weight of each place is three times that of the one before, modulo 31.
static bool check_character_right(const char *code)
{
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < CREDIT_CODE_CHARACTERS - 1; i++) {
        int value = value_of(code[i]);
        if (value < 0) {
            return false;
        }
        sum += value * weight;
        weight = weight * 3 % MODULUS;
    }
    return value_of(code[CREDIT_CODE_CHARACTERS - 1]) == (MODULUS - sum % MODULUS) % MODULUS;
}

bool credit_code_valid(const char *code)
{
    if (strlen(code) != CREDIT_CODE_CHARACTERS ||
        strspn(code + DIVISION_AT, "0123456789") < DIVISION_DIGITS) {
        return false;
    }
    return check_character_right(code);
}

bool credit_code_province_differs(const char *code, const char *division)
{
    assert(credit_code_valid(code));
    return strncmp(code + DIVISION_AT, division, PROVINCE_DIGITS) != 0;
}
