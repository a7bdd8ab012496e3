// template - the commented form of an event, to be filled in and pushed
//
// Everything comes from the descriptors, the table of events and the words of the fields.
#include "clients/ctl/template.h"

#include "clients/ctl/field_words.h"
#include "clients/ctl/fields.h"
#include "common/text.h"
#include "rules/events.h"

#include <stdbool.h>

enum { DEPTH_MAX = 5 };

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

// ---- Comments

// One field, before the widths are known.
struct note {
    struct note *next;
    bool needed;
    const char *path;
    const char *zh;
    const char *form;
};

struct notes {
    struct arena *arena;
    struct note *first;
    struct note **last;
    size_t path_columns;
    size_t zh_columns;
};

static size_t greater(size_t one, size_t other)
{
    return one > other ? one : other;
}

static const char *form_text(const ProtobufCMessageDescriptor *message,
                             const ProtobufCFieldDescriptor *field, struct arena *arena)
{
    const char *example = fields_nested(field) || field->type == PROTOBUF_C_TYPE_ENUM
                              ? NULL
                              : field_example(message, field);
    bool member = (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
    return arena_format(arena, "%s%s%s%s%s", fields_form(field, arena),
                        example != NULL ? "，如 e.g. " : "", example != NULL ? example : "",
                        field->label == PROTOBUF_C_LABEL_REPEATED ? "（列表 list）" : "",
                        member ? "（这几项只填一项 only one of these）" : "");
}

static void note_add(struct notes *notes, const ProtobufCMessageDescriptor *message,
                     const ProtobufCFieldDescriptor *field, const char *path, bool needed)
{
    struct note *note = arena_alloc(notes->arena, sizeof(*note));
    const char *zh = field_zh(message, field);
    note->needed = needed;
    note->path = path;
    note->zh = zh != NULL ? zh : field->name;
    note->form = form_text(message, field, notes->arena);
    notes->path_columns = greater(notes->path_columns, text_width(note->path));
    notes->zh_columns = greater(notes->zh_columns, text_width(note->zh));
    *notes->last = note;
    notes->last = &note->next;
}

// Those of the fields that are in the list of needed ones, or those that are not; fields of a
// message below it.
// NOLINTNEXTLINE(misc-no-recursion): at most DEPTH_MAX deep
static void notes_collect(struct notes *notes, const ProtobufCMessageDescriptor *message,
                          const char *prefix, const char *needs, bool needed, int depth)
{
    for (unsigned i = 0; i < message->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->fields[i];
        if (fields_listed(needs, field->name) != needed) {
            continue;
        }
        bool nested = fields_nested(field);
        bool indexed = nested && field->label == PROTOBUF_C_LABEL_REPEATED;
        const char *path =
            arena_format(notes->arena, "%s%s%s", prefix, field->name, indexed ? "[0]" : "");
        note_add(notes, message, field, path, needed);
        bool whole_event = nested && fields_message(field) == &award__event__descriptor;
        if (nested && !whole_event && depth < DEPTH_MAX) {
            notes_collect(notes, fields_message(field), arena_format(notes->arena, "%s.", path), "",
                          false, depth + 1);
        }
    }
}

static const char *notes_text(const ProtobufCMessageDescriptor *message, const char *needs,
                              struct arena *arena)
{
    struct notes notes = {.arena = arena};
    notes.last = &notes.first;
    notes_collect(&notes, message, "", needs, true, 1);
    notes_collect(&notes, message, "", needs, false, 1);
    const char *text = "";
    for (const struct note *note = notes.first; note != NULL; note = note->next) {
        int path_blanks = (int)(notes.path_columns - text_width(note->path));
        int zh_blanks = (int)(notes.zh_columns - text_width(note->zh));
        text = arena_format(arena, "%s#  %s %s%*s  %s%*s  %s\n", text, note->needed ? "*" : " ",
                            note->path, path_blanks, "", note->zh, zh_blanks, "", note->form);
    }
    return text;
}

// ---- The line

static const char *fields_text(const ProtobufCMessageDescriptor *message, const char *needs,
                               bool needed, struct arena *arena)
{
    const char *text = "";
    for (unsigned i = 0; i < message->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->fields[i];
        if (fields_listed(needs, field->name) == needed) {
            text = arena_format(arena, "%s%s\"%s\":%s", text, text[0] != '\0' ? "," : "",
                                field->name, fields_empty(field, needed, arena));
        }
    }
    return text;
}

static const char *line_text(const char *event, const ProtobufCMessageDescriptor *message,
                             const char *needs, struct arena *arena)
{
    const char *needed = fields_text(message, needs, true, arena);
    const char *others = fields_text(message, needs, false, arena);
    return arena_format(arena, "{\"principal\":null,\"%s\":{%s%s%s}}\n", event, needed,
                        needed[0] != '\0' && others[0] != '\0' ? "," : "", others);
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
        "# 填好下一行，然后 awardctl push；不填的字段（null、空）等于没有；"
        "principal 是以谁的名义，可不填\n"
        "# Fill in the line below and awardctl push it; what stays empty counts as absent. "
        "Principal: in whose name, if another's.\n"
        "%s",
        row->zh, event, row->article, from_text(row->from, arena),
        row->countersign != 0 ? arena_format(arena, "须经复核 countersigned by: %s\n# ",
                                             from_text(row->countersign, arena))
                              : "",
        notes_text(descriptor, row->needs, arena), line_text(event, descriptor, row->needs, arena));
}

const char *template_line(const char *event, struct arena *arena)
{
    const ProtobufCMessageDescriptor *descriptor = fields_of_event(event);
    return descriptor != NULL
               ? line_text(event, descriptor, event_row(event_number(event))->needs, arena)
               : NULL;
}
