// query_today - what a viewer has to know this morning: what is due, what comes, what waits for
// whom
#include "daemon/query_parts.h"

#include "common/time.h"
#include "rules/ladders.h"
#include "rules/tasks.h"

#include <string.h>

enum { SOON_DAYS = 7 };

struct today_found {
    struct deadline_list ending; // today
    struct deadline_list overdue;
    struct deadline_list soon;
};

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

static void pending_visit(struct asking *asking, ProtobufCMessage *record)
{
    pending_waits(asking, (const Award__Pending *)record);
}

static void objection_visit(struct asking *asking, ProtobufCMessage *record)
{
    objection_waits(asking, (const Award__Objection *)record);
}

static void task_visit(struct asking *asking, ProtobufCMessage *record)
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

static void case_visit(struct asking *asking, ProtobufCMessage *record)
{
    const Award__Case *c = (const Award__Case *)record;
    case_waits(asking, c);
    case_held(asking, c);
}

static void message_visit(struct asking *asking, ProtobufCMessage *record)
{
    const Award__Message *message = (const Award__Message *)record;
    bool retried = message->state == AWARD__MESSAGE__STATE__sealed && message->attempts > 0;
    if ((retried || query_message_unsettled(asking, message)) &&
        query_row_fits(asking, asking->reply->today->n_undelivered, record)) {
        LIST_ADD(asking->d, asking->reply->today, undelivered,
                 (Award__Message *)codec_copy(record, asking->arena));
    }
}

// ---- Stuck: the first page of that query, as its viewer has it

static void stuck_prepare(struct asking *asking)
{
    static const Award__QueryStuck stuck = AWARD__QUERY_STUCK__INIT;
    Award__Query *query = NEW(asking->d, Award__Query, award__query);
    query->body_case = AWARD__QUERY__BODY_STUCK;
    query->stuck = (Award__QueryStuck *)codec_copy(&stuck.base, asking->arena);
    struct asking *inner = arena_alloc(asking->arena, sizeof(*inner));
    inner->query = query;
    inner->viewer = asking->viewer;
    inner->ledger = asking->ledger;
    inner->arena = asking->arena;
    inner->d = asking->d;
    inner->reply = NEW(asking->d, Award__QueryReply, award__query_reply);
    query_stuck_begin(inner);
    asking->inner = inner;
}

static void stuck_fill(struct asking *asking)
{
    Award__Today *today = asking->reply->today;
    query_stuck_end(asking->inner);
    today->n_stuck = asking->inner->reply->stuck->n_rows;
    today->stuck = asking->inner->reply->stuck->rows;
}

// ---- Deadlines

static void deadline_visit(struct asking *asking, ProtobufCMessage *record)
{
    struct today_found *found = asking->found;
    query_deadline_list_take(asking, &found->ending, record);
    query_deadline_list_take(asking, &found->overdue, record);
    query_deadline_list_take(asking, &found->soon, record);
    if (asking->reply->today->silence != NULL) {
        query_silence_deadline(asking, asking->reply->today->silence, record);
    }
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

// What ends today stands first: of what is overdue there may be more than a reply or a screen has
// room for.
static void deadlines_fill(struct asking *asking)
{
    struct today_found *found = asking->found;
    Award__Today *today = asking->reply->today;
    today->due = found->ending.rows;
    today->n_due = query_deadline_list_fit(asking, &found->ending);
    size_t count = query_deadline_list_fit(asking, &found->overdue);
    for (size_t i = 0; i < count; i++) {
        LIST_ADD(asking->d, today, due, found->overdue.rows[i]);
    }
    today->soon = found->soon.rows;
    today->n_soon = query_deadline_list_fit(asking, &found->soon);
    names_add(asking, today, today->n_due, today->due);
    names_add(asking, today, today->n_soon, today->soon);
}

// ---- The viewer's alerts that nobody acknowledged

static bool alerts_from(struct asking *asking, struct scan *scan)
{
    scan_narrow(scan, asking->viewer->name);
    return true;
}

static void alert_visit(struct asking *asking, ProtobufCMessage *record)
{
    Award__Today *today = asking->reply->today;
    const Award__Alert *alert = (const Award__Alert *)record;
    if (alert_open(alert) && strcmp(alert->recipient, asking->viewer->name) == 0 &&
        query_row_fits(asking, today->n_alerts, record)) {
        LIST_ADD(asking->d, today, alerts, codec_copy(record, asking->arena));
    }
}

static void alerts_fill(struct asking *asking)
{
    Award__Today *today = asking->reply->today;
    for (size_t i = 0; i < today->n_alerts; i++) {
        query_alerted_add(asking, today->alerts[i], &today->n_alerted, &today->alerted);
    }
}

// ---- Silence

static bool silence_from(struct asking *asking, struct scan *scan)
{
    (void)scan;
    return asking->reply->today->silence != NULL;
}

static void silence_alert_visit(struct asking *asking, ProtobufCMessage *record)
{
    query_silence_alert(asking, asking->reply->today->silence, record);
}

static void silence_message_visit(struct asking *asking, ProtobufCMessage *record)
{
    query_silence_message(asking, asking->reply->today->silence, record);
}

// ---- Together

// What is suspended is not due.
static void today_begin(struct asking *asking)
{
    Award__Today *today = NEW(asking->d, Award__Today, award__today);
    struct today_found *found = arena_alloc(asking->arena, sizeof(*found));
    int32_t day = asking->d->today;
    found->ending.filter =
        (struct deadline_filter){.running = true, .last_from = day, .last_to = day};
    found->overdue.filter =
        (struct deadline_filter){.running = true, .last_from = INT32_MIN, .last_to = day - 1};
    found->soon.filter =
        (struct deadline_filter){.running = true, .last_from = day + 1, .last_to = day + SOON_DAYS};
    query_deadline_list_begin(asking, &found->ending);
    query_deadline_list_begin(asking, &found->overdue);
    query_deadline_list_begin(asking, &found->soon);
    asking->found = found;
    asking->reply->today = today;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_TODAY;
    SET(today, viewer, asking->viewer->role);
    today->silence = query_silence(asking);
    stuck_prepare(asking);
}

enum { ROWS = PART_SEEN | PART_UNTIL_FULL, STUCK = ROWS | PART_INNER };

static const struct query_part parts[] = {
    {AWARD__CHANGE__RECORD_DEADLINE,   0,               NULL,         deadline_visit,        deadlines_fill},
    {AWARD__CHANGE__RECORD_ALERT,      PART_UNTIL_FULL, alerts_from,  alert_visit,           alerts_fill   },
    {AWARD__CHANGE__RECORD_PENDING,    ROWS,            NULL,         pending_visit,         NULL          },
    {AWARD__CHANGE__RECORD_OBJECTION,  ROWS,            NULL,         objection_visit,       NULL          },
    {AWARD__CHANGE__RECORD_TASK,       ROWS,            NULL,         task_visit,            NULL          },
    {AWARD__CHANGE__RECORD_CASE,       ROWS,            NULL,         case_visit,            NULL          },
    {AWARD__CHANGE__RECORD_MESSAGE,    ROWS,            NULL,         message_visit,         NULL          },
    {AWARD__CHANGE__RECORD_CASE,       STUCK,           NULL,         query_stuck_visit,     NULL          },
    {AWARD__CHANGE__RECORD_OBJECTION,  STUCK,           NULL,         query_stuck_visit,     NULL          },
    {AWARD__CHANGE__RECORD_REVOCATION, STUCK,           NULL,         query_stuck_visit,     NULL          },
    {AWARD__CHANGE__RECORD_TASK,       STUCK,           NULL,         query_stuck_visit,     NULL          },
    {AWARD__CHANGE__RECORD_PENDING,    STUCK,           NULL,         query_stuck_visit,     stuck_fill    },
    {AWARD__CHANGE__RECORD_ALERT,      0,               silence_from, silence_alert_visit,   NULL          },
    {AWARD__CHANGE__RECORD_MESSAGE,    0,               silence_from, silence_message_visit, NULL          },
};

const struct query_plan query_today_plan = {today_begin, parts, sizeof(parts) / sizeof(parts[0])};
