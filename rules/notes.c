// notes - what is kept beside what it concerns: findings, suggestions, reports, accountability
//
// A note is named after its event, so that one subject has as many as there were events. It changes
// nothing else: findings of the supervision committee touch no score (9), and accountability is a
// register (22).
#include "rules/notes.h"

#include "rules/decide.h"

// 22 without a case or cycle: the register of those that concern none.
static const char accountability_register[] = "accountability";

void note_put(struct deciding *d, const char *subject, const char *text, int32_t on)
{
    Award__Note *note = NEW(d, Award__Note, award__note);
    note->subject = arena_string(d->arena, subject);
    note->note = say(d, "%s/%s", d->event->principal, d->event->id);
    note->kind = arena_string(d->arena, event_name(d->event->body_case));
    note->text = arena_string(d->arena, text);
    note->on = day_make(d, on);
    note->by = arena_string(d->arena, d->event->principal);
    record_put(d, AWARD__CHANGE__RECORD_NOTE, &note->base, d->row->article);
    concerns(d, subject);
}

// 22s1, 22s2
bool decide_accountability_recorded(struct deciding *d)
{
    const Award__AccountabilityRecorded *e = d->event->accountability_recorded;
    const char *text = say(d, "%s：%s；%s（%s）", e->whom, e->what, e->measure, e->authority);
    if (!text_blank(e->cycle) && cycle_get(d, e->cycle) == NULL) {
        return reject(d, "no_such_cycle", "order",
                      say(d, "没有年度 %s；用 awardctl cycle list 查看，或不填该字段。", e->cycle),
                      say(d, "There is no cycle %s; awardctl cycle list shows them.", e->cycle));
    }
    const char *beside = !text_blank(e->cycle) ? e->cycle : accountability_register;
    note_put(d, d->c != NULL ? d->c->case_ : beside, text, d->today);
    return true;
}

// Whether there is anything of that name that a finding can concern.
static bool subject_exists(struct deciding *d, const char *subject)
{
    static const Award__Change__RecordCase kinds[] = {
        AWARD__CHANGE__RECORD_CASE,       AWARD__CHANGE__RECORD_TEAM,
        AWARD__CHANGE__RECORD_CYCLE,      AWARD__CHANGE__RECORD_OBJECTION,
        AWARD__CHANGE__RECORD_REVOCATION, AWARD__CHANGE__RECORD_ENTERPRISE,
        AWARD__CHANGE__RECORD_INCIDENT,
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (record_get(d, kinds[i], subject) != NULL) {
            return true;
        }
    }
    return false;
}

static bool finding_note(struct deciding *d, const char *subject, const char *text)
{
    if (!subject_exists(d, subject)) {
        return reject(d, "no_such_subject", "order",
                      "字段 concerns 所指的案件、评审组、评选年度、异议、撤销、企业或事件不存在；请"
                      "核对编号。",
                      "Field concerns names no case, team, cycle, objection, revocation, "
                      "enterprise or incident; check the name.");
    }
    note_put(d, subject, text, d->today);
    return true;
}

// 9(1), 9(2)
bool decide_supervision_finding(struct deciding *d)
{
    const Award__SupervisionFinding *e = d->event->supervision_finding;
    return finding_note(d, e->concerns, e->text);
}

// 7(4), 9(3)
bool decide_suggestion(struct deciding *d)
{
    const Award__Suggestion *e = d->event->suggestion;
    return finding_note(d, e->concerns, e->text);
}
