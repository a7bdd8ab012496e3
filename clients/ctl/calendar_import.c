// calendar_import - `calendar import FILE`: the years of a calendar file, each one event
//
// The id of each event is a digest of its content, as `push` makes it: the same file again is the
// same events, whatever was loaded in between.
#include "clients/ctl/calendar_import.h"

#include "clients/ctl/calendar_year.h"
#include "clients/ctl/commands.h"
#include "clients/ctl/push_line.h"
#include "common/limits.h"
#include "settings/file_text.h"

#include <stdio.h>
#include <string.h>

static int calendar_import_run(struct ctl *ctl, int argc, char **argv);

const struct command command_calendar_import = {
    .name = "calendar import",
    .arguments = "FILE [--year YEAR] [--source TEXT] [--only-marked] [--dry-run]",
    .zh = "载入节假日安排文件（本项目的 TSV 或 iCalendar）",
    .en = "load a calendar of days off from a file (the project's TSV, or iCalendar)",
    .help =
        "文件中列有 1 月 1 "
        "日的每一年各为一个事件；期限随之重算。同一文件再次载入不会改变任何东西。\n"
        "分不清是放假还是补班的日历事件是错误，不作猜测。载入前后可用 calendar check 核对。\n"
        "Each year whose 1 January the file lists is one event; deadlines are computed anew by "
        "it.\n"
        "The same file again changes nothing. An entry that is not told to be a day off or a "
        "make-up\n"
        "day is an error, never a guess. calendar check compares before and after.\n"
        "\n"
        "  --year YEAR     只载入这一年 / load this year alone\n"
        "  --source TEXT   来源，如通知文号（默认为文件名）/ where it is from (default: the file)\n"
        "  --only-marked   只取 Apple 标记的事件 / of iCalendar, only what Apple's feed marks\n"
        "  --dry-run       只试算，不写入 / decide without writing\n",
    .needs_settings = true,
    .run = calendar_import_run,
};

// ---- Reading

static void left_out_say(const struct calendar_source *source)
{
    for (size_t i = 0; i < source->years.left_out_count; i++) {
        const struct calendar_left_out *out = &source->years.left_out[i];
        (void)fprintf(stderr,
                      "略去 %d 年的 %zu 日：文件没有列出该年 1 月 1 日，不算完整\n"
                      "left out: %zu days of %d, because the file does not list its 1 January\n",
                      out->year, out->days, out->days, out->year);
    }
    if (source->passed_over > 0) {
        (void)fprintf(stderr,
                      "略去 %zu 个没有标记的日历事件\n"
                      "left out: %zu entries without a mark\n",
                      source->passed_over, source->passed_over);
    }
}

static size_t working_count(const Award__CalendarLoaded *year)
{
    size_t count = 0;
    for (size_t i = 0; i < year->n_exceptions; i++) {
        count += year->exceptions[i]->working ? 1 : 0;
    }
    return count;
}

// Every notice so far had make-up days; some feeds come in two files, one of them without.
static void one_sided_say(const struct calendar_source *source)
{
    for (size_t i = 0; i < source->years.count; i++) {
        if (working_count(source->years.years[i]) == 0) {
            (void)fprintf(
                stderr,
                "注意：%d 年没有一个补班日，文件可能只列了放假；请核对\n"
                "note: %d has no make-up day, the file may list days off alone; check it\n",
                source->years.years[i]->year, source->years.years[i]->year);
        }
    }
}

bool calendar_import_read(struct ctl *ctl, const char *path, const char *name, bool only_marked,
                          struct calendar_source *source)
{
    const char *text;
    size_t length;
    const char *slash = strrchr(path, '/');
    const char *file_name = slash != NULL ? slash + 1 : path;
    struct settings_error error;
    if (!file_text_read(path, LIMIT_CALENDAR_BYTES, ctl->arena, &text, &length, &error) ||
        !calendar_source_read(text, length, name != NULL ? name : file_name, only_marked,
                              ctl->arena, source, &error)) {
        (void)ctl_file_error(path, &error);
        return false;
    }
    (void)fflush(stdout);
    left_out_say(source);
    one_sided_say(source);
    return true;
}

// ---- Sending

struct choices {
    const char *year;
    const char *source;
    bool only_marked;
    bool dry_run;
};

// Leaves the one year that is wanted. False when it has said that the file has it not.
static bool year_choose(struct ctl *ctl, int32_t wanted, struct calendar_years *years)
{
    for (size_t i = 0; i < years->count; i++) {
        if (years->years[i]->year == wanted) {
            years->years[0] = years->years[i];
            years->count = 1;
            return true;
        }
    }
    (void)ctl_error(CTL_INPUT,
                    arena_format(ctl->arena,
                                 "文件中没有 %d 年 1 月 1 日，不能载入该年；请核对文件和 --year",
                                 wanted),
                    arena_format(ctl->arena,
                                 "the file does not list 1 January of %d, so that the year is not "
                                 "loaded; check the file and --year",
                                 wanted));
    return false;
}

static Award__Event **events_create(struct ctl *ctl, const struct calendar_years *years)
{
    Award__Event **events = arena_alloc(ctl->arena, years->count * sizeof(*events));
    struct push_ids *ids = push_ids_create();
    for (size_t i = 0; i < years->count; i++) {
        char id[PUSH_ID_BYTES];
        events[i] = arena_alloc(ctl->arena, sizeof(*events[i]));
        award__event__init(events[i]);
        events[i]->body_case = AWARD__EVENT__BODY_CALENDAR_LOADED;
        events[i]->calendar_loaded = years->years[i];
        push_id(ids, events[i], ctl->principal, 0, id);
        events[i]->id = arena_string(ctl->arena, id);
    }
    push_ids_destroy(ids);
    return events;
}

static void year_print(const Award__CalendarLoaded *year)
{
    size_t working = working_count(year);
    size_t off = year->n_exceptions - working;
    (void)printf("%d：放假 %zu 日，补班 %zu 日 / %zu days off, %zu make-up days\n", year->year, off,
                 working, off, working);
}

// What was on record before has no effect again, even if another calendar came in between.
static void repeated_say(const struct ctl *ctl, bool repeated)
{
    if (repeated && ctl->output == CTL_TABLE) {
        (void)puts(
            "\n有的年份此前已经载入过，这次没有改变；其后若载入过别的安排，仍以后者为准，请用 "
            "calendar check 核对，\n要恢复旧安排，请用 --source 写明来源后再载入。\n"
            "Some years were on record before and change nothing; what was loaded after them "
            "still holds. Compare\nwith calendar check; to return to this file, load it "
            "with another --source.");
    }
}

static void loaded_say(const struct ctl *ctl, bool loaded)
{
    if (loaded && ctl->output == CTL_TABLE) {
        (void)puts("\n期限已据此重新计算，有变动的见 awardctl deadlines 的“期限变更”。\n"
                   "Deadlines are computed anew by it; awardctl deadlines lists how they were "
                   "moved.");
    }
}

static int years_send(struct ctl *ctl, const struct calendar_years *years, bool dry_run)
{
    int status = CTL_OK;
    bool repeated = false;
    bool loaded = false;
    Award__Event **events = events_create(ctl, years);
    const Award__AnswerBatch *batch = ctl_send(ctl, events, years->count, dry_run, &status);
    for (size_t i = 0; batch != NULL && i < batch->n_answers; i++) {
        const Award__Answer *answer = batch->answers[i];
        if (ctl->output == CTL_TABLE) {
            year_print(years->years[i]);
        }
        ctl_print_answer(ctl, answer);
        repeated = repeated || answer->repeated;
        bool accepted = answer->outcome == AWARD__OUTCOME__NAME__accepted;
        loaded = loaded || (accepted && !answer->repeated && !dry_run);
        status = answer->outcome == AWARD__OUTCOME__NAME__rejected ? (int)CTL_NOT_ADMITTED : status;
    }
    repeated_say(ctl, repeated);
    loaded_say(ctl, loaded);
    return status;
}

static int calendar_import_run(struct ctl *ctl, int argc, char **argv)
{
    struct choices choices = {0};
    struct calendar_source source;
    int32_t year = 0;
    const struct ctl_option options[] = {
        {"--year",        &choices.year,   NULL                },
        {"--source",      &choices.source, NULL                },
        {"--only-marked", NULL,            &choices.only_marked},
        {"--dry-run",     NULL,            &choices.dry_run    },
        {NULL,            NULL,            NULL                },
    };
    argc = ctl_options(&command_calendar_import, options, argc, argv);
    if (argc != 1) {
        return argc < 0 ? CTL_USAGE : ctl_usage(&command_calendar_import);
    }
    if (choices.year != NULL && !calendar_year_parse(choices.year, &year)) {
        return CTL_USAGE;
    }
    if (!calendar_import_read(ctl, argv[0], choices.source, choices.only_marked, &source) ||
        (year != 0 && !year_choose(ctl, year, &source.years))) {
        return CTL_INPUT;
    }
    if (source.years.count == 0) {
        return ctl_error(CTL_INPUT, "文件中没有一个完整的年份；公布的安排总列有 1 月 1 日，请补上",
                         "the file holds no whole year; every notice lists 1 January, so add it");
    }
    return years_send(ctl, &source.years, choices.dry_run);
}
