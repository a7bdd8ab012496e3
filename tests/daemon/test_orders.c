// What a task carries, built from the state.
#include "daemon/orders.h"

#include "rules/overlay.h"
#include "rules/record.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct overlay *state;
static struct rulebook rulebook;

static void setup(void)
{
    arena = arena_create();
    state = overlay_create(NULL);
}

static void teardown(void)
{
    overlay_destroy(state);
    arena_destroy(arena);
}

TestSuite(orders, .init = setup, .fini = teardown);

static void put(const char *json)
{
    struct codec_error error;
    struct bytes key;
    struct bytes value;
    const Award__Change *change = (const Award__Change *)codec_from_json(
        &award__change__descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(change, "%s: %s", json, error.en);
    cr_assert(record_fold(change, arena, &key, &value));
    overlay_put(state, key, value);
}

static const struct rulebook *rulebook_any(const void *context, const char *digest)
{
    (void)digest;
    return context;
}

static const char *address_of(const void *context, const char *digest, struct arena *memory)
{
    (void)context;
    return strcmp(digest, "d1") == 0 ? arena_string(memory, "a@b.cn") : NULL;
}

static const Award__TaskOrder *build(Award__TaskKind__Name kind, const char *subject,
                                     const char *detail)
{
    Award__Task task;
    award__task__init(&task);
    task.task = arena_string(arena, "t");
    task.has_kind = 1;
    task.kind = kind;
    task.subject = arena_string(arena, subject);
    task.detail = detail != NULL ? arena_string(arena, detail) : NULL;
    const struct order_context context = {
        .view = overlay_view(state),
        .city = "重庆市",
        .rehearsal = true,
        .rulebook = rulebook_any,
        .rulebook_context = &rulebook,
        .address = address_of,
    };
    const Award__TaskOrder *order = order_build(&context, &task, arena);
    cr_assert_not_null(order);
    return order;
}

Test(orders, a_defence_that_was_dispensed_with_is_ranked_as_nothing)
{
    put("{\"cycle\":{\"cycle\":\"2018\",\"rulebook\":\"r\",\"cases\":[\"2018/E/1\"]}}");
    put("{\"selection\":{\"cycle\":\"2018\"}}");
    put("{\"case\":{\"case\":\"2018/E/"
        "1\",\"cycle\":\"2018\",\"enterprise\":\"E\",\"stage\":\"final\","
        "\"document_score\":\"510.00\",\"site_score\":\"520.00\",\"defence\":{\"dispensed\":true}}"
        "}");
    const Award__Rank *rank = build(AWARD__TASK_KIND__NAME__rank, "2018", NULL)->rank;
    cr_assert_eq(rank->n_entrants, 1);
    cr_assert_not_null(rank->entrants[0]->defence);
    cr_expect_eq(rank->entrants[0]->defence->numerator, 0);
    cr_expect_eq(rank->entrants[0]->defence->denominator, 1);
}

Test(orders, feedback_goes_to_who_acts_for_the_enterprise)
{
    put("{\"principal\":{\"name\":\"ent-d\",\"role\":\"enterprise\",\"scope\":\"D\"}}");
    put("{\"principal\":{\"name\":\"ent-e\",\"role\":\"enterprise\",\"scope\":\"E\"}}");
    put("{\"cycle\":{\"cycle\":\"2018\",\"rulebook\":\"r\"}}");
    put("{\"case\":{\"case\":\"2018/E/1\",\"cycle\":\"2018\",\"enterprise\":\"E\"}}");
    const Award__TaskOrder *order = build(AWARD__TASK_KIND__NAME__write_feedback, "2018/E/1", NULL);
    cr_expect_str_eq(order->write_feedback->recipient, "ent-e");
}

// decision 16
Test(orders, what_the_rulebook_calls_honours_organs_and_categories_goes_with_the_task)
{
    (void)snprintf(rulebook.award_zh, sizeof(rulebook.award_zh), "区长质量奖");
    (void)snprintf(rulebook.government_zh, sizeof(rulebook.government_zh), "某区人民政府");
    (void)snprintf(rulebook.categories[0].key, sizeof(rulebook.categories[0].key), "craft");
    (void)snprintf(rulebook.categories[0].zh, sizeof(rulebook.categories[0].zh), "工匠");
    rulebook.categories_count = 1;
    put("{\"cycle\":{\"cycle\":\"2018\",\"rulebook\":\"r\"}}");
    put("{\"case\":{\"case\":\"2018/E/1\",\"cycle\":\"2018\",\"enterprise\":\"E\"}}");
    put("{\"revocation\":{\"revocation\":\"R\",\"case\":\"2018/E/1\"}}");
    const Award__WriteFeedback *feedback =
        build(AWARD__TASK_KIND__NAME__write_feedback, "2018/E/1", NULL)->write_feedback;
    cr_assert_eq(feedback->n_categories, 1);
    cr_expect_str_eq(feedback->categories[0]->zh, "工匠");
    const Award__DraftPapers *papers =
        build(AWARD__TASK_KIND__NAME__draft_papers, "2018/E/1", "R")->draft_papers;
    cr_expect_str_eq(papers->names->award_zh, "区长质量奖");
    cr_expect_str_eq(papers->names->government_zh, "某区人民政府");
}

static const Award__CheckGrounds *grounds_of(const char *whom)
{
    put("{\"cycle\":{\"cycle\":\"2018\",\"rulebook\":\"r\"}}");
    put("{\"enterprise\":{\"enterprise\":\"E\",\"name\":\"渝北机床\"}}");
    put("{\"case\":{\"case\":\"2018/E/1\",\"cycle\":\"2018\",\"enterprise\":\"E\"}}");
    put(arena_format(
        arena, "{\"incident\":{\"incident\":\"I\",\"enterprise\":\"E\",\"whom\":\"%s\"}}", whom));
    return build(AWARD__TASK_KIND__NAME__check_grounds, "2018/E/1", "I")->check_grounds;
}

Test(orders, an_incident_under_the_laureates_own_name_is_no_affiliates)
{
    cr_expect_null(grounds_of("渝北机床")->incident->whom);
}

Test(orders, an_affiliate_stays_named)
{
    cr_expect_str_eq(grounds_of("渝北铸造（子公司）")->incident->whom, "渝北铸造（子公司）");
}

// decision 29; 20(2)
Test(orders, the_levels_of_sampling_that_count_go_with_the_task)
{
    rulebook.sampling_levels =
        1U << AWARD__LEVEL__NAME__national | 1U << AWARD__LEVEL__NAME__district;
    const Award__CheckGrounds *grounds = grounds_of("");
    cr_assert_eq(grounds->n_sampling_levels, 2);
    cr_expect_eq(grounds->sampling_levels[0], AWARD__LEVEL__NAME__national);
    cr_expect_eq(grounds->sampling_levels[1], AWARD__LEVEL__NAME__district);
}

static const Award__DeliverMessage *delivery(const char *channel)
{
    put(arena_format(arena,
                     "{\"message\":{\"message\":\"m\",\"recipient\":\"clerk\",\"channel\":\"%s\"}}",
                     channel));
    return build(AWARD__TASK_KIND__NAME__deliver_message, "m", NULL)->deliver_message;
}

Test(orders, a_message_goes_to_the_address_of_its_channel_in_the_recipients_language)
{
    put("{\"principal\":{\"name\":\"clerk\",\"role\":\"office\"}}");
    cr_expect_null(delivery("mail")->address, "nothing is on record");
    put("{\"person\":{\"person\":\"clerk\",\"language\":\"en\",\"addresses\":[{\"channel\":"
        "\"wecom\","
        "\"digest\":\"d0\"},{\"channel\":\"mail\",\"digest\":\"d1\"},{\"channel\":\"spool\"}]}}");
    cr_expect_str_eq(delivery("mail")->address, "a@b.cn");
    cr_expect_eq(delivery("mail")->language, AWARD__LANGUAGE__NAME__en);
    cr_expect_null(delivery("wecom")->address, "it was erased");
    cr_expect_null(delivery("spool")->address);
    cr_expect_null(delivery("pigeon")->address);
}
