// plan - the review plan of a team: its days become deadlines, which its work closes (8(1).1)
//
// The days are fixed and do not move (decision 26). A step is done when every case of the team has
// it behind it or is out. The visit and the report are done by one event: the sheet of the visit
// says that it is over and carries the leader's report of it.
#include "rules/plan.h"

#include "rules/deadlines.h"
#include "rules/decide.h"
#include "rules/sheets.h"
#include "rules/team.h"

#include <assert.h>

#define BEFORE_CONSENSUS (STAGE(accepted))
#define BEFORE_VISIT_SHEET                                                                         \
    (STAGE(accepted) | STAGE(document_passed) | STAGE(site_visit) | STAGE(halted))

static const struct {
    const char *zh;
    Award__DeadlineKind__Name deadline;
    uint32_t waiting; // stages of a case that has the step still before it
} steps[] = {
    [AWARD__PLAN_STEP__NAME__independent_review] = {"独立评审",
                                                    AWARD__DEADLINE_KIND__NAME__plan_independent,               BEFORE_CONSENSUS},
    [AWARD__PLAN_STEP__NAME__consensus] = {"合议评审", AWARD__DEADLINE_KIND__NAME__plan_consensus,
                                                    BEFORE_CONSENSUS                                                            },
    [AWARD__PLAN_STEP__NAME__site_visit] = {"现场评审", AWARD__DEADLINE_KIND__NAME__plan_visit,
                                                    BEFORE_VISIT_SHEET                                                          },
    [AWARD__PLAN_STEP__NAME__report] = {"评审报告", AWARD__DEADLINE_KIND__NAME__plan_report,
                                                    BEFORE_VISIT_SHEET                                                          },
};

enum {
    STEPS_FIRST = AWARD__PLAN_STEP__NAME__independent_review,
    STEPS_LAST = AWARD__PLAN_STEP__NAME__report
};

_Static_assert(sizeof(steps) / sizeof(steps[0]) == STEPS_LAST + 1, "every step has a row");

static const char *step_name(int step)
{
    return protobuf_c_enum_descriptor_get_value(&award__plan_step__name__descriptor, step)->name;
}

// ---- Progress

static bool case_has_done(struct deciding *d, const Award__Team *team, const Award__Case *c,
                          int step)
{
    if (!stage_in(c->stage, steps[step].waiting)) {
        return true;
    }
    if (step == AWARD__PLAN_STEP__NAME__independent_review) {
        return sheets_complete(d, team, c->case_);
    }
    // Not held, by the office's decision: nothing of it is awaited by the plan.
    return step >= AWARD__PLAN_STEP__NAME__site_visit && c->visit != NULL && c->visit->dispensed;
}

static bool step_done(struct deciding *d, const Award__Team *team, int step)
{
    for (size_t i = 0; i < team->n_cases; i++) {
        const Award__Case *c = case_get(d, team->cases[i]);
        if (c != NULL && !case_has_done(d, team, c, step)) {
            return false;
        }
    }
    return true;
}

// 8(2).2, 8(1).4
void plan_progress(struct deciding *d, const Award__Team *team)
{
    if (!team->plan_approved) {
        return;
    }
    for (int step = STEPS_FIRST; step <= STEPS_LAST; step++) {
        if (step_done(d, team, step)) {
            (void)deadline_meet(d, deadline_id(d, team->team, steps[step].deadline, 1), d->today);
        }
    }
}

void plan_case_moved(struct deciding *d, const Award__Case *c)
{
    const Award__Team *team = text_blank(c->team) ? NULL : team_get(d, c->team);
    if (team != NULL) {
        plan_progress(d, team);
    }
}

// ---- The leader submits

static bool plan_open_check(struct deciding *d, const Award__Team *team)
{
    if (!team->plan_approved) {
        return true;
    }
    return reject(d, "plan_approved_already", "8(1).1",
                  say(d, "评审组 %s 的评审计划已经审核，其日期固定，不再变更。", team->team),
                  say(d, "The plan of team %s is approved; its days are fixed.", team->team));
}

// The day of each step by its number; every step once, each with a day.
static bool plan_days(struct deciding *d, const Award__PlanSubmitted *e, const Award__Day *days[])
{
    for (size_t i = 0; i < e->n_steps; i++) {
        const Award__PlanSubmitted__Step *one = e->steps[i];
        bool known = one->has_step && (int)one->step >= STEPS_FIRST && (int)one->step <= STEPS_LAST;
        if (!known || one->on == NULL) {
            return reject(d, "field_missing", "form", "计划的每个步骤须有名称 step 和日期 on。",
                          "Each step of the plan needs its name, step, and its day, on.");
        }
        if (days[one->step] != NULL) {
            return reject(
                d, "named_twice", "form", say(d, "步骤“%s”列了两次；请更正。", steps[one->step].zh),
                say(d, "The step %s is named twice; correct it.", step_name((int)one->step)));
        }
        days[one->step] = one->on;
    }
    for (int step = STEPS_FIRST; step <= STEPS_LAST; step++) {
        if (days[step] == NULL) {
            return reject(
                d, "field_missing", "8(1).1",
                say(d, "计划缺少步骤“%s”（%s）；请补充。", steps[step].zh, step_name(step)),
                say(d, "The plan lacks the step %s; add it.", step_name(step)));
        }
    }
    return true;
}

static bool plan_order_check(struct deciding *d, const Award__Day *const days[])
{
    int32_t earliest = d->today;
    const char *than_zh = "今天";
    const char *than_en = "today";
    for (int step = STEPS_FIRST; step <= STEPS_LAST; step++) {
        assert(days[step] != NULL);
        if (days[step]->number < earliest) {
            return reject(d, "plan_order", "8(1).1",
                          say(d, "“%s”的日期 %s 早于%s（%s）；请调整计划。", steps[step].zh,
                              day_text(d, days[step]->number), than_zh, day_text(d, earliest)),
                          say(d, "The day of %s, %s, lies before %s (%s); change the plan.",
                              step_name(step), day_text(d, days[step]->number), than_en,
                              day_text(d, earliest)));
        }
        earliest = days[step]->number;
        than_zh = steps[step].zh;
        than_en = step_name(step);
    }
    return true;
}

bool decide_plan_submitted(struct deciding *d)
{
    Award__PlanSubmitted *e = d->event->plan_submitted;
    Award__Team *team = team_load(d, e->team);
    const Award__Day *days[STEPS_LAST + 1] = {NULL};
    if (team == NULL || !team_leader_check(d, team, NULL) || !plan_open_check(d, team) ||
        !plan_days(d, e, days) || !plan_order_check(d, days)) {
        return false;
    }
    team->plan = e;
    team_put(d, team, "8(1).1");
    return true;
}

// ---- The review committee approves

// decision 26
static void step_open(struct deciding *d, const Award__Team *team, int step, int32_t last)
{
    if (step_done(d, team, step)) {
        return; // nothing is left to wait for
    }
    (void)deadline_open(d, &(struct deadline_open){
                               .kind = steps[step].deadline,
                               .subject = team->team,
                               .ordinal = 1,
                               .cycle = team->cycle,
                               .starts = d->today,
                               .last = last,
                           });
}

// 7(1)
bool decide_plan_approved(struct deciding *d)
{
    Award__Team *team = team_load(d, d->event->plan_approved->team);
    if (team == NULL || !plan_open_check(d, team)) {
        return false;
    }
    if (team->plan == NULL) {
        return reject(
            d, "no_plan", "8(1).1",
            say(d, "评审组 %s 尚未提交评审计划；请组长先提交。", team->team),
            say(d, "Team %s has submitted no plan yet; its leader does first.", team->team));
    }
    SET(team, plan_approved, 1);
    team_put(d, team, "8(1).1");
    for (size_t i = 0; i < team->plan->n_steps; i++) {
        const Award__PlanSubmitted__Step *one = team->plan->steps[i];
        step_open(d, team, (int)one->step, one->on->number);
    }
    return true;
}
