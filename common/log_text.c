// log_text - a line of the log as text and as JSON
//
// Texts in fields come from anywhere: a peer may put line breaks, terminal sequences, marks that
// turn the direction of writing, or half characters into them. They are made printable first, for
// every kind of output, so that nobody forges a line, and quoted in plain text where they could be
// taken for another field.
#include "common/log_text.h"

#include "common/reply_mask.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { ESCAPED_BYTES = 4 }; // "\xff"

static const char CUT[] = "…";

const char *log_sentence(enum log_kind kind, struct arena *arena)
{
    const struct log_kind_row *row = log_kind_row(kind);
    if (row->advice_zh[0] == '\0') {
        return arena_format(arena, "%s / %s", row->zh, row->en);
    }
    return arena_format(arena, "%s；%s / %s; %s", row->zh, row->advice_zh, row->en, row->advice_en);
}

// ---- Values

static bool printable(ucs4_t character)
{
    const uint32_t hidden = UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs |
                            UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Zl |
                            UC_CATEGORY_MASK_Zp;
    return !uc_is_general_category_withtable(character, hidden);
}

// Whether a value with it could be taken for more than one.
static bool divides(ucs4_t character)
{
    return character == '"' || character == '\\' || character == '=' ||
           uc_is_general_category_withtable(character, UC_CATEGORY_MASK_Zs);
}

static bool wants_quotes(const char *text)
{
    const uint8_t *from = (const uint8_t *)text;
    size_t left = strlen(text);
    bool wants = left == 0;
    while (left > 0 && !wants) {
        ucs4_t character;
        int length = u8_mbtoucr(&character, from, left);
        wants = length <= 0 || divides(character) || !printable(character);
        from += length > 0 ? length : 1;
        left -= length > 0 ? (size_t)length : 1;
    }
    return wants;
}

static char *bytes_put(char *to, const uint8_t *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to += snprintf(to, ESCAPED_BYTES + 1, "\\x%02x", from[i]);
    }
    return to;
}

static char *character_put(char *to, const uint8_t *from, size_t count, bool quotes)
{
    if (quotes && (*from == '"' || *from == '\\')) {
        *to++ = '\\';
    }
    memcpy(to, from, count);
    return to + count;
}

const char *log_value(const char *text, bool quoted, struct arena *arena)
{
    size_t left = strnlen(text, LOG_VALUE_BYTES_MAX);
    bool cut = text[left] != '\0';
    bool quotes = quoted && wants_quotes(text);
    const uint8_t *from = (const uint8_t *)text;
    char *value = arena_alloc(arena, left * ESCAPED_BYTES + sizeof(CUT) + sizeof("\"\""));
    char *to = value;
    if (quotes) {
        *to++ = '"';
    }
    while (left > 0) {
        ucs4_t character;
        int length = u8_mbtoucr(&character, from, left);
        size_t taken = length > 0 ? (size_t)length : 1;
        to = length > 0 && printable(character) ? character_put(to, from, taken, quotes)
                                                : bytes_put(to, from, taken);
        from += taken;
        left -= taken;
    }
    if (cut) {
        to = character_put(to, (const uint8_t *)CUT, strlen(CUT), quotes);
    }
    if (quotes) {
        *to++ = '"';
    }
    *to = '\0';
    return value;
}

static int64_t number_of(const struct log_call *call, const struct log_field_row *row)
{
    int64_t number;
    memcpy(&number, (const char *)call + row->offset, sizeof(number));
    return number;
}

static const char *text_of(const struct log_call *call, const struct log_field_row *row)
{
    const char *text;
    memcpy(&text, (const char *)call + row->offset, sizeof(text));
    return text;
}

const char *log_field_value(const struct log_call *call, enum log_field field, bool quoted,
                            struct arena *arena)
{
    const struct log_field_row *row = log_field_row(field);
    if (!row->text) {
        return arena_format(arena, "%" PRId64, number_of(call, row));
    }
    const char *text = text_of(call, row);
    if (text == NULL) {
        return NULL;
    }
    return log_value(row->masked ? reply_mask(text, arena) : text, quoted, arena);
}

// ---- Plain text

const char *log_message(const struct log_call *call, struct arena *arena)
{
    const struct log_kind_row *kind = log_kind_row(call->kind);
    const char *message = log_sentence(call->kind, arena);
    for (size_t i = 0; kind->fields[i] != FIELD_END; i++) {
        const char *value = log_field_value(call, kind->fields[i], true, arena);
        if (value != NULL) {
            message = arena_format(arena, "%s %s=%s", message, log_field_row(kind->fields[i])->name,
                                   value);
        }
    }
    return message;
}

// ---- JSON

static void text_add(json_t *object, const char *name, const char *text)
{
    (void)json_object_set_new(object, name, json_string(text));
}

static void field_add(json_t *object, const struct log_call *call, enum log_field field,
                      struct arena *arena)
{
    const struct log_field_row *row = log_field_row(field);
    const char *value = log_field_value(call, field, false, arena);
    if (!row->text) {
        (void)json_object_set_new(object, row->name, json_integer(number_of(call, row)));
    } else if (value != NULL) {
        text_add(object, row->name, value);
    }
}

const char *log_json(const struct log_call *call, const char *program, const char *when,
                     struct arena *arena)
{
    const struct log_kind_row *kind = log_kind_row(call->kind);
    json_t *object = json_object();
    text_add(object, "time", when);
    text_add(object, "level", log_level_name(kind->level));
    text_add(object, "program", program);
    text_add(object, "kind", kind->name);
    text_add(object, "message_id", kind->id);
    text_add(object, "message", log_sentence(call->kind, arena));
    for (size_t i = 0; kind->fields[i] != FIELD_END; i++) {
        field_add(object, call, kind->fields[i], arena);
    }
    char *dumped = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    const char *text = arena_string(arena, dumped != NULL ? dumped : "{}");
    free(dumped);
    return text;
}
