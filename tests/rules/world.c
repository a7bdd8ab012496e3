// world - a small coordinator in memory for tests of the rules
#include "tests/rules/world.h"

#include "common/memory.h"
#include "common/time.h"
#include "rules/reading.h"
#include "settings/alert_policy_file.h"
#include "settings/rulebook_file.h"
#include "tests/rules/damaging.h"
#include "tests/shared/genesis.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

struct world {
    struct arena *arena;
    struct overlay *overlay;
    struct rulebook rulebook;
    struct alert_policy policy;
    struct calendar calendar;
    int64_t now_ms;
    unsigned sent;
    bool damaging;          // what is decided is decided as well without each record that it reads
    Award__Entry **entries; // what was not rejected, for corrections
    size_t entries_count;
    struct world_step *steps;
    size_t steps_count;
    const char *text_error_zh;
    const char *text_error_en;
};

static const struct rulebook *world_rulebook(const void *context, const char *digest)
{
    const struct world *world = context;
    return digest != NULL && strcmp(digest, world->rulebook.digest) == 0 ? &world->rulebook : NULL;
}

static void fold(struct world *world, const Award__Decision *decision)
{
    for (size_t i = 0; i < decision->n_changes; i++) {
        struct bytes key;
        struct bytes value;
        cr_assert(record_fold(decision->changes[i], world->arena, &key, &value));
        overlay_put(world->overlay, key, value);
    }
}

static void entry_keep(struct world *world, Award__Event *event, Award__Decision *decision)
{
    Award__Entry *entry = arena_alloc(world->arena, sizeof(*entry));
    award__entry__init(entry);
    entry->event = event;
    entry->decision = decision;
    size_t size = world->entries_count * sizeof(Award__Entry *);
    Award__Entry **grown = arena_alloc(world->arena, size + sizeof(Award__Entry *));
    if (size > 0) {
        memcpy(grown, world->entries, size);
    }
    grown[world->entries_count++] = entry;
    world->entries = grown;
}

static void step_keep(struct world *world, const Award__Event *event,
                      const Award__Decision *decision)
{
    size_t size = (world->steps_count + 1) * sizeof(struct world_step);
    world->steps = realloc(world->steps, size);
    cr_assert_not_null(world->steps);
    world->steps[world->steps_count++] = (struct world_step){world->now_ms, event, decision};
}

void world_transcript_begin(struct world *world)
{
    world->steps_count = 0;
}

const struct world_step *world_steps(struct world *world, size_t *count)
{
    *count = world->steps_count;
    return world->steps;
}

static bool concerned(const Award__Decision *decision, const char *subject)
{
    for (size_t i = 0; i < decision->n_concerns; i++) {
        if (strcmp(decision->concerns[i], subject) == 0) {
            return true;
        }
    }
    return false;
}

// The entry that is named, and the later ones about its case.
static bool corrected_find(struct world *world, const Award__EventName *name,
                           struct rules_corrected *corrected)
{
    *corrected = (struct rules_corrected){.entry = NULL};
    const Award__Entry **later =
        arena_alloc(world->arena, (world->entries_count + 1) * sizeof(Award__Entry *));
    corrected->later = later;
    for (size_t i = 0; i < world->entries_count; i++) {
        const Award__Entry *entry = world->entries[i];
        const char *about = corrected->entry != NULL ? corrected->entry->decision->case_ : NULL;
        if (about != NULL && concerned(entry->decision, about)) {
            later[corrected->later_count++] = entry;
        }
        if (strcmp(entry->event->principal, name->principal) == 0 &&
            strcmp(entry->event->id, name->id) == 0) {
            corrected->entry = entry;
        }
    }
    return corrected->entry != NULL;
}

// The years on record, in the order of their days.
static void calendar_read(struct world *world)
{
    struct calendar_exception *all = NULL;
    size_t count = 0;
    const Award__CalendarYear *year;
    for (size_t i = 0; (year = (const Award__CalendarYear *)world_record_at(
                            world, AWARD__CHANGE__RECORD_CALENDAR_YEAR, i)) != NULL;
         i++) {
        size_t more = count + year->loaded->n_exceptions;
        struct calendar_exception *grown = arena_alloc(world->arena, more * sizeof(*grown));
        for (size_t k = 0; k < count; k++) {
            grown[k] = all[k];
        }
        for (size_t k = 0; k < year->loaded->n_exceptions; k++) {
            const Award__CalendarLoaded__Exception *one = year->loaded->exceptions[k];
            calendar_insert(grown, count++,
                            (struct calendar_exception){one->on->number, one->working != 0});
        }
        all = grown;
    }
    world->calendar = (struct calendar){all, count};
}

static Award__Decision *answer(struct world *world, const Award__Principal *sender,
                               Award__Event *event)
{
    struct rules_corrected corrected;
    const Award__EventName *name =
        rules_corrects(event, overlay_view(world->overlay), world->arena);
    struct rules_input input = {
        .view = overlay_view(world->overlay),
        .event = event,
        .sender = sender,
        .now_ms = world->now_ms,
        .calendar = &world->calendar,
        .policy = &world->policy,
        .rulebook = world_rulebook,
        .rulebook_context = world,
        .text_error_zh = world->text_error_zh,
        .text_error_en = world->text_error_en,
    };
    if (name != NULL && corrected_find(world, name, &corrected)) {
        input.corrected = &corrected;
    }
    if (world->damaging) {
        damaging_each(&input);
    }
    return rules_decide(&input, world->arena);
}

static Award__Decision *decide(struct world *world, const Award__Principal *sender,
                               Award__Event *event)
{
    Award__Decision *decision = answer(world, sender, event);
    step_keep(world, event, decision);
    if (decision->outcome != AWARD__OUTCOME__NAME__rejected) {
        fold(world, decision);
        entry_keep(world, event, decision);
        if (event->body_case == AWARD__EVENT__BODY_CALENDAR_LOADED ||
            event->body_case == AWARD__EVENT__BODY_DATABASE_CREATED) {
            calendar_read(world);
        }
    }
    return decision;
}

static Award__Event *event_from(struct world *world, const char *json)
{
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), world->arena, &error);
    cr_assert_not_null(event, "%s: %s", json, error.en);
    if (event->id == NULL) {
        event->id = arena_format(world->arena, "test-%u", ++world->sent);
    }
    return event;
}

static const Award__Principal *principal_named(struct world *world, const char *name)
{
    const Award__Principal *found =
        (const Award__Principal *)world_record(world, AWARD__CHANGE__RECORD_PRINCIPAL, name);
    cr_assert_not_null(found, "no principal %s", name);
    return found;
}

static const Award__Principal *coordinator(struct world *world)
{
    Award__Principal *found = arena_alloc(world->arena, sizeof(*found));
    award__principal__init(found);
    found->name = arena_string(world->arena, "coordinator");
    found->has_role = 1;
    found->role = AWARD__ROLE__NAME__coordinator;
    return found;
}

const Award__Decision *world_send(struct world *world, const char *principal, const char *json)
{
    Award__Event *event = event_from(world, json);
    event->principal = arena_string(world->arena, principal);
    bool damaging = world->damaging;
    world->damaging = true;
    const Award__Decision *decision = decide(world, principal_named(world, principal), event);
    world->damaging = damaging;
    return decision;
}

const Award__Decision *world_try(struct world *world, const char *principal, const char *json)
{
    bool own = strcmp(principal, "coordinator") == 0;
    Award__Event *event = event_from(world, json);
    event->principal = arena_string(world->arena, principal);
    return answer(world, own ? coordinator(world) : principal_named(world, principal), event);
}

const Award__Decision *world_accept(struct world *world, const char *principal, const char *json)
{
    const Award__Decision *decision = world_send(world, principal, json);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s: %s: %s", json,
                 world_code(decision), decision->n_reasons > 0 ? decision->reasons[0]->en : "");
    return decision;
}

const Award__Decision *world_reject(struct world *world, const char *principal, const char *json,
                                    const char *code, const char *article)
{
    const Award__Decision *decision = world_send(world, principal, json);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s", json);
    cr_assert_str_eq(world_code(decision), code);
    cr_assert_str_eq(world_article(decision), article);
    return decision;
}

static const Award__Decision *send_own(struct world *world, Award__Event *event)
{
    const Award__Principal *sender = coordinator(world);
    event->principal = sender->name;
    event->id = arena_format(world->arena, "own-%u", ++world->sent);
    return decide(world, sender, event);
}

void world_text_error(struct world *world, const char *zh, const char *en)
{
    world->text_error_zh = zh;
    world->text_error_en = en;
}

// The first row of the index, if its moment has come.
static Award__Due *due_first(struct world *world, int64_t until_ms)
{
    struct bytes prefix = record_prefix(world->arena, AWARD__CHANGE__RECORD_DUE, 0);
    struct bytes key;
    struct bytes value;
    const struct view *view = overlay_view(world->overlay);
    if (view->next(view, prefix, world->arena, &key, &value) != VIEW_FOUND ||
        key.data[0] != prefix.data[0]) {
        return NULL;
    }
    Award__Due *due =
        (Award__Due *)codec_unpack_trusted(&award__due__descriptor, value, world->arena);
    cr_assert_not_null(due);
    return due->moment->ms <= until_ms ? due : NULL;
}

void world_clock(struct world *world, const char *moment)
{
    int64_t until_ms;
    cr_assert(moment_parse(moment, strlen(moment), &until_ms), "%s", moment);
    Award__Due *due;
    while ((due = due_first(world, until_ms)) != NULL) {
        if (due->moment->ms > world->now_ms) {
            world->now_ms = due->moment->ms;
        }
        const Award__Decision *decision = send_own(world, rules_due_event(due, world->arena));
        cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "due %s: %s", due->subject,
                     world_code(decision));
    }
    cr_assert(until_ms >= world->now_ms, "the clock never moves back");
    world->now_ms = until_ms;
}

void world_damaging(struct world *world)
{
    world->damaging = true;
}

void world_send_all(struct world *world, size_t count, const struct sent *all)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i].by == NULL) {
            world_clock(world, all[i].json);
        } else {
            (void)world_send(world, all[i].by, all[i].json);
        }
    }
}

ProtobufCMessage *world_record(struct world *world, Award__Change__RecordCase kind, ...)
{
    va_list args;
    va_start(args, kind);
    struct bytes key = record_vkey(world->arena, kind, args);
    va_end(args);
    struct bytes value;
    const struct view *view = overlay_view(world->overlay);
    if (view->get(view, key, world->arena, &value) != VIEW_FOUND) {
        return NULL;
    }
    return codec_unpack_trusted(record_descriptor(kind), value, world->arena);
}

Award__Case *world_case(struct world *world, const char *id)
{
    return (Award__Case *)world_record(world, AWARD__CHANGE__RECORD_CASE, id);
}

void world_put(struct world *world, Award__Change__RecordCase kind, ProtobufCMessage *record)
{
    Award__Change change = AWARD__CHANGE__INIT;
    change.record_case = kind;
    change.city = (Award__City *)record; // all members of the union are pointers to messages
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(&change, world->arena, &key, &value));
    overlay_put(world->overlay, key, value);
}

struct rulebook *world_rules(struct world *world)
{
    return &world->rulebook;
}

size_t world_count(struct world *world, Award__Change__RecordCase kind)
{
    const struct view *view = overlay_view(world->overlay);
    struct bytes from = record_prefix(world->arena, kind, 0);
    struct bytes key;
    struct bytes value;
    size_t count = 0;
    while (view->next(view, from, world->arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == (uint8_t)kind) {
        count++;
        from = view_key_after(key, world->arena);
    }
    return count;
}

const char *world_code(const Award__Decision *decision)
{
    return decision->n_reasons > 0 ? decision->reasons[0]->code : "";
}

const char *world_article(const Award__Decision *decision)
{
    return decision->n_reasons > 0 ? decision->reasons[0]->article : "";
}

const struct view *world_view(struct world *world)
{
    return overlay_view(world->overlay);
}

struct arena *world_arena(struct world *world)
{
    return world->arena;
}

// ---- Making one

static void texts_read(struct world *world, const Award__Genesis *genesis)
{
    struct settings_error error = {0};
    const char *text = genesis->rulebook->text;
    cr_assert(rulebook_file_read(text, strlen(text), &world->rulebook, &error), "%zu: %s",
              error.line, error.en);
    text = genesis->alert_policy->text;
    cr_assert(alert_policy_file_read(text, strlen(text), &world->policy, &error), "%zu: %s",
              error.line, error.en);
}

struct world *world_create(void)
{
    struct world *world = memory_allocate(sizeof(*world));
    world->arena = arena_create();
    world->overlay = overlay_create(NULL);
    Award__Event *event = arena_alloc(world->arena, sizeof(*event));
    award__event__init(event);
    event->body_case = AWARD__EVENT__BODY_DATABASE_CREATED;
    event->database_created = arena_alloc(world->arena, sizeof(*event->database_created));
    award__database_created__init(event->database_created);
    Award__Genesis *genesis = genesis_make(world->arena);
    event->database_created->genesis = genesis;
    texts_read(world, genesis);
    world->now_ms = genesis->start->ms;
    const Award__Decision *decision = send_own(world, event);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s", world_code(decision));
    world_transcript_begin(world);
    return world;
}

void world_destroy(struct world *world)
{
    overlay_destroy(world->overlay);
    arena_destroy(world->arena);
    free(world->steps);
    free(world);
}

// ---- Beginning in the middle

void world_put_json(struct world *world, Award__Change__RecordCase kind, const char *json)
{
    struct codec_error error;
    ProtobufCMessage *record =
        codec_from_json(record_descriptor(kind), json, strlen(json), world->arena, &error);
    cr_assert_not_null(record, "%s: %s", json, error.en);
    world_put(world, kind, record);
}

ProtobufCMessage *world_record_at(struct world *world, Award__Change__RecordCase kind, size_t index)
{
    const struct view *view = overlay_view(world->overlay);
    struct bytes from = record_prefix(world->arena, kind, 0);
    struct bytes key;
    struct bytes value;
    while (view->next(view, from, world->arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == (uint8_t)kind) {
        if (index-- == 0) {
            return codec_unpack_trusted(record_descriptor(kind), value, world->arena);
        }
        from = view_key_after(key, world->arena);
    }
    return NULL;
}

void world_expect_day(const Award__Day *day, const char *text)
{
    char shown[DAY_TEXT_BYTES];
    cr_assert_not_null(day);
    day_format(day->number, shown);
    cr_expect_str_eq(shown, text);
}

struct alert_policy *world_policy(struct world *world)
{
    return &world->policy;
}

const struct calendar *world_calendar(struct world *world)
{
    return &world->calendar;
}

struct deciding *world_reading(struct world *world)
{
    struct rules_input *input = arena_alloc(world->arena, sizeof(*input));
    *input = (struct rules_input){
        .view = overlay_view(world->overlay),
        .now_ms = world->now_ms,
        .calendar = &world->calendar,
        .rulebook = world_rulebook,
        .rulebook_context = world,
    };
    return reading_begin(input, world->arena);
}
