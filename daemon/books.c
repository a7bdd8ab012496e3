// books - rulebooks, alert policy and calendar as the rules want them, read from the state
#include "daemon/books.h"

#include "common/limits.h"
#include "record.pb-c.h"
#include "rules/record.h"
#include "settings/alert_policy_file.h"
#include "settings/digest.h"
#include "settings/rulebook_file.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct books {
    struct rulebook *rulebooks[LIMIT_RULEBOOKS]; // few: one for each revision of a regulation
    size_t rulebooks_count;
    struct alert_policy policy;
    struct calendar calendar;
    struct calendar_exception *exceptions;
};

struct books *books_create(void)
{
    return calloc(1, sizeof(struct books));
}

static void books_clear(struct books *books)
{
    for (size_t i = 0; i < books->rulebooks_count; i++) {
        free(books->rulebooks[i]);
    }
    books->rulebooks_count = 0;
    free(books->exceptions);
    books->exceptions = NULL;
    memset(&books->calendar, 0, sizeof(books->calendar));
    memset(&books->policy, 0, sizeof(books->policy));
}

void books_destroy(struct books *books)
{
    if (books != NULL) {
        books_clear(books);
        free(books);
    }
}

bool books_concerned(const Award__Event *event)
{
    switch ((int)event->body_case) {
    case AWARD__EVENT__BODY_DATABASE_CREATED:
    case AWARD__EVENT__BODY_RULEBOOK_LOADED:
    case AWARD__EVENT__BODY_ALERT_POLICY_LOADED:
    case AWARD__EVENT__BODY_CALENDAR_LOADED:
        return true;
    default:
        return false;
    }
}

// Called for each record of a kind; false ends the walk as failed, as does one that is damaged: a
// calendar without one of its years would move every deadline of that year.
typedef bool (*record_take)(struct books *books, const ProtobufCMessage *record);

static bool records_walk(struct books *books, const struct view *view,
                         Award__Change__RecordCase kind, record_take take)
{
    struct arena *arena = arena_create();
    struct bytes from = record_prefix(arena, kind, 0);
    struct bytes key;
    struct bytes value;
    bool good = true;
    enum view_result found;
    while (good && (found = view->next(view, from, arena, &key, &value)) != VIEW_ABSENT &&
           (key.size == 0 || key.data[0] == (uint8_t)kind)) {
        const ProtobufCMessage *record =
            found == VIEW_FOUND ? codec_unpack_trusted(record_descriptor(kind), value, arena)
                                : NULL;
        good = record != NULL && take(books, record);
        from = view_key_after(key, arena);
    }
    arena_destroy(arena);
    return good;
}

static bool rulebook_take(struct books *books, const ProtobufCMessage *record)
{
    const Award__Rulebook *stored = (const Award__Rulebook *)record;
    struct settings_error error;
    struct rulebook *rulebook = calloc(1, sizeof(*rulebook));
    assert(books->rulebooks_count < LIMIT_RULEBOOKS);
    if (rulebook == NULL ||
        !rulebook_recorded_read(stored->text, strlen(stored->text), rulebook, &error)) {
        free(rulebook);
        return false;
    }
    books->rulebooks[books->rulebooks_count++] = rulebook;
    return true;
}

static bool policy_take(struct books *books, const ProtobufCMessage *record)
{
    const Award__AlertPolicy *stored = (const Award__AlertPolicy *)record;
    struct settings_error error;
    return alert_policy_file_read(stored->text, strlen(stored->text), &books->policy, &error);
}

// Years come in order, but the notice of a year may hold last days of the December before, among
// those of that year's own. None is in both (decide_calendar_loaded).
static bool year_take(struct books *books, const ProtobufCMessage *record)
{
    const Award__CalendarLoaded *year = ((const Award__CalendarYear *)record)->loaded;
    size_t count = books->calendar.exceptions_count;
    struct calendar_exception *grown =
        realloc(books->exceptions, (count + year->n_exceptions + 1) * sizeof(*grown));
    if (grown == NULL) {
        return false;
    }
    for (size_t i = 0; i < year->n_exceptions; i++) {
        const Award__CalendarLoaded__Exception *one = year->exceptions[i];
        calendar_insert(grown, count++,
                        (struct calendar_exception){one->on->number, one->working != 0});
    }
    books->exceptions = grown;
    books->calendar = (struct calendar){grown, count};
    return true;
}

bool books_refresh(struct books *books, const struct view *view)
{
    books_clear(books);
    return records_walk(books, view, AWARD__CHANGE__RECORD_RULEBOOK, rulebook_take) &&
           records_walk(books, view, AWARD__CHANGE__RECORD_ALERT_POLICY, policy_take) &&
           records_walk(books, view, AWARD__CHANGE__RECORD_CALENDAR_YEAR, year_take);
}

const struct rulebook *books_rulebook(const void *context, const char *digest)
{
    const struct books *books = context;
    for (size_t i = 0; i < books->rulebooks_count; i++) {
        if (digest != NULL && strcmp(books->rulebooks[i]->digest, digest) == 0) {
            return books->rulebooks[i];
        }
    }
    return NULL;
}

const struct alert_policy *books_policy(const struct books *books)
{
    return &books->policy;
}

const struct calendar *books_calendar(const struct books *books)
{
    return &books->calendar;
}

static bool text_wrong(struct arena *arena, const struct settings_error *error, const char **zh,
                       const char **en)
{
    *zh = arena_string(arena, error->zh);
    *en = arena_string(arena, error->en);
    if (error->line > 0) {
        *zh = arena_format(arena, "第 %zu 行第 %zu 列：%s", error->line, error->column, *zh);
        *en = arena_format(arena, "line %zu, column %zu: %s", error->line, error->column, *en);
    }
    return true;
}

static bool digest_wrong(struct arena *arena, const char *given, const char *found, const char **zh,
                         const char **en)
{
    if (given != NULL && strcmp(given, found) == 0) {
        return false;
    }
    *zh = arena_format(arena, "摘要与正文不符，正文的摘要是 %s。", found);
    *en = arena_format(arena, "The digest is not that of the text, which is %s.", found);
    return true;
}

static bool rulebook_wrong(const char *text, const char *digest, struct arena *arena,
                           const char **zh, const char **en)
{
    struct settings_error error;
    struct rulebook rulebook;
    if (!rulebook_file_read(text, strlen(text), &rulebook, &error)) {
        return text_wrong(arena, &error, zh, en);
    }
    return digest_wrong(arena, digest, rulebook.digest, zh, en);
}

static bool policy_wrong(const char *text, const char *digest, struct arena *arena, const char **zh,
                         const char **en)
{
    struct settings_error error;
    struct alert_policy policy;
    char found[DIGEST_TEXT_BYTES];
    if (!alert_policy_file_read(text, strlen(text), &policy, &error)) {
        return text_wrong(arena, &error, zh, en);
    }
    digest_of(text, strlen(text), found);
    return digest_wrong(arena, digest, found, zh, en);
}

bool books_text_wrong(const Award__Event *event, struct arena *arena, const char **zh,
                      const char **en)
{
    *zh = NULL;
    *en = NULL;
    if (event->body_case == AWARD__EVENT__BODY_RULEBOOK_LOADED &&
        event->rulebook_loaded->text != NULL) {
        const Award__RulebookLoaded *loaded = event->rulebook_loaded;
        return rulebook_wrong(loaded->text, loaded->digest, arena, zh, en);
    }
    if (event->body_case == AWARD__EVENT__BODY_ALERT_POLICY_LOADED &&
        event->alert_policy_loaded->text != NULL) {
        const Award__AlertPolicyLoaded *loaded = event->alert_policy_loaded;
        return policy_wrong(loaded->text, loaded->digest, arena, zh, en);
    }
    return false;
}

bool books_genesis_wrong(const Award__Genesis *genesis, struct arena *arena, const char **zh,
                         const char **en)
{
    const Award__RulebookLoaded *book = genesis->rulebook;
    const Award__AlertPolicyLoaded *policy = genesis->alert_policy;
    const char *which = "rulebook";
    bool wrong = book != NULL &&
                 rulebook_wrong(book->text != NULL ? book->text : "", book->digest, arena, zh, en);
    if (!wrong && policy != NULL) {
        which = "alert_policy";
        wrong =
            policy_wrong(policy->text != NULL ? policy->text : "", policy->digest, arena, zh, en);
    }
    if (wrong) {
        *zh = arena_format(arena, "%s：%s", which, *zh);
        *en = arena_format(arena, "%s: %s", which, *en);
    }
    return wrong;
}
