// Tests of metrics_page: a family and its samples, as both texts have them.
#include "daemon/metrics.h"
#include "daemon/metrics_page.h"

#include <criterion/criterion.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <string.h>

static const struct metric gauge = {
    "awardd_depth_bytes", METRIC_GAUGE, "bytes", "kind", "深度", "depth"};
static const struct metric counter = {"awardd_things", METRIC_COUNTER, NULL, NULL,
                                      "件数",          "things"};
static const struct metric info = {"awardd_build", METRIC_INFO, NULL, "version", "版本", "version"};
static const struct metric spread = {
    "awardd_wait_seconds", METRIC_HISTOGRAM, "seconds", "step", "等候", "wait"};

static struct metrics_page page_of(enum metrics_format format)
{
    return (struct metrics_page){.out = evbuffer_new(), .format = format};
}

static void page_is(struct metrics_page *page, const char *expected)
{
    (void)evbuffer_add(page->out, "", 1);
    cr_assert_str_eq((const char *)evbuffer_pullup(page->out, -1), expected);
    evbuffer_free(page->out);
}

Test(metrics_page, a_family_is_described_once_and_ends_the_page)
{
    const char *const deep[] = {"deep"};
    const char *const shallow[] = {"shallow"};
    struct metrics_page page = page_of(METRICS_OPEN);
    page_begin(&page, &gauge);
    page_sample(&page, deep, 7, 1);
    page_sample(&page, shallow, -2, 1);
    page_end(&page);
    page_is(&page, "# TYPE awardd_depth_bytes gauge\n"
                   "# UNIT awardd_depth_bytes bytes\n"
                   "# HELP awardd_depth_bytes 深度 / depth\n"
                   "awardd_depth_bytes{kind=\"deep\"} 7\n"
                   "awardd_depth_bytes{kind=\"shallow\"} -2\n"
                   "# EOF\n");
}

Test(metrics_page, a_counter_has_its_suffix_where_each_text_wants_it)
{
    struct metrics_page page = page_of(METRICS_OPEN);
    page_begin(&page, &counter);
    page_sample(&page, NULL, 3, 1);
    page_is(&page, "# TYPE awardd_things counter\n"
                   "# HELP awardd_things 件数 / things\n"
                   "awardd_things_total 3\n");
    page = page_of(METRICS_PLAIN);
    page_begin(&page, &counter);
    page_sample(&page, NULL, 3, 1);
    page_end(&page);
    page_is(&page, "# TYPE awardd_things_total counter\n"
                   "# HELP awardd_things_total 件数 / things\n"
                   "awardd_things_total 3\n");
}

Test(metrics_page, an_info_is_a_gauge_in_the_older_text)
{
    const char *const version[] = {"1.0"};
    struct metrics_page page = page_of(METRICS_PLAIN);
    page_begin(&page, &info);
    page_sample(&page, version, 1, 1);
    page_is(&page, "# TYPE awardd_build_info gauge\n"
                   "# HELP awardd_build_info 版本 / version\n"
                   "awardd_build_info{version=\"1.0\"} 1\n");
}

Test(metrics_page, what_would_end_a_value_is_escaped)
{
    const char *const value[] = {"a\"b\\c\nd"};
    struct metrics_page page = page_of(METRICS_OPEN);
    page_begin(&page, &info);
    page_sample(&page, value, 1, 1);
    page_is(&page, "# TYPE awardd_build info\n"
                   "# HELP awardd_build 版本 / version\n"
                   "awardd_build_info{version=\"a\\\"b\\\\c\\nd\"} 1\n");
}

Test(metrics_page, fractions_are_whole_numbers_with_a_point_in_them)
{
    static const struct {
        int64_t number;
        int64_t per_unit;
        const char *text;
    } rows[] = {
        {0,         1000000, "0.000000"            },
        {1,         1000000, "0.000001"            },
        {1500000,   1000000, "1.500000"            },
        {-1,        1000,    "-0.001"              },
        {-61500,    1000,    "-61.500"             },
        {INT64_MIN, 1,       "-9223372036854775808"},
        {INT64_MAX, 1,       "9223372036854775807" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char expected[256];
        struct metrics_page page = page_of(METRICS_PLAIN);
        page_begin(&page, &counter);
        page_sample(&page, NULL, rows[i].number, rows[i].per_unit);
        (void)snprintf(expected, sizeof(expected),
                       "# TYPE awardd_things_total counter\n"
                       "# HELP awardd_things_total 件数 / things\n"
                       "awardd_things_total %s\n",
                       rows[i].text);
        page_is(&page, expected);
    }
}

Test(metrics_page, the_buckets_of_a_histogram_add_up)
{
    static const struct histogram_bounds bounds[] = {
        {10,      "0.00001"},
        {1000000, "1.0"    },
        {0,       NULL     },
    };
    const char *const step[] = {"all"};
    struct histogram histogram = {.count = 0};
    histogram_add(&histogram, bounds, 10);
    histogram_add(&histogram, bounds, 11);
    histogram_add(&histogram, bounds, 1000000);
    histogram_add(&histogram, bounds, 1000001);
    struct metrics_page page = page_of(METRICS_OPEN);
    page_begin(&page, &spread);
    page_histogram(&page, step, bounds, &histogram, 1000000);
    page_is(&page, "# TYPE awardd_wait_seconds histogram\n"
                   "# UNIT awardd_wait_seconds seconds\n"
                   "# HELP awardd_wait_seconds 等候 / wait\n"
                   "awardd_wait_seconds_bucket{step=\"all\",le=\"0.00001\"} 1\n"
                   "awardd_wait_seconds_bucket{step=\"all\",le=\"1.0\"} 3\n"
                   "awardd_wait_seconds_bucket{step=\"all\",le=\"+Inf\"} 4\n"
                   "awardd_wait_seconds_sum{step=\"all\"} 2.000022\n"
                   "awardd_wait_seconds_count{step=\"all\"} 4\n");
}

Test(metrics_page, the_older_text_is_for_who_takes_no_other)
{
    cr_assert_eq(metrics_format_accepted(NULL), METRICS_OPEN);
    cr_assert_eq(metrics_format_accepted(""), METRICS_OPEN);
    cr_assert_eq(metrics_format_accepted("*/*"), METRICS_OPEN);
    cr_assert_eq(metrics_format_accepted("text/plain;version=0.0.4"), METRICS_PLAIN);
    cr_assert_eq(metrics_format_accepted("application/openmetrics-text;version=1.0.0;q=0.75,"
                                         "text/plain;version=0.0.4;q=0.5"),
                 METRICS_OPEN);
}
