// defence - 16(4): panel and advisors, the defender, one score each, the exact mean
//
// The defence is a fact beside the stage: it and the visit may come in either order.
#include "rules/decide.h"
#include "rules/leaving.h"
#include "rules/sheets.h"
#include "rules/team.h"

#include <assert.h>
#include <string.h>

static Award__Case__Defence *defence_of(struct deciding *d)
{
    if (d->c->defence == NULL) {
        d->c->defence = NEW(d, Award__Case__Defence, award__case__defence);
    }
    return d->c->defence;
}

static bool defence_rejected(struct deciding *d, const char *code, const char *zh, const char *en)
{
    return reject(d, code, "16(4)", zh, en);
}

static bool defence_waits(struct deciding *d, const Award__Case__Defence *defence)
{
    if (defence->opened == NULL) {
        return true;
    }
    return defence_rejected(d, "defence_opened_already",
                            say(d, "案件 %s 的答辩已经开始，不能“%s”。", d->c->case_, d->row->zh),
                            say(d, "The defence of case %s has begun; %s cannot happen any more.",
                                d->c->case_, event_name(d->event->body_case)));
}

// ---- Panel and advisors

static bool panel_number_check(struct deciding *d, size_t count)
{
    size_t least = d->rulebook->panel_min;
    if (count >= least) {
        return true;
    }
    return defence_rejected(
        d, "panel_too_small",
        say(d, "案件 %s 的答辩组只有 %zu 名评审员，至少应有 %zu 名；请增补。", d->c->case_, count,
            least),
        say(d, "The panel of case %s has %zu reviewers and needs %zu at least; add to it.",
            d->c->case_, count, least));
}

// Team members may sit on the panel; who declared a conflict about the case may not.
// F-defence-3
static bool panel_check(struct deciding *d, const Award__DefenceScheduled *e)
{
    for (size_t i = 0; i < e->n_panel; i++) {
        const char *person = e->panel[i];
        if (!reviewer_in_pool(d, person)) {
            return defence_rejected(
                d, "not_in_pool",
                say(d, "答辩组成员 %s 不在评审员专家库中；请另选评审员。", person),
                say(d, "%s of the panel is not in the reviewer pool; choose another.", person));
        }
        if (list_has(i, e->panel, person)) {
            return defence_rejected(d, "named_twice",
                                    say(d, "答辩组成员 %s 列了两次；请更正。", person),
                                    say(d, "%s is named twice in the panel; correct it.", person));
        }
        if (team_conflict(d, d->c, person)) {
            return defence_rejected(
                d, "conflict",
                say(d, "%s 已就案件 %s 申报回避，不能进入答辩组；请另选评审员。", person,
                    d->c->case_),
                say(d, "%s declared a conflict about case %s; choose another for the panel.",
                    person, d->c->case_));
        }
    }
    return panel_number_check(d, e->n_panel);
}

static bool advisor_named_before(const Award__DefenceScheduled *e, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(e->advisors[i]->name, name) == 0) {
            return true;
        }
    }
    return false;
}

// decision 23
static bool advisors_check(struct deciding *d, const Award__DefenceScheduled *e)
{
    if (e->n_advisors != d->rulebook->advisors) {
        return defence_rejected(d, "advisors_number",
                                say(d, "点评顾问应恰为 %u 名，现为 %zu 名；请调整。",
                                    d->rulebook->advisors, e->n_advisors),
                                say(d, "There are exactly %u advisors, not %zu; change them.",
                                    d->rulebook->advisors, e->n_advisors));
    }
    for (size_t i = 0; i < e->n_advisors; i++) {
        const Award__DefenceScheduled__Advisor *advisor = e->advisors[i];
        if (text_blank(advisor->name) || text_blank(advisor->field)) {
            return defence_rejected(d, "field_missing",
                                    "每名点评顾问须有姓名 name 和专业领域 field；请补充。",
                                    "Each advisor needs a name and a field; add them.");
        }
        if (list_has(e->n_panel, e->panel, advisor->name) ||
            advisor_named_before(e, i, advisor->name)) {
            return defence_rejected(
                d, "advisor_on_panel",
                say(d, "点评顾问 %s 不打分，不能同时是答辩组成员，也不能列两次；请更正。",
                    advisor->name),
                say(d, "Advisor %s gives no score: he is not on the panel, nor named twice.",
                    advisor->name));
        }
    }
    return true;
}

// F-order-1
bool decide_defence_scheduled(struct deciding *d)
{
    Award__DefenceScheduled *e = d->event->defence_scheduled;
    Award__Case__Defence *defence = defence_of(d);
    if (!defence_waits(d, defence) || !panel_check(d, e) || !advisors_check(d, e)) {
        return false;
    }
    defence->scheduled = e;
    return case_move(d, d->c, GUARD_NONE);
}

// ---- The defender

// F-defence-1, decision 23
static bool not_the_principal(struct deciding *d, const Award__DefenceOpened *e)
{
    Award__Reason *reason = reason_make(
        d, "defender_not_principal", "16(4)",
        say(d, "答辩人 %s 不是企业主要负责人，且无办公室的决定，案件 %s 退出评选。", e->defender,
            d->c->case_),
        say(d,
            "The defender %s is not the principal in charge and there is no decision of the "
            "office: case %s is withdrawn.",
            e->defender, d->c->case_));
    return case_leave(d, d->c, GUARD_NOT_DISPENSED, reason);
}

// F-defence-1
bool decide_defence_opened(struct deciding *d)
{
    Award__DefenceOpened *e = d->event->defence_opened;
    Award__Case__Defence *defence = defence_of(d);
    int32_t day;
    if (!defence_waits(d, defence) || !stated_day(d, e->on, "on", &day)) {
        return false;
    }
    if (defence->scheduled == NULL) {
        return defence_rejected(
            d, "not_scheduled", say(d, "案件 %s 尚未安排答辩；请先安排。", d->c->case_),
            say(d, "No defence of case %s is scheduled; do so first.", d->c->case_));
    }
    // A wrong panel comes first: a member may have left the pool since.
    if (!panel_check(d, defence->scheduled)) {
        return false;
    }
    defence->opened = e;
    SET(defence, dispensed, 0);
    if (!e->principal_in_charge && text_blank(e->decision)) {
        return not_the_principal(d, e);
    }
    return case_move(d, d->c, GUARD_DISPENSED);
}

// ---- Scores

static bool defence_runs(struct deciding *d, const Award__Case__Defence *defence)
{
    if (defence->opened != NULL && !defence->closed) {
        return true;
    }
    const char *zh = defence->closed ? "已经结束" : "尚未开始";
    const char *en = defence->closed ? "is over" : "has not begun";
    return defence_rejected(d, "defence_not_open",
                            say(d, "案件 %s 的答辩%s，不能“%s”。", d->c->case_, zh, d->row->zh),
                            say(d, "The defence of case %s %s; %s cannot happen now.", d->c->case_,
                                en, event_name(d->event->body_case)));
}

static bool panel_member_check(struct deciding *d, const Award__Case__Defence *defence)
{
    const char *person = d->sender->name;
    if (!list_has(defence->scheduled->n_panel, defence->scheduled->panel, person)) {
        return reject(
            d, "not_on_panel", "16(4)",
            say(d, "%s 不是案件 %s 的答辩组成员，不能评分。", person, d->c->case_),
            say(d, "%s is not on the panel of case %s and gives no score.", person, d->c->case_));
    }
    if (team_conflict(d, d->c, person)) {
        return reject(d, "conflict", "policy",
                      say(d, "%s 已就案件 %s 申报回避，不能评分。", person, d->c->case_),
                      say(d, "%s declared a conflict about case %s and gives no score.", person,
                          d->c->case_));
    }
    if (sheet_get(d, d->c->case_, AWARD__SHEET__KIND__defence, person) != NULL) {
        return reject(d, "submitted_already", "16(4).4",
                      say(d, "%s 已对案件 %s 的答辩评分；每人只评一次。", person, d->c->case_),
                      say(d, "%s has given the defence of case %s a score; each gives one.", person,
                          d->c->case_));
    }
    return true;
}

// decision 23
bool decide_defence_score(struct deciding *d)
{
    const Award__DefenceScore *e = d->event->defence_score;
    const Award__Case__Defence *defence = defence_of(d);
    if (!defence_runs(d, defence) || !panel_member_check(d, defence)) {
        return false;
    }
    int64_t points = e->points->hundredths;
    int64_t most = d->rulebook->defence_points_max;
    if (points < 0 || points > most) {
        return reject(d, "score_over_maximum", "16(4).4",
                      say(d, "答辩评分 %s 不在 0 至 %s 分之间；请更正。", points_text(d, points),
                          points_text(d, most)),
                      say(d, "The score %s is not within 0 and %s; correct it.",
                          points_text(d, points), points_text(d, most)));
    }
    sheet_put(d, sheet_make(d, d->c, AWARD__SHEET__KIND__defence, d->sender->name, points),
              "16(4).4");
    return case_move(d, d->c, GUARD_NONE);
}

// ---- Closing

static bool left_check(struct deciding *d, const Award__DefenceScheduled *panel,
                       const Award__DefenceClosed *e, Award__Case__Defence *defence)
{
    defence->n_left = 0;
    for (size_t i = 0; i < e->n_left; i++) {
        const char *person = e->left[i]->person != NULL ? e->left[i]->person : "";
        if (!list_has(panel->n_panel, panel->panel, person) ||
            list_has(defence->n_left, defence->left, person)) {
            return defence_rejected(
                d, "not_on_panel", say(d, "离开者“%s”不是答辩组成员，或列了两次；请更正。", person),
                say(d, "'%s', who left, is not on the panel, or is named twice; correct it.",
                    person));
        }
        if (text_blank(e->left[i]->reason)) {
            return defence_rejected(d, "field_missing",
                                    say(d, "答辩组成员 %s 离开须有理由 reason；请补充。", person),
                                    say(d, "Say in reason why %s left the panel.", person));
        }
        LIST_ADD(d, defence, left, person);
    }
    return true;
}

// The scores of those who stayed, added up; rejects (false) where one is outstanding.
struct panel_scores {
    int64_t count;
    int64_t sum;
    int64_t lowest;
    int64_t highest;
};

static bool scores_collect(struct deciding *d, const Award__Case__Defence *defence,
                           struct panel_scores *scores)
{
    const Award__DefenceScheduled *panel = defence->scheduled;
    *scores = (struct panel_scores){.lowest = INT64_MAX, .highest = INT64_MIN};
    for (size_t i = 0; i < panel->n_panel; i++) {
        if (list_has(defence->n_left, defence->left, panel->panel[i])) {
            continue;
        }
        const Award__Sheet *sheet =
            sheet_get(d, d->c->case_, AWARD__SHEET__KIND__defence, panel->panel[i]);
        if (sheet == NULL) {
            return defence_rejected(
                d, "score_outstanding",
                say(d, "答辩组成员 %s 尚未评分；请其评分，或注明其离开及理由。", panel->panel[i]),
                say(d,
                    "%s of the panel has given no score yet; wait for it, or say that and why "
                    "he left.",
                    panel->panel[i]));
        }
        int64_t points = sheet->total->hundredths;
        scores->count++;
        scores->sum += points;
        scores->lowest = points < scores->lowest ? points : scores->lowest;
        scores->highest = points > scores->highest ? points : scores->highest;
    }
    return true;
}

// Decision 11: the sum over the number, in points, never reduced nor rounded.
// F-defence-4, decision 11
static Award__Fraction *panel_mean(struct deciding *d, struct panel_scores scores)
{
    if (d->rulebook->defence_mean == DEFENCE_TRIMMED_MEAN && scores.count > 2) {
        scores.sum -= scores.lowest + scores.highest;
        scores.count -= 2;
    }
    assert(scores.count > 0);
    Award__Fraction *mean = NEW(d, Award__Fraction, award__fraction);
    SET(mean, numerator, scores.sum);
    SET(mean, denominator, 100 * scores.count);
    return mean;
}

// 16(4).3: what the advisors said
bool decide_defence_closed(struct deciding *d)
{
    const Award__DefenceClosed *e = d->event->defence_closed;
    Award__Case__Defence *defence = defence_of(d);
    struct panel_scores scores;
    if (!defence_runs(d, defence) || !left_check(d, defence->scheduled, e, defence) ||
        !panel_number_check(d, defence->scheduled->n_panel - defence->n_left) ||
        !scores_collect(d, defence, &scores)) {
        return false;
    }
    SET(defence, closed, 1);
    defence->score = panel_mean(d, scores);
    defence->n_comments = e->n_comments;
    defence->comments = e->comments;
    return case_move(d, d->c, GUARD_NONE);
}
