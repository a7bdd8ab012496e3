// ledger_create - making a database, whole or not at all
//
// While it is made a mark lies in its directory. What fails is removed with the mark; a making that
// was cut off leaves it, so that nothing is served from there and the next making begins anew.
#include "daemon/ledger_private.h"

#include "common/clock.h"
#include "common/time.h"
#include "daemon/data_files.h"
#include "daemon/store/store_lock.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static Award__Event *genesis_event(struct ledger *ledger, const Award__Genesis *genesis)
{
    Award__Event *event = arena_alloc(ledger->group.arena, sizeof(*event));
    award__event__init(event);
    event->body_case = AWARD__EVENT__BODY_DATABASE_CREATED;
    event->database_created = arena_alloc(ledger->group.arena, sizeof(*event->database_created));
    award__database_created__init(event->database_created);
    event->database_created->genesis =
        (Award__Genesis *)codec_copy(&genesis->base, ledger->group.arena);
    event->database_created->has_epoch = 1;
    event->database_created->epoch = 1;
    return event;
}

static int genesis_wrong(const char *zh, const char *en, struct store_error *error)
{
    return store_error_set(error, STORE_FORMAT, "genesis",
                           "创始文件未获准：%s The genesis was rejected: %s", zh, en);
}

// Submits the genesis to an empty database and writes all of it to disk.
static int genesis_enter(struct ledger *ledger, const Award__Genesis *genesis,
                         struct store_error *error)
{
    const char *zh;
    const char *en;
    if (books_genesis_wrong(genesis, ledger->group.arena, &zh, &en)) {
        return genesis_wrong(zh, en, error);
    }
    ledger->rehearsal = genesis->manual_clock != 0;
    if (ledger->rehearsal) {
        bool begins = genesis->start != NULL && moment_valid(genesis->start->ms);
        ledger->recorded_ms = begins ? genesis->start->ms : clock_wall_ms();
    }
    const Award__Answer *answer = ledger_submit_own(ledger, genesis_event(ledger, genesis));
    if (answer->outcome != AWARD__OUTCOME__NAME__accepted) {
        return genesis_wrong(answer->reasons[0]->zh, answer->reasons[0]->en, error);
    }
    int code = ledger_commit(ledger, error);
    return code == STORE_OK ? ledger_write_state(ledger, error) : code;
}

static int there_already(const char *directory, struct store_error *error)
{
    return store_error_set(error, STORE_EXISTS, directory,
                           "中已有数据库，不会被覆盖；请另选目录。 "
                           "holds a database already, which is not overwritten: choose another "
                           "directory.");
}

// A making that was cut off, by a kill or a power cut, has left the mark. Its files are removed
// under the lock of the journal; whoever ends his making takes the mark away before the lock.
static int place_clear(const char *directory, struct store_error *error)
{
    char path[DATA_PATH_BYTES];
    if (!data_files_marked(directory, DATA_BEING_MADE)) {
        return data_files_there(directory) ? there_already(directory, error) : STORE_OK;
    }
    data_files_path(path, directory, "journal/journal.lock");
    int lock = store_lock_take(path, error);
    if (lock == STORE_LOCKED) {
        return STORE_LOCKED;
    }
    bool dead = data_files_marked(directory, DATA_BEING_MADE);
    if (dead) {
        data_files_remove(directory);
    }
    if (lock >= 0) {
        (void)close(lock);
    }
    return dead ? STORE_OK : there_already(directory, error);
}

static int database_make(const char *directory, const Award__Genesis *genesis,
                         struct store_error *error)
{
    struct ledger *ledger = ledger_begin(directory, OPENING_CREATES, error);
    int code = ledger != NULL ? genesis_enter(ledger, genesis, error) : error->code;
    if (code == STORE_OK) {
        code = data_files_unmark(directory, DATA_BEING_MADE, error);
    }
    ledger_close(ledger);
    bool half = code != STORE_OK && code != STORE_LOCKED && code != STORE_EXISTS; // not another's
    if (half) {
        data_files_undo(directory, DATA_BEING_MADE);
    }
    return code;
}

int ledger_create(const char *directory, const Award__Genesis *genesis, struct store_error *error)
{
    if (mkdir(directory, 0700) != 0 && errno != EEXIST) {
        return store_error_system(error, directory);
    }
    int code = place_clear(directory, error);
    if (code == STORE_OK) {
        code = data_files_mark(directory, DATA_BEING_MADE, error);
    }
    return code == STORE_OK ? database_make(directory, genesis, error) : code;
}
