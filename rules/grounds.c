// grounds - the grounds of Article 20, as they stand on the record
//
// The revocation worker says which grounds stand for an incident or a violation; the rule looks for
// itself and admits only what it finds, too. A ground that stands opens a revocation, named by case
// and incident, so that the same incident opens none twice. An incident that befell an affiliate
// counts only where the laureate's own liability is established (decision 17).
#include "rules/grounds.h"

#include "rules/decide.h"
#include "rules/incident_counts.h"
#include "rules/laureate.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

const char grounds_violation[] = "violation";

// clang-format off
static const struct {
    const char *article;
    const char *zh;
} table[] = {
    [AWARD__GROUND__NAME__misrepresentation] = {"20(1)", "弄虚作假等不正当手段"},
    [AWARD__GROUND__NAME__serious_quality]   = {"20(2)", "监督抽查发现严重质量问题"},
    [AWARD__GROUND__NAME__major_accident]    = {"20(3)", "发生重大责任事故"},
    [AWARD__GROUND__NAME__breach_of_law]     = {"20(4)", "违法行为造成恶劣社会影响"},
};
// clang-format on

const char *ground_article(Award__Ground__Name ground)
{
    assert(ground > 0 && (size_t)ground < sizeof(table) / sizeof(table[0]));
    return table[ground].article;
}

const char *ground_zh(Award__Ground__Name ground)
{
    assert(ground > 0 && (size_t)ground < sizeof(table) / sizeof(table[0]));
    return table[ground].zh;
}

const char *ground_name(Award__Ground__Name ground)
{
    return protobuf_c_enum_descriptor_get_value(&award__ground__name__descriptor, (int)ground)
        ->name;
}

// ---- What stands on the record

// 20(1)
static bool violation_on_record(struct deciding *d, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        if (strcmp(bar->article, "12(2)") == 0 && bar->source != NULL &&
            strcmp(bar->source, c->case_) == 0) {
            return true;
        }
    }
    return false;
}

// F-ground-1, F-ground-2; 20(2), 20(3), decision 17
static bool incident_bears(const struct rulebook *rulebook, const Award__Enterprise *enterprise,
                           const Award__Incident *incident, Award__Ground__Name ground)
{
    bool sampling = incident->kind == AWARD__INCIDENT_KIND__NAME__sampling;
    return sampling == (ground == AWARD__GROUND__NAME__serious_quality) &&
           incident_counts(rulebook, enterprise, incident);
}

// 20(1), 20(2), 20(3), 20(4)
bool ground_stands(struct deciding *d, const Award__Case *c, Award__Ground__Name ground,
                   const char *incident_name)
{
    if (ground == AWARD__GROUND__NAME__misrepresentation) {
        return violation_on_record(d, c);
    }
    if (ground == AWARD__GROUND__NAME__breach_of_law || text_blank(incident_name)) {
        return false;
    }
    const Award__Incident *incident = incident_get(d, incident_name);
    const Award__Enterprise *enterprise = enterprise_get(d, c->enterprise);
    return incident != NULL && enterprise != NULL &&
           strcmp(incident->enterprise, c->enterprise) == 0 &&
           honour_stood(c, incident->on->number) &&
           incident_bears(d->rulebook, enterprise, incident, ground);
}

// ---- Asking and being answered

void grounds_ask(struct deciding *d, const Award__Case *c, const char *incident)
{
    if (stage_in(c->stage, STAGES_HONOURED)) {
        task_queue(d, AWARD__TASK_KIND__NAME__check_grounds, c->case_, incident,
                   (uint32_t)c->version, c);
    }
}

static bool names_ground(const Award__GroundsChecked *e, Award__Ground__Name ground)
{
    for (size_t i = 0; i < e->n_grounds; i++) {
        if (e->grounds[i] == ground) {
            return true;
        }
    }
    return false;
}

static bool wrong_grounds(struct deciding *d, Award__Ground__Name ground)
{
    const Award__GroundsChecked *e = d->event->grounds_checked;
    return reject(d, "wrong_grounds", ground_article(ground),
                  say(d, "案件 %s、事件 %s 的核对结果与记录不符（%s）；请按现有记录重新核对。",
                      d->c->case_, e->incident, ground_zh(ground)),
                  say(d,
                      "What was found for case %s and incident %s is not what stands on the record "
                      "(%s); check it again.",
                      d->c->case_, e->incident, ground_name(ground)));
}

// Exactly what stands must be named. A violation on record may be named with an incident, too.
static bool grounds_check(struct deciding *d)
{
    const Award__GroundsChecked *e = d->event->grounds_checked;
    bool of_violation = strcmp(e->incident, grounds_violation) == 0;
    for (int number = 1; number < (int)(sizeof(table) / sizeof(table[0])); number++) {
        Award__Ground__Name ground = (Award__Ground__Name)number;
        bool named = names_ground(e, ground);
        bool stands = ground_stands(d, d->c, ground, e->incident);
        bool optional = ground == AWARD__GROUND__NAME__misrepresentation && !of_violation;
        if (named != stands && !(optional && !named)) {
            return wrong_grounds(d, ground);
        }
    }
    return true;
}

// The name of the revocation that the worker's finding opens; NULL where one is there for the same
// facts. A violation that comes on record after another's was refused is a new one, with a number.
static const char *revocation_name(struct deciding *d, Award__Ground__Name ground)
{
    const char *incident = d->event->grounds_checked->incident;
    bool violation = ground == AWARD__GROUND__NAME__misrepresentation;
    bool anew = violation && strcmp(incident, grounds_violation) == 0;
    const char *first = say(d, "%s/%s", d->c->case_, violation ? grounds_violation : incident);
    const char *name = first;
    const Award__Revocation *before;
    for (unsigned number = 2; (before = revocation_get(d, name)) != NULL; number++) {
        if (!anew || before->step != AWARD__REVOCATION__STEP__refused) {
            return NULL;
        }
        name = say(d, "%s/%u", first, number);
    }
    return name;
}

static void revocation_begin(struct deciding *d, Award__Ground__Name ground)
{
    const Award__GroundsChecked *e = d->event->grounds_checked;
    bool violation = ground == AWARD__GROUND__NAME__misrepresentation;
    const char *id = revocation_name(d, ground);
    if (id == NULL) {
        return;
    }
    Award__Revocation *revocation = NEW(d, Award__Revocation, award__revocation);
    revocation->revocation = arena_string(d->arena, id);
    revocation->case_ = d->c->case_;
    SET(revocation, ground, ground);
    if (violation) {
        revocation->facts = arena_string(d->arena, "评选中的违规行为已认定（记录在案）");
    } else {
        revocation->incident = arena_string(d->arena, e->incident);
    }
    SET(revocation, step, AWARD__REVOCATION__STEP__opened);
    revocation->opened_on = day_make(d, d->today);
    revocation->opened_by = arena_string(d->arena, d->event->principal);
    revocation_put(d, revocation, ground_article(ground));
    concerns(d, id);
}

static bool task_detail_check(struct deciding *d)
{
    const Award__GroundsChecked *e = d->event->grounds_checked;
    const Award__Task *task = !text_blank(d->event->task) ? task_get(d, d->event->task) : NULL;
    if (task == NULL || task->detail == NULL || strcmp(task->detail, e->incident) == 0) {
        return true; // task_answer says what is wrong with the others
    }
    return reject(
        d, "wrong_answer", "order",
        say(d, "任务 %s 核对的是事件 %s，不是 %s。", task->task, task->detail, e->incident),
        say(d, "Task %s is about incident %s, not %s.", task->task, task->detail, e->incident));
}

bool decide_grounds_checked(struct deciding *d)
{
    const Award__GroundsChecked *e = d->event->grounds_checked;
    if (!task_detail_check(d) || !task_answer(d, d->c->case_) || !grounds_check(d)) {
        return false;
    }
    concerns(d, e->incident);
    for (size_t i = 0; i < e->n_grounds && stage_in(d->c->stage, STAGES_HONOURED); i++) {
        revocation_begin(d, e->grounds[i]);
    }
    return true;
}
