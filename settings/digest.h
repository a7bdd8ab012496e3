// digest - the identity of a text: SHA-256 in lower-case hexadecimal
#pragma once

#include <stddef.h>

enum { DIGEST_TEXT_BYTES = 65 }; // 64 digits and their end

void digest_of(const char *text, size_t length, char digest[DIGEST_TEXT_BYTES]);
