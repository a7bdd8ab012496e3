// push_lines - lines of events, sent in the names of many people and reported
//
// Lines are taken one by one (push_line), go out under the key of the principal that they name
// (push_flow, lanes), and are reported in their order (push_report, echo). On a manual clock a line
// with a moment `at` first moves the clock there, never back, under the administrator's key.
#include "clients/ctl/push.h"

#include "clients/ctl/clock_event.h"
#include "clients/ctl/echo.h"
#include "clients/ctl/interrupt.h"
#include "clients/ctl/lanes.h"
#include "clients/ctl/push_flow.h"
#include "clients/ctl/push_line.h"
#include "clients/ctl/push_report.h"
#include "clients/ctl/settle.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

// A coordinator that was answering is waited for so long: it may be starting again, or have much to
// do on the way of a clock.
enum { PATIENCE_MS = 60000 };

struct push {
    struct ctl *ctl;
    struct push_options options;
    bool clock_key_there;
    struct push_ids *ids;
    struct push_report *report;
    struct echo *echo; // NULL: not wanted
    struct lanes *lanes;
    struct push_flow *flow;
    struct settle *settle;
    bool rehearsal;
    int64_t clock_ms;   // of a rehearsal, as last heard of
    uint64_t next_seen; // entry that the echo looks at next
    int status;         // of what ends the push before its end
};

// ---- Answers

static void line_answered(void *context, const struct push_line *line)
{
    struct push *push = context;
    const Award__Answer *answer = line->answer;
    if (answer->recorded != NULL && !answer->repeated && answer->recorded->ms > push->clock_ms) {
        push->clock_ms = answer->recorded->ms;
    }
    if (push->echo != NULL) {
        echo_line(push->echo, line);
    }
    push_report_line(push->report, line);
}

static void line_unanswered(void *context, const struct push_line *line)
{
    struct push *push = context;
    push_report_unanswered(push->report, line);
}

// ---- Connecting

static bool key_there(const struct push *push, const char *name)
{
    return access(arena_format(push->ctl->arena, "%s/%s.key", push->ctl->keys, name), R_OK) == 0;
}

// Asks how things stand with the usual patience: whether there is a coordinator shows here.
static bool greet(struct push *push, const char *root)
{
    Award__Query query;
    Award__QueryStatus status;
    struct ctl as_root = *push->ctl;
    award__query__init(&query);
    award__query_status__init(&status);
    query.body_case = AWARD__QUERY__BODY_STATUS;
    query.status = &status;
    as_root.principal = root;
    as_root.client = NULL;
    const Award__QueryReply *reply = ctl_query(&as_root, &query, &push->status);
    client_close(as_root.client);
    if (reply == NULL) {
        return false;
    }
    if (reply->body_case == AWARD__QUERY_REPLY__BODY_STATUS) {
        push->rehearsal = reply->status->rehearsal;
        push->clock_ms = reply->status->now != NULL ? reply->status->now->ms : 0;
        push->next_seen = reply->status->last_entry + 1;
    }
    return true;
}

// At the first line that is to be sent, whose principal is known then.
static bool connect(struct push *push, const char *principal)
{
    if (push->lanes != NULL) {
        return true;
    }
    push->clock_key_there = key_there(push, push->options.clock_key);
    const char *root = push->clock_key_there ? push->options.clock_key : principal;
    if (!greet(push, root)) {
        return false;
    }
    uint32_t patience =
        push->ctl->timeout_ms > PATIENCE_MS ? push->ctl->timeout_ms : (uint32_t)PATIENCE_MS;
    push->status = CTL_INPUT;
    push->lanes = lanes_create(push->ctl, root, patience);
    if (push->lanes == NULL) {
        return false;
    }
    struct push_flow_options options = {
        .lanes = push->lanes,
        .dry_run = push->options.dry_run,
        .answered = line_answered,
        .unanswered = line_unanswered,
        .context = push,
    };
    push->flow = push_flow_create(&options);
    if (push->options.settles) {
        push->settle = settle_create(push->ctl, lanes_root(push->lanes));
    }
    return !push->options.settles || push->settle != NULL;
}

// ---- What happens beside the lines

static const Award__QueryReply *entries_ask(struct client *client, uint64_t from,
                                            struct arena *arena)
{
    Award__Query query;
    Award__QueryEntries entries;
    Award__Envelope request;
    const Award__Envelope *reply;
    struct client_error failure;
    award__query__init(&query);
    award__query_entries__init(&entries);
    award__envelope__init(&request);
    entries.has_from = true;
    entries.from = from;
    query.body_case = AWARD__QUERY__BODY_ENTRIES;
    query.entries = &entries;
    request.body_case = AWARD__ENVELOPE__BODY_QUERY;
    request.query = &query;
    bool good = client_request(client, &request, arena, &reply, &failure) &&
                reply->body_case == AWARD__ENVELOPE__BODY_REPLY &&
                reply->reply->body_case == AWARD__QUERY_REPLY__BODY_ENTRIES;
    return good ? reply->reply : NULL;
}

// The line itself was shown with its answer, and a clock's setting says nothing.
static bool entry_shown(const Award__HistoryItem *item, const struct push_line *own)
{
    const Award__Event *event = item->event;
    return event == NULL || event->body_case == AWARD__EVENT__BODY_CLOCK_SET ||
           (own != NULL && event->id != NULL && strcmp(event->id, own->event->id) == 0);
}

// Shows what clock and workers did since the last look. What cannot be seen is left out.
static void entries_echo(struct push *push, const struct push_line *own)
{
    struct settings_error error;
    const char *eyes =
        key_there(push, push->options.echo_key) ? push->options.echo_key : push->options.clock_key;
    struct client *client = lanes_client(push->lanes, eyes, &error);
    struct arena *arena = arena_create();
    bool more = client != NULL;
    while (more) {
        const Award__QueryReply *reply = entries_ask(client, push->next_seen, arena);
        size_t count = reply != NULL ? reply->entries->n_items : 0;
        for (size_t i = 0; i < count; i++) {
            const Award__HistoryItem *item = reply->entries->items[i];
            push->next_seen = item->entry + 1;
            if (!entry_shown(item, own)) {
                echo_item(push->echo, item);
            }
        }
        more = count > 0 && reply->more;
        arena_reset(arena);
    }
    arena_destroy(arena);
}

// After a line, or after the clock was moved.
static bool calm(struct push *push, const struct push_line *own)
{
    if (push->settle != NULL && !settle_wait(push->settle)) {
        push->status = CTL_UNREACHABLE;
        return false;
    }
    if (push->echo != NULL && !push->options.dry_run) {
        entries_echo(push, own);
    }
    return true;
}

// ---- The clock

// Moves the clock to the line's moment. A line whose moment cannot be reached is rejected for the
// same reason.
static bool clock_move(struct push *push, struct push_line *line, struct arena *arena)
{
    Award__Event *event = clock_event(line->at_ms, arena);
    struct ctl as_clock = *push->ctl;
    if (!push->clock_key_there) {
        push->status = ctl_error(
            CTL_INPUT, "文件中有时刻（at），但没有管理员的密钥来拨时钟；请用 --clock-key 指明",
            "the file has moments (`at`) but there is no administrator's key "
            "to move the clock; name it with --clock-key");
        return false;
    }
    as_clock.client = lanes_root(push->lanes);
    as_clock.principal = push->options.clock_key;
    as_clock.arena = arena;
    const Award__AnswerBatch *batch = ctl_send(&as_clock, &event, 1, false, &push->status);
    if (batch == NULL) {
        return false;
    }
    const Award__Answer *answer = batch->answers[0];
    if (answer->outcome == AWARD__OUTCOME__NAME__rejected && answer->n_reasons > 0) {
        const Award__Reason *reason = answer->reasons[0];
        push_line_reject(line, reason->code, reason->article != NULL ? reason->article : "policy",
                         reason->zh, reason->en, arena);
        return true;
    }
    push->clock_ms = line->at_ms;
    return calm(push, NULL);
}

// ---- Lines

static bool flow_failed(struct push *push)
{
    push->status = ctl_client_error(push_flow_error(push->flow));
    return false;
}

// False when the push cannot go on.
static bool line_take(struct push *push, struct push_line *line, struct arena *arena)
{
    if (push->lanes == NULL && line->answer != NULL) {
        line_answered(push, line);
        return true;
    }
    if (!connect(push, line->principal)) {
        return false;
    }
    bool moves = line->answer == NULL && line->has_at && push->rehearsal &&
                 !push->options.dry_run && line->at_ms > push->clock_ms;
    if (moves && !push_flow_flush(push->flow)) {
        return flow_failed(push);
    }
    if (moves && line->at_ms > push->clock_ms && !clock_move(push, line, arena)) {
        return false;
    }
    if (!push_flow_add(push->flow, line)) {
        return flow_failed(push);
    }
    if (push->settle == NULL && (push->echo == NULL || push->options.dry_run)) {
        return true;
    }
    if (!push_flow_flush(push->flow)) {
        return flow_failed(push);
    }
    return line->answer != NULL || calm(push, line);
}

static bool source_would_wait(const struct push_lines_source *source)
{
    return source->would_wait != NULL && source->would_wait(source->context);
}

// What has been taken is sent before a writer is waited for.
static bool lines_take(struct push *push, const struct push_lines_source *lines)
{
    const struct push_source source = {push->ctl->keys, push->ctl->principal, push->ids};
    struct arena *arena = arena_create();
    struct line text;
    bool good = true;
    for (;;) {
        struct push_line line;
        if (push->flow != NULL && source_would_wait(lines) && !push_flow_flush(push->flow)) {
            good = flow_failed(push);
        }
        if (!good || !lines->next(lines->context, &text) || interrupt_came() != 0) {
            break;
        }
        if (push_line_read(&source, &text, arena, &line)) {
            good = line_take(push, &line, arena);
        }
        arena_reset(arena);
    }
    arena_destroy(arena);
    if (good && push->flow != NULL && !push_flow_flush(push->flow)) {
        good = flow_failed(push);
    }
    return good;
}

static int push_finish(struct push *push, bool good)
{
    if (!good && push->flow != NULL) {
        (void)push_flow_flush(push->flow);
    }
    settle_destroy(push->settle);
    lanes_destroy(push->lanes);
    push_flow_destroy(push->flow);
    int status = push_report_end(push->report);
    echo_destroy(push->echo);
    push_ids_destroy(push->ids);
    if (good && interrupt_came() != 0) {
        return ctl_error(INTERRUPT_STATUS + interrupt_came(),
                         "已中断，其余各行尚未提交；再次 push 同一文件即可，已在案的不会重复",
                         "interrupted, the lines after these were not sent; push the same file "
                         "again, what is on record stays as it is");
    }
    return good ? status : push->status;
}

int push_lines(struct ctl *ctl, const struct push_options *options,
               const struct push_lines_source *source)
{
    struct push push = {.ctl = ctl, .options = *options};
    push.options.settles = options->settles && !options->dry_run;
    push.report = push_report_create(ctl, options->report, options->echo);
    push.echo = options->echo ? echo_create(ctl) : NULL;
    push.ids = push_ids_create();
    return push_finish(&push, lines_take(&push, source));
}
