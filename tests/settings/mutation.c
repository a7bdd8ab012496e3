// mutation - good files made bad, one key at a time, by the table of their keys
#include "mutation.h"

#include <criterion/criterion.h>
#include <string.h>

enum { GARBAGE_MAX = 16, ROWS_MAX = 256 };

// Values that no row of the type takes.
// clang-format off
static const char *const garbage[][GARBAGE_MAX] = {
    [KEY_NUMBER]   = {"2x", "010", "+5", "1e3", "0x1F", "\" 5\"", "\"5\"", "5.0", "-0", "1_000", "~",
                      "99999999999999999999", "five", "[5]"},
    [KEY_POINTS]   = {"2x", "010", "1.", ".5", "1.234", "-1", "1e3", "\"100\"", "~", "[100]"},
    [KEY_FLAG]     = {"maybe", "1", "\"yes\"", "Yes", "~", "[yes]"},
    [KEY_CHOICE]   = {"nonsense", "0", "~", "{a: b}"},
    [KEY_BIT]      = {"nonsense", "0", "~", "[office]"},
    [KEY_TIME]     = {"25:00", "09:60", "9:00", "09:00:00", "540", "~", "[09:00]"},
    [KEY_TEXT]     = {"[text]", "{a: b}"},
    [KEY_PATH]     = {"~", "\"\"", "[path]"},
    [KEY_ENDPOINT] = {"udp://127.0.0.1:1", "tcp://127.0.0.1", "tcp://:1", "tcp://a:0",
                      "tcp://a:65536", "tcp://a b:1", "tcp://a:1x", "ipc://", "~", "[tcp]"},
};
// clang-format on

static struct settings_error error;

// Bytes before a line and a column counted in characters.
static size_t offset_of(const char *text, size_t line, size_t column)
{
    const char *at = text;
    for (size_t passed = 1; passed < line; passed++) {
        at = strchr(at, '\n') + 1;
    }
    for (size_t passed = 1; passed < column; passed++) {
        at++;
        while (((unsigned char)*at & 0xC0U) == 0x80) {
            at++;
        }
    }
    return (size_t)(at - text);
}

static const char *splice(const char *text, size_t offset, size_t length, const char *with,
                          struct arena *arena)
{
    return arena_format(arena, "%.*s%s%s", (int)offset, text, with, text + offset + length);
}

const char *mutation_replace(const char *text, const char *from, const char *to,
                             struct arena *arena, size_t *line, size_t *column)
{
    const char *found = strstr(text, from);
    cr_assert_not_null(found, "no `%s` in the good text", from);
    const char *caret = strchr(to, '^');
    cr_assert_not_null(caret, "no caret in `%s`", to);
    size_t offset = (size_t)(found - text);
    const char *before = arena_format(arena, "%.*s%.*s", (int)offset, text, (int)(caret - to), to);
    *line = 1;
    *column = 1;
    for (const char *at = before; *at != '\0'; at++) {
        bool newline = *at == '\n';
        *line += newline ? 1 : 0;
        *column = newline ? 1 : *column + (((unsigned char)*at & 0xC0U) == 0x80 ? 0 : 1);
    }
    return arena_format(arena, "%s%s%s", before, caret + 1, found + strlen(from));
}

static void expect_error(const char *text, size_t line, size_t column, const char *zh,
                         const char *en, const char *what, mutation_reader read)
{
    memset(&error, 0, sizeof(error));
    cr_assert_not(read(text, strlen(text), &error), "%s: was taken", what);
    cr_assert(error.line == line && error.column == column,
              "%s: expected %zu:%zu, found %zu:%zu %s", what, line, column, error.line,
              error.column, error.en);
    cr_assert_not_null(strstr(error.zh, zh), "%s: no `%s` in `%s`", what, zh, error.zh);
    cr_assert_not_null(strstr(error.en, en), "%s: no `%s` in `%s`", what, en, error.en);
}

void mutation_expect(const char *text, const struct bad_file *bad, mutation_reader read)
{
    struct arena *arena = arena_create();
    size_t line;
    size_t column;
    const char *changed = mutation_replace(text, bad->from, bad->to, arena, &line, &column);
    expect_error(changed, line, column, bad->zh, bad->en, bad->to, read);
    arena_destroy(arena);
}

// ---- Walking a table

struct walk {
    const char *text;
    struct yaml_document document;
    const struct key *row_of[4096];
    struct arena *arena;
    mutation_reader read;
};

static const char *path_of(const struct walk *walk, size_t index)
{
    const struct yaml_node *node = &walk->document.nodes[index];
    if (node->parent == YAML_NONE) {
        return "";
    }
    const char *parent = path_of(walk, (size_t)node->parent);
    if (node->key == NULL) {
        return arena_format(walk->arena, "%s[]", parent);
    }
    return arena_format(walk->arena, "%s%s%s", parent, parent[0] == '\0' ? "" : ".", node->key);
}

static void bind(struct walk *walk, const struct key_table *table)
{
    for (size_t i = 0; i < walk->document.nodes_count; i++) {
        const char *path = path_of(walk, i);
        for (size_t row = 0; row < table->rows_count; row++) {
            if (strcmp(table->rows[row].path, path) == 0) {
                walk->row_of[i] = &table->rows[row];
            }
        }
        cr_assert_not_null(walk->row_of[i], "the good text has an unknown key %s", path);
    }
}

static void garble(const struct walk *walk, const struct yaml_node *node, const struct key *row,
                   const char *value)
{
    size_t length = strlen(node->text) + (node->plain ? 0 : 2);
    size_t offset = offset_of(walk->text, node->line, node->column);
    const char *text = splice(walk->text, offset, length, value, walk->arena);
    const char *what = arena_format(walk->arena, "%s: %s", row->path, value);
    expect_error(text, node->line, node->column, row->path, row->en, what, walk->read);
}

static void garble_value(const struct walk *walk, const struct yaml_node *node,
                         const struct key *row)
{
    for (size_t i = 0; i < GARBAGE_MAX && garbage[row->type][i] != NULL; i++) {
        garble(walk, node, row, garbage[row->type][i]);
    }
    if (row->type == KEY_NUMBER) {
        garble(walk, node, row, arena_format(walk->arena, "%lld", (long long)row->min - 1));
        garble(walk, node, row, arena_format(walk->arena, "%lld", (long long)row->max + 1));
    }
    if (row->type == KEY_POINTS) {
        garble(walk, node, row, arena_format(walk->arena, "%lld", (long long)row->max / 100 + 1));
    }
    if (row->type == KEY_TEXT && row->alphabet != NULL) {
        garble(walk, node, row, "\"€\"");
    }
    if (row->type == KEY_TEXT) {
        char *text = arena_alloc(walk->arena, (size_t)row->max + 2);
        memset(text, row->alphabet != NULL ? row->alphabet[0] : 'x', (size_t)row->max + 1);
        garble(walk, node, row, arena_format(walk->arena, "\"%s\"", text));
    }
}

static void mistype_key(const struct walk *walk, const struct yaml_node *node)
{
    size_t offset = offset_of(walk->text, node->key_line, node->key_column);
    const char *text = splice(walk->text, offset + strlen(node->key), 0, "x", walk->arena);
    const char *zh =
        arena_format(walk->arena, "没有“%sx”这个键；是否应为“%s”", node->key, node->key);
    const char *en = arena_format(walk->arena, "`%sx`; did you mean `%s`", node->key, node->key);
    if (strlen(node->key) < 63) {
        expect_error(text, node->key_line, node->key_column, zh, en, node->key, walk->read);
    }
}

static bool under(const struct walk *walk, size_t node, size_t left_out)
{
    int at = (int)node;
    while (at != YAML_NONE && at != (int)left_out) {
        at = walk->document.nodes[at].parent;
    }
    return at != YAML_NONE;
}

// The document as flow YAML without one node and what stands in it.
static const char *written_without(const struct walk *walk, size_t parent, size_t left_out)
{
    const struct yaml_document *document = &walk->document;
    const struct yaml_node *node = &document->nodes[parent];
    if (node->kind == YAML_SCALAR) {
        enum key_type type = walk->row_of[parent]->type;
        bool word = node->plain && type != KEY_TEXT && type != KEY_PATH && type != KEY_ENDPOINT;
        return arena_format(walk->arena, word ? "%s" : "\"%s\"", node->text);
    }
    const char *text = node->kind == YAML_MAP ? "{" : "[";
    for (size_t i = parent + 1; i < document->nodes_count; i++) {
        const struct yaml_node *entry = &document->nodes[i];
        if (entry->parent == (int)parent && !under(walk, i, left_out)) {
            text =
                arena_format(walk->arena, "%s%s%s%s, ", text, entry->key != NULL ? entry->key : "",
                             entry->key != NULL ? ": " : "", written_without(walk, i, left_out));
        }
    }
    return arena_format(walk->arena, "%s%s", text, node->kind == YAML_MAP ? "}" : "]");
}

static void leave_out(const struct walk *walk, size_t index, const struct key *row)
{
    const char *text = written_without(walk, 0, index);
    bool good = walk->read(text, strlen(text), &error);
    if (row->standard != NULL) {
        return; // the meaning may miss it, the form does not
    }
    cr_assert_not(good, "%s was left out and not missed", row->path);
    cr_assert_not_null(strstr(error.en, arena_format(walk->arena, "`%s` is missing", row->path)),
                       "%s", error.en);
    cr_assert_not_null(strstr(error.zh, arena_format(walk->arena, "缺少键“%s”", row->path)), "%s",
                       error.zh);
}

void mutation_walk(const struct key_table *table, const char *text, mutation_reader read)
{
    struct arena *arena = arena_create();
    struct walk *walk = arena_alloc(arena, sizeof(*walk));
    *walk = (struct walk){.text = text, .arena = arena, .read = read};
    bool seen[ROWS_MAX] = {false};
    cr_assert(read(text, strlen(text), &error), "the good text: %zu:%zu %s", error.line,
              error.column, error.en);
    cr_assert(yaml_read(text, strlen(text), arena, &walk->document, &error));
    bind(walk, table);
    for (size_t i = 0; i < walk->document.nodes_count; i++) {
        const struct yaml_node *node = &walk->document.nodes[i];
        const struct key *row = walk->row_of[i];
        bool first = !seen[row - table->rows];
        seen[row - table->rows] = true;
        if (node->kind == YAML_SCALAR) {
            garble_value(walk, node, row);
        }
        if (node->key != NULL) {
            mistype_key(walk, node);
        }
        if (node->key != NULL && first) {
            leave_out(walk, i, row);
        }
    }
    for (size_t row = 0; row < table->rows_count; row++) {
        cr_assert(seen[row], "the good text lacks the key %s", table->rows[row].path);
    }
    arena_destroy(arena);
}
