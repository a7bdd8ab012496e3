// failing - the calls of LMDB and of the system that the store makes, one of which fails
//
// The linker puts these before the true ones (CMakeLists.txt). Calls that LMDB makes in itself are
// not seen.
#pragma once

#include <stdbool.h>

enum failing {
    FAILS_ONCE,  // this call alone
    FAILS_ON,    // this one and all that follow
    FAILS_DONE,  // this call alone, a commit, which is done all the same
    FAILS_SHORT, // this call alone, a commit of which a write stopped short: no errno says why
};

// From now on the call of this number, from 1 on, fails with a code of LMDB or of the system.
void failing_begin(enum failing failing, unsigned number, int code);

// All succeed again; whether one has failed.
bool failing_end(void);
