// trace - `trace ID`: one event through all processes, and what followed from it
//
// The coordinator looks at some entries for each question and says what it still follows; the pages
// are put together here, up to a bound of entries.
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/clock.h"
#include "common/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int trace_run(struct ctl *ctl, int argc, char **argv);

const struct command command_trace = {
    .name = "trace",
    .arguments = "ID|ENTRY|MESSAGE|TASK [--of PERSON] [--entries N]",
    .zh = "追踪一个事件：收到、裁决、落盘、答复，任务、消息、送达，各在何时",
    .en = "follow an event: received, decided, on disk, answered; tasks, messages, delivery; when",
    .help =
        "ID：日志条的序号、事件编号、人员/编号、消息或任务的编号（journal --output json、messages、"
        "tasks）。\n"
        "--of PERSON     几人用过同一编号时，是谁的事件 / whose event, where several have the id\n"
        "--entries N     往后最多查 N 条日志，默认 100000 / entries to look at, default 100000\n"
        "间隔是与上一步相差的时间。收到、落盘、答复和任务的交接只存于内存：重启后，或过了\n"
        "trace_events 个事件以后，只剩记录。时刻按协调程序的时钟；投递由邮件服务器等的答复证明。\n"
        "ID is the number of an entry, the id of an event, PRINCIPAL/ID, a message or a task. "
        "Since\n"
        "is the time since the step before. When it was received, on disk and answered, and who "
        "was\n"
        "given a task, is in memory alone: after a restart, or trace_events events later, the "
        "record\n"
        "is left. Times are of the coordinator's clock; a delivery is what the server answered.\n",
    .needs_settings = true,
    .run = trace_run,
};

enum { ENTRIES_STANDARD = 100000, ENTRIES_MAX = 100000000 };

// ---- Asking

static int64_t step_us(const Award__Trace__Step *step)
{
    return step->at->ms * US_PER_MS + step->at_us;
}

// Each page is in the order of time; what belongs before the end of the ones before goes there.
static void steps_merge(struct ctl *ctl, Award__Trace *trace, const Award__Trace *page)
{
    size_t count = trace->n_steps + page->n_steps;
    Award__Trace__Step **steps = arena_alloc(ctl->arena, (count + 1) * sizeof(*steps));
    size_t kept = 0;
    size_t added = 0;
    for (size_t i = 0; i < count; i++) {
        bool earlier =
            kept == trace->n_steps ||
            (added < page->n_steps && step_us(page->steps[added]) < step_us(trace->steps[kept]));
        steps[i] = earlier ? page->steps[added++] : trace->steps[kept++];
    }
    trace->steps = steps;
    trace->n_steps = count;
}

static void steps_measure(const Award__Trace *trace)
{
    for (size_t i = 0; i < trace->n_steps; i++) {
        Award__Trace__Step *step = trace->steps[i];
        step->has_since_us = i > 0;
        step->since_us = i > 0 ? (uint64_t)(step_us(step) - step_us(trace->steps[i - 1])) : 0;
    }
}

static void page_add(struct ctl *ctl, Award__Trace *trace, const Award__Trace *page)
{
    steps_merge(ctl, trace, page);
    trace->following = page->following;
    trace->n_following = page->n_following;
    trace->has_looked_to = page->has_looked_to;
    trace->looked_to = page->looked_to;
    trace->has_only_record = trace->has_only_record || page->has_only_record;
    trace->only_record = trace->only_record || page->only_record;
    trace->has_cut = trace->has_cut || page->has_cut;
    trace->cut = trace->cut || page->cut;
}

// NULL where it could not be asked, which has been said. `*bounded`: there may be more.
static Award__Trace *trace_ask(struct ctl *ctl, Award__QueryTrace *query, uint64_t entries,
                               bool *bounded, int *status)
{
    Award__Trace *trace = NULL;
    const Award__QueryReply *reply;
    do {
        reply = show_ask(ctl, AWARD__QUERY__BODY_TRACE, &query->base, status);
        if (reply == NULL) {
            return NULL;
        }
        if (trace == NULL) {
            trace = reply->trace;
        } else {
            page_add(ctl, trace, reply->trace);
        }
        query->has_entry = 1;
        query->entry = trace->entry;
        query->has_from = 1;
        query->from = trace->looked_to + 1;
        query->n_following = trace->n_following;
        query->following = trace->following;
    } while (reply->more && trace->looked_to - trace->entry < entries);
    *bounded = reply->more;
    steps_measure(trace);
    return trace;
}

// ---- One step

// "2018-10-08 09:00:00.042"
static const char *time_text(struct ctl *ctl, const Award__Moment *at)
{
    int32_t day = day_of_moment(at->ms);
    int64_t ms = at->ms - day_start(day);
    Award__Day value = AWARD__DAY__INIT;
    value.number = day;
    return arena_format(ctl->arena, "%s %02d:%02d:%02d.%03d", ctl_day(ctl, &value),
                        (int)(ms / 3600000), (int)(ms / 60000 % 60), (int)(ms / 1000 % 60),
                        (int)(ms % 1000));
}

static const char *since_text(struct ctl *ctl, const Award__Trace__Step *step)
{
    uint64_t us = step->since_us;
    uint64_t s = us / US_PER_SECOND;
    if (!step->has_since_us) {
        return NULL;
    }
    if (s == 0) {
        return arena_format(ctl->arena, "+%" PRIu64 ".%" PRIu64 " ms", us / US_PER_MS,
                            us % US_PER_MS / 100);
    }
    if (s < 60) {
        return arena_format(ctl->arena, "+%" PRIu64 ".%03" PRIu64 " s", s,
                            us % US_PER_SECOND / US_PER_MS);
    }
    if (s < 3600) {
        return arena_format(ctl->arena, "+%" PRIu64 " min %" PRIu64 " s", s / 60, s % 60);
    }
    return s < 86400
               ? arena_format(ctl->arena, "+%" PRIu64 " h %" PRIu64 " min", s / 3600, s / 60 % 60)
               : arena_format(ctl->arena, "+%" PRIu64 " d %" PRIu64 " h", s / 86400, s / 3600 % 24);
}

static const char *process_text(struct ctl *ctl, const Award__Trace__Step *step)
{
    const char *zh =
        step->has_role ? word_zh(&award__role__name__descriptor, (int)step->role) : "协调程序";
    return arena_format(ctl->arena, "%s %s", zh != NULL ? zh : "?", step->process);
}

static void part_add(struct ctl *ctl, const char **text, const char *part)
{
    if (part != NULL && *part != '\0') {
        *text = arena_format(ctl->arena, "%s%s%s", *text, **text != '\0' ? "，" : "", part);
    }
}

// Of whose event: "office/7f3a". What answers a task is known by that.
static const char *name_text(struct ctl *ctl, const Award__Trace__Step *step)
{
    if (step->principal == NULL || step->id == NULL || step->task != NULL) {
        return step->principal != NULL ? step->principal : step->id;
    }
    return arena_format(ctl->arena, "%s/%s", step->principal, step->id);
}

static const char *channel_text(struct ctl *ctl, const char *channel)
{
    const ProtobufCEnumDescriptor *names = &award__channel__name__descriptor;
    const ProtobufCEnumValue *value =
        channel != NULL ? protobuf_c_enum_descriptor_get_value_by_name(names, channel) : NULL;
    return value != NULL ? show_word(ctl, names, true, value->value) : channel;
}

static const char *outcome_text(struct ctl *ctl, const Award__Trace__Step *step)
{
    return arena_format(ctl->arena, "%s（%s）",
                        show_word(ctl, &award__outcome__name__descriptor, true, (int)step->outcome),
                        show_article(ctl, step->article));
}

static void event_parts(struct ctl *ctl, const char **text, const Award__Trace__Step *step)
{
    part_add(ctl, text, step->event != NULL ? show_event(ctl, step->event) : NULL);
    part_add(ctl, text, name_text(ctl, step));
    part_add(ctl, text, step->message == NULL ? step->task : NULL); // it has the message's name
    if (step->waited_us >= US_PER_MS) {
        part_add(
            ctl, text,
            arena_format(ctl->arena, "排队 waited %" PRIu32 " ms", step->waited_us / US_PER_MS));
    }
    part_add(ctl, text, step->has_outcome ? outcome_text(ctl, step) : NULL);
}

static void message_parts(struct ctl *ctl, const char **text, const Award__Trace__Step *step)
{
    if (step->has_template_) {
        part_add(ctl, text,
                 arena_format(
                     ctl->arena, "%s → %s",
                     show_word(ctl, &award__template__name__descriptor, true, (int)step->template_),
                     step->recipient != NULL ? step->recipient : "-"));
    }
    part_add(ctl, text, channel_text(ctl, step->channel));
    part_add(ctl, text, step->message);
    bool waits = step->what == AWARD__TRACE__STEP__WHAT__waits;
    part_add(ctl, text, waits ? show_waits(ctl, step->reply) : step->reply);
    if (step->failures > 0) {
        part_add(ctl, text, arena_format(ctl->arena, "第 %" PRIu32 " 次 attempt", step->failures));
    }
    if (step->goes_out != NULL) {
        part_add(ctl, text,
                 arena_format(ctl->arena, "发出 goes out %s", ctl_moment(ctl, step->goes_out)));
    }
}

static void deadline_parts(struct ctl *ctl, const char **text, const Award__Trace__Step *step)
{
    if (step->deadline == NULL) {
        return;
    }
    part_add(ctl, text,
             show_word(ctl, &award__deadline_kind__name__descriptor, step->has_deadline_kind,
                       (int)step->deadline_kind));
    part_add(ctl, text, step->deadline);
    part_add(
        ctl, text,
        show_word(ctl, &award__deadline__state__descriptor, step->has_state, (int)step->state));
    part_add(ctl, text, arena_format(ctl->arena, "末日 last day %s", ctl_day(ctl, step->last)));
    part_add(ctl, text, show_article(ctl, step->article));
}

// What happened, and all that the step says of it.
static const char *step_text(struct ctl *ctl, const Award__Trace__Step *step)
{
    const char *text = "";
    const char *what =
        show_word(ctl, &award__trace__step__what__descriptor, step->has_what, (int)step->what);
    event_parts(ctl, &text, step);
    message_parts(ctl, &text, step);
    deadline_parts(ctl, &text, step);
    return *text != '\0' ? arena_format(ctl->arena, "%s：%s", what, text) : what;
}

// ---- All of them

static void steps_print(struct ctl *ctl, const Award__Trace *trace)
{
    static const char *const heads[] = {"时刻 time", ">间隔 since", "程序 process",
                                        ">条 entry", "经过 step",   NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < trace->n_steps; i++) {
        const Award__Trace__Step *step = trace->steps[i];
        table_row(table,
                  (const char *const[]){time_text(ctl, step->at), since_text(ctl, step),
                                        process_text(ctl, step),
                                        step->has_entry ? show_number(ctl, step->entry) : NULL,
                                        step_text(ctl, step)});
    }
    table_end(table);
}

static void remarks_print(struct ctl *ctl, const Award__Trace *trace, bool bounded)
{
    if (trace->only_record) {
        (void)puts(
            "（部分事件只剩记录：收到、落盘、答复的时刻只存于内存，见 trace_events / of some "
            "events the record\n  alone is left: the other times are in memory, see "
            "trace_events）");
    }
    if (trace->cut) {
        (void)puts("（后续太多，未全部列出 / more followed than is listed）");
    }
    if (bounded) {
        const char *to = show_number(ctl, trace->looked_to);
        (void)printf("（查至第 %s 条，仍有 %zu 项未完成；用 --entries 加大范围 / looked as far as "
                     "entry %s, %zu things are\n  still open; --entries goes further）\n",
                     to, trace->n_following, to, trace->n_following);
    }
}

static bool entries_read(const char *text, uint64_t *entries)
{
    char *end;
    *entries = ENTRIES_STANDARD;
    if (text == NULL) {
        return true;
    }
    *entries = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *entries > 0 && *entries <= ENTRIES_MAX;
}

static int trace_run(struct ctl *ctl, int argc, char **argv)
{
    int status = CTL_OK;
    bool bounded = false;
    const char *of = NULL;
    const char *entries_text = NULL;
    uint64_t entries;
    const struct ctl_option options[] = {
        {"--of",      &of,           NULL},
        {"--entries", &entries_text, NULL},
        {NULL,        NULL,          NULL},
    };
    argc = ctl_options(&command_trace, options, argc, argv);
    if (argc != 1 || !entries_read(entries_text, &entries)) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_trace);
    }
    Award__QueryTrace query = AWARD__QUERY_TRACE__INIT;
    query.id = argv[0];
    query.of = of != NULL ? arena_string(ctl->arena, of) : NULL;
    Award__Trace *trace = trace_ask(ctl, &query, entries, &bounded, &status);
    if (trace == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &trace->base);
        return CTL_OK;
    }
    steps_print(ctl, trace);
    if (ctl->output == CTL_TABLE) {
        remarks_print(ctl, trace, bounded);
    }
    return CTL_OK;
}
