// transcript - all that a world was sent and answered, compared with a file
//
// An event is a line: moment, sender, body. Below it stands the decision without its changes, and
// below that each change with its record. The digest of the rulebook reads RULEBOOK, so that its
// next version changes no transcript by that.
#include "common/time.h"
#include "tests/rules/world.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 512 };

static char *json_of(struct world *world, const ProtobufCMessage *message)
{
    const char *digest = world_rules(world)->digest;
    char *json = codec_to_json(message, CODEC_JSON_LINE, world_arena(world));
    for (char *found = json; (found = strstr(found, digest)) != NULL;) {
        size_t rest = strlen(found + strlen(digest)) + 1;
        memmove(found + strlen("RULEBOOK"), found + strlen(digest), rest);
        memcpy(found, "RULEBOOK", strlen("RULEBOOK"));
    }
    return json;
}

static void step_print(FILE *out, struct world *world, const struct world_step *step)
{
    char moment[MOMENT_TEXT_BYTES];
    moment_format(step->now_ms, moment);
    Award__Decision decision = *step->decision;
    (void)fprintf(out, "%s %s\n  %s\n", moment, json_of(world, &step->event->base),
                  (decision.n_changes = 0, json_of(world, &decision.base)));
    for (size_t i = 0; i < step->decision->n_changes; i++) {
        (void)fprintf(out, "    %s\n", json_of(world, &step->decision->changes[i]->base));
    }
}

static char *transcript_make(struct world *world)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    cr_assert_not_null(out);
    size_t count;
    const struct world_step *steps = world_steps(world, &count);
    for (size_t i = 0; i < count; i++) {
        step_print(out, world, &steps[i]);
    }
    cr_assert_eq(fclose(out), 0);
    return text;
}

static void transcript_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    (void)fputs(text, file);
    cr_assert_eq(fclose(file), 0);
}

static void transcript_compare(const char *path, const char *text)
{
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    for (unsigned number = 1; (length = getline(&line, &size, file)) >= 0; number++) {
        int own = (int)strcspn(text, "\n");
        cr_assert_eq(strncmp(text, line, (size_t)length), 0, "%s:%u:\n%sis now\n%.*s", path, number,
                     line, own, text);
        text += length;
    }
    cr_assert_str_empty(text, "%s ends before\n%s", path, text);
    free(line);
    (void)fclose(file);
}

void transcript_expect(const char *name, const char *text)
{
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof(path), "%s/tests/rules/transcripts/%s.txt", SOURCE_DIR, name);
    const char *wish = getenv("TRANSCRIPTS");
    if (wish != NULL && strcmp(wish, "write") == 0) {
        transcript_write(path, text);
    } else {
        transcript_compare(path, text);
    }
}

void world_transcript(struct world *world, const char *name)
{
    char *text = transcript_make(world);
    transcript_expect(name, text);
    free(text);
}
