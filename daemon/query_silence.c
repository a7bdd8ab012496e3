// query_silence - what shows that the coordinator looks after its deadlines
#include "daemon/query_parts.h"

#include "common/time.h"

void query_silence_deadline(struct asking *asking, Award__Silence *silence,
                            const ProtobufCMessage *record)
{
    const Award__Deadline *deadline = (const Award__Deadline *)record;
    bool open = deadline->state == AWARD__DEADLINE__STATE__open;
    if (open || deadline->state == AWARD__DEADLINE__STATE__overdue) {
        silence->checked++;
    }
    if (open && (silence->next == NULL || deadline->end->ms < silence->next->ms)) {
        silence->next = moment_make(asking->d, deadline->end->ms);
        silence->next_deadline = arena_string(asking->arena, deadline->deadline);
        SET(silence, next_provisional, deadline->provisional);
    }
}

static bool within_a_day(const struct asking *asking, const Award__Moment *moment)
{
    return moment != NULL && moment->ms > asking->d->now_ms - DAY_MS;
}

void query_silence_alert(struct asking *asking, Award__Silence *silence,
                         const ProtobufCMessage *record)
{
    const Award__Alert *alert = (const Award__Alert *)record;
    silence->alerts += within_a_day(asking, alert->raised) ? 1 : 0;
    silence->acknowledged += within_a_day(asking, alert->acknowledged_at) ? 1 : 0;
}

void query_silence_message(struct asking *asking, Award__Silence *silence,
                           const ProtobufCMessage *record)
{
    silence->undelivered += query_message_unsettled(asking, (const Award__Message *)record) ? 1 : 0;
}

// Counts tell nothing of anybody's case.
Award__Silence *query_silence(struct asking *asking)
{
    if (!viewer_has_role(asking, SEES_ALL | ROLE(administrator))) {
        return NULL;
    }
    Award__Silence *silence = NEW(asking->d, Award__Silence, award__silence);
    silence->has_checked = silence->has_alerts = 1;
    silence->has_acknowledged = silence->has_undelivered = 1;
    return silence;
}
