// import_table - a spreadsheet saved as CSV: its heading and its rows
#pragma once

#include "common/arena.h"
#include "settings/settings_error.h"

#include <stddef.h>
#include <stdint.h>

struct import_row {
    uint64_t number; // as the spreadsheet numbers it, from 1; the heading is one of them
    char **cells;
    size_t cells_count;
};

struct import_table {
    struct import_row heading; // the first row that is neither blank nor a remark
    struct import_row *rows;
    size_t rows_count;
};

// Reads CSV (RFC 4180) of at most LIMIT_TABLE_BYTES in UTF-8, UTF-16 or GB18030, separated by
// commas, semicolons or tabs. Blank rows, and rows whose first cell begins with '#', are passed
// over. Blanks around a cell are taken off. False and *error when it is none.
bool import_table_read(const char *path, struct arena *arena, struct import_table *table,
                       struct settings_error *error);

// The same for bytes in memory.
bool import_table_parse(const char *bytes, size_t length, struct arena *arena,
                        struct import_table *table, struct settings_error *error);
