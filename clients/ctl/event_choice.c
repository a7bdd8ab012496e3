// event_choice - the event that a command line names
#include "clients/ctl/event_choice.h"

#include "rules/events.h"
#include "settings/nearest.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

bool event_sendable(Award__Event__BodyCase number)
{
    const struct event_row *row = event_row(number);
    return row != NULL && (row->from & ~ROLE(coordinator)) != 0;
}

static const char *nearest_event(const char *name)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (unsigned i = 0; i < EVENT_NUMBERS; i++) {
        Award__Event__BodyCase number = (Award__Event__BodyCase)i;
        size_t distance =
            event_sendable(number) ? word_distance(name, event_name(number)) : SIZE_MAX;
        if (distance < least) {
            least = distance;
            nearest = event_name(number);
        }
    }
    return nearest != NULL && word_near(least, nearest) ? nearest : NULL;
}

bool event_choose(const char *name)
{
    Award__Event__BodyCase number = event_number(name);
    if (event_sendable(number)) {
        return true;
    }
    (void)fflush(stdout);
    if (number != AWARD__EVENT__BODY__NOT_SET) {
        (void)fprintf(stderr,
                      "awardctl: %s 由 awardd 自己记录，不能提交\n"
                      "          %s is recorded by awardd itself and cannot be sent\n",
                      name, name);
        return false;
    }
    const char *nearest = nearest_event(name);
    (void)fprintf(stderr,
                  "awardctl: 没有名为 %s 的事件；%s%s%sawardctl explain events 列出全部事件\n"
                  "          there is no event %s; %s%s%sawardctl explain events lists them all\n",
                  name, nearest != NULL ? "是不是 " : "", nearest != NULL ? nearest : "",
                  nearest != NULL ? "？" : "", name, nearest != NULL ? "is it " : "",
                  nearest != NULL ? nearest : "", nearest != NULL ? "? " : "");
    return false;
}
