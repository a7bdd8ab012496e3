// address_form - whether a text can be an address of a channel
#pragma once

#include "value.pb-c.h"

#include <stdbool.h>

// The channel "spool" takes no address at all.
bool address_form_good(Award__Channel__Name channel, const char *address);

// What the channel takes, in words.
const char *address_form_zh(Award__Channel__Name channel);
const char *address_form_en(Award__Channel__Name channel);
