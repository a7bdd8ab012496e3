// fuzz - what the fuzz targets share: properties that end the program where they do not hold
//
// A target is one door of the program (door_NAME.c): it takes any bytes as that door gets them, and
// says besides "no crash" what must hold of what came in and of what is said where nothing did.
#pragma once

#include "common/arena.h"
#include "common/codec.h"
#include "settings/settings_error.h"

// What libFuzzer calls, and the one function of its own that a mutator may call.
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t size_max);

// Ends the program with the sentence where something that must hold does not.
void fuzz_hold(bool holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

// An arena into which so many bytes from outside were read holds little more than they can mean.
void fuzz_memory(const struct arena *arena, size_t size);

// A sentence for people: there, valid UTF-8 and not longer than any reader takes.
void fuzz_text(const char *text);
void fuzz_codec_error(const struct codec_error *error);
void fuzz_settings_error(const struct settings_error *error);

bool fuzz_bytes_equal(struct bytes one, struct bytes other);

// A message that was let in: it passes every check again, and comes back the same from its own
// bytes and from its own JSON, of either style.
void fuzz_message(const ProtobufCMessage *message, struct arena *arena);
