// Tests of key files: what is written is read, and what is unsafe or wrong is refused with a
// reason.
#include "settings/keyfile.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/keyfile-XXXXXX";
static char path[64];
static struct settings_error error;
static struct keyfile written;

static void folder_open(void)
{
    cr_assert(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof(path), "%s/office.key", folder);
    (void)snprintf(written.name, sizeof(written.name), "office");
    cr_assert(bus_keys_generate(&written.keys));
}

static void folder_close(void)
{
    (void)unlink(path);
    cr_assert(rmdir(folder) == 0);
}

static void text_write(const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert(file != NULL);
    cr_assert(chmod(path, 0600) == 0);
    cr_assert(fputs(text, file) >= 0);
    cr_assert(fclose(file) == 0);
}

static void refused_with(const char *words)
{
    struct keyfile read;
    cr_assert_not(keyfile_read(path, &read, &error));
    cr_assert(strstr(error.en, words) != NULL, "the error is: %s", error.en);
    cr_assert_not_null(strstr(error.zh, "密钥文件"), "%s", error.zh);
    cr_assert_null(strstr(error.zh, " / "), "one language: %s", error.zh);
    cr_assert_null(strstr(error.en, "密钥"), "one language: %s", error.en);
    cr_assert_not_null(strstr(error.zh, path), "%s", error.zh);
    cr_assert_str_empty(read.keys.secret_key);
}

TestSuite(keyfile, .init = folder_open, .fini = folder_close);

Test(keyfile, what_was_written_is_read)
{
    struct keyfile read;
    cr_assert(keyfile_write(path, &written, &error), "%s", error.en);
    cr_assert(keyfile_read(path, &read, &error), "%s", error.en);
    cr_assert_str_eq(read.name, "office");
    cr_assert_str_eq(read.keys.public_key, written.keys.public_key);
    cr_assert_str_eq(read.keys.secret_key, written.keys.secret_key);
}

Test(keyfile, a_new_file_is_its_owners_alone)
{
    struct stat status;
    cr_assert(keyfile_write(path, &written, &error), "%s", error.en);
    cr_assert(stat(path, &status) == 0);
    cr_assert_eq(status.st_mode & 0777, 0600);
}

Test(keyfile, a_file_that_is_there_is_not_overwritten)
{
    text_write("mine\n");
    cr_assert_not(keyfile_write(path, &written, &error));
    cr_assert(strstr(error.en, path) != NULL, "the error is: %s", error.en);
}

Test(keyfile, a_secret_key_that_others_may_read_is_refused)
{
    cr_assert(keyfile_write(path, &written, &error), "%s", error.en);
    cr_assert(chmod(path, 0640) == 0);
    refused_with("chmod 600");
}

Test(keyfile, a_public_key_alone_may_be_read_by_everybody)
{
    struct keyfile read;
    written.keys.secret_key[0] = '\0';
    cr_assert(keyfile_write(path, &written, &error), "%s", error.en);
    cr_assert(chmod(path, 0644) == 0);
    cr_assert(keyfile_read(path, &read, &error), "%s", error.en);
    cr_assert_str_eq(read.keys.public_key, written.keys.public_key);
    cr_assert_str_empty(read.keys.secret_key);
}

Test(keyfile, keys_that_are_no_pair_are_refused)
{
    struct bus_keys other;
    char text[512];
    cr_assert(bus_keys_generate(&other));
    (void)snprintf(text, sizeof(text), "name: office\npublic-key: %s\nsecret-key: %s\n",
                   other.public_key, written.keys.secret_key);
    text_write(text);
    refused_with("no pair");
}

Test(keyfile, an_unknown_or_repeated_line_is_named_by_its_number)
{
    text_write("# office\nname: office\ncolour: red\n");
    refused_with("line 3");
    text_write("name: office\nname: bureau\n");
    refused_with("line 2");
}

Test(keyfile, a_missing_file_is_named)
{
    refused_with(path);
}

Test(keyfile, a_pipe_is_refused_and_not_waited_for, .timeout = 60)
{
    cr_assert(mkfifo(path, 0600) == 0);
    refused_with("not a regular file");
}

Test(keyfile, a_line_without_end_is_refused)
{
    char text[2000];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    text_write(text);
    refused_with("line 1");
}

// ---- Credentials

// A credential as the service manager lays it down: readable by more than its owner, as its mode
// has it.
static void credential_write(void)
{
    cr_assert(keyfile_write(path, &written, &error), "%s", error.en);
    cr_assert(chmod(path, 0440) == 0);
    cr_assert(setenv("CREDENTIALS_DIRECTORY", folder, 1) == 0);
}

Test(keyfile, a_credential_of_the_same_name_is_read_in_its_place)
{
    struct keyfile read;
    credential_write();
    cr_assert(keyfile_read("/none/such/office.key", &read, &error), "%s", error.en);
    cr_assert_str_eq(read.keys.secret_key, written.keys.secret_key);
}

Test(keyfile, a_credential_of_another_name_is_not)
{
    struct keyfile read;
    credential_write();
    cr_assert_not(keyfile_read("/none/such/bureau.key", &read, &error));
    cr_assert(strstr(error.en, "/none/such/bureau.key") != NULL, "the error is: %s", error.en);
}
