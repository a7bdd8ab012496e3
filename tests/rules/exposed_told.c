// exposed_told - what another reading would change about a case, as a line a row
#include "tests/rules/exposed_told.h"

#include "common/time.h"
#include "rules/exposed.h"
#include "rules/reading.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *act_told(struct world *world, const struct exposed *exposed)
{
    char day[DAY_TEXT_BYTES] = "";
    char moment[MOMENT_TEXT_BYTES] = "";
    if (exposed->on != 0) {
        day_format(exposed->on, day);
    }
    if (exposed->at_ms != 0) {
        moment_format(exposed->at_ms, moment);
    }
    return arena_format(world_arena(world), "%s %s %s%s%s%s%s",
                        exposed->act != 0 ? event_name(exposed->act) : "-", exposed->subject, day,
                        *moment != '\0' ? " " : "", moment, exposed->unless != 0 ? " unless " : "",
                        exposed->unless != 0 ? event_name(exposed->unless) : "");
}

static const char *rows_told(struct world *world, const struct exposed_list *list)
{
    const char *text = "";
    for (size_t i = 0; i < list->n_rows; i++) {
        const struct exposed *exposed = list->rows[i];
        cr_expect_neq(*exposed->reading.zh, '\0');
        cr_expect_neq(*exposed->reading.en, '\0');
        cr_expect_neq(*exposed->decided.zh, '\0');
        cr_expect_neq(*exposed->other.zh, '\0');
        text = arena_format(world_arena(world), "%s%s: %s -> %s [%s; %s]\n", text,
                            exposed->decision, exposed->decided.en, exposed->other.en,
                            exposed->rests_on, act_told(world, exposed));
    }
    return text;
}

const char *exposed_told(struct world *world, const char *case_name)
{
    const Award__Case *c = world_case(world, case_name);
    cr_assert_not_null(c);
    struct exposing *exposing = exposing_begin(world_reading(world), c->cycle);
    cr_assert_not_null(exposing);
    struct exposed_list list = {0, NULL};
    exposed_of_case(exposing, c, &list);
    const char *text = rows_told(world, &list);
    for (size_t i = 0;; i++) {
        const Award__Objection *objection =
            (const Award__Objection *)world_record_at(world, AWARD__CHANGE__RECORD_OBJECTION, i);
        if (objection == NULL) {
            return text;
        }
        struct exposed_list more = {0, NULL};
        if (strcmp(objection->case_, case_name) == 0) {
            exposed_of_objection(exposing, objection, c, &more);
        }
        text = arena_format(world_arena(world), "%s%s", text, rows_told(world, &more));
    }
}

static const char *case_shortened(struct world *world, const char *line, size_t length,
                                  const char *case_name)
{
    const char *text = arena_format(world_arena(world), "%.*s", (int)length, line);
    const char *at = strstr(text, case_name);
    return at == NULL ? text
                      : arena_format(world_arena(world), "%.*sCASE%s", (int)(at - text), text,
                                     at + strlen(case_name));
}

const char *exposed_by(struct world *world, const char *case_name, const char *decision)
{
    const char *found = "";
    const char *line = exposed_told(world, case_name);
    const char *begin = arena_format(world_arena(world), "%s: ", decision);
    for (const char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        if (strncmp(line, begin, strlen(begin)) == 0) {
            found = arena_format(world_arena(world), "%s%s\n", found,
                                 case_shortened(world, line + strlen(begin),
                                                (size_t)(end - line) - strlen(begin), case_name));
        }
    }
    return found;
}
