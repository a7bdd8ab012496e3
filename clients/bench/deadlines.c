// deadlines - open deadlines by the million, many of them due at one moment, as an office would
// have them after many years
#include "clients/bench/deadlines.h"

#include "common/clock.h"
#include "common/time.h"
#include "daemon/store/journal.h"
#include "entry.pb-c.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

enum {
    SCHEMA = 1,
    AT_ONCE = 500, // deadlines in an entry, with two rows of the index each
    GROUP = 16,    // entries that are synced together
    DAYS_AHEAD = 3650,
};

static const int64_t ALERT_MS = (int64_t)DAY_MS / 24 * 33; // after its end, the day after at 09:00

struct making {
    struct journal *journal;
    struct arena *arena; // of a group
    size_t count;
    size_t step; // each so manieth is due
    size_t due;
    int64_t recorded_ms;
    int64_t due_ms;
};

// ---- Records

#define NEW(making, prefix) new_message((making)->arena, &prefix##__descriptor)
#define SET(message, field, value) ((message)->has_##field = 1, (message)->field = (value))

static void *new_message(struct arena *arena, const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCMessage *message = arena_alloc(arena, descriptor->sizeof_message);
    protobuf_c_message_init(descriptor, message);
    return message;
}

static Award__Moment *moment_make(struct making *making, int64_t moment_ms)
{
    Award__Moment *moment = NEW(making, award__moment);
    SET(moment, ms, moment_ms);
    return moment;
}

static Award__Day *day_make(struct making *making, int32_t number)
{
    Award__Day *day = NEW(making, award__day);
    SET(day, number, number);
    return day;
}

static Award__Due *due_make(struct making *making, char *name, Award__Due__Kind kind,
                            int64_t moment_ms)
{
    Award__Due *due = NEW(making, award__due);
    due->moment = moment_make(making, moment_ms);
    SET(due, kind, kind);
    due->subject = name;
    SET(due, revision, 1);
    SET(due, step, 0);
    return due;
}

// When it fires: at the one moment, or on some day of the ten years after it.
static int64_t fires_at(const struct making *making, size_t number)
{
    bool due = number % making->step == 0 && number / making->step < making->due;
    int64_t day = (int64_t)(number % DAYS_AHEAD) + 1;
    return due ? making->due_ms : making->due_ms + day * DAY_MS;
}

static Award__Deadline *deadline_make(struct making *making, size_t number)
{
    static char article[] = "18";
    static char cycle[] = "2018";
    int64_t fires_ms = fires_at(making, number);
    Award__Deadline *deadline = NEW(making, award__deadline);
    deadline->case_ = arena_format(making->arena, "2018/91500103%09zuX/1", number);
    deadline->deadline = arena_format(making->arena, "%s:self_evaluation:1", deadline->case_);
    deadline->subject = deadline->case_;
    deadline->enterprise = arena_format(making->arena, "91500103%09zuX", number);
    deadline->cycle = cycle;
    deadline->article = article;
    SET(deadline, kind, AWARD__DEADLINE_KIND__NAME__self_evaluation);
    SET(deadline, ordinal, 1);
    SET(deadline, revision, 1);
    SET(deadline, state, AWARD__DEADLINE__STATE__open);
    SET(deadline, provisional, 0);
    deadline->last = day_make(making, day_of_moment(fires_ms));
    deadline->starts = day_make(making, deadline->last->number - 365);
    deadline->end = moment_make(making, fires_ms - 1);
    deadline->n_dues = 2;
    deadline->dues = arena_alloc(making->arena, 2 * sizeof(Award__Due *));
    deadline->dues[0] = due_make(making, deadline->deadline, AWARD__DUE__KIND__deadline, fires_ms);
    deadline->dues[1] =
        due_make(making, deadline->deadline, AWARD__DUE__KIND__alert, fires_ms + ALERT_MS);
    return deadline;
}

// ---- Entries

static Award__Change *change_add(struct making *making, Award__Decision *decision,
                                 Award__Change__RecordCase kind)
{
    static char article[] = "18";
    Award__Change *change = NEW(making, award__change);
    change->record_case = kind;
    change->article = article;
    decision->changes[decision->n_changes++] = change;
    return change;
}

static Award__Decision *decision_make(struct making *making, size_t from, size_t until)
{
    static char article[] = "policy";
    Award__Decision *decision = NEW(making, award__decision);
    SET(decision, outcome, AWARD__OUTCOME__NAME__accepted);
    decision->article = article;
    decision->changes = arena_alloc(making->arena, 3 * (until - from) * sizeof(Award__Change *));
    for (size_t number = from; number < until; number++) {
        Award__Deadline *deadline = deadline_make(making, number);
        change_add(making, decision, AWARD__CHANGE__RECORD_DEADLINE)->deadline = deadline;
        for (size_t i = 0; i < deadline->n_dues; i++) {
            change_add(making, decision, AWARD__CHANGE__RECORD_DUE)->due = deadline->dues[i];
        }
    }
    return decision;
}

static struct bytes entry_make(struct making *making, uint64_t entry_number, size_t from,
                               size_t until)
{
    static char principal[] = "coordinator";
    static char after[] = "";
    Award__Entry *entry = NEW(making, award__entry);
    SET(entry, number, entry_number);
    SET(entry, schema, SCHEMA);
    entry->recorded = moment_make(making, making->recorded_ms);
    entry->event = NEW(making, award__event);
    entry->event->principal = principal;
    entry->event->id = principal;
    entry->event->body_case = AWARD__EVENT__BODY_DEADLINES_RECOMPUTED;
    entry->event->deadlines_recomputed = NEW(making, award__deadlines_recomputed);
    entry->event->deadlines_recomputed->after = after;
    entry->event->deadlines_recomputed->due = entry->recorded;
    entry->decision = decision_make(making, from, until);
    return codec_pack(&entry->base, making->arena);
}

static bool all_append(struct making *making, struct store_error *error)
{
    int code = STORE_OK;
    for (size_t from = 0; code == STORE_OK && from < making->count;) {
        struct journal_entry entries[GROUP];
        size_t group = 0;
        while (group < GROUP && from < making->count) {
            size_t until = making->count - from > AT_ONCE ? from + AT_ONCE : making->count;
            entries[group].number = journal_last(making->journal) + 1 + group;
            entries[group].bytes = entry_make(making, entries[group].number, from, until);
            from = until;
            group++;
        }
        code = journal_append(making->journal, entries, group, error);
        arena_reset(making->arena);
    }
    return code == STORE_OK;
}

bool deadlines_make(const struct bench_office *office, size_t count, size_t due, size_t seconds)
{
    struct store_error error;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    struct making making = {
        .journal = journal_open(bench_office_journal(office), false, &error),
        .arena = arena_create(),
        .count = count,
        .step = count / due,
        .due = due,
        .recorded_ms = (int64_t)now.tv_sec * MS_PER_SECOND,
        .due_ms = ((int64_t)now.tv_sec + (int64_t)seconds) * MS_PER_SECOND,
    };
    bool made = making.journal != NULL && all_append(&making, &error);
    if (!made) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
    }
    journal_close(making.journal);
    arena_destroy(making.arena);
    return made;
}
