// letters - the templates that a command line names, and where they lie
#pragma once

#include "clients/ctl/ctl.h"
#include "letters/templates.h"

// Those of the office and the bundled ones: `own` is what --templates says; NULL: `templates` in
// the directory of awardctl.yaml, where there is one. NULL when it has said what is wrong.
const struct templates *letters_read(struct ctl *ctl, const char *own);

// False when it has said that there is no such message, and which may be meant.
bool letters_choose(const char *name, Award__Template__Name *number);

// Whose file it is.
const char *letters_whose(const struct template *form);
