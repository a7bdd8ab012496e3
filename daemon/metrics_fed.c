// metrics_fed - samples of what was counted and measured on the way
#include "daemon/metrics_families.h"

enum { MICROSECONDS = 1000000 };

static const char *outcome_name(int outcome)
{
    const ProtobufCEnumValue *value =
        protobuf_c_enum_descriptor_get_value(&award__outcome__name__descriptor, outcome);
    return value != NULL ? value->name : "none";
}

static const char *type_name(int number)
{
    Award__Event__BodyCase type = (Award__Event__BodyCase)number;
    return event_row(type) != NULL ? event_name(type) : "unknown";
}

// Types that did not come have no sample: there are a hundred of them.
void write_events(struct metrics_page *page, const struct metrics_sources *sources)
{
    for (int type = 0; type < EVENT_NUMBERS; type++) {
        for (int outcome = 0; outcome < METRICS_OUTCOMES; outcome++) {
            uint64_t count = sources->fed->events[type][outcome];
            if (count > 0) {
                const char *values[] = {type_name(type), outcome_name(outcome)};
                page_sample(page, values, (int64_t)count, 1);
            }
        }
    }
}

void write_repeated(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_sample(page, NULL, (int64_t)sources->fed->repeated, 1);
}

void write_requests(struct metrics_page *page, const struct metrics_sources *sources)
{
    for (int request = 0; request < METRICS_REQUESTS; request++) {
        const char *values[] = {metrics_request_name((enum metrics_request)request)};
        page_sample(page, values, (int64_t)sources->fed->requests[request], 1);
    }
}

void write_rejections(struct metrics_page *page, const struct metrics_sources *sources)
{
    const struct metrics *fed = sources->fed;
    for (int basis = 0; basis < METRICS_BASES; basis++) {
        const char *values[] = {metrics_basis_name((enum metrics_basis)basis)};
        uint64_t count = 0;
        for (size_t i = 0; i < fed->reasons_count; i++) {
            count += (int)fed->reasons[i].basis == basis ? fed->reasons[i].count : 0;
        }
        page_sample(page, values, (int64_t)count, 1);
    }
}

void write_reasons(struct metrics_page *page, const struct metrics_sources *sources)
{
    const struct metrics *fed = sources->fed;
    for (size_t i = 0; i < fed->reasons_count; i++) {
        const struct metrics_reason *reason = &fed->reasons[i];
        const char *values[] = {metrics_basis_name(reason->basis), reason->code};
        page_sample(page, values, (int64_t)reason->count, 1);
    }
}

void write_steps(struct metrics_page *page, const struct metrics_sources *sources)
{
    static const char *const names[STEPS] = {
        [STEP_RECEIVED] = "all",          [STEP_TAKEN] = "waited",      [STEP_DECIDED] = "decided",
        [STEP_JOURNALLED] = "journalled", [STEP_ANSWERED] = "answered",
    };
    for (int step = 0; step < STEPS; step++) {
        page_histogram(page, &names[step], histogram_durations, &sources->fed->steps[step],
                       MICROSECONDS);
    }
}

void write_queries(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_histogram(page, NULL, histogram_durations, &sources->fed->queries, MICROSECONDS);
}

void write_group_entries(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_histogram(page, NULL, histogram_sizes, &sources->fed->group_entries, 1);
}

void write_sync(struct metrics_page *page, const struct metrics_sources *sources)
{
    page_histogram(page, NULL, histogram_durations, &sources->fed->sync, MICROSECONDS);
}

static void delivery_write(struct metrics_page *page, const char *channel, const char *outcome,
                           uint64_t count)
{
    const char *values[] = {channel, outcome};
    page_sample(page, values, (int64_t)count, 1);
}

void write_deliveries(struct metrics_page *page, const struct metrics_sources *sources)
{
    const ProtobufCEnumDescriptor *channels = &award__channel__name__descriptor;
    for (unsigned i = 0; i < channels->n_values; i++) {
        const ProtobufCEnumValue *channel = &channels->values[i];
        if (channel->value < METRICS_CHANNELS) {
            delivery_write(page, channel->name, "delivered",
                           sources->fed->delivered[channel->value]);
            delivery_write(page, channel->name, "failed",
                           sources->fed->undelivered[channel->value]);
        }
    }
}
