// door_envelope - a message as the coordinator's ROUTER gets it, and what it is answered
//
// The bytes go through envelope_unpack and then through the intake of an office in its year
// (office.py), whose state no input changes: events are tried, not taken (dry_run). So one target
// covers the codec, the rules, the queries and the answers. The request's number chooses one of
// twelve offices, each further on in the same year, and the sender: but where the first event names
// a principal it is that one's key.
#include "common/envelope.h"
#include "common/log.h"
#include "common/text.h"
#include "daemon/intake.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/message_mutate.h"
#include "tests/shared/played.h"

#include "rules/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OFFICES = 12,
    PRINCIPALS_MAX = 64,
    NAMES_MAX = 2048,
    LINES_MAX = 2000,
    LEASE_SECONDS = 60,
};

struct office {
    struct ledger *ledger;
    struct crew *crew;
    struct intake *intake;
    const Award__Principal *principals[PRINCIPALS_MAX];
    char keys[PRINCIPALS_MAX][BUS_KEY_BYTES];
    size_t principals_count;
    struct arena *arena; // of the principals
};

static struct office offices[OFFICES];

// What records are called in the last of them: cases, teams, deadlines, tasks and the others.
static const char *names[NAMES_MAX];
static struct mutate_names known = {names, 0};

// What was sent since the message came in.
static struct {
    unsigned count;
    uint64_t request; // of the message
    size_t events;
    bool hello; // it was that of a worker
} replies;

// ---- What is answered

static void reason_check(const Award__Reason *reason)
{
    fuzz_hold(reason->code != NULL && *reason->code != '\0', "a reason has no code");
    fuzz_hold(reason->article != NULL && *reason->article != '\0', "%s has no article",
              reason->code);
    fuzz_text(reason->zh);
    fuzz_text(reason->en);
}

static void answer_check(const Award__Answer *answer)
{
    bool good = answer->outcome == AWARD__OUTCOME__NAME__accepted ||
                answer->outcome == AWARD__OUTCOME__NAME__pending;
    fuzz_hold(answer->has_outcome, "an answer has no outcome");
    fuzz_hold(good || answer->n_reasons > 0, "no reason is given for outcome %d",
              (int)answer->outcome);
    for (size_t i = 0; i < answer->n_reasons; i++) {
        reason_check(answer->reasons[i]);
    }
}

static void reply_check(const Award__Envelope *reply)
{
    fuzz_hold(reply->has_request && reply->request == replies.request, "request %llu for %llu",
              (unsigned long long)reply->request, (unsigned long long)replies.request);
    switch ((int)reply->body_case) {
    case AWARD__ENVELOPE__BODY_ERROR:
        reason_check(reply->error);
        break;
    case AWARD__ENVELOPE__BODY_ANSWERS:
        fuzz_hold(reply->answers->n_answers == replies.events, "%zu answers to %zu events",
                  reply->answers->n_answers, replies.events);
        for (size_t i = 0; i < reply->answers->n_answers; i++) {
            answer_check(reply->answers->answers[i]);
        }
        break;
    case AWARD__ENVELOPE__BODY_REPLY:
        fuzz_hold(reply->reply->error != NULL ||
                      reply->reply->body_case != AWARD__QUERY_REPLY__BODY__NOT_SET,
                  "a reply has neither body nor error");
        break;
    case AWARD__ENVELOPE__BODY_HELLO:
        fuzz_hold(replies.hello, "a hello to who has said none");
        break;
    default:
        fuzz_hold(false, "answered by body %d", (int)reply->body_case);
    }
}

// Any client would read the reply under the same limits.
static void on_reply(void *context, bool to_worker, const struct bus_route *route,
                     struct bytes bytes)
{
    (void)context;
    (void)to_worker;
    (void)route;
    struct codec_error error;
    struct arena *arena = arena_create();
    const Award__Envelope *reply = envelope_unpack(bytes, arena, &error);
    fuzz_hold(reply != NULL, "the reply is refused: %s", reply == NULL ? error.en : "");
    reply_check(reply);
    replies.count++;
    arena_destroy(arena);
}

// ---- The office

// A key for a principal, as if it had been enrolled.
static void key_put(struct office *office, size_t index)
{
    Award__Change change = AWARD__CHANGE__INIT;
    Award__Key key = AWARD__KEY__INIT;
    struct bytes name;
    struct bytes value;
    (void)snprintf(office->keys[index], BUS_KEY_BYTES, "key-of-%.32s",
                   office->principals[index]->name);
    key.public_key = office->keys[index];
    key.principal = office->principals[index]->name;
    change.record_case = AWARD__CHANGE__RECORD_KEY;
    change.key = &key;
    fuzz_hold(record_fold(&change, office->arena, &name, &value), "a key cannot be put");
    state_put(ledger_state(office->ledger), name, value);
}

static void principals_load(struct office *office)
{
    const struct view *view = ledger_view(office->ledger);
    struct bytes prefix = record_prefix(office->arena, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    struct bytes key = prefix;
    struct bytes value;
    while (view->next(view, key, office->arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == prefix.data[0] && office->principals_count < PRINCIPALS_MAX) {
        office->principals[office->principals_count++] =
            (const Award__Principal *)codec_unpack_trusted(&award__principal__descriptor, value,
                                                           office->arena);
        key = view_key_after(key, office->arena);
    }
    fuzz_hold(office->principals_count > 0, "nobody is enrolled");
}

// A key is its kind and a text with its end, or something that is no text.
static void name_add(struct bytes key, struct arena *arena)
{
    size_t length = strnlen((const char *)key.data + 1, key.size - 1);
    const char *name = arena_format(arena, "%.*s", (int)length, (const char *)key.data + 1);
    bool again = known.count > 0 && strcmp(names[known.count - 1], name) == 0;
    if (known.count < NAMES_MAX && length > 1 && (uint8_t)name[0] > ' ' &&
        text_valid(name, length) && !again) {
        names[known.count++] = name;
    }
}

static void names_load(const struct office *office)
{
    const struct view *view = ledger_view(office->ledger);
    struct bytes key = {(const uint8_t[]){RECORD_CONCERN + 1}, 1};
    struct bytes value;
    while (view->next(view, key, office->arena, &key, &value) == VIEW_FOUND) {
        name_add(key, office->arena);
        key = view_key_after(key, office->arena);
    }
}

static size_t lines_read(const char *path, char *lines[LINES_MAX])
{
    size_t count = 0;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        played_give_up(path, "cannot be read; build the target fuzz_office");
    }
    while (count < LINES_MAX && getline(&lines[count], &room, file) > 0) {
        count++;
        room = 0;
    }
    free(lines[count]); // where getline found the end
    (void)fclose(file);
    return count;
}

static void office_open(struct office *office, char *const *lines, size_t count)
{
    office->ledger = played_open(lines[0], SOURCE_DIR "/rulebooks");
    for (size_t i = 1; i < count; i++) {
        struct arena *arena = arena_create();
        (void)played_take(office->ledger, lines[i], (unsigned)i + 1, arena);
        arena_destroy(arena);
    }
    office->arena = arena_create();
    principals_load(office);
    for (size_t i = 0; i < office->principals_count; i++) {
        key_put(office, i);
    }
    office->crew = crew_create(LEASE_SECONDS, NULL);
    office->intake = intake_create(office->ledger, office->crew, on_reply, NULL);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static char *lines[LINES_MAX + 1];
    (void)argc;
    (void)argv;
    log_open("fuzz_envelope", LOG_ERROR, LOG_TEXT);
    size_t count = lines_read(FUZZ_OFFICE, lines);
    for (size_t i = 0; i < OFFICES; i++) {
        office_open(&offices[i], lines, count * (i + 1) / OFFICES);
    }
    names_load(&offices[OFFICES - 1]);
    return 0;
}

// ---- The door

static size_t sender_of(const struct office *office, const Award__Envelope *envelope)
{
    if (envelope->body_case == AWARD__ENVELOPE__BODY_EVENTS && envelope->events->n_events > 0 &&
        envelope->events->events[0]->principal != NULL) {
        for (size_t i = 0; i < office->principals_count; i++) {
            if (strcmp(envelope->events->events[0]->principal, office->principals[i]->name) == 0) {
                return i;
            }
        }
    }
    return envelope->request / OFFICES % office->principals_count;
}

static bool is_worker(const Award__Principal *principal)
{
    return principal->role == AWARD__ROLE__NAME__worker_scoring ||
           principal->role == AWARD__ROLE__NAME__worker_notification ||
           principal->role == AWARD__ROLE__NAME__worker_revocation;
}

static void intake_pass(Award__Envelope *envelope, struct arena *arena)
{
    const struct office *office = &offices[envelope->request % OFFICES];
    size_t sender = sender_of(office, envelope);
    struct bus_message message = {
        .route = {.id = {1}, .size = 1}
    };
    struct store_error error;
    (void)snprintf(message.sender_key, BUS_KEY_BYTES, "%s", office->keys[sender]);
    replies.count = 0;
    replies.request = envelope->request;
    replies.events = 0;
    if (envelope->body_case == AWARD__ENVELOPE__BODY_EVENTS) {
        envelope->events->has_dry_run = 1;
        envelope->events->dry_run = 1;
        replies.events = envelope->events->n_events;
    }
    struct bytes bytes = codec_pack(&envelope->base, arena);
    message.data = bytes.data;
    message.size = bytes.size;
    bool worker = is_worker(office->principals[sender]);
    replies.hello = worker && envelope->body_case == AWARD__ENVELOPE__BODY_HELLO;
    intake_take(office->intake, worker, &message);
    fuzz_hold(intake_finish(office->intake, &error) == STORE_OK, "the intake gave up");
    intake_rest(office->intake);
    bool bye = worker && envelope->body_case == AWARD__ENVELOPE__BODY_BYE;
    unsigned least = bye || replies.hello ? 0 : 1; // a hello is answered where there is a place
    unsigned most = bye ? 0 : 1;
    fuzz_hold(replies.count >= least && replies.count <= most, "%u replies", replies.count);
}

// Why it was refused is itself a message that is let in.
static void refusal_check(const struct codec_error *error, struct arena *arena)
{
    struct codec_error again;
    fuzz_codec_error(error);
    struct bytes bytes = envelope_pack(envelope_refusal(1, error, arena), NULL, arena);
    fuzz_hold(envelope_unpack(bytes, arena, &again) != NULL, "the refusal is refused");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct codec_error error;
    struct arena *arena = arena_create();
    Award__Envelope *envelope = envelope_unpack((struct bytes){data, size}, arena, &error);
    fuzz_memory(arena, size);
    if (envelope == NULL) {
        refusal_check(&error, arena);
    } else {
        fuzz_message(&envelope->base, arena);
        intake_pass(envelope, arena);
    }
    arena_destroy(arena);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    return message_mutate(&award__envelope__descriptor, &known, data, size, size_max, seed);
}
