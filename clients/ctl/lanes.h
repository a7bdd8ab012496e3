// lanes - one connection for each principal in whose name something is sent, all in one loop
#pragma once

#include "clients/ctl/ctl.h"

struct lanes;

// The first connection goes out under the key `root`, and stays open till the end. NULL when it has
// said why not.
struct lanes *lanes_create(const struct ctl *ctl, const char *root, uint32_t timeout_ms);
void lanes_destroy(struct lanes *lanes);

struct client *lanes_root(struct lanes *lanes);

// The connection under this principal's key, opened when first needed. NULL and *error
// when its key cannot be read. Others that are idle may be closed.
struct client *lanes_client(struct lanes *lanes, const char *principal,
                            struct settings_error *error);

// Closes it, so that the next call opens it anew: its key was not admitted, and may be later.
void lanes_forget(struct lanes *lanes, const char *principal);
