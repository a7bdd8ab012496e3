// 20(4): what was handed over comes back once, and what never was need not.
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>

#define MEDAL ",\"medal\":\"M\""
#define CERTIFICATE ",\"certificate\":\"C\""
#define PRIZE ",\"prize\":100000"
#define BACK(what) ",\"" what "_returned\":true"
#define PUBLISHED ",\"revocation_published\":true"

#define RETURNED(what) "{\"" what "_returned\":{\"case\":\"" AFTER_CASE "\",\"on\":\"2019-03-01\"}}"
#define PUBLISH                                                                                    \
    "{\"revocation_published\":{\"case\":\"" AFTER_CASE                                            \
    "\",\"on\":\"2019-03-01\",\"media\":[\"m\"]}}"

// F-recovery-1; 20(4)
Test(recovered, is_a_revocation_when_all_that_was_handed_over_is_back_and_it_is_published)
{
    // clang-format off
    static const struct {
        const char *honour;
        const char *event;
        const char *code;
        bool closed;
    } rows[] = {
        {"",                                                       PUBLISH,                 "",                  true },
        {MEDAL,                                                    PUBLISH,                 "",                  false},
        {CERTIFICATE,                                              PUBLISH,                 "",                  false},
        {PRIZE,                                                    PUBLISH,                 "",                  false},
        {MEDAL BACK("medal") CERTIFICATE BACK("certificate") PRIZE BACK("prize"), PUBLISH,  "",                  true },
        {PUBLISHED,                                                PUBLISH,                 "already_done",      false},
        {MEDAL PUBLISHED,                                          RETURNED("medal"),       "",                  true },
        {MEDAL,                                                    RETURNED("medal"),       "",                  false},
        {MEDAL BACK("medal"),                                      RETURNED("medal"),       "already_done",      false},
        {PUBLISHED,                                                RETURNED("medal"),       "never_handed_over", false},
        {CERTIFICATE PUBLISHED,                                    RETURNED("certificate"), "",                  true },
        {CERTIFICATE BACK("certificate"),                          RETURNED("certificate"), "already_done",      false},
        {PUBLISHED,                                                RETURNED("certificate"), "never_handed_over", false},
        {PRIZE PUBLISHED,                                          RETURNED("prize"),       "",                  true },
        {PRIZE MEDAL PUBLISHED,                                    RETURNED("prize"),       "",                  false},
        {PRIZE BACK("prize"),                                      RETURNED("prize"),       "already_done",      false},
        {PUBLISHED,                                                RETURNED("prize"),       "never_handed_over", false},
    };
    // clang-format on
    struct world *world = after_world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        after_put(world, AWARD__CHANGE__RECORD_REVOCATION,
                  "{\"revocation\":\"R\",\"case\":\"" AFTER_CASE "\",\"step\":\"approved\"}");
        after_put(world, AWARD__CHANGE__RECORD_CASE,
                  arena_format(world_arena(world),
                               "{\"case\":\"" AFTER_CASE
                               "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                               "\",\"version\":50,\"stage\":\"revoked\",\"revocation\":\"R\","
                               "\"applied_on\":\"2018-03-07\",\"honour\":{\"kind\":\"award\","
                               "\"from\":\"2018-11-16\",\"until\":\"2019-02-28\"%s}}",
                               rows[i].honour));
        const Award__Decision *decision = after_send(world, "bureau", "%s", rows[i].event);
        cr_expect_str_eq(world_code(decision), rows[i].code, "row %zu: %s", i,
                         world_code(decision));
        cr_expect_eq(world_case(world, AFTER_CASE)->stage == AWARD__STAGE__NAME__revocation_closed,
                     rows[i].closed, "row %zu", i);
    }
    world_destroy(world);
}
