// bars - the records of 12(2), 12(3) and 12(4): from when until when an enterprise may not apply
#include "rules/bars.h"

#include "common/time.h"

#include <assert.h>
#include <string.h>

static bool bar_there(const Award__Enterprise *enterprise, const char *article, int32_t from,
                      const char *source)
{
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        if (strcmp(bar->article, article) == 0 && bar->from->number == from &&
            strcmp(bar->source, source) == 0) {
            return true;
        }
    }
    return false;
}

// decision 4
void bar_add(struct deciding *d, const char *enterprise_code, const char *article, int32_t from,
             uint32_t years, const char *source)
{
    assert(strncmp(article, "12(", 3) == 0 && years > 0);
    Award__Enterprise *enterprise = enterprise_get(d, enterprise_code);
    if (enterprise == NULL || bar_there(enterprise, article, from, source)) {
        return; // a record that is damaged is reported by deciding itself
    }
    Award__Enterprise__Bar *bar = NEW(d, Award__Enterprise__Bar, award__enterprise__bar);
    bar->article = arena_string(d->arena, article);
    bar->from = day_make(d, from);
    bar->until = day_make(d, day_add_years(from, (int32_t)years));
    bar->source = arena_string(d->arena, source);
    LIST_ADD(d, enterprise, bars, bar);
    concerns(d, enterprise_code);
    enterprise_put(d, enterprise, article);
}

bool violation_bars(Award__Violation__Kind kind)
{
    return kind == AWARD__VIOLATION__KIND__misrepresentation ||
           kind == AWARD__VIOLATION__KIND__violation;
}
