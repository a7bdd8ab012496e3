// clock - `clock set`: moves the manual clock of a rehearsal
#include "clients/ctl/commands.h"
#include "clients/ctl/moment.h"
#include "common/time.h"

static int clock_set_run(struct ctl *ctl, int argc, char **argv);

const struct command command_clock_set = {
    .name = "clock set",
    .arguments = "MOMENT",
    .zh = "把演练库的时钟拨到某一时刻（只能向后）",
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
    Award__Event event;
    Award__ClockSet clock_set;
    Award__Moment moment;
    char text[MOMENT_TEXT_BYTES];
    award__event__init(&event);
    award__clock_set__init(&clock_set);
    award__moment__init(&moment);
    argc = ctl_options(&command_clock_set, none, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_clock_set);
    }
    moment.has_ms = true;
    if (!moment_read(argv[0], &moment.ms)) {
        return ctl_error(CTL_USAGE, "时刻应写作 2018-10-08T09:00:00+08:00 或 \"2018-10-08 09:00\"",
                         "write a moment as 2018-10-08T09:00:00+08:00 or \"2018-10-08 09:00\"");
    }
    moment_format(moment.ms, text);
    event.id = arena_format(ctl->arena, "clock-%s", text);
    event.body_case = AWARD__EVENT__BODY_CLOCK_SET;
    event.clock_set = &clock_set;
    clock_set.moment = &moment;
    ctl->principal = ctl->as != NULL ? ctl->as : "admin";
    return ctl_send_one(ctl, &event, false);
}
