// tasks - `tasks`: what the workers are asked and have not answered
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>

static int tasks_run(struct ctl *ctl, int argc, char **argv);

const struct command command_tasks = {
    .name = "tasks",
    .arguments = "",
    .zh = "列出后台程序未完成的任务",
    .en = "list the workers' open tasks",
    .needs_settings = true,
    .run = tasks_run,
};

static const char *standing(struct ctl *ctl, const Award__Tasks__Row *row)
{
    if (row->task->given_up) {
        return "已放弃 given up";
    }
    return row->leased_to != NULL ? arena_format(ctl->arena, "进行中 at %s", row->leased_to)
                                  : "待领取 waiting";
}

static void tasks_print(struct ctl *ctl, const Award__Tasks *tasks)
{
    static const char *const heads[] = {"任务 task",   "类别 kind",      "状态 standing",
                                        "下达 queued", ">失败 failures", "最后原因 last failure",
                                        NULL};
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < tasks->n_rows; i++) {
        const Award__Task *task = tasks->rows[i]->task;
        table_row(table, (const char *const[]){
                             task->task,
                             show_word(ctl, &award__task_kind__name__descriptor, task->has_kind,
                                       (int)task->kind),
                             standing(ctl, tasks->rows[i]), ctl_moment(ctl, task->queued),
                             show_number(ctl, task->failures), task->last_failure});
    }
    table_end(table);
}

static int tasks_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_tasks, 0, argc, argv, &status)) {
        return status;
    }
    Award__QueryTasks query = AWARD__QUERY_TASKS__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_TASKS, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->tasks->base);
        return CTL_OK;
    }
    tasks_print(ctl, reply->tasks);
    if (reply->more && ctl->output == CTL_TABLE) {
        (void)puts("（还有更多，未列出 / there are more than these）");
    }
    return CTL_OK;
}
