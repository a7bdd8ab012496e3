// How periods are written, to whom messages go, and which rulebook is in force: small tables.
#include "rules/deciding.h"
#include "rules/messages.h"
#include "rules/reading.h"
#include "rules/rulebook_choice.h"
#include "tests/rules/world.h"

#include <criterion/criterion.h>
#include <stdio.h>

// decision 1
Test(wording, of_a_period_has_its_number_and_unit)
{
    static const struct {
        struct period period;
        const char *zh;
        const char *en;
    } rows[] = {
        {{.length = 1, .unit = PERIOD_DAYS},          "1 日",           "1 day"          },
        {{.length = 7, .unit = PERIOD_DAYS},          "7 日",           "7 days"         },
        {{.length = 1, .unit = PERIOD_WORKING_DAYS},  "1 个工作日",  "1 working day"  },
        {{.length = 15, .unit = PERIOD_WORKING_DAYS}, "15 个工作日", "15 working days"},
        {{.length = 6, .unit = PERIOD_MONTHS},        "6 个月",        "6 months"       },
        {{.length = 3, .unit = PERIOD_YEARS},         "3 年",           "3 years"        },
    };
    struct world *world = world_create();
    struct deciding *d = reading_over(world_view(world), world_arena(world));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cr_expect_str_eq(period_zh(d, &rows[i].period), rows[i].zh);
        cr_expect_str_eq(period_en(d, &rows[i].period), rows[i].en);
    }
    world_destroy(world);
}

// 10: a bureau is told of the enterprises of its own district, an enterprise of itself.
Test(wording, goes_to_the_enterprise_to_its_district_and_to_every_other_role)
{
    static char code[] = "C1";
    static char district[] = "500112";
    static char elsewhere[] = "500109";
    static const struct {
        Award__Role__Name role;
        char *scope;
        char *district; // of the enterprise
        bool known;     // an enterprise is concerned at all
        bool fits;
    } rows[] = {
        {AWARD__ROLE__NAME__enterprise,      code,      district,  true,  true },
        {AWARD__ROLE__NAME__enterprise,      elsewhere, district,  true,  false},
        {AWARD__ROLE__NAME__enterprise,      NULL,      district,  true,  false},
        {AWARD__ROLE__NAME__enterprise,      code,      district,  false, false},
        {AWARD__ROLE__NAME__district_bureau, district,  district,  true,  true },
        {AWARD__ROLE__NAME__district_bureau, district,  elsewhere, true,  false},
        {AWARD__ROLE__NAME__district_bureau, district,  NULL,      true,  false},
        {AWARD__ROLE__NAME__district_bureau, NULL,      district,  true,  false},
        {AWARD__ROLE__NAME__district_bureau, district,  district,  false, false},
        {AWARD__ROLE__NAME__office,          NULL,      district,  false, true },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        Award__Principal principal = AWARD__PRINCIPAL__INIT;
        principal.role = rows[i].role;
        principal.scope = rows[i].scope;
        Award__Enterprise enterprise = AWARD__ENTERPRISE__INIT;
        enterprise.enterprise = code;
        enterprise.district = rows[i].district;
        cr_expect_eq(recipient_fits(NULL, &principal, rows[i].known ? &enterprise : NULL),
                     rows[i].fits, "%zu", i);
    }
}

// decision 1: a day begins at midnight in Shanghai
Test(wording, of_what_is_read_is_of_the_moment_that_is_asked)
{
    struct world *world = world_create();
    const struct rules_input input = {.view = world_view(world), .now_ms = 1514822400000};
    const struct deciding *d = reading_begin(&input, world_arena(world));
    cr_expect_eq(d->now_ms, 1514822400000);
    cr_expect_eq(d->today, 17533); // 2018-01-02
    world_destroy(world);
}

// ---- The rulebook in force

static const struct rulebook *named_rulebook(const void *context, const char *digest)
{
    static struct rulebook found;
    (void)context;
    (void)snprintf(found.digest, sizeof(found.digest), "%s", digest);
    return &found;
}

static const char *in_force(struct world *world)
{
    const struct rules_input input = {.view = world_view(world), .rulebook = named_rulebook};
    const struct rulebook *rulebook = rulebook_in_force(reading_begin(&input, world_arena(world)));
    return rulebook != NULL ? rulebook->digest : "none";
}

// decision 14
Test(wording, of_the_rulebook_of_the_cycle_that_opened_last_is_in_force)
{
    struct world *world = world_create();
    cr_expect_str_eq(in_force(world), world_rules(world)->digest); // the one that is loaded
    static const char *const cycles[] = {
        "{\"cycle\":\"a\",\"rulebook\":\"of a\",\"opened_on\":\"2017-06-01\"}",
        "{\"cycle\":\"b\",\"rulebook\":\"of b\",\"opened_on\":\"2018-01-01\"}",
        "{\"cycle\":\"c\",\"rulebook\":\"of c\",\"opened_on\":\"2017-12-31\"}",
        "{\"cycle\":\"d\",\"rulebook\":\"of d\",\"opened_on\":\"2018-01-01\"}",
        "{\"cycle\":\"e\",\"rulebook\":\"of e\",\"opened_on\":\"2018-01-02\",\"earlier\":true}",
    };
    for (size_t i = 0; i < sizeof(cycles) / sizeof(cycles[0]); i++) {
        world_put_json(world, AWARD__CHANGE__RECORD_CYCLE, cycles[i]);
    }
    cr_expect_str_eq(in_force(world), "of b");
    world_destroy(world);
}
