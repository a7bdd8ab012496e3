// help - `help`: commands, files and subjects
//
// What a topic names is looked for among commands, subjects and files, in this order. A word that
// is a command and a subject ("deadlines") shows both.
#include "clients/ctl/help.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/globals.h"
#include "clients/ctl/help_json.h"
#include "clients/ctl/help_topics.h"
#include "clients/ctl/screen.h"
#include "clients/ctl/show.h"
#include "common/text.h"
#include "settings/nearest.h"

#include <stdio.h>
#include <string.h>

enum { NAME_COLUMNS = 20, INDENTED = 6 };

static int help_run(struct ctl *ctl, int argc, char **argv);

const struct command command_help = {
    .name = "help",
    .arguments = "[TOPIC ...]",
    .zh = "帮助：命令、文件的键、日期写法、权限、年度等",
    .en = "help on a command, the keys of a file, how dates are written, rights, the year",
    .help = "不写 TOPIC 列出全部。--output json 供程序使用。\n"
            "Without TOPIC it lists them all. --output json is for programs.\n",
    .run = help_run,
};

// ---- Commands

static bool begins_with(const struct command *command, const char *word)
{
    size_t length = strlen(word);
    return strncmp(command->name, word, length) == 0 && command->name[length] == ' ';
}

static bool begins_some(const char *word)
{
    size_t count;
    const struct command *const *commands = command_list(&count);
    bool some = false;
    for (size_t i = 0; i < count; i++) {
        some = some || begins_with(commands[i], word);
    }
    return some;
}

static void commands_print(const char *word)
{
    size_t count;
    const struct command *const *commands = command_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct command *command = commands[i];
        if (!command->hidden && (word == NULL || begins_with(command, word))) {
            (void)printf("  %-*s", NAME_COLUMNS, command->name);
            screen_prose(command->zh, 2 + NAME_COLUMNS);
            (void)printf("  %*s", NAME_COLUMNS, "");
            screen_prose(command->en, 2 + NAME_COLUMNS);
        }
    }
}

void help_list(const char *word)
{
    (void)puts("用法 / usage: awardctl COMMAND [ARGUMENTS] [OPTIONS]\n");
    commands_print(begins_some(word) ? word : NULL);
    (void)putchar('\n');
    globals_options_print();
    (void)putchar('\n');
    exit_statuses_print();
}

void help_command(const struct command *command)
{
    static const char usage[] = "用法 / usage: awardctl ";
    (void)printf("%s%s ", usage, command->name);
    screen_prose(command->arguments, text_width(usage) + strlen(command->name) + 1);
    (void)printf("\n%s\n%s\n", command->zh, command->en);
    if (command->help != NULL) {
        (void)printf("\n%s", command->help);
    }
    (void)putchar('\n');
    globals_options_print();
    if (!command->own_statuses) {
        (void)putchar('\n');
        exit_statuses_print();
    }
}

// ---- Unknown commands

// NULL: none is near, or it begins one of two words and the second is as wrong as can be.
static const char *command_near(const char *words, const char *first, struct arena *arena)
{
    struct word_search search = {.wanted = words};
    commands_try(&search, arena);
    if (search.best == NULL && !begins_some(first)) {
        search.wanted = first;
        commands_try(&search, arena);
    }
    return search.best != NULL && strcmp(search.best, first) == 0 ? NULL : search.best;
}

int help_unknown(int count, char **words)
{
    struct arena *arena = arena_create();
    bool begins = begins_some(words[0]);
    const char *shown =
        begins && count > 1 ? arena_format(arena, "%s %s", words[0], words[1]) : words[0];
    const char *best = command_near(shown, words[0], arena);
    const char *list = begins ? arena_format(arena, "awardctl help %s", words[0]) : "awardctl help";
    const char *zh = arena_format(arena, "没有“%s”这个命令；%s%s%s%s 列出有哪些", shown,
                                  best != NULL ? "是不是 " : "", best != NULL ? best : "",
                                  best != NULL ? "？" : "", list);
    const char *en = arena_format(arena, "there is no command %s; %s%s%s%s lists what there is",
                                  shown, best != NULL ? "is it " : "", best != NULL ? best : "",
                                  best != NULL ? "? " : "", list);
    int status = ctl_error(CTL_USAGE, zh, en);
    arena_destroy(arena);
    return status;
}

// ---- Subjects and files

static const struct help_topic *topic_find(const char *name)
{
    size_t count;
    const struct help_topic *topics = help_topics(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(topics[i].name, name) == 0 || strcmp(topics[i].also, name) == 0) {
            return &topics[i];
        }
    }
    return NULL;
}

// The first subject whose title has the word: "metrics" is told under "health".
static const struct help_topic *topic_with(const char *word)
{
    size_t count;
    const struct help_topic *topics = help_topics(&count);
    size_t length = strlen(word);
    for (size_t i = 0; length > 0 && i < count; i++) {
        const char *at = strstr(topics[i].en, word);
        if (at != NULL && (at == topics[i].en || at[-1] == ' ') &&
            (at[length] == '\0' || at[length] == ',' || at[length] == ' ')) {
            return &topics[i];
        }
    }
    return NULL;
}

static const struct help_file *file_find(const char *name)
{
    size_t count;
    const struct help_file *files = help_files(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, name) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

const char *help_topic_name(size_t index)
{
    size_t topics_count;
    size_t files_count;
    const struct help_topic *topics = help_topics(&topics_count);
    const struct help_file *files = help_files(&files_count);
    if (index < topics_count) {
        return topics[index].name;
    }
    return index - topics_count < files_count ? files[index - topics_count].name : NULL;
}

static void topic_print(const struct help_topic *topic)
{
    (void)printf("%s %s\n\n", topic->also, topic->en);
    if (topic->text_zh != NULL) {
        (void)printf("%s\n%s", topic->text_zh, topic->text_en);
    } else if (strcmp(topic->name, "options") == 0) {
        globals_options_print();
    } else {
        exit_statuses_print();
        (void)puts("doctor：另有自己的，见 awardctl help doctor / doctor has its own: awardctl "
                   "help doctor");
    }
}

// "；默认 64" and "; default 64".
struct standard {
    const char *zh;
    const char *en;
};

static struct standard standard_of(const struct key *key, struct arena *arena)
{
    if (key->standard == NULL) {
        return (struct standard){"；必填", "; required"};
    }
    if (key->standard[0] == '\0') {
        return (struct standard){"", ""};
    }
    return (struct standard){arena_format(arena, "；默认 %s", key->standard),
                             arena_format(arena, "; default %s", key->standard)};
}

static void key_print(const struct key *key, struct arena *arena)
{
    struct standard standard = standard_of(key, arena);
    (void)printf("  %s\n%*s", key->path, INDENTED, "");
    screen_prose(arena_format(arena, "%s：%s%s%s", key->zh, key_expectation_zh(key, arena),
                              standard.zh, key_article_zh(key, arena)),
                 INDENTED);
    (void)printf("%*s", INDENTED, "");
    screen_prose(arena_format(arena, "%s: %s%s%s", key->en, key_expectation_en(key, arena),
                              standard.en, key_article_en(key, arena)),
                 INDENTED);
}

static void file_print(struct ctl *ctl, const struct help_file *file)
{
    const struct key *root = &file->table->rows[0];
    (void)printf("%s: %s / %s\n手册 manual: %s\n\n", file->name, root->zh, root->en, file->page);
    for (size_t i = 1; i < file->table->rows_count; i++) {
        key_print(&file->table->rows[i], ctl->arena);
    }
}

static void index_print(void)
{
    size_t count;
    const struct help_topic *topics = help_topics(&count);
    (void)puts("用法 / usage: awardctl help TOPIC\n\n主题 subjects");
    for (size_t i = 0; i < count; i++) {
        (void)printf("  %-*s%s %s\n", NAME_COLUMNS, topics[i].name, topics[i].also, topics[i].en);
    }
    const struct help_file *files = help_files(&count);
    (void)puts("\n文件的键 keys of files");
    for (size_t i = 0; i < count; i++) {
        const struct key *root = &files[i].table->rows[0];
        (void)printf("  %-*s%s %s\n", NAME_COLUMNS, files[i].name, root->zh, root->en);
    }
    (void)puts("\n命令 commands");
    commands_print(NULL);
}

// ---- What is meant

static int unknown(struct ctl *ctl, const char *wanted)
{
    struct word_search search = {.wanted = wanted};
    commands_try(&search, ctl->arena);
    for (size_t i = 0; help_topic_name(i) != NULL; i++) {
        word_try(&search, help_topic_name(i));
    }
    const char *best = search.best;
    return ctl_error(
        CTL_USAGE,
        arena_format(ctl->arena, "没有关于“%s”的帮助；%s%s%sawardctl help 列出全部主题", wanted,
                     best != NULL ? "是不是 " : "", best != NULL ? best : "",
                     best != NULL ? "？" : ""),
        arena_format(ctl->arena, "there is no help on %s; %s%s%sawardctl help lists all topics",
                     wanted, best != NULL ? "is it " : "", best != NULL ? best : "",
                     best != NULL ? "? " : ""));
}

static struct help_found find(struct ctl *ctl, int argc, char **argv)
{
    int matched;
    const struct command *command = command_find(argc, argv, &matched);
    struct help_found found = {.wanted = show_list(ctl, (size_t)argc, argv)};
    found.command = matched == argc ? command : NULL;
    found.topic = topic_find(found.wanted);
    found.file = file_find(found.wanted);
    found.first_word = found.command == NULL && begins_some(found.wanted);
    if (found.command == NULL && found.topic == NULL && found.file == NULL && !found.first_word) {
        found.topic = topic_with(found.wanted);
    }
    return found;
}

static void found_print(struct ctl *ctl, const struct help_found *found)
{
    if (found->command != NULL) {
        help_command(found->command);
    }
    if (found->topic != NULL) {
        (void)fputs(found->command != NULL ? "\n" : "", stdout);
        topic_print(found->topic);
    }
    if (found->file != NULL) {
        file_print(ctl, found->file);
    }
    if (found->first_word) {
        (void)fputs(found->topic != NULL ? "\n" : "", stdout);
        help_list(found->wanted);
    }
}

static int help_run(struct ctl *ctl, int argc, char **argv)
{
    static const struct ctl_option none[] = {
        {NULL, NULL, NULL}
    };
    argc = ctl_options(&command_help, none, argc, argv);
    if (argc < 0) {
        return CTL_USAGE;
    }
    if (argc == 0 && ctl->output == CTL_JSON) {
        help_json_all(ctl);
        return CTL_OK;
    }
    if (argc == 0) {
        index_print();
        return CTL_OK;
    }
    struct help_found found = find(ctl, argc, argv);
    if (found.command == NULL && found.topic == NULL && found.file == NULL && !found.first_word) {
        return unknown(ctl, found.wanted);
    }
    if (ctl->output == CTL_JSON) {
        help_json(ctl, &found);
    } else {
        found_print(ctl, &found);
    }
    return CTL_OK;
}
