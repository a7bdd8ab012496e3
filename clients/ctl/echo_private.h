// echo_private - what the files of echo share
#pragma once

#include "clients/ctl/echo.h"

// What was shown last of something: the stage of a case, the number of an enterprise's bars; or the
// name of an enterprise.
struct known {
    struct known *next;
    const char *key;
    size_t value;
    const char *text;
};

struct echo {
    struct ctl ctl; // with an arena of one step
    struct arena *kept;
    struct known *known;
    const char *lead; // stands before the next line of changes; NULL: they are indented
    size_t lead_width;
};

// One line of what a step led to. The first behind a lead stands beside it.
void echo_say(struct echo *echo, const char *format, ...) __attribute__((format(printf, 2, 3)));

// What is kept under a kind and a name; made, with nothing in it, at the first call.
struct known *echo_known(struct echo *echo, const char *kind, const char *name);

// "-" for what is absent.
const char *echo_text(const char *text);

// A credit code, or a subject that begins with a cycle and one, with the enterprise's name before
// it where that was seen.
const char *echo_subject(struct echo *echo, const char *subject);

// "中文 name" of an enumeration's value.
const char *echo_word(struct echo *echo, const ProtobufCEnumDescriptor *descriptor, int value);

// What a sender reported, in one line: the fields of the event's body.
void echo_event(struct echo *echo, const Award__Event *event);

// The changes worth showing.
void echo_changes(struct echo *echo, Award__Change *const *changes, size_t count);
