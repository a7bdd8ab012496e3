// Tests of a worker's command line, and of what it takes from awardctl's configuration.
#include "workers/worker.h"

#include "common/bus.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *spool = "here";

static bool init_refuse(void *context, struct arena *arena, const char **reason)
{
    (void)context;
    *reason = arena_format(arena, "no folder %s", spool);
    return false;
}

static bool work_never(void *context, const Award__TaskOrder *order, struct arena *arena,
                       Award__Event *answer, const char **reason)
{
    (void)context, (void)order, (void)arena, (void)answer, (void)reason;
    return false;
}

static const struct worker_option OWN[] = {
    {"spool", "DIR", "信件目录", "where messages go", &spool},
    {NULL,    NULL,  NULL,           NULL,                NULL  },
};

static int run(const char *first, const char *second, const char *third)
{
    static const struct worker worker = {.name = "award-test",
                                         .principal = "worker-test",
                                         .zh = "测试",
                                         .en = "test",
                                         .capacity = 1,
                                         .options = OWN,
                                         .init = init_refuse,
                                         .handle = work_never};
    optind = 0; // getopt begins anew
    char texts[4][256];
    const char *given[] = {"award-test", first, second, third};
    char *arguments[5] = {NULL};
    int count = 0;
    for (int i = 0; i < 4 && given[i] != NULL; i++) {
        (void)snprintf(texts[i], sizeof(texts[i]), "%s", given[i]);
        arguments[count++] = texts[i];
    }
    return worker_main(count, arguments, &worker);
}

Test(worker_main, help_and_version_are_shown, .init = cr_redirect_stdout)
{
    cr_assert_eq(run("--help", NULL, NULL), 0);
    (void)fflush(stdout);
    char text[4096] = "";
    FILE *out = cr_get_redirected_stdout();
    size_t size = fread(text, 1, sizeof(text) - 1, out);
    text[size] = '\0';
    cr_assert(strstr(text, "--spool DIR") != NULL, "%s", text);
    cr_assert(strstr(text, "--server-key") != NULL, "%s", text);
}

Test(worker_main, a_wrong_command_line_is_status_2, .init = cr_redirect_stderr)
{
    cr_assert_eq(run("--endpoint=tcp://127.0.0.1:1", NULL, NULL), 2);
    cr_assert_eq(run("--colour=red", NULL, NULL), 2);
    cr_assert_eq(run("--log-level=loud", NULL, NULL), 2);
    cr_assert_eq(run("--log-format=xml", NULL, NULL), 2);
    cr_assert_eq(run("extra", NULL, NULL), 2);
}

Test(worker_main, a_key_file_that_is_missing_is_status_1, .init = cr_redirect_stderr)
{
    struct bus_keys keys;
    char server_key[128];
    cr_assert(bus_keys_generate(&keys));
    (void)snprintf(server_key, sizeof(server_key), "--server-key=%s", keys.public_key);
    cr_assert_eq(run("--endpoint=tcp://127.0.0.1:1", server_key, "--key=/none/such"), 1);
}

// ---- What a worker takes from awardctl's configuration

static char office[] = "/tmp/worker-XXXXXX";
static char option[128];

static void config_write(const char *more)
{
    struct bus_keys keys;
    char path[64];
    cr_assert(mkdtemp(office) != NULL);
    cr_assert(bus_keys_generate(&keys));
    (void)snprintf(path, sizeof(path), "%s/awardctl.yaml", office);
    (void)snprintf(option, sizeof(option), "--config=%s", path);
    FILE *file = fopen(path, "w");
    cr_assert(file != NULL);
    (void)fprintf(file,
                  "client_endpoint: ipc://a\nfeed_endpoint: ipc://b\nkeys_directory: keys\n"
                  "server_public_key: \"%s\"\n%s",
                  keys.public_key, more);
    cr_assert(fclose(file) == 0);
}

static void config_remove(void)
{
    char path[64];
    (void)snprintf(path, sizeof(path), "%s/awardctl.yaml", office);
    (void)unlink(path);
    cr_assert(rmdir(office) == 0);
}

static void log_holds(const char *words)
{
    (void)fflush(stderr);
    char text[4096] = "";
    size_t size = fread(text, 1, sizeof(text) - 1, cr_get_redirected_stderr());
    text[size] = '\0';
    cr_assert(strstr(text, words) != NULL, "%s", text);
}

Test(worker_main, its_key_is_the_one_of_its_name_in_the_directory_of_keys,
     .init = cr_redirect_stderr, .fini = config_remove)
{
    config_write("worker_endpoint: ipc://c\n");
    cr_assert_eq(run(option, NULL, NULL), 1);
    log_holds("keys/worker-test.key");
}

Test(worker_main, another_name_is_another_key, .init = cr_redirect_stderr, .fini = config_remove)
{
    config_write("worker_endpoint: ipc://c\n");
    cr_assert_eq(run(option, "--name=worker-two", NULL), 1);
    log_holds("keys/worker-two.key");
}

Test(worker_main, a_configuration_without_their_endpoint_says_so, .init = cr_redirect_stderr,
     .fini = config_remove)
{
    config_write("");
    cr_assert_eq(run(option, NULL, NULL), 1);
    log_holds("worker_endpoint");
}
