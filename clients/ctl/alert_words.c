// alert_words - an alert as a person reads it: what it is about, as whom, how it stands, what to do
#include "clients/ctl/alert_words.h"

#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "rules/ladders.h"

#include <string.h>

// ---- Order

int64_t alert_minute(const Award__Alert *alert)
{
    return alert->raised->ms / 60000;
}

int alert_compare(const Award__Alert *one, const Award__Alert *other)
{
    int64_t minutes = alert_minute(one) - alert_minute(other);
    return minutes != 0 ? (minutes < 0 ? -1 : 1) : strcmp(one->alert, other->alert);
}

// ---- About

// A deadline is named subject:kind:ordinal; a subject may have colons of its own.
struct name_parts {
    size_t subject_length;
    const char *kind;
    size_t kind_length;
};

static bool name_split(const char *name, struct name_parts *parts)
{
    const char *ordinal = strrchr(name, ':');
    const char *kind = ordinal;
    while (kind != NULL && kind > name && kind[-1] != ':') {
        kind--;
    }
    if (kind == NULL || kind == name) {
        return false;
    }
    *parts = (struct name_parts){(size_t)(kind - 1 - name), kind, (size_t)(ordinal - kind)};
    return true;
}

static const char *kind_word(struct ctl *ctl, const char *deadline)
{
    struct name_parts parts;
    if (!name_split(deadline, &parts)) {
        return deadline;
    }
    const char *kind = arena_format(ctl->arena, "%.*s", (int)parts.kind_length, parts.kind);
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&award__deadline_kind__name__descriptor, kind);
    return value != NULL
               ? show_word(ctl, &award__deadline_kind__name__descriptor, true, value->value)
               : kind;
}

static const Award__Deadline *deadline_find(const struct alert_deadlines *deadlines,
                                            const char *name)
{
    for (size_t i = 0; i < deadlines->count; i++) {
        if (strcmp(deadlines->list[i]->deadline, name) == 0) {
            return deadlines->list[i];
        }
    }
    return NULL;
}

const char *alert_about(struct ctl *ctl, const Award__Alert *alert,
                        const struct alert_deadlines *deadlines)
{
    const Award__Deadline *deadline = deadline_find(deadlines, alert->deadline);
    const char *kind = kind_word(ctl, alert->deadline);
    return deadline != NULL && deadline->last != NULL
               ? arena_format(ctl->arena, "%s，末日 last day %s", kind,
                              deadline_last(ctl, deadline))
               : kind;
}

const char *alert_subject(struct ctl *ctl, const Award__Alert *alert)
{
    struct name_parts parts;
    return name_split(alert->deadline, &parts)
               ? arena_format(ctl->arena, "%.*s", (int)parts.subject_length, alert->deadline)
               : alert->deadline;
}

const char *alert_post(struct ctl *ctl, const Award__Alert *alert)
{
    const char *post =
        show_word(ctl, &award__post__name__descriptor, alert->has_post, (int)alert->post);
    return alert->stands_for != NULL
               ? arena_format(ctl->arena, "%s，代 for %s", post, alert->stands_for)
               : post;
}

// ---- How it stands

static const char *standing(struct ctl *ctl, const Award__Alert *alert)
{
    if (alert->taken_back) {
        return "已收回 taken back";
    }
    if (alert->acknowledged) {
        return alert->acknowledged_at != NULL
                   ? arena_format(ctl->arena, "已确认 acknowledged %s",
                                  ctl_moment(ctl, alert->acknowledged_at))
                   : "已确认 acknowledged";
    }
    if (alert->assigned_to != NULL) {
        return arena_format(ctl->arena, "已移交 handed to %s", alert->assigned_to);
    }
    return alert->snoozed_until != NULL ? arena_format(ctl->arena, "已推迟至 snoozed until %s",
                                                       ctl_moment(ctl, alert->snoozed_until))
                                        : "待确认 open";
}

static bool late(const Award__Alert *alert)
{
    return alert->planned != NULL && alert->raised != NULL &&
           alert->raised->ms - alert->planned->ms > ALERT_LATE_MS;
}

const char *alert_state(struct ctl *ctl, const Award__Alert *alert)
{
    const char *by = alert->assigned_by != NULL
                         ? arena_format(ctl->arena, "，由其移交 from %s", alert->assigned_by)
                         : "";
    const char *when = late(alert) ? arena_format(ctl->arena, "，补发，应于 late, was due %s",
                                                  ctl_moment(ctl, alert->planned))
                                   : "";
    const char *reason =
        alert->reason != NULL ? arena_format(ctl->arena, "（%s）", alert->reason) : "";
    return arena_format(ctl->arena, "%s%s%s%s%s%s", standing(ctl, alert),
                        alert->escalated ? "，下级未确认，上报 escalated" : "",
                        alert->unheard ? "，各次均无人确认 unheard" : "", when, by, reason);
}

const char *alert_line(struct ctl *ctl, const Award__Alert *alert)
{
    return alert_open(alert) ? arena_format(ctl->arena, "awardctl alerts ack '%s'", alert->alert)
                             : "-";
}
