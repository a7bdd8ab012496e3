// import_show - what an import would send, and what is wrong, row by row; its template
#include "clients/ctl/import_show.h"

#include "clients/ctl/show.h"
#include "clients/ctl/table.h"
#include "common/codec.h"
#include "rules/events.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

// ---- What would be sent

static uint32_t characters_of(const Award__ApplicationSubmitted *form, Award__Material__Kind kind)
{
    for (size_t i = 0; i < form->n_materials; i++) {
        if (form->materials[i]->kind == kind) {
            return form->materials[i]->characters;
        }
    }
    return 0;
}

static const char *sheet_say(struct ctl *ctl, const Award__Event *event)
{
    const Award__IndependentSheet *sheet = event->independent_sheet;
    int64_t total = 0;
    for (size_t i = 0; i < sheet->n_scores; i++) {
        total += sheet->scores[i]->points->hundredths;
    }
    return arena_format(ctl->arena, "%s %s %zu 项 scores，合计 total %s", sheet->case_,
                        event->principal, sheet->n_scores, codec_points_format(total, ctl->arena));
}

// The gist of an event, for a person who knows the row.
static const char *event_say(struct ctl *ctl, const Award__Event *event)
{
    const Award__ApplicationSubmitted *form = event->application_submitted;
    switch ((int)event->body_case) {
    case AWARD__EVENT__BODY_REVIEWER_ADDED:
        return arena_format(ctl->arena, "%s %s", event->reviewer_added->person,
                            event->reviewer_added->employer);
    case AWARD__EVENT__BODY_ENTERPRISE_REGISTERED:
        return arena_format(ctl->arena, "%s %s", event->enterprise_registered->enterprise,
                            event->enterprise_registered->name);
    case AWARD__EVENT__BODY_APPLICATION_SUBMITTED:
        return arena_format(ctl->arena,
                            "%s %s 简介 profile %" PRIu32 " 字，报告 report %" PRIu32 " 字",
                            form->cycle, form->enterprise,
                            characters_of(form, AWARD__MATERIAL__KIND__organisation_profile),
                            characters_of(form, AWARD__MATERIAL__KIND__self_evaluation_report));
    case AWARD__EVENT__BODY_INDEPENDENT_SHEET:
        return sheet_say(ctl, event);
    default:
        return "";
    }
}

static const char *row_say(struct ctl *ctl, uint64_t row)
{
    return arena_format(ctl->arena, "%" PRIu64, row);
}

static void lines_table(struct ctl *ctl, const struct import *import)
{
    static const char *const heads[] = {">行 row", "事件 event", "内容 what", NULL};
    show_heading(ctl, "将提交", "would be sent");
    struct table *table = table_begin(ctl, heads);
    for (size_t i = 0; i < import->lines_count; i++) {
        const struct import_line *line = &import->lines[i];
        table_row(table,
                  (const char *const[]){row_say(ctl, line->row), event_name(line->event->body_case),
                                        event_say(ctl, line->event)});
    }
    table_end(table);
}

static void problems_table(struct ctl *ctl, const struct import *import)
{
    static const char *const heads[] = {">行 row", "列 column", "值 value", "问题 problem", NULL};
    static const char *const csv_heads[] = {"row", "column", "value", "zh", "en", NULL};
    bool csv = ctl->output == CTL_CSV;
    show_heading(ctl, "有误", "what is wrong");
    struct table *table = table_begin(ctl, csv ? csv_heads : heads);
    for (size_t i = 0; i < import->problems_count; i++) {
        const struct import_problem *problem = &import->problems[i];
        const char *both = arena_format(ctl->arena, "%s / %s", problem->zh, problem->en);
        table_row(table,
                  (const char *const[]){row_say(ctl, problem->row), problem->column, problem->value,
                                        csv ? problem->zh : both, problem->en});
    }
    table_end(table);
}

// ---- JSON, a line each

static void json_line(json_t *object)
{
    (void)json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    (void)putchar('\n');
    json_decref(object);
}

static void import_json(const struct import *import)
{
    for (size_t i = 0; i < import->lines_count; i++) {
        const struct import_line *line = &import->lines[i];
        (void)printf("{\"row\":%" PRIu64 ",\"would_send\":%s}\n", line->row, line->text);
    }
    for (size_t i = 0; i < import->problems_count; i++) {
        const struct import_problem *problem = &import->problems[i];
        json_line(json_pack("{s:I,s:s,s:s,s:s,s:s}", "row", (json_int_t)problem->row, "column",
                            problem->column, "value", problem->value, "zh", problem->zh, "en",
                            problem->en));
    }
}

void import_show(struct ctl *ctl, const struct import *import)
{
    if (ctl->output == CTL_JSON) {
        import_json(import);
        return;
    }
    if (ctl->output == CTL_TABLE && import->lines_count > 0) {
        lines_table(ctl, import);
    }
    if (import->problems_count > 0) {
        problems_table(ctl, import);
    }
    (void)fflush(stdout);
}

// ---- The template

struct template_cells {
    const char **heads;
    const char **needed;
    const char **examples;
    size_t count;
};

static void cell_add(struct ctl *ctl, struct template_cells *cells, const char *head, bool needed,
                     const char *example)
{
    const char *remark = cells->count == 0 ? "# " : "";
    cells->heads[cells->count] = head;
    cells->needed[cells->count] =
        arena_format(ctl->arena, "%s%s", remark, needed ? "必填 needed" : "可空 may be blank");
    cells->examples[cells->count] =
        arena_format(ctl->arena, "%s%s", remark, example != NULL ? example : "");
    cells->count++;
}

static void score_cell_add(struct ctl *ctl, struct template_cells *cells,
                           const struct rulebook_item *item)
{
    const char *most = codec_points_format(item->points_max, ctl->arena);
    cell_add(ctl, cells, arena_format(ctl->arena, "%s %s", item->zh, item->key), true,
             arena_format(ctl->arena, "0-%s", most));
}

// Of each category its items, or itself where the rulebook does not divide it.
static void score_cells_add(struct ctl *ctl, struct template_cells *cells,
                            const struct rulebook *rulebook)
{
    for (size_t i = 0; i < rulebook->categories_count; i++) {
        size_t before = cells->count;
        for (size_t k = 0; k < rulebook->items_count; k++) {
            if (rulebook->items[k].category == i) {
                score_cell_add(ctl, cells, &rulebook->items[k]);
            }
        }
        if (cells->count == before) {
            score_cell_add(ctl, cells, &rulebook->categories[i]);
        }
    }
}

void import_template(struct ctl *ctl, const struct import_kind *kind,
                     const struct rulebook *rulebook)
{
    enum { MAX = 64 + RULEBOOK_CATEGORIES_MAX + RULEBOOK_ITEMS_MAX };
    struct template_cells cells = {
        .heads = arena_alloc(ctl->arena, MAX * sizeof(char *)),
        .needed = arena_alloc(ctl->arena, MAX * sizeof(char *)),
        .examples = arena_alloc(ctl->arena, MAX * sizeof(char *)),
    };
    for (size_t i = 0; i < kind->columns_count; i++) {
        const struct import_column *column = &kind->columns[i];
        cell_add(ctl, &cells, column->zh, column->needed, column->example);
    }
    if (rulebook != NULL) {
        score_cells_add(ctl, &cells, rulebook);
    }
    ctl->output = CTL_CSV;
    (void)fputs("\xEF\xBB\xBF", stdout);
    struct table *table = table_begin(ctl, cells.heads);
    table_row(table, cells.needed);
    table_row(table, cells.examples);
    table_end(table);
}
