// lanes - a list, most recently used first; the root is not in its order and is never closed
#include "clients/ctl/lanes.h"

#include "common/memory.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANES_MAX = 64 }; // open at one time, beside the root

struct lane {
    struct lane *next;
    char name[KEYFILE_NAME_BYTES];
    struct client *client;
};

struct lanes {
    const struct ctl *ctl;
    uint32_t timeout_ms;
    struct lane root;
    struct lane *first;
    size_t count;
};

struct lanes *lanes_create(const struct ctl *ctl, const char *root, uint32_t timeout_ms)
{
    struct keyfile key;
    struct lanes *lanes = memory_allocate(sizeof(*lanes));
    lanes->ctl = ctl;
    lanes->timeout_ms = timeout_ms;
    (void)snprintf(lanes->root.name, sizeof(lanes->root.name), "%s", root);
    lanes->root.client =
        ctl_key_read(ctl, root, &key) ? ctl_connect(ctl, &key, timeout_ms, NULL) : NULL;
    if (lanes->root.client == NULL) {
        free(lanes);
        return NULL;
    }
    return lanes;
}

static void lane_close(struct lanes *lanes, struct lane **place)
{
    struct lane *lane = *place;
    *place = lane->next;
    lanes->count--;
    client_close(lane->client);
    free(lane);
}

void lanes_destroy(struct lanes *lanes)
{
    if (lanes == NULL) {
        return;
    }
    while (lanes->first != NULL) {
        lane_close(lanes, &lanes->first);
    }
    client_close(lanes->root.client);
    free(lanes);
}

struct client *lanes_root(struct lanes *lanes)
{
    return lanes->root.client;
}

static struct lane **lane_find(struct lanes *lanes, const char *principal)
{
    struct lane **place = &lanes->first;
    while (*place != NULL && strcmp((*place)->name, principal) != 0) {
        place = &(*place)->next;
    }
    return place;
}

static void fail(struct settings_error *error, const char *zh, const char *en, const char *what)
{
    char text_zh[SETTINGS_PATH_BYTES * 2];
    char text_en[SETTINGS_PATH_BYTES * 2];
    (void)snprintf(text_zh, sizeof(text_zh), "%s：%s", zh, what);
    (void)snprintf(text_en, sizeof(text_en), "%s: %s", en, what);
    (void)settings_error_set(error, 0, 0, text_zh, text_en);
}

static struct lane *lane_open(struct lanes *lanes, const char *principal,
                              struct settings_error *error)
{
    struct keyfile key;
    char path[SETTINGS_PATH_BYTES + KEYFILE_NAME_BYTES];
    if (strlen(principal) >= KEYFILE_NAME_BYTES || strchr(principal, '/') != NULL) {
        fail(error, "名称不对", "this is no name", principal);
        return NULL;
    }
    (void)snprintf(path, sizeof(path), "%s/%s.key", lanes->ctl->keys, principal);
    if (!keyfile_read(path, &key, error)) {
        return NULL;
    }
    fail(error, "密钥无法使用", "the key cannot be used", path);
    struct client *client = ctl_connect(lanes->ctl, &key, lanes->timeout_ms, lanes->root.client);
    struct lane *lane = client != NULL ? calloc(1, sizeof(*lane)) : NULL;
    if (lane != NULL) {
        lane->client = client;
        (void)snprintf(lane->name, sizeof(lane->name), "%s", principal);
        lanes->count++;
    }
    return lane;
}

// Closes the one that was used longest ago, where there are too many.
static void lanes_trim(struct lanes *lanes)
{
    if (lanes->count <= LANES_MAX) {
        return;
    }
    struct lane **place = &lanes->first->next;
    assert(*place != NULL && "the one just used stays");
    while ((*place)->next != NULL) {
        place = &(*place)->next;
    }
    assert(place != &lanes->first); // the newest stays
    lane_close(lanes, place);
}

struct client *lanes_client(struct lanes *lanes, const char *principal,
                            struct settings_error *error)
{
    if (strcmp(lanes->root.name, principal) == 0) {
        return lanes->root.client;
    }
    struct lane **place = lane_find(lanes, principal);
    struct lane *lane = *place;
    if (lane != NULL) {
        *place = lane->next;
    } else {
        lane = lane_open(lanes, principal, error);
    }
    if (lane == NULL) {
        return NULL;
    }
    lane->next = lanes->first;
    lanes->first = lane;
    lanes_trim(lanes);
    return lane->client;
}

void lanes_forget(struct lanes *lanes, const char *principal)
{
    struct lane **place = lane_find(lanes, principal);
    if (*place != NULL) {
        lane_close(lanes, place);
    }
}
