// push_line - one line of a file of events: read, checked, and given its id
#pragma once

#include "clients/ctl/line_reader.h"
#include "common/arena.h"
#include "entry.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

enum { PUSH_ID_BYTES = 33 }; // 32 hex digits and their end

struct push_line {
    uint64_t number;
    Award__Event *event;   // as it is sent, without `at`; NULL where nothing can be sent
    const char *principal; // whose key it goes out under; NULL where it could not be read
    bool has_at;
    int64_t at_ms;
    Award__Answer *answer; // where nothing is sent: the rejection that says why; else the reply
};

// The lines seen so far, by what they say.
struct push_ids;

struct push_ids *push_ids_create(void);
void push_ids_destroy(struct push_ids *ids);

// The id of an event that has none: a digest of principal, moment (`at`; 0 where there is none),
// content and the how-manieth such event this is. Nothing else: a file may be renamed and its lines
// moved without effect. The event's own principal, id and `at` are left out of its content, and so
// are addresses of persons, which an id must not tell.
void push_id(struct push_ids *ids, const Award__Event *event, const char *principal, int64_t at_ms,
             char id[PUSH_ID_BYTES]);

// An id that no other event has, for what is no line of a file.
void push_id_random(char id[PUSH_ID_BYTES]);

struct push_source {
    const char *keys;      // directory, for "@key:NAME"
    const char *principal; // of lines that name none; may be empty
    struct push_ids *ids;
};

// Reads the line into *out, whose parts lie in the arena. False: it is empty or a comment.
bool push_line_read(const struct push_source *source, const struct line *line, struct arena *arena,
                    struct push_line *out);

// Gives the line an answer of our own: it is rejected. What was to be sent stays away.
void push_line_reject(struct push_line *line, const char *code, const char *article, const char *zh,
                      const char *en, struct arena *arena);
