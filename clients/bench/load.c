// load - keeps so many events in flight to a running coordinator, and takes the time of each
// message
//
// Each of the messages in flight has a slot; the answer to it sends the next one from the same
// slot, until the time is over. The first thing that goes wrong is said, and nothing is sent after
// it.
#include "clients/bench/load.h"

#include "common/clock.h"

#include <event2/event.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    LOOK_US = 20000,   // at the coordinator's memory
    REST_SECONDS = 4,  // it writes its state when it has been idle for two
    RATE_MAX = 200000, // messages a second for which there is room
    SAMPLES_MAX = 50000000,
};

struct sender {
    struct client *connections[YEAR_SENDERS];
    struct year_client year;
};

struct running {
    const struct load *load;
    struct load_result *result;
    struct sender senders[LOAD_CLIENTS_MAX];
    struct samples *samples;
    struct arena *arena; // of the message that is being made
    uint64_t end_ns;
    size_t sent;
    bool failed;
};

struct slot {
    struct running *running;
    struct sender *sender;
    uint64_t sent_ns;
    size_t events;
};

static void fail(struct running *running, const char *zh, const char *en)
{
    if (!running->failed) {
        (void)bench_fail(zh, en);
    }
    running->failed = true;
}

// ---- Sending

static void slot_answered(void *context, const Award__Envelope *reply,
                          const struct client_error *error);

static void slot_send(struct slot *slot)
{
    struct running *running = slot->running;
    const struct load *load = running->load;
    slot->sent_ns = samples_now_ns();
    if (running->failed || slot->sent_ns >= running->end_ns || samples_full(running->samples)) {
        return;
    }
    size_t as;
    Award__EventBatch batch;
    award__event_batch__init(&batch);
    batch.events =
        arena_alloc(running->arena, (load->events_per_message + 1) * sizeof(Award__Event *));
    batch.n_events = year_next(load->year, &slot->sender->year, load->events_per_message,
                               running->arena, batch.events, &as);
    if (batch.n_events == 0) {
        running->end_ns = slot->sent_ns; // there is nothing more to send
        return;
    }
    Award__Envelope envelope;
    award__envelope__init(&envelope);
    envelope.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    envelope.events = &batch;
    slot->events = batch.n_events;
    bool sent = client_send(slot->sender->connections[as], &envelope, slot_answered, slot);
    assert(sent); // never more in flight than there are slots
    running->sent += batch.n_events;
    arena_reset(running->arena);
}

// ---- Answers

static bool answer_accepted(struct running *running, const Award__Answer *answer)
{
    if (answer->outcome == AWARD__OUTCOME__NAME__accepted && !answer->repeated) {
        return true;
    }
    const Award__Reason *reason = answer->n_reasons > 0 ? answer->reasons[0] : NULL;
    fail(running, reason != NULL ? reason->zh : "一个事件未获接受，测量无效。",
         reason != NULL ? reason->en : "An event was not accepted; the run is void.");
    return false;
}

static void entry_note(struct load_result *result, uint64_t entry)
{
    if (result->events == 0 || entry < result->first_entry) {
        result->first_entry = entry;
    }
    if (entry > result->last_entry) {
        result->last_entry = entry;
    }
    result->events++;
}

static void slot_answered(void *context, const Award__Envelope *reply,
                          const struct client_error *error)
{
    struct slot *slot = context;
    struct running *running = slot->running;
    if (reply == NULL) {
        fail(running, error->zh, error->en);
        return;
    }
    if (reply->body_case != AWARD__ENVELOPE__BODY_ANSWERS ||
        reply->answers->n_answers != slot->events) {
        fail(running, "答复与消息不符。", "The reply is not one to the message.");
        return;
    }
    samples_add(running->samples, samples_now_ns() - slot->sent_ns);
    for (size_t i = 0; i < reply->answers->n_answers; i++) {
        if (!answer_accepted(running, reply->answers->answers[i])) {
            return;
        }
        entry_note(running->result, reply->answers->answers[i]->entry);
    }
    slot_send(slot);
}

// ---- Connections

// A question over it, so that none of what is measured meets a connection that is not there yet.
static bool connection_warm(struct running *running, struct client *client)
{
    Award__QueryStatus status;
    award__query_status__init(&status);
    Award__Query query;
    award__query__init(&query);
    query.body_case = AWARD__QUERY__BODY_STATUS;
    query.status = &status;
    Award__Envelope envelope;
    award__envelope__init(&envelope);
    envelope.body_case = AWARD__ENVELOPE__BODY_QUERY;
    envelope.query = &query;
    const Award__Envelope *reply;
    struct client_error error;
    bool answered = client_request(client, &envelope, running->arena, &reply, &error);
    arena_reset(running->arena);
    return answered || bench_fail(error.zh, error.en);
}

static bool all_connect(struct running *running)
{
    struct client *first = NULL;
    for (size_t i = 0; i < running->load->clients; i++) {
        for (size_t k = 0; k < YEAR_SENDERS; k++) {
            struct client *client =
                bench_office_connect(running->load->office, year_sender(k), first);
            running->senders[i].connections[k] = client;
            first = first != NULL ? first : client;
            if (client == NULL || !connection_warm(running, client)) {
                return false;
            }
        }
    }
    return true;
}

// The first one last: the others share its loop.
static void all_disconnect(struct running *running)
{
    for (size_t i = running->load->clients; i-- > 0;) {
        for (size_t k = YEAR_SENDERS; k-- > 0;) {
            client_close(running->senders[i].connections[k]);
        }
    }
}

// ---- Running

static void memory_look(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    struct running *running = context;
    struct load_result *result = running->result;
    result->after = memory_of(running->load->pid);
    result->peak = memory_higher(result->peak, result->after);
}

static void slots_run(struct running *running, struct slot *slots, size_t count)
{
    uint64_t begin_ns = samples_now_ns();
    running->end_ns = begin_ns + running->load->duration_ns;
    for (size_t i = 0; i < count; i++) {
        slots[i].running = running;
        slots[i].sender = &running->senders[i % running->load->clients];
        slot_send(&slots[i]);
    }
    client_run(running->senders[0].connections[0]);
    running->result->elapsed_ns = samples_now_ns() - begin_ns;
    running->result->latency = samples_spread(running->samples);
}

static void measure(struct running *running)
{
    const struct load *load = running->load;
    size_t count = load->clients * load->messages_in_flight;
    struct slot *slots = calloc(count, sizeof(*slots));
    struct event_base *base = client_base(running->senders[0].connections[0]);
    struct event *look = event_new(base, -1, EV_PERSIST, memory_look, running);
    if (slots == NULL || look == NULL) {
        abort(); // out of memory before anything has begun
    }
    const struct timeval every = {.tv_usec = LOOK_US};
    const struct timeval rest = {.tv_sec = REST_SECONDS};
    running->result->before = memory_of(load->pid);
    (void)event_add(look, &every);
    slots_run(running, slots, count);
    (void)event_base_loopexit(base, &rest);
    (void)event_base_dispatch(base);
    event_free(look);
    free(slots);
}

bool load_run(const struct load *load, struct load_result *result)
{
    assert(load->clients > 0 && load->clients <= LOAD_CLIENTS_MAX);
    assert(load->messages_in_flight > 0 && load->messages_in_flight <= LOAD_IN_FLIGHT_MAX);
    assert(load->events_per_message > 0);
    *result = (struct load_result){0};
    size_t most = (size_t)(load->duration_ns / NS_PER_SECOND + 1) * RATE_MAX;
    struct running running = {
        .load = load,
        .result = result,
        .samples = samples_create(most < SAMPLES_MAX ? most : SAMPLES_MAX),
        .arena = arena_create(),
    };
    running.failed = !all_connect(&running);
    if (!running.failed) {
        measure(&running);
    }
    if (!running.failed && running.sent == 0) {
        fail(&running, "机器太忙，时限内一条消息也没有发出。",
             "The machine is too busy; not one message went out in the time.");
    }
    all_disconnect(&running);
    samples_destroy(running.samples);
    arena_destroy(running.arena);
    assert(running.failed || result->events == running.sent);
    return !running.failed;
}
