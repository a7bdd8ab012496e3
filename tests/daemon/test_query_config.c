// Tests of query_config: the configuration in force, as those who run the office may see it.
#include "settings/file_keys.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

#define NEEDED                                                                                     \
    "data_directory: data\n"                                                                       \
    "client_endpoint: tcp://127.0.0.1:7401\n"                                                      \
    "worker_endpoint: ipc://run/workers\n"                                                         \
    "feed_endpoint: tcp://*:*\n"                                                                   \
    "server_key_file: server.key\n"

static const char text[] = NEEDED "queued_messages: 200\n";

static const Award__Config *config_of(struct desk *desk, const struct daemon_file *file)
{
    const struct query_server server = {.settings = file};
    Award__QueryConfig body = AWARD__QUERY_CONFIG__INIT;
    Award__Query query = AWARD__QUERY__INIT;
    query.body_case = AWARD__QUERY__BODY_CONFIG;
    query.config = &body;
    const Award__QueryReply *reply = query_answer(
        &query, desk_principal(desk, "admin"), office_ledger(desk->office), &server, desk->arena);
    cr_assert_eq(reply->body_case, AWARD__QUERY_REPLY__BODY_CONFIG);
    return reply->config;
}

static const Award__Config__Row *row_of(const Award__Config *config, const char *key)
{
    size_t row = 0;
    while (strcmp(config->rows[row]->key, key) != 0) {
        row++;
        cr_assert_lt(row, config->n_rows, "%s", key);
    }
    return config->rows[row];
}

static struct daemon_file file_of(const char *written)
{
    struct daemon_file file;
    struct settings_error error;
    cr_assert(daemon_file_read(written, strlen(written), "/srv/awardd.yaml", &file, &error));
    return file;
}

Test(query_config, every_key_is_told_with_its_value_and_where_it_is_from)
{
    struct desk desk = desk_open();
    const struct daemon_file file = file_of(text);
    const Award__Config *config = config_of(&desk, &file);
    cr_assert_str_eq(config->file, "/srv/awardd.yaml");
    cr_assert_eq(config->n_rows, daemon_keys.rows_count - 1);
    const Award__Config__Row *row = row_of(config, "queued_messages");
    cr_assert_str_eq(row->value, "200");
    cr_assert_str_eq(row->standard, "4096");
    cr_assert(row->line == 6 && row->has_reloads && !row->reloads && !row->has_waits);
    row = row_of(config, "greetings");
    cr_assert(!row->has_line && row->reloads);
    cr_assert_str_eq(row->value, row->standard);
    row = row_of(config, "server_key_file");
    cr_assert_str_eq(row->value, "/srv/server.key");
    cr_assert_null(row->standard);
    desk_close(&desk);
}

Test(query_config, what_the_file_has_otherwise_by_now_is_marked)
{
    struct desk desk = desk_open();
    struct daemon_file running = file_of(text);
    const struct daemon_file read = file_of(NEEDED "queued_messages: 300\ngreetings: 20\n");
    daemon_file_reload(&running, &read);
    const Award__Config *config = config_of(&desk, &running);
    cr_assert(row_of(config, "queued_messages")->waits);
    cr_assert_str_eq(row_of(config, "queued_messages")->value, "200");
    cr_assert_not(row_of(config, "greetings")->has_waits);
    cr_assert_str_eq(row_of(config, "greetings")->value, "20");
    cr_assert_eq(row_of(config, "greetings")->line, 7);
    desk_close(&desk);
}
