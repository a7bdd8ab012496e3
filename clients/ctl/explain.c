// explain - `explain`: the tables of the regulation, as they decide; local, no coordinator is asked
#include "clients/ctl/commands.h"
#include "clients/ctl/explain_log.h"
#include "clients/ctl/printing.h"
#include "clients/ctl/show.h"
#include "common/codec.h"
#include "rules/deadlines.h"
#include "rules/events.h"
#include "rules/exposed.h"
#include "rules/life_cycle.h"
#include "rules/queries.h"
#include "rules/tasks.h"

#include <stdio.h>
#include <string.h>

static int explain_run(struct ctl *ctl, int argc, char **argv);

const struct command command_explain = {
    .name = "explain",
    .arguments = "events|lifecycle|deadlines|tasks|queries|readings|log|log_fields",
    .zh = "列出程序所依据的表：事件、阶段、期限、任务、查询、另一种理解、日志",
    .en = "print the tables: events, life cycle, deadlines, tasks, queries, readings, log",
    .help = "规则表就在本程序中，不连接 awardd。条款 policy 指本系统的约定。log "
            "列出各程序日志中每一种行\n"
            "及其处理办法，log_fields 列出其字段。\n"
            "The tables are in this program; awardd is not asked. The article \"policy\" is a\n"
            "convention of the system's own. `log` lists every kind of line that the programs log\n"
            "and what to do about it, `log_fields` their fields.\n",
    .run = explain_run,
};

// ---- The tables

static void events_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"事件 event", "名称 name",  "条款 article",
                                        "由谁 from",  "须有 needs", "会签 countersign",
                                        NULL};
    struct printing printing = printing_begin(ctl, heads);
    for (unsigned number = 0; number < EVENT_NUMBERS; number++) {
        const struct event_row *row = event_row((Award__Event__BodyCase)number);
        if (row != NULL) {
            printing_row(&printing,
                         (const char *const[]){event_name((Award__Event__BodyCase)number), row->zh,
                                               show_article(ctl, row->article),
                                               show_role_set(ctl, row->from), row->needs,
                                               show_role_set(ctl, row->countersign)});
        }
    }
    printing_end(&printing);
}

static const char *stages_text(struct ctl *ctl, uint32_t set)
{
    const char *text = "";
    if (set == 0) {
        return "尚无案件 none yet";
    }
    if (set == ~UINT32_C(0)) {
        return "任何阶段 any";
    }
    for (unsigned i = 0; i < award__stage__name__descriptor.n_values; i++) {
        Award__Stage__Name stage =
            (Award__Stage__Name)award__stage__name__descriptor.values[i].value;
        if (stage_in(stage, set)) {
            text = arena_format(ctl->arena, "%s%s%s %s", text, text[0] != '\0' ? "，" : "",
                                stage_zh(stage), stage_name(stage));
        }
    }
    return text;
}

static const char *next_text(struct ctl *ctl, int next)
{
    switch (next) {
    case NEXT_STAY:
        return "不变 stays";
    case NEXT_IN_ORDER:
        return "按规则次序 next in the rulebook's order";
    case NEXT_BACK:
        return "回到停止前 back to before the halt";
    default:
        return show_word(ctl, &award__stage__name__descriptor, true, next);
    }
}

static void life_cycle_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"事件 event", "条件 guard",  "之后 next", "条款 article",
                                        "由谁 from",  "之前 stages", NULL};
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    struct printing printing = printing_begin(ctl, heads);
    for (size_t i = 0; i < count; i++) {
        const struct event_row *row = event_row(rows[i].event);
        printing_row(&printing,
                     (const char *const[]){show_event(ctl, event_name(rows[i].event)),
                                           guard_name(rows[i].guard), next_text(ctl, rows[i].next),
                                           show_article(ctl, rows[i].article),
                                           row != NULL ? show_role_set(ctl, row->from) : "-",
                                           stages_text(ctl, rows[i].from)});
    }
    printing_end(&printing);
}

static void deadlines_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"期限 kind",   "名称 name",      "条款 article",
                                        "长度 length", "开始 opened by", "完成 closed by",
                                        NULL};
    struct printing printing = printing_begin(ctl, heads);
    const ProtobufCEnumDescriptor *kinds = &award__deadline_kind__name__descriptor;
    for (unsigned i = 0; i < kinds->n_values; i++) {
        const struct deadline_row *row =
            deadline_row((Award__DeadlineKind__Name)kinds->values[i].value);
        if (row != NULL) {
            printing_row(&printing,
                         (const char *const[]){kinds->values[i].name, row->zh,
                                               show_article(ctl, row->article), row->length,
                                               row->opened_by, row->closed_by});
        }
    }
    printing_end(&printing);
}

static void tasks_explain(struct ctl *ctl)
{
    static const char *const heads[] = {
        "任务 kind",        "名称 name",      "由谁 worker",      "下达 queued by",
        "答复 answered by", ">次数 attempts", "放弃时告知 tells", NULL};
    struct printing printing = printing_begin(ctl, heads);
    const ProtobufCEnumDescriptor *kinds = &award__task_kind__name__descriptor;
    for (unsigned i = 0; i < kinds->n_values; i++) {
        const struct task_row *row = task_row((Award__TaskKind__Name)kinds->values[i].value);
        if (row != NULL) {
            printing_row(&printing,
                         (const char *const[]){
                             row->name, word_zh(kinds, kinds->values[i].value),
                             show_role_set(ctl, UINT32_C(1) << (unsigned)row->worker),
                             row->queued_by, event_name(row->answered_by),
                             show_number(ctl, row->attempts), show_role_set(ctl, row->alerts)});
        }
    }
    printing_end(&printing);
}

static void queries_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"查询 query", "名称 name", "由谁 from", "所见 sees", NULL};
    struct printing printing = printing_begin(ctl, heads);
    for (unsigned number = 0; number < QUERY_NUMBERS; number++) {
        const struct query_row *row = query_row((Award__Query__BodyCase)number);
        if (row != NULL) {
            printing_row(&printing,
                         (const char *const[]){row->name, row->zh, show_role_set(ctl, row->from),
                                               row->sees});
        }
    }
    printing_end(&printing);
}

// Programs are given the decision as the rules name it.
static void reading_explain(struct ctl *ctl, struct printing *printing, const char *decision,
                            const char *rests_on, struct exposed_words reading)
{
    bool read = ctl->output == CTL_TABLE;
    printing_row(printing, (const char *const[]){
                               read ? show_article(ctl, decision) : decision,
                               read ? show_article(ctl, rests_on) : rests_on,
                               arena_format(ctl->arena, "%s / %s", reading.zh, reading.en)});
}

// What another reading of a silent point would be, where `readings` looks for it.
static void readings_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"约定 decision", "可依据 could rest on",
                                        "另一种理解 the other reading", NULL};
    struct printing printing = printing_begin(ctl, heads);
    size_t count;
    const struct exposed_row *rows = exposed_rows(&count);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].rests_on != NULL) {
            reading_explain(ctl, &printing, rows[i].decision, rows[i].rests_on, rows[i].reading);
            continue;
        }
        for (int name = 0; name < READING_CLOSE_OF_BUSINESS; name++) {
            const struct reading_row *row = reading_row((enum reading_name)name);
            reading_explain(ctl, &printing, rows[i].decision, row->rests_on,
                            (struct exposed_words){row->zh, row->en});
        }
    }
    printing_end(&printing);
}

static const struct {
    const char *name;
    void (*explain)(struct ctl *ctl);
} TABLES[] = {
    {"events",     events_explain    },
    {"lifecycle",  life_cycle_explain},
    {"deadlines",  deadlines_explain },
    {"tasks",      tasks_explain     },
    {"queries",    queries_explain   },
    {"readings",   readings_explain  },
    {"log",        log_explain       },
    {"log_fields", log_fields_explain},
};

static int explain_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_explain, 1, argc, argv, &status)) {
        return status;
    }
    for (size_t i = 0; i < sizeof(TABLES) / sizeof(TABLES[0]); i++) {
        if (strcmp(TABLES[i].name, argv[0]) == 0) {
            TABLES[i].explain(ctl);
            return CTL_OK;
        }
    }
    return ctl_usage(&command_explain);
}
