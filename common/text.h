// text - what the program needs to know of Chinese text
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// 字数 by decision 13 and the fine points of the rules; the text is valid UTF-8.
uint32_t text_characters(const char *text, size_t length);

// Columns on a terminal: an East Asian wide character takes two.
size_t text_width(const char *text);

// Bytes of the longest beginning of the text that is at most `columns` wide; never splits a
// character.
size_t text_fit(const char *text, size_t columns);

// Bytes of the longest beginning of the text that has at most `bytes_max` of them; never splits a
// character of UTF-8.
size_t text_cut(const char *text, size_t bytes_max);

// Bytes of the text for its first line of so many columns, as there is more than that of it: it
// ends at a blank or behind a Chinese mark. A word that is longer stays whole, so that an id can be
// copied.
size_t text_line(const char *text, size_t columns);

// Valid UTF-8 without a zero byte.
bool text_valid(const char *text, size_t length);

// Neither absent nor made of blanks (zero-width and full-width ones too) alone.
bool text_present(const char *text);
