// data_files - the files of a database as a whole
#include "daemon/data_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// Files before the directories that they lie in.
static const char *const names[] = {
    "nonce.key",       "journal/journal.mdb",  "journal/journal.mdb-lock", "journal/journal.lock",
    "state/state.mdb", "state/state.mdb-lock", "state/state.lock",         "journal",
    "state",
};

enum { NAMES_COUNT = sizeof(names) / sizeof(names[0]) };

void data_files_path(char path[DATA_PATH_BYTES], const char *directory, const char *name)
{
    (void)snprintf(path, DATA_PATH_BYTES, "%s/%s", directory, name);
}

bool data_files_there(const char *directory)
{
    char journal[DATA_PATH_BYTES];
    char state[DATA_PATH_BYTES];
    data_files_path(journal, directory, "journal/journal.mdb");
    data_files_path(state, directory, "state/state.mdb");
    return access(journal, F_OK) == 0 || access(state, F_OK) == 0;
}

// Somebody else's directory was made for him by another: it could not be made like it again.
void data_files_remove(const char *directory)
{
    char path[DATA_PATH_BYTES];
    struct stat found;
    for (size_t i = 0; i < NAMES_COUNT; i++) {
        data_files_path(path, directory, names[i]);
        (void)remove(path);
    }
    if (stat(directory, &found) == 0 && found.st_uid == geteuid()) {
        (void)rmdir(directory);
    }
}

bool data_files_marked(const char *directory, const char *mark)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, mark);
    return access(path, F_OK) == 0;
}

int data_files_sync(const char *directory, struct store_error *error)
{
    int place = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int code = place >= 0 && fsync(place) == 0 ? STORE_OK : store_error_system(error, directory);
    if (place >= 0) {
        (void)close(place);
    }
    return code;
}

int data_files_mark(const char *directory, const char *mark, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, mark);
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || close(file) != 0) {
        return store_error_system(error, path);
    }
    return data_files_sync(directory, error);
}

int data_files_unmark(const char *directory, const char *mark, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, mark);
    (void)unlink(path);
    return data_files_sync(directory, error);
}

void data_files_undo(const char *directory, const char *mark)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, mark);
    data_files_remove(directory); // it would be taken for a whole one
    (void)unlink(path);
    data_files_remove(directory); // now it is empty
}

int data_files_give(const char *directory, struct store_error *error)
{
    struct stat owner;
    char path[DATA_PATH_BYTES];
    if (stat(directory, &owner) != 0) {
        return store_error_system(error, directory);
    }
    for (size_t i = 0; i < NAMES_COUNT && geteuid() == 0 && owner.st_uid != 0; i++) {
        data_files_path(path, directory, names[i]);
        if (lchown(path, owner.st_uid, owner.st_gid) != 0 && errno != ENOENT) {
            return store_error_system(error, path);
        }
    }
    return STORE_OK;
}
