// query_why - how a deadline came by its day: what opened and moved it, every day that was counted
// or passed over and why, which calendar says so, and the day by another reading of a silent point
#include "daemon/query_parts.h"

#include "common/time.h"
#include "daemon/fold.h"
#include "rules/counting.h"
#include "rules/deadlines.h"
#include "rules/readings.h"

#include <string.h>

enum { STEPS_AT_ONCE = 64 };

// ---- The days

static const Award__CalendarLoaded *calendar_of(struct asking *asking, int32_t year)
{
    const Award__CalendarYear *found = (const Award__CalendarYear *)record_get(
        asking->d, AWARD__CHANGE__RECORD_CALENDAR_YEAR, (int)year);
    return found != NULL ? found->loaded : NULL;
}

static const Award__CalendarLoaded__Exception *exception_in(const Award__CalendarLoaded *loaded,
                                                            int32_t day)
{
    for (size_t i = 0; loaded != NULL && i < loaded->n_exceptions; i++) {
        if (loaded->exceptions[i]->on->number == day) {
            return loaded->exceptions[i];
        }
    }
    return NULL;
}

// The last days of a December stand in the notice of either year.
static const Award__CalendarLoaded__Exception *exception_of(struct asking *asking, int32_t day)
{
    int32_t year = day_to_civil(day).year;
    const Award__CalendarLoaded__Exception *found = exception_in(calendar_of(asking, year), day);
    return found != NULL ? found : exception_in(calendar_of(asking, year + 1), day);
}

static void day_list(struct asking *asking, Award__Why *why, const struct day_used *used,
                     Award__Why__UsedDay__Use use)
{
    const Award__CalendarLoaded__Exception *exception = exception_of(asking, used->day);
    Award__Why__UsedDay *day = NEW(asking->d, Award__Why__UsedDay, award__why__used_day);
    day->on = day_make(asking->d, used->day);
    SET(day, use, use);
    if (used->number > 0) {
        SET(day, number, used->number);
    }
    if (exception != NULL) {
        day->name = exception->name;
        SET(day, make_up, exception->working != 0);
    }
    SET(day, open, used->open);
    LIST_ADD(asking->d, why, days, day);
}

static int32_t last_listed(const Award__Why *why)
{
    return why->n_days > 0 ? why->days[why->n_days - 1]->on->number : INT32_MIN;
}

// The days of a deadline as it was counted then, up to one of them; none where its day is fixed.
static void run_list(struct asking *asking, Award__Why *why, const Award__Deadline *then,
                     int32_t until)
{
    static const Award__Why__UsedDay__Use uses[] = {
        [DAY_START] = AWARD__WHY__USED_DAY__USE__start,
        [DAY_COUNTED] = AWARD__WHY__USED_DAY__USE__counted,
        [DAY_OFF] = AWARD__WHY__USED_DAY__USE__day_off,
        [DAY_MOVED_OFF] = AWARD__WHY__USED_DAY__USE__moved_off,
        [DAY_MOVED_TO] = AWARD__WHY__USED_DAY__USE__moved_to,
    };
    struct period period;
    if (then->starts == NULL || !deadline_period(asking->d, then, &period)) {
        return;
    }
    struct day_used *days;
    size_t count =
        period_days(&period, then->starts->number, asking->d->in->calendar, asking->arena, &days);
    for (size_t i = 0; i < count && days[i].day <= until; i++) {
        if (days[i].day > last_listed(why)) {
            day_list(asking, why, &days[i], uses[days[i].use]);
        }
    }
}

// The days from a suspension to the resumption.
static void pause_list(struct asking *asking, Award__Why *why, int32_t from, int32_t until)
{
    for (int32_t day = from; why->n_days > 0 && day < until; day++) {
        const struct day_used used = {.day = day};
        day_list(asking, why, &used, AWARD__WHY__USED_DAY__USE__suspended);
    }
}

static int32_t moved_on(const Award__Deadline *deadline)
{
    return deadline->moves[deadline->n_moves - 1]->on->number;
}

// What a suspension or a resumption leaves behind it.
static void change_list(struct asking *asking, Award__Why *why, const Award__Deadline *before,
                        const Award__Deadline *now)
{
    if (before == NULL || deadline_suspended(before) == deadline_suspended(now)) {
        return;
    }
    if (deadline_suspended(now)) {
        run_list(asking, why, before, moved_on(now));
    } else {
        pause_list(asking, why, moved_on(before) + 1, now->starts->number);
    }
}

size_t query_calendars(struct asking *asking, int32_t from, int32_t to, Award__Why__Source ***list)
{
    size_t count = 0;
    *list = NULL;
    for (int32_t year = day_to_civil(from).year; year <= day_to_civil(to).year; year++) {
        const Award__CalendarLoaded *loaded = calendar_of(asking, year);
        Award__Why__Source *source = NEW(asking->d, Award__Why__Source, award__why__source);
        SET(source, year, year);
        SET(source, announced, loaded != NULL);
        if (loaded != NULL) {
            source->source = loaded->source;
            source->digest = loaded->digest;
        }
        list_add(asking->d, &count, list, source);
    }
    return count;
}

static void counting_fill(struct asking *asking, Award__Why *why)
{
    static const Award__Why__Counting__Unit units[] = {
        [PERIOD_DAYS] = AWARD__WHY__COUNTING__UNIT__days,
        [PERIOD_WORKING_DAYS] = AWARD__WHY__COUNTING__UNIT__working_days,
        [PERIOD_MONTHS] = AWARD__WHY__COUNTING__UNIT__months,
        [PERIOD_YEARS] = AWARD__WHY__COUNTING__UNIT__years,
    };
    const Award__Deadline *deadline = why->deadline;
    struct period period;
    if (deadline->starts == NULL || !deadline_period(asking->d, deadline, &period)) {
        return;
    }
    Award__Why__Counting *counting = NEW(asking->d, Award__Why__Counting, award__why__counting);
    SET(counting, length, period.length);
    SET(counting, unit, units[period.unit]);
    SET(counting, first_day_counted, period.first_day_counted);
    SET(counting, roll_last_day, period.roll_last_day);
    SET(counting, rest, deadline->has_remaining);
    why->counting = counting;
}

// ---- The other readings

static void readings_fill(struct asking *asking, Award__Why *why)
{
    struct reading readings[READINGS_MAX];
    size_t count = readings_of(asking->d, why->deadline, readings);
    for (size_t i = 0; i < count; i++) {
        const struct reading_row *row = readings[i].row;
        Award__Why__Other *other = NEW(asking->d, Award__Why__Other, award__why__other);
        other->decision = arena_string(asking->arena, readings[i].decision);
        other->rests_on = arena_string(asking->arena, row->rests_on);
        other->zh = arena_string(asking->arena, row->zh);
        other->en = arena_string(asking->arena, row->en);
        other->last = day_make(asking->d, readings[i].last);
        other->end = moment_make(asking->d, readings[i].end_ms);
        LIST_ADD(asking->d, why, readings, other);
    }
}

// How it runs on; while it is suspended nothing is known of its end.
static void rest_fill(struct asking *asking, Award__Why *why)
{
    if (!deadline_suspended(why->deadline)) {
        run_list(asking, why, why->deadline, INT32_MAX);
        readings_fill(asking, why);
    }
    if (why->n_days > 0) {
        why->n_calendars =
            query_calendars(asking, why->days[0]->on->number, last_listed(why), &why->calendars);
    }
}

// ---- What happened to it

static const Award__Deadline *deadline_changed(const Award__Entry *entry, const char *id)
{
    const Award__Deadline *found = NULL;
    for (size_t i = 0; i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE &&
            strcmp(change->deadline->deadline, id) == 0) {
            found = change->deadline;
        }
    }
    return found;
}

// Whether it is otherwise than after the step before: the entries that only take an alert off the
// index are left out.
static bool moved(const Award__Why *why, const Award__Deadline *now)
{
    if (why->n_steps == 0) {
        return true;
    }
    const Award__Why__Step *before = why->steps[why->n_steps - 1];
    return before->revision != now->revision || before->state != now->state ||
           before->last->number != now->last->number || before->provisional != now->provisional;
}

static void step_add(struct asking *asking, Award__Why *why, const Award__Entry *entry,
                     const Award__Deadline *now)
{
    if (!moved(why, now)) {
        return;
    }
    const Award__HistoryItem *seen =
        project_entry(asking->viewer, entry, ledger_view(asking->ledger), asking->arena);
    Award__Why__Step *step = NEW(asking->d, Award__Why__Step, award__why__step);
    step->recorded = entry->recorded;
    step->event = seen != NULL ? seen->event : NULL;
    SET(step, revision, now->revision);
    SET(step, state, now->state);
    step->last = day_make(asking->d, now->last->number);
    SET(step, provisional, now->provisional);
    if (query_row_fits(asking, why->n_steps, &step->base)) {
        LIST_ADD(asking->d, why, steps, step);
    }
}

static void steps_fill(struct asking *asking, Award__Why *why)
{
    uint64_t numbers[STEPS_AT_ONCE];
    uint64_t last = journal_last(ledger_journal(asking->ledger));
    uint64_t from = 1;
    const Award__Deadline *before = NULL;
    size_t count;
    while ((count = mentions_find(ledger_view(asking->ledger), why->deadline->deadline, from,
                                  STEPS_AT_ONCE, asking->arena, numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] <= last; i++) {
            const Award__Entry *entry =
                ledger_read(asking->ledger, numbers[i], asking->arena, NULL);
            const Award__Deadline *now =
                entry != NULL ? deadline_changed(entry, why->deadline->deadline) : NULL;
            if (now != NULL) {
                step_add(asking, why, entry, now);
                change_list(asking, why, before, now);
                before = now;
            }
        }
        from = numbers[count - 1] + 1;
    }
}

// ---- Together

static Award__Deadline *deadline_seen(struct asking *asking, const char *id)
{
    Award__Deadline *deadline = text_blank(id) ? NULL : deadline_get(asking->d, id);
    return deadline != NULL ? (Award__Deadline *)query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE,
                                                            &deadline->base, asking->arena)
                            : NULL;
}

void query_why(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *id = asking->query->why->deadline;
    Award__Deadline *deadline = deadline_seen(asking, id);
    if (deadline == NULL) {
        id = id != NULL ? id : "";
        query_refuse(
            asking, "no_such_deadline", "order",
            say(d, "没有您可以查看的期限 %s；用 awardctl deadlines --all 查看编号。", id),
            say(d, "There is no deadline %s that you may see; awardctl deadlines --all names them.",
                id));
        return;
    }
    Award__Why *why = NEW(d, Award__Why, award__why);
    why->deadline = deadline;
    counting_fill(asking, why);
    steps_fill(asking, why);
    rest_fill(asking, why);
    asking->reply->why = why;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_WHY;
}
