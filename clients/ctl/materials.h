// materials - documents named on a command line as materials of an application (13, 14)
#pragma once

#include "clients/ctl/ctl.h"

// Those that 13 names; NULL where one is not given.
struct materials_named {
    const char *form;
    const char *profile;
    const char *report;
};

// What `--help` says of the options and words by which they are named.
#define MATERIALS_HELP                                                                             \
    "  --form FILE          申报表 / the application form\n"                                    \
    "  --profile FILE       组织简介 / the organisation profile\n"                             \
    "  --report FILE        自我评价报告 / the self-evaluation report\n"                     \
    "  ISSUER=FILE          证明材料，前面写出具部门 / a proof, behind who issued it\n"

enum { MATERIALS_MAX = 1000 };

struct materials {
    size_t count;
    Award__Material **list;
};

// Reads, counts and digests those that are named, then the proofs "ISSUER=FILE", in the arena.
// Returns what the command ends with; what is wrong has been said.
int materials_read(struct ctl *ctl, const struct materials_named *named, int count, char **words,
                   struct materials *found);

// Shows what was found in the files; nothing under JSON and CSV.
void materials_show(struct ctl *ctl, const struct materials *found);
