// calendar_ical_entry - one entry (VEVENT) of an iCalendar file: which days, and of which kind
//
// In four steps: can its properties be read, is it a plain and standing entry, which days, which
// kind.
#include "settings/calendar_ical_entry.h"

#include "common/text.h"
#include "common/time.h"
#include "settings/calendar_rows.h"

#include <string.h>
#include <strings.h>

enum { ENTRY_DAYS_MAX = 31, SHOWN_COLUMNS_MAX = 60 };

static const char apple_mark[] = "X-APPLE-SPECIAL-DAY";

bool calendar_ical_entry_fail(const struct calendar_ical_entry *entry, const char *zh,
                              const char *en)
{
    int title = (int)text_fit(entry->title, SHOWN_COLUMNS_MAX);
    int uid = (int)text_fit(entry->uid, SHOWN_COLUMNS_MAX);
    return settings_error_set(entry->error, entry->line, 1,
                              arena_format(entry->arena, "日历事件“%.*s”（UID %.*s）%s", title,
                                           entry->title, uid, entry->uid, zh),
                              arena_format(entry->arena, "the entry `%.*s` (UID %.*s) %s", title,
                                           entry->title, uid, entry->uid, en));
}

// ---- What stands in the entry

static bool has(const struct calendar_ical_entry *entry, icalproperty_kind kind)
{
    return icalcomponent_get_first_property(entry->component, kind) != NULL;
}

// The next X-APPLE-SPECIAL-DAY; the first where there was none before. NULL at the end.
static icalproperty *apple_next(const struct calendar_ical_entry *entry, bool first)
{
    icalproperty *property =
        first ? icalcomponent_get_first_property(entry->component, ICAL_X_PROPERTY)
              : icalcomponent_get_next_property(entry->component, ICAL_X_PROPERTY);
    while (property != NULL) {
        const char *name = icalproperty_get_x_name(property);
        if (name != NULL && strcasecmp(name, apple_mark) == 0) {
            return property;
        }
        property = icalcomponent_get_next_property(entry->component, ICAL_X_PROPERTY);
    }
    return NULL;
}

bool calendar_ical_entry_marked(const struct calendar_ical_entry *entry)
{
    return apple_next(entry, true) != NULL;
}

// libical drops a property that it cannot read and leaves a note. Notes on what is not read here do
// not matter: many feeds have an empty LOCATION, or a DTSTAMP that is a day.
static bool note_matters(const char *note)
{
    static const char *const read_here[] = {"DTSTART", "DTEND",  "DURATION", "SUMMARY", "RRULE",
                                            "RDATE",   "STATUS", "CATEGOR",  "RECUR",   apple_mark};
    bool mild = strncmp(note, "No value for ", strlen("No value for ")) == 0 ||
                strncmp(note, "Invalid VALUE type", strlen("Invalid VALUE type")) == 0;
    for (size_t i = 0; i < sizeof(read_here) / sizeof(read_here[0]); i++) {
        mild = mild && strstr(note, read_here[i]) == NULL;
    }
    return !mild;
}

// What libical makes of a text, where it can stand in a sentence: it drops the byte behind a
// backslash, and so may leave half a character.
static const char *readable_text(const char *text)
{
    return text != NULL && text_valid(text, strlen(text)) ? text : "-";
}

static bool title_whole(const struct calendar_ical_entry *entry)
{
    icalproperty *title = icalcomponent_get_first_property(entry->component, ICAL_SUMMARY_PROPERTY);
    const char *text = title != NULL ? icalproperty_get_summary(title) : NULL;
    return text == NULL || text_valid(text, strlen(text)) ||
           calendar_ical_entry_fail(entry, "的标题读出来不成文字；请去掉其中的反斜杠",
                                    "has a title that is no text when it is read; take the "
                                    "backslashes out of it");
}

static bool readable(const struct calendar_ical_entry *entry)
{
    icalproperty *property =
        icalcomponent_get_first_property(entry->component, ICAL_XLICERROR_PROPERTY);
    for (; property != NULL;
         property = icalcomponent_get_next_property(entry->component, ICAL_XLICERROR_PROPERTY)) {
        const char *note = icalproperty_get_value_as_string(property);
        if (note == NULL || note_matters(note)) {
            note = readable_text(note);
            return calendar_ical_entry_fail(
                entry, arena_format(entry->arena, "有一项读不懂（%s）；请改正或删去该事件", note),
                arena_format(entry->arena,
                             "has a property that cannot be read (%s); mend it or take "
                             "the entry out",
                             note));
        }
    }
    return true;
}

// Neither repeated, nor moved, nor cancelled.
static bool plain(const struct calendar_ical_entry *entry)
{
    static const icalproperty_kind repeating[] = {ICAL_RRULE_PROPERTY, ICAL_RDATE_PROPERTY,
                                                  ICAL_EXRULE_PROPERTY, ICAL_EXDATE_PROPERTY,
                                                  ICAL_RECURRENCEID_PROPERTY};
    for (size_t i = 0; i < sizeof(repeating) / sizeof(repeating[0]); i++) {
        if (has(entry, repeating[i])) {
            return calendar_ical_entry_fail(
                entry, "是重复事件；放假安排每年另行公布，不能推算，请逐年列出",
                "repeats; each year has its own notice, so list every year by itself");
        }
    }
    if (icalcomponent_get_status(entry->component) == ICAL_STATUS_CANCELLED) {
        return calendar_ical_entry_fail(entry, "标为已取消；请从文件中删去",
                                        "is cancelled; take it out");
    }
    return true;
}

// ---- Which days

static bool bad_date(const struct calendar_ical_entry *entry)
{
    return calendar_ical_entry_fail(
        entry, "的起止日期有误；应为 DTSTART;VALUE=DATE:20261001 一类",
        "has a wrong date; it should be like DTSTART;VALUE=DATE:20261001");
}

static bool day_of(struct icaltimetype time, int32_t *day)
{
    if (time.year < 1900 || time.year > 2999 || time.month < 1 || time.month > 12 || time.day < 1 ||
        time.day > 31) {
        return false;
    }
    *day = day_from_civil((struct civil){time.year, time.month, time.day});
    return day_to_civil(*day).day == time.day;
}

// The date or moment of the entry's only property of that kind. Moments of another place than the
// reader's are none of ours.
static bool time_read(const struct calendar_ical_entry *entry, icalproperty_kind kind,
                      struct icaltimetype *time, int32_t *day)
{
    icalproperty *property = icalcomponent_get_first_property(entry->component, kind);
    if (property == NULL || icalcomponent_count_properties(entry->component, kind) != 1) {
        return bad_date(entry);
    }
    *time = kind == ICAL_DTSTART_PROPERTY ? icalproperty_get_dtstart(property)
                                          : icalproperty_get_dtend(property);
    if (icaltime_is_utc(*time) ||
        icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER) != NULL) {
        return calendar_ical_entry_fail(
            entry, "带有时区；放假和补班按整日计，请写作 VALUE=DATE",
            "has a time zone; days off are whole days, write them as VALUE=DATE");
    }
    return day_of(*time, day) || bad_date(entry);
}

// Whole days: the end is the day after the last. Some feeds write the day itself as its end.
static bool end_read(struct calendar_ical_entry *entry)
{
    struct icaltimetype time = icaltime_null_time();
    int32_t end = 0;
    if (!time_read(entry, ICAL_DTEND_PROPERTY, &time, &end)) {
        return false;
    }
    if (!time.is_date || end < entry->first) {
        return bad_date(entry);
    }
    entry->last = end > entry->first ? end - 1 : end;
    return true;
}

static bool duration_read(struct calendar_ical_entry *entry)
{
    icalproperty *property =
        icalcomponent_get_first_property(entry->component, ICAL_DURATION_PROPERTY);
    struct icaldurationtype length = icalproperty_get_duration(property);
    bool whole = length.is_neg == 0 && length.hours == 0 && length.minutes == 0 &&
                 length.seconds == 0 && length.weeks <= ENTRY_DAYS_MAX / 7 &&
                 length.days <= ENTRY_DAYS_MAX;
    unsigned int days = whole ? length.weeks * 7 + length.days : 0;
    if (days == 0 || icalcomponent_count_properties(entry->component, ICAL_DURATION_PROPERTY) > 1) {
        return calendar_ical_entry_fail(entry, "的 DURATION 应为整日，如 P3D",
                                        "has a DURATION that is not whole days, like P3D");
    }
    entry->last = entry->first + (int32_t)days - 1;
    return true;
}

// Working hours of one day ("09:00 to 18:00"), as one feed writes make-up days.
static bool hours_read(struct calendar_ical_entry *entry, struct icaltimetype start)
{
    struct icaltimetype time = icaltime_null_time();
    if (!time_read(entry, ICAL_DTEND_PROPERTY, &time, &entry->last)) {
        return false;
    }
    if (time.is_date || entry->last != entry->first || icaltime_compare(time, start) <= 0) {
        return calendar_ical_entry_fail(
            entry, "有钟点而不在同一日内起止；请写作 VALUE=DATE",
            "has hours and does not begin and end on one day; write VALUE=DATE");
    }
    return true;
}

static bool days_read(struct calendar_ical_entry *entry)
{
    struct icaltimetype start = icaltime_null_time();
    if (!time_read(entry, ICAL_DTSTART_PROPERTY, &start, &entry->first)) {
        return false;
    }
    bool has_end = has(entry, ICAL_DTEND_PROPERTY);
    bool has_duration = has(entry, ICAL_DURATION_PROPERTY);
    entry->last = entry->first;
    if (has_end && has_duration) {
        return bad_date(entry);
    }
    bool good = !start.is_date ? hours_read(entry, start)
                : has_end      ? end_read(entry)
                : has_duration ? duration_read(entry)
                               : true;
    if (good && entry->last - entry->first >= ENTRY_DAYS_MAX) {
        return calendar_ical_entry_fail(entry, "长于 31 日；请核对起止日期",
                                        "is longer than 31 days; check its dates");
    }
    return good;
}

// ---- Which kind

static bool apple_kinds(struct calendar_ical_entry *entry)
{
    icalproperty *property = apple_next(entry, true);
    for (; property != NULL; property = apple_next(entry, false)) {
        const char *value = icalproperty_get_value_as_string(property);
        enum calendar_kind kind = calendar_kind_apple(value != NULL ? value : "");
        if (kind == CALENDAR_UNTOLD) {
            return calendar_ical_entry_fail(
                entry,
                "的 X-APPLE-SPECIAL-DAY 应为 WORK-HOLIDAY（放假）或 "
                "ALTERNATE-WORKDAY（补班）",
                "has an X-APPLE-SPECIAL-DAY that is neither WORK-HOLIDAY nor "
                "ALTERNATE-WORKDAY");
        }
        entry->kind = calendar_kind_both(entry->kind, kind);
    }
    return true;
}

static void category_kinds(struct calendar_ical_entry *entry)
{
    icalproperty *property =
        icalcomponent_get_first_property(entry->component, ICAL_CATEGORIES_PROPERTY);
    for (; property != NULL;
         property = icalcomponent_get_next_property(entry->component, ICAL_CATEGORIES_PROPERTY)) {
        const char *category = icalproperty_get_categories(property);
        entry->kind = calendar_kind_both(entry->kind,
                                         calendar_kind_category(category != NULL ? category : ""));
    }
}

static bool kind_read(struct calendar_ical_entry *entry)
{
    entry->kind = calendar_kind_title(entry->title, entry->arena, &entry->name);
    category_kinds(entry);
    if (!apple_kinds(entry)) {
        return false;
    }
    if (entry->kind == CALENDAR_BOTH) {
        return calendar_ical_entry_fail(
            entry, "既标为放假又标为补班；请核对后改正",
            "is marked both as a day off and as a make-up day; check and mend it");
    }
    if (entry->kind == CALENDAR_UNTOLD) {
        return calendar_ical_entry_fail(
            entry,
            "看不出是放假还是补班；请在标题后写“（休）”或“（班）”，不放假的节日请删去"
            "（只取 Apple 标记的事件：--only-marked）",
            "is not told to be a day off or a make-up day; write （休） or （班） behind "
            "its title, and take out festivals that are no days off (--only-marked takes "
            "only what Apple's feed marks)");
    }
    return calendar_name_valid(entry->name, strlen(entry->name)) ||
           calendar_ical_entry_fail(entry, "的名称太长或有控制字符",
                                    "has a name that is too long or odd");
}

// ---- The whole

struct calendar_ical_entry calendar_ical_entry_open(icalcomponent *component, size_t line,
                                                    struct arena *arena,
                                                    struct settings_error *error)
{
    icalproperty *title = icalcomponent_get_first_property(component, ICAL_SUMMARY_PROPERTY);
    icalproperty *uid = icalcomponent_get_first_property(component, ICAL_UID_PROPERTY);
    const char *title_text = title != NULL ? icalproperty_get_summary(title) : NULL;
    const char *uid_text = uid != NULL ? icalproperty_get_uid(uid) : NULL;
    return (struct calendar_ical_entry){
        .component = component,
        .line = line,
        .arena = arena,
        .error = error,
        .title = arena_string(arena, readable_text(title_text)),
        .uid = arena_string(arena, readable_text(uid_text)),
    };
}

bool calendar_ical_entry_read(struct calendar_ical_entry *entry)
{
    return readable(entry) && title_whole(entry) && plain(entry) && days_read(entry) &&
           kind_read(entry);
}
