// Tests of settings_error: what stands before the sentence about a file.
#include "settings/settings_error.h"

#include <criterion/criterion.h>
#include <string.h>

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

Test(settings_error, a_text_that_is_cut_ends_with_a_whole_character)
{
    static const struct {
        const char *text;
        const char *kept;
    } cut[] = {
        {"",              ""   },
        {"a",             "a"  },
        {"中",           "中"},
        {"a\xE4\xB8",     "a"  },
        {"\xE4",          ""   },
        {"\xB8\xAD",      ""   },
        {"a\xF0\x9F\x98", "a"  },
        {"\xC3\xA9\xC3",  "é" },
    };
    struct settings_error error;
    for (size_t i = 0; i < sizeof(cut) / sizeof(cut[0]); i++) {
        (void)settings_error_set(&error, 0, 0, cut[i].text, "english");
        cr_expect_str_eq(error.zh, cut[i].kept, "%zu", i);
    }
    char longer[2 * sizeof(error.zh)];
    memset(longer, 'x', sizeof(longer));
    memcpy(longer + sizeof(error.zh) - 3, "中", strlen("中"));
    longer[sizeof(longer) - 1] = '\0';
    (void)settings_error_set(&error, 0, 0, longer, longer);
    cr_expect_eq(strlen(error.zh), sizeof(error.zh) - 3);
    cr_expect_eq(strlen(error.en), sizeof(error.en) - 3);
}
