// worker_kept - events that the coordinator has not yet said to be on record
//
// At most one a task: when the coordinator asks a task anew, the later answer takes the place of
// the earlier one. The list is short, so it is searched.
#include "workers/worker_private.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = 32, SHORT_HASH_BYTES = 8, HEX_BYTES = HASH_BYTES * 2 + 1 };

void kept_name(Award__Event *event, uint64_t delivery, struct arena *arena)
{
    assert(event->task != NULL && event->id == NULL);
    struct bytes content = codec_pack(&event->base, arena);
    uint8_t hash[HASH_BYTES];
    char hex[HEX_BYTES];
    uint8_t salt[crypto_generichash_KEYBYTES] = {0};
    memcpy(salt, &delivery, sizeof(delivery));
    (void)crypto_generichash(hash, sizeof(hash), content.data, content.size, salt, sizeof(salt));
    size_t task_bytes = strlen(event->task);
    bool fits = task_bytes + 1 + (size_t)SHORT_HASH_BYTES * 2 <= LIMIT_ID_BYTES;
    (void)sodium_bin2hex(hex, sizeof(hex), hash, fits ? SHORT_HASH_BYTES : HASH_BYTES);
    // The content holds the task, so the whole hash names both where the task's id is too long.
    event->id = fits ? arena_format(arena, "%s.%s", event->task, hex) : arena_string(arena, hex);
    assert(strlen(event->id) <= LIMIT_ID_BYTES);
}

static void kept_free(struct kept_list *list, struct kept **place)
{
    struct kept *kept = *place;
    *place = kept->next;
    free(kept->event);
    free(kept);
    assert(list->count > 0);
    list->count--;
}

// The place of the first event with this task, or the end of the list.
static struct kept **task_place(struct kept_list *list, const char *task)
{
    struct kept **place = &list->first;
    while (*place != NULL && strcmp((*place)->task, task) != 0) {
        place = &(*place)->next;
    }
    return place;
}

static const struct kept *kept_of(const struct kept_list *list, const char *task)
{
    const struct kept *kept = list->first;
    while (kept != NULL && strcmp(kept->task, task) != 0) {
        kept = kept->next;
    }
    return kept;
}

bool kept_has(const struct kept_list *list, const char *task)
{
    return kept_of(list, task) != NULL;
}

bool kept_waits(const struct kept_list *list, const char *task)
{
    const struct kept *kept = kept_of(list, task);
    return kept != NULL && kept->waits;
}

struct kept *kept_add(struct kept_list *list, const Award__Event *event, struct arena *arena)
{
    struct kept **place = task_place(list, event->task);
    if (*place != NULL) {
        kept_free(list, place);
    }
    struct bytes bytes = codec_pack(&event->base, arena);
    struct kept *kept = list->count < KEPT_MAX ? calloc(1, sizeof(*kept)) : NULL;
    uint8_t *copy = kept != NULL ? malloc(bytes.size) : NULL;
    if (kept == NULL || copy == NULL) {
        free(kept);
        return NULL;
    }
    memcpy(copy, bytes.data, bytes.size);
    kept->event = copy;
    kept->size = bytes.size;
    (void)snprintf(kept->task, sizeof(kept->task), "%s", event->task);
    (void)snprintf(kept->id, sizeof(kept->id), "%s", event->id);
    struct kept **end = &list->first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = kept;
    list->count++;
    return kept;
}

// The place of the event with this id, or the end of the list.
static struct kept **id_place(struct kept_list *list, const char *id)
{
    struct kept **place = &list->first;
    while (*place != NULL && strcmp((*place)->id, id) != 0) {
        place = &(*place)->next;
    }
    return place;
}

void kept_drop(struct kept_list *list, const char *id)
{
    struct kept **place = id_place(list, id);
    if (*place != NULL) {
        kept_free(list, place);
    }
}

void kept_wait(struct kept_list *list, const char *id)
{
    struct kept *kept = *id_place(list, id);
    if (kept != NULL) {
        kept->waits = true;
    }
}

void kept_drop_request(struct kept_list *list, uint64_t request)
{
    struct kept **place = &list->first;
    while (*place != NULL) {
        if ((*place)->request == request) {
            kept_free(list, place);
        } else {
            place = &(*place)->next;
        }
    }
}

void kept_clear(struct kept_list *list)
{
    while (list->first != NULL) {
        kept_free(list, &list->first);
    }
}
