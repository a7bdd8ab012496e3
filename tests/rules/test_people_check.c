// test_people_check - what would keep somebody from being told is found before it matters
#include "rules/alert_policy.h"
#include "rules/people_check.h"
#include "tests/rules/review_world.h"

#include <criterion/criterion.h>
#include <string.h>

// Today is 2018-01-02; the last day that is looked at 2018-01-31.
static struct world *w;
static struct alert_policy policy;

static void setup(void)
{
    w = world_create();
    memset(&policy, 0, sizeof(policy));
    policy.ladders_count = 1;
    policy.ladders[0].steps_count = 1;
    policy.ladders[0].steps[0].roles = ROLE(office);
}

static void teardown(void)
{
    world_destroy(w);
}

TestSuite(people_check, .init = setup, .fini = teardown);

static void principal(const char *name, const char *role)
{
    world_put_json(w, AWARD__CHANGE__RECORD_PRINCIPAL,
                   JSON(w, "{\"name\":\"%s\",\"role\":\"%s\"}", name, role));
}

static void duty(const char *person, const char *post, const char *days)
{
    (void)world_accept(
        w, "office",
        JSON(w, "{\"duty_changed\":{\"person\":\"%s\",\"post\":\"%s\",%s}}", person, post, days));
}

static void away(const char *person, const char *days, const char *substitute)
{
    (void)world_accept(w, "office",
                       JSON(w,
                            "{\"absence_recorded\":{\"person\":\"%s\",%s,\"reason\":\"r\"%s%s%s}}",
                            person, days, *substitute != '\0' ? ",\"substitute\":\"" : "",
                            substitute, *substitute != '\0' ? "\"" : ""));
}

static void addressed(const char *person)
{
    (void)world_accept(w, "office",
                       JSON(w,
                            "{\"address_changed\":{\"person\":\"%s\",\"addresses\":[{\"channel\":"
                            "\"spool\"}]}}",
                            person));
}

static const Award__Check *check(void)
{
    struct rules_input *input = arena_alloc(world_arena(w), sizeof(*input));
    struct deciding *d = world_reading(w);
    *input = *d->in;
    input->policy = &policy;
    d->in = input;
    return people_check(d);
}

// "nobody_on_duty office clerk 2018-01-10..2018-01-11", one a line.
static const char *findings(void)
{
    const Award__Check *found = check();
    struct deciding *d = world_reading(w);
    const char *text = "";
    for (size_t i = 0; i < found->n_findings; i++) {
        const Award__Check__Finding *one = found->findings[i];
        text = JSON(w, "%s%s%s %s", text, i > 0 ? "\n" : "", one->code, role_name(one->role));
        if (one->has_post) {
            text = JSON(w, "%s post-%d", text, (int)one->post);
        }
        if (one->person != NULL) {
            text = JSON(w, "%s %s", text, one->person);
        }
        for (size_t k = 0; k < one->n_persons; k++) {
            text = JSON(w, "%s %s", text, one->persons[k]);
        }
        if (one->from != NULL) {
            text = JSON(w, "%s %s..%s", text, day_text(d, one->from->number),
                        day_text(d, one->until->number));
        }
    }
    return text;
}

static void only(const char *code)
{
    const Award__Check *found = check();
    cr_assert_eq(found->n_findings, 1, "%s", findings());
    cr_expect_str_eq(found->findings[0]->code, code);
}

Test(people_check, finds_nothing_where_all_can_be_told)
{
    addressed("office");
    cr_expect_str_eq(findings(), "");
    duty("office", "clerk", "\"from\":\"2018-01-02\"");
    cr_expect_str_eq(findings(), "");
}

Test(people_check, finds_who_has_no_address_in_the_roles_that_the_policy_names)
{
    only("no_address");
    policy.unheard_roles = ROLE(administrator);
    policy.digest_roles = ROLE(government);
    cr_expect_str_eq(findings(), "no_address office office\n"
                                 "no_address government government\n"
                                 "no_address administrator admin");
    principal("office-c", "office");
    principal("office-b", "office");
    cr_expect_str_eq(findings(), "no_address office office office-b office-c\n"
                                 "no_address government government\n"
                                 "no_address administrator admin");
    addressed("office-b");
    cr_expect_str_eq(findings(), "no_address office office office-c\n"
                                 "no_address government government\n"
                                 "no_address administrator admin");
}

// Enterprises from ent-001 on, and those of the world.
static const Award__Check__Finding *enterprises_without_address(unsigned count)
{
    policy.ladders[0].steps[0].roles = ROLE(enterprise);
    for (unsigned i = 1; i <= count; i++) {
        principal(JSON(w, "ent-%03u", i), "enterprise");
    }
    const Award__Check *found = check();
    cr_assert_eq(found->n_findings, 1, "%s", findings());
    return found->findings[0];
}

static size_t enterprises_of_the_world(void)
{
    return enterprises_without_address(0)->n_persons;
}

Test(people_check, says_of_many_without_an_address_who_the_first_are_and_how_many)
{
    unsigned more = FINDING_PERSONS_NAMED + 1 - (unsigned)enterprises_of_the_world();
    const Award__Check__Finding *one = enterprises_without_address(more - 1);
    cr_expect_eq(one->persons_count, FINDING_PERSONS_NAMED);
    cr_expect_eq(strstr(one->zh, "等"), NULL, "%s", one->zh);
    cr_expect_eq(strstr(one->en, "more"), NULL, "%s", one->en);
    one = enterprises_without_address(more);
    cr_expect_str_eq(one->persons[0], "ent-001");
    cr_expect_str_eq(one->zh, JSON(w,
                                   "企业：%s、%s、%s、%s、%s 等 6 人没有登记联系方式，"
                                   "提醒只能打印后由人转交；请逐一登记。",
                                   one->persons[0], one->persons[1], one->persons[2],
                                   one->persons[3], one->persons[4]));
    cr_expect_str_eq(one->en, JSON(w,
                                   "enterprise: %s, %s, %s, %s, %s and 1 more have no address, "
                                   "so that what is for them has to be printed and taken there; "
                                   "record one for each.",
                                   one->persons[0], one->persons[1], one->persons[2],
                                   one->persons[3], one->persons[4]));
    cr_expect_str_eq(one->next, "awardctl address PERSON --mail ADDRESS");
}

Test(people_check, lists_no_more_than_its_bound_and_counts_the_rest)
{
    unsigned most = FINDING_PERSONS_MAX - (unsigned)enterprises_of_the_world();
    const Award__Check__Finding *one = enterprises_without_address(most);
    cr_expect_eq(one->n_persons, FINDING_PERSONS_MAX);
    cr_expect_eq(one->persons_count, FINDING_PERSONS_MAX);
    cr_expect_eq(one->more, 0);
    one = enterprises_without_address(most + 1);
    cr_expect_eq(one->n_persons, FINDING_PERSONS_MAX);
    cr_expect_eq(one->persons_count, FINDING_PERSONS_MAX + 1);
    cr_expect_eq(one->more, 1);
    cr_expect_neq(strstr(one->zh, "等 501 人"), NULL, "%s", one->zh);
}

Test(people_check, finds_the_days_on_which_nobody_is_on_duty)
{
    addressed("office");
    principal("office-b", "office");
    addressed("office-b");
    duty("office", "clerk", "\"from\":\"2018-01-04\",\"until\":\"2018-01-20\"");
    away("office", "\"from\":\"2018-01-09\",\"until\":\"2018-01-10\"", "");
    away("office", "\"from\":\"2018-01-12\",\"until\":\"2018-01-13\"", "office-b");
    cr_expect_str_eq(findings(), "nobody_on_duty office post-1 2018-01-02..2018-01-03\n"
                                 "nobody_on_duty office post-1 2018-01-09..2018-01-10\n"
                                 "nobody_on_duty office post-1 2018-01-21..2018-01-31");
    duty("office-b", "clerk", "\"from\":\"2018-01-02\"");
    cr_expect_str_eq(findings(), "");
}

Test(people_check, looks_thirty_days_ahead_and_no_further)
{
    addressed("office");
    duty("office", "clerk", "\"from\":\"2018-01-02\",\"until\":\"2018-01-31\"");
    cr_expect_str_eq(findings(), "");
    duty("office", "clerk", "\"from\":\"2018-01-02\",\"until\":\"2018-01-30\"");
    only("nobody_on_duty");
    cr_expect_str_eq(findings(), "nobody_on_duty office post-1 2018-01-31..2018-01-31");
}

Test(people_check, finds_a_post_that_the_policy_escalates_to_and_nobody_holds)
{
    addressed("office");
    policy.escalation_count = 1;
    policy.escalation[0].post = AWARD__POST__NAME__director;
    only("post_not_held");
    cr_expect_str_eq(findings(), "post_not_held office post-3", "the office, roster or none");
    duty("office", "clerk", "\"from\":\"2018-01-02\"");
    cr_expect_str_eq(findings(), "post_not_held office post-3");
    principal("office-b", "office");
    addressed("office-b");
    duty("office-b", "director", "\"from\":\"2018-01-02\"");
    cr_expect_str_eq(findings(), "");
}

Test(people_check, asks_no_post_of_a_role_without_a_roster)
{
    policy.ladders[0].steps[0].roles = ROLE(enterprise);
    policy.escalation_count = 1;
    policy.escalation[0].post = AWARD__POST__NAME__section_head;
    addressed("ent-a");
    cr_expect_str_eq(findings(), "");
    duty("ent-a", "clerk", "\"from\":\"2018-01-02\"");
    cr_expect_str_eq(findings(), "post_not_held enterprise post-2");
}

Test(people_check, finds_a_route_that_ends_at_nobody)
{
    addressed("office");
    away("office", "\"from\":\"2018-01-10\",\"until\":\"2018-03-10\"", "");
    only("no_recipient");
    cr_expect_str_eq(findings(), "no_recipient office 2018-01-10..2018-01-31");
    cr_expect_str_eq(
        check()->findings[0]->next,
        "awardctl away office --from 2018-01-10 --until 2018-03-10 --substitute PERSON "
        "--reason TEXT");
    principal("office-b", "office");
    addressed("office-b");
    cr_expect_str_eq(findings(), "");
    world_put_json(w, AWARD__CHANGE__RECORD_PRINCIPAL,
                   "{\"name\":\"bureau\",\"role\":\"reviewer\"}");
    policy.ladders[0].steps[0].roles = ROLE(bureau);
    cr_expect_str_eq(findings(), "no_recipient bureau");
}

Test(people_check, finds_a_laureate_of_whom_nobody_is_enrolled_while_its_honour_stands)
{
    addressed("ent-a");
    policy.ladders[0].steps[0].roles = ROLE(enterprise);
    world_put_json(w, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"91500107621980478R\",\"name\":\"乙企业\"}");
    world_put_json(w, AWARD__CHANGE__RECORD_CASE,
                   "{\"case\":\"2015/91500107621980478R/1\",\"enterprise\":\"91500107621980478R\","
                   "\"honour\":{\"kind\":\"award\",\"from\":\"2016-01-01\"}}");
    only("no_recipient");
    cr_expect_str_eq(findings(), "no_recipient enterprise 91500107621980478R");
    cr_expect_str_eq(check()->findings[0]->next,
                     "awardctl send principal_enrolled name=NAME role=enterprise "
                     "scope=91500107621980478R --as admin");
    // ent-a's own enterprise carries the honour on.
    world_put_json(w, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"91500107621980478R\",\"successors\":[\"" WORLD_ENTERPRISE
                   "\"]}");
    world_put_json(w, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"" WORLD_ENTERPRISE
                   "\",\"predecessors\":[\"91500107621980478R\"]}");
    cr_expect_str_eq(findings(), "");
    world_put_json(w, AWARD__CHANGE__RECORD_ENTERPRISE,
                   "{\"enterprise\":\"91500107621980478R\",\"name\":\"乙企业\"}");
    cr_expect_str_eq(findings(), "no_recipient enterprise 91500107621980478R");
    world_put_json(
        w, AWARD__CHANGE__RECORD_CASE,
        "{\"case\":\"2015/91500107621980478R/1\",\"enterprise\":\"91500107621980478R\","
        "\"honour\":{\"kind\":\"award\",\"from\":\"2016-01-01\",\"until\":\"2018-01-01\"}}");
    cr_expect_str_eq(findings(), "");
}

Test(people_check, finds_whose_hours_a_policy_that_came_later_makes_all_quiet)
{
    addressed("office");
    (void)world_accept(w, "office",
                       "{\"address_changed\":{\"person\":\"office\",\"hours_from\":1200,"
                       "\"hours_until\":1320}}");
    cr_expect_str_eq(findings(), "");
    policy.quiet_from = 1140;
    policy.quiet_until = 420;
    only("all_hours_quiet");
    cr_expect_str_eq(findings(), "all_hours_quiet office office");
    cr_expect_str_eq(check()->findings[0]->en,
                     "office: the hours 20:00-22:00 of office lie within the quiet hours "
                     "19:00-07:00, which are passed over therefore; change one of them.");
    policy.quiet_from = 1260; // an hour is left
    cr_expect_str_eq(findings(), "");
}

Test(people_check, finds_a_substitute_who_is_away_himself_or_no_longer_of_the_role)
{
    principal("office-b", "office");
    principal("office-c", "office");
    addressed("office");
    addressed("office-b");
    addressed("office-c");
    away("office", "\"from\":\"2018-01-10\",\"until\":\"2018-01-20\"", "office-b");
    away("office-b", "\"from\":\"2018-01-15\",\"until\":\"2018-01-25\"", "office-c");
    only("substitute_away");
    cr_expect_str_eq(findings(), "substitute_away office office-b 2018-01-15..2018-01-20");
    world_put_json(w, AWARD__CHANGE__RECORD_PRINCIPAL,
                   "{\"name\":\"office-c\",\"role\":\"bureau\"}");
    cr_expect_str_eq(findings(), "no_recipient office 2018-01-15..2018-01-20\n"
                                 "substitute_away office office-b 2018-01-15..2018-01-20\n"
                                 "substitute_away office office-c 2018-01-15..2018-01-25");
}

Test(people_check, says_what_is_wrong_in_both_languages_and_what_to_do)
{
    duty("office", "clerk", "\"from\":\"2018-01-03\"");
    const Award__Check *found = check();
    cr_assert_eq(found->n_findings, 2);
    cr_expect_str_eq(found->findings[0]->zh,
                     "评选委员会办公室：2018-01-02 没有经办人值班，提醒改发其他岗位；请排班。");
    cr_expect_str_eq(found->findings[0]->en, "office: no clerk is on duty on 2018-01-02, and "
                                             "alerts go to another post; put somebody on duty.");
    cr_expect_str_eq(found->findings[0]->next,
                     "awardctl duty set PERSON clerk --from 2018-01-02 --until 2018-01-02");
    cr_expect_str_eq(found->findings[1]->zh, "评选委员会办公室：office 没有登记联系方式，"
                                             "提醒只能打印后由人转交；请登记。");
    cr_expect_str_eq(found->findings[1]->en,
                     "office: office has no address, so that what is for him has to be printed and "
                     "taken there; record one.");
    cr_expect_str_eq(found->findings[1]->next, "awardctl address office --mail ADDRESS");
}

Test(people_check, finds_nothing_where_there_is_no_policy)
{
    struct deciding *d = world_reading(w);
    struct rules_input input = *d->in;
    input.policy = NULL;
    d->in = &input;
    cr_expect_eq(people_check(d)->n_findings, 0);
}
