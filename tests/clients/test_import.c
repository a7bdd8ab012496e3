// Spreadsheets: rows and their numbers, forms of cells, and what is told of each problem.
#include "clients/ctl/import.h"
#include "common/codec.h"
#include "common/time.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct import_table table;
static struct settings_error error;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

TestSuite(import_table, .init = setup, .fini = teardown);

static void parse(const char *text)
{
    cr_assert(import_table_parse(text, strlen(text), arena, &table, &error), "%s", error.en);
}

static void expect_row(size_t index, uint64_t number, const char *first, const char *second)
{
    cr_assert_lt(index, table.rows_count);
    const struct import_row *row = &table.rows[index];
    cr_assert_eq(row->number, number, "row %zu", (size_t)row->number);
    cr_assert_geq(row->cells_count, 2);
    cr_assert_str_eq(row->cells[0], first);
    cr_assert_str_eq(row->cells[1], second);
}

Test(import_table, rows_have_the_numbers_that_a_spreadsheet_shows)
{
    parse("\xEF\xBB\xBF甲,乙\r\n\r\n1,2\r\n# 备注,x\r\n,\r\n3,4");
    cr_assert_str_eq(table.heading.cells[1], "乙");
    cr_assert_eq(table.heading.number, 1);
    cr_assert_eq(table.rows_count, 2);
    expect_row(0, 3, "1", "2");
    expect_row(1, 6, "3", "4");
}

Test(import_table, quoted_cells_hold_separators_quotes_and_line_ends)
{
    parse("a,b\n\"1,5\",\"x\"\"y\"\n\"one\r\ntwo\",z\nq,r\n");
    expect_row(0, 2, "1,5", "x\"y");
    expect_row(1, 3, "one\ntwo", "z");
    expect_row(2, 4, "q", "r");
}

Test(import_table, blanks_around_cells_are_taken_off_full_width_ones_too)
{
    parse("a\tb\n \u3000甲 \u3000\t\" 乙 \"\n");
    expect_row(0, 2, "甲", "乙");
}

Test(import_table, semicolons_and_old_line_ends_are_taken)
{
    parse("a;b\r1,5;2\r");
    expect_row(0, 2, "1,5", "2");
}

Test(import_table, what_is_none_says_why)
{
    static const char *const texts[] = {"a,\"b\nc", "a,b\n\"x\"y,z\n", "", "\n# x\n", "\xFF\xFF"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        cr_assert_not(import_table_parse(texts[i], strlen(texts[i]), arena, &table, &error));
        cr_assert_gt(strlen(error.zh), 0);
        cr_assert_gt(strlen(error.en), 0);
    }
}

Test(import_table, too_many_rows_or_columns_are_refused)
{
    char *text = arena_alloc(arena, 30000);
    memset(text, ',', 256);
    text[256] = '\n';
    cr_assert_not(import_table_parse(text, 257, arena, &table, &error));
    cr_assert_not_null(strstr(error.en, "256 columns"));
    for (size_t i = 0; i < 10002; i++) {
        memcpy(text + 2 * i, "a\n", 2);
    }
    cr_assert_not(import_table_parse(text, 20004, arena, &table, &error));
    cr_assert_not_null(strstr(error.en, "10000 rows"));
    cr_assert(import_table_parse(text, 20002, arena, &table, &error));
}

// ---- Rows of a kind, with an office that knows one reviewer and nothing else

TestSuite(import_row, .init = setup, .fini = teardown);

static const Award__Enterprise *no_enterprise(void *context, const char *code)
{
    (void)context;
    (void)code;
    return NULL;
}

static const struct rulebook *one_rulebook(void *context, const char *cycle)
{
    static struct rulebook rulebook = {
        .digest = "d",
        .categories = {{.key = "leadership", .zh = "领导", .points_max = 10000}   },
        .categories_count = 1,
        .items = { {.key = "leadership.one", .zh = "组织的领导", .points_max = 6000},
                       {.key = "leadership.two", .zh = "领导", .points_max = 4000}},
        .items_count = 2,
    };
    (void)context;
    return cycle != NULL && strcmp(cycle, "2018") == 0 ? &rulebook : NULL;
}

static const char *const *one_reviewer(void *context, size_t *count)
{
    static const char *const names[] = {"reviewer-01"};
    (void)context;
    *count = 1;
    return names;
}

static const struct import *read_as(const struct import_kind *kind, const char *text)
{
    static const struct import_office office = {NULL, no_enterprise, one_rulebook, one_reviewer};
    parse(text);
    return import_read(kind, &table, &office, ".", arena);
}

static void expect_problem(const struct import *import, size_t index, uint64_t row,
                           const char *column, const char *word)
{
    cr_assert_lt(index, import->problems_count);
    const struct import_problem *problem = &import->problems[index];
    cr_assert_eq(problem->row, row);
    cr_assert_str_eq(problem->column, column);
    cr_assert_not_null(strstr(problem->en, word), "%s", problem->en);
    cr_assert_gt(strlen(problem->zh), 0);
}

Test(import_row, a_reviewer_becomes_an_event)
{
    const struct import *import =
        read_as(&import_pool, "人员标识,行业,工作单位\nreviewer-01,C36、C37,甲\n");
    cr_assert_eq(import->problems_count, 0);
    cr_assert_eq(import->lines_count, 1);
    cr_assert_eq(import->lines[0].row, 2);
    cr_assert_str_eq(import->lines[0].text,
                     "{\"reviewer_added\":{\"person\":\"reviewer-01\",\"industries\":[\"C36\","
                     "\"C37\"],\"employer\":\"甲\"}}");
}

Test(import_row, all_problems_of_all_rows_are_told_at_once)
{
    const struct import *import = read_as(
        &import_pool, "人员标识,行业,工作单位\nreviewer-O1,,甲\nreviewer-01,C36,,溢出\nx,C1,乙\n");
    cr_assert_eq(import->lines_count, 0);
    cr_assert_eq(import->problems_count, 5);
    expect_problem(import, 0, 2, "人员标识", "is it reviewer-01?");
    expect_problem(import, 1, 2, "行业", "fill it in");
    expect_problem(import, 2, 3, "", "under no heading");
    expect_problem(import, 3, 3, "工作单位", "fill it in");
    expect_problem(import, 4, 4, "人员标识", "have the administrator enrol");
}

Test(import_row, headings_that_are_unknown_missing_or_there_twice_are_told_alone)
{
    const struct import *import = read_as(&import_pool, "person,人员标识,employr\n?,?,?\n");
    cr_assert_eq(import->problems_count, 4);
    expect_problem(import, 0, 1, "人员标识", "twice");
    expect_problem(import, 1, 1, "employr", "is it \"employer\"?");
    expect_problem(import, 2, 1, "行业", "missing");
    expect_problem(import, 3, 1, "工作单位", "missing");
}

Test(import_row, a_heading_that_two_columns_of_a_rulebook_share_needs_its_key)
{
    const struct import *import =
        read_as(&import_sheets, "案件,评审员,领导\n2018/91500112MA5U00011J/1,reviewer-01,50\n");
    expect_problem(import, 0, 1, "领导", "English headings");
    import = read_as(&import_sheets, "案件,评审员,组织的领导,领导 leadership.two\n"
                                     "2018/91500112MA5U00011J/1,reviewer-01,50.5,\n");
    cr_assert_eq(import->problems_count, 0);
    cr_assert_str_eq(import->lines[0].text,
                     "{\"principal\":\"reviewer-01\",\"independent_sheet\":{\"case\":"
                     "\"2018/91500112MA5U00011J/1\",\"scores\":[{\"item\":\"leadership.one\","
                     "\"points\":\"50.50\"}]}}");
}

Test(import_row, sheets_of_another_cycle_are_told)
{
    const struct import *import =
        read_as(&import_sheets, "案件,评审员,leadership\n2018/x/1,reviewer-01,50\n"
                                "2019/x/1,reviewer-01,50\n");
    expect_problem(import, 0, 3, "案件", "file of its own");
    import = read_as(&import_sheets, "案件,评审员,leadership\n2019/x/1,reviewer-01,50\n");
    expect_problem(import, 0, 2, "案件", "no such cycle");
}

// ---- Days and moments, through the row of an application

#define HEADING "cycle,enterprise,form,profile,report,evidence,operating_since,paper_receipt\n"

static const struct import *day_row(const char *day, const char *moment)
{
    return read_as(
        &import_applications,
        arena_format(arena, HEADING "2018,91500112MA5U00011J,f,p,r,i=e,%s,%s\n", day, moment));
}

static bool column_wrong(const struct import *import, const char *column)
{
    for (size_t i = 0; i < import->problems_count; i++) {
        if (strcmp(import->problems[i].column, column) == 0) {
            return true;
        }
    }
    return false;
}

Test(import_row, days_and_moments_are_read_as_offices_write_them)
{
    static const char *const days[] = {"2018-03-07", "2018/3/7", "2018.3.7", "2018年3月7日"};
    static const char *const moments[] = {"2018-03-07 10:00", "2018/3/7 9:05", "2018年3月7日 10:00",
                                          "2018-03-07T10:00:00+08:00", "2018/3/7 24:00"};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        cr_assert_not(column_wrong(day_row(days[i], ""), "operating_since"), "%s", days[i]);
    }
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        cr_assert_not(column_wrong(day_row("", moments[i]), "paper_receipt"), "%s", moments[i]);
    }
}

Test(import_row, what_is_no_day_or_no_moment_is_told)
{
    static const char *const days[] = {"2018-02-29", "3/7/2018",        "2018", "2018-3", "昨天",
                                       "20180307",   "2018-03-07 10:00"};
    static const char *const moments[] = {"2018-03-07", "2018-03-07 25:00", "10:00"};
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        cr_assert(column_wrong(day_row(days[i], ""), "operating_since"), "%s", days[i]);
    }
    for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
        cr_assert(column_wrong(day_row("", moments[i]), "paper_receipt"), "%s", moments[i]);
    }
}
