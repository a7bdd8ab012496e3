// deciding_speed - how many decisions the rules make in a second, from memory, on one processor
#include "clients/bench/deciding_speed.h"

#include "clients/bench/allocations.h"
#include "clients/bench/exemplars.h"
#include "clients/bench/figures.h"
#include "common/clock.h"
#include "daemon/books.h"
#include "daemon/fold.h"
#include "daemon/store/journal.h"
#include "rules/events.h"
#include "rules/overlay.h"
#include "rules/record.h"
#include "rules/rules.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { WARM = 20, TIMES = 200, FIELDS_MAX = 256 };

struct kind {
    uint64_t decisions;
    uint64_t elapsed_ns;
    uint64_t allocations;
    uint64_t arena_bytes;
};

struct measuring {
    struct journal *journal;
    struct overlay *state;
    struct books *books;
    struct arena *entry_arena; // of an entry and its fold
    struct arena *arena;       // of a decision
    struct kind kinds[FIELDS_MAX];
    struct kind all;
};

// Of this thread alone: what others do on the processors meanwhile does not count.
static uint64_t cpu_now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

// ---- One event

static const Award__Principal *sender_of(struct measuring *measuring, const Award__Event *event)
{
    static char coordinator[] = "coordinator";
    if (strcmp(event->principal, coordinator) == 0) {
        Award__Principal *self = arena_alloc(measuring->entry_arena, sizeof(*self));
        award__principal__init(self);
        self->name = coordinator;
        self->has_role = 1;
        self->role = AWARD__ROLE__NAME__coordinator;
        return self;
    }
    const struct view *view = overlay_view(measuring->state);
    struct bytes value;
    struct bytes key =
        record_key(measuring->entry_arena, AWARD__CHANGE__RECORD_PRINCIPAL, event->principal);
    if (view->get(view, key, measuring->entry_arena, &value) != VIEW_FOUND) {
        return NULL;
    }
    return (const Award__Principal *)codec_unpack_trusted(&award__principal__descriptor, value,
                                                          measuring->entry_arena);
}

static void kind_add(struct kind *kind, uint64_t elapsed_ns, uint64_t allocations, size_t bytes)
{
    kind->decisions += TIMES;
    kind->elapsed_ns += elapsed_ns;
    kind->allocations += allocations;
    kind->arena_bytes += bytes * TIMES;
}

static bool outcome_check(const Award__Entry *entry, const Award__Decision *decision)
{
    if (decision->outcome == entry->decision->outcome &&
        decision->n_changes == entry->decision->n_changes) {
        return true;
    }
    (void)fprintf(stderr,
                  "award-bench: 第 %" PRIu64 " 条日志的决定与记录不符 / entry %" PRIu64
                  " is decided otherwise than it is on record: %s\n",
                  entry->number, entry->number,
                  decision->n_reasons > 0 ? decision->reasons[0]->en : "");
    return false;
}

static bool event_measure(struct measuring *measuring, const Award__Entry *entry,
                          const struct rules_input *input)
{
    bool good = true;
    for (size_t i = 0; good && i < WARM; i++) {
        arena_reset(measuring->arena);
        good = outcome_check(entry, rules_decide(input, measuring->arena));
    }
    size_t bytes = arena_bytes(measuring->arena);
    uint64_t allocations = allocations_count();
    uint64_t begin_ns = cpu_now_ns();
    for (size_t i = 0; good && i < TIMES; i++) {
        arena_reset(measuring->arena);
        (void)rules_decide(input, measuring->arena);
    }
    uint64_t elapsed_ns = cpu_now_ns() - begin_ns;
    allocations = allocations_count() - allocations;
    assert((unsigned)entry->event->body_case < FIELDS_MAX);
    kind_add(&measuring->kinds[entry->event->body_case], elapsed_ns, allocations, bytes);
    kind_add(&measuring->all, elapsed_ns, allocations, bytes);
    return good;
}

// ---- The journal

static void put_in_state(void *context, struct bytes key, struct bytes value)
{
    overlay_put(context, key, value);
}

// Left out are the genesis, which meets no state, copies of exemplars, which nobody decided, and a
// correction, which needs the journal.
static bool entry_measure(struct measuring *measuring, const Award__Entry *entry)
{
    const Award__Event *event = entry->event;
    const struct view *view = overlay_view(measuring->state);
    if (event->body_case == AWARD__EVENT__BODY_DATABASE_CREATED ||
        strcmp(event->id, EXEMPLAR_COPY_ID) == 0 ||
        rules_corrects(event, view, measuring->entry_arena) != NULL) {
        return true;
    }
    struct rules_input input = {
        .view = view,
        .event = event,
        .sender = sender_of(measuring, event),
        .now_ms = entry->recorded->ms,
        .calendar = books_calendar(measuring->books),
        .policy = books_policy(measuring->books),
        .rulebook = books_rulebook,
        .rulebook_context = measuring->books,
    };
    assert(input.sender != NULL);
    return event_measure(measuring, entry, &input);
}

static bool entry_fold(struct measuring *measuring, const Award__Entry *entry)
{
    return fold_entry(entry, measuring->entry_arena, NULL, put_in_state, measuring->state) &&
           (!books_concerned(entry->event) ||
            books_refresh(measuring->books, overlay_view(measuring->state)));
}

static bool journal_measure(struct measuring *measuring)
{
    uint64_t last = journal_last(measuring->journal);
    bool good = true;
    bench_progress("日志 / entries", 0, last);
    for (uint64_t number = 1; good && number <= last; number++) {
        struct journal_entry stored;
        struct store_error error;
        if (journal_read(measuring->journal, number, measuring->entry_arena, &stored, &error) !=
            STORE_OK) {
            (void)fprintf(stderr, "award-bench: %s\n", error.text);
            return false;
        }
        const Award__Entry *entry = (const Award__Entry *)codec_unpack_trusted(
            &award__entry__descriptor, stored.bytes, measuring->entry_arena);
        assert(entry != NULL);
        good = entry_measure(measuring, entry) && entry_fold(measuring, entry);
        arena_reset(measuring->entry_arena);
        bench_progress("日志 / entries", number, last);
    }
    return good;
}

// ---- Printing

static void kind_print(const char *name, const struct kind *kind)
{
    char whole[FIGURE_NAME_BYTES];
    figure_rate_print(name, kind->decisions, kind->elapsed_ns);
    (void)snprintf(whole, sizeof(whole), "%s_allocations", name);
    figure_print(whole, (kind->allocations * 1000 + kind->decisions - 1) / kind->decisions,
                 "per mille");
    (void)snprintf(whole, sizeof(whole), "%s_arena", name);
    figure_print(whole, kind->arena_bytes / kind->decisions, "bytes");
    (void)snprintf(whole, sizeof(whole), "%s_events", name);
    figure_print(whole, kind->decisions / TIMES, "events");
}

static void all_print(const struct measuring *measuring)
{
    for (unsigned i = 0; i < FIELDS_MAX; i++) {
        if (measuring->kinds[i].decisions > 0) {
            kind_print(event_name((Award__Event__BodyCase)i), &measuring->kinds[i]);
        }
    }
    kind_print("all", &measuring->all);
}

bool deciding_speed_measure(const struct bench_office *office)
{
    struct store_error error;
    struct measuring measuring = {
        .journal = journal_open_read_only(bench_office_journal(office), &error),
    };
    if (measuring.journal == NULL) {
        (void)fprintf(stderr, "award-bench: %s\n", error.text);
        return false;
    }
    measuring.state = overlay_create(NULL);
    measuring.books = books_create();
    measuring.entry_arena = arena_create();
    measuring.arena = arena_create();
    bool good = journal_measure(&measuring);
    if (good) {
        all_print(&measuring);
    }
    arena_destroy(measuring.arena);
    arena_destroy(measuring.entry_arena);
    books_destroy(measuring.books);
    overlay_destroy(measuring.state);
    journal_close(measuring.journal);
    return good;
}
