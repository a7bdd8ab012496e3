// verify - whether journal and state are what they should be
//
// LMDB checks no pages: a flipped bit may go unnoticed or crash whoever reads it. So each entry's
// hash is computed, the fold is made anew in memory and compared with the state by the digest of
// all keys and values, and all of it happens in a child.
#include "daemon/verify.h"

#include "daemon/crash.h"
#include "daemon/data_files.h"
#include "daemon/exit_status.h"
#include "daemon/fold.h"
#include "daemon/ledger.h"
#include "daemon/nonce_key.h"
#include "daemon/progress.h"
#include "daemon/store/personal.h"
#include "rules/overlay.h"
#include "rules/record.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// STEP_ENTRIES: a look at the progress after each step.
enum { STEP_ENTRIES = 1000, FINDINGS_MAX = 1000 };

// What the child reads, for the parent that finds it crashed: both see it.
struct reading {
    enum { READING_JOURNAL, READING_ENTRY, READING_STATE, READING_ADDRESSES } what;
    uint64_t entry;
};

struct verification {
    struct journal *journal;
    struct state *state;
    struct overlay *fold;
    bool tail; // of the journal, that is not whole in the state
    struct arena *arena;
    uint64_t digest_every;
    unsigned findings;
    struct reading *reading;
};

static void finding(struct verification *v, const char *what, const char *why)
{
    v->findings++;
    if (v->findings <= FINDINGS_MAX) {
        (void)printf("发现问题 / finding: %s: %s\n", what, why);
    }
}

// Of a file that is damaged all over, so many are enough.
static bool enough(const struct verification *v)
{
    return v->findings >= FINDINGS_MAX;
}

static void digest_print(const struct view *view, const char *what, uint64_t entry)
{
    uint8_t digest[STATE_DIGEST_BYTES];
    (void)state_digest(view, digest);
    (void)printf("%s entry=%" PRIu64 " digest=", what, entry);
    for (size_t i = 0; i < sizeof(digest); i++) {
        (void)printf("%02x", digest[i]);
    }
    (void)printf("\n");
}

// Where the writing of the state was cut off, its tail is made again here as a start makes it.
static void put_in_fold(void *context, struct bytes key, struct bytes value)
{
    struct verification *v = context;
    overlay_put(v->fold, key, value);
    if (v->tail) {
        state_put(v->state, key, value);
    }
}

static void entry_check(struct verification *v, uint64_t number)
{
    struct journal_entry stored;
    struct store_error error;
    char name[64];
    (void)snprintf(name, sizeof(name), "entry %" PRIu64, number);
    if (journal_read(v->journal, number, v->arena, &stored, &error) != STORE_OK) {
        finding(v, name, error.text);
        return;
    }
    const Award__Entry *entry = (const Award__Entry *)codec_unpack_trusted(
        &award__entry__descriptor, stored.bytes, v->arena);
    if (entry == NULL || entry->number != number) {
        finding(v, name,
                "内容不是这一条日志，请从备份恢复 / its bytes are not the entry of that number; "
                "restore a backup");
    } else if (!fold_entry(entry, v->arena, NULL, put_in_fold, v)) {
        finding(
            v, name,
            "由更新的版本写入，或已损坏：请更新 awardd，或从备份恢复 / a newer version wrote it, "
            "or it is damaged; update awardd, or restore a backup");
    }
}

static void states_compare(struct verification *v)
{
    uint8_t fold[STATE_DIGEST_BYTES];
    uint8_t state[STATE_DIGEST_BYTES];
    *v->reading = (struct reading){.what = READING_STATE};
    (void)state_digest(overlay_view(v->fold), fold);
    (void)state_digest(state_view(v->state), state);
    if (memcmp(fold, state, sizeof(fold)) == 0) {
        return;
    }
    finding(
        v, "state",
        v->findings == 0
            ? "与日志的折叠不符，请运行 awardd rebuild / it is not the fold of the journal; run "
              "awardd rebuild"
            : "日志本身有问题，无从核对 / it cannot be held against a journal in which something "
              "is wrong");
}

// Folds the journal; compares with the state at the entry that the state stands at.
static void journal_check(struct verification *v)
{
    uint64_t last = journal_last(v->journal);
    uint64_t written = state_written_entry(v->state);
    uint64_t reached = state_reached_entry(v->state);
    struct progress progress;
    progress_begin(&progress, "awardd verify", last);
    if (reached > last) {
        finding(
            v, "state",
            "状态超出日志的末尾：如非有意换回较早的日志，日志已缺末尾，请从备份恢复 / it stands "
            "behind the end of the journal: unless an older journal was put there, the journal "
            "has lost its end; restore a backup");
    }
    for (uint64_t number = 1; number <= last && !enough(v); number++) {
        *v->reading = (struct reading){.what = READING_ENTRY, .entry = number};
        v->tail = number > written && number <= reached;
        entry_check(v, number);
        arena_reset(v->arena);
        if (v->digest_every > 0 && number % v->digest_every == 0) {
            digest_print(overlay_view(v->fold), "fold", number);
        }
        if (number == reached) {
            states_compare(v);
        }
        if (number % STEP_ENTRIES == 0) {
            progress_at(&progress, number);
        }
    }
    progress_end(&progress);
    *v->reading = (struct reading){.what = READING_STATE};
    digest_print(overlay_view(v->fold), "fold", last);
    digest_print(state_view(v->state), "state", reached);
}

static void damaged_record(void *context, struct bytes key)
{
    char name[DAMAGE_NAME_BYTES];
    damage_name(key, name);
    finding(context, name,
            "校验和不符，请运行 awardd rebuild / the checksum of this record does "
            "not fit; run awardd rebuild");
}

// ---- Beside the entries

// Whose address lies under the digest, by the fold; NULL where it is nobody's.
static const char *address_whose(const struct verification *v, const char *digest)
{
    const struct view *view = overlay_view(v->fold);
    struct bytes key = record_prefix(v->arena, AWARD__CHANGE__RECORD_PERSON, 0);
    struct bytes value;
    while (view->next(view, key, v->arena, &key, &value) == VIEW_FOUND &&
           key.data[0] == AWARD__CHANGE__RECORD_PERSON) {
        const Award__Person *person = (const Award__Person *)codec_unpack_trusted(
            &award__person__descriptor, value, v->arena);
        if (person != NULL && ledger_address_of(person, digest)) {
            return person->person;
        }
        key = view_key_after(key, v->arena);
    }
    return NULL;
}

static void damaged_address(void *context, const char *digest)
{
    struct verification *v = context;
    char name[DAMAGE_NAME_BYTES];
    const char *whose = address_whose(v, digest);
    (void)snprintf(name, sizeof(name), "address of %s", whose != NULL ? whose : digest);
    finding(v, name,
            "校验和不符，请重新登记这个地址，或从备份恢复 / its checksum does not fit; record the "
            "address anew, or restore a backup");
    arena_reset(v->arena);
}

static void addresses_check(struct verification *v)
{
    *v->reading = (struct reading){.what = READING_ADDRESSES};
    if (personal_check(journal_personal(v->journal), damaged_address, v) != STORE_OK) {
        finding(v, "addresses",
                "页面无法读取，请从备份恢复 / their pages cannot be read; restore a backup");
    }
}

// Pages that are free are known by lists; one that is damaged harms whoever writes next.
static void free_pages_check(struct verification *v)
{
    struct store_error error;
    *v->reading = (struct reading){.what = READING_JOURNAL};
    if (journal_check_free(v->journal, &error) != STORE_OK) {
        finding(v, "journal", error.text);
    }
    *v->reading = (struct reading){.what = READING_STATE};
    if (state_check_free(v->state, &error) != STORE_OK) {
        finding(v, "state", error.text);
    }
}

static void key_check(struct verification *v, const char *directory)
{
    struct store_error error;
    if (nonce_key_check(directory, &error) != STORE_OK) {
        finding(v, "nonce.key", error.text);
    }
}

static int verify_in_child(const char *directory, uint64_t digest_every, struct reading *reading)
{
    char path[DATA_PATH_BYTES];
    struct store_error error;
    struct verification v = {.digest_every = digest_every, .reading = reading};
    // The state first: beside a running awardd the journal is then the further one.
    *reading = (struct reading){.what = READING_STATE};
    data_files_path(path, directory, "state");
    v.state = state_open_read_only(path, &error);
    if (v.state == NULL) {
        (void)fprintf(stderr, "awardd verify: %s\n", error.text);
        return EXIT_STATUS_STORAGE;
    }
    *reading = (struct reading){.what = READING_JOURNAL};
    data_files_path(path, directory, "journal");
    v.journal = journal_open_read_only(path, &error);
    if (v.journal == NULL) {
        (void)fprintf(stderr, "awardd verify: %s\n", error.text);
        state_close(v.state);
        return EXIT_STATUS_STORAGE;
    }
    v.fold = overlay_create(NULL);
    v.arena = arena_create();
    journal_check(&v);
    if (state_check(v.state, damaged_record, &v) < 0) {
        finding(&v, "state",
                "页面顺序已乱，请运行 awardd rebuild / its pages are out of order; run "
                "awardd rebuild");
    }
    addresses_check(&v);
    free_pages_check(&v);
    key_check(&v, directory);
    if (enough(&v)) {
        (void)printf("其余从略 / the rest is left out\n");
    }
    (void)printf(v.findings == 0
                     ? "完好 / sound: 状态等于日志的折叠 / the state equals the fold of "
                       "the journal\n"
                     : "不完好 / not sound: %u\n",
                 v.findings);
    arena_destroy(v.arena);
    overlay_destroy(v.fold);
    state_close(v.state);
    journal_close(v.journal);
    return v.findings == 0 ? EXIT_SUCCESS : EXIT_STATUS_DIFFERENT;
}

// How a damaged file ends its reader; any other signal came from outside.
static bool signal_of_damage(int signal_number)
{
    return signal_number == SIGSEGV || signal_number == SIGBUS || signal_number == SIGABRT ||
           signal_number == SIGFPE || signal_number == SIGILL;
}

static int cut_off(int signal_number)
{
    (void)fprintf(
        stderr,
        "awardd verify: 未核对完即被信号 %d 结束，结论未知；内存不足时系统会这样做，请腾出"
        "内存后再运行\n"
        "               ended by signal %d before it was through, and nothing is known; "
        "the system does that where memory is short: make room and run it again\n",
        signal_number, signal_number);
    return EXIT_STATUS_STORAGE;
}

// The reader crashed: what it read then is damaged.
static void crash_print(const struct reading *reading, int signal_number)
{
    char name[64];
    switch (reading->what) {
    case READING_ENTRY:
        (void)snprintf(name, sizeof(name), "entry %" PRIu64, reading->entry);
        break;
    case READING_STATE:
        (void)snprintf(name, sizeof(name), "state");
        break;
    case READING_ADDRESSES:
        (void)snprintf(name, sizeof(name), "addresses");
        break;
    case READING_JOURNAL:
        (void)snprintf(name, sizeof(name), "journal");
        break;
    }
    (void)printf("发现问题 / finding: %s: 读取时进程崩溃（信号 %d），文件已损坏：%s / reading it "
                 "crashed (signal %d), the file is damaged: %s\n",
                 name, signal_number,
                 reading->what == READING_STATE ? "请运行 awardd rebuild" : "请从备份恢复",
                 signal_number,
                 reading->what == READING_STATE ? "run awardd rebuild" : "restore a backup");
}

int verify_run(const char *directory, uint64_t digest_every)
{
    struct reading *reading =
        mmap(NULL, sizeof(*reading), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (reading == MAP_FAILED) {
        perror("awardd verify");
        return EXIT_STATUS_STORAGE;
    }
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int status = verify_in_child(directory, digest_every, reading);
        (void)fflush(NULL);
        _exit(status);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("awardd verify");
        return EXIT_STATUS_STORAGE;
    }
    if (WIFSIGNALED(status) && !signal_of_damage(WTERMSIG(status))) {
        return cut_off(WTERMSIG(status));
    }
    if (WIFSIGNALED(status)) {
        crash_print(reading, WTERMSIG(status));
        return EXIT_STATUS_DIFFERENT;
    }
    return WEXITSTATUS(status);
}

// ---- Rebuilding

typedef int rebuild_step(struct ledger *ledger, uint64_t until, struct store_error *error);

static int journal_walk(struct ledger *ledger, const char *what, rebuild_step *step,
                        struct store_error *error)
{
    uint64_t last = journal_last(ledger_journal(ledger));
    struct progress progress;
    progress_begin(&progress, what, last);
    int code = STORE_OK;
    for (uint64_t done = 0; code == STORE_OK && done < last;) {
        done = last - done > STEP_ENTRIES ? done + STEP_ENTRIES : last;
        code = step(ledger, done, error);
        progress_at(&progress, done);
    }
    if (code == STORE_OK) {
        progress_end(&progress);
    }
    return code;
}

// The state is thrown away only when the journal is known to make another.
static int state_rebuild(struct ledger *ledger, struct store_error *error)
{
    int code = journal_walk(ledger, "awardd rebuild, 检查日志 / check", ledger_check, error);
    if (code == STORE_OK) {
        code = ledger_empty(ledger, error);
    }
    if (code == STORE_OK) {
        code = journal_walk(ledger, "awardd rebuild", ledger_replay, error);
    }
    return code == STORE_OK ? ledger_write_state(ledger, error) : code;
}

int rebuild_run(const char *directory)
{
    struct store_error error;
    crash_explain();
    struct ledger *ledger = ledger_open_unfolded(directory, &error);
    int code = ledger != NULL ? state_rebuild(ledger, &error) : error.code;
    if (code == STORE_OK) {
        digest_print(ledger_view(ledger), "state", journal_last(ledger_journal(ledger)));
    }
    ledger_close(ledger);
    if (code == STORE_OK) {
        code = data_files_give(directory, &error);
    }
    if (code != STORE_OK) {
        (void)fprintf(stderr, "awardd rebuild: %s\n", error.text);
    }
    return code == STORE_OK ? EXIT_SUCCESS : EXIT_STATUS_STORAGE;
}
