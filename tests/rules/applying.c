// applying - brings a case of WORLD_ENTERPRISE through the chapter of applying, by real events
#include "tests/rules/applying.h"

#include <criterion/criterion.h>
#include <string.h>

void applying_register(struct world *world, const char *enterprise)
{
    (void)world_accept(
        world, "office",
        arena_format(world_arena(world),
                     "{\"enterprise_registered\":{\"enterprise\":\"%s\",\"name\":\"企业 %s\","
                     "\"region\":\"500112\",\"district\":\"500112\",\"industry\":\"C36\","
                     "\"legal_person\":true,\"operating_since\":\"2001-09-03\"}}",
                     enterprise, enterprise));
}

void applying_open(struct world *world)
{
    (void)world_accept(world, "office",
                       "{\"cycle_opened\":{\"cycle\":\"2018\",\"notice\":[{\"medium\":\"重庆日报\","
                       "\"on\":\"2018-01-02\"}],\"closing\":\"2018-04-28T18:00:00+08:00\","
                       "\"units\":[\"甲\",\"乙\",\"丙\"],\"chair\":\"副市长\"}}");
}

const Award__Decision *applying_send(struct world *world, const char *enterprise,
                                     const char *materials)
{
    const Award__Decision *waits = world_send(
        world, "office",
        arena_format(world_arena(world),
                     "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"%s\","
                     "\"materials\":[%s],\"paper_receipt\":\"2018-01-02T09:00:00+08:00\"}}",
                     enterprise, materials));
    return waits;
}

void applying_to_applied(struct world *world)
{
    applying_register(world, WORLD_ENTERPRISE);
    applying_open(world);
    const Award__Decision *decision = applying_send(world, WORLD_ENTERPRISE, APPLYING_MATERIALS);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
}

const char *applying_findings(struct world *world, const char *case_id, const char *failing)
{
    static const char *const conditions[] = {"11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)"};
    const char *list = "";
    for (size_t i = 0; i < 6; i++) {
        list = arena_format(world_arena(world),
                            "%s%s{\"condition\":\"%s\",\"met\":%s,\"evidence\":\"证明\","
                            "\"issuer\":\"市质监局\",\"on\":\"2018-01-02\"}",
                            list, i > 0 ? "," : "", conditions[i],
                            strcmp(conditions[i], failing) == 0 ? "false" : "true");
    }
    return arena_format(world_arena(world),
                        "{\"conditions_verified\":{\"case\":\"%s\",\"findings\":[%s]}}", case_id,
                        list);
}

const char *applying_recommendation(struct world *world, const char *district, bool in_favour,
                                    const char *received)
{
    return arena_format(world_arena(world),
                        "{\"recommendation_given\":{\"case\":\"" APPLYING_CASE
                        "\",\"by\":\"district_government\",\"name\":\"渝北区人民政府\","
                        "\"district\":\"%s\",\"in_favour\":%s,\"received\":\"%s\"}}",
                        district, in_favour ? "true" : "false", received);
}

void applying_to_verified(struct world *world)
{
    applying_to_applied(world);
    (void)world_accept(world, "bureau-500112", applying_findings(world, APPLYING_CASE, ""));
}

void applying_to_recommended(struct world *world)
{
    applying_to_verified(world);
    (void)world_accept(world, "office",
                       applying_recommendation(world, "500112", true, "2018-01-02T09:00:00+08:00"));
}

void applying_to_accepted(struct world *world)
{
    applying_to_recommended(world);
    (void)world_accept(world, "office",
                       "{\"application_accepted\":{\"case\":\"" APPLYING_CASE "\"}}");
}

bool applying_has_reason(size_t count, Award__Reason *const *reasons, const char *article)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(reasons[i]->article, article) == 0) {
            return true;
        }
    }
    return false;
}
