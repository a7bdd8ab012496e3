// help_json - the help for programs: editors, the manual (scripts/man), whatever draws forms
#include "clients/ctl/help_json.h"

#include "clients/ctl/commands.h"
#include "clients/ctl/globals.h"
#include "clients/ctl/synopsis.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text_set(json_t *object, const char *name, const char *text)
{
    if (text != NULL) {
        (void)json_object_set_new(object, name, json_string(text));
    }
}

// An empty list in the object, to be filled.
static json_t *list_in(json_t *object, const char *name)
{
    json_t *list = json_array();
    (void)json_object_set_new(object, name, list);
    return list;
}

static json_t *object_in(json_t *list)
{
    json_t *object = json_object();
    (void)json_array_append_new(list, object);
    return object;
}

// ---- Parts

static void words_add(struct ctl *ctl, json_t *object, const struct command *command)
{
    json_t *words = list_in(object, "words");
    struct synopsis synopsis = synopsis_read(command->arguments, ctl->arena);
    for (size_t i = 0; i < synopsis.count; i++) {
        json_t *word = object_in(words);
        text_set(word, "option", synopsis.words[i].option);
        text_set(word, "value", synopsis.words[i].value);
        (void)json_object_set_new(word, "repeats", json_boolean(synopsis.words[i].repeats));
    }
}

static void command_add(struct ctl *ctl, json_t *list, const struct command *command)
{
    json_t *object = object_in(list);
    text_set(object, "name", command->name);
    text_set(object, "arguments", command->arguments);
    text_set(object, "zh", command->zh);
    text_set(object, "en", command->en);
    text_set(object, "help", command->help);
    words_add(ctl, object, command);
}

static void topic_add(json_t *list, const struct help_topic *topic)
{
    json_t *object = object_in(list);
    text_set(object, "name", topic->name);
    text_set(object, "zh", topic->also);
    text_set(object, "en", topic->en);
    text_set(object, "text_zh", topic->text_zh);
    text_set(object, "text_en", topic->text_en);
}

static void key_add(struct ctl *ctl, json_t *list, const struct key *key)
{
    json_t *object = object_in(list);
    text_set(object, "key", key->path);
    text_set(object, "zh", key->zh);
    text_set(object, "en", key->en);
    text_set(object, "value_zh", key_expectation_zh(key, ctl->arena));
    text_set(object, "value_en", key_expectation_en(key, ctl->arena));
    text_set(object, "default", key->standard);
    text_set(object, "article", key->article);
    (void)json_object_set_new(object, "required", json_boolean(key->standard == NULL));
    (void)json_object_set_new(object, "reloads", json_boolean(key->reloads));
}

static void file_add(struct ctl *ctl, json_t *list, const struct help_file *file)
{
    json_t *object = object_in(list);
    text_set(object, "name", file->name);
    text_set(object, "page", file->page);
    text_set(object, "zh", file->table->rows[0].zh);
    text_set(object, "en", file->table->rows[0].en);
    json_t *keys = list_in(object, "keys");
    for (size_t i = 1; i < file->table->rows_count; i++) {
        key_add(ctl, keys, &file->table->rows[i]);
    }
}

static void globals_add(json_t *object)
{
    size_t count;
    const struct global_option *options = global_options(&count);
    json_t *list = list_in(object, "options");
    for (size_t i = 0; i < count; i++) {
        json_t *option = object_in(list);
        text_set(option, "option", options[i].name);
        text_set(option, "value", options[i].argument);
        text_set(option, "zh", options[i].zh);
        text_set(option, "en", options[i].en);
    }
    const struct exit_status_row *statuses = exit_statuses(&count);
    list = list_in(object, "exit_statuses");
    for (size_t i = 0; i < count; i++) {
        json_t *status = object_in(list);
        (void)json_object_set_new(status, "status", json_integer(statuses[i].status));
        text_set(status, "zh", statuses[i].zh);
        text_set(status, "en", statuses[i].en);
    }
}

// ---- The whole

static void commands_add(struct ctl *ctl, json_t *list, const char *word)
{
    size_t count;
    const struct command *const *commands = command_list(&count);
    size_t length = strlen(word);
    for (size_t i = 0; i < count; i++) {
        const char *name = commands[i]->name;
        bool begins = strncmp(name, word, length) == 0 && (length == 0 || name[length] == ' ');
        if (begins && !commands[i]->hidden) {
            command_add(ctl, list, commands[i]);
        }
    }
}

static void print(json_t *object)
{
    char *text = json_dumps(object, JSON_INDENT(2));
    (void)puts(text != NULL ? text : "{}");
    free(text);
    json_decref(object);
}

void help_json_all(struct ctl *ctl)
{
    json_t *object = json_object();
    text_set(object, "version", AWARD_VERSION);
    globals_add(object);
    commands_add(ctl, list_in(object, "commands"), "");
    size_t count;
    const struct help_topic *topics = help_topics(&count);
    json_t *list = list_in(object, "topics");
    for (size_t i = 0; i < count; i++) {
        topic_add(list, &topics[i]);
    }
    const struct help_file *files = help_files(&count);
    list = list_in(object, "files");
    for (size_t i = 0; i < count; i++) {
        file_add(ctl, list, &files[i]);
    }
    print(object);
}

void help_json(struct ctl *ctl, const struct help_found *found)
{
    json_t *object = json_object();
    if (found->command != NULL) {
        command_add(ctl, list_in(object, "commands"), found->command);
    }
    if (found->first_word) {
        commands_add(ctl, list_in(object, "commands"), found->wanted);
    }
    if (found->topic != NULL) {
        topic_add(list_in(object, "topics"), found->topic);
    }
    if (found->topic != NULL && found->topic->text_zh == NULL) {
        globals_add(object);
    }
    if (found->file != NULL) {
        file_add(ctl, list_in(object, "files"), found->file);
    }
    print(object);
}
