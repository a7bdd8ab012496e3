// loads - events acknowledged per second by a running coordinator, beside the disk's own limit
#pragma once

#include "clients/bench/office.h"

#include <stdbool.h>

// Measures every load and prints it. False when a figure is void; that has been said.
bool loads_measure(const struct bench_office *office, bool json);
