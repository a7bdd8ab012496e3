// codec - unpacking into an arena, and copies
//
// Bytes from outside go through three gates: codec_wire_scan looks at the bytes, protobuf-c unpacks
// them under a limit of memory, codec_check_walk looks at what came out. The first is needed
// because protobuf-c cuts a string at an embedded zero byte, merges what is given twice and narrows
// numbers silently: after unpacking that can no longer be seen. Scanning was chosen over comparing
// with what packing the message again gives, because it names the field and admits every order of
// fields that other protobuf libraries write.
#include "common/codec_internal.h"
#include "common/limits.h"

#include <assert.h>

// What protobuf-c allocates during one call goes to the arena, and is never freed there.
struct arena_allocator {
    struct arena *arena;
    size_t bytes_max; // of the arena in all
    bool exceeded;
};

static void *arena_allocator_alloc(void *data, size_t size)
{
    struct arena_allocator *self = data;
    void *memory = arena_reserve_limited(self->arena, size, self->bytes_max);
    self->exceeded = self->exceeded || memory == NULL;
    return memory;
}

static void arena_allocator_free(void *data, void *memory)
{
    (void)data;
    (void)memory;
}

static ProtobufCMessage *unpack(const ProtobufCMessageDescriptor *descriptor, struct bytes bytes,
                                struct arena_allocator *self)
{
    ProtobufCAllocator allocator = {
        .alloc = arena_allocator_alloc, .free = arena_allocator_free, .allocator_data = self};
    return protobuf_c_message_unpack(descriptor, &allocator, bytes.size, bytes.data);
}

ProtobufCMessage *codec_unpack_trusted(const ProtobufCMessageDescriptor *descriptor,
                                       struct bytes bytes, struct arena *arena)
{
    struct arena_allocator allocator = {.arena = arena, .bytes_max = SIZE_MAX};
    return unpack(descriptor, bytes, &allocator);
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
    struct arena_allocator allocator = {.arena = arena,
                                        .bytes_max = arena_bytes(arena) + LIMIT_UNPACKED_BYTES};
    ProtobufCMessage *message = unpack(descriptor, bytes, &allocator);
    if (message == NULL) {
        codec_refuse(&walk, &root, allocator.exceeded ? FAULT_TOO_LARGE : FAULT_MALFORMED, NULL,
                     NULL);
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
