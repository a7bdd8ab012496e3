// ledger_due - what is due fires, row by row of the index, in the order of its keys
//
// Rows that fired are removals in memory until the state is written; a search from the beginning
// would walk all of them each time. So the ledger knows a key before which there is nothing: it
// moves on with each search and behind what has fired, and back when a row is put before it, or a
// group is forgotten. What cannot fire is passed over in the same way, so that it holds up nothing
// behind it; the next start tries it again, for by then the state may have been rebuilt.
#include "daemon/ledger_private.h"

#include "common/log.h"
#include "rules/record.h"

#include <assert.h>
#include <string.h>

struct row {
    struct bytes key;
    const Award__Due *due;
};

static bool key_is_due(struct bytes key)
{
    return key.size > 0 && key.data[0] == (uint8_t)AWARD__CHANGE__RECORD_DUE;
}

static void due_from_set(struct ledger *ledger, struct bytes key)
{
    assert(key.size <= sizeof(ledger->due_from));
    memcpy(ledger->due_from, key.data, key.size);
    ledger->due_from_bytes = key.size;
}

static struct bytes due_from(const struct ledger *ledger, struct arena *arena)
{
    return ledger->due_from_bytes > 0 ? (struct bytes){ledger->due_from, ledger->due_from_bytes}
                                      : record_prefix(arena, AWARD__CHANGE__RECORD_DUE, 0);
}

void ledger_due_put(struct ledger *ledger, struct bytes key, struct bytes value)
{
    struct bytes from = {ledger->due_from, ledger->due_from_bytes};
    if (!key_is_due(key)) {
        return;
    }
    int order = view_key_compare(key, from);
    if (value.size > 0 && order < 0) {
        due_from_set(ledger, key);
    } else if (value.size == 0 && order == 0) { // the row that fired: nothing is to be found there
        ledger->due_from[ledger->due_from_bytes++] = 0;
    }
}

// The first row at a key or behind it. False where there is none; a row that cannot be read has no
// `due`.
static bool row_find(const struct ledger *ledger, struct bytes from, struct arena *arena,
                     struct row *row)
{
    struct bytes value;
    const struct view *view = ledger_view(ledger);
    enum view_result result = view->next(view, from, arena, &row->key, &value);
    row->due = result == VIEW_FOUND
                   ? (const Award__Due *)codec_unpack_trusted(&award__due__descriptor, value, arena)
                   : NULL;
    return result != VIEW_ABSENT && key_is_due(row->key);
}

int64_t ledger_next_due(const struct ledger *ledger)
{
    struct row row = {.due = NULL};
    struct arena *arena = arena_create();
    struct bytes from = due_from(ledger, arena);
    while (row_find(ledger, from, arena, &row) && row.due == NULL) {
        from = view_key_after(row.key, arena);
    }
    int64_t moment_ms = row.due != NULL ? row.due->moment->ms : INT64_MAX;
    arena_destroy(arena);
    return moment_ms;
}

bool ledger_due(const struct ledger *ledger)
{
    return ledger_clock_behind_ms(ledger) == 0 && ledger_next_due(ledger) <= ledger_now(ledger);
}

static void row_pass(struct ledger *ledger, const struct row *row, const char *code)
{
    log_say(SAY_DUE_PASSED, .subject = row->due != NULL ? row->due->subject : NULL, .code = code);
    due_from_set(ledger, view_key_after(row->key, ledger->group.arena));
}

// Whether it fired; it is passed over where it cannot.
static bool row_fire(struct ledger *ledger, const struct row *row)
{
    if (row->due == NULL) {
        row_pass(ledger, row, "record_damaged");
        return false;
    }
    const Award__Answer *answer =
        ledger_submit_own(ledger, rules_due_event(row->due, ledger->group.arena));
    if (answer->outcome == AWARD__OUTCOME__NAME__rejected) {
        row_pass(ledger, row, answer->reasons[0]->code);
        return false;
    }
    return true;
}

// No row that is due lies at this key or behind it.
static struct bytes due_until(const struct ledger *ledger, struct arena *arena)
{
    return record_prefix(arena, AWARD__CHANGE__RECORD_DUE, 1, ledger_now(ledger) + 1);
}

size_t ledger_fire(struct ledger *ledger, size_t most)
{
    size_t fired = 0;
    ledger_answers_release(ledger);
    if (ledger_clock_behind_ms(ledger) > 0) {
        return 0;
    }
    while (fired < most && ledger->group.count < GROUP_FIRED_MAX && !ledger_overlay_full(ledger)) {
        struct row row;
        struct bytes from = due_from(ledger, ledger->group.arena);
        struct bytes until = due_until(ledger, ledger->group.arena);
        if (view_key_compare(from, until) >= 0) {
            break;
        }
        if (!row_find(ledger, from, ledger->group.arena, &row)) {
            due_from_set(ledger, until);
            break;
        }
        due_from_set(ledger, row.key);
        if (view_key_compare(row.key, until) < 0 && row_fire(ledger, &row)) {
            fired++;
        }
    }
    return fired;
}

// A group that is not full is the last one: nothing could be decided meanwhile.
int ledger_fire_groups(struct ledger *ledger, size_t most, struct store_error *error)
{
    assert(ledger->group.count == 0);
    for (;;) {
        size_t fired = most > 0 ? ledger_fire(ledger, LIMIT_GROUP_EVENTS) : 0;
        int code = flight_land(ledger, error);
        code = code == STORE_OK ? ledger_state_follow(ledger, error) : code;
        if (code != STORE_OK || fired < LIMIT_GROUP_EVENTS) {
            return code == STORE_OK ? ledger_commit(ledger, error) : code;
        }
        flight_begin(ledger);
        most--;
    }
}

int ledger_fire_all(struct ledger *ledger, struct store_error *error)
{
    return ledger_fire_groups(ledger, SIZE_MAX, error);
}
