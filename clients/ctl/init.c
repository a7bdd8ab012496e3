// init - `init DIR`: keys, genesis, configurations and an empty database
//
// Each file is made unless it is there, so that repeating it goes on where it stopped and harms
// nothing. What is given then and is otherwise in the office is said (init_kept.c). The database
// itself is made by awardd --create.
#include "clients/ctl/init.h"

#include "clients/ctl/commands.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int init_run(struct ctl *ctl, int argc, char **argv);

const struct command command_init = {
    .name = "init",
    .arguments = "[DIR] [--city NAME] [--rulebook FILE] [--calendar FILE] [--alerts FILE] "
                 "[--people FILE] [--clock manual|system] [--start MOMENT] [--listen ENDPOINT] "
                 "[--default PRINCIPAL]",
    .zh = "建立一套新的密钥、配置和数据库",
    .en = "make keys, configuration and a database",
    .help =
        "在终端上会询问没有给出的目录、城市、细则和首批人员。DIR 为 /etc/awardd 时建成一项服务：\n"
        "数据在 /var/lib/awardd，套接字在 /run/awardd。\n"
        "On a terminal it asks for directory, city, rulebook and first people, if they are not "
        "given.\n"
        "/etc/awardd is that of a service: data in /var/lib/awardd, sockets in /run/awardd.\n"
        "\n"
        "  --rulebook FILE, --calendar FILE, --alerts FILE   默认用随程序的文件 / the program's "
        "own\n"
        "  --people FILE       首批人员（YAML）/ the first people\n"
        "  --clock manual      演练库，时钟由管理员拨动 / a rehearsal: the administrator sets the "
        "clock\n"
        "  --start MOMENT      演练库的起始时刻 / where that clock begins\n"
        "  --listen ENDPOINT   如 tcp://127.0.0.1:7000，占用三个端口 / three ports from there on\n"
        "  --default PRINCIPAL  awardctl 默认使用谁的密钥 / whose key awardctl uses (office)\n"
        "重复执行不会改动已有的文件；所给的值与现有的不同时，逐项说明两者和更改的办法，退出码 5。\n"
        "Repeating it leaves what is there as it is. Where a value that is given is not the one "
        "that\n"
        "is there, both are said, and how to change it; status 5.\n",
    .run = init_run,
};

// A path as it can be typed: in quotes, where the shell would take it apart.
static const char *typed(struct ctl *ctl, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+,:=@%";
    if (path[strspn(path, plain)] == '\0') {
        return path;
    }
    const char *text = "'";
    for (const char *rest = path; *rest != '\0';) {
        size_t length = strcspn(rest, "'");
        bool quote = rest[length] == '\'';
        text = arena_format(ctl->arena, "%s%.*s%s", text, (int)length, rest, quote ? "'\\''" : "");
        rest += length + (quote ? 1 : 0);
    }
    return arena_format(ctl->arena, "%s'", text);
}

// The next three commands that fit.
static void next_steps(struct ctl *ctl, const struct init_place *place)
{
    (void)printf("\n接下来 / next:\n");
    if (place->service) {
        (void)printf("  %s\n"
                     "  awardctl status\n"
                     "  awardctl new cycle_opened\n",
                     init_systemd_runs() ? "systemctl enable --now awardd.target" : "awardd &");
        return;
    }
    const char *home = typed(ctl, place->directory);
    (void)printf("  awardd --config %s &\n"
                 "  awardctl --home %s status\n"
                 "  awardctl --home %s new cycle_opened\n",
                 typed(ctl, place->daemon_config), home, home);
}

// Of an office whose clients know the server's key none is made anew: it would be another one.
static bool server_key_make(const struct init_place *place, struct keyfile *server)
{
    bool there = access(place->server_key, F_OK) == 0;
    if (!there && access(place->client_config, F_OK) == 0) {
        init_told(place->server_key, false, "不在这里；awardctl.yaml 已有其公钥，不另建",
                  "not here; awardctl.yaml has its public half, so no other is made");
        return true;
    }
    if (!init_key(place->server_key, "server", server)) {
        return false;
    }
    init_told(place->server_key, !there, "协调程序的密钥，只有 awardd 可读",
              "the coordinator's key, for awardd only");
    return true;
}

// The first entry, and a key for each of its people. Once it is written the keys may have been
// handed over: they are not made again.
static int genesis_make(struct ctl *ctl, const struct init_place *place, Award__Genesis *genesis)
{
    static const char zh[] = "创始记录：城市、细则、日历、提醒方案、首批人员";
    static const char en[] = "the first entry: city, rulebook, calendar, alert policy, people";
    if (genesis == NULL) {
        bool there = access(place->genesis, F_OK) == 0;
        init_told(place->keys, false, "每人一把密钥，请交给本人", "one key each; hand them over");
        init_told(place->genesis, false, there ? zh : "不在这里；数据库已有创始记录，不另建",
                  there ? en : "not here; the database has its first entry, so no other is made");
        return CTL_OK;
    }
    if (!init_people_keys(ctl, place, genesis)) {
        return CTL_INPUT;
    }
    (void)printf("  每人一把密钥，请交给本人，然后删除这里的 / one key each: hand them to their "
                 "people, then delete them here\n");
    const char *text = codec_to_json(&genesis->base, CODEC_JSON_PRETTY, ctl->arena);
    return init_file(ctl, place, place->genesis, text, zh, en);
}

// Whether there is an office: what was its first entry may be gone once the database has it.
static bool office_there(struct ctl *ctl, const struct init_place *place)
{
    return access(place->genesis, F_OK) == 0 || init_database_there(ctl, place);
}

// `genesis` is NULL where the office is there already.
static int files_make(struct ctl *ctl, const struct init *init, const struct init_place *place,
                      Award__Genesis *genesis)
{
    struct keyfile server = {0};
    int status = init_directories(ctl, place);
    if (status == CTL_OK && !server_key_make(place, &server)) {
        status = CTL_INPUT;
    }
    if (status == CTL_OK) {
        status = genesis_make(ctl, place, genesis);
    }
    if (status == CTL_OK) {
        status = init_file(ctl, place, place->daemon_config, init_daemon_text(ctl, init, place),
                           "awardd 的配置，每个键都有说明",
                           "configuration of awardd, with a word on each key");
    }
    if (status == CTL_OK) {
        status = init_file(ctl, place, place->client_config,
                           init_client_text(ctl, init, place, server.keys.public_key),
                           "awardctl 的配置", "configuration of awardctl");
    }
    return status == CTL_OK ? init_database(ctl, place) : status;
}

// All that is given is read and checked before anything is made.
static int office_make(struct ctl *ctl, const struct init *init, const struct init_place *place)
{
    Award__Genesis *genesis = NULL;
    if (!office_there(ctl, place)) {
        genesis = init_genesis(ctl, init);
        if (genesis == NULL) {
            return CTL_INPUT;
        }
    }
    return init_texts_good(ctl, init, place) ? files_make(ctl, init, place, genesis) : CTL_USAGE;
}

// What is still needed is asked for on a terminal. An office that is there needs no city.
static bool complete(struct ctl *ctl, struct init *init)
{
    if (init->directory != NULL) {
        const struct init_place place = init_place_of(ctl, init->directory);
        if (init->city != NULL || office_there(ctl, &place)) {
            return true;
        }
    }
    if (isatty(STDIN_FILENO) != 1) {
        (void)ctl_error(CTL_USAGE,
                        "不在终端上，不能询问：请写明目录和城市，如 awardctl init DIR --city 重庆",
                        "there is no terminal to ask on: give directory and city, such as "
                        "awardctl init DIR --city 重庆");
        return false;
    }
    return init_ask(ctl, init);
}

// Of those that no file is behind.
static bool values_good(const struct init *init)
{
    if (init->clock != NULL && strcmp(init->clock, "manual") != 0 &&
        strcmp(init->clock, "system") != 0) {
        return ctl_error(CTL_USAGE, "--clock 应为 manual（演练）或 system（主机时钟）",
                         "--clock is manual (a rehearsal) or system (the host's clock)") == CTL_OK;
    }
    if (init->listen != NULL && strrchr(init->listen, ':') == NULL) {
        return ctl_error(CTL_USAGE, "--listen 应为 tcp://地址:端口，如 tcp://127.0.0.1:7000",
                         "--listen is tcp://host:port, such as tcp://127.0.0.1:7000") == CTL_OK;
    }
    return true;
}

static int init_run(struct ctl *ctl, int argc, char **argv)
{
    struct init init = {0};
    const struct ctl_option options[] = {
        {"--city",     &init.city,      NULL},
        {"--rulebook", &init.rulebook,  NULL},
        {"--calendar", &init.calendar,  NULL},
        {"--alerts",   &init.alerts,    NULL},
        {"--people",   &init.people,    NULL},
        {"--clock",    &init.clock,     NULL},
        {"--start",    &init.start,     NULL},
        {"--listen",   &init.listen,    NULL},
        {"--default",  &init.principal, NULL},
        {NULL,         NULL,            NULL},
    };
    argc = ctl_options(&command_init, options, argc, argv);
    if (argc < 0) {
        return CTL_USAGE;
    }
    if (argc > 1) {
        return ctl_usage(&command_init);
    }
    if (!values_good(&init)) {
        return CTL_USAGE;
    }
    init.directory = argc == 1 ? argv[0] : NULL;
    if (!complete(ctl, &init)) {
        return CTL_USAGE;
    }
    const struct init_place place = init_place_of(ctl, init.directory);
    bool there = office_there(ctl, &place);
    int status = office_make(ctl, &init, &place);
    if (status == CTL_OK && there) {
        status = init_kept(ctl, &init, &place);
    }
    if (status == CTL_OK) {
        next_steps(ctl, &place);
    }
    return status;
}
