// The templates of an office: whose is taken, and what is refused with its place.
#include "letters/template_fields.h"
#include "letters/templates.h"

#include <criterion/criterion.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;
static char own[] = "/tmp/templates-XXXXXX";

static void setup(void)
{
    arena = arena_create();
    cr_assert_not_null(mkdtemp(own));
}

static void teardown(void)
{
    DIR *directory = opendir(own);
    cr_assert_not_null(directory);
    const struct dirent *entry;
    while ((entry = readdir(directory)) != NULL) {
        (void)unlinkat(dirfd(directory), entry->d_name, 0);
    }
    (void)closedir(directory);
    (void)rmdir(own);
    arena_destroy(arena);
}

TestSuite(templates, .init = setup, .fini = teardown);

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(arena_format(arena, "%s/%s", own, name), "w");
    cr_assert_not_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
}

static const struct templates *read_good(const char *directory)
{
    const char *path = "";
    struct settings_error error = {0};
    const struct templates *templates = templates_read(directory, arena, &path, &error);
    cr_assert_not_null(templates, "%s", settings_error_text(&error, path, arena));
    return templates;
}

static const char *read_wrong(const char *directory)
{
    const char *path = "";
    struct settings_error error = {0};
    cr_assert_null(templates_read(directory, arena, &path, &error));
    return settings_error_text(&error, path, arena);
}

static void holds(const char *text, const char *piece)
{
    cr_expect_not_null(strstr(text, piece), "\"%s\" is not in: %s", piece, text);
}

Test(templates, the_bundled_ones_serve_every_message_of_the_contract)
{
    const struct templates *templates = read_good(NULL);
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        const struct template *form =
            template_of(templates, (Award__Template__Name)names->values[i].value);
        cr_expect(!form->own && form->subject_zh[0] != '\0' && form->body_en[0] != '\0', "%s",
                  names->values[i].name);
    }
    cr_expect_null(template_of(templates, (Award__Template__Name)0));
    cr_expect_null(template_of(templates, (Award__Template__Name)(names->n_values + 1)));
}

Test(templates, every_field_is_explained)
{
    const ProtobufCEnumDescriptor *names = &award__template__name__descriptor;
    for (unsigned i = 0; i < names->n_values; i++) {
        const char *list = template_fields((Award__Template__Name)names->values[i].value);
        size_t size;
        cr_assert_not_null(list, "%s", names->values[i].name);
        for (const char *field; template_field_next(&list, &field, &size);) {
            cr_expect_not_null(template_field_find(field, size), "%.*s", (int)size, field);
        }
    }
}

#define RESULT(body)                                                                               \
    "subject:\n  zh: \"喜报：{case}\"\n  en: \"Good news: {case}\"\nbody:\n  zh: |\n    " body     \
    "\n  en: |\n    To you.\n"

Test(templates, a_file_of_the_office_takes_the_place_of_the_bundled_one)
{
    write_file("result.yaml", RESULT("{recipient}：\n\n    文号 {number}。"));
    write_file("README", "not a template");
    write_file("result.yaml~", "nor is this");
    const struct templates *templates = read_good(own);
    const struct template *form = template_of(templates, AWARD__TEMPLATE__NAME__result);
    cr_expect(form->own);
    cr_expect_str_eq(form->subject_zh, "喜报：{case}");
    cr_expect_str_eq(form->body_zh, "{recipient}：\n\n文号 {number}。\n");
    cr_expect_str_eq(form->body_en, "To you.\n");
    cr_expect_not(template_of(templates, AWARD__TEMPLATE__NAME__revoked)->own);
}

// What is written, and what is said of it.
// clang-format off
static const struct {
    const char *file;
    const char *text;
    const char *zh;
    const char *en;
} wrong[] = {
    {"result.yaml",    RESULT("{nubmer}"),         "/result.yaml:5:7: 没有字段 {nubmer}；是否应为 {number}？", "did you mean {number}?"},
    {"result.yaml",    RESULT("{incident}"),       "没有字段 {incident}；这种通知的字段：cycle honour",        "this message has: cycle honour"},
    {"result.yaml",    RESULT("{企业}"),           "没有字段 {企业}",                                          "there is no field"},
    {"result.yaml",    RESULT("{}"),               "没有字段 {}",                                              "there is no field {}"},
    {"result.yaml",    RESULT("{ number }"),       "没有字段 { number }；是否应为 {number}？",                 "did you mean {number}?"},
    {"result.yaml",    RESULT("{number"),          "花括号须成对",                                             "braces stand in pairs"},
    {"result.yaml",    RESULT("number}"),          "花括号须成对",                                             "braces stand in pairs"},
    {"result.yaml",    RESULT("{{number}}"),       "花括号须成对",                                             "braces stand in pairs"},
    {"result.yaml",    "subject: {zh: a, en: b}\n", "缺少键“body”",                                           "`body` is missing"},
    {"result.yaml",    "subjekt: {zh: a, en: b}\n", "没有“subjekt”这个键；是否应为“subject”",                "did you mean `subject`"},
    {"result.yaml",    "subject: {zh: \"\", en: b}\n", "1 至 255 字节",                                        "text of 1 to 255 bytes"},
    {"result.yaml",    "subject:\n  zh: |\n    a\n    b\n  en: b\n", "2:7: “subject.zh”",                      "text of 1 to 255 bytes"},
    {"resutl.yaml",    RESULT("x"),                "/resutl.yaml: 没有这种通知；文件名是否应为 result.yaml？",  "did you mean result.yaml?"},
    {"greetings.yaml", RESULT("x"),                "没有这种通知；各种通知见 awardctl template list",           "see awardctl template list"},
};
// clang-format on

Test(templates, what_is_wrong_is_said_with_its_file_place_and_what_is_meant)
{
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        write_file(wrong[i].file, wrong[i].text);
        const char *said = read_wrong(own);
        holds(said, wrong[i].zh);
        holds(said, wrong[i].en);
        (void)unlink(arena_format(arena, "%s/%s", own, wrong[i].file));
    }
    (void)read_good(own);
}

Test(templates, a_text_that_is_too_long_or_a_directory_that_is_not_there_is_refused)
{
    char *body = arena_alloc(arena, TEMPLATE_BODY_BYTES + 1);
    memset(body, 'x', TEMPLATE_BODY_BYTES);
    write_file("try.yaml",
               arena_format(arena, "subject: {zh: a, en: b}\nbody: {zh: \"%s\", en: b}\n", body));
    holds(read_wrong(own), "1 至 8191 字节的文字，可以多行");
    (void)unlink(arena_format(arena, "%s/try.yaml", own));
    body[TEMPLATE_BODY_BYTES - 1] = '\0';
    write_file("try.yaml",
               arena_format(arena, "subject: {zh: a, en: b}\nbody: {zh: \"%s\", en: b}\n", body));
    (void)read_good(own);
    holds(read_wrong("/nowhere/templates"), "/nowhere/templates: 不能读取模板目录");
}
