// Tests of calendar_file: the project's calendar by years, and what is found wrong in others.
#include "common/limits.h"
#include "settings/calendar_file.h"

#include "common/time.h"
#include "mutation.h"
#include "settings/file_text.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct settings_error error;
static Award__CalendarLoaded **years;
static size_t years_count;

static void begin(void)
{
    arena = arena_create();
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(calendar_file, .init = begin, .fini = end);

static void read_good(const char *text)
{
    cr_assert(calendar_file_read(text, strlen(text), "notice", arena, &years, &years_count, &error),
              "%zu:%zu %s", error.line, error.column, error.en);
}

static bool read_calendar(const char *text, size_t length, struct settings_error *found)
{
    return calendar_file_read(text, length, "notice", arena, &years, &years_count, found);
}

Test(calendar_file, the_projects_calendar_has_the_years_2007_to_2026)
{
    const char *text;
    size_t length;
    size_t rows = 0;
    cr_assert(file_text_read(SOURCE_DIR "/rulebooks/cn-holidays.tsv", LIMIT_FILE_TEXT_BYTES, arena,
                             &text, &length, &error),
              "%s", error.en);
    read_good(text);
    cr_assert_eq(years_count, 20);
    int32_t before = 0;
    for (size_t i = 0; i < years_count; i++) {
        cr_assert(years[i]->has_year && years[i]->year == 2007 + (int32_t)i);
        cr_assert_str_eq(years[i]->source, "notice");
        cr_assert_eq(strlen(years[i]->digest), 64);
        for (size_t j = 0; j < years[i]->n_exceptions; j++) {
            const Award__CalendarLoaded__Exception *exception = years[i]->exceptions[j];
            cr_assert(exception->on->has_number && exception->has_working);
            cr_assert_gt(exception->on->number, before);
            before = exception->on->number;
            rows++;
        }
    }
    cr_assert_eq(rows, 678);
}

Test(calendar_file, the_last_days_of_december_go_with_the_notice_of_the_next_year)
{
    read_good("2018-01-01\tholiday\t元旦\n"
              "2018-12-24\tworkday\t元旦\n"
              "2018-12-25\tholiday\t别的节日\n"
              "2018-12-29\tworkday\t元旦\n"
              "2018-12-30\tholiday\t元旦\n"
              "2019-01-01\tholiday\t元旦\n");
    cr_assert_eq(years_count, 2);
    cr_assert_eq(years[0]->n_exceptions, 3);
    cr_assert_eq(years[1]->n_exceptions, 3);
    cr_assert_eq(years[1]->year, 2019);
    const Award__CalendarLoaded__Exception *first = years[1]->exceptions[0];
    cr_assert_eq(first->on->number, day_from_civil((struct civil){2018, 12, 29}));
    cr_assert(first->working);
    cr_assert_str_eq(first->name, "元旦");
    cr_assert_not(years[1]->exceptions[1]->working);
}

static const char good[] = "# days\n"
                           "2018-01-01\tholiday\t元旦\n"
                           "\n"
                           "2018-02-15\tholiday\t春节\n"
                           "2018-02-24\tworkday\t春节";

// clang-format off
static const struct bad_file bad_files[] = {
    {"2018-02-15", "^2018-2-15", "第一列应为日期", "the first column is a date"},
    {"2018-02-15", "^2018-02-30", "第一列应为日期", "the first column is a date"},
    {"2018-02-15", "^2018-01-01", "第 2 行不早于它", "line 2 is not before it"},
    {"2018-02-24", "^2018-02-14", "第 4 行不早于它", "line 4 is not before it"},
    {"15\tholiday", "15\t^Holiday", "holiday（放假）", "holiday or workday"},
    {"2018-02-15\tholiday\t春节", "^2018-02-15 holiday", "第一列应为日期", "the first column is a date"},
    {"15\tholiday\t春节", "15\tholiday\t^", "名称", "the third column is a name"},
    {"15\tholiday\t春节", "15\tholiday\t^春节\tmore", "名称", "the third column is a name"},
    {"15\tholiday\t春节", "15\tholiday\t^春节\r", "名称", "the third column is a name"},
    {"15\tholiday\t春节", "15\tholiday\t^\xff", "名称", "the third column is a name"},
    {"2018-01-01", "^2018-01-02", "缺少 1 月 1 日", "1 January 2018 is missing"},
};
// clang-format on

Test(calendar_file, wrong_lines_are_found_at_their_line_and_column)
{
    read_good(good);
    cr_assert_eq(years[0]->n_exceptions, 3);
    for (size_t i = 0; i < sizeof(bad_files) / sizeof(bad_files[0]); i++) {
        mutation_expect(good, &bad_files[i], read_calendar);
    }
}

Test(calendar_file, a_file_without_days_is_refused)
{
    cr_assert_not(read_calendar("# none\n", 7, &error));
    cr_assert_not_null(strstr(error.en, "lists no day"), "%s", error.en);
    cr_assert_not(read_calendar("", 0, &error));
}
