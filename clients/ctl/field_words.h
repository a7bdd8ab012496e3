// field_words - what the fields of events are called, and an example of what stands in them
#pragma once

#include <protobuf-c/protobuf-c.h>

// The Chinese name of a field of this message; NULL where the table lacks it.
const char *field_zh(const ProtobufCMessageDescriptor *message,
                     const ProtobufCFieldDescriptor *field);

// A text or number as it may stand there; NULL where none helps.
const char *field_example(const ProtobufCMessageDescriptor *message,
                          const ProtobufCFieldDescriptor *field);
