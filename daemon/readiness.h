// readiness - why the coordinator does not take events now
//
// Codes are labels of a metric and what a probe reads; each has what happened and what to do.
#pragma once

enum readiness {
    UNREADY_STARTING, // its start is not on record yet
    UNREADY_CLOCK,    // the host's clock is behind the last entry
    UNREADY_DISK,     // the last group found no room on the disk
    UNREADY_STATE,    // the state finds none
    UNREADY_STUCK,    // what has something to do does not get on with it
    UNREADY_REASONS
};

struct unready_reason {
    const char *code;
    const char *zh;
    const char *en;
};

const struct unready_reason *unready_reason(enum readiness reason);
