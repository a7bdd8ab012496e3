// recovery - what follows an approved revocation: papers, medal, certificate, prize, publication
//
// Facts in any order, each once. The last one closes the revocation; what was never handed over
// need not come back. Prize money comes back where the rulebook has it and it was paid (decision
// 18).
#include "rules/decide.h"
#include "rules/grounds.h"
#include "rules/messages.h"
#include "rules/notes.h"
#include "rules/tasks.h"

#include <assert.h>
#include <string.h>

// ---- Papers

static bool papers_check(struct deciding *d, const Award__Revocation *revocation)
{
    const Award__PapersDrafted *e = d->event->papers_drafted;
    if (revocation == NULL || strcmp(revocation->case_, d->c->case_) != 0) {
        return reject(d, "no_such_revocation", "order",
                      say(d, "案件 %s 没有撤销 %s。", d->c->case_, e->revocation),
                      say(d, "Case %s has no revocation %s.", d->c->case_, e->revocation));
    }
    const Award__Task *task = !text_blank(d->event->task) ? task_get(d, d->event->task) : NULL;
    if (task != NULL && task->detail != NULL && strcmp(task->detail, e->revocation) != 0) {
        return reject(
            d, "wrong_answer", "order",
            say(d, "任务 %s 起草的是撤销 %s，不是 %s。", task->task, task->detail, e->revocation),
            say(d, "Task %s is about revocation %s, not %s.", task->task, task->detail,
                e->revocation));
    }
    return task_answer(d, d->c->case_);
}

static const char *papers_list(struct deciding *d)
{
    const Award__PapersDrafted *e = d->event->papers_drafted;
    const char *list = "";
    for (size_t i = 0; i < e->n_papers; i++) {
        const ProtobufCEnumValue *kind = protobuf_c_enum_descriptor_get_value(
            &award__paper__kind__descriptor, (int)e->papers[i]);
        list = say(d, "%s%s%s", list, i > 0 ? " " : "", kind != NULL ? kind->name : "?");
    }
    return list;
}

// The texts go to the bureau, unless the government has refused meanwhile.
bool decide_papers_drafted(struct deciding *d)
{
    const Award__PapersDrafted *e = d->event->papers_drafted;
    const Award__Revocation *revocation = revocation_get(d, e->revocation);
    if (!papers_check(d, revocation)) {
        return false;
    }
    concerns(d, e->revocation);
    if (revocation->step == AWARD__REVOCATION__STEP__refused) {
        return true;
    }
    const struct fact facts[] = {
        {"revocation", e->revocation                     },
        {"ground",     ground_article(revocation->ground)},
        {"papers",     papers_list(d)                    },
        {"text",       e->text                           },
        {"digest",     e->digest                         },
        {NULL,         NULL                              },
    };
    message_to_roles(d, ROLE(bureau), AWARD__TEMPLATE__NAME__revocation_papers, d->c, facts);
    return true;
}

// ---- Medal, certificate, prize, publication

// F-recovery-1
static bool recovered(const Award__Case__Honoured *honour)
{
    bool medal = text_blank(honour->medal) || honour->medal_returned;
    bool certificate = text_blank(honour->certificate) || honour->certificate_returned;
    bool prize = honour->prize == 0 || honour->prize_returned;
    return medal && certificate && prize && honour->revocation_published;
}

// Notes the day and closes the revocation with the last of them.
static bool recovery_enter(struct deciding *d, const char *text, int32_t on)
{
    note_put(d, d->c->case_, text, on);
    if (!recovered(d->c->honour)) {
        return case_move(d, d->c, GUARD_INCOMPLETE);
    }
    Award__Revocation *revocation = revocation_get(d, d->c->revocation);
    if (revocation != NULL) {
        assert(revocation->step == AWARD__REVOCATION__STEP__approved);
        SET(revocation, step, AWARD__REVOCATION__STEP__closed);
        revocation_put(d, revocation, "20");
        concerns(d, revocation->revocation);
    }
    return case_move(d, d->c, GUARD_COMPLETE);
}

static bool once_check(struct deciding *d, bool done)
{
    if (!done) {
        return true;
    }
    return reject(
        d, "already_done", "20", say(d, "案件 %s 的“%s”已有记录。", d->c->case_, d->row->zh),
        say(d, "Case %s: %s is on record already.", d->c->case_, event_name(d->event->body_case)));
}

// F-recovery-1
static bool handed_over_check(struct deciding *d, bool handed_over)
{
    if (handed_over) {
        return true;
    }
    return reject(d, "never_handed_over", "20",
                  say(d, "案件 %s 没有颁发过此物，无需收回；请核对颁奖记录。", d->c->case_),
                  say(d,
                      "Nothing of the kind was handed over in case %s, so that nothing comes "
                      "back; check the conferral.",
                      d->c->case_));
}

bool decide_medal_returned(struct deciding *d)
{
    Award__Case__Honoured *honour = d->c->honour;
    int32_t on;
    if (!stated_day(d, d->event->medal_returned->on, "on", &on) ||
        !handed_over_check(d, !text_blank(honour->medal)) ||
        !once_check(d, honour->medal_returned)) {
        return false;
    }
    SET(honour, medal_returned, true);
    return recovery_enter(d, honour->medal, on);
}

bool decide_certificate_returned(struct deciding *d)
{
    Award__Case__Honoured *honour = d->c->honour;
    int32_t on;
    if (!stated_day(d, d->event->certificate_returned->on, "on", &on) ||
        !handed_over_check(d, !text_blank(honour->certificate)) ||
        !once_check(d, honour->certificate_returned)) {
        return false;
    }
    SET(honour, certificate_returned, true);
    return recovery_enter(d, honour->certificate, on);
}

// decision 18
// Decision 18.
bool decide_prize_returned(struct deciding *d)
{
    Award__Case__Honoured *honour = d->c->honour;
    int32_t on;
    if (!stated_day(d, d->event->prize_returned->on, "on", &on) ||
        !handed_over_check(d, honour->prize > 0) || !once_check(d, honour->prize_returned)) {
        return false;
    }
    SET(honour, prize_returned, true);
    return recovery_enter(d, say(d, "奖金 %u 元", honour->prize), on);
}

// What the government has not approved cannot have been published.
static bool publication_day(struct deciding *d, int32_t *on)
{
    if (!stated_day(d, d->event->revocation_published->on, "on", on)) {
        return false;
    }
    int32_t approved_on = d->c->honour->until->number + 1;
    if (*on >= approved_on) {
        return true;
    }
    return reject(d, "before_approval", "20",
                  say(d, "公布日期 %s 早于政府批准之日 %s；请核对。", day_text(d, *on),
                      day_text(d, approved_on)),
                  say(d, "The publication of %s lies before the approval of %s; check the day.",
                      day_text(d, *on), day_text(d, approved_on)));
}

bool decide_revocation_published(struct deciding *d)
{
    const Award__RevocationPublished *e = d->event->revocation_published;
    Award__Case__Honoured *honour = d->c->honour;
    int32_t on;
    if (!publication_day(d, &on) || !once_check(d, honour->revocation_published)) {
        return false;
    }
    const char *media = "";
    for (size_t i = 0; i < e->n_media; i++) {
        media = say(d, "%s%s%s", media, i > 0 ? "、" : "", e->media[i]);
    }
    SET(honour, revocation_published, true);
    return recovery_enter(d, media, on);
}
