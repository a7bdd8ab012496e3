// The state follows the journal by itself, within the bound of memory; where its disk is full,
// events are rejected at the bound and taken again when there is room.
#include "tests/daemon/office.h"
#include "tests/file_limit.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BOUND_BYTES = 512 * 1024, GROUP_BYTES_MAX = 128 * 1024 };

static const char *cycle_open(struct office *office, unsigned number)
{
    char json[512];
    (void)snprintf(json, sizeof(json),
                   "{\"cycle_opened\":{\"cycle\":\"c%05u\",\"notice\":[{\"medium\":\"重庆日报\","
                   "\"on\":\"2018-01-02\"}],\"closing\":\"2018-03-31T08:00:00+08:00\","
                   "\"units\":[\"u1\",\"u2\",\"u3\"],\"chair\":\"张\"}}",
                   number);
    const Award__Answer *answer = office_submit(office, "office", NULL, json);
    return answer->outcome == AWARD__OUTCOME__NAME__accepted ? NULL : answer->reasons[0]->code;
}

Test(ledger_state, follows_the_journal_within_its_bound)
{
    enum { CYCLES = 2000 };
    struct office *office = office_create();
    struct ledger *ledger = office_ledger(office);
    struct state *state = ledger_state(ledger);
    ledger_overlay_bound(ledger, BOUND_BYTES);
    uint64_t before = state_written_entry(state);
    for (unsigned number = 0; number < CYCLES; number++) {
        cr_assert_null(cycle_open(office, number));
        office_commit(office);
        cr_assert_leq(state_overlay_bytes(state), BOUND_BYTES + GROUP_BYTES_MAX);
    }
    cr_assert_gt(state_written_entry(state), before + CYCLES / 2, "it was written again and again");
    struct store_error error;
    cr_assert_eq(ledger_state_idle(ledger, &error), STORE_OK);
    while (state_writing(state)) {
        cr_assert(state_writing_wait(state, -1));
        cr_assert_eq(ledger_state_idle(ledger, &error), STORE_OK);
    }
    cr_assert_eq(state_written_entry(state), journal_last(ledger_journal(ledger)));
    cr_assert_eq(state_overlay_bytes(state), 0, "nothing is left when it rests");
    office_destroy(office);
}

// The state's file is made larger than the journal's will be, and then may not grow.
static void state_file_end_here(struct office *office)
{
    enum { BYTES = 16 * 1024 * 1024 };
    struct ledger *ledger = office_ledger(office);
    struct store_error error;
    uint8_t *large = calloc(1, BYTES);
    char path[1024];
    struct stat status;
    state_put(ledger_state(ledger), (struct bytes){(const uint8_t *)"\xFF", 1},
              (struct bytes){large, BYTES});
    cr_assert_eq(ledger_write_state(ledger, &error), STORE_OK);
    (void)snprintf(path, sizeof(path), "%s/state/state.mdb", office_directory(office));
    cr_assert_eq(stat(path, &status), 0);
    file_limit((rlim_t)status.st_size);
    free(large);
}

Test(ledger_state, rejects_events_at_the_bound_while_its_disk_is_full)
{
    enum { CYCLES_MAX = 5000 };
    struct office *office = office_create();
    struct ledger *ledger = office_ledger(office);
    struct state *state = ledger_state(ledger);
    struct store_error error;
    state_file_end_here(office);
    ledger_overlay_bound(ledger, BOUND_BYTES);
    const char *code = NULL;
    unsigned number = 0;
    while (code == NULL && number < CYCLES_MAX) {
        code = cycle_open(office, number++);
        office_commit(office);
    }
    cr_assert_not_null(code, "it must not grow for ever");
    cr_assert_str_eq(code, "disk_full");
    cr_assert_geq(state_overlay_bytes(state), BOUND_BYTES);
    cr_assert_leq(state_overlay_bytes(state), BOUND_BYTES + GROUP_BYTES_MAX);
    char digest[STATE_DIGEST_BYTES * 2 + 1];
    (void)snprintf(digest, sizeof(digest), "%s", office_digest(office));
    file_limit(RLIM_INFINITY);
    cr_assert_eq(ledger_write_state(ledger, &error), STORE_OK, "%s", error.text);
    cr_assert_str_eq(office_digest(office), digest, "nothing was lost");
    cr_assert_null(cycle_open(office, number));
    office_commit(office);
    office_destroy(office);
}
