// trace - what the coordinator remembers of its last events and tasks, beyond what is on record
//
// An event lies in the slot of its entry's number, so that it is found without looking for it.
// What happened to tasks lies in the order in which it did, and is found by a hash of the task's
// name; the hashes lie together, for they are walked through.
#include "daemon/trace.h"

#include "common/clock.h"
#include "common/memory.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

// Times as microseconds from when its message's turn came.
struct event_slot {
    uint64_t entry; // 0: empty
    int64_t taken_ms;
    int32_t received_us;
    int32_t decided_us;
    int32_t journalled_us;
    int32_t answered_us;
};

struct task_slot {
    int64_t at_ms;
    uint8_t what;
    char worker[LIMIT_ID_BYTES + 1];
};

struct trace {
    size_t size; // of each ring
    struct event_slot *events;
    struct task_slot *tasks;
    uint64_t *hashes;     // of the tasks' names
    uint64_t tasks_noted; // the next one lies at the remainder
    struct trace_counts counts;
};

static void rings_make(struct trace *trace, size_t size)
{
    assert(size > 0);
    trace->size = size;
    trace->events = memory_allocate(size * sizeof(*trace->events));
    trace->tasks = memory_allocate(size * sizeof(*trace->tasks));
    trace->hashes = memory_allocate(size * sizeof(*trace->hashes));
}

static void rings_free(struct trace *trace)
{
    free(trace->events);
    free(trace->tasks);
    free(trace->hashes);
}

struct trace *trace_create(size_t events)
{
    struct trace *trace = memory_allocate(sizeof(*trace));
    rings_make(trace, events);
    return trace;
}

void trace_destroy(struct trace *trace)
{
    if (trace != NULL) {
        rings_free(trace);
        free(trace);
    }
}

// ---- Events

static void event_put(struct trace *trace, const struct event_slot *event)
{
    struct event_slot *slot = &trace->events[event->entry % trace->size];
    trace->counts.remembered += slot->entry == 0 ? 1 : 0;
    trace->counts.forgotten += slot->entry == 0 ? 0 : 1;
    if (slot->entry < event->entry) { // else: of a ring that was made smaller
        *slot = *event;
    }
}

// Half an hour is as long as can be told; nothing waits so long.
static int32_t offset_us(const struct steps *steps, enum step step)
{
    int64_t us = steps->at_us[step] - steps->at_us[STEP_TAKEN];
    us = us < INT32_MAX ? us : INT32_MAX;
    return us > INT32_MIN ? (int32_t)us : INT32_MIN;
}

static bool is_new(const Award__Answer *answer)
{
    return answer->entry != 0 && !answer->repeated && !answer->dry_run && answer->recorded != NULL;
}

void trace_note(struct trace *trace, const struct steps_done *done)
{
    struct event_slot event = {
        .received_us = offset_us(&done->steps, STEP_RECEIVED),
        .decided_us = offset_us(&done->steps, STEP_DECIDED),
        .journalled_us = offset_us(&done->steps, STEP_JOURNALLED),
        .answered_us = offset_us(&done->steps, STEP_ANSWERED),
    };
    for (size_t i = 0; done->answers != NULL && i < done->answers->n_answers; i++) {
        const Award__Answer *answer = done->answers->answers[i];
        if (!is_new(answer)) {
            continue;
        }
        // The clock was read for the first of them when its turn came.
        event.taken_ms = event.taken_ms == 0 ? answer->recorded->ms : event.taken_ms;
        event.entry = answer->entry;
        event_put(trace, &event);
    }
}

static int64_t later(int64_t one, int64_t other)
{
    return one > other ? one : other;
}

bool trace_of_entry(const struct trace *trace, uint64_t entry, int64_t recorded_ms,
                    struct trace_times *times)
{
    const struct event_slot *slot = &trace->events[entry % trace->size];
    if (entry == 0 || slot->entry != entry) {
        return false;
    }
    int64_t taken_us = slot->taken_ms * US_PER_MS;
    times->received_us = taken_us + slot->received_us;
    times->taken_us = later(taken_us, times->received_us);
    // A later one of many events in a message was recorded while they were decided.
    times->decided_us = later(taken_us + slot->decided_us, recorded_ms * US_PER_MS);
    times->decided_us = later(times->decided_us, times->taken_us);
    times->journalled_us = later(taken_us + slot->journalled_us, times->decided_us);
    times->answered_us = later(taken_us + slot->answered_us, times->journalled_us);
    return true;
}

// ---- Tasks

static uint64_t name_hash(const char *name)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = {0};
    uint64_t hash;
    _Static_assert(sizeof(hash) == crypto_shorthash_BYTES, "as wide as the library's");
    (void)crypto_shorthash((unsigned char *)&hash, (const unsigned char *)name, strlen(name), key);
    return hash;
}

static void task_put(struct trace *trace, uint64_t hash, const struct task_slot *task)
{
    size_t at = (size_t)(trace->tasks_noted % trace->size);
    trace->hashes[at] = hash;
    trace->tasks[at] = *task;
    trace->tasks_noted++;
}

void trace_task_note(struct trace *trace, enum trace_what what, const char *task,
                     const char *worker, int64_t at_ms)
{
    struct task_slot slot = {.at_ms = at_ms, .what = (uint8_t)what};
    size_t length = strnlen(worker, LIMIT_ID_BYTES);
    memcpy(slot.worker, worker, length);
    task_put(trace, name_hash(task), &slot);
}

static size_t tasks_count(const struct trace *trace)
{
    return trace->tasks_noted < trace->size ? (size_t)trace->tasks_noted : trace->size;
}

size_t trace_of_task(const struct trace *trace, const char *task, size_t most,
                     struct trace_task *list)
{
    uint64_t hash = name_hash(task);
    size_t at = (size_t)(trace->tasks_noted % trace->size);
    size_t count = 0;
    for (size_t left = tasks_count(trace); left > 0 && count < most; left--) {
        at = (at > 0 ? at : trace->size) - 1;
        if (trace->hashes[at] == hash) {
            struct trace_task *found = &list[count++];
            found->what = (enum trace_what)trace->tasks[at].what;
            found->at_ms = trace->tasks[at].at_ms;
            memcpy(found->worker, trace->tasks[at].worker, sizeof(found->worker));
        }
    }
    for (size_t i = 0; i < count / 2; i++) {
        struct trace_task swapped = list[i];
        list[i] = list[count - 1 - i];
        list[count - 1 - i] = swapped;
    }
    return count;
}

// ---- Both

struct trace_counts trace_counts(const struct trace *trace)
{
    return trace->counts;
}

void trace_resize(struct trace *trace, size_t events)
{
    struct trace former = *trace;
    if (events == former.size) {
        return;
    }
    rings_make(trace, events);
    trace->tasks_noted = 0;
    trace->counts.remembered = 0;
    for (size_t i = 0; i < former.size; i++) {
        if (former.events[i].entry != 0) {
            event_put(trace, &former.events[i]);
        }
    }
    uint64_t first = former.tasks_noted - tasks_count(&former);
    for (uint64_t number = first; number < former.tasks_noted; number++) {
        size_t at = (size_t)(number % former.size);
        task_put(trace, former.hashes[at], &former.tasks[at]);
    }
    rings_free(&former);
}
