// moment - a moment as people write it
#pragma once

#include <stdbool.h>
#include <stdint.h>

// "2018-10-08T09:00:00+08:00", and in Asia/Shanghai "2018-10-08T09:00:30", "2018-10-08 09:00",
// "2018-10-08 24:00" and "2018-10-08" (its beginning).
bool moment_read(const char *text, int64_t *moment_ms);
