// html - the text of a message as a page of the same content
#include "workers/notification/html.h"

#include "common/writing.h"

#include <stdbool.h>
#include <string.h>

// What is open in the page.
enum block { NOTHING, PARAGRAPH, LIST, BLOCK_COUNT };

static const struct {
    const char *begin;
    const char *end;
} tags[BLOCK_COUNT] = {
    [NOTHING] = {"",       ""       },
    [PARAGRAPH] = {"<p>",    "</p>\n" },
    [LIST] = {"<ul>\n", "</ul>\n"},
};

static void escaped_put(struct writing *writing, const char *text, size_t size)
{
    static const char special[] = "<>&\"";
    static const char *const escapes[] = {"&lt;", "&gt;", "&amp;", "&quot;"};
    for (size_t i = 0; i < size; i++) {
        const char *found = text[i] != '\0' ? strchr(special, text[i]) : NULL;
        if (found != NULL) {
            writing_put(writing, escapes[found - special]);
        } else {
            writing_add(writing, text + i, 1);
        }
    }
}

// A line; from "awardctl " on it is a command.
static void line_put(struct writing *writing, const char *line, size_t size)
{
    static const char command[] = "awardctl ";
    const char *found = memmem(line, size, command, strlen(command));
    size_t before = found != NULL ? (size_t)(found - line) : size;
    escaped_put(writing, line, before);
    if (found != NULL) {
        writing_put(writing, "<code>");
        escaped_put(writing, found, size - before);
        writing_put(writing, "</code>");
    }
}

static void block_change(struct writing *writing, enum block *open, enum block next)
{
    if (*open != next) {
        writing_put(writing, tags[*open].end);
        writing_put(writing, tags[next].begin);
        *open = next;
    }
}

static bool line_is(const char *line, size_t size, const char *text)
{
    return size == strlen(text) && memcmp(line, text, size) == 0;
}

static bool heading(const char *line, size_t size)
{
    static const char begin[] = "【";
    static const char end[] = "】";
    size_t mark = strlen(begin);
    return size > 2 * mark && memcmp(line, begin, mark) == 0 &&
           memcmp(line + size - mark, end, mark) == 0;
}

static void text_line_put(struct writing *writing, enum block *open, const char *line, size_t size)
{
    bool again = *open == PARAGRAPH;
    block_change(writing, open, PARAGRAPH);
    writing_put(writing, again ? "<br>\n" : "");
    line_put(writing, line, size);
}

static void body_line_put(struct writing *writing, enum block *open, const char *line, size_t size)
{
    if (size == 0) {
        block_change(writing, open, NOTHING);
    } else if (line_is(line, size, "----") || line_is(line, size, "-- ")) {
        block_change(writing, open, NOTHING);
        writing_put(writing, "<hr>\n");
    } else if (heading(line, size)) {
        block_change(writing, open, NOTHING);
        writing_put(writing, "<h2>");
        escaped_put(writing, line, size);
        writing_put(writing, "</h2>\n");
    } else if (size > 2 && memcmp(line, "- ", 2) == 0) {
        block_change(writing, open, LIST);
        writing_put(writing, "<li>");
        line_put(writing, line + 2, size - 2);
        writing_put(writing, "</li>\n");
    } else {
        text_line_put(writing, open, line, size);
    }
}

char *html_format(const char *subject, const char *body, struct arena *arena)
{
    struct writing writing = writing_begin(arena);
    enum block open = NOTHING;
    writing_put(&writing, "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>");
    escaped_put(&writing, subject, strlen(subject));
    writing_put(&writing, "</title>\n</head>\n<body>\n<h1>");
    escaped_put(&writing, subject, strlen(subject));
    writing_put(&writing, "</h1>\n");
    while (*body != '\0') {
        size_t size = strcspn(body, "\n");
        body_line_put(&writing, &open, body, size);
        body += size + (body[size] == '\n' ? 1 : 0);
    }
    block_change(&writing, &open, NOTHING);
    writing_put(&writing, "</body>\n</html>\n");
    return writing.text;
}
