// Tests of settings_error: what stands before the sentence about a file.
#include "settings/settings_error.h"

#include <criterion/criterion.h>

static void expect_text(size_t line, const char *zh, const char *text)
{
    struct arena *arena = arena_create();
    struct settings_error error;
    cr_assert_not(settings_error_set(&error, line, 7, zh, "english"));
    cr_expect_str_eq(settings_error_text(&error, "/etc/a.yaml", arena), text);
    arena_destroy(arena);
}

Test(settings_error, a_line_stands_with_its_file)
{
    expect_text(3, "中文", "/etc/a.yaml:3:7: 中文 / english");
    expect_text(3, "见 /etc/a.yaml", "/etc/a.yaml:3:7: 见 /etc/a.yaml / english");
}

Test(settings_error, a_file_as_a_whole_is_named_once)
{
    expect_text(0, "中文", "/etc/a.yaml: 中文 / english");
    expect_text(0, "读不了 /etc/a.yaml", "读不了 /etc/a.yaml / english");
}
