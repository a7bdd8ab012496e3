// send_named - one event under an id, so that it can be sent again and is recorded once
#include "clients/ctl/send_named.h"

#include "clients/ctl/push_line.h"

#include <stdio.h>

const Award__Answer *send_named_answer(struct ctl *ctl, Award__Event *event, const char *id,
                                       bool dry_run, int *status)
{
    char random[PUSH_ID_BYTES];
    push_id_random(random);
    event->id = arena_string(ctl->arena, id != NULL ? id : random);
    const Award__Answer *answer = ctl_send_answer(ctl, event, dry_run, status);
    if (*status == CTL_UNREACHABLE && !dry_run) {
        (void)fprintf(stderr,
                      "          重发时请加 --id %s，不会重复记录\n"
                      "          send it again with --id %s, and it is recorded once\n",
                      event->id, event->id);
    }
    return answer;
}

int send_named(struct ctl *ctl, Award__Event *event, const char *id, bool dry_run)
{
    int status = CTL_OK;
    (void)send_named_answer(ctl, event, id, dry_run, &status);
    return status;
}
