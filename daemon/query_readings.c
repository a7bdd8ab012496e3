// query_readings - the cases of a cycle whose outcome would be another one by another reading
//
// Cases in the order of their names, then objections and complaints about them. Of a record more
// rows may come than a page has room for: the next page goes on within it.
#include "daemon/query_parts.h"

#include "daemon/fold.h"
#include "rules/exposed.h"

#include <string.h>

enum { MENTIONS_AT_ONCE = 64 };

struct walk {
    struct asking *asking;
    struct exposing *exposing;
    size_t looked;
    uint32_t skip; // rows of the first record that the page before had
};

// ---- What the journal alone keeps

static bool entry_is(struct asking *asking, uint64_t number, Award__Event__BodyCase event)
{
    const Award__Entry *entry = ledger_read(asking->ledger, number, asking->arena, NULL);
    return entry != NULL && entry->event != NULL && entry->event->body_case == event &&
           entry->decision->outcome == AWARD__OUTCOME__NAME__accepted;
}

// Whether such an event about the subject was accepted.
static bool happened(struct asking *asking, const char *subject, Award__Event__BodyCase event)
{
    uint64_t numbers[MENTIONS_AT_ONCE];
    uint64_t last = journal_last(ledger_journal(asking->ledger));
    uint64_t from = 1;
    size_t count;
    while ((count = mentions_find(ledger_view(asking->ledger), subject, from, MENTIONS_AT_ONCE,
                                  asking->arena, numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] <= last; i++) {
            if (entry_is(asking, numbers[i], event)) {
                return true;
            }
        }
        from = numbers[count - 1] + 1;
    }
    return false;
}

// ---- Rows

static Award__Readings__Row *row_make(struct asking *asking, const Award__Case *c,
                                      const struct exposed *exposed)
{
    struct arena *arena = asking->arena;
    const Award__Enterprise *enterprise = enterprise_get(asking->d, c->enterprise);
    Award__Readings__Row *row = NEW(asking->d, Award__Readings__Row, award__readings__row);
    row->case_ = arena_string(arena, c->case_);
    row->enterprise_name = enterprise != NULL ? enterprise->name : NULL;
    row->decision = arena_string(arena, exposed->decision);
    row->rests_on = arena_string(arena, exposed->rests_on);
    row->reading_zh = arena_string(arena, exposed->reading.zh);
    row->reading_en = arena_string(arena, exposed->reading.en);
    row->decided_zh = arena_string(arena, exposed->decided.zh);
    row->decided_en = arena_string(arena, exposed->decided.en);
    row->other_zh = arena_string(arena, exposed->other.zh);
    row->other_en = arena_string(arena, exposed->other.en);
    row->act = exposed->act != 0 ? arena_string(arena, event_name(exposed->act)) : NULL;
    row->subject = arena_string(arena, exposed->subject);
    row->on = exposed->on != 0 ? day_make(asking->d, exposed->on) : NULL;
    row->at = exposed->at_ms != 0 ? moment_make(asking->d, exposed->at_ms) : NULL;
    return row;
}

static void rows_add(struct walk *walk, const Award__Case *c, const struct exposed_list *list)
{
    struct asking *asking = walk->asking;
    Award__Readings *found = asking->reply->readings;
    for (uint32_t i = walk->skip; i < list->n_rows; i++) {
        const struct exposed *exposed = list->rows[i];
        if (exposed->unless != 0 && happened(asking, exposed->subject, exposed->unless)) {
            continue;
        }
        Award__Readings__Row *row = row_make(asking, c, exposed);
        if (!query_row_fits(asking, found->n_rows, &row->base)) {
            SET(found, looked_rows, i);
            return;
        }
        LIST_ADD(asking->d, found, rows, row);
    }
    walk->skip = 0;
}

// ---- Records

static bool case_wanted(const struct walk *walk, const Award__Case *c)
{
    struct asking *asking = walk->asking;
    return c != NULL && c->cycle != NULL && strcmp(c->cycle, asking->query->readings->cycle) == 0 &&
           viewer_sees_case(asking->viewer, c, ledger_view(asking->ledger), asking->arena);
}

static void case_visit(struct walk *walk, const ProtobufCMessage *record)
{
    const Award__Case *c = (const Award__Case *)codec_copy(record, walk->asking->arena);
    struct exposed_list list = {0, NULL};
    if (case_wanted(walk, c)) {
        exposed_of_case(walk->exposing, c, &list);
        rows_add(walk, c, &list);
    }
}

static void objection_visit(struct walk *walk, const ProtobufCMessage *record)
{
    const Award__Objection *objection =
        (const Award__Objection *)codec_copy(record, walk->asking->arena);
    const Award__Case *c = case_get(walk->asking->d, objection->case_);
    struct exposed_list list = {0, NULL};
    if (case_wanted(walk, c)) {
        exposed_of_objection(walk->exposing, objection, c, &list);
        rows_add(walk, c, &list);
    }
}

// In the order of their keys, so that a page follows any key.
static const struct {
    Award__Change__RecordCase kind;
    bool of_cycle; // its key begins with the cycle
    void (*visit)(struct walk *walk, const ProtobufCMessage *record);
} kinds[] = {
    {AWARD__CHANGE__RECORD_CASE,      true,  case_visit     },
    {AWARD__CHANGE__RECORD_OBJECTION, false, objection_visit},
};

static void key_keep(struct asking *asking, struct bytes key)
{
    Award__Readings *found = asking->reply->readings;
    found->has_looked_to = 1;
    found->looked_to.len = key.size;
    found->looked_to.data = arena_alloc(asking->arena, key.size);
    memcpy(found->looked_to.data, key.data, key.size);
}

static void kind_walk(struct walk *walk, size_t kind)
{
    struct asking *asking = walk->asking;
    const ProtobufCBinaryData *after = &asking->query->readings->after;
    const char *beginning =
        kinds[kind].of_cycle ? say(asking->d, "%s/", asking->query->readings->cycle) : NULL;
    struct scan scan;
    scan_begin(&scan, asking, kinds[kind].kind, beginning);
    if (after->len > 0) {
        scan_after(&scan, (struct bytes){after->data, after->len});
    }
    ProtobufCMessage *record;
    while (!asking->reply->more && (record = scan_next(&scan)) != NULL) {
        if (walk->looked++ == QUERY_LOOKED_AT_MAX) {
            SET(asking->reply, more, 1);
            break;
        }
        kinds[kind].visit(walk, record);
        if (!asking->reply->more) {
            key_keep(asking, scan_key(&scan));
        }
    }
    scan_end(&scan);
}

// ---- Together

static bool after_check(struct asking *asking)
{
    if (asking->query->readings->after.len <= VIEW_KEY_BYTES_MAX) {
        return true;
    }
    struct deciding *d = asking->d;
    query_refuse(asking, "bad_identifier", "limit",
                 say(d, "字段 after 超过 %d 字节；请填写上一页的 looked_to。", VIEW_KEY_BYTES_MAX),
                 say(d,
                     "Field after has more than %d bytes; put the looked_to of the page "
                     "before there.",
                     VIEW_KEY_BYTES_MAX));
    return false;
}

static struct exposing *cycle_asked(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *cycle = asking->query->readings->cycle;
    struct exposing *exposing = text_blank(cycle) ? NULL : exposing_begin(d, cycle);
    if (exposing == NULL) {
        cycle = cycle != NULL ? cycle : "";
        query_refuse(asking, "no_such_cycle", "order",
                     say(d, "没有评选年度 %s；用 awardctl cycle list 查看全部。", cycle),
                     say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
    }
    return exposing;
}

void query_readings(struct asking *asking)
{
    struct exposing *exposing = after_check(asking) ? cycle_asked(asking) : NULL;
    if (exposing == NULL) {
        return;
    }
    const Award__QueryReadings *query = asking->query->readings;
    asking->reply->readings = NEW(asking->d, Award__Readings, award__readings);
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_READINGS;
    if (query->after.len > 0) {
        key_keep(asking, (struct bytes){query->after.data, query->after.len});
    }
    struct walk walk = {.asking = asking, .exposing = exposing, .skip = query->skip};
    for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
        kind_walk(&walk, kind);
    }
}
