// import_cells - what stands in a cell, by its form
#include "clients/ctl/import.h"
#include "clients/ctl/moment.h"
#include "common/codec.h"
#include "common/limits.h"
#include "common/text.h"
#include "common/time.h"
#include "rules/credit_code.h"
#include "settings/nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIVISION_DIGITS = 6 };

char *import_text(struct import *import, size_t column)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    if (strlen(cell) > LIMIT_TEXT_BYTES) {
        import_problem(import, column, "超过 8 KiB；请缩短", "it is longer than 8 KiB; shorten it");
        return NULL;
    }
    return arena_string(import->arena, cell);
}

char *import_name(struct import *import, size_t column)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    bool sound = strlen(cell) <= LIMIT_ID_BYTES;
    for (const char *at = cell; *at != '\0' && sound; at++) {
        sound = (unsigned char)*at > ' ' && *at != 0x7F;
    }
    if (!sound) {
        import_problem(import, column, "标识最多 64 字节，中间不能有空格；请核对",
                       "a name has at most 64 bytes and no blanks in it; check it");
        return NULL;
    }
    return arena_string(import->arena, cell);
}

// ---- Codes

// Capitals and half-width characters, as they should be. NULL: it is none even so.
static const char *code_meant(const char *cell, struct arena *arena)
{
    enum { FULL_WIDTH_BYTES = 3 };
    char *meant = arena_alloc(arena, strlen(cell) + 1);
    char *end = meant;
    while (*cell != '\0') {
        const unsigned char *bytes = (const unsigned char *)cell;
        bool wide = bytes[0] == 0xEF && (bytes[1] == 0xBC || bytes[1] == 0xBD);
        char character = *cell;
        if (wide) { // U+FF01 to U+FF5E lie 0xFEE0 above ASCII
            unsigned low = (bytes[1] == 0xBC ? 0U : 0x40U) + (bytes[2] & 0x3FU);
            character = (char)(low + 0x20U);
        }
        *end++ = (char)toupper((unsigned char)character);
        cell += wide ? FULL_WIDTH_BYTES : 1;
    }
    return credit_code_valid(meant) ? meant : NULL;
}

char *import_code(struct import *import, size_t column)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    if (credit_code_valid(cell)) {
        return arena_string(import->arena, cell);
    }
    const char *meant = code_meant(cell, import->arena);
    const char *zh = "不是统一社会信用代码（GB 32100，18 位，含校验位）；请对照营业执照";
    const char *en = "this is no unified social credit code (GB 32100: 18 places, the last a check "
                     "character); look at the licence";
    if (meant != NULL) {
        zh = arena_format(import->arena, "信用代码须半角大写：%s", meant);
        en = arena_format(import->arena, "a credit code is in half-width capitals: %s", meant);
    }
    import_problem(import, column, zh, en);
    return NULL;
}

char *import_division(struct import *import, size_t column)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    if (strlen(cell) != DIVISION_DIGITS || strspn(cell, "0123456789") != DIVISION_DIGITS) {
        import_problem(import, column, "应为 6 位行政区划代码，如 500112",
                       "a division code of 6 digits stands here, such as 500112");
        return NULL;
    }
    return arena_string(import->arena, cell);
}

static bool industry_sound(const char *text)
{
    size_t digits = strspn(text + (text[0] != '\0' ? 1 : 0), "0123456789");
    return text[0] >= 'A' && text[0] <= 'T' && digits == strlen(text) - 1 && digits <= 4;
}

char *import_industry(struct import *import, size_t column)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    if (!industry_sound(cell)) {
        import_problem(import, column, "应为 GB/T 4754 门类字母和代码，如 C36",
                       "section and code of GB/T 4754 stand here, such as C36");
        return NULL;
    }
    return arena_string(import->arena, cell);
}

// ---- Days and moments

// "2018/3/7 10:00" becomes "2018-03-07 10:00": the day in digits, whatever stands between them, and
// the rest as it is. False: it does not begin with a day.
static bool day_unite(const char *cell, char *out, size_t size)
{
    static const char *const between[] = {"-", "/", ".", "年", "月", "日"};
    long numbers[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        char *end;
        if (*cell < '0' || *cell > '9') {
            return false;
        }
        numbers[i] = strtol(cell, &end, 10);
        cell = end;
        for (size_t k = 0; k < sizeof(between) / sizeof(between[0]); k++) {
            size_t length = strlen(between[k]);
            if ((i < 2 || length > 1) && strncmp(cell, between[k], length) == 0) {
                cell += length;
                break;
            }
        }
    }
    if (numbers[0] > 9999 || numbers[1] > 99 || numbers[2] > 99) {
        return false;
    }
    cell += strspn(cell, " ");
    bool short_hour = cell[0] != '\0' && cell[1] == ':';
    int written = snprintf(out, size, "%04ld-%02ld-%02ld%s%s%s", numbers[0], numbers[1], numbers[2],
                           *cell != '\0' && *cell != 'T' ? " " : "", short_hour ? "0" : "", cell);
    return written > 0 && (size_t)written < size;
}

Award__Day *import_day(struct import *import, size_t column)
{
    char text[64];
    int32_t number;
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    if (!day_unite(cell, text, sizeof(text)) || !day_parse(text, strlen(text), &number)) {
        import_problem(import, column, "不是日期；请写作 2018-03-07",
                       "this is no day; write it as 2018-03-07");
        return NULL;
    }
    Award__Day *day = arena_alloc(import->arena, sizeof(*day));
    award__day__init(day);
    day->has_number = 1;
    day->number = number;
    return day;
}

Award__Moment *import_moment(struct import *import, size_t column)
{
    char text[64];
    int64_t ms = 0;
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return NULL;
    }
    // A day alone is no moment: its beginning is hardly meant.
    bool good = day_unite(cell, text, sizeof(text)) && strlen(text) > strlen("2018-03-07") &&
                moment_read(text, &ms);
    if (!good) {
        import_problem(import, column, "不是时刻；请写作 2018-03-07 10:00",
                       "this is no moment; write it as 2018-03-07 10:00");
        return NULL;
    }
    Award__Moment *moment = arena_alloc(import->arena, sizeof(*moment));
    award__moment__init(moment);
    moment->has_ms = 1;
    moment->ms = ms;
    return moment;
}

// ---- Words

char *import_word(struct import *import, size_t column, const char *const *words, size_t count,
                  const char *else_zh, const char *else_en)
{
    const char *cell = import_cell(import, column);
    for (size_t i = 0; cell != NULL && i < count; i++) {
        if (strcmp(cell, words[i]) == 0) {
            return arena_string(import->arena, cell);
        }
    }
    if (cell == NULL) {
        return NULL;
    }
    struct word_search search = {.wanted = cell};
    for (size_t i = 0; i < count; i++) {
        word_try(&search, words[i]);
    }
    const char *nearest = search.best;
    const char *zh = nearest != NULL
                         ? arena_format(import->arena, "没有“%s”；是不是“%s”？", cell, nearest)
                         : arena_format(import->arena, "没有“%s”；%s", cell, else_zh);
    const char *en = nearest != NULL
                         ? arena_format(import->arena, "there is no %s; is it %s?", cell, nearest)
                         : arena_format(import->arena, "there is no %s; %s", cell, else_en);
    import_problem(import, column, zh, en);
    return NULL;
}

bool import_yes(struct import *import, size_t column, bool *yes)
{
    static const char *const words[] = {"是", "yes", "true", "1", "否", "no", "false", "0"};
    enum { NO_FROM = 4, WORDS = sizeof(words) / sizeof(words[0]) };
    const char *word =
        import_word(import, column, words, WORDS, "请写“是”或“否”", "write yes or no");
    for (size_t i = 0; word != NULL && i < WORDS; i++) {
        if (strcmp(word, words[i]) == 0) {
            *yes = i < NO_FROM;
            return true;
        }
    }
    return false;
}

bool import_number(struct import *import, size_t column, uint32_t *number)
{
    const char *cell = import_cell(import, column);
    if (cell == NULL) {
        return false;
    }
    enum { DIGITS_MAX = 9 };
    size_t length = strlen(cell);
    if (length > DIGITS_MAX || strspn(cell, "0123456789") != length) {
        import_problem(import, column, "应为整数，不带逗号和单位",
                       "a whole number stands here, without commas and units");
        return false;
    }
    *number = (uint32_t)strtoul(cell, NULL, 10);
    return true;
}

// ---- Lists

// Length of a separator at the beginning of the text; 0: there is none.
static size_t separator(const char *text)
{
    static const char *const separators[] = {"；", "、", "，", ";", ",", "|"};
    for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
        size_t length = strlen(separators[i]);
        if (strncmp(text, separators[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

size_t import_list(struct import *import, size_t column, char ***list)
{
    const char *cell = import_cell(import, column);
    size_t count = 0;
    if (cell == NULL) {
        return 0;
    }
    *list = arena_alloc(import->arena, LIMIT_LIST_ELEMENTS * sizeof(char *));
    while (*cell != '\0' && count < LIMIT_LIST_ELEMENTS) {
        size_t length = 0;
        while (cell[length] != '\0' && separator(cell + length) == 0) {
            length++;
        }
        size_t first = strspn(cell, " ");
        size_t last = length;
        while (last > first && cell[last - 1] == ' ') {
            last--;
        }
        if (last > first) {
            (*list)[count++] =
                arena_format(import->arena, "%.*s", (int)(last - first), cell + first);
        }
        cell += length + separator(cell + length);
    }
    return count;
}
