// metrics_page - a page of metrics as OpenMetrics text, or as the older text of Prometheus
//
// One row describes a family: its name without `_total`, what it counts in, what its samples are
// told apart by. Values are whole numbers of a fraction (microseconds of a second), so nothing is
// rounded. A family is begun once and all its samples follow.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct evbuffer;

enum metric_type { METRIC_GAUGE, METRIC_COUNTER, METRIC_HISTOGRAM, METRIC_INFO };

struct metric {
    const char *name; // ends in its unit; without _total
    enum metric_type type;
    const char *unit;   // "seconds", "bytes"; NULL: none
    const char *labels; // names, blanks between them; NULL: none
    const char *zh;
    const char *en;
};

const char *metric_type_name(enum metric_type type);

enum metrics_format {
    METRICS_OPEN,  // OpenMetrics 1.0
    METRICS_PLAIN, // Prometheus text 0.0.4: a counter is described as NAME_total
};

struct metrics_page {
    struct evbuffer *out;
    enum metrics_format format;
    const struct metric *metric; // the family that was begun
};

// The media type of a format, and the one that an Accept header asks for: OpenMetrics unless it
// names plain text alone. NULL: there is none.
const char *metrics_format_type(enum metrics_format format);
enum metrics_format metrics_format_accepted(const char *accept);

void page_begin(struct metrics_page *page, const struct metric *metric);

// One sample of a gauge, counter or info: number / per_unit, 1 being whole numbers. `values` are
// those of the labels, in their order; NULL where there are none. Texts may be any UTF-8.
void page_sample(struct metrics_page *page, const char *const *values, int64_t number,
                 int64_t per_unit);

struct histogram;
struct histogram_bounds;

// A histogram, its sum in number / per_unit.
void page_histogram(struct metrics_page *page, const char *const *values,
                    const struct histogram_bounds *bounds, const struct histogram *histogram,
                    int64_t per_unit);

void page_end(struct metrics_page *page);
