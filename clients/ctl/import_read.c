// import_read - a table into events and problems: headings, then row by row
#include "clients/ctl/import.h"

#include "common/codec.h"
#include "common/limits.h"
#include "common/text.h"
#include "settings/nearest.h"

#include <assert.h>
#include <string.h>

// ---- Lists

static void *room_for_one(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return list;
    }
    *room = *room > 0 ? *room * 2 : 16;
    void *larger = arena_alloc(arena, *room * size);
    if (count > 0) {
        memcpy(larger, list, count * size);
    }
    return larger;
}

static void problem_add(struct import *import, uint64_t row, const char *column, const char *value,
                        const char *zh, const char *en)
{
    import->problems = room_for_one(import->arena, import->problems, import->problems_count,
                                    &import->problems_room, sizeof(*import->problems));
    import->problems[import->problems_count++] = (struct import_problem){
        .row = row,
        .column = column,
        .value = value,
        .zh = arena_string(import->arena, zh),
        .en = arena_string(import->arena, en),
    };
}

static const char *cell_at(const struct import *import, size_t column)
{
    size_t place = import->places[column];
    const struct import_row *row = import->row;
    return place != IMPORT_NOWHERE && place < row->cells_count ? row->cells[place] : "";
}

void import_problem(struct import *import, size_t column, const char *zh, const char *en)
{
    assert(column < import->columns_count && import->row != NULL);
    size_t place = import->places[column];
    const char *heading =
        place != IMPORT_NOWHERE ? import->table->heading.cells[place] : import->columns[column].zh;
    problem_add(import, import->row->number, heading, cell_at(import, column), zh, en);
}

bool import_row_good(const struct import *import)
{
    return import->problems_count == 0 ||
           import->problems[import->problems_count - 1].row != import->row->number;
}

const char *import_cell(struct import *import, size_t column)
{
    const char *cell = cell_at(import, column);
    if (text_present(cell)) {
        return cell;
    }
    if (import->columns[column].needed) {
        import_problem(import, column, "不能空着；请填写", "it cannot be left blank; fill it in");
    }
    return NULL;
}

void import_emit(struct import *import, Award__Event *event, char *principal)
{
    event->principal = principal;
    import->lines = room_for_one(import->arena, import->lines, import->lines_count,
                                 &import->lines_room, sizeof(*import->lines));
    import->lines[import->lines_count++] = (struct import_line){
        .row = import->row->number,
        .event = event,
        .text = codec_to_json(&event->base, CODEC_JSON_LINE, import->arena),
    };
}

// ---- Headings

// "组织的领导 leadership.organisation" is both names of one column.
static bool heading_is(const struct import_column *column, const char *heading, struct arena *arena)
{
    if (strcmp(heading, column->zh) == 0 || strcmp(heading, column->key) == 0 ||
        strcmp(heading, arena_format(arena, "%s %s", column->zh, column->key)) == 0) {
        return true;
    }
    size_t length = strlen(heading);
    const char *at = column->more;
    while (at != NULL && *at != '\0') {
        size_t word = strcspn(at, " ");
        if (word == length && strncmp(at, heading, length) == 0) {
            return true;
        }
        at += word + strspn(at + word, " ");
    }
    return false;
}

static const char *heading_nearest(const struct import *import, const char *heading)
{
    struct word_search search = {.wanted = heading};
    for (size_t i = 0; i < import->columns_count; i++) {
        word_try(&search, import->columns[i].zh);
        word_try(&search, import->columns[i].key);
    }
    return search.best;
}

static void heading_unknown(struct import *import, const char *heading)
{
    const char *nearest = heading_nearest(import, heading);
    struct arena *arena = import->arena;
    const char *zh = nearest != NULL ? arena_format(arena, "没有这一列；是不是“%s”？", nearest)
                                     : "没有这一列；请删去，或用 --template 查看各列";
    const char *en = nearest != NULL
                         ? arena_format(arena, "there is no such column; is it \"%s\"?", nearest)
                         : "there is no such column; remove it, or see --template";
    problem_add(import, import->table->heading.number, heading, "", zh, en);
}

static void heading_place(struct import *import, size_t place)
{
    const char *heading = import->table->heading.cells[place];
    size_t found = IMPORT_NOWHERE;
    for (size_t i = 0; i < import->columns_count; i++) {
        if (!heading_is(&import->columns[i], heading, import->arena)) {
            continue;
        }
        if (found != IMPORT_NOWHERE || import->places[i] != IMPORT_NOWHERE) {
            problem_add(import, import->table->heading.number, heading, "",
                        "这一列出现两次，或不止一列叫此名；请用英文列名区分",
                        "it is there twice, or is the name of several; use the English headings");
            return;
        }
        found = i;
    }
    if (found != IMPORT_NOWHERE) {
        import->places[found] = place;
    } else if (text_present(heading)) {
        heading_unknown(import, heading);
    }
}

static void places_clear(struct import *import)
{
    import->places = arena_alloc(import->arena, import->columns_count * sizeof(size_t));
    for (size_t i = 0; i < import->columns_count; i++) {
        import->places[i] = IMPORT_NOWHERE;
    }
}

static void headings_place(struct import *import)
{
    places_clear(import);
    for (size_t place = 0; place < import->table->heading.cells_count; place++) {
        heading_place(import, place);
    }
    for (size_t i = 0; i < import->columns_count; i++) {
        if (import->columns[i].needed && import->places[i] == IMPORT_NOWHERE) {
            problem_add(import, import->table->heading.number, import->columns[i].zh, "",
                        "缺少这一列；用 --template 得到样表",
                        "this column is missing; --template prints all of them");
        }
    }
}

// A kind whose columns depend on the rulebook reads the first row to know which: for it, only the
// headings of the fixed columns are placed.
static bool columns_extend(struct import *import)
{
    if (import->kind->extend == NULL) {
        return true;
    }
    places_clear(import);
    for (size_t i = 0; i < import->columns_count; i++) {
        for (size_t place = 0; place < import->table->heading.cells_count; place++) {
            if (heading_is(&import->columns[i], import->table->heading.cells[place],
                           import->arena)) {
                import->places[i] = place;
            }
        }
    }
    import->row = import->table->rows_count > 0 ? &import->table->rows[0] : &import->table->heading;
    return import->kind->extend(import);
}

// ---- Rows

static void row_read(struct import *import, const struct import_row *row)
{
    import->row = row;
    size_t columns = import->table->heading.cells_count;
    for (size_t i = columns; i < row->cells_count; i++) {
        if (text_present(row->cells[i])) {
            problem_add(import, row->number, "", row->cells[i],
                        "这一格在表头之外；请检查逗号和引号",
                        "this cell stands under no heading; check commas and quotes");
        }
    }
    import->kind->row(import);
}

struct import *import_read(const struct import_kind *kind, const struct import_table *table,
                           const struct import_office *office, const char *folder,
                           struct arena *arena)
{
    struct import *import = arena_alloc(arena, sizeof(*import));
    import->arena = arena;
    import->kind = kind;
    import->office = office;
    import->folder = folder;
    import->table = table;
    import->columns = kind->columns;
    import->columns_count = kind->columns_count;
    if (!columns_extend(import)) {
        return import;
    }
    headings_place(import);
    if (import->problems_count > 0) {
        return import; // cells under a heading that is not understood say nothing
    }
    for (size_t i = 0; i < table->rows_count; i++) {
        row_read(import, &table->rows[i]);
    }
    return import;
}
