// cases - as many cases as wanted, as an office would have them after many years
//
// Codes of enterprises are all of one length, so a copy is the packed decision of an exemplar with
// other characters in the same places.
#include "clients/bench/cases.h"

#include "clients/bench/credit_codes.h"
#include "clients/bench/exemplars.h"
#include "common/limits.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { SCHEMA = 1, PLACES_MAX = 512, GROUP = LIMIT_GROUP_EVENTS };

// A packed decision, and where in it the enterprise's code stands.
struct template
{
    struct bytes bytes;
    size_t places[PLACES_MAX];
    size_t count;
};

struct making {
    struct journal *journal;
    struct arena *arena; // of a group
    struct exemplars exemplars;
    struct template templates[EXEMPLARS];
    size_t made;
};

char *case_name(size_t i, struct arena *arena)
{
    char code[CREDIT_CODE_CHARACTERS + 1];
    credit_code_of(CREDIT_CODES_PREPARED, i, code);
    return arena_format(arena, "%s/%s/1", exemplar_cycle(exemplar_of(i)), code);
}

// ---- Templates

static void template_make(struct template *template, enum exemplar exemplar,
                          const struct exemplar_records *records, struct arena *arena)
{
    static char article[] = "policy";
    char *concern =
        arena_format(arena, "%s/%s/1", exemplar_cycle(exemplar), exemplar_enterprise(exemplar));
    Award__Decision decision;
    award__decision__init(&decision);
    decision.has_outcome = 1;
    decision.outcome = AWARD__OUTCOME__NAME__accepted;
    decision.article = article;
    decision.n_changes = records->count;
    decision.changes = records->changes;
    decision.n_concerns = 1;
    decision.concerns = &concern;
    Award__Entry entry;
    award__entry__init(&entry);
    entry.decision = &decision;
    template->bytes = codec_pack(&entry.base, arena);
    for (size_t at = 0; at + CREDIT_CODE_CHARACTERS <= template->bytes.size; at++) {
        if (memcmp(template->bytes.data + at, exemplar_enterprise(exemplar),
                   CREDIT_CODE_CHARACTERS) == 0) {
            assert(template->count < PLACES_MAX);
            template->places[template->count++] = at;
        }
    }
}

static void case_templates_make(struct making *making, struct arena *arena)
{
    for (enum exemplar k = 0; k < EXEMPLARS; k++) {
        template_make(&making->templates[k], k, &making->exemplars.records[k], arena);
    }
}

static void enterprise_templates_make(struct making *making, struct arena *arena)
{
    for (enum exemplar k = 0; k < EXEMPLARS; k++) {
        const struct exemplar_records *all = &making->exemplars.records[k];
        struct exemplar_records enterprise = {.count = 1};
        for (size_t i = 0; i < all->count; i++) {
            if (all->changes[i]->record_case == AWARD__CHANGE__RECORD_ENTERPRISE) {
                enterprise.changes = &all->changes[i];
            }
        }
        assert(enterprise.changes != NULL);
        template_make(&making->templates[k], k, &enterprise, arena);
    }
}

// ---- Entries

static struct bytes head_make(const struct making *making, uint64_t number)
{
    static char principal[] = "coordinator";
    static char id[] = EXEMPLAR_COPY_ID;
    static char nothing[] = "";
    Award__Moment recorded;
    award__moment__init(&recorded);
    recorded.has_ms = 1;
    recorded.ms = making->exemplars.recorded_ms;
    Award__DeadlinesRecomputed body;
    award__deadlines_recomputed__init(&body);
    body.after = nothing;
    body.due = &recorded;
    Award__Event event;
    award__event__init(&event);
    event.principal = principal;
    event.id = id;
    event.body_case = AWARD__EVENT__BODY_DEADLINES_RECOMPUTED;
    event.deadlines_recomputed = &body;
    Award__Entry entry;
    award__entry__init(&entry);
    entry.has_number = 1;
    entry.number = number;
    entry.has_schema = 1;
    entry.schema = SCHEMA;
    entry.recorded = &recorded;
    entry.event = &event;
    return codec_pack(&entry.base, making->arena);
}

// Packed messages behind each other are one message with the fields of both.
static struct bytes entry_make(struct making *making, uint64_t number)
{
    const struct template *template = &making->templates[exemplar_of(making->made)];
    struct bytes head = head_make(making, number);
    uint8_t *bytes = arena_alloc(making->arena, head.size + template->bytes.size);
    memcpy(bytes, head.data, head.size);
    memcpy(bytes + head.size, template->bytes.data, template->bytes.size);
    char code[CREDIT_CODE_CHARACTERS + 1];
    credit_code_of(CREDIT_CODES_PREPARED, making->made, code);
    for (size_t i = 0; i < template->count; i++) {
        memcpy(bytes + head.size + template->places[i], code, CREDIT_CODE_CHARACTERS);
    }
    making->made++;
    return (struct bytes){bytes, head.size + template->bytes.size};
}

static int group_append(struct making *making, size_t count, struct store_error *error)
{
    struct journal_entry entries[GROUP];
    size_t size = count - making->made < GROUP ? count - making->made : GROUP;
    for (size_t i = 0; i < size; i++) {
        entries[i].number = journal_last(making->journal) + 1 + i;
        entries[i].bytes = entry_make(making, entries[i].number);
    }
    int code = journal_append(making->journal, entries, size, error);
    arena_reset(making->arena);
    return code;
}

static bool all_append(struct making *making, size_t count)
{
    struct store_error error;
    int code = STORE_OK;
    bench_progress("案件 / cases", 0, count);
    while (code == STORE_OK && making->made < count) {
        code = group_append(making, count, &error);
        bench_progress("案件 / cases", making->made, count);
    }
    if (code != STORE_OK) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
    }
    return code == STORE_OK;
}

static bool copies_make(const struct bench_office *office, size_t count,
                        void (*templates_make)(struct making *making, struct arena *arena))
{
    struct store_error error;
    struct making making = {.journal = journal_open(bench_office_journal(office), false, &error)};
    if (making.journal == NULL) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        return false;
    }
    making.arena = arena_create();
    bool good = exemplars_read(making.journal, office->arena, &making.exemplars);
    if (good) {
        templates_make(&making, office->arena);
        good = all_append(&making, count);
    }
    journal_close(making.journal);
    arena_destroy(making.arena);
    return good;
}

bool cases_make(const struct bench_office *office, size_t count)
{
    return copies_make(office, count, case_templates_make);
}

bool enterprises_make(const struct bench_office *office, size_t count)
{
    return copies_make(office, count, enterprise_templates_make);
}
