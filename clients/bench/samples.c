// samples - how long each of many things took, and which part of them took how long
#include "clients/bench/samples.h"

#include "common/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <time.h>

enum { PERCENT = 100 };

struct samples {
    size_t count;
    size_t count_max;
    uint64_t durations_ns[];
};

struct samples *samples_create(size_t count_max)
{
    assert(count_max > 0);
    struct samples *samples = malloc(sizeof(*samples) + count_max * sizeof(uint64_t));
    if (samples == NULL) {
        abort(); // out of memory before anything has begun
    }
    samples->count = 0;
    samples->count_max = count_max;
    return samples;
}

void samples_destroy(struct samples *samples)
{
    free(samples);
}

void samples_add(struct samples *samples, uint64_t duration_ns)
{
    assert(samples->count < samples->count_max);
    samples->durations_ns[samples->count++] = duration_ns;
}

bool samples_full(const struct samples *samples)
{
    return samples->count == samples->count_max;
}

size_t samples_count(const struct samples *samples)
{
    return samples->count;
}

static int duration_compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

// The smallest duration that so many percent of all do not pass.
static uint64_t percentile(const struct samples *samples, size_t percent)
{
    size_t rank = (samples->count * percent + PERCENT - 1) / PERCENT;
    assert(rank >= 1 && rank <= samples->count);
    return samples->durations_ns[rank - 1];
}

struct samples_spread samples_spread(struct samples *samples)
{
    if (samples->count == 0) {
        return (struct samples_spread){0};
    }
    qsort(samples->durations_ns, samples->count, sizeof(uint64_t), duration_compare);
    return (struct samples_spread){
        .p50_ns = percentile(samples, 50),
        .p99_ns = percentile(samples, 99),
        .longest_ns = samples->durations_ns[samples->count - 1],
    };
}

uint64_t samples_now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}
