// memory - what a process holds
#pragma once

#include <stddef.h>
#include <stdint.h>

// Its own, and pages of its mapped files. These are the system's: it drops them when it wants the
// memory.
struct memory {
    uint64_t own_kb;
    uint64_t files_kb;
};

// Zeros where it cannot be learnt.
struct memory memory_of(size_t pid);

// Each of the two at its highest.
struct memory memory_higher(struct memory one, struct memory other);
