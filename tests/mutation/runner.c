// runner - the tests of a Criterion program one after the other, up to the first that fails
//
// Criterion starts its program anew for each test, which costs far more than the tests of the rules
// themselves. For scripts/mutate, which runs them all for every mutant, this file takes the place
// of its library: a test is a fork, and the first that fails or crashes is printed and ends the
// program with status 1. Arguments name tests (suite/name) to begin with. Tests that expect a
// signal or an exit status are not for it.
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// The linker's names for the two sections in which Criterion's macros collect tests and suites.
extern struct criterion_test *__start_cr_tst[];
extern struct criterion_test *__stop_cr_tst[];
extern struct criterion_suite *__start_cr_sts[];
extern struct criterion_suite *__stop_cr_sts[];

struct criterion_options criterion_options;

static const struct criterion_test *running;

static const struct criterion_test_extra_data *suite_data(const char *name)
{
    for (struct criterion_suite **suite = __start_cr_sts; suite < __stop_cr_sts; suite++) {
        if (*suite != NULL && strcmp((*suite)->name, name) == 0) {
            return (*suite)->data;
        }
    }
    return NULL;
}

void criterion_internal_test_setup(void)
{
    const struct criterion_test_extra_data *suite = suite_data(running->category);
    if (suite != NULL && suite->init != NULL) {
        suite->init();
    }
    if (running->data->init != NULL) {
        running->data->init();
    }
}

void criterion_internal_test_main(void (*fn)(void))
{
    fn();
}

void criterion_internal_test_teardown(void)
{
    const struct criterion_test_extra_data *suite = suite_data(running->category);
    if (running->data->fini != NULL) {
        running->data->fini();
    }
    if (suite != NULL && suite->fini != NULL) {
        suite->fini();
    }
}

void criterion_abort_test(void)
{
    _exit(1);
}

void criterion_continue_test(void)
{
    criterion_abort_test();
}

void criterion_send_assert(struct criterion_assert_stats *stats)
{
    if (!stats->passed) {
        (void)fprintf(stderr, "%s:%u: %s\n", stats->file, stats->line,
                      stats->message != NULL ? stats->message : "");
        criterion_abort_test();
    }
}

void cri_asserts_passed_incr(void)
{
}

// The sentence of a failed assertion; how it would read matters to nobody here.
char *cr_translate_assert_msg(int msg_index, ...)
{
    (void)msg_index;
    return strdup("");
}

int cr_asprintf(char **strp, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int length = vasprintf(strp, fmt, args);
    va_end(args);
    return length;
}

void cr_asprintf_free(char *strp)
{
    free(strp);
}

// Each in a child, for what a test leaves behind in its file's variables; fork alone is cheap.
static bool test_passes(void)
{
    pid_t child = fork();
    if (child == 0) {
        running->test();
        _exit(0);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static bool named(const struct criterion_test *test, int count, char **names)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], test->data->identifier_) == 0) {
            return true;
        }
    }
    return false;
}

// Those that are named among the arguments, or all others.
static bool tests_pass(bool first, int count, char **names)
{
    for (struct criterion_test **test = __start_cr_tst; test < __stop_cr_tst; test++) {
        running = *test;
        if (running != NULL && named(running, count, names) == first && !test_passes()) {
            (void)printf("%s/%s\n", running->category, running->name);
            return false;
        }
    }
    return true;
}

int main(int argc, char **argv)
{
    return tests_pass(true, argc, argv) && tests_pass(false, argc, argv) ? 0 : 1;
}
