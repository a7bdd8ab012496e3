// fields - an event from words "field=value", and what its fields are, by descriptor
#pragma once

#include "common/codec.h"
#include "event.pb-c.h"

#include <stdbool.h>
#include <stddef.h>

// The body of an event by its name in the contract; NULL where there is none.
const ProtobufCMessageDescriptor *fields_of_event(const char *name);

// Whether the name stands in a list of names that are separated by blanks.
bool fields_listed(const char *names, const char *name);

// A message with fields of its own, not a single value as Day, Moment and Points are.
bool fields_nested(const ProtobufCFieldDescriptor *field);
const ProtobufCMessageDescriptor *fields_message(const ProtobufCFieldDescriptor *field);

// What is to be written there, in words: "日期 day, 2018-10-08", "award|nomination". In the arena.
const char *fields_form(const ProtobufCFieldDescriptor *field, struct arena *arena);

// JSON of an example value, in the arena; of a list one element.
const char *fields_example(const ProtobufCFieldDescriptor *field, struct arena *arena);

// Words as "cycle=2018", "media[0].medium=重庆日报", "units=甲,乙": dots lead into a message,
// brackets to an element of a list (from 0, without gaps); without brackets a value adds to the
// list, and commas separate several. Later words replace what earlier ones set. NULL and *error if
// one of them cannot be read.
Award__Event *fields_read(const char *event, const char *const words[], size_t count,
                          struct arena *arena, struct codec_error *error);

// The first of the needed fields that no word sets, or NULL.
const char *fields_missing(const char *needs, const char *const words[], size_t count,
                           struct arena *arena);
