// personal - personal data beside the journal, where it can be erased
//
// A value is a checksum (as of the state), the salt, and the datum. Changes wait in a list; the
// last of a digest counts.
#include "daemon/store/personal_private.h"

#include "rules/view.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "personal";

enum { HEAD_BYTES = STORE_CHECKSUM_BYTES + PERSONAL_SALT_BYTES };

struct change {
    char digest[PERSONAL_DIGEST_BYTES];
    uint8_t salt[PERSONAL_SALT_BYTES];
    char *datum; // NULL: erased
};

struct personal {
    struct store_lmdb *store;
    MDB_dbi data;
    bool there; // the database is
    struct change *changes;
    size_t changes_count;
    size_t changes_room;
};

// ---- Salt and digest

void personal_salt(uint8_t salt[PERSONAL_SALT_BYTES])
{
    randombytes_buf(salt, PERSONAL_SALT_BYTES);
}

void personal_digest(const char *datum, const uint8_t salt[PERSONAL_SALT_BYTES],
                     char digest[PERSONAL_DIGEST_BYTES])
{
    uint8_t hash[(PERSONAL_DIGEST_BYTES - 1) / 2];
    int code = crypto_generichash(hash, sizeof(hash), (const uint8_t *)datum, strlen(datum), salt,
                                  PERSONAL_SALT_BYTES);
    assert(code == 0);
    (void)code;
    (void)sodium_bin2hex(digest, PERSONAL_DIGEST_BYTES, hash, sizeof(hash));
}

// ---- Opening

static int data_open(struct personal *personal, bool create)
{
    MDB_txn *txn = NULL;
    int code = mdb_txn_begin(personal->store->env, NULL, create ? 0 : MDB_RDONLY, &txn);
    if (code != 0) {
        return code;
    }
    code = mdb_dbi_open(txn, NAME, create ? MDB_CREATE : 0, &personal->data);
    if (code != 0) {
        mdb_txn_abort(txn);
        return code;
    }
    return mdb_txn_commit(txn); // the handle lives on
}

struct personal *personal_open(struct store_lmdb *store, struct store_error *error)
{
    struct personal *personal = memory_allocate(sizeof(*personal));
    personal->store = store;
    int code = data_open(personal, false);
    if (code == MDB_NOTFOUND && store->mode != STORE_READ) {
        code = data_open(personal, true);
    }
    personal->there = code == 0;
    if (code != 0 && code != MDB_NOTFOUND) {
        (void)store_lmdb_failed(store, code, error);
        personal_close(personal);
        return NULL;
    }
    return personal;
}

void personal_close(struct personal *personal)
{
    if (personal == NULL) {
        return;
    }
    personal_forget(personal);
    free(personal->changes);
    free(personal);
}

// ---- Changes

static void datum_free(char *datum)
{
    if (datum != NULL) {
        sodium_memzero(datum, strlen(datum));
        free(datum);
    }
}

void personal_forget(struct personal *personal)
{
    for (size_t i = 0; i < personal->changes_count; i++) {
        datum_free(personal->changes[i].datum);
    }
    personal->changes_count = 0;
}

static struct change *change_add(struct personal *personal, const char *digest)
{
    assert(personal->there && personal->store->mode != STORE_READ);
    assert(strlen(digest) == PERSONAL_DIGEST_BYTES - 1);
    if (personal->changes_count == personal->changes_room) {
        size_t room = personal->changes_room > 0 ? 2 * personal->changes_room : 16;
        struct change *grown = realloc(personal->changes, room * sizeof(*grown));
        if (grown == NULL) {
            abort();
        }
        personal->changes = grown;
        personal->changes_room = room;
    }
    struct change *change = &personal->changes[personal->changes_count++];
    memset(change, 0, sizeof(*change));
    memcpy(change->digest, digest, PERSONAL_DIGEST_BYTES);
    return change;
}

void personal_put(struct personal *personal, const char *digest,
                  const uint8_t salt[PERSONAL_SALT_BYTES], const char *datum)
{
    size_t size = strlen(datum) + 1;
    assert(size <= PERSONAL_DATUM_BYTES_MAX + 1);
    struct change *change = change_add(personal, digest);
    memcpy(change->salt, salt, PERSONAL_SALT_BYTES);
    change->datum = memory_allocate(size);
    memcpy(change->datum, datum, size);
}

void personal_erase(struct personal *personal, const char *digest)
{
    (void)change_add(personal, digest);
}

static struct bytes digest_key(const char *digest)
{
    return (struct bytes){(const uint8_t *)digest, strlen(digest)};
}

static int change_write(const struct personal *personal, MDB_txn *txn, const struct change *change)
{
    struct bytes digest = digest_key(change->digest);
    MDB_val key = store_lmdb_val(digest);
    if (change->datum == NULL) {
        int code = mdb_del(txn, personal->data, &key, NULL);
        return code == MDB_NOTFOUND ? 0 : code;
    }
    size_t size = strlen(change->datum);
    uint8_t memory[HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX];
    memcpy(memory + STORE_CHECKSUM_BYTES, change->salt, PERSONAL_SALT_BYTES);
    memcpy(memory + HEAD_BYTES, change->datum, size);
    struct bytes value = {memory + STORE_CHECKSUM_BYTES, PERSONAL_SALT_BYTES + size};
    store_number_write(memory, store_checksum(digest, value));
    MDB_val put = {.mv_size = HEAD_BYTES + size, .mv_data = memory};
    int code = mdb_put(txn, personal->data, &key, &put, 0);
    sodium_memzero(memory, sizeof(memory));
    return code;
}

int personal_write(const struct personal *personal, MDB_txn *txn)
{
    for (size_t i = 0; i < personal->changes_count; i++) {
        int code = change_write(personal, txn, &personal->changes[i]);
        if (code != 0) {
            return code;
        }
    }
    return 0;
}

// ---- Reading

static const struct change *change_find(const struct personal *personal, const char *digest)
{
    for (size_t i = personal->changes_count; i > 0; i--) {
        if (strcmp(personal->changes[i - 1].digest, digest) == 0) {
            return &personal->changes[i - 1];
        }
    }
    return NULL;
}

static bool stored_good(struct bytes digest, struct bytes stored)
{
    if (stored.size <= HEAD_BYTES || stored.size > HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX) {
        return false;
    }
    struct bytes value = {stored.data + STORE_CHECKSUM_BYTES, stored.size - STORE_CHECKSUM_BYTES};
    return store_number_read(stored.data) == store_checksum(digest, value);
}

// What is stored under the digest, into the memory; its size, 0 where it is not or is damaged.
static size_t stored_copy(const struct personal *personal, const char *digest,
                          uint8_t memory[HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX])
{
    MDB_txn *txn = NULL;
    if (!personal->there || store_lmdb_reader(personal->store, &txn, NULL) != STORE_OK) {
        return 0;
    }
    struct bytes name = digest_key(digest);
    MDB_val key = store_lmdb_val(name);
    MDB_val found = {0};
    size_t size = 0;
    if (mdb_get(txn, personal->data, &key, &found) == 0 &&
        stored_good(name, store_lmdb_bytes(found))) {
        size = found.mv_size;
        memcpy(memory, found.mv_data, size);
    }
    mdb_txn_abort(txn);
    return size;
}

bool personal_find(const struct personal *personal, const char *digest, struct arena *arena,
                   uint8_t salt[PERSONAL_SALT_BYTES], const char **datum)
{
    uint8_t memory[HEAD_BYTES + PERSONAL_DATUM_BYTES_MAX];
    const struct change *change = change_find(personal, digest);
    size_t size = change == NULL ? stored_copy(personal, digest, memory) : 0;
    if (change != NULL ? change->datum == NULL : size == 0) {
        return false;
    }
    if (salt != NULL) {
        memcpy(salt, change != NULL ? change->salt : memory + STORE_CHECKSUM_BYTES,
               PERSONAL_SALT_BYTES);
    }
    if (datum != NULL) {
        *datum = change != NULL ? arena_string(arena, change->datum)
                                : arena_format(arena, "%.*s", (int)(size - HEAD_BYTES),
                                               (const char *)memory + HEAD_BYTES);
    }
    return true;
}

// ---- Checking

static void stored_check(MDB_val key, MDB_val found,
                         void (*damaged)(void *context, const char *digest), void *context)
{
    char digest[PERSONAL_DIGEST_BYTES];
    struct bytes name = store_lmdb_bytes(key);
    if (name.size != sizeof(digest) - 1) {
        damaged(context, "?");
    } else if (!stored_good(name, store_lmdb_bytes(found))) {
        memcpy(digest, name.data, name.size);
        digest[name.size] = '\0';
        damaged(context, digest);
    }
}

int personal_check(const struct personal *personal,
                   void (*damaged)(void *context, const char *digest), void *context)
{
    MDB_txn *txn = NULL;
    MDB_cursor *cursor = NULL;
    MDB_val key;
    MDB_val found;
    if (!personal->there) {
        return STORE_OK;
    }
    if (store_lmdb_reader(personal->store, &txn, NULL) != STORE_OK) {
        return STORE_DAMAGED;
    }
    struct bytes last = {.data = NULL, .size = 0}; // it stays where it is while txn is open
    int code = mdb_cursor_open(txn, personal->data, &cursor);
    while (code == 0 && (code = mdb_cursor_get(cursor, &key, &found, MDB_NEXT)) == 0) {
        if (last.size > 0 && view_key_compare(store_lmdb_bytes(key), last) <= 0) {
            code = MDB_CORRUPTED; // pages that lead back: the walk would have no end
        } else {
            stored_check(key, found, damaged, context);
            last = store_lmdb_bytes(key);
        }
    }
    if (cursor != NULL) {
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    return code == MDB_NOTFOUND ? STORE_OK : STORE_DAMAGED;
}
