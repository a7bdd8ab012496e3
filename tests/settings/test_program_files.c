// Tests of daemon_file and client_file: the configurations of the programs.
#include "mutation.h"

#include "common/limits.h"
#include "common/text.h"
#include "settings/client_file.h"
#include "settings/daemon_file.h"
#include "settings/daemon_file_text.h"
#include "settings/file_keys.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static const char daemon_text[] = "data_directory: data\n"
                                  "client_endpoint: tcp://127.0.0.1:7401\n"
                                  "worker_endpoint: ipc://run/workers\n"
                                  "feed_endpoint: tcp://*:*\n"
                                  "server_key_file: /etc/keys/server.key\n"
                                  "metrics_endpoint: tcp://127.0.0.1:9464\n"
                                  "metrics_from: host\n"
                                  "log_level: warn\n"
                                  "log_format: json\n"
                                  "overlay_megabytes: 64\n"
                                  "connections: 100\n"
                                  "connections_per_key: 10\n"
                                  "greetings: 20\n"
                                  "unread_bytes: 4194304\n"
                                  "waiting_bytes: 8388608\n"
                                  "queued_messages: 200\n"
                                  "turn_events: 32\n"
                                  "public_events_a_minute: 30\n"
                                  "long_queries: 12\n"
                                  "task_seconds: 300\n"
                                  "lease_seconds: 5\n"
                                  "trace_events: 4096\n"
                                  "clock_behind_seconds: 60\n";

static const char client_text[] =
    "client_endpoint: tcp://[::1]:7401\n"
    "feed_endpoint: ipc:///run/feed\n"
    "worker_endpoint: ipc://run/workers\n"
    "worker_log_level: debug\n"
    "worker_log_format: json\n"
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
    cr_assert_str_eq(file.metrics_endpoint, "tcp://127.0.0.1:9464");
    cr_assert_eq(file.metrics_from, METRICS_FROM_HOST);
    cr_assert(file.log_level == LOG_WARN && file.lease_seconds == 5);
    cr_assert_eq(file.overlay_megabytes, 64);
    cr_assert(file.connections == 100 && file.connections_per_key == 10 && file.greetings == 20);
    cr_assert(file.unread_bytes == 4 << 20 && file.waiting_bytes == 8 << 20);
    cr_assert(file.queued_messages == 200 && file.turn_events == 32);
    cr_assert(file.public_events_a_minute == 30 && file.task_seconds == 300);
    cr_assert_eq(file.long_queries, 12);
    cr_assert_eq(file.clock_behind_seconds, 60);
}

// Who asks what is in force was started in another directory.
Test(daemon_file, paths_are_from_the_root_however_the_file_was_named)
{
    static const char *const names[][2] = {
        {"awardd.yaml",       "/tmp/data"      },
        {"award/awardd.yaml", "/tmp/award/data"},
        {"/srv/awardd.yaml",  "/srv/data"      },
        {"/awardd.yaml",      "/data"          },
    };
    static struct daemon_file file;
    struct settings_error error = {0};
    cr_assert_eq(chdir("/tmp"), 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        cr_assert(daemon_file_read(daemon_text, strlen(daemon_text), names[i][0], &file, &error));
        cr_expect_str_eq(file.data_directory, names[i][1]);
        cr_expect_eq(file.path[0], '/');
        cr_expect_str_eq(strrchr(file.path, '/'), "/awardd.yaml");
    }
    cr_assert_eq(chdir("/"), 0);
    cr_assert(daemon_file_read(daemon_text, strlen(daemon_text), "srv/awardd.yaml", &file, &error));
    cr_expect_str_eq(file.data_directory, "/srv/data");
    cr_assert(daemon_file_read(daemon_text, strlen(daemon_text), "awardd.yaml", &file, &error));
    cr_expect_str_eq(file.data_directory, "/data");
}

Test(daemon_file, what_may_be_left_out_has_defaults)
{
    static struct daemon_file file;
    struct settings_error error = {0};
    size_t length = (size_t)(strstr(daemon_text, "metrics_endpoint") - daemon_text);
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
    cr_assert_eq(file.long_queries, LIMIT_LONG_QUERIES);
    cr_assert_eq(file.clock_behind_seconds, 300);
    cr_assert_str_eq(strrchr(file.data_directory, '/'), "/data");
    cr_assert_str_eq(file.metrics_endpoint, "", "nobody listens for who asks");
    cr_assert_eq(file.metrics_from, METRICS_FROM_HOST);
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
    {"tcp://127.0.0.1:9464", "^tcp://10.0.0.1:9464", "metrics_from: anywhere", "no address of this machine alone"},
    {"tcp://127.0.0.1:9464", "^tcp://127.0.example.cn:9464", "metrics_from: anywhere", "no address of this machine alone"},
    {"tcp://127.0.0.1:9464", "^tcp://*:9464", "metrics_from: anywhere", "no address of this machine alone"},
    {"tcp://127.0.0.1:9464", "^ipc://run/metrics", "端口），或 \"\"", "any port), or \"\""},
    {"tcp://127.0.0.1:9464", "^\"tcp://127.0.0.1\"", "，或 \"\"", ", or \"\""},
    {"ipc://run/workers", "^ipc://a23456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345", "ipc://路径（全路径至多 107 字节）", "ipc://path (the whole path of 107 bytes at most)"},
    {"ipc://run/workers", "^tcp://127.0.0.1:7401", "“worker_endpoint”与“client_endpoint”是同一处", "`worker_endpoint` is the same place as `client_endpoint`"},
    {"tcp://127.0.0.1:9464", "^tcp://127.0.0.1:7401", "“metrics_endpoint”与“client_endpoint”", "the same place as `client_endpoint`"},
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

// ---- Where a value is from, and what another reading changes

static struct daemon_file daemon_of(const char *text)
{
    struct daemon_file file;
    struct settings_error error = {0};
    cr_assert(daemon_file_read(text, strlen(text), "/srv/award/awardd.yaml", &file, &error), "%s",
              error.en);
    return file;
}

static size_t row_of(const char *path)
{
    size_t row = 0;
    while (strcmp(daemon_keys.rows[row].path, path) != 0) {
        row++;
        cr_assert_lt(row, daemon_keys.rows_count, "no key %s", path);
    }
    return row;
}

static const char *replaced(const char *from, const char *to, struct arena *arena)
{
    size_t line;
    size_t column;
    return mutation_replace(daemon_text, from, to, arena, &line, &column);
}

Test(daemon_file, each_key_knows_its_line_and_a_default_that_it_is_one)
{
    struct daemon_file file = daemon_of(daemon_text);
    cr_assert_str_eq(file.path, "/srv/award/awardd.yaml");
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        cr_assert_eq(file.lines[row], row, "%s: %u", daemon_keys.rows[row].path, file.lines[row]);
    }
    struct arena *arena = arena_create();
    file = daemon_of(replaced("greetings: 20\n", "^", arena));
    cr_assert_eq(file.lines[row_of("greetings")], 0);
    cr_assert_eq(file.lines[row_of("unread_bytes")], 13);
    arena_destroy(arena);
}

Test(daemon_file, a_value_is_told_as_it_would_be_written)
{
    struct arena *arena = arena_create();
    struct daemon_file file = daemon_of(daemon_text);
    const char *text = "";
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        const struct key *key = &daemon_keys.rows[row];
        text = arena_format(arena, "%s%s: %s\n", text, key->path,
                            daemon_file_value(&file, key, arena));
    }
    struct daemon_file again = daemon_of(text);
    struct daemon_change *changes;
    cr_assert_eq(daemon_file_compare(&file, &again, arena, &changes), 0);
    cr_assert_str_eq(daemon_file_value(&file, &daemon_keys.rows[row_of("log_level")], arena),
                     "warn");
    cr_assert_str_eq(daemon_file_value(&file, &daemon_keys.rows[row_of("data_directory")], arena),
                     "/srv/award/data");
    arena_destroy(arena);
}

Test(daemon_file, every_key_that_another_reading_has_otherwise_is_listed_with_both_values)
{
    static const struct {
        const char *from;
        const char *to;
        const char *key;
        const char *before;
        const char *after;
        bool reloads;
    } cases[] = {
        {"level: warn",        "level: ^debug",       "log_level",            "warn",            "debug",          true },
        {"format: json",       "format: ^text",       "log_format",           "json",            "text",           true },
        {"greetings: 20",      "greetings: ^21",      "greetings",            "20",              "21",             true },
        {"seconds: 300",       "seconds: ^301",       "task_seconds",         "300",             "301",            true },
        {"behind_seconds: 60", "behind_seconds: ^61", "clock_behind_seconds", "60",              "61",             true },
        {"turn_events: 32",    "turn_events: ^33",    "turn_events",          "32",              "33",             true },
        {"lease_seconds: 5",   "lease_seconds: ^6",   "lease_seconds",        "5",               "6",              true },
        {"ing_bytes: 8388608", "ing_bytes: ^9000000", "waiting_bytes",        "8388608",         "9000000",        true },
        {"messages: 200",      "messages: ^201",      "queued_messages",      "200",             "201",            false},
        {"y: data\n",          "y: ^dat\n",           "data_directory",       "/srv/award/data", "/srv/award/dat", false},
        {"tcp://*:*",          "^tcp://*:1",          "feed_endpoint",        "tcp://*:*",       "tcp://*:1",      false},
    };
    struct arena *arena = arena_create();
    struct daemon_file running = daemon_of(daemon_text);
    struct daemon_change *changes;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct daemon_file read = daemon_of(replaced(cases[i].from, cases[i].to, arena));
        cr_assert_eq(daemon_file_compare(&running, &read, arena, &changes), 1, "%s", cases[i].key);
        cr_assert_str_eq(changes[0].key->path, cases[i].key);
        cr_assert_str_eq(changes[0].from, cases[i].before);
        cr_assert_str_eq(changes[0].to, cases[i].after);
        cr_assert_eq(changes[0].key->reloads, cases[i].reloads, "%s", cases[i].key);
    }
    arena_destroy(arena);
}

Test(daemon_file, a_reload_takes_over_what_it_can_and_marks_what_waits_for_a_restart)
{
    struct arena *arena = arena_create();
    struct daemon_file running = daemon_of(daemon_text);
    const struct daemon_file first = running;
    const char *text =
        arena_format(arena, "# a line more\n%s",
                     replaced("queued_messages: 200\n", "^queued_messages: 201\n", arena));
    text = arena_format(arena, "%.*sgreetings: 30\n%s", (int)(strstr(text, "greetings") - text),
                        text, strstr(text, "unread_bytes"));
    struct daemon_file read = daemon_of(text);
    daemon_file_reload(&running, &read);
    cr_assert_eq(running.greetings, 30);
    cr_assert_eq(running.queued_messages, 200);
    cr_assert_eq(running.lines[row_of("greetings")], first.lines[row_of("greetings")] + 1);
    cr_assert_eq(running.lines[row_of("queued_messages")], first.lines[row_of("queued_messages")]);
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        cr_assert_eq(running.waits[row], row == row_of("queued_messages"), "%s",
                     daemon_keys.rows[row].path);
    }
    daemon_file_reload(&running, &first); // the file has been put back
    cr_assert_eq(memcmp(&running, &first, sizeof(running)), 0);
    arena_destroy(arena);
}

Test(daemon_file, all_that_is_wrong_is_found_in_one_reading)
{
    static const char text[] = "data_directory: data\n"
                               "client_endpoint: tcp://127.0.0.1\n"
                               "worker_endpoint: [ipc://run/workers]\n"
                               "server_key_file: server.key\n"
                               "log_level: loud\n"
                               "lease_seconds: {now: 5}\n";
    static const struct {
        size_t line;
        const char *en;
    } expected[] = {
        {2, "`client_endpoint`"                 },
        {3, "here it is a list"                 },
        {5, "one of error"                      },
        {6, "here it is a map"                  },
        {1, "the key `feed_endpoint` is missing"},
    };
    static struct settings_errors errors;
    static struct daemon_file file;
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, sizeof(expected) / sizeof(expected[0]), "%zu", errors.count);
    for (size_t i = 0; i < errors.count; i++) {
        cr_assert_eq(errors.list[i].line, expected[i].line, "%zu: %s", errors.list[i].line,
                     errors.list[i].en);
        cr_assert_not_null(strstr(errors.list[i].en, expected[i].en), "%s", errors.list[i].en);
    }
    cr_assert(daemon_file_check(daemon_text, strlen(daemon_text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, 0);
}

Test(daemon_file, what_is_right_alone_and_wrong_together_is_told_once)
{
    struct arena *arena = arena_create();
    static struct settings_errors errors;
    static struct daemon_file file;
    const char *text = replaced("tcp://127.0.0.1:9464", "^tcp://10.0.0.1:9464", arena);
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, 1);
    cr_assert_eq(errors.list[0].line, 6);
    cr_assert_not_null(strstr(errors.list[0].en, "metrics_from: anywhere"));
    text = arena_format(arena, "%s\nlog_level: info\n", text);
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, 1, "the key that is twice, and that alone");
    text = replaced("tcp://127.0.0.1:9464\nmetrics_from: host",
                    "^tcp://10.0.0.1:9464\nmetrics_from: anywhere", arena);
    cr_assert(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(file.metrics_from, METRICS_FROM_ANYWHERE);
    arena_destroy(arena);
}

Test(daemon_file, a_mistyped_key_is_not_said_to_be_missing_too)
{
    struct arena *arena = arena_create();
    static struct settings_errors errors;
    static struct daemon_file file;
    const char *text = replaced("data_directory: data", "^data_directry: data", arena);
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, 1);
    cr_assert_not_null(strstr(errors.list[0].en, "did you mean `data_directory`"));
    arena_destroy(arena);
}

Test(daemon_file, no_more_is_looked_for_than_can_be_told)
{
    struct arena *arena = arena_create();
    static struct settings_errors errors;
    static struct daemon_file file;
    const char *text = daemon_text;
    for (int i = 0; i <= SETTINGS_ERRORS_MAX; i++) {
        text = arena_format(arena, "%sx%d: 1\n", text, i);
    }
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert_eq(errors.count, SETTINGS_ERRORS_MAX);
    text = "data_directory: *nowhere\n";
    cr_assert_not(daemon_file_check(text, strlen(text), "awardd.yaml", &file, &errors));
    cr_assert(errors.count == 1 && errors.list[0].line == 1);
    arena_destroy(arena);
}

// ---- The file as it is written

static const struct daemon_file_entry entries[] = {
    {"data_directory",  "data"                },
    {"client_endpoint", "ipc://run/c.sock"    },
    {"worker_endpoint", "ipc://run/w.sock"    },
    {"feed_endpoint",   "tcp://127.0.0.1:7403"},
    {"server_key_file", "server.key"          },
    {NULL,              NULL                  },
};

// Takes away the `#` of every line "#key: value"; returns how many there were.
static size_t uncomment(char *text)
{
    size_t count = 0;
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        bool begins = from == text || from[-1] == '\n';
        bool key = begins && from[0] == '#' && from[1] >= 'a' && from[1] <= 'z';
        count += key ? 1 : 0;
        if (!key) {
            *to++ = *from;
        }
    }
    *to = '\0';
    return count;
}

Test(daemon_file_text, what_must_be_set_is_set_and_the_rest_has_its_defaults)
{
    struct arena *arena = arena_create();
    const char *text = daemon_file_text(entries, arena);
    struct daemon_file file = daemon_of(text);
    cr_assert_str_eq(file.data_directory, "/srv/award/data");
    cr_assert_str_eq(file.feed_endpoint, "tcp://127.0.0.1:7403");
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        cr_assert_eq(file.lines[row] > 0, daemon_keys.rows[row].standard == NULL, "%s",
                     daemon_keys.rows[row].path);
    }
    arena_destroy(arena);
}

Test(daemon_file_text, without_its_comment_signs_it_says_the_same)
{
    struct arena *arena = arena_create();
    char *text = arena_string(arena, daemon_file_text(entries, arena));
    struct daemon_file before = daemon_of(text);
    size_t defaults = 0;
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        defaults += daemon_keys.rows[row].standard != NULL ? 1 : 0;
    }
    cr_assert_eq(uncomment(text), defaults);
    struct daemon_file after = daemon_of(text);
    struct daemon_change *changes;
    cr_assert_eq(daemon_file_compare(&before, &after, arena, &changes), 0);
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        cr_assert_gt(after.lines[row], 0, "%s", daemon_keys.rows[row].path);
    }
    arena_destroy(arena);
}

// Without blanks, and without what stands where a comment goes on in the next line.
static const char *joined(const char *text, struct arena *arena)
{
    static const char goes_on[] = "\n#   ";
    char *out = arena_alloc(arena, strlen(text) + 1);
    size_t size = 0;
    for (; *text != '\0'; text++) {
        if (strncmp(text, goes_on, strlen(goes_on)) == 0) {
            text += strlen(goes_on) - 1;
        } else if (*text != ' ') {
            out[size++] = *text;
        }
    }
    out[size] = '\0';
    return out;
}

Test(daemon_file_text, each_key_has_its_meaning_and_range_in_both_languages)
{
    struct arena *arena = arena_create();
    const char *text = joined(daemon_file_text(entries, arena), arena);
    for (size_t row = 1; row < daemon_keys.rows_count; row++) {
        const struct key *key = &daemon_keys.rows[row];
        const char *zh = arena_format(arena, "\n# %s：%s", key->zh, key_expectation_zh(key, arena));
        const char *en = arena_format(arena, "\n# %s: %s", key->en, key_expectation_en(key, arena));
        cr_assert_not_null(strstr(text, joined(zh, arena)), "%s", zh);
        cr_assert_not_null(strstr(text, joined(en, arena)), "%s", en);
    }
    cr_assert_not_null(strstr(text, ";default1024;areloadappliesit\n#connections:1024\n"));
    cr_assert_not_null(strstr(text, "；默认4096；重启后生效\n"));
    arena_destroy(arena);
}

Test(daemon_file_text, each_line_fits_a_screen_of_100_columns)
{
    struct arena *arena = arena_create();
    const char *text = daemon_file_text(entries, arena);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        const char *line = arena_format(arena, "%.*s", (int)length, text);
        cr_expect_leq(text_width(line), 100, "%s", line);
        text += length + 1;
    }
    arena_destroy(arena);
}

Test(client_file, where_the_coordinator_is_and_whose_key_is_used_is_read)
{
    static struct client_file file;
    struct settings_error error = {0};
    cr_assert(client_file_read(client_text, strlen(client_text), "/a.yaml", &file, &error),
              "%zu:%zu %s", error.line, error.column, error.en);
    cr_assert_str_eq(file.client_endpoint, "tcp://[::1]:7401");
    cr_assert_str_eq(file.feed_endpoint, "ipc:///run/feed");
    cr_assert_str_eq(file.worker_endpoint, "ipc:///run/workers");
    cr_assert_eq(strlen(file.server_public_key), 40);
    cr_assert_str_eq(file.keys_directory, "/keys");
    cr_assert_str_eq(file.default_principal, "office");
    cr_assert(file.worker_log_level == LOG_DEBUG && file.worker_log_format == LOG_JSON);
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
