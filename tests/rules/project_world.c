// project_world - a state of which each role sees its own part
#include "tests/rules/project_world.h"

#include "rules/overlay.h"
#include "rules/project.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena *arena;
static struct overlay *overlay;
static const struct view *view;

struct arena *project_arena(void)
{
    return arena;
}

const struct view *project_view(void)
{
    return view;
}

ProtobufCMessage *project_from_json(const ProtobufCMessageDescriptor *descriptor, const char *json)
{
    struct codec_error error;
    ProtobufCMessage *message = codec_from_json(descriptor, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s: %s", json, error.en);
    return message;
}

void project_put(const char *change_json)
{
    Award__Change *change =
        (Award__Change *)project_from_json(&award__change__descriptor, change_json);
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(change, arena, &key, &value));
    overlay_put(overlay, key, value);
}

void project_case_put(const char *more)
{
    project_put(arena_format(arena,
                             "{\"case\":{\"case\":\"" PROJECT_CASE
                             "\",\"cycle\":\"2018\",\"enterprise\":"
                             "\"91500112MA5U0000X8\",\"version\":4,\"team\":\"t1\",%s}}",
                             more));
}

void project_sheet_put(const char *person)
{
    project_put(arena_format(arena,
                             "{\"sheet\":{\"case\":\"" PROJECT_CASE
                             "\",\"kind\":\"independent\",\"person\":"
                             "\"%s\",\"total\":\"510.00\"}}",
                             person));
}

void project_team_put(const char *members)
{
    project_put(
        arena_format(arena,
                     "{\"team\":{\"cycle\":\"2018\",\"team\":\"t1\",\"leader\":\"r1\",\"cases\":"
                     "[\"" PROJECT_CASE "\"],\"members\":[%s]}}",
                     members));
}

void project_setup(void)
{
    arena = arena_create();
    overlay = overlay_create(NULL);
    view = overlay_view(overlay);
    project_put("{\"principal\":{\"name\":\"r1\",\"role\":\"reviewer\"}}");
    project_put("{\"principal\":{\"name\":\"office\",\"role\":\"office\"}}");
    project_put(
        "{\"enterprise\":{\"enterprise\":\"91500112MA5U0000X8\",\"district\":\"500112\",\"cases\":"
        "[\"" PROJECT_CASE "\"]}}");
    project_put(
        "{\"enterprise\":{\"enterprise\":\"91500109MA5U0000B1\",\"district\":\"500109\",\"cases\":"
        "[\"" PROJECT_OTHER "\"]}}");
    project_put("{\"case\":{\"case\":\"" PROJECT_OTHER "\",\"cycle\":\"2018\",\"enterprise\":"
                "\"91500109MA5U0000B1\",\"stage\":\"accepted\"}}");
    project_case_put("\"stage\":\"accepted\"");
    project_team_put("{\"person\":\"r1\"},{\"person\":\"r2\"},{\"person\":\"r3\"}");
}

void project_teardown(void)
{
    overlay_destroy(overlay);
    arena_destroy(arena);
}

const Award__Principal *project_viewer(const char *name, const char *role, const char *scope)
{
    return (const Award__Principal *)project_from_json(
        &award__principal__descriptor,
        arena_format(arena, "{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}", name, role,
                     scope));
}

bool project_sees(const Award__Principal *who, Award__Change__RecordCase kind,
                  ProtobufCMessage *record)
{
    return project_record(who, kind, record, view, arena) != NULL;
}

bool project_sees_sheet(const Award__Principal *who, const char *person)
{
    ProtobufCMessage *sheet = project_from_json(
        &award__sheet__descriptor,
        arena_format(arena,
                     "{\"case\":\"" PROJECT_CASE "\",\"kind\":\"independent\",\"person\":\"%s\"}",
                     person));
    return project_sees(who, AWARD__CHANGE__RECORD_SHEET, sheet);
}
