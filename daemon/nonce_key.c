// nonce_key - a file of random bytes
#include "daemon/nonce_key.h"

#include "daemon/data_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

static int key_make(int file, const char *path, uint8_t key[NONCE_KEY_BYTES],
                    struct store_error *error)
{
    errno = ENOSPC; // where fewer bytes were written than asked
    randombytes_buf(key, NONCE_KEY_BYTES);
    return write(file, key, NONCE_KEY_BYTES) == NONCE_KEY_BYTES && fsync(file) == 0
               ? STORE_OK
               : store_error_system(error, path);
}

// A file that is empty was made by a start that was cut off.
static int key_read(int file, const char *path, uint8_t key[NONCE_KEY_BYTES],
                    struct store_error *error)
{
    uint8_t memory[NONCE_KEY_BYTES + 1];
    ssize_t size = read(file, memory, sizeof(memory));
    if (size < 0) {
        return store_error_system(error, path);
    }
    if (size == 0) {
        return STORE_ABSENT;
    }
    if (size != NONCE_KEY_BYTES) {
        return store_error_set(
            error, STORE_DAMAGED, path,
            "大小不对，应为 %d 字节；请从备份恢复它，没有备份则移走，启动时会新做"
            "一把。 has not its %d bytes: restore it from a backup; without one "
            "move it away, and the next start makes another.",
            NONCE_KEY_BYTES, NONCE_KEY_BYTES);
    }
    memcpy(key, memory, NONCE_KEY_BYTES);
    return STORE_OK;
}

int nonce_key_load(const char *directory, uint8_t key[NONCE_KEY_BYTES], struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    data_files_path(path, directory, "nonce.key");
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return store_error_system(error, path);
    }
    int code = key_read(file, path, key, error);
    if (code == STORE_ABSENT) {
        code = key_make(file, path, key, error);
    }
    (void)close(file);
    return code;
}

int nonce_key_check(const char *directory, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    uint8_t key[NONCE_KEY_BYTES];
    data_files_path(path, directory, "nonce.key");
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int code = file < 0 ? STORE_ABSENT : key_read(file, path, key, error);
    if (file >= 0) {
        (void)close(file);
    }
    return code != STORE_ABSENT
               ? code
               : store_error_set(error, STORE_ABSENT, path,
                                 "没有或读不到；请从备份恢复。 is not there or cannot be read: "
                                 "restore it from a backup.");
}
