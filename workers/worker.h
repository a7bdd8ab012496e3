// worker - the loop that all workers share
//
// A worker connects to the coordinator under its own key, says hello each second, takes tasks and
// reports what it found out by events. It keeps each event until the coordinator says that it is on
// record, through every reconnection; it never gives up and never touches the database. A main
// function is one call of worker_main with a table of what the worker does.
#pragma once

#include "common/arena.h"

#include "event.pb-c.h"
#include "task.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

// An option of this worker's own: --name ARGUMENT.
struct worker_option {
    const char *name;     // without the dashes; NULL ends the table
    const char *argument; // "DIR"
    const char *zh;       // one line of help each
    const char *en;
    const char **value; // holds the default, and what was given
};

struct event_base;

// A task that waits for others, such as a server: it goes on while the loop serves other tasks.
struct worker_job {
    struct event_base *base; // of the loop
    struct arena *arena;     // lives until the job has ended
    void *state;             // the worker's own
};

// Ends a job with what answers its task: as handle fills it in, in the job's arena. `answer` NULL:
// it failed for this reason.
void worker_job_end(struct worker_job *job, Award__Event *answer, const char *reason);

struct worker {
    const char *name;      // of the program
    const char *principal; // whose key it uses unless told
    const char *zh;        // what it does, one line each
    const char *en;
    uint32_t capacity;                   // tasks it takes at one time, 1 to LIMIT_TASKS_PER_WORKER
    const struct worker_option *options; // or NULL
    void *context;                       // of the two functions below

    // Called once the command line has been read, before anything is connected; may be NULL. False
    // and a sentence in *reason (static, or in the arena, which lives as long as the worker).
    bool (*init)(void *context, struct arena *arena, const char **reason);

    // Works on one task: fills in a body of the event (which is initialised and empty); the shared
    // loop adds task and id. The same task must give the same body. False and a sentence in *reason
    // (static, or in the arena): the coordinator gets `task_failed` with it and decides about
    // another attempt.
    bool (*handle)(void *context, const Award__TaskOrder *order, struct arena *arena,
                   Award__Event *answer, const char **reason);

    // Takes a task that waits for others; may be NULL. False: it is one for handle. True: it ends
    // by worker_job_end, now or later. The order lives until begin returns.
    bool (*begin)(void *context, const Award__TaskOrder *order, struct worker_job *job);

    // Lets go of all jobs that have not ended, without ending them; NULL if `begin` is. The
    // coordinator gives their tasks out again.
    void (*close)(void *context);
};

// Runs until SIGTERM or SIGINT. Returns the status of the program: 0, 1 for what is out of order
// around it (keys, endpoint), 2 for the command line.
int worker_main(int argc, char **argv, const struct worker *worker);
