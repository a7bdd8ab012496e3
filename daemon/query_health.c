// query_health - how coordinator and office are, in figures, for who watches over them
//
// Nothing of it tells of anybody's case. It reads the records of each kind once, in slices, and of
// the journal a few entries: a monitor asks it every few minutes.
#include "daemon/query_parts.h"

#include "common/time.h"
#include "daemon/backup_mark.h"
#include "daemon/fold.h"
#include "rules/ladders.h"
#include "rules/rulebook_choice.h"

#include <string.h>
#include <unistd.h>

// GROWTH_DAYS: over so many the journal's growth is taken. KEYS_MAX, ENTRIES_MAX: of which it is
// looked up when they were enrolled.
enum { GROWTH_DAYS = 30, KEYS_MAX = 2000, ENTRIES_MAX = 64 };

// An entry is read as long as so many records are.
enum { ENTRY_WEIGHS = 16 };

// Keeps the earlier of two moments; the record goes with its scan.
static void earlier_keep(struct asking *asking, Award__Moment **oldest, const Award__Moment *moment)
{
    if (moment != NULL && (*oldest == NULL || moment->ms < (*oldest)->ms)) {
        *oldest = moment_make(asking->d, moment->ms);
    }
}

// ---- What waits, fails, is late

static void task_visit(struct asking *asking, ProtobufCMessage *record)
{
    Award__Health *health = asking->reply->health;
    const Award__Task *task = (const Award__Task *)record;
    if (task->given_up) {
        health->tasks_given_up++;
    } else {
        earlier_keep(asking, &health->oldest_task, task->queued);
    }
}

static void deadline_visit(struct asking *asking, ProtobufCMessage *record)
{
    bool overdue = ((const Award__Deadline *)record)->state == AWARD__DEADLINE__STATE__overdue;
    asking->reply->health->deadlines_overdue += overdue ? 1 : 0;
}

static void alert_visit(struct asking *asking, ProtobufCMessage *record)
{
    Award__Health *health = asking->reply->health;
    const Award__Alert *alert = (const Award__Alert *)record;
    if (alert_open(alert)) {
        health->alerts_open++;
        health->alerts_unheard += alert->unheard ? 1 : 0;
        earlier_keep(asking, &health->oldest_alert, alert->raised);
    }
}

static void message_visit(struct asking *asking, ProtobufCMessage *record)
{
    Award__Health *health = asking->reply->health;
    const Award__Message *message = (const Award__Message *)record;
    bool sealed = message->state == AWARD__MESSAGE__STATE__sealed;
    health->messages_retried += sealed && message->attempts > 0 ? 1 : 0;
    health->messages_given_up += query_message_unsettled(asking, message) ? 1 : 0;
}

static bool signatures_from(struct asking *asking, struct scan *scan)
{
    (void)asking;
    scan_narrow(scan, "countersignature");
    return true;
}

static void pending_visit(struct asking *asking, ProtobufCMessage *record)
{
    asking->reply->health->countersignatures++;
    earlier_keep(asking, &asking->reply->health->oldest_countersignature,
                 ((const Award__Pending *)record)->recorded);
}

// ---- Keys

// When keys were enrolled: most of them in one entry, which is read once.
struct enrolments {
    uint64_t number;
    const Award__Entry *entry;
    size_t looked_at;
};

static const Award__Entry *entry_get(struct asking *asking, struct enrolments *enrolments,
                                     uint64_t number)
{
    if (enrolments->entry == NULL || enrolments->number != number) {
        struct journal_entry stored;
        arena_reset(asking->beside);
        asking->looked += ENTRY_WEIGHS;
        enrolments->number = number;
        enrolments->entry = ledger_read(asking->ledger, number, asking->beside, &stored);
    }
    return enrolments->entry;
}

static bool entry_enrols(const Award__Entry *entry, const char *public_key)
{
    for (size_t i = 0; i < entry->decision->n_changes; i++) {
        const Award__Change *change = entry->decision->changes[i];
        if (change->record_case == AWARD__CHANGE__RECORD_KEY &&
            strcmp(change->key->public_key, public_key) == 0) {
            return true;
        }
    }
    return false;
}

// The moment of the entry that enrolled it; NULL where it is not found.
static const Award__Moment *enrolled_at(struct asking *asking, struct enrolments *enrolments,
                                        const Award__Key *key)
{
    uint64_t numbers[ENTRIES_MAX];
    size_t count = mentions_find(ledger_view(asking->ledger), key->principal, 1, ENTRIES_MAX,
                                 asking->scan->scratch, numbers);
    for (size_t i = 0; i < count; i++) {
        const Award__Entry *entry = entry_get(asking, enrolments, numbers[i]);
        if (entry != NULL && entry->decision != NULL && entry_enrols(entry, key->public_key)) {
            return entry->recorded;
        }
    }
    return NULL;
}

// `scratch` holds what is read meanwhile: there may be very many keys.
static Award__Health__Members *members_of(struct asking *asking, Award__Health *health,
                                          const char *principal, struct arena *scratch)
{
    const Award__Principal *found =
        principal_get(reading_over(ledger_view(asking->ledger), scratch), principal);
    if (found == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < health->n_members; i++) {
        if (health->members[i]->role == found->role) {
            return health->members[i];
        }
    }
    Award__Health__Members *members =
        NEW(asking->d, Award__Health__Members, award__health__members);
    SET(members, role, found->role);
    SET(members, keys, 0);
    SET(members, connected, 0);
    LIST_ADD(asking->d, health, members, members);
    return members;
}

static void key_visit(struct asking *asking, ProtobufCMessage *record)
{
    const Award__Key *key = (const Award__Key *)record;
    Award__Health *health = asking->reply->health;
    struct enrolments *enrolments = asking->found;
    if (key->revoked) {
        return;
    }
    Award__Health__Members *members =
        members_of(asking, health, key->principal, asking->scan->scratch);
    if (members != NULL) {
        members->keys++;
    }
    if (enrolments->looked_at++ >= KEYS_MAX) {
        return;
    }
    const Award__Moment *moment = enrolled_at(asking, enrolments, key);
    if (moment != NULL && (health->oldest_key == NULL || moment->ms < health->oldest_key->ms)) {
        health->oldest_key = moment_make(asking->d, moment->ms);
        health->oldest_key_of = arena_string(asking->arena, key->principal);
    }
}

static void connected_fill(struct asking *asking, Award__Health *health)
{
    for (size_t i = 0; i < asking->server->workers_count; i++) {
        const Award__Status__Worker *worker = &asking->server->workers[i];
        Award__Health__Members *members =
            members_of(asking, health, worker->principal, asking->arena);
        if (members != NULL) {
            members->connected += worker->connected;
        }
    }
}

// ---- The journal's growth

// `until_ms` where the entry cannot be read: as if it were of today.
static int64_t recorded_ms(struct asking *asking, uint64_t number, int64_t until_ms,
                           struct arena *scratch)
{
    struct journal_entry stored;
    arena_reset(scratch);
    const Award__Entry *entry = ledger_read(asking->ledger, number, scratch, &stored);
    return entry != NULL && entry->recorded != NULL ? entry->recorded->ms : until_ms;
}

// Moments on record never decrease: the first entry behind a moment is found by halving.
static uint64_t first_behind(struct asking *asking, int64_t from_ms, struct arena *scratch)
{
    uint64_t low = 1;
    uint64_t high = journal_last(ledger_journal(asking->ledger)) + 1;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (recorded_ms(asking, middle, asking->d->now_ms, scratch) > from_ms) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

// Days that have begun since the first entry, at most GROWTH_DAYS.
static void growth_fill(struct asking *asking, Award__Health *health)
{
    struct arena *scratch = arena_create();
    int64_t now_ms = asking->d->now_ms;
    int64_t begun = (now_ms - recorded_ms(asking, 1, now_ms, scratch)) / DAY_MS + 1;
    int64_t days = begun < GROWTH_DAYS ? begun : GROWTH_DAYS;
    uint64_t first = first_behind(asking, now_ms - days * DAY_MS, scratch);
    SET(health, entries_counted, journal_last(ledger_journal(asking->ledger)) + 1 - first);
    SET(health, days_counted, (uint32_t)days);
    arena_destroy(scratch);
}

// ---- Its files

static void files_fill(struct asking *asking, Award__Health *health)
{
    uint64_t state_max;
    health->has_journal_bytes = health->has_state_bytes = health->has_file_bytes_max = 1;
    journal_size(ledger_journal(asking->ledger), &health->journal_bytes, &health->file_bytes_max);
    state_size(ledger_state(asking->ledger), &health->state_bytes, &state_max);
    health->file_bytes_max =
        state_max < health->file_bytes_max ? state_max : health->file_bytes_max;
}

static void copy_fill(struct asking *asking, Award__Health *health)
{
    const struct daemon_file *settings = asking->server->settings;
    struct backup_mark mark = {0};
    if (settings != NULL) {
        mark = backup_mark_read(settings->data_directory);
    }
    if (mark.moment_ms > 0) {
        Award__Health__Copy *copy = NEW(asking->d, Award__Health__Copy, award__health__copy);
        copy->taken = moment_make(asking->d, mark.moment_ms);
        SET(copy, entry, mark.entry);
        health->last_copy = copy;
    }
}

// ---- Texts and calendars

static void texts_fill(struct asking *asking, Award__Health *health)
{
    const struct rulebook *rulebook = rulebook_in_force(asking->d);
    const Award__AlertPolicy *policy =
        (const Award__AlertPolicy *)record_get(asking->d, AWARD__CHANGE__RECORD_ALERT_POLICY);
    health->rulebook = rulebook != NULL ? arena_string(asking->arena, rulebook->digest) : NULL;
    health->policy = policy != NULL ? arena_string(asking->arena, policy->digest) : NULL;
}

static void calendars_fill(struct asking *asking, Award__Health *health)
{
    const struct calendar *calendar = books_calendar(ledger_books(asking->ledger));
    int32_t year = day_to_civil(asking->d->today).year;
    health->calendar_missing = arena_alloc(asking->arena, 2 * sizeof(int32_t));
    for (int32_t i = year; i <= year + 1; i++) {
        if (!calendar_announced(calendar, i)) {
            health->calendar_missing[health->n_calendar_missing++] = i;
        }
    }
}

// ---- Together

static void health_begin(struct asking *asking)
{
    Award__Health *health = NEW(asking->d, Award__Health, award__health);
    health->has_tasks_given_up = health->has_deadlines_overdue = 1;
    health->has_alerts_open = health->has_alerts_unheard = 1;
    health->has_messages_given_up = health->has_messages_retried = 1;
    health->has_countersignatures = 1;
    asking->found = arena_alloc(asking->arena, sizeof(struct enrolments));
    asking->reply->health = health;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_HEALTH;
}

static void health_end(struct asking *asking)
{
    Award__Health *health = asking->reply->health;
    SET(health, process, (uint32_t)getpid());
    SET(health, disk_full, ledger_state_full(asking->ledger));
    connected_fill(asking, health);
    growth_fill(asking, health);
    texts_fill(asking, health);
    calendars_fill(asking, health);
    files_fill(asking, health);
    copy_fill(asking, health);
}

static const struct query_part parts[] = {
    {AWARD__CHANGE__RECORD_TASK,     0, NULL,            task_visit,     NULL      },
    {AWARD__CHANGE__RECORD_DEADLINE, 0, NULL,            deadline_visit, NULL      },
    {AWARD__CHANGE__RECORD_ALERT,    0, NULL,            alert_visit,    NULL      },
    {AWARD__CHANGE__RECORD_MESSAGE,  0, NULL,            message_visit,  NULL      },
    {AWARD__CHANGE__RECORD_PENDING,  0, signatures_from, pending_visit,  NULL      },
    {AWARD__CHANGE__RECORD_KEY,      0, NULL,            key_visit,      health_end},
};

const struct query_plan query_health_plan = {health_begin, parts, sizeof(parts) / sizeof(parts[0])};
