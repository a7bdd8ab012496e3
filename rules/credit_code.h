// credit_code - the unified social credit code (统一社会信用代码) of GB 32100-2015
//
// Eighteen characters: registering authority, kind of organisation, six digits of the division
// where it was first registered, nine of the organisation code, one check character. Upper case
// and half width; a code is never converted.
#pragma once

#include <stdbool.h>

enum { CREDIT_CODE_CHARACTERS = 18 };

// Whether length, alphabet, division digits and check character are right.
bool credit_code_valid(const char *code);

// Whether a valid code was first given in another province than that of a division code. The first
// two digits decide; the others name counties that have been merged and renamed since.
bool credit_code_province_differs(const char *code, const char *division);
