// load - keeps so many messages in flight to a running coordinator, and takes the time of each
//
// Each of the messages in flight has a slot; the answer to it sends the next one from the same
// slot, until the time is over. The first thing that goes wrong is said, and nothing is sent after
// it.
#include "clients/bench/load.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

struct running {
    const struct load *load;
    struct load_result *result;
    struct samples *samples;
    struct arena *arena; // of the message that is being made
    uint64_t end_ns;
    size_t sent;
    bool failed;
};

struct slot {
    struct running *running;
    uint64_t sent_ns;
};

static void answered(void *context, const Award__Envelope *reply, const struct client_error *error);

static void fail(struct running *running, const char *zh, const char *en)
{
    if (!running->failed) {
        (void)fprintf(stderr, "award-bench: %s\n  %s\n", zh, en);
    }
    running->failed = true;
}

static void slot_send(struct slot *slot)
{
    struct running *running = slot->running;
    slot->sent_ns = samples_now_ns();
    if (running->failed || slot->sent_ns >= running->end_ns ||
        running->sent == running->load->messages_max) {
        return;
    }
    Award__EventBatch batch;
    award__event_batch__init(&batch);
    batch.n_events = running->load->events_per_message;
    batch.events = arena_alloc(running->arena, batch.n_events * sizeof(Award__Event *));
    for (size_t i = 0; i < batch.n_events; i++) {
        batch.events[i] = enterprises_next(running->load->enterprises, running->arena);
    }
    Award__Envelope envelope;
    award__envelope__init(&envelope);
    envelope.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    envelope.events = &batch;
    bool sent = client_send(running->load->client, &envelope, answered, slot);
    assert(sent); // never more in flight than there are slots
    running->sent++;
    arena_reset(running->arena);
}

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

static void answered(void *context, const Award__Envelope *reply, const struct client_error *error)
{
    struct slot *slot = context;
    struct running *running = slot->running;
    if (reply == NULL) {
        fail(running, error->zh, error->en);
        return;
    }
    if (reply->body_case != AWARD__ENVELOPE__BODY_ANSWERS ||
        reply->answers->n_answers != running->load->events_per_message) {
        fail(running, "答复与消息不符。", "The reply is not one to the message.");
        return;
    }
    samples_add(running->samples, samples_now_ns() - slot->sent_ns);
    for (size_t i = 0; i < reply->answers->n_answers; i++) {
        const Award__Answer *answer = reply->answers->answers[i];
        if (!answer_accepted(running, answer)) {
            return;
        }
        running->result->events++;
        running->result->last_entry = answer->entry;
    }
    slot_send(slot);
}

bool load_run(const struct load *load, struct load_result *result)
{
    assert(load->messages_in_flight > 0 && load->messages_in_flight <= CLIENT_IN_FLIGHT_MAX);
    assert(load->events_per_message > 0);
    assert(load->messages_max > 0 && load->messages_max <= LOAD_MESSAGES_MAX);
    *result = (struct load_result){0};
    struct running running = {
        .load = load,
        .result = result,
        .samples = samples_create(load->messages_max),
        .arena = arena_create(),
    };
    struct slot *slots = calloc(load->messages_in_flight, sizeof(*slots));
    if (slots == NULL) {
        abort(); // out of memory before anything has begun
    }
    uint64_t begin_ns = samples_now_ns();
    running.end_ns = begin_ns + load->duration_ns;
    for (size_t i = 0; i < load->messages_in_flight; i++) {
        slots[i].running = &running;
        slot_send(&slots[i]);
    }
    client_run(load->client);
    if (running.sent == 0) {
        fail(&running, "机器太忙，时限内一条消息也没有发出。",
             "The machine is too busy; not one message went out in the time.");
    }
    result->elapsed_ns = samples_now_ns() - begin_ns;
    result->latency = samples_spread(running.samples);
    samples_destroy(running.samples);
    arena_destroy(running.arena);
    free(slots);
    assert(running.failed || result->events == running.sent * load->events_per_message);
    return !running.failed;
}
