// settle - waits until the workers have answered all open tasks
//
// The feed says when there is something new, and the status is asked then. The feed may lose items
// (to a subscriber whose connection is not yet up, for one), so the status is asked after a while
// of silence, too; that is no way of waiting, only of not waiting for ever.
#include "clients/ctl/settle.h"

#include "clients/ctl/interrupt.h"
#include "common/memory.h"

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALLOWED_SECONDS = 30, SILENCE_US = 300000, NAMED_MAX = 20 };

struct settle {
    struct client *client;
    struct event *silence;
    struct event *allowed;
    uint64_t items; // of the feed
    bool expired;
};

static void item_arrived(void *context, const Award__FeedItem *item)
{
    struct settle *settle = context;
    (void)item;
    settle->items++;
    client_stop(settle->client);
}

static void silence_heard(evutil_socket_t fd, short what, void *context)
{
    struct settle *settle = context;
    (void)fd;
    (void)what;
    client_stop(settle->client);
}

static void allowed_over(evutil_socket_t fd, short what, void *context)
{
    struct settle *settle = context;
    (void)fd;
    (void)what;
    settle->expired = true;
    client_stop(settle->client);
}

struct settle *settle_create(const struct ctl *ctl, struct client *client)
{
    struct client_error error;
    struct settle *settle = memory_allocate(sizeof(*settle));
    settle->client = client;
    settle->silence = evtimer_new(client_base(client), silence_heard, settle);
    settle->allowed = evtimer_new(client_base(client), allowed_over, settle);
    if (settle->silence == NULL || settle->allowed == NULL) {
        abort();
    }
    if (!client_follow(client, ctl->settings.feed_endpoint, item_arrived, settle, &error)) {
        (void)ctl_client_error(&error);
        settle_destroy(settle);
        return NULL;
    }
    return settle;
}

void settle_destroy(struct settle *settle)
{
    if (settle != NULL) {
        event_free(settle->silence);
        event_free(settle->allowed);
        free(settle);
    }
}

static const Award__QueryReply *ask(const struct settle *settle, Award__Query *query,
                                    struct arena *arena)
{
    Award__Envelope request;
    const Award__Envelope *reply;
    struct client_error error;
    award__envelope__init(&request);
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = query;
    if (!client_request(settle->client, &request, arena, &reply, &error)) {
        (void)ctl_client_error(&error);
        return NULL;
    }
    return reply->body_case == AWARD__ENVELOPE__BODY_REPLY ? reply->reply : NULL;
}

// -1 when it cannot be known, which has been said.
static int64_t tasks_open(const struct settle *settle, struct arena *arena)
{
    Award__Query query;
    Award__QueryStatus status;
    award__query__init(&query);
    award__query_status__init(&status);
    query.body_case = AWARD__QUERY__BODY_STATUS;
    query.status = &status;
    const Award__QueryReply *reply = ask(settle, &query, arena);
    if (reply == NULL) {
        return -1;
    }
    if (reply->body_case != AWARD__QUERY_REPLY__BODY_STATUS || !reply->status->has_tasks_open) {
        (void)ctl_error(CTL_NOT_ADMITTED,
                        "--settle 需要能查看任务的密钥；请用 --clock-key 指明管理员",
                        "--settle needs a key that may look at tasks; name the administrator's "
                        "with --clock-key");
        return -1;
    }
    return (int64_t)reply->status->tasks_open;
}

static void tasks_name(const struct settle *settle, struct arena *arena)
{
    Award__Query query;
    Award__QueryTasks tasks;
    award__query__init(&query);
    award__query_tasks__init(&tasks);
    query.body_case = AWARD__QUERY__BODY_TASKS;
    query.tasks = &tasks;
    const Award__QueryReply *reply = ask(settle, &query, arena);
    (void)ctl_error(CTL_UNREACHABLE, "三十秒内仍有任务未答复；请确认各工作进程在运行：",
                    "tasks were not answered within thirty seconds; see that the workers run:");
    if (reply == NULL || reply->body_case != AWARD__QUERY_REPLY__BODY_TASKS) {
        return;
    }
    for (size_t i = 0; i < reply->tasks->n_rows && i < NAMED_MAX; i++) {
        const Award__Task *task = reply->tasks->rows[i]->task;
        if (task != NULL && !task->given_up) {
            (void)fprintf(stderr, "          %s%s%s\n", task->task,
                          task->last_failure != NULL ? ": " : "",
                          task->last_failure != NULL ? task->last_failure : "");
        }
    }
}

// Until there is something new.
static void news_wait(struct settle *settle)
{
    static const struct timeval while_silent = {.tv_usec = SILENCE_US};
    (void)event_add(settle->silence, &while_silent);
    client_run(settle->client);
    (void)event_del(settle->silence);
}

bool settle_wait(struct settle *settle)
{
    static const struct timeval allowed = {.tv_sec = ALLOWED_SECONDS};
    struct arena *arena = arena_create();
    settle->expired = false;
    (void)event_add(settle->allowed, &allowed);
    for (;;) {
        uint64_t seen = settle->items;
        int64_t open = tasks_open(settle, arena);
        bool interrupted = interrupt_came() != 0;
        if (open <= 0 || settle->expired || interrupted) {
            if (open > 0 && !interrupted) {
                tasks_name(settle, arena);
            }
            (void)event_del(settle->allowed);
            arena_destroy(arena);
            return open == 0 || (open > 0 && interrupted);
        }
        arena_reset(arena);
        if (settle->items == seen) {
            news_wait(settle);
        }
    }
}
