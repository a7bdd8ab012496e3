// synopsis - what a command takes, read from its line of arguments
#include "clients/ctl/synopsis.h"

#include <assert.h>
#include <string.h>

#define BLANKS " "
#define BRACKETS "[]()"

static bool is_option(const char *text)
{
    return strncmp(text, "--", 2) == 0;
}

static bool is_word(const char *text)
{
    return *text != '\0' && strchr(BLANKS BRACKETS, *text) == NULL && !is_option(text) &&
           strncmp(text, "| ", 2) != 0 && strncmp(text, "...", 3) != 0;
}

// Takes the word at *at, which goes behind it and the blanks after it.
static const char *word_take(const char **at, struct arena *arena)
{
    size_t length = strcspn(*at, BLANKS BRACKETS);
    const char *word = arena_format(arena, "%.*s", (int)length, *at);
    *at += length;
    *at += strspn(*at, BLANKS);
    return word;
}

struct synopsis synopsis_read(const char *arguments, struct arena *arena)
{
    struct synopsis synopsis = {0};
    for (const char *at = arguments; *at != '\0';) {
        struct synopsis_word word = {0};
        if (strncmp(at, "...", 3) == 0 && synopsis.count > 0) {
            synopsis.words[synopsis.count - 1].repeats = true;
        }
        if (!is_option(at) && !is_word(at)) {
            at += strncmp(at, "...", 3) == 0 ? 3 : 1;
            continue;
        }
        if (is_option(at)) {
            word.option = word_take(&at, arena);
        }
        if (is_word(at)) {
            word.value = word_take(&at, arena);
        }
        assert(synopsis.count < SYNOPSIS_WORDS_MAX);
        synopsis.words[synopsis.count++] = word;
    }
    return synopsis;
}

const struct synopsis_word *synopsis_option(const struct synopsis *synopsis, const char *name)
{
    for (size_t i = 0; i < synopsis->count; i++) {
        const char *option = synopsis->words[i].option;
        if (option != NULL && strcmp(option, name) == 0) {
            return &synopsis->words[i];
        }
    }
    return NULL;
}

const struct synopsis_word *synopsis_argument(const struct synopsis *synopsis, size_t place)
{
    for (size_t i = 0; i < synopsis->count; i++) {
        const struct synopsis_word *word = &synopsis->words[i];
        if (word->option == NULL && (place == 0 || word->repeats)) {
            return word;
        }
        place -= word->option == NULL ? 1 : 0;
    }
    for (size_t i = 0; i < synopsis->count; i++) {
        if (synopsis->words[i].option != NULL && synopsis->words[i].repeats) {
            return &synopsis->words[i];
        }
    }
    return NULL;
}
