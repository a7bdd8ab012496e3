// status - `status`: how the coordinator is
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"

#include <stdio.h>

static int status_run(struct ctl *ctl, int argc, char **argv);

const struct command command_status = {
    .name = "status",
    .arguments = "",
    .zh = "系统状态",
    .en = "how the coordinator is",
    .needs_settings = true,
    .run = status_run,
};

static const char *number(struct ctl *ctl, bool has, uint64_t value)
{
    return has ? show_number(ctl, value) : NULL;
}

static void workers_print(struct ctl *ctl, const Award__Status *status)
{
    static const char *const heads[] = {"后台程序 worker", ">连接 connected", ">进行中 leased",
                                        NULL};
    if (status->n_workers == 0 || ctl->output != CTL_TABLE) {
        return;
    }
    (void)putchar('\n');
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < status->n_workers; i++) {
        const Award__Status__Worker *worker = status->workers[i];
        table_row(table,
                  (const char *const[]){worker->principal, show_number(ctl, worker->connected),
                                        show_number(ctl, worker->leased)});
    }
    table_end(table);
}

// What a bound means takes more room than a screen has beside the figures.
static void bounds_print(struct ctl *ctl, const Award__Status *status)
{
    static const char *const heads[] = {"上限 bound", ">设定 limit", ">现值 now", ">触及 reached",
                                        NULL};
    if (status->n_bounds == 0 || ctl->output != CTL_TABLE) {
        return;
    }
    (void)putchar('\n');
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < status->n_bounds; i++) {
        const Award__Status__Bound *bound = status->bounds[i];
        table_row(table, (const char *const[]){bound->name, show_number(ctl, bound->limit),
                                               bound->has_now ? show_number(ctl, bound->now) : "-",
                                               show_number(ctl, bound->reached)});
    }
    table_end(table);
    (void)puts("\n含义 / what each means: awardctl config show BOUND");
}

static void status_print(struct ctl *ctl, const Award__Status *status)
{
    show_fact(ctl, "城市", "city", status->city);
    show_fact(ctl, "版本", "version", status->version);
    show_fact(ctl, "演练库", "rehearsal", status->rehearsal ? "是 yes" : NULL);
    show_fact(ctl, "时刻", "now", ctl_moment(ctl, status->now));
    show_fact(ctl, "时钟落后", "clock behind",
              status->has_clock_behind_seconds
                  ? arena_format(ctl->arena,
                                 "%llu 秒 s：不受理，请校时 no events: set the host's clock",
                                 (unsigned long long)status->clock_behind_seconds)
                  : NULL);
    show_fact(ctl, "库代", "epoch", number(ctl, status->has_epoch, status->epoch));
    show_fact(ctl, "最后一条", "last entry",
              number(ctl, status->has_last_entry, status->last_entry));
    show_fact(ctl, "哈希链", "chain", status->has_chain ? show_hex(ctl, &status->chain) : NULL);
    show_fact(ctl, "已写入至", "state written to",
              number(ctl, status->has_written_entry, status->written_entry));
    show_fact(ctl, "待写字节", "overlay bytes",
              number(ctl, status->has_overlay_bytes, status->overlay_bytes));
    show_fact(ctl, "下次到期", "next due", ctl_moment(ctl, status->next_due));
    show_fact(ctl, "未完任务", "open tasks",
              number(ctl, status->has_tasks_open, status->tasks_open));
    show_fact(ctl, "放弃任务", "given up",
              number(ctl, status->has_tasks_given_up, status->tasks_given_up));
    show_fact(ctl, "日历至", "calendar until",
              status->has_calendar_until ? arena_format(ctl->arena, "%d", status->calendar_until)
                                         : NULL);
    show_fact(ctl, "启动后接受", "accepted since start",
              number(ctl, status->has_events_accepted, status->events_accepted));
    show_fact(ctl, "启动后驳回", "rejected since start",
              number(ctl, status->has_events_rejected, status->events_rejected));
    show_fact(ctl, "启动后拒收消息", "messages refused since start",
              number(ctl, status->has_messages_refused, status->messages_refused));
    workers_print(ctl, status);
    bounds_print(ctl, status);
}

static int status_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_status, 0, argc, argv, &status)) {
        return status;
    }
    Award__QueryStatus query = AWARD__QUERY_STATUS__INIT;
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_STATUS, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->status->base);
    } else {
        status_print(ctl, reply->status);
    }
    return CTL_OK;
}
