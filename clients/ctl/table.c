// table - rows are kept until the end, when the width of each column is known
//
// A cell that holds a line break would spoil the alignment, so control characters show as blanks;
// in CSV (RFC 4180) a cell with a comma, a quote or a break is quoted.
#include "clients/ctl/table.h"

#include "clients/ctl/screen.h"
#include "common/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    GAP = 2,
    ROWS_FIRST = 16,
    LAST_COLUMNS = 30, // with less room the last column is not broken
};

struct table {
    struct ctl *ctl;
    const char *const *heads;
    size_t columns;
    char **cells; // row by row
    size_t rows;
    size_t rows_room;
};

struct table *table_begin(struct ctl *ctl, const char *const heads[])
{
    struct table *table = arena_alloc(ctl->arena, sizeof(*table));
    table->ctl = ctl;
    table->heads = heads;
    while (heads[table->columns] != NULL) {
        table->columns++;
    }
    assert(table->columns > 0);
    return table;
}

static void rows_grow(struct table *table)
{
    size_t room = table->rows_room > 0 ? table->rows_room * 2 : ROWS_FIRST;
    char **cells = arena_alloc(table->ctl->arena, room * table->columns * sizeof(*cells));
    if (table->rows > 0) {
        memcpy(cells, table->cells, table->rows * table->columns * sizeof(*cells));
    }
    table->cells = cells;
    table->rows_room = room;
}

void table_row(struct table *table, const char *const cells[])
{
    if (table->rows == table->rows_room) {
        rows_grow(table);
    }
    char **row = &table->cells[table->rows * table->columns];
    for (size_t i = 0; i < table->columns; i++) {
        row[i] = arena_string(table->ctl->arena, cells[i] != NULL ? cells[i] : "-");
        for (char *at = row[i]; table->ctl->output == CTL_TABLE && *at != '\0'; at++) {
            if ((unsigned char)*at < ' ') {
                *at = ' ';
            }
        }
    }
    table->rows++;
}

static bool numeric(const struct table *table, size_t column)
{
    return table->heads[column][0] == '>';
}

static const char *head(const struct table *table, size_t column)
{
    return table->heads[column] + (numeric(table, column) ? 1 : 0);
}

static size_t column_width(const struct table *table, size_t column)
{
    size_t widest = text_width(head(table, column));
    for (size_t row = 0; row < table->rows; row++) {
        size_t width = text_width(table->cells[row * table->columns + column]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

// Nothing is set behind the last cell of a line; its text is broken where the screen ends.
static void last_print(const size_t widths[], size_t last, const char *text)
{
    size_t column = 0;
    size_t columns = screen_columns();
    for (size_t i = 0; i < last; i++) {
        column += widths[i] + GAP;
    }
    if (columns >= column + LAST_COLUMNS) {
        screen_text(text, column, columns);
    } else {
        (void)fputs(text, stdout);
    }
}

static void cell_print(const struct table *table, const size_t widths[], size_t column,
                       const char *text)
{
    int blanks = (int)(widths[column] - text_width(text));
    bool last = column + 1 == table->columns;
    if (numeric(table, column)) {
        (void)printf("%*s%s%*s", blanks, "", text, last ? 0 : GAP, "");
    } else if (last) {
        last_print(widths, column, text);
    } else {
        (void)printf("%s%*s", text, blanks + GAP, "");
    }
}

static void table_print(const struct table *table)
{
    size_t *widths = arena_alloc(table->ctl->arena, table->columns * sizeof(*widths));
    (void)printf("%s", table->ctl->colours ? "\033[1m" : "");
    for (size_t i = 0; i < table->columns; i++) {
        widths[i] = column_width(table, i);
        cell_print(table, widths, i, head(table, i));
    }
    (void)printf("%s\n", table->ctl->colours ? "\033[0m" : "");
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < table->columns; i++) {
            cell_print(table, widths, i, table->cells[row * table->columns + i]);
        }
        (void)putchar('\n');
    }
    if (table->rows == 0) {
        (void)puts("（没有记录 / nothing）");
    }
}

static void csv_cell(const char *text, bool last)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        (void)printf("%s", text);
    } else {
        (void)putchar('"');
        for (const char *at = text; *at != '\0'; at++) {
            (void)printf("%s%c", *at == '"' ? "\"" : "", *at);
        }
        (void)putchar('"');
    }
    (void)printf("%s", last ? "\r\n" : ",");
}

static void csv_print(const struct table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        csv_cell(head(table, i), i + 1 == table->columns);
    }
    for (size_t cell = 0; cell < table->rows * table->columns; cell++) {
        csv_cell(table->cells[cell], cell % table->columns + 1 == table->columns);
    }
}

void table_end(struct table *table)
{
    if (table->ctl->output == CTL_CSV) {
        csv_print(table);
    } else {
        table_print(table);
    }
}
