// calendar_kind - whether an entry of somebody's calendar is a day off or a make-up day
//
// Only marks that leave no doubt are read (decision 26). Words such as 调休 stand for either and
// are no mark.
#pragma once

#include "common/arena.h"

enum calendar_kind {
    CALENDAR_UNTOLD,  // no mark
    CALENDAR_OFF,     // a day off
    CALENDAR_WORKING, // a make-up day
    CALENDAR_BOTH,    // marks that contradict each other
};

// What two marks of one entry say together.
enum calendar_kind calendar_kind_both(enum calendar_kind one, enum calendar_kind other);

// By the title: "春节（休）", "元旦 假期 第1天/共3天", "上班(补春节假期)". *name becomes the title
// without its mark, in the arena; the title itself where it has none.
enum calendar_kind calendar_kind_title(const char *title, struct arena *arena, const char **name);

// By a category that is such a word.
enum calendar_kind calendar_kind_category(const char *category);

// By the value of X-APPLE-SPECIAL-DAY. CALENDAR_UNTOLD for one that is not known.
enum calendar_kind calendar_kind_apple(const char *value);
