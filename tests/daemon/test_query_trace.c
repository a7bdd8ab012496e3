// One event through all processes, and what followed from it.
#include "daemon/query_parts.h"
#include "tests/daemon/desk.h"

#include <criterion/criterion.h>
#include <string.h>

#define OLD "2016/" GENESIS_ENTERPRISE "/1"
#define INCIDENT(id)                                                                               \
    "{\"incident_recorded\":{\"incident\":\"" id "\",\"case\":\"" OLD                              \
    "\",\"kind\":\"safety_accident\",\"on\":\"2017-12-29\",\"liable\":\"unknown\"}}"

typedef Award__Trace__Step step;

// A laureate, and an incident that the bureau reported under the id "ev-1": a report is due, the
// enterprise is told, and the grounds of a revocation are checked.
struct traced {
    struct desk desk;
    struct trace *trace;
    uint64_t entry;
};

static struct traced traced_open(void)
{
    struct traced t = {.desk = desk_open()};
    t.trace = trace_create(64);
    desk_to_cycle(&t.desk);
    desk_take(&t.desk, "office",
              "{\"earlier_record\":{\"enterprise\":\"" GENESIS_ENTERPRISE
              "\",\"honour\":\"award\",\"cycle\":\"2016\",\"on\":\"2016-11-10\","
              "\"certificate\":\"C-16\",\"proof\":\"渝府发\"}}");
    t.entry = office_submit(t.desk.office, "bureau", "ev-1", INCIDENT("I-1"))->entry;
    office_commit(t.desk.office);
    return t;
}

static void traced_close(struct traced *t)
{
    trace_destroy(t->trace);
    desk_close(&t->desk);
}

static const char *leased_to(const void *context, const char *task)
{
    (void)context;
    return strncmp(task, "check_grounds:", 14) == 0 ? "worker-revocation" : NULL;
}

static const Award__QueryReply *ask(struct traced *t, const char *principal, const char *json)
{
    const struct query_server server = {.leased_to = leased_to, .trace = t->trace};
    struct codec_error error;
    const Award__Query *query = (const Award__Query *)codec_from_json(
        &award__query__descriptor, json, strlen(json), t->desk.arena, &error);
    cr_assert_not_null(query, "%s: %s", json, error.en);
    return query_answer(query, desk_principal(&t->desk, principal), office_ledger(t->desk.office),
                        &server, t->desk.arena);
}

static const Award__Trace *trace_of(struct traced *t, const char *principal, const char *id)
{
    const Award__QueryReply *reply =
        ask(t, principal, arena_format(t->desk.arena, "{\"trace\":{\"id\":\"%s\"}}", id));
    cr_assert_not_null(reply->trace, "%s: %s", id, desk_code(reply));
    return reply->trace;
}

static const char *what_of(const step *s)
{
    return protobuf_c_enum_descriptor_get_value(&award__trace__step__what__descriptor, (int)s->what)
        ->name;
}

// "recorded task_queued open": what happened, in its order.
static const char *whats(struct traced *t, const Award__Trace *trace)
{
    const char *text = "";
    for (size_t i = 0; i < trace->n_steps; i++) {
        text =
            arena_format(t->desk.arena, "%s%s%s", text, i > 0 ? " " : "", what_of(trace->steps[i]));
    }
    return text;
}

static const step *step_of(const Award__Trace *trace, Award__Trace__Step__What what)
{
    for (size_t i = 0; i < trace->n_steps; i++) {
        if (trace->steps[i]->what == what) {
            return trace->steps[i];
        }
    }
    return NULL;
}

// The task of a kind that the trace names.
static const char *task_of(const Award__Trace *trace, const char *kind)
{
    for (size_t i = 0; i < trace->n_steps; i++) {
        const char *task = trace->steps[i]->task;
        if (task != NULL && strncmp(task, kind, strlen(kind)) == 0) {
            return task;
        }
    }
    cr_assert_fail("%s", kind);
    return NULL;
}

static uint64_t take(struct traced *t, const char *principal, const char *id, const char *json)
{
    const Award__Answer *answer = office_submit(t->desk.office, principal, id, json);
    cr_assert_neq(answer->outcome, AWARD__OUTCOME__NAME__rejected, "%s: %s", json,
                  answer->n_reasons > 0 ? answer->reasons[0]->en : "");
    uint64_t entry = answer->entry;
    office_commit(t->desk.office);
    return entry;
}

static uint64_t grounds_answer(struct traced *t)
{
    const char *task = task_of(trace_of(t, "office", "ev-1"), "check_grounds:");
    return take(t, "worker-revocation", NULL,
                arena_format(t->desk.arena,
                             "{\"task\":\"%s\",\"grounds_checked\":{\"case\":\"" OLD
                             "\",\"incident\":\"I-1\"}}",
                             task));
}

static uint64_t delivery_answer(struct traced *t, const char *event, const char *more)
{
    const Award__Trace *trace = trace_of(t, "office", "ev-1");
    const char *message = step_of(trace, AWARD__TRACE__STEP__WHAT__message_sealed)->message;
    return take(t, "worker-notification", NULL,
                arena_format(t->desk.arena,
                             "{\"task\":\"%s\",\"%s\":{\"message\":\"%s\",\"channel\":\"spool\","
                             "\"reply\":\"250 taken\"%s}}",
                             task_of(trace, "deliver_message:"), event, message, more));
}

// ---- From the record

Test(query_trace, tells_what_an_event_made_and_what_of_it_is_open)
{
    struct traced t = traced_open();
    const Award__Trace *trace = trace_of(&t, "office", "ev-1");
    cr_expect_eq(trace->entry, t.entry);
    cr_expect(trace->only_record);
    const step *recorded = trace->steps[0];
    cr_expect_eq(recorded->what, AWARD__TRACE__STEP__WHAT__recorded);
    cr_expect_eq(recorded->entry, t.entry);
    cr_expect_str_eq(recorded->event, "incident_recorded");
    cr_expect_str_eq(recorded->principal, "bureau");
    cr_expect_str_eq(recorded->id, "ev-1");
    cr_expect_eq(recorded->outcome, AWARD__OUTCOME__NAME__accepted);
    const step *opened = step_of(trace, AWARD__TRACE__STEP__WHAT__deadline_opened);
    cr_assert_not_null(opened);
    cr_expect_eq(opened->deadline_kind, AWARD__DEADLINE_KIND__NAME__incident_report);
    cr_expect_eq(opened->state, AWARD__DEADLINE__STATE__open);
    cr_expect_not_null(opened->last);
    const step *sealed = step_of(trace, AWARD__TRACE__STEP__WHAT__message_sealed);
    cr_assert_not_null(sealed);
    cr_expect_eq(sealed->template_, AWARD__TEMPLATE__NAME__incident_due);
    cr_expect_str_eq(sealed->recipient, "ent-a");
    const step *open = trace->steps[trace->n_steps - 1];
    cr_expect_eq(open->what, AWARD__TRACE__STEP__WHAT__open);
    cr_expect_eq(trace->n_following, 3, "%s", whats(&t, trace)); // two tasks and the message
    traced_close(&t);
}

Test(query_trace, who_has_an_open_task_is_told)
{
    struct traced t = traced_open();
    const Award__Trace *trace = trace_of(&t, "office", "ev-1");
    size_t open = 0;
    for (size_t i = 0; i < trace->n_steps; i++) {
        const step *s = trace->steps[i];
        if (s->what == AWARD__TRACE__STEP__WHAT__open) {
            bool leased = strncmp(s->task, "check_grounds:", 14) == 0;
            cr_expect_str_eq(s->process, leased ? "worker-revocation" : "awardd");
            open++;
        }
    }
    cr_expect_eq(open, 2);
    traced_close(&t);
}

Test(query_trace, follows_each_task_to_its_answer_and_each_message_to_its_delivery)
{
    struct traced t = traced_open();
    uint64_t checked = grounds_answer(&t);
    (void)delivery_answer(&t, "message_failed", "");
    uint64_t delivered = delivery_answer(&t, "message_delivered", "");
    const Award__Trace *trace = trace_of(&t, "office", "ev-1");
    const step *done = step_of(trace, AWARD__TRACE__STEP__WHAT__task_done);
    cr_assert_not_null(done, "%s", whats(&t, trace));
    cr_expect_eq(done->entry, checked);
    cr_expect_str_eq(done->principal, "worker-revocation");
    const step *failed = step_of(trace, AWARD__TRACE__STEP__WHAT__message_failed);
    cr_assert_not_null(failed);
    cr_expect_eq(failed->failures, 1);
    const step *end = step_of(trace, AWARD__TRACE__STEP__WHAT__message_delivered);
    cr_assert_not_null(end);
    cr_expect_eq(end->entry, delivered);
    cr_expect_str_eq(end->channel, "spool");
    cr_expect_str_eq(end->reply, "250 taken");
    cr_expect_null(step_of(trace, AWARD__TRACE__STEP__WHAT__open));
    cr_expect_eq(trace->n_following, 0);
    cr_expect_eq(trace->looked_to, delivered);
    traced_close(&t);
}

Test(query_trace, a_message_that_was_given_up_is_at_its_end)
{
    struct traced t = traced_open();
    (void)grounds_answer(&t);
    uint64_t given_up = delivery_answer(&t, "message_failed", ",\"permanent\":true");
    const Award__Trace *trace = trace_of(&t, "office", "ev-1");
    const step *end = step_of(trace, AWARD__TRACE__STEP__WHAT__message_given_up);
    cr_assert_not_null(end, "%s", whats(&t, trace));
    cr_expect_eq(end->entry, given_up);
    // The administrator is told of it: that message goes on.
    cr_expect_not_null(step_of(trace, AWARD__TRACE__STEP__WHAT__open));
    traced_close(&t);
}

Test(query_trace, a_task_that_failed_is_followed_until_it_is_given_up)
{
    struct traced t = traced_open();
    const char *task = task_of(trace_of(&t, "office", "ev-1"), "check_grounds:");
    for (int i = 0; i < 5; i++) {
        (void)take(&t, "worker-revocation", NULL,
                   arena_format(t.desk.arena,
                                "{\"task\":\"%s\",\"task_failed\":{\"reason\":\"r%d\"}}", task, i));
    }
    const Award__Trace *trace = trace_of(&t, "office", task);
    const step *failed = step_of(trace, AWARD__TRACE__STEP__WHAT__task_failed);
    cr_assert_not_null(failed);
    cr_expect_str_eq(failed->reply, "r0");
    const step *given_up = step_of(trace, AWARD__TRACE__STEP__WHAT__task_given_up);
    cr_assert_not_null(given_up, "%s", whats(&t, trace));
    cr_expect_eq(given_up->failures, 5);
    traced_close(&t);
}

Test(query_trace, a_deadline_that_is_met_is_told)
{
    struct traced t = traced_open();
    (void)take(&t, "ent-a", "report",
               "{\"incident_reported_by_laureate\":{\"incident\":\"I-1\",\"case\":\"" OLD
               "\",\"kind\":\"safety_accident\",\"on\":\"2017-12-29\",\"digest\":\"" APPLYING_DIGEST
               "\"}}");
    const Award__Trace *trace = trace_of(&t, "office", "report");
    const step *met = step_of(trace, AWARD__TRACE__STEP__WHAT__deadline_changed);
    cr_assert_not_null(met, "%s", whats(&t, trace));
    cr_expect_eq(met->state, AWARD__DEADLINE__STATE__met);
    cr_expect_null(step_of(trace, AWARD__TRACE__STEP__WHAT__deadline_opened));
    traced_close(&t);
}

Test(query_trace, what_waits_is_followed_to_the_second_person)
{
    struct traced t = traced_open();
    uint64_t first = take(&t, "admin", "enrol-1",
                          "{\"principal_enrolled\":{\"name\":\"li\",\"role\":\"office\"}}");
    const Award__Trace *trace = trace_of(&t, "admin", "enrol-1");
    cr_expect_str_eq(whats(&t, trace), "recorded waits open");
    cr_expect_str_eq(trace->steps[1]->reply, "countersignature");
    uint64_t second =
        take(&t, "supervision", NULL,
             "{\"countersigned\":{\"event\":{\"principal\":\"admin\",\"id\":\"enrol-1\"}}}");
    trace = trace_of(&t, "admin", "enrol-1"); // its receipt names the second entry now
    cr_expect_str_eq(whats(&t, trace), "recorded waits recorded");
    cr_expect_eq(trace->entry, first);
    cr_expect_eq(trace->steps[2]->entry, second);
    cr_expect_str_eq(trace->steps[2]->event, "countersigned");
    traced_close(&t);
}

// ---- Names

Test(query_trace, is_found_by_number_by_principal_and_id_by_message_and_by_task)
{
    struct traced t = traced_open();
    const Award__Trace *whole = trace_of(&t, "office", "ev-1");
    const char *message = step_of(whole, AWARD__TRACE__STEP__WHAT__message_sealed)->message;
    const char *task = task_of(whole, "check_grounds:");
    const char *number = arena_format(t.desk.arena, "%d", (int)t.entry);
    cr_expect_str_eq(whats(&t, trace_of(&t, "office", number)), whats(&t, whole));
    cr_expect_str_eq(whats(&t, trace_of(&t, "office", "bureau/ev-1")), whats(&t, whole));
    const Award__Trace *of_message = trace_of(&t, "office", message);
    cr_expect_eq(of_message->entry, t.entry);
    cr_expect_str_eq(whats(&t, of_message), "recorded message_sealed task_queued open");
    const Award__Trace *of_task = trace_of(&t, "office", task);
    cr_expect_str_eq(whats(&t, of_task), "recorded task_queued open");
    (void)grounds_answer(&t);
    of_task = trace_of(&t, "office", task); // it is on record no more
    cr_expect_eq(of_task->entry, t.entry);
    cr_expect_str_eq(whats(&t, of_task), "recorded task_queued recorded task_done");
    traced_close(&t);
}

Test(query_trace, an_id_of_two_principals_asks_for_one)
{
    struct traced t = traced_open();
    uint64_t second = take(&t, "office", "ev-1",
                           "{\"reviewer_added\":{\"person\":\"reviewer-01\",\"industries\":"
                           "[\"C34\"],\"employer\":\"e\",\"district\":\"500103\"}}");
    const Award__QueryReply *reply = ask(&t, "office", "{\"trace\":{\"id\":\"ev-1\"}}");
    cr_assert_str_eq(desk_code(reply), "ambiguous_id");
    cr_expect_not_null(strstr(reply->error->en, "bureau, office"), "%s", reply->error->en);
    reply = ask(&t, "office", "{\"trace\":{\"id\":\"ev-1\",\"of\":\"office\"}}");
    cr_assert_not_null(reply->trace, "%s", desk_code(reply));
    cr_expect_eq(reply->trace->entry, second);
    // Whoever sees one of them alone is not told of the other.
    cr_expect_eq(trace_of(&t, "ent-a", "ev-1")->entry, t.entry);
    traced_close(&t);
}

Test(query_trace, what_is_not_there_is_refused)
{
    struct traced t = traced_open();
    static const char *const names[] = {"ev-2",
                                        "999999",
                                        "0",
                                        "",
                                        "bureau/ev-2",
                                        "rank:2018:1",
                                        "check_grounds:x:1",
                                        "ent-a/2018-01-02T09:00:00+08:00/9"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const Award__QueryReply *reply =
            ask(&t, "office", arena_format(t.desk.arena, "{\"trace\":{\"id\":\"%s\"}}", names[i]));
        cr_expect_str_eq(desk_code(reply), "no_such_event", "%s", names[i]);
    }
    cr_expect_str_eq(desk_code(ask(&t, "office", "{\"trace\":{}}")), "no_such_event");
    cr_expect_str_eq(desk_code(ask(&t, "office", "{\"trace\":{\"id\":\"ev-1\",\"of\":\"x\"}}")),
                     "no_such_event");
    traced_close(&t);
}

// The first message of alerts.
static const char *alerts_message(struct traced *t)
{
    const Award__QueryReply *reply = ask(t, "office", "{\"messages\":{}}");
    for (size_t i = 0; i < reply->messages->n_messages; i++) {
        if (reply->messages->messages[i]->template_ == AWARD__TEMPLATE__NAME__alerts) {
            return reply->messages->messages[i]->message;
        }
    }
    cr_assert_fail("no alert was raised");
    return NULL;
}

Test(query_trace, a_message_of_alerts_begins_with_what_fired_first_and_is_sealed_later)
{
    struct traced t = traced_open();
    desk_take(&t.desk, "admin", "{\"clock_set\":{\"moment\":\"2018-01-20T12:00:00+08:00\"}}");
    const char *message = alerts_message(&t);
    const Award__Trace *trace = trace_of(&t, "office", message);
    cr_expect_str_eq(whats(&t, trace),
                     "fired message_collects fired message_sealed task_queued open");
    cr_expect_not(trace->only_record, "the coordinator's own are not missing from memory");
    cr_expect_str_eq(trace->steps[0]->event, "alert_due");
    cr_expect_not_null(trace->steps[1]->goes_out);
    cr_expect_str_eq(trace->steps[2]->event, "message_sealed");
    cr_expect_geq(trace->steps[2]->at->ms, trace->steps[1]->goes_out->ms);
    for (size_t i = 1; i < trace->n_steps; i++) {
        cr_expect(trace->steps[i]->task == NULL || strstr(trace->steps[i]->task, message) != NULL);
    }
    const char *task = task_of(trace, "deliver_message:");
    const Award__Trace *of_task = trace_of(&t, "office", task);
    cr_expect_eq(of_task->entry, trace->steps[2]->entry);
    traced_close(&t);
}

Test(query_trace, goes_on_from_no_entry_that_is_not_there)
{
    struct traced t = traced_open();
    const Award__QueryReply *reply = ask(&t, "office",
                                         "{\"trace\":{\"entry\":\"18446744073709551615\","
                                         "\"following\":[{\"kind\":\"task\",\"name\":\"t\"}]}}");
    cr_expect_str_eq(desk_code(reply), "no_such_event");
    reply = ask(&t, "office",
                "{\"trace\":{\"entry\":\"1\",\"from\":\"18446744073709551615\",\"following\":[{"
                "\"kind\":\"task\",\"name\":\"t\",\"since_us\":\"18446744073709551615\"}]}}");
    cr_assert_not_null(reply->trace);
    cr_expect_eq(reply->trace->n_following, 1);
    traced_close(&t);
}

// ---- Rights

Test(query_trace, shows_nobody_more_than_the_journal_does)
{
    struct traced t = traced_open();
    (void)grounds_answer(&t);
    (void)delivery_answer(&t, "message_delivered", "");
    const Award__Trace *own = trace_of(&t, "ent-a", "ev-1");
    cr_expect_null(step_of(own, AWARD__TRACE__STEP__WHAT__task_queued));
    cr_expect_null(step_of(own, AWARD__TRACE__STEP__WHAT__task_done));
    cr_expect_not_null(step_of(own, AWARD__TRACE__STEP__WHAT__deadline_opened));
    const step *delivered = step_of(own, AWARD__TRACE__STEP__WHAT__message_delivered);
    cr_assert_not_null(delivered, "%s", whats(&t, own)); // his own message
    cr_expect_str_eq(delivered->reply, "250 taken");
    const Award__QueryReply *reply = ask(&t, "reviewer-09", "{\"trace\":{\"id\":\"ev-1\"}}");
    cr_expect_str_eq(desk_code(reply), "no_such_event");
    reply = ask(&t, "public", "{\"trace\":{\"id\":\"ev-1\"}}");
    cr_expect_str_eq(desk_code(reply), "not_authorised");
    traced_close(&t);
}

Test(query_trace, what_somebody_says_is_followed_shows_him_nothing_of_others)
{
    struct traced t = traced_open();
    const char *task = task_of(trace_of(&t, "office", "ev-1"), "check_grounds:");
    (void)grounds_answer(&t);
    const Award__QueryReply *reply =
        ask(&t, "reviewer-09",
            arena_format(t.desk.arena,
                         "{\"trace\":{\"entry\":\"1\",\"from\":\"2\",\"following\":[{\"kind\":"
                         "\"task\",\"name\":\"%s\"}]}}",
                         task));
    cr_assert_not_null(reply->trace);
    cr_expect_eq(reply->trace->n_steps, 0);
    cr_expect_eq(reply->trace->n_following, 0);
    traced_close(&t);
}

// ---- From memory

static void event_note(struct traced *t, uint64_t entry, int64_t recorded_ms)
{
    struct steps_done done = {.steps = {.at_us = {1000, 3500, 4000, 9000, 9100}}};
    Award__Moment recorded = AWARD__MOMENT__INIT;
    Award__Answer answer = AWARD__ANSWER__INIT;
    Award__Answer *list[] = {&answer};
    Award__AnswerBatch batch = AWARD__ANSWER_BATCH__INIT;
    recorded.ms = recorded_ms;
    answer.entry = entry;
    answer.recorded = &recorded;
    batch.n_answers = 1;
    batch.answers = list;
    done.answers = &batch;
    trace_note(t->trace, &done);
}

static int64_t us_of(const step *s)
{
    return s->at->ms * 1000 + s->at_us;
}

Test(query_trace, has_the_steps_that_are_remembered_in_the_order_of_time)
{
    struct traced t = traced_open();
    int64_t now_ms = ledger_now(office_ledger(t.desk.office));
    const char *task = task_of(trace_of(&t, "office", "ev-1"), "check_grounds:");
    event_note(&t, t.entry, now_ms);
    trace_task_note(t.trace, TRACE_GIVEN, task, "worker-revocation", now_ms);
    trace_task_note(t.trace, TRACE_RETURNED, task, "worker-revocation", now_ms + 20);
    trace_task_note(t.trace, TRACE_GIVEN, task, "worker-two", now_ms + 21);
    trace_task_note(t.trace, TRACE_UNANSWERED, task, "worker-two", now_ms + 22);
    const Award__Trace *trace = trace_of(&t, "office", task);
    cr_expect_str_eq(whats(&t, trace),
                     "received decided task_queued journalled answered task_given "
                     "task_returned task_given task_unanswered open");
    cr_expect_not(trace->only_record);
    cr_expect_eq(trace->steps[0]->waited_us, 2500);
    cr_expect_eq(us_of(trace->steps[0]), now_ms * 1000 - 2500);
    cr_expect_eq(us_of(trace->steps[1]), now_ms * 1000 + 500);
    cr_expect_eq(trace->steps[1]->since_us, 3000);
    for (size_t i = 1; i < trace->n_steps; i++) {
        cr_expect_geq(us_of(trace->steps[i]), us_of(trace->steps[i - 1]));
        cr_expect_eq((int64_t)trace->steps[i]->since_us,
                     us_of(trace->steps[i]) - us_of(trace->steps[i - 1]));
    }
    const step *given = step_of(trace, AWARD__TRACE__STEP__WHAT__task_given);
    cr_expect_str_eq(given->process, "worker-revocation");
    cr_expect_eq(given->role, AWARD__ROLE__NAME__worker_revocation);
    traced_close(&t);
}

Test(query_trace, an_answer_was_not_received_before_its_worker_had_the_task)
{
    struct traced t = traced_open();
    int64_t now_ms = ledger_now(office_ledger(t.desk.office));
    const char *task = task_of(trace_of(&t, "office", "ev-1"), "check_grounds:");
    event_note(&t, t.entry, now_ms - 20);
    trace_task_note(t.trace, TRACE_GIVEN, task, "worker-revocation", now_ms);
    event_note(&t, grounds_answer(&t), now_ms); // received 2.5 ms before it was recorded
    const Award__Trace *trace = trace_of(&t, "office", task);
    cr_expect_str_eq(whats(&t, trace),
                     "received decided task_queued journalled answered task_given received "
                     "decided task_done journalled answered");
    traced_close(&t);
}

// ---- Bounds

Test(query_trace, looks_at_so_many_entries_and_goes_on_with_what_it_follows)
{
    struct traced t = traced_open();
    const char *task = task_of(trace_of(&t, "office", "ev-1"), "check_grounds:");
    for (int i = 0; i < QUERY_LOOKED_AT_MAX; i++) {
        (void)office_submit(t.desk.office, "supervision", NULL,
                            "{\"suggestion\":{\"concerns\":\"" OLD "\",\"text\":\"t\"}}");
        if (i % 500 == 499) {
            office_commit(t.desk.office);
        }
    }
    uint64_t checked = grounds_answer(&t);
    const Award__QueryReply *reply =
        ask(&t, "office", arena_format(t.desk.arena, "{\"trace\":{\"id\":\"%s\"}}", task));
    cr_assert_not_null(reply->trace);
    cr_expect(reply->more);
    cr_expect_eq(reply->trace->looked_to, t.entry + QUERY_LOOKED_AT_MAX);
    cr_expect_str_eq(whats(&t, reply->trace), "recorded task_queued");
    cr_assert_eq(reply->trace->n_following, 1);
    cr_expect_str_eq(reply->trace->following[0]->name, task);
    reply = ask(&t, "office",
                arena_format(t.desk.arena,
                             "{\"trace\":{\"entry\":\"%d\",\"from\":\"%d\",\"following\":[{"
                             "\"kind\":\"task\",\"name\":\"%s\"}]}}",
                             (int)t.entry, (int)reply->trace->looked_to + 1, task));
    cr_expect_not(reply->more);
    cr_expect_str_eq(whats(&t, reply->trace), "recorded task_done");
    cr_expect_eq(reply->trace->steps[0]->entry, checked);
    traced_close(&t);
}
