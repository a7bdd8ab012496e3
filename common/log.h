// log - one line per fact that an administrator may act on
//
// Lines go to standard error: "2018-10-08T09:00:00+08:00 WARN  sentence case=2018/.../1 entry=17".
// No personal data, no line per event at the default level.
#pragma once

#include <stdint.h>

enum log_level {
    LOG_ERROR, // the program cannot do what it promised
    LOG_WARN,  // something that somebody should look at
    LOG_INFO,  // started, stopped, connected
    LOG_DEBUG,
};

void log_open(const char *program, enum log_level level);

// For lines that a peer can cause as often as it likes: so many a second, and then how many more
// there were. One for each kind of line.
struct log_pace {
    int64_t second;
    unsigned int lines;
    unsigned int left_out;
};

enum { LOG_PACE_LINES = 50 };

// As log_line, or nothing.
void log_paced(struct log_pace *pace, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// A sentence, then fields as name=value pairs within the format.
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
