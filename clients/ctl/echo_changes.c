// echo_changes - what a step led to
//
// A change carries a record as it now stands; what it was before is known from the changes shown
// until then. A table says which kinds of records are shown, and how.
#include "clients/ctl/echo_private.h"

#include "clients/ctl/words.h"
#include "rules/deadlines.h"
#include "rules/events.h"
#include "rules/tasks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

// Whether this is news about the thing; it is known from now on.
static bool news(struct echo *echo, const char *kind, const char *name, size_t value)
{
    struct known *known = echo_known(echo, kind, echo_text(name));
    bool is_news = known->value != value;
    known->value = value;
    return is_news;
}

static void score_show(struct echo *echo, const Award__Case *c, const char *head, const char *score)
{
    struct known *known = echo_known(echo, head, echo_text(c->case_));
    if (known->text != NULL && strcmp(known->text, score) == 0) {
        return;
    }
    known->text = arena_string(echo->kept, score);
    echo_say(echo, "得分 score %s: %s %s", echo_subject(echo, c->case_), head, score);
}

static void case_show(struct echo *echo, const Award__Change *change)
{
    const Award__Case *c = change->case_;
    struct ctl *ctl = &echo->ctl;
    size_t before = echo_known(echo, "case", echo_text(c->case_))->value;
    if (c->document_score != NULL) {
        score_show(echo, c, "资料评审 documents", ctl_points(ctl, c->document_score));
    }
    if (c->site_score != NULL) {
        score_show(echo, c, "现场评审 on site", ctl_points(ctl, c->site_score));
    }
    if (c->defence != NULL && c->defence->score != NULL) {
        score_show(echo, c, "答辩 defence", ctl_fraction(ctl, c->defence->score));
    }
    if (news(echo, "case", c->case_, (size_t)c->stage)) {
        echo_say(echo, "申报 case %s: %s%s%s %s（%s）", echo_subject(echo, c->case_),
                 before != 0 ? stage_zh((Award__Stage__Name)before) : "", before != 0 ? " → " : "",
                 stage_zh(c->stage), stage_name(c->stage), echo_text(c->stage_article));
    }
}

static void deadline_show(struct echo *echo, const Award__Change *change)
{
    const Award__Deadline *deadline = change->deadline;
    const struct deadline_row *row = deadline_row(deadline->kind);
    size_t now = (size_t)deadline->revision * 8 + (size_t)deadline->state;
    if (row == NULL || !news(echo, "deadline", deadline->deadline, now)) {
        return;
    }
    const char *done = deadline->done_on != NULL
                           ? arena_format(echo->ctl.arena, "，完成 done %s",
                                          ctl_day(&echo->ctl, deadline->done_on))
                           : "";
    echo_say(echo, "期限 deadline %s %s: %s，末日 last day %s%s（%s）%s", row->zh,
             echo_subject(echo, deadline->subject),
             echo_word(echo, &award__deadline__state__descriptor, (int)deadline->state),
             ctl_day(&echo->ctl, deadline->last), done, echo_text(deadline->article),
             deadline->provisional ? "（暂定 provisional）" : "");
}

static void enterprise_show(struct echo *echo, const Award__Change *change)
{
    const Award__Enterprise *enterprise = change->enterprise;
    const char *code = echo_text(enterprise->enterprise);
    if (enterprise->name != NULL) {
        echo_known(echo, "enterprise", code)->text = arena_string(echo->kept, enterprise->name);
    }
    struct known *known = echo_known(echo, "bars", code);
    for (size_t i = known->value; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        echo_say(echo, "限制申报 barred %s: 至 until %s（%s）", echo_subject(echo, code),
                 ctl_day(&echo->ctl, bar->until), echo_text(bar->article));
    }
    known->value = enterprise->n_bars;
}

static void message_show(struct echo *echo, const Award__Change *change)
{
    const Award__Message *message = change->message;
    static const char *const HEADS[] = {
        [AWARD__MESSAGE__STATE__sealed] = "通知 message",
        [AWARD__MESSAGE__STATE__delivered] = "送达 delivered",
        [AWARD__MESSAGE__STATE__failed] = "未送达 failed",
    };
    size_t state = (size_t)message->state;
    bool shown = state < sizeof(HEADS) / sizeof(HEADS[0]) && HEADS[state] != NULL;
    if (shown && news(echo, "message", message->message, state)) {
        echo_say(echo, "%s %s → %s", HEADS[state],
                 echo_word(echo, &award__template__name__descriptor, (int)message->template_),
                 echo_text(message->recipient));
    }
}

// A deadline's identity is subject:kind:ordinal.
static const char *deadline_said(struct echo *echo, const char *deadline)
{
    char *subject = arena_string(echo->ctl.arena, echo_text(deadline));
    char *ordinal = strrchr(subject, ':');
    if (ordinal == NULL) {
        return subject;
    }
    *ordinal = '\0';
    char *kind = strrchr(subject, ':');
    if (kind == NULL) {
        return subject;
    }
    *kind = '\0';
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(
        &award__deadline_kind__name__descriptor, kind + 1);
    const struct deadline_row *row =
        value != NULL ? deadline_row((Award__DeadlineKind__Name)value->value) : NULL;
    return arena_format(echo->ctl.arena, "%s %s", row != NULL ? row->zh : kind + 1,
                        echo_subject(echo, subject));
}

static void alert_show(struct echo *echo, const Award__Change *change)
{
    const Award__Alert *alert = change->alert;
    if (news(echo, "alert", alert->alert, 1)) {
        echo_say(echo, "提醒 alert %s → %s", deadline_said(echo, alert->deadline),
                 echo_text(alert->recipient));
    }
}

static void task_show(struct echo *echo, const Award__Change *change)
{
    const Award__Task *task = change->task;
    const struct task_row *row = task_row(task->kind);
    if (row != NULL && task->kind != AWARD__TASK_KIND__NAME__deliver_message) {
        echo_say(echo, "任务 task %s → %s%s",
                 echo_word(echo, &award__task_kind__name__descriptor, (int)task->kind),
                 role_zh(row->worker), task->given_up ? "（已放弃 given up）" : "");
    }
}

static void revocation_show(struct echo *echo, const Award__Change *change)
{
    const Award__Revocation *revocation = change->revocation;
    if (news(echo, "revocation", revocation->revocation, (size_t)revocation->step)) {
        echo_say(echo, "撤销 revocation %s: %s，%s", echo_subject(echo, revocation->revocation),
                 echo_word(echo, &award__revocation__step__descriptor, (int)revocation->step),
                 echo_word(echo, &award__ground__name__descriptor, (int)revocation->ground));
    }
}

static void duty_show(struct echo *echo, const Award__Change *change)
{
    const Award__Duty *duty = change->duty;
    echo_say(echo, "履行 duty done %s %s: %s%s",
             echo_word(echo, &award__duty__kind__descriptor, (int)duty->kind),
             duty->kind == AWARD__DUTY__KIND__experience ? "" : echo_text(duty->subject),
             ctl_day(&echo->ctl, duty->done_on), duty->late ? "，逾期 late" : "");
}

static void pool_show(struct echo *echo, const Award__Pool *pool)
{
    for (size_t i = 0; i < pool->n_ranked; i++) {
        const Award__Ranked *ranked = pool->ranked[i];
        echo_say(echo, "排序 rank %s %" PRIu32 ": %s  %s%s",
                 echo_word(echo, &award__honour__kind__descriptor, (int)pool->kind), ranked->rank,
                 ctl_fraction(&echo->ctl, ranked->composite), echo_subject(echo, ranked->case_),
                 ranked->candidate ? "  拟奖 candidate"
                 : ranked->tied    ? "  同分待定 tied"
                                   : "");
    }
}

static void selection_show(struct echo *echo, const Award__Change *change)
{
    const Award__Selection *selection = change->selection;
    size_t now = (size_t)selection->rankings * 2 + (selection->settled ? 1 : 0);
    if (selection->n_pools == 0 || !news(echo, "selection", selection->cycle, now)) {
        return;
    }
    for (size_t p = 0; p < selection->n_pools; p++) {
        pool_show(echo, selection->pools[p]);
    }
}

static void pending_show(struct echo *echo, const Award__Change *change)
{
    const Award__Pending *pending = change->pending;
    const char *zh = waits_zh(pending->waits_for);
    if (zh != NULL) {
        echo_say(echo, "%s waits for: %s", zh, pending->waits_for);
    }
}

static void principal_show(struct echo *echo, const Award__Change *change)
{
    const Award__Principal *principal = change->principal;
    echo_say(echo, "人员 principal %s: %s %s", echo_text(principal->name),
             echo_word(echo, &award__role__name__descriptor, (int)principal->role),
             principal->full_name != NULL ? principal->full_name : "");
}

static void key_show(struct echo *echo, const Award__Change *change)
{
    const Award__Key *key = change->key;
    echo_say(echo, "密钥 key %s: %s", echo_text(key->principal),
             key->revoked ? "已吊销 revoked" : "可用 admitted");
}

static void objection_show(struct echo *echo, const Award__Change *change)
{
    const Award__Objection *objection = change->objection;
    if (objection->decided == NULL) {
        echo_say(echo, "%s %s: %s",
                 objection->complaint && !objection->linked ? "投诉 complaint" : "异议 objection",
                 echo_text(objection->objection), echo_subject(echo, objection->case_));
        return;
    }
    echo_say(echo, "异议 objection %s: %s", echo_text(objection->objection),
             echo_word(echo, &award__objection_decided__finding__descriptor,
                       (int)objection->decided->finding));
}

static void meeting_show(struct echo *echo, const Award__Change *change)
{
    const Award__Meeting *meeting = change->meeting;
    echo_say(echo, "会议 meeting %s: %s", echo_text(meeting->meeting),
             meeting->valid ? "有效 valid" : "无效 void");
}

static const struct change_row {
    Award__Change__RecordCase record;
    void (*show)(struct echo *echo, const Award__Change *change);
} ROWS[] = {
    {AWARD__CHANGE__RECORD_PRINCIPAL,  principal_show },
    {AWARD__CHANGE__RECORD_KEY,        key_show       },
    {AWARD__CHANGE__RECORD_PENDING,    pending_show   },
    {AWARD__CHANGE__RECORD_CASE,       case_show      },
    {AWARD__CHANGE__RECORD_OBJECTION,  objection_show },
    {AWARD__CHANGE__RECORD_MEETING,    meeting_show   },
    {AWARD__CHANGE__RECORD_DEADLINE,   deadline_show  },
    {AWARD__CHANGE__RECORD_ENTERPRISE, enterprise_show},
    {AWARD__CHANGE__RECORD_MESSAGE,    message_show   },
    {AWARD__CHANGE__RECORD_ALERT,      alert_show     },
    {AWARD__CHANGE__RECORD_TASK,       task_show      },
    {AWARD__CHANGE__RECORD_REVOCATION, revocation_show},
    {AWARD__CHANGE__RECORD_DUTY,       duty_show      },
    {AWARD__CHANGE__RECORD_SELECTION,  selection_show },
};

void echo_changes(struct echo *echo, Award__Change *const *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t row = 0; row < sizeof(ROWS) / sizeof(ROWS[0]); row++) {
            if (ROWS[row].record == changes[i]->record_case) {
                ROWS[row].show(echo, changes[i]);
            }
        }
    }
}
