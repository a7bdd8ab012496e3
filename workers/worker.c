// worker - hello, tasks in, events out, until a signal
//
// After a new connection a hello goes out, followed by every event that is not on record. It goes
// out again each second until the coordinator has answered it, and, as a heartbeat, while there are
// tasks to work on or events that are not on record. An event that has had no answer for some beats
// is sent again: the coordinator drops replies that a socket cannot take, and repeats are harmless.
// With nothing to do the worker sleeps until something arrives: the end of the connection, too,
// wakes it.
#include "workers/worker_private.h"

#include "common/clock.h"
#include "common/envelope.h"
#include "common/service.h"
#include "common/text.h"

#include <assert.h>
#include <event2/event.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>

enum {
    BEAT_S = 1,
    BEATS_UNTIL_AGAIN = 5,
    INSTANCE_BYTES = 8,
    NAMES_BYTES = LIMIT_TASK_ID_BYTES + LIMIT_ID_BYTES + 16, // what is added to a result
};

// A job and what the loop needs to answer its task.
struct open_job {
    struct worker_job job; // first, so that its address is the open job's
    struct open_job *next;
    struct loop *loop;
    const char *task; // in the job's arena
};

struct loop {
    const struct worker *worker;
    struct worker_settings *settings;
    struct event_base *base;
    struct bus *bus;
    struct bus_socket *dealer;
    struct event *beat;
    struct event *sign; // of life, for the service manager
    struct event *terminate;
    struct event *interrupt;
    struct event *hangup;
    char instance[INSTANCE_BYTES * 2 + 1];
    enum bus_link link; // as last told to the administrator
    uint64_t request;
    uint64_t hello;      // the request of the last one
    bool welcome;        // it was answered since the connection is up
    uint64_t deliveries; // of tasks, begun at a random number
    struct kept_list kept;
    struct open_job *jobs;
    size_t jobs_count;
    struct arena *arena; // of one message
};

// ---- Out

static enum bus_result envelope_send(struct loop *loop, Award__Envelope *envelope)
{
    envelope->has_request = 1;
    envelope->request = ++loop->request;
    struct bytes bytes = envelope_pack(envelope, NULL, loop->arena);
    return bus_send(loop->dealer, NULL, bytes.data, bytes.size);
}

static void hello_send(struct loop *loop)
{
    Award__WorkerHello hello;
    Award__Envelope envelope;
    award__worker_hello__init(&hello);
    award__envelope__init(&envelope);
    hello.instance = loop->instance;
    hello.has_capacity = 1;
    hello.capacity = loop->worker->capacity;
    envelope.body_case = AWARD__ENVELOPE__BODY_HELLO;
    envelope.hello = &hello;
    (void)envelope_send(loop, &envelope); // the next one follows in a second
    loop->hello = loop->request;
}

static void bye_send(struct loop *loop)
{
    Award__WorkerBye bye;
    Award__Envelope envelope;
    award__worker_bye__init(&bye);
    award__envelope__init(&envelope);
    envelope.body_case = AWARD__ENVELOPE__BODY_BYE;
    envelope.bye = &bye;
    (void)envelope_send(loop, &envelope); // without it the coordinator sees the connection end
}

static void kept_send(struct loop *loop, struct kept *kept)
{
    struct bytes bytes = {kept->event, kept->size};
    Award__Event *event =
        (Award__Event *)codec_unpack_trusted(&award__event__descriptor, bytes, loop->arena);
    assert(event != NULL); // this program packed it
    Award__EventBatch batch;
    Award__Envelope envelope;
    award__event_batch__init(&batch);
    award__envelope__init(&envelope);
    batch.n_events = 1;
    batch.events = &event;
    envelope.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    envelope.events = &batch;
    kept->beats = 0;
    enum bus_result result = envelope_send(loop, &envelope);
    kept->request = result == BUS_OK ? loop->request : 0;
    if (result == BUS_FAILED) {
        log_say(SAY_RESULT_UNSENT, .event_id = kept->id, .reason = bus_error(loop->bus));
    }
}

// A second from now, where there is anything that must not be missed.
static void beat_arm(struct loop *loop)
{
    const struct timeval second = {BEAT_S, 0};
    bool wanted = loop->link == BUS_LINK_UP &&
                  (!loop->welcome || loop->jobs_count > 0 || loop->kept.count > 0);
    if (wanted && !event_pending(loop->beat, EV_TIMEOUT, NULL)) {
        (void)event_add(loop->beat, &second);
    }
}

static void beat(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    struct loop *loop = context;
    hello_send(loop);
    for (struct kept *kept = loop->kept.first; kept != NULL; kept = kept->next) {
        if (++kept->beats >= BEATS_UNTIL_AGAIN) {
            kept_send(loop, kept);
        }
    }
    arena_reset(loop->arena);
    beat_arm(loop);
}

// ---- In: tasks

static void failure_fill(Award__Event *event, const char *reason, struct arena *arena)
{
    Award__TaskFailed *failed = arena_alloc(arena, sizeof(*failed));
    award__task_failed__init(failed);
    failed->reason =
        arena_string(arena, reason != NULL ? reason : "没有说明原因 / no reason given");
    award__event__init(event);
    event->body_case = AWARD__EVENT__BODY_TASK_FAILED;
    event->task_failed = failed;
}

// Gives the event that answers a task its id, keeps it and sends it.
static void answer_keep(struct loop *loop, const char *task, Award__Event *event,
                        struct arena *arena)
{
    assert(event->body_case != AWARD__EVENT__BODY__NOT_SET);
    uint64_t delivery = 0;
    size_t bytes = award__event__get_packed_size(event);
    if (bytes > LIMIT_EVENT_BYTES - NAMES_BYTES) {
        failure_fill(
            event,
            arena_format(arena,
                         "event_too_large: 结果太大（%zu 字节，上限 256 KiB）；请减少内容 / "
                         "the result is too large (%zu bytes, 256 KiB at most); give "
                         "the worker less at a time",
                         bytes, bytes),
            arena);
        log_say(SAY_RESULT_TOO_LARGE, .code = "event_too_large", .task = task);
    }
    // Each failure counts, also one that is like the one before.
    if (event->body_case == AWARD__EVENT__BODY_TASK_FAILED ||
        event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED) {
        delivery = ++loop->deliveries;
    }
    event->task = arena_string(arena, task);
    kept_name(event, delivery, arena);
    struct kept *kept = kept_add(&loop->kept, event, arena);
    if (kept != NULL) {
        kept_send(loop, kept);
        beat_arm(loop);
    }
}

static void failure_keep(struct loop *loop, const char *task, const char *reason,
                         struct arena *arena)
{
    Award__Event event;
    failure_fill(&event, reason, arena);
    log_say(SAY_TASK_FAILED, .task = task, .reason = event.task_failed->reason);
    answer_keep(loop, task, &event, arena);
}

static void order_handle(struct loop *loop, const Award__TaskOrder *order)
{
    const struct worker *worker = loop->worker;
    const char *reason = NULL;
    Award__Event event;
    award__event__init(&event);
    if (worker->handle(worker->context, order, loop->arena, &event, &reason)) {
        answer_keep(loop, order->task, &event, loop->arena);
    } else {
        failure_keep(loop, order->task, reason, loop->arena);
    }
}

// ---- Jobs

static bool job_open(const struct loop *loop, const char *task)
{
    const struct open_job *open = loop->jobs;
    while (open != NULL && strcmp(open->task, task) != 0) {
        open = open->next;
    }
    return open != NULL;
}

static void job_close(struct open_job *open)
{
    struct open_job **place = &open->loop->jobs;
    while (*place != open) {
        place = &(*place)->next;
    }
    *place = open->next;
    open->loop->jobs_count--;
    struct arena *arena = open->job.arena;
    arena_destroy(arena); // with the job itself
}

void worker_job_end(struct worker_job *job, Award__Event *answer, const char *reason)
{
    struct open_job *open = (struct open_job *)job;
    if (answer != NULL) {
        answer_keep(open->loop, open->task, answer, job->arena);
    } else {
        failure_keep(open->loop, open->task, reason, job->arena);
    }
    job_close(open);
}

// False: the task is one for handle.
static bool order_begin(struct loop *loop, const Award__TaskOrder *order)
{
    if (loop->worker->begin == NULL) {
        return false;
    }
    struct arena *arena = arena_create();
    struct open_job *open = arena_alloc(arena, sizeof(*open));
    *open = (struct open_job){
        .job = {.base = loop->base, .arena = arena},
        .next = loop->jobs,
        .loop = loop,
        .task = arena_string(arena, order->task)
    };
    loop->jobs = open;
    loop->jobs_count++;
    bool begun = loop->worker->begin(loop->worker->context, order, &open->job);
    if (!begun) {
        job_close(open);
    }
    return begun;
}

static void jobs_close(struct loop *loop)
{
    if (loop->worker->close != NULL) {
        loop->worker->close(loop->worker->context);
    }
    while (loop->jobs != NULL) {
        job_close(loop->jobs);
    }
}

// ---- In: orders

// Whether a task is taken up, and not one that goes on or for whose answer there is no room.
static bool task_admit(const struct loop *loop, const char *task)
{
    if (task == NULL || *task == '\0' || strlen(task) > LIMIT_TASK_ID_BYTES) {
        log_say(SAY_TASK_NAMELESS);
        return false;
    }
    if (job_open(loop, task)) {
        return false; // asked again, after a new connection: its answer is to come
    }
    if (kept_waits(&loop->kept, task)) {
        return false; // done, and sent again with the beats
    }
    if (loop->kept.count + loop->jobs_count >= KEPT_MAX && !kept_has(&loop->kept, task)) {
        log_say(SAY_RESULTS_TOO_MANY, .task = task);
        return false;
    }
    return true;
}

static void order_take(struct loop *loop, const Award__TaskOrder *order)
{
    if (task_admit(loop, order->task) && !order_begin(loop, order)) {
        order_handle(loop, order);
    }
}

// An order that cannot be read fails by itself, where its task is known.
static void order_refuse(struct loop *loop, struct bytes task, const struct codec_error *error)
{
    const char *name = arena_format(loop->arena, "%.*s", (int)task.size, (const char *)task.data);
    if (text_valid(name, strlen(name)) && task_admit(loop, name)) {
        failure_keep(loop, name, arena_format(loop->arena, "%s / %s", error->zh, error->en),
                     loop->arena);
    }
}

// Of a message that cannot be read as a whole, each order by itself; whether there was one.
static bool orders_take_each(struct loop *loop, struct bytes bytes)
{
    int count = 0;
    struct bytes order;
    struct bytes task;
    struct bytes orders = envelope_orders(bytes);
    while (count < LIMIT_TASKS_PER_WORKER && envelope_order_next(&orders, &order, &task)) {
        struct codec_error error;
        const Award__TaskOrder *read = (const Award__TaskOrder *)codec_unpack(
            &award__task_order__descriptor, order, loop->arena, &error);
        if (read != NULL) {
            order_take(loop, read);
        } else {
            order_refuse(loop, task, &error);
        }
        count++;
    }
    return count > 0;
}

// ---- In: answers

// The coordinator cannot put anything on record now, whatever it is: what was done is not done
// again for that (a message would go out a second time), but reported again.
static bool of_the_moment(const char *code)
{
    return strcmp(code, "disk_full") == 0 || strcmp(code, "clock_behind") == 0;
}

static void answer_take(struct loop *loop, const Award__Answer *answer)
{
    if (answer->id == NULL) {
        return;
    }
    if (answer->outcome == AWARD__OUTCOME__NAME__rejected) {
        const Award__Reason *reason = answer->n_reasons > 0 ? answer->reasons[0] : NULL;
        const char *code = reason != NULL && reason->code != NULL ? reason->code : "-";
        bool late = strcmp(code, "no_such_task") == 0; // as it happens all the time
        log_say(late ? SAY_RESULT_LATE : SAY_RESULT_REJECTED, .code = code, .event_id = answer->id);
        if (of_the_moment(code)) {
            kept_wait(&loop->kept, answer->id);
            return;
        }
    }
    kept_drop(&loop->kept, answer->id);
}

static void refusal_take(struct loop *loop, uint64_t request, const Award__Reason *reason)
{
    bool both = reason->zh != NULL && reason->en != NULL;
    log_say(SAY_REFUSED, .code = reason->code,
            .reason =
                both ? arena_format(loop->arena, "%s / %s", reason->zh, reason->en) : reason->zh);
    kept_drop_request(&loop->kept, request);
}

// With the request of our last hello it is the answer to it; without any it asks for one.
static void hello_take(struct loop *loop, const Award__Envelope *envelope)
{
    if (!envelope->has_request) {
        loop->welcome = false;
        hello_send(loop);
    } else if (envelope->request == loop->hello) {
        loop->welcome = true;
    }
}

static void message_take(void *context, const struct bus_message *message)
{
    struct loop *loop = context;
    struct codec_error error;
    struct bytes bytes = {message->data, message->size};
    const Award__Envelope *envelope = envelope_unpack(bytes, loop->arena, &error);
    if (envelope == NULL) {
        if (!orders_take_each(loop, bytes)) {
            log_say(SAY_UNREADABLE, .code = error.code,
                    .reason = arena_format(loop->arena, "%s / %s", error.zh, error.en));
        }
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_TASKS) {
        for (size_t i = 0; i < envelope->tasks->n_orders; i++) {
            order_take(loop, envelope->tasks->orders[i]);
        }
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_ANSWERS) {
        for (size_t i = 0; i < envelope->answers->n_answers; i++) {
            answer_take(loop, envelope->answers->answers[i]);
        }
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_ERROR) {
        refusal_take(loop, envelope->request, envelope->error);
    } else if (envelope->body_case == AWARD__ENVELOPE__BODY_HELLO) {
        hello_take(loop, envelope);
    }
    arena_reset(loop->arena);
    beat_arm(loop);
}

// ---- The connection

static const enum log_kind LINK_KINDS[] = {
    [BUS_LINK_DOWN] = SAY_LINK_DOWN,
    [BUS_LINK_GREETING] = SAY_LINK_GREETING,
    [BUS_LINK_UP] = SAY_LINK_UP,
    [BUS_LINK_REFUSED] = SAY_LINK_REFUSED,
    [BUS_LINK_MISMATCH] = SAY_LINK_MISMATCH,
    [BUS_LINK_FULL] = SAY_LINK_FULL,
};

static void link_changed(void *context, enum bus_link link)
{
    struct loop *loop = context;
    if (link != loop->link) {
        loop->link = link;
        loop->welcome = false;
        log_say(LINK_KINDS[link], .endpoint = bus_endpoint(loop->dealer));
        const struct log_kind_row *said = log_kind_row(LINK_KINDS[link]);
        service_status("%s / %s", said->zh, said->en);
    }
    if (link != BUS_LINK_UP) {
        return;
    }
    hello_send(loop);
    for (struct kept *kept = loop->kept.first; kept != NULL; kept = kept->next) {
        kept_send(loop, kept);
    }
    arena_reset(loop->arena);
    beat_arm(loop);
}

// ---- Life

static void stop(evutil_socket_t number, short what, void *context)
{
    (void)what;
    struct loop *loop = context;
    log_say(SAY_STOPPING, .signal = number);
    service_stopping();
    bye_send(loop);
    (void)event_base_loopbreak(loop->base);
}

static void hangup(evutil_socket_t number, short what, void *context)
{
    (void)number;
    (void)what;
    struct loop *loop = context;
    service_reloading();
    worker_config_reload(loop->worker, loop->settings);
    service_ready();
}

static void sign(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    (void)context;
    service_alive();
}

static bool sign_begin(struct loop *loop)
{
    int64_t every_ms = service_sign_ms();
    const struct timeval every = clock_timeval(every_ms);
    loop->sign = event_new(loop->base, -1, EV_PERSIST, sign, loop);
    return loop->sign != NULL && (every_ms == 0 || event_add(loop->sign, &every) == 0);
}

static bool loop_open(struct loop *loop, const struct worker_settings *settings)
{
    uint8_t random[INSTANCE_BYTES];
    (void)signal(SIGPIPE, SIG_IGN); // who read the log may end
    randombytes_buf(random, sizeof(random));
    (void)sodium_bin2hex(loop->instance, sizeof(loop->instance), random, sizeof(random));
    randombytes_buf(&loop->deliveries, sizeof(loop->deliveries));
    loop->arena = arena_create();
    loop->base = event_base_new();
    loop->bus = loop->base != NULL ? bus_create(loop->base) : NULL;
    if (loop->bus == NULL) {
        log_say(SAY_RESOURCES_USED_UP);
        return false;
    }
    loop->dealer = bus_dealer(loop->bus, settings->endpoint, settings->server_key, &settings->keys,
                              message_take, loop);
    if (loop->dealer == NULL) {
        log_say(SAY_ENDPOINT_WRONG, .reason = bus_error(loop->bus));
        return false;
    }
    bus_link_watch(loop->dealer, link_changed);
    loop->beat = evtimer_new(loop->base, beat, loop);
    loop->terminate = evsignal_new(loop->base, SIGTERM, stop, loop);
    loop->interrupt = evsignal_new(loop->base, SIGINT, stop, loop);
    loop->hangup = evsignal_new(loop->base, SIGHUP, hangup, loop);
    return loop->beat != NULL && loop->terminate != NULL && loop->interrupt != NULL &&
           loop->hangup != NULL && event_add(loop->terminate, NULL) == 0 &&
           event_add(loop->interrupt, NULL) == 0 && event_add(loop->hangup, NULL) == 0 &&
           sign_begin(loop);
}

static void event_close(struct event *event)
{
    if (event != NULL) {
        event_free(event);
    }
}

static void loop_close(struct loop *loop)
{
    if (loop->kept.count > 0) {
        log_say(SAY_RESULTS_UNANSWERED, .count = (int64_t)loop->kept.count);
    }
    jobs_close(loop);
    kept_clear(&loop->kept);
    event_close(loop->beat);
    event_close(loop->sign);
    event_close(loop->terminate);
    event_close(loop->interrupt);
    service_hangup_hold();
    event_close(loop->hangup);
    bus_destroy(loop->bus);
    if (loop->base != NULL) {
        event_base_free(loop->base);
    }
    arena_destroy(loop->arena);
}

int worker_run(const struct worker *worker, struct worker_settings *settings)
{
    assert(worker->handle != NULL);
    assert(worker->capacity > 0 && worker->capacity <= LIMIT_TASKS_PER_WORKER);
    struct loop loop = {.worker = worker, .settings = settings, .link = BUS_LINK_GREETING};
    int status = 1;
    if (loop_open(&loop, settings)) {
        log_say(SAY_STARTED, .version = AWARD_VERSION, .endpoint = settings->endpoint,
                .instance = loop.instance);
        service_ready();
        service_hangup_take();
        status = event_base_dispatch(loop.base) < 0 ? 1 : 0;
    }
    loop_close(&loop);
    return status;
}
