// Tests of daemon_file and client_file: the configurations of the programs.
#include "mutation.h"

#include "common/limits.h"
#include "settings/client_file.h"
#include "settings/daemon_file.h"
#include "settings/file_keys.h"

#include <criterion/criterion.h>
#include <string.h>

static const char daemon_text[] = "data_directory: data\n"
                                  "client_endpoint: tcp://127.0.0.1:7401\n"
                                  "worker_endpoint: ipc://run/workers\n"
                                  "feed_endpoint: tcp://*:*\n"
                                  "server_key_file: /etc/keys/server.key\n"
                                  "log_level: warn\n"
                                  "overlay_megabytes: 64\n"
                                  "connections: 100\n"
                                  "connections_per_key: 10\n"
                                  "greetings: 20\n"
                                  "unread_bytes: 4194304\n"
                                  "waiting_bytes: 8388608\n"
                                  "queued_messages: 200\n"
                                  "turn_events: 32\n"
                                  "public_events_a_minute: 30\n"
                                  "task_seconds: 300\n"
                                  "lease_seconds: 5\n"
                                  "clock_behind_seconds: 60\n";

static const char client_text[] =
    "client_endpoint: tcp://[::1]:7401\n"
    "feed_endpoint: ipc:///run/feed\n"
    "server_public_key: \"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7\"\n"
    "keys_directory: keys\n"
    "default_principal: office\n";

static bool read_daemon(const char *text, size_t length, struct settings_error *error)
{
    static struct daemon_file file;
    return daemon_file_read(text, length, "/srv/award/awardd.yaml", &file, error);
}

static bool read_client(const char *text, size_t length, struct settings_error *error)
{
    static struct client_file file;
    return client_file_read(text, length, "/srv/award/awardctl.yaml", &file, error);
}

Test(daemon_file, relative_paths_are_taken_from_the_directory_of_the_file)
{
    static struct daemon_file file;
    struct settings_error error = {0};
    cr_assert(
        daemon_file_read(daemon_text, strlen(daemon_text), "/srv/award/awardd.yaml", &file, &error),
        "%zu:%zu %s", error.line, error.column, error.en);
    cr_assert_str_eq(file.data_directory, "/srv/award/data");
    cr_assert_str_eq(file.client_endpoint, "tcp://127.0.0.1:7401");
    cr_assert_str_eq(file.worker_endpoint, "ipc:///srv/award/run/workers");
    cr_assert_str_eq(file.feed_endpoint, "tcp://*:*");
    cr_assert_str_eq(file.server_key_file, "/etc/keys/server.key");
    cr_assert(file.log_level == LOG_WARN && file.lease_seconds == 5);
    cr_assert_eq(file.overlay_megabytes, 64);
    cr_assert(file.connections == 100 && file.connections_per_key == 10 && file.greetings == 20);
    cr_assert(file.unread_bytes == 4 << 20 && file.waiting_bytes == 8 << 20);
    cr_assert(file.queued_messages == 200 && file.turn_events == 32);
    cr_assert(file.public_events_a_minute == 30 && file.task_seconds == 300);
    cr_assert_eq(file.clock_behind_seconds, 60);
}

Test(daemon_file, what_may_be_left_out_has_defaults)
{
    static struct daemon_file file;
    struct settings_error error = {0};
    size_t length = (size_t)(strstr(daemon_text, "log_level") - daemon_text);
    cr_assert(daemon_file_read(daemon_text, length, "awardd.yaml", &file, &error), "%s", error.en);
    cr_assert(file.log_level == LOG_INFO && file.lease_seconds == 60);
    cr_assert_eq(file.overlay_megabytes, 256);
    cr_assert_eq(file.connections, LIMIT_CONNECTIONS);
    cr_assert_eq(file.connections_per_key, LIMIT_CONNECTIONS_PER_KEY);
    cr_assert_eq(file.greetings, LIMIT_GREETINGS);
    cr_assert_eq(file.unread_bytes, LIMIT_UNREAD_BYTES);
    cr_assert_eq(file.waiting_bytes, LIMIT_WAITING_BYTES);
    cr_assert_eq(file.queued_messages, LIMIT_QUEUED_MESSAGES);
    cr_assert_eq(file.turn_events, LIMIT_TURN_EVENTS);
    cr_assert(file.public_events_a_minute == 60 && file.task_seconds == 600);
    cr_assert_eq(file.clock_behind_seconds, 300);
    cr_assert_str_eq(file.data_directory, "./data");
}

// clang-format off
static const struct bad_file bad_daemon_files[] = {
    {"log_level: warn", "log_level: ^loud", "error, warn, info, debug", "one of error"},
    {"overlay_megabytes: 64", "overlay_megabytes: ^7", "8 至 16384", "from 8 to 16384"},
    {"unread_bytes: 4194304", "unread_bytes: ^4194303", "4194304 至", "from 4194304"},
    {"lease_seconds: 5", "lease_seconds: ^0", "1 至 3600", "from 1 to 3600"},
    {"clock_behind_seconds: 60", "clock_behind_seconds: ^0", "1 至 31622400", "from 1 to 31622400"},
    {"lease_seconds: 5", "^lease_second: 5", "是否应为“lease_seconds”", "did you mean `lease_seconds`"},
    {"tcp://*:*", "^tcp://*", "tcp://地址:端口", "tcp://host:port"},
    {"ipc://run/workers", "^ipc://a23456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345", "ipc://路径", "ipc://path"},
};
// clang-format on

Test(daemon_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_daemon_files) / sizeof(bad_daemon_files[0]); i++) {
        mutation_expect(daemon_text, &bad_daemon_files[i], read_daemon);
    }
}

Test(daemon_file, every_key_is_checked_for_garbage_misspelling_and_absence)
{
    mutation_walk(&daemon_keys, daemon_text, read_daemon);
}

Test(client_file, where_the_coordinator_is_and_whose_key_is_used_is_read)
{
    static struct client_file file;
    struct settings_error error = {0};
    cr_assert(client_file_read(client_text, strlen(client_text), "/a.yaml", &file, &error),
              "%zu:%zu %s", error.line, error.column, error.en);
    cr_assert_str_eq(file.client_endpoint, "tcp://[::1]:7401");
    cr_assert_str_eq(file.feed_endpoint, "ipc:///run/feed");
    cr_assert_eq(strlen(file.server_public_key), 40);
    cr_assert_str_eq(file.keys_directory, "/keys");
    cr_assert_str_eq(file.default_principal, "office");
}

// clang-format off
static const struct bad_file bad_client_files[] = {
    {"tcp://[::1]:7401", "^tcp://[::1]:*", "tcp://地址:端口", "tcp://host:port or"},
    {"\"rq:rM", "^\"", "40 至 40", "40 to 40"},
    {"default_principal: office", "default_principal: ^Office", "只用", "characters of"},
};
// clang-format on

Test(client_file, wrong_values_are_found_at_their_line_and_column)
{
    for (size_t i = 0; i < sizeof(bad_client_files) / sizeof(bad_client_files[0]); i++) {
        mutation_expect(client_text, &bad_client_files[i], read_client);
    }
}

Test(client_file, every_key_is_checked_for_garbage_misspelling_and_absence)
{
    mutation_walk(&client_keys, client_text, read_client);
}
