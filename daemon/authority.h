// authority - who the key says a sender is
#pragma once

#include "record.pb-c.h"
#include "rules/view.h"

// The principal that a public key belongs to; NULL if the key is unknown or revoked, or its
// principal is not enrolled. In the arena.
Award__Principal *authority_principal(const struct view *view, const char *public_key,
                                      struct arena *arena);
