// What is remembered of the last events and tasks.
#include "daemon/trace.h"

#include <criterion/criterion.h>
#include <string.h>

enum { ANSWERS = 3 };

// A message whose turn came at 1,000,000 us of the monotonic clock.
struct message {
    struct steps_done done;
    Award__AnswerBatch batch;
    Award__Answer answers[ANSWERS];
    Award__Answer *list[ANSWERS];
    Award__Moment moments[ANSWERS];
};

// Its answers have entries from this one on, recorded at these moments (0: it is no answer).
static void message_fill(struct message *message, uint64_t entry, const int64_t recorded_ms[])
{
    static const struct steps steps = {
        .at_us = {999500, 1000000, 1002000, 1010000, 1010300}
    };
    *message = (struct message){.done = {.steps = steps}};
    award__answer_batch__init(&message->batch);
    message->batch.answers = message->list;
    message->done.answers = &message->batch;
    for (size_t i = 0; i < ANSWERS && recorded_ms[i] > 0; i++) {
        award__answer__init(&message->answers[i]);
        award__moment__init(&message->moments[i]);
        message->moments[i].ms = recorded_ms[i];
        message->answers[i].entry = entry + i;
        message->answers[i].recorded = &message->moments[i];
        message->list[i] = &message->answers[i];
        message->batch.n_answers++;
    }
}

static void event_note(struct trace *trace, uint64_t entry, int64_t recorded_ms)
{
    struct message message;
    message_fill(&message, entry, (const int64_t[ANSWERS]){recorded_ms});
    trace_note(trace, &message.done);
}

// ---- Events

Test(trace, an_event_has_the_times_of_its_message_on_the_clock_that_it_was_recorded_by)
{
    struct trace *trace = trace_create(8);
    struct trace_times times;
    event_note(trace, 42, 5000);
    cr_assert(trace_of_entry(trace, 42, 5000, &times));
    cr_expect_eq(times.received_us, 4999500);
    cr_expect_eq(times.taken_us, 5000000);
    cr_expect_eq(times.decided_us, 5002000);
    cr_expect_eq(times.journalled_us, 5010000);
    cr_expect_eq(times.answered_us, 5010300);
    cr_expect_not(trace_of_entry(trace, 41, 5000, &times));
    cr_expect_not(trace_of_entry(trace, 0, 5000, &times));
    trace_destroy(trace);
}

Test(trace, an_event_of_many_in_a_message_is_not_decided_before_it_was_recorded)
{
    struct trace *trace = trace_create(8);
    struct trace_times times;
    struct message message;
    message_fill(&message, 42, (const int64_t[ANSWERS]){5000, 5001, 5030});
    trace_note(trace, &message.done);
    cr_assert(trace_of_entry(trace, 43, 5001, &times));
    cr_expect_eq(times.received_us, 4999500);
    cr_expect_eq(times.decided_us, 5002000);
    cr_assert(trace_of_entry(trace, 44, 5030, &times)); // the clock was set meanwhile
    cr_expect_eq(times.decided_us, 5030000);
    cr_expect_eq(times.journalled_us, 5030000);
    cr_expect_eq(times.answered_us, 5030000);
    trace_destroy(trace);
}

Test(trace, what_made_no_entry_is_not_remembered)
{
    struct trace *trace = trace_create(8);
    struct trace_times times;
    struct message message;
    message_fill(&message, 42, (const int64_t[ANSWERS]){5000, 5000, 5000});
    message.answers[0].repeated = 1;
    message.answers[1].dry_run = 1;
    message.answers[2].entry = 0;
    trace_note(trace, &message.done);
    for (uint64_t entry = 42; entry < 45; entry++) {
        cr_expect_not(trace_of_entry(trace, entry, 5000, &times));
    }
    struct steps_done nothing = {.answers = NULL}; // a query
    trace_note(trace, &nothing);
    cr_expect_eq(trace_counts(trace).remembered, 0);
    trace_destroy(trace);
}

Test(trace, the_oldest_event_makes_room)
{
    struct trace *trace = trace_create(4);
    struct trace_times times;
    for (uint64_t entry = 1; entry <= 6; entry++) {
        event_note(trace, entry, 5000);
    }
    cr_expect_not(trace_of_entry(trace, 1, 5000, &times));
    cr_expect_not(trace_of_entry(trace, 2, 5000, &times));
    cr_expect(trace_of_entry(trace, 3, 5000, &times));
    cr_expect(trace_of_entry(trace, 6, 5000, &times));
    cr_expect_eq(trace_counts(trace).remembered, 4);
    cr_expect_eq(trace_counts(trace).forgotten, 2);
    trace_destroy(trace);
}

// ---- Tasks

Test(trace, of_a_task_all_is_told_in_its_order_and_nothing_of_others)
{
    struct trace *trace = trace_create(8);
    struct trace_task list[4];
    trace_task_note(trace, TRACE_GIVEN, "rank:2018:1", "worker-scoring", 10);
    trace_task_note(trace, TRACE_GIVEN, "rank:2018:2", "worker-other", 11);
    trace_task_note(trace, TRACE_UNANSWERED, "rank:2018:1", "worker-scoring", 12);
    trace_task_note(trace, TRACE_GIVEN, "rank:2018:1", "worker-two", 13);
    cr_assert_eq(trace_of_task(trace, "rank:2018:1", 4, list), 3);
    cr_expect_eq(list[0].what, TRACE_GIVEN);
    cr_expect_eq(list[0].at_ms, 10);
    cr_expect_str_eq(list[0].worker, "worker-scoring");
    cr_expect_eq(list[1].what, TRACE_UNANSWERED);
    cr_expect_str_eq(list[2].worker, "worker-two");
    cr_expect_eq(trace_of_task(trace, "rank:2018:3", 4, list), 0);
    trace_destroy(trace);
}

Test(trace, of_a_task_with_much_the_last_is_told)
{
    struct trace *trace = trace_create(4);
    struct trace_task list[2];
    for (int64_t at_ms = 1; at_ms <= 6; at_ms++) {
        trace_task_note(trace, TRACE_GIVEN, "t", "w", at_ms);
    }
    cr_assert_eq(trace_of_task(trace, "t", 2, list), 2);
    cr_expect_eq(list[0].at_ms, 5);
    cr_expect_eq(list[1].at_ms, 6);
    struct trace_task all[8];
    cr_expect_eq(trace_of_task(trace, "t", 8, all), 4); // as many as there is room for
    cr_expect_eq(all[0].at_ms, 3);
    trace_destroy(trace);
}

Test(trace, a_name_that_is_too_long_is_cut)
{
    struct trace *trace = trace_create(4);
    struct trace_task one;
    char name[LIMIT_ID_BYTES + 10];
    memset(name, 'w', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    trace_task_note(trace, TRACE_RETURNED, "t", name, 1);
    cr_assert_eq(trace_of_task(trace, "t", 1, &one), 1);
    cr_expect_eq(strlen(one.worker), LIMIT_ID_BYTES);
    trace_destroy(trace);
}

// ---- Another size

Test(trace, with_more_room_nothing_is_forgotten)
{
    struct trace *trace = trace_create(2);
    struct trace_times times;
    struct trace_task list[2];
    event_note(trace, 1, 5000);
    event_note(trace, 2, 5000);
    trace_task_note(trace, TRACE_GIVEN, "t", "w", 1);
    trace_resize(trace, 4);
    event_note(trace, 3, 5000);
    for (uint64_t entry = 1; entry <= 3; entry++) {
        cr_expect(trace_of_entry(trace, entry, 5000, &times), "%d", (int)entry);
    }
    cr_expect_eq(trace_of_task(trace, "t", 2, list), 1);
    cr_expect_eq(trace_counts(trace).remembered, 3);
    trace_destroy(trace);
}

Test(trace, with_less_room_the_newest_is_kept)
{
    struct trace *trace = trace_create(8);
    struct trace_times times;
    struct trace_task list[4];
    for (uint64_t entry = 6; entry <= 11; entry++) { // 8 to 11 lie before 6 and 7
        event_note(trace, entry, 5000);
        trace_task_note(trace, TRACE_GIVEN, "t", "w", (int64_t)entry);
    }
    trace_resize(trace, 2);
    for (uint64_t entry = 6; entry <= 11; entry++) {
        cr_expect_eq(trace_of_entry(trace, entry, 5000, &times), entry >= 10, "%d", (int)entry);
    }
    cr_assert_eq(trace_of_task(trace, "t", 4, list), 2);
    cr_expect_eq(list[0].at_ms, 10);
    cr_expect_eq(trace_counts(trace).remembered, 2);
    cr_expect_eq(trace_counts(trace).forgotten, 4);
    trace_destroy(trace);
}
