// 字数 by decision 13, width on a terminal, presence.
#include "common/text.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <string.h>
#include <unictype.h>

static void assert_characters(const char *text, uint32_t wanted)
{
    uint32_t counted = text_characters(text, strlen(text));
    cr_assert_eq(counted, wanted, "\"%s\" counts %u and not %u", text, counted, wanted);
}

// Writes one character as UTF-8.
static void encode(uint32_t character, char text[5])
{
    memset(text, 0, 5);
    if (character < 0x80) {
        text[0] = (char)character;
    } else if (character < 0x800) {
        text[0] = (char)(0xC0 | character >> 6);
        text[1] = (char)(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        text[0] = (char)(0xE0 | character >> 12);
        text[1] = (char)(0x80 | (character >> 6 & 0x3F));
        text[2] = (char)(0x80 | (character & 0x3F));
    } else {
        text[0] = (char)(0xF0 | character >> 18);
        text[1] = (char)(0x80 | (character >> 12 & 0x3F));
        text[2] = (char)(0x80 | (character >> 6 & 0x3F));
        text[3] = (char)(0x80 | (character & 0x3F));
    }
}

// Tells apart by what stands behind a letter: it joins the run, counts by itself, or ends the run.
enum kind { ENDS, ONE, RUN };

static enum kind kind_of(uint32_t character)
{
    char middle[5];
    char text[16];
    encode(character, middle);
    uint32_t alone = text_characters(middle, strlen(middle));
    (void)snprintf(text, sizeof(text), "a%sb", middle);
    uint32_t between = text_characters(text, strlen(text));
    if (between == 1) {
        return RUN;
    }
    cr_assert_eq(between, alone + 2, "U+%04X", character);
    return alone == 1 ? ONE : ENDS;
}

static void assert_range(uint32_t first, uint32_t last, enum kind wanted)
{
    for (uint32_t character = first; character <= last; character++) {
        enum kind kind = kind_of(character);
        cr_assert_eq(kind, wanted, "U+%04X is %d and not %d", character, kind, wanted);
    }
}

// decision 13; 13(2), 13(3)
Test(text, examples_of_the_decision_count_as_they_say)
{
    assert_characters("ISO9001", 1);
    assert_characters("GB/T 19580", 3);
    assert_characters("3.14", 2);
    assert_characters("“”‘’—…·", 7);
    assert_characters("℃±×÷①", 0);
}

// decision 13
Test(text, each_character_and_punctuation_mark_counts_one)
{
    assert_characters("", 0);
    assert_characters("质量管理", 4);
    assert_characters("质量，管理。", 6);
    assert_characters("（一）《办法》", 7);
    assert_characters("卓越——绩效……", 8);
    assert_characters("カタカナひらがな", 8);
    assert_characters("ｶﾀｶﾅ", 4);
    assert_characters("한국어", 3);
    assert_characters("𠀀𪜀", 2);
    assert_characters("人々〇", 3);
}

// decision 13
Test(text, letters_and_digits_run_together_full_width_ones_too)
{
    assert_characters("ＩＳＯ９００１", 1);
    assert_characters("ISO９００１", 1);
    assert_characters("ISO9001质量", 3);
    assert_characters("质量ISO9001管理", 5);
    assert_characters("Café Müller", 2);
    assert_characters("Tiếng", 1);
    assert_characters("don’t", 3);
    assert_characters("don't", 2);
    assert_characters("100%", 1);
    assert_characters("５０％", 2);
    assert_characters("a_b-c", 3);
}

Test(text, blanks_count_none_and_end_a_run)
{
    assert_characters(" \t\r\n", 0);
    assert_characters("\u3000\u00A0\u200B\uFEFF\u2060", 0);
    assert_characters("a b", 2);
    assert_characters("a\u200Bb", 2);
    assert_characters("质\u3000量", 2);
}

// F-count-1
Test(text, combining_marks_and_other_alphabets_count_none_and_end_a_run)
{
    assert_characters("cafe\u0301s", 2);
    assert_characters("αβγ", 0);
    assert_characters("aαb", 2);
    assert_characters("Ж", 0);
    assert_characters("か\u3099", 1);
}

// F-count-1, decision 13
Test(text, latin_letters_are_the_named_ranges)
{
    assert_range('0', '9', RUN);
    assert_range('A', 'Z', RUN);
    assert_range('a', 'z', RUN);
    assert_range(0xC0, 0xD6, RUN);
    assert_range(0xD7, 0xD7, ENDS); // ×
    assert_range(0xD8, 0xF6, RUN);
    assert_range(0xF7, 0xF7, ENDS); // ÷
    assert_range(0xF8, 0x24F, RUN);
    assert_range(0x1E00, 0x1EFF, RUN);
    assert_range(0xFF10, 0xFF19, RUN);
    assert_range(0xFF21, 0xFF3A, RUN);
    assert_range(0xFF41, 0xFF5A, RUN);
}

Test(text, just_outside_the_latin_ranges_a_run_ends)
{
    static const uint32_t outside[] = {'/',  ':',  '@',   '[',    '`',   '{',
                                       0xAA, 0xBF, 0x250, 0x1DFF, 0x1F00};
    for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        assert_range(outside[i], outside[i], ENDS);
    }
}

// F-count-1
Test(text, full_width_marks_are_the_named_ranges)
{
    assert_range(0xFF01, 0xFF0F, ONE);
    assert_range(0xFF1A, 0xFF20, ONE);
    assert_range(0xFF3B, 0xFF40, ONE);
    assert_range(0xFF5B, 0xFF65, ONE);
    assert_range(0xFF66, 0xFF9F, ONE); // half-width kana
    assert_range(0xFFE0, 0xFFE6, ONE);
    assert_range(0xFE30, 0xFE4F, ONE);
    assert_range(0xFE2F, 0xFE2F, ENDS);
    assert_range(0xFE50, 0xFE50, ENDS);
    assert_range(0xFF00, 0xFF00, ENDS);
    assert_range(0xFFDF, 0xFFDF, ENDS);
    assert_range(0xFFE7, 0xFFE7, ENDS);
}

Test(text, characters_of_all_planes_count_one)
{
    assert_range(0x3400, 0x4DBF, ONE);
    assert_range(0x4E00, 0x9FFF, ONE);
    assert_range(0xAC00, 0xD7A3, ONE);
    assert_range(0xF900, 0xFAD9, ONE);
    assert_range(0x20000, 0x2A6DF, ONE);
    assert_range(0x30000, 0x323AF, ONE);
    assert_range(0x4DC0, 0x4DFF, ENDS); // hexagrams between two of the blocks
    assert_range(0x3000, 0x3000, ENDS); // the full-width blank
    assert_range(0x302A, 0x302F, ENDS); // combining tone marks
}

// ---- The whole of Unicode, against the words of the decision and the properties of characters

static bool within(uint32_t character, uint32_t first, uint32_t last)
{
    return character >= first && character <= last;
}

static bool latin_or_digit(uint32_t c)
{
    bool sign = c == 0xD7 || c == 0xF7;
    return within(c, '0', '9') || within(c, 'A', 'Z') || within(c, 'a', 'z') ||
           (within(c, 0xC0, 0x24F) && !sign) || within(c, 0x1E00, 0x1EFF) ||
           within(c, 0xFF10, 0xFF19) || within(c, 0xFF21, 0xFF3A) || within(c, 0xFF41, 0xFF5A);
}

// Half-width kana stand behind the full-width marks.
static bool full_width_mark(uint32_t c)
{
    return within(c, 0xFF01, 0xFF9F) || within(c, 0xFFE0, 0xFFE6) || within(c, 0xFE30, 0xFE4F);
}

static bool named_mark(uint32_t c)
{
    return c == 0x201C || c == 0x201D || c == 0x2018 || c == 0x2019 || c == 0x2014 || c == 0x2026 ||
           c == 0xB7;
}

static bool east_asian_script(uint32_t c)
{
    static const char *const names[] = {"Han", "Hiragana", "Katakana", "Hangul"};
    const uc_script_t *script = uc_script(c);
    for (size_t i = 0; script != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(script->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool of_category(uint32_t c, uint32_t mask)
{
    return uc_is_general_category_withtable(c, mask);
}

// Letters and radicals of the four scripts, without signs (㈠ ㍿), fillers and combining marks.
static bool east_asian_letter(uint32_t c)
{
    bool radical = within(c, 0x2E80, 0x2FD5);
    bool numeral = c == 0x3007 || within(c, 0x3021, 0x3029) || within(c, 0x3038, 0x303A);
    bool filler = uc_is_property_default_ignorable_code_point(c);
    return east_asian_script(c) && !filler &&
           (of_category(c, UC_CATEGORY_MASK_L) || radical || numeral);
}

// U+3000-303F without the blank and what combines; the marks of kana (ー ・ ゛) are shared ones.
static bool cjk_punctuation(uint32_t c)
{
    bool kana_mark =
        within(c, 0x309B, 0x309C) || c == 0x30A0 || c == 0x30FB || c == 0x30FC || c == 0xFF70;
    return (within(c, 0x3001, 0x303F) && !of_category(c, UC_CATEGORY_MASK_M)) || kana_mark;
}

static enum kind kind_by_decision(uint32_t c)
{
    if (latin_or_digit(c)) {
        return RUN;
    }
    return named_mark(c) || full_width_mark(c) || east_asian_letter(c) || cjk_punctuation(c) ? ONE
                                                                                             : ENDS;
}

Test(text, every_character_of_unicode_counts_as_the_decision_says)
{
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        bool surrogate = within(c, 0xD800, 0xDFFF);
        if (surrogate || of_category(c, UC_CATEGORY_MASK_Cn)) {
            continue; // what is not assigned is a CJK character to come, or nothing
        }
        enum kind wanted = kind_by_decision(c);
        enum kind kind = kind_of(c);
        cr_expect_eq(kind, wanted, "U+%04X is %d and not %d", c, kind, wanted);
    }
}

Test(text, an_embedded_limit_is_kept)
{
    cr_assert_eq(text_characters("质量管理", 6), 2);
    cr_assert_eq(text_characters("质量", 0), 0);
}

Test(text, wide_characters_take_two_columns)
{
    cr_assert_eq(text_width(""), 0);
    cr_assert_eq(text_width("abc"), 3);
    cr_assert_eq(text_width("质量a"), 5);
    cr_assert_eq(text_width("（）"), 4);
    cr_assert_eq(text_width("e\u0301"), 1);
    cr_assert_eq(text_width("\u200B"), 0);
}

Test(text, never_cuts_within_a_character)
{
    static const struct {
        const char *text;
        size_t bytes_max, bytes;
    } rows[] = {
        {"",                         0, 0},
        {"ab",                       0, 0},
        {"ab",                       1, 1},
        {"ab",                       2, 2},
        {"ab",                       9, 2},
        {"质量",                   0, 0},
        {"质量",                   2, 0},
        {"质量",                   3, 3},
        {"质量",                   5, 3},
        {"质量",                   6, 6},
        {"a质",                     3, 1},
        {"é",                       1, 0},
        {"\U00020000",               3, 0},
        {"\U00020000",               4, 4},
        {"x\U00020000",              4, 1},
        {"\x80\x80\x80\x80\x80\x80", 5, 5}, // no UTF-8
        {"\x80\x80",                 1, 1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_eq(text_cut(rows[i].text, rows[i].bytes_max), rows[i].bytes, "%zu", i);
    }
}

Test(text, what_fits_never_splits_a_character)
{
    cr_assert_eq(text_fit("质量", 0), 0);
    cr_assert_eq(text_fit("质量", 1), 0);
    cr_assert_eq(text_fit("质量", 2), 3);
    cr_assert_eq(text_fit("质量", 3), 3);
    cr_assert_eq(text_fit("质量", 4), 6);
    cr_assert_eq(text_fit("a质", 2), 1);
    cr_assert_eq(text_fit("abc", 80), 3);
    cr_assert_eq(text_fit("e\u0301x", 1), 3); // the accent stays with its letter
}

Test(text, valid_text_is_whole_utf8_without_zero)
{
    cr_assert(text_valid("", 0));
    cr_assert(text_valid(NULL, 0));
    cr_assert(text_valid("质量", 6));
    cr_assert_not(text_valid("质量", 5));
    cr_assert_not(text_valid("a\0b", 3));
    cr_assert_not(text_valid("\xFF", 1));
    cr_assert_not(text_valid("\xC0\x80", 2));
    cr_assert_not(text_valid("\xED\xA0\x80", 3)); // a surrogate
    cr_assert_not(text_valid("\xF4\x90\x80\x80", 4));
}

Test(text, blanks_alone_are_not_present)
{
    cr_assert_not(text_present(NULL));
    cr_assert_not(text_present(""));
    cr_assert_not(text_present(" \t\r\n"));
    cr_assert_not(text_present("\u3000"));
    cr_assert_not(text_present("\u200B\u200C\u200D\u2060\uFEFF"));
    cr_assert_not(text_present("\u00A0\u2003\u3164\u2800"));
    cr_assert(text_present("x"));
    cr_assert(text_present("\u3000质"));
    cr_assert(text_present("。"));
    cr_assert(text_present("0"));
}
