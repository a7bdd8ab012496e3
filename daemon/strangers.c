// strangers - keys whose connections were refused, each told once an hour
//
// A new one takes the place of the one that was told longest ago.
#include "daemon/strangers.h"

#include <stdio.h>
#include <string.h>

bool strangers_tell(struct strangers *strangers, const char *key, int64_t now_ms)
{
    struct stranger *place = &strangers->list[0];
    for (size_t i = 0; i < STRANGERS_MAX; i++) {
        struct stranger *stranger = &strangers->list[i];
        if (strcmp(stranger->key, key) == 0) {
            place = stranger;
            break;
        }
        place = stranger->told_ms < place->told_ms ? stranger : place;
    }
    if (strcmp(place->key, key) == 0 && now_ms - place->told_ms < STRANGERS_AGAIN_MS) {
        return false;
    }
    (void)snprintf(place->key, sizeof(place->key), "%s", key);
    place->told_ms = now_ms;
    return true;
}
