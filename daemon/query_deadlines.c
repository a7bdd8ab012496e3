// query_deadlines - deadlines in the order of their ends
//
// The index of due things has only what is still to fire, and what is overdue matters most, so that
// the records themselves are walked and the first of them kept, in order.
#include "daemon/query_parts.h"

#include "common/limits.h"
#include "common/time.h"

#include <string.h>

// By end, then by name, so that "behind this one" always means the same.
static int deadline_compare(const Award__Deadline *one, const Award__Deadline *other)
{
    int64_t one_ms = one->end != NULL ? one->end->ms : INT64_MAX;
    int64_t other_ms = other->end != NULL ? other->end->ms : INT64_MAX;
    if (one_ms != other_ms) {
        return one_ms < other_ms ? -1 : 1;
    }
    return strcmp(one->deadline, other->deadline);
}

static bool same(const char *one, const char *other)
{
    return one != NULL && strcmp(one, other) == 0;
}

static bool concerns_subject(const Award__Deadline *deadline, const char *subject)
{
    return subject == NULL || same(deadline->subject, subject) || same(deadline->case_, subject) ||
           same(deadline->enterprise, subject) || same(deadline->cycle, subject);
}

static bool deadline_wanted(const Award__Deadline *deadline, const struct deadline_filter *filter)
{
    bool stands = deadline->state == AWARD__DEADLINE__STATE__open ||
                  deadline->state == AWARD__DEADLINE__STATE__overdue ||
                  (deadline->state == AWARD__DEADLINE__STATE__suspended && !filter->running);
    int32_t last = deadline->last != NULL ? deadline->last->number : INT32_MAX;
    return (stands || filter->all) && last >= filter->last_from && last <= filter->last_to &&
           concerns_subject(deadline, filter->subject) &&
           (filter->after == NULL || deadline_compare(deadline, filter->after) > 0);
}

// Keeps the list in order and no longer than `most`.
static size_t keep_first(Award__Deadline **rows, size_t count, size_t most, Award__Deadline *row)
{
    size_t at = count;
    while (at > 0 && deadline_compare(row, rows[at - 1]) < 0) {
        at--;
    }
    if (at == most) {
        return count;
    }
    size_t kept = count < most ? count + 1 : most;
    for (size_t i = kept - 1; i > at; i--) {
        rows[i] = rows[i - 1];
    }
    rows[at] = row;
    return kept;
}

// The first so many that are wanted and seen.
static size_t deadlines_walk(struct asking *asking, const struct deadline_filter *filter,
                             size_t most, Award__Deadline **rows)
{
    struct scan scan;
    size_t count = 0;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_DEADLINE, NULL);
    ProtobufCMessage *record;
    while ((record = scan_next(&scan)) != NULL) {
        const Award__Deadline *deadline = (const Award__Deadline *)record;
        bool wanted = deadline_wanted(deadline, filter) &&
                      (count < most || deadline_compare(deadline, rows[count - 1]) < 0);
        ProtobufCMessage *seen =
            wanted ? query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE, record, scan.scratch)
                   : NULL;
        if (seen != NULL) {
            count = keep_first(rows, count, most, (Award__Deadline *)seen);
        }
    }
    scan_end(&scan);
    return count;
}

size_t query_deadlines_collect(struct asking *asking, const struct deadline_filter *filter,
                               Award__Deadline ***rows)
{
    size_t most = LIMIT_QUERY_ROWS + 1; // one more, to know whether there is more
    *rows = arena_alloc(asking->arena, most * sizeof(Award__Deadline *));
    size_t count = deadlines_walk(asking, filter, most, *rows);
    size_t fit = 0;
    while (fit < count && query_row_fits(asking, fit, &(*rows)[fit]->base)) {
        fit++;
    }
    return fit;
}

// Whether the viewer sees a deadline about it, over or not.
static bool deadline_about(struct asking *asking, const char *subject)
{
    struct scan scan;
    bool found = false;
    ProtobufCMessage *record;
    scan_begin(&scan, asking, AWARD__CHANGE__RECORD_DEADLINE, NULL);
    while (!found && (record = scan_next(&scan)) != NULL) {
        found = concerns_subject((const Award__Deadline *)record, subject) &&
                query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE, record, scan.scratch) != NULL;
    }
    scan_end(&scan);
    return found;
}

// What the viewer does not see he is not told of: whether there is an objection is nobody's affair.
static bool subject_seen(struct asking *asking, const char *subject)
{
    static const Award__Change__RecordCase kinds[] = {
        AWARD__CHANGE__RECORD_CASE,       AWARD__CHANGE__RECORD_CYCLE,
        AWARD__CHANGE__RECORD_TEAM,       AWARD__CHANGE__RECORD_OBJECTION,
        AWARD__CHANGE__RECORD_ENTERPRISE,
    };
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        ProtobufCMessage *record = record_get(asking->d, kinds[i], subject);
        if (record != NULL && query_seen(asking, kinds[i], record, asking->arena) != NULL) {
            return true;
        }
    }
    return deadline_about(asking, subject);
}

static void subject_refuse(struct asking *asking, const char *subject)
{
    query_refuse(
        asking, "no_such_subject", "order",
        say(asking->d,
            "没有案件、年度、评审组、异议或企业 %s，或不在 %s 的查看范围内；用 awardctl case "
            "list 或 awardctl deadlines 查看。",
            subject, asking->viewer->name),
        say(asking->d,
            "There is no case, cycle, team, objection or enterprise %s that %s may see; "
            "awardctl case list and awardctl deadlines show what there is.",
            subject, asking->viewer->name));
}

void query_deadlines(struct asking *asking)
{
    const Award__QueryDeadlines *query = asking->query->deadlines;
    struct deadline_filter filter = {
        .subject = text_blank(query->subject) ? NULL : query->subject,
        .all = query->all != 0,
        .last_from = INT32_MIN,
        .last_to = INT32_MAX,
    };
    if (filter.subject != NULL && !subject_seen(asking, filter.subject)) {
        subject_refuse(asking, filter.subject);
        return;
    }
    if (!text_blank(query->after)) {
        filter.after = deadline_get(asking->d, query->after);
        if (filter.after == NULL) {
            query_refuse(asking, "no_such_deadline", "order",
                         say(asking->d, "没有期限 %s，无法从其后继续；请从头查询。", query->after),
                         say(asking->d,
                             "There is no deadline %s to continue behind; ask from the first.",
                             query->after));
            return;
        }
    }
    Award__Deadlines *deadlines = NEW(asking->d, Award__Deadlines, award__deadlines);
    deadlines->n_deadlines = query_deadlines_collect(asking, &filter, &deadlines->deadlines);
    asking->reply->deadlines = deadlines;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_DEADLINES;
}
