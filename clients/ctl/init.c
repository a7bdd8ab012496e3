// init - `init DIR`: keys, genesis, configurations and an empty database
//
// Each file is made unless it is there, so that repeating it goes on where it stopped and harms
// nothing. The database itself is made by awardd --create.
#include "clients/ctl/init.h"

#include "clients/ctl/awardd.h"
#include "clients/ctl/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int init_run(struct ctl *ctl, int argc, char **argv);

const struct command command_init = {
    .name = "init",
    .arguments = "DIR --city NAME [--people FILE] [--clock manual|system] [--start MOMENT]",
    .zh = "建立一套新的密钥、配置和数据库",
    .en = "make keys, configuration and a database",
    .help =
        "  --rulebook FILE, --calendar FILE, --alerts FILE   默认用随程序的文件 / the program's "
        "own\n"
        "  --people FILE       首批人员（YAML）/ the first people\n"
        "  --clock manual      演练库，时钟由管理员拨动 / a rehearsal: the administrator sets the "
        "clock\n"
        "  --start MOMENT      演练库的起始时刻 / where that clock begins\n"
        "  --listen ENDPOINT   如 tcp://127.0.0.1:7000，占用三个端口 / three ports from there on\n"
        "  --default NAME      awardctl 默认使用谁的密钥 / whose key awardctl uses (office)\n"
        "重复执行不会改动已有的文件。 Repeating it leaves what is there as it is.\n",
    .run = init_run,
};

enum { DIRECTORY_MODE = 0700, FILE_MODE = 0600 };

static int failed(struct ctl *ctl, const char *what, const char *path)
{
    return ctl_error(CTL_INPUT,
                     arena_format(ctl->arena, "无法%s %s：%s", what, path, strerror(errno)),
                     arena_format(ctl->arena, "cannot make %s: %s", path, strerror(errno)));
}

static int directory_make(struct ctl *ctl, const char *path)
{
    if (mkdir(path, DIRECTORY_MODE) == 0 || errno == EEXIST) {
        return CTL_OK;
    }
    return failed(ctl, "建立目录", path);
}

static void told(const char *path, bool made, const char *zh, const char *en)
{
    (void)printf("%s %-28s %s / %s\n", made ? "+" : "=", path, zh, en);
}

// Writes the file unless it is there, and says what it is.
static int file_make(struct ctl *ctl, const char *path, const char *text, const char *zh,
                     const char *en)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    if (file < 0 && errno == EEXIST) {
        told(path, false, zh, en);
        return CTL_OK;
    }
    size_t length = strlen(text);
    bool good = file >= 0 && write(file, text, length) == (ssize_t)length && fsync(file) == 0;
    if (file >= 0 && close(file) != 0) {
        good = false;
    }
    if (!good) {
        return failed(ctl, "写文件", path);
    }
    told(path, true, zh, en);
    return CTL_OK;
}

static int database_make(struct ctl *ctl, const char *config, const char *genesis)
{
    const char *const words[] = {"--config", config, "--create", genesis, NULL};
    return awardd_run(ctl, words) == 0 ? CTL_OK
                                       : ctl_error(CTL_INPUT, "awardd 未能建立数据库（原因见上）",
                                                   "awardd did not make the database (see above)");
}

static void next_steps(const char *directory)
{
    (void)printf("\n接下来 / next:\n"
                 "  awardd --config %s/awardd.yaml &\n"
                 "  awardctl --home %s status\n"
                 "  awardctl --home %s new cycle_opened\n",
                 directory, directory, directory);
}

static int files_make(struct ctl *ctl, const struct init *init)
{
    const char *directory = init->directory;
    const char *const made[] = {directory, arena_format(ctl->arena, "%s/keys", directory),
                                arena_format(ctl->arena, "%s/run", directory)};
    int status = CTL_OK;
    for (size_t i = 0; i < sizeof(made) / sizeof(made[0]) && status == CTL_OK; i++) {
        status = directory_make(ctl, made[i]);
    }
    if (status != CTL_OK) {
        return status;
    }
    struct keyfile server;
    const char *server_path = arena_format(ctl->arena, "%s/server.key", directory);
    if (!init_key(ctl, server_path, "server", &server)) {
        return CTL_INPUT;
    }
    told(server_path, true, "协调程序的密钥", "the coordinator's key");
    const Award__Genesis *genesis = init_genesis(ctl, init);
    if (genesis == NULL) {
        return CTL_INPUT;
    }
    told(made[1], true, "每人一把密钥，请交给本人", "one key each; hand them to their people");
    const char *genesis_path = arena_format(ctl->arena, "%s/genesis.json", directory);
    const char *daemon_path = arena_format(ctl->arena, "%s/awardd.yaml", directory);
    status =
        file_make(ctl, genesis_path, codec_to_json(&genesis->base, CODEC_JSON_PRETTY, ctl->arena),
                  "创始记录：城市、细则、首批人员", "the first entry: city, rulebook, people");
    if (status == CTL_OK) {
        status = file_make(ctl, daemon_path, init_daemon_text(ctl, init), "awardd 的配置",
                           "configuration of awardd");
    }
    if (status == CTL_OK) {
        status = file_make(ctl, arena_format(ctl->arena, "%s/awardctl.yaml", directory),
                           init_client_text(ctl, init, server.keys.public_key), "awardctl 的配置",
                           "configuration of awardctl");
    }
    const char *data = arena_format(ctl->arena, "%s/data", directory);
    bool there = access(data, F_OK) == 0;
    if (status == CTL_OK && !there) {
        status = database_make(ctl, daemon_path, genesis_path);
    }
    if (status == CTL_OK) {
        told(data, !there, "数据库", "the database");
    }
    return status;
}

static int init_run(struct ctl *ctl, int argc, char **argv)
{
    struct init init = {.principal = "office"};
    const char *clock = "system";
    const struct ctl_option options[] = {
        {"--city",     &init.city,      NULL},
        {"--rulebook", &init.rulebook,  NULL},
        {"--calendar", &init.calendar,  NULL},
        {"--alerts",   &init.alerts,    NULL},
        {"--people",   &init.people,    NULL},
        {"--clock",    &clock,          NULL},
        {"--start",    &init.start,     NULL},
        {"--listen",   &init.listen,    NULL},
        {"--default",  &init.principal, NULL},
        {NULL,         NULL,            NULL},
    };
    argc = ctl_options(&command_init, options, argc, argv);
    if (argc < 0) {
        return CTL_USAGE;
    }
    init.manual_clock = strcmp(clock, "manual") == 0;
    bool known = init.manual_clock || strcmp(clock, "system") == 0;
    if (argc != 1 || init.city == NULL || !known ||
        (init.listen != NULL && strrchr(init.listen, ':') == NULL)) {
        return ctl_usage(&command_init);
    }
    init.directory = argv[0];
    int status = files_make(ctl, &init);
    if (status == CTL_OK) {
        next_steps(init.directory);
    }
    return status;
}
