// metrics_page - a page of metrics as OpenMetrics text, or as the older text of Prometheus
#include "daemon/metrics_page.h"

#include "daemon/metrics.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include <event2/buffer.h>

static const char *const types[] = {
    [METRIC_GAUGE] = "gauge",
    [METRIC_COUNTER] = "counter",
    [METRIC_HISTOGRAM] = "histogram",
    [METRIC_INFO] = "info",
};

const char *metric_type_name(enum metric_type type)
{
    return types[type];
}

const char *metrics_format_type(enum metrics_format format)
{
    return format == METRICS_OPEN ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                  : "text/plain; version=0.0.4; charset=utf-8";
}

enum metrics_format metrics_format_accepted(const char *accept)
{
    bool plain = accept != NULL && strstr(accept, "text/plain") != NULL &&
                 strstr(accept, "application/openmetrics-text") == NULL;
    return plain ? METRICS_PLAIN : METRICS_OPEN;
}

// ---- Parts

static void text_add(struct metrics_page *page, const char *text)
{
    (void)evbuffer_add(page->out, text, strlen(text));
}

// What would end the text, or its line, is written with a backslash.
static void text_escaped(struct metrics_page *page, const char *text)
{
    for (; *text != '\0'; text++) {
        size_t plain = strcspn(text, "\\\"\n");
        (void)evbuffer_add(page->out, text, plain);
        text += plain;
        if (*text == '\0') {
            return;
        }
        text_add(page, *text == '\n' ? "\\n" : *text == '"' ? "\\\"" : "\\\\");
    }
}

// What follows the family's name in its samples.
static const char *suffix_of(const struct metric *metric)
{
    return metric->type == METRIC_COUNTER ? "_total" : metric->type == METRIC_INFO ? "_info" : "";
}

static void decimals_add(struct metrics_page *page, int64_t number, int64_t per_unit)
{
    assert(per_unit == 1 || per_unit == 1000 || per_unit == 1000000);
    int digits = per_unit == 1000 ? 3 : 6;
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    uint64_t unit = (uint64_t)per_unit;
    (void)evbuffer_add_printf(page->out, "%s%" PRIu64, number < 0 ? "-" : "", size / unit);
    if (per_unit > 1) {
        (void)evbuffer_add_printf(page->out, ".%0*" PRIu64, digits, size % unit);
    }
    text_add(page, "\n");
}

static void label_add(struct metrics_page *page, const char *name, size_t length, const char *value)
{
    (void)evbuffer_add(page->out, name, length);
    text_add(page, "=\"");
    text_escaped(page, value);
    text_add(page, "\"");
}

// `more` is one behind those of the row: the bound of a histogram.
static void labels_add(struct metrics_page *page, const char *const *values, const char *more)
{
    const char *name = page->metric->labels != NULL ? page->metric->labels : "";
    const char *separator = "{";
    for (size_t i = 0; *name != '\0'; i++) {
        size_t length = strcspn(name, " ");
        text_add(page, separator);
        label_add(page, name, length, values[i]);
        name += length + strspn(name + length, " ");
        separator = ",";
    }
    if (more != NULL) {
        text_add(page, separator);
        label_add(page, "le", 2, more);
        separator = ",";
    }
    text_add(page, *separator == ',' ? "} " : " ");
}

// ---- Families

void page_begin(struct metrics_page *page, const struct metric *metric)
{
    bool open = page->format == METRICS_OPEN;
    const char *suffix = open ? "" : suffix_of(metric);
    const char *type = !open && metric->type == METRIC_INFO ? "gauge" : types[metric->type];
    page->metric = metric;
    (void)evbuffer_add_printf(page->out, "# TYPE %s%s %s\n", metric->name, suffix, type);
    if (open && metric->unit != NULL) {
        (void)evbuffer_add_printf(page->out, "# UNIT %s %s\n", metric->name, metric->unit);
    }
    (void)evbuffer_add_printf(page->out, "# HELP %s%s ", metric->name, suffix);
    text_escaped(page, metric->zh);
    text_add(page, " / ");
    text_escaped(page, metric->en);
    text_add(page, "\n");
}

void page_sample(struct metrics_page *page, const char *const *values, int64_t number,
                 int64_t per_unit)
{
    assert(page->metric->type != METRIC_HISTOGRAM);
    assert((values == NULL) == (page->metric->labels == NULL));
    text_add(page, page->metric->name);
    text_add(page, suffix_of(page->metric));
    labels_add(page, values, NULL);
    decimals_add(page, number, per_unit);
}

static void histogram_part(struct metrics_page *page, const char *suffix, const char *const *values,
                           const char *bound)
{
    text_add(page, page->metric->name);
    text_add(page, suffix);
    labels_add(page, values, bound);
}

void page_histogram(struct metrics_page *page, const char *const *values,
                    const struct histogram_bounds *bounds, const struct histogram *histogram,
                    int64_t per_unit)
{
    uint64_t count = 0;
    assert(page->metric->type == METRIC_HISTOGRAM);
    for (size_t i = 0; bounds[i].text != NULL; i++) {
        count += histogram->counts[i];
        histogram_part(page, "_bucket", values, bounds[i].text);
        decimals_add(page, (int64_t)count, 1);
    }
    histogram_part(page, "_bucket", values, "+Inf");
    decimals_add(page, (int64_t)histogram->count, 1);
    histogram_part(page, "_sum", values, NULL);
    decimals_add(page, histogram->sum, per_unit);
    histogram_part(page, "_count", values, NULL);
    decimals_add(page, (int64_t)histogram->count, 1);
}

void page_end(struct metrics_page *page)
{
    if (page->format == METRICS_OPEN) {
        text_add(page, "# EOF\n");
    }
    page->metric = NULL;
}
