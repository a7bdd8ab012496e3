// query_silence - what shows that the coordinator looks after its deadlines
#include "daemon/query_parts.h"

#include "common/time.h"

typedef void (*silence_count)(struct asking *asking, Award__Silence *silence,
                              const ProtobufCMessage *record);

static void deadline_count(struct asking *asking, Award__Silence *silence,
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

static void alert_count(struct asking *asking, Award__Silence *silence,
                        const ProtobufCMessage *record)
{
    const Award__Alert *alert = (const Award__Alert *)record;
    silence->alerts += within_a_day(asking, alert->raised) ? 1 : 0;
    silence->acknowledged += within_a_day(asking, alert->acknowledged_at) ? 1 : 0;
}

static void message_count(struct asking *asking, Award__Silence *silence,
                          const ProtobufCMessage *record)
{
    silence->undelivered += query_message_unsettled(asking, (const Award__Message *)record) ? 1 : 0;
}

static void records_count(struct asking *asking, Award__Silence *silence,
                          Award__Change__RecordCase kind, silence_count count)
{
    struct scan scan;
    scan_begin(&scan, asking, kind, NULL);
    for (const ProtobufCMessage *record; (record = scan_next(&scan)) != NULL;) {
        count(asking, silence, record);
    }
    scan_end(&scan);
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
    records_count(asking, silence, AWARD__CHANGE__RECORD_DEADLINE, deadline_count);
    records_count(asking, silence, AWARD__CHANGE__RECORD_ALERT, alert_count);
    records_count(asking, silence, AWARD__CHANGE__RECORD_MESSAGE, message_count);
    return silence;
}
