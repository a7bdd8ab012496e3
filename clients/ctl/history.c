// history - entries and what they changed, in words
#include "clients/ctl/history.h"

#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "rules/events.h"

#include <string.h>

#define WORD(record, type, field)                                                                  \
    show_word(ctl, &award__##type##__descriptor, (record)->has_##field, (int)(record)->field)

static const char *case_text(struct ctl *ctl, const Award__Case *c, Award__Stage__Name before)
{
    if (c->stage == before) {
        return NULL;
    }
    if (before == 0) {
        return arena_format(ctl->arena, "阶段 stage → %s", show_stage(ctl, c));
    }
    return arena_format(ctl->arena, "阶段 stage %s → %s",
                        show_word(ctl, &award__stage__name__descriptor, true, (int)before),
                        show_stage(ctl, c));
}

static const char *deadline_text(struct ctl *ctl, const Award__Deadline *deadline)
{
    const char *done = deadline->done_on != NULL
                           ? arena_format(ctl->arena, "，%s", ctl_day(ctl, deadline->done_on))
                           : "";
    return arena_format(ctl->arena, "期限 deadline %s：%s，末日 last day %s%s",
                        deadline_zh(ctl, deadline), WORD(deadline, deadline__state, state),
                        deadline_last(ctl, deadline), done);
}

static const char *objection_text(struct ctl *ctl, const Award__Objection *objection)
{
    const char *standing = "待处理 open";
    if (objection->decided != NULL) {
        standing = WORD(objection->decided, objection_decided__finding, finding);
    }
    return arena_format(ctl->arena, "%s %s：%s",
                        objection->complaint ? "投诉举报 complaint" : "异议 objection",
                        objection->objection, standing);
}

static const char *incident_text(struct ctl *ctl, const Award__Incident *incident)
{
    return arena_format(ctl->arena, "事件 incident %s：%s，%s，%s", incident->incident,
                        WORD(incident, incident_kind__name, kind), ctl_day(ctl, incident->on),
                        WORD(incident, liability__name, liable));
}

static const char *revocation_text(struct ctl *ctl, const Award__Revocation *revocation)
{
    return arena_format(ctl->arena, "撤销 revocation %s：%s，%s", revocation->revocation,
                        WORD(revocation, revocation__step, step),
                        WORD(revocation, ground__name, ground));
}

static const char *sheet_text(struct ctl *ctl, const Award__Sheet *sheet)
{
    return arena_format(ctl->arena, "评分 sheet %s：%s %s", WORD(sheet, sheet__kind, kind),
                        sheet->person != NULL ? sheet->person : "-", ctl_points(ctl, sheet->total));
}

static const char *duty_text(struct ctl *ctl, const Award__Duty *duty)
{
    return arena_format(ctl->arena, "义务 duty %s %s：%s%s", WORD(duty, duty__kind, kind),
                        duty->subject != NULL ? duty->subject : "", ctl_day(ctl, duty->done_on),
                        duty->late ? "，逾期 late" : "");
}

static const char *bars_text(struct ctl *ctl, const Award__Enterprise *enterprise)
{
    const char *text = NULL;
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        text = arena_format(ctl->arena, "%s%s%s 至 until %s", text != NULL ? text : "限制 bars：",
                            text != NULL ? "，" : "", bar->article, ctl_day(ctl, bar->until));
    }
    return text;
}

const char *history_change(struct ctl *ctl, const Award__Change *change, Award__Stage__Name before)
{
    // Of the many kinds of records only these mean something to people by themselves.
    switch ((int)change->record_case) {
    case AWARD__CHANGE__RECORD_CASE:
        return case_text(ctl, change->case_, before);
    case AWARD__CHANGE__RECORD_DEADLINE:
        return deadline_text(ctl, change->deadline);
    case AWARD__CHANGE__RECORD_OBJECTION:
        return objection_text(ctl, change->objection);
    case AWARD__CHANGE__RECORD_INCIDENT:
        return incident_text(ctl, change->incident);
    case AWARD__CHANGE__RECORD_REVOCATION:
        return revocation_text(ctl, change->revocation);
    case AWARD__CHANGE__RECORD_SHEET:
        return sheet_text(ctl, change->sheet);
    case AWARD__CHANGE__RECORD_DUTY:
        return duty_text(ctl, change->duty);
    case AWARD__CHANGE__RECORD_ENTERPRISE:
        return bars_text(ctl, change->enterprise);
    case AWARD__CHANGE__RECORD_PENDING:
        return arena_format(ctl->arena, "等待 waits for：%s",
                            show_waits(ctl, change->pending->waits_for));
    default:
        return NULL;
    }
}

const char *history_event(struct ctl *ctl, const Award__HistoryItem *item)
{
    const char *name = item->event != NULL ? event_name(item->event->body_case) : NULL;
    return name != NULL ? show_event(ctl, name) : "（不可见 withheld）";
}

const char *history_who(const Award__HistoryItem *item)
{
    return item->event != NULL && item->event->principal != NULL ? item->event->principal : "-";
}

const char *history_outcome(struct ctl *ctl, const Award__HistoryItem *item)
{
    return show_word(ctl, &award__outcome__name__descriptor, item->has_outcome, (int)item->outcome);
}
