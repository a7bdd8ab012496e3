// metrics - what the coordinator counts and measures on its way
//
// What is on record is counted when its group is durable, so that the counts are those of the
// journal; what is rejected never gets there and is counted by its answer.
#include "daemon/metrics.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

// ---- Histograms

// clang-format off
const struct histogram_bounds histogram_durations[] = {
    {50, "0.00005"}, {100, "0.0001"}, {250, "0.00025"}, {500, "0.0005"}, {1000, "0.001"},
    {2500, "0.0025"}, {5000, "0.005"}, {10000, "0.01"}, {25000, "0.025"}, {50000, "0.05"},
    {100000, "0.1"}, {250000, "0.25"}, {500000, "0.5"}, {1000000, "1.0"}, {2500000, "2.5"},
    {5000000, "5.0"}, {10000000, "10.0"}, {0, NULL},
};

const struct histogram_bounds histogram_sizes[] = {
    {1, "1.0"}, {2, "2.0"}, {4, "4.0"}, {8, "8.0"}, {16, "16.0"}, {32, "32.0"}, {64, "64.0"},
    {128, "128.0"}, {256, "256.0"}, {512, "512.0"}, {1024, "1024.0"}, {2048, "2048.0"},
    {4096, "4096.0"}, {0, NULL},
};
// clang-format on

_Static_assert(sizeof(histogram_durations) / sizeof(histogram_durations[0]) <=
                   HISTOGRAM_BOUNDS_MAX + 1,
               "a count for each bound");
_Static_assert(sizeof(histogram_sizes) / sizeof(histogram_sizes[0]) <= HISTOGRAM_BOUNDS_MAX + 1,
               "a count for each bound");

void histogram_add(struct histogram *histogram, const struct histogram_bounds *bounds,
                   int64_t value)
{
    size_t at = 0;
    while (bounds[at].text != NULL && value > bounds[at].most) {
        at++;
    }
    histogram->counts[at]++;
    histogram->count++;
    histogram->sum += value;
}

// ---- Reasons

static const char *const bases[METRICS_BASES] = {
    [BASIS_FORM] = "form",   [BASIS_AUTHORITY] = "authority", [BASIS_ORDER] = "order",
    [BASIS_LIMIT] = "limit", [BASIS_POLICY] = "policy",       [BASIS_ARTICLE] = "article",
};

const char *metrics_basis_name(enum metrics_basis basis)
{
    assert(basis < METRICS_BASES);
    return bases[basis];
}

// Who acts outside his district lacks the authority, whatever it is that says so.
static enum metrics_basis basis_of(const char *code, const char *article)
{
    if (strcmp(code, "out_of_scope") == 0) {
        return BASIS_AUTHORITY;
    }
    for (int basis = 0; basis < BASIS_ARTICLE; basis++) {
        if (article != NULL && strcmp(article, bases[basis]) == 0) {
            return (enum metrics_basis)basis;
        }
    }
    return BASIS_ARTICLE;
}

static void reason_count(struct metrics *metrics, const char *code, const char *article)
{
    enum metrics_basis basis = basis_of(code, article);
    struct metrics_reason *reason = metrics->reasons;
    const struct metrics_reason *end = metrics->reasons + metrics->reasons_count;
    while (reason < end && (reason->basis != basis || strcmp(reason->code, code) != 0)) {
        reason++;
    }
    if (reason == end && metrics->reasons_count < METRICS_REASONS_MAX) {
        bool others = ++metrics->reasons_count == METRICS_REASONS_MAX;
        reason->basis = others ? BASIS_ARTICLE : basis;
        (void)snprintf(reason->code, sizeof(reason->code), "%s", others ? "other" : code);
    }
    if (reason == metrics->reasons + METRICS_REASONS_MAX) {
        reason--;
    }
    reason->count++;
}

// ---- Messages

static const char *const requests[METRICS_REQUESTS] = {
    [REQUEST_EVENTS] = "events",
    [REQUEST_DRY_RUN] = "dry_run",
    [REQUEST_QUERY] = "query",
    [REQUEST_REFUSED] = "refused",
};

const char *metrics_request_name(enum metrics_request request)
{
    assert(request < METRICS_REQUESTS);
    return requests[request];
}

static size_t type_of(const Award__Event *event)
{
    return event_row(event->body_case) != NULL ? (size_t)event->body_case : 0;
}

static void answers_count(struct metrics *metrics, const struct steps_done *done)
{
    for (size_t i = 0; i < done->answers->n_answers; i++) {
        const Award__Answer *answer = done->answers->answers[i];
        if (answer->outcome == AWARD__OUTCOME__NAME__rejected) {
            metrics->events[type_of(done->events->events[i])][answer->outcome]++;
            reason_count(metrics, answer->reasons[0]->code, answer->article);
        } else if (answer->repeated) {
            metrics->repeated++;
        }
    }
}

static void steps_count(struct metrics *metrics, const struct steps *steps)
{
    for (int step = STEP_RECEIVED + 1; step < STEPS; step++) {
        histogram_add(&metrics->steps[step], histogram_durations,
                      steps_between_us(steps, (enum step)(step - 1), (enum step)step));
    }
    histogram_add(&metrics->steps[STEP_RECEIVED], histogram_durations,
                  steps_between_us(steps, STEP_RECEIVED, STEP_ANSWERED));
}

static enum metrics_request request_of(const struct steps_done *done)
{
    if (done->query != NULL) {
        return REQUEST_QUERY;
    }
    if (done->events == NULL) {
        return REQUEST_REFUSED;
    }
    return done->events->dry_run ? REQUEST_DRY_RUN : REQUEST_EVENTS;
}

void metrics_message(struct metrics *metrics, const struct steps_done *done)
{
    enum metrics_request request = request_of(done);
    metrics->requests[request]++;
    switch (request) {
    case REQUEST_EVENTS:
        answers_count(metrics, done);
        steps_count(metrics, &done->steps);
        break;
    case REQUEST_QUERY:
        histogram_add(&metrics->queries, histogram_durations,
                      steps_between_us(&done->steps, STEP_TAKEN, STEP_ANSWERED));
        break;
    case REQUEST_DRY_RUN:
    case REQUEST_REFUSED:
    case METRICS_REQUESTS:
        break;
    }
    if (done->refusal != NULL) {
        reason_count(metrics, done->refusal, done->refusal_article);
    }
}

void metrics_connection_refused(struct metrics *metrics)
{
    reason_count(metrics, "key_not_admitted", "authority");
}

// ---- Groups

static size_t channel_of(const char *name)
{
    const ProtobufCEnumValue *value =
        name == NULL
            ? NULL
            : protobuf_c_enum_descriptor_get_value_by_name(&award__channel__name__descriptor, name);
    return value != NULL && value->value > 0 && value->value < METRICS_CHANNELS
               ? (size_t)value->value
               : 0;
}

static void delivery_count(struct metrics *metrics, const Award__Event *event)
{
    if (event->body_case == AWARD__EVENT__BODY_MESSAGE_DELIVERED) {
        metrics->delivered[channel_of(event->message_delivered->channel)]++;
    } else if (event->body_case == AWARD__EVENT__BODY_MESSAGE_FAILED) {
        metrics->undelivered[channel_of(event->message_failed->channel)]++;
    }
}

void metrics_group(struct metrics *metrics, const struct ledger_group *group)
{
    for (size_t i = 0; i < group->count; i++) {
        const Award__Entry *entry = group->entries[i];
        size_t outcome = (size_t)entry->decision->outcome;
        metrics->events[type_of(entry->event)][outcome < METRICS_OUTCOMES ? outcome : 0]++;
        delivery_count(metrics, entry->event);
    }
    histogram_add(&metrics->group_entries, histogram_sizes, (int64_t)group->count);
    histogram_add(&metrics->sync, histogram_durations, group->sync_us);
}
