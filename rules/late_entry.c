// late_entry - receipts and days of media that the office enters after the fact
#include "rules/late_entry.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

// One mark is enough for an entry, however many of its days lie back.
static void entry_mark(struct deciding *d, int32_t day, const char *field)
{
    if (d->decision->n_reasons > 0) { // days are looked at before anything else is remarked
        assert(strcmp(d->decision->reasons[0]->code, "entered_late") == 0);
        return;
    }
    (void)reason_add(d, "entered_late", "policy",
                     say(d, "字段 %s 为 %s，于 %s 补录，已作标记。", field, day_text(d, day),
                         day_text(d, d->today)),
                     say(d, "Field %s is %s and was entered on %s; the entry is marked.", field,
                         day_text(d, day), day_text(d, d->today)));
}

bool late_entry_day(struct deciding *d, const struct rulebook *rulebook, int32_t day,
                    const char *field)
{
    Award__Day stated = AWARD__DAY__INIT;
    SET(&stated, number, day);
    int32_t checked;
    if (!stated_day(d, &stated, field, &checked)) {
        return false;
    }
    if ((int64_t)d->today - day > rulebook->late_entry_days) {
        return reject(d, "entered_too_late", "limit",
                      say(d, "字段 %s 的日期 %s 距今超过 %u 天，不能补录；请核对日期。", field,
                          day_text(d, day), rulebook->late_entry_days),
                      say(d, "The day %s in field %s lies more than %u days back; check the day.",
                          day_text(d, day), field, rulebook->late_entry_days));
    }
    if (day < d->today) {
        entry_mark(d, day, field);
    }
    return true;
}

bool late_entry_moment(struct deciding *d, const struct rulebook *rulebook, int64_t moment_ms,
                       const char *field)
{
    if (moment_ms > d->now_ms) {
        return reject(d, "in_the_future", "order",
                      say(d, "字段 %s 的时刻 %s 晚于现在 %s；请核对。", field,
                          moment_text(d, moment_ms), moment_text(d, d->now_ms)),
                      say(d, "The moment %s in field %s lies after now, %s; check it.",
                          moment_text(d, moment_ms), field, moment_text(d, d->now_ms)));
    }
    return late_entry_day(d, rulebook, day_of_moment(moment_ms), field);
}
