// keys - files of settings by tables of their keys
//
// The document is a flat list in which a parent precedes its entries, so one pass binds each node
// to its row (the row whose path is the parent's row's and one step more) and to its place in the
// target (the parent's place and the row's offset), and reads scalars into it. A second pass fills
// in defaults and reports what is missing: after the first, so that a mistyped key is named as
// such.
#include "settings/keys.h"

#include "common/text.h"
#include "settings/file_text.h"
#include "settings/key_value.h"
#include "settings/nearest.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { SHOWN_BYTES_MAX = 60 }; // of a value that a message repeats

// What follows the path of the parent in that of its entry; NULL where it is no entry of it.
static const char *path_step(const struct key *parent, const struct key *key)
{
    size_t length = strlen(parent->path);
    if (key == parent || strncmp(key->path, parent->path, length) != 0) {
        return NULL;
    }
    const char *step = key->path + length;
    if (strcmp(step, "[]") == 0) {
        return step;
    }
    if (length > 0) {
        if (step[0] != '.') {
            return NULL;
        }
        step++;
    }
    return step[0] != '\0' && strpbrk(step, ".[") == NULL ? step : NULL;
}

static const struct key *entry_find(const struct key_table *table, const struct key *parent,
                                    const char *name)
{
    for (size_t i = 0; i < table->rows_count; i++) {
        const char *step = path_step(parent, &table->rows[i]);
        if (step != NULL && strcmp(step, name) == 0) {
            return &table->rows[i];
        }
    }
    return NULL;
}

// The beginning of a text from outside, for a message.
static const char *shown(const char *text, struct arena *arena)
{
    size_t length = text_cut(text, SHOWN_BYTES_MAX);
    return text[length] == '\0' ? text : arena_format(arena, "%.*s…", (int)length, text);
}

// ---- Reporting

static bool fail_at_node(const struct key_reading *reading, const struct yaml_node *node,
                         const char *zh, const char *en)
{
    return settings_error_set(reading->error, node->line, node->column, zh, en);
}

// What stands where a value was expected.
static const char *written_zh(const struct yaml_node *node, struct arena *arena)
{
    static const char *const kinds[] = {[YAML_MAP] = "一组键", [YAML_LIST] = "一个列表"};
    return node->kind == YAML_SCALAR ? arena_format(arena, "“%s”", shown(node->text, arena))
                                     : kinds[node->kind];
}

static const char *written_en(const struct yaml_node *node, struct arena *arena)
{
    static const char *const kinds[] = {[YAML_MAP] = "a map", [YAML_LIST] = "a list"};
    return node->kind == YAML_SCALAR ? arena_format(arena, "`%s`", shown(node->text, arena))
                                     : kinds[node->kind];
}

static bool fail_value(const struct key_reading *reading, const struct key *key,
                       const struct yaml_node *node)
{
    struct arena *arena = reading->arena;
    bool root = key->path[0] == '\0';
    return fail_at_node(reading, node,
                        arena_format(arena, "“%s”（%s%s）应为：%s；这里是%s",
                                     root ? "文件" : key->path, key->zh, key_article_zh(key, arena),
                                     key_expectation_zh(key, arena), written_zh(node, arena)),
                        arena_format(arena, "`%s` (%s%s) must be %s; here it is %s",
                                     root ? "the file" : key->path, key->en,
                                     key_article_en(key, arena), key_expectation_en(key, arena),
                                     written_en(node, arena)));
}

static const struct key *entry_nearest(const struct key_table *table, const struct key *parent,
                                       const char *name)
{
    struct word_search search = {.wanted = name};
    for (size_t i = 0; i < table->rows_count; i++) {
        const char *step = path_step(parent, &table->rows[i]);
        if (step != NULL) {
            word_try(&search, step);
        }
    }
    return search.best != NULL ? entry_find(table, parent, search.best) : NULL;
}

static const char *entries_text(const struct key_table *table, const struct key *parent,
                                struct arena *arena)
{
    const char *list = "";
    const char *comma = "";
    for (size_t i = 0; i < table->rows_count; i++) {
        const char *step = path_step(parent, &table->rows[i]);
        if (step != NULL) {
            list = arena_format(arena, "%s%s%s", list, comma, step);
            comma = ", ";
        }
    }
    return list;
}

static bool fail_unknown(const struct key_reading *reading, const struct key *parent,
                         const struct yaml_node *node)
{
    struct arena *arena = reading->arena;
    const struct key *nearest = entry_nearest(reading->table, parent, node->key);
    const char *zh;
    const char *en;
    if (nearest != NULL) {
        const char *step = path_step(parent, nearest);
        zh = arena_format(arena, "没有“%s”这个键；是否应为“%s”（%s）？", node->key, step,
                          nearest->zh);
        en = arena_format(arena, "there is no key `%s`; did you mean `%s` (%s)?", node->key, step,
                          nearest->en);
    } else {
        const char *list = entries_text(reading->table, parent, arena);
        zh = arena_format(arena, "没有“%s”这个键；可用的键：%s", node->key, list);
        en = arena_format(arena, "there is no key `%s`; keys here are: %s", node->key, list);
    }
    return settings_error_set(reading->error, node->key_line, node->key_column, zh, en);
}

static bool fail_missing(const struct key_reading *reading, const struct key *key,
                         const struct yaml_node *map)
{
    struct arena *arena = reading->arena;
    return settings_error_set(
        reading->error, map->key_line, map->key_column,
        arena_format(arena, "缺少键“%s”（%s%s）；请加上，值应为：%s", key->path, key->zh,
                     key_article_zh(key, arena), key_expectation_zh(key, arena)),
        arena_format(arena, "the key `%s` is missing (%s%s); add it: %s", key->path, key->en,
                     key_article_en(key, arena), key_expectation_en(key, arena)));
}

// Whether to read on behind what is wrong, for somebody who wants to know all of it.
static bool read_on(const struct key_reading *reading)
{
    struct settings_errors *all = reading->all;
    if (all == NULL || all->count == SETTINGS_ERRORS_MAX) {
        return false;
    }
    all->list[all->count++] = *reading->error;
    return true;
}

bool keys_fail(const struct key_reading *reading, const void *field, const char *zh, const char *en)
{
    const struct yaml_node *found = &reading->document.nodes[0];
    for (size_t i = 0; i < reading->document.nodes_count; i++) {
        if (reading->place_of[i] == field) {
            found = &reading->document.nodes[i]; // the innermost is the last
        }
    }
    (void)fail_at_node(reading, found, zh, en);
    (void)read_on(reading);
    return false;
}

// ---- Reading

static const enum yaml_kind kind_of_type[] = {
    [KEY_MAP] = YAML_MAP,       [KEY_LIST] = YAML_LIST,   [KEY_NUMBER] = YAML_SCALAR,
    [KEY_POINTS] = YAML_SCALAR, [KEY_FLAG] = YAML_SCALAR, [KEY_CHOICE] = YAML_SCALAR,
    [KEY_BIT] = YAML_SCALAR,    [KEY_TIME] = YAML_SCALAR, [KEY_TEXT] = YAML_SCALAR,
    [KEY_LINES] = YAML_SCALAR,  [KEY_PATH] = YAML_SCALAR, [KEY_ENDPOINT] = YAML_SCALAR,
};

// The place of a node from that of the map or list that it stands in.
static unsigned char *place_find(const struct key_reading *reading, const struct yaml_node *node,
                                 const struct key *key)
{
    const struct key *parent = reading->row_of[node->parent];
    unsigned char *place = reading->place_of[node->parent];
    if (parent->type == KEY_LIST) {
        assert(parent->stride == 0 || (node->index + 1) * parent->stride <= parent->size);
        return place + node->index * parent->stride;
    }
    return place + key->offset;
}

// Writes how many elements the list has.
static bool list_begin(const struct key_reading *reading, const struct yaml_node *node,
                       const struct key *key, unsigned char *place)
{
    if ((int64_t)node->entries < key->min || (int64_t)node->entries > key->max) {
        return fail_value(reading, key, node);
    }
    if (key->stride > 0) {
        size_t entries = node->entries;
        unsigned char *parent = place - key->offset;
        memcpy(parent + key->count_offset, &entries, sizeof(entries));
    }
    return true;
}

static bool node_bind(struct key_reading *reading, size_t index, unsigned char *target)
{
    const struct yaml_node *node = &reading->document.nodes[index];
    const struct key *key = &reading->table->rows[0];
    unsigned char *place = target + key->offset;
    if (node->parent != YAML_NONE) {
        const struct key *parent = reading->row_of[node->parent];
        key = entry_find(reading->table, parent, node->key != NULL ? node->key : "[]");
        if (key == NULL) {
            return fail_unknown(reading, parent, node);
        }
        place = place_find(reading, node, key);
    }
    reading->row_of[index] = key;
    if (kind_of_type[key->type] != node->kind) {
        return fail_value(reading, key, node);
    }
    if (key->type == KEY_LIST && !list_begin(reading, node, key, place)) {
        return false;
    }
    bool scalar = key->type != KEY_MAP && key->type != KEY_LIST;
    if (scalar &&
        !key_value_read(key, node->text, node->plain, reading->directory, reading->arena, place)) {
        return fail_value(reading, key, node);
    }
    reading->place_of[index] = place;
    return true;
}

static bool nodes_bind(struct key_reading *reading, void *target)
{
    for (size_t i = 0; i < reading->document.nodes_count; i++) {
        int parent = reading->document.nodes[i].parent;
        bool passed_over = parent != YAML_NONE && reading->place_of[parent] == NULL;
        if (!passed_over && !node_bind(reading, i, target) && !read_on(reading)) {
            return false;
        }
    }
    return true;
}

static bool entry_present(const struct key_reading *reading, size_t parent, const struct key *key)
{
    for (size_t i = parent + 1; i < reading->document.nodes_count; i++) {
        if (reading->row_of[i] == key && reading->document.nodes[i].parent == (int)parent) {
            return true;
        }
    }
    return false;
}

// The table's own value: of a list of bits its words.
static void standard_put(const struct key_reading *reading, const struct key *key,
                         const char *standard, unsigned char *place)
{
    const struct key *element = key->type == KEY_LIST ? entry_find(reading->table, key, "[]") : key;
    for (const char *word = standard; *word != '\0';) {
        size_t length = key->type == KEY_LIST ? strcspn(word, " ") : strlen(word);
        const char *text = arena_format(reading->arena, "%.*s", (int)length, word);
        bool good = key_value_read(element, text, true, reading->directory, reading->arena, place);
        assert(good);
        (void)good;
        word += length + strspn(word + length, " ");
    }
}

static bool entry_unknown(const struct key_reading *reading, size_t map)
{
    for (size_t i = map + 1; i < reading->document.nodes_count; i++) {
        if (reading->row_of[i] == NULL && reading->document.nodes[i].parent == (int)map) {
            return true;
        }
    }
    return false;
}

// Fills in what a map leaves to its default. Beside an unknown key nothing is said to be missing:
// it may be the one that was mistyped.
static bool map_complete(struct key_reading *reading, size_t index)
{
    const struct key *map = reading->row_of[index];
    for (size_t i = 0; i < reading->table->rows_count; i++) {
        const struct key *key = &reading->table->rows[i];
        if (path_step(map, key) == NULL || entry_present(reading, index, key)) {
            continue;
        }
        const char *standard =
            reading->recorded && key->before != NULL ? key->before : key->standard;
        if (standard != NULL) {
            standard_put(reading, key, standard, reading->place_of[index] + key->offset);
            continue;
        }
        if (!entry_unknown(reading, index) &&
            !fail_missing(reading, key, &reading->document.nodes[index]) && !read_on(reading)) {
            return false;
        }
    }
    return true;
}

bool keys_read(struct key_reading *reading, const char *text, size_t length, void *target)
{
    if (!yaml_read(text, length, reading->arena, &reading->document, reading->error)) {
        (void)read_on(reading);
        return false;
    }
    size_t count = reading->document.nodes_count;
    reading->row_of = arena_alloc(reading->arena, count * sizeof(const struct key *));
    reading->place_of = arena_alloc(reading->arena, count * sizeof(*reading->place_of));
    if (!nodes_bind(reading, target)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        bool map = reading->place_of[i] != NULL && reading->row_of[i]->type == KEY_MAP;
        if (map && !map_complete(reading, i)) {
            return false;
        }
    }
    return reading->all == NULL || reading->all->count == 0;
}

size_t keys_line(const struct key_reading *reading, const struct key *key)
{
    for (size_t i = 0; i < reading->document.nodes_count; i++) {
        if (reading->row_of[i] == key) {
            return reading->document.nodes[i].key_line;
        }
    }
    return 0;
}

bool keys_read_file(const struct key_table *table, const char *text, size_t length,
                    const char *path, void *target, struct settings_error *error)
{
    struct arena *arena = arena_create();
    struct key_reading reading = {
        .table = table,
        .arena = arena,
        .directory = file_text_directory(path, arena),
        .error = error,
    };
    bool good = keys_read(&reading, text, length, target);
    arena_destroy(arena);
    return good;
}
