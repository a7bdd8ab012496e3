// option_words - values of options: days, words of the contract, yes and no
//
// Each returns CTL_OK, or CTL_USAGE when it has said how the value is written. An option that was
// not given (NULL) leaves its value alone.
#pragma once

#include "clients/ctl/ctl.h"

#include <protobuf-c/protobuf-c.h>

int option_day(struct ctl *ctl, const char *option, const char *text, Award__Day **day);

// A value by its name in the contract or by its Chinese word.
int option_word(struct ctl *ctl, const char *option, const char *text,
                const ProtobufCEnumDescriptor *descriptor, int *value);

int option_yes(struct ctl *ctl, const char *option, const char *text, protobuf_c_boolean *has,
               protobuf_c_boolean *value);
