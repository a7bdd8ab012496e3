// query_today - what a viewer has to know this morning: what is due, what comes, what waits for
// whom
#include "daemon/query_parts.h"

#include "common/time.h"
#include "rules/tasks.h"

#include <string.h>

enum { SOON_DAYS = 7 };

// ---- Rows

static bool waiting_listed(const Award__Today *today, const char *subject, const char *what)
{
    for (size_t i = 0; i < today->n_waiting; i++) {
        if (strcmp(today->waiting[i]->subject, subject) == 0 &&
            strcmp(today->waiting[i]->what, what) == 0) {
            return true;
        }
    }
    return false;
}

static char *enterprise_name(struct asking *asking, const char *code)
{
    const Award__Enterprise *enterprise = code != NULL ? enterprise_get(asking->d, code) : NULL;
    return enterprise != NULL ? enterprise->name : NULL;
}

// About an enterprise, or none (NULL). NULL where it is listed already, or the reply is full.
static Award__Waiting *waiting_add(struct asking *asking, const char *subject,
                                   const char *enterprise, Award__Event__BodyCase event,
                                   uint32_t roles)
{
    Award__Today *today = asking->reply->today;
    const char *what = event_name(event);
    if (waiting_listed(today, subject, what)) {
        return NULL;
    }
    Award__Waiting *waiting = NEW(asking->d, Award__Waiting, award__waiting);
    waiting->subject = arena_string(asking->arena, subject);
    waiting->what = arena_string(asking->arena, what);
    waiting->n_from = query_roles(asking, roles, &waiting->from);
    waiting->enterprise_name = enterprise_name(asking, enterprise);
    if (!query_row_fits(asking, today->n_waiting, &waiting->base)) {
        return NULL;
    }
    LIST_ADD(asking->d, today, waiting, waiting);
    return waiting;
}

static Award__Day *day_recorded(struct asking *asking, const Award__Moment *moment)
{
    return moment != NULL ? day_make(asking->d, day_of_moment(moment->ms)) : NULL;
}

// ---- Cases

static void case_waits(struct asking *asking, const Award__Case *c)
{
    size_t count;
    const struct awaited_row *rows = query_awaited(&count);
    for (size_t i = 0; i < count; i++) {
        if (!stage_in(c->stage, rows[i].stages) ||
            (rows[i].waits != NULL && !rows[i].waits(asking->d, c))) {
            continue;
        }
        bool of_cycle = rows[i].of_cycle;
        Award__Waiting *waiting =
            waiting_add(asking, of_cycle ? c->cycle : c->case_, of_cycle ? NULL : c->enterprise,
                        rows[i].event, event_row(rows[i].event)->from);
        if (waiting != NULL) {
            waiting->since =
                c->stage_since != NULL ? day_make(asking->d, c->stage_since->number) : NULL;
        }
    }
}

// ---- What waits for a second person or receipt

static void pending_waits(struct asking *asking, const Award__Pending *pending)
{
    static const struct {
        const char *waits_for;
        Award__Event__BodyCase event;
    } kinds[] = {
        {"countersignature", AWARD__EVENT__BODY_COUNTERSIGNED        },
        {"paper_receipt",    AWARD__EVENT__BODY_PAPER_RECEIVED       },
        {"application",      AWARD__EVENT__BODY_APPLICATION_SUBMITTED},
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(pending->waits_for, kinds[i].waits_for) != 0) {
            continue;
        }
        uint32_t roles = event_row(kinds[i].event)->from;
        if (kinds[i].event == AWARD__EVENT__BODY_COUNTERSIGNED) {
            roles = event_row(pending->event->body_case)->countersign;
        }
        Award__Waiting *waiting =
            waiting_add(asking, pending->subject, NULL, kinds[i].event, roles);
        if (waiting != NULL) {
            waiting->since = day_recorded(asking, pending->recorded);
        }
    }
}

static void objection_waits(struct asking *asking, const Award__Objection *objection)
{
    if (objection->decided != NULL) {
        return;
    }
    const Award__Case *c = case_get(asking->d, objection->case_);
    Award__Waiting *waiting =
        waiting_add(asking, objection->objection, c != NULL ? c->enterprise : NULL,
                    AWARD__EVENT__BODY_OBJECTION_DECIDED,
                    event_row(AWARD__EVENT__BODY_OBJECTION_DECIDED)->from);
    if (waiting != NULL && objection->received != NULL) {
        waiting->since = day_make(asking->d, objection->received->number);
    }
}

static void task_waits(struct asking *asking, const Award__Task *task)
{
    const struct task_row *row = task_row(task->kind);
    // A message that was given up stands among those that are not delivered.
    if (!task->given_up || row == NULL || task->kind == AWARD__TASK_KIND__NAME__deliver_message) {
        return;
    }
    Award__Waiting *waiting = waiting_add(asking, task->task, NULL, row->answered_by,
                                          UINT32_C(1) << (unsigned)row->worker);
    if (waiting != NULL) {
        waiting->since = day_recorded(asking, task->queued);
    }
}

static void pending_visit(struct asking *asking, const ProtobufCMessage *record)
{
    pending_waits(asking, (const Award__Pending *)record);
}

static void objection_visit(struct asking *asking, const ProtobufCMessage *record)
{
    objection_waits(asking, (const Award__Objection *)record);
}

static void task_visit(struct asking *asking, const ProtobufCMessage *record)
{
    task_waits(asking, (const Award__Task *)record);
}

// ---- Held, stuck, undelivered

static void held_add(struct asking *asking, const Award__Case *c, const char *kind,
                     const char *subject, const char *article)
{
    Award__Held *held = NEW(asking->d, Award__Held, award__held);
    held->case_ = arena_string(asking->arena, c->case_);
    held->enterprise_name = enterprise_name(asking, c->enterprise);
    held->kind = arena_string(asking->arena, kind);
    held->subject = arena_string(asking->arena, subject);
    held->article = arena_string(asking->arena, article);
    if (query_row_fits(asking, asking->reply->today->n_held, &held->base)) {
        LIST_ADD(asking->d, asking->reply->today, held, held);
    }
}

// 16(7).3, decision 20
static void case_held(struct asking *asking, const Award__Case *c)
{
    for (size_t i = 0; i < c->n_open_objections; i++) {
        held_add(asking, c, "objection", c->open_objections[i], "16(7).3");
    }
    for (size_t i = 0; i < c->n_holds; i++) {
        held_add(asking, c, c->holds[i]->kind, c->holds[i]->subject, c->holds[i]->article);
    }
}

static void case_visit(struct asking *asking, const Award__Case *c)
{
    case_waits(asking, c);
    case_held(asking, c);
}

static void message_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Message *message = (const Award__Message *)record;
    bool retried = message->state == AWARD__MESSAGE__STATE__sealed && message->attempts > 0;
    if ((retried || query_message_unsettled(asking, message)) &&
        query_row_fits(asking, asking->reply->today->n_undelivered, record)) {
        LIST_ADD(asking->d, asking->reply->today, undelivered,
                 (Award__Message *)codec_copy(record, asking->arena));
    }
}

// The first page of `stuck`, as its viewer has it.
static void stuck_fill(struct asking *asking, Award__Today *today)
{
    Award__QueryStuck stuck = AWARD__QUERY_STUCK__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    query.body_case = AWARD__QUERY__BODY_STUCK;
    query.stuck = &stuck;
    const Award__QueryReply *reply =
        query_answer(&query, asking->viewer, asking->ledger, asking->server, asking->arena);
    if (reply->body_case == AWARD__QUERY_REPLY__BODY_STUCK) {
        today->n_stuck = reply->stuck->n_rows;
        today->stuck = reply->stuck->rows;
    }
}

// ---- Together

// What ends today stands first: of what is overdue there may be more than a reply or a screen has
// room for. What is suspended is not due.
static void deadlines_fill(struct asking *asking, Award__Today *today)
{
    int32_t day = asking->d->today;
    const struct deadline_filter ending = {.running = true, .last_from = day, .last_to = day};
    const struct deadline_filter overdue = {
        .running = true, .last_from = INT32_MIN, .last_to = day - 1};
    const struct deadline_filter soon = {
        .running = true, .last_from = day + 1, .last_to = day + SOON_DAYS};
    Award__Deadline **late;
    today->n_due = query_deadlines_collect(asking, &ending, &today->due);
    size_t count = query_deadlines_collect(asking, &overdue, &late);
    for (size_t i = 0; i < count; i++) {
        LIST_ADD(asking->d, today, due, late[i]);
    }
    today->n_soon = query_deadlines_collect(asking, &soon, &today->soon);
}

static bool named(const Award__Today *today, const char *enterprise)
{
    for (size_t i = 0; i < today->n_enterprises; i++) {
        if (strcmp(today->enterprises[i]->enterprise, enterprise) == 0) {
            return true;
        }
    }
    return false;
}

static void names_add(struct asking *asking, Award__Today *today, size_t count,
                      Award__Deadline *const *deadlines)
{
    for (size_t i = 0; i < count; i++) {
        char *enterprise = deadlines[i]->enterprise;
        if (enterprise == NULL || named(today, enterprise)) {
            continue;
        }
        Award__EnterpriseName *name = NEW(asking->d, Award__EnterpriseName, award__enterprise_name);
        name->enterprise = enterprise;
        name->name = enterprise_name(asking, enterprise);
        if (name->name == NULL || !query_row_fits(asking, today->n_enterprises, &name->base)) {
            continue;
        }
        LIST_ADD(asking->d, today, enterprises, name);
    }
}

static void alerts_fill(struct asking *asking, Award__Today *today)
{
    today->n_alerts = query_alerts_own(asking, &today->alerts);
    for (size_t i = 0; i < today->n_alerts; i++) {
        query_alerted_add(asking, today->alerts[i], &today->n_alerted, &today->alerted);
    }
}

void query_today(struct asking *asking)
{
    Award__Today *today = NEW(asking->d, Award__Today, award__today);
    asking->reply->today = today;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_TODAY;
    SET(today, viewer, asking->viewer->role);
    deadlines_fill(asking, today);
    names_add(asking, today, today->n_due, today->due);
    names_add(asking, today, today->n_soon, today->soon);
    alerts_fill(asking, today);
    query_each_seen(asking, AWARD__CHANGE__RECORD_PENDING, pending_visit);
    query_each_seen(asking, AWARD__CHANGE__RECORD_OBJECTION, objection_visit);
    query_each_seen(asking, AWARD__CHANGE__RECORD_TASK, task_visit);
    query_each_case(asking, case_visit);
    query_each_seen(asking, AWARD__CHANGE__RECORD_MESSAGE, message_visit);
    stuck_fill(asking, today);
    today->silence = query_silence(asking);
}
