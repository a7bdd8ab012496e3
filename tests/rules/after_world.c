// after_world - a world in which an enterprise holds an honour, for the tests of chapter 5
#include "tests/rules/after_world.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void after_put(struct world *world, Award__Change__RecordCase kind, const char *json)
{
    struct codec_error error;
    ProtobufCMessage *record =
        codec_from_json(record_descriptor(kind), json, strlen(json), world_arena(world), &error);
    cr_assert_not_null(record, "%s: %s", json, error.en);
    world_put(world, kind, record);
}

__attribute__((format(printf, 2, 0))) static const char *
text_format(struct world *world, const char *format, va_list args)
{
    char text[4096];
    int length = vsnprintf(text, sizeof(text), format, args);
    cr_assert(length > 0 && (size_t)length < sizeof(text));
    return arena_string(world_arena(world), text);
}

const Award__Decision *after_send(struct world *world, const char *principal, const char *format,
                                  ...)
{
    va_list args;
    va_start(args, format);
    const char *json = text_format(world, format, args);
    va_end(args);
    return world_send(world, principal, json);
}

const Award__Decision *after_accept(struct world *world, const char *principal, const char *format,
                                    ...)
{
    va_list args;
    va_start(args, format);
    const char *json = text_format(world, format, args);
    va_end(args);
    return world_accept(world, principal, json);
}

Award__Task *after_task(struct world *world, const char *kind)
{
    const Award__Case *c = world_case(world, AFTER_CASE);
    const char *id =
        arena_format(world_arena(world), "%s:%s:%u", kind, AFTER_CASE, (unsigned)c->version);
    return (Award__Task *)world_record(world, AWARD__CHANGE__RECORD_TASK, id);
}

const Award__Decision *after_grounds(struct world *world, const char *incident, const char *grounds)
{
    const Award__Task *task = after_task(world, "check_grounds");
    cr_assert_not_null(task, "no check was asked");
    return after_send(world, "worker-revocation",
                      "{\"task\":\"%s\",\"grounds_checked\":{\"case\":\"%s\",\"incident\":\"%s\","
                      "\"grounds\":%s}}",
                      task->task, AFTER_CASE, incident, grounds);
}

Award__Incident *after_incident(struct world *world, const char *incident)
{
    return (Award__Incident *)world_record(world, AWARD__CHANGE__RECORD_INCIDENT, incident);
}

Award__Deadline *after_deadline(struct world *world, const char *id)
{
    return (Award__Deadline *)world_record(world, AWARD__CHANGE__RECORD_DEADLINE, id);
}

Award__Enterprise *after_enterprise(struct world *world, const char *code)
{
    return (Award__Enterprise *)world_record(world, AWARD__CHANGE__RECORD_ENTERPRISE, code);
}

Award__Revocation *after_revocation(struct world *world, const char *id)
{
    return (Award__Revocation *)world_record(world, AWARD__CHANGE__RECORD_REVOCATION, id);
}

Award__Message *after_message(struct world *world, const char *recipient, const char *moment)
{
    const char *id = arena_format(world_arena(world), "%s/%s/1", recipient, moment);
    return (Award__Message *)world_record(world, AWARD__CHANGE__RECORD_MESSAGE, id);
}

struct world *after_world_create(void)
{
    struct world *world = world_create();
    const char *digest = world_rules(world)->digest;
    after_put(world, AWARD__CHANGE__RECORD_CYCLE,
              arena_format(world_arena(world), "{\"cycle\":\"2018\",\"rulebook\":\"%s\"}", digest));
    after_put(world, AWARD__CHANGE__RECORD_CYCLE,
              arena_format(world_arena(world), "{\"cycle\":\"2019\",\"rulebook\":\"%s\"}", digest));
    after_put(world, AWARD__CHANGE__RECORD_ENTERPRISE,
              "{\"enterprise\":\"" WORLD_ENTERPRISE "\",\"name\":\"甲企业\",\"region\":\"500112\","
              "\"district\":\"500112\",\"industry\":\"C36\",\"legal_person\":true,"
              "\"operating_since\":\"2000-01-01\",\"cases\":[\"" AFTER_CASE "\"]}");
    after_put(world, AWARD__CHANGE__RECORD_CASE,
              "{\"case\":\"" AFTER_CASE "\",\"cycle\":\"2018\",\"enterprise\":\"" WORLD_ENTERPRISE
              "\",\"version\":40,\"stage\":\"conferred\",\"applied_on\":\"2018-03-07\","
              "\"candidate_for\":\"award\",\"honour\":{\"kind\":\"award\",\"from\":\"2018-11-16\","
              "\"medal\":\"A-01\",\"certificate\":\"C-01\",\"conferred_on\":\"2018-11-28\"}}");
    after_put(world, AWARD__CHANGE__RECORD_DUE,
              "{\"moment\":\"2019-01-01T00:00:00+08:00\",\"kind\":\"self_evaluation_year\","
              "\"subject\":\"" AFTER_CASE "\",\"step\":2019}");
    world_clock(world, "2019-03-01T09:00:00+08:00");
    return world;
}

void after_complaint(struct world *world, struct period period)
{
    world_rules(world)->objection_answer = period;
    (void)after_accept(world, "office",
                       "{\"complaint_filed\":{\"objection\":\"O-1\",\"case\":\"%s\","
                       "\"text\":\"反映\"}}",
                       AFTER_CASE);
}
