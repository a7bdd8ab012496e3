// record - the kinds of records, their keys, and the fold
//
// The key of a record is its kind (one byte) and parts of the record itself, by the table in
// record.c: a text ends with a zero byte, a number is big-endian, so that the order of keys is the
// order of the parts. The kind is the number of the record's field in Change. Adding a kind is a
// row; a kind that has no row cannot be folded, and the database does not open.
#pragma once

#include "common/arena.h"
#include "common/codec.h"
#include "record.pb-c.h"

#include <stdarg.h>

// Kinds below the first of Change belong to the fold of an entry itself (daemon/fold.h).
enum { RECORD_RECEIPT = 1, RECORD_CONCERN = 2, RECORD_KINDS = 64 };

// NULL where there is no such kind.
const char *record_name(Award__Change__RecordCase kind);
const ProtobufCMessageDescriptor *record_descriptor(Award__Change__RecordCase kind);

// Key from its parts, in the order of the table: const char * for a text, int for a number,
// int64_t for a moment (milliseconds). Empty where a text is too long to name a record.
struct bytes record_key(struct arena *arena, Award__Change__RecordCase kind, ...);

struct bytes record_vkey(struct arena *arena, Award__Change__RecordCase kind, va_list args);

// The beginning of all keys whose first `parts` parts are these.
struct bytes record_prefix(struct arena *arena, Award__Change__RecordCase kind, int parts, ...);
struct bytes record_vprefix(struct arena *arena, Award__Change__RecordCase kind, int parts,
                            va_list args);

// The key of the record that a change carries or removes. Empty if the kind is unknown or the
// record has no key.
struct bytes record_key_of(const Award__Change *change, struct arena *arena);

// The record of a change; NULL where it removes one.
ProtobufCMessage *record_of(const Award__Change *change);

// The fold: what the state holds under the key after the change; empty where the record is removed.
// False if the kind is unknown or the record has no key that can be.
bool record_fold(const Award__Change *change, struct arena *arena, struct bytes *key,
                 struct bytes *value);
