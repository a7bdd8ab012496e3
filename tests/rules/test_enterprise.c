// The master record of an enterprise: each field as it was sent, and the form of each (2).
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <string.h>

#define CODE_32 "01234567890123456789012345678901"
#define CODE_33 CODE_32 "2"

static const char *with(struct world *world, const char *event, const char *code, const char *more)
{
    return arena_format(world_arena(world), "{\"%s\":{\"enterprise\":\"%s\"%s}}", event, code,
                        more);
}

static const char *registered(struct world *world, const char *code, const char *region,
                              const char *district, const char *since)
{
    return with(world, "enterprise_registered", code,
                arena_format(world_arena(world),
                             ",\"name\":\"甲\",\"industry\":\"C36\",\"legal_person\":true,"
                             "\"region\":\"%s\",\"district\":\"%s\",\"operating_since\":\"%s\"",
                             region, district, since));
}

static const char *kept(struct world *world, const char *code)
{
    const Award__Enterprise *enterprise = after_enterprise(world, code);
    cr_assert_not_null(enterprise, "%s", code);
    return codec_to_json(&enterprise->base, CODEC_JSON_LINE, world_arena(world));
}

Test(enterprise, is_kept_as_sent_and_a_change_replaces_what_it_names)
{
    struct world *world = world_create();
    world_accept(world, "office",
                 registered(world, WORLD_ENTERPRISE, "500112", "500113", "2001-09-03"));
    cr_expect_str_eq(kept(world, WORLD_ENTERPRISE),
                     "{\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"name\":\"甲\",\"region\":\"500112\",\"district\":\"500113\","
                     "\"industry\":\"C36\",\"legal_person\":true,\"operating_since\":"
                     "\"2001-09-03\"}");
    world_accept(world, "office",
                 with(world, "enterprise_changed", WORLD_ENTERPRISE, ",\"name\":\" \""));
    world_accept(world, "office",
                 with(world, "enterprise_changed", WORLD_ENTERPRISE,
                      ",\"region\":\"500107\",\"industry\":\"C37\",\"legal_person\":false"));
    cr_expect_str_eq(kept(world, WORLD_ENTERPRISE),
                     "{\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"name\":\"甲\",\"region\":\"500107\",\"district\":\"500113\","
                     "\"industry\":\"C37\",\"legal_person\":false,\"operating_since\":"
                     "\"2001-09-03\"}");
    world_accept(
        world, "office",
        with(world, "enterprise_changed", WORLD_ENTERPRISE,
             ",\"name\":\"乙\",\"district\":\"500109\",\"operating_since\":\"2002-01-01\""));
    cr_expect_str_eq(kept(world, WORLD_ENTERPRISE),
                     "{\"enterprise\":\"" WORLD_ENTERPRISE
                     "\",\"name\":\"乙\",\"region\":\"500107\",\"district\":\"500109\","
                     "\"industry\":\"C37\",\"legal_person\":false,\"operating_since\":"
                     "\"2002-01-01\"}");
    world_destroy(world);
}

Test(enterprise, is_warned_of_a_code_that_is_none_or_of_another_province_and_taken)
{
    static const struct {
        const char *code;
        const char *region;
        const char *warning;
    } rows[] = {
        {WORLD_ENTERPRISE,     "500112", ""                          },
        {WORLD_ENTERPRISE,     "110101", "first_registered_elsewhere"},
        {"91500112MA5U0000X9", "500112", "bad_credit_code"           },
        {CODE_32,              "110101", "bad_credit_code"           },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_create();
        const Award__Decision *decision =
            world_accept(world, "office",
                         registered(world, rows[i].code, rows[i].region, "500112", "2001-09-03"));
        cr_expect_str_eq(world_code(decision), rows[i].warning, "%s", rows[i].code);
        cr_expect_eq(decision->n_reasons, *rows[i].warning != '\0' ? 1 : 0);
        decision = world_accept(
            world, "office", with(world, "enterprise_changed", rows[i].code, ",\"name\":\"乙\""));
        cr_expect_str_eq(world_code(decision), rows[i].warning, "%s", rows[i].code);
        world_destroy(world);
    }
}

Test(enterprise, with_a_field_of_another_form_is_rejected)
{
    static const struct {
        const char *code;
        const char *region;
        const char *district;
        const char *since;
        const char *rejection;
        const char *article;
    } rows[] = {
        {CODE_33,          "500112",  "500112",  "2001-09-03", "bad_identifier", "limit"},
        {WORLD_ENTERPRISE, "50011",   "500112",  "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "5001123", "500112",  "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "50011a",  "500112",  "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "500112",  "50011",   "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "500112",  "5001123", "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "500112",  "50011a",  "2001-09-03", "bad_division",   "form" },
        {WORLD_ENTERPRISE, "500112",  "500112",  "2018-01-03", "in_the_future",  "order"},
    };
    struct world *world = world_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        world_reject(
            world, "office",
            registered(world, rows[i].code, rows[i].region, rows[i].district, rows[i].since),
            rows[i].rejection, rows[i].article);
        cr_expect_null(after_enterprise(world, rows[i].code), "%zu", i);
    }
    world_accept(world, "office", registered(world, CODE_32, "500112", "500112", "2018-01-02"));
    world_destroy(world);
}

Test(enterprise, is_changed_within_the_same_forms)
{
    static const struct {
        const char *code;
        const char *more;
        const char *rejection;
    } rows[] = {
        {WORLD_ENTERPRISE, ",\"region\":\"50011\"",               "bad_division"      },
        {WORLD_ENTERPRISE, ",\"district\":\"5001123\"",           "bad_division"      },
        {WORLD_ENTERPRISE, ",\"operating_since\":\"2018-01-03\"", "in_the_future"     },
        {CODE_32,          ",\"name\":\"乙\"",                   "no_such_enterprise"},
    };
    struct world *world = world_create();
    world_accept(world, "office",
                 registered(world, WORLD_ENTERPRISE, "500112", "500112", "2001-09-03"));
    const char *before = kept(world, WORLD_ENTERPRISE);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = world_send(
            world, "office", with(world, "enterprise_changed", rows[i].code, rows[i].more));
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%zu", i);
        cr_expect_str_eq(world_code(decision), rows[i].rejection, "%zu", i);
    }
    cr_expect_str_eq(kept(world, WORLD_ENTERPRISE), before);
    world_destroy(world);
}

// decision 27
Test(enterprise, is_linked_to_a_registered_predecessor_once_and_never_to_itself)
{
    static const char *const codes[] = {"A", "B", "C"};
    static const struct {
        const char *enterprise;
        const char *predecessor;
        const char *rejection;
    } rows[] = {
        {"A", "A", "own_predecessor"   },
        {"A", "X", "no_such_enterprise"},
        {"X", "A", "no_such_enterprise"},
        {"A", "B", ""                  },
        {"A", "B", "already_linked"    },
        {"B", "A", "own_predecessor"   },
        {"B", "C", ""                  },
        {"C", "A", "own_predecessor"   },
        {"A", "C", ""                  },
    };
    struct world *world = world_create();
    for (size_t i = 0; i < 3; i++) {
        world_accept(world, "office",
                     registered(world, codes[i], "500112", "500112", "2001-09-03"));
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision =
            after_send(world, "office",
                       "{\"predecessor_linked\":{\"enterprise\":\"%s\",\"predecessor\":\"%s\","
                       "\"how\":\"split\",\"proof\":\"决议\"}}",
                       rows[i].enterprise, rows[i].predecessor);
        cr_expect_str_eq(world_code(decision), rows[i].rejection, "%zu", i);
        cr_expect_eq(decision->outcome == AWARD__OUTCOME__NAME__rejected,
                     *rows[i].rejection != '\0', "%zu", i);
    }
    const Award__Enterprise *a = after_enterprise(world, "A");
    cr_assert_eq(a->n_predecessors, 2);
    cr_expect_str_eq(a->predecessors[0], "B");
    cr_expect_str_eq(a->predecessors[1], "C");
    cr_expect_eq(a->n_successors, 0);
    const Award__Enterprise *c = after_enterprise(world, "C");
    cr_assert_eq(c->n_successors, 2);
    cr_expect_str_eq(c->successors[0], "B");
    cr_expect_str_eq(c->successors[1], "A");
    cr_assert_eq(world_count(world, AWARD__CHANGE__RECORD_NOTE), 3);
    const Award__Note *note;
    size_t found = 0;
    for (size_t i = 0;
         (note = (const Award__Note *)world_record_at(world, AWARD__CHANGE__RECORD_NOTE, i)) !=
         NULL;
         i++) {
        found += strcmp(note->subject, "A") == 0 && strcmp(note->text, "B（split）：决议") == 0;
    }
    cr_expect_eq(found, 1);
    world_destroy(world);
}
