// intake - one burst of messages as one group: authority, ledger, commit, then the answers
#include "daemon/intake_private.h"

#include "common/clock.h"
#include "common/envelope.h"
#include "common/limits.h"
#include "common/log.h"
#include "common/memory.h"
#include "daemon/authority.h"
#include "daemon/books.h"
#include "rules/events.h"
#include "rules/form.h"
#include "rules/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    REST_FIRST_MS = 500,
    REST_MS_MAX = 60000,
    SERVER_WAIT_SECONDS_MAX = 24 * 60 * 60, // that a mail server or a robot may ask for
};

struct intake *intake_create(struct ledger *ledger, struct crew *crew, intake_send send,
                             void *context)
{
    struct intake *intake = memory_allocate(sizeof(*intake));
    intake->ledger = ledger;
    intake->crew = crew;
    intake->send = send;
    intake->context = context;
    intake->arena = arena_create();
    intake->last = &intake->first;
    TAILQ_INIT(&intake->long_queries);
    intake->long_queries_max = LIMIT_LONG_QUERIES;
    return intake;
}

void intake_destroy(struct intake *intake)
{
    if (intake != NULL) {
        intake_long_abandon(intake);
        arena_destroy(intake->arena);
        free(intake);
    }
}

void intake_limit(struct intake *intake, uint32_t public_events_a_minute, uint32_t long_queries,
                  intake_bounds bounds)
{
    intake->public_rate.events_a_minute = public_events_a_minute;
    intake->long_queries_max = long_queries;
    intake->bounds = bounds;
}

void intake_listen(struct intake *intake, steps_listener listener)
{
    intake->listener = listener;
}

void intake_trace(struct intake *intake, const struct trace *trace)
{
    intake->trace = trace;
}

void intake_settings(struct intake *intake, const struct daemon_file *settings)
{
    intake->settings = settings;
}

void intake_share(struct intake *intake, bool shared)
{
    intake->shared = shared;
}

struct intake_counts intake_counts(const struct intake *intake)
{
    struct intake_counts counts = {
        .public_refused = intake->public_rate.refused,
        .messages_refused = intake->messages_refused,
        .long_queries = intake_long_count(intake),
        .long_queries_refused = intake->long_queries_refused,
    };
    if (intake->public_rate.events_a_minute > 0) {
        counts.public_events = rate_used(&intake->public_rate, clock_monotonic_ms());
    }
    return counts;
}

static struct reply *reply_add(struct intake *intake, bool to_worker,
                               const struct bus_message *message, uint64_t request)
{
    struct reply *reply = arena_alloc(intake->arena, sizeof(*reply));
    reply->to_worker = to_worker;
    reply->route = message->route;
    reply->request = request;
    int64_t taken_us = clock_monotonic_us();
    reply->steps.at_us[STEP_RECEIVED] =
        message->received_us != 0 ? message->received_us : taken_us; // 0: it did not come by a bus
    reply->steps.at_us[STEP_TAKEN] = taken_us;
    reply->steps.at_us[STEP_DECIDED] = taken_us; // unless there is more to decide
    *intake->last = reply;
    intake->last = &reply->next;
    return reply;
}

static void refuse(struct intake *intake, struct reply *reply, const char *code, const char *zh,
                   const char *en)
{
    struct codec_error *error = arena_alloc(intake->arena, sizeof(*error));
    *error = (struct codec_error){.code = code, .zh = zh, .en = en};
    reply->refusal = error;
}

// ---- Events

static Award__Answer *answer_rejected(struct intake *intake, const Award__Event *event,
                                      const char *code, const char *article, const char *zh,
                                      const char *en)
{
    return ledger_answer_rejected(intake->ledger, event, code, article, zh, en, intake->arena);
}

// What must hold of any event before the rules see it: a name of its own, within bounds, and the
// sender's.
static Award__Answer *event_wrong(struct intake *intake, Award__Event *event,
                                  const Award__Principal *sender)
{
    if (event->principal == NULL || *event->principal == '\0') {
        event->principal = sender->name;
    }
    if (strcmp(event->principal, sender->name) != 0) {
        return answer_rejected(intake, event, "not_your_name", "authority",
                               "事件署名与密钥不符；请用该人员自己的密钥提交。",
                               "The event's principal is not whose key this is; send it under "
                               "that principal's own key.");
    }
    if (sender->role == AWARD__ROLE__NAME__public && intake->public_rate.events_a_minute > 0 &&
        !rate_use(&intake->public_rate, clock_monotonic_ms())) {
        return answer_rejected(intake, event, "rate_exceeded", "limit",
                               "公众渠道每分钟受理的事件数已达上限；请一分钟后重新提交。",
                               "As many events a minute as are taken from the public have come; "
                               "send it again in a minute.");
    }
    size_t id_bytes = event->id != NULL ? strlen(event->id) : 0;
    if (id_bytes == 0 || id_bytes > LIMIT_ID_BYTES) {
        return answer_rejected(intake, event, "bad_id", "form", "事件编号 id 应为 1 至 64 字节。",
                               "The event's id must be 1 to 64 bytes.");
    }
    if (event->at != NULL) {
        return answer_rejected(intake, event, "at_on_the_wire", "form",
                               "字段 at 只用于事件文件，由 awardctl push 处理。",
                               "Field `at` is for files of events; awardctl push acts on it.");
    }
    if (event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        return answer_rejected(intake, event, "unknown_event", "form",
                               "事件缺少内容，或类型未知；请升级客户端或核对字段。",
                               "The event has no body, or an unknown one; check it, or update "
                               "the sender.");
    }
    if (intake->message_bytes > LIMIT_EVENT_BYTES &&
        award__event__get_packed_size(event) > LIMIT_EVENT_BYTES) {
        return answer_rejected(intake, event, "event_too_large", "limit",
                               "事件超过 256 KiB；请缩短文字，文件只记摘要。",
                               "The event is larger than 256 KiB; documents stay in files, send "
                               "their digest.");
    }
    return NULL;
}

// The case that an event is about; NULL where its body names none that there is: what else a sender
// writes into that field may be anything.
static const char *case_named(struct intake *intake, const Award__Event *event)
{
    ProtobufCMessage *body = NULL;
    struct bytes record;
    const struct view *view = ledger_view(intake->ledger);
    (void)codec_oneof_field(&event->base, "body", &body);
    const char *name = body != NULL ? form_text(body, "case") : NULL;
    if (name == NULL) {
        return NULL;
    }
    struct bytes key = record_key(intake->arena, AWARD__CHANGE__RECORD_CASE, name);
    bool there = key.size > 0 && view->get(view, key, intake->arena, &record) == VIEW_FOUND;
    return there ? name : NULL;
}

// In the log stands whose key it was, not in whose name he wanted to act.
static void rejection_log(struct intake *intake, const Award__Event *event,
                          const Award__Principal *sender, const Award__Answer *answer)
{
    const char *article = answer->article != NULL ? answer->article : "";
    // A district outside its own is named by Article 10 and is no less a matter of authority.
    if (strcmp(article, "authority") == 0 ||
        strcmp(answer->reasons[0]->code, "out_of_scope") == 0) {
        log_say(SAY_NOT_AUTHORISED, .event = event_name(event->body_case),
                .principal = sender->name, .code = answer->reasons[0]->code,
                .case_id = case_named(intake, event));
    }
}

// How long a task rests after a bad answer: a message by the alert policy, and as long as its
// server asked for.
static struct lease_rest rest_of(const struct intake *intake, const Award__Event *event)
{
    const struct alert_policy *policy = books_policy(ledger_books(intake->ledger));
    if (event->body_case != AWARD__EVENT__BODY_MESSAGE_FAILED || policy->delivery_attempts == 0) {
        return (struct lease_rest){.first_ms = REST_FIRST_MS, .longest_ms = REST_MS_MAX};
    }
    uint32_t wait_seconds = event->message_failed->wait_seconds;
    wait_seconds = wait_seconds < SERVER_WAIT_SECONDS_MAX ? wait_seconds : SERVER_WAIT_SECONDS_MAX;
    return (struct lease_rest){
        .first_ms = (int64_t)policy->delivery_first_wait * 1000,
        .longest_ms = (int64_t)policy->delivery_longest_wait * 1000,
        .least_ms = (int64_t)wait_seconds * 1000,
    };
}

// A bad answer makes the task rest; an answer to a task that is no more ends the lease.
static void task_settle(struct intake *intake, const Award__Event *event,
                        const Award__Answer *answer)
{
    if (event->task == NULL) {
        return;
    }
    bool failed = event->body_case == AWARD__EVENT__BODY_TASK_FAILED ||
                  event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED;
    bool rejected = answer->outcome == AWARD__OUTCOME__NAME__rejected;
    bool gone = rejected && strcmp(answer->reasons[0]->code, "no_such_task") == 0;
    bool good = gone || (!rejected && !failed);
    const struct lease_rest rest = rest_of(intake, event);
    crew_answered(intake->crew, event->task, good ? NULL : &rest, clock_monotonic_ms());
}

static Award__Answer *event_take(struct intake *intake, Award__Event *event,
                                 const Award__Principal *sender)
{
    Award__Answer *answer = event_wrong(intake, event, sender);
    if (answer == NULL) {
        answer = ledger_submit(intake->ledger, event, sender);
    }
    if (answer->outcome == AWARD__OUTCOME__NAME__rejected) {
        intake->events_rejected++;
        rejection_log(intake, event, sender, answer);
    } else if (!answer->repeated) {
        intake->events_accepted++;
    }
    task_settle(intake, event, answer);
    return answer;
}

static void batch_try(struct intake *intake, const Award__EventBatch *batch,
                      const Award__Principal *sender, Award__AnswerBatch *answers)
{
    struct ledger_trial *trial = ledger_trial_begin(intake->ledger);
    for (size_t i = 0; i < batch->n_events; i++) {
        Award__Answer *answer = event_wrong(intake, batch->events[i], sender);
        if (answer == NULL) {
            answer = ledger_trial_submit(trial, batch->events[i], sender, intake->arena);
        }
        answers->answers[answers->n_answers++] = answer;
    }
    ledger_trial_end(trial);
}

// ---- A group

static bool batch_sets_clock(const Award__EventBatch *batch)
{
    for (size_t i = 0; i < batch->n_events; i++) {
        if (batch->events[i]->body_case == AWARD__EVENT__BODY_CLOCK_SET) {
            return true;
        }
    }
    return false;
}

static void batch_take(struct intake *intake, struct reply *reply, const Award__EventBatch *batch)
{
    assert(batch->n_events <= LIMIT_BATCH_EVENTS); // the codec lets no longer list in
    reply->events = batch;
    reply->answers = arena_alloc(intake->arena, sizeof(*reply->answers));
    award__answer_batch__init(reply->answers);
    reply->answers->answers =
        arena_alloc(intake->arena, (batch->n_events + 1) * sizeof(Award__Answer *));
    if (batch->dry_run) {
        batch_try(intake, batch, reply->sender, reply->answers);
        return;
    }
    for (size_t i = 0; i < batch->n_events; i++) {
        reply->answers->answers[reply->answers->n_answers++] =
            event_take(intake, batch->events[i], reply->sender);
    }
}

int intake_fire(struct intake *intake, size_t groups)
{
    int code = ledger_fire_groups(intake->ledger, groups, &intake->failure);
    if (code == STORE_FULL) {
        log_say(SAY_DUE_DISK_FULL, .reason = intake->failure.text);
        intake->failure.code = STORE_OK;
    }
    return code;
}

// A clock that is set commits on its way, so it is the first of a group of its own; a group that is
// full is finished before it takes more.
static int group_boundary(struct intake *intake, const Award__EventBatch *batch)
{
    bool full = ledger_group_size(intake->ledger) + batch->n_events > LIMIT_GROUP_EVENTS;
    if (intake->first != NULL && (full || batch_sets_clock(batch))) {
        return intake_finish(intake, &intake->failure);
    }
    if (intake->first == NULL && ledger_group_size(intake->ledger) == 0) {
        // What became due before a group's first event is on record before it, however much it is.
        int code = intake_fire(intake, SIZE_MAX);
        return code == STORE_FULL ? STORE_OK : code;
    }
    return STORE_OK;
}

// ---- Messages

static void worker_message_take(struct intake *intake, const struct bus_message *message,
                                const Award__Envelope *envelope, const Award__Principal *sender)
{
    if (envelope->body_case == AWARD__ENVELOPE__BODY_HELLO) {
        bool served = crew_hello(intake->crew, &message->route, sender, envelope->hello,
                                 clock_monotonic_ms());
        if (served) {
            reply_add(intake, true, message, envelope->request)->welcome = true;
        }
    } else {
        crew_bye(intake->crew, &message->route);
    }
}

static bool is_worker(const Award__Principal *sender)
{
    return sender->role == AWARD__ROLE__NAME__worker_scoring ||
           sender->role == AWARD__ROLE__NAME__worker_notification ||
           sender->role == AWARD__ROLE__NAME__worker_revocation;
}

static void envelope_take(struct intake *intake, bool from_worker,
                          const struct bus_message *message, const Award__Envelope *envelope,
                          const Award__Principal *sender)
{
    bool of_worker = envelope->body_case == AWARD__ENVELOPE__BODY_HELLO ||
                     envelope->body_case == AWARD__ENVELOPE__BODY_BYE;
    if (of_worker && from_worker) {
        worker_message_take(intake, message, envelope, sender);
        return;
    }
    switch ((int)envelope->body_case) {
    case AWARD__ENVELOPE__BODY_EVENTS: {
        struct reply *reply = reply_add(intake, from_worker, message, envelope->request);
        reply->sender = sender;
        batch_take(intake, reply, envelope->events);
        reply->steps.at_us[STEP_DECIDED] = clock_monotonic_us();
        break;
    }
    case AWARD__ENVELOPE__BODY_QUERY: {
        struct reply *reply = reply_add(intake, from_worker, message, envelope->request);
        reply->sender = sender;
        reply->query = envelope->query;
        break;
    }
    default:
        refuse(intake, reply_add(intake, from_worker, message, envelope->request), "wrong_message",
               "协调程序不接收这种消息。", "The coordinator takes no such message.");
        break;
    }
}

void intake_take(struct intake *intake, bool from_worker, const struct bus_message *message)
{
    struct codec_error *error = arena_alloc(intake->arena, sizeof(*error));
    struct bytes bytes = {message->data, message->size};
    intake->message_bytes = message->size;
    Award__Envelope *envelope = envelope_unpack(bytes, intake->arena, error);
    if (envelope == NULL) {
        struct envelope_head head = {0};
        (void)envelope_peek(bytes, &head);
        reply_add(intake, from_worker, message, head.request)->refusal = error;
        intake->messages_refused++;
        log_say(SAY_MESSAGE_REFUSED, .code = error->code, .key = message->sender_key);
        return;
    }
    if (envelope->body_case == AWARD__ENVELOPE__BODY_EVENTS &&
        group_boundary(intake, envelope->events) != STORE_OK) {
        return;
    }
    const Award__Principal *sender =
        authority_principal(ledger_view(intake->ledger), message->sender_key, intake->arena);
    if (sender == NULL || is_worker(sender) != from_worker) {
        struct reply *reply = reply_add(intake, from_worker, message, envelope->request);
        reply->key_refused = true;
        refuse(intake, reply, "key_not_admitted",
               "该密钥未登记、已吊销，或不得用于此端口；请联系管理员。",
               "This key is not enrolled, was revoked, or is not for this socket; ask the "
               "administrator.");
        log_say(SAY_KEY_REFUSED, .key = message->sender_key);
        return;
    }
    if (from_worker) {
        crew_heard(intake->crew, &message->route, clock_monotonic_ms());
    }
    envelope_take(intake, from_worker, message, envelope, sender);
}

// ---- The end of a group

int intake_finish(struct intake *intake, struct store_error *error)
{
    if (intake->failure.code != STORE_OK) {
        *error = intake->failure;
        return error->code;
    }
    int code = ledger_commit(intake->ledger, error);
    if (code == STORE_FULL) {
        log_say(SAY_GROUP_DISK_FULL, .reason = error->text);
        intake_reject_all(intake);
        code = STORE_OK;
    }
    if (code == STORE_OK) {
        intake_answer_all(intake);
        ledger_answers_release(intake->ledger);
    }
    intake->first = NULL;
    intake->last = &intake->first;
    return code;
}

void intake_rest(struct intake *intake)
{
    assert(intake->first == NULL);
    arena_reset(intake->arena);
}
