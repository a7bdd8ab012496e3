// push - `push FILE|-`: a file of events, in the names of many people
//
// Lines are read one by one (push_line), go out under the key of the principal that they name
// (push_flow, lanes), and are reported in their order (push_report, echo). On a manual clock a line
// with a moment `at` first moves the clock there, never back, under the administrator's key.
#include "clients/ctl/clock_event.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/echo.h"
#include "clients/ctl/interrupt.h"
#include "clients/ctl/lanes.h"
#include "clients/ctl/push_flow.h"
#include "clients/ctl/push_line.h"
#include "clients/ctl/push_report.h"
#include "clients/ctl/settle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// A coordinator that was answering is waited for so long: it may be starting again, or have much to
// do on the way of a clock.
enum { PATIENCE_MS = 60000 };

static int push_run(struct ctl *ctl, int argc, char **argv);

const struct command command_push = {
    .name = "push",
    .arguments = "FILE|- [--dry-run] [--settle] [--echo] [--report FILE] [--clock-key NAME]",
    .zh = "提交事件文件（JSON 行）",
    .en = "push a file of events (JSON lines)",
    .help =
        "每行一个事件；principal 说明以谁的名义，用密钥目录中该人的密钥发送；at "
        "说明时刻，演练库的\n"
        "时钟先拨到那里。没有 id 的事件由内容得出 id，重复提交不会改变任何东西。\n"
        "按 Ctrl-C：已送出的等到答复，打印计数，以 130 退出；再按一次立即退出。\n"
        "One event a line; `principal` says under whose key it goes out, `at` where a manual "
        "clock\n"
        "is moved to first. An event without id gets one from its content: pushing twice is safe.\n"
        "Ctrl-C: what is on its way is answered, the counts are printed, and the status is 130; a\n"
        "second one ends it at once.\n"
        "\n"
        "  --dry-run         只试算，不写入 / decide without writing\n"
        "  --settle          每行之后等各任务答复 / wait after each line until tasks are answered\n"
        "  --echo            逐步显示 / show each step\n"
        "  --echo-key NAME   以谁的眼睛看日志（默认 supervision）/ whose eyes see the journal\n"
        "  --clock-key NAME  用谁的密钥拨时钟（默认 admin）/ whose key moves the clock\n"
        "  --report FILE     另写每行结果（JSON 行）/ the result of each line, for programs\n",
    .needs_settings = true,
    .run = push_run,
};

struct push {
    struct ctl *ctl;
    bool dry_run;
    bool settles;
    const char *clock_key;
    const char *echo_key;
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
    push->clock_key_there = key_there(push, push->clock_key);
    const char *root = push->clock_key_there ? push->clock_key : principal;
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
        .dry_run = push->dry_run,
        .answered = line_answered,
        .unanswered = line_unanswered,
        .context = push,
    };
    push->flow = push_flow_create(&options);
    if (push->settles) {
        push->settle = settle_create(push->ctl, lanes_root(push->lanes));
    }
    return !push->settles || push->settle != NULL;
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
    char error[SETTINGS_PATH_BYTES * 4];
    const char *eyes = key_there(push, push->echo_key) ? push->echo_key : push->clock_key;
    struct client *client = lanes_client(push->lanes, eyes, error, sizeof(error));
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
    if (push->echo != NULL && !push->dry_run) {
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
    as_clock.principal = push->clock_key;
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
    bool moves = line->answer == NULL && line->has_at && push->rehearsal && !push->dry_run &&
                 line->at_ms > push->clock_ms;
    if (moves && !push_flow_flush(push->flow)) {
        return flow_failed(push);
    }
    if (moves && line->at_ms > push->clock_ms && !clock_move(push, line, arena)) {
        return false;
    }
    if (!push_flow_add(push->flow, line)) {
        return flow_failed(push);
    }
    if (push->settle == NULL && (push->echo == NULL || push->dry_run)) {
        return true;
    }
    if (!push_flow_flush(push->flow)) {
        return flow_failed(push);
    }
    return line->answer != NULL || calm(push, line);
}

// What has been taken is sent before a writer is waited for.
static bool lines_take(struct push *push, struct line_reader *reader)
{
    const struct push_source source = {push->ctl->keys, push->ctl->principal, push->ids};
    struct arena *arena = arena_create();
    struct line text;
    bool good = true;
    for (;;) {
        struct push_line line;
        if (push->flow != NULL && line_reader_would_wait(reader) && !push_flow_flush(push->flow)) {
            good = flow_failed(push);
        }
        if (!good || !line_reader_next(reader, &text) || interrupt_came() != 0) {
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

static int push_file(struct push *push, int fd, FILE *report, bool echo)
{
    struct line_reader *reader = line_reader_create(fd, interrupt_watch());
    push->report = push_report_create(push->ctl, report, echo);
    push->echo = echo ? echo_create(push->ctl) : NULL;
    push->ids = push_ids_create();
    bool good = lines_take(push, reader);
    if (line_reader_error(reader) != 0) {
        push->status =
            ctl_error(CTL_INPUT, "事件文件读到一半出错；请检查磁盘后重新提交，重复是安全的",
                      "reading the events failed half way; push again, it is safe");
        good = false;
    }
    line_reader_destroy(reader);
    return push_finish(push, good);
}

static int file_problem(const struct ctl *ctl, const char *path)
{
    const char *why = strerror(errno);
    return ctl_error(CTL_INPUT, arena_format(ctl->arena, "打不开 %s：%s", path, why),
                     arena_format(ctl->arena, "cannot open %s: %s", path, why));
}

static int push_run(struct ctl *ctl, int argc, char **argv)
{
    struct push push = {.ctl = ctl, .clock_key = "admin", .echo_key = "supervision"};
    const char *report_path = NULL;
    bool echo = false;
    const struct ctl_option options[] = {
        {"--dry-run",   NULL,            &push.dry_run},
        {"--settle",    NULL,            &push.settles},
        {"--echo",      NULL,            &echo        },
        {"--echo-key",  &push.echo_key,  NULL         },
        {"--clock-key", &push.clock_key, NULL         },
        {"--report",    &report_path,    NULL         },
        {NULL,          NULL,            NULL         },
    };
    argc = ctl_options(&command_push, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_push);
    }
    push.settles = push.settles && !push.dry_run;
    int fd = strcmp(argv[0], "-") == 0 ? STDIN_FILENO : open(argv[0], O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return file_problem(ctl, argv[0]);
    }
    FILE *report = report_path != NULL ? fopen(report_path, "we") : NULL;
    if (report_path != NULL && report == NULL) {
        return file_problem(ctl, report_path);
    }
    return push_file(&push, fd, report, echo && ctl->output == CTL_TABLE);
}
