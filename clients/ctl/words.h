// words - the Chinese word for each value of the contract's enumerations
#pragma once

#include <protobuf-c/protobuf-c.h>

#include <stddef.h>

// NULL where the enumeration has no words here, or the value is none of it.
const char *word_zh(const ProtobufCEnumDescriptor *descriptor, int value);

// The name in the contract; "?" where the value is none.
const char *word_en(const ProtobufCEnumDescriptor *descriptor, int value);

// What a pending event waits for: "paper_receipt"; NULL where it is none of them.
const char *waits_zh(const char *waits_for);

// What something rests on where that is no article: "政策" of "policy"; NULL where it is one.
const char *authority_zh(const char *article);

// The enumerations that have words, for the test that walks them; ends with NULL.
extern const ProtobufCEnumDescriptor *const words_enumerations[];
