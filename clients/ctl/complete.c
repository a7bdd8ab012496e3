// complete - `complete`: what the next word of a command line may be, for the completion of shells
//
// packaging/awardctl.bash calls it with the words up to the cursor, the last of which is being
// written. What commands there are and what they take comes from their rows alone.
#include "clients/ctl/commands.h"
#include "clients/ctl/completion.h"
#include "clients/ctl/globals.h"
#include "clients/ctl/synopsis.h"

#include <stdio.h>
#include <string.h>

enum { PATIENCE_MS = 1000 }; // of one question to the coordinator

static int complete_run(struct ctl *ctl, int argc, char **argv);

const struct command command_complete = {
    .name = "complete",
    .arguments = "-- WORD ...",
    .zh = "列出命令行下一个词的候选，供 shell 补全调用",
    .en = "list what the next word of a command line may be, for the completion of shells",
    .hidden = true,
    .run = complete_run,
};

static bool is_option(const char *word)
{
    return strncmp(word, "--", 2) == 0;
}

// ---- Words of commands

// What stands in the name behind these words; NULL: it does not begin with them.
static const char *name_behind(const char *name, int count, char **words)
{
    for (int i = 0; i < count; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(name, words[i], length) != 0 || name[length] != ' ') {
            return NULL;
        }
        name += length + 1;
    }
    return name;
}

static void commands_offer(struct completion *completion, int count, char **words)
{
    size_t commands_count;
    const struct command *const *commands = command_list(&commands_count);
    for (size_t i = 0; i < commands_count; i++) {
        const char *rest = name_behind(commands[i]->name, count, words);
        if (rest != NULL && !commands[i]->hidden) {
            int length = (int)strcspn(rest, " ");
            completion_offer(completion,
                             arena_format(completion->ctl->arena, "%.*s", length, rest));
        }
    }
}

// ---- Options

static const struct global_option *global_option(const char *name)
{
    size_t count;
    const struct global_option *options = global_options(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(options[i].name, name) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

// The value that the option wants, of the command or of all; NULL: none, or there is no such
// option.
static const char *option_value(const struct synopsis *synopsis, const char *name)
{
    const struct synopsis_word *own = synopsis_option(synopsis, name);
    const struct global_option *global = global_option(name);
    return own != NULL ? own->value : global != NULL ? global->argument : NULL;
}

// With its value behind it or joined to it by "=".
static bool given(const char *option, int count, char **words)
{
    size_t length = strlen(option);
    for (int i = 0; i < count; i++) {
        if (strncmp(words[i], option, length) == 0 &&
            (words[i][length] == '=' || words[i][length] == '\0')) {
            return true;
        }
    }
    return false;
}

static void options_offer(struct completion *completion, const struct synopsis *synopsis, int count,
                          char **words)
{
    for (size_t i = 0; i < synopsis->count; i++) {
        const char *option = synopsis->words[i].option;
        if (option != NULL && !given(option, count, words)) {
            completion_offer(completion, option);
        }
    }
    size_t globals_count;
    const struct global_option *globals = global_options(&globals_count);
    for (size_t i = 0; i < globals_count; i++) {
        completion_offer(completion, globals[i].name);
    }
}

// "--output=js": the value behind the sign.
static void joined_offer(struct completion *completion, const struct synopsis *synopsis)
{
    const char *written = completion->written;
    int length = (int)strcspn(written, "=");
    const char *value =
        option_value(synopsis, arena_format(completion->ctl->arena, "%.*s", length, written));
    completion->before = arena_format(completion->ctl->arena, "%.*s=", length, written);
    if (value != NULL) {
        completion_values(completion, value);
    }
}

// ---- Arguments

// Which argument of the command comes next, from 0. *event: the first of them.
static size_t argument_place(const struct synopsis *synopsis, int count, char **words,
                             const char **event)
{
    size_t place = 0;
    for (int i = 0; i < count; i++) {
        const struct synopsis_word *option = synopsis_option(synopsis, words[i]);
        if (option != NULL && option->value != NULL) {
            i++;
        } else if (!is_option(words[i])) {
            *event = place == 0 ? words[i] : *event;
            place++;
        }
    }
    return place;
}

static void argument_offer(struct completion *completion, const struct synopsis *synopsis,
                           int count, char **words)
{
    size_t place = argument_place(synopsis, count, words, &completion->event);
    const struct synopsis_word *argument = synopsis_argument(synopsis, place);
    if (argument != NULL) {
        completion_values(completion, argument->value);
    } else {
        options_offer(completion, synopsis, count, words);
    }
}

// ---- The command

// The words before the one that is being written, without the options of all commands.
static void words_complete(struct completion *completion, const char *waiting, int count,
                           char **words)
{
    int matched;
    const struct command *command = command_find(count, words, &matched);
    struct synopsis synopsis =
        synopsis_read(command != NULL ? command->arguments : "", completion->ctl->arena);
    const char *value = waiting != NULL ? option_value(&synopsis, waiting) : NULL;
    if (value != NULL) {
        completion_values(completion, value);
    } else if (is_option(completion->written) && strchr(completion->written, '=') != NULL) {
        joined_offer(completion, &synopsis);
    } else if (is_option(completion->written)) {
        options_offer(completion, &synopsis, count - matched, words + matched);
    } else {
        commands_offer(completion, count, words);
        if (command == &command_help) {
            commands_offer(completion, count - matched, words + matched);
        }
        if (command != NULL) {
            argument_offer(completion, &synopsis, count - matched, words + matched);
        }
    }
}

static int complete_run(struct ctl *ctl, int argc, char **argv)
{
    struct globals globals = {0};
    if (argc < 2 || strcmp(argv[0], "--") != 0) {
        return ctl_usage(&command_complete);
    }
    if (freopen("/dev/null", "w", stderr) == NULL) {
        return CTL_INPUT;
    }
    struct completion completion = {.ctl = ctl, .written = argv[argc - 1], .before = ""};
    const char *waiting = argc > 2 && is_option(argv[argc - 2]) ? argv[argc - 2] : NULL;
    bool apart = waiting != NULL && global_option(waiting) != NULL; // its value is still missing
    int count = globals_read(argc - 2 - (apart ? 1 : 0), argv + 1, &globals);
    if (count < 0 || globals_prepare(ctl, &globals, false) != CTL_OK) {
        return CTL_USAGE;
    }
    ctl->output = CTL_TABLE;
    ctl->timeout_ms = PATIENCE_MS;
    words_complete(&completion, waiting, count, argv + 1);
    return CTL_OK;
}
