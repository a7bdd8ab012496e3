// calendar_check - `calendar check FILE`: the days on which a file and the coordinator differ
//
// Compared is whether a day is worked, not how it is listed: feeds differ in whether they list a
// Saturday within a holiday. The last days of a December are the matter of the next year's notice,
// so they are compared with that year, or with their own where neither side has the next.
#include "clients/ctl/calendar_import.h"
#include "clients/ctl/calendar_year.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/printing.h"
#include "common/time.h"
#include "rules/calendar.h"

#include <stdio.h>

static int calendar_check_run(struct ctl *ctl, int argc, char **argv);

const struct command command_calendar_check = {
    .name = "calendar check",
    .arguments = "FILE [--only-marked]",
    .zh = "把已载入的节假日安排与另一来源逐日核对",
    .en = "compare the loaded calendar with another source, day by day",
    .help =
        "列出上班与否不同的日期和只有一方有的年份。有不同的日期，或文件中有尚未载入的年份，"
        "退出码为 5。\n"
        "It lists the days of which one says worked and the other off, and years that only one\n"
        "side has. The status is 5 where a day differs or the file has a year that is not "
        "loaded.\n",
    .needs_settings = true,
    .run = calendar_check_run,
};

enum {
    DECEMBER_DAYS_OF_NEXT_NOTICE = 25,
    YEARS_BEFORE = 40, // that are looked for beside those of the file
    YEARS_AFTER = 10,
};

static const char *const weekdays[] = {"",         "周一 Mon", "周二 Tue", "周三 Wed",
                                       "周四 Thu", "周五 Fri", "周六 Sat", "周日 Sun"};

struct checking {
    struct ctl *ctl;
    struct calendar theirs;
    const struct calendar_years *years;
    struct printing printing;
    int32_t alone_from; // the first of years on end that one side alone has; 0: none
    bool alone_ours;
    size_t days;   // that differ
    size_t unseen; // years of the file that are not loaded
    size_t compared;
};

// ---- What the file says

static struct calendar calendar_of(struct ctl *ctl, const struct calendar_years *years)
{
    size_t count = 0;
    for (size_t i = 0; i < years->count; i++) {
        count += years->years[i]->n_exceptions;
    }
    struct calendar_exception *exceptions = arena_alloc(ctl->arena, count * sizeof(*exceptions));
    size_t kept = 0;
    for (size_t i = 0; i < years->count; i++) {
        for (size_t j = 0; j < years->years[i]->n_exceptions; j++) {
            const Award__CalendarLoaded__Exception *one = years->years[i]->exceptions[j];
            calendar_insert(exceptions, kept++,
                            (struct calendar_exception){one->on->number, one->working});
        }
    }
    return (struct calendar){exceptions, kept};
}

static const char *name_of(const struct calendar_years *years, int32_t day)
{
    for (size_t i = 0; i < years->count; i++) {
        for (size_t j = 0; j < years->years[i]->n_exceptions; j++) {
            if (years->years[i]->exceptions[j]->on->number == day) {
                return years->years[i]->exceptions[j]->name;
            }
        }
    }
    return "-";
}

// ---- Comparing

static const char *worked_text(bool working)
{
    return working ? "上班 worked" : "放假 off";
}

static void day_print(struct checking *checking, int32_t day, bool ours, bool theirs)
{
    char text[DAY_TEXT_BYTES];
    day_format(day, text);
    printing_row(&checking->printing,
                 (const char *const[]){text, weekdays[day_weekday(day)], worked_text(ours),
                                       worked_text(theirs), name_of(checking->years, day)});
    checking->days++;
}

// A year that both sides have, with the days of the December before that its notice may name.
static bool year_compare(struct checking *checking, int32_t number, bool next_known, int *status)
{
    struct calendar_days days;
    bool alone = !next_known && !calendar_announced(&checking->theirs, number + 1);
    struct civil first = {number - 1, 12, DECEMBER_DAYS_OF_NEXT_NOTICE};
    struct civil last = {number, 12, alone ? 31 : DECEMBER_DAYS_OF_NEXT_NOTICE - 1};
    if (!calendar_days_ask(checking->ctl, day_from_civil(first), day_from_civil(last), &days,
                           status)) {
        return false;
    }
    for (int32_t day = days.first; day <= days.last; day++) {
        bool ours = days.working[day - days.first];
        bool theirs = calendar_working(&checking->theirs, day);
        if (ours != theirs) {
            day_print(checking, day, ours, theirs);
        }
    }
    checking->compared++;
    return true;
}

// A row for the years on end, up to this one, that one side alone has; for programs one a year.
static void alone_print(struct checking *checking, int32_t to)
{
    static const char has[] = "有 has it";
    static const char has_not[] = "没有 has not";
    int32_t from = checking->alone_from;
    if (from == 0) {
        return;
    }
    bool ours = checking->alone_ours;
    const char *years = from == to ? arena_format(checking->ctl->arena, "%d", from)
                                   : arena_format(checking->ctl->arena, "%d 至 to %d", from, to);
    printing_row(&checking->printing,
                 (const char *const[]){years, "全年 year", ours ? has : has_not,
                                       ours ? has_not : has, NULL});
    checking->unseen += ours ? 0 : (size_t)(to - from + 1);
    checking->alone_from = 0;
}

static void year_alone(struct checking *checking, int32_t number, bool ours)
{
    if (checking->alone_ours != ours) {
        alone_print(checking, number - 1);
    }
    if (checking->alone_from == 0) {
        checking->alone_from = number;
        checking->alone_ours = ours;
    }
    if (checking->ctl->output != CTL_TABLE) {
        alone_print(checking, number);
    }
}

static bool years_compare(struct checking *checking, int32_t from, int32_t to, int *status)
{
    bool known;
    if (!calendar_year_known(checking->ctl, from, &known, status)) {
        return false;
    }
    for (int32_t year = from; year <= to; year++) {
        bool next_known;
        bool theirs = calendar_announced(&checking->theirs, year);
        if (known == theirs) {
            alone_print(checking, year - 1);
        }
        if (!calendar_year_known(checking->ctl, year + 1, &next_known, status) ||
            (known && theirs && !year_compare(checking, year, next_known, status))) {
            return false;
        }
        if (known != theirs) {
            year_alone(checking, year, known);
        }
        known = next_known;
    }
    alone_print(checking, to);
    return true;
}

// ---- The command

static int result_say(const struct checking *checking)
{
    bool different = checking->days > 0 || checking->unseen > 0;
    if (checking->ctl->output == CTL_TABLE) {
        (void)printf("\n核对了 %zu 年：%zu 日不同，%zu 年尚未载入 / %zu years compared: %zu days "
                     "differ, %zu years are not loaded\n",
                     checking->compared, checking->days, checking->unseen, checking->compared,
                     checking->days, checking->unseen);
    }
    return different ? CTL_DIFFERENT : CTL_OK;
}

static int file_check(struct ctl *ctl, const struct calendar_years *years)
{
    static const char *const heads[] = {"日期 day",  "星期 weekday",      "已载入 loaded",
                                        "文件 file", "文件中的名称 name", NULL};
    int status = CTL_OK;
    int32_t first = years->years[0]->year;
    int32_t last = years->years[years->count - 1]->year;
    struct checking checking = {
        .ctl = ctl,
        .theirs = calendar_of(ctl, years),
        .years = years,
        .printing = printing_begin(ctl, heads),
    };
    int32_t from =
        first - YEARS_BEFORE > CALENDAR_YEAR_MIN ? first - YEARS_BEFORE : CALENDAR_YEAR_MIN;
    int32_t to = last + YEARS_AFTER < CALENDAR_YEAR_MAX ? last + YEARS_AFTER : CALENDAR_YEAR_MAX;
    bool good = years_compare(&checking, from, to, &status);
    printing_end(&checking.printing);
    return good ? result_say(&checking) : status;
}

static int calendar_check_run(struct ctl *ctl, int argc, char **argv)
{
    bool only_marked = false;
    struct calendar_source source;
    const struct ctl_option options[] = {
        {"--only-marked", NULL, &only_marked},
        {NULL,            NULL, NULL        },
    };
    argc = ctl_options(&command_calendar_check, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_calendar_check);
    }
    if (!calendar_import_read(ctl, argv[0], NULL, only_marked, &source)) {
        return CTL_INPUT;
    }
    if (source.years.count == 0) {
        return ctl_error(CTL_INPUT, "文件中没有一个完整的年份可以核对",
                         "the file holds no whole year to compare");
    }
    return file_check(ctl, &source.years);
}
