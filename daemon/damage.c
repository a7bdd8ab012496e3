// damage - records that cannot be read are set aside, by name
#include "daemon/damage.h"

#include "common/log.h"
#include "common/memory.h"
#include "common/text.h"
#include "rules/record.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct damage {
    struct view view; // first, so that a view leads to its damage
    const struct view *below;
    struct bytes keys[DAMAGE_NAMES_MAX]; // of memory of their own; empty where there is none
    uint64_t met;
    bool page; // of it even the keys cannot be read
};

// ---- Names

static const char *kind_name(uint8_t kind)
{
    if (kind == RECORD_RECEIPT) {
        return "receipt";
    }
    if (kind == RECORD_CONCERN) {
        return "mention";
    }
    const char *name = record_name((Award__Change__RecordCase)kind);
    return name != NULL ? name : "?";
}

void damage_name(struct bytes key, char text[DAMAGE_NAME_BYTES])
{
    if (key.size == 0) {
        (void)snprintf(text, DAMAGE_NAME_BYTES, "?");
        return;
    }
    size_t length = (size_t)snprintf(text, DAMAGE_NAME_BYTES, "%s ", kind_name(key.data[0]));
    bool plain = text_valid((const char *)key.data + 1, key.size - 1);
    for (size_t i = 1; i < key.size && length + sizeof("\\xff") < DAMAGE_NAME_BYTES; i++) {
        uint8_t byte = key.data[i];
        bool shown = byte > ' ' && byte != 0x7f && (byte < 0x80 || plain);
        bool ends = byte == 0; // of a text
        if (ends && i + 1 == key.size) {
            break;
        }
        length += (size_t)snprintf(text + length, DAMAGE_NAME_BYTES - length,
                                   ends    ? " "
                                   : shown ? "%c"
                                           : "\\x%02x",
                                   byte);
    }
}

// ---- What was met

static bool same(struct bytes one, struct bytes other)
{
    return one.size == other.size && memcmp(one.data, other.data, one.size) == 0;
}

static void key_forget(struct bytes *key)
{
    free((void *)(uintptr_t)key->data);
    *key = (struct bytes){.data = NULL, .size = 0};
}

static void key_keep(struct bytes *place, struct bytes key)
{
    char name[DAMAGE_NAME_BYTES];
    uint8_t *copy = memory_allocate(key.size);
    memcpy(copy, key.data, key.size);
    *place = (struct bytes){.data = copy, .size = key.size};
    damage_name(key, name);
    log_say(SAY_RECORD_DAMAGED, .record = name);
}

static void page_note(struct damage *damage)
{
    if (!damage->page) {
        log_say(SAY_PAGE_DAMAGED);
    }
    damage->page = true;
}

// A page that cannot be read has no key.
static void note(struct damage *damage, struct bytes key)
{
    struct bytes *place = NULL;
    damage->met++;
    if (key.size == 0) {
        page_note(damage);
        return;
    }
    for (size_t i = 0; i < DAMAGE_NAMES_MAX; i++) {
        if (damage->keys[i].size == 0) {
            place = place == NULL ? &damage->keys[i] : place;
        } else if (same(damage->keys[i], key)) {
            return;
        }
    }
    if (place != NULL) {
        key_keep(place, key);
    }
}

uint64_t damage_met(const struct damage *damage)
{
    return damage->met;
}

size_t damage_names(struct damage *damage, struct arena *arena, char ***names)
{
    size_t count = 0;
    *names = arena_alloc(arena, (DAMAGE_NAMES_MAX + 1) * sizeof(**names));
    if (damage->page) {
        (*names)[count++] = arena_string(arena, "page ?");
    }
    for (size_t i = 0; i < DAMAGE_NAMES_MAX; i++) {
        struct bytes value;
        struct bytes *key = &damage->keys[i];
        if (key->size == 0) {
            continue;
        }
        if (damage->below->get(damage->below, *key, arena, &value) != VIEW_DAMAGED) {
            key_forget(key); // written anew since
            continue;
        }
        char name[DAMAGE_NAME_BYTES];
        damage_name(*key, name);
        (*names)[count++] = arena_string(arena, name);
    }
    return count;
}

// ---- The view

static struct damage *damage_of(const struct view *view)
{
    return (struct damage *)(uintptr_t)view; // its first member; what was met is noted
}

static enum view_result damage_get(const struct view *view, struct bytes key, struct arena *arena,
                                   struct bytes *value)
{
    struct damage *damage = damage_of(view);
    enum view_result result = damage->below->get(damage->below, key, arena, value);
    if (result == VIEW_DAMAGED) {
        note(damage, key);
    }
    return result;
}

static enum view_result damage_next(const struct view *view, struct bytes from, struct arena *arena,
                                    struct bytes *key, struct bytes *value)
{
    struct damage *damage = damage_of(view);
    enum view_result result = damage->below->next(damage->below, from, arena, key, value);
    if (result == VIEW_DAMAGED) {
        note(damage, *key);
    }
    return result;
}

struct damage *damage_create(void)
{
    struct damage *damage = memory_allocate(sizeof(*damage));
    damage->view = (struct view){.get = damage_get, .next = damage_next};
    return damage;
}

void damage_destroy(struct damage *damage)
{
    for (size_t i = 0; damage != NULL && i < DAMAGE_NAMES_MAX; i++) {
        key_forget(&damage->keys[i]);
    }
    free(damage);
}

const struct view *damage_watch(struct damage *damage, const struct view *below)
{
    assert(below != &damage->view);
    damage->below = below;
    return &damage->view;
}
