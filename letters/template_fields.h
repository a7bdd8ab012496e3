// template_fields - what each message can say: the fields of its template
//
// A template may name the fields of its row and those that every message has; nothing else. Beside
// a field that is a code stand its words: "finding" brings "finding_zh" and "finding_en".
#pragma once

#include "record.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

// A field, as an office reads of it.
struct template_field {
    const char *name;
    const char *zh; // what it is
    const char *en;
    const char *example; // NULL: put together from what the message is about
};

// The names of a template's fields with blanks between, those of every message behind its own; NULL
// where there is no such template.
const char *template_fields(Award__Template__Name name);

// Takes the next name of such a list: its beginning and its size. False at the end.
bool template_field_next(const char **list, const char **name, size_t *size);

// Whether a template may name this field.
bool template_field_known(Award__Template__Name name, const char *field, size_t size);

// The row of a field; never NULL for one of a template's list.
const struct template_field *template_field_find(const char *name, size_t size);
