// Whom a deadline is told to, kind by kind, and what fires of it (F-late-1, decision 12).
#include "tests/rules/after_world.h"

#include "common/time.h"
#include "rules/messages.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEIR "91500112MA5U0001X6"

// The laureate has an heir (ent-b); ent-x belongs to neither. T is a team of reviewer-02.
static struct world *alerts_world(void)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL,
              "{\"name\":\"ent-b\",\"role\":\"enterprise\",\"scope\":\"" HEIR "\"}");
    after_put(world, AWARD__CHANGE__RECORD_PRINCIPAL,
              "{\"name\":\"ent-x\",\"role\":\"enterprise\",\"scope\":\"91500109MA5U0000C2\"}");
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE, "{\"enterprise\":\"" HEIR "\"}");
    (void)after_accept(world, "office",
                       "{\"predecessor_linked\":{\"enterprise\":\"" HEIR
                       "\",\"predecessor\":\"%s\",\"how\":\"split\",\"proof\":\"p\"}}",
                       WORLD_ENTERPRISE);
    after_put(world, AWARD__CHANGE__RECORD_TEAM,
              "{\"team\":\"T\",\"cycle\":\"2018\",\"leader\":\"reviewer-02\",\"members\":["
              "{\"person\":\"reviewer-01\"},{\"person\":\"reviewer-02\"}]}");
    world_damaging(world);
    return world;
}

// Of revision 3, whose row of this kind and step is in the index now.
static void deadline_with_due(struct world *world, const char *kind, const char *due, unsigned step)
{
    after_put(world, AWARD__CHANGE__RECORD_DEADLINE,
              arena_format(world_arena(world),
                           "{\"deadline\":\"D\",\"subject\":\"T\",\"kind\":\"%s\",\"revision\":3,"
                           "\"article\":\"A\",\"state\":\"open\",\"last\":\"2019-03-01\","
                           "\"enterprise\":\"%s\",\"dues\":[{\"moment\":"
                           "\"2019-03-01T09:00:00+08:00\",\"kind\":\"%s\",\"subject\":\"D\","
                           "\"revision\":3,\"step\":%u},{\"moment\":"
                           "\"2019-03-09T09:00:00+08:00\",\"kind\":\"alert\",\"subject\":\"D\","
                           "\"revision\":3,\"step\":9}]}",
                           kind, WORLD_ENTERPRISE, due, step));
}

// The number of the so-manieth step of a kind's ladder; of one that no policy has behind the last.
static unsigned step_at(struct world *world, const char *kind, unsigned index)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value_by_name(&award__deadline_kind__name__descriptor, kind);
    const struct alert_ladder *ladder =
        alert_policy_ladder(world_policy(world), (Award__DeadlineKind__Name)value->value);
    return index < ladder->steps_count ? alert_step_number(&ladder->steps[index]) : 7;
}

static const Award__Decision *alert(struct world *world, unsigned step)
{
    return world_try(world, "coordinator",
                     arena_format(world_arena(world),
                                  "{\"alert_due\":{\"deadline\":\"D\",\"revision\":3,\"step\":%u}}",
                                  step));
}

static const char *recipients(struct world *world, const Award__Decision *decision)
{
    const char *text = "";
    for (size_t i = 0; i < decision->n_changes; i++) {
        if (decision->changes[i]->record_case == AWARD__CHANGE__RECORD_ALERT) {
            text = arena_format(world_arena(world), "%s%s%s", text, *text != '\0' ? " " : "",
                                decision->changes[i]->alert->recipient);
        }
    }
    return text;
}

Test(alerts, go_to_those_whom_the_step_names_and_the_deadline_concerns)
{
    static const struct {
        const char *kind;
        unsigned step;
        const char *recipients;
    } rows[] = {
        {"closing",          0, "office"                             },
        {"closing",          1, "office"                             },
        {"closing",          6, ""                                   }, // of a longer policy before
        {"plan_independent", 0, "reviewer-02"                        },
        {"plan_consensus",   3, "review-committee reviewer-02"       },
        {"plan_visit",       3, "review-committee reviewer-02"       },
        {"plan_report",      4, "office review-committee reviewer-02"},
        {"publicity_end",    1, "office"                             },
        {"objection_answer", 0, "office"                             },
        {"objection_answer", 5, "office supervision"                 },
        {"incident_report",  0, "ent-a ent-b"                        },
        {"incident_report",  4, "office ent-a ent-b"                 },
        {"incident_report",  5, "office bureau ent-a ent-b"          },
        {"incident_report",  7, "office bureau ent-a ent-b"          },
        {"incident_report",  8, ""                                   },
        {"self_evaluation",  4, "office ent-a ent-b"                 },
        {"experience",       5, "office ent-a ent-b"                 },
    };
    struct world *world = alerts_world();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        unsigned step = step_at(world, rows[i].kind, rows[i].step);
        deadline_with_due(world, rows[i].kind, "alert", step);
        const Award__Decision *decision = alert(world, step);
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", rows[i].kind);
        cr_expect_str_eq(recipients(world, decision), rows[i].recipients, "%s %u: %s", rows[i].kind,
                         rows[i].step, recipients(world, decision));
        cr_expect_str_eq(decision->article, "A");
        cr_assert_eq(decision->n_concerns, 1);
        cr_expect_str_eq(decision->concerns[0], "T");
    }
    world_destroy(world);
}

Test(alerts, of_a_deadline_that_is_not_due_are_rejected)
{
    static const struct {
        const char *json;
        bool due;
    } rows[] = {
        {"{\"alert_due\":{\"deadline\":\"D\",\"revision\":3,\"step\":5}}",    true },
        {"{\"alert_due\":{\"deadline\":\"D\",\"revision\":3,\"step\":0}}",    false},
        {"{\"alert_due\":{\"deadline\":\"D\",\"revision\":2,\"step\":5}}",    false},
        {"{\"alert_due\":{\"deadline\":\"D\",\"revision\":4,\"step\":5}}",    false},
        {"{\"alert_due\":{\"deadline\":\"none\",\"revision\":3,\"step\":5}}", false},
        {"{\"deadline_due\":{\"deadline\":\"D\",\"revision\":3}}",            false},
    };
    struct world *world = alerts_world();
    deadline_with_due(world, "closing", "alert", 5);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Decision *decision = world_try(world, "coordinator", rows[i].json);
        cr_expect_str_eq(world_code(decision), rows[i].due ? "" : "nothing_due", "%s",
                         rows[i].json);
        cr_expect_eq(decision->outcome == AWARD__OUTCOME__NAME__accepted, rows[i].due);
    }
    world_destroy(world);
}

static const char *change_text(struct world *world, const Award__Decision *decision,
                               Award__Change__RecordCase kind)
{
    for (size_t i = 0; i < decision->n_changes; i++) {
        if (decision->changes[i]->record_case == kind) {
            return codec_to_json(&decision->changes[i]->city->base, CODEC_JSON_LINE,
                                 world_arena(world));
        }
    }
    return "";
}

Test(alerts, are_kept_whole_and_leave_the_other_rows_of_their_deadline)
{
    struct world *world = alerts_world();
    unsigned step = step_at(world, "closing", 4); // on the day at nine
    deadline_with_due(world, "closing", "alert", step);
    const Award__Decision *decision = alert(world, step);
    cr_expect_str_eq(change_text(world, decision, AWARD__CHANGE__RECORD_ALERT),
                     "{\"alert\":\"D/3/0@09:00/office\",\"deadline\":\"D\",\"revision\":3,"
                     "\"step\":2880540,"
                     "\"recipient\":\"office\",\"raised\":\"2019-03-01T09:00:00+08:00\","
                     "\"acknowledged\":false,"
                     "\"message\":\"office/2019-03-01T09:00:00+08:00/1\","
                     "\"planned\":\"2019-03-01T09:00:00+08:00\"}");
    cr_expect_str_eq(
        change_text(world, decision, AWARD__CHANGE__RECORD_MESSAGE),
        "{\"message\":\"office/2019-03-01T09:00:00+08:00/1\",\"recipient\":\"office\","
        "\"channel\":\"spool\",\"template\":\"alerts\",\"alerts\":[\"D/3/0@09:00/office\"],"
        "\"state\":\"collecting\",\"created\":\"2019-03-01T09:00:00+08:00\"}");
    cr_expect_str_eq(
        change_text(world, decision, AWARD__CHANGE__RECORD_DUE),
        "{\"moment\":\"2019-03-01T09:00:00.001+08:00\",\"kind\":\"message\",\"subject\":"
        "\"office/2019-03-01T09:00:00+08:00/1\",\"step\":0}");
    const char *kept = change_text(world, decision, AWARD__CHANGE__RECORD_DEADLINE);
    cr_expect_not_null(strstr(kept, "\"step\":9"), "%s", kept);
    cr_expect_null(strstr(kept, "\"step\":2880540"), "%s", kept);
    world_destroy(world);
}

Test(alerts, are_acknowledged_by_their_recipient_alone)
{
    struct world *world = alerts_world();
    deadline_with_due(world, "closing", "alert", 1);
    after_put(world, AWARD__CHANGE__RECORD_ALERT,
              "{\"alert\":\"x\",\"recipient\":\"office\",\"deadline\":\"D\"}");
    after_put(
        world, AWARD__CHANGE__RECORD_ALERT,
        "{\"alert\":\"y\",\"recipient\":\"office\",\"deadline\":\"gone\",\"post\":\"clerk\"}");
    cr_expect_str_eq(
        world_code(after_send(world, "bureau", "%s", "{\"alert_acknowledged\":{\"alert\":\"x\"}}")),
        "no_such_alert");
    const Award__Decision *decision =
        after_accept(world, "office", "%s", "{\"alert_acknowledged\":{\"alert\":\"x\"}}");
    cr_assert_eq(decision->n_concerns, 1);
    cr_expect_str_eq(decision->concerns[0], "T");
    cr_expect_str_eq(change_text(world, decision, AWARD__CHANGE__RECORD_ALERT),
                     "{\"alert\":\"x\",\"deadline\":\"D\",\"recipient\":\"office\","
                     "\"acknowledged\":true,"
                     "\"acknowledged_at\":\"2019-03-01T09:00:00+08:00\"}");
    decision = after_accept(world, "office", "%s", "{\"alert_acknowledged\":{\"alert\":\"y\"}}");
    cr_expect_eq(decision->n_concerns, 0);
    world_destroy(world);
}

Test(alerts, a_deadline_that_passes_is_overdue_where_somebody_had_to_act_and_else_over)
{
    static const struct {
        const char *kind;
        Award__Deadline__State state;
    } rows[] = {
        {"closing",          AWARD__DEADLINE__STATE__ended  },
        {"publicity_end",    AWARD__DEADLINE__STATE__ended  },
        {"plan_independent", AWARD__DEADLINE__STATE__overdue},
        {"objection_answer", AWARD__DEADLINE__STATE__overdue},
        {"incident_report",  AWARD__DEADLINE__STATE__overdue},
        {"self_evaluation",  AWARD__DEADLINE__STATE__overdue},
        {"experience",       AWARD__DEADLINE__STATE__overdue},
    };
    struct world *world = alerts_world();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        deadline_with_due(world, rows[i].kind, "deadline", 0);
        const Award__Decision *decision = world_try(
            world, "coordinator", "{\"deadline_due\":{\"deadline\":\"D\",\"revision\":3}}");
        cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted);
        cr_expect_str_eq(decision->article, "A");
        cr_assert_eq(decision->n_concerns, 1);
        cr_expect_str_eq(decision->concerns[0], "T");
        const Award__Deadline *kept = NULL;
        for (size_t k = 0; k < decision->n_changes; k++) {
            if (decision->changes[k]->record_case == AWARD__CHANGE__RECORD_DEADLINE) {
                kept = decision->changes[k]->deadline;
            }
        }
        cr_assert_not_null(kept);
        cr_expect_eq(kept->state, rows[i].state, "%s", rows[i].kind);
        cr_expect_eq(kept->n_dues, 1);
        cr_expect_eq(kept->revision, 3);
    }
    world_destroy(world);
}

// ---- Many at one moment

Test(alerts, a_message_lists_two_hundred_and_says_that_there_are_more)
{
    struct world *world = after_world_create();
    struct deciding *d = world_reading(world);
    const Award__Message *message = NULL;
    for (unsigned i = 1; i <= 202; i++) {
        Award__Alert *one = NEW(d, Award__Alert, award__alert);
        one->recipient = arena_string(d->arena, "office");
        one->alert = arena_format(d->arena, "alert-%u", i <= 201 ? i : 7); // one of them again
        message_collect_alert(d, one, true);
        message = message_get(d, one->message);
        cr_assert_eq(message->n_alerts, i <= 200 ? i : 200);
        cr_assert_eq(message->more != 0, i > 200, "%u", i);
    }
    cr_expect_str_eq(message->alerts[199], "alert-200");
    world_destroy(world);
}

Test(alerts, go_out_by_each_channel_of_the_recipient_and_are_known_by_the_first)
{
    struct world *world = after_world_create();
    after_put(world, AWARD__CHANGE__RECORD_PERSON,
              "{\"person\":\"office\",\"addresses\":[{\"channel\":\"mail\",\"digest\":\"x\"},"
              "{\"channel\":\"wecom\",\"digest\":\"y\"}]}");
    struct deciding *d = world_reading(world);
    Award__Alert *one = NULL;
    for (unsigned i = 1; i <= 2; i++) {
        one = NEW(d, Award__Alert, award__alert);
        one->recipient = arena_string(d->arena, "office");
        one->alert = arena_format(d->arena, "alert-%u", i);
        message_collect_alert(d, one, true);
    }
    cr_expect_str_eq(one->message, "office/2019-03-01T09:00:00+08:00/1");
    static const char *const channels[] = {"mail", "wecom"};
    for (unsigned i = 0; i < 2; i++) {
        const Award__Message *message =
            message_get(d, arena_format(d->arena, "office/2019-03-01T09:00:00+08:00/%u", i + 1));
        cr_assert_not_null(message);
        cr_expect_str_eq(message->channel, channels[i]);
        cr_expect_eq(message->n_alerts, 2);
    }
    cr_expect(message_collecting(d, one->message));
    cr_expect_not(message_collecting(d, NULL));
    world_destroy(world);
}
