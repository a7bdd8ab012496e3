// loading - rulebooks, the alert policy, calendars, the manual clock
//
// The texts were read by settings before the rules see them: what is wrong with one comes with the
// input. That the digest is the text's is checked where it is computed, by the daemon.
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/morning.h"
#include "rules/setup.h"

#include "common/limits.h"
#include "common/time.h"

#include <string.h>

enum { DIGEST_CHARACTERS = 64, LAST_DAYS_OF_DECEMBER = 25 };

static bool text_check(struct deciding *d, const char *code, const char *digest)
{
    if (d->in->text_error_zh != NULL || d->in->text_error_en != NULL) {
        return reject(d, code, "form",
                      d->in->text_error_zh != NULL ? d->in->text_error_zh : d->in->text_error_en,
                      d->in->text_error_en != NULL ? d->in->text_error_en : d->in->text_error_zh);
    }
    if (digest == NULL || strlen(digest) != DIGEST_CHARACTERS ||
        strspn(digest, "0123456789abcdef") != DIGEST_CHARACTERS) {
        return reject(d, "bad_digest", "form", "digest 应为文本的 SHA-256：64 位小写十六进制。",
                      "digest must be the SHA-256 of the text, 64 lower-case hex digits.");
    }
    return true;
}

// Each stays loaded for good: a cycle may have been opened under it.
static bool rulebooks_few(struct deciding *d, const char *digest)
{
    size_t count = 0;
    struct record_walk walk = record_walk_begin(d, AWARD__CHANGE__RECORD_RULEBOOK, 0);
    const Award__Rulebook *loaded;
    while ((loaded = (const Award__Rulebook *)record_walk_next(&walk)) != NULL) {
        if (strcmp(loaded->digest, digest) == 0) {
            return true;
        }
        count++;
    }
    return count < LIMIT_RULEBOOKS ||
           reject(d, "too_many_rulebooks", "limit",
                  say(d, "已载入 %zu 份评选规则，达到上限；请使用其中一份，或另建数据库。", count),
                  say(d,
                      "%zu rulebooks are loaded, as many as there may be; use one of them, or "
                      "another database.",
                      count));
}

bool rulebook_admit(struct deciding *d, const Award__RulebookLoaded *e)
{
    if (!text_check(d, "bad_rulebook", e->digest) || !rulebooks_few(d, e->digest)) {
        return false;
    }
    Award__Rulebook *rulebook = NEW(d, Award__Rulebook, award__rulebook);
    rulebook->digest = e->digest;
    rulebook->text = e->text;
    concerns(d, e->digest);
    record_put(d, AWARD__CHANGE__RECORD_RULEBOOK, &rulebook->base, "23");
    return true;
}

// 6(1)
bool decide_rulebook_loaded(struct deciding *d)
{
    return rulebook_admit(d, d->event->rulebook_loaded);
}

bool alert_policy_admit(struct deciding *d, const Award__AlertPolicyLoaded *e)
{
    if (!text_check(d, "bad_alert_policy", e->digest)) {
        return false;
    }
    Award__AlertPolicy *policy = NEW(d, Award__AlertPolicy, award__alert_policy);
    policy->digest = e->digest;
    policy->text = e->text;
    record_put(d, AWARD__CHANGE__RECORD_ALERT_POLICY, &policy->base, "policy");
    return true;
}

bool decide_alert_policy_loaded(struct deciding *d)
{
    if (!alert_policy_admit(d, d->event->alert_policy_loaded)) {
        return false;
    }
    recompute_queue(d, "", true); // it serves all steps still to come
    morning_rearm(d);
    return true;
}

// ---- Calendars

static bool exception_place_check(struct deciding *d, int32_t year, const Award__Day *on)
{
    int32_t first = day_from_civil((struct civil){year - 1, 12, LAST_DAYS_OF_DECEMBER});
    int32_t last = day_from_civil((struct civil){year, 12, 31});
    if (on != NULL && on->number >= first && on->number <= last) {
        return true;
    }
    return reject(d, "day_out_of_year", "form",
                  say(d, "%d 年的节假日安排只能含该年及上年 12 月最后几天的日期，%s 不在其内。",
                      year, on != NULL ? day_text(d, on->number) : "-"),
                  say(d,
                      "A calendar of %d holds days of that year and the last ones of the "
                      "December before; %s is not one.",
                      year, on != NULL ? day_text(d, on->number) : "-"));
}

static bool day_twice(struct deciding *d, int32_t day)
{
    return reject(d, "day_out_of_order", "form",
                  say(d, "日期 %s 重复，或未按先后排列；请整理后再载入。", day_text(d, day)),
                  say(d, "The day %s is there twice, or out of order; sort the list first.",
                      day_text(d, day)));
}

static bool exceptions_check(struct deciding *d, const Award__CalendarLoaded *e)
{
    int32_t before = INT32_MIN;
    for (size_t i = 0; i < e->n_exceptions; i++) {
        const Award__Day *on = e->exceptions[i]->on;
        if (!exception_place_check(d, e->year, on)) {
            return false;
        }
        if (on->number <= before) {
            return day_twice(d, on->number);
        }
        before = on->number;
    }
    return true;
}

// decision 3: every notice has 1 January, and by it a year counts as announced.
static bool new_year_check(struct deciding *d, const Award__CalendarLoaded *e)
{
    int32_t new_year = day_from_civil((struct civil){e->year, 1, 1});
    for (size_t i = 0; i < e->n_exceptions; i++) {
        const Award__CalendarLoaded__Exception *one = e->exceptions[i];
        if (one->on->number == new_year && !one->working) {
            return true;
        }
    }
    return reject(
        d, "no_new_year", "form",
        say(d, "%d 年的节假日安排没有把 1 月 1 日列为放假，不完整；请补全后再载入。", e->year),
        say(d,
            "The calendar of %d does not list its 1 January as a day off, so it is not "
            "whole; complete it and load it again.",
            e->year));
}

static const Award__CalendarLoaded *calendar_of(struct deciding *d, int32_t year)
{
    const Award__CalendarYear *record =
        (const Award__CalendarYear *)record_get(d, AWARD__CHANGE__RECORD_CALENDAR_YEAR, (int)year);
    return record != NULL ? record->loaded : NULL;
}

// The last days of a December may stand in the calendar of their own year or in the next one's: not
// in both. Both lists ascend.
static bool neighbours_check(struct deciding *d, const Award__CalendarLoaded *earlier,
                             const Award__CalendarLoaded *later)
{
    size_t at = 0;
    for (size_t i = 0; earlier != NULL && later != NULL && i < later->n_exceptions; i++) {
        int32_t day = later->exceptions[i]->on->number;
        while (at < earlier->n_exceptions && earlier->exceptions[at]->on->number < day) {
            at++;
        }
        if (at < earlier->n_exceptions && earlier->exceptions[at]->on->number == day) {
            return day_twice(d, day);
        }
    }
    return true;
}

bool calendar_year_admit(struct deciding *d, const Award__CalendarLoaded *e)
{
    if (e->year < 1993 || e->year > 2998) {
        return reject(d, "bad_year", "form", say(d, "年份 %d 不在 1993 至 2998 之间。", e->year),
                      say(d, "The year %d is not within 1993 to 2998.", e->year));
    }
    if (!exceptions_check(d, e) || !new_year_check(d, e) ||
        !neighbours_check(d, calendar_of(d, e->year - 1), e) ||
        !neighbours_check(d, e, calendar_of(d, e->year + 1))) {
        return false;
    }
    Award__CalendarYear *year = NEW(d, Award__CalendarYear, award__calendar_year);
    SET(year, year, e->year);
    year->loaded = (Award__CalendarLoaded *)codec_copy(&e->base, d->arena);
    record_put(d, AWARD__CHANGE__RECORD_CALENDAR_YEAR, &year->base, "policy");
    return true;
}

bool decide_calendar_loaded(struct deciding *d)
{
    if (!calendar_year_admit(d, d->event->calendar_loaded)) {
        return false;
    }
    recompute_queue(d, "", false); // every deadline, by the entries that follow
    return true;
}

// ---- The manual clock

bool decide_clock_set(struct deciding *d)
{
    int64_t moment_ms = d->event->clock_set->moment->ms;
    const Award__City *city = (const Award__City *)record_get(d, AWARD__CHANGE__RECORD_CITY);
    if (city == NULL || !city->rehearsal) {
        return reject(d, "no_manual_clock", "policy",
                      "只有演练数据库有手动时钟；正式数据库按实际时间运行。",
                      "Only a rehearsal database has a manual clock; this one follows the time of "
                      "day.");
    }
    if (moment_ms < d->now_ms) {
        return reject(d, "clock_backwards", "order",
                      say(d, "时钟现为 %s，不能拨回到 %s。", moment_text(d, d->now_ms),
                          moment_text(d, moment_ms)),
                      say(d, "The clock is at %s and never goes back to %s.",
                          moment_text(d, d->now_ms), moment_text(d, moment_ms)));
    }
    Award__Clock *clock = NEW(d, Award__Clock, award__clock);
    clock->now = moment_make(d, moment_ms);
    record_put(d, AWARD__CHANGE__RECORD_CLOCK, &clock->base, "policy");
    return true;
}
