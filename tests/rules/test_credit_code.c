// credit_code - codes of known companies are valid, and any slip of the pen is noticed
#include "rules/credit_code.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const known[] = {
    "91330100799655058B", "9144030071526726XG", "914403001922038216",
    "91110108551385082Q", "91110000802100433B", "9150000020286320X6",
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

// 2s1
Test(credit_code, codes_of_known_companies_are_valid)
{
    for (size_t i = 0; i < KNOWN; i++) {
        cr_assert(credit_code_valid(known[i]), "%s", known[i]);
    }
}

// 2s1
Test(credit_code, one_wrong_character_anywhere_is_noticed)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (size_t i = 0; i < KNOWN; i++) {
        for (size_t at = 0; at < CREDIT_CODE_CHARACTERS; at++) {
            for (const char *other = alphabet; *other != '\0'; other++) {
                char code[CREDIT_CODE_CHARACTERS + 1];
                strcpy(code, known[i]);
                code[at] = *other;
                cr_assert_eq(credit_code_valid(code), *other == known[i][at], "%s", code);
            }
        }
    }
}

Test(credit_code, lower_case_and_full_width_are_not_converted)
{
    cr_assert_not(credit_code_valid("91330100799655058b"));
    cr_assert_not(credit_code_valid("９1330100799655058B"));
}

Test(credit_code, letters_that_the_standard_leaves_out_are_invalid)
{
    cr_assert_not(credit_code_valid("9133010079965505IB"));
    cr_assert_not(credit_code_valid("O1330100799655058B"));
}

Test(credit_code, other_lengths_are_invalid)
{
    cr_assert_not(credit_code_valid(""));
    cr_assert_not(credit_code_valid("91330100799655058"));
    cr_assert_not(credit_code_valid("91330100799655058B0"));
}

// F-registration-1
Test(credit_code, only_the_province_digits_are_compared)
{
    cr_assert_not(credit_code_province_differs("9150000020286320X6", "500112"));
    cr_assert(credit_code_province_differs("91330100799655058B", "500112"));
}
