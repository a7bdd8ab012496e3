// explain_log - `explain log` and `explain log_fields`: what the programs log
#include "clients/ctl/explain_log.h"

#include "clients/ctl/printing.h"
#include "common/log_kinds.h"
#include "common/log_text.h"

static const char *fields_text(struct ctl *ctl, const struct log_kind_row *row)
{
    const char *text = "";
    for (size_t i = 0; row->fields[i] != FIELD_END; i++) {
        text = arena_format(ctl->arena, "%s%s%s", text, i > 0 ? " " : "",
                            log_field_row(row->fields[i])->name);
    }
    return text;
}

static void kinds_list(struct ctl *ctl)
{
    static const char *const heads[] = {"种类 kind", "级别 level",  "由谁 by",
                                        "内容 line", "字段 fields", NULL};
    struct printing printing = printing_begin(ctl, heads);
    for (int kind = 0; kind < SAY_KINDS; kind++) {
        const struct log_kind_row *row = log_kind_row((enum log_kind)kind);
        printing_row(&printing,
                     (const char *const[]){row->name, log_level_name(row->level), row->by,
                                           log_sentence((enum log_kind)kind, ctl->arena),
                                           fields_text(ctl, row)});
    }
    printing_end(&printing);
}

static void kinds_give(struct ctl *ctl)
{
    static const char *const heads[] = {
        "种类 kind", "编号 message_id",  "级别 level",     "由谁 by",     "中文 zh",
        "英文 en",   "怎么办 advice_zh", "英文 advice_en", "字段 fields", NULL};
    struct printing printing = printing_begin(ctl, heads);
    for (int kind = 0; kind < SAY_KINDS; kind++) {
        const struct log_kind_row *row = log_kind_row((enum log_kind)kind);
        printing_row(&printing,
                     (const char *const[]){row->name, row->id, log_level_name(row->level), row->by,
                                           row->zh, row->en, row->advice_zh, row->advice_en,
                                           fields_text(ctl, row)});
    }
    printing_end(&printing);
}

void log_explain(struct ctl *ctl)
{
    if (ctl->output == CTL_JSON) {
        kinds_give(ctl);
    } else {
        kinds_list(ctl);
    }
}

void log_fields_explain(struct ctl *ctl)
{
    static const char *const heads[] = {"字段 field", "含义 meaning_zh", "英文 meaning", NULL};
    struct printing printing = printing_begin(ctl, heads);
    for (int field = FIELD_END + 1; field < FIELDS; field++) {
        const struct log_field_row *row = log_field_row((enum log_field)field);
        printing_row(&printing, (const char *const[]){row->name, row->zh, row->en});
    }
    printing_end(&printing);
}
