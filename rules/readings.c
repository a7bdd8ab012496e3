// readings - the decisions on silent points that settle a day, and the day by the other reading
//
// Each row changes one thing in how the end is found; all else is as the rulebook has it.
#include "rules/readings.h"

#include "common/time.h"
#include "rules/deadlines.h"

#include <assert.h>

// clang-format off
static const struct reading_row rows[READINGS_MAX] = {
    [READING_FIRST_DAY]         = {"decision 1, decision 2", "Civil Code 201", "当日是否计入，与本规则相反", "whether the first day counts, the other way"},
    [READING_END_MOVED]         = {"decision 1, decision 2", "Civil Code 203", "末日遇休息日是否顺延，与本规则相反", "whether a last day off moves the end, the other way"},
    [READING_NO_SUCH_DAY]       = {"decision 1", "Civil Code 202", "当月无对应日的，至次月第一日", "where the month has no such day, the first of the next month"},
    [READING_CLOSE_OF_BUSINESS] = {"decision 1, decision 15", "Civil Code 203", "至末日下班时为止，而非 24:00", "until the close of business of the last day, not 24:00"},
};
// clang-format on

const struct reading_row *reading_row(enum reading_name name)
{
    return &rows[name];
}

// ---- The last day, counted with one thing changed

// decision 1
static int32_t other_month_end(const struct period *period, int32_t start,
                               const struct calendar *calendar)
{
    int32_t last = period_count(period, start, calendar).last;
    bool months = period->unit == PERIOD_MONTHS || period->unit == PERIOD_YEARS;
    bool cut = months && day_to_civil(last).day < day_to_civil(start).day;
    return cut && !period->roll_last_day ? last + 1 : last;
}

// decision 1, decision 2
int32_t reading_count(enum reading_name name, struct period period, int32_t start,
                      const struct calendar *calendar)
{
    switch (name) {
    case READING_FIRST_DAY:
        period.first_day_counted = !period.first_day_counted;
        break;
    case READING_END_MOVED:
        period.roll_last_day = !period.roll_last_day;
        break;
    case READING_NO_SUCH_DAY:
        return other_month_end(&period, start, calendar);
    default:
        break;
    }
    return period_count(&period, start, calendar).last;
}

// A day that is fixed, and not by a period: it would move like the end of one.
// decision 22, decision 26
static int32_t fixed_moved(struct deciding *d, int32_t last)
{
    while (!calendar_working(d->in->calendar, last)) {
        last++;
    }
    return last;
}

int32_t reading_last(struct deciding *d, const Award__Deadline *deadline, enum reading_name name)
{
    struct period period;
    if (!deadline_period(d, deadline, &period)) {
        int32_t last = deadline->last->number;
        return name == READING_END_MOVED ? fixed_moved(d, last) : last;
    }
    int32_t last = reading_count(name, period, deadline->starts->number, d->in->calendar);
    int32_t stated = deadline->stated_last != NULL ? deadline->stated_last->number : last;
    return stated > last ? stated : last;
}

// ---- Together

// What settles how the period is counted: of the row, or of the kind of deadline.
static const char *decision_of(enum reading_name name, Award__DeadlineKind__Name kind)
{
    if (name != READING_FIRST_DAY && name != READING_END_MOVED) {
        return rows[name].decision;
    }
    switch ((int)kind) {
    case AWARD__DEADLINE_KIND__NAME__incident_report:
        return "decision 1, decision 3";
    case AWARD__DEADLINE_KIND__NAME__self_evaluation:
        return "decision 1, decision 22";
    case AWARD__DEADLINE_KIND__NAME__objection_answer:
    case AWARD__DEADLINE_KIND__NAME__experience:
        return "decision 1, decision 28";
    case AWARD__DEADLINE_KIND__NAME__plan_independent:
    case AWARD__DEADLINE_KIND__NAME__plan_consensus:
    case AWARD__DEADLINE_KIND__NAME__plan_visit:
    case AWARD__DEADLINE_KIND__NAME__plan_report:
        return "decision 1, decision 26";
    default:
        return rows[name].decision;
    }
}

// decision 15: a named time of day stays what it is.
static int64_t end_by(struct deciding *d, const Award__Deadline *deadline, int32_t last,
                      enum reading_name name)
{
    int32_t own = deadline->last->number;
    int64_t in_day = deadline->end->ms - day_start(own);
    bool whole = deadline->end->ms == day_end(own);
    const struct rulebook *rulebook =
        deadline->cycle != NULL ? rulebook_of_cycle(d, deadline->cycle) : NULL;
    if (name == READING_CLOSE_OF_BUSINESS && whole && rulebook != NULL) {
        return day_start(last) + (int64_t)rulebook->close_of_business * 60000;
    }
    return whole ? day_end(last) : day_start(last) + in_day;
}

size_t readings_of(struct deciding *d, const Award__Deadline *deadline,
                   struct reading readings[READINGS_MAX])
{
    assert(deadline->starts != NULL && deadline->last != NULL && deadline->end != NULL);
    size_t count = 0;
    for (int name = 0; name < READINGS_MAX; name++) {
        int32_t last = reading_last(d, deadline, (enum reading_name)name);
        int64_t end_ms = end_by(d, deadline, last, (enum reading_name)name);
        if (end_ms != deadline->end->ms) {
            const char *decision = decision_of((enum reading_name)name, deadline->kind);
            readings[count++] = (struct reading){&rows[name], decision, last, end_ms};
        }
    }
    return count;
}
