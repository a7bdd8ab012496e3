// yaml_written - a YAML text written anew: the same nodes in another form
#include "tests/fuzz/yaml_written.h"

#include "settings/yaml.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    FILE *file;
    const struct yaml_document *document;
};

static int depth_of(const struct writer *w, const struct yaml_node *node)
{
    int depth = 0;
    for (int at = node->parent; at != YAML_NONE; at = w->document->nodes[at].parent) {
        depth++;
    }
    return depth;
}

static void quoted_write(const struct writer *w, const char *text)
{
    (void)fputc('"', w->file);
    for (; *text != '\0'; text++) {
        (void)fprintf(w->file, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
    }
    (void)fputc('"', w->file);
}

// What it ends with is told by the header: one line break, none (-) or all that are there (+).
static void block_write(const struct writer *w, const char *text, int indent)
{
    size_t length = strlen(text);
    bool open = text[length - 1] != '\n';
    bool more = !open && (length == 1 || text[length - 2] == '\n');
    (void)fprintf(w->file, "|1%s\n", open ? "-" : more ? "+" : "");
    for (const char *at = text; *at != '\0';) {
        size_t line = strcspn(at, "\n");
        (void)fprintf(w->file, "%*s%.*s\n", line > 0 ? indent : 0, "", (int)line, at);
        at += line + (at[line] == '\n' ? 1 : 0);
    }
}

static void scalar_write(const struct writer *w, const struct yaml_node *node, int indent)
{
    if (strchr(node->text, '\n') != NULL) {
        block_write(w, node->text, indent);
        return;
    }
    if (node->plain) {
        (void)fputs(node->text, w->file);
    } else {
        quoted_write(w, node->text);
    }
    (void)fputc('\n', w->file);
}

static void node_write(const struct writer *w, const struct yaml_node *node)
{
    int depth = depth_of(w, node);
    bool in_map = node->key != NULL;
    if (depth > 0) {
        (void)fprintf(w->file, "%*s", depth - 1, "");
        if (in_map) {
            quoted_write(w, node->key);
        }
        (void)fputs(in_map ? ": " : "- ", w->file);
    }
    if (node->kind == YAML_SCALAR) {
        scalar_write(w, node, depth);
    } else if (node->entries == 0) {
        (void)fputs(node->kind == YAML_MAP ? "{}\n" : "[]\n", w->file);
    } else {
        (void)fputc('\n', w->file);
    }
}

const char *yaml_written(const char *text, size_t length, struct arena *arena)
{
    struct yaml_document document;
    struct settings_error error;
    char *memory = NULL;
    size_t size = 0;
    fuzz_hold(yaml_read(text, length, arena, &document, &error), "read once and not twice");
    struct writer w = {open_memstream(&memory, &size), &document};
    fuzz_hold(w.file != NULL, "no memory");
    for (size_t i = 0; i < document.nodes_count; i++) {
        node_write(&w, &document.nodes[i]);
    }
    (void)fclose(w.file);
    const char *written = arena_string(arena, memory);
    free(memory);
    return written;
}
