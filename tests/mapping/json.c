// json - any message of the contract by its name, from bytes or from JSON, to both
//
//     award-json <LINES
//
// A line: the name of a message ("Event", "CalendarLoaded.Exception"), `bytes` or `json`, and what
// is to be read, in hexadecimal; or the name and `where`: whether there is such a message. Output,
// a line each: the packed bytes, the JSON of one line and the pretty one, in hexadecimal, so that
// the codec can be compared with another implementation (test_json.py); or `!` and the code of the
// refusal. Exit 2 where a line is not what it should be.
#include "common/codec.h"

#include "entry.pb-c.h"
#include "envelope.pb-c.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_STATUS_WRONG = 2, MESSAGES_MAX = 1024 };

static const char PACKAGE[] = "award.";

// All messages that are parts of others, found from those that are not.
static const ProtobufCMessageDescriptor *messages[MESSAGES_MAX] = {
    &award__envelope__descriptor,
    &award__entry__descriptor,
    &award__feed_item__descriptor,
};
static size_t messages_count = 3;

static _Noreturn void give_up(const char *what)
{
    (void)fprintf(stderr, "award-json: %s\n", what);
    exit(LINE_STATUS_WRONG);
}

// ---- Messages by name

static void message_add(const ProtobufCMessageDescriptor *descriptor)
{
    for (size_t i = 0; i < messages_count; i++) {
        if (messages[i] == descriptor) {
            return;
        }
    }
    if (messages_count == MESSAGES_MAX) {
        give_up("more messages than there is room for");
    }
    messages[messages_count++] = descriptor;
}

static void messages_find(void)
{
    for (size_t i = 0; i < messages_count; i++) {
        for (unsigned j = 0; j < messages[i]->n_fields; j++) {
            const ProtobufCFieldDescriptor *field = &messages[i]->fields[j];
            if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
                message_add(field->descriptor);
            }
        }
    }
}

static const ProtobufCMessageDescriptor *message_named(const char *name)
{
    for (size_t i = 0; i < messages_count; i++) {
        if (strcmp(messages[i]->name + strlen(PACKAGE), name) == 0) {
            return messages[i];
        }
    }
    return NULL;
}

// ---- Lines

static void hex_print(const void *data, size_t size, char end)
{
    char *text = malloc(size * 2 + 1);
    if (text == NULL) {
        abort();
    }
    (void)printf("%s%c", sodium_bin2hex(text, size * 2 + 1, data, size), end);
    free(text);
}

static void message_print(const ProtobufCMessage *message, struct arena *arena)
{
    struct bytes bytes = codec_pack(message, arena);
    const char *line = codec_to_json(message, CODEC_JSON_LINE, arena);
    const char *pretty = codec_to_json(message, CODEC_JSON_PRETTY, arena);
    hex_print(bytes.data, bytes.size, ' ');
    hex_print(line, strlen(line), ' ');
    hex_print(pretty, strlen(pretty), '\n');
}

static struct bytes hex_read(const char *text, struct arena *arena)
{
    size_t size = 0;
    unsigned char *data = arena_alloc(arena, strlen(text) / 2 + 1);
    if (sodium_hex2bin(data, strlen(text) / 2, text, strlen(text), NULL, &size, NULL) != 0) {
        give_up("what is to be read is not in hexadecimal");
    }
    return (struct bytes){.data = data, .size = size};
}

static void line_take(char *text, struct arena *arena)
{
    const char *name = strtok(text, " \n");
    const char *form = strtok(NULL, " \n");
    const char *content = strtok(NULL, " \n");
    const ProtobufCMessageDescriptor *descriptor = name != NULL ? message_named(name) : NULL;
    if (form == NULL) {
        give_up("a line has a name, a form and a content");
    }
    if (descriptor == NULL || strcmp(form, "where") == 0) {
        (void)puts(descriptor == NULL ? "! no_such_message" : "here");
        return;
    }
    struct bytes given = hex_read(content != NULL ? content : "", arena);
    struct codec_error error;
    const ProtobufCMessage *message =
        strcmp(form, "json") == 0
            ? codec_from_json(descriptor, (const char *)given.data, given.size, arena, &error)
            : codec_unpack(descriptor, given, arena, &error);
    if (message == NULL) {
        (void)printf("! %s %s\n", error.code, error.en);
    } else {
        message_print(message, arena);
    }
}

int main(void)
{
    char *text = NULL;
    size_t size = 0;
    struct arena *arena = arena_create();
    messages_find();
    while (getline(&text, &size, stdin) >= 0) {
        line_take(text, arena);
        (void)fflush(stdout);
        arena_reset(arena);
    }
    free(text);
    arena_destroy(arena);
    return 0;
}
