// query_stuck - what has stayed longer than the rulebook expects, and whose move it is
//
// Cases in their stage, and what waits beside them: a second receipt or person, tasks, open
// objections, revocations. How long is the rulebook's word (rules/stays), counted from the day the
// case came to its stage; whose move it is follows from the tables: what the stage waits for, who
// may send that, and who of them it is for this case.
#include "daemon/query_parts.h"

#include "common/time.h"
#include "rules/messages.h"
#include "rules/rulebook_choice.h"
#include "rules/selecting.h"
#include "rules/sheets.h"
#include "rules/stays.h"
#include "rules/tasks.h"
#include "rules/team.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 16 };

#define PERSONAL (ROLE(enterprise) | ROLE(public) | ROLE(coordinator))

// ---- Rows

// What a row is about, before it is known to be over.
struct stuck_item {
    enum rulebook_stay stay;
    const char *subject;
    const Award__Case *c; // may be NULL
    const char *cycle;    // NULL: of none, the rulebook in force counts
    int32_t since;
};

static bool cycle_asked(const struct asking *asking, const char *cycle)
{
    const char *wanted = asking->query->stuck->cycle;
    return text_blank(wanted) || (cycle != NULL && strcmp(cycle, wanted) == 0);
}

static char *enterprise_name(struct asking *asking, const Award__Case *c)
{
    const Award__Enterprise *enterprise = enterprise_get(asking->d, c->enterprise);
    return enterprise != NULL ? enterprise->name : NULL;
}

// NULL where it is not over yet, not asked for, or does not fit.
static Award__Stuck__Row *row_add(struct asking *asking, const struct stuck_item *item)
{
    struct deciding *d = asking->d;
    const struct rulebook *rulebook =
        item->cycle != NULL ? rulebook_of_cycle(d, item->cycle) : rulebook_in_force(d);
    if (rulebook == NULL || !cycle_asked(asking, item->cycle)) {
        return NULL;
    }
    int32_t last = stay_last(d, rulebook, item->stay, item->since);
    if (d->today <= last) {
        return NULL;
    }
    Award__Stuck__Row *row = NEW(d, Award__Stuck__Row, award__stuck__row);
    row->subject = arena_string(asking->arena, item->subject);
    row->stay = arena_string(asking->arena, stay_row(item->stay)->key);
    row->cycle = item->cycle != NULL ? arena_string(asking->arena, item->cycle) : NULL;
    row->since = day_make(d, item->since);
    row->last = day_make(d, last);
    SET(row, days_over, (uint32_t)(d->today - last));
    if (item->c != NULL) {
        row->case_ = arena_string(asking->arena, item->c->case_);
        row->enterprise_name = enterprise_name(asking, item->c);
    }
    if (!query_row_fits(asking, asking->reply->stuck->n_rows, &row->base)) {
        return NULL;
    }
    LIST_ADD(d, asking->reply->stuck, rows, row);
    return row;
}

// ---- Whose move it is

static bool sheet_missing(struct deciding *d, const Award__Case *c, const char *person)
{
    const Award__Team *team = team_get(d, c->team);
    const Award__Team__Member *member = team != NULL ? team_member(team, person) : NULL;
    return member != NULL && team_member_counts(member, c->case_) &&
           sheet_get(d, c->case_, AWARD__SHEET__KIND__independent, person) == NULL;
}

// Of the reviewers those of the case's team who have not given their sheet, or else its leader.
static bool reviewer_moves(struct deciding *d, const Award__Case *c, Award__Event__BodyCase event,
                           const char *person)
{
    if (c == NULL || text_blank(c->team)) {
        return false;
    }
    if (event == AWARD__EVENT__BODY_INDEPENDENT_SHEET) {
        return sheet_missing(d, c, person);
    }
    const Award__Team *team = team_get(d, c->team);
    return team != NULL && team->leader != NULL && strcmp(team->leader, person) == 0;
}

static bool principal_moves(struct asking *asking, const Award__Case *c,
                            const Award__Enterprise *enterprise, Award__Event__BodyCase event,
                            const Award__Principal *principal)
{
    return principal->role == AWARD__ROLE__NAME__reviewer
               ? reviewer_moves(asking->d, c, event, principal->name)
               : recipient_fits(asking->d, principal, enterprise);
}

// Whether such a principal is ever named: there may be very many of the others.
static bool nameable(const Award__Principal *principal)
{
    return principal->has_role && (PERSONAL >> (unsigned)principal->role & 1U) == 0;
}

// Read once for all rows.
static void people_read(struct asking *asking)
{
    struct scan scan;
    asking->people_read = true;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_PRINCIPAL, NULL);
    ProtobufCMessage *record;
    while ((record = scan_next(&scan)) != NULL) {
        const Award__Principal *principal =
            nameable((const Award__Principal *)record)
                ? (const Award__Principal *)query_seen(asking, AWARD__CHANGE__RECORD_PRINCIPAL,
                                                       record, scan.scratch)
                : NULL;
        if (principal != NULL) {
            LIST_ADD(asking->d, asking, people, principal);
        }
    }
    scan_end(&scan);
}

static void names_add(struct asking *asking, Award__Stuck__Move *move, const Award__Case *c,
                      Award__Event__BodyCase event, uint32_t roles)
{
    if (!asking->people_read) {
        people_read(asking);
    }
    const Award__Enterprise *enterprise =
        c != NULL ? enterprise_get(asking->d, c->enterprise) : NULL;
    for (size_t i = 0; i < asking->n_people && move->n_principals < NAMES_MAX; i++) {
        const Award__Principal *principal = asking->people[i];
        if ((roles >> (unsigned)principal->role & 1U) != 0 &&
            principal_moves(asking, c, enterprise, event, principal)) {
            LIST_ADD(asking->d, move, principals, principal->name);
        }
    }
}

static void move_add(struct asking *asking, Award__Stuck__Row *row, const Award__Case *c,
                     Award__Event__BodyCase event, uint32_t roles)
{
    if (row == NULL) {
        return;
    }
    Award__Stuck__Move *move = NEW(asking->d, Award__Stuck__Move, award__stuck__move);
    move->event = arena_string(asking->arena, event_name(event));
    move->article = arena_string(asking->arena, event_row(event)->article);
    move->n_from = query_roles(asking, roles, &move->from);
    names_add(asking, move, c, event, roles & ~PERSONAL);
    LIST_ADD(asking->d, row, moves, move);
}

// ---- Cases

static void case_moves(struct asking *asking, Award__Stuck__Row *row, const Award__Case *c)
{
    size_t count;
    const struct awaited_row *rows = query_awaited(&count);
    for (size_t i = 0; i < count; i++) {
        if (stage_in(c->stage, rows[i].stages) &&
            (rows[i].waits == NULL || rows[i].waits(asking->d, c))) {
            move_add(asking, row, c, rows[i].event, event_row(rows[i].event)->from);
        }
    }
}

// While its publicity runs a case is where it should be, however long that is.
static int32_t stage_since(struct deciding *d, const Award__Case *c)
{
    const Award__Cycle *cycle = cycle_get(d, c->cycle);
    int32_t since = c->stage_since->number;
    if (c->stage != AWARD__STAGE__NAME__publicity || cycle == NULL || !c->has_publicity) {
        return since;
    }
    int32_t last = publicity_last(d, cycle, c->publicity);
    return last > since ? last : since;
}

static void case_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Case *c = (const Award__Case *)record;
    enum rulebook_stay stay = stay_of_stage(c->stage);
    bool elsewhere = c->earlier != NULL && c->stage == AWARD__STAGE__NAME__honoured;
    if (stay == RULEBOOK_STAYS || c->stage_since == NULL || elsewhere) {
        return;
    }
    Award__Stuck__Row *row = row_add(
        asking, &(struct stuck_item){stay, c->case_, c, c->cycle, stage_since(asking->d, c)});
    if (row != NULL) {
        SET(row, stage, c->stage);
        case_moves(asking, row, c);
    }
}

// ---- What waits beside them

static void pending_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Pending *pending = (const Award__Pending *)record;
    if (pending->recorded == NULL) {
        return;
    }
    bool signature = strcmp(pending->waits_for, "countersignature") == 0;
    bool paper = strcmp(pending->waits_for, "paper_receipt") == 0;
    const char *cycle = NULL;
    if (!signature) { // of a receipt "cycle/enterprise"
        const char *slash = strchr(pending->subject, '/');
        cycle = slash != NULL ? arena_format(asking->arena, "%.*s", (int)(slash - pending->subject),
                                             pending->subject)
                              : NULL;
    }
    Award__Stuck__Row *row =
        row_add(asking, &(struct stuck_item){signature ? STAY_COUNTERSIGNATURE : STAY_RECEIPT,
                                             pending->subject, NULL, cycle,
                                             day_of_moment(pending->recorded->ms)});
    Award__Event__BodyCase event = signature ? AWARD__EVENT__BODY_COUNTERSIGNED
                                   : paper   ? AWARD__EVENT__BODY_PAPER_RECEIVED
                                             : AWARD__EVENT__BODY_APPLICATION_SUBMITTED;
    move_add(asking, row, NULL, event,
             signature ? event_row(pending->event->body_case)->countersign
                       : event_row(event)->from);
}

static void objection_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Objection *objection = (const Award__Objection *)record;
    const Award__Case *c = case_get(asking->d, objection->case_);
    if (objection->decided != NULL || objection->received == NULL || c == NULL) {
        return;
    }
    Award__Stuck__Row *row =
        row_add(asking, &(struct stuck_item){STAY_OBJECTION, objection->objection, c, c->cycle,
                                             objection->received->number});
    move_add(asking, row, c, AWARD__EVENT__BODY_OBJECTION_DECIDED,
             event_row(AWARD__EVENT__BODY_OBJECTION_DECIDED)->from);
}

static void revocation_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Revocation *revocation = (const Award__Revocation *)record;
    const Award__Case *c = case_get(asking->d, revocation->case_);
    bool opened = revocation->step == AWARD__REVOCATION__STEP__opened;
    const Award__Day *since = opened ? revocation->opened_on : revocation->verified_on;
    if ((!opened && revocation->step != AWARD__REVOCATION__STEP__verified) || since == NULL ||
        c == NULL) {
        return;
    }
    Award__Stuck__Row *row = row_add(
        asking, &(struct stuck_item){opened ? STAY_REVOCATION_OPENED : STAY_REVOCATION_VERIFIED,
                                     revocation->revocation, c, c->cycle, since->number});
    Award__Event__BodyCase event =
        opened ? AWARD__EVENT__BODY_REVOCATION_VERIFIED : AWARD__EVENT__BODY_REVOCATION_DECIDED;
    move_add(asking, row, c, event, event_row(event)->from);
}

static enum rulebook_stay task_stay(Award__TaskKind__Name kind)
{
    switch ((int)kind) {
    case AWARD__TASK_KIND__NAME__write_feedback:
        return STAY_FEEDBACK;
    case AWARD__TASK_KIND__NAME__draft_papers:
        return STAY_PAPERS;
    default:
        return STAY_TASK;
    }
}

static void task_visit(struct asking *asking, const ProtobufCMessage *record)
{
    const Award__Task *task = (const Award__Task *)record;
    const struct task_row *task_rule = task_row(task->kind);
    if (task->queued == NULL || task_rule == NULL) {
        return;
    }
    const Award__Case *c = text_blank(task->case_) ? NULL : case_get(asking->d, task->case_);
    Award__Stuck__Row *row = row_add(asking, &(struct stuck_item){task_stay(task->kind), task->task,
                                                                  c, c != NULL ? c->cycle : NULL,
                                                                  day_of_moment(task->queued->ms)});
    move_add(asking, row, c, task_rule->answered_by, UINT32_C(1) << (unsigned)task_rule->worker);
}

// ---- Together

static const struct {
    Award__Change__RecordCase kind;
    void (*visit)(struct asking *asking, const ProtobufCMessage *record);
} kinds[] = {
    {AWARD__CHANGE__RECORD_CASE,       case_visit      },
    {AWARD__CHANGE__RECORD_OBJECTION,  objection_visit },
    {AWARD__CHANGE__RECORD_REVOCATION, revocation_visit},
    {AWARD__CHANGE__RECORD_TASK,       task_visit      },
    {AWARD__CHANGE__RECORD_PENDING,    pending_visit   },
};

enum { KINDS_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

static void key_keep(struct asking *asking, struct bytes key)
{
    Award__Stuck *stuck = asking->reply->stuck;
    stuck->has_looked_to = 1;
    stuck->looked_to.len = key.size;
    stuck->looked_to.data = arena_alloc(asking->arena, key.size);
    memcpy(stuck->looked_to.data, key.data, key.size);
}

void query_stuck_begin(struct asking *asking)
{
    asking->found = arena_alloc(asking->arena, sizeof(size_t)); // how many were looked at
    asking->reply->stuck = NEW(asking->d, Award__Stuck, award__stuck);
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_STUCK;
}

// Only what is seen is counted and named as looked at: the key of another record tells of it.
void query_stuck_visit(struct asking *asking, ProtobufCMessage *record)
{
    size_t *looked = asking->found;
    if ((*looked)++ == QUERY_LOOKED_AT_MAX) {
        SET(asking->reply, more, 1);
        return;
    }
    for (size_t i = 0; i < KINDS_COUNT; i++) {
        if (record->descriptor == record_descriptor(kinds[i].kind)) {
            kinds[i].visit(asking, record);
        }
    }
    if (!asking->reply->more) {
        key_keep(asking, scan_key(asking->scan));
    }
}

void query_stuck_end(struct asking *asking)
{
    Award__Stuck *stuck = asking->reply->stuck;
    if (stuck->n_rows > 1) {
        qsort(stuck->rows, stuck->n_rows, sizeof(*stuck->rows), stuck_compare);
    }
}

// F-policy-2
static void stuck_begin(struct asking *asking)
{
    struct deciding *d = asking->d;
    if (asking->query->stuck->after.len > VIEW_KEY_BYTES_MAX) {
        query_refuse(
            asking, "bad_identifier", "limit",
            say(d, "字段 after 超过 %d 字节；请填写上一页的 looked_to。", VIEW_KEY_BYTES_MAX),
            say(d,
                "Field after has more than %d bytes; put the looked_to of the page "
                "before there.",
                VIEW_KEY_BYTES_MAX));
        return;
    }
    const char *cycle = asking->query->stuck->cycle;
    if (!text_blank(cycle) && cycle_get(d, cycle) == NULL) {
        query_refuse(asking, "no_such_cycle", "order",
                     say(d, "没有评选年度 %s；用 awardctl cycle list 查看全部。", cycle),
                     say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
        return;
    }
    query_stuck_begin(asking);
}

static bool after_from(struct asking *asking, struct scan *scan)
{
    const ProtobufCBinaryData *after = &asking->query->stuck->after;
    if (after->len > 0) {
        scan_after(scan, (struct bytes){after->data, after->len});
    }
    return true;
}

enum { PAGE = PART_SEEN | PART_UNTIL_FULL };

// In the order of their keys, so that a page follows any key.
static const struct query_part parts[] = {
    {AWARD__CHANGE__RECORD_CASE,       PAGE, after_from, query_stuck_visit, NULL           },
    {AWARD__CHANGE__RECORD_OBJECTION,  PAGE, after_from, query_stuck_visit, NULL           },
    {AWARD__CHANGE__RECORD_REVOCATION, PAGE, after_from, query_stuck_visit, NULL           },
    {AWARD__CHANGE__RECORD_TASK,       PAGE, after_from, query_stuck_visit, NULL           },
    {AWARD__CHANGE__RECORD_PENDING,    PAGE, after_from, query_stuck_visit, query_stuck_end},
};

const struct query_plan query_stuck_plan = {stuck_begin, parts, sizeof(parts) / sizeof(parts[0])};
