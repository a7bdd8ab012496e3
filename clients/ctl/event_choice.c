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
    struct word_search search = {.wanted = name};
    for (unsigned i = 0; i < EVENT_NUMBERS; i++) {
        if (event_sendable((Award__Event__BodyCase)i)) {
            word_try(&search, event_name((Award__Event__BodyCase)i));
        }
    }
    return search.best;
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
