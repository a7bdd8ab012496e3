// A program of the system is run to its end, and ended where it passes a bound.
#include "clients/ctl/child.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static int nothing;
static const char *output;
static size_t length;

static void setup(void)
{
    arena = arena_create();
    nothing = open("/dev/null", O_RDONLY);
}

static void teardown(void)
{
    (void)close(nothing);
    arena_destroy(arena);
}

TestSuite(child, .init = setup, .fini = teardown);

static enum child_end run(const char *const *words, size_t bytes_max, uint32_t milliseconds)
{
    const struct child child = {words, nothing, bytes_max, milliseconds};
    return child_run(&child, arena, &output, &length);
}

Test(child, that_ends_well_gives_its_output)
{
    const char *const words[] = {"printf", "%s", "$(id) ;\"质量", NULL}; // no shell reads it
    cr_assert_eq(run(words, 100, 60000), CHILD_DONE);
    cr_assert_eq(length, strlen("$(id) ;\"质量"));
    cr_assert_arr_eq(output, "$(id) ;\"质量", length);
}

Test(child, that_there_is_not_is_absent)
{
    const char *const words[] = {"award-no-such-program", NULL};
    cr_assert_eq(run(words, 100, 60000), CHILD_ABSENT);
}

Test(child, that_fails_is_told)
{
    const char *const words[] = {"false", NULL};
    cr_assert_eq(run(words, 100, 60000), CHILD_FAILED);
}

Test(child, that_writes_without_end_is_ended)
{
    const char *const words[] = {"yes", NULL};
    cr_assert_eq(run(words, 100000, 60000), CHILD_TOO_MUCH);
}

Test(child, that_does_not_end_is_ended)
{
    const char *const words[] = {"sleep", "600", NULL};
    cr_assert_eq(run(words, 100, 50), CHILD_TOO_LONG);
}
