// templates - the wording of every message, from files that an office may change
#include "letters/templates.h"

#include "common/limits.h"
#include "letters/template_fields.h"
#include "settings/data_file.h"
#include "settings/file_text.h"
#include "settings/keys.h"
#include "settings/nearest.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { TEMPLATES_COUNT = 32 }; // room for those of the contract; it numbers them from 1

struct templates {
    struct template of[TEMPLATES_COUNT];
};

static const char file_end[] = ".yaml";

#define IN_TEMPLATE(member) KEY_AT(struct template, member)
#define SUBJECT_MAX (TEMPLATE_SUBJECT_BYTES - 1)
#define BODY_MAX (TEMPLATE_BODY_BYTES - 1)

// clang-format off
static const struct key rows[] = {
    {"", KEY_MAP, .zh = "通知模板", .en = "template of a message"},
    {"subject",    KEY_MAP, .size = sizeof(struct template), .zh = "主题", .en = "subject"},
    {"subject.zh", KEY_TEXT, 1, SUBJECT_MAX, NULL, IN_TEMPLATE(subject_zh), .zh = "中文主题", .en = "subject in Chinese"},
    {"subject.en", KEY_TEXT, 1, SUBJECT_MAX, NULL, IN_TEMPLATE(subject_en), .zh = "英文主题", .en = "subject in English"},
    {"body",       KEY_MAP, .size = sizeof(struct template), .zh = "正文", .en = "body"},
    {"body.zh",    KEY_LINES, 1, BODY_MAX, NULL, IN_TEMPLATE(body_zh), .zh = "中文正文", .en = "body in Chinese"},
    {"body.en",    KEY_LINES, 1, BODY_MAX, NULL, IN_TEMPLATE(body_en), .zh = "英文正文", .en = "body in English"},
};
// clang-format on

const struct key_table template_keys = {rows, sizeof(rows) / sizeof(rows[0])};

const char *template_name(Award__Template__Name name)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&award__template__name__descriptor, (int)name);
    return value != NULL ? value->name : NULL;
}

const char *template_nearest(const char *name)
{
    struct word_search search = {.wanted = name};
    for (unsigned i = 0; i < award__template__name__descriptor.n_values; i++) {
        word_try(&search, award__template__name__descriptor.values[i].name);
    }
    return search.best;
}

// ---- Fields

static const char *field_nearest(Award__Template__Name name, const char *wanted,
                                 struct arena *arena)
{
    struct word_search search = {.wanted = wanted};
    const char *list = template_fields(name);
    const char *known;
    size_t size;
    while (template_field_next(&list, &known, &size)) {
        word_try(&search, arena_format(arena, "%.*s", (int)size, known));
    }
    return search.best;
}

static bool field_fail(const struct key_reading *reading, Award__Template__Name name,
                       const char *text, const char *field)
{
    struct arena *arena = reading->arena;
    const char *nearest = field_nearest(name, field, arena);
    if (nearest != NULL) {
        return keys_fail(
            reading, text, arena_format(arena, "没有字段 {%s}；是否应为 {%s}？", field, nearest),
            arena_format(arena, "there is no field {%s}; did you mean {%s}?", field, nearest));
    }
    return keys_fail(
        reading, text,
        arena_format(arena, "没有字段 {%s}；这种通知的字段：%s", field, template_fields(name)),
        arena_format(arena, "there is no field {%s}; this message has: %s", field,
                     template_fields(name)));
}

// Every brace belongs to a field of the message.
static bool text_check(const struct key_reading *reading, Award__Template__Name name,
                       const char *text)
{
    for (const char *at = strpbrk(text, "{}"); at != NULL; at = strpbrk(at + 1, "{}")) {
        size_t size = at[0] == '{' ? strcspn(at + 1, "{}\n") : 0;
        if (at[0] == '}' || at[1 + size] != '}') {
            return keys_fail(reading, text, "花括号须成对，其中是一个字段，如 {case}",
                             "braces stand in pairs around a field, like {case}");
        }
        if (!template_field_known(name, at + 1, size)) {
            return field_fail(reading, name, text,
                              arena_format(reading->arena, "%.*s", (int)size, at + 1));
        }
        at += size + 1;
    }
    return true;
}

// ---- Files

bool template_text_read(const char *text, size_t length, Award__Template__Name name,
                        struct arena *arena, struct template *form, struct settings_error *error)
{
    struct key_reading reading = {.table = &template_keys, .arena = arena, .error = error};
    return keys_read(&reading, text, length, form) &&
           text_check(&reading, name, form->subject_zh) &&
           text_check(&reading, name, form->subject_en) &&
           text_check(&reading, name, form->body_zh) && text_check(&reading, name, form->body_en);
}

static bool template_read(const char *path, Award__Template__Name name, struct template *form,
                          struct arena *arena, struct settings_error *error)
{
    const char *text;
    size_t length;
    return file_text_read(path, LIMIT_FILE_TEXT_BYTES, arena, &text, &length, error) &&
           template_text_read(text, length, name, arena, form, error);
}

static bool file_unknown(const char *file, struct arena *arena, struct settings_error *error)
{
    const char *nearest =
        template_nearest(arena_format(arena, "%.*s", (int)(strlen(file) - strlen(file_end)), file));
    const char *zh = "没有这种通知；各种通知见 awardctl template list";
    const char *en = "there is no such message; see awardctl template list";
    if (nearest != NULL) {
        zh = arena_format(arena, "没有这种通知；文件名是否应为 %s%s？", nearest, file_end);
        en = arena_format(arena, "there is no such message; did you mean %s%s?", nearest, file_end);
    }
    return settings_error_set(error, 0, 0, zh, en);
}

// Whether it is a file of a template that no message has: its wording would never be used.
static bool file_stray(const char *file)
{
    size_t length = strlen(file);
    size_t end = strlen(file_end);
    if (length <= end || strcmp(file + length - end, file_end) != 0) {
        return false;
    }
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        const char *name = names->values[i].name;
        if (strlen(name) == length - end && memcmp(name, file, length - end) == 0) {
            return false;
        }
    }
    return true;
}

static bool directory_check(const char *own, struct arena *arena, const char **path,
                            struct settings_error *error)
{
    *path = own;
    DIR *directory = opendir(own);
    if (directory == NULL) {
        const char *why = strerror(errno);
        return settings_error_set(
            error, 0, 0, arena_format(arena, "不能读取模板目录：%s", why),
            arena_format(arena, "the directory of templates cannot be read: %s", why));
    }
    bool good = true;
    const struct dirent *entry;
    while (good && (entry = readdir(directory)) != NULL) {
        if (file_stray(entry->d_name)) {
            *path = arena_format(arena, "%s/%s", own, entry->d_name);
            good = file_unknown(entry->d_name, arena, error);
        }
    }
    (void)closedir(directory);
    return good;
}

const struct templates *templates_read(const char *own, struct arena *arena, const char **path,
                                       struct settings_error *error)
{
    if (own != NULL && !directory_check(own, arena, path, error)) {
        return NULL;
    }
    const char *bundled = data_file("templates", arena);
    struct templates *templates = arena_alloc(arena, sizeof(*templates));
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        struct template *form = &templates->of[names->values[i].value];
        const char *file = arena_format(arena, "%s/%s%s", own != NULL ? own : bundled,
                                        names->values[i].name, file_end);
        form->own = own != NULL && access(file, F_OK) == 0;
        form->file = form->own
                         ? file
                         : arena_format(arena, "%s/%s%s", bundled, names->values[i].name, file_end);
        *path = form->file;
        if (!template_read(form->file, (Award__Template__Name)names->values[i].value, form, arena,
                           error)) {
            return NULL;
        }
    }
    return templates;
}

const struct template *template_of(const struct templates *templates, Award__Template__Name name)
{
    return template_name(name) != NULL ? &templates->of[(size_t)name] : NULL;
}
