// parts - events that name a cycle and several of its cases: each is admitted or rejected by itself
#include "rules/parts.h"

#include <assert.h>
#include <string.h>

bool cycle_exists(struct deciding *d, const char *cycle)
{
    if (d->rulebook != NULL) {
        return true;
    }
    return reject(d, "no_such_cycle", "order",
                  say(d, "没有评选年度 %s；用 awardctl cycle list 查看。", cycle),
                  say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
}

static bool named_before(Award__Case *const *cases, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(cases[i]->case_, name) == 0) {
            return true;
        }
    }
    return false;
}

// NULL where the part is rejected.
static Award__Case *part_load(struct deciding *d, const char *cycle, const char *name)
{
    Award__Case *c = case_get(d, name);
    if (c == NULL) {
        reject_part(d, name, "no_such_case", "order",
                    say(d, "没有案件 %s；用 awardctl case list 查看案件编号。", name),
                    say(d, "There is no case %s; awardctl case list shows them.", name));
        return NULL;
    }
    if (strcmp(c->cycle, cycle) != 0) {
        reject_part(d, name, "other_cycle", "order",
                    say(d, "案件 %s 属于评选年度 %s，不属于 %s；请核对。", name, c->cycle, cycle),
                    say(d, "Case %s is of cycle %s, not of %s; check it.", name, c->cycle, cycle));
        return NULL;
    }
    const char *zh = case_may_not_zh(d, c);
    if (zh != NULL) {
        reject_part(d, name, "wrong_stage", "order", zh, case_may_not_en(d, c));
        return NULL;
    }
    return c;
}

size_t parts_admit(struct deciding *d, const char *cycle, size_t count, char *const *names,
                   Award__Case ***cases)
{
    size_t admitted = 0;
    *cases = arena_alloc(d->arena, count * sizeof(Award__Case *));
    for (size_t i = 0; i < count; i++) {
        if (named_before(*cases, admitted, names[i])) {
            reject_part(
                d, names[i], "named_twice", "form",
                say(d, "案件 %s 列了两次；第二次不计。", names[i]),
                say(d, "Case %s is named twice; the second time does not count.", names[i]));
            continue;
        }
        Award__Case *c = part_load(d, cycle, names[i]);
        if (c != NULL) {
            (*cases)[admitted++] = c;
        }
    }
    return admitted;
}

bool parts_remain(struct deciding *d, size_t admitted)
{
    if (admitted > 0) {
        return true;
    }
    size_t count = d->decision->n_rejected_parts;
    Award__Reason **parts = d->decision->rejected_parts;
    assert(count > 0);
    const Award__Reason *first = parts[0];
    (void)reject(d, first->code, first->article, first->zh, first->en);
    d->decision->n_rejected_parts = count;
    d->decision->rejected_parts = parts;
    return false;
}
