// awardd - runs the coordinator's own commands, which work on the files of its host
#pragma once

#include "clients/ctl/ctl.h"

#include <sys/types.h>

enum { AWARDD_WORDS_MAX = 8 };

// Runs awardd with these words (NULL ends them) to its end; what it says is seen. Returns its exit
// status, or -1 where it could not be run, which has been said.
int awardd_run(struct ctl *ctl, const char *const words[]);

struct awardd_user {
    uid_t user;
    gid_t group;
};

// The same, with the rights of this user and no others; NULL: with one's own.
int awardd_run_as(struct ctl *ctl, const char *const words[], const struct awardd_user *user);

// The same, and what it says on its standard output goes to this descriptor; -1: it is seen.
int awardd_run_into(struct ctl *ctl, const char *const words[], const struct awardd_user *user,
                    int output);
