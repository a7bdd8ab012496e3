// steps - when a message went through each step on its way, and what came of it
#include "daemon/steps.h"

#include <assert.h>
#include <stddef.h>

void steps_entries_fill(struct steps_done *done)
{
    done->first_entry = 0;
    done->last_entry = 0;
    for (size_t i = 0; done->answers != NULL && i < done->answers->n_answers; i++) {
        const Award__Answer *answer = done->answers->answers[i];
        if (answer->entry == 0 || answer->repeated || answer->dry_run) {
            continue;
        }
        done->first_entry = done->first_entry == 0 ? answer->entry : done->first_entry;
        done->last_entry = answer->entry; // entries of one message rise
    }
}

int64_t steps_between_us(const struct steps *steps, enum step from, enum step to)
{
    assert(from <= to && to < STEPS);
    int64_t between_us = steps->at_us[to] - steps->at_us[from];
    return between_us > 0 ? between_us : 0;
}
