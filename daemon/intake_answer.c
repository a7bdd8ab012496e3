// intake_answer - a group is on disk, or found no room there: everybody is answered
//
// Queries are computed here, so that they see what the group has changed; those that take several
// turns begin here. Each message that has gone all the way is told to whoever listens
// (daemon/steps.h).
#include "daemon/intake_private.h"

#include "common/clock.h"
#include "common/envelope.h"
#include "common/limits.h"
#include "common/log.h"
#include "rules/project.h"
#include "rules/queries.h"

#include <string.h>

static void query_log(const struct reply *reply, const Award__Reason *error)
{
    if (error != NULL && error->article != NULL && strcmp(error->article, "authority") == 0) {
        const struct query_row *row = query_row(reply->query->body_case);
        log_say(SAY_NOT_AUTHORISED, .query = row != NULL ? row->name : NULL,
                .principal = reply->sender->name, .code = error->code);
    }
}

struct query_server intake_query_server(struct intake *intake, const Award__Query *query)
{
    Award__Status__Bound *bounds = NULL;
    size_t bounds_count = 0;
    if (intake->bounds != NULL && query->body_case == AWARD__QUERY__BODY_STATUS) {
        bounds_count = intake->bounds(intake->context, intake->arena, &bounds);
    }
    struct query_server server = {
        .leased_to = crew_leased_to,
        .context = intake->crew,
        .events_accepted = intake->events_accepted,
        .events_rejected = intake->events_rejected,
        .messages_refused = intake->messages_refused,
        .bounds = bounds,
        .bounds_count = bounds_count,
        .settings = intake->settings,
        .shared = intake->shared,
        .trace = intake->trace,
    };
    Award__Status__Worker *workers;
    server.workers_count = crew_workers(intake->crew, intake->arena, &workers);
    server.workers = workers;
    return server;
}

static Award__Envelope *answers_reply(struct intake *intake, const struct reply *reply)
{
    for (size_t i = 0; i < reply->answers->n_answers; i++) {
        project_answer(reply->sender, reply->answers->answers[i], ledger_view(intake->ledger),
                       intake->arena);
    }
    Award__Envelope *envelope = arena_alloc(intake->arena, sizeof(*envelope));
    award__envelope__init(envelope);
    envelope->body_case = AWARD__ENVELOPE__BODY_ANSWERS;
    envelope->answers = reply->answers;
    return envelope;
}

// The worker learns that it is known, and need not say hello again.
static Award__Envelope *welcome_reply(struct intake *intake)
{
    Award__Envelope *envelope = arena_alloc(intake->arena, sizeof(*envelope));
    Award__WorkerHello *hello = arena_alloc(intake->arena, sizeof(*hello));
    award__envelope__init(envelope);
    award__worker_hello__init(hello);
    envelope->body_case = AWARD__ENVELOPE__BODY_HELLO;
    envelope->hello = hello;
    return envelope;
}

// Answers say what they changed as long as that fits one message.
static struct bytes reply_pack(struct intake *intake, Award__Envelope *envelope)
{
    const struct codec_kept *kept = ledger_kept(intake->ledger);
    struct bytes packed = envelope_pack(envelope, kept, intake->arena);
    if (packed.size <= LIMIT_MESSAGE_BYTES ||
        envelope->body_case != AWARD__ENVELOPE__BODY_ANSWERS) {
        return packed;
    }
    for (size_t i = 0; i < envelope->answers->n_answers; i++) {
        Award__Answer *answer = envelope->answers->answers[i];
        answer->has_changes_left_out = answer->n_changes > 0;
        answer->changes_left_out = answer->n_changes > 0;
        answer->n_changes = 0;
    }
    return envelope_pack(envelope, kept, intake->arena);
}

static void reply_done(struct intake *intake, struct reply *reply)
{
    if (intake->listener == NULL) {
        return;
    }
    reply->steps.at_us[STEP_ANSWERED] = clock_monotonic_us();
    struct steps_done done = {
        .steps = reply->steps,
        .principal = reply->sender != NULL ? reply->sender->name : NULL,
        .events = reply->events,
        .answers = reply->answers,
        .query = reply->query,
    };
    if (reply->refusal != NULL) {
        done.refusal = reply->refusal->code;
        done.refusal_article = reply->key_refused ? "authority" : "form";
    } else if (reply->error != NULL) {
        done.refusal = reply->error->code;
        done.refusal_article = reply->error->article;
    }
    steps_entries_fill(&done);
    intake->listener(intake->context, &done);
}

static void envelope_send(struct intake *intake, struct reply *reply, Award__Envelope *envelope)
{
    envelope->has_request = 1;
    envelope->request = reply->request;
    intake->send(intake->context, reply->to_worker, &reply->route, reply_pack(intake, envelope));
    if (!reply->welcome) {
        reply_done(intake, reply);
    }
}

void intake_query_answered(struct intake *intake, struct reply *reply, Award__QueryReply *answer)
{
    Award__Envelope *envelope = arena_alloc(intake->arena, sizeof(*envelope));
    award__envelope__init(envelope);
    envelope->body_case = AWARD__ENVELOPE__BODY_REPLY;
    envelope->reply = answer;
    reply->error = answer->error;
    query_log(reply, reply->error);
    reply->steps.at_us[STEP_DECIDED] = clock_monotonic_us();
    reply->steps.at_us[STEP_JOURNALLED] = reply->steps.at_us[STEP_DECIDED];
    envelope_send(intake, reply, envelope);
}

void intake_refuse(struct intake *intake, struct reply *reply)
{
    envelope_send(intake, reply, envelope_refusal(reply->request, reply->refusal, intake->arena));
}

static void query_send(struct intake *intake, struct reply *reply)
{
    if (query_long(reply->query)) {
        intake_long_take(intake, reply);
        return;
    }
    struct query_server server = intake_query_server(intake, reply->query);
    intake_query_answered(
        intake, reply,
        query_answer(reply->query, reply->sender, intake->ledger, &server, intake->arena));
}

static void reply_send(struct intake *intake, struct reply *reply, int64_t journalled_us)
{
    reply->steps.at_us[STEP_JOURNALLED] = journalled_us;
    if (reply->refusal != NULL) {
        intake_refuse(intake, reply);
    } else if (reply->query != NULL) {
        query_send(intake, reply);
    } else if (reply->welcome) {
        envelope_send(intake, reply, welcome_reply(intake));
    } else {
        envelope_send(intake, reply, answers_reply(intake, reply));
    }
}

void intake_answer_all(struct intake *intake)
{
    int64_t journalled_us = clock_monotonic_us();
    for (struct reply *reply = intake->first; reply != NULL; reply = reply->next) {
        reply_send(intake, reply, journalled_us);
    }
}

void intake_reject_all(struct intake *intake)
{
    for (struct reply *reply = intake->first; reply != NULL; reply = reply->next) {
        for (size_t i = 0; reply->answers != NULL && i < reply->answers->n_answers; i++) {
            Award__Answer *answer = reply->answers->answers[i];
            if (answer->outcome != AWARD__OUTCOME__NAME__rejected && !answer->repeated) {
                const Award__Event name = {.principal = answer->principal, .id = answer->id};
                reply->answers->answers[i] =
                    ledger_answer_full(intake->ledger, &name, intake->arena);
            }
        }
    }
}
