// import_show - what an import would send, and what is wrong, row by row; its template
#pragma once

#include "clients/ctl/import.h"

void import_show(struct ctl *ctl, const struct import *import);

// CSV with a mark of UTF-8 at its beginning, so that spreadsheets open Chinese rightly: headings, a
// row that says what is needed, an example. For a kind with columns of a rulebook, `rulebook` names
// it; else NULL.
void import_template(struct ctl *ctl, const struct import_kind *kind,
                     const struct rulebook *rulebook);
