// entries - walks the journal as the coordinator shows it to the viewer, page by page
#include "clients/ctl/entries.h"

#include "clients/ctl/show.h"

uint64_t entries_next(const Award__Entries *entries, uint64_t from)
{
    return entries->n_items > 0 ? entries->items[entries->n_items - 1]->entry + 1 : from;
}

// One page. Returns whether there may be another.
static bool page_visit(struct ctl *ctl, Award__QueryEntries *query, entry_visit visit,
                       void *context, int *status)
{
    const Award__QueryReply *reply =
        show_ask(ctl, AWARD__QUERY__BODY_ENTRIES, &query->base, status);
    if (reply == NULL) {
        return false;
    }
    *status = CTL_OK;
    const Award__Entries *entries = reply->entries;
    for (size_t i = 0; i < entries->n_items; i++) {
        if (!visit(context, entries->items[i])) {
            return false;
        }
    }
    query->from = entries_next(entries, query->from);
    return reply->more && entries->n_items > 0;
}

int entries_walk(struct ctl *ctl, uint64_t from, const char *subject, entry_visit visit,
                 void *context)
{
    int status = CTL_OK;
    Award__QueryEntries query = AWARD__QUERY_ENTRIES__INIT;
    struct arena *kept = ctl->arena;
    query.has_from = true;
    query.from = from;
    query.subject = subject != NULL ? arena_string(kept, subject) : NULL;
    ctl->arena = arena_create();
    while (page_visit(ctl, &query, visit, context, &status)) {
        arena_reset(ctl->arena);
    }
    arena_destroy(ctl->arena);
    ctl->arena = kept;
    return status;
}
