// not_held - what is not held, and halts, at each stage and with or without a decision
//
// What each is answered stands in tests/rules/transcripts/not_held.
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>

#define NOT_HELD(what, more)                                                                       \
    "{\"not_held\":{\"case\":\"" CASE_A "\",\"what\":\"" what "\"" more "}}"
#define DECISION ",\"decision\":\"办公室决定 1 号\""

// A case of this stage with further fields, as JSON that begins with a comma.
static struct world *world_of(const char *stage, const char *more)
{
    struct world *world = review_world();
    review_team(world, "T1", CASE_A);
    world_put_json(world, AWARD__CHANGE__RECORD_CASE,
                   JSON(world,
                        "{\"case\":\"" CASE_A "\",\"cycle\":\"2018\",\"enterprise\":"
                        "\"" WORLD_ENTERPRISE "\",\"version\":7,\"team\":\"T1\",\"stage\":"
                        "\"%s\",\"document_score\":\"500.00\"%s}",
                        stage, more));
    world_transcript_begin(world);
    return world;
}

// F-defence-2, decision 23
Test(not_held, is_a_visit_or_a_defence_that_has_not_taken_place)
{
    static const struct {
        const char *name;
        const char *stage;
        const char *more;
    } rows[] = {
        {"passed",  "document_passed", ""                                                     },
        {"opened",  "site_visit",      ",\"defence\":{\"opened\":{\"defender\":\"王某\"}}"  },
        {"halted",  "halted",          ",\"stage_before_halt\":\"site_visit\""                },
        {"done",    "site_done",       ",\"defence\":{\"closed\":true}"                       },
        {"visited", "site_visit",      ",\"visit\":{\"scheduled\":{\"first\":\"2018-01-02\"}}"},
    };
    static const char *const tried[] = {
        NOT_HELD("visit", DECISION),
        NOT_HELD("defence", DECISION),
        NOT_HELD("defence", ""),
        NOT_HELD("visit", ",\"decision\":\" \""),
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_of(rows[i].stage, rows[i].more);
        for (size_t k = 0; k < sizeof(tried) / sizeof(tried[0]); k++) {
            (void)world_send(world, "office", tried[k]);
        }
        world_transcript(world, JSON(world, "not_held/%s", rows[i].name));
        world_destroy(world);
    }
}

// 16(5).3s2
Test(not_held, is_a_visit_without_a_decision_either)
{
    struct world *world = world_of("site_visit", "");
    (void)world_send(world, "office", NOT_HELD("visit", ""));
    world_transcript(world, "not_held/visit_without_decision");
    world_destroy(world);
}

// F-halt-1; 16(5).3s1, 16(5).3s2
Test(not_held, goes_on_by_what_the_office_finds_of_a_halt)
{
    static const char *const findings[] = {"cleared", "misrepresentation", "discrepancy"};
    for (size_t i = 0; i < sizeof(findings) / sizeof(findings[0]); i++) {
        struct world *world = world_of("site_visit", "");
        (void)world_send(world, "reviewer-04",
                         "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"设备不存在\"}}");
        (void)world_send(world, "reviewer-02",
                         "{\"halted\":{\"case\":\"" CASE_A "\",\"ground\":\"设备不存在\"}}");
        (void)world_send(world, "office",
                         JSON(world,
                              "{\"halt_decided\":{\"case\":\"" CASE_A
                              "\",\"finding\":\"%s\",\"reason\":\"核实\"}}",
                              findings[i]));
        world_transcript(world, JSON(world, "not_held/%s", findings[i]));
        world_destroy(world);
    }
}
