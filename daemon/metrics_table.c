// metrics_table - every metric of the coordinator: its name, unit, labels, meaning, and its value
//
// A new metric is a row here and the function that writes its samples;
// docs/administrator/metrics.md is `awardd --metrics`, and a test holds it against the table.
#include "daemon/metrics_table.h"

#include "daemon/metrics_families.h"

#include <string.h>

struct family {
    struct metric metric;
    family_write write;
};

// clang-format off
static const struct family families[] = {
    // ---- whether it is well
    {{"awardd_build", METRIC_INFO, NULL, "version", "程序版本", "version of the program"}, write_build},
    {{"awardd_ready", METRIC_GAUGE, NULL, NULL, "1 为可受理事件", "1 where events are taken"}, write_ready},
    {{"awardd_unready", METRIC_GAUGE, NULL, "reason", "不能受理的原因，1 为现有", "why events are not taken: 1 where it is so now"}, write_unready},
    {{"awardd_rehearsal", METRIC_GAUGE, NULL, NULL, "1 为演练库（手动时钟）", "1 where the database is a rehearsal, with a manual clock"}, write_rehearsal},
    {{"process_start_time_seconds", METRIC_GAUGE, "seconds", NULL, "进程启动的时刻", "when the process was started, as seconds since 1970"}, write_start_time},
    {{"process_cpu_seconds", METRIC_COUNTER, "seconds", NULL, "进程用去的处理器时间", "processor time of the process"}, write_cpu},
    {{"process_resident_memory_bytes", METRIC_GAUGE, "bytes", NULL, "进程占用的内存，含数据库映射的页", "memory of the process, mapped pages of the database included"}, write_memory},
    // ---- what comes and what becomes of it
    {{"awardd_events", METRIC_COUNTER, NULL, "type outcome", "事件数，按类型和结果；已记录的含系统自己的", "events by type and outcome; those on record include the coordinator's own"}, write_events},
    {{"awardd_events_repeated", METRIC_COUNTER, NULL, NULL, "重复提交、按原结果答复的事件数", "events sent again and answered as before"}, write_repeated},
    {{"awardd_rejections", METRIC_COUNTER, NULL, "basis", "未被接收的事件、查询、消息和连接，按依据", "events, queries, messages and connections turned down, by what they rest on"}, write_rejections},
    {{"awardd_rejections_by_reason", METRIC_COUNTER, NULL, "basis reason", "同上，按代码（docs/errors.md）", "the same by code (docs/errors.md)"}, write_reasons},
    {{"awardd_requests", METRIC_COUNTER, NULL, "kind", "已答复的消息数，按内容", "messages answered, by what was in them"}, write_requests},
    {{"awardd_step_seconds", METRIC_HISTOGRAM, "seconds", "step", "事件消息各步所用时间：waited 排队，decided 判定，journalled 落盘，answered 答复，all 全程", "time of each step of a message with events: waited for its turn, decided, journalled on disk, answered; all of it"}, write_steps},
    {{"awardd_query_seconds", METRIC_HISTOGRAM, "seconds", NULL, "一次查询从轮到至答复", "time of a query from its turn to its answer"}, write_queries},
    {{"awardd_group_entries", METRIC_HISTOGRAM, NULL, NULL, "一起落盘的记录数", "entries that came to disk together"}, write_group_entries},
    {{"awardd_journal_sync_seconds", METRIC_HISTOGRAM, "seconds", NULL, "一组记录落盘所用时间", "time that a group took to come to disk"}, write_sync},
    {{"awardd_connections", METRIC_GAUGE, NULL, NULL, "现有连接数", "connections open now"}, write_connections},
    {{"awardd_bound_limit", METRIC_GAUGE, NULL, "bound", "上限（docs/administrator/bounds.md）", "bounds of awardd.yaml (docs/administrator/bounds.md)"}, write_bound_limits},
    {{"awardd_bound_used", METRIC_GAUGE, NULL, "bound", "上限现在用了多少", "how much of a bound is used now"}, write_bound_used},
    {{"awardd_bound_reached", METRIC_COUNTER, NULL, "bound", "达到上限的次数", "how often a bound was reached"}, write_bound_reached},
    // ---- where it lies
    {{"awardd_journal_last_entry", METRIC_GAUGE, NULL, NULL, "最后一条记录的编号", "number of the last entry"}, write_last_entry},
    {{"awardd_state_written_entry", METRIC_GAUGE, NULL, NULL, "状态库已写到第几条记录", "entry up to which the state is on disk"}, write_written_entry},
    {{"awardd_state_unwritten_bytes", METRIC_GAUGE, "bytes", NULL, "尚未写入状态库的变更所占内存", "memory of changes that are not in the state on disk yet"}, write_unwritten},
    {{"awardd_store_bytes", METRIC_GAUGE, "bytes", "store", "数据库文件已用的大小", "used size of the database files"}, write_store_bytes},
    {{"awardd_store_map_bytes", METRIC_GAUGE, "bytes", "store", "数据库文件最大可到的大小", "size that the files may come to"}, write_map_bytes},
    {{"awardd_disk_free_bytes", METRIC_GAUGE, "bytes", "store", "所在磁盘的可用空间", "free space of the disk that they lie on"}, write_disk_free},
    {{"awardd_disk_size_bytes", METRIC_GAUGE, "bytes", "store", "所在磁盘的大小", "size of that disk"}, write_disk_size},
    {{"awardd_damaged_records", METRIC_GAUGE, NULL, NULL, "无法读取、搁置的记录数", "records that cannot be read and are set aside"}, write_damaged},
    {{"awardd_backup_timestamp_seconds", METRIC_GAUGE, "seconds", NULL, "上次备份的时刻；0 为从未", "when the last backup was made, as seconds since 1970; 0: never"}, write_backup},
    {{"awardd_backup_entry", METRIC_GAUGE, NULL, NULL, "上次备份到第几条记录", "entry that the last backup stands at"}, write_backup_entry},
    // ---- time
    {{"awardd_clock_distance_seconds", METRIC_GAUGE, "seconds", NULL, "主机时钟减最后一条记录的时刻；负数为落后", "the host's clock less the moment of the last entry; below 0 it is behind"}, write_clock},
    {{"awardd_due_late_seconds", METRIC_GAUGE, "seconds", NULL, "最早的到期事项已过多久而未触发", "by how much the first thing that is due has not fired"}, write_due_late},
    {{"awardd_calendar_horizon_timestamp_seconds", METRIC_GAUGE, "seconds", NULL, "节假日安排不间断载入到的时刻", "up to when the calendars are loaded without a gap, as seconds since 1970"}, write_calendar},
    // ---- what the state holds
    {{"awardd_tally_age_seconds", METRIC_GAUGE, "seconds", NULL, "以下各项是多久以前清点的", "how long ago the following were counted"}, write_tally_age},
    {{"awardd_deadlines", METRIC_GAUGE, NULL, "standing", "期限：late 逾期，today 今日，week 七日内，later 以后，suspended 中止", "deadlines: late, due today, within a week, later, suspended"}, write_deadlines},
    {{"awardd_cases", METRIC_GAUGE, NULL, "stage", "案件，按阶段", "cases by stage"}, write_cases},
    {{"awardd_waiting", METRIC_GAUGE, NULL, "what", "待办：异议、投诉、撤销、复核、回执、提醒", "open objections, complaints, revocations, countersignatures, receipts, alerts"}, write_waiting},
    {{"awardd_outbox_tasks", METRIC_GAUGE, NULL, "kind state", "后台任务：open 待办，given_up 已放弃", "tasks of workers: open, or given up"}, write_tasks},
    {{"awardd_outbox_oldest_seconds", METRIC_GAUGE, "seconds", "kind", "最早的待办任务等了多久", "how long the oldest open task has waited"}, write_oldest},
    {{"awardd_worker_connected", METRIC_GAUGE, NULL, "kind worker", "已登记的后台程序，1 为已连接", "workers that are enrolled: 1 where one is connected"}, write_workers},
    {{"awardd_worker_tasks", METRIC_GAUGE, NULL, "kind worker", "后台程序手中的任务数", "tasks that a worker has"}, write_worker_tasks},
    {{"awardd_messages", METRIC_GAUGE, NULL, "channel state", "通知：waiting 待送，undelivered 已放弃、待人处理", "messages: waiting, or undelivered and to be seen to"}, write_messages},
    {{"awardd_deliveries", METRIC_COUNTER, NULL, "channel outcome", "送达和失败的次数，按通道", "deliveries and failed attempts by channel"}, write_deliveries},
};
// clang-format on

void metrics_write(const struct metrics_sources *sources, struct metrics_page *page)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        page_begin(page, &families[i].metric);
        families[i].write(page, sources);
    }
    page_end(page);
}

void metrics_list(FILE *out)
{
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const struct metric *metric = &families[i].metric;
        const char *suffix = metric->type == METRIC_COUNTER ? "_total"
                             : metric->type == METRIC_INFO  ? "_info"
                                                            : "";
        (void)fprintf(out, "| `%s%s` | %s | %s | %s<br>%s |\n", metric->name, suffix,
                      metric_type_name(metric->type), metric->labels != NULL ? metric->labels : "",
                      metric->zh, metric->en);
    }
}
