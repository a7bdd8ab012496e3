// deciding - one event while it is being decided: what is read, what is put, what is said
//
// What was put stands in the decision's list of changes, with the keys beside it. Lists are short
// (a ranking changes a few dozen records), so that reads look through them from the end.
#include "rules/deciding.h"

#include "common/time.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

ProtobufCMessage *message_new(struct arena *arena, const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCMessage *message = arena_alloc(arena, descriptor->sizeof_message);
    protobuf_c_message_init(descriptor, message);
    return message;
}

void list_add(struct deciding *d, size_t *count, void *array, const void *element)
{
    void **old;
    memcpy(&old, array, sizeof(old));
    void **grown = arena_alloc(d->arena, (*count + 1) * sizeof(*grown));
    if (*count > 0) {
        memcpy(grown, old, *count * sizeof(*grown));
    }
    memcpy(&grown[*count], &element, sizeof(element));
    memcpy(array, &grown, sizeof(grown));
    (*count)++;
}

void *list_room(struct deciding *d, void *list, size_t count, size_t *room, size_t size)
{
    enum { FIRST_ROOM = 16 };
    if (count < *room) {
        return list;
    }
    *room = count > 0 ? 2 * count : FIRST_ROOM;
    void *grown = arena_alloc(d->arena, *room * size);
    if (count > 0) {
        memcpy(grown, list, count * size);
    }
    return grown;
}

bool list_has(size_t count, char **list, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], text) == 0) {
            return true;
        }
    }
    return false;
}

void list_drop(size_t *count, char **list, const char *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(list[i], text) != 0) {
            list[kept++] = list[i];
        }
    }
    *count = kept;
}

// ---- Saying

Award__Reason *reason_make(struct deciding *d, const char *code, const char *article,
                           const char *zh, const char *en)
{
    Award__Reason *reason = NEW(d, Award__Reason, award__reason);
    reason->code = arena_string(d->arena, code);
    reason->article = arena_string(d->arena, article);
    reason->zh = arena_string(d->arena, zh);
    reason->en = arena_string(d->arena, en);
    return reason;
}

Award__Reason *reason_add(struct deciding *d, const char *code, const char *article, const char *zh,
                          const char *en)
{
    Award__Reason *reason = reason_make(d, code, article, zh, en);
    LIST_ADD(d, d->decision, reasons, reason);
    return reason;
}

void outcome_set(struct deciding *d, Award__Outcome__Name outcome)
{
    SET(d->decision, outcome, outcome);
}

bool reject(struct deciding *d, const char *code, const char *article, const char *zh,
            const char *en)
{
    outcome_set(d, AWARD__OUTCOME__NAME__rejected);
    d->decision->n_reasons = 0;
    d->decision->n_changes = 0;
    d->decision->n_rejected_parts = 0;
    d->cycle_seen = NULL;
    d->principals_seen = NULL;
    d->decision->article = arena_string(d->arena, article);
    (void)reason_add(d, code, article, zh, en);
    return false;
}

void reject_part(struct deciding *d, const char *subject, const char *code, const char *article,
                 const char *zh, const char *en)
{
    Award__Reason *reason = reason_make(d, code, article, zh, en);
    reason->subject = arena_string(d->arena, subject);
    LIST_ADD(d, d->decision, rejected_parts, reason);
}

void concerns(struct deciding *d, const char *subject)
{
    if (!list_has(d->decision->n_concerns, d->decision->concerns, subject)) {
        LIST_ADD(d, d->decision, concerns, arena_string(d->arena, subject));
    }
}

// ---- Reading and putting

// Where the record of this key was put in this decision; the number of changes if it was not.
static size_t change_find(const struct deciding *d, struct bytes key)
{
    for (size_t i = d->decision->n_changes; i > 0; i--) {
        if (view_key_compare(d->change_keys[i - 1], key) == 0) {
            return i - 1;
        }
    }
    return d->decision->n_changes;
}

static ProtobufCMessage *record_unpack(struct deciding *d, Award__Change__RecordCase kind,
                                       struct bytes value)
{
    ProtobufCMessage *record = codec_unpack_trusted(record_descriptor(kind), value, d->arena);
    if (record == NULL) {
        d->damaged = true;
    }
    return record;
}

static ProtobufCMessage *record_get_by_key(struct deciding *d, Award__Change__RecordCase kind,
                                           struct bytes key)
{
    if (key.size == 0) {
        return NULL; // no record has a name that long
    }
    size_t put = change_find(d, key);
    if (put < d->decision->n_changes) {
        return record_of(d->decision->changes[put]);
    }
    struct bytes value;
    switch (d->in->view->get(d->in->view, key, d->arena, &value)) {
    case VIEW_FOUND:
        return record_unpack(d, kind, value);
    case VIEW_ABSENT:
        return NULL;
    case VIEW_DAMAGED:
        break;
    }
    d->damaged = true;
    return NULL;
}

// The parts of a key are few and of three types, so that a list of arguments says them best.
#define KEY_FROM_ARGS(d, kind)                                                                     \
    va_list args;                                                                                  \
    va_start(args, kind);                                                                          \
    struct bytes key = record_vkey((d)->arena, kind, args);                                        \
    va_end(args)

ProtobufCMessage *record_get(struct deciding *d, Award__Change__RecordCase kind, ...)
{
    KEY_FROM_ARGS(d, kind);
    return record_get_by_key(d, kind, key);
}

// A calendar puts tens of thousands at once.
static void changes_grow(struct deciding *d)
{
    Award__Decision *decision = d->decision;
    size_t count = decision->n_changes;
    size_t keys_room = d->changes_room;
    d->change_keys = list_room(d, d->change_keys, count, &keys_room, sizeof(*d->change_keys));
    decision->changes =
        list_room(d, decision->changes, count, &d->changes_room, sizeof(Award__Change *));
}

// A change of the same key is replaced: of one record the last put counts.
static void change_put(struct deciding *d, Award__Change *change, struct bytes key,
                       const char *article)
{
    assert(key.size > 0);
    change->article = arena_string(d->arena, article);
    size_t put = change_find(d, key);
    if (put < d->decision->n_changes) {
        d->decision->changes[put] = change;
        return;
    }
    changes_grow(d);
    d->change_keys[put] = key;
    d->decision->changes[put] = change;
    d->decision->n_changes++;
}

void record_put(struct deciding *d, Award__Change__RecordCase kind, ProtobufCMessage *record,
                const char *article)
{
    Award__Change *change = NEW(d, Award__Change, award__change);
    if (kind == AWARD__CHANGE__RECORD_CYCLE) {
        d->cycle_seen = NULL;
    } else if (kind == AWARD__CHANGE__RECORD_PRINCIPAL) {
        d->principals_seen = NULL;
    }
    change->record_case = kind;
    change->city = (Award__City *)record; // all members of the union are pointers to messages
    change_put(d, change, record_key_of(change, d->arena), article);
}

void record_remove(struct deciding *d, const char *article, Award__Change__RecordCase kind, ...)
{
    KEY_FROM_ARGS(d, kind);
    Award__Change *change = NEW(d, Award__Change, award__change);
    change->record_case = AWARD__CHANGE__RECORD_REMOVED;
    change->removed = NEW(d, Award__Removed, award__removed);
    change->removed->has_key = 1;
    change->removed->key.len = key.size;
    change->removed->key.data = arena_copy(d->arena, key.data, key.size);
    change_put(d, change, key, article);
}

struct record_walk record_walk_begin(struct deciding *d, Award__Change__RecordCase kind, int parts,
                                     ...)
{
    va_list args;
    va_start(args, parts);
    struct bytes prefix = record_vprefix(d->arena, kind, parts, args);
    va_end(args);
    return (struct record_walk){.d = d, .prefix = prefix, .from = prefix, .kind = kind};
}

static bool key_begins_with(struct bytes key, struct bytes prefix)
{
    return key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0;
}

// The smallest key that was put and lies at `from` or behind it; the number of changes if none
// does.
static size_t change_next(const struct deciding *d, struct bytes from)
{
    size_t best = d->decision->n_changes;
    for (size_t i = 0; i < d->decision->n_changes; i++) {
        if (view_key_compare(d->change_keys[i], from) >= 0 &&
            (best == d->decision->n_changes ||
             view_key_compare(d->change_keys[i], d->change_keys[best]) < 0)) {
            best = i;
        }
    }
    return best;
}

bool record_walk_step(struct record_walk *walk, struct record_met *met)
{
    struct deciding *d = walk->d;
    for (;;) {
        struct bytes key = {NULL, 0};
        struct bytes value = {NULL, 0};
        enum view_result found = d->in->view->next(d->in->view, walk->from, d->arena, &key, &value);
        bool below = found != VIEW_ABSENT && key_begins_with(key, walk->prefix);
        if (found == VIEW_DAMAGED && key.size == 0) {
            d->damaged = true; // what comes here cannot be read at all
        }
        size_t put = change_next(d, walk->from);
        bool own =
            put < d->decision->n_changes && key_begins_with(d->change_keys[put], walk->prefix);
        if (!below && !own) {
            return false;
        }
        if (own && (!below || view_key_compare(d->change_keys[put], key) <= 0)) {
            walk->from = view_key_after(d->change_keys[put], d->arena);
            met->record = record_of(d->decision->changes[put]);
            if (met->record != NULL) {
                return true;
            }
            continue;
        }
        walk->from = view_key_after(key, d->arena);
        if (found == VIEW_DAMAGED) {
            d->damaged = true;
            continue;
        }
        *met = (struct record_met){.packed = value};
        return true;
    }
}

ProtobufCMessage *record_of_met(const struct record_walk *walk, const struct record_met *met)
{
    return met->record != NULL ? met->record : record_unpack(walk->d, walk->kind, met->packed);
}

ProtobufCMessage *record_walk_next(struct record_walk *walk)
{
    struct record_met met;
    return record_walk_step(walk, &met) ? record_of_met(walk, &met) : NULL;
}

const Award__Cycle *cycle_look(struct deciding *d, const char *name)
{
    if (d->cycle_seen == NULL || strcmp(d->cycle_seen, name) != 0) {
        d->cycle_seen = arena_string(d->arena, name); // the name may go before the decision does
        d->cycle_seen_record = cycle_get(d, name);
    }
    return d->cycle_seen_record;
}

void case_put(struct deciding *d, Award__Case *c, const char *article)
{
    bool put_before = change_find(d, record_key(d->arena, AWARD__CHANGE__RECORD_CASE, c->case_)) <
                      d->decision->n_changes;
    assert(!d->row->quiet); // else the case would change and keep its version
    if (!put_before) {
        SET(c, version, c->version + 1);
    }
    concerns(d, c->case_);
    record_put(d, AWARD__CHANGE__RECORD_CASE, &c->base, article);
}

// ---- The life cycle

// The events that a stage lets happen, as a list of names, or the word for none.
static const char *possible_events(struct deciding *d, Award__Stage__Name stage, const char *none)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    const char *list = "";
    for (size_t i = 0; i < count; i++) {
        bool common = rows[i].from == ~UINT32_C(0);
        bool listed = i > 0 && rows[i - 1].event == rows[i].event;
        if (!common && !listed && stage_in(stage, rows[i].from)) {
            list = say(d, "%s%s%s", list, *list != '\0' ? ", " : "", event_name(rows[i].event));
        }
    }
    return *list != '\0' ? list : none;
}

static bool case_allowed(const struct deciding *d, const Award__Case *c)
{
    return life_cycle_allows(c->stage, d->event->body_case);
}

const char *case_may_not_zh(struct deciding *d, const Award__Case *c)
{
    if (case_allowed(d, c)) {
        return NULL;
    }
    return say(d, "案件 %s 现为“%s”，此时不能“%s”；可以进行的是：%s。", c->case_,
               stage_zh(c->stage), d->row->zh, possible_events(d, c->stage, "无"));
}

const char *case_may_not_en(struct deciding *d, const Award__Case *c)
{
    if (case_allowed(d, c)) {
        return NULL;
    }
    return say(d, "Case %s is %s; %s cannot happen now. What may: %s.", c->case_,
               stage_name(c->stage), event_name(d->event->body_case),
               possible_events(d, c->stage, "nothing"));
}

bool case_may(struct deciding *d, const Award__Case *c)
{
    if (case_allowed(d, c)) {
        return true;
    }
    return reject(d, "wrong_stage", "order", case_may_not_zh(d, c), case_may_not_en(d, c));
}

bool case_move(struct deciding *d, Award__Case *c, enum guard guard)
{
    const struct life_cycle_row *row = life_cycle_find(c->stage, d->event->body_case, guard);
    if (row == NULL) {
        return reject(d, "wrong_stage", "order",
                      say(d, "案件 %s 现为“%s”，此时不能“%s”（%s）。", c->case_, stage_zh(c->stage),
                          d->row->zh, guard_name(guard)),
                      say(d, "Case %s is %s; %s (%s) cannot happen now.", c->case_,
                          stage_name(c->stage), event_name(d->event->body_case),
                          guard_name(guard)));
    }
    Award__Stage__Name next = life_cycle_next(row, c, d->rulebook);
    if (next != c->stage) {
        SET(c, stage, next);
        c->stage_since = day_make(d, d->today);
        c->stage_article = arena_string(d->arena, row->article);
    }
    d->decision->article = arena_string(d->arena, row->article);
    case_put(d, c, row->article);
    return true;
}

// ---- Small things

const struct rulebook *rulebook_of_cycle(struct deciding *d, const char *cycle_name)
{
    const Award__Cycle *cycle = cycle_look(d, cycle_name);
    if (cycle == NULL) {
        return NULL;
    }
    return d->in->rulebook(d->in->rulebook_context, cycle->rulebook);
}

Award__Day *day_make(struct deciding *d, int32_t number)
{
    Award__Day *day = NEW(d, Award__Day, award__day);
    SET(day, number, number);
    return day;
}

Award__Moment *moment_make(struct deciding *d, int64_t moment_ms)
{
    Award__Moment *moment = NEW(d, Award__Moment, award__moment);
    SET(moment, ms, moment_ms);
    return moment;
}

Award__Points *points_make(struct deciding *d, int64_t hundredths)
{
    Award__Points *points = NEW(d, Award__Points, award__points);
    SET(points, hundredths, hundredths);
    return points;
}

const char *day_text(struct deciding *d, int32_t day)
{
    char *text = arena_alloc(d->arena, DAY_TEXT_BYTES);
    day_format(day, text);
    return text;
}

const char *moment_text(struct deciding *d, int64_t moment_ms)
{
    char *text = arena_alloc(d->arena, MOMENT_TEXT_BYTES);
    moment_format(moment_ms, text);
    return text;
}

const char *period_zh(struct deciding *d, const struct period *period)
{
    static const char *const units[] = {[PERIOD_DAYS] = "日",
                                        [PERIOD_WORKING_DAYS] = "个工作日",
                                        [PERIOD_MONTHS] = "个月",
                                        [PERIOD_YEARS] = "年"};
    return say(d, "%u %s", period->length, units[period->unit]);
}

const char *period_en(struct deciding *d, const struct period *period)
{
    static const char *const units[] = {[PERIOD_DAYS] = "day",
                                        [PERIOD_WORKING_DAYS] = "working day",
                                        [PERIOD_MONTHS] = "month",
                                        [PERIOD_YEARS] = "year"};
    return say(d, "%u %s%s", period->length, units[period->unit], period->length == 1 ? "" : "s");
}

const char *points_text(struct deciding *d, int64_t hundredths)
{
    return codec_points_format(hundredths, d->arena);
}

bool stated_day(struct deciding *d, const Award__Day *stated, const char *field, int32_t *day)
{
    *day = stated != NULL ? stated->number : d->today;
    if (*day <= d->today) {
        return true;
    }
    return reject(d, "in_the_future", "order",
                  say(d, "字段 %s 的日期 %s 晚于今天 %s；请核对日期。", field, day_text(d, *day),
                      day_text(d, d->today)),
                  say(d, "The day %s in field %s lies after today, %s; check the day.",
                      day_text(d, *day), field, day_text(d, d->today)));
}

bool text_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}
