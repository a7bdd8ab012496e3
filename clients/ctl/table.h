// table - rows and columns that line up with Chinese text; the same rows as CSV
#pragma once

#include "clients/ctl/ctl.h"

struct table;

// Column heads: the texts up to NULL. A head that begins with '>' is a column of numbers, set
// right.
struct table *table_begin(struct ctl *ctl, const char *const heads[]);

// One row: as many texts as there are heads; NULL shows as "-". Texts are copied.
void table_row(struct table *table, const char *const cells[]);

// Prints it, as a table or as CSV, as --output says. An empty table says so. It lies in the arena
// of the command.
void table_end(struct table *table);
