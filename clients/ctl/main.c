// awardctl - the command line client of awardd
//
// Global options may stand before or behind the words of the command; what is not one of them is
// left to the command itself. A command that asks the coordinator reads awardctl.yaml first.
#include "clients/ctl/commands.h"
#include "clients/ctl/globals.h"
#include "clients/ctl/help.h"

#include "common/service.h"

#include <stdio.h>

static int command_run(const struct command *command, const struct globals *globals, int argc,
                       char **argv)
{
    struct ctl ctl = {.arena = arena_create()};
    int status = globals_prepare(&ctl, globals, command->needs_settings);
    if (status == CTL_OK) {
        status = command->run(&ctl, argc, argv);
    }
    client_close(ctl.client);
    arena_destroy(ctl.arena);
    return status;
}

// What was lost on the way is said in any case; a status that says more stays.
static int output_end(int status)
{
    if (!service_output_lost()) {
        return status;
    }
    (void)ctl_error(CTL_INPUT, "输出写不出去；请检查磁盘和管道",
                    "the output cannot be written; look at disk and pipe");
    return status == CTL_OK ? CTL_INPUT : status;
}

static int line_run(int argc, char **argv)
{
    struct globals globals = {0};
    int words;
    argc = globals_read(argc, argv, &globals);
    if (argc < 0) {
        return ctl_error(CTL_USAGE, "通用选项缺少或多出一个值；见 awardctl --help",
                         "a value of an option is missing or not wanted; see awardctl --help");
    }
    if (globals.version) {
        (void)puts("awardctl " AWARD_VERSION);
        return CTL_OK;
    }
    const struct command *command = command_find(argc, argv, &words);
    if (command == NULL && globals.help) {
        help_list(argc > 0 ? argv[0] : "");
        return CTL_OK;
    }
    if (command == NULL && argc == 0) {
        return ctl_error(
            CTL_USAGE, "请写明命令；awardctl --help 列出全部命令，awardctl today 看今日事项",
            "name a command; awardctl --help lists them, awardctl today is where to begin");
    }
    if (command == NULL) {
        return help_unknown(argc, argv);
    }
    if (globals.help) {
        help_command(command);
        return CTL_OK;
    }
    return command_run(command, &globals, argc - words, argv + words);
}

int main(int argc, char **argv)
{
    service_standard_hold();
    return output_end(line_run(argc - 1, argv + 1));
}
