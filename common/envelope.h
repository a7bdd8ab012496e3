// envelope - what every message on every socket but the feed's is wrapped in
//
// The envelope carries the version of the contract and the sender's number of the request. A newer
// major version is refused before anything else is looked at, with the number of the request, so
// that the sender learns why. The version grows here and in docs/protocol.md, nowhere else: the
// minor one with what an older reader may leave out, the major one with everything else.
#pragma once

#include "common/arena.h"
#include "common/codec_kept.h"

#include "envelope.pb-c.h"

enum { ENVELOPE_MAJOR = 1, ENVELOPE_MINOR = 0 };

// What can be known of a message that cannot be read.
struct envelope_head {
    uint32_t major;   // 0 if absent
    uint64_t request; // 0 if absent
};

// Looks only at the version and the request number. False if these bytes are no message at all.
bool envelope_peek(struct bytes bytes, struct envelope_head *head);

// What a message asks for, without unpacking it.
struct envelope_load {
    size_t events; // no more than LIMIT_BATCH_EVENTS are counted
    bool query;
};

struct envelope_load envelope_load(struct bytes bytes);

// Bytes of the envelope, in the arena, with those that are kept (NULL: none). Sets the version.
struct bytes envelope_pack(Award__Envelope *envelope, const struct codec_kept *kept,
                           struct arena *arena);

// Reads a message from outside. NULL and *error, with the codes "version_newer", "version_missing",
// "body_missing" or one of the codec's.
Award__Envelope *envelope_unpack(struct bytes bytes, struct arena *arena,
                                 struct codec_error *error);

// The orders in a message of tasks that cannot be read as a whole: for envelope_order_next, which
// takes them off one by one. Nothing where it is no message of tasks, or of a newer version.
struct bytes envelope_orders(struct bytes bytes);

// The next order, to be unpacked by itself, and the name of its task as it stands in the bytes
// (nothing where it has none). False behind the last one that can be told from the next.
bool envelope_order_next(struct bytes *orders, struct bytes *order, struct bytes *task);

// The reply that says why a message was refused as a whole, in the arena.
Award__Envelope *envelope_refusal(uint64_t request, const struct codec_error *error,
                                  struct arena *arena);
