// new - `new EVENT`: the form of an event
#include "clients/ctl/commands.h"
#include "clients/ctl/event_choice.h"
#include "clients/ctl/template.h"

#include <stdio.h>

static int new_run(struct ctl *ctl, int argc, char **argv);

const struct command command_new = {
    .name = "new",
    .arguments = "EVENT",
    .zh = "显示一种事件的填写样式",
    .en = "print a commented template of an event",
    .help = "awardctl new paper_received > paper.jsonl，填好后 awardctl push paper.jsonl。\n"
            "--output json 只给出待填的一行；awardctl explain events 列出全部事件。\n"
            "awardctl new paper_received > paper.jsonl; fill it in; awardctl push paper.jsonl.\n"
            "--output json gives the line to fill in alone; awardctl explain events lists all "
            "events.\n",
    .run = new_run,
};

static int new_run(struct ctl *ctl, int argc, char **argv)
{
    const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_new, none, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_new);
    }
    if (!event_choose(argv[0])) {
        return CTL_USAGE;
    }
    bool json = ctl->output == CTL_JSON;
    (void)fputs(json ? template_line(argv[0], ctl->arena) : template_text(argv[0], ctl->arena),
                stdout);
    return CTL_OK;
}
