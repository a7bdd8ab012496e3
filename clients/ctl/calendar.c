// calendar - `calendar add`, `between`, `show`: counting by the coordinator's calendar
//
// What is shown follows from the ends of periods, which the coordinator is asked for
// (calendar_year). So it is what the deadlines are counted by.
#include "clients/ctl/calendar.h"

#include "clients/ctl/calendar_year.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/codec.h"
#include "common/time.h"
#include "rules/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int calendar_add_run(struct ctl *ctl, int argc, char **argv);
static int calendar_between_run(struct ctl *ctl, int argc, char **argv);
static int calendar_show_run(struct ctl *ctl, int argc, char **argv);

const struct command command_calendar_add = {
    .name = "calendar add",
    .arguments = "DATE 15wd|7d",
    .zh = "从某日起算若干工作日（wd）或自然日（d）的末日",
    .en = "the last day of so many working days (wd) or days (d) counted from a day",
    .help =
        "起算当日不计入。末日为休息日的，另写明顺延至哪一日：公示等期限顺延。\n"
        "The day that it is counted from is not counted itself. Of a last day that is a day off\n"
        "it is said where it moves to, as the end of a publicity does.\n",
    .needs_settings = true,
    .run = calendar_add_run,
};

const struct command command_calendar_between = {
    .name = "calendar between",
    .arguments = "DATE DATE",
    .zh = "两日之间有多少自然日和工作日",
    .en = "how many days and working days lie between two days",
    .help = "不计第一日，计最后一日。The first day is not counted, the last is.\n",
    .needs_settings = true,
    .run = calendar_between_run,
};

const struct command command_calendar_show = {
    .name = "calendar show",
    .arguments = "YEAR",
    .zh = "某年各月的工作日、放假和调休",
    .en = "the working days, days off and make-up days of a year",
    .needs_settings = true,
    .run = calendar_show_run,
};

bool calendar_length_read(const char *text, uint32_t *length, bool *working)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || number < 1 || number > PERIOD_LENGTH_MAX) {
        return false;
    }
    *length = (uint32_t)number;
    *working = strcmp(end, "wd") == 0;
    return *working || strcmp(end, "d") == 0;
}

static bool day_read(const char *text, int32_t *day)
{
    if (day_parse(text, strlen(text), day) && day_valid(*day)) {
        return true;
    }
    (void)ctl_error(CTL_USAGE, "日期应写作 2018-10-08", "write a day as 2018-10-08");
    return false;
}

// ---- calendar add

static const char *weekday_zh(int32_t day)
{
    static const char *const weekdays[] = {"",     "周一", "周二", "周三",
                                           "周四", "周五", "周六", "周日"};
    return weekdays[day_weekday(day)];
}

// Where a last day that is a day off would move to: the first working day behind the day before.
// False when it has been said why not.
static bool moved_print(struct ctl *ctl, int32_t last, int *status)
{
    const Award__QueryReply *reply = calendar_period_ask(ctl, last - 1, 1, true, status);
    int32_t moved;
    if (!calendar_end_read(reply, &moved)) {
        return false;
    }
    if (moved != last) {
        (void)printf("休息日，末日顺延的至 a day off; an end that moves is %s %s\n",
                     ctl_day(ctl, reply->period->last), weekday_zh(moved));
    }
    return true;
}

static void end_print(struct ctl *ctl, const Award__Period *period)
{
    if (ctl->output == CTL_JSON) {
        ctl_print_json(ctl, &period->base);
    } else if (ctl->output == CTL_CSV) {
        (void)printf("last,provisional\r\n%s,%s\r\n", ctl_day(ctl, period->last),
                     period->provisional ? "true" : "false");
    } else {
        (void)printf("%s %s%s\n", ctl_day(ctl, period->last), weekday_zh(period->last->number),
                     period->provisional ? "  " SHOW_PROVISIONAL
                                           "：节假日安排尚未载入 the calendar is not loaded"
                                         : "");
    }
}

static int calendar_add_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    int32_t from;
    uint32_t length;
    bool working;
    if (!show_arguments(&command_calendar_add, 2, argc, argv, &status)) {
        return status;
    }
    if (!day_read(argv[0], &from)) {
        return CTL_USAGE;
    }
    if (!calendar_length_read(argv[1], &length, &working)) {
        return ctl_error(CTL_USAGE, "长度应写作 15wd（工作日）或 7d（自然日），1 至 1000",
                         "write a length as 15wd (working days) or 7d (days), 1 to 1000");
    }
    const Award__QueryReply *reply = calendar_period_ask(ctl, from, length, working, &status);
    if (reply == NULL || reply->period->last == NULL) {
        return status;
    }
    end_print(ctl, reply->period);
    bool told = working || ctl->output != CTL_TABLE ||
                moved_print(ctl, reply->period->last->number, &status);
    return told ? CTL_OK : status;
}

// ---- calendar between

// How many working days lie behind `from`, up to and with `to`: the longest period that ends by
// then. At most PERIOD_LENGTH_MAX. False when it has been said why not.
static bool working_between(struct ctl *ctl, int32_t from, int32_t to, uint32_t *count,
                            bool *provisional, int *status)
{
    uint32_t low = 0;
    uint32_t high = PERIOD_LENGTH_MAX;
    *provisional = false;
    while (low < high) {
        int32_t last;
        uint32_t middle = (low + high + 1) / 2;
        const Award__QueryReply *reply = calendar_period_ask(ctl, from, middle, true, status);
        if (!calendar_end_read(reply, &last)) {
            return false;
        }
        if (last <= to) {
            low = middle;
            *provisional = reply->period->provisional;
        } else {
            high = middle - 1;
        }
    }
    *count = low;
    return true;
}

static int calendar_between_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    int32_t from;
    int32_t to;
    uint32_t working;
    bool provisional;
    if (!show_arguments(&command_calendar_between, 2, argc, argv, &status)) {
        return status;
    }
    if (!day_read(argv[0], &from) || !day_read(argv[1], &to)) {
        return CTL_USAGE;
    }
    if (to < from || to - from > PERIOD_LENGTH_MAX) {
        return ctl_error(CTL_USAGE, "第二日应不早于第一日，且相距不超过 1000 日",
                         "the second day is not before the first, and at most 1000 days after it");
    }
    if (!working_between(ctl, from, to, &working, &provisional, &status)) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        (void)printf("{\"days\":%d,\"working_days\":%u,\"provisional\":%s}\n", to - from, working,
                     provisional ? "true" : "false");
    } else if (ctl->output == CTL_CSV) {
        (void)printf("days,working_days,provisional\r\n%d,%u,%s\r\n", to - from, working,
                     provisional ? "true" : "false");
    } else {
        (void)printf("%d 日 days，%u 个工作日 working days%s\n", to - from, working,
                     provisional ? "  " SHOW_PROVISIONAL : "");
    }
    return CTL_OK;
}

// ---- calendar show

enum { MONTHS = 12 };

// Days that are not what their weekday says.
static const char *exceptions_text(struct ctl *ctl, const struct calendar_days *year, int32_t month,
                                   bool working)
{
    const char *text = "";
    for (int32_t day = year->first; day <= year->last; day++) {
        bool weekday = day_weekday(day) <= 5;
        bool works = year->working[day - year->first];
        struct civil civil = day_to_civil(day);
        if (civil.month == month && works == working && weekday != working) {
            text = arena_format(ctl->arena, "%s%s%d", text, text[0] != '\0' ? " " : "", civil.day);
        }
    }
    return text[0] != '\0' ? text : "-";
}

static const char *working_text(struct ctl *ctl, const struct calendar_days *year, int32_t month)
{
    unsigned int count = 0;
    for (int32_t day = year->first; day <= year->last; day++) {
        count += day_to_civil(day).month == month && year->working[day - year->first];
    }
    return show_number(ctl, count);
}

static void year_json(struct ctl *ctl, const struct calendar_days *year,
                      const Award__Why__Source *source)
{
    char text[DAY_TEXT_BYTES];
    bool first = true;
    const char *calendar =
        source != NULL ? codec_to_json(&source->base, CODEC_JSON_LINE, ctl->arena) : "null";
    (void)printf("{\"calendar\":%s,\"provisional\":%s,\"working_days\":[", calendar,
                 year->provisional ? "true" : "false");
    for (int32_t day = year->first; day <= year->last; day++) {
        if (year->working[day - year->first]) {
            day_format(day, text);
            (void)printf("%s\"%s\"", first ? "" : ",", text);
            first = false;
        }
    }
    (void)puts("]}");
}

static void source_print(const Award__Why__Source *source, bool provisional)
{
    if (source == NULL) {
        (void)puts(
            SHOW_PROVISIONAL
            "：该年节假日安排尚未载入，只按周末推算；公布后用 awardctl calendar import 载入\n"
            "the calendar of that year is not loaded, weekends alone are known; once it is\n"
            "announced, load it with awardctl calendar import");
        return;
    }
    (void)printf("来源 source：%s，摘要 digest：%s\n", source->source, source->digest);
    if (provisional) {
        (void)puts(
            SHOW_PROVISIONAL
            "：年底几日还可能随下一年的安排变动 the notice of the next year may still change "
            "the last days");
    }
}

static void year_print(struct ctl *ctl, const struct calendar_days *year,
                       const Award__Why__Source *source)
{
    static const char *const heads[] = {">月 month", ">工作日 working days",
                                        "放假（周一至周五）days off",
                                        "调休上班（周末）make-up days", NULL};
    struct table *table = table_begin(ctl, heads);
    for (int32_t month = 1; month <= MONTHS; month++) {
        table_row(table, (const char *const[]){show_number(ctl, (uint64_t)month),
                                               working_text(ctl, year, month),
                                               exceptions_text(ctl, year, month, false),
                                               exceptions_text(ctl, year, month, true)});
    }
    table_end(table);
    if (ctl->output == CTL_TABLE) {
        source_print(source, year->provisional);
    }
}

static int calendar_show_run(struct ctl *ctl, int argc, char **argv)
{
    int status;
    int32_t number;
    if (!show_arguments(&command_calendar_show, 1, argc, argv, &status)) {
        return status;
    }
    if (!calendar_year_parse(argv[0], &number)) {
        return CTL_USAGE;
    }
    const Award__Why__Source *source;
    struct calendar_days year;
    if (!calendar_year_source(ctl, number, &source, &status) ||
        !calendar_days_ask(ctl, day_from_civil((struct civil){number, 1, 1}),
                           day_from_civil((struct civil){number, 12, 31}), &year, &status)) {
        return status;
    }
    if (ctl->output == CTL_JSON) {
        year_json(ctl, &year, source);
    } else {
        year_print(ctl, &year, source);
    }
    return CTL_OK;
}
