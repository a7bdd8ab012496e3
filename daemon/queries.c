// queries - the answers to what clients ask, each as its viewer may see it
//
// The table of rules/queries.c says who may ask; the one here which function answers. Answers come
// from the state and the journal between two groups, so that each is of one moment.
#include "daemon/queries.h"

#include "daemon/query_parts.h"
#include "rules/queries.h"

#include <assert.h>
#include <string.h>

// Names in queries become parts of keys: longer than any name on record, shorter than a key.
enum { QUERY_TEXT_BYTES_MAX = 384 };

static void (*const answers[QUERY_NUMBERS])(struct asking *asking) = {
    [AWARD__QUERY__BODY_STATUS] = query_status,
    [AWARD__QUERY__BODY_CYCLES] = query_cycles,
    [AWARD__QUERY__BODY_CASES] = query_cases,
    [AWARD__QUERY__BODY_CASE] = query_case,
    [AWARD__QUERY__BODY_ENTERPRISE] = query_enterprise,
    [AWARD__QUERY__BODY_RANKING] = query_ranking,
    [AWARD__QUERY__BODY_ALERTS] = query_alerts,
    [AWARD__QUERY__BODY_MESSAGES] = query_messages,
    [AWARD__QUERY__BODY_TASKS] = query_tasks,
    [AWARD__QUERY__BODY_ENTRIES] = query_entries,
    [AWARD__QUERY__BODY_PRINCIPALS] = query_principals,
    [AWARD__QUERY__BODY_PERIOD] = query_period,
    [AWARD__QUERY__BODY_WHY] = query_why,
    [AWARD__QUERY__BODY_READINGS] = query_readings,
    [AWARD__QUERY__BODY_DRAW] = query_draw,
    [AWARD__QUERY__BODY_REGISTER] = query_register,
    [AWARD__QUERY__BODY_REPORT] = query_report,
    [AWARD__QUERY__BODY_COMPLAINTS] = query_complaints,
    [AWARD__QUERY__BODY_RULEBOOK] = query_rulebook,
    [AWARD__QUERY__BODY_CHECK] = query_check,
    [AWARD__QUERY__BODY_ROSTER] = query_roster,
    [AWARD__QUERY__BODY_CONFIG] = query_config,
    [AWARD__QUERY__BODY_TRACE] = query_trace,
};

static const struct query_plan *const plans[QUERY_NUMBERS] = {
    [AWARD__QUERY__BODY_DEADLINES] = &query_deadlines_plan,
    [AWARD__QUERY__BODY_STUCK] = &query_stuck_plan,
    [AWARD__QUERY__BODY_TODAY] = &query_today_plan,
    [AWARD__QUERY__BODY_POLICY] = &query_policy_plan,
    [AWARD__QUERY__BODY_HEALTH] = &query_health_plan,
};

struct query_work {
    struct rules_input input;
    struct asking asking;
    struct query_walk walk;
    bool begun;
    bool damage; // was met on the way
};

// ---- What the answers share

void query_refuse(struct asking *asking, const char *code, const char *article, const char *zh,
                  const char *en)
{
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY__NOT_SET;
    asking->reply->has_more = 0;
    if (asking->d->damaged && strncmp(code, "no_such_", strlen("no_such_")) == 0) {
        code = "record_damaged"; // it is not known to be absent
        article = "policy";
        zh = "相关记录损坏，已搁置；请管理员停止 awardd，运行 awardd rebuild。";
        en = "A record that this needs is damaged and set aside; stop awardd and run awardd "
             "rebuild.";
    }
    asking->reply->error = reason_make(asking->d, code, article, zh, en);
}

bool viewer_has_role(const struct asking *asking, uint32_t roles)
{
    return asking->viewer->has_role && (roles >> (unsigned)asking->viewer->role & 1U) != 0;
}

ProtobufCMessage *query_seen(struct asking *asking, Award__Change__RecordCase kind,
                             ProtobufCMessage *record, struct arena *scratch)
{
    const ProtobufCMessage *seen =
        project_record(asking->viewer, kind, record, ledger_view(asking->ledger), scratch);
    return seen != NULL ? codec_copy(seen, asking->arena) : NULL;
}

bool query_row_fits(struct asking *asking, size_t rows, const ProtobufCMessage *row)
{
    asking->bytes += protobuf_c_message_get_packed_size(row);
    if (rows < LIMIT_QUERY_ROWS && (rows == 0 || asking->bytes <= QUERY_BYTES_MAX)) {
        return true;
    }
    SET(asking->reply, more, 1);
    return false;
}

size_t query_roles(struct asking *asking, uint32_t roles, Award__Role__Name **list)
{
    size_t count = 0;
    *list = arena_alloc(asking->arena, 32 * sizeof(**list));
    for (unsigned role = 0; role < 32; role++) {
        if ((roles >> role & 1U) != 0) {
            (*list)[count++] = (Award__Role__Name)role;
        }
    }
    return count;
}

void scan_narrow(struct scan *scan, const char *beginning)
{
    size_t size = strlen(beginning);
    assert(1 + size < sizeof(scan->prefix));
    memcpy(scan->prefix + 1, beginning, size);
    scan->prefix_size = 1 + size;
    memcpy(scan->from, scan->prefix, scan->prefix_size);
    scan->from_size = scan->prefix_size;
}

void scan_begin(struct scan *scan, const struct asking *asking, Award__Change__RecordCase kind,
                const char *beginning)
{
    scan->view = ledger_view(asking->ledger);
    scan->d = asking->d;
    scan->scratch = arena_create();
    scan->descriptor = record_descriptor(kind);
    scan->prefix[0] = (uint8_t)kind;
    scan_narrow(scan, beginning != NULL ? beginning : "");
}

void scan_after(struct scan *scan, struct bytes key)
{
    assert(key.size < sizeof(scan->from));
    if (view_key_compare(key, (struct bytes){scan->prefix, scan->prefix_size}) < 0) {
        return; // before the first: nothing to skip
    }
    memcpy(scan->from, key.data, key.size);
    scan->from[key.size] = 0;
    scan->from_size = key.size + 1;
}

ProtobufCMessage *scan_next(struct scan *scan)
{
    for (;;) {
        arena_reset(scan->scratch);
        struct bytes key = {NULL, 0};
        struct bytes value = {NULL, 0};
        struct bytes from = {scan->from, scan->from_size};
        enum view_result found = scan->view->next(scan->view, from, scan->scratch, &key, &value);
        if (found == VIEW_ABSENT || key.size < scan->prefix_size ||
            memcmp(key.data, scan->prefix, scan->prefix_size) != 0) {
            return NULL;
        }
        scan_after(scan, key);
        ProtobufCMessage *record =
            found == VIEW_FOUND ? codec_unpack_trusted(scan->descriptor, value, scan->scratch)
                                : NULL;
        if (record != NULL) {
            return record;
        }
        scan->d->damaged = true;
    }
}

struct bytes scan_key(const struct scan *scan)
{
    assert(scan->from_size > scan->prefix_size); // behind the key: it, and a zero byte
    return (struct bytes){scan->from, scan->from_size - 1};
}

void scan_end(struct scan *scan)
{
    arena_destroy(scan->scratch);
    scan->scratch = NULL;
}

// ---- Admission

static bool permission_check(struct asking *asking, const struct query_row *row)
{
    const Award__Principal *viewer = asking->viewer;
    if (viewer_has_role(asking, row->from)) {
        return true;
    }
    struct deciding *d = asking->d;
    query_refuse(asking, "not_authorised", "authority",
                 say(d, "%s（%s）无权查询“%s”；请改由有权人员查询，或请管理员核对角色。",
                     viewer->name, role_zh(viewer->role), row->zh),
                 say(d,
                     "%s (%s) may not ask for %s; have somebody ask who may, or the "
                     "administrator check the role.",
                     viewer->name, role_name(viewer->role), row->name));
    return false;
}

static bool text_fits(const ProtobufCMessage *body, const ProtobufCFieldDescriptor *field)
{
    const char *text;
    memcpy(&text, (const unsigned char *)body + field->offset, sizeof(text));
    return text == NULL || strlen(text) <= QUERY_TEXT_BYTES_MAX;
}

static bool texts_check(struct asking *asking)
{
    const ProtobufCMessage *body = (const ProtobufCMessage *)asking->query->status; // any member
    if (asking->query->body_case == AWARD__QUERY__BODY_POLICY) {
        return true; // the text of a file, no name; bounded where it is read
    }
    for (unsigned i = 0; i < body->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &body->descriptor->fields[i];
        if (field->type == PROTOBUF_C_TYPE_STRING && !text_fits(body, field)) {
            query_refuse(asking, "bad_identifier", "limit",
                         say(asking->d, "字段 %s 超过 %d 字节；请核对后重新查询。", field->name,
                             QUERY_TEXT_BYTES_MAX),
                         say(asking->d, "Field %s has more than %d bytes; check it, then ask anew.",
                             field->name, QUERY_TEXT_BYTES_MAX));
            return false;
        }
    }
    return true;
}

static void query_take(struct query_work *work)
{
    struct asking *asking = &work->asking;
    Award__Query__BodyCase body = asking->query->body_case;
    const struct query_row *row = query_row(body);
    if (row == NULL) {
        query_refuse(asking, "unknown_query", "form",
                     "查询缺少内容，或类型未知；请升级客户端或核对字段。",
                     "The query has no body, or an unknown one; check it, or update the client.");
        return;
    }
    if (!permission_check(asking, row) || !texts_check(asking)) {
        return;
    }
    assert((answers[body] != NULL) != (plans[body] != NULL));
    if (plans[body] == NULL) {
        answers[body](asking);
        return;
    }
    plans[body]->begin(asking);
    work->walk.plan = asking->reply->error == NULL ? plans[body] : NULL;
}

// What is damaged was left out; who runs the office is told what, also where he only looks.
static void damage_say(struct asking *asking, bool met)
{
    struct damage *damage = ledger_damage(asking->ledger);
    Award__QueryReply *reply = asking->reply;
    bool looks = asking->query->body_case == AWARD__QUERY__BODY_STATUS ||
                 asking->query->body_case == AWARD__QUERY__BODY_HEALTH ||
                 asking->query->body_case == AWARD__QUERY__BODY_CHECK ||
                 asking->query->body_case == AWARD__QUERY__BODY_TODAY;
    if (met || asking->d->damaged) {
        SET(reply, incomplete, 1);
    }
    if ((reply->incomplete || looks) && viewer_has_role(asking, SEES_ALL | ROLE(administrator))) {
        reply->n_damaged = damage_names(damage, asking->arena, &reply->damaged);
    }
}

// ---- On its way

bool query_long(const Award__Query *query)
{
    return query_row(query->body_case) != NULL && plans[query->body_case] != NULL;
}

// Anew for each slice: a calendar or a policy may have been loaded since. The moment stays.
static void input_look(struct query_work *work)
{
    struct ledger *ledger = work->asking.ledger;
    work->input.view = ledger_view(ledger);
    work->input.calendar = books_calendar(ledger_books(ledger));
    work->input.policy = books_policy(ledger_books(ledger));
}

struct query_work *query_begin(const Award__Query *query, const Award__Principal *viewer,
                               struct ledger *ledger, struct arena *arena)
{
    struct query_work *work = arena_alloc(arena, sizeof(*work));
    struct asking *asking = &work->asking;
    work->input = (struct rules_input){
        .now_ms = ledger_now(ledger),
        .rulebook = books_rulebook,
        .rulebook_context = ledger_books(ledger),
    };
    *asking = (struct asking){.query = query, .viewer = viewer, .ledger = ledger, .arena = arena};
    input_look(work);
    asking->d = reading_begin(&work->input, arena);
    asking->reply = NEW(asking->d, Award__QueryReply, award__query_reply);
    asking->reply->now = moment_make(asking->d, work->input.now_ms);
    return work;
}

Award__QueryReply *query_go_on(struct query_work *work, const struct query_server *server,
                               size_t records)
{
    struct asking *asking = &work->asking;
    uint64_t met = damage_met(ledger_damage(asking->ledger));
    input_look(work);
    asking->server = server;
    if (!work->begun) {
        work->begun = true;
        query_take(work);
    }
    bool over = query_walk_go_on(asking, &work->walk, records);
    work->damage = work->damage || damage_met(ledger_damage(asking->ledger)) > met;
    if (!over) {
        return NULL;
    }
    damage_say(asking, work->damage);
    assert((asking->reply->error != NULL) !=
           (asking->reply->body_case != AWARD__QUERY_REPLY__BODY__NOT_SET));
    return asking->reply;
}

void query_abandon(struct query_work *work)
{
    query_walk_end(&work->asking, &work->walk);
}

Award__QueryReply *query_answer(const Award__Query *query, const Award__Principal *viewer,
                                struct ledger *ledger, const struct query_server *server,
                                struct arena *arena)
{
    return query_go_on(query_begin(query, viewer, ledger, arena), server, SIZE_MAX);
}
