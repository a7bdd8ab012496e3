// Limits in time just before, at and just after them, and limits in points and counts one step
// below, at and above: what the tests of each chapter show at one place stands here row by row.
#include "tests/rules/after_world.h"
#include "tests/rules/applying.h"
#include "tests/rules/review_world.h"
#include "tests/rules/selecting_world.h"

#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static bool rejected(const Award__Decision *decision)
{
    return decision->outcome == AWARD__OUTCOME__NAME__rejected;
}

// ---- Years: the last day on which a condition fails, and the day after

// clang-format off
static const struct years {
    const char *fact;  // JSON of an event about the enterprise
    const char *article;
    const char *last;  // the last day on which it cannot apply
    const char *after; // the first on which it can
} years[] = {
#define EARLIER(what, on) "{\"earlier_record\":{\"enterprise\":\"" WORLD_ENTERPRISE "\",\"" what "\",\"on\":\"" on "\",\"proof\":\"p\"}}"
#define SINCE(day) "{\"enterprise_changed\":{\"enterprise\":\"" WORLD_ENTERPRISE "\",\"operating_since\":\"" day "\"}}"
#define ACCIDENT(on) "{\"accident_recorded\":{\"incident\":\"I\",\"enterprise\":\"" WORLD_ENTERPRISE "\",\"kind\":\"safety_accident\",\"on\":\"" on "\",\"liable\":\"yes\"}}"
    // 11(1): five years of operation
    {SINCE("2013-01-31"),                             "11(1)", "2018-01-31", "2018-02-01"},
    {SINCE("2013-12-31"),                             "11(1)", "2018-12-31", "2019-01-01"},
    {SINCE("2016-02-28"),                             "11(1)", "2021-02-28", "2021-03-01"},
    {SINCE("2016-02-29"),                             "11(1)", "2021-02-28", "2021-03-01"},
    {SINCE("2015-03-01"),                             "11(1)", "2020-03-01", "2020-03-02"},
    {SINCE("2015-02-28"),                             "11(1)", "2020-02-28", "2020-02-29"},
    // 11(4): three years
    {ACCIDENT("2015-02-28"),                          "11(4)", "2018-02-28", "2018-03-01"},
    {ACCIDENT("2017-03-01"),                          "11(4)", "2020-03-01", "2020-03-02"},
    {ACCIDENT("2017-02-28"),                          "11(4)", "2020-02-28", "2020-02-29"},
    {ACCIDENT("2016-02-29"),                          "11(4)", "2019-02-28", "2019-03-01"},
    // 12(2): three years from the confirmation
    {EARLIER("violation\":\"violation", "2016-02-29"), "12(2)", "2019-02-28", "2019-03-01"},
    {EARLIER("violation\":\"misrepresentation", "2015-01-31"), "12(2)", "2018-01-31", "2018-02-01"},
    // 12(3), 12(4): five years from publication and from approval
    {EARLIER("honour\":\"award", "2016-02-29"),        "12(3)", "2021-02-28", "2021-03-01"},
    {EARLIER("honour\":\"award", "2013-12-31"),        "12(3)", "2018-12-31", "2019-01-01"},
    {EARLIER("revocation\":\"award", "2016-02-29"),    "12(4)", "2021-02-28", "2021-03-01"},
    {EARLIER("revocation\":\"award", "2013-12-31"),    "12(4)", "2018-12-31", "2019-01-01"},
};
// clang-format on

static const Award__Decision *apply_on(struct world *world, const char *day)
{
    world_clock(world, JSON(world, "%sT00:00:00+08:00", day));
    return world_send(world, "office",
                      JSON(world,
                           "{\"application_submitted\":{\"cycle\":\"long\",\"enterprise\":\"%s\","
                           "\"materials\":[" APPLYING_MATERIALS
                           "],\"paper_receipt\":\"%sT00:00:00+08:00\"}}",
                           WORLD_ENTERPRISE, day));
}

static const char *day_before(struct world *world, const char *text)
{
    int32_t day;
    cr_assert(day_parse(text, strlen(text), &day));
    char before[DAY_TEXT_BYTES];
    day_format(day - 1, before);
    return arena_string(world_arena(world), before);
}

static void years_walk(const struct years *row)
{
    struct world *world = world_create();
    (void)world_accept(world, "office",
                       "{\"cycle_opened\":{\"cycle\":\"long\",\"notice\":[{\"medium\":\"m\"}],"
                       "\"closing\":\"2030-12-31T18:00:00+08:00\",\"units\":[\"甲\"],"
                       "\"chair\":\"c\"}}");
    applying_register(world, WORLD_ENTERPRISE);
    (void)world_accept(world, "office", row->fact);
    const Award__Decision *before = apply_on(world, day_before(world, row->last));
    cr_expect_eq(before->outcome, AWARD__OUTCOME__NAME__refused, "%s before %s", row->fact,
                 row->last);
    const Award__Decision *last = apply_on(world, row->last);
    cr_expect_eq(last->outcome, AWARD__OUTCOME__NAME__refused, "%s on %s", row->fact, row->last);
    cr_expect_str_eq(world_article(last), row->article);
    const Award__Decision *after = apply_on(world, row->after);
    cr_expect_eq(after->outcome, AWARD__OUTCOME__NAME__accepted, "%s on %s", row->fact, row->after);
    world_destroy(world);
}

Test(boundaries, years_end_with_their_last_day)
{
    for (size_t i = 0; i < ROWS(years); i++) {
        years_walk(&years[i]);
    }
}

// ---- The closing moment: both receipts and the recommendation

static const struct moments {
    const char *moment;
    bool late;
} closing[] = {
    {"2018-04-28T17:59:59.999+08:00", false},
    {"2018-04-28T18:00:00+08:00",     false},
    {"2018-04-28T18:00:00.001+08:00", true },
};

static const char *received(struct world *world, const char *electronic, const char *paper)
{
    return JSON(world,
                "{\"application_submitted\":{\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
                "\",\"materials\":[" APPLYING_MATERIALS
                "],\"electronic_receipt\":\"%s\",\"paper_receipt\":\"%s\"}}",
                electronic, paper);
}

Test(boundaries, each_receipt_is_in_time_up_to_the_closing_moment)
{
    static const char early[] = "2018-04-02T09:00:00+08:00";
    struct world *world = world_create();
    applying_register(world, WORLD_ENTERPRISE);
    applying_open(world);
    world_clock(world, "2018-05-02T09:00:00+08:00");
    for (size_t i = 0; i < ROWS(closing); i++) {
        const char *moment = closing[i].moment;
        const Award__Decision *first = world_try(world, "office", received(world, moment, early));
        const Award__Decision *second = world_try(world, "office", received(world, early, moment));
        cr_expect_eq(rejected(first), closing[i].late, "electronic %s", moment);
        cr_expect_eq(rejected(second), closing[i].late, "paper %s", moment);
        if (closing[i].late) {
            cr_expect_str_eq(world_code(first), "received_late");
            cr_expect_str_eq(world_code(second), "received_late");
        }
    }
    world_destroy(world);
}

Test(boundaries, a_recommendation_is_in_time_up_to_the_closing_moment)
{
    struct world *world = world_create();
    applying_to_verified(world);
    world_clock(world, "2018-05-02T09:00:00+08:00");
    for (size_t i = 0; i < ROWS(closing); i++) {
        const Award__Decision *decision = world_try(
            world, "office", applying_recommendation(world, "500112", true, closing[i].moment));
        cr_expect_eq(rejected(decision), closing[i].late, "%s", closing[i].moment);
    }
    world_destroy(world);
}

// Policy: thirty days, each of the two receipts and the recommendation.
Test(boundaries, receipts_are_entered_thirty_days_late_at_most)
{
    struct world *world = world_create();
    applying_to_verified(world);
    const char *given = applying_recommendation(world, "500112", true, "2018-04-10T09:00:00+08:00");
    world_clock(world, "2018-05-09T23:59:59+08:00");
    cr_expect_not(rejected(world_try(world, "office", given)));
    world_clock(world, "2018-05-10T23:59:59+08:00");
    cr_expect_not(rejected(world_try(world, "office", given)));
    world_clock(world, "2018-05-11T00:00:00+08:00");
    cr_expect(rejected(world_try(world, "office", given)));
    world_destroy(world);
}

// ---- Texts

Test(boundaries, texts_of_their_limit_are_admitted_and_one_character_more_is_not)
{
    static const struct {
        unsigned profile;
        unsigned report;
        const char *article; // "": admitted
    } texts[] = {
        {2999, 59999, ""     },
        {3000, 60000, ""     },
        {3001, 60000, "13(2)"},
        {3000, 60001, "13(3)"},
    };
    for (size_t i = 0; i < ROWS(texts); i++) {
        struct world *world = world_create();
        applying_register(world, WORLD_ENTERPRISE);
        applying_open(world);
        const char *materials =
            JSON(world, APPLYING_FORM "," APPLYING_PROFILE("%u") "," APPLYING_REPORT("%u") ",%s",
                 texts[i].profile, texts[i].report, APPLYING_EVIDENCE);
        const Award__Decision *decision = applying_send(world, WORLD_ENTERPRISE, materials);
        bool refused = decision->outcome == AWARD__OUTCOME__NAME__refused;
        cr_expect_eq(refused, texts[i].article[0] != '\0', "row %zu", i);
        cr_expect_str_eq(world_article(decision), texts[i].article);
        world_destroy(world);
    }
}

// ---- Points: the maximum of each category, as Article 15 has them

static const char *one_score(struct world *world, size_t changed, long long hundredths)
{
    static const struct {
        const char *item;
        int points_max;
    } categories[] = {
        {"leadership",  100},
        {"strategy",    80 },
        {"customers",   90 },
        {"resources",   120},
        {"processes",   110},
        {"measurement", 100},
        {"results",     400},
    };
    const char *list = "";
    for (size_t i = 0; i < ROWS(categories); i++) {
        long long own = i == changed ? categories[i].points_max * 100LL + hundredths : 0;
        list = JSON(world, "%s%s{\"item\":\"%s\",\"points\":\"%lld.%02lld\"}", list,
                    i > 0 ? "," : "", categories[i].item, own / 100, own % 100);
    }
    return JSON(world, "{\"independent_sheet\":{\"case\":\"" CASE_A "\",\"scores\":[%s]}}", list);
}

Test(boundaries, each_category_takes_its_maximum_and_no_hundredth_more)
{
    struct world *world = review_world();
    review_team(world, "T", CASE_A);
    for (size_t i = 0; i < world_rules(world)->categories_count; i++) {
        cr_expect_not(rejected(world_try(world, "reviewer-01", one_score(world, i, -1))), "%zu", i);
        cr_expect_not(rejected(world_try(world, "reviewer-01", one_score(world, i, 0))), "%zu", i);
        const Award__Decision *over = world_try(world, "reviewer-01", one_score(world, i, 1));
        cr_expect_str_eq(world_code(over), "score_over_maximum", "category %zu", i);
        cr_expect_str_eq(world_article(over), "15");
    }
    world_destroy(world);
}

// Every item at its maximum but one, which lies so many hundredths above its own.
static const char *items_scored(struct world *world, size_t changed, int64_t hundredths)
{
    const struct rulebook *rules = world_rules(world);
    const char *list = "";
    for (size_t i = 0; i < rules->items_count; i++) {
        long long points = rules->items[i].points_max + (i == changed ? hundredths : 0);
        list = JSON(world, "%s%s{\"item\":\"%s\",\"points\":\"%lld.%02lld\"}", list,
                    i > 0 ? "," : "", rules->items[i].key, points / 100, points % 100);
    }
    return JSON(world, "{\"independent_sheet\":{\"case\":\"" CASE_A "\",\"scores\":[%s]}}", list);
}

Test(boundaries, each_item_takes_its_maximum_and_no_hundredth_more)
{
    struct world *world = review_world();
    review_team(world, "T", CASE_A);
    cr_assert_eq(world_rules(world)->items_count, 22);
    for (size_t i = 0; i < world_rules(world)->items_count; i++) {
        cr_expect_not(rejected(world_try(world, "reviewer-01", items_scored(world, i, -1))));
        cr_expect_not(rejected(world_try(world, "reviewer-01", items_scored(world, i, 0))));
        const Award__Decision *over = world_try(world, "reviewer-01", items_scored(world, i, 1));
        cr_expect_str_eq(world_code(over), "score_over_maximum", "item %zu", i);
        cr_expect_str_eq(world_article(over), "15");
    }
    world_destroy(world);
}

// 16(3), 16(5).5: which way a total sends the case, document and site each for itself.
Test(boundaries, the_lower_of_two_scores_decides_at_400_and_500_points)
{
    static const struct {
        int document;
        int site;
        const char *track; // "": out
    } scores[] = {
        {50000, 50000, "award"     },
        {50000, 49999, "nomination"},
        {49999, 50000, "nomination"},
        {50001, 50001, "award"     },
        {40000, 50000, "nomination"},
        {50000, 40000, "nomination"},
        {50000, 39999, ""          },
        {40000, 39999, ""          },
        {40001, 40000, "nomination"},
    };
    for (size_t i = 0; i < ROWS(scores); i++) {
        struct world *world = review_world();
        review_team(world, "T", CASE_A);
        review_consensus(world, CASE_A, scores[i].document);
        review_visit(world, CASE_A, scores[i].site);
        world_accept(world, "office",
                     "{\"leaders_meeting\":{\"cycle\":\"2018\",\"cases\":[\"" CASE_A
                     "\"],\"on\":\"2018-01-02\"}}");
        const Award__Case *c = world_case(world, CASE_A);
        bool out = scores[i].track[0] == '\0';
        cr_expect_eq(c->stage, out ? AWARD__STAGE__NAME__site_out : AWARD__STAGE__NAME__final,
                     "row %zu", i);
        if (!out) {
            cr_expect_eq(c->track,
                         strcmp(scores[i].track, "award") == 0 ? AWARD__HONOUR__KIND__award
                                                               : AWARD__HONOUR__KIND__nomination,
                         "row %zu", i);
        }
        world_destroy(world);
    }
}

// ---- The honour: from the day of publication on (19, 20)

Test(boundaries, an_incident_counts_from_the_day_of_publication_to_today)
{
    static const struct {
        const char *on;
        const char *code; // "": admitted
    } days[] = {
        {"2018-11-15", "no_honour_then"}, // the day before the publication
        {"2018-11-16", ""              },
        {"2018-11-17", ""              },
        {"2019-03-01", ""              }, // today
        {"2019-03-02", "in_the_future" },
    };
    struct world *world = after_world_create();
    for (size_t i = 0; i < ROWS(days); i++) {
        const Award__Decision *decision =
            world_try(world, "bureau",
                      JSON(world,
                           "{\"incident_recorded\":{\"incident\":\"I\",\"case\":\"" AFTER_CASE
                           "\",\"kind\":\"safety_accident\",\"on\":\"%s\",\"liable\":\"yes\"}}",
                           days[i].on));
        bool refused = rejected(decision);
        cr_expect_eq(refused, days[i].code[0] != '\0', "%s: %s", days[i].on, world_code(decision));
        if (refused) {
            cr_expect_str_eq(world_code(decision), days[i].code, "%s", days[i].on);
        }
    }
    world_destroy(world);
}

// ---- Objections: the first and the last day of the publicity (16(7).2-3)

Test(boundaries, an_objection_is_one_from_the_first_to_the_last_day_of_the_publicity)
{
    static const struct standing one[] = {
        {"candidate", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","},
    };
    static const struct {
        const char *received;
        bool complaint;
    } days[] = {
        {"2018-01-01", true },
        {"2018-01-02", false},
        {"2018-01-09", false},
        {"2018-01-10", true },
    };
    struct world *world = selecting_world(1, one);
    selecting_accept(world, "office",
                     "{\"publicity_started\":{\"cycle\":\"2018\",\"media\":[{\"medium\":\"m\","
                     "\"on\":\"2018-01-02\",\"digest\":\"d\"}],\"stated_first\":\"2018-01-02\","
                     "\"stated_last\":\"2018-01-09\"}}");
    world_clock(world, "2018-01-10T09:00:00+08:00");
    for (size_t i = 0; i < ROWS(days); i++) {
        selecting_accept(world, "office",
                         JSON(world,
                              "{\"objection_filed\":{\"objection\":\"O%zu\",\"case\":\"%%0\","
                              "\"text\":\"t\",\"source\":\"letter\",\"received\":\"%s\"}}",
                              i, days[i].received));
        const Award__Objection *objection = (const Award__Objection *)world_record(
            world, AWARD__CHANGE__RECORD_OBJECTION, JSON(world, "O%zu", i));
        cr_expect_eq(objection->complaint, days[i].complaint, "received %s", days[i].received);
    }
    world_destroy(world);
}

// 16(8).1: more than two thirds of the units, whatever their number.
Test(boundaries, a_quorum_is_more_than_two_thirds)
{
    static const struct standing one[] = {
        {"publicity", "500.00", "500.00", 56000, 700, "\"candidate_for\":\"award\","},
    };
    for (int present = 7; present <= 10; present++) {
        struct world *world = selecting_world(1, one);
        Award__Cycle *cycle = selecting_cycle(world);
        Award__Cycle__Publicity publicity = AWARD__CYCLE__PUBLICITY__INIT;
        Award__Day day = AWARD__DAY__INIT;
        day.has_number = 1;
        day.number = 17500;
        publicity.from = publicity.last = publicity.stated_last = &day;
        cycle->n_publicities = 1;
        cycle->publicities = &(Award__Cycle__Publicity *){&publicity};
        world_put(world, AWARD__CHANGE__RECORD_CYCLE, &cycle->base);
        const char *units = "";
        for (int i = 1; i <= present; i++) {
            units = JSON(world, "%s%s\"U%d\"", units, i > 1 ? "," : "", i);
        }
        const Award__Decision *decision = selecting_send(
            world, "office",
            JSON(world,
                 "{\"deliberation_held\":{\"cycle\":\"2018\",\"meeting\":\"M\",\"on\":"
                 "\"2018-01-02\",\"presiding\":\"主任\",\"present\":[%s],\"decisions\":[{"
                 "\"case\":\"%%0\",\"approved\":true}]}}",
                 units));
        bool valid = decision->outcome == AWARD__OUTCOME__NAME__accepted;
        cr_expect_eq(valid, present > 8, "%d of %d", present, (int)SELECTING_UNITS);
        world_destroy(world);
    }
}
