// health - whether what has something to do gets on with it
#include "daemon/health.h"

#include <assert.h>

void health_note(struct health *health, enum health_part part, bool work, uint64_t done,
                 int64_t now_ms)
{
    assert(part < HEALTH_PARTS);
    if (!work || done != health->parts[part].done || health->parts[part].since_ms == 0) {
        health->parts[part].done = done;
        health->parts[part].since_ms = now_ms;
    }
}

enum health_part health_stuck(const struct health *health, int64_t now_ms)
{
    for (int part = 0; part < HEALTH_PARTS; part++) {
        int64_t since_ms = health->parts[part].since_ms;
        if (since_ms != 0 && now_ms - since_ms > HEALTH_STUCK_MS) {
            return (enum health_part)part;
        }
    }
    return HEALTH_PARTS;
}
