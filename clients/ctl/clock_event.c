// clock_event - the event that moves a manual clock
#include "clients/ctl/clock_event.h"

#include "common/time.h"

Award__Event *clock_event(int64_t moment_ms, struct arena *arena)
{
    char text[MOMENT_TEXT_BYTES];
    Award__Event *event = arena_alloc(arena, sizeof(*event));
    Award__ClockSet *clock_set = arena_alloc(arena, sizeof(*clock_set));
    Award__Moment *moment = arena_alloc(arena, sizeof(*moment));
    award__event__init(event);
    award__clock_set__init(clock_set);
    award__moment__init(moment);
    moment_format(moment_ms, text);
    event->id = arena_format(arena, "clock-%s", text);
    event->body_case = AWARD__EVENT__BODY_CLOCK_SET;
    event->clock_set = clock_set;
    clock_set->moment = moment;
    moment->has_ms = true;
    moment->ms = moment_ms;
    return event;
}
