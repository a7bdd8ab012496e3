// query_entries - the journal as its viewer may see it, entry by entry, ascending
//
// Each entry is there with its number and hash, so that the chain can be verified by somebody who
// sees none of its content. Asked for a subject, the answer has only entries of which the viewer
// sees something: which others mention it is no business of his.
#include "daemon/query_parts.h"

#include "common/chain.h"

#include "daemon/fold.h"

#include <string.h>

enum { MENTIONS_AT_ONCE = 256 };

static void hash_fill(struct asking *asking, Award__HistoryItem *item,
                      const struct journal_entry *stored)
{
    uint8_t hash[CHAIN_BYTES];
    chain_hash(stored->bytes, hash);
    item->has_hash = 1;
    item->hash.len = CHAIN_BYTES;
    item->hash.data = arena_copy(asking->arena, hash, CHAIN_BYTES);
}

static Award__HistoryItem *item_bare(struct asking *asking, uint64_t number)
{
    Award__HistoryItem *item = NEW(asking->d, Award__HistoryItem, award__history_item);
    SET(item, entry, number);
    SET(item, withheld, 1);
    return item;
}

static Award__HistoryItem *item_damaged(struct asking *asking, uint64_t number)
{
    Award__HistoryItem *item = item_bare(asking, number);
    Award__Reason *reason =
        reason_make(asking->d, "record_damaged", "policy",
                    "该条日志损坏，无法读取；请管理员运行 awardd verify。",
                    "This entry is damaged and cannot be read; run awardd verify.");
    LIST_ADD(asking->d, item, reasons, reason);
    return item;
}

// What the viewer may see of one entry; with `bare`, at least its number and hash.
static Award__HistoryItem *item_make(struct asking *asking, uint64_t number, bool bare)
{
    struct journal_entry stored;
    const Award__Entry *entry = ledger_read(asking->ledger, number, asking->arena, &stored);
    if (entry == NULL) {
        return bare ? item_damaged(asking, number) : NULL;
    }
    Award__HistoryItem *item =
        project_entry(asking->viewer, entry, ledger_view(asking->ledger), asking->arena);
    if (item == NULL && bare) {
        item = item_bare(asking, number);
    }
    if (item != NULL) {
        hash_fill(asking, item, &stored);
    }
    return item;
}

// Adds the item unless the reply is full; false then.
static bool item_add(struct asking *asking, Award__Entries *entries, size_t most,
                     Award__HistoryItem *item)
{
    if (entries->n_items == most) {
        SET(asking->reply, more, 1);
        return false;
    }
    if (!query_row_fits(asking, entries->n_items, &item->base)) {
        return false;
    }
    LIST_ADD(asking->d, entries, items, item);
    return true;
}

static void entries_all(struct asking *asking, Award__Entries *entries, uint64_t from, size_t most)
{
    uint64_t last = journal_last(ledger_journal(asking->ledger));
    for (uint64_t number = from; number <= last; number++) {
        if (!item_add(asking, entries, most, item_make(asking, number, true))) {
            return;
        }
    }
}

static void entries_of_subject(struct asking *asking, Award__Entries *entries, uint64_t from,
                               size_t most)
{
    const char *subject = asking->query->entries->subject;
    uint64_t last = journal_last(ledger_journal(asking->ledger));
    uint64_t numbers[MENTIONS_AT_ONCE];
    size_t count;
    while ((count = mentions_find(ledger_view(asking->ledger), subject, from, MENTIONS_AT_ONCE,
                                  asking->arena, numbers)) > 0) {
        for (size_t i = 0; i < count && numbers[i] <= last; i++) {
            Award__HistoryItem *item = item_make(asking, numbers[i], false);
            if (item != NULL && !item_add(asking, entries, most, item)) {
                return;
            }
        }
        from = numbers[count - 1] + 1;
    }
}

void query_entries(struct asking *asking)
{
    const Award__QueryEntries *query = asking->query->entries;
    uint64_t from = query->has_from && query->from > 0 ? query->from : 1;
    size_t most = asking->server->shared ? LIMIT_SHARED_ENTRIES : LIMIT_QUERY_ROWS;
    if (query->has_most && query->most > 0 && query->most < most) {
        most = query->most;
    }
    Award__Entries *entries = NEW(asking->d, Award__Entries, award__entries);
    asking->reply->entries = entries;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_ENTRIES;
    if (text_blank(query->subject)) {
        entries_all(asking, entries, from, most);
    } else {
        entries_of_subject(asking, entries, from, most);
    }
}
