// decide - a whole office in one process, for lines of events: what each led to, and what stands
// at the end
//
//     award-decide RULEBOOKS-DIRECTORY <LINES
//
// Lines as in tests/shared/played.h. Hundreds of years a minute can be compared with the second
// implementation beside this file.
//
// Output, a JSON object a line: per event its Answer, of the changes only the cases' stages, tracks
// and reasons; then every record of the state as a Change. Exit 2 where a line or the directory is
// not what it should be.
#include "rules/record.h"
#include "tests/shared/played.h"

#include <stdio.h>
#include <stdlib.h>

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

static void event_take(struct ledger *ledger, const char *line, unsigned number)
{
    struct arena *arena = arena_create();
    answer_print(played_take(ledger, line, number, arena), arena);
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
        played_give_up("usage", "award-decide RULEBOOKS-DIRECTORY <LINES");
    }
    struct ledger *ledger = played_open(line, argv[1]);
    while (getline(&line, &room, stdin) > 0) {
        event_take(ledger, line, ++number);
    }
    state_print(ledger);
    ledger_close(ledger);
    free(line);
    return 0;
}
