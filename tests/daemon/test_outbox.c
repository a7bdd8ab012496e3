// What the outbox gives out: each open task once, in the order of names, without looking again and
// again at what it has given; what rests or is given up holds up nothing.
#include "daemon/outbox.h"

#include "common/limits.h"
#include "common/memory.h"
#include "rules/overlay.h"
#include "rules/record.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEASE_SECONDS = 30, REST_FIRST_MS = 500, TASK_BYTES = LIMIT_TASK_ID_BYTES + 1 };

static const struct lease_rest rest = {.first_ms = REST_FIRST_MS, .longest_ms = 60000};

// Tasks in an overlay, seen through a view that counts how often it is asked for the next record.
struct desk {
    struct view view; // first, so that a view leads to its desk
    struct overlay *records;
    struct arena *arena;
    struct crew *crew;
    struct outbox *outbox;
    size_t looked;
    size_t given;
    char batch[LIMIT_TASKS_PER_WORKER][TASK_BYTES];
    size_t batch_count;
    enum outbox_sent fate; // of what is sent
};

static enum view_result desk_get(const struct view *view, struct bytes key, struct arena *arena,
                                 struct bytes *value)
{
    const struct view *records = overlay_view(((const struct desk *)view)->records);
    return records->get(records, key, arena, value);
}

static enum view_result desk_next(const struct view *view, struct bytes from, struct arena *arena,
                                  struct bytes *key, struct bytes *value)
{
    struct desk *desk = (struct desk *)(uintptr_t)view;
    const struct view *records = overlay_view(desk->records);
    desk->looked++;
    return records->next(records, from, arena, key, value);
}

static enum outbox_sent desk_send(void *context, const struct bus_route *route,
                                  const Award__TaskBatch *batch)
{
    struct desk *desk = context;
    (void)route;
    if (desk->fate != OUTBOX_SENT) {
        return desk->fate;
    }
    desk->batch_count = batch->n_orders;
    for (size_t i = 0; i < batch->n_orders; i++) {
        (void)snprintf(desk->batch[i], TASK_BYTES, "%s", batch->orders[i]->task);
    }
    desk->given += batch->n_orders;
    return OUTBOX_SENT;
}

static struct desk *desk_create(void)
{
    struct desk *desk = memory_allocate(sizeof(*desk));
    desk->view = (struct view){.get = desk_get, .next = desk_next};
    desk->records = overlay_create(NULL);
    desk->arena = arena_create();
    desk->crew = crew_create(LEASE_SECONDS, desk);
    desk->outbox = outbox_create(desk->crew, desk_send, desk);
    return desk;
}

static void desk_destroy(struct desk *desk)
{
    outbox_destroy(desk->outbox);
    crew_destroy(desk->crew);
    overlay_destroy(desk->records);
    arena_destroy(desk->arena);
    free(desk);
}

static void record_put(struct desk *desk, Award__Change__RecordCase kind, void *record)
{
    Award__Change change;
    award__change__init(&change);
    change.record_case = kind;
    change.city = record;
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(&change, desk->arena, &key, &value));
    overlay_put(desk->records, key, value);
}

static void task_put(struct desk *desk, unsigned number, bool given_up)
{
    char name[96];
    char subject[64];
    (void)snprintf(subject, sizeof(subject), "m%06u", number);
    (void)snprintf(name, sizeof(name), "deliver_message:%s:1", subject);
    Award__Message message;
    award__message__init(&message);
    message.message = subject;
    message.recipient = subject;
    record_put(desk, AWARD__CHANGE__RECORD_MESSAGE, &message);
    Award__Task task;
    award__task__init(&task);
    task.task = name;
    task.has_kind = 1;
    task.kind = AWARD__TASK_KIND__NAME__deliver_message;
    task.subject = subject;
    task.has_given_up = 1;
    task.given_up = given_up;
    record_put(desk, AWARD__CHANGE__RECORD_TASK, &task);
    arena_reset(desk->arena);
}

static void tasks_put(struct desk *desk, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        task_put(desk, i, false);
    }
}

static void worker_hello(struct desk *desk, uint8_t number, Award__Role__Name role, int64_t now_ms)
{
    static char name[] = "worker";
    static char instance[] = "1";
    struct bus_route route = {.id = {number}, .size = 1};
    Award__Principal principal;
    award__principal__init(&principal);
    principal.name = name;
    principal.has_role = 1;
    principal.role = role;
    Award__WorkerHello hello;
    award__worker_hello__init(&hello);
    hello.instance = instance;
    hello.has_capacity = 1;
    hello.capacity = LIMIT_TASKS_PER_WORKER;
    cr_assert(crew_hello(desk->crew, &route, &principal, &hello, now_ms));
}

static void dispatch(struct desk *desk, int64_t now_ms)
{
    const struct order_context context = {.view = &desk->view, .city = "重庆"};
    desk->batch_count = 0;
    outbox_dispatch(desk->outbox, &context, now_ms);
}

// The so manieth that was given is done: it is no more. Tasks are given in the order of numbers.
static void task_answer(struct desk *desk, size_t number)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "deliver_message:m%06zu:1", number);
    cr_assert_not_null(crew_leased_to(desk->crew, name), "%s", name);
    overlay_put(desk->records, record_key(desk->arena, AWARD__CHANGE__RECORD_TASK, name),
                (struct bytes){NULL, 0});
    crew_answered(desk->crew, name, NULL, 0);
    arena_reset(desk->arena);
}

// Twenty workers have tasks all the time, and what was answered last is always the oldest.
Test(outbox, gives_each_task_once_in_order_and_looks_at_each_about_once)
{
    enum { TASKS = 20000, WORKERS = 20 };
    struct desk *desk = desk_create();
    size_t answered = 0;
    tasks_put(desk, TASKS);
    for (uint8_t i = 0; i < WORKERS; i++) {
        worker_hello(desk, i, AWARD__ROLE__NAME__worker_notification, 0);
    }
    dispatch(desk, 0);
    cr_expect_eq(desk->given, WORKERS * LIMIT_TASKS_PER_WORKER);
    while (desk->given < TASKS) {
        task_answer(desk, answered++);
        dispatch(desk, 0);
        cr_assert_eq(desk->given, answered + WORKERS * LIMIT_TASKS_PER_WORKER);
    }
    cr_expect_leq(desk->looked, 2 * TASKS, "%zu", desk->looked);
    dispatch(desk, 0);
    cr_expect_eq(desk->given, TASKS, "none is left");
    desk_destroy(desk);
}

Test(outbox, finds_what_was_queued_before_the_last_one_given)
{
    struct desk *desk = desk_create();
    task_put(desk, 9, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    cr_expect_eq(desk->batch_count, 1);
    task_put(desk, 5, false);
    dispatch(desk, 0);
    cr_expect_eq(desk->batch_count, 1);
    cr_expect_str_eq(desk->batch[0], "deliver_message:m000005:1");
    dispatch(desk, 0);
    cr_expect_eq(desk->batch_count, 0, "both are leased");
    desk_destroy(desk);
}

Test(outbox, gives_others_while_one_rests_and_that_one_again_afterwards)
{
    enum { TASKS = 3 };
    struct desk *desk = desk_create();
    tasks_put(desk, TASKS);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    cr_assert_eq(desk->batch_count, TASKS);
    crew_answered(desk->crew, "deliver_message:m000001:1", &rest, 0);
    dispatch(desk, 0);
    cr_expect_eq(desk->batch_count, 0);
    cr_expect_leq(outbox_wait_ms(desk->outbox, 0), REST_FIRST_MS);
    cr_expect_geq(outbox_wait_ms(desk->outbox, 0), REST_FIRST_MS / 4 * 3);
    cr_expect_null(crew_leased_to(desk->crew, "deliver_message:m000001:1"));
    cr_expect_str_eq(crew_leased_to(desk->crew, "deliver_message:m000002:1"), "worker");
    dispatch(desk, REST_FIRST_MS);
    cr_expect_eq(desk->batch_count, 1);
    cr_expect_str_eq(desk->batch[0], "deliver_message:m000001:1");
    desk_destroy(desk);
}

Test(outbox, looks_at_no_task_of_another_worker)
{
    enum { TASKS = 1000 };
    struct desk *desk = desk_create();
    tasks_put(desk, TASKS);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_scoring, 0);
    dispatch(desk, 0);
    cr_expect_eq(desk->given, 0);
    cr_expect_lt(desk->looked, 10, "%zu", desk->looked);
    desk_destroy(desk);
}

// However many are given up, a dispatch looks at so many, and the next one goes on from there.
Test(outbox, comes_to_what_lies_behind_many_that_are_given_up)
{
    enum { GIVEN_UP = 10000, AT_ONCE = 4096, DISPATCHES = GIVEN_UP / AT_ONCE + 1 };
    struct desk *desk = desk_create();
    for (unsigned i = 0; i < GIVEN_UP; i++) {
        task_put(desk, i, true);
    }
    task_put(desk, GIVEN_UP, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    for (int i = 1; i < DISPATCHES; i++) {
        size_t before = desk->looked;
        dispatch(desk, 0);
        cr_expect_leq(desk->looked - before, AT_ONCE + 4);
        cr_expect_eq(desk->given, 0);
        cr_expect_leq(outbox_wait_ms(desk->outbox, 0), 1000, "it is called again soon");
    }
    dispatch(desk, 0);
    cr_expect_eq(desk->given, 1);
    desk_destroy(desk);
}

Test(outbox, looks_once_around_for_all_workers_that_have_room)
{
    enum { TASKS = 100, WORKERS = 20 };
    struct desk *desk = desk_create();
    tasks_put(desk, TASKS);
    for (uint8_t i = 0; i < WORKERS; i++) {
        worker_hello(desk, i, AWARD__ROLE__NAME__worker_notification, 0);
    }
    dispatch(desk, 0);
    cr_expect_eq(desk->given, TASKS);
    cr_expect_leq(desk->looked, 3 * TASKS, "%zu", desk->looked);
    desk_destroy(desk);
}

// While a quarter of what may be remembered rests, no new ones are given out, so that other kinds
// go on; those that rest come again.
Test(outbox, gives_no_new_task_while_very_many_rest)
{
    enum { LEASES = 64 * LIMIT_TASKS_PER_WORKER, TASKS = LEASES + 100 };
    struct desk *desk = desk_create();
    tasks_put(desk, TASKS);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    while (desk->batch_count > 0) {
        for (size_t i = 0; i < desk->batch_count; i++) {
            crew_answered(desk->crew, desk->batch[i], &rest, 0);
        }
        dispatch(desk, 0);
    }
    cr_expect_eq(desk->given, LEASES / 4);
    dispatch(desk, REST_FIRST_MS);
    cr_expect_eq(desk->batch_count, LIMIT_TASKS_PER_WORKER);
    cr_expect_str_eq(desk->batch[0], "deliver_message:m000000:1");
    desk_destroy(desk);
}

// Its heartbeats come all the time; only answers count.
Test(outbox, a_task_that_is_not_answered_in_time_goes_to_a_worker_that_answers)
{
    enum { TASK_SECONDS = 10, TASKS = 3, LATER_MS = TASK_SECONDS * 1000 };
    struct desk *desk = desk_create();
    crew_limit(desk->crew, TASK_SECONDS);
    tasks_put(desk, TASKS);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    cr_expect_eq(desk->given, TASKS);
    cr_expect_eq(outbox_wait_ms(desk->outbox, 1), LATER_MS - 1);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, LATER_MS);
    dispatch(desk, LATER_MS - 1);
    cr_expect_eq(crew_counts(desk->crew).tasks_taken_back, 0);
    dispatch(desk, LATER_MS);
    cr_expect_eq(crew_counts(desk->crew).tasks_taken_back, TASKS);
    cr_expect_eq(desk->given, TASKS, "they rest first");

    worker_hello(desk, 1, AWARD__ROLE__NAME__worker_notification, LATER_MS);
    dispatch(desk, LATER_MS + 1000);
    cr_expect_eq(desk->given, 2 * TASKS);
    cr_expect_eq(desk->batch_count, TASKS, "the one that has not answered is the last to be asked");
    desk_destroy(desk);
}

Test(outbox, a_worker_that_has_not_answered_in_time_gets_one_task_until_it_answers)
{
    enum { TASK_SECONDS = 10, TASKS = 3, LATER_MS = TASK_SECONDS * 1000 + 1000 };
    struct desk *desk = desk_create();
    crew_limit(desk->crew, TASK_SECONDS);
    tasks_put(desk, TASKS);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, LATER_MS);
    dispatch(desk, LATER_MS);
    dispatch(desk, LATER_MS + 1000);
    cr_expect_eq(desk->batch_count, 1);
    Award__Status__Worker *workers;
    cr_assert_eq(crew_workers(desk->crew, desk->arena, &workers), 1);
    cr_expect_eq(workers[0].leased, 1);
    task_answer(desk, 0);
    dispatch(desk, LATER_MS + 1000);
    cr_expect_eq(desk->batch_count, TASKS - 1);
    desk_destroy(desk);
}

Test(outbox, another_lease_holds_from_when_a_worker_is_heard_next)
{
    enum { SHORT_MS = 5000 };
    struct desk *desk = desk_create();
    task_put(desk, 0, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    crew_lease(desk->crew, SHORT_MS / 1000);
    dispatch(desk, SHORT_MS);
    cr_expect_eq(crew_counts(desk->crew).workers_silent, 0);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, SHORT_MS);
    cr_expect_eq(outbox_wait_ms(desk->outbox, SHORT_MS), SHORT_MS);
    dispatch(desk, 2 * SHORT_MS - 1);
    cr_expect_eq(crew_counts(desk->crew).workers_silent, 0);
    dispatch(desk, 2 * SHORT_MS);
    cr_expect_eq(crew_counts(desk->crew).workers_silent, 1);
    desk_destroy(desk);
}

// ---- Who is told

static char told[256];

static void told_add(void *context, enum trace_what what, const char *task, const char *worker)
{
    static const char letters[] = {
        [TRACE_GIVEN] = '+', [TRACE_RETURNED] = '-', [TRACE_UNANSWERED] = '!'};
    const struct desk *desk = context;
    size_t length = strlen(told);
    cr_assert_not_null(desk->outbox);
    (void)snprintf(told + length, sizeof(told) - length, "%c%s@%s ", letters[what],
                   strchr(task, ':') + 1, worker);
}

Test(outbox, tells_who_is_given_a_task_and_who_loses_it_unanswered)
{
    enum { TASK_SECONDS = 10, LATER_MS = TASK_SECONDS * 1000 };
    struct desk *desk = desk_create();
    const struct bus_route route = {.id = {0}, .size = 1};
    crew_limit(desk->crew, TASK_SECONDS);
    crew_listen(desk->crew, told_add);
    tasks_put(desk, 2);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    task_answer(desk, 0); // what is answered is on record
    cr_expect_str_eq(told, "+m000000:1@worker +m000001:1@worker ");
    told[0] = '\0';
    dispatch(desk, LATER_MS);
    cr_expect_str_eq(told, "!m000001:1@worker ");
    told[0] = '\0';
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, LATER_MS + 1000);
    dispatch(desk, LATER_MS + 1000);
    crew_bye(desk->crew, &route);
    cr_expect_str_eq(told, "+m000001:1@worker -m000001:1@worker ");
    desk_destroy(desk);
}

// ---- Workers that are silent, and those that are gone

static const char first_task[] = "deliver_message:m000000:1";

Test(outbox, a_worker_without_tasks_may_be_silent_for_ever_and_nobody_wakes_for_it)
{
    struct desk *desk = desk_create();
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    cr_expect_eq(outbox_wait_ms(desk->outbox, 0), -1);
    int64_t later_ms = (int64_t)1000 * LEASE_SECONDS * 1000;
    task_put(desk, 0, false);
    dispatch(desk, later_ms);
    cr_expect_eq(desk->given, 1);
    cr_expect_eq(crew_counts(desk->crew).workers_silent, 0);
    cr_expect_eq(outbox_wait_ms(desk->outbox, later_ms), LEASE_SECONDS * 1000,
                 "its lease begins with its tasks");
    desk_destroy(desk);
}

Test(outbox, a_silent_worker_loses_its_tasks_and_gets_none_until_it_is_heard)
{
    enum { LEASE_MS = LEASE_SECONDS * 1000 };
    const struct bus_route route = {.id = {0}, .size = 1};
    struct desk *desk = desk_create();
    Award__Status__Worker *workers;
    task_put(desk, 0, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    crew_heard(desk->crew, &route, 1000);
    dispatch(desk, LEASE_MS);
    cr_expect_not_null(crew_leased_to(desk->crew, first_task), "it was heard meanwhile");
    dispatch(desk, LEASE_MS + 1000);
    cr_expect_eq(crew_counts(desk->crew).workers_silent, 1);
    cr_expect_null(crew_leased_to(desk->crew, first_task));
    cr_assert_eq(crew_workers(desk->crew, desk->arena, &workers), 1);
    cr_expect_eq(workers[0].connected, 0);
    dispatch(desk, 2 * LEASE_MS);
    cr_expect_eq(desk->given, 1);
    cr_expect_eq(outbox_wait_ms(desk->outbox, 2 * LEASE_MS), -1, "there is nothing to wait for");
    crew_heard(desk->crew, &route, 3 * LEASE_MS);
    dispatch(desk, 3 * LEASE_MS);
    cr_expect_eq(desk->given, 2);
    desk_destroy(desk);
}

Test(outbox, tasks_of_a_worker_whose_connection_ended_go_to_another_at_once)
{
    const struct bus_route route = {.id = {0}, .size = 1};
    struct desk *desk = desk_create();
    Award__Status__Worker *workers;
    task_put(desk, 0, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    crew_gone(desk->crew, &route);
    cr_expect_eq(crew_workers(desk->crew, desk->arena, &workers), 0);
    worker_hello(desk, 1, AWARD__ROLE__NAME__worker_notification, 0);
    dispatch(desk, 0);
    cr_expect_eq(desk->given, 2);
    desk_destroy(desk);
}

Test(outbox, what_a_worker_cannot_take_is_sent_again_in_a_second)
{
    struct desk *desk = desk_create();
    Award__Status__Worker *workers;
    tasks_put(desk, 3);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    desk->fate = OUTBOX_LATER;
    dispatch(desk, 0);
    cr_assert_eq(crew_workers(desk->crew, desk->arena, &workers), 1, "it is still there");
    cr_expect_eq(workers[0].leased, 0);
    cr_expect_eq(outbox_wait_ms(desk->outbox, 0), 1000);
    desk->fate = OUTBOX_SENT;
    dispatch(desk, 999);
    cr_expect_eq(desk->given, 0);
    dispatch(desk, 1000);
    cr_expect_eq(desk->given, 3);
    desk_destroy(desk);
}

Test(outbox, a_worker_that_cannot_be_reached_is_gone)
{
    struct desk *desk = desk_create();
    Award__Status__Worker *workers;
    task_put(desk, 0, false);
    worker_hello(desk, 0, AWARD__ROLE__NAME__worker_notification, 0);
    desk->fate = OUTBOX_GONE;
    dispatch(desk, 0);
    cr_expect_eq(crew_workers(desk->crew, desk->arena, &workers), 0);
    cr_expect_null(crew_leased_to(desk->crew, first_task));
    desk_destroy(desk);
}

static unsigned int asked;

static void desk_ask(void *context, const struct bus_route *route)
{
    (void)context;
    asked += route->id[0] == 0 ? 1 : 100;
}

// Another start of the program under the same key.
static void worker_hello_as(struct desk *desk, uint8_t number, const char *instance, int64_t now_ms)
{
    static char name[] = "worker";
    struct bus_route route = {.id = {number}, .size = 1};
    Award__Principal principal = AWARD__PRINCIPAL__INIT;
    Award__WorkerHello hello = AWARD__WORKER_HELLO__INIT;
    principal.name = name;
    principal.role = AWARD__ROLE__NAME__worker_notification;
    hello.instance = arena_string(desk->arena, instance);
    hello.capacity = LIMIT_TASKS_PER_WORKER;
    cr_assert(crew_hello(desk->crew, &route, &principal, &hello, now_ms));
}

Test(outbox, a_program_started_anew_gets_the_tasks_of_the_one_before_which_is_asked)
{
    struct desk *desk = desk_create();
    crew_asks(desk->crew, desk_ask);
    task_put(desk, 0, false);
    worker_hello_as(desk, 0, "old", 0);
    dispatch(desk, 0);
    worker_hello_as(desk, 1, "new", 0);
    cr_expect_eq(asked, 1);
    dispatch(desk, 0);
    cr_expect_eq(desk->given, 2);
    task_put(desk, 1, false);
    worker_hello_as(desk, 0, "old", 1000);
    cr_expect_eq(asked, 1, "it has answered, and both are there");
    Award__Status__Worker *workers;
    cr_assert_eq(crew_workers(desk->crew, desk->arena, &workers), 2);
    cr_expect(workers[0].connected && workers[1].connected);
    cr_expect_eq(workers[1].leased, 1, "the new one keeps what it has");
    desk_destroy(desk);
}
