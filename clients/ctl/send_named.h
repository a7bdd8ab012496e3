// send_named - one event under an id, so that it can be sent again and is recorded once
#pragma once

#include "clients/ctl/ctl.h"

// Sends the event under this id, or a random one where it is NULL, and prints its answer. Where the
// coordinator was not reached it says how to send the event again. Returns as ctl_send_answer.
const Award__Answer *send_named_answer(struct ctl *ctl, Award__Event *event, const char *id,
                                       bool dry_run, int *status);

// The same for who needs the status alone.
int send_named(struct ctl *ctl, Award__Event *event, const char *id, bool dry_run);
