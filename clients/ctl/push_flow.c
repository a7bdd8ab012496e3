// push_flow - events on their way, in batches, answered in the order of the lines
//
// A ring of flights: the oldest is reported first, the last may still be filling. A batch that the
// coordinator refuses as a whole, or a key that it does not admit, rejects its lines and the rest
// goes on; a connection that stays lost ends everything, since the fate of what was sent is unknown
// until it is sent again.
#include "clients/ctl/push_flow.h"

#include "common/codec.h"
#include "common/limits.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FLIGHTS = 4,
    FLIGHT_LINES = 64,                      // FLIGHTS * FLIGHT_LINES events in flight
    FLIGHT_BYTES = LIMIT_MESSAGE_BYTES / 4, // with room for one more event of the greatest size
};

_Static_assert(FLIGHT_BYTES + LIMIT_EVENT_BYTES < LIMIT_MESSAGE_BYTES, "a batch fits");

struct flight {
    struct push_flow *flow;
    struct arena *arena; // of its lines and their answers
    struct push_line lines[LIMIT_BATCH_EVENTS];
    size_t lines_count;
    size_t bytes;
    const char *principal; // NULL while none of its lines is to be sent
    bool sent;
    bool done;
    bool key_refused; // its connection is of no more use
};

struct push_flow {
    struct push_flow_options options;
    size_t flight_lines;
    struct flight *flights; // a ring
    size_t first;
    size_t count;
    struct client_error error;
};

struct push_flow *push_flow_create(const struct push_flow_options *options)
{
    struct push_flow *flow = calloc(1, sizeof(*flow));
    struct flight *flights = calloc(FLIGHTS, sizeof(*flights));
    if (flow == NULL || flights == NULL) {
        abort();
    }
    flow->options = *options;
    flow->flight_lines = options->dry_run ? LIMIT_BATCH_EVENTS : FLIGHT_LINES;
    flow->flights = flights;
    for (size_t i = 0; i < FLIGHTS; i++) {
        flights[i].flow = flow;
        flights[i].arena = arena_create();
    }
    return flow;
}

void push_flow_destroy(struct push_flow *flow)
{
    if (flow == NULL) {
        return;
    }
    for (size_t i = 0; i < FLIGHTS; i++) {
        arena_destroy(flow->flights[i].arena);
    }
    free(flow->flights);
    free(flow);
}

const struct client_error *push_flow_error(const struct push_flow *flow)
{
    return &flow->error;
}

// ---- Answers

// Lines that have no answer yet get one of our own.
static void lines_reject(struct flight *flight, const char *code, const char *zh, const char *en)
{
    for (size_t i = 0; i < flight->lines_count; i++) {
        struct push_line *line = &flight->lines[i];
        if (line->answer == NULL) {
            push_line_reject(line, code, "authority", zh, en, flight->arena);
        }
    }
}

// Whether lines may be rejected for it; else nothing goes on.
static bool refusal(enum client_failure failure)
{
    return failure == CLIENT_KEY_REFUSED || failure == CLIENT_REFUSED;
}

static void flight_fail(struct flight *flight, const struct client_error *error)
{
    flight->key_refused = error->failure == CLIENT_KEY_REFUSED;
    if (refusal(error->failure)) {
        lines_reject(flight, error->code, error->zh, error->en);
    } else if (flight->flow->error.failure == CLIENT_DONE) {
        flight->flow->error = *error;
    }
}

static void answers_take(struct flight *flight, const Award__AnswerBatch *batch)
{
    const Award__AnswerBatch *answers =
        (const Award__AnswerBatch *)codec_copy(&batch->base, flight->arena);
    size_t next = 0;
    for (size_t i = 0; i < flight->lines_count; i++) {
        if (flight->lines[i].answer == NULL && next < answers->n_answers) {
            flight->lines[i].answer = answers->answers[next++];
        }
    }
}

static void flight_answered(void *context, const Award__Envelope *reply,
                            const struct client_error *error)
{
    static const struct client_error foreign = {
        .failure = CLIENT_BAD_REPLY,
        .code = "bad_reply",
        .zh = "awardd 的答复与所送不符；请使用同一版本的程序。",
        .en = "awardd answered something else; use programs of the same release.",
    };
    struct flight *flight = context;
    if (reply == NULL) {
        flight_fail(flight, error);
    } else if (reply->body_case != AWARD__ENVELOPE__BODY_ANSWERS) {
        flight_fail(flight, &foreign);
    } else {
        answers_take(flight, reply->answers);
    }
    flight->done = true;
    client_stop(lanes_root(flight->flow->options.lanes));
}

// ---- Sending

static size_t batch_build(struct flight *flight, Award__EventBatch *batch)
{
    award__event_batch__init(batch);
    batch->events = arena_alloc(flight->arena, flight->lines_count * sizeof(Award__Event *));
    for (size_t i = 0; i < flight->lines_count; i++) {
        if (flight->lines[i].answer == NULL) {
            batch->events[batch->n_events++] = flight->lines[i].event;
        }
    }
    batch->has_dry_run = flight->flow->options.dry_run;
    batch->dry_run = flight->flow->options.dry_run;
    return batch->n_events;
}

static void flight_send(struct flight *flight)
{
    struct settings_error error;
    Award__EventBatch batch;
    Award__Envelope request;
    flight->sent = true;
    bool lost = flight->flow->error.failure != CLIENT_DONE;
    if (lost || batch_build(flight, &batch) == 0) {
        flight->done = true;
        return;
    }
    struct client *client = lanes_client(flight->flow->options.lanes, flight->principal, &error);
    if (client == NULL) {
        lines_reject(flight, "key_not_readable", error.zh, error.en);
        flight->done = true;
        return;
    }
    award__envelope__init(&request);
    request.body_case = AWARD__ENVELOPE__BODY_EVENTS;
    request.events = &batch;
    bool sent = client_send(client, &request, flight_answered, flight);
    assert(sent && "there are fewer flights than requests that a client takes");
}

// ---- The ring

static struct flight *flight_at(struct push_flow *flow, size_t index)
{
    assert(index < flow->count);
    return &flow->flights[(flow->first + index) % FLIGHTS];
}

// The last one, while it is not sent.
static struct flight *filling(struct push_flow *flow)
{
    struct flight *last = flow->count > 0 ? flight_at(flow, flow->count - 1) : NULL;
    return last != NULL && !last->sent ? last : NULL;
}

// Waits for the oldest and reports its lines.
static void oldest_finish(struct push_flow *flow)
{
    struct flight *flight = flight_at(flow, 0);
    assert(flight->sent);
    while (!flight->done) {
        client_run(lanes_root(flow->options.lanes));
    }
    for (size_t i = 0; i < flight->lines_count; i++) {
        struct push_line *line = &flight->lines[i];
        if (line->answer != NULL) {
            flow->options.answered(flow->options.context, line);
        } else {
            flow->options.unanswered(flow->options.context, line);
        }
    }
    if (flight->key_refused) {
        lanes_forget(flow->options.lanes, flight->principal);
    }
    arena_reset(flight->arena);
    flow->first = (flow->first + 1) % FLIGHTS;
    flow->count--;
}

static struct flight *flight_begin(struct push_flow *flow)
{
    if (flow->count == FLIGHTS) {
        oldest_finish(flow);
    }
    flow->count++;
    struct flight *flight = flight_at(flow, flow->count - 1);
    flight->lines_count = 0;
    flight->bytes = 0;
    flight->principal = NULL;
    flight->sent = false;
    flight->done = false;
    flight->key_refused = false;
    return flight;
}

bool push_flow_hurry(struct push_flow *flow)
{
    struct flight *flight = filling(flow);
    if (flight != NULL) {
        flight_send(flight);
    }
    return flow->error.failure == CLIENT_DONE;
}

bool push_flow_flush(struct push_flow *flow)
{
    (void)push_flow_hurry(flow);
    while (flow->count > 0) {
        oldest_finish(flow);
    }
    return flow->error.failure == CLIENT_DONE;
}

static void line_copy(struct flight *flight, const struct push_line *line)
{
    struct push_line *copy = &flight->lines[flight->lines_count++];
    *copy = *line;
    copy->principal = line->principal != NULL ? arena_string(flight->arena, line->principal) : NULL;
    if (line->event != NULL) {
        copy->event = (Award__Event *)codec_copy(&line->event->base, flight->arena);
        flight->bytes += award__event__get_packed_size(copy->event);
    }
    if (line->answer != NULL) {
        copy->answer = (Award__Answer *)codec_copy(&line->answer->base, flight->arena);
    } else {
        flight->principal = copy->principal;
    }
}

// Whose events are on their way; NULL where none are.
static const char *principal_now(struct push_flow *flow)
{
    for (size_t i = flow->count; i > 0; i--) {
        const struct flight *flight = flight_at(flow, i - 1);
        if (flight->principal != NULL) {
            return flight->principal;
        }
    }
    return NULL;
}

bool push_flow_add(struct push_flow *flow, const struct push_line *line)
{
    const char *principal = principal_now(flow);
    bool another =
        line->answer == NULL && principal != NULL && strcmp(principal, line->principal) != 0;
    if (another && !push_flow_flush(flow)) {
        flow->options.unanswered(flow->options.context, line);
        return false;
    }
    struct flight *flight = filling(flow);
    if (flight == NULL) {
        flight = flight_begin(flow);
    }
    line_copy(flight, line);
    if (flight->lines_count == flow->flight_lines || flight->bytes >= FLIGHT_BYTES) {
        return push_flow_hurry(flow);
    }
    return flow->error.failure == CLIENT_DONE;
}
