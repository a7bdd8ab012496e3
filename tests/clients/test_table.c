// Tests of tables: columns line up with Chinese text, and CSV is quoted.
#include "clients/ctl/table.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>

static struct ctl ctl;

static void begin(void)
{
    ctl = (struct ctl){.arena = arena_create()};
    cr_redirect_stdout();
}

static void end(void)
{
    arena_destroy(ctl.arena);
}

TestSuite(table, .init = begin, .fini = end);

static void show(void)
{
    static const char *const heads[] = {"企业", ">分数", "名称 name", NULL};
    struct table *table = table_begin(&ctl, heads);
    table_row(table, (const char *const[]){"渝北区汽车", "85.50", "甲"});
    table_row(table, (const char *const[]){"ab", "1000.00", NULL});
    table_end(table);
    (void)fflush(stdout);
}

Test(table, columns_line_up_where_characters_are_two_columns_wide)
{
    show();
    cr_assert_stdout_eq_str("企业           分数  名称 name\n"
                            "渝北区汽车    85.50  甲\n"
                            "ab          1000.00  -\n");
}

Test(table, without_rows_it_says_that_there_is_nothing)
{
    static const char *const heads[] = {"a", NULL};
    table_end(table_begin(&ctl, heads));
    (void)fflush(stdout);
    cr_assert_stdout_eq_str("a\n（没有记录 / nothing）\n");
}

Test(table, a_line_break_in_a_cell_does_not_break_the_row)
{
    static const char *const heads[] = {"a", "b", NULL};
    struct table *table = table_begin(&ctl, heads);
    table_row(table, (const char *const[]){"x\ny", "z"});
    table_end(table);
    (void)fflush(stdout);
    cr_assert_stdout_eq_str("a    b\nx y  z\n");
}

Test(table, csv_quotes_what_would_be_read_otherwise)
{
    static const char *const heads[] = {"a", ">b", NULL};
    ctl.output = CTL_CSV;
    struct table *table = table_begin(&ctl, heads);
    table_row(table, (const char *const[]){"x,\"y\"\nz", "1"});
    table_end(table);
    (void)fflush(stdout);
    cr_assert_stdout_eq_str("a,b\r\n\"x,\"\"y\"\"\nz\",1\r\n");
}

Test(table, more_rows_than_it_began_with_all_stand)
{
    static const char *const heads[] = {">n", NULL};
    char expected[4096] = " n\n";
    size_t used = 3;
    struct table *table = table_begin(&ctl, heads);
    for (int i = 10; i < 80; i++) {
        table_row(table, (const char *const[]){arena_format(ctl.arena, "%d", i)});
        used += (size_t)snprintf(expected + used, sizeof(expected) - used, "%d\n", i);
    }
    table_end(table);
    (void)fflush(stdout);
    cr_assert_stdout_eq_str(expected);
}
