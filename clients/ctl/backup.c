// backup - `backup create`, `verify` and `restore`: copies of the database
//
// The files are awardd's, so awardd does it, on its host and under whoever may read them.
#include "clients/ctl/awardd.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"

static int backup_create_run(struct ctl *ctl, int argc, char **argv);
static int backup_verify_run(struct ctl *ctl, int argc, char **argv);
static int backup_restore_run(struct ctl *ctl, int argc, char **argv);

const struct command command_backup_create = {
    .name = "backup create",
    .arguments = "DIR",
    .zh = "备份数据库到新目录，awardd 可照常运行",
    .en = "copy the database into a new directory, while awardd serves",
    .help = "在 awardd 所在的主机上，以能读数据的用户运行。含联系方式，请妥善保管。\n"
            "On awardd's host, under a user who can read its data. It holds addresses of people:\n"
            "keep it as safe as the database.\n",
    .run = backup_create_run,
};

const struct command command_backup_verify = {
    .name = "backup verify",
    .arguments = "DIR",
    .zh = "核对一份备份：每条哈希、每个校验和、状态是否等于日志的折叠",
    .en = "check a copy: every hash, every checksum, and the state against the journal",
    .help = "不符时退出码为 5。\n"
            "Ends with 5 where something does not agree.\n",
    .run = backup_verify_run,
};

const struct command command_backup_restore = {
    .name = "backup restore",
    .arguments = "DIR",
    .zh = "由备份恢复数据库，库代更新；原有数据须先移走",
    .en = "make the database from a copy, in a new epoch; what is there is moved away first",
    .help =
        "备份之后受理的事项须重新提交；每次答复都写明库代。\n"
        "What was acknowledged behind the copy is to be sent again; every answer says the epoch.\n",
    .run = backup_restore_run,
};

static int awardd_ask(struct ctl *ctl, const struct command *command, const char *word, int argc,
                      char **argv)
{
    enum { AWARDD_DIFFERENT = 7 }; // daemon/exit_status.h
    int status;
    if (!show_arguments(command, 1, argc, argv, &status)) {
        return status;
    }
    const char *config = arena_format(ctl->arena, "%s/awardd.yaml", ctl->home);
    const char *const words[] = {"--config", config, word, argv[0], NULL};
    int ended = awardd_run(ctl, words);
    return ended == 0 ? CTL_OK : ended == AWARDD_DIFFERENT ? CTL_DIFFERENT : CTL_INPUT;
}

static int backup_create_run(struct ctl *ctl, int argc, char **argv)
{
    return awardd_ask(ctl, &command_backup_create, "backup", argc, argv);
}

static int backup_verify_run(struct ctl *ctl, int argc, char **argv)
{
    return awardd_ask(ctl, &command_backup_verify, "verify", argc, argv);
}

static int backup_restore_run(struct ctl *ctl, int argc, char **argv)
{
    return awardd_ask(ctl, &command_backup_restore, "restore", argc, argv);
}
