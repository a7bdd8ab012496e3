// echo - the steps of a push as a person wants to read them
//
// A change carries a record as it now stands; what it was before is known from the changes shown
// until then. A table says which kinds of records are shown, and how.
#include "clients/ctl/echo.h"

#include "common/codec.h"
#include "rules/deadlines.h"
#include "rules/events.h"
#include "rules/tasks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What was shown last of something: the stage of a case, the number of an enterprise's bars.
struct known {
    struct known *next;
    const char *name;
    size_t value;
};

struct echo {
    struct ctl ctl; // with an arena of one step
    struct arena *kept;
    struct known *known;
};

struct echo *echo_create(const struct ctl *ctl)
{
    struct echo *echo = calloc(1, sizeof(*echo));
    if (echo == NULL) {
        abort();
    }
    echo->ctl = *ctl;
    echo->ctl.arena = arena_create();
    echo->kept = arena_create();
    return echo;
}

void echo_destroy(struct echo *echo)
{
    if (echo != NULL) {
        arena_destroy(echo->kept);
        arena_destroy(echo->ctl.arena);
        free(echo);
    }
}

// The value that was kept under this name, replaced by a new one.
static size_t known_replace(struct echo *echo, const char *name, size_t value)
{
    struct known *known = echo->known;
    while (known != NULL && strcmp(known->name, name) != 0) {
        known = known->next;
    }
    if (known == NULL) {
        known = arena_alloc(echo->kept, sizeof(*known));
        known->name = arena_string(echo->kept, name);
        known->next = echo->known;
        echo->known = known;
    }
    size_t before = known->value;
    known->value = value;
    return before;
}

static const char *word(const ProtobufCEnumDescriptor *descriptor, int value)
{
    const ProtobufCEnumValue *found = protobuf_c_enum_descriptor_get_value(descriptor, value);
    return found != NULL ? found->name : "?";
}

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

// ---- Changes

static void case_show(struct echo *echo, const Award__Change *change)
{
    const Award__Case *c = change->case_;
    size_t stage = (size_t)c->stage;
    size_t before = known_replace(echo, or_dash(c->case_), stage);
    if (before == stage) {
        return;
    }
    (void)printf("    申报 case %s: %s%s%s %s（%s）\n", or_dash(c->case_),
                 before != 0 ? stage_zh((Award__Stage__Name)before) : "", before != 0 ? " → " : "",
                 stage_zh(c->stage), stage_name(c->stage), or_dash(c->stage_article));
}

// clang-format off
static const char *const DEADLINE_STATES[] = {
    [AWARD__DEADLINE__STATE__open]     = "起算 open",
    [AWARD__DEADLINE__STATE__met]      = "已按期办结 met",
    [AWARD__DEADLINE__STATE__met_late] = "逾期办结 met late",
    [AWARD__DEADLINE__STATE__overdue]  = "已逾期 overdue",
    [AWARD__DEADLINE__STATE__ended]    = "届满 ended",
    [AWARD__DEADLINE__STATE__removed]  = "撤除 removed",
};
// clang-format on

static void deadline_show(struct echo *echo, const Award__Change *change)
{
    const Award__Deadline *deadline = change->deadline;
    const struct deadline_row *row = deadline_row(deadline->kind);
    size_t state = (size_t)deadline->state;
    if (row == NULL || state >= sizeof(DEADLINE_STATES) / sizeof(DEADLINE_STATES[0]) ||
        DEADLINE_STATES[state] == NULL) {
        return;
    }
    size_t now = (size_t)deadline->revision * 8 + state;
    if (known_replace(echo, or_dash(deadline->deadline), now) == now) {
        return;
    }
    (void)printf("    期限 deadline %s %s: %s，至 until %s（%s）\n", row->zh,
                 or_dash(deadline->subject), DEADLINE_STATES[state],
                 ctl_day(&echo->ctl, deadline->last), or_dash(deadline->article));
}

static void enterprise_show(struct echo *echo, const Award__Change *change)
{
    const Award__Enterprise *enterprise = change->enterprise;
    size_t before = known_replace(echo, or_dash(enterprise->enterprise), enterprise->n_bars);
    for (size_t i = before; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        (void)printf("    限制申报 barred %s: 至 until %s（%s）\n", or_dash(enterprise->name),
                     ctl_day(&echo->ctl, bar->until), or_dash(bar->article));
    }
}

static void message_show(struct echo *echo, const Award__Change *change)
{
    const Award__Message *message = change->message;
    (void)echo;
    if (message->state == AWARD__MESSAGE__STATE__sealed) {
        (void)printf("    通知 message %s → %s\n",
                     word(&award__template__name__descriptor, (int)message->template_),
                     or_dash(message->recipient));
    }
}

static void alert_show(struct echo *echo, const Award__Change *change)
{
    const Award__Alert *alert = change->alert;
    (void)echo;
    if (!alert->acknowledged) {
        (void)printf("    提醒 alert %s → %s\n", or_dash(alert->deadline),
                     or_dash(alert->recipient));
    }
}

static void task_show(struct echo *echo, const Award__Change *change)
{
    const Award__Task *task = change->task;
    const struct task_row *row = task_row(task->kind);
    (void)echo;
    if (row != NULL && task->kind != AWARD__TASK_KIND__NAME__deliver_message) {
        (void)printf("    任务 task %s → %s%s\n", row->name, role_zh(row->worker),
                     task->given_up ? "（已放弃 given up）" : "");
    }
}

static void revocation_show(struct echo *echo, const Award__Change *change)
{
    const Award__Revocation *revocation = change->revocation;
    (void)echo;
    (void)printf("    撤销 revocation %s: %s %s\n", or_dash(revocation->revocation),
                 word(&award__revocation__step__descriptor, (int)revocation->step),
                 word(&award__ground__name__descriptor, (int)revocation->ground));
}

static void duty_show(struct echo *echo, const Award__Change *change)
{
    const Award__Duty *duty = change->duty;
    (void)printf("    义务 duty %s %s: %s%s\n",
                 word(&award__duty__kind__descriptor, (int)duty->kind), or_dash(duty->subject),
                 ctl_day(&echo->ctl, duty->done_on), duty->late ? "，逾期 late" : "");
}

static void selection_show(struct echo *echo, const Award__Change *change)
{
    const Award__Selection *selection = change->selection;
    for (size_t p = 0; p < selection->n_pools; p++) {
        const Award__Pool *pool = selection->pools[p];
        for (size_t i = 0; i < pool->n_ranked; i++) {
            const Award__Ranked *ranked = pool->ranked[i];
            (void)printf("    排序 %s %" PRIu32 ": %s  %s%s\n",
                         word(&award__honour__kind__descriptor, (int)pool->kind), ranked->rank,
                         or_dash(ranked->case_), ctl_fraction(&echo->ctl, ranked->composite),
                         ranked->candidate ? "  拟奖 candidate"
                         : ranked->tied    ? "  同分 tied"
                                           : "");
        }
    }
}

static const struct change_row {
    Award__Change__RecordCase record;
    void (*show)(struct echo *echo, const Award__Change *change);
} CHANGE_ROWS[] = {
    {AWARD__CHANGE__RECORD_CASE,       case_show      },
    {AWARD__CHANGE__RECORD_DEADLINE,   deadline_show  },
    {AWARD__CHANGE__RECORD_ENTERPRISE, enterprise_show},
    {AWARD__CHANGE__RECORD_MESSAGE,    message_show   },
    {AWARD__CHANGE__RECORD_ALERT,      alert_show     },
    {AWARD__CHANGE__RECORD_TASK,       task_show      },
    {AWARD__CHANGE__RECORD_REVOCATION, revocation_show},
    {AWARD__CHANGE__RECORD_DUTY,       duty_show      },
    {AWARD__CHANGE__RECORD_SELECTION,  selection_show },
};

static void changes_show(struct echo *echo, Award__Change *const *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t row = 0; row < sizeof(CHANGE_ROWS) / sizeof(CHANGE_ROWS[0]); row++) {
            if (CHANGE_ROWS[row].record == changes[i]->record_case) {
                CHANGE_ROWS[row].show(echo, changes[i]);
            }
        }
    }
}

static void reasons_show(struct echo *echo, Award__Reason *const *reasons, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Award__Reason *reason = reasons[i];
        (void)printf("    %s%s%s（%s）%s%s\n", reason->subject != NULL ? reason->subject : "",
                     reason->subject != NULL ? "：" : "", or_dash(reason->zh),
                     or_dash(reason->article), reason->until != NULL ? " 至 until " : "",
                     reason->until != NULL ? ctl_day(&echo->ctl, reason->until) : "");
    }
}

// ---- Steps

static const char *event_zh(const Award__Event *event)
{
    const struct event_row *row = event != NULL ? event_row(event->body_case) : NULL;
    return row != NULL ? row->zh : "";
}

static const char *event_en(const Award__Event *event)
{
    const char *name = event != NULL ? event_name(event->body_case) : NULL;
    return name != NULL ? name : "?";
}

static void outcome_show(const struct echo *echo, Award__Outcome__Name outcome, bool repeated,
                         const char *article, const char *case_)
{
    bool good = outcome == AWARD__OUTCOME__NAME__accepted;
    const char *colour = good ? "\033[32m" : "\033[33m";
    (void)printf("  %s%s %s%s%s  条款 article %s%s%s\n", echo->ctl.colours ? colour : "",
                 ctl_outcome_zh(outcome), word(&award__outcome__name__descriptor, (int)outcome),
                 echo->ctl.colours ? "\033[0m" : "", repeated ? "（已在案 repeated）" : "",
                 or_dash(article), case_ != NULL ? "  " : "", case_ != NULL ? case_ : "");
}

void echo_line(struct echo *echo, const struct push_line *line)
{
    const Award__Answer *answer = line->answer;
    (void)printf("\n#%" PRIu64 "  %s  %s  %s %s\n", line->number,
                 ctl_moment(&echo->ctl, answer->recorded), or_dash(line->principal),
                 event_zh(line->event), event_en(line->event));
    outcome_show(echo, answer->outcome, answer->repeated, answer->article, answer->case_);
    reasons_show(echo, answer->reasons, answer->n_reasons);
    reasons_show(echo, answer->rejected_parts, answer->n_rejected_parts);
    changes_show(echo, answer->changes, answer->n_changes);
    arena_reset(echo->ctl.arena);
}

void echo_item(struct echo *echo, const Award__HistoryItem *item)
{
    const Award__Event *event = item->event;
    (void)printf("  · %s  %s  %s %s\n", ctl_moment(&echo->ctl, item->recorded),
                 event != NULL ? or_dash(event->principal) : "-", event_zh(event), event_en(event));
    if (item->outcome != AWARD__OUTCOME__NAME__accepted) {
        outcome_show(echo, item->outcome, false, item->article, NULL);
    }
    reasons_show(echo, item->reasons, item->n_reasons);
    changes_show(echo, item->changes, item->n_changes);
    arena_reset(echo->ctl.arena);
}
