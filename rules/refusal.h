// refusal - reasons that are kept on a case, and the letter that tells them to the enterprise
#pragma once

#include "rules/deciding.h"

// Adds the reasons to the case and to the decision.
void reasons_keep(struct deciding *d, Award__Case *c, size_t n_reasons,
                  Award__Reason *const *reasons);

// Sends the enterprise the reasons that stand on the case: `application_refused` or `ineligible`.
// Facts: enterprise (its name), cycle, case, reasons and reasons_en (a line each), first_day (empty
// where no reason is dated). The case must have been put.
void refusal_tell(struct deciding *d, Award__Template__Name template_name, const Award__Case *c);
