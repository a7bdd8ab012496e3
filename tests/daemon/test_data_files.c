// Tests of the files of a database as a whole.
#include "daemon/data_files.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SERVICE_USER = 12345 };

static void made(const char *directory, const char *name, char path[256])
{
    (void)snprintf(path, 256, "%s/%s", directory, name);
    int file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    cr_assert(file >= 0 && close(file) == 0);
}

Test(data_files, what_root_made_becomes_his_whose_the_directory_is_and_nothing_else_does)
{
    char directory[] = "/tmp/award-data-XXXXXX";
    char own[256];
    char foreign[256];
    struct store_error error;
    struct stat found;
    cr_assert_not_null(mkdtemp(directory));
    made(directory, "nonce.key", own);
    made(directory, "notes.txt", foreign);
    bool root = geteuid() == 0;
    cr_assert(!root || chown(directory, SERVICE_USER, SERVICE_USER) == 0);
    cr_assert_eq(data_files_give(directory, &error), STORE_OK);
    cr_assert(stat(own, &found) == 0);
    cr_expect_eq(found.st_uid, root ? SERVICE_USER : geteuid());
    cr_assert(stat(foreign, &found) == 0);
    cr_expect_eq(found.st_uid, geteuid());
    data_files_remove(directory);
    cr_expect_eq(access(own, F_OK), -1);
    cr_expect_eq(access(foreign, F_OK), 0);
    cr_assert(unlink(foreign) == 0);
    data_files_remove(directory);
    cr_expect_eq(access(directory, F_OK), root ? 0 : -1, "it is another's, who got it so");
    cr_assert(!root || chown(directory, 0, 0) == 0);
    data_files_remove(directory);
    cr_expect_eq(access(directory, F_OK), -1);
}

Test(data_files, a_directory_that_is_not_there_is_named)
{
    struct store_error error;
    cr_assert_eq(data_files_give("/nowhere/at-all", &error), STORE_IO);
    cr_expect_not_null(strstr(error.text, "/nowhere/at-all"), "%s", error.text);
}
