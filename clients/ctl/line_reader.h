// line_reader - the lines of a file or pipe, one at a time, within LIMIT_LINE_BYTES
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct line_reader;

struct line {
    const char *text; // ends with a zero byte; borrowed until the next call
    size_t length;
    uint64_t number; // from 1
    bool too_long;   // the text is cut; the rest of the line was passed over
};

// Takes over the descriptor. `stop` is another that is only looked at, or -1: once it is readable,
// no more is read and waited for.
struct line_reader *line_reader_create(int fd, int stop);
void line_reader_destroy(struct line_reader *reader);

// The next line, without its end. False at the end of the input or when it cannot be read.
bool line_reader_next(struct line_reader *reader, struct line *line);

// Whether the next call would wait for whoever writes.
bool line_reader_would_wait(const struct line_reader *reader);

// errno of the read that failed; 0: none.
int line_reader_error(const struct line_reader *reader);
