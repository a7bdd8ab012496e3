// laureate - the duties of 17 to 19 while an honour stands, and after it
//
// 17: share the experience once. 18: a self-evaluation for each year after the year of publication;
// on 1 January a row of the index begins the year: it opens the deadline and plans the next year,
// as long as the honour stands. What was done is a record of its own (Duty), late or not, and never
// refused for being late. The report of 19 stands in incident.c.
#include "rules/laureate.h"

#include "common/time.h"
#include "rules/deadlines.h"
#include "rules/decide.h"

#include <assert.h>

// F-honour-1
bool honour_stood(const Award__Case *c, int32_t day)
{
    const Award__Case__Honoured *honour = c->honour;
    if (honour == NULL || honour->from == NULL || day < honour->from->number) {
        return false;
    }
    return honour->until == NULL || day <= honour->until->number;
}

bool duty_enter(struct deciding *d, const Award__Case *c, const struct duty_done *done)
{
    assert(done->subject != NULL && done->deadline != NULL);
    if (record_get(d, AWARD__CHANGE__RECORD_DUTY, c->case_, (int)done->kind, done->subject) !=
        NULL) {
        return reject(d, "already_done", d->row->article,
                      say(d, "案件 %s 的“%s”（%s）已有记录；不必重复提交。", c->case_, d->row->zh,
                          done->subject),
                      say(d, "Case %s: %s (%s) is on record already; nothing more is needed.",
                          c->case_, event_name(d->event->body_case), done->subject));
    }
    const Award__Deadline *deadline = deadline_get(d, done->deadline);
    Award__Duty *duty = NEW(d, Award__Duty, award__duty);
    duty->case_ = c->case_;
    SET(duty, kind, done->kind);
    duty->subject = arena_string(d->arena, done->subject);
    duty->done_on = day_make(d, done->done_on);
    duty->digest = arena_string(d->arena, done->digest);
    int32_t last = deadline != NULL ? deadline->last->number : done->last;
    SET(duty, late, last != 0 && done->done_on > last);
    record_put(d, AWARD__CHANGE__RECORD_DUTY, &duty->base, d->row->article);
    (void)deadline_meet(d, done->deadline, done->done_on);
    return true;
}

int32_t experience_last(const struct rulebook *rulebook, int32_t on)
{
    int32_t year = day_to_civil(on).year + (int32_t)rulebook->experience_years;
    return day_from_civil((struct civil){year, 12, 31});
}

// F-policy-1; 17s1
void experience_open(struct deciding *d, const Award__Case *c, int32_t on)
{
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__experience,
        .subject = c->case_,
        .ordinal = 1,
        .case_ = c->case_,
        .enterprise = c->enterprise,
        .cycle = c->cycle,
        .starts = on,
        .last = experience_last(d->rulebook, on),
    };
    (void)deadline_open(d, &open);
}

bool decide_experience_shared(struct deciding *d)
{
    const struct duty_done done = {
        .kind = AWARD__DUTY__KIND__experience,
        .subject = "experience",
        .done_on = d->today,
        .digest = d->event->experience_shared->digest,
        .deadline = deadline_id(d, d->c->case_, AWARD__DEADLINE_KIND__NAME__experience, 1),
        .last = experience_last(d->rulebook, d->c->honour->from->number),
    };
    return duty_enter(d, d->c, &done) && case_move(d, d->c, GUARD_NONE);
}

// ---- 18: every year

static const char *self_evaluation_id(struct deciding *d, const Award__Case *c, int32_t year)
{
    return deadline_id(d, c->case_, AWARD__DEADLINE_KIND__NAME__self_evaluation, (uint32_t)year);
}

static int64_t year_start(int32_t year)
{
    return day_start(day_from_civil((struct civil){year, 1, 1}));
}

// F-year-1, decision 22
void self_evaluation_year_plan(struct deciding *d, const Award__Case *c, int32_t year)
{
    Award__Due *due = NEW(d, Award__Due, award__due);
    due->moment = moment_make(d, year_start(year));
    SET(due, kind, AWARD__DUE__KIND__self_evaluation_year);
    due->subject = arena_string(d->arena, c->case_);
    SET(due, step, (uint32_t)year);
    record_put(d, AWARD__CHANGE__RECORD_DUE, &due->base, "18");
}

static void year_row_remove(struct deciding *d, const Award__Case *c, int32_t year)
{
    const int kind = AWARD__DUE__KIND__self_evaluation_year;
    if (record_get(d, AWARD__CHANGE__RECORD_DUE, year_start(year), kind, c->case_, (int)year) !=
        NULL) {
        record_remove(d, "18", AWARD__CHANGE__RECORD_DUE, year_start(year), kind, c->case_,
                      (int)year);
    }
}

// What was due before that day stays so: not done then, it is overdue. A suspended one was not due.
static void duty_end(struct deciding *d, const char *id, int32_t day)
{
    const Award__Deadline *deadline = deadline_get(d, id);
    if (deadline != NULL &&
        (deadline->last->number >= day || deadline->state == AWARD__DEADLINE__STATE__suspended)) {
        deadline_remove(d, id);
    }
}

// F-year-2
void duties_end(struct deciding *d, const Award__Case *c, int32_t day)
{
    assert(c->honour != NULL && c->honour->from != NULL);
    int32_t first = day_to_civil(c->honour->from->number).year + 1;
    int32_t next = day_to_civil(d->today).year + 1;
    duty_end(d, deadline_id(d, c->case_, AWARD__DEADLINE_KIND__NAME__experience, 1), day);
    for (int32_t year = first; year <= next; year++) {
        duty_end(d, self_evaluation_id(d, c, year), day);
        year_row_remove(d, c, year);
    }
}

bool decide_self_evaluation_year_began(struct deciding *d)
{
    int32_t year = d->event->self_evaluation_year_began->year;
    year_row_remove(d, d->c, year);
    if (d->rulebook != NULL) {
        self_evaluation_open(d, d->c, year);
    }
    return true;
}

void self_evaluation_open(struct deciding *d, const Award__Case *c, int32_t year)
{
    int32_t first_day = day_from_civil((struct civil){year, 1, 1});
    if (!honour_stood(c, first_day)) {
        return;
    }
    const struct civil last = {year, (int32_t)d->rulebook->self_evaluation_month,
                               (int32_t)d->rulebook->self_evaluation_day};
    const struct deadline_open open = {
        .kind = AWARD__DEADLINE_KIND__NAME__self_evaluation,
        .subject = c->case_,
        .ordinal = (uint32_t)year,
        .case_ = c->case_,
        .enterprise = c->enterprise,
        .cycle = c->cycle,
        .starts = first_day,
        .last = day_from_civil(last),
    };
    (void)deadline_open(d, &open);
    self_evaluation_year_plan(d, c, year + 1);
}

// A year is open to be evaluated once its deadline is, and the current one in any case.
// F-year-1
static bool year_check(struct deciding *d, int32_t year)
{
    int32_t current = day_to_civil(d->today).year;
    if (year == current || (year > 0 && deadline_get(d, self_evaluation_id(d, d->c, year)))) {
        return true;
    }
    return reject(
        d, "no_such_year", "18",
        say(d, "案件 %s 没有 %d 年度的自我评价任务；当前年度是 %d。", d->c->case_, year, current),
        say(d, "Case %s has no self-evaluation for %d to give; the current year is %d.",
            d->c->case_, year, current));
}

// F-honour-2, decision 22
static bool honour_stands_check(struct deciding *d)
{
    if (honour_stood(d->c, d->today)) {
        return true;
    }
    return reject(
        d, "no_honour_then", "18",
        say(d, "案件 %s 的荣誉在 %s 不存续，无需自我评价。", d->c->case_, day_text(d, d->today)),
        say(d, "The honour of case %s does not stand on %s; no self-evaluation is due.",
            d->c->case_, day_text(d, d->today)));
}

bool decide_self_evaluation_submitted(struct deciding *d)
{
    const Award__SelfEvaluationSubmitted *e = d->event->self_evaluation_submitted;
    if (!honour_stands_check(d) || !year_check(d, e->year)) {
        return false;
    }
    const struct duty_done done = {
        .kind = AWARD__DUTY__KIND__self_evaluation,
        .subject = say(d, "%d", e->year),
        .done_on = d->today,
        .digest = e->digest,
        .deadline = self_evaluation_id(d, d->c, e->year),
    };
    return duty_enter(d, d->c, &done) && case_move(d, d->c, GUARD_NONE);
}
