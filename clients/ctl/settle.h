// settle - waits until the workers have answered all open tasks
#pragma once

#include "clients/ctl/ctl.h"

struct settle;

// Follows the feed with this client, whose principal must be one that sees the figures of
// operation. NULL when it has said why not.
struct settle *settle_create(const struct ctl *ctl, struct client *client);
void settle_destroy(struct settle *settle); // before its client is closed

// False when it has said why not: within the time allowed the tasks that it names were not
// answered, or nobody answers.
bool settle_wait(struct settle *settle);
