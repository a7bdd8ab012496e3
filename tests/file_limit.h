// file_limit - files that may not grow beyond a size: a full disk for one process
#pragma once

#include <criterion/criterion.h>
#include <signal.h>
#include <sys/resource.h>

// From now on; RLIM_INFINITY ends it. Whoever writes beyond is told and not ended.
static inline void file_limit(rlim_t bytes)
{
    struct rlimit limit;
    cr_assert_neq(signal(SIGXFSZ, SIG_IGN), SIG_ERR);
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}
