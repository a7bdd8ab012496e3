// played - a whole office in one process, played from lines of events
#include "tests/shared/played.h"

#include "common/time.h"
#include "rules/record.h"
#include "rules/tasks.h"
#include "settings/calendar_file.h"
#include "settings/digest.h"
#include "settings/file_text.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_STATUS_WRONG = 2, FILE_BYTES_MAX = 1024 * 1024 };

static int file_remove(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

_Noreturn void played_give_up(const char *what, const char *why)
{
    (void)fprintf(stderr, "played: %s: %s\n", what, why);
    exit(LINE_STATUS_WRONG);
}

// ---- The genesis

static const char *data_file(const char *directory, const char *name, struct arena *arena,
                             size_t *length)
{
    const char *text;
    struct settings_error error;
    if (!file_text_read(arena_format(arena, "%s/%s", directory, name), FILE_BYTES_MAX, arena, &text,
                        length, &error)) {
        played_give_up(name, error.en);
    }
    return text;
}

static char *digest_text(const char *text, size_t length, struct arena *arena)
{
    char *digest = arena_alloc(arena, DIGEST_TEXT_BYTES);
    digest_of(text, length, digest);
    return digest;
}

static void genesis_fill(Award__Genesis *genesis, const char *directory, struct arena *arena)
{
    size_t length;
    genesis->has_manual_clock = 1;
    genesis->manual_clock = 1;
    genesis->city = arena_string(arena, "重庆");
    if (genesis->rulebook == NULL) {
        genesis->rulebook = arena_alloc(arena, sizeof(*genesis->rulebook));
        award__rulebook_loaded__init(genesis->rulebook);
        genesis->rulebook->text =
            arena_string(arena, data_file(directory, "chongqing-2015.yaml", arena, &length));
        genesis->rulebook->digest = digest_text(genesis->rulebook->text, length, arena);
    }
    genesis->alert_policy = arena_alloc(arena, sizeof(*genesis->alert_policy));
    award__alert_policy_loaded__init(genesis->alert_policy);
    genesis->alert_policy->text =
        arena_string(arena, data_file(directory, "alerts.yaml", arena, &length));
    genesis->alert_policy->digest = digest_text(genesis->alert_policy->text, length, arena);
    if (genesis->n_calendars == 0) {
        struct settings_error error;
        const char *text = data_file(directory, "cn-holidays.tsv", arena, &length);
        if (!calendar_file_read(text, length, "notices", arena, &genesis->calendars,
                                &genesis->n_calendars, &error)) {
            played_give_up("cn-holidays.tsv", error.en);
        }
    }
}

struct ledger *played_open(const char *line, const char *directory)
{
    struct arena *arena = arena_create();
    struct codec_error wrong;
    struct store_error error;
    Award__Genesis *genesis = (Award__Genesis *)codec_from_json(&award__genesis__descriptor, line,
                                                                strlen(line), arena, &wrong);
    if (genesis == NULL || genesis->start == NULL) {
        played_give_up("genesis", genesis == NULL ? wrong.en : "start is missing");
    }
    genesis_fill(genesis, directory, arena);
    // In memory where there is room for it: nothing of this outlives the process.
    char scratch[64];
    (void)snprintf(scratch, sizeof(scratch), "%s/award-played-XXXXXX",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(scratch) == NULL) {
        played_give_up(scratch, "cannot be made");
    }
    int code = ledger_create(scratch, genesis, &error);
    struct ledger *ledger = code == STORE_OK ? ledger_open(scratch, &error) : NULL;
    (void)nftw(scratch, file_remove, 8, FTW_DEPTH | FTW_PHYS); // what is open stays until the end
    if (ledger == NULL) {
        played_give_up("genesis", error.text);
    }
    arena_destroy(arena);
    return ledger;
}

// ---- Events

static const Award__Principal *principal_find(const struct ledger *ledger, const char *name,
                                              struct arena *arena)
{
    struct bytes value;
    const struct view *view = ledger_view(ledger);
    struct bytes key = record_key(arena, AWARD__CHANGE__RECORD_PRINCIPAL, name);
    if (view->get(view, key, arena, &value) != VIEW_FOUND) {
        return NULL;
    }
    return (const Award__Principal *)codec_unpack_trusted(&award__principal__descriptor, value,
                                                          arena);
}

// The text field of an event's body so called; NULL where it has none.
static const char *body_text(const Award__Event *event, const char *name)
{
    ProtobufCMessage *body;
    const ProtobufCFieldDescriptor *field;
    if (codec_oneof_field(&event->base, "body", &body) == NULL || body == NULL) {
        return NULL;
    }
    field = protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
    if (field == NULL || field->type != PROTOBUF_C_TYPE_STRING) {
        return NULL;
    }
    const char *text;
    memcpy(&text, (const unsigned char *)body + field->offset, sizeof(text));
    return text;
}

static bool task_fits(const Award__Task *task, const Award__Event *event)
{
    const char *names[] = {"case", "cycle", "message"};
    if (task_row(task->kind)->answered_by != event->body_case) {
        return false;
    }
    const char *incident = body_text(event, "incident");
    if (incident != NULL && task->detail != NULL && strcmp(incident, task->detail) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *text = body_text(event, names[i]);
        if (text != NULL && strcmp(text, task->subject) == 0) {
            return true;
        }
    }
    return false;
}

// What a worker would be answering.
static void task_fill(const struct ledger *ledger, Award__Event *event, struct arena *arena)
{
    const struct view *view = ledger_view(ledger);
    struct bytes prefix = record_prefix(arena, AWARD__CHANGE__RECORD_TASK, 0);
    struct bytes key = prefix;
    struct bytes value;
    while (view->next(view, key, arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == prefix.data[0]) {
        const Award__Task *task =
            (const Award__Task *)codec_unpack_trusted(&award__task__descriptor, value, arena);
        if (task != NULL && task_fits(task, event)) {
            event->task = arena_string(arena, task->task);
            return;
        }
        key = view_key_after(key, arena);
    }
}

static void clock_to(struct ledger *ledger, int64_t moment_ms, unsigned number, struct arena *arena)
{
    Award__Event event = AWARD__EVENT__INIT;
    Award__ClockSet clock = AWARD__CLOCK_SET__INIT;
    Award__Moment moment = AWARD__MOMENT__INIT;
    Award__Principal admin = AWARD__PRINCIPAL__INIT;
    struct store_error error;
    if (moment_ms <= ledger_now(ledger)) {
        return;
    }
    moment.has_ms = 1;
    moment.ms = moment_ms;
    clock.moment = &moment;
    event.body_case = AWARD__EVENT__BODY_CLOCK_SET;
    event.clock_set = &clock;
    admin.name = arena_string(arena, "clock");
    admin.has_role = 1;
    admin.role = AWARD__ROLE__NAME__administrator;
    event.principal = admin.name;
    event.id = arena_format(arena, "clock-%u", number);
    Award__Event *kept = (Award__Event *)codec_copy(&event.base, arena);
    const Award__Answer *answer = ledger_submit(ledger, kept, &admin);
    if (answer->outcome != AWARD__OUTCOME__NAME__accepted) {
        played_give_up("the clock", answer->reasons[0]->en);
    }
    if (ledger_commit(ledger, &error) != STORE_OK) {
        played_give_up("commit", error.text);
    }
}

Award__Answer *played_take(struct ledger *ledger, const char *line, unsigned number,
                           struct arena *arena)
{
    struct codec_error wrong;
    struct store_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, line,
                                                          strlen(line), arena, &wrong);
    if (event == NULL || event->principal == NULL) {
        played_give_up(line, event == NULL ? wrong.en : "principal is missing");
    }
    if (event->at != NULL) {
        clock_to(ledger, event->at->ms, number, arena);
        event->at = NULL;
    }
    if (event->id == NULL) {
        event->id = arena_format(arena, "line-%u", number);
    }
    if (event->task == NULL) {
        task_fill(ledger, event, arena);
    }
    const Award__Principal *sender = principal_find(ledger, event->principal, arena);
    if (sender == NULL) {
        played_give_up(event->principal, "no such principal");
    }
    Award__Answer *answer = ledger_submit(ledger, event, sender);
    if (ledger_commit(ledger, &error) != STORE_OK) {
        played_give_up("commit", error.text);
    }
    return answer;
}
