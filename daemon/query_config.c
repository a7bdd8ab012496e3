// query_config - the configuration that is in force, and where each value comes from
#include "daemon/query_parts.h"

#include "settings/file_keys.h"

static Award__Config__Row *row_make(struct asking *asking, const struct daemon_file *file,
                                    size_t number)
{
    const struct key *key = &daemon_keys.rows[number];
    Award__Config__Row *row = NEW(asking->d, Award__Config__Row, award__config__row);
    row->key = arena_string(asking->arena, key->path);
    row->value = arena_string(asking->arena, daemon_file_value(file, key, asking->arena));
    if (file->lines[number] > 0) {
        SET(row, line, file->lines[number]);
    }
    if (key->standard != NULL) {
        row->standard = arena_string(asking->arena, key->standard);
    }
    SET(row, reloads, key->reloads);
    if (file->waits[number]) {
        SET(row, waits, 1);
    }
    return row;
}

// Values of awardd.yaml, of which none is a secret: of a key's file it has the path.
void query_config(struct asking *asking)
{
    const struct daemon_file *file = asking->server->settings;
    Award__Config *config = NEW(asking->d, Award__Config, award__config);
    config->file = file != NULL ? arena_string(asking->arena, file->path) : NULL;
    config->rows = arena_alloc(asking->arena, daemon_keys.rows_count * sizeof(*config->rows));
    for (size_t i = 1; file != NULL && i < daemon_keys.rows_count; i++) {
        config->rows[config->n_rows++] = row_make(asking, file, i);
    }
    asking->reply->config = config;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_CONFIG;
}
