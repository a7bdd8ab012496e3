// The whole records that honours from before this system leave, and which case a record is about.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"

#include <criterion/criterion.h>
#include <string.h>

#define CASE "2016/" WORLD_ENTERPRISE "/1"

static const char *json_of(struct world *world, ProtobufCMessage *record)
{
    return record != NULL ? codec_to_json(record, CODEC_JSON_LINE, world_arena(world)) : "none";
}

static const char *quoted(struct world *world, const char *text)
{
    char *json = arena_string(world_arena(world), text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    return json;
}

static struct world *world_registered(void)
{
    struct world *world = world_create();
    applying_register(world, WORLD_ENTERPRISE);
    return world;
}

static const Award__Decision *record(struct world *world, const char *what)
{
    return after_send(world, "office",
                      "{\"earlier_record\":{\"enterprise\":\"%s\",%s,\"proof\":\"渝府发\"}}",
                      WORLD_ENTERPRISE, what);
}

#define HONOUR(kind, on) "\"honour\":\"" kind "\",\"on\":\"" on "\""
#define REVOKED(kind, on) "\"revocation\":\"" kind "\",\"on\":\"" on "\""
#define IN_2016 ",\"cycle\":\"2016\""

Test(earlier_records, an_honour_and_its_revocation_are_kept_whole)
{
    struct world *world = world_registered();
    (void)record(world, HONOUR("award", "2016-11-10") IN_2016
                 ",\"medal\":\"M-16\",\"certificate\":\"C-16\"");
    cr_expect_str_eq(
        json_of(world, &world_case(world, CASE)->base),
        quoted(world,
               "{'case':'" CASE "','cycle':'2016','enterprise':'" WORLD_ENTERPRISE
               "','version':'1','stage':'honoured','stage_article':'17-20','candidate_for':'award',"
               "'honour':{'kind':'award','from':'2016-11-10','medal':'M-16','certificate':'C-16'},'"
               "stage_since':'2018-01-02','earlier':'2018-01-02T09:00:00+08:00'}"));
    Award__Cycle *cycle = (Award__Cycle *)world_record(world, AWARD__CHANGE__RECORD_CYCLE, "2016");
    cr_assert_not_null(cycle);
    cr_expect_str_eq(cycle->rulebook, world_rules(world)->digest);
    cycle->rulebook = NULL;
    cr_expect_str_eq(json_of(world, &cycle->base),
                     quoted(world, "{'cycle':'2016','opened_on':'2016-11-10','cases':['" CASE
                                   "'],'published_on':'2016-11-10','closed':true,'earlier':true}"));
    (void)record(world, REVOKED("award", "2017-05-20") IN_2016 ",\"ground\":\"major_accident\"");
    cr_expect_str_eq(
        json_of(world, &world_case(world, CASE)->base),
        quoted(world,
               "{'case':'" CASE "','cycle':'2016','enterprise':'" WORLD_ENTERPRISE
               "','version':'2','stage':'revocation_closed','stage_article':'20','candidate_for':'"
               "award','honour':{'kind':'award','from':'2016-11-10','until':'2017-05-19','medal':'"
               "M-16','certificate':'C-16'},'revocation':'" CASE
               "/earlier','stage_since':'2018-01-02','earlier':'2018-01-02T09:00:00+08:00'}"));
    cr_expect_str_eq(
        json_of(world, world_record(world, AWARD__CHANGE__RECORD_REVOCATION, CASE "/earlier")),
        quoted(world, "{'revocation':'" CASE "/earlier','case':'" CASE
                      "','ground':'major_accident','facts':'渝府发','step':'closed','decided_on':'"
                      "2017-05-20','opened_by':'office'}"));
    cr_expect_str_eq(
        json_of(world, &after_enterprise(world, WORLD_ENTERPRISE)->base),
        quoted(world,
               "{'enterprise':'" WORLD_ENTERPRISE "','name':'企业 " WORLD_ENTERPRISE
               "','region':'500112','district':'500112','industry':'C36','legal_person':true,'"
               "operating_since':'2001-09-03','bars':[{'article':'12(3)','from':'2016-11-10','"
               "until':'2021-11-10','source':'earlier'},{'article':'12(4)','from':'2017-05-20','"
               "until':'2022-05-20','source':'earlier'}],'cases':['" CASE "']}"));
    world_destroy(world);
}

static const char *cases_of(struct world *world)
{
    const Award__Enterprise *enterprise = after_enterprise(world, WORLD_ENTERPRISE);
    const char *text = "";
    for (size_t i = 0; i < enterprise->n_cases; i++) {
        const Award__Case *c = world_case(world, enterprise->cases[i]);
        const char *whole = json_of(world, &c->honour->base);
        text =
            arena_format(world_arena(world), "%s%s%s%s", text, i > 0 ? " " : "", c->cycle, whole);
    }
    return text;
}

// F-record-4: what is entered in which order, and the cases that there are then.
Test(earlier_records, each_is_about_the_case_that_fits_its_kind_and_day)
{
    // clang-format off
    static const struct {
        const char *records[4];
        const char *cases;
        const char *code; // of the last
    } rows[] = {
        // on the day of the honour itself it may be revoked, the day before not
        {{HONOUR("award", "2016-11-10"), REVOKED("award", "2016-11-10")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2016-11-09'}", ""},
        {{HONOUR("award", "2016-11-10"), REVOKED("award", "2016-11-09")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10'} earlier-2016-11-09{'kind':'award','until':'2016-11-08'}", ""},
        {{HONOUR("award", "2016-11-10") IN_2016, REVOKED("award", "2016-11-10") IN_2016}, "2016{'kind':'award','from':'2016-11-10','until':'2016-11-09'}", ""},
        {{HONOUR("award", "2016-11-10") IN_2016, REVOKED("award", "2016-11-09") IN_2016}, "2016{'kind':'award','from':'2016-11-10'}", "earlier_differs"},
        {{HONOUR("award", "2012-11-10"), HONOUR("award", "2016-11-10"), REVOKED("award", "2017-05-20")}, "earlier-2012-11-10{'kind':'award','from':'2012-11-10'} earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2017-05-19'}", ""},
        {{HONOUR("award", "2016-11-10"), HONOUR("award", "2012-11-10"), REVOKED("award", "2017-05-20")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2017-05-19'} earlier-2012-11-10{'kind':'award','from':'2012-11-10'}", ""},
        {{HONOUR("award", "2016-11-10"), HONOUR("award", "2012-11-10"), REVOKED("award", "2013-05-20")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10'} earlier-2012-11-10{'kind':'award','from':'2012-11-10','until':'2013-05-19'}", ""},
        {{HONOUR("nomination", "2016-11-10"), REVOKED("award", "2017-05-20")}, "earlier-2016-11-10{'kind':'nomination','from':'2016-11-10'} earlier-2017-05-20{'kind':'award','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20"), HONOUR("award", "2017-05-19")}, "earlier-2017-05-20{'kind':'award','from':'2017-05-19','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20"), HONOUR("award", "2017-05-20")}, "earlier-2017-05-20{'kind':'award','from':'2017-05-20','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20"), HONOUR("award", "2017-05-21")}, "earlier-2017-05-20{'kind':'award','until':'2017-05-19'} earlier-2017-05-21{'kind':'award','from':'2017-05-21'}", ""},
        {{REVOKED("award", "2017-05-20"), HONOUR("nomination", "2016-11-10")}, "earlier-2017-05-20{'kind':'award','until':'2017-05-19'} earlier-2016-11-10{'kind':'nomination','from':'2016-11-10'}", ""},
        {{REVOKED("award", "2017-05-20") IN_2016, HONOUR("award", "2017-05-19") IN_2016}, "2016{'kind':'award','from':'2017-05-19','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20") IN_2016, HONOUR("award", "2017-05-20") IN_2016}, "2016{'kind':'award','from':'2017-05-20','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20") IN_2016, HONOUR("award", "2017-05-20")}, "2016{'kind':'award','from':'2017-05-20','until':'2017-05-19'}", ""},
        {{REVOKED("award", "2017-05-20") IN_2016, HONOUR("award", "2017-05-21") IN_2016}, "2016{'kind':'award','until':'2017-05-19'}", "earlier_differs"},
        {{REVOKED("award", "2017-05-20") IN_2016, HONOUR("nomination", "2016-11-10") IN_2016}, "2016{'kind':'award','until':'2017-05-19'}", "earlier_differs"},
        {{REVOKED("award", "2017-05-20") IN_2016, REVOKED("award", "2017-05-21") IN_2016}, "2016{'kind':'award','until':'2017-05-19'}", "earlier_differs"},
        {{HONOUR("award", "2016-11-10"), REVOKED("award", "2017-05-20"), REVOKED("award", "2017-05-20")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2017-05-19'}", ""},
        {{HONOUR("award", "2016-11-10") ",\"medal\":\"M\"", HONOUR("award", "2016-11-10") ",\"medal\":\"M\""}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','medal':'M'}", ""},
        {{HONOUR("award", "2016-11-10") IN_2016 ",\"medal\":\"M\"", HONOUR("award", "2016-11-10") IN_2016 ",\"medal\":\"N\""}, "2016{'kind':'award','from':'2016-11-10','medal':'M'}", "earlier_differs"},
        {{HONOUR("award", "2016-11-10") IN_2016 ",\"certificate\":\"M\"", HONOUR("award", "2016-11-10") IN_2016 ",\"certificate\":\"N\""}, "2016{'kind':'award','from':'2016-11-10','certificate':'M'}", "earlier_differs"},
        {{HONOUR("award", "2016-11-10") IN_2016, REVOKED("award", "2017-05-20") IN_2016 ",\"medal\":\"M\",\"certificate\":\"C\""}, "2016{'kind':'award','from':'2016-11-10','until':'2017-05-19','medal':'M','certificate':'C'}", ""},
        {{HONOUR("award", "2016-11-10") ",\"medal\":\" \""}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10'}", ""},
        {{REVOKED("award", "2017-05-20") IN_2016, REVOKED("award", "2017-05-20") IN_2016}, "2016{'kind':'award','until':'2017-05-19'}", ""},
        {{HONOUR("award", "2016-11-10"), REVOKED("award", "2017-05-20"), REVOKED("award", "2017-06-20")}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2017-05-19'} earlier-2017-06-20{'kind':'award','until':'2017-06-19'}", ""},
        {{REVOKED("award", "2017-05-20") ",\"cycle\":\"2015\"", REVOKED("award", "2017-05-20") IN_2016, HONOUR("award", "2017-05-19")}, "2015{'kind':'award','until':'2017-05-19'} 2016{'kind':'award','from':'2017-05-19','until':'2017-05-19'}", ""},
        {{HONOUR("award", "2016-11-10"), REVOKED("award", "2017-05-20"), REVOKED("award", "2017-05-20") ",\"cycle\":\"2015\"", REVOKED("award", "2017-05-20") ",\"medal\":\"M\""}, "earlier-2016-11-10{'kind':'award','from':'2016-11-10','until':'2017-05-19','medal':'M'} 2015{'kind':'award','until':'2017-05-19'}", ""},
        {{HONOUR("award", "2018-01-02")}, "earlier-2018-01-02{'kind':'award','from':'2018-01-02'}", ""},
        {{HONOUR("award", "2018-01-03")}, "", "in_the_future"},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_registered();
        const char *code = "";
        for (size_t k = 0; k < 4 && rows[i].records[k] != NULL; k++) {
            code = world_code(record(world, rows[i].records[k]));
        }
        cr_expect_str_eq(code, rows[i].code, "%zu", i);
        cr_expect_str_eq(cases_of(world), quoted(world, rows[i].cases), "%zu: %s", i,
                         cases_of(world));
        world_destroy(world);
    }
}

Test(earlier_records, of_a_revocation_are_none_of_a_cycle_of_this_system)
{
    struct world *world = world_registered();
    after_put(world, AWARD__CHANGE__RECORD_CYCLE, "{\"cycle\":\"2016\"}");
    cr_expect_str_eq(world_code(record(world, REVOKED("award", "2017-05-20") IN_2016)),
                     "cycle_of_this_system");
    world_destroy(world);
}

// F-record-4
Test(earlier_records, of_a_revocation_recorded_again_leave_the_case_but_for_a_new_number)
{
    struct world *world = world_registered();
    (void)record(world, HONOUR("award", "2016-11-10") IN_2016);
    (void)record(world, REVOKED("award", "2017-05-20") IN_2016);
    const unsigned version = world_case(world, CASE)->version;
    static const char *const more[] = {"", ",\"medal\":\"M\"", ",\"medal\":\"M\"", ""};
    for (unsigned i = 0; i < 4; i++) {
        (void)record(world, arena_format(world_arena(world),
                                         REVOKED("award", "2017-05-20") IN_2016 "%s", more[i]));
        cr_expect_eq(world_case(world, CASE)->version, version + (i > 0 ? 1 : 0), "%u", i);
    }
    cr_expect_str_eq(world_case(world, CASE)->honour->medal, "M");
    cr_expect_null(world_case(world, CASE)->honour->certificate);
    world_destroy(world);
}
