// log_text - a line of the log as text and as JSON
#pragma once

#include "common/arena.h"
#include "common/log.h"

enum { LOG_VALUE_BYTES_MAX = 1024 }; // of a text in a field; what is longer is cut and says so

// Chinese and English, with what to do: "zh；advice / en; advice".
const char *log_sentence(enum log_kind kind, struct arena *arena);

// A text that a line can hold: what cannot be printed, and bytes that are no UTF-8, become \xNN.
// `quoted`: put between quotes where it would not stand by itself as a value after `name=`.
const char *log_value(const char *text, bool quoted, struct arena *arena);

// The value of a field of a call, addresses masked, as log_value; NULL where there is none.
const char *log_field_value(const struct log_call *call, enum log_field field, bool quoted,
                            struct arena *arena);

// The sentence and the fields: "sentence name=value name=\"a value\"".
const char *log_message(const struct log_call *call, struct arena *arena);

// The whole of it as one JSON object, without an end of line.
const char *log_json(const struct log_call *call, const char *program, const char *when,
                     struct arena *arena);
