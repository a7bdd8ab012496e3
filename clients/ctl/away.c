// away - `away`: leave, and who stands in meanwhile
#include "clients/ctl/commands.h"
#include "clients/ctl/option_words.h"
#include "clients/ctl/send_named.h"

static int away_run(struct ctl *ctl, int argc, char **argv);

const struct command command_away = {
    .name = "away",
    .arguments = "PERSON --from DAY (--until DAY [--substitute PERSON] --reason TEXT | --cancel) "
                 "[--id ID] [--dry-run]",
    .zh = "登记请假和代理人；或取消从某日起的请假",
    .en = "record that somebody is away and who stands in; or cancel what begins on a day",
    .help = "同一首日再登记即替换。没有代理人时由其他值班人员办理。\n"
            "Recorded again from the same day it is replaced. Without a substitute the others on\n"
            "duty are told. Everybody records his own, the office anybody's.\n",
    .needs_settings = true,
    .run = away_run,
};

struct choices {
    const char *from;
    const char *until;
    const char *substitute;
    const char *reason;
    const char *id;
    bool cancel;
    bool dry_run;
};

static int choices_send(struct ctl *ctl, char *person, const struct choices *choices)
{
    Award__AbsenceRecorded absence = AWARD__ABSENCE_RECORDED__INIT;
    int status = option_day(ctl, "--from", choices->from, &absence.from);
    if (status == CTL_OK) {
        status = option_day(ctl, "--until", choices->until, &absence.until);
    }
    if (status != CTL_OK) {
        return status;
    }
    absence.person = person;
    absence.substitute =
        choices->substitute != NULL ? arena_string(ctl->arena, choices->substitute) : NULL;
    absence.reason = choices->reason != NULL ? arena_string(ctl->arena, choices->reason) : NULL;
    absence.has_cancelled = choices->cancel;
    absence.cancelled = choices->cancel;
    Award__Event event = AWARD__EVENT__INIT;
    event.body_case = AWARD__EVENT__BODY_ABSENCE_RECORDED;
    event.absence_recorded = &absence;
    return send_named(ctl, &event, choices->id, choices->dry_run);
}

static int away_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    const struct ctl_option options[] = {
        {"--from",       &choices.from,       NULL            },
        {"--until",      &choices.until,      NULL            },
        {"--substitute", &choices.substitute, NULL            },
        {"--reason",     &choices.reason,     NULL            },
        {"--id",         &choices.id,         NULL            },
        {"--cancel",     NULL,                &choices.cancel },
        {"--dry-run",    NULL,                &choices.dry_run},
        {NULL,           NULL,                NULL            },
    };
    argc = ctl_options(&command_away, options, argc, argv);
    bool whole = choices.until != NULL && choices.reason != NULL;
    bool one_of_both = choices.cancel ? choices.until == NULL : whole;
    if (argc != 1 || choices.from == NULL || !one_of_both) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_away);
    }
    return choices_send(ctl, argv[0], &choices);
}
