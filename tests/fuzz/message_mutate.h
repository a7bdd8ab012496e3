// message_mutate - mutations that keep a message a message
//
// Bytes of protobuf that are changed at random are refused nearly always: one length is wrong. So
// most mutations unpack the message, change one field that is drawn from all of them, and pack it.
#pragma once

#include <protobuf-c/protobuf-c.h>

#include <stddef.h>
#include <stdint.h>

// As LLVMFuzzerCustomMutator. Bytes that are no such message are changed as bytes, and so is one
// message in four.
size_t message_mutate(const ProtobufCMessageDescriptor *descriptor, uint8_t *data, size_t size,
                      size_t size_max, unsigned seed);
