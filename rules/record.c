// record - the kinds of records, their keys, and the fold
#include "rules/record.h"

#include "rules/view.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

enum part_type { PART_END, PART_TEXT, PART_NUMBER, PART_MOMENT };

struct part {
    enum part_type type;
    size_t offset;
};

enum { PARTS_MAX = 5 };

struct record_row {
    const char *name;
    const ProtobufCMessageDescriptor *descriptor;
    struct part parts[PARTS_MAX];
};

#define TEXT(message, field)                                                                       \
    {                                                                                              \
        PART_TEXT, offsetof(message, field)                                                        \
    }
#define NUMBER(message, field)                                                                     \
    {                                                                                              \
        PART_NUMBER, offsetof(message, field)                                                      \
    }
#define MOMENT(message, field)                                                                     \
    {                                                                                              \
        PART_MOMENT, offsetof(message, field)                                                      \
    }

// Of such a kind there is one record: its key has no parts.
#define ALONE                                                                                      \
    {                                                                                              \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

// clang-format off
static const struct record_row table[RECORD_KINDS] = {
    [AWARD__CHANGE__RECORD_CITY]          = {"city", &award__city__descriptor, ALONE},
    [AWARD__CHANGE__RECORD_CLOCK]         = {"clock", &award__clock__descriptor, ALONE},
    [AWARD__CHANGE__RECORD_PRINCIPAL]     = {"principal", &award__principal__descriptor, {TEXT(Award__Principal, name)}},
    [AWARD__CHANGE__RECORD_KEY]           = {"key", &award__key__descriptor, {TEXT(Award__Key, public_key)}},
    [AWARD__CHANGE__RECORD_RULEBOOK]      = {"rulebook", &award__rulebook__descriptor, {TEXT(Award__Rulebook, digest)}},
    [AWARD__CHANGE__RECORD_ALERT_POLICY]  = {"alert_policy", &award__alert_policy__descriptor, ALONE},
    [AWARD__CHANGE__RECORD_CALENDAR_YEAR] = {"calendar_year", &award__calendar_year__descriptor, {NUMBER(Award__CalendarYear, year)}},
    [AWARD__CHANGE__RECORD_ENTERPRISE]    = {"enterprise", &award__enterprise__descriptor, {TEXT(Award__Enterprise, enterprise)}},
    [AWARD__CHANGE__RECORD_REVIEWER]      = {"reviewer", &award__reviewer__descriptor, {TEXT(Award__Reviewer, person)}},
    [AWARD__CHANGE__RECORD_CYCLE]         = {"cycle", &award__cycle__descriptor, {TEXT(Award__Cycle, cycle)}},
    [AWARD__CHANGE__RECORD_CASE]          = {"case", &award__case__descriptor, {TEXT(Award__Case, case_)}},
    [AWARD__CHANGE__RECORD_TEAM]          = {"team", &award__team__descriptor, {TEXT(Award__Team, team)}},
    [AWARD__CHANGE__RECORD_SHEET]         = {"sheet", &award__sheet__descriptor, {TEXT(Award__Sheet, case_), NUMBER(Award__Sheet, kind), TEXT(Award__Sheet, person)}},
    [AWARD__CHANGE__RECORD_OBJECTION]     = {"objection", &award__objection__descriptor, {TEXT(Award__Objection, objection)}},
    [AWARD__CHANGE__RECORD_INCIDENT]      = {"incident", &award__incident__descriptor, {TEXT(Award__Incident, incident)}},
    [AWARD__CHANGE__RECORD_REVOCATION]    = {"revocation", &award__revocation__descriptor, {TEXT(Award__Revocation, revocation)}},
    [AWARD__CHANGE__RECORD_DEADLINE]      = {"deadline", &award__deadline__descriptor, {TEXT(Award__Deadline, deadline)}},
    [AWARD__CHANGE__RECORD_DUE]           = {"due", &award__due__descriptor, {MOMENT(Award__Due, moment), NUMBER(Award__Due, kind), TEXT(Award__Due, subject), NUMBER(Award__Due, step)}},
    [AWARD__CHANGE__RECORD_TASK]          = {"task", &award__task__descriptor, {TEXT(Award__Task, task)}},
    [AWARD__CHANGE__RECORD_ALERT]         = {"alert", &award__alert__descriptor, {TEXT(Award__Alert, recipient), TEXT(Award__Alert, alert)}},
    [AWARD__CHANGE__RECORD_MESSAGE]       = {"message", &award__message__descriptor, {TEXT(Award__Message, message)}},
    [AWARD__CHANGE__RECORD_PENDING]       = {"pending", &award__pending__descriptor, {TEXT(Award__Pending, waits_for), TEXT(Award__Pending, subject)}},
    [AWARD__CHANGE__RECORD_SELECTION]     = {"selection", &award__selection__descriptor, {TEXT(Award__Selection, cycle)}},
    [AWARD__CHANGE__RECORD_MEETING]       = {"meeting", &award__meeting__descriptor, {TEXT(Award__Meeting, cycle), TEXT(Award__Meeting, meeting)}},
    [AWARD__CHANGE__RECORD_SERIAL]        = {"serial", &award__serial__descriptor, {NUMBER(Award__Serial, kind), TEXT(Award__Serial, number)}},
    [AWARD__CHANGE__RECORD_DUTY]          = {"duty", &award__duty__descriptor, {TEXT(Award__Duty, case_), NUMBER(Award__Duty, kind), TEXT(Award__Duty, subject)}},
    [AWARD__CHANGE__RECORD_NOTE]          = {"note", &award__note__descriptor, {TEXT(Award__Note, subject), TEXT(Award__Note, note)}},
    [AWARD__CHANGE__RECORD_DRAW]          = {"draw", &award__draw__descriptor, {TEXT(Award__Draw, cycle), NUMBER(Award__Draw, ordinal)}},
    [AWARD__CHANGE__RECORD_PERSON]        = {"person", &award__person__descriptor, {TEXT(Award__Person, person)}},
    [AWARD__CHANGE__RECORD_MORNING]       = {"morning", &award__morning__descriptor, ALONE},
    [AWARD__CHANGE__RECORD_CORRECTION]    = {"correction", &award__corrected__descriptor, {TEXT(Award__Corrected, original), TEXT(Award__Corrected, correction)}},
};
// clang-format on

// A key while it is being made.
struct key {
    uint8_t bytes[VIEW_KEY_BYTES_MAX];
    size_t size;
    bool impossible; // longer than a key may be, or without a part
};

static const struct record_row *row_of(Award__Change__RecordCase kind)
{
    unsigned index = (unsigned)kind;
    return index < RECORD_KINDS && table[index].name != NULL ? &table[index] : NULL;
}

const char *record_name(Award__Change__RecordCase kind)
{
    const struct record_row *row = row_of(kind);
    return row != NULL ? row->name : NULL;
}

const ProtobufCMessageDescriptor *record_descriptor(Award__Change__RecordCase kind)
{
    const struct record_row *row = row_of(kind);
    return row != NULL ? row->descriptor : NULL;
}

// A text that no record can be named by makes the key empty: nothing is found under it.
static void key_text(struct key *key, const char *text)
{
    size_t size = strlen(text) + 1;
    if (key->impossible || key->size + size > sizeof(key->bytes)) {
        key->impossible = true;
        return;
    }
    memcpy(key->bytes + key->size, text, size);
    key->size += size;
}

static void key_number(struct key *key, uint64_t number, size_t width)
{
    if (key->impossible || key->size + width > sizeof(key->bytes)) {
        key->impossible = true;
        return;
    }
    for (size_t i = 0; i < width; i++) {
        key->bytes[key->size + i] = (uint8_t)(number >> (8 * (width - 1 - i)));
    }
    key->size += width;
}

// Its bytes are not cleared: they are many, and a key is made for every record that is read.
static void key_begin(struct key *key, Award__Change__RecordCase kind)
{
    key->size = 0;
    key->impossible = false;
    key_number(key, (uint64_t)kind, 1);
}

// Signed values are shifted, so that the negative ones come first.
static void key_moment(struct key *key, int64_t moment_ms)
{
    key_number(key, (uint64_t)moment_ms ^ (UINT64_C(1) << 63), 8);
}

static void key_parts(struct key *key, Award__Change__RecordCase kind, int parts, va_list args)
{
    const struct record_row *row = row_of(kind);
    assert(row != NULL);
    key_begin(key, kind);
    for (int i = 0; i < parts && row->parts[i].type != PART_END; i++) {
        switch (row->parts[i].type) {
        case PART_TEXT:
            key_text(key, va_arg(args, const char *));
            break;
        case PART_NUMBER:
            key_number(key, (uint64_t)(unsigned)va_arg(args, int), 4);
            break;
        case PART_MOMENT:
            key_moment(key, va_arg(args, int64_t));
            break;
        case PART_END:
            break;
        }
    }
}

static struct bytes key_bytes(const struct key *key, struct arena *arena)
{
    size_t size = key->impossible ? 0 : key->size;
    return (struct bytes){arena_copy(arena, key->bytes, size), size};
}

struct bytes record_vprefix(struct arena *arena, Award__Change__RecordCase kind, int parts,
                            va_list args)
{
    struct key key;
    key_parts(&key, kind, parts, args);
    return key_bytes(&key, arena);
}

struct bytes record_vkey(struct arena *arena, Award__Change__RecordCase kind, va_list args)
{
    return record_vprefix(arena, kind, PARTS_MAX, args);
}

struct bytes record_key(struct arena *arena, Award__Change__RecordCase kind, ...)
{
    va_list args;
    va_start(args, kind);
    struct bytes key = record_vkey(arena, kind, args);
    va_end(args);
    return key;
}

struct bytes record_prefix(struct arena *arena, Award__Change__RecordCase kind, int parts, ...)
{
    va_list args;
    va_start(args, parts);
    struct bytes prefix = record_vprefix(arena, kind, parts, args);
    va_end(args);
    return prefix;
}

ProtobufCMessage *record_of(const Award__Change *change)
{
    if (row_of(change->record_case) == NULL) { // a removal, too
        return NULL;
    }
    return (ProtobufCMessage *)change->city; // all members of the union are pointers to messages
}

static void key_field(struct key *key, const struct part *part, const ProtobufCMessage *record)
{
    const unsigned char *field = (const unsigned char *)record + part->offset;
    switch (part->type) {
    case PART_TEXT: {
        const char *text;
        memcpy(&text, field, sizeof(text));
        key_text(key, text != NULL ? text : "");
        break;
    }
    case PART_NUMBER: {
        uint32_t number;
        memcpy(&number, field, sizeof(number));
        key_number(key, number, 4);
        break;
    }
    case PART_MOMENT: {
        const Award__Moment *moment;
        memcpy(&moment, field, sizeof(moment));
        if (moment == NULL) { // only damage: such a record has no place
            key->impossible = true;
            break;
        }
        key_moment(key, moment->ms);
        break;
    }
    case PART_END:
        break;
    }
}

struct bytes record_key_of(const Award__Change *change, struct arena *arena)
{
    if (change->record_case == AWARD__CHANGE__RECORD_REMOVED) {
        return (struct bytes){change->removed->key.data, change->removed->key.len};
    }
    const struct record_row *row = row_of(change->record_case);
    if (row == NULL) {
        return (struct bytes){NULL, 0};
    }
    struct key key;
    key_begin(&key, change->record_case);
    for (int i = 0; i < PARTS_MAX && row->parts[i].type != PART_END; i++) {
        key_field(&key, &row->parts[i], record_of(change));
    }
    return key_bytes(&key, arena);
}

bool record_fold(const Award__Change *change, struct arena *arena, struct bytes *key,
                 struct bytes *value)
{
    *key = record_key_of(change, arena);
    *value = (struct bytes){NULL, 0};
    if (key->size == 0 || key->size > VIEW_KEY_BYTES_MAX) {
        return false;
    }
    const ProtobufCMessage *record = record_of(change);
    if (record != NULL) {
        *value = codec_pack(record, arena);
    }
    return true;
}
