// calendar_ical_entry - one entry (VEVENT) of an iCalendar file: which days, and of which kind
#pragma once

#include "common/arena.h"
#include "settings/calendar_kind.h"
#include "settings/settings_error.h"

#include <libical/ical.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct calendar_ical_entry {
    icalcomponent *component;
    size_t line;
    struct arena *arena;
    struct settings_error *error;
    const char *title; // "-" where it has none
    const char *uid;   // the same
    int32_t first;     // the days, both included
    int32_t last;
    enum calendar_kind kind; // CALENDAR_OFF or CALENDAR_WORKING
    const char *name;
};

// The entry with its title; its days and kind are still to be read.
struct calendar_ical_entry calendar_ical_entry_open(icalcomponent *component, size_t line,
                                                    struct arena *arena,
                                                    struct settings_error *error);

// Whether it has an X-APPLE-SPECIAL-DAY.
bool calendar_ical_entry_marked(const struct calendar_ical_entry *entry);

// Reads days, kind and name. False and *error when it cannot be told for sure.
bool calendar_ical_entry_read(struct calendar_ical_entry *entry);

// Says what is wrong with it, after its title and UID. Returns false.
bool calendar_ical_entry_fail(const struct calendar_ical_entry *entry, const char *zh,
                              const char *en);
