// clock - `clock set`: moves the manual clock of a rehearsal
#include "clients/ctl/clock_event.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/moment.h"

static int clock_set_run(struct ctl *ctl, int argc, char **argv);

const struct command command_clock_set = {
    .name = "clock set",
    .arguments = "MOMENT",
    .zh = "把演练库的时钟拨到某一时刻（只能往后）",
    .en = "move the manual clock of a rehearsal forward to a moment",
    .help =
        "MOMENT: 2018-10-08T09:00:00+08:00、\"2018-10-08 09:00\"、\"2018-10-08 24:00\" 或 "
        "2018-10-08。\n"
        "其间到期的事项依次处理。不加 --as 时用管理员 admin 的密钥。\n"
        "What falls due on the way happens in its order. Without --as the key of admin is used.\n",
    .needs_settings = true,
    .run = clock_set_run,
};

static int clock_set_run(struct ctl *ctl, int argc, char **argv)
{
    const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    int64_t moment_ms;
    argc = ctl_options(&command_clock_set, none, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_clock_set);
    }
    if (!moment_read(argv[0], &moment_ms)) {
        return ctl_error(CTL_USAGE, "时刻应写作 2018-10-08T09:00:00+08:00 或 \"2018-10-08 09:00\"",
                         "write a moment as 2018-10-08T09:00:00+08:00 or \"2018-10-08 09:00\"");
    }
    ctl->principal = ctl->as != NULL ? ctl->as : "admin";
    return ctl_send_one(ctl, clock_event(moment_ms, ctl->arena), false);
}
