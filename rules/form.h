// form - whether an event has the fields that its row in the table needs, and sound identifiers
#pragma once

#include "rules/deciding.h"

// Rejects (false) with code "field_missing" or "bad_identifier". A blank text counts as absent.
bool form_check(struct deciding *d);

// Whether the names in a message, not in those within it, are sound. Rejects (false) one that is
// not.
bool form_identifiers_check(struct deciding *d, const ProtobufCMessage *message);

// The text in a field of a message by the field's name; NULL where there is no such field or text.
const char *form_text(const ProtobufCMessage *message, const char *field_name);
