// Tests of yaml: what it takes, and where it finds what it does not take.
#include "settings/yaml.h"

#include "common/limits.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct settings_error error;
static struct yaml_document document;

static void begin(void)
{
    arena = arena_create();
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(yaml, .init = begin, .fini = end);

Test(yaml, nodes_know_parent_key_line_and_column_in_characters)
{
    static const char text[] = "# 说明\n"
                               "name: 市长奖\n"
                               "list: [一, \"2\"]\n";
    cr_assert(yaml_read(text, strlen(text), arena, &document, &error), "%s", error.en);
    cr_assert_eq(document.nodes_count, 5);
    const struct yaml_node *nodes = document.nodes;
    cr_assert(nodes[0].kind == YAML_MAP && nodes[0].parent == YAML_NONE && nodes[0].entries == 2);
    cr_assert_str_eq(nodes[1].key, "name");
    cr_assert_str_eq(nodes[1].text, "市长奖");
    cr_assert(nodes[1].plain && nodes[1].line == 2 && nodes[1].column == 7);
    cr_assert(nodes[2].kind == YAML_LIST && nodes[2].previous == 1 && nodes[2].index == 1);
    cr_assert(nodes[2].key_line == 3 && nodes[2].key_column == 1 && nodes[2].column == 7);
    cr_assert(nodes[3].parent == 2 && nodes[3].key == NULL && nodes[3].column == 8);
    cr_assert_str_eq(nodes[4].text, "2");
    cr_assert(!nodes[4].plain && nodes[4].previous == 3 && nodes[4].column == 11);
}

Test(yaml, the_mark_that_some_editors_begin_a_file_with_is_passed_over)
{
    static const char text[] = "\xEF\xBB\xBFname: 市长奖\n\tb: 2\n";
    cr_assert(yaml_read(text, strlen("\xEF\xBB\xBFname: 市长奖\n"), arena, &document, &error), "%s",
              error.en);
    cr_assert_str_eq(document.nodes[1].key, "name");
    cr_assert_eq(document.nodes[1].key_column, 1);
    cr_assert_not(yaml_read(text, strlen(text), arena, &document, &error));
    cr_assert_eq(error.line, 2);
}

struct refusal {
    const char *text;
    size_t line;
    size_t column;
    const char *zh;
    const char *en;
};

// clang-format off
static const struct refusal refusals[] = {
    {"", 0, 0, "空的", "empty"},
    {"# nothing\n", 0, 0, "空的", "empty"},
    {"a: 1\nb: 2\na: 3\n", 3, 1, "“a”重复，第 1 行", "`a` stands twice, first on line 1"},
    {"a: {b: 1, b: 2}\n", 1, 11, "重复", "twice"},
    {"a: &x 1\n", 1, 4, "锚点", "anchors"},
    {"a: *x\n", 1, 4, "引用", "aliases"},
    {"a: !!int 1\n", 1, 4, "标签", "tags"},
    {"a: ! 1\n", 1, 4, "标签", "tags"},
    {"a: &x [1]\n", 1, 4, "锚点", "anchors"},
    {"a: !!map {b: 1}\n", 1, 4, "标签", "tags"},
    {"&x a: 1\n", 1, 1, "锚点", "anchors"},
    {"<<: *x\n", 1, 5, "引用", "aliases"},
    {"%YAML 1.1\n---\na: 1\n", 1, 1, "指令", "directives"},
    {"a: 1\n---\nb: 2\n", 2, 1, "一份文档", "one document"},
    {"[a]: 1\n", 1, 1, "键应为单个词", "a key is one word"},
    {"? {a: b}\n: 1\n", 1, 3, "键应为单个词", "a key is one word"},
    {"a: \"x\\0y\"\n", 1, 4, "控制字符", "control character"},
    {"a: \"x\\ny\"\n", 1, 4, "换行", "line break"},
    {"a: >\n  x\n\n  y\n", 1, 4, "换行", "line break"},
    {"a: |\n  x\x7Fy\n", 2, 4, "UTF-8", "control character"},
    {"? |\n  x\n  y\n: 1\n", 1, 3, "换行", "line break"},
    {"\"\": 1\n", 1, 1, "1 至 64 字节", "1 to 64 bytes"},
    {"a: 1\nb: \xff\n", 2, 4, "UTF-8", "UTF-8"},
    {"a: 1\n市: \x01\n", 2, 4, "UTF-8", "control character"},
    {"a: [1, 2\nb: 3\n", 2, 2, "写法有误", "not well-formed"},
    {"a: 1\n\tb: 2\n", 2, 1, "制表符", "a tab"},
    {"市: 1\nb:\n \tc: 2\n", 3, 2, "制表符", "a tab"},
    {"a: 1\n b: 2\n", 2, 3, "写法有误", "not well-formed"},
    {"a: \"open\n", 2, 1, "写法有误", "not well-formed"},
};
// clang-format on

Test(yaml, what_nobody_should_write_is_refused_with_line_and_column)
{
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
        const struct refusal *refusal = &refusals[i];
        cr_assert_not(yaml_read(refusal->text, strlen(refusal->text), arena, &document, &error),
                      "%s", refusal->text);
        cr_assert(error.line == refusal->line && error.column == refusal->column,
                  "%s: expected %zu:%zu, found %zu:%zu %s", refusal->text, refusal->line,
                  refusal->column, error.line, error.column, error.en);
        cr_assert_not_null(strstr(error.zh, refusal->zh), "%s", error.zh);
        cr_assert_not_null(strstr(error.en, refusal->en), "%s", error.en);
    }
}

Test(yaml, nesting_is_bounded)
{
    char text[2 * LIMIT_NESTING + 3];
    memset(text, '[', LIMIT_NESTING);
    memset(text + LIMIT_NESTING, ']', LIMIT_NESTING);
    cr_assert(yaml_read(text, 2 * LIMIT_NESTING, arena, &document, &error), "%s", error.en);
    memset(text, '[', LIMIT_NESTING + 1);
    memset(text + LIMIT_NESTING + 1, ']', LIMIT_NESTING + 1);
    cr_assert_not(yaml_read(text, 2 * LIMIT_NESTING + 2, arena, &document, &error));
    cr_assert_eq(error.column, LIMIT_NESTING + 1);
    cr_assert_not_null(strstr(error.en, "deeper than 16"), "%s", error.en);
}

Test(yaml, size_and_numbers_of_entries_are_bounded)
{
    char *text = arena_alloc(arena, LIMIT_FILE_TEXT_BYTES + 2);
    memset(text, '#', LIMIT_FILE_TEXT_BYTES + 1);
    cr_assert_not(yaml_read(text, LIMIT_FILE_TEXT_BYTES + 1, arena, &document, &error));
    cr_assert_not_null(strstr(error.en, "131072 bytes"), "%s", error.en);
    for (size_t i = 0; i <= LIMIT_LIST_ELEMENTS; i++) {
        memcpy(text + 4 * i, "- x\n", 4);
    }
    size_t length = 4 * (size_t)LIMIT_LIST_ELEMENTS;
    cr_assert(yaml_read(text, length, arena, &document, &error), "%s", error.en);
    cr_assert_eq(document.nodes[0].entries, (size_t)LIMIT_LIST_ELEMENTS);
    cr_assert_not(yaml_read(text, length + 4, arena, &document, &error));
    cr_assert_eq(error.line, (size_t)LIMIT_LIST_ELEMENTS + 1);
}

Test(yaml, long_messages_are_cut_between_two_characters)
{
    char zh[600];
    for (size_t i = 0; i + 3 < sizeof(zh); i += 3) {
        memcpy(zh + i, "字", 4);
    }
    cr_assert_not(settings_error_set(&error, 1, 2, zh, "en"));
    cr_assert_eq(strlen(error.zh), 510);
    cr_assert_str_eq(error.zh + 507, "字");
}
