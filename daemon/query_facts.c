// query_facts - the status, an enterprise, a ranking, a period, a rulebook: one thing each
#include "daemon/query_parts.h"

#include "common/time.h"
#include "rules/conditions.h"
#include "rules/rulebook_choice.h"

#include <string.h>

// ---- Status

static void tasks_count(struct asking *asking, Award__Status *status)
{
    struct scan scan;
    SET(status, tasks_open, 0);
    SET(status, tasks_given_up, 0);
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_TASK, NULL);
    const ProtobufCMessage *record;
    while ((record = scan_next(&scan)) != NULL) {
        if (((const Award__Task *)record)->given_up) {
            status->tasks_given_up++;
        } else {
            status->tasks_open++;
        }
    }
    scan_end(&scan);
}

static void workers_list(struct asking *asking, Award__Status *status)
{
    for (size_t i = 0; i < asking->server->workers_count; i++) {
        LIST_ADD(asking->d, status, workers,
                 codec_copy(&asking->server->workers[i].base, asking->arena));
    }
}

static void bounds_show(struct asking *asking, Award__Status *status)
{
    for (size_t i = 0; i < asking->server->bounds_count; i++) {
        LIST_ADD(asking->d, status, bounds,
                 codec_copy(&asking->server->bounds[i].base, asking->arena));
    }
}

// Figures of operation: for those who run it or supervise it.
static void operation_fill(struct asking *asking, Award__Status *status)
{
    tasks_count(asking, status);
    workers_list(asking, status);
    int64_t next_ms = ledger_next_due(asking->ledger);
    if (next_ms != INT64_MAX) {
        status->next_due = moment_make(asking->d, next_ms);
    }
    SET(status, overlay_bytes, state_overlay_bytes(ledger_state(asking->ledger)));
    SET(status, written_entry, state_written_entry(ledger_state(asking->ledger)));
    SET(status, events_accepted, asking->server->events_accepted);
    SET(status, events_rejected, asking->server->events_rejected);
    SET(status, messages_refused, asking->server->messages_refused);
    bounds_show(asking, status);
}

void query_status(struct asking *asking)
{
    struct ledger *ledger = asking->ledger;
    Award__Status *status = NEW(asking->d, Award__Status, award__status);
    status->version = arena_string(asking->arena, AWARD_VERSION);
    status->city = arena_string(asking->arena, ledger_city(ledger));
    SET(status, rehearsal, ledger_rehearsal(ledger));
    SET(status, epoch, ledger_epoch(ledger));
    status->now = moment_make(asking->d, asking->d->now_ms);
    SET(status, last_entry, journal_last(ledger_journal(ledger)));
    status->has_chain = 1;
    status->chain.len = CHAIN_BYTES;
    status->chain.data =
        arena_copy(asking->arena, journal_chain(ledger_journal(ledger)), CHAIN_BYTES);
    if (ledger_clock_behind_ms(ledger) > 0) {
        SET(status, clock_behind_seconds, (uint64_t)ledger_clock_behind_ms(ledger) / 1000);
    }
    SET(status, calendar_until, calendar_last_year(books_calendar(ledger_books(ledger))));
    if (viewer_has_role(asking, SEES_ALL | ROLE(administrator))) {
        operation_fill(asking, status);
    }
    asking->reply->status = status;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_STATUS;
}

// ---- An enterprise

static void cases_list(struct asking *asking, const Award__Enterprise *enterprise,
                       Award__EnterpriseView *found)
{
    for (size_t i = 0; i < enterprise->n_cases; i++) {
        Award__Case *c = case_get(asking->d, enterprise->cases[i]);
        ProtobufCMessage *seen =
            c != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_CASE, &c->base, asking->arena)
                      : NULL;
        if (seen != NULL && query_row_fits(asking, found->n_cases, seen)) {
            LIST_ADD(asking->d, found, cases, seen);
        }
    }
}

static void incidents_list(struct asking *asking, const Award__Enterprise *enterprise,
                           Award__EnterpriseView *found)
{
    for (size_t i = 0; i < enterprise->n_incidents; i++) {
        Award__Incident *incident = incident_get(asking->d, enterprise->incidents[i]);
        ProtobufCMessage *seen =
            incident != NULL
                ? query_seen(asking, AWARD__CHANGE__RECORD_INCIDENT, &incident->base, asking->arena)
                : NULL;
        if (seen != NULL && query_row_fits(asking, found->n_incidents, seen)) {
            LIST_ADD(asking->d, found, incidents, seen);
        }
    }
}

static void bars_list(struct asking *asking, const Award__Enterprise *enterprise,
                      Award__EnterpriseView *found)
{
    struct deciding *d = asking->d;
    conditions_bars(d, enterprise, d->today, &found->n_bars, &found->bars);
    int32_t first = conditions_first_day(found->n_bars, found->bars);
    if (first != 0) {
        found->first_day = day_make(d, first);
    }
}

void query_enterprise(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *code = asking->query->enterprise->enterprise;
    Award__Enterprise *enterprise = text_blank(code) ? NULL : enterprise_get(d, code);
    if (enterprise == NULL) {
        query_refuse(
            asking, "no_such_enterprise", "order",
            say(d, "没有登记企业 %s；请核对统一社会信用代码。", code != NULL ? code : ""),
            say(d, "There is no enterprise %s; check its credit code.", code != NULL ? code : ""));
        return;
    }
    ProtobufCMessage *seen =
        query_seen(asking, AWARD__CHANGE__RECORD_ENTERPRISE, &enterprise->base, asking->arena);
    if (seen == NULL) {
        query_refuse(
            asking, "out_of_scope", "authority",
            say(d, "%s 不能查看企业 %s；只能查看自己范围内的企业。", asking->viewer->name, code),
            say(d, "%s may not look at enterprise %s; only at those of its own scope.",
                asking->viewer->name, code));
        return;
    }
    Award__EnterpriseView *found = NEW(d, Award__EnterpriseView, award__enterprise_view);
    found->enterprise = (Award__Enterprise *)seen;
    cases_list(asking, enterprise, found);
    incidents_list(asking, enterprise, found);
    bars_list(asking, enterprise, found);
    asking->reply->enterprise = found;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_ENTERPRISE;
}

// ---- A ranking

void query_ranking(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *cycle = asking->query->ranking->cycle;
    Award__Selection *selection = text_blank(cycle) ? NULL : selection_get(d, cycle);
    ProtobufCMessage *seen = selection != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_SELECTION,
                                                            &selection->base, asking->arena)
                                               : NULL;
    if (seen == NULL) {
        query_refuse(
            asking, "no_such_ranking", "order",
            say(d, "评选年度 %s 尚无综合排序；综合评选启动后才有。", cycle != NULL ? cycle : ""),
            say(d, "Cycle %s has no ranking; there is one once its selection has started.",
                cycle != NULL ? cycle : ""));
        return;
    }
    asking->reply->ranking = (Award__Selection *)seen;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_RANKING;
}

// ---- A period

void query_period(struct asking *asking)
{
    const Award__QueryPeriod *query = asking->query->period;
    if (query->from == NULL || query->length == 0 || query->length > PERIOD_LENGTH_MAX) {
        query_refuse(
            asking, "field_missing", "form",
            say(asking->d, "请写明起算日 from，和 1 至 %d 天的 length。", PERIOD_LENGTH_MAX),
            say(asking->d, "Name the day `from` and a `length` of 1 to %d days.",
                PERIOD_LENGTH_MAX));
        return;
    }
    struct period period = {
        .length = query->length,
        .unit = query->working_days ? PERIOD_WORKING_DAYS : PERIOD_DAYS,
    };
    struct period_end end =
        period_count(&period, query->from->number, books_calendar(ledger_books(asking->ledger)));
    Award__Period *found = NEW(asking->d, Award__Period, award__period);
    found->last = day_make(asking->d, end.last);
    SET(found, provisional, end.provisional);
    found->n_calendars = query_calendars(asking, query->from->number, end.last, &found->calendars);
    asking->reply->period = found;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_PERIOD;
}

// ---- A rulebook

void query_rulebook(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *cycle = asking->query->rulebook->cycle;
    const struct rulebook *rulebook =
        text_blank(cycle) ? rulebook_in_force(d) : rulebook_of_cycle(d, cycle);
    const ProtobufCMessage *record =
        rulebook != NULL ? record_get(d, AWARD__CHANGE__RECORD_RULEBOOK, rulebook->digest) : NULL;
    if (record == NULL) {
        const char *name = cycle != NULL ? cycle : "";
        query_refuse(
            asking, "no_such_cycle", "order",
            say(d, "没有评选 %s，或尚未载入细则参数；用 awardctl cycle list 查看。", name),
            say(d, "There is no cycle %s, or no rulebook; see awardctl cycle list.", name));
        return;
    }
    asking->reply->rulebook = (Award__Rulebook *)codec_copy(record, asking->arena);
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_RULEBOOK;
}
