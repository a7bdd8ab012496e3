// template - the commented form of an event, to be filled in and pushed
#include "clients/ctl/template.h"

#include "clients/ctl/fields.h"
#include "rules/events.h"

enum { DEPTH_MAX = 4 };

static const char *from_text(uint32_t from, struct arena *arena)
{
    const char *text = "";
    for (unsigned role = 1; role < 32; role++) {
        if ((from & (UINT32_C(1) << role)) != 0) {
            text =
                arena_format(arena, "%s%s%s %s", text, text[0] != '\0' ? "、" : "",
                             role_zh((Award__Role__Name)role), role_name((Award__Role__Name)role));
        }
    }
    return text;
}

// One line a field, those of a message below it.
// NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_MAX deep
static const char *fields_text(const ProtobufCMessageDescriptor *descriptor, const char *path,
                               const char *needs, int depth, struct arena *arena)
{
    const char *text = "";
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        bool list = field->label == PROTOBUF_C_LABEL_REPEATED;
        const char *name = arena_format(arena, "%s%s", path, field->name);
        text = arena_format(arena, "%s#  %s %s%s  %s\n", text,
                            fields_listed(needs, field->name) ? "*" : " ", name,
                            list ? "（列表 list）" : "", fields_form(field, arena));
        if (fields_nested(field) && depth < DEPTH_MAX) {
            const char *inner = arena_format(arena, "%s%s.", name, list ? "[0]" : "");
            text = arena_format(arena, "%s%s", text,
                                fields_text(fields_message(field), inner, "", depth + 1, arena));
        }
    }
    return text;
}

// The event as JSON, with an example in each needed field.
static const char *line_text(const char *event, const ProtobufCMessageDescriptor *descriptor,
                             const char *needs, struct arena *arena)
{
    const char *text = "";
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        if (fields_listed(needs, field->name)) {
            text = arena_format(arena, "%s%s\"%s\":%s", text, text[0] != '\0' ? "," : "",
                                field->name, fields_example(field, arena));
        }
    }
    return arena_format(arena, "{\"principal\":\"\",\"%s\":{%s}}\n", event, text);
}

const char *template_text(const char *event, struct arena *arena)
{
    const ProtobufCMessageDescriptor *descriptor = fields_of_event(event);
    if (descriptor == NULL) {
        return NULL;
    }
    const struct event_row *row = event_row(event_number(event));
    return arena_format(
        arena,
        "# %s %s（%s）\n"
        "# 由谁提交 from: %s\n"
        "# %s"
        "字段 fields，* 必填 needed:\n"
        "%s"
        "# 填好下一行，删去不用的字段；填入 principal（以谁的名义），然后 awardctl push\n"
        "# Fill in the line below, principal included, and awardctl push it.\n"
        "%s",
        row->zh, event, row->article, from_text(row->from, arena),
        row->countersign != 0 ? arena_format(arena, "须经复核 countersigned by: %s\n# ",
                                             from_text(row->countersign, arena))
                              : "",
        fields_text(descriptor, "", row->needs, 1, arena),
        line_text(event, descriptor, row->needs, arena));
}
