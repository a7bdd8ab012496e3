// push_line - one line of a file of events: read, checked, and given its id
#include "clients/ctl/push_line.h"

#include "common/codec.h"
#include "common/limits.h"
#include "common/memory.h"
#include "settings/digest.h"
#include "settings/file_text.h"
#include "settings/keyfile.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Ids

enum { SLOTS_FIRST = 1024 };

struct slot {
    char digest[DIGEST_TEXT_BYTES]; // empty: the slot is free
    uint32_t count;
};

// Open addressing; at most half of the slots are taken.
struct push_ids {
    struct slot *slots;
    size_t slots_count;
    size_t taken;
};

static struct slot *slots_allocate(size_t count)
{
    struct slot *slots = calloc(count, sizeof(*slots));
    if (slots == NULL) {
        abort();
    }
    return slots;
}

struct push_ids *push_ids_create(void)
{
    struct push_ids *ids = memory_allocate(sizeof(*ids));
    ids->slots = slots_allocate(SLOTS_FIRST);
    ids->slots_count = SLOTS_FIRST;
    return ids;
}

void push_ids_destroy(struct push_ids *ids)
{
    if (ids != NULL) {
        free(ids->slots);
        free(ids);
    }
}

// The slot of a digest, or the free one where it belongs. Its first digits are as good as random.
static struct slot *slot_find(const struct push_ids *ids, const char *digest)
{
    char start[DIGEST_TEXT_BYTES];
    (void)snprintf(start, sizeof(start), "%.15s", digest);
    size_t index = (size_t)strtoull(start, NULL, 16) % ids->slots_count;
    while (ids->slots[index].digest[0] != '\0' && strcmp(ids->slots[index].digest, digest) != 0) {
        index = (index + 1) % ids->slots_count;
    }
    return &ids->slots[index];
}

static void slots_grow(struct push_ids *ids)
{
    struct push_ids larger = {.slots = slots_allocate(ids->slots_count * 2),
                              .slots_count = ids->slots_count * 2,
                              .taken = ids->taken};
    for (size_t i = 0; i < ids->slots_count; i++) {
        if (ids->slots[i].digest[0] != '\0') {
            *slot_find(&larger, ids->slots[i].digest) = ids->slots[i];
        }
    }
    free(ids->slots);
    *ids = larger;
}

// How many there were with this digest, this one included.
static uint32_t ordinal_of(struct push_ids *ids, const char *digest)
{
    struct slot *slot = slot_find(ids, digest);
    if (slot->digest[0] == '\0') {
        (void)snprintf(slot->digest, sizeof(slot->digest), "%s", digest);
        ids->taken++;
    }
    uint32_t ordinal = ++slot->count;
    if (ids->taken * 2 > ids->slots_count) {
        slots_grow(ids);
    }
    return ordinal;
}

// What of an event its id is made of. Not the addresses: the id goes on record, and a mobile number
// could be found from it by trying.
static Award__Event *content_of(const Award__Event *event, struct arena *arena)
{
    Award__Event *content = (Award__Event *)codec_copy(&event->base, arena);
    content->principal = NULL;
    content->id = NULL;
    content->at = NULL;
    bool changes_addresses = content->body_case == AWARD__EVENT__BODY_ADDRESS_CHANGED;
    for (size_t i = 0; changes_addresses && i < content->address_changed->n_addresses; i++) {
        Award__AddressChanged__Address *address = content->address_changed->addresses[i];
        if (address->address != NULL && *address->address != '\0') {
            address->address = arena_string(arena, "-");
        }
    }
    return content;
}

void push_id(struct push_ids *ids, const Award__Event *event, const char *principal, int64_t at_ms,
             char id[PUSH_ID_BYTES])
{
    struct arena *arena = arena_create();
    char digest[DIGEST_TEXT_BYTES];
    const Award__Event *content = content_of(event, arena);
    const char *text = arena_format(arena, "%s\n%" PRId64 "\n%s", principal, at_ms,
                                    codec_to_json(&content->base, CODEC_JSON_LINE, arena));
    digest_of(text, strlen(text), digest);
    text = arena_format(arena, "%s\n%" PRIu32, digest, ordinal_of(ids, digest));
    digest_of(text, strlen(text), digest);
    (void)snprintf(id, PUSH_ID_BYTES, "%.*s", PUSH_ID_BYTES - 1, digest);
    arena_destroy(arena);
}

void push_id_random(char id[PUSH_ID_BYTES])
{
    unsigned char random[(PUSH_ID_BYTES - 1) / 2];
    if (sodium_init() < 0) {
        abort();
    }
    randombytes_buf(random, sizeof(random));
    (void)sodium_bin2hex(id, PUSH_ID_BYTES, random, sizeof(random));
}

// ---- Lines

void push_line_reject(struct push_line *line, const char *code, const char *article, const char *zh,
                      const char *en, struct arena *arena)
{
    Award__Reason *reason = arena_alloc(arena, sizeof(*reason));
    Award__Reason **reasons = arena_alloc(arena, sizeof(Award__Reason *));
    award__reason__init(reason);
    reason->code = arena_string(arena, code);
    reason->article = arena_string(arena, article);
    reason->zh = arena_string(arena, zh);
    reason->en = arena_string(arena, en);
    reasons[0] = reason;
    line->answer = arena_alloc(arena, sizeof(*line->answer));
    award__answer__init(line->answer);
    line->answer->has_outcome = true;
    line->answer->outcome = AWARD__OUTCOME__NAME__rejected;
    line->answer->article = reason->article;
    line->answer->n_reasons = 1;
    line->answer->reasons = reasons;
}

static bool blank(const struct line *line)
{
    size_t first = strspn(line->text, " \t\r");
    return first == line->length || line->text[first] == '#';
}

static char **public_key_of(Award__Event *event)
{
    if (event->body_case == AWARD__EVENT__BODY_KEY_ENROLLED) {
        return &event->key_enrolled->public_key;
    }
    return event->body_case == AWARD__EVENT__BODY_KEY_REVOKED ? &event->key_revoked->public_key
                                                              : NULL;
}

// "@key:NAME" becomes the public key of KEYS/NAME.key.
static bool placeholder_fill(const struct push_source *source, struct push_line *line,
                             struct arena *arena)
{
    static const char mark[] = "@key:";
    struct settings_error error;
    struct keyfile key;
    char **public_key = public_key_of(line->event);
    if (public_key == NULL || *public_key == NULL ||
        strncmp(*public_key, mark, sizeof(mark) - 1) != 0) {
        return true;
    }
    const char *name = *public_key + sizeof(mark) - 1;
    if (strchr(name, '/') != NULL) {
        push_line_reject(line, "bad_name", "form", "@key: 之后应为名称，不是路径。",
                         "Behind @key: stands a name, no path.", arena);
        return false;
    }
    if (!keyfile_read(arena_format(arena, "%s/%s.key", source->keys, name), &key, &error)) {
        push_line_reject(line, "key_not_readable", "form", error.zh, error.en, arena);
        return false;
    }
    *public_key = arena_string(arena, key.keys.public_key);
    return true;
}

static bool event_check(struct push_line *line, struct arena *arena)
{
    if (line->principal[0] == '\0') {
        push_line_reject(line, "no_principal", "form",
                         "这一行没有写以谁的名义（principal），也没有默认值；请补上或加 --as。",
                         "The line names no principal and there is no default; add it, or --as.",
                         arena);
        return false;
    }
    if (line->event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        push_line_reject(
            line, "unknown_event", "form", "这一行没有事件内容；awardctl new EVENT 显示怎样写。",
            "The line has no event in it; awardctl new EVENT shows how to write one.", arena);
        return false;
    }
    if (award__event__get_packed_size(line->event) > LIMIT_EVENT_BYTES) {
        push_line_reject(line, "event_too_large", "limit",
                         "事件超过 256 KiB；请缩短文字，文件只记摘要。",
                         "The event is larger than 256 KiB; send the digest of documents.", arena);
        return false;
    }
    return true;
}

static bool event_read(const struct push_source *source, const struct line *text,
                       struct arena *arena, struct push_line *line)
{
    struct codec_error error;
    if (text->too_long) {
        push_line_reject(line, "line_too_long", "limit", "这一行超过 1 MiB；请分成几个事件。",
                         "The line is longer than 1 MiB; make several events of it.", arena);
        return false;
    }
    line->event = (Award__Event *)codec_from_json(&award__event__descriptor, text->text,
                                                  text->length, arena, &error);
    if (line->event == NULL) {
        push_line_reject(line, error.code, "form", error.zh, error.en, arena);
        return false;
    }
    const char *principal = line->event->principal;
    line->principal = principal != NULL ? principal : arena_string(arena, source->principal);
    line->has_at = line->event->at != NULL;
    line->at_ms = line->has_at ? line->event->at->ms : 0;
    line->event->at = NULL;
    return event_check(line, arena) && placeholder_fill(source, line, arena);
}

bool push_line_read(const struct push_source *source, const struct line *line, struct arena *arena,
                    struct push_line *out)
{
    *out = (struct push_line){.number = line->number};
    if (!line->too_long && blank(line)) {
        return false;
    }
    if (!event_read(source, line, arena, out)) {
        assert(out->answer != NULL);
        return true;
    }
    if (out->event->id == NULL || out->event->id[0] == '\0') {
        char id[PUSH_ID_BYTES];
        push_id(source->ids, out->event, out->principal, out->at_ms, id);
        out->event->id = arena_string(arena, id);
    }
    return true;
}
