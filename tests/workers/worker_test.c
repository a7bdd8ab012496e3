// Tests of the shared worker loop: a worker in a process of its own, a small coordinator here.
#include "workers/worker.h"

#include "common/envelope.h"
#include "tests/common/bus_fixture.h"
#include "workers/worker_private.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/worker-XXXXXX";
static char endpoint[64];
static struct fixture fixture;

// What the coordinator has seen. Events are answered if it is told how.
static struct {
    struct bus_socket *router;
    struct bus_route route;
    unsigned int hellos;
    unsigned int events;
    char instance[64];
    uint32_t capacity;
    char task[80];
    char id[80];
    char reason[80];
    char answered[256];           // the tasks in their order; "!" before one that failed
    Award__Outcome__Name outcome; // 0: no answer
    bool hello;
    bool event;
    bool bye;
    bool welcomes; // answers a hello
} seen;

// ---- The worker's side

static bool work(void *context, const Award__TaskOrder *order, struct arena *arena,
                 Award__Event *answer, const char **reason)
{
    (void)context;
    if (strcmp(order->task, "broken") == 0) {
        *reason = "out of paper";
        return false;
    }
    Award__MessageDelivered *body = arena_alloc(arena, sizeof(*body));
    award__message_delivered__init(body);
    body->message = arena_format(arena, "m-%s", order->task);
    answer->body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    answer->message_delivered = body;
    return true;
}

static struct worker_job *waiting; // of a task that begins with "later"

// Ends the one that waits, or begins one that does.
static bool work_begin(void *context, const Award__TaskOrder *order, struct worker_job *job)
{
    (void)context;
    if (strncmp(order->task, "later", 5) == 0) {
        waiting = job;
        job->state = arena_string(job->arena, order->task);
        return true;
    }
    if (strcmp(order->task, "end") != 0) {
        return false;
    }
    Award__Event answer;
    Award__MessageDelivered body = AWARD__MESSAGE_DELIVERED__INIT;
    award__event__init(&answer);
    body.message = waiting->state;
    answer.body_case = AWARD__EVENT__BODY_MESSAGE_DELIVERED;
    answer.message_delivered = &body;
    worker_job_end(waiting, &answer, NULL);
    worker_job_end(job, NULL, "out of patience");
    return true;
}

static const struct worker WORKER = {.name = "award-test",
                                     .zh = "测试",
                                     .en = "test",
                                     .capacity = 4,
                                     .handle = work,
                                     .begin = work_begin};

static pid_t worker_start(void)
{
    pid_t child = fork();
    cr_assert(child >= 0);
    if (child == 0) {
        fixture_end_with_parent();
        struct worker_settings settings = {
            .endpoint = endpoint, .server_key = fixture.server.public_key, .keys = fixture.client};
        log_open("award-test", LOG_ERROR, LOG_TEXT);
        _exit(worker_run(&WORKER, &settings));
    }
    return child;
}

static void worker_stop(pid_t child)
{
    int status = -1;
    seen.bye = false;
    cr_assert(kill(child, SIGTERM) == 0);
    fixture_run(fixture.base, &seen.bye, "the worker's bye");
    cr_assert(waitpid(child, &status, 0) == child);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
}

// ---- The coordinator's side

static void envelope_give(Award__Envelope *envelope)
{
    struct arena *arena = arena_create();
    struct bytes bytes = envelope_pack(envelope, NULL, arena);
    cr_assert(bus_send(seen.router, &seen.route, bytes.data, bytes.size) == BUS_OK);
    arena_destroy(arena);
}

static void task_give(const char *task)
{
    Award__TaskOrder order;
    Award__TaskOrder *orders = &order;
    Award__TaskBatch batch;
    Award__Envelope envelope;
    award__task_order__init(&order);
    award__task_batch__init(&batch);
    award__envelope__init(&envelope);
    char name[80];
    (void)snprintf(name, sizeof(name), "%s", task);
    order.task = name;
    batch.n_orders = 1;
    batch.orders = &orders;
    envelope.body_case = AWARD__ENVELOPE__BODY_TASKS;
    envelope.tasks = &batch;
    seen.event = false;
    envelope_give(&envelope);
}

static void answer_give(uint64_t request)
{
    Award__Answer answer;
    Award__Answer *answers = &answer;
    Award__AnswerBatch batch;
    Award__Envelope envelope;
    award__answer__init(&answer);
    award__answer_batch__init(&batch);
    award__envelope__init(&envelope);
    answer.id = seen.id;
    answer.has_outcome = 1;
    answer.outcome = seen.outcome;
    batch.n_answers = 1;
    batch.answers = &answers;
    envelope.has_request = 1;
    envelope.request = request;
    envelope.body_case = AWARD__ENVELOPE__BODY_ANSWERS;
    envelope.answers = &batch;
    envelope_give(&envelope);
}

// The answer to a hello; of no request: one is asked for.
static void welcome_give(uint64_t request)
{
    Award__WorkerHello hello = AWARD__WORKER_HELLO__INIT;
    Award__Envelope envelope = AWARD__ENVELOPE__INIT;
    envelope.has_request = request != 0;
    envelope.request = request;
    envelope.body_case = AWARD__ENVELOPE__BODY_HELLO;
    envelope.hello = &hello;
    envelope_give(&envelope);
}

static void event_see(const Award__Envelope *envelope)
{
    cr_assert_eq(envelope->events->n_events, 1u);
    const Award__Event *event = envelope->events->events[0];
    seen.events++;
    (void)snprintf(seen.task, sizeof(seen.task), "%s", event->task);
    (void)snprintf(seen.id, sizeof(seen.id), "%s", event->id);
    bool failed = event->body_case == AWARD__EVENT__BODY_TASK_FAILED;
    size_t length = strlen(seen.answered);
    (void)snprintf(seen.answered + length, sizeof(seen.answered) - length, "%s%s ",
                   failed ? "!" : "", event->task);
    if (failed) {
        (void)snprintf(seen.reason, sizeof(seen.reason), "%s", event->task_failed->reason);
    }
    if (seen.outcome != 0) {
        answer_give(envelope->request);
    }
    seen.event = true;
}

static void message_see(void *context, const struct bus_message *message)
{
    (void)context;
    struct arena *arena = arena_create();
    struct codec_error error;
    const Award__Envelope *envelope =
        envelope_unpack((struct bytes){message->data, message->size}, arena, &error);
    cr_assert(envelope != NULL, "%s", error.en);
    seen.route = message->route;
    if (envelope->body_case == AWARD__ENVELOPE__BODY_HELLO) {
        seen.hellos++;
        seen.hello = true;
        seen.capacity = envelope->hello->capacity;
        (void)snprintf(seen.instance, sizeof(seen.instance), "%s", envelope->hello->instance);
        if (seen.welcomes) {
            welcome_give(envelope->request);
        }
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_EVENTS) {
        event_see(envelope);
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_BYE) {
        seen.bye = true;
    }
    arena_destroy(arena);
}

static void coordinator_open(void)
{
    seen.hello = false;
    seen.event = false;
    do { // the one before is closed by ZeroMQ's thread
        seen.router = bus_router(fixture.bus, endpoint, &fixture.server, message_see, NULL, NULL);
    } while (seen.router == NULL && strstr(bus_error(fixture.bus), strerror(EADDRINUSE)) != NULL &&
             poll(NULL, 0, 1) == 0);
    cr_assert(seen.router != NULL, "%s", bus_error(fixture.bus));
    fixture_run(fixture.base, &seen.hello, "the worker's hello");
}

// The worker's process begins first, so that it shares no descriptors with the coordinator.
static pid_t processes_start(bus_admit admit, void *context)
{
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(endpoint, sizeof(endpoint), "ipc://%s/s", folder);
    cr_assert(bus_keys_generate(&fixture.server));
    cr_assert(bus_keys_generate(&fixture.client));
    pid_t child = worker_start();
    struct fixture keys = fixture;
    fixture_open(&fixture, admit, context);
    fixture.server = keys.server;
    fixture.client = keys.client;
    return child;
}

static pid_t setup(void)
{
    pid_t child = processes_start(NULL, NULL);
    coordinator_open();
    return child;
}

static void teardown(pid_t child)
{
    worker_stop(child);
    fixture_close(&fixture);
    (void)unlink(endpoint + strlen("ipc://"));
    (void)rmdir(folder);
}

Test(worker, it_says_hello_with_its_capacity_again_and_again_and_bye_at_the_end)
{
    pid_t child = setup();
    cr_assert_eq(seen.capacity, 4u);
    cr_assert_eq(strlen(seen.instance), 16u);
    char instance[64];
    memcpy(instance, seen.instance, sizeof(instance));
    seen.hello = false;
    fixture_run(fixture.base, &seen.hello, "the heartbeat");
    cr_assert_str_eq(seen.instance, instance);
    teardown(child);
}

static void pause_end(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    *(bool *)context = true;
}

// Hellos that come within two and a half beats.
static unsigned int hellos_count(void)
{
    const struct timeval pause = {.tv_sec = 2, .tv_usec = 500000};
    bool over = false;
    unsigned int before = seen.hellos;
    cr_assert(event_base_once(fixture.base, -1, EV_TIMEOUT, pause_end, &over, &pause) == 0);
    fixture_run(fixture.base, &over, "the end of the pause");
    return seen.hellos - before;
}

Test(worker, once_it_is_welcome_it_says_hello_only_while_it_has_something_to_do)
{
    seen.welcomes = true;
    pid_t child = setup();
    seen.outcome = AWARD__OUTCOME__NAME__accepted;
    cr_expect_leq(hellos_count(), 1u, "the welcome may be on its way");
    cr_expect_eq(hellos_count(), 0u);
    task_give("later-1");
    cr_expect_geq(hellos_count(), 1u, "a task waits");
    task_give("end");
    while (seen.events < 2) {
        seen.event = false;
        fixture_run(fixture.base, &seen.event, "the answers");
    }
    cr_expect_leq(hellos_count(), 1u);
    cr_expect_eq(hellos_count(), 0u);
    seen.outcome = 0; // what it reports is not answered from now on
    task_give("deliver-17");
    fixture_run(fixture.base, &seen.event, "the event");
    cr_expect_geq(hellos_count(), 1u, "an event is not on record");
    teardown(child);
}

Test(worker, it_says_hello_when_it_is_asked)
{
    seen.welcomes = true;
    pid_t child = setup();
    (void)hellos_count();
    seen.hello = false;
    welcome_give(0);
    fixture_run(fixture.base, &seen.hello, "the hello that was asked for");
    teardown(child);
}

Test(worker, a_coordinator_that_was_started_again_hears_of_it_without_waiting)
{
    seen.welcomes = true;
    pid_t child = setup();
    cr_expect_leq(hellos_count(), 1u);
    bus_close(seen.router);
    coordinator_open();
    cr_expect_leq(hellos_count(), 1u);
    cr_expect_eq(hellos_count(), 0u);
    teardown(child);
}

Test(worker, a_task_is_answered_and_the_same_task_with_the_same_event)
{
    pid_t child = setup();
    seen.outcome = AWARD__OUTCOME__NAME__accepted;
    task_give("deliver-17");
    fixture_run(fixture.base, &seen.event, "the event");
    cr_assert_str_eq(seen.task, "deliver-17");
    cr_assert(strncmp(seen.id, "deliver-17.", 11) == 0, "the id is %s", seen.id);
    char id[80];
    memcpy(id, seen.id, sizeof(id));
    task_give("deliver-17");
    fixture_run(fixture.base, &seen.event, "the event again");
    cr_assert_str_eq(seen.id, id);
    teardown(child);
}

Test(worker, a_task_that_fails_is_reported_with_the_reason_each_time_anew)
{
    pid_t child = setup();
    seen.outcome = AWARD__OUTCOME__NAME__accepted;
    task_give("broken");
    fixture_run(fixture.base, &seen.event, "the failure");
    cr_assert_str_eq(seen.reason, "out of paper");
    char id[80];
    memcpy(id, seen.id, sizeof(id));
    task_give("broken");
    fixture_run(fixture.base, &seen.event, "the second failure");
    cr_assert_str_neq(seen.id, id);
    teardown(child);
}

static Award__TaskOrder order_of(char *task, Award__DeliverMessage *deliver, char *city)
{
    Award__TaskOrder order;
    award__task_order__init(&order);
    award__deliver_message__init(deliver);
    order.task = task;
    order.payload_case = AWARD__TASK_ORDER__PAYLOAD_DELIVER_MESSAGE;
    order.deliver_message = deliver;
    deliver->city = city;
    return order;
}

// The orders of one message, which the coordinator does not check.
static void orders_give(Award__TaskOrder **orders, size_t count)
{
    Award__TaskBatch batch;
    Award__Envelope envelope;
    award__task_batch__init(&batch);
    award__envelope__init(&envelope);
    batch.n_orders = count;
    batch.orders = orders;
    envelope.body_case = AWARD__ENVELOPE__BODY_TASKS;
    envelope.tasks = &batch;
    envelope_give(&envelope);
}

Test(worker, an_order_that_cannot_be_read_fails_by_itself_and_the_others_are_done)
{
    static char names[][16] = {"deliver-1", "deliver-2", "deliver-3", ""};
    static char city[LIMIT_TEXT_BYTES + 2];
    memset(city, 'x', sizeof(city) - 1);
    pid_t child = setup();
    seen.outcome = AWARD__OUTCOME__NAME__accepted;
    Award__DeliverMessage delivers[4];
    Award__TaskOrder list[4];
    Award__TaskOrder *orders[4];
    for (size_t i = 0; i < 4; i++) {
        bool long_text = i == 1 || i == 3; // the last has no name by which it could be answered
        list[i] = order_of(names[i], &delivers[i], long_text ? city : NULL);
        orders[i] = &list[i];
    }
    orders_give(orders, 4);
    task_give("marker");
    while (seen.events < 4) {
        seen.event = false;
        fixture_run(fixture.base, &seen.event, "the events of the orders and the marker");
    }
    cr_expect_str_eq(seen.answered, "deliver-1 !deliver-2 deliver-3 marker ");
    cr_expect(strstr(seen.reason, "deliver_message.city 太长") != NULL, "%s", seen.reason);
    teardown(child);
}

Test(worker, a_task_that_waits_is_answered_later_and_holds_up_no_other)
{
    pid_t child = setup();
    seen.outcome = AWARD__OUTCOME__NAME__accepted;
    task_give("later-1");
    task_give("later-1"); // asked again meanwhile: it is not begun anew
    task_give("deliver-17");
    fixture_run(fixture.base, &seen.event, "the event of the other");
    cr_assert_str_eq(seen.task, "deliver-17");
    cr_assert_eq(seen.events, 1u);
    task_give("end");
    while (seen.events < 3) {
        seen.event = false;
        fixture_run(fixture.base, &seen.event, "the event of the one that waited");
        cr_assert_str_eq(seen.task, seen.events == 2 ? "later-1" : "end");
    }
    cr_assert_str_eq(seen.reason, "out of patience");
    teardown(child);
}

Test(worker, a_worker_ends_well_while_a_task_waits)
{
    pid_t child = setup();
    task_give("later-1");
    task_give("deliver-17");
    fixture_run(fixture.base, &seen.event, "the event of the other");
    teardown(child);
}

Test(worker, what_is_not_on_record_goes_to_a_coordinator_that_was_started_again)
{
    pid_t child = setup();
    task_give("deliver-18");
    fixture_run(fixture.base, &seen.event, "the event");
    char id[80];
    char instance[64];
    memcpy(id, seen.id, sizeof(id));
    memcpy(instance, seen.instance, sizeof(instance));
    bus_close(seen.router);
    coordinator_open();
    cr_assert_str_eq(seen.instance, instance);
    fixture_run(fixture.base, &seen.event, "the event again");
    cr_assert_str_eq(seen.id, id);
    teardown(child);
}

Test(worker, what_was_answered_is_not_sent_again)
{
    pid_t child = setup();
    static const Award__Outcome__Name outcomes[] = {
        AWARD__OUTCOME__NAME__accepted, AWARD__OUTCOME__NAME__refused,
        AWARD__OUTCOME__NAME__pending, AWARD__OUTCOME__NAME__rejected};
    for (size_t i = 0; i < 4; i++) {
        char task[16];
        (void)snprintf(task, sizeof(task), "task-%zu", i);
        seen.outcome = outcomes[i];
        task_give(task);
        fixture_run(fixture.base, &seen.event, "the event");
    }
    // A hello and the answer to a further task come after the answers have been taken.
    seen.outcome = 0;
    task_give("marker");
    fixture_run(fixture.base, &seen.event, "the marker");
    bus_close(seen.router);
    seen.events = 0;
    coordinator_open();
    fixture_run(fixture.base, &seen.event, "the marker again");
    cr_assert_str_eq(seen.task, "marker");
    seen.hello = false;
    fixture_run(fixture.base, &seen.hello, "the next heartbeat");
    cr_assert_eq(seen.events, 1u);
    teardown(child);
}

Test(worker, two_starts_are_two_instances)
{
    pid_t child = setup();
    char instance[64];
    memcpy(instance, seen.instance, sizeof(instance));
    worker_stop(child);
    seen.hello = false;
    child = worker_start();
    fixture_run(fixture.base, &seen.hello, "the second hello");
    cr_assert_str_neq(seen.instance, instance);
    teardown(child);
}

// Admits the key once it has been refused twice.
static bool key_admit_later(void *context, const char *public_key)
{
    (void)public_key;
    unsigned int *asked = context;
    (*asked)++;
    return *asked > 2;
}

Test(worker, a_key_that_is_enrolled_later_is_let_in_without_a_restart)
{
    unsigned int asked = 0;
    pid_t child = processes_start(key_admit_later, &asked);
    coordinator_open();
    cr_assert_gt(asked, 2u);
    teardown(child);
}
