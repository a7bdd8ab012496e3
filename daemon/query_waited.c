// query_waited - the receipt that waited before its case was there (16(2))
//
// A case begins with the second of its two receipts. The first was on record before, as an event
// that waits, and concerns the enterprise alone: it lies between the beginning of the enterprise's
// case before in the cycle and that of this one.
#include "daemon/query_parts.h"

#include "daemon/fold.h"

#include <stdlib.h>
#include <string.h>

enum { MENTIONS_AT_ONCE = 64 };

static uint64_t first_mention(struct asking *asking, const char *subject)
{
    uint64_t number = 0;
    (void)mentions_find(ledger_view(asking->ledger), subject, 1, 1, asking->arena, &number);
    return number;
}

// "cycle/enterprise/2" follows "cycle/enterprise/1".
static uint64_t begun_before(struct asking *asking, const Award__Case *c)
{
    const char *slash = strrchr(c->case_, '/');
    long ordinal = slash != NULL ? strtol(slash + 1, NULL, 10) : 1;
    return ordinal > 1
               ? first_mention(asking, arena_format(asking->arena, "%.*s/%ld",
                                                    (int)(slash - c->case_), c->case_, ordinal - 1))
               : 0;
}

static bool waited(const Award__Entry *entry, const Award__Case *c)
{
    const Award__Event *event = entry->event;
    const char *cycle = event->body_case == AWARD__EVENT__BODY_APPLICATION_SUBMITTED
                            ? event->application_submitted->cycle
                        : event->body_case == AWARD__EVENT__BODY_PAPER_RECEIVED
                            ? event->paper_received->cycle
                            : NULL;
    return cycle != NULL && strcmp(cycle, c->cycle) == 0 &&
           entry->decision->outcome == AWARD__OUTCOME__NAME__pending;
}

uint64_t query_waited(struct asking *asking, const Award__Case *c)
{
    uint64_t numbers[MENTIONS_AT_ONCE];
    uint64_t begun = first_mention(asking, c->case_);
    uint64_t from = begun_before(asking, c) + 1;
    uint64_t found = 0;
    size_t count;
    while (from < begun && (count = mentions_find(ledger_view(asking->ledger), c->enterprise, from,
                                                  MENTIONS_AT_ONCE, asking->arena, numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] < begun; i++) {
            const Award__Entry *entry =
                ledger_read(asking->ledger, numbers[i], asking->arena, NULL);
            found = entry != NULL && waited(entry, c) ? numbers[i] : found;
        }
        from = numbers[count - 1] + 1;
    }
    return found;
}
