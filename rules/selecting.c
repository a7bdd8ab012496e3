// selecting - what the steps from the final selection to the conferral share
#include "rules/selecting.h"

#include "common/limits.h"
#include "rules/deadlines.h"

#include <assert.h>
#include <string.h>

enum { CASE_NAME_BYTES = LIMIT_ID_BYTES + 32, NAMED_MAX = 3 };

const Award__Cycle *cycle_known(struct deciding *d, const char *name)
{
    const Award__Cycle *cycle = cycle_look(d, name);
    if (cycle == NULL) {
        (void)reject(d, "no_such_cycle", "order",
                     say(d, "没有评选活动年度 %s；用 awardctl cycle list 查看。", name),
                     say(d, "There is no cycle %s; awardctl cycle list shows them.", name));
        return NULL;
    }
    concerns(d, name);
    d->rulebook = rulebook_of_cycle(d, name);
    assert(d->rulebook != NULL);
    return cycle;
}

Award__Cycle *cycle_named(struct deciding *d, const char *name)
{
    return cycle_known(d, name) != NULL ? cycle_get(d, name) : NULL;
}

static bool stage_check(struct deciding *d, const Award__Case *c, uint32_t stages)
{
    const char *zh = case_may_not_zh(d, c);
    if (zh == NULL && stage_in(c->stage, stages)) {
        return true;
    }
    const char *en = case_may_not_en(d, c);
    if (zh == NULL) {
        zh = say(d, "案件 %s 现为“%s”，按本年度程序尚不能“%s”；请先完成前面的程序。", c->case_,
                 stage_zh(c->stage), d->row->zh);
        en = say(d, "Case %s is %s; in this cycle's order %s comes later: take the steps before.",
                 c->case_, stage_name(c->stage), event_name(d->event->body_case));
    }
    reject_part(d, c->case_, "wrong_stage", "order", zh, en);
    return false;
}

Award__Case *case_listed(struct deciding *d, const Award__Cycle *cycle, const char *name,
                         uint32_t stages)
{
    if (text_blank(name) || strlen(name) > CASE_NAME_BYTES) {
        reject_part(d, "", "bad_identifier", "form", "案件编号缺失或过长；请核对后重新提交。",
                    "A case number is missing or too long; correct it and send it again.");
        return NULL;
    }
    Award__Case *c = case_get(d, name);
    if (c == NULL || strcmp(c->cycle, cycle->cycle) != 0) {
        reject_part(
            d, name, "no_such_case", "order",
            say(d, "年度 %s 中没有案件 %s；用 awardctl case list 查看。", cycle->cycle, name),
            say(d, "There is no case %s in cycle %s; awardctl case list shows them.", name,
                cycle->cycle));
        return NULL;
    }
    return stage_check(d, c, stages) ? c : NULL;
}

// ---- The rulebook's order

// F-first-1, decision 19
bool publicity_first(const struct rulebook *rulebook)
{
    return rulebook->last_stages[0] == RULEBOOK_PUBLICITY;
}

// F-deliberation-2, decision 19
bool deliberation_over(const struct rulebook *rulebook, Award__Stage__Name stage)
{
    uint32_t after =
        STAGE(deliberated) | STAGE(recommended_to_government) | STAGE(approved) | STAGE(signed);
    if (rulebook == NULL) {
        return false;
    }
    return stage_in(stage, publicity_first(rulebook) ? after : after | STAGE(publicity));
}

uint32_t stages_before_publicity(const struct rulebook *rulebook)
{
    return publicity_first(rulebook) ? STAGE(candidate) : STAGE(deliberated);
}

uint32_t stages_before_deliberation(const struct rulebook *rulebook)
{
    return publicity_first(rulebook) ? STAGE(publicity) : STAGE(candidate);
}

uint32_t stages_before_government(const struct rulebook *rulebook)
{
    return publicity_first(rulebook) ? STAGE(recommended_to_government) : STAGE(publicity);
}

static const Award__Deadline *publicity_end(struct deciding *d, const Award__Cycle *cycle,
                                            uint32_t number)
{
    assert(number > 0 && number <= cycle->n_publicities);
    return deadline_get(
        d, deadline_id(d, cycle->cycle, AWARD__DEADLINE_KIND__NAME__publicity_end, number));
}

int32_t publicity_last(struct deciding *d, const Award__Cycle *cycle, uint32_t number)
{
    const Award__Deadline *deadline = publicity_end(d, cycle, number);
    return deadline != NULL ? deadline->last->number : cycle->publicities[number - 1]->last->number;
}

// decision 3
const char *publicity_last_text(struct deciding *d, const Award__Cycle *cycle, uint32_t number)
{
    const Award__Deadline *deadline = publicity_end(d, cycle, number);
    const char *last = day_text(d, publicity_last(d, cycle, number));
    bool provisional = deadline != NULL && deadline->provisional;
    return provisional ? say(d, "%s（暂定 / provisional）", last) : last;
}

// ---- Cases of a cycle

struct case_walk case_walk_begin(struct deciding *d, const Award__Cycle *cycle, uint32_t stages)
{
    return (struct case_walk){.d = d, .cycle = cycle, .stages = stages, .index = 0};
}

Award__Case *case_walk_next(struct case_walk *walk)
{
    while (walk->index < walk->cycle->n_cases) {
        Award__Case *c = case_get(walk->d, walk->cycle->cases[walk->index++]);
        if (c != NULL && stage_in(c->stage, walk->stages)) {
            return c;
        }
    }
    return NULL;
}

void left_behind_warn(struct deciding *d, const Award__Cycle *cycle, uint32_t stages,
                      const char *article)
{
    const char *names = "";
    size_t count = 0;
    struct case_walk walk = case_walk_begin(d, cycle, stages);
    const Award__Case *c;
    while ((c = case_walk_next(&walk)) != NULL) {
        if (count++ < NAMED_MAX) {
            names = say(d, "%s%s%s", names, *names != '\0' ? ", " : "", c->case_);
        }
    }
    if (count == 0) {
        return;
    }
    (void)reason_add(d, "left_behind", article,
                     say(d, "“%s”每年度只有一次，尚有 %zu 件未在其列：%s 等；请办公室另行处理。",
                         d->row->zh, count, names),
                     say(d,
                         "%s happens once a cycle and passes over %zu open cases: %s; the office "
                         "has to see to them.",
                         event_name(d->event->body_case), count, names));
}

void cycle_note(struct deciding *d, const char *cycle, const char *part, const char *text,
                const char *article)
{
    Award__Note *note = NEW(d, Award__Note, award__note);
    note->subject = arena_string(d->arena, cycle);
    note->note =
        say(d, "%s/%s%s%s", d->event->principal, d->event->id, *part != '\0' ? "/" : "", part);
    note->kind = arena_string(d->arena, event_name(d->event->body_case));
    note->text = arena_string(d->arena, text);
    note->on = day_make(d, d->today);
    note->by = arena_string(d->arena, d->sender->name);
    record_put(d, AWARD__CHANGE__RECORD_NOTE, &note->base, article);
    concerns(d, cycle);
}
