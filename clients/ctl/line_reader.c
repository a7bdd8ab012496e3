// line_reader - a buffer that holds one line of the greatest length
#include "clients/ctl/line_reader.h"

#include "common/limits.h"
#include "common/memory.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct line_reader {
    int fd;
    int stop;
    int error;
    bool over;     // nothing comes any more
    bool skipping; // the rest of a line that was too long
    uint64_t lines;
    size_t start;
    size_t end;
    char buffer[LIMIT_LINE_BYTES + 2]; // a line, its end and a zero byte
};

struct line_reader *line_reader_create(int fd, int stop)
{
    struct line_reader *reader = memory_allocate(sizeof(*reader));
    reader->fd = fd;
    reader->stop = stop;
    return reader;
}

void line_reader_destroy(struct line_reader *reader)
{
    if (reader != NULL) {
        (void)close(reader->fd);
        free(reader);
    }
}

int line_reader_error(const struct line_reader *reader)
{
    return reader->error;
}

static char *end_find(struct line_reader *reader)
{
    return memchr(reader->buffer + reader->start, '\n', reader->end - reader->start);
}

bool line_reader_would_wait(const struct line_reader *reader)
{
    struct pollfd ready = {.fd = reader->fd, .events = POLLIN};
    size_t held = reader->end - reader->start;
    bool line_held = memchr(reader->buffer + reader->start, '\n', held) != NULL;
    return !line_held && !reader->over && poll(&ready, 1, 0) == 0;
}

// Waits until there is something to read. False: it is to stop instead.
static bool input_wait(const struct line_reader *reader)
{
    struct pollfd ready[] = {
        {.fd = reader->fd,   .events = POLLIN},
        {.fd = reader->stop, .events = POLLIN}
    };
    int count;
    do {
        count = poll(ready, 2, -1);
    } while (count < 0 && errno == EINTR);
    return ready[1].revents == 0;
}

// Reads more behind what is held, which is moved to the front first.
static void more_read(struct line_reader *reader)
{
    memmove(reader->buffer, reader->buffer + reader->start, reader->end - reader->start);
    reader->end -= reader->start;
    reader->start = 0;
    size_t room = sizeof(reader->buffer) - 1 - reader->end;
    ssize_t count;
    if (!input_wait(reader)) {
        reader->over = true;
        return;
    }
    do {
        count = read(reader->fd, reader->buffer + reader->end, room);
    } while (count < 0 && errno == EINTR);
    reader->error = count < 0 ? errno : 0;
    reader->over = count <= 0;
    reader->end += count > 0 ? (size_t)count : 0;
}

static void line_give(struct line_reader *reader, size_t length, bool too_long, struct line *line)
{
    char *text = reader->buffer + reader->start;
    text[length] = '\0';
    reader->lines++;
    line->text = text;
    line->length = length;
    line->number = reader->lines;
    line->too_long = too_long;
}

bool line_reader_next(struct line_reader *reader, struct line *line)
{
    for (;;) {
        char *end = end_find(reader);
        size_t held = reader->end - reader->start;
        if (end != NULL && reader->skipping) {
            reader->skipping = false;
            reader->start = (size_t)(end - reader->buffer) + 1;
        } else if (end != NULL) {
            size_t length = (size_t)(end - reader->buffer) - reader->start;
            line_give(reader, length, false, line);
            reader->start += length + 1;
            return true;
        } else if (reader->skipping) {
            reader->start = reader->end;
            if (reader->over) {
                return false;
            }
            more_read(reader);
        } else if (held > LIMIT_LINE_BYTES) {
            line_give(reader, held, true, line);
            reader->start = reader->end;
            reader->skipping = true;
            return true;
        } else if (!reader->over) {
            more_read(reader);
        } else if (held > 0) {
            line_give(reader, held, false, line);
            reader->start = reader->end;
            return true;
        } else {
            return false;
        }
    }
}
