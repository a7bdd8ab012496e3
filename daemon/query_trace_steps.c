// query_trace_steps - the list of steps: adding one, what is still open at the end, the order of
// time
#include "daemon/query_trace.h"

#include "common/clock.h"
#include "rules/tasks.h"

#define STEP(name) AWARD__TRACE__STEP__WHAT__##name
#define FOLLOWED(name) AWARD__TRACE__FOLLOWED__KIND__##name

static char coordinator[] = "awardd";

Award__Trace__Step *tracing_step(struct tracing *t, Award__Trace__Step__What what, int64_t at_us)
{
    struct deciding *d = t->asking->d;
    Award__Trace__Step *step = NEW(d, Award__Trace__Step, award__trace__step);
    SET(step, what, what);
    step->at = moment_make(d, at_us / US_PER_MS);
    if (at_us % US_PER_MS != 0) {
        SET(step, at_us, (uint32_t)(at_us % US_PER_MS));
    }
    step->process = coordinator;
    if (t->trace->n_steps < TRACE_STEPS_MAX) {
        t->trace->steps[t->trace->n_steps++] = step;
    } else {
        SET(t->trace, cut, 1);
    }
    return step;
}

char *tracing_text(const struct tracing *t, const char *text)
{
    return text != NULL ? arena_string(t->asking->arena, text) : NULL;
}

void tracing_worker(const struct tracing *t, Award__Trace__Step *step, const char *worker,
                    Award__TaskKind__Name kind)
{
    const struct task_row *row = task_row(kind);
    step->process = tracing_text(t, worker);
    if (row != NULL) {
        SET(step, role, row->worker);
    }
}

// ---- Still open

static int64_t step_us(const Award__Trace__Step *step)
{
    return step->at->ms * US_PER_MS + step->at_us;
}

// Now, and behind all that is told: a manual clock stands still.
static int64_t end_us(const struct tracing *t)
{
    int64_t end_us = ledger_now(t->asking->ledger) * US_PER_MS;
    for (size_t i = 0; i < t->trace->n_steps; i++) {
        int64_t at_us = step_us(t->trace->steps[i]);
        end_us = at_us > end_us ? at_us : end_us;
    }
    return end_us;
}

static bool delivery_followed(struct tracing *t, const char *message)
{
    const char *task = arena_format(t->scratch, "deliver_message:%s:1", message);
    return tracing_followed(t, FOLLOWED(task), task) != NULL;
}

static void task_open(struct tracing *t, const char *name, int64_t now_us)
{
    const struct query_server *server = t->asking->server;
    const Award__Task *task = task_get(t->asking->d, name);
    const char *worker =
        task != NULL && server->leased_to != NULL ? server->leased_to(server->context, name) : NULL;
    Award__Trace__Step *step = tracing_step(t, STEP(open), now_us);
    step->task = tracing_text(t, name);
    if (worker != NULL) {
        tracing_worker(t, step, worker, task->kind);
    }
}

void tracing_open(struct tracing *t)
{
    int64_t now_us = end_us(t);
    for (size_t i = 0; i < t->followed_count; i++) {
        const struct followed *followed = &t->followed[i];
        if (followed->over) {
            continue;
        }
        if (followed->kind == FOLLOWED(task)) {
            task_open(t, followed->name, now_us);
        } else if (followed->kind == FOLLOWED(pending)) {
            tracing_step(t, STEP(open), now_us)->id = tracing_text(t, followed->name);
        } else if (!delivery_followed(t, followed->name)) {
            tracing_step(t, STEP(open), now_us)->message = tracing_text(t, followed->name);
        }
    }
}

// ---- In order

// They are nearly so already; what is of one time stays as it came.
void tracing_order(Award__Trace *trace)
{
    for (size_t i = 1; i < trace->n_steps; i++) {
        Award__Trace__Step *step = trace->steps[i];
        size_t at = i;
        while (at > 0 && step_us(trace->steps[at - 1]) > step_us(step)) {
            trace->steps[at] = trace->steps[at - 1];
            at--;
        }
        trace->steps[at] = step;
    }
    for (size_t i = 1; i < trace->n_steps; i++) {
        SET(trace->steps[i], since_us,
            (uint64_t)(step_us(trace->steps[i]) - step_us(trace->steps[i - 1])));
    }
}
