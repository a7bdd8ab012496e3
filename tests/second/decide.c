// decide - a whole office in one process, for lines of events: what each led to, and what stands
// at the end
//
//     award-decide RULEBOOKS-DIRECTORY <LINES
//
// The first line is a Genesis in JSON (start, principals; rulebook, alert policy and calendars are
// read from the directory where it has none); each line after it an event with principal and, where
// time passed, `at`. It is the coordinator's own ledger on a manual clock in a scratch directory,
// without network, keys or workers, so that hundreds of years a minute can be compared with the
// second implementation beside this file. A worker's event that names no task answers the open one
// that it fits.
//
// Output, a JSON object a line: per event its Answer, of the changes only the cases' stages, tracks
// and reasons; then every record of the state as a Change. Exit 2 where a line or the directory is
// not what it should be.
#include "common/time.h"
#include "daemon/ledger.h"
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

static char scratch[64];

static int file_remove(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

static void scratch_remove(void)
{
    (void)nftw(scratch, file_remove, 8, FTW_DEPTH | FTW_PHYS);
}

static _Noreturn void give_up(const char *what, const char *why)
{
    (void)fprintf(stderr, "award-decide: %s: %s\n", what, why);
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
        give_up(name, error.en);
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
            give_up("cn-holidays.tsv", error.en);
        }
    }
}

static struct ledger *office_open(const char *line, const char *directory)
{
    struct arena *arena = arena_create();
    struct codec_error wrong;
    struct store_error error;
    Award__Genesis *genesis = (Award__Genesis *)codec_from_json(&award__genesis__descriptor, line,
                                                                strlen(line), arena, &wrong);
    if (genesis == NULL || genesis->start == NULL) {
        give_up("genesis", genesis == NULL ? wrong.en : "start is missing");
    }
    genesis_fill(genesis, directory, arena);
    // In memory where there is room for it: nothing of this outlives the process.
    (void)snprintf(scratch, sizeof(scratch), "%s/award-decide-XXXXXX",
                   access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (mkdtemp(scratch) == NULL || atexit(scratch_remove) != 0) {
        give_up(scratch, "cannot be made");
    }
    if (ledger_create(scratch, genesis, &error) != STORE_OK) {
        give_up("genesis", error.text);
    }
    struct ledger *ledger = ledger_open(scratch, &error);
    if (ledger == NULL) {
        give_up(scratch, error.text);
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

// Of the changes only where cases stand now: stage, track and reasons.
static size_t cases_kept(Award__Answer *answer, struct arena *arena)
{
    size_t kept = 0;
    for (size_t i = 0; i < answer->n_changes && !answer->repeated; i++) {
        const Award__Change *change = answer->changes[i];
        if (change->record_case != AWARD__CHANGE__RECORD_CASE) {
            continue;
        }
        Award__Change *slim = arena_alloc(arena, sizeof(*slim));
        award__change__init(slim);
        slim->record_case = AWARD__CHANGE__RECORD_CASE;
        slim->case_ = arena_alloc(arena, sizeof(*slim->case_));
        award__case__init(slim->case_);
        slim->case_->case_ = change->case_->case_;
        slim->case_->has_stage = change->case_->has_stage;
        slim->case_->stage = change->case_->stage;
        slim->case_->has_track = change->case_->has_track;
        slim->case_->track = change->case_->track;
        slim->case_->n_reasons = change->case_->n_reasons;
        slim->case_->reasons = change->case_->reasons;
        answer->changes[kept++] = slim;
    }
    return kept;
}

static void answer_print(const Award__Answer *answer, struct arena *arena)
{
    Award__Answer shown = *answer;
    shown.changes = arena_alloc(arena, (answer->n_changes + 1) * sizeof(Award__Change *));
    for (size_t i = 0; i < answer->n_changes; i++) {
        shown.changes[i] = answer->changes[i];
    }
    shown.n_changes = cases_kept(&shown, arena);
    (void)printf("%s\n", codec_to_json(&shown.base, CODEC_JSON_LINE, arena));
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
        give_up("the clock", answer->reasons[0]->en);
    }
    if (ledger_commit(ledger, &error) != STORE_OK) {
        give_up("commit", error.text);
    }
}

static void event_take(struct ledger *ledger, const char *line, unsigned number)
{
    struct arena *arena = arena_create();
    struct codec_error wrong;
    struct store_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, line,
                                                          strlen(line), arena, &wrong);
    if (event == NULL || event->principal == NULL) {
        give_up(line, event == NULL ? wrong.en : "principal is missing");
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
        give_up(event->principal, "no such principal");
    }
    answer_print(ledger_submit(ledger, event, sender), arena);
    if (ledger_commit(ledger, &error) != STORE_OK) {
        give_up("commit", error.text);
    }
    arena_destroy(arena);
}

// ---- What stands at the end

static void record_print(struct bytes key, struct bytes value, struct arena *arena)
{
    Award__Change__RecordCase kind = (Award__Change__RecordCase)key.data[0];
    const ProtobufCMessageDescriptor *descriptor = record_descriptor(kind);
    if (descriptor == NULL || kind == AWARD__CHANGE__RECORD_RULEBOOK ||
        kind == AWARD__CHANGE__RECORD_ALERT_POLICY || kind == AWARD__CHANGE__RECORD_CALENDAR_YEAR) {
        return;
    }
    const ProtobufCMessage *record = codec_unpack_trusted(descriptor, value, arena);
    (void)printf("{\"%s\":%s}\n", record_name(kind), codec_to_json(record, CODEC_JSON_LINE, arena));
}

static void state_print(const struct ledger *ledger)
{
    const struct view *view = ledger_view(ledger);
    struct arena *arena = arena_create();
    struct bytes key = {0};
    struct bytes value;
    while (view->next(view, key, arena, &key, &value) == VIEW_FOUND) {
        record_print(key, value, arena);
        key = view_key_after(key, arena);
    }
    arena_destroy(arena);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    unsigned number = 1;
    if (argc != 2 || getline(&line, &room, stdin) <= 0) {
        give_up("usage", "award-decide RULEBOOKS-DIRECTORY <LINES");
    }
    struct ledger *ledger = office_open(line, argv[1]);
    while (getline(&line, &room, stdin) > 0) {
        event_take(ledger, line, ++number);
    }
    state_print(ledger);
    ledger_close(ledger);
    free(line);
    return 0;
}
