// ledger_open - opening and replaying a database
//
// However the last run ended, the tail of the journal that the state lacks is folded in before
// anything is served.
#include "daemon/ledger_private.h"

#include "daemon/data_files.h"
#include "rules/record.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void put_nowhere(void *context, struct bytes key, struct bytes value)
{
    (void)context;
    (void)key;
    (void)value;
}

static void put_in_state(void *context, struct bytes key, struct bytes value)
{
    state_put(context, key, value);
}

int64_t ledger_recorded_last(const struct ledger *ledger)
{
    uint64_t last = journal_last(ledger->journal);
    struct arena *arena = arena_create();
    const Award__Entry *entry = last > 0 ? ledger_read(ledger, last, arena, NULL) : NULL;
    int64_t recorded_ms = entry != NULL ? entry->recorded->ms : 0;
    arena_destroy(arena);
    return recorded_ms;
}

// Folds one entry of the journal. STORE_FORMAT if it is of a newer version, or not
// what an entry has to be.
static int entry_replay(struct ledger *ledger, uint64_t number, fold_put put, struct arena *arena,
                        struct store_error *error)
{
    struct journal_entry stored;
    int code = journal_read(ledger->journal, number, arena, &stored, error);
    if (code != STORE_OK) {
        return code;
    }
    const Award__Entry *entry =
        (const Award__Entry *)codec_unpack_trusted(&award__entry__descriptor, stored.bytes, arena);
    if (entry == NULL || !fold_entry(entry, arena, NULL, put, ledger->state)) {
        error->code = STORE_FORMAT;
        (void)snprintf(
            error->text, sizeof(error->text),
            "第 %llu 条日志无法读取：由更新的版本写成，或已损坏；请升级 awardd，或从备份恢复。 "
            "Entry %llu cannot be read: a newer version wrote it, or it is damaged. "
            "Update awardd, or restore a backup.",
            (unsigned long long)number, (unsigned long long)number);
        return STORE_FORMAT;
    }
    ledger->recorded_ms = entry->recorded->ms;
    return STORE_OK;
}

int ledger_replay(struct ledger *ledger, uint64_t until, struct store_error *error)
{
    struct arena *arena = arena_create();
    int code = STORE_OK;
    for (uint64_t number = ledger->folded + 1; number <= until && code == STORE_OK; number++) {
        code = entry_replay(ledger, number, put_in_state, arena, error);
        arena_reset(arena);
        if (code == STORE_OK) {
            ledger->folded = number;
            code = ledger_state_follow(ledger, error);
        }
        if (code == STORE_OK && ledger_overlay_full(ledger)) {
            code = ledger_write_state(ledger, error); // it can go no further without room
        }
    }
    arena_destroy(arena);
    return code;
}

static int city_load(struct ledger *ledger, struct store_error *error)
{
    struct bytes value;
    const struct view *view = ledger_view(ledger);
    struct bytes key = record_key(ledger->group.arena, AWARD__CHANGE__RECORD_CITY);
    const Award__City *city = NULL;
    if (view->get(view, key, ledger->group.arena, &value) == VIEW_FOUND) {
        city = (const Award__City *)codec_unpack_trusted(&award__city__descriptor, value,
                                                         ledger->group.arena);
    }
    if (city == NULL || !books_refresh(ledger->books, view)) {
        return store_error_set(
            error, STORE_DAMAGED, "state",
            "读不到城市、评选规则或日历，请运行 awardd rebuild，由日志重建。 has no "
            "readable city, rulebook or calendar: rebuild it from the journal "
            "with awardd rebuild.");
    }
    ledger->rehearsal = city->rehearsal != 0;
    ledger->epoch = city->epoch;
    (void)snprintf(ledger->city, sizeof(ledger->city), "%s", city->name);
    arena_reset(ledger->group.arena);
    return STORE_OK;
}

static struct state *state_begin(const char *path, enum opening opening, struct store_error *error)
{
    return opening == OPENING_REPLACES ? state_open_anew(path, error)
                                       : state_open(path, opening == OPENING_CREATES, error);
}

struct ledger *ledger_begin(const char *directory, enum opening opening, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    struct ledger *ledger = calloc(1, sizeof(*ledger));
    if (ledger == NULL || sodium_init() < 0) {
        abort();
    }
    ledger->books = books_create();
    ledger->damage = damage_create();
    ledger->overlay_bytes_max = LEDGER_OVERLAY_BYTES;
    ledger_clock_bound(ledger, LEDGER_CLOCK_BEHIND_SECONDS);
    data_files_path(path, directory, "journal");
    ledger->journal = journal_open(path, opening == OPENING_CREATES, error);
    if (ledger->journal == NULL) {
        ledger_close(ledger);
        return NULL;
    }
    data_files_path(path, directory, "state");
    ledger->state = state_begin(path, opening, error);
    if (ledger->state == NULL || nonce_key_load(directory, ledger->nonce_key, error) != STORE_OK) {
        ledger_close(ledger);
        return NULL;
    }
    group_init(&ledger->group, state_view(ledger->state));
    ledger->before_group = journal_last(ledger->journal);
    ledger->folded = state_written_entry(ledger->state);
    flight_prepare(ledger);
    return ledger;
}

// A journal that was restored from an older copy does not fit a later state.
static bool state_ahead(const struct ledger *ledger, struct store_error *error)
{
    uint64_t reached = state_reached_entry(ledger->state);
    uint64_t last = journal_last(ledger->journal);
    if (reached > last) {
        error->code = STORE_DAMAGED;
        (void)snprintf(
            error->text, sizeof(error->text),
            "状态已至第 %llu 条，日志只有 %llu 条：如有意换回较早的日志，请运行 awardd "
            "rebuild；否则日志已缺末尾，请从备份恢复。 The state stands at entry %llu, the "
            "journal ends at %llu: where an older journal was put there, run awardd "
            "rebuild; else the journal has lost its end, restore a backup.",
            (unsigned long long)reached, (unsigned long long)last, (unsigned long long)reached,
            (unsigned long long)last);
    }
    return reached > last;
}

// What was cut off while it was made is removed by the next making, so nothing may get into it.
// What was cut off while it was restored may lack its new epoch.
static bool cut_off(const char *directory, struct store_error *error)
{
    if (data_files_marked(directory, DATA_BEING_MADE)) {
        (void)store_error_set(error, STORE_DAMAGED, directory,
                              "的建立中途停止；请再次运行 awardctl init。 was cut off while it was "
                              "made: run awardctl init again.");
        return true;
    }
    if (data_files_marked(directory, DATA_BEING_RESTORED)) {
        (void)store_error_set(
            error, STORE_DAMAGED, directory,
            "的恢复中途停止；请移走这个目录，再恢复一次。 was cut off while it was "
            "restored: move it away and restore the copy again.");
        return true;
    }
    return false;
}

struct ledger *ledger_open(const char *directory, struct store_error *error)
{
    return cut_off(directory, error) ? NULL : ledger_open_restored(directory, error);
}

struct ledger *ledger_open_restored(const char *directory, struct store_error *error)
{
    struct ledger *ledger = ledger_begin(directory, OPENING_SERVES, error);
    if (ledger == NULL) {
        return NULL;
    }
    ledger->recorded_ms = ledger_recorded_last(ledger);
    if (state_ahead(ledger, error) ||
        ledger_replay(ledger, journal_last(ledger->journal), error) != STORE_OK ||
        city_load(ledger, error) != STORE_OK) {
        ledger_close(ledger);
        return NULL;
    }
    return ledger;
}

// A state that is damaged may crash who opens it, so it is tried in a child. One of a newer version
// is not for us to replace: the opening that follows says so.
static bool state_opens(const char *directory)
{
    char path[DATA_PATH_BYTES];
    int status = EXIT_FAILURE;
    data_files_path(path, directory, "state");
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct store_error error = {.code = STORE_OK};
        bool opens = state_open_read_only(path, &error) != NULL || error.code == STORE_FORMAT;
        _exit(opens ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == EXIT_SUCCESS;
}

struct ledger *ledger_open_unfolded(const char *directory, struct store_error *error)
{
    enum opening opening = state_opens(directory) ? OPENING_SERVES : OPENING_REPLACES;
    struct ledger *ledger = ledger_begin(directory, opening, error);
    if (ledger != NULL) {
        ledger->folded = 0;
    }
    return ledger;
}

int ledger_check(struct ledger *ledger, uint64_t until, struct store_error *error)
{
    struct arena *arena = arena_create();
    int code = STORE_OK;
    while (ledger->folded < until && code == STORE_OK) {
        code = entry_replay(ledger, ++ledger->folded, put_nowhere, arena, error);
        arena_reset(arena);
    }
    arena_destroy(arena);
    return code;
}

int ledger_empty(struct ledger *ledger, struct store_error *error)
{
    int code = state_clear(ledger->state, error);
    ledger->folded = 0;
    return code;
}

void ledger_close(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    flight_release(ledger);
    group_deinit(&ledger->group);
    state_close(ledger->state);
    journal_close(ledger->journal);
    books_destroy(ledger->books);
    damage_destroy(ledger->damage);
    free(ledger);
}
