// principals - who is who, asked page by page
#pragma once

#include "clients/ctl/ctl.h"

// All that the viewer may see, in the arena. NULL and *status when the coordinator does not tell,
// which has been said.
const Award__Principals *principals_ask(struct ctl *ctl, int *status);
