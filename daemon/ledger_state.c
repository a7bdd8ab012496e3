// ledger_state - the state on disk follows the journal, at a distance that is bounded
//
// What is in memory goes to disk by the second thread of the state (daemon/store/state.h) when a
// quarter of the bound is in memory, or when the loop is idle. Where groups come faster than the
// disk takes them, each waits a little once three quarters are in memory, the longer the fuller it
// is, and at the bound itself for as long as the disk needs. A disk that is full is tried again
// after a second; events are rejected meanwhile once the bound is reached, so memory stays bounded.
#include "daemon/ledger_private.h"

#include "common/clock.h"
#include "common/log.h"

#include <assert.h>

enum { SLOWED_MS_MAX = 20, FULL_WAIT_MS = 1000 };

void ledger_overlay_bound(struct ledger *ledger, size_t bytes)
{
    assert(bytes > 0);
    ledger->overlay_bytes_max = bytes;
}

uint64_t ledger_slowed(const struct ledger *ledger)
{
    return ledger->slowed;
}

bool ledger_overlay_full(const struct ledger *ledger)
{
    return ledger->state_full && state_overlay_bytes(ledger->state) >= ledger->overlay_bytes_max;
}

// Ends the writing that is on its way. A full disk is said once and tried again later.
static int writing_end(struct ledger *ledger, struct store_error *error)
{
    int code = state_write_end(ledger->state, error);
    bool was_full = ledger->state_full;
    ledger->state_full = code == STORE_FULL;
    if (code != STORE_FULL) {
        return code;
    }
    ledger->state_again_ms = clock_monotonic_ms() + FULL_WAIT_MS;
    if (!was_full) {
        log_say(SAY_STATE_DISK_FULL, .reason = error->text);
    }
    return STORE_OK;
}

static void writing_begin(struct ledger *ledger)
{
    bool rests = ledger->state_full && clock_monotonic_ms() < ledger->state_again_ms;
    if (!rests && !state_writing(ledger->state)) {
        state_write_begin(ledger->state, ledger->folded);
    }
}

// How long a group waits for the second thread: not at all up to three quarters of the bound.
static int wait_ms(const struct ledger *ledger)
{
    size_t most = ledger->overlay_bytes_max;
    size_t bytes = state_overlay_bytes(ledger->state);
    size_t slow = most / 4 * 3;
    if (bytes >= most) {
        return -1;
    }
    return bytes <= slow ? 0 : 1 + (int)((bytes - slow) * SLOWED_MS_MAX / (most - slow));
}

int ledger_state_follow(struct ledger *ledger, struct store_error *error)
{
    struct state *state = ledger->state;
    int code = STORE_OK;
    if (state_active_bytes(state) > ledger->overlay_bytes_max / 4) {
        writing_begin(ledger);
    }
    if (state_writing(state)) {
        int most_ms = wait_ms(ledger);
        ledger->slowed += most_ms != 0;
        code = state_writing_wait(state, most_ms) ? writing_end(ledger, error) : STORE_OK;
    }
    return code;
}

int ledger_state_idle(struct ledger *ledger, struct store_error *error)
{
    if (state_active_bytes(ledger->state) > 0) {
        writing_begin(ledger);
    }
    return ledger_state_follow(ledger, error);
}

bool ledger_state_full(const struct ledger *ledger)
{
    return ledger->state_full;
}

// Twice at most: what is on its way, and what came since.
int ledger_state_stop(struct ledger *ledger, int most_ms, struct store_error *error)
{
    struct state *state = ledger->state;
    int64_t end_ms = clock_monotonic_ms() + most_ms;
    int code = STORE_OK;
    while (code == STORE_OK && (state_writing(state) || state_active_bytes(state) > 0)) {
        int64_t rest_ms = end_ms - clock_monotonic_ms();
        if (!state_writing(state)) {
            state_write_begin(state, ledger->folded);
        }
        if (rest_ms <= 0 || !state_writing_wait(state, (int)rest_ms)) {
            log_say(SAY_STATE_LEFT);
            return STORE_OK;
        }
        code = state_write_end(state, error);
        ledger->state_full = code == STORE_FULL;
    }
    return code;
}

int ledger_write_state(struct ledger *ledger, struct store_error *error)
{
    assert(ledger->group.count == 0);
    int code = state_write(ledger->state, ledger->folded, error);
    ledger->state_full = code == STORE_FULL;
    return code;
}
