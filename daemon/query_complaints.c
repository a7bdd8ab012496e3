// query_complaints - the register of objections and complaints (6(4), 16(7).3)
//
// What of each a viewer sees follows the projection: those who investigate see who said what, the
// other organs that there is one, when, and what became of it.
#include "daemon/query_parts.h"

#include "rules/deadlines.h"

#include <string.h>

static void answer_fill(struct asking *asking, const char *objection, Award__Complaints__Row *row)
{
    struct deciding *d = asking->d;
    Award__Deadline *deadline =
        deadline_get(d, deadline_id(d, objection, AWARD__DEADLINE_KIND__NAME__objection_answer, 1));
    ProtobufCMessage *seen = deadline != NULL ? query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE,
                                                           &deadline->base, asking->arena)
                                              : NULL;
    if (seen == NULL) {
        return;
    }
    row->answer = (Award__Deadline *)seen;
    bool runs = row->answer->state == AWARD__DEADLINE__STATE__open ||
                row->answer->state == AWARD__DEADLINE__STATE__overdue;
    if (runs && row->answer->last != NULL) {
        SET(row, days_left, row->answer->last->number - d->today);
    }
}

// NULL where it is not of the cycle, or not to be seen.
static Award__Complaints__Row *row_make(struct asking *asking, ProtobufCMessage *record,
                                        struct arena *scratch)
{
    const char *cycle = asking->query->complaints->cycle;
    const Award__Objection *objection = (const Award__Objection *)record;
    const Award__Case *c = case_get(asking->d, objection->case_);
    if (c == NULL || (!text_blank(cycle) && strcmp(c->cycle, cycle) != 0)) {
        return NULL;
    }
    ProtobufCMessage *seen = query_seen(asking, AWARD__CHANGE__RECORD_OBJECTION, record, scratch);
    if (seen == NULL) {
        return NULL;
    }
    Award__Complaints__Row *row = NEW(asking->d, Award__Complaints__Row, award__complaints__row);
    row->objection = (Award__Objection *)seen;
    row->cycle = c->cycle;
    answer_fill(asking, row->objection->objection, row);
    return row;
}

static void rows_fill(struct asking *asking, Award__Complaints *found)
{
    struct scan scan;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_OBJECTION, NULL);
    const char *after = asking->query->complaints->after;
    if (after != NULL) {
        scan_after(&scan, record_key(asking->arena, AWARD__CHANGE__RECORD_OBJECTION, after));
    }
    ProtobufCMessage *record;
    for (size_t looked = 0; (record = scan_next(&scan)) != NULL; looked++) {
        if (looked == QUERY_LOOKED_AT_MAX) {
            SET(asking->reply, more, 1);
            break;
        }
        Award__Complaints__Row *row = row_make(asking, record, scan.scratch);
        if (row != NULL && !query_row_fits(asking, found->n_rows, &row->base)) {
            break;
        }
        if (row != NULL) {
            LIST_ADD(asking->d, found, rows, row);
        }
        found->looked_to =
            arena_string(asking->arena, ((const Award__Objection *)record)->objection);
    }
    scan_end(&scan);
}

void query_complaints(struct asking *asking)
{
    struct deciding *d = asking->d;
    const char *cycle = asking->query->complaints->cycle;
    if (!text_blank(cycle) && cycle_get(d, cycle) == NULL) {
        query_refuse(asking, "no_such_cycle", "order",
                     say(d, "没有评选年度 %s；用 awardctl cycle list 查看全部。", cycle),
                     say(d, "There is no cycle %s; awardctl cycle list shows them.", cycle));
        return;
    }
    Award__Complaints *found = NEW(d, Award__Complaints, award__complaints);
    rows_fill(asking, found);
    asking->reply->complaints = found;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_COMPLAINTS;
}
