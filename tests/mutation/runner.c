// runner - the tests of a Criterion program one after the other, up to the first that fails
//
// Criterion starts its program anew for each test, which costs far more than the tests of the rules
// themselves. For scripts/mutate, which runs them all for every mutant, this file takes the place
// of its library: a test is a fork, and the first that fails or crashes is printed and ends the
// program with status 1. Arguments name the tests (suite/name) to run, in their order. Tests that
// expect a signal or an exit status are not for it.
//
// With COVERED=FILE in the environment, and rules compiled with -fsanitize-coverage=trace-pc, a
// line a test goes to the file: its name, how many microseconds it took, and the places it came by.
#include <criterion/criterion.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MEMORY_BYTES_MAX = 1024 * 1024 * 1024 };

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

// Places of the program text that the running test came by, a byte each, shared with its child;
// NULL where nobody asks.
static unsigned char *covered;
extern const char __executable_start[];
extern const char etext[];

void __sanitizer_cov_trace_pc(void)
{
    if (covered != NULL) {
        covered[(const char *)__builtin_return_address(0) - __executable_start] = 1;
    }
}

// Each in a child, for what a test leaves behind in its file's variables; fork alone is cheap.
static bool test_passes(const struct criterion_test *test)
{
    running = test;
    pid_t child = fork();
    if (child == 0) {
        // A mutant may go on for ever, or ask for all the memory there is.
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        (void)setrlimit(RLIMIT_AS, &(struct rlimit){MEMORY_BYTES_MAX, MEMORY_BYTES_MAX});
        running->test();
        _exit(0);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static bool test_noticed(const struct criterion_test *test)
{
    if (test_passes(test)) {
        return false;
    }
    (void)printf("%s\n", test->data->identifier_);
    return true;
}

static long long microseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int coverage_write(const char *path)
{
    size_t size = (size_t)(etext - __executable_start);
    FILE *file = fopen(path, "w");
    covered = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (file == NULL || covered == MAP_FAILED) {
        perror(path);
        return 2;
    }
    for (struct criterion_test **test = __start_cr_tst; test < __stop_cr_tst; test++) {
        if (*test == NULL) {
            continue;
        }
        memset(covered, 0, size);
        long long begin = microseconds();
        if (test_noticed(*test)) {
            return 1;
        }
        (void)fprintf(file, "%s %lld", (*test)->data->identifier_, microseconds() - begin);
        for (size_t place = 0; place < size; place++) {
            if (covered[place] != 0) {
                (void)fprintf(file, " %zx", place);
            }
        }
        (void)fputc('\n', file);
    }
    return fclose(file) == 0 ? 0 : 2;
}

static const struct criterion_test *test_named(const char *name)
{
    for (struct criterion_test **test = __start_cr_tst; test < __stop_cr_tst; test++) {
        if (*test != NULL && strcmp((*test)->data->identifier_, name) == 0) {
            return *test;
        }
    }
    (void)fprintf(stderr, "there is no test %s\n", name);
    exit(2);
}

int main(int argc, char **argv)
{
    const char *path = getenv("COVERED");
    if (path != NULL) {
        return coverage_write(path);
    }
    for (int i = 1; i < argc; i++) {
        if (test_noticed(test_named(argv[i]))) {
            return 1;
        }
    }
    return 0;
}
