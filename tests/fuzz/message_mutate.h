// message_mutate - mutations that keep a message a message
//
// Bytes of protobuf that are changed at random are refused nearly always: one length is wrong. So
// most mutations unpack the message, change one field that is drawn from all of them, and pack it.
#pragma once

#include <protobuf-c/protobuf-c.h>

#include <stddef.h>
#include <stdint.h>

// Names that mean something behind the door; a text becomes one of them now and then.
struct mutate_names {
    const char *const *names;
    size_t count;
};

// As LLVMFuzzerCustomMutator. Bytes that are no such message are changed as bytes, and so is one
// message in four. `names` may be NULL.
size_t message_mutate(const ProtobufCMessageDescriptor *descriptor,
                      const struct mutate_names *names, uint8_t *data, size_t size, size_t size_max,
                      unsigned seed);
