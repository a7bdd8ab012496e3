// echo_event - what a sender reported, in one line, for any event
//
// The fields of the event's body by descriptor, as `send` takes them: name=value. Digests and whole
// texts are left out, lists are counted, and scores are added up.
#include "clients/ctl/echo_private.h"

#include "clients/ctl/words.h"
#include "common/text.h"
#include "event.pb-c.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_COLUMNS = 48, NAMES_SHOWN = 4 };

static const char *const LEFT_OUT[] = {"digest", "text", "public_key", "seed", "name_digest"};

static bool left_out(const char *name)
{
    for (size_t i = 0; i < sizeof(LEFT_OUT) / sizeof(LEFT_OUT[0]); i++) {
        if (strcmp(name, LEFT_OUT[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *shortened(struct echo *echo, const char *text)
{
    size_t fit = text_fit(text, TEXT_COLUMNS);
    return text[fit] == '\0' ? text : arena_format(echo->ctl.arena, "%.*s…", (int)fit, text);
}

static const char *text_said(struct echo *echo, const char *name, const char *text)
{
    bool names_enterprise = strcmp(name, "enterprise") == 0 || strcmp(name, "case") == 0 ||
                            strcmp(name, "predecessor") == 0;
    return names_enterprise ? echo_subject(echo, text) : shortened(echo, text);
}

// One value of a message type that is said in a word; NULL for others.
static const char *message_said(struct echo *echo, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    if (type == &award__day__descriptor) {
        return ctl_day(&echo->ctl, (const Award__Day *)message);
    }
    if (type == &award__moment__descriptor) {
        return ctl_moment(&echo->ctl, (const Award__Moment *)message);
    }
    if (type == &award__points__descriptor) {
        return ctl_points(&echo->ctl, (const Award__Points *)message);
    }
    if (type == &award__event_name__descriptor) {
        const Award__EventName *named = (const Award__EventName *)message;
        return arena_format(echo->ctl.arena, "%s/%.8s", echo_text(named->principal),
                            echo_text(named->id));
    }
    return NULL;
}

static const char *scalar_said(struct echo *echo, const ProtobufCFieldDescriptor *field,
                               const void *value)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        return text_said(echo, field->name, *(const char *const *)value);
    case PROTOBUF_C_TYPE_MESSAGE:
        return message_said(echo, *(const ProtobufCMessage *const *)value);
    case PROTOBUF_C_TYPE_ENUM:
        return word_en(field->descriptor, *(const int *)value);
    case PROTOBUF_C_TYPE_BOOL:
        return *(const protobuf_c_boolean *)value ? "true" : "false";
    case PROTOBUF_C_TYPE_UINT32:
        return arena_format(echo->ctl.arena, "%" PRIu32, *(const uint32_t *)value);
    case PROTOBUF_C_TYPE_INT32:
        return arena_format(echo->ctl.arena, "%" PRId32, *(const int32_t *)value);
    default:
        return NULL;
    }
}

static bool pointed_to(const ProtobufCFieldDescriptor *field)
{
    return field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE;
}

static bool present(const ProtobufCFieldDescriptor *field, const char *body)
{
    const void *value = body + field->offset;
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        return *(const uint32_t *)(const void *)(body + field->quantifier_offset) == field->id;
    }
    if (pointed_to(field)) {
        return *(const void *const *)value != NULL;
    }
    return *(const protobuf_c_boolean *)(body + field->quantifier_offset);
}

static const char *scores_said(struct echo *echo, Award__Score *const *scores, size_t count)
{
    Award__Points total = AWARD__POINTS__INIT;
    for (size_t i = 0; i < count; i++) {
        total.hundredths += scores[i]->points != NULL ? scores[i]->points->hundredths : 0;
    }
    return arena_format(echo->ctl.arena, "%zu 项合计 in all %s", count,
                        ctl_points(&echo->ctl, &total));
}

static const char *names_said(struct echo *echo, const ProtobufCFieldDescriptor *field,
                              char *const *names, size_t count)
{
    const char *said = "";
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
        said = arena_format(echo->ctl.arena, "%s%s%s", said, i > 0 ? ", " : "",
                            text_said(echo, field->name, names[i]));
    }
    return count > NAMES_SHOWN
               ? arena_format(echo->ctl.arena, "%s …（共 %zu 个 in all）", said, count)
               : said;
}

static const char *list_said(struct echo *echo, const ProtobufCFieldDescriptor *field,
                             const char *body)
{
    size_t count = *(const size_t *)(const void *)(body + field->quantifier_offset);
    const void *list = *(const void *const *)(const void *)(body + field->offset);
    if (count == 0) {
        return NULL;
    }
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        return names_said(echo, field, list, count);
    }
    if (field->descriptor == &award__score__descriptor) {
        return scores_said(echo, list, count);
    }
    return arena_format(echo->ctl.arena, "%zu 项", count);
}

static const char *field_said(struct echo *echo, const ProtobufCFieldDescriptor *field,
                              const char *body)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        return list_said(echo, field, body);
    }
    return present(field, body) ? scalar_said(echo, field, body + field->offset) : NULL;
}

void echo_event(struct echo *echo, const Award__Event *event)
{
    const ProtobufCFieldDescriptor *member = protobuf_c_message_descriptor_get_field(
        &award__event__descriptor, (unsigned)event->body_case);
    if (member == NULL || member->type != PROTOBUF_C_TYPE_MESSAGE) {
        return;
    }
    const char *holder = (const char *)event;
    const char *body = *(const char *const *)(const void *)(holder + member->offset);
    const ProtobufCMessageDescriptor *type = member->descriptor;
    const char *said = "";
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        const char *value = left_out(field->name) ? NULL : field_said(echo, field, body);
        if (value != NULL) {
            said = arena_format(echo->ctl.arena, "%s  %s=%s", said, field->name, value);
        }
    }
    (void)printf("  报来 in        %s\n", said[0] != '\0' ? said + 2 : "-");
}
