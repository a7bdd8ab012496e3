// Tests of what a command takes, read from its line of arguments.
#include "clients/ctl/synopsis.h"

#include "clients/ctl/commands.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;

static void begin(void)
{
    arena = arena_create();
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(synopsis, .init = begin, .fini = end);

Test(synopsis, options_have_the_word_behind_them_as_their_value)
{
    struct synopsis read = synopsis_read("CASE [--cycle CYCLE] --all", arena);
    cr_assert_eq(read.count, 3);
    cr_assert_null(read.words[0].option);
    cr_assert_str_eq(read.words[0].value, "CASE");
    cr_assert_str_eq(synopsis_option(&read, "--cycle")->value, "CYCLE");
    cr_assert_null(synopsis_option(&read, "--all")->value);
    cr_assert_null(synopsis_option(&read, "--al"));
}

Test(synopsis, an_option_at_a_bracket_or_a_bar_has_none)
{
    struct synopsis read = synopsis_read("[--send [--id ID]] (--all | --none) [--yes] NAME", arena);
    cr_assert_null(synopsis_option(&read, "--send")->value);
    cr_assert_str_eq(synopsis_option(&read, "--id")->value, "ID");
    cr_assert_null(synopsis_option(&read, "--all")->value);
    cr_assert_null(synopsis_option(&read, "--none")->value);
    cr_assert_null(synopsis_option(&read, "--yes")->value);
    cr_assert_str_eq(synopsis_argument(&read, 0)->value, "NAME");
}

Test(synopsis, alternatives_within_a_word_stay_together)
{
    struct synopsis read = synopsis_read("FILE|- [--language zh|en]", arena);
    cr_assert_str_eq(synopsis_argument(&read, 0)->value, "FILE|-");
    cr_assert_str_eq(synopsis_option(&read, "--language")->value, "zh|en");
}

Test(synopsis, what_repeats_stands_at_every_place_behind)
{
    struct synopsis read = synopsis_read("EVENT FIELD=VALUE ... [--id ID]", arena);
    cr_assert_str_eq(synopsis_argument(&read, 0)->value, "EVENT");
    cr_assert_str_eq(synopsis_argument(&read, 1)->value, "FIELD=VALUE");
    cr_assert_str_eq(synopsis_argument(&read, 7)->value, "FIELD=VALUE");
    struct synopsis once = synopsis_read("EVENT", arena);
    cr_assert_null(synopsis_argument(&once, 1));
    cr_assert_null(synopsis_read("", arena).words[0].value);
}

Test(synopsis, the_value_of_an_option_may_repeat)
{
    struct synopsis read = synopsis_read("FILE [--only CHECK ...]", arena);
    cr_assert_str_eq(synopsis_argument(&read, 0)->value, "FILE");
    cr_assert_str_eq(synopsis_argument(&read, 2)->value, "CHECK");
}

Test(synopsis, every_command_has_a_line_that_can_be_read)
{
    size_t count;
    const struct command *const *commands = command_list(&count);
    for (size_t i = 0; i < count; i++) {
        const char *line = commands[i]->arguments;
        struct synopsis read = synopsis_read(line, arena);
        cr_assert((read.count == 0) == (line[0] == '\0'), "%s", commands[i]->name);
        for (size_t k = 0; k < read.count; k++) {
            const char *value = read.words[k].value;
            cr_assert(value == NULL || strstr(value, "--") == NULL, "%s: %s", commands[i]->name,
                      value);
        }
    }
}
