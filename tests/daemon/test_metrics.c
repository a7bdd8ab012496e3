// Tests of metrics and steps: what is counted of a message and of a group.
#include "daemon/metrics.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { EVENTS_MAX = 8 };

static struct metrics metrics;

// A message of events of one type, and what became of each.
struct message {
    Award__Event events[EVENTS_MAX];
    Award__Event *event_list[EVENTS_MAX];
    Award__EventBatch batch;
    Award__Answer answers[EVENTS_MAX];
    Award__Answer *answer_list[EVENTS_MAX];
    Award__Reason reason;
    Award__Reason *reasons[1];
    char code[32];
    char article[32];
    Award__AnswerBatch answered;
};

static struct message *message_new(void)
{
    static struct message message;
    memset(&message, 0, sizeof(message));
    award__event_batch__init(&message.batch);
    award__answer_batch__init(&message.answered);
    award__reason__init(&message.reason);
    message.reasons[0] = &message.reason;
    message.batch.events = message.event_list;
    message.answered.answers = message.answer_list;
    return &message;
}

static Award__Answer *message_add(struct message *message, Award__Event__BodyCase type,
                                  Award__Outcome__Name outcome, uint64_t entry)
{
    size_t at = message->batch.n_events++;
    message->answered.n_answers++;
    message->event_list[at] = &message->events[at];
    message->answer_list[at] = &message->answers[at];
    award__event__init(message->event_list[at]);
    award__answer__init(message->answer_list[at]);
    message->events[at].body_case = type;
    message->answers[at].outcome = outcome;
    message->answers[at].entry = entry;
    return message->answer_list[at];
}

static void reject(struct message *message, Award__Answer *answer, const char *code,
                   const char *article)
{
    (void)snprintf(message->code, sizeof(message->code), "%s", code);
    (void)snprintf(message->article, sizeof(message->article), "%s", article);
    message->reason.code = message->code;
    answer->article = message->article;
    answer->n_reasons = 1;
    answer->reasons = message->reasons;
}

static struct steps_done done_of(const struct message *message)
{
    return (struct steps_done){
        .steps = {{1000, 1040, 1240, 6240, 6250}},
        .events = &message->batch,
        .answers = &message->answered,
    };
}

Test(metrics, a_message_is_measured_step_by_step)
{
    struct message *message = message_new();
    message_add(message, AWARD__EVENT__BODY_SUGGESTION, AWARD__OUTCOME__NAME__accepted, 7);
    const struct steps_done done = done_of(message);
    metrics_message(&metrics, &done);
    cr_assert_eq(metrics.requests[REQUEST_EVENTS], 1);
    cr_assert_eq(metrics.steps[STEP_RECEIVED].sum, 5250, "the whole way");
    cr_assert_eq(metrics.steps[STEP_TAKEN].sum, 40);
    cr_assert_eq(metrics.steps[STEP_DECIDED].sum, 200);
    cr_assert_eq(metrics.steps[STEP_JOURNALLED].sum, 5000);
    cr_assert_eq(metrics.steps[STEP_ANSWERED].sum, 10);
    for (int step = 0; step < STEPS; step++) {
        cr_assert_eq(metrics.steps[step].count, 1);
    }
}

Test(metrics, what_is_rejected_counts_by_type_and_reason_and_what_is_on_record_does_not)
{
    struct message *message = message_new();
    Award__Event__BodyCase type = AWARD__EVENT__BODY_SUGGESTION;
    message_add(message, type, AWARD__OUTCOME__NAME__accepted, 7);
    reject(message, message_add(message, type, AWARD__OUTCOME__NAME__rejected, 0), "of_others",
           "authority");
    reject(message,
           message_add(message, (Award__Event__BodyCase)255, AWARD__OUTCOME__NAME__rejected, 0),
           "of_others", "authority");
    message_add(message, type, AWARD__OUTCOME__NAME__accepted, 3)->repeated = 1;
    const struct steps_done done = done_of(message);
    metrics_message(&metrics, &done);
    cr_assert_eq(metrics.events[type][AWARD__OUTCOME__NAME__accepted], 0);
    cr_assert_eq(metrics.events[type][AWARD__OUTCOME__NAME__rejected], 1);
    cr_assert_eq(metrics.events[0][AWARD__OUTCOME__NAME__rejected], 1, "no known type");
    cr_assert_eq(metrics.repeated, 1);
    cr_assert_eq(metrics.reasons_count, 1);
    cr_assert_str_eq(metrics.reasons[0].code, "of_others");
    cr_assert_eq(metrics.reasons[0].basis, BASIS_AUTHORITY);
    cr_assert_eq(metrics.reasons[0].count, 2);
}

Test(metrics, what_a_dry_run_says_is_not_counted)
{
    struct message *message = message_new();
    message->batch.dry_run = 1;
    reject(message,
           message_add(message, AWARD__EVENT__BODY_SUGGESTION, AWARD__OUTCOME__NAME__rejected, 0),
           "some_order", "order");
    const struct steps_done done = done_of(message);
    metrics_message(&metrics, &done);
    cr_assert_eq(metrics.requests[REQUEST_DRY_RUN], 1);
    cr_assert_eq(metrics.reasons_count, 0);
    cr_assert_eq(metrics.steps[STEP_RECEIVED].count, 0);
}

Test(metrics, a_message_that_is_refused_whole_counts_by_its_code)
{
    const struct steps_done unknown = {.refusal = "some_key", .refusal_article = "authority"};
    const struct steps_done garbage = {.refusal = "some_form", .refusal_article = "form"};
    metrics_message(&metrics, &unknown);
    metrics_message(&metrics, &garbage);
    cr_assert_eq(metrics.requests[REQUEST_REFUSED], 2);
    cr_assert_eq(metrics.reasons_count, 2);
    cr_assert_eq(metrics.reasons[1].basis, BASIS_FORM);
}

Test(metrics, whatever_the_regulation_says_is_one_basis)
{
    const struct steps_done done = {.refusal = "some_time", .refusal_article = "article x"};
    metrics_message(&metrics, &done);
    cr_assert_eq(metrics.reasons[0].basis, BASIS_ARTICLE);
}

Test(metrics, who_acts_outside_his_own_lacks_the_authority)
{
    const struct steps_done done = {.refusal = "out_of_scope", .refusal_article = "article x"};
    metrics_message(&metrics, &done);
    cr_assert_eq(metrics.reasons[0].basis, BASIS_AUTHORITY);
}

Test(metrics, more_reasons_than_there_is_room_for_are_the_last_one)
{
    for (int i = 0; i < METRICS_REASONS_MAX + 10; i++) {
        char code[32];
        (void)snprintf(code, sizeof(code), "code_%d", i);
        const struct steps_done done = {.refusal = code, .refusal_article = "form"};
        metrics_message(&metrics, &done);
    }
    cr_assert_eq(metrics.reasons_count, METRICS_REASONS_MAX);
    cr_assert_str_eq(metrics.reasons[METRICS_REASONS_MAX - 1].code, "other");
    cr_assert_eq(metrics.reasons[METRICS_REASONS_MAX - 1].count, 11);
    cr_assert_eq(metrics.reasons[METRICS_REASONS_MAX - 2].count, 1);
}

Test(metrics, a_group_counts_what_is_on_record_by_type_and_outcome)
{
    static char mail[] = "mail";
    static char pigeon[] = "pigeon";
    Award__Event events[3];
    Award__Decision decisions[3];
    Award__Entry entries[3];
    Award__Entry *list[3];
    Award__MessageDelivered delivered = AWARD__MESSAGE_DELIVERED__INIT;
    Award__MessageFailed failed = AWARD__MESSAGE_FAILED__INIT;
    delivered.channel = mail;
    failed.channel = pigeon;
    for (size_t i = 0; i < 3; i++) {
        award__event__init(&events[i]);
        award__decision__init(&decisions[i]);
        award__entry__init(&entries[i]);
        decisions[i].outcome = AWARD__OUTCOME__NAME__accepted;
        entries[i].event = &events[i];
        entries[i].decision = &decisions[i];
        list[i] = &entries[i];
    }
    events[0].body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    events[0].message_delivered = &delivered;
    events[1].body_case = AWARD__EVENT__BODY_MESSAGE_FAILED;
    events[1].message_failed = &failed;
    events[2].body_case = AWARD__EVENT__BODY_STARTED;
    decisions[2].outcome = AWARD__OUTCOME__NAME__pending;
    const struct ledger_group group = {list, 3, 750};
    metrics_group(&metrics, &group);
    cr_assert_eq(
        metrics.events[AWARD__EVENT__BODY_MESSAGE_DELIVERED][AWARD__OUTCOME__NAME__accepted], 1);
    cr_assert_eq(metrics.events[AWARD__EVENT__BODY_STARTED][AWARD__OUTCOME__NAME__pending], 1);
    cr_assert_eq(metrics.delivered[AWARD__CHANNEL__NAME__mail], 1);
    cr_assert_eq(metrics.undelivered[0], 1, "of no channel that there is");
    cr_assert_eq(metrics.group_entries.sum, 3);
    cr_assert_eq(metrics.sync.sum, 750);
}

Test(steps, name_the_entries_that_a_message_made)
{
    struct message *message = message_new();
    Award__Event__BodyCase type = AWARD__EVENT__BODY_SUGGESTION;
    message_add(message, type, AWARD__OUTCOME__NAME__accepted, 3)->repeated = 1;
    message_add(message, type, AWARD__OUTCOME__NAME__rejected, 0);
    message_add(message, type, AWARD__OUTCOME__NAME__accepted, 17);
    message_add(message, type, AWARD__OUTCOME__NAME__pending, 19);
    struct steps_done done = done_of(message);
    steps_entries_fill(&done);
    cr_assert(done.first_entry == 17 && done.last_entry == 19);
    message->answered.n_answers = 2;
    steps_entries_fill(&done);
    cr_assert(done.first_entry == 0 && done.last_entry == 0);
}

Test(steps, time_between_two_is_never_below_nothing)
{
    const struct steps steps = {
        {100, 90, 300, 300, 400}
    };
    cr_assert_eq(steps_between_us(&steps, STEP_RECEIVED, STEP_TAKEN), 0);
    cr_assert_eq(steps_between_us(&steps, STEP_RECEIVED, STEP_ANSWERED), 300);
}
