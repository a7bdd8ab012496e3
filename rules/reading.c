// reading - records read without deciding anything, with the tools of rules/deciding.h
#include "rules/reading.h"

#include "common/time.h"

#include <assert.h>

struct deciding *reading_begin(const struct rules_input *input, struct arena *arena)
{
    assert(input->event == NULL && input->sender == NULL);
    struct deciding *d = arena_alloc(arena, sizeof(*d));
    d->in = input;
    d->arena = arena;
    d->now_ms = input->now_ms;
    d->today = day_of_moment(input->now_ms);
    d->decision = NEW(d, Award__Decision, award__decision); // stays empty
    return d;
}

struct deciding *reading_over(const struct view *view, struct arena *arena)
{
    struct rules_input *input = arena_alloc(arena, sizeof(*input));
    input->view = view;
    return reading_begin(input, arena);
}
