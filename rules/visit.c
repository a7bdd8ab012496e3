// visit - 16(5): the site visit is scheduled, opened and ends with the leader's sheet and report
#include "rules/decide.h"
#include "rules/plan.h"
#include "rules/scores.h"
#include "rules/sheets.h"
#include "rules/team.h"

#include <assert.h>

static Award__Case__Visit *visit_of(struct deciding *d)
{
    if (d->c->visit == NULL) {
        d->c->visit = NEW(d, Award__Case__Visit, award__case__visit);
    }
    return d->c->visit;
}

// The office arranges visits, or the leader of the team.
static bool arranger_check(struct deciding *d)
{
    if (d->sender->role == AWARD__ROLE__NAME__office) {
        return true;
    }
    const Award__Team *team = team_of_case(d, d->c);
    return team != NULL && team_leader_check(d, team, d->c->case_);
}

// 16(5).1: "generally" three to five days; outside of that it is a warning on the record.
static void length_warn(struct deciding *d, int64_t days)
{
    uint32_t least = d->rulebook->visit_days_min;
    uint32_t most = d->rulebook->visit_days_max;
    if (days >= least && days <= most) {
        return;
    }
    (void)reason_add(d, "visit_length", "16(5).1",
                     say(d, "现场评审一般安排 %u 至 %u 天，案件 %s 为 %lld 天；已记录在案。", least,
                         most, d->c->case_, (long long)days),
                     say(d,
                         "A site visit generally takes %u to %u days, that of case %s %lld; "
                         "this is on the record.",
                         least, most, d->c->case_, (long long)days));
}

bool decide_visit_scheduled(struct deciding *d)
{
    Award__VisitScheduled *e = d->event->visit_scheduled;
    if (!arranger_check(d)) {
        return false;
    }
    if (e->last->number < e->first->number) {
        return reject(d, "days_reversed", "16(5).1",
                      say(d, "现场评审的末日 %s 早于首日 %s；请更正。",
                          day_text(d, e->last->number), day_text(d, e->first->number)),
                      say(d, "The last day of the visit, %s, lies before the first, %s.",
                          day_text(d, e->last->number), day_text(d, e->first->number)));
    }
    visit_of(d)->scheduled = e;
    length_warn(d, (int64_t)e->last->number - e->first->number + 1);
    return case_move(d, d->c, GUARD_NONE);
}

bool decide_visit_opened(struct deciding *d)
{
    Award__VisitOpened *e = d->event->visit_opened;
    int32_t day;
    if (!arranger_check(d) || !stated_day(d, e->on, "on", &day)) {
        return false;
    }
    visit_of(d)->opened = e;
    SET(visit_of(d), dispensed, 0);
    return case_move(d, d->c, GUARD_NONE);
}

// 7(2), 8(1).4
bool decide_visit_sheet(struct deciding *d)
{
    const Award__VisitSheet *e = d->event->visit_sheet;
    const Award__Team *team = team_of_case(d, d->c);
    int64_t total;
    if (team == NULL || !team_leader_check(d, team, d->c->case_) ||
        !scores_total(d, d->rulebook, e->n_scores, e->scores, &total) ||
        !remarks_check(d, REMARKS(e, strengths)) || !remarks_check(d, REMARKS(e, improvements))) {
        return false;
    }
    Award__Sheet *sheet = sheet_make(d, d->c, AWARD__SHEET__KIND__visit, d->sender->name, total);
    sheet->n_scores = e->n_scores;
    sheet->scores = e->scores;
    sheet_put(d, sheet, "16(5).2");
    d->c->site_score_before = points_make(d, total);
    Award__Case__Visit *visit = visit_of(d);
    SET(visit, days, e->days);
    visit->report = e->report;
    findings_keep(d, d->c, REMARKS(e, strengths), REMARKS(e, improvements));
    length_warn(d, e->days);
    if (!case_move(d, d->c, GUARD_NONE)) {
        return false;
    }
    plan_progress(d, team);
    return true;
}
