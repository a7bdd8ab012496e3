// backup - a copy of the database while it serves, and the way back
//
// The state is copied before the journal, so that the journal is never behind it: what the state
// lacks is replayed at the first start. Both are read beside the writer, as `verify` reads them.
#include "daemon/backup.h"

#include "common/clock.h"
#include "daemon/backup_mark.h"
#include "daemon/crash.h"
#include "daemon/data_files.h"
#include "daemon/exit_status.h"
#include "daemon/ledger.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_BYTES_MAX = 64 };

// ---- The parts

static int state_take_copy(const char *from, const char *to, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, from, "state");
    struct state *state = state_open_read_only(path, error);
    if (state == NULL) {
        return error->code;
    }
    data_files_path(path, to, "state");
    int code = state_copy(state, path, error);
    state_close(state);
    return code;
}

static int journal_take_copy(const char *from, const char *to, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, from, "journal");
    struct journal *journal = journal_open_read_only(path, error);
    if (journal == NULL) {
        return error->code;
    }
    data_files_path(path, to, "journal");
    int code = journal_copy(journal, path, error);
    journal_close(journal);
    return code;
}

static int key_read(const char *path, char *key, size_t *size, struct store_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = file >= 0 ? read(file, key, KEY_BYTES_MAX) : -1;
    int code = count < 0 ? store_error_system(error, path) : STORE_OK;
    if (file >= 0) {
        (void)close(file);
    }
    *size = count > 0 ? (size_t)count : 0;
    return code;
}

static int key_take_copy(const char *from, const char *to, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    char key[KEY_BYTES_MAX];
    size_t size;
    data_files_path(path, from, "nonce.key");
    int code = key_read(path, key, &size, error);
    if (code != STORE_OK) {
        return code;
    }
    data_files_path(path, to, "nonce.key");
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = file >= 0 && write(file, key, size) == (ssize_t)size && fsync(file) == 0;
    code = good ? STORE_OK : store_error_system(error, path);
    if (file >= 0) {
        (void)close(file);
    }
    return code;
}

static int parts_copy(const char *from, const char *to, struct store_error *error)
{
    int code = state_take_copy(from, to, error);
    if (code == STORE_OK) {
        code = journal_take_copy(from, to, error);
    }
    if (code == STORE_OK) {
        code = key_take_copy(from, to, error);
    }
    return code == STORE_OK ? data_files_sync(to, error) : code;
}

// ---- Out

// What a file system has at its top when it is new is nothing.
static bool name_counts(const char *name)
{
    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcmp(name, "lost+found") != 0;
}

static bool directory_empty(const char *path)
{
    DIR *directory = opendir(path);
    const struct dirent *found = NULL;
    if (directory == NULL) {
        return false;
    }
    do {
        found = readdir(directory);
    } while (found != NULL && !name_counts(found->d_name));
    (void)closedir(directory);
    return found == NULL;
}

// An empty directory is as good as none, and is taken as it is: a disk may be mounted there, or
// what lies above it be somebody else's.
static int target_make(const char *path, struct store_error *error)
{
    if (mkdir(path, 0700) == 0) {
        return STORE_OK;
    }
    if (errno == EEXIST) {
        if (directory_empty(path)) {
            return STORE_OK;
        }
        return store_error_set(error, STORE_EXISTS, path,
                               "已经存在且不是空目录，不会被覆盖；请另选目录，或先移走。 "
                               "is there already and not empty, and is not overwritten: choose "
                               "another directory, or move it away first.");
    }
    return store_error_system(error, path);
}

// Whoever watches over the database is told by a file in it; without that the copy is as good.
static void mark_leave(const char *data_directory, uint64_t entry)
{
    const struct backup_mark mark = {.moment_ms = clock_wall_ms(), .entry = entry};
    if (!backup_mark_write(data_directory, &mark)) {
        (void)fprintf(stderr,
                      "awardd backup: %s/backup.last: %s\n备份已完成，但无法记下时间 / the copy is "
                      "made, but its time could not be noted\n",
                      data_directory, strerror(errno));
    }
}

// Says, and leaves behind, how far the copy goes.
static int copy_tell(const char *data_directory, const char *directory, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, "journal");
    struct journal *journal = journal_open_read_only(path, error);
    if (journal == NULL) {
        return error->code;
    }
    (void)printf("%s entry=%" PRIu64 " chain=", directory, journal_last(journal));
    for (size_t i = 0; i < CHAIN_BYTES; i++) {
        (void)printf("%02x", journal_chain(journal)[i]);
    }
    (void)printf("\n");
    mark_leave(data_directory, journal_last(journal));
    journal_close(journal);
    return STORE_OK;
}

static int copy_make(const char *data_directory, const char *target, struct store_error *error)
{
    int code = parts_copy(data_directory, target, error);
    if (code == STORE_OK) {
        code = copy_tell(data_directory, target, error);
    }
    if (code != STORE_OK) {
        data_files_remove(target);
    }
    return code;
}

static int ended(const char *what, int code, const struct store_error *error)
{
    if (code != STORE_OK) {
        (void)fprintf(stderr, "awardd %s: %s\n", what, error->text);
    }
    return code == STORE_OK ? 0 : EXIT_STATUS_STORAGE;
}

int backup_run(const char *data_directory, const char *target)
{
    struct store_error error;
    crash_explain();
    int code = target_make(target, &error);
    if (code == STORE_OK) {
        code = copy_make(data_directory, target, &error);
    }
    return ended("backup", code, &error);
}

// ---- Back

// Later than any epoch before, also than those of other restorations of the same copy: the
// milliseconds of now.
static uint64_t epoch_next(const struct ledger *ledger)
{
    uint64_t now_ms = (uint64_t)clock_wall_ms();
    return now_ms > ledger_epoch(ledger) ? now_ms : ledger_epoch(ledger) + 1;
}

static int epoch_begin(struct ledger *ledger, struct store_error *error)
{
    static char version[] = AWARD_VERSION;
    char host[256] = "";
    Award__DatabaseRestored restored = AWARD__DATABASE_RESTORED__INIT;
    Award__Event event = AWARD__EVENT__INIT;
    (void)gethostname(host, sizeof(host) - 1);
    restored.has_epoch = 1;
    restored.epoch = epoch_next(ledger);
    restored.has_entry = 1;
    restored.entry = journal_last(ledger_journal(ledger));
    restored.version = version;
    restored.host = host;
    event.body_case = AWARD__EVENT__BODY_DATABASE_RESTORED;
    event.database_restored = &restored;
    (void)ledger_submit_own(ledger, &event);
    int code = ledger_commit(ledger, error);
    if (code == STORE_OK) {
        code = ledger_write_state(ledger, error);
    }
    if (code == STORE_OK) {
        (void)printf("epoch=%" PRIu64 " restored_entry=%" PRIu64 "\n", restored.epoch,
                     restored.entry);
    }
    return code;
}

static int restored_open(const char *data_directory, struct store_error *error)
{
    struct ledger *ledger = ledger_open_restored(data_directory, error);
    int code = ledger != NULL ? epoch_begin(ledger, error) : error->code;
    ledger_close(ledger);
    return code;
}

// As long as it lacks something, its new epoch above all, a mark keeps it from being served.
static int restored_make(const char *source, const char *data_directory, struct store_error *error)
{
    int code = data_files_mark(data_directory, DATA_BEING_RESTORED, error);
    if (code == STORE_OK) {
        code = parts_copy(source, data_directory, error);
    }
    if (code == STORE_OK) {
        code = restored_open(data_directory, error);
    }
    if (code == STORE_OK) {
        code = data_files_give(data_directory, error);
    }
    if (code == STORE_OK) {
        code = data_files_unmark(data_directory, DATA_BEING_RESTORED, error);
    }
    if (code != STORE_OK) {
        data_files_undo(data_directory, DATA_BEING_RESTORED);
    }
    return code;
}

int restore_run(const char *source, const char *data_directory)
{
    struct store_error error;
    crash_explain();
    int code = target_make(data_directory, &error);
    if (code == STORE_OK) {
        code = restored_make(source, data_directory, &error);
    }
    return ended("restore", code, &error);
}
