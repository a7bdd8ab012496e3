// calendar - how a length of time is written on the command line
#pragma once

#include <stdbool.h>
#include <stdint.h>

// "15wd" (working days) or "7d" (days), 1 to 1,000. False for everything else.
bool calendar_length_read(const char *text, uint32_t *length, bool *working);
