// codec_kept - the bytes of messages that were packed before, by address
//
// A record is packed for the state, and stands in an entry and in an answer too: packed with what
// is kept, those copy its bytes. Who keeps a message must not change it afterwards, and its bytes
// must stay where they are until it is forgotten.
#pragma once

#include "common/codec.h"

struct codec_kept;

struct codec_kept *codec_kept_create(void);
void codec_kept_destroy(struct codec_kept *kept);

void codec_keep(struct codec_kept *kept, const ProtobufCMessage *message, struct bytes bytes);
void codec_kept_forget(struct codec_kept *kept);

// The bytes of a message that is kept; without data where it is not.
struct bytes codec_kept_find(const struct codec_kept *kept, const ProtobufCMessage *message);

// As codec_pack, with what is kept of the messages within.
struct bytes codec_pack_with(const ProtobufCMessage *message, const struct codec_kept *kept,
                             struct arena *arena);
