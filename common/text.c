// text - what the program needs to know of Chinese text
//
// 字数 rests on one table of ranges: what counts one by itself, and what runs together into one.
// Whatever is in neither (blanks, signs, other alphabets, combining and zero-width characters)
// counts none and ends a run.
#include "common/text.h"

#include <assert.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

enum weight {
    WEIGHT_NONE,
    WEIGHT_ONE, // counts one each
    WEIGHT_RUN, // Latin letters and digits: a run of them counts one
};

struct range {
    uint32_t first;
    uint32_t last;
    enum weight weight;
};

// Sorted. What lies within a named block and is left out of it stands in the remark.
// clang-format off
static const struct range ranges[] = {
    {0x0030,  0x0039,  WEIGHT_RUN}, // 0-9
    {0x0041,  0x005A,  WEIGHT_RUN}, // A-Z
    {0x0061,  0x007A,  WEIGHT_RUN}, // a-z
    {0x00B7,  0x00B7,  WEIGHT_ONE}, // ·
    {0x00C0,  0x00D6,  WEIGHT_RUN}, // À-ɏ; without × and ÷
    {0x00D8,  0x00F6,  WEIGHT_RUN},
    {0x00F8,  0x024F,  WEIGHT_RUN},
    {0x1100,  0x115E,  WEIGHT_ONE}, // hangul letters; without fillers
    {0x1161,  0x11FF,  WEIGHT_ONE},
    {0x1E00,  0x1EFF,  WEIGHT_RUN}, // Latin, additional
    {0x2014,  0x2014,  WEIGHT_ONE}, // —
    {0x2018,  0x2019,  WEIGHT_ONE}, // ‘ ’
    {0x201C,  0x201D,  WEIGHT_ONE}, // “ ”
    {0x2026,  0x2026,  WEIGHT_ONE}, // …
    {0x2E80,  0x2FD5,  WEIGHT_ONE}, // radicals: copied text often has them for characters
    {0x3001,  0x3029,  WEIGHT_ONE}, // CJK punctuation; without the blank and combining tone marks
    {0x3030,  0x303F,  WEIGHT_ONE},
    {0x3041,  0x3096,  WEIGHT_ONE}, // hiragana; without combining voice marks
    {0x309B,  0x30FF,  WEIGHT_ONE}, // and katakana
    {0x3131,  0x3163,  WEIGHT_ONE}, // hangul letters; without the filler
    {0x3165,  0x318E,  WEIGHT_ONE},
    {0x31F0,  0x31FF,  WEIGHT_ONE}, // katakana for Ainu
    {0x3400,  0x4DBF,  WEIGHT_ONE}, // CJK extension A
    {0x4E00,  0x9FFF,  WEIGHT_ONE}, // CJK
    {0xA960,  0xA97C,  WEIGHT_ONE}, // hangul
    {0xAC00,  0xD7FB,  WEIGHT_ONE},
    {0xF900,  0xFAFF,  WEIGHT_ONE}, // CJK compatibility
    {0xFE30,  0xFE4F,  WEIGHT_ONE}, // vertical forms
    {0xFF01,  0xFF0F,  WEIGHT_ONE}, // full-width marks
    {0xFF10,  0xFF19,  WEIGHT_RUN}, // full-width 0-9
    {0xFF1A,  0xFF20,  WEIGHT_ONE},
    {0xFF21,  0xFF3A,  WEIGHT_RUN}, // full-width A-Z
    {0xFF3B,  0xFF40,  WEIGHT_ONE},
    {0xFF41,  0xFF5A,  WEIGHT_RUN}, // full-width a-z
    {0xFF5B,  0xFF9F,  WEIGHT_ONE}, // full-width marks, half-width kana
    {0xFFA1,  0xFFDC,  WEIGHT_ONE}, // half-width hangul
    {0xFFE0,  0xFFE6,  WEIGHT_ONE}, // full-width currency and other marks
    {0x16FE3, 0x16FE3, WEIGHT_ONE}, // iteration mark of old Chinese
    {0x1AFF0, 0x1B167, WEIGHT_ONE}, // historic kana
    {0x20000, 0x3FFFD, WEIGHT_ONE}, // planes of CJK extensions, those to come included
};
// clang-format on

// F-count-1, decision 13
static enum weight weight_of(ucs4_t character)
{
    size_t low = 0;
    size_t high = sizeof(ranges) / sizeof(ranges[0]);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool inside = low < sizeof(ranges) / sizeof(ranges[0]) && character >= ranges[low].first;
    return inside ? ranges[low].weight : WEIGHT_NONE;
}

// Bytes of the character at the start of the text; an invalid one is one byte of U+FFFD.
static size_t character_take(const char *text, size_t length, ucs4_t *character)
{
    assert(length > 0);
    int size = u8_mbtouc(character, (const uint8_t *)text, length);
    return size > 0 ? (size_t)size : 1;
}

// decision 13; 13(2), 13(3)
uint32_t text_characters(const char *text, size_t length)
{
    uint32_t count = 0;
    enum weight before = WEIGHT_NONE;
    for (size_t at = 0; at < length;) {
        ucs4_t character;
        at += character_take(text + at, length - at, &character);
        enum weight weight = weight_of(character);
        if (weight == WEIGHT_ONE || (weight == WEIGHT_RUN && before != WEIGHT_RUN)) {
            count++;
        }
        before = weight;
    }
    return count;
}

static size_t character_width(ucs4_t character)
{
    int width = uc_width(character, "UTF-8");
    return width > 0 ? (size_t)width : 0; // control characters take none
}

size_t text_width(const char *text)
{
    size_t length = strlen(text);
    size_t width = 0;
    for (size_t at = 0; at < length;) {
        ucs4_t character;
        at += character_take(text + at, length - at, &character);
        width += character_width(character);
    }
    return width;
}

size_t text_fit(const char *text, size_t columns)
{
    size_t length = strlen(text);
    size_t width = 0;
    size_t at = 0;
    while (at < length) {
        ucs4_t character;
        size_t size = character_take(text + at, length - at, &character);
        width += character_width(character);
        if (width > columns) {
            break;
        }
        at += size;
    }
    return at;
}

static bool continues_character(char byte)
{
    return ((unsigned char)byte & 0xC0U) == 0x80U;
}

size_t text_cut(const char *text, size_t bytes_max)
{
    enum { CONTINUED_MAX = 3 }; // what goes on longer is no UTF-8, and may be cut anywhere
    size_t length = strlen(text);
    if (length <= bytes_max) {
        return length;
    }
    for (size_t back = 0; back <= CONTINUED_MAX && back <= bytes_max; back++) {
        if (!continues_character(text[bytes_max - back])) {
            return bytes_max - back;
        }
    }
    return bytes_max;
}

// Whether a Chinese mark ends at this byte of the text.
static bool mark_before(const char *text, size_t at)
{
    static const char *const marks[] = {"，", "；", "。", "、", "：", "）"};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t length = strlen(marks[i]);
        if (at >= length && memcmp(text + at - length, marks[i], length) == 0) {
            return true;
        }
    }
    return false;
}

// A letter of an id, a path or a word of English.
static bool letter(char byte)
{
    return byte > ' ' && (unsigned char)byte < 0x80;
}

size_t text_line(const char *text, size_t columns)
{
    size_t fit = text_fit(text, columns);
    for (size_t at = fit; at > fit / 4; at--) {
        if (text[at] == ' ' || mark_before(text, at)) {
            return at;
        }
    }
    while (letter(text[fit - 1]) && letter(text[fit])) {
        fit++;
    }
    return fit;
}

bool text_valid(const char *text, size_t length)
{
    return length == 0 ||
           (memchr(text, 0, length) == NULL && u8_check((const uint8_t *)text, length) == NULL);
}

static bool blank(ucs4_t character)
{
    enum { BRAILLE_BLANK = 0x2800 };
    return uc_is_property_white_space(character) ||
           uc_is_property_default_ignorable_code_point(character) ||
           uc_is_general_category_withtable(character, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf) ||
           character == BRAILLE_BLANK;
}

bool text_present(const char *text)
{
    if (text == NULL) {
        return false;
    }
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        ucs4_t character;
        at += character_take(text + at, length - at, &character);
        if (!blank(character)) {
            return true;
        }
    }
    return false;
}
