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
    [AWARD__QUERY__BODY_DEADLINES] = query_deadlines,
    [AWARD__QUERY__BODY_ALERTS] = query_alerts,
    [AWARD__QUERY__BODY_MESSAGES] = query_messages,
    [AWARD__QUERY__BODY_TASKS] = query_tasks,
    [AWARD__QUERY__BODY_ENTRIES] = query_entries,
    [AWARD__QUERY__BODY_PRINCIPALS] = query_principals,
    [AWARD__QUERY__BODY_PERIOD] = query_period,
    [AWARD__QUERY__BODY_WHY] = query_why,
    [AWARD__QUERY__BODY_READINGS] = query_readings,
    [AWARD__QUERY__BODY_TODAY] = query_today,
    [AWARD__QUERY__BODY_DRAW] = query_draw,
    [AWARD__QUERY__BODY_REGISTER] = query_register,
    [AWARD__QUERY__BODY_REPORT] = query_report,
    [AWARD__QUERY__BODY_COMPLAINTS] = query_complaints,
    [AWARD__QUERY__BODY_STUCK] = query_stuck,
    [AWARD__QUERY__BODY_RULEBOOK] = query_rulebook,
    [AWARD__QUERY__BODY_CHECK] = query_check,
    [AWARD__QUERY__BODY_ROSTER] = query_roster,
    [AWARD__QUERY__BODY_POLICY] = query_policy,
    [AWARD__QUERY__BODY_CONFIG] = query_config,
    [AWARD__QUERY__BODY_TRACE] = query_trace,
    [AWARD__QUERY__BODY_HEALTH] = query_health,
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

void scan_begin(struct scan *scan, const struct asking *asking, Award__Change__RecordCase kind,
                const char *beginning)
{
    size_t size = beginning != NULL ? strlen(beginning) : 0;
    assert(1 + size < sizeof(scan->prefix));
    scan->view = ledger_view(asking->ledger);
    scan->d = asking->d;
    scan->scratch = arena_create();
    scan->descriptor = record_descriptor(kind);
    scan->prefix[0] = (uint8_t)kind;
    if (size > 0) {
        memcpy(scan->prefix + 1, beginning, size);
    }
    scan->prefix_size = 1 + size;
    memcpy(scan->from, scan->prefix, scan->prefix_size);
    scan->from_size = scan->prefix_size;
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

void query_each_seen(struct asking *asking, Award__Change__RecordCase kind,
                     void (*visit)(struct asking *asking, const ProtobufCMessage *record))
{
    struct scan scan;
    scan_begin(&scan, asking, kind, NULL);
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        const ProtobufCMessage *seen =
            project_record(asking->viewer, kind, record, ledger_view(asking->ledger), scan.scratch);
        if (seen != NULL) {
            visit(asking, seen);
        }
    }
    scan_end(&scan);
}

void query_each_case(struct asking *asking,
                     void (*visit)(struct asking *asking, const Award__Case *c))
{
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_CASE, NULL);
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        const Award__Case *c = (const Award__Case *)record;
        if (viewer_sees_case(asking->viewer, c, ledger_view(asking->ledger), scan.scratch)) {
            visit(asking, c);
        }
    }
    scan_end(&scan);
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

static void query_take(struct asking *asking)
{
    const struct query_row *row = query_row(asking->query->body_case);
    if (row == NULL) {
        query_refuse(asking, "unknown_query", "form",
                     "查询缺少内容，或类型未知；请升级客户端或核对字段。",
                     "The query has no body, or an unknown one; check it, or update the client.");
        return;
    }
    if (permission_check(asking, row) && texts_check(asking)) {
        assert(answers[asking->query->body_case] != NULL);
        answers[asking->query->body_case](asking);
    }
}

// What is damaged was left out; who runs the office is told what, also where he only looks.
static void damage_say(struct asking *asking, uint64_t met_before)
{
    struct damage *damage = ledger_damage(asking->ledger);
    Award__QueryReply *reply = asking->reply;
    bool looks = asking->query->body_case == AWARD__QUERY__BODY_STATUS ||
                 asking->query->body_case == AWARD__QUERY__BODY_HEALTH ||
                 asking->query->body_case == AWARD__QUERY__BODY_CHECK ||
                 asking->query->body_case == AWARD__QUERY__BODY_TODAY;
    if (damage_met(damage) > met_before || asking->d->damaged) {
        SET(reply, incomplete, 1);
    }
    if ((reply->incomplete || looks) && viewer_has_role(asking, SEES_ALL | ROLE(administrator))) {
        reply->n_damaged = damage_names(damage, asking->arena, &reply->damaged);
    }
}

Award__QueryReply *query_answer(const Award__Query *query, const Award__Principal *viewer,
                                struct ledger *ledger, const struct query_server *server,
                                struct arena *arena)
{
    struct rules_input input = {
        .view = ledger_view(ledger),
        .now_ms = ledger_now(ledger),
        .calendar = books_calendar(ledger_books(ledger)),
        .policy = books_policy(ledger_books(ledger)),
        .rulebook = books_rulebook,
        .rulebook_context = ledger_books(ledger),
    };
    struct asking asking = {
        .query = query,
        .viewer = viewer,
        .ledger = ledger,
        .server = server,
        .arena = arena,
        .d = reading_begin(&input, arena),
    };
    asking.reply = NEW(asking.d, Award__QueryReply, award__query_reply);
    asking.reply->now = moment_make(asking.d, input.now_ms);
    uint64_t met = damage_met(ledger_damage(ledger));
    query_take(&asking);
    damage_say(&asking, met);
    assert((asking.reply->error != NULL) !=
           (asking.reply->body_case != AWARD__QUERY_REPLY__BODY__NOT_SET));
    return asking.reply;
}
