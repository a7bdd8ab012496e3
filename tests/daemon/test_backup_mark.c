// Tests of backup_mark: what a copy leaves behind is read again, and nothing else is taken for it.
#include "daemon/backup_mark.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char directory[] = "/tmp/award-mark-XXXXXX";

static const char *path(const char *name)
{
    static char text[256];
    (void)snprintf(text, sizeof(text), "%s/%s", directory, name);
    return text;
}

static void scratch_make(void)
{
    cr_assert_not_null(mkdtemp(directory));
}

static void scratch_remove(void)
{
    (void)unlink(path("backup.last"));
    (void)unlink(path("backup.last.new"));
    (void)unlink(path("elsewhere"));
    (void)rmdir(directory);
}

TestSuite(backup_mark, .init = scratch_make, .fini = scratch_remove);

static void text_put(const char *name, const char *text)
{
    FILE *file = fopen(path(name), "w");
    cr_assert_not_null(file);
    cr_assert_geq(fputs(text, file), 0);
    cr_assert_eq(fclose(file), 0);
}

Test(backup_mark, what_was_written_last_is_read)
{
    const struct backup_mark first = {.moment_ms = 1793000000123, .entry = 7};
    const struct backup_mark last = {.moment_ms = 1793000050000, .entry = UINT64_MAX};
    cr_assert(backup_mark_write(directory, &first));
    cr_assert(backup_mark_write(directory, &last));
    struct backup_mark read = backup_mark_read(directory);
    cr_assert(read.moment_ms == last.moment_ms && read.entry == last.entry);
    struct stat file;
    cr_assert_eq(stat(path("backup.last"), &file), 0);
    cr_assert_eq(file.st_mode & 0777, 0644, "whoever made the copy, the coordinator reads it");
}

Test(backup_mark, none_and_garbage_are_nothing)
{
    static const char *const texts[] = {"", "moment_ms=", "moment_ms=5\n", "moment_ms=-5 entry=1\n",
                                        "yesterday\n"};
    cr_assert_eq(backup_mark_read(directory).moment_ms, 0);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        text_put("backup.last", texts[i]);
        struct backup_mark read = backup_mark_read(directory);
        cr_assert(read.moment_ms == 0 && read.entry == 0, "%s", texts[i]);
    }
}

// Root may make a copy of what is another user's, who could have put a link there.
Test(backup_mark, a_link_in_its_place_is_not_followed)
{
    const struct backup_mark mark = {.moment_ms = 1, .entry = 1};
    text_put("elsewhere", "as it was");
    char target[300];
    (void)snprintf(target, sizeof(target), "%s/elsewhere", directory);
    cr_assert_eq(symlink(target, path("backup.last.new")), 0);
    cr_assert(backup_mark_write(directory, &mark));
    char text[16] = "";
    FILE *file = fopen(target, "r");
    cr_assert_not_null(file);
    cr_assert_not_null(fgets(text, sizeof(text), file));
    (void)fclose(file);
    cr_assert_str_eq(text, "as it was");
    cr_assert_eq(backup_mark_read(directory).moment_ms, 1);
}

Test(backup_mark, a_directory_that_is_not_there_takes_none)
{
    const struct backup_mark mark = {.moment_ms = 1, .entry = 1};
    cr_assert_not(backup_mark_write("/nowhere/at/all", &mark));
}
