// calendar_kind - whether an entry of somebody's calendar is a day off or a make-up day
//
// A title is brought into one form (narrow brackets, no counter behind it) and compared with a
// table of how feeds write it; what is left is the name, which must not hold a word of a mark or of
// a negation itself.
#include "settings/calendar_kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct title_form {
    const char *before;
    const char *after;
    enum calendar_kind kind;
};

// As the feeds write it that decision 26 names.
// clang-format off
static const struct title_form title_forms[] = {
    {"",         "(休)",   CALENDAR_OFF},     // Apple
    {"",         "(班)",   CALENDAR_WORKING},
    {"上班(补",  "假期)",  CALENDAR_WORKING}, // holiday-cn
    {"补班(",    ")",      CALENDAR_WORKING}, // chinese-holidays
    {"",         "补班",   CALENDAR_WORKING}, // china-holiday-calender, chinese-holidays-calendar
    {"",         "假期",   CALENDAR_OFF},
    {"",         "放假",   CALENDAR_OFF},
};

static const struct title_form categories[] = {
    {"休", "", CALENDAR_OFF}, {"放假", "", CALENDAR_OFF},     {"假期", "", CALENDAR_OFF},
    {"班", "", CALENDAR_WORKING}, {"补班", "", CALENDAR_WORKING},
};

static const struct title_form apple_values[] = {
    {"WORK-HOLIDAY",      "", CALENDAR_OFF},
    {"ALTERNATE-WORKDAY", "", CALENDAR_WORKING},
};
// clang-format on

// A name with one of them would be a second mark, or would turn the first round.
static const char *const not_in_a_name[] = {"休", "班", "假", "补", "调", "不",
                                            "无", "未", "非", "取", "(",  ")"};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum calendar_kind calendar_kind_both(enum calendar_kind one, enum calendar_kind other)
{
    if (one == CALENDAR_UNTOLD || one == other) {
        return other;
    }
    return other == CALENDAR_UNTOLD ? one : CALENDAR_BOTH;
}

// ---- Titles

static size_t trimmed(const char *text, size_t length)
{
    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    return length;
}

// Where " 第1天/共3天" begins that ends the text; the end where there is none.
static size_t counter_start(const char *text)
{
    size_t length = strlen(text);
    const char *found = text;
    while ((found = strstr(found, "第")) != NULL) {
        int taken = 0;
        (void)sscanf(found, "第%*3u天/共%*3u天%n", &taken);
        if (taken > 0 && found[taken] == '\0') {
            return trimmed(text, (size_t)(found - text));
        }
        found += strlen("第");
    }
    return length;
}

// Narrow brackets, no blanks around it, no counter.
static const char *one_form(const char *title, struct arena *arena)
{
    static const struct {
        const char *wide;
        char narrow;
    } pairs[] = {
        {"（", '('},
        {"）", ')'},
        {"　", ' '}
    };
    char *text = arena_alloc(arena, strlen(title) + 1);
    size_t length = 0;
    for (const char *at = title; *at != '\0';) {
        size_t taken = 1;
        text[length] = *at;
        for (size_t i = 0; i < COUNT(pairs); i++) {
            if (strncmp(at, pairs[i].wide, strlen(pairs[i].wide)) == 0) {
                taken = strlen(pairs[i].wide);
                text[length] = pairs[i].narrow;
            }
        }
        at += taken;
        length += text[length] == ' ' && length == 0 ? 0 : 1;
    }
    text[trimmed(text, length)] = '\0';
    text[counter_start(text)] = '\0';
    return text;
}

// The name between what the form has before and after it; NULL where the title is not of it.
static const char *name_between(const char *title, const struct title_form *form,
                                struct arena *arena)
{
    size_t length = strlen(title);
    size_t before = strlen(form->before);
    size_t after = strlen(form->after);
    if (length <= before + after || strncmp(title, form->before, before) != 0 ||
        strcmp(title + length - after, form->after) != 0) {
        return NULL;
    }
    const char *name = title + before;
    size_t size = trimmed(name, length - before - after);
    return arena_format(arena, "%.*s", (int)size, name);
}

static bool name_plain(const char *name)
{
    for (size_t i = 0; i < COUNT(not_in_a_name); i++) {
        if (strstr(name, not_in_a_name[i]) != NULL) {
            return false;
        }
    }
    return name[0] != '\0';
}

enum calendar_kind calendar_kind_title(const char *title, struct arena *arena, const char **name)
{
    const char *text = one_form(title, arena);
    for (size_t i = 0; i < COUNT(title_forms); i++) {
        const char *between = name_between(text, &title_forms[i], arena);
        if (between != NULL && name_plain(between)) {
            *name = between;
            return title_forms[i].kind;
        }
    }
    *name = text;
    return CALENDAR_UNTOLD;
}

// ---- Words that stand alone

static enum calendar_kind word_kind(const struct title_form words[], size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].before, word) == 0) {
            return words[i].kind;
        }
    }
    return CALENDAR_UNTOLD;
}

enum calendar_kind calendar_kind_category(const char *category)
{
    return word_kind(categories, COUNT(categories), category);
}

enum calendar_kind calendar_kind_apple(const char *value)
{
    return word_kind(apple_values, COUNT(apple_values), value);
}
