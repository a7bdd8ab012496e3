// publicity - the period in which the public may object to the candidates (16(7).1-2)
//
// A cycle has one. Only where deliberation comes first (decision 19) may a further meeting
// recommend cases after it: they have a publicity of their own, with its own end.
//
// It is counted from the day of the last medium; its end is the later of the computed and the
// stated one: never shorter than the law, never shorter than what the public was told (decision 2).
#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/late_entry.h"
#include "rules/selecting.h"

#include <assert.h>

static bool medium_check(struct deciding *d, const Award__Publication *medium)
{
    if (text_blank(medium->medium) || medium->on == NULL) {
        return reject(d, "field_missing", "form",
                      "每个媒体应写明名称和刊登日期；请补充后重新提交。",
                      "Each medium needs its name and the day it published; add them.");
    }
    return late_entry_day(d, d->rulebook, medium->on->number, "media.on");
}

// The day of the last medium; false where one of them is not admitted.
// decision 26
static bool media_last_day(struct deciding *d, int32_t *from)
{
    const Award__PublicityStarted *e = d->event->publicity_started;
    *from = INT32_MIN;
    for (size_t i = 0; i < e->n_media; i++) {
        if (!medium_check(d, e->media[i])) {
            return false;
        }
        if (e->media[i]->on->number > *from) {
            *from = e->media[i]->on->number;
        }
    }
    assert(*from > INT32_MIN); // the table of events asks for media
    return true;
}

static bool interval_check(struct deciding *d)
{
    const Award__PublicityStarted *e = d->event->publicity_started;
    if (e->stated_first->number <= e->stated_last->number) {
        return true;
    }
    return reject(d, "interval_reversed", "form",
                  say(d, "公示起始日 %s 晚于截止日 %s；请核对公告。",
                      day_text(d, e->stated_first->number), day_text(d, e->stated_last->number)),
                  say(d, "The stated first day %s lies after the last, %s; check the notice.",
                      day_text(d, e->stated_first->number), day_text(d, e->stated_last->number)));
}

static bool start_check(struct deciding *d, const Award__Cycle *cycle)
{
    if (cycle->n_publicities > 0 && publicity_first(d->rulebook)) {
        return reject(d, "already_started", "order",
                      say(d, "年度 %s 已经公示；延长请用 publicity_extended。", cycle->cycle),
                      say(d, "Cycle %s has had its publicity; publicity_extended makes it longer.",
                          cycle->cycle));
    }
    struct case_walk walk = case_walk_begin(d, cycle, stages_before_publicity(d->rulebook));
    if (case_walk_next(&walk) == NULL) {
        return reject(
            d, "no_candidates", "order",
            say(d, "年度 %s 没有可以公示的候选企业；请先完成前面的程序。", cycle->cycle),
            say(d, "Cycle %s has no candidates to publish; take the steps before.", cycle->cycle));
    }
    return interval_check(d);
}

// 16(7).2
static const Award__Deadline *end_open(struct deciding *d, const char *cycle, uint32_t number,
                                       int32_t from, int32_t stated_last, const char *reason)
{
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__publicity_end,
        .subject = cycle,
        .ordinal = number,
        .cycle = cycle,
        .starts = from,
        .period = &d->rulebook->publicity,
        .stated_last = stated_last,
        .reason = reason,
    };
    return deadline_open(d, &open);
}

// 16(7).1s1
static bool candidates_publish(struct deciding *d, const Award__Cycle *cycle)
{
    struct case_walk walk = case_walk_begin(d, cycle, stages_before_publicity(d->rulebook));
    Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        SET(c, publicity, (uint32_t)cycle->n_publicities);
        if (!case_move(d, c, GUARD_NONE)) {
            return false;
        }
    }
    return true;
}

bool decide_publicity_started(struct deciding *d)
{
    const Award__PublicityStarted *e = d->event->publicity_started;
    Award__Cycle *cycle = cycle_named(d, e->cycle);
    int32_t from;
    if (cycle == NULL || !start_check(d, cycle) || !media_last_day(d, &from)) {
        return false;
    }
    const Award__Deadline *end = end_open(d, cycle->cycle, (uint32_t)cycle->n_publicities + 1, from,
                                          e->stated_last->number, NULL);
    Award__Cycle__Publicity *publicity = NEW(d, Award__Cycle__Publicity, award__cycle__publicity);
    publicity->n_media = e->n_media;
    publicity->media = e->media;
    publicity->from = day_make(d, from);
    publicity->stated_first = e->stated_first;
    publicity->stated_last = e->stated_last;
    publicity->last = end->last;
    LIST_ADD(d, cycle, publicities, publicity);
    cycle_put(d, cycle, "16(7).1");
    return candidates_publish(d, cycle);
}

// The one that the event names, or the last one. Rejects (0).
static uint32_t extension_named(struct deciding *d, const Award__Cycle *cycle)
{
    const Award__PublicityExtended *e = d->event->publicity_extended;
    uint32_t number = e->has_publicity ? e->publicity : (uint32_t)cycle->n_publicities;
    if (number > 0 && number <= cycle->n_publicities) {
        return number;
    }
    (void)reject(
        d, "no_publicity", "order",
        say(d, "年度 %s 尚无这次公示；请先报送 publicity_started，或核对次数。", cycle->cycle),
        say(d,
            "Cycle %s has no such publicity yet; publicity_started comes first, or "
            "check the number.",
            cycle->cycle));
    return 0;
}

static bool extension_check(struct deciding *d, int32_t last)
{
    int32_t to = d->event->publicity_extended->last->number;
    if (d->today > last) {
        return reject(
            d, "publicity_over", "order",
            say(d, "公示已于 %s 结束，不能再延长。", day_text(d, last)),
            say(d, "The publicity ended on %s and cannot be made longer.", day_text(d, last)));
    }
    if (to <= last) {
        return reject(
            d, "not_later", "policy",
            say(d, "公示只能延长：新的截止日 %s 应晚于 %s。", day_text(d, to), day_text(d, last)),
            say(d,
                "A publicity only becomes longer: the new last day %s must lie after "
                "%s.",
                day_text(d, to), day_text(d, last)));
    }
    return true;
}

// F-objection-2
bool decide_publicity_extended(struct deciding *d)
{
    const Award__PublicityExtended *e = d->event->publicity_extended;
    Award__Cycle *cycle = cycle_named(d, e->cycle);
    uint32_t number = cycle != NULL ? extension_named(d, cycle) : 0;
    if (number == 0 || !extension_check(d, publicity_last(d, cycle, number))) {
        return false;
    }
    Award__Cycle__Publicity *publicity = cycle->publicities[number - 1];
    publicity->last =
        end_open(d, cycle->cycle, number, publicity->from->number, e->last->number, e->reason)
            ->last;
    publicity->stated_last = e->last;
    cycle_put(d, cycle, "policy");
    return true;
}
