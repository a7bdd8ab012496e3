// codec - bytes from outside through their gates, and copies
//
// Bytes from outside go through three gates: codec_wire_scan looks at the bytes,
// codec_unpack_within unpacks them under a limit of memory, codec_check_walk looks at what came
// out. The first is needed because what is given twice, rivals in a oneof, numbers that were
// narrowed and a zero byte in a text can no longer be seen after unpacking. Scanning was chosen
// over comparing with what packing the message again gives, because it names the field and admits
// every order of fields that other protobuf libraries write.
#include "common/codec_internal.h"
#include "common/limits.h"

#include <assert.h>

ProtobufCMessage *codec_unpack_trusted(const ProtobufCMessageDescriptor *descriptor,
                                       struct bytes bytes, struct arena *arena)
{
    return codec_unpack_within(descriptor, bytes, arena, SIZE_MAX);
}

bool codec_size_check(struct bytes bytes, struct arena *arena, struct codec_error *error)
{
    struct codec_walk walk = {.arena = arena, .error = error};
    struct codec_path root = codec_path_root();
    if (bytes.size <= LIMIT_MESSAGE_BYTES) {
        return true;
    }
    char *detail = arena_format(arena, "%zu > %d", bytes.size, LIMIT_MESSAGE_BYTES);
    codec_refuse(&walk, &root, FAULT_TOO_LARGE, detail, detail);
    return false;
}

ProtobufCMessage *codec_unpack(const ProtobufCMessageDescriptor *descriptor, struct bytes bytes,
                               struct arena *arena, struct codec_error *error)
{
    struct codec_walk walk = {.arena = arena, .error = error};
    struct codec_path root = codec_path_root();
    if (!codec_size_check(bytes, arena, error) || !codec_wire_scan(&walk, descriptor, bytes)) {
        return NULL;
    }
    ProtobufCMessage *message =
        codec_unpack_within(descriptor, bytes, arena, arena_bytes(arena) + LIMIT_UNPACKED_BYTES);
    if (message == NULL) { // the scan has read all of it
        codec_refuse(&walk, &root, FAULT_TOO_LARGE, NULL, NULL);
        return NULL;
    }
    return codec_check_walk(&walk, message) ? message : NULL;
}

ProtobufCMessage *codec_copy(const ProtobufCMessage *message, struct arena *arena)
{
    ProtobufCMessage *copy =
        codec_unpack_trusted(message->descriptor, codec_pack(message, arena), arena);
    assert(copy != NULL);
    return copy;
}
