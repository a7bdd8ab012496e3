// verify - the chain over the hashes of all entries, as awardd tells them
#pragma once

#include "clients/ctl/ctl.h"

// Computes the chain up to the last entry of the status and compares it with the status'. CTL_OK,
// CTL_DIFFERENT (*entries is how far it agrees), or why awardd did not answer, which has been said.
int verify_chain(struct ctl *ctl, const Award__Status *status, uint64_t *entries);
