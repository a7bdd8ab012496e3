// door_files - every kind of YAML file that is read
//
// The first byte chooses the kind. A file that is read is read the same when it is written anew in
// another form (yaml_written); a rulebook and a policy differ in nothing from themselves, and what
// differs from another one is said in sentences.
#include "letters/templates.h"
#include "settings/alert_policy_diff.h"
#include "settings/alert_policy_file.h"
#include "settings/client_file.h"
#include "settings/daemon_file.h"
#include "settings/notification_file.h"
#include "settings/people_file.h"
#include "settings/rulebook_diff.h"
#include "settings/rulebook_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/yaml_written.h"

#include <stdlib.h>
#include <string.h>

static const char path[] = "/etc/award/file.yaml";

struct text {
    const char *bytes;
    size_t length;
};

// ---- Kinds: each makes bytes of what it read, to compare

static bool flat(bool good, const void *read, size_t size, struct bytes *said)
{
    *said = (struct bytes){read, size};
    return good;
}

static bool daemon_read(struct text text, struct arena *arena, struct bytes *said,
                        struct settings_error *error)
{
    struct daemon_file *file = arena_alloc(arena, sizeof(*file));
    bool good = daemon_file_read(text.bytes, text.length, path, file, error);
    for (size_t i = 0; i < DAEMON_KEYS_MAX; i++) {
        file->lines[i] = file->lines[i] > 0; // written anew, a value stands on another line
    }
    return flat(good, file, sizeof(*file), said);
}

static bool client_read(struct text text, struct arena *arena, struct bytes *said,
                        struct settings_error *error)
{
    struct client_file *file = arena_alloc(arena, sizeof(*file));
    return flat(client_file_read(text.bytes, text.length, path, file, error), file, sizeof(*file),
                said);
}

static bool notification_read(struct text text, struct arena *arena, struct bytes *said,
                              struct settings_error *error)
{
    struct notification_file *file = arena_alloc(arena, sizeof(*file));
    return flat(notification_file_read(text.bytes, text.length, path, file, error), file,
                sizeof(*file), said);
}

static bool people_read(struct text text, struct arena *arena, struct bytes *said,
                        struct settings_error *error)
{
    Award__Genesis genesis = AWARD__GENESIS__INIT;
    if (!people_file_read(text.bytes, text.length, arena, &genesis.principals,
                          &genesis.n_principals, error)) {
        return false;
    }
    fuzz_message(&genesis.base, arena);
    *said = codec_pack(&genesis.base, arena);
    return true;
}

// A file that only has to be read right is any of the templates' here.
static bool template_read(struct text text, struct arena *arena, struct bytes *said,
                          struct settings_error *error)
{
    struct template *form = arena_alloc(arena, sizeof(*form));
    return flat(template_text_read(text.bytes, text.length, AWARD__TEMPLATE__NAME__result, arena,
                                   form, error),
                form, sizeof(*form), said);
}

static void rulebook_differ(const struct rulebook *one, const struct rulebook *other,
                            struct arena *arena)
{
    struct rulebook_change *changes;
    size_t count = rulebook_diff(one, other, arena, &changes);
    fuzz_hold(one != other || count == 0, "it differs from itself: %s",
              count > 0 ? changes[0].en : "");
    for (size_t i = 0; i < count; i++) {
        fuzz_text(changes[i].zh);
        fuzz_text(changes[i].en);
    }
}

static bool rulebook_read(struct text text, struct arena *arena, struct bytes *said,
                          struct settings_error *error)
{
    struct rulebook *book = arena_alloc(arena, sizeof(*book));
    struct rulebook *recorded = arena_alloc(arena, sizeof(*recorded));
    if (!rulebook_file_read(text.bytes, text.length, book, error)) {
        return false;
    }
    fuzz_hold(rulebook_recorded_read(text.bytes, text.length, recorded, error),
              "refused once it is on record: %s", error->en);
    rulebook_differ(book, book, arena);
    rulebook_differ(recorded, book, arena);
    memset(book->digest, 0, sizeof(book->digest));
    return flat(true, book, sizeof(*book), said);
}

static bool recorded_read(struct text text, struct arena *arena, struct bytes *said,
                          struct settings_error *error)
{
    struct rulebook *book = arena_alloc(arena, sizeof(*book));
    bool good = rulebook_recorded_read(text.bytes, text.length, book, error);
    memset(book->digest, 0, sizeof(book->digest));
    return flat(good, book, sizeof(*book), said);
}

static void policy_differ(const struct alert_policy *one, const struct alert_policy *other,
                          struct arena *arena)
{
    struct alert_policy_text *changes;
    size_t count = alert_policy_diff(one, other, arena, &changes);
    fuzz_hold(one != other || count == 0, "it differs from itself: %s",
              count > 0 ? changes[0].en : "");
    for (size_t i = 0; i < count; i++) {
        fuzz_text(changes[i].zh);
        fuzz_text(changes[i].en);
    }
}

static bool policy_read(struct text text, struct arena *arena, struct bytes *said,
                        struct settings_error *error)
{
    static const struct alert_policy nothing;
    struct alert_policy *policy = arena_alloc(arena, sizeof(*policy));
    if (!alert_policy_file_read(text.bytes, text.length, policy, error)) {
        return false;
    }
    policy_differ(policy, policy, arena);
    policy_differ(&nothing, policy, arena);
    policy_differ(policy, &nothing, arena);
    return flat(true, policy, sizeof(*policy), said);
}

typedef bool (*kind_read)(struct text text, struct arena *arena, struct bytes *said,
                          struct settings_error *error);

// By letter, so that a file of the corpus shows what it is.
static const struct {
    char letter;
    kind_read read;
} kinds[] = {
    {'R', rulebook_read    },
    {'E', recorded_read    },
    {'A', policy_read      },
    {'N', notification_read},
    {'P', people_read      },
    {'D', daemon_read      },
    {'C', client_read      },
    {'T', template_read    },
};

// ---- The door

static void text_pass(kind_read read, struct text text, struct arena *arena)
{
    struct settings_error error;
    struct bytes said;
    struct bytes again;
    bool good = read(text, arena, &said, &error);
    fuzz_memory(arena, text.length);
    if (!good) {
        fuzz_settings_error(&error);
        return;
    }
    const char *written = yaml_written(text.bytes, text.length, arena);
    good = read((struct text){written, strlen(written)}, arena, &again, &error);
    fuzz_hold(good, "refused when written anew: %s\n%s", good ? "" : error.en, written);
    fuzz_hold(fuzz_bytes_equal(said, again), "says something else when written anew:\n%s", written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create();
    for (size_t i = 0; size > 1 && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kinds[i].letter == (char)data[0]) {
            char *text = malloc(size - 1); // of its own, so that what is read behind it is seen
            fuzz_hold(text != NULL, "no memory");
            memcpy(text, data + 1, size - 1);
            text_pass(kinds[i].read, (struct text){text, size - 1}, arena);
            free(text);
        }
    }
    arena_destroy(arena);
    return 0;
}
