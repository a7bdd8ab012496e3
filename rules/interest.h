// interest - conflicts of interest: who must not review which enterprise (8, policy)
#pragma once

#include "rules/deciding.h"

// What a reviewer has to do with an enterprise.
struct interest {
    const char *zh;                // "任职于该企业"
    const char *en;                // "works there"
    const Award__Enterprise *with; // the enterprise itself, or one that it came from or became
};

// Whether the reviewer works there, is related to it, or is of its district. What he has to do with
// a predecessor or successor counts as well (decision 27).
bool interest_find(struct deciding *d, const Award__ReviewerAdded *reviewer,
                   const Award__Enterprise *enterprise, struct interest *found);

// The same for a person of the pool; rejects (false) and says which it is.
bool interest_check(struct deciding *d, const char *person, const char *enterprise_code);
