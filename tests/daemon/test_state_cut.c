// A state whose writing was cut off: part of it is newer than the rest, and it is made whole again.
#include "tests/daemon/office.h"
#include "tests/file_limit.h"

#include "daemon/verify.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

// More changes than one transaction of the state takes.
static void cycles_open(struct office *office)
{
    enum { CYCLES = 1000, TOGETHER = 500 };
    for (unsigned number = 0; number < CYCLES; number++) {
        char json[512];
        (void)snprintf(
            json, sizeof(json),
            "{\"cycle_opened\":{\"cycle\":\"c%04u\",\"notice\":[{\"medium\":\"重庆日报\","
            "\"on\":\"2018-01-02\"}],\"closing\":\"2018-03-31T08:00:00+08:00\","
            "\"units\":[\"u1\",\"u2\",\"u3\"],\"chair\":\"张\"}}",
            number);
        cr_assert_eq(office_submit(office, "office", NULL, json)->outcome,
                     AWARD__OUTCOME__NAME__accepted);
        if (number % TOGETHER == TOGETHER - 1) {
            office_commit(office);
        }
    }
}

// The disk ends somewhere behind the first of its transactions.
static void state_write_cut(struct office *office)
{
    enum { STEP_BYTES = 128 * 1024, STEPS_MAX = 1000 };
    struct state *state = ledger_state(office_ledger(office));
    struct store_error error = {.code = STORE_OK};
    uint64_t written = state_written_entry(state);
    for (rlim_t step = 1; state_reached_entry(state) == written; step++) {
        cr_assert_leq(step, STEPS_MAX);
        file_limit(step * STEP_BYTES);
        cr_assert_eq(ledger_write_state(office_ledger(office), &error), STORE_FULL, "%s",
                     error.text);
    }
    file_limit(RLIM_INFINITY);
    cr_assert_eq(state_written_entry(state), written);
}

Test(state_cut, is_whole_after_the_next_start)
{
    char digest[STATE_DIGEST_BYTES * 2 + 1];
    struct office *office = office_create();
    struct store_error error;
    cycles_open(office);
    (void)snprintf(digest, sizeof(digest), "%s", office_digest(office));
    state_write_cut(office);
    cr_expect_str_eq(office_digest(office), digest, "whoever goes on sees nothing of it");
    office_reopen(office);
    struct state *state = ledger_state(office_ledger(office));
    cr_expect_lt(state_written_entry(state), state_reached_entry(state));
    cr_expect_str_eq(office_digest(office), digest);
    cr_assert_eq(ledger_write_state(office_ledger(office), &error), STORE_OK);
    office_reopen(office);
    state = ledger_state(office_ledger(office));
    cr_expect_eq(state_written_entry(state), journal_last(ledger_journal(office_ledger(office))));
    cr_expect_eq(state_reached_entry(state), state_written_entry(state));
    cr_expect_str_eq(office_digest(office), digest);
    office_destroy(office);
}

Test(state_cut, is_sound_to_whoever_verifies_it_before)
{
    struct office *office = office_create();
    cycles_open(office);
    state_write_cut(office);
    cr_expect_eq(verify_run(office_directory(office), 0), 0);
    state_put(ledger_state(office_ledger(office)), (struct bytes){(const uint8_t *)"x", 1},
              (struct bytes){(const uint8_t *)"y", 1});
    struct store_error error;
    cr_assert_eq(ledger_write_state(office_ledger(office), &error), STORE_OK);
    cr_expect_neq(verify_run(office_directory(office), 0), 0, "but not with what nobody decided");
    office_destroy(office);
}

Test(state_cut, ahead_of_its_journal_is_refused)
{
    struct office *office = office_create();
    struct store_error error;
    uint64_t last = journal_last(ledger_journal(office_ledger(office)));
    cr_assert_eq(state_write(ledger_state(office_ledger(office)), last + 1, &error), STORE_OK);
    office_reopen_refused(office, &error);
    cr_expect_eq(error.code, STORE_DAMAGED);
    cr_expect_not_null(strstr(error.text, "awardd rebuild"), "%s", error.text);
    office_destroy(office);
}
