// A disk that is really full: a small file system in a file, mounted. That takes root and loop
// devices; without them the test is skipped and says so. (Room that ends by a limit on the file's
// size is tested everywhere, in test_journal.c and test_state.c.)
#include "daemon/store/journal.h"
#include "daemon/store/state.h"
#include "tests/store/scratch.h"
#include "tests/view_model.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMAND_BYTES = 1024, ENTRY_BYTES = 64 * 1024 };

static struct scratch scratch;
static char mounted[2 * SCRATCH_PATH_BYTES];

static void set_up(void)
{
    scratch_make(&scratch);
    (void)snprintf(mounted, sizeof(mounted), "%s", scratch_path(&scratch, "mounted"));
}

static void tear_down(void)
{
    // Lazily: when the test has failed, its files are still open.
    char command[COMMAND_BYTES];
    (void)snprintf(command, sizeof(command), "umount -l '%s' 2>/dev/null", mounted);
    (void)!system(command);
    (void)rmdir(mounted);
    scratch_remove(&scratch);
}

TestSuite(full_disk, .init = set_up, .fini = tear_down);

static bool small_disk_mount(void)
{
    char command[COMMAND_BYTES];
    const char *image = scratch_path(&scratch, "image");
    (void)snprintf(command, sizeof(command),
                   "truncate -s 8M '%s' && PATH=$PATH:/usr/sbin:/sbin mkfs.ext4 -q -m 0 '%s' && "
                   "mount -o loop '%s' '%s'",
                   image, image, image, mounted);
    return geteuid() == 0 && mkdir(mounted, 0700) == 0 && system(command) == 0;
}

static uint8_t filling[ENTRY_BYTES];

static int append(struct journal *journal, struct store_error *error)
{
    struct journal_entry entry = {
        .number = journal_last(journal) + 1, .bytes = {.data = filling, .size = sizeof(filling)}
    };
    return journal_append(journal, &entry, 1, error);
}

static void assert_all_readable(struct journal *journal)
{
    struct arena *arena = arena_create();
    for (uint64_t number = 1; number <= journal_last(journal); number++) {
        struct journal_entry entry;
        cr_assert_eq(journal_read(journal, number, arena, &entry, NULL), STORE_OK);
        arena_reset(arena);
    }
    arena_destroy(arena);
}

Test(full_disk, journal_and_state_say_so_and_work_on_when_there_is_room)
{
    if (!small_disk_mount()) {
        tear_down(); // a skipped test is not torn down
        cr_skip_test("a small file system cannot be mounted here (needs root and loop devices)");
    }
    FILE *ballast = fopen(scratch_path(&scratch, "mounted/ballast"), "w");
    cr_assert_not_null(ballast);
    for (int i = 0; i < 16; i++) {
        cr_assert_eq(fwrite(filling, 1, sizeof(filling), ballast), sizeof(filling));
    }
    cr_assert_eq(fclose(ballast), 0);
    struct store_error error = {.text = ""};
    struct journal *journal = journal_open(mounted, true, &error);
    cr_assert_not_null(journal, "%s", error.text);
    struct state *state = state_open(mounted, true, &error);
    cr_assert_not_null(state, "%s", error.text);
    int code = STORE_OK;
    while (code == STORE_OK) {
        code = append(journal, &error);
    }
    cr_assert_eq(code, STORE_FULL, "%s", error.text);
    uint64_t last = journal_last(journal);
    cr_assert_gt(last, 10);
    cr_assert_eq(append(journal, &error), STORE_FULL, "%s", error.text);
    struct bytes value = {.data = filling, .size = sizeof(filling)};
    state_put(state, text_bytes("one"), value);
    state_put(state, text_bytes("two"), value);
    cr_assert_eq(state_write(state, last, &error), STORE_FULL, "%s", error.text);
    assert_all_readable(journal);
    cr_assert_eq(unlink(scratch_path(&scratch, "mounted/ballast")), 0);
    cr_assert_eq(append(journal, &error), STORE_OK, "%s", error.text);
    cr_assert_eq(state_write(state, last + 1, &error), STORE_OK, "%s", error.text);
    state_close(state);
    journal_close(journal);
    journal = journal_open(mounted, false, &error);
    cr_assert_eq(journal_last(journal), last + 1);
    assert_all_readable(journal);
    journal_close(journal);
}
