// printing - rows of a local table as a table, CSV or JSON
#include "clients/ctl/printing.h"

#include <stdio.h>
#include <string.h>

struct printing printing_begin(struct ctl *ctl, const char *const heads[])
{
    struct printing printing = {.ctl = ctl, .heads = heads, .first = true};
    if (ctl->output == CTL_JSON) {
        (void)putchar('[');
    } else {
        printing.table = table_begin(ctl, heads);
    }
    return printing;
}

static void json_text(const char *text)
{
    (void)putchar('"');
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ') {
            (void)printf("\\u%04x", (unsigned)*text);
        } else {
            (void)printf("%s%c", *text == '"' || *text == '\\' ? "\\" : "", *text);
        }
    }
    (void)putchar('"');
}

void printing_row(struct printing *printing, const char *const cells[])
{
    if (printing->table != NULL) {
        table_row(printing->table, cells);
        return;
    }
    (void)printf("%s\n  {", printing->first ? "" : ",");
    for (size_t i = 0; printing->heads[i] != NULL; i++) {
        const char *english = strchr(printing->heads[i], ' ');
        (void)printf("%s", i > 0 ? ", " : "");
        json_text(english != NULL ? english + 1 : printing->heads[i]);
        (void)printf(": ");
        json_text(cells[i] != NULL ? cells[i] : "");
    }
    (void)putchar('}');
    printing->first = false;
}

void printing_end(struct printing *printing)
{
    if (printing->table != NULL) {
        table_end(printing->table);
    } else {
        (void)puts("\n]");
    }
}
