// selecting_world - a world in which a cycle stands before or within its final selection
#include "tests/rules/selecting_world.h"

#include "tests/rules/naive_ranking.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const codes[SELECTING_CASES_MAX] = {
    WORLD_ENTERPRISE,     "91500107621980478R", "915001187907265348",
    "91500109622018352Y", "915001127094221048", "91500116756204185Y",
    "915001156761194237", "91500117203611979W", "91500120565613808G",
};

const char *selecting_case(struct world *world, size_t index)
{
    cr_assert_lt(index, SELECTING_CASES_MAX);
    return arena_format(world_arena(world), "2018/%s/1", codes[index]);
}

const char *selecting_stage(struct world *world, size_t index)
{
    const Award__Case *c = world_case(world, selecting_case(world, index));
    cr_assert_not_null(c);
    return protobuf_c_enum_descriptor_get_value(&award__stage__name__descriptor, (int)c->stage)
        ->name;
}

const char *selecting_json(struct world *world, const char *json)
{
    const char *done = "";
    const char *at;
    while ((at = strchr(json, '%')) != NULL) {
        cr_assert(at[1] >= '0' && at[1] < '0' + SELECTING_CASES_MAX, "%s", json);
        done = arena_format(world_arena(world), "%s%.*s%s", done, (int)(at - json), json,
                            selecting_case(world, (size_t)(at[1] - '0')));
        json = at + 2;
    }
    return arena_format(world_arena(world), "%s%s", done, json);
}

// ---- Putting what stands

static const char *defence_json(struct world *world, const struct standing *standing)
{
    if (standing->defence_of == 0) {
        return "";
    }
    return arena_format(world_arena(world),
                        "\"defence\":{\"closed\":true,\"score\":{\"numerator\":%d,"
                        "\"denominator\":%d}},",
                        standing->defence, standing->defence_of);
}

static const char *score_json(struct world *world, const char *field, const char *score)
{
    return score == NULL ? "" : arena_format(world_arena(world), "\"%s\":\"%s\",", field, score);
}

static void case_put(struct world *world, size_t index, const struct standing *standing)
{
    struct arena *arena = world_arena(world);
    world_put_json(
        world, AWARD__CHANGE__RECORD_ENTERPRISE,
        arena_format(arena,
                     "{\"enterprise\":\"%s\",\"name\":\"企业%zu\",\"region\":\"500112\","
                     "\"district\":\"500112\",\"industry\":\"C36\",\"legal_person\":true,"
                     "\"operating_since\":\"2000-01-01\",\"cases\":[\"%s\"]}",
                     codes[index], index, selecting_case(world, index)));
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   arena_format(arena,
                                "{\"case\":\"%s\",\"cycle\":\"2018\",\"enterprise\":\"%s\",%s%s%s%s"
                                "\"version\":\"7\",\"stage\":\"%s\",\"applied_on\":\"2018-01-02\"}",
                                selecting_case(world, index), codes[index],
                                standing->more != NULL ? standing->more : "",
                                score_json(world, "document_score", standing->document),
                                score_json(world, "site_score", standing->site),
                                defence_json(world, standing), standing->stage));
}

static void cycle_put(struct world *world, size_t count)
{
    struct arena *arena = world_arena(world);
    const char *cases = "";
    for (size_t i = 0; i < count; i++) {
        cases =
            arena_format(arena, "%s%s\"%s\"", cases, i > 0 ? "," : "", selecting_case(world, i));
    }
    const char *units = "";
    for (int i = 1; i <= SELECTING_UNITS; i++) {
        units = arena_format(arena, "%s%s\"U%d\"", units, i > 1 ? "," : "", i);
    }
    world_put_json(
        world, AWARD__CHANGE__RECORD_CYCLE,
        arena_format(arena,
                     "{\"cycle\":\"2018\",\"rulebook\":\"%s\",\"cases\":[%s],\"opened\":{"
                     "\"cycle\":\"2018\",\"units\":[%s],\"chair\":\"主任\"}}",
                     world_rules(world)->digest, cases, units));
}

struct world *selecting_world(size_t count, const struct standing *cases)
{
    cr_assert_leq(count, SELECTING_CASES_MAX);
    struct world *world = world_create();
    for (size_t i = 0; i < count; i++) {
        case_put(world, i, &cases[i]);
    }
    cycle_put(world, count);
    return world;
}

// ---- Sending

const Award__Decision *selecting_send(struct world *world, const char *principal, const char *json)
{
    return world_send(world, principal, selecting_json(world, json));
}

const Award__Decision *selecting_accept(struct world *world, const char *principal,
                                        const char *json)
{
    return world_accept(world, principal, selecting_json(world, json));
}

void selecting_reject(struct world *world, const char *principal, const char *json,
                      const char *code)
{
    const Award__Decision *decision = selecting_send(world, principal, json);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", json);
    cr_assert_str_eq(world_code(decision), code);
    cr_assert_eq(decision->n_changes, 0);
}

// ---- The worker's answer, made without the rules

static void entrants_fill(struct world *world, Award__Rank *asked)
{
    const Award__Cycle *cycle = selecting_cycle(world);
    asked->entrants =
        arena_alloc(world_arena(world), SELECTING_CASES_MAX * sizeof(*asked->entrants));
    for (size_t i = 0; i < cycle->n_cases; i++) {
        Award__Case *c = world_case(world, cycle->cases[i]);
        if (c->stage != AWARD__STAGE__NAME__final) {
            continue;
        }
        Award__Rank__Entrant *entrant = arena_alloc(world_arena(world), sizeof(*entrant));
        award__rank__entrant__init(entrant);
        entrant->case_ = c->case_;
        entrant->document = c->document_score;
        entrant->site = c->site_score;
        entrant->defence = c->defence->score;
        if (entrant->defence == NULL) {
            entrant->defence = arena_alloc(world_arena(world), sizeof(*entrant->defence));
            award__fraction__init(entrant->defence);
            entrant->defence->has_numerator = entrant->defence->has_denominator = 1;
            entrant->defence->denominator = 1;
        }
        asked->entrants[asked->n_entrants++] = entrant;
    }
}

static Award__Points *threshold(struct world *world, int64_t hundredths)
{
    Award__Points *points = arena_alloc(world_arena(world), sizeof(*points));
    award__points__init(points);
    points->has_hundredths = 1;
    points->hundredths = hundredths;
    return points;
}

const char *selecting_ranking(struct world *world, unsigned asking)
{
    const Award__Selection *selection = selecting_selection(world);
    Award__Rank *asked = arena_alloc(world_arena(world), sizeof(*asked));
    award__rank__init(asked);
    asked->cycle = arena_string(world_arena(world), "2018");
    asked->document_weight = 20;
    asked->site_weight = 80;
    asked->award_threshold = threshold(world, 50000);
    asked->nomination_threshold = threshold(world, 40000);
    asked->award_places = world_rules(world)->award_places;
    asked->nomination_places = world_rules(world)->nomination_places;
    asked->n_ties = selection->n_ties;
    asked->ties = selection->ties;
    entrants_fill(world, asked);
    const Award__RankingComputed *computed = naive_ranking(asked, world_arena(world));
    return arena_format(world_arena(world), "{\"task\":\"rank:2018:%u\",\"ranking_computed\":%s}",
                        asking,
                        codec_to_json(&computed->base, CODEC_JSON_LINE, world_arena(world)));
}

const Award__Decision *selecting_rank(struct world *world, unsigned asking)
{
    return world_accept(world, "worker-scoring", selecting_ranking(world, asking));
}

// ---- Looking

Award__Cycle *selecting_cycle(struct world *world)
{
    return (Award__Cycle *)world_record(world, AWARD__CHANGE__RECORD_CYCLE, "2018");
}

Award__Selection *selecting_selection(struct world *world)
{
    return (Award__Selection *)world_record(world, AWARD__CHANGE__RECORD_SELECTION, "2018");
}

Award__Deadline *selecting_deadline(struct world *world, const char *id)
{
    return (Award__Deadline *)world_record(world, AWARD__CHANGE__RECORD_DEADLINE, id);
}

size_t selecting_messages(struct world *world, Award__Template__Name template_name)
{
    size_t all = world_count(world, AWARD__CHANGE__RECORD_MESSAGE);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        const Award__Message *message =
            (const Award__Message *)world_record_at(world, AWARD__CHANGE__RECORD_MESSAGE, i);
        count += message->template_ == template_name;
    }
    return count;
}

size_t selecting_bars(struct world *world, size_t index, const char *article)
{
    const Award__Enterprise *enterprise = (const Award__Enterprise *)world_record(
        world, AWARD__CHANGE__RECORD_ENTERPRISE, codes[index]);
    size_t count = 0;
    for (size_t i = 0; i < enterprise->n_bars; i++) {
        count += strcmp(enterprise->bars[i]->article, article) == 0;
    }
    return count;
}
