// rulebook_words - the entries of a rulebook in words, for those who read it and compare two
//
// All from the rows of rulebook_keys: an entry that is added there is shown and compared at once. A
// period is one entry, with the keys under it; categories are told by whoever walks them.
#include "settings/rulebook_words.h"

#include "settings/file_keys.h"
#include "settings/rulebook_draft.h"
#include "value.pb-c.h"

#include <assert.h>
#include <string.h>

// Rows say where a value goes in the draft, which begins with the rulebook.
_Static_assert(offsetof(struct draft, rulebook) == 0, "a row's place is one in the rulebook, too");

static const struct key *row_at(const char *path, size_t length)
{
    for (size_t i = 0; i < rulebook_keys.rows_count; i++) {
        const struct key *row = &rulebook_keys.rows[i];
        if (strlen(row->path) == length && strncmp(row->path, path, length) == 0) {
            return row;
        }
    }
    return NULL;
}

static const struct key *part_of(const struct key *key, const char *part, struct arena *arena)
{
    const char *path = arena_format(arena, "%s.%s", key->path, part);
    return row_at(path, strlen(path));
}

static const struct key *parent_of(const struct key *key)
{
    const char *dot = strrchr(key->path, '.');
    return dot != NULL ? row_at(key->path, (size_t)(dot - key->path)) : NULL;
}

static bool is_period(const struct key *key)
{
    return key->type == KEY_MAP && key->size == sizeof(struct period);
}

static bool is_stages(const struct key *key)
{
    return key->type == KEY_LIST && key->stride == sizeof(enum rulebook_stage);
}

// Levels of sampling, as bits.
static bool is_levels(const struct key *key)
{
    return key->type == KEY_LIST && key->stride == 0;
}

bool rulebook_entry(const struct key *key)
{
    const struct key *parent = parent_of(key);
    bool inside = strchr(key->path, '[') != NULL || (parent != NULL && is_period(parent));
    bool container = (key->type == KEY_MAP && !is_period(key)) ||
                     (key->type == KEY_LIST && !is_stages(key) && !is_levels(key));
    return key->path[0] != '\0' && !inside && !container;
}

const void *rulebook_value(const struct rulebook *rulebook, const struct key *key)
{
    assert(rulebook_entry(key));
    const struct key *parent = parent_of(key);
    return (const unsigned char *)rulebook + (parent != NULL ? parent->offset : 0) + key->offset;
}

static bool period_same(const struct period *one, const struct period *other)
{
    return one->length == other->length && one->unit == other->unit &&
           one->first_day_counted == other->first_day_counted &&
           one->roll_last_day == other->roll_last_day;
}

bool rulebook_value_same(const struct rulebook *one, const struct rulebook *other,
                         const struct key *key)
{
    const void *left = rulebook_value(one, key);
    const void *right = rulebook_value(other, key);
    if (is_period(key)) {
        return period_same(left, right);
    }
    return key->type == KEY_TEXT ? strcmp(left, right) == 0 : memcmp(left, right, key->size) == 0;
}

// ---- Words

const char *rulebook_points_text(int64_t hundredths, struct arena *arena)
{
    long long whole = (long long)hundredths / 100;
    long long rest = (long long)hundredths % 100;
    return rest == 0 ? arena_format(arena, "%lld", whole)
                     : arena_format(arena, "%lld.%02lld", whole, rest);
}

static const char *period_text(const struct key *key, const struct period *period,
                               enum rulebook_language language, struct arena *arena)
{
    static const char *const units[][2] = {
        [PERIOD_DAYS] = {"个日历日", "calendar days"},
        [PERIOD_WORKING_DAYS] = {"个工作日", "working days" },
        [PERIOD_MONTHS] = {"个月",       "months"       },
        [PERIOD_YEARS] = {"年",          "years"        },
    };
    const char *unit = units[period->unit][language];
    const char *blank = language == RULEBOOK_ZH ? "" : " ";
    const char *length = arena_format(arena, "%u%s%s", period->length, blank, unit);
    if (part_of(key, "first_day_counted", arena) == NULL) {
        return length; // a stay: counted like no period of law
    }
    return language == RULEBOOK_ZH
               ? arena_format(arena, "%s（当日%s，末日遇休息日%s）", length,
                              period->first_day_counted ? "计入" : "不计入",
                              period->roll_last_day ? "顺延" : "不顺延")
               : arena_format(arena, "%s (first day %s, a last day off %s)", length,
                              period->first_day_counted ? "counted" : "not counted",
                              period->roll_last_day ? "moves" : "does not move");
}

static const char *stages_text(const struct rulebook *rulebook, enum rulebook_language language,
                               struct arena *arena)
{
    static const char *const names[][2] = {
        [RULEBOOK_PUBLICITY] = {"公示", "publicity"   },
        [RULEBOOK_DELIBERATION] = {"审议", "deliberation"},
        [RULEBOOK_APPROVAL] = {"审批", "approval"    },
    };
    const char *text = "";
    const char *comma = language == RULEBOOK_ZH ? "、" : ", ";
    for (size_t i = 0; i < rulebook->last_stages_count; i++) {
        text = arena_format(arena, "%s%s%s", text, i > 0 ? comma : "",
                            names[rulebook->last_stages[i]][language]);
    }
    return text;
}

static const char *levels_text(uint32_t levels, enum rulebook_language language,
                               struct arena *arena)
{
    static const char *const names[][2] = {
        [AWARD__LEVEL__NAME__national] = {"国家级", "national" },
        [AWARD__LEVEL__NAME__industry] = {"行业",    "industry" },
        [AWARD__LEVEL__NAME__municipal] = {"市级",    "municipal"},
        [AWARD__LEVEL__NAME__district] = {"区县级", "district" },
    };
    const char *text = "";
    const char *comma = language == RULEBOOK_ZH ? "、" : ", ";
    for (unsigned level = 0; level < sizeof(names) / sizeof(names[0]); level++) {
        if ((levels & 1U << level) != 0) {
            text = arena_format(arena, "%s%s%s", text, text[0] != '\0' ? comma : "",
                                names[level][language]);
        }
    }
    return text;
}

static const char *choice_name(const struct key *key, const void *value)
{
    int32_t number;
    assert(key->size == sizeof(number));
    memcpy(&number, value, sizeof(number));
    const struct key_choice *choice = key->choices;
    while (choice->name != NULL && choice->value != number) {
        choice++;
    }
    return choice->name;
}

// With the word that stands in the file in brackets.
static const char *choice_text(const struct key *key, const void *value,
                               enum rulebook_language language)
{
    static const char *const texts[][3] = {
        {"去掉一个最高分和一个最低分后的平均分（trimmed_mean）",
         "the mean without one highest and one lowest (trimmed_mean)",                                         "trimmed_mean"},
        {"全部评分的平均分（mean）",                                       "the mean of all (mean)", "mean"        },
    };
    const char *name = choice_name(key, value);
    for (size_t i = 0; name != NULL && i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (strcmp(texts[i][2], name) == 0) {
            return texts[i][language];
        }
    }
    return name != NULL ? name : "?";
}

static int64_t number_at(const struct key *key, const void *value)
{
    int64_t wide;
    uint32_t narrow;
    if (key->size == sizeof(wide)) {
        memcpy(&wide, value, sizeof(wide));
        return wide;
    }
    assert(key->size == sizeof(narrow));
    memcpy(&narrow, value, sizeof(narrow));
    return narrow;
}

static const char *time_text(uint32_t minute, struct arena *arena)
{
    return arena_format(arena, "%02u:%02u", minute / 60, minute % 60);
}

static const char *flag_text(const bool *flag, enum rulebook_language language)
{
    static const char *const words[][2] = {
        {"否", "no" },
        {"是", "yes"}
    };
    return words[*flag ? 1 : 0][language];
}

const char *rulebook_value_text(const struct rulebook *rulebook, const struct key *key,
                                enum rulebook_language language, struct arena *arena)
{
    const void *value = rulebook_value(rulebook, key);
    if (is_period(key)) {
        return period_text(key, value, language, arena);
    }
    if (is_stages(key)) {
        return stages_text(rulebook, language, arena);
    }
    if (is_levels(key)) {
        return levels_text((uint32_t)number_at(key, value), language, arena);
    }
    switch ((int)key->type) {
    case KEY_POINTS:
        return rulebook_points_text(number_at(key, value), arena);
    case KEY_TIME:
        return time_text((uint32_t)number_at(key, value), arena);
    case KEY_FLAG:
        return flag_text(value, language);
    case KEY_CHOICE:
        return choice_text(key, value, language);
    case KEY_TEXT:
        return arena_format(arena, language == RULEBOOK_ZH ? "“%s”" : "`%s`", (const char *)value);
    default:
        assert(key->type == KEY_NUMBER);
        return arena_format(arena, "%lld", (long long)number_at(key, value));
    }
}
