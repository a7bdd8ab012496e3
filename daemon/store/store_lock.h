// store_lock - one writer at a time
//
// A file beside the data, locked as long as its writer lives, with the writer's process number in
// it. The operating system releases the lock however the process ends, so nothing stale is ever
// left.
#pragma once

#include "daemon/store/store_error.h"

// A descriptor that holds the lock until it is closed, or a store_code: STORE_LOCKED names the
// process that has it. Not inherited by programs that are started.
int store_lock_take(const char *path, struct store_error *error);
