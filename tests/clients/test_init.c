// Tests of what `awardctl init` writes: where things lie, and the texts of the two configurations.
#include "clients/ctl/init.h"
#include "settings/daemon_file.h"

#include <criterion/criterion.h>
#include <string.h>

static struct ctl ctl;

static void begin(void)
{
    ctl = (struct ctl){.arena = arena_create()};
}

static void end(void)
{
    arena_destroy(ctl.arena);
}

TestSuite(init, .init = begin, .fini = end);

static struct daemon_file daemon_of(const struct init *init, const struct init_place *place)
{
    struct daemon_file file;
    struct settings_error error = {0};
    const char *text = init_daemon_text(&ctl, init, place);
    cr_assert(daemon_file_read(text, strlen(text), place->daemon_config, &file, &error), "%s",
              error.en);
    return file;
}

static struct client_file client_of(const struct init *init, const struct init_place *place)
{
    static const char key[] = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    struct client_file file;
    struct settings_error error = {0};
    const char *text = init_client_text(&ctl, init, place, key);
    cr_assert(client_file_read(text, strlen(text), place->client_config, &file, &error), "%s",
              error.en);
    return file;
}

Test(init, a_directory_of_ones_own_holds_everything)
{
    const struct init init = {0};
    const struct init_place place = init_place_of(&ctl, "/srv/award/");
    cr_assert_not(place.service);
    cr_assert_str_eq(place.directory, "/srv/award");
    cr_assert_str_eq(place.data, "/srv/award/data");
    struct daemon_file file = daemon_of(&init, &place);
    cr_assert_str_eq(file.data_directory, place.data);
    cr_assert_str_eq(file.server_key_file, place.server_key);
    cr_assert_str_eq(file.client_endpoint, "ipc:///srv/award/run/clients.sock");
    cr_assert_str_eq(file.worker_endpoint, "ipc:///srv/award/run/workers.sock");
    cr_assert_str_eq(client_of(&init, &place).feed_endpoint, "ipc:///srv/award/run/feed.sock");
}

Test(init, etc_awardd_is_that_of_a_service)
{
    const struct init init = {0};
    static const char *const written[] = {"/etc/awardd", "/etc/awardd/", "/etc/awardd//"};
    for (size_t i = 0; i < sizeof(written) / sizeof(written[0]); i++) {
        const struct init_place place = init_place_of(&ctl, written[i]);
        cr_assert(place.service, "%s", written[i]);
        struct daemon_file file = daemon_of(&init, &place);
        cr_assert_str_eq(file.data_directory, "/var/lib/awardd");
        cr_assert_str_eq(file.server_key_file, "/etc/awardd/server.key");
        cr_assert_str_eq(file.feed_endpoint, "ipc:///run/awardd/feed.sock");
        struct client_file client = client_of(&init, &place);
        cr_assert_str_eq(client.client_endpoint, "ipc:///run/awardd/clients.sock");
        cr_assert_str_eq(client.keys_directory, "/etc/awardd/keys");
    }
    cr_assert_not(init_place_of(&ctl, "/etc/awardd2").service);
    cr_assert_not(init_place_of(&ctl, "etc/awardd").service);
    cr_assert_str_eq(init_place_of(&ctl, "/").directory, "/");
}

Test(init, three_ports_are_used_from_the_one_that_is_given_on)
{
    const struct init init = {.listen = "tcp://127.0.0.1:7400"};
    const struct init_place place = init_place_of(&ctl, "/etc/awardd");
    struct daemon_file file = daemon_of(&init, &place);
    cr_assert_str_eq(file.client_endpoint, "tcp://127.0.0.1:7400");
    cr_assert_str_eq(file.worker_endpoint, "tcp://127.0.0.1:7401");
    cr_assert_str_eq(file.feed_endpoint, "tcp://127.0.0.1:7402");
    cr_assert_str_eq(client_of(&init, &place).client_endpoint, "tcp://127.0.0.1:7400");
}
