// query_plan - an answer that looks at all of something, record by record
//
// A plan is a list of parts, each of them a walk over the records of one kind. Between two slices
// only the key behind which it goes on is kept (as daemon/tally.c does), and what the visits have
// put into the arena; the loop serves others meanwhile (daemon/intake_long.c).
#include "daemon/query_parts.h"

static void part_begin(struct asking *asking, struct query_walk *walk)
{
    const struct query_part *part = &walk->plan->parts[walk->part];
    scan_begin(&walk->scan, asking, part->kind, NULL);
    walk->scanning = true;
    if (asking->beside == NULL) {
        asking->beside = arena_create();
    }
    if (part->from != NULL && !part->from(asking, &walk->scan)) {
        scan_end(&walk->scan);
        walk->scanning = false;
        walk->part++;
    }
}

static void part_end(struct asking *asking, struct query_walk *walk)
{
    const struct query_part *part = &walk->plan->parts[walk->part];
    scan_end(&walk->scan);
    walk->scanning = false;
    walk->part++;
    if (part->end != NULL) {
        part->end(asking);
    }
}

// A case is looked at whole, and only what is said of it is shown.
static ProtobufCMessage *record_seen(struct asking *asking, Award__Change__RecordCase kind,
                                     ProtobufCMessage *record)
{
    const struct view *view = ledger_view(asking->ledger);
    if (kind != AWARD__CHANGE__RECORD_CASE) {
        return (ProtobufCMessage *)project_record(asking->viewer, kind, record, view,
                                                  asking->scan->scratch);
    }
    const Award__Case *c = (const Award__Case *)record;
    return viewer_sees_case(asking->viewer, c, view, asking->scan->scratch) ? record : NULL;
}

// One record of the part, or its end.
static void part_look(struct asking *asking, struct query_walk *walk)
{
    const struct query_part *part = &walk->plan->parts[walk->part];
    struct asking *of = (part->how & PART_INNER) != 0 ? asking->inner : asking;
    bool full = (part->how & PART_UNTIL_FULL) != 0 && of->reply->more;
    ProtobufCMessage *record = full ? NULL : scan_next(&walk->scan);
    if (record == NULL) {
        part_end(asking, walk);
        return;
    }
    of->scan = &walk->scan;
    ProtobufCMessage *seen =
        (part->how & PART_SEEN) != 0 ? record_seen(of, part->kind, record) : record;
    if (seen != NULL) {
        part->visit(of, seen);
    }
}

bool query_walk_go_on(struct asking *asking, struct query_walk *walk, size_t records)
{
    asking->looked = 0;
    if (walk->scanning) {
        walk->scan.view = ledger_view(asking->ledger);
    }
    while (walk->plan != NULL && walk->part < walk->plan->parts_count) {
        if (asking->looked >= records) {
            return false;
        }
        asking->looked++;
        if (walk->scanning) {
            part_look(asking, walk);
        } else {
            part_begin(asking, walk);
        }
    }
    query_walk_end(asking, walk);
    return true;
}

void query_walk_end(struct asking *asking, struct query_walk *walk)
{
    if (walk->scanning) {
        scan_end(&walk->scan);
    }
    arena_destroy(asking->beside);
    asking->beside = NULL;
    *walk = (struct query_walk){.plan = NULL};
}
