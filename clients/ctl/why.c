// why - `why DEADLINE`: how a deadline came by its day
#include "clients/ctl/commands.h"
#include "clients/ctl/deadlines.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/time.h"
#include "rules/events.h"

#include <string.h>

static int why_run(struct ctl *ctl, int argc, char **argv);

const struct command command_why = {
    .name = "why",
    .arguments = "DEADLINE",
    .zh = "期限的由来：由何起算、逐日计算、所据日历、另一种理解下的末日",
    .en = "how a deadline came by its day: what began it, each day, the calendar, other readings",
    .help = "期限的编号见 awardctl deadlines --all 的最后一列。另一种理解只在末日不同时列出。\n"
            "CSV 只输出逐日计算。\n"
            "The last column of awardctl deadlines --all has the names. Another reading is shown\n"
            "only where it gives another end. CSV has the days alone.\n",
    .needs_settings = true,
    .run = why_run,
};

// ---- How it is counted

// A day that was not counted: of the rulebook or a plan, or as the office moved it last.
static const char *fixed_text(struct ctl *ctl, const Award__Deadline *deadline)
{
    const Award__Deadline__Move *move =
        deadline->n_moves > 0 ? deadline->moves[deadline->n_moves - 1] : NULL;
    const char *event = move != NULL && move->event != NULL ? move->event : "";
    if (strcmp(event, "deadline_suspended") == 0) {
        return arena_format(ctl->arena,
                            "中止时剩余 %u 日，恢复后续计 / %u days were left, and run on once it "
                            "is resumed",
                            deadline->remaining, deadline->remaining);
    }
    if (strcmp(event, "deadline_resumed") == 0) {
        return "自恢复之日起，续计中止时剩余的日数 / the days that were left when it was "
               "suspended, "
               "from the day on which it was resumed";
    }
    return strcmp(event, "deadline_extended") == 0 ? "延长至该日 extended to this day"
                                                   : "固定日期 a fixed day";
}

static bool suspended(const Award__Deadline *deadline)
{
    return deadline->state == AWARD__DEADLINE__STATE__suspended;
}

static const char *counting_text(struct ctl *ctl, const Award__Why *why)
{
    const Award__Why__Counting *counting = why->counting;
    if (counting == NULL) {
        return fixed_text(ctl, why->deadline);
    }
    const char *length = arena_format(
        ctl->arena, "%u %s%s", counting->length,
        show_word(ctl, &award__why__counting__unit__descriptor, true, (int)counting->unit),
        counting->rest ? "（中止时剩余 left when it was suspended）" : "");
    if (suspended(why->deadline)) {
        return arena_format(ctl->arena, "%s，恢复后续计 / run on once it is resumed", length);
    }
    return arena_format(ctl->arena, "%s，当日%s，末日遇休息日%s / first day %s, a last day off %s",
                        length, counting->first_day_counted ? "计入" : "不计入",
                        counting->roll_last_day ? "顺延" : "不顺延",
                        counting->first_day_counted ? "counted" : "not counted",
                        counting->roll_last_day ? "moves" : "does not move");
}

// While it is suspended nothing ends.
static void end_print(struct ctl *ctl, const Award__Deadline *deadline)
{
    const char *last = deadline_last(ctl, deadline);
    if (suspended(deadline)) {
        show_fact(ctl, "末日", "last day", arena_format(ctl->arena, "中止前为 before: %s", last));
        return;
    }
    show_fact(ctl, "末日", "last day", last);
    show_fact(ctl, "至", "in time until", ctl_moment(ctl, deadline->end));
}

static const char *step_event(struct ctl *ctl, const Award__Why__Step *step)
{
    return step->event != NULL ? show_event(ctl, event_name(step->event->body_case))
                               : "（不在您的范围内 outside your scope）";
}

static void headline_print(struct ctl *ctl, const Award__Why *why)
{
    const Award__Deadline *deadline = why->deadline;
    show_fact(ctl, "期限", "deadline", deadline->deadline);
    show_fact(ctl, "种类", "kind", deadline_zh(ctl, deadline));
    show_fact(ctl, "条款", "article", show_article(ctl, deadline->article));
    show_fact(ctl, "起因", "began with", why->n_steps > 0 ? step_event(ctl, why->steps[0]) : NULL);
    show_fact(ctl, "起算日", "counted from", ctl_day(ctl, deadline->starts));
    show_fact(ctl, "计算", "how", counting_text(ctl, why));
    show_fact(ctl, "公告或延长", "stated or extended", ctl_day(ctl, deadline->stated_last));
    end_print(ctl, deadline);
    show_fact(ctl, "状态", "state",
              show_word(ctl, &award__deadline__state__descriptor, true, (int)deadline->state));
}

// ---- Day by day

static const char *weekday_text(int32_t day)
{
    static const char *const names[] = {"",         "周一 Mon", "周二 Tue", "周三 Wed",
                                        "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun"};
    return names[day_weekday(day)];
}

// "春节 放假 off", "春节 调休 made up", "周末 weekend"; "暂定" where a calendar is still to come.
static const char *day_reason(struct ctl *ctl, const Award__Why__UsedDay *day)
{
    const char *open = day->open ? "，" SHOW_PROVISIONAL : "";
    if (day->name != NULL) {
        return arena_format(ctl->arena, "%s %s%s", day->name,
                            day->make_up ? "调休上班 make-up day" : "放假 day off", open);
    }
    bool weekend = day_weekday(day->on->number) > 5;
    return arena_format(ctl->arena, "%s%s", weekend ? "周末 weekend" : "-", open);
}

static void days_print(struct ctl *ctl, const Award__Why *why)
{
    static const char *const heads[] = {"日期 day",    "星期 weekday", "用途 use",
                                        ">第几 count", "说明 why",     NULL};
    if (why->n_days == 0) {
        return;
    }
    show_heading(ctl, "逐日计算", "day by day");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < why->n_days; i++) {
        const Award__Why__UsedDay *day = why->days[i];
        table_row(table,
                  (const char *const[]){
                      ctl_day(ctl, day->on), weekday_text(day->on->number),
                      show_word(ctl, &award__why__used_day__use__descriptor, true, (int)day->use),
                      day->number > 0 ? show_number(ctl, day->number) : NULL,
                      day_reason(ctl, day)});
    }
    table_end(table);
}

// ---- What it rests on, and the other readings

static void calendars_print(struct ctl *ctl, const Award__Why *why)
{
    static const char *const heads[] = {">年 year", "来源 source", "摘要 digest", NULL};
    if (why->n_calendars == 0) {
        return;
    }
    show_heading(ctl, "所据日历", "calendars");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < why->n_calendars; i++) {
        const Award__Why__Source *source = why->calendars[i];
        table_row(table,
                  (const char *const[]){show_number(ctl, (uint64_t)source->year),
                                        source->announced ? source->source : "尚未载入 not loaded",
                                        source->digest});
    }
    table_end(table);
}

static void readings_print(struct ctl *ctl, const Award__Why *why)
{
    static const char *const heads[] = {"约定 decision", "可依据 could rest on",
                                        "另一种理解 the other reading", "期满 end", NULL};
    if (why->n_readings == 0) {
        return;
    }
    show_heading(ctl, "另一种理解", "by another reading");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < why->n_readings; i++) {
        const Award__Why__Other *other = why->readings[i];
        table_row(table, (const char *const[]){
                             show_article(ctl, other->decision), show_article(ctl, other->rests_on),
                             arena_format(ctl->arena, "%s / %s", other->zh, other->en),
                             ctl_moment(ctl, other->end)});
    }
    table_end(table);
}

static void steps_print(struct ctl *ctl, const Award__Why *why)
{
    static const char *const heads[] = {"时间 when",     "事件 event", "由谁 by",
                                        "末日 last day", "状态 state", NULL};
    if (why->n_steps == 0) {
        return;
    }
    show_heading(ctl, "变更", "what happened to it");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < why->n_steps; i++) {
        const Award__Why__Step *step = why->steps[i];
        const char *last = ctl_day(ctl, step->last);
        table_row(
            table,
            (const char *const[]){
                ctl_moment(ctl, step->recorded), step_event(ctl, step),
                step->event != NULL ? step->event->principal : NULL,
                step->provisional ? arena_format(ctl->arena, "%s " SHOW_PROVISIONAL, last) : last,
                show_word(ctl, &award__deadline__state__descriptor, true, (int)step->state)});
    }
    table_end(table);
}

static int why_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    if (!show_arguments(&command_why, 1, argc, argv, &status)) {
        return status;
    }
    Award__QueryWhy query = AWARD__QUERY_WHY__INIT;
    query.deadline = argv[0];
    const Award__QueryReply *reply = show_ask(ctl, AWARD__QUERY__BODY_WHY, &query.base, &status);
    if (reply == NULL) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &reply->why->base);
        return CTL_OK;
    }
    if (ctl->output == CTL_TABLE) {
        headline_print(ctl, reply->why);
    }
    days_print(ctl, reply->why);
    if (ctl->output == CTL_TABLE) {
        calendars_print(ctl, reply->why);
        readings_print(ctl, reply->why);
        steps_print(ctl, reply->why);
        deadlines_moves_print(ctl, 1, &reply->why->deadline);
    }
    return CTL_OK;
}
