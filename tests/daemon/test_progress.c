// What takes long says how far it is, once a second; what is short says nothing.
#include "daemon/progress.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>
#include <string.h>

TestSuite(progress, .init = cr_redirect_stderr);

// As if so much time had gone by.
static void later(struct progress *progress, int64_t ms)
{
    progress->begun_ms -= ms;
    progress->said_ms -= ms;
}

static size_t said(char text[512])
{
    (void)fflush(stderr);
    size_t size = fread(text, 1, 511, cr_get_redirected_stderr());
    text[size] = '\0';
    return size;
}

Test(progress, of_what_takes_two_seconds_is_said_with_the_rate)
{
    char text[512];
    struct progress progress;
    progress_begin(&progress, "awardd rebuild", 4000);
    later(&progress, 2000);
    progress_at(&progress, 1000);
    cr_assert_gt(said(text), 0);
    // Some milliseconds may have gone by as well.
    cr_assert(strstr(text, "awardd rebuild: 1000/4000 ") == text, "%s", text);
    cr_assert(strstr(text, " 500 a second") != NULL || strstr(text, " 49") != NULL, "%s", text);
}

Test(progress, is_said_once_a_second_and_at_the_end)
{
    char text[512];
    struct progress progress;
    progress_begin(&progress, "awardd verify", 4000);
    later(&progress, 1000);
    progress_at(&progress, 1000);
    progress_at(&progress, 2000);
    progress_end(&progress);
    cr_assert_gt(said(text), 0);
    cr_assert_not_null(strstr(text, "1000/4000"));
    cr_assert_null(strstr(text, "2000/4000"), "%s", text);
    cr_assert_not_null(strstr(text, "awardd verify: 4000 "), "%s", text);
}

Test(progress, of_what_is_over_in_a_second_is_not_said)
{
    char text[512];
    struct progress progress;
    progress_begin(&progress, "awardd verify", 4000);
    progress_at(&progress, 4000);
    progress_end(&progress);
    (void)fputs("nothing", stderr); // that there is something to read
    cr_assert_eq(said(text), strlen("nothing"), "%s", text);
}
