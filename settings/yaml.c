// yaml - a small, strict reading of YAML text into a flat list of nodes
//
// libyaml delivers events (a scalar; a map or list begins or ends); a table names what is done on
// each. Open maps and lists stand on a stack of LIMIT_NESTING places, so nothing recurses. In a map
// scalars are keys and values by turns: `key` holds the one whose value has not come yet.
#include "settings/yaml.h"

#include "common/limits.h"

#include <assert.h>
#include <string.h>
#include <yaml.h>

// A map or list that has begun and not ended.
struct open_node {
    int node;
    int last_entry; // YAML_NONE before the first
};

struct reader {
    struct arena *arena;
    struct settings_error *error;
    struct yaml_document *document;
    size_t capacity;
    struct open_node open[LIMIT_NESTING];
    size_t depth;
    size_t documents;
    const char *key;
    size_t key_line;
    size_t key_column;
};

static bool fail(struct reader *reader, yaml_mark_t mark, const char *zh, const char *en)
{
    return settings_error_set(reader->error, mark.line + 1, mark.column + 1, zh, en);
}

static struct yaml_node *node_of(const struct reader *reader, int index)
{
    assert(index >= 0 && (size_t)index < reader->document->nodes_count);
    return &reader->document->nodes[index];
}

static bool in_map(const struct reader *reader)
{
    return reader->depth > 0 &&
           node_of(reader, reader->open[reader->depth - 1].node)->kind == YAML_MAP;
}

static struct yaml_node *node_append(struct reader *reader)
{
    struct yaml_document *document = reader->document;
    if (document->nodes_count == reader->capacity) {
        reader->capacity = reader->capacity == 0 ? 64 : reader->capacity * 2;
        struct yaml_node *grown =
            arena_alloc(reader->arena, reader->capacity * sizeof(*document->nodes));
        if (document->nodes_count > 0) {
            memcpy(grown, document->nodes, document->nodes_count * sizeof(*grown));
        }
        document->nodes = grown;
    }
    return &document->nodes[document->nodes_count++];
}

// Hangs a node into the map or list that is open; it is the root when none is. NULL on failure.
static struct yaml_node *node_add(struct reader *reader, enum yaml_kind kind, yaml_mark_t mark)
{
    struct yaml_node node = {
        .kind = kind,
        .parent = YAML_NONE,
        .previous = YAML_NONE,
        .line = mark.line + 1,
        .column = mark.column + 1,
        .key_line = mark.line + 1,
        .key_column = mark.column + 1,
    };
    if (reader->depth > 0) {
        struct open_node *open = &reader->open[reader->depth - 1];
        struct yaml_node *parent = node_of(reader, open->node);
        if (parent->entries == LIMIT_LIST_ELEMENTS) {
            (void)fail(reader, mark,
                       arena_format(reader->arena, "条目超过 %d 个；请减少", LIMIT_LIST_ELEMENTS),
                       arena_format(reader->arena, "more than %d entries; use fewer",
                                    LIMIT_LIST_ELEMENTS));
            return NULL;
        }
        node.parent = open->node;
        node.previous = open->last_entry;
        node.index = parent->entries++;
        open->last_entry = (int)reader->document->nodes_count;
    }
    if (reader->key != NULL) {
        node.key = reader->key;
        node.key_line = reader->key_line;
        node.key_column = reader->key_column;
        reader->key = NULL;
    }
    struct yaml_node *added = node_append(reader);
    *added = node;
    return added;
}

// Line breaks stand in the value of a literal block (`|`) alone.
static bool characters_plain(const unsigned char *text, size_t length, bool lines)
{
    for (size_t i = 0; i < length; i++) {
        if ((text[i] < 0x20 || text[i] == 0x7F) && !(lines && text[i] == '\n')) {
            return false;
        }
    }
    return true;
}

static bool adornment_refused(struct reader *reader, const yaml_event_t *event, const void *anchor,
                              const void *tag)
{
    if (anchor == NULL && tag == NULL) {
        return true;
    }
    return fail(reader, event->start_mark, "不支持锚点（&）、引用（*）和标签（!）；请直接写出内容",
                "anchors (&), aliases (*) and tags (!) are not supported; write the value itself");
}

// ---- What is done on each event

static bool on_nothing(struct reader *reader, const yaml_event_t *event)
{
    (void)reader;
    (void)event;
    return true;
}

static bool on_document(struct reader *reader, const yaml_event_t *event)
{
    if (event->data.document_start.version_directive != NULL ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end) {
        return fail(reader, event->start_mark, "不支持以 % 开头的指令；请删去该行",
                    "directives (lines that begin with %) are not supported; remove the line");
    }
    if (reader->documents++ > 0) {
        return fail(reader, event->start_mark, "一个文件只能有一份文档；请删去“---”及其后内容",
                    "a file holds one document; remove the second `---` and what follows");
    }
    return true;
}

static bool on_alias(struct reader *reader, const yaml_event_t *event)
{
    return adornment_refused(reader, event, event->data.alias.anchor, NULL);
}

static bool key_begin(struct reader *reader, const yaml_event_t *event)
{
    const char *key = (const char *)event->data.scalar.value;
    if (event->data.scalar.length == 0 || event->data.scalar.length > LIMIT_ID_BYTES) {
        return fail(reader, event->start_mark,
                    arena_format(reader->arena, "键应为 1 至 %d 字节", LIMIT_ID_BYTES),
                    arena_format(reader->arena, "a key has 1 to %d bytes", LIMIT_ID_BYTES));
    }
    int other = reader->open[reader->depth - 1].last_entry;
    for (; other != YAML_NONE; other = node_of(reader, other)->previous) {
        const struct yaml_node *earlier = node_of(reader, other);
        if (strcmp(earlier->key, key) == 0) {
            return fail(reader, event->start_mark,
                        arena_format(reader->arena, "键“%s”重复，第 %zu 行已有；请只留一个", key,
                                     earlier->key_line),
                        arena_format(reader->arena,
                                     "the key `%s` stands twice, first on line %zu; keep one", key,
                                     earlier->key_line));
        }
    }
    reader->key = arena_string(reader->arena, key);
    reader->key_line = event->start_mark.line + 1;
    reader->key_column = event->start_mark.column + 1;
    return true;
}

static bool on_scalar(struct reader *reader, const yaml_event_t *event)
{
    if (!adornment_refused(reader, event, event->data.scalar.anchor, event->data.scalar.tag)) {
        return false;
    }
    bool key = in_map(reader) && reader->key == NULL;
    bool lines = !key && event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE;
    if (!characters_plain(event->data.scalar.value, event->data.scalar.length, lines)) {
        return fail(reader, event->start_mark, "文字中有换行或控制字符；请写在一行内",
                    "the text holds a line break or control character; write it on one line");
    }
    if (key) {
        return key_begin(reader, event);
    }
    struct yaml_node *node = node_add(reader, YAML_SCALAR, event->start_mark);
    if (node == NULL) {
        return false;
    }
    node->text = arena_string(reader->arena, (const char *)event->data.scalar.value);
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return true;
}

static bool container_begin(struct reader *reader, enum yaml_kind kind, const yaml_event_t *event)
{
    if (in_map(reader) && reader->key == NULL) {
        return fail(reader, event->start_mark, "键应为单个词，不能是列表或一组键",
                    "a key is one word, not a list or map");
    }
    if (reader->depth == LIMIT_NESTING) {
        return fail(
            reader, event->start_mark,
            arena_format(reader->arena, "嵌套超过 %d 层；请减少层次", LIMIT_NESTING),
            arena_format(reader->arena, "nested deeper than %d levels; use fewer", LIMIT_NESTING));
    }
    struct yaml_node *node = node_add(reader, kind, event->start_mark);
    if (node == NULL) {
        return false;
    }
    reader->open[reader->depth++] =
        (struct open_node){.node = (int)(node - reader->document->nodes), .last_entry = YAML_NONE};
    return true;
}

static bool on_map(struct reader *reader, const yaml_event_t *event)
{
    return adornment_refused(reader, event, event->data.mapping_start.anchor,
                             event->data.mapping_start.tag) &&
           container_begin(reader, YAML_MAP, event);
}

static bool on_list(struct reader *reader, const yaml_event_t *event)
{
    return adornment_refused(reader, event, event->data.sequence_start.anchor,
                             event->data.sequence_start.tag) &&
           container_begin(reader, YAML_LIST, event);
}

static bool on_end(struct reader *reader, const yaml_event_t *event)
{
    (void)event;
    assert(reader->depth > 0 && reader->key == NULL);
    reader->depth--;
    return true;
}

typedef bool (*event_handler)(struct reader *reader, const yaml_event_t *event);

static const event_handler handlers[] = {
    [YAML_NO_EVENT] = on_nothing,           [YAML_STREAM_START_EVENT] = on_nothing,
    [YAML_STREAM_END_EVENT] = on_nothing,   [YAML_DOCUMENT_START_EVENT] = on_document,
    [YAML_DOCUMENT_END_EVENT] = on_nothing, [YAML_ALIAS_EVENT] = on_alias,
    [YAML_SCALAR_EVENT] = on_scalar,        [YAML_SEQUENCE_START_EVENT] = on_list,
    [YAML_SEQUENCE_END_EVENT] = on_end,     [YAML_MAPPING_START_EVENT] = on_map,
    [YAML_MAPPING_END_EVENT] = on_end,
};
_Static_assert(sizeof(handlers) / sizeof(handlers[0]) == YAML_MAPPING_END_EVENT + 1,
               "every event has a handler");

// ---- The whole text

// libyaml gives only the byte where text cannot be read as UTF-8 or holds a control character.
static bool fail_encoding(struct reader *reader, const char *text, size_t offset)
{
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset; i++) {
        mark.line += text[i] == '\n' ? 1 : 0;
        mark.column = text[i] == '\n'                            ? 0
                      : ((unsigned char)text[i] & 0xC0U) == 0x80 ? mark.column
                                                                 : mark.column + 1;
    }
    return fail(reader, mark, "不是 UTF-8 文字，或有控制字符；请以 UTF-8 保存文件",
                "not UTF-8 text, or a control character; save the file as UTF-8");
}

// Marks count characters, not bytes.
static bool tab_at(const char *text, size_t length, yaml_mark_t mark)
{
    size_t i = 0;
    for (size_t index = 0; i < length && index < mark.index; index++) {
        do {
            i++;
        } while (i < length && ((unsigned char)text[i] & 0xC0U) == 0x80);
    }
    return i < length && text[i] == '\t';
}

static bool fail_parse(struct reader *reader, const yaml_parser_t *parser, const char *text,
                       size_t length)
{
    if (parser->error == YAML_READER_ERROR) {
        size_t offset = parser->problem_offset < length ? parser->problem_offset : length;
        return fail_encoding(reader, text, offset);
    }
    if (tab_at(text, length, parser->problem_mark)) {
        return fail(reader, parser->problem_mark, "这里是制表符（Tab）；请改用空格",
                    "a tab stands here; write blanks instead");
    }
    const char *problem = parser->problem != NULL ? parser->problem : "out of memory";
    return fail(
        reader, parser->problem_mark,
        arena_format(reader->arena, "YAML 写法有误（%s）；请检查此处及上一行的缩进、冒号和引号",
                     problem),
        arena_format(reader->arena,
                     "not well-formed YAML (%s); check indentation, colons and quotes here and on "
                     "the line before",
                     problem));
}

static bool events_read(struct reader *reader, yaml_parser_t *parser, const char *text,
                        size_t length)
{
    bool ended = false;
    while (!ended) {
        yaml_event_t event;
        if (yaml_parser_parse(parser, &event) == 0) {
            return fail_parse(reader, parser, text, length);
        }
        assert((size_t)event.type < sizeof(handlers) / sizeof(handlers[0]));
        ended = event.type == YAML_STREAM_END_EVENT;
        bool good = handlers[event.type](reader, &event);
        yaml_event_delete(&event);
        if (!good) {
            return false;
        }
    }
    if (reader->document->nodes_count == 0) {
        return settings_error_set(reader->error, 0, 0, "文件是空的；请写入内容",
                                  "the file is empty; write its content");
    }
    return true;
}

bool yaml_read(const char *text, size_t length, struct arena *arena, struct yaml_document *document,
               struct settings_error *error)
{
    *document = (struct yaml_document){0};
    struct reader reader = {.arena = arena, .error = error, .document = document};
    if (length > LIMIT_FILE_TEXT_BYTES) {
        return settings_error_set(
            error, 0, 0, arena_format(arena, "文件超过 %d 字节；请缩短", LIMIT_FILE_TEXT_BYTES),
            arena_format(arena, "the file is longer than %d bytes; shorten it",
                         LIMIT_FILE_TEXT_BYTES));
    }
    static const char mark[] = "\xEF\xBB\xBF"; // some editors begin a file of UTF-8 with it
    if (length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0) {
        text += strlen(mark);
        length -= strlen(mark);
    }
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0) {
        return settings_error_set(error, 0, 0, "内存不足", "out of memory");
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    bool good = events_read(&reader, &parser, text, length);
    yaml_parser_delete(&parser);
    return good;
}
