// year - what a measurement sends: events of a year, by those who send them
#include "clients/bench/year.h"

#include "clients/bench/cases.h"
#include "clients/bench/credit_codes.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum step { REGISTRATIONS, APPLICATIONS, SCORES, OBJECTIONS, STEPS };

// What one reviewer is to score: the copies of one exemplar from `next` on.
struct pile {
    enum exemplar exemplar;
    size_t reviewer;
    size_t next;
    size_t end;
};

enum {
    PILES = EXEMPLAR_TEAM + EXEMPLAR_REVIEWERS,
    OFFICE = 0,
    RUN_BYTES = 17,
    DISTRICT_CHARACTERS = 6,
    CYCLE_APPLICATIONS = 32, // 31 in chongqing-2018.jsonl
};

struct year {
    const struct exemplars *exemplars;
    size_t hot; // cases that have the objections
    struct pile piles[PILES];
    size_t pile;         // whose turn it is
    uint64_t registered; // number of the next new enterprise
    uint64_t events;
    uint64_t cycles;
    char run[RUN_BYTES]; // names the run, so that the ids of its events are its own
};

const char *year_sender(size_t sender)
{
    assert(sender < YEAR_SENDERS);
    return sender == OFFICE ? "office" : EXEMPLAR_REVIEWER_NAMES[sender - 1];
}

struct year *year_create(const struct exemplars *exemplars, size_t cases, size_t hot, size_t round,
                         size_t rounds)
{
    assert(round < rounds && hot <= cases);
    struct year *year = calloc(1, sizeof(*year));
    if (year == NULL) {
        abort(); // out of memory before anything has begun
    }
    year->exemplars = exemplars;
    year->hot = hot;
    for (size_t i = 0; i < PILES; i++) {
        bool team = i < EXEMPLAR_TEAM;
        struct pile *pile = &year->piles[i];
        pile->exemplar = team ? EXEMPLAR_REVIEW : EXEMPLAR_DEFENCE;
        pile->reviewer = team ? i : i - EXEMPLAR_TEAM;
        size_t copies = exemplar_copies(pile->exemplar, cases);
        pile->next = copies * round / rounds;
        pile->end = copies * (round + 1) / rounds;
    }
    uint64_t run;
    randombytes_buf(&run, sizeof(run));
    (void)snprintf(year->run, sizeof(year->run), "%016" PRIx64, run);
    year->registered = run;
    return year;
}

void year_destroy(struct year *year)
{
    free(year);
}

// ---- Events: the exemplars' own with other names. The rest of them is shared, and not changed.

#define BODY_COPY(arena, body) arena_copy((arena), (body), sizeof(*(body)))

static Award__Event *event_make(struct year *year, const Award__Event *exemplar,
                                struct arena *arena)
{
    Award__Event *event = BODY_COPY(arena, exemplar);
    event->principal = NULL; // the key says whose it is
    event->id = arena_format(arena, "%s-%" PRIu64, year->run, ++year->events);
    return event;
}

static char *new_enterprise(uint64_t number, struct arena *arena)
{
    char code[CREDIT_CODE_CHARACTERS + 1];
    credit_code_of(CREDIT_CODES_NEW, number, code);
    return arena_string(arena, code);
}

static Award__Event *cycle_opening(struct year *year, const char *name, struct arena *arena)
{
    Award__Event *event = event_make(year, year->exemplars->cycle, arena);
    Award__CycleOpened *body = BODY_COPY(arena, event->cycle_opened);
    body->cycle = arena_string(arena, name);
    event->cycle_opened = body;
    return event;
}

static Award__Event *registration(struct year *year, uint64_t number, struct arena *arena)
{
    Award__Event *event = event_make(year, year->exemplars->registration, arena);
    Award__EnterpriseRegistered *body = BODY_COPY(arena, event->enterprise_registered);
    body->enterprise = new_enterprise(number, arena);
    body->region = arena_string(arena, credit_codes_district(CREDIT_CODES_NEW));
    body->region[DISTRICT_CHARACTERS] = '\0';
    body->district = body->region;
    event->enterprise_registered = body;
    return event;
}

// The office's clock stands where the exemplars left it.
static Award__Moment *now_make(const struct year *year, struct arena *arena)
{
    Award__Moment *moment = arena_alloc(arena, sizeof(*moment));
    award__moment__init(moment);
    moment->has_ms = 1;
    moment->ms = year->exemplars->recorded_ms;
    return moment;
}

static Award__Event *application(struct year *year, const char *cycle, uint64_t number,
                                 struct arena *arena)
{
    Award__Event *event = event_make(year, year->exemplars->application, arena);
    Award__ApplicationSubmitted *body = BODY_COPY(arena, event->application_submitted);
    body->enterprise = new_enterprise(number, arena);
    body->cycle = arena_string(arena, cycle);
    body->electronic_receipt = now_make(year, arena);
    body->paper_receipt = body->electronic_receipt;
    event->application_submitted = body;
    return event;
}

static Award__Event *score(struct year *year, struct pile *pile, struct arena *arena)
{
    char *name = case_name(exemplar_copy(pile->exemplar, pile->next++), arena);
    if (pile->exemplar == EXEMPLAR_REVIEW) {
        Award__Event *event = event_make(year, year->exemplars->sheet, arena);
        event->independent_sheet = BODY_COPY(arena, event->independent_sheet);
        event->independent_sheet->case_ = name;
        return event;
    }
    Award__Event *event = event_make(year, year->exemplars->score, arena);
    event->defence_score = BODY_COPY(arena, event->defence_score);
    event->defence_score->case_ = name;
    return event;
}

static Award__Event *objection(struct year *year, struct arena *arena)
{
    size_t copies = exemplar_copies(EXEMPLAR_PUBLICITY, year->hot);
    size_t any = randombytes_uniform((uint32_t)copies);
    Award__Event *event = event_make(year, year->exemplars->objection, arena);
    Award__ObjectionFiled *body = BODY_COPY(arena, event->objection_filed);
    body->objection = event->id;
    body->case_ = case_name(exemplar_copy(EXEMPLAR_PUBLICITY, any), arena);
    event->objection_filed = body;
    return event;
}

// ---- Messages

static struct pile *pile_next(struct year *year)
{
    for (size_t i = 0; i < PILES; i++) {
        struct pile *pile = &year->piles[year->pile];
        year->pile = (year->pile + 1) % PILES;
        if (pile->next < pile->end) {
            return pile;
        }
    }
    return NULL;
}

static size_t scores_next(struct year *year, size_t most, struct arena *arena,
                          Award__Event **events, size_t *sender)
{
    struct pile *pile = pile_next(year);
    size_t count = 0;
    while (pile != NULL && count < most && pile->next < pile->end) {
        *sender = 1 + pile->reviewer;
        events[count++] = score(year, pile, arena);
    }
    return count;
}

static size_t registrations_next(struct year *year, struct year_client *client, size_t most,
                                 struct arena *arena, Award__Event **events)
{
    client->registered = year->registered;
    client->registered_count = most;
    year->registered += most;
    for (size_t i = 0; i < most; i++) {
        events[i] = registration(year, client->registered + i, arena);
    }
    return most;
}

// Those of the enterprises just registered. Where the client's cycle does not take so many, another
// is opened first, in the same message.
static size_t applications_next(struct year *year, struct year_client *client, struct arena *arena,
                                Award__Event **events)
{
    size_t count = 0;
    size_t applications = client->registered_count;
    if (client->applications < applications) {
        (void)snprintf(client->cycle, sizeof(client->cycle), "%.8s-%" PRIu64, year->run,
                       ++year->cycles);
        client->applications =
            applications > CYCLE_APPLICATIONS ? applications : CYCLE_APPLICATIONS;
        events[count++] = cycle_opening(year, client->cycle, arena);
    }
    client->applications -= applications;
    for (size_t i = 0; i < applications; i++) {
        events[count++] = application(year, client->cycle, client->registered + i, arena);
    }
    return count;
}

static size_t objections_next(struct year *year, size_t most, struct arena *arena,
                              Award__Event **events)
{
    for (size_t i = 0; i < most; i++) {
        events[i] = objection(year, arena);
    }
    return most;
}

size_t year_next(struct year *year, struct year_client *client, size_t most, struct arena *arena,
                 Award__Event **events, size_t *sender)
{
    enum step step = (enum step)(client->step++ % STEPS);
    *sender = OFFICE;
    switch (step) {
    case REGISTRATIONS:
        return registrations_next(year, client, most, arena, events);
    case APPLICATIONS:
        return applications_next(year, client, arena, events);
    case SCORES:
        return scores_next(year, most, arena, events, sender);
    case OBJECTIONS:
    case STEPS:
        break;
    }
    return objections_next(year, most, arena, events);
}
