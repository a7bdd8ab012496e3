// import_office - what an import asks the coordinator, each thing once
#pragma once

#include "clients/ctl/import.h"

// Asks under the principal's key. Lies in the arena of the command. NULL and *status when it has
// said why not: no configuration, no key, no coordinator.
const struct import_office *import_office_open(struct ctl *ctl, int *status);
