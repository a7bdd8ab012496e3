// import_table - a spreadsheet saved as CSV: its heading and its rows
//
// libcsv does the quoting. It passes over blank lines, which would spoil the numbers of the rows,
// so line ends are made one byte first and each blank line is asked for.
#include "clients/ctl/import_table.h"

#include "clients/ctl/text_decode.h"
#include "common/limits.h"
#include "common/text.h"
#include "settings/file_text.h"

#include <assert.h>
#include <csv.h>
#include <string.h>

enum { ROWS_FIRST = 64 };

struct reading {
    struct arena *arena;
    struct import_table *table;
    size_t rows_room;
    struct import_row row; // that is being read
    char *cells[LIMIT_TABLE_COLUMNS];
    bool heading_there;
    bool too_many_columns;
    bool too_many_rows;
};

// ---- Rows

// Full-width blanks, too.
static char *trimmed(const char *text, size_t length, struct arena *arena)
{
    static const char wide_blank[] = "\u3000";
    const size_t wide = sizeof(wide_blank) - 1;
    for (;;) {
        if (length > 0 && strchr(" \t\n", text[0]) != NULL) {
            text++;
            length--;
        } else if (length >= wide && memcmp(text, wide_blank, wide) == 0) {
            text += wide;
            length -= wide;
        } else if (length > 0 && strchr(" \t\n", text[length - 1]) != NULL) {
            length--;
        } else if (length >= wide && memcmp(text + length - wide, wide_blank, wide) == 0) {
            length -= wide;
        } else {
            return arena_format(arena, "%.*s", (int)length, text);
        }
    }
}

static void cell_take(void *text, size_t length, void *context)
{
    struct reading *reading = context;
    if (reading->row.cells_count == LIMIT_TABLE_COLUMNS) {
        reading->too_many_columns = true;
        return;
    }
    const char *cell = text != NULL ? text : "";
    reading->cells[reading->row.cells_count++] = trimmed(cell, length, reading->arena);
}

static bool row_blank(const struct reading *reading)
{
    for (size_t i = 0; i < reading->row.cells_count; i++) {
        if (text_present(reading->cells[i])) {
            return false;
        }
    }
    return true;
}

static void rows_grow(struct reading *reading)
{
    struct import_table *table = reading->table;
    reading->rows_room = reading->rows_room > 0 ? reading->rows_room * 2 : ROWS_FIRST;
    struct import_row *rows = arena_alloc(reading->arena, reading->rows_room * sizeof(*rows));
    if (table->rows_count > 0) {
        memcpy(rows, table->rows, table->rows_count * sizeof(*rows));
    }
    table->rows = rows;
}

static void row_keep(struct reading *reading)
{
    struct import_row row = reading->row;
    row.cells = arena_copy(reading->arena, reading->cells, row.cells_count * sizeof(char *));
    if (!reading->heading_there) {
        reading->heading_there = true;
        reading->table->heading = row;
        return;
    }
    if (reading->table->rows_count == LIMIT_TABLE_ROWS) {
        reading->too_many_rows = true;
        return;
    }
    if (reading->table->rows_count == reading->rows_room) {
        rows_grow(reading);
    }
    reading->table->rows[reading->table->rows_count++] = row;
}

static void row_take(int end, void *context)
{
    struct reading *reading = context;
    (void)end;
    reading->row.number++;
    if (!row_blank(reading) && reading->cells[0][0] != '#') {
        row_keep(reading);
    }
    reading->row.cells_count = 0;
}

// ---- The text

// CR LF and CR become LF, in quoted cells, too.
static char *line_ends_unite(const struct decoded *decoded, struct arena *arena, size_t *length)
{
    char *text = arena_alloc(arena, decoded->length + 1);
    *length = 0;
    for (size_t i = 0; i < decoded->length; i++) {
        bool pair =
            decoded->text[i] == '\r' && i + 1 < decoded->length && decoded->text[i + 1] == '\n';
        if (!pair) {
            text[*length] = decoded->text[i];
            text[*length] = (char)(text[*length] == '\r' ? '\n' : text[*length]);
            (*length)++;
        }
    }
    return text;
}

// Of comma, semicolon and tab the one that the first line has most of.
static unsigned char separator_of(const char *text, size_t length)
{
    static const char candidates[] = ",;\t";
    const char *end = memchr(text, '\n', length);
    size_t line = end != NULL ? (size_t)(end - text) : length;
    size_t most = 0;
    unsigned char best = CSV_COMMA;
    for (size_t i = 0; candidates[i] != '\0'; i++) {
        size_t count = 0;
        for (size_t at = 0; at < line; at++) {
            count += text[at] == candidates[i] ? 1 : 0;
        }
        if (count > most) {
            most = count;
            best = (unsigned char)candidates[i];
        }
    }
    return best;
}

static bool csv_read(const char *text, size_t length, struct reading *reading,
                     struct settings_error *error)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        return settings_error_set(error, 0, 0, "内存不足", "out of memory");
    }
    csv_set_delim(&parser, separator_of(text, length));
    bool good = csv_parse(&parser, text, length, cell_take, row_take, reading) == length &&
                csv_fini(&parser, cell_take, row_take, reading) == 0;
    csv_free(&parser);
    struct arena *arena = reading->arena;
    size_t line = (size_t)reading->row.number + 1;
    return good ||
           settings_error_set(
               error, line, 1,
               arena_format(arena, "第 %zu 行的引号不成对；请在表格软件中另存为 CSV", line),
               arena_format(arena, "the quotes of row %zu do not match; save it as CSV again",
                            line));
}

static bool bounds_check(const struct reading *reading, struct settings_error *error)
{
    struct arena *arena = reading->arena;
    if (reading->too_many_columns) {
        return settings_error_set(
            error, 0, 0, arena_format(arena, "表格超过 %d 列；请删去多余的列", LIMIT_TABLE_COLUMNS),
            arena_format(arena, "there are more than %d columns; remove some",
                         LIMIT_TABLE_COLUMNS));
    }
    if (reading->too_many_rows) {
        return settings_error_set(
            error, 0, 0, arena_format(arena, "表格超过 %d 行；请分成几个文件", LIMIT_TABLE_ROWS),
            arena_format(arena, "there are more than %d rows; make several files",
                         LIMIT_TABLE_ROWS));
    }
    return reading->heading_there ||
           settings_error_set(error, 0, 0, "表格是空的；用 --template 得到带表头的样表",
                              "the table is empty; --template prints one with its heading");
}

// What a spreadsheet program saves when nobody asks it for CSV: .xlsx, .et and .ods, or .xls.
static bool is_workbook(const char *bytes, size_t length)
{
    return length >= 4 &&
           (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0);
}

bool import_table_parse(const char *bytes, size_t length, struct arena *arena,
                        struct import_table *table, struct settings_error *error)
{
    struct decoded decoded;
    struct reading *reading = arena_alloc(arena, sizeof(*reading));
    *table = (struct import_table){0};
    if (is_workbook(bytes, length)) {
        return settings_error_set(error, 0, 0,
                                  "这是工作簿（如 .xlsx），不是 CSV；请在表格软件中另存为 CSV",
                                  "this is a workbook (like .xlsx), no CSV; save it as CSV");
    }
    if (!text_decode(bytes, length, arena, &decoded, error)) {
        return false;
    }
    reading->arena = arena;
    reading->table = table;
    size_t text_length;
    const char *text = line_ends_unite(&decoded, arena, &text_length);
    return csv_read(text, text_length, reading, error) && bounds_check(reading, error);
}

bool import_table_read(const char *path, struct arena *arena, struct import_table *table,
                       struct settings_error *error)
{
    const char *bytes;
    size_t length;
    return file_text_read(path, LIMIT_TABLE_BYTES, arena, &bytes, &length, error) &&
           import_table_parse(bytes, length, arena, table, error);
}
