// config - `config show`: the coordinator's settings in force, and where each comes from
#include "clients/ctl/commands.h"
#include "clients/ctl/screen.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "settings/file_keys.h"

#include <stdio.h>
#include <string.h>

static int config_show_run(struct ctl *ctl, int argc, char **argv);

const struct command command_config_show = {
    .name = "config show",
    .arguments = "[KEY]",
    .zh = "awardd 现行的配置，每个值出自哪里",
    .en = "the configuration of awardd that is in force, and where each value comes from",
    .help = "答复来自运行中的 awardd，而不是磁盘上的文件：改了文件而未生效的，会注明。\n"
            "The running awardd answers, not the file on disk: what the file says otherwise by now "
            "is marked.\n"
            "只问一个 KEY 时，也说明其含义。密钥文件只显示路径。\n"
            "Of one KEY it is said what it means. Of a key's file the path is shown, never what is "
            "in it.\n",
    .needs_settings = true,
    .run = config_show_run,
};

static const struct key *key_of(const char *name)
{
    for (size_t i = 1; i < daemon_keys.rows_count; i++) {
        if (strcmp(daemon_keys.rows[i].path, name) == 0) {
            return &daemon_keys.rows[i];
        }
    }
    return NULL; // that of a newer awardd
}

static const char *origin_words(struct ctl *ctl, const Award__Config__Row *row)
{
    return row->has_line ? arena_format(ctl->arena, "行 line %u", row->line) : "默认 default";
}

static const char *applied_words(const Award__Config__Row *row)
{
    return row->waits ? "重启 restart *" : row->reloads ? "重载 reload" : "重启 restart";
}

// The value comes last, for it may be as long as a path. What a key means is on a line of its own.
static void table_print(struct ctl *ctl, const Award__Config *config)
{
    static const char *const heads[] = {"键 key", "出自 from", "改后 change by", "值 value", NULL};
    bool waits = false;
    show_fact(ctl, "文件", "file", config->file);
    (void)putchar('\n');
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < config->n_rows; i++) {
        const Award__Config__Row *row = config->rows[i];
        waits = waits || row->waits;
        table_row(table, (const char *const[]){row->key, origin_words(ctl, row), applied_words(row),
                                               row->value});
    }
    table_end(table);
    const struct key *key = config->n_rows == 1 ? key_of(config->rows[0]->key) : NULL;
    if (key != NULL) {
        (void)putchar('\n');
        screen_prose(key->zh, 0);
        screen_prose(key->en, 0);
    }
    if (waits) {
        (void)puts("\n* 文件已改，待重启 / changed in the file, awaits a restart");
    }
}

static void csv_print(struct ctl *ctl, const Award__Config *config)
{
    static const char *const heads[] = {"键 key",         "值 value",     "出自 from",
                                        "改后 change by", "含义 meaning", NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < config->n_rows; i++) {
        const Award__Config__Row *row = config->rows[i];
        const struct key *key = key_of(row->key);
        const char *meaning =
            key != NULL ? arena_format(ctl->arena, "%s %s", key->zh, key->en) : NULL;
        table_row(table, (const char *const[]){row->key, row->value, origin_words(ctl, row),
                                               applied_words(row), meaning});
    }
    table_end(table);
}

// Leaves the row of this key alone; false where there is none.
static bool row_choose(Award__Config *config, const char *name)
{
    for (size_t i = 0; i < config->n_rows; i++) {
        if (strcmp(config->rows[i]->key, name) == 0) {
            config->rows[0] = config->rows[i];
            config->n_rows = 1;
            return true;
        }
    }
    return false;
}

static int row_refuse(struct ctl *ctl, const Award__Config *config, const char *name)
{
    struct word_search search = {.wanted = name};
    for (size_t i = 0; i < config->n_rows; i++) {
        word_try(&search, config->rows[i]->key);
    }
    const char *best = search.best;
    return ctl_error(
        CTL_USAGE,
        arena_format(ctl->arena, "awardd.yaml 没有 %s 这个键；%s%s%sawardctl config show 列出全部",
                     name, best != NULL ? "是不是 " : "", best != NULL ? best : "",
                     best != NULL ? "？" : ""),
        arena_format(ctl->arena,
                     "awardd.yaml has no key %s; %s%s%sawardctl config show lists them all", name,
                     best != NULL ? "is it " : "", best != NULL ? best : "",
                     best != NULL ? "? " : ""));
}

static int config_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    static const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_config_show, none, argc, argv);
    if (argc < 0 || argc > 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_config_show);
    }
    Award__QueryConfig query = AWARD__QUERY_CONFIG__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_CONFIG, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (argc == 1 && !row_choose(reply->config, argv[0])) {
        return row_refuse(ctl, reply->config, argv[0]);
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->config->base);
    } else if (ctl->output == CTL_CSV) {
        csv_print(ctl, reply->config);
    } else {
        table_print(ctl, reply->config);
    }
    return CTL_OK;
}
