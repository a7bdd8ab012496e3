// strangers - keys whose connections were refused, each told once an hour
//
// Who is refused tries again each second, for days: a worker whose key was revoked, a client that
// was left running.
#pragma once

#include "common/bus.h"

enum { STRANGERS_MAX = 64, STRANGERS_AGAIN_MS = 60 * 60 * 1000 };

// All zero at its beginning.
struct strangers {
    struct stranger {
        char key[BUS_KEY_BYTES];
        int64_t told_ms;
    } list[STRANGERS_MAX];
};

// Whether a refused connection under this key is to be told, by the monotonic clock: it was not
// within the hour, or so many others have been since that it is forgotten.
bool strangers_tell(struct strangers *strangers, const char *key, int64_t now_ms);
