// fields - an event from words "field=value", and what its fields are, by descriptor
//
// Words become a JSON object, which the codec reads: so each value is checked where all others are.
#include "clients/ctl/fields.h"

#include "clients/ctl/moment.h"
#include "common/limits.h"
#include "common/text.h"
#include "common/time.h"
#include "rules/events.h"
#include "value.pb-c.h"

#include <assert.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Descriptors

const ProtobufCMessageDescriptor *fields_message(const ProtobufCFieldDescriptor *field)
{
    assert(field->type == PROTOBUF_C_TYPE_MESSAGE);
    return (const ProtobufCMessageDescriptor *)field->descriptor;
}

const ProtobufCMessageDescriptor *fields_of_event(const char *name)
{
    Award__Event__BodyCase number = event_number(name);
    if (number == AWARD__EVENT__BODY__NOT_SET) {
        return NULL;
    }
    return fields_message(
        protobuf_c_message_descriptor_get_field(&award__event__descriptor, (unsigned)number));
}

bool fields_listed(const char *names, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = names; *at != '\0'; at += strspn(at, " ")) {
        size_t each = strcspn(at, " ");
        if (each == length && strncmp(at, name, length) == 0) {
            return true;
        }
        at += each;
    }
    return false;
}

// Messages that JSON has as strings.
static const struct value_message {
    const ProtobufCMessageDescriptor *descriptor;
    const char *form;
} VALUE_MESSAGES[] = {
    {&award__day__descriptor,    "日期 day 2018-10-08"                  },
    {&award__moment__descriptor, "时刻 moment 2018-10-08T09:00:00+08:00"},
    {&award__points__descriptor, "分数 points 85.50"                    },
};

static const struct value_message *value_message(const ProtobufCFieldDescriptor *field)
{
    if (field->type != PROTOBUF_C_TYPE_MESSAGE) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof(VALUE_MESSAGES) / sizeof(VALUE_MESSAGES[0]); i++) {
        if (VALUE_MESSAGES[i].descriptor == fields_message(field)) {
            return &VALUE_MESSAGES[i];
        }
    }
    return NULL;
}

bool fields_nested(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_MESSAGE && value_message(field) == NULL;
}

static const char *enum_names(const ProtobufCFieldDescriptor *field, struct arena *arena)
{
    const ProtobufCEnumDescriptor *names = (const ProtobufCEnumDescriptor *)field->descriptor;
    const char *text = "";
    for (unsigned i = 0; i < names->n_values; i++) {
        text = arena_format(arena, "%s%s%s", text, i > 0 ? "|" : "", names->values[i].name);
    }
    return text;
}

const char *fields_form(const ProtobufCFieldDescriptor *field, struct arena *arena)
{
    const struct value_message *value = value_message(field);
    if (value != NULL) {
        return value->form;
    }
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_ENUM:
        return enum_names(field, arena);
    case PROTOBUF_C_TYPE_BOOL:
        return "true|false（是|否）";
    case PROTOBUF_C_TYPE_STRING:
        return "文字 text";
    case PROTOBUF_C_TYPE_BYTES:
        return "base64";
    case PROTOBUF_C_TYPE_MESSAGE:
        if (fields_message(field) == &award__event__descriptor) {
            return "完整的事件 a whole event {\"EVENT\":{...}}";
        }
        return "下列各项 the fields below";
    default:
        return "整数 number";
    }
}

// Of a field within a message.
static const char *fields_empty_inner(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED ? "[]" : "null";
}

const char *fields_empty(const ProtobufCFieldDescriptor *field, bool needed, struct arena *arena)
{
    bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
    if (!needed || !fields_nested(field)) {
        bool text = needed && field->type == PROTOBUF_C_TYPE_STRING;
        return list ? "[]" : text ? "\"\"" : "null";
    }
    const ProtobufCMessageDescriptor *inner = fields_message(field);
    if (inner == &award__event__descriptor) {
        return "{}"; // one of all the events
    }
    const char *text = "";
    for (unsigned i = 0; i < inner->n_fields; i++) {
        text = arena_format(arena, "%s%s\"%s\":%s", text, i > 0 ? "," : "", inner->fields[i].name,
                            fields_empty_inner(&inner->fields[i]));
    }
    return arena_format(arena, list ? "[{%s}]" : "{%s}", text);
}

// ---- Words

// Where a value goes: the object, and the field of it.
struct place {
    json_t *object;
    const ProtobufCFieldDescriptor *field;
    bool indexed;
    size_t index;
};

struct reading {
    struct arena *arena;
    struct codec_error *error;
    const char *word;
    const char *event;
};

static bool wrong(const struct reading *reading, const char *code, const char *zh, const char *en)
{
    *reading->error = (struct codec_error){
        .code = code,
        .zh = arena_format(reading->arena, "“%s”：%s", reading->word, zh),
        .en = arena_format(reading->arena, "\"%s\": %s", reading->word, en),
    };
    return false;
}

// "[12]" at *at, which is moved behind it.
static bool index_read(const char **at, struct place *place)
{
    place->indexed = **at == '[';
    if (!place->indexed) {
        return true;
    }
    char *end;
    unsigned long index = strtoul(*at + 1, &end, 10);
    bool good = (*at)[1] >= '0' && (*at)[1] <= '9' && *end == ']' && index < LIMIT_LIST_ELEMENTS;
    place->index = index;
    *at = end + (good ? 1 : 0);
    return good;
}

static bool step_read(const struct reading *reading, const char **at,
                      const ProtobufCMessageDescriptor *descriptor, struct place *place)
{
    size_t length = strcspn(*at, ".[=");
    const char *name = arena_format(reading->arena, "%.*s", (int)length, *at);
    place->field = protobuf_c_message_descriptor_get_field_by_name(descriptor, name);
    if (place->field == NULL) {
        return wrong(reading, "unknown_field",
                     arena_format(reading->arena, "没有这个字段；awardctl new %s 列出各字段",
                                  reading->event),
                     arena_format(reading->arena,
                                  "there is no such field; awardctl new %s lists them",
                                  reading->event));
    }
    *at += length;
    if (!index_read(at, place) ||
        (place->indexed && place->field->label != PROTOBUF_C_LABEL_REPEATED)) {
        return wrong(reading, "bad_index", "方括号中应为列表的序号，从 0 起",
                     "in brackets stands the number of a list's element, from 0");
    }
    return true;
}

// The list of a field, which is begun where there is none.
static json_t *list_at(const struct place *place)
{
    json_t *list = json_object_get(place->object, place->field->name);
    if (list == NULL) {
        list = json_array();
        (void)json_object_set_new(place->object, place->field->name, list);
    }
    return list;
}

// Goes into the message at the place, which is begun where there is none.
static bool place_enter(const struct reading *reading, struct place *place)
{
    json_t *inner;
    if (place->field->label != PROTOBUF_C_LABEL_REPEATED) {
        inner = json_object_get(place->object, place->field->name);
        if (inner == NULL) {
            inner = json_object();
            (void)json_object_set_new(place->object, place->field->name, inner);
        }
        place->object = inner;
        return true;
    }
    json_t *list = list_at(place);
    if (!place->indexed || place->index > json_array_size(list)) {
        return wrong(reading, "bad_index", "列表的一项要写序号，从 0 起，不能跳过",
                     "an element of a list needs its number, from 0, without gaps");
    }
    if (place->index == json_array_size(list)) {
        (void)json_array_append_new(list, json_object());
    }
    place->object = json_array_get(list, place->index);
    return true;
}

static const struct truth {
    const char *word;
    bool value;
} TRUTHS[] = {
    {"true",  true },
    {"yes",   true },
    {"是",   true },
    {"false", false},
    {"no",    false},
    {"否",   false},
};

// What cannot be read stays a string: the codec says what is wrong with it.
static json_t *value_make(const ProtobufCFieldDescriptor *field, const char *text)
{
    char moment[MOMENT_TEXT_BYTES];
    int64_t moment_ms;
    const struct value_message *value = value_message(field);
    if (value != NULL && value->descriptor == &award__moment__descriptor &&
        moment_read(text, &moment_ms)) {
        moment_format(moment_ms, moment);
        return json_string(moment);
    }
    for (size_t i = 0; i < sizeof(TRUTHS) / sizeof(TRUTHS[0]); i++) {
        if (field->type == PROTOBUF_C_TYPE_BOOL && strcmp(TRUTHS[i].word, text) == 0) {
            return json_boolean(TRUTHS[i].value);
        }
    }
    return json_string(text);
}

// One value, or several between commas.
static bool value_set(const struct reading *reading, const struct place *place, const char *text)
{
    if (place->field->label != PROTOBUF_C_LABEL_REPEATED) {
        (void)json_object_set_new(place->object, place->field->name,
                                  value_make(place->field, text));
        return true;
    }
    json_t *list = list_at(place);
    if (place->indexed && place->index > json_array_size(list)) {
        return wrong(reading, "bad_index", "列表不能跳过序号", "a list has no gaps");
    }
    if (place->indexed) {
        json_t *value = value_make(place->field, text);
        (void)(place->index < json_array_size(list) ? json_array_set_new(list, place->index, value)
                                                    : json_array_append_new(list, value));
        return true;
    }
    for (const char *at = text; *at != '\0'; at += *at == ',' ? 1 : 0) {
        size_t length = strcspn(at, ",");
        const char *each = arena_format(reading->arena, "%.*s", (int)length, at);
        (void)json_array_append_new(list, value_make(place->field, each));
        at += length;
    }
    return true;
}

static bool word_read(const struct reading *reading, const ProtobufCMessageDescriptor *descriptor,
                      json_t *object)
{
    const char *at = reading->word;
    struct place place = {.object = object};
    if (!text_valid(at, strlen(at))) {
        *reading->error = (struct codec_error){
            .code = "bad_utf8",
            .zh = "命令行中的值不是有效的 UTF-8 文本；请检查终端的编码。",
            .en =
                "A value of the command line is not valid UTF-8; look at the terminal's encoding."};
        return false;
    }
    if (strchr(at, '=') == NULL) {
        return wrong(reading, "bad_word", "应写作 字段=值", "write field=value");
    }
    for (;;) {
        if (!step_read(reading, &at, descriptor, &place)) {
            return false;
        }
        if (*at == '=' && !fields_nested(place.field)) {
            return value_set(reading, &place, at + 1);
        }
        if (*at != '.' || !fields_nested(place.field)) {
            return wrong(
                reading, "bad_word",
                arena_format(
                    reading->arena,
                    "路径与字段不符，下有各项的写作 %s.字段=值；awardctl new %s 列出各字段",
                    place.field->name, reading->event),
                arena_format(reading->arena,
                             "the path does not fit: what has fields under it is written "
                             "%s.FIELD=VALUE; awardctl new %s lists them",
                             place.field->name, reading->event));
        }
        if (!place_enter(reading, &place)) {
            return false;
        }
        descriptor = fields_message(place.field);
        at++;
    }
}

Award__Event *fields_read(const char *event, const char *const words[], size_t count,
                          struct arena *arena, struct codec_error *error)
{
    const ProtobufCMessageDescriptor *descriptor = fields_of_event(event);
    assert(descriptor != NULL);
    json_t *root = json_object();
    json_t *body = json_object();
    bool good = true;
    (void)json_object_set_new(root, event, body);
    for (size_t i = 0; i < count && good; i++) {
        struct reading reading = {.arena = arena, .error = error, .word = words[i], .event = event};
        good = word_read(&reading, descriptor, body);
    }
    char *text = good ? json_dumps(root, JSON_COMPACT) : NULL;
    Award__Event *read = NULL;
    if (text != NULL) {
        read = (Award__Event *)codec_from_json(&award__event__descriptor, text, strlen(text), arena,
                                               error);
    }
    free(text);
    json_decref(root);
    return read;
}

const char *fields_missing(const char *needs, const char *const words[], size_t count,
                           struct arena *arena)
{
    for (const char *at = needs; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        bool there = false;
        for (size_t i = 0; i < count && !there; i++) {
            there = strncmp(words[i], at, length) == 0 && strchr(".[=", words[i][length]) != NULL &&
                    words[i][length] != '\0';
        }
        if (!there) {
            return arena_format(arena, "%.*s", (int)length, at);
        }
        at += length;
    }
    return NULL;
}
