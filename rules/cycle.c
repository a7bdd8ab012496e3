// cycle - a cycle opens by a notice with a closing moment, and may be changed until then (16(1))
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/late_entry.h"
#include "rules/rulebook_choice.h"

#include "common/time.h"

#include <string.h>

// Case numbers are made of the cycle's name; they have to stay identifiers.
enum { CYCLE_NAME_BYTES = 32 };

static bool name_check(struct deciding *d, const char *cycle)
{
    if (strlen(cycle) > CYCLE_NAME_BYTES || strchr(cycle, '/') != NULL) {
        return reject(
            d, "bad_identifier", "form",
            say(d, "评选名称不得超过 %d 字节，且不含“/”。", CYCLE_NAME_BYTES),
            say(d, "A cycle's name has %d bytes at most and no slash.", CYCLE_NAME_BYTES));
    }
    if (cycle_get(d, cycle) != NULL) {
        return reject(d, "cycle_exists", "order",
                      say(d, "评选 %s 已经发布；请另取名称，或用 cycle_changed 变更。", cycle),
                      say(d,
                          "Cycle %s is open already; choose another name, or use "
                          "cycle_changed.",
                          cycle));
    }
    return true;
}

// decision 15
static bool closing_check(struct deciding *d, const Award__Moment *closing)
{
    if (closing->ms > d->now_ms) {
        return true;
    }
    return reject(d, "closing_past", "16(1)",
                  say(d, "截止时刻 %s 已过；请写明将来的时刻。", moment_text(d, closing->ms)),
                  say(d, "The closing moment %s has passed; state one to come.",
                      moment_text(d, closing->ms)));
}

// Each member unit counts once towards the quorum (16(8).1).
// 5s1, decision 25
static bool units_check(struct deciding *d, size_t count, char **units)
{
    for (size_t i = 0; i < count; i++) {
        if (text_blank(units[i]) || list_has(i, units, units[i])) {
            return reject(d, "bad_units", "5",
                          say(d, "成员单位“%s”为空白或重复；请逐一列明。", units[i]),
                          say(d, "The member unit \"%s\" is blank or there twice; list each once.",
                              units[i]));
        }
    }
    return true;
}

static bool notice_check(struct deciding *d, const Award__CycleOpened *e)
{
    for (size_t i = 0; i < e->n_notice; i++) {
        const Award__Publication *publication = e->notice[i];
        if (text_blank(publication->medium)) {
            return reject(d, "field_missing", "16(1)", "通知须写明发布媒体（notice.medium）。",
                          "The notice has to name its media (notice.medium).");
        }
        if (publication->on != NULL &&
            !late_entry_day(d, d->rulebook, publication->on->number, "notice.on")) {
            return false;
        }
    }
    return true;
}

// A named time of day is itself inside; 24:00 is what a day ends with anyway.
// decision 15
static void closing_open(struct deciding *d, const Award__Cycle *cycle, const char *reason)
{
    int64_t closing_ms = cycle->opened->closing->ms;
    int32_t last = day_of_moment(closing_ms);
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__closing,
        .subject = cycle->cycle,
        .ordinal = 1,
        .cycle = cycle->cycle,
        .starts = cycle->opened_on->number,
        .last = last,
        .end_ms = closing_ms == day_end(last) ? 0 : closing_ms,
        .reason = reason,
    };
    (void)deadline_open(d, &open);
}

// 5s1, 6(2), 7s1, 9s1, decision 14; the composition of the three bodies
bool decide_cycle_opened(struct deciding *d)
{
    const Award__CycleOpened *e = d->event->cycle_opened;
    if (!name_check(d, e->cycle) || !closing_check(d, e->closing) ||
        !units_check(d, e->n_units, e->units)) {
        return false;
    }
    d->rulebook = rulebook_choose(d, e->rulebook);
    if (d->rulebook == NULL || !notice_check(d, e)) {
        return false;
    }
    Award__Cycle *cycle = NEW(d, Award__Cycle, award__cycle);
    cycle->cycle = e->cycle;
    cycle->rulebook = arena_string(d->arena, d->rulebook->digest);
    cycle->opened = (Award__CycleOpened *)codec_copy(&e->base, d->arena);
    cycle->opened->rulebook = cycle->rulebook;
    cycle->opened_on = day_make(d, d->today);
    SET(cycle, team_members_min, d->rulebook->team_members_min);
    concerns(d, e->cycle);
    cycle_put(d, cycle, "16(1)");
    closing_open(d, cycle, NULL);
    return true;
}

// ---- Changing one: policy, before the old closing moment

static bool change_check(struct deciding *d, const Award__CycleChanged *e,
                         const Award__Cycle *cycle)
{
    int64_t old_ms = cycle->opened->closing->ms;
    if (e->closing == NULL && e->n_units == 0) {
        return reject(d, "field_missing", "form", "请写明新的截止时刻或成员单位。",
                      "State a new closing moment or new member units.");
    }
    if (d->now_ms > old_ms) {
        return reject(d, "closed_for_applications", "policy",
                      say(d, "申报已于 %s 截止，不能再变更。", moment_text(d, old_ms)),
                      say(d, "Applications closed at %s; nothing can be changed any more.",
                          moment_text(d, old_ms)));
    }
    if (e->closing != NULL && e->closing->ms <= old_ms) {
        return reject(
            d, "closing_earlier", "policy",
            say(d, "截止时刻只能延后；现为 %s。", moment_text(d, old_ms)),
            say(d, "The closing moment can only move to later than %s.", moment_text(d, old_ms)));
    }
    return units_check(d, e->n_units, e->units);
}

bool decide_cycle_changed(struct deciding *d)
{
    Award__CycleChanged *e = d->event->cycle_changed;
    Award__Cycle *cycle = cycle_get(d, e->cycle);
    if (cycle == NULL) {
        return reject(d, "no_such_cycle", "order",
                      say(d, "没有评选 %s；用 awardctl cycle list 查看。", e->cycle),
                      say(d, "There is no cycle %s; awardctl cycle list shows them.", e->cycle));
    }
    if (!change_check(d, e, cycle)) {
        return false;
    }
    if (e->n_units > 0) {
        cycle->opened->n_units = e->n_units;
        cycle->opened->units = e->units;
    }
    if (e->closing != NULL) {
        cycle->opened->closing = e->closing;
        closing_open(d, cycle, e->reason);
    }
    cycle_put(d, cycle, "policy");
    return true;
}
