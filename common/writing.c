// writing - text that workers put together, piece by piece, and from templates
#include "common/writing.h"

#include "common/text.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { FIRST_BYTES = 1024 };

static const char absent[] = "—";
static const char cut_mark[] = "……（以下从略 / cut here）";
static const char name_characters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";

struct writing writing_begin(struct arena *arena)
{
    return (struct writing){
        .arena = arena,
        .text = arena_alloc(arena, FIRST_BYTES),
        .capacity = FIRST_BYTES,
    };
}

void writing_add(struct writing *writing, const char *text, size_t size)
{
    if (writing->capacity - writing->size <= size) {
        size_t capacity = (writing->size + size) * 2;
        char *larger = arena_alloc(writing->arena, capacity);
        memcpy(larger, writing->text, writing->size);
        writing->text = larger;
        writing->capacity = capacity;
    }
    memcpy(writing->text + writing->size, text, size);
    writing->size += size;
    writing->text[writing->size] = '\0';
    assert(writing->size < writing->capacity);
}

void writing_put(struct writing *writing, const char *text)
{
    writing_add(writing, text, strlen(text));
}

void writing_format(struct writing *writing, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    writing_put(writing, arena_vformat(writing->arena, format, args));
    va_end(args);
}

// ---- Templates

static const char *fact_value(const struct writing_fact *facts, const char *name, size_t size)
{
    for (; facts->name != NULL; facts++) {
        if (strlen(facts->name) == size && memcmp(facts->name, name, size) == 0) {
            return text_present(facts->value) ? facts->value : absent;
        }
    }
    return absent;
}

// Bytes of the placeholder that begins here, braces included; 0 where none does.
static size_t placeholder(const char *at)
{
    size_t name = at[0] == '{' ? strspn(at + 1, name_characters) : 0;
    return name > 0 && at[1 + name] == '}' ? name + 2 : 0;
}

void writing_fill(struct writing *writing, const char *form, const struct writing_fact *facts)
{
    while (*form != '\0') {
        size_t size = placeholder(form);
        if (size > 0) {
            writing_put(writing, fact_value(facts, form + 1, size - 2));
        } else {
            size = 1 + strcspn(form + 1, "{");
            writing_add(writing, form, size);
        }
        form += size;
    }
}

char *writing_filled(struct arena *arena, const char *form, const struct writing_fact *facts)
{
    struct writing writing = writing_begin(arena);
    writing_fill(&writing, form, facts);
    return writing.text;
}

// ---- Bounds

const char *writing_cut(struct arena *arena, const char *text, size_t bytes_max)
{
    if (text == NULL) {
        return "";
    }
    size_t size = text_cut(text, bytes_max);
    if (text[size] == '\0') {
        return text;
    }
    struct writing writing = writing_begin(arena);
    writing_add(&writing, text, size);
    writing_put(&writing, cut_mark);
    return writing.text;
}
