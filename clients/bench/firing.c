// firing - how late what is due is on record, and whether it is there whole
#include "clients/bench/firing.h"

#include "clients/bench/memory.h"
#include "clients/bench/raw_limit.h"
#include "clients/bench/samples.h"
#include "common/clock.h"
#include "common/limits.h"
#include "common/text.h"
#include "daemon/store/journal.h"
#include "entry.pb-c.h"

#include <event2/event.h>

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SILENCE_SECONDS = 600, // longer than any deadline is ahead when the watch begins
    REST_SECONDS = 6,      // the coordinator writes its state when it has been idle for two
    NAME_BYTES = 512,      // of a deadline
};

// What the feed said when.
struct item {
    uint64_t entry;
    int64_t at_ns; // of the wall clock, which deadlines go by
};

struct firing {
    const struct bench_office *office;
    struct client *client;
    size_t due;
    size_t pid;
    uint64_t before; // last entry before the first that fires
    struct item *items;
    size_t items_count;
    int64_t due_ms; // the one moment
    struct memory before_firing;
    struct memory peak; // each of the two at its highest
    struct memory after_firing;
    struct samples_spread lateness;
    struct samples_spread raw;
    uint64_t bytes;
};

static int64_t wall_now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

// ---- Watching

static void memory_look(struct firing *firing)
{
    firing->after_firing = memory_of(firing->pid);
    firing->peak = memory_higher(firing->peak, firing->after_firing);
}

static void item_take(void *context, const Award__FeedItem *item)
{
    struct firing *firing = context;
    if (item->entry <= firing->before || firing->items_count == firing->due) {
        return;
    }
    firing->items[firing->items_count++] = (struct item){item->entry, wall_now_ns()};
    memory_look(firing);
    if (item->entry >= firing->before + firing->due) {
        client_stop(firing->client);
    }
}

static void silence_end(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    client_stop(((struct firing *)context)->client);
}

static void run_for(struct firing *firing, int seconds)
{
    const struct timeval timeout = {.tv_sec = seconds, .tv_usec = 0};
    struct event *timer = evtimer_new(client_base(firing->client), silence_end, firing);
    (void)event_add(timer, &timeout);
    client_run(firing->client);
    event_free(timer);
}

static bool feed_follow(struct firing *firing)
{
    struct client_error error;
    firing->client = bench_office_connect(firing->office, "office", NULL);
    if (firing->client == NULL) {
        return false;
    }
    if (!client_follow(firing->client, firing->office->client_settings.feed_endpoint, item_take,
                       firing, &error)) {
        return bench_fail(error.zh, error.en);
    }
    run_for(firing, SILENCE_SECONDS);
    bool all = firing->items_count > 0 &&
               firing->items[firing->items_count - 1].entry >= firing->before + firing->due;
    if (!all) {
        return bench_fail("限时内未全部到期。", "Not everything has fired in the time allowed.");
    }
    run_for(firing, REST_SECONDS); // its state is written
    memory_look(firing);
    return true;
}

// ---- What is on record

static bool entry_wrong(uint64_t number, const char *what)
{
    (void)fprintf(stderr, "award-bench: 第 %" PRIu64 " 条日志有误 / entry %" PRIu64 ": %s\n",
                  number, number, what);
    return false;
}

static const Award__Deadline *deadline_of(const Award__Entry *entry)
{
    for (size_t i = 0; i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_DEADLINE) {
            return change->deadline;
        }
    }
    return NULL;
}

// One entry; `last` is the name of the deadline before, and becomes that of this one.
static bool entry_check(struct firing *firing, const Award__Entry *entry, char last[NAME_BYTES])
{
    const Award__Deadline *deadline = entry != NULL ? deadline_of(entry) : NULL;
    if (deadline == NULL || entry->event->body_case != AWARD__EVENT__BODY_DEADLINE_DUE) {
        return entry_wrong(entry != NULL ? entry->number : 0, "it is no deadline that fired");
    }
    if (firing->due_ms == 0) {
        firing->due_ms = deadline->end->ms + 1;
    }
    if (deadline->end->ms + 1 != firing->due_ms || entry->recorded->ms < firing->due_ms) {
        return entry_wrong(entry->number, "it fired early");
    }
    if (strcmp(last, deadline->deadline) >= 0) {
        return entry_wrong(entry->number, "it fired twice, or out of order");
    }
    (void)snprintf(last, NAME_BYTES, "%s", deadline->deadline);
    return true;
}

static bool journal_check(struct firing *firing, struct journal *journal)
{
    char last[NAME_BYTES] = "";
    bool good = journal_last(journal) == firing->before + firing->due;
    if (!good) {
        return bench_fail("到期之外另有日志。", "There are other entries than those that fired.");
    }
    struct arena *arena = arena_create();
    for (size_t i = 1; good && i <= firing->due; i++) {
        struct journal_entry stored;
        struct store_error error;
        const Award__Entry *entry = NULL;
        if (journal_read(journal, firing->before + i, arena, &stored, &error) == STORE_OK) {
            firing->bytes += stored.bytes.size;
            entry = (const Award__Entry *)codec_unpack_trusted(&award__entry__descriptor,
                                                               stored.bytes, arena);
        }
        good = entry_check(firing, entry, last);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return good;
}

// An entry is late until its group is durable.
static void group_late(struct samples *samples, size_t entries, int64_t late_ns)
{
    for (size_t i = 0; i < entries; i++) {
        samples_add(samples, late_ns > 0 ? (uint64_t)late_ns : 0);
    }
}

// Where the i-th group ends, counted in entries from the first that fired.
static size_t group_end(const struct firing *firing, size_t i)
{
    size_t end = (size_t)(firing->items[i].entry - firing->before);
    return end < firing->due ? end : firing->due;
}

static void lateness_measure(struct firing *firing)
{
    struct samples *samples = samples_create(firing->due);
    size_t from = 0;
    for (size_t i = 0; i < firing->items_count && from < firing->due; i++) {
        size_t until = group_end(firing, i);
        group_late(samples, until - from, firing->items[i].at_ns - firing->due_ms * NS_PER_MS);
        from = until;
    }
    firing->lateness = samples_spread(samples);
    samples_destroy(samples);
}

// ---- The same writes alone

static bool raw_measure(struct firing *firing, const char *beside)
{
    struct bench_office other;
    struct raw_limit_result result;
    const struct raw_limit raw = {
        .office = &other,
        .journal = bench_office_journal(firing->office),
        .first_entry = firing->before + 1,
        .last_entry = firing->before + firing->due,
        .group_entries = LIMIT_GROUP_EVENTS,
    };
    bool good = bench_office_open(&other, beside) && raw_limit_run(&raw, &result);
    if (good) {
        firing->raw = result.durable;
    }
    bench_office_close(&other);
    return good;
}

// ---- Printing

static uint64_t rate(const struct firing *firing, const struct samples_spread *spread)
{
    return spread->longest_ns > 0 ? firing->due * NS_PER_SECOND / spread->longest_ns : 0;
}

// In hundredths.
static uint64_t ratio(uint64_t one_ns, uint64_t other_ns)
{
    return other_ns > 0 ? one_ns * 100 / other_ns : 0;
}

static void row_print(bool json, const char *name, const char *label, uint64_t value,
                      const char *unit)
{
    enum { LABEL_COLUMNS = 48 };
    if (json) {
        (void)printf("{\"name\": \"%s\", \"value\": %" PRIu64 ", \"unit\": \"%s\"}\n", name, value,
                     unit);
        return;
    }
    size_t width = text_width(label);
    (void)printf("%s%*s%12" PRIu64 " %s\n", label,
                 width < LABEL_COLUMNS ? LABEL_COLUMNS - (int)width : 1, "", value, unit);
}

static void us_print(bool json, const char *name, const char *label, uint64_t ns)
{
    row_print(json, name, label, ns / NS_PER_US, "us");
}

static void times_print(const struct firing *firing, bool json)
{
    const struct samples_spread *late = &firing->lateness;
    const struct samples_spread *raw = &firing->raw;
    row_print(json, "firing_rate", "速率 / rate", rate(firing, late), "entries/s");
    us_print(json, "firing_p50", "迟于到期 / lateness p50", late->p50_ns);
    us_print(json, "firing_p99", "迟于到期 / lateness p99", late->p99_ns);
    us_print(json, "firing_longest", "迟于到期，最长 / lateness, longest", late->longest_ns);
    row_print(json, "raw_rate", "磁盘极限 / raw limit", rate(firing, raw), "entries/s");
    us_print(json, "raw_p50", "磁盘极限 / raw limit p50", raw->p50_ns);
    us_print(json, "raw_p99", "磁盘极限 / raw limit p99", raw->p99_ns);
    row_print(json, "firing_of_raw_p50", "两者之比 / ratio of the two, p50",
              ratio(late->p50_ns, raw->p50_ns), "per cent");
    row_print(json, "firing_of_raw_p99", "两者之比 / ratio of the two, p99",
              ratio(late->p99_ns, raw->p99_ns), "per cent");
}

static void memory_print(const struct firing *firing, bool json)
{
    row_print(json, "memory_before", "自有内存，到期前 / own memory before",
              firing->before_firing.own_kb, "KiB");
    row_print(json, "memory_peak", "自有内存，最高 / own memory, peak", firing->peak.own_kb, "KiB");
    row_print(json, "memory_after", "自有内存，其后 / own memory after",
              firing->after_firing.own_kb, "KiB");
    row_print(json, "mapped_before", "映射的文件页，到期前 / mapped pages before",
              firing->before_firing.files_kb, "KiB");
    row_print(json, "mapped_peak", "映射的文件页，最高 / mapped pages, peak", firing->peak.files_kb,
              "KiB");
    row_print(json, "mapped_after", "映射的文件页，其后 / mapped pages after",
              firing->after_firing.files_kb, "KiB");
}

static void rows_print(const struct firing *firing, bool json)
{
    row_print(json, "firing_fired", "全部到期，依次，无重复 / fired, in order, none twice",
              firing->due, "deadlines");
    row_print(json, "firing_groups", "分组 / groups", firing->items_count, "groups");
    row_print(json, "firing_entry_bytes", "每条日志 / an entry", firing->bytes / firing->due,
              "bytes");
    times_print(firing, json);
    memory_print(firing, json);
}

// ---- All of it

static struct journal *journal_look(const struct firing *firing)
{
    struct store_error error;
    struct journal *journal = journal_open_read_only(bench_office_journal(firing->office), &error);
    if (journal == NULL) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
    }
    return journal;
}

static bool measure(struct firing *firing, const char *beside)
{
    struct journal *journal = journal_look(firing);
    if (journal == NULL) {
        return false;
    }
    firing->before = journal_last(journal);
    journal_close(journal);
    firing->before_firing = memory_of(firing->pid);
    if (!feed_follow(firing)) {
        return false;
    }
    journal = journal_look(firing);
    bool good = journal != NULL && journal_check(firing, journal);
    journal_close(journal);
    if (!good) {
        return false;
    }
    lateness_measure(firing);
    return raw_measure(firing, beside);
}

bool firing_watch(const struct bench_office *office, const char *beside, size_t due, size_t pid,
                  bool json)
{
    struct firing firing = {.office = office, .due = due, .pid = pid};
    firing.items = calloc(due, sizeof(*firing.items));
    if (firing.items == NULL) {
        abort(); // out of memory before anything has begun
    }
    bool good = measure(&firing, beside);
    if (good) {
        rows_print(&firing, json);
    }
    client_close(firing.client);
    free(firing.items);
    return good;
}
