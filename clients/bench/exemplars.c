// exemplars - three cases that stand where most of a year's events concern them, and those events
#include "clients/bench/exemplars.h"

#include "clients/bench/office.h"
#include "rules/record.h"
#include "rules/view.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { RECORDS_MAX = 128, OF_FIVE = 5, IN_DEFENCE = 2, IN_PUBLICITY = 4 };

const char *const EXEMPLAR_REVIEWER_NAMES[EXEMPLAR_REVIEWERS] = {
    "reviewer-01", "reviewer-02", "reviewer-03", "reviewer-04", "reviewer-05", "reviewer-06",
    "reviewer-07", "reviewer-08", "reviewer-09", "reviewer-10", "reviewer-11", "reviewer-12",
};

// As exemplars.jsonl has them.
static const struct {
    const char *enterprise;
    const char *cycle;
} NAMES[EXEMPLARS] = {
    [EXEMPLAR_REVIEW] = {"9150011200000000R4", "2019"},
    [EXEMPLAR_DEFENCE] = {"9150011200000000DY", "2019"},
    [EXEMPLAR_PUBLICITY] = {"9150011200000000PX", "2018"},
};

const char *exemplar_enterprise(enum exemplar exemplar)
{
    return NAMES[exemplar].enterprise;
}

const char *exemplar_cycle(enum exemplar exemplar)
{
    return NAMES[exemplar].cycle;
}

// ---- Copies

static size_t first_of_five(enum exemplar exemplar)
{
    switch (exemplar) {
    case EXEMPLAR_REVIEW:
        return 0;
    case EXEMPLAR_DEFENCE:
        return IN_DEFENCE;
    case EXEMPLAR_PUBLICITY:
    case EXEMPLARS:
        break;
    }
    return IN_PUBLICITY;
}

static size_t count_of_five(enum exemplar exemplar)
{
    return exemplar == EXEMPLAR_PUBLICITY ? OF_FIVE - IN_PUBLICITY : IN_DEFENCE;
}

enum exemplar exemplar_of(size_t i)
{
    size_t place = i % OF_FIVE;
    if (place < IN_DEFENCE) {
        return EXEMPLAR_REVIEW;
    }
    return place < IN_PUBLICITY ? EXEMPLAR_DEFENCE : EXEMPLAR_PUBLICITY;
}

size_t exemplar_copies(enum exemplar exemplar, size_t cases)
{
    size_t rest = cases % OF_FIVE;
    size_t first = first_of_five(exemplar);
    size_t count = count_of_five(exemplar);
    size_t more = rest > first ? rest - first : 0;
    return cases / OF_FIVE * count + (more < count ? more : count);
}

size_t exemplar_copy(enum exemplar exemplar, size_t n)
{
    size_t count = count_of_five(exemplar);
    return n / count * OF_FIVE + first_of_five(exemplar) + n % count;
}

// ---- Records

// What is known of the records of one so far, by key.
struct collected {
    struct bytes keys[RECORDS_MAX];
    Award__Change *changes[RECORDS_MAX];
    size_t count;
};

static size_t collected_find(const struct collected *collected, struct bytes key)
{
    size_t i = 0;
    while (i < collected->count && view_key_compare(collected->keys[i], key) != 0) {
        i++;
    }
    return i;
}

static void change_collect(struct collected *collected, struct bytes key, bool removed,
                           Award__Change *change)
{
    size_t i = collected_find(collected, key);
    if (i == collected->count) {
        assert(i < RECORDS_MAX);
        collected->count++;
    }
    collected->keys[i] = key;
    collected->changes[i] = change;
    if (removed) {
        collected->count--;
        collected->keys[i] = collected->keys[collected->count];
        collected->changes[i] = collected->changes[collected->count];
    }
}

static bool key_names(struct bytes key, const char *enterprise)
{
    for (size_t at = 0; at + CREDIT_CODE_CHARACTERS <= key.size; at++) {
        if (memcmp(key.data + at, enterprise, CREDIT_CODE_CHARACTERS) == 0) {
            return true;
        }
    }
    return false;
}

static void changes_collect(struct collected all[EXEMPLARS], const Award__Decision *decision,
                            struct arena *arena)
{
    for (size_t i = 0; i < decision->n_changes; i++) {
        struct bytes key;
        struct bytes value;
        if (!record_fold(decision->changes[i], arena, &key, &value)) {
            continue;
        }
        for (size_t k = 0; k < EXEMPLARS; k++) {
            if (key_names(key, NAMES[k].enterprise)) {
                change_collect(&all[k], key, value.size == 0, decision->changes[i]);
            }
        }
    }
}

// ---- Events

// One of each kind is kept: the last.
static void event_keep(struct exemplars *exemplars, const Award__Event *event)
{
    switch ((int)event->body_case) {
    case AWARD__EVENT__BODY_CYCLE_OPENED:
        exemplars->cycle = event;
        break;
    case AWARD__EVENT__BODY_ENTERPRISE_REGISTERED:
        exemplars->registration = event;
        break;
    case AWARD__EVENT__BODY_APPLICATION_SUBMITTED:
        exemplars->application = event;
        break;
    case AWARD__EVENT__BODY_INDEPENDENT_SHEET:
        exemplars->sheet = event;
        break;
    case AWARD__EVENT__BODY_DEFENCE_SCORE:
        exemplars->score = event;
        break;
    case AWARD__EVENT__BODY_OBJECTION_FILED:
        exemplars->objection = event;
        break;
    default:
        break;
    }
}

static bool entries_read(struct journal *journal, struct arena *arena, struct exemplars *exemplars,
                         struct collected all[EXEMPLARS])
{
    for (uint64_t number = 1; number <= journal_last(journal); number++) {
        struct journal_entry stored;
        struct store_error error;
        if (journal_read(journal, number, arena, &stored, &error) != STORE_OK) {
            (void)fprintf(stderr, "award-bench: %s\n", error.text);
            return false;
        }
        const Award__Entry *entry = (const Award__Entry *)codec_unpack_trusted(
            &award__entry__descriptor, stored.bytes, arena);
        assert(entry != NULL);
        if (strcmp(entry->event->id != NULL ? entry->event->id : "", EXEMPLAR_COPY_ID) == 0) {
            break;
        }
        exemplars->recorded_ms = entry->recorded->ms;
        event_keep(exemplars, entry->event);
        // The last events of exemplars.jsonl are there to be copied; the cases are as before them.
        if (exemplars->objection == NULL) {
            changes_collect(all, entry->decision, arena);
        }
    }
    return true;
}

static bool complete(const struct exemplars *exemplars)
{
    bool records = true;
    for (size_t k = 0; k < EXEMPLARS; k++) {
        records = records && exemplars->records[k].count > 0;
    }
    return (records && exemplars->cycle != NULL && exemplars->registration != NULL &&
            exemplars->application != NULL && exemplars->sheet != NULL &&
            exemplars->score != NULL && exemplars->objection != NULL) ||
           bench_fail("日志中没有样例案件；请先提交 clients/bench/exemplars.jsonl。",
                      "The journal has no exemplars; push clients/bench/exemplars.jsonl first.");
}

bool exemplars_read(struct journal *journal, struct arena *arena, struct exemplars *exemplars)
{
    struct collected *all = arena_alloc(arena, EXEMPLARS * sizeof(*all));
    *exemplars = (struct exemplars){0};
    if (!entries_read(journal, arena, exemplars, all)) {
        return false;
    }
    for (size_t k = 0; k < EXEMPLARS; k++) {
        exemplars->records[k] = (struct exemplar_records){all[k].changes, all[k].count};
    }
    return complete(exemplars);
}
