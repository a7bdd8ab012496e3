// office - a ledger in a scratch directory, and events sent to it as JSON
#include "tests/daemon/office.h"

#include "common/memory.h"
#include "rules/record.h"
#include "tests/shared/genesis.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct office {
    char directory[64];
    struct ledger *ledger;
    struct arena *arena;
    unsigned sent;
    char digests[4][2 * STATE_DIGEST_BYTES + 1];
    unsigned digests_count;
};

static void office_open(struct office *office)
{
    struct store_error error;
    office->ledger = ledger_open(office->directory, &error);
    cr_assert_not_null(office->ledger, "%s", error.text);
}

struct office *office_create(void)
{
    struct office *office = memory_allocate(sizeof(*office));
    struct store_error error;
    office->arena = arena_create();
    (void)snprintf(office->directory, sizeof(office->directory), "/tmp/award-office-XXXXXX");
    cr_assert_not_null(mkdtemp(office->directory));
    cr_assert_eq(ledger_create(office->directory, genesis_make(office->arena), &error), STORE_OK,
                 "%s", error.text);
    office_open(office);
    return office;
}

static int file_remove(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

void office_destroy(struct office *office)
{
    ledger_close(office->ledger);
    (void)nftw(office->directory, file_remove, 8, FTW_DEPTH | FTW_PHYS);
    arena_destroy(office->arena);
    free(office);
}

void office_reopen(struct office *office)
{
    ledger_close(office->ledger);
    office_open(office);
}

void office_reopen_refused(struct office *office, struct store_error *error)
{
    ledger_close(office->ledger);
    office->ledger = ledger_open(office->directory, error);
    cr_assert_null(office->ledger);
}

struct ledger *office_ledger(struct office *office)
{
    return office->ledger;
}

const char *office_directory(const struct office *office)
{
    return office->directory;
}

static const Award__Principal *principal_of(struct office *office, const char *name)
{
    struct bytes value;
    struct bytes key = record_key(office->arena, AWARD__CHANGE__RECORD_PRINCIPAL, name);
    const struct view *view = ledger_view(office->ledger);
    cr_assert_eq(view->get(view, key, office->arena, &value), VIEW_FOUND, "%s", name);
    return (const Award__Principal *)codec_unpack_trusted(&award__principal__descriptor, value,
                                                          office->arena);
}

const Award__Answer *office_submit(struct office *office, const char *principal, const char *id,
                                   const char *json)
{
    struct codec_error error;
    Award__Event *event = (Award__Event *)codec_from_json(&award__event__descriptor, json,
                                                          strlen(json), office->arena, &error);
    cr_assert_not_null(event, "%s: %s", json, error.en);
    event->principal = arena_string(office->arena, principal);
    event->id = id != NULL ? arena_string(office->arena, id)
                           : arena_format(office->arena, "test-%u", ++office->sent);
    return ledger_submit(office->ledger, event, principal_of(office, principal));
}

void office_commit(struct office *office)
{
    struct store_error error;
    cr_assert_eq(ledger_commit(office->ledger, &error), STORE_OK, "%s", error.text);
}

const char *office_digest(struct office *office)
{
    uint8_t digest[STATE_DIGEST_BYTES];
    cr_assert_eq(state_digest(ledger_view(office->ledger), digest), STORE_OK);
    char *text = office->digests[office->digests_count++ % 4];
    for (size_t i = 0; i < STATE_DIGEST_BYTES; i++) {
        (void)snprintf(text + 2 * i, 3, "%02x", digest[i]);
    }
    return text;
}
