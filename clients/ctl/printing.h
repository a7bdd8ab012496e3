// printing - rows of a local table as a table, CSV or JSON
//
// For what is not a message of the contract. Under JSON a table is a list of objects whose names
// are the English half of its heads ("事件 event").
#pragma once

#include "clients/ctl/table.h"

struct printing {
    struct ctl *ctl;
    const char *const *heads;
    struct table *table;
    bool first;
};

struct printing printing_begin(struct ctl *ctl, const char *const heads[]);
void printing_row(struct printing *printing, const char *const cells[]);
void printing_end(struct printing *printing);
