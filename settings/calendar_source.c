// calendar_source - a calendar in any format that is read: the project's own, or iCalendar
#include "settings/calendar_source.h"

#include "settings/calendar_file.h"
#include "settings/calendar_ical.h"
#include "settings/digest.h"

bool calendar_source_read(const char *text, size_t length, const char *name, bool only_marked,
                          struct arena *arena, struct calendar_source *source,
                          struct settings_error *error)
{
    const struct calendar_ical_options options = {.only_marked = only_marked};
    struct calendar_rows rows;
    char digest[DIGEST_TEXT_BYTES];
    source->passed_over = 0;
    bool good =
        calendar_ical_is(text, length)
            ? calendar_ical_rows(text, length, &options, arena, &rows, &source->passed_over, error)
            : calendar_file_rows(text, length, arena, &rows, error);
    if (good) {
        digest_of(text, length, digest);
        source->years = calendar_rows_years(&rows, name, digest, arena);
    }
    return good;
}
