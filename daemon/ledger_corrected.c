// ledger_corrected - the entry that a correction names, and what came after it about the same
//
// The rules see no journal. What rests on an entry is what came later about its case, or, where it
// has none, about any of its subjects; deliveries and the like are left out. Both are bounded: the
// correction says that there is more.
#include "daemon/ledger_private.h"

#include "rules/events.h"

#include <assert.h>
#include <string.h>

enum { LATER_MAX = 64, LATER_LOOKED_AT_MAX = 512 };

// A delivery, a comparison, a row of the index that fired.
static bool by_itself(const Award__Event *event)
{
    const struct event_row *row = event_row(event->body_case);
    return row == NULL || (row->quiet && (row->from & ~PROGRAMS) == 0);
}

struct later {
    uint64_t numbers[LATER_LOOKED_AT_MAX]; // ascending
    size_t count;
    bool more;
};

static void number_add(struct later *later, uint64_t number)
{
    size_t at = later->count;
    while (at > 0 && later->numbers[at - 1] > number) {
        at--;
    }
    if (at > 0 && later->numbers[at - 1] == number) {
        return;
    }
    if (later->count == LATER_LOOKED_AT_MAX) {
        later->more = true;
        if (at == later->count) {
            return;
        }
        later->count--;
    }
    memmove(&later->numbers[at + 1], &later->numbers[at],
            (later->count - at) * sizeof(later->numbers[0]));
    later->numbers[at] = number;
    later->count++;
}

static void later_of(const struct view *view, const char *subject, uint64_t number,
                     struct arena *arena, struct later *later)
{
    uint64_t found[LATER_LOOKED_AT_MAX];
    size_t count = mentions_find(view, subject, number + 1, LATER_LOOKED_AT_MAX, arena, found);
    later->more = later->more || count == LATER_LOOKED_AT_MAX;
    for (size_t i = 0; i < count; i++) {
        number_add(later, found[i]);
    }
}

static void later_read(const struct ledger *ledger, struct later *later, struct arena *arena,
                       struct rules_corrected *corrected)
{
    const Award__Entry **entries = arena_alloc(arena, LATER_MAX * sizeof(Award__Entry *));
    for (size_t i = 0; i < later->count; i++) {
        const Award__Entry *entry = ledger_read(ledger, later->numbers[i], arena, NULL);
        if (entry == NULL || by_itself(entry->event)) {
            continue;
        }
        if (corrected->later_count == LATER_MAX) {
            later->more = true;
            break;
        }
        entries[corrected->later_count++] = entry;
    }
    corrected->later = entries;
    corrected->more = later->more;
}

bool ledger_corrected_find(const struct ledger *ledger, const struct view *view,
                           const Award__EventName *name, struct arena *arena,
                           struct rules_corrected *corrected)
{
    struct receipt receipt;
    *corrected = (struct rules_corrected){.entry = NULL};
    if (receipt_find(view, name->principal, name->id, arena, &receipt) != VIEW_FOUND) {
        return false;
    }
    corrected->entry = ledger_read(ledger, receipt.entry, arena, NULL);
    if (corrected->entry == NULL) {
        return false;
    }
    const Award__Decision *decision = corrected->entry->decision;
    struct later later = {.count = 0};
    if (decision->case_ != NULL) {
        later_of(view, decision->case_, receipt.entry, arena, &later);
    }
    for (size_t i = 0; decision->case_ == NULL && i < decision->n_concerns; i++) {
        later_of(view, decision->concerns[i], receipt.entry, arena, &later);
    }
    later_read(ledger, &later, arena, corrected);
    assert(corrected->later_count <= LATER_MAX);
    return true;
}
