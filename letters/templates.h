// templates - the wording of every message, from files that an office may change
//
// rulebooks/templates/NAME.yaml holds the subject and the body of a message in Chinese and English,
// with {field} where something is filled in (template_fields.h). A file of that name in the
// office's own directory takes its place.
#pragma once

#include "common/arena.h"
#include "settings/keys.h"
#include "settings/settings_error.h"

#include "record.pb-c.h"

#include <stdbool.h>

enum {
    TEMPLATE_SUBJECT_BYTES = 256,   // and its end
    TEMPLATE_BODY_BYTES = 8 * 1024, // and its end
};

struct template
{
    const char *file; // that it was read from
    bool own;         // it is the office's own
    char subject_zh[TEMPLATE_SUBJECT_BYTES];
    char subject_en[TEMPLATE_SUBJECT_BYTES];
    char body_zh[TEMPLATE_BODY_BYTES];
    char body_en[TEMPLATE_BODY_BYTES];
};

struct templates;

extern const struct key_table template_keys; // of one such file, as settings/file_keys.h has others

// Reads and checks the text of one, into a *form that is zeroed; `file` and `own` stay as they are.
bool template_text_read(const char *text, size_t length, Award__Template__Name name,
                        struct arena *arena, struct template *form, struct settings_error *error);

// Reads and checks all of them, in the arena; `own` is the office's directory, or NULL. NULL, the
// file in *path and what is wrong with it in *error when one cannot be read, names a field that its
// message does not have, or has a name that no message has.
const struct templates *templates_read(const char *own, struct arena *arena, const char **path,
                                       struct settings_error *error);

// NULL where there is no such message.
const struct template *template_of(const struct templates *templates, Award__Template__Name name);

// "result"; NULL where there is no such message.
const char *template_name(Award__Template__Name name);

// The name that may be meant by one that no message has; NULL where none is near.
const char *template_nearest(const char *name);
