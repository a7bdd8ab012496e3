// query_deadlines - deadlines in the order of their ends
//
// The index of due things has only what is still to fire, and what is overdue matters most, so that
// the records themselves are walked, in slices, and the first of them kept, in order.
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

enum { LIST_MOST = LIMIT_QUERY_ROWS + 1 }; // one more, to know whether there is more

void query_deadline_list_begin(struct asking *asking, struct deadline_list *list)
{
    list->rows = arena_alloc(asking->arena, LIST_MOST * sizeof(Award__Deadline *));
}

void query_deadline_list_take(struct asking *asking, struct deadline_list *list,
                              ProtobufCMessage *record)
{
    const Award__Deadline *deadline = (const Award__Deadline *)record;
    if (!deadline_wanted(deadline, &list->filter) ||
        (list->count == LIST_MOST && deadline_compare(deadline, list->rows[LIST_MOST - 1]) >= 0)) {
        return;
    }
    ProtobufCMessage *seen =
        query_seen(asking, AWARD__CHANGE__RECORD_DEADLINE, record, asking->scan->scratch);
    if (seen != NULL) {
        list->count = keep_first(list->rows, list->count, LIST_MOST, (Award__Deadline *)seen);
    }
}

size_t query_deadline_list_fit(struct asking *asking, const struct deadline_list *list)
{
    size_t fit = 0;
    while (fit < list->count && query_row_fits(asking, fit, &list->rows[fit]->base)) {
        fit++;
    }
    return fit;
}

// ---- The query

struct deadlines_found {
    struct deadline_list list;
    bool known;         // the subject is one that the viewer sees
    bool after_missing; // there is no deadline to continue behind
};

// What the viewer does not see he is not told of: whether there is an objection is nobody's affair.
// What there is no record of may be the subject of a deadline, which the walk will show.
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
    return false;
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

static void after_refuse(struct asking *asking, const char *after)
{
    query_refuse(
        asking, "no_such_deadline", "order",
        say(asking->d, "没有期限 %s，无法从其后继续；请从头查询。", after),
        say(asking->d, "There is no deadline %s to continue behind; ask from the first.", after));
}

// What of the query there is not, the subject first.
static void missing_refuse(struct asking *asking)
{
    const struct deadlines_found *found = asking->found;
    if (!found->known) {
        subject_refuse(asking, found->list.filter.subject);
    } else if (found->after_missing) {
        after_refuse(asking, asking->query->deadlines->after);
    }
}

static void deadlines_begin(struct asking *asking)
{
    const Award__QueryDeadlines *query = asking->query->deadlines;
    struct deadlines_found *found = arena_alloc(asking->arena, sizeof(*found));
    struct deadline_filter *filter = &found->list.filter;
    const char *subject = text_blank(query->subject) ? NULL : query->subject;
    *filter = (struct deadline_filter){
        .subject = subject,
        .all = query->all != 0,
        .last_from = INT32_MIN,
        .last_to = INT32_MAX,
    };
    found->known = subject == NULL || subject_seen(asking, subject);
    if (!text_blank(query->after)) {
        filter->after = deadline_get(asking->d, query->after);
        found->after_missing = filter->after == NULL;
    }
    asking->found = found;
    query_deadline_list_begin(asking, &found->list);
    if (found->known && found->after_missing) {
        missing_refuse(asking);
    }
}

// Over or not: a deadline that is seen makes its subject known.
static void deadline_visit(struct asking *asking, ProtobufCMessage *record)
{
    struct deadlines_found *found = asking->found;
    const struct deadline_list *list = &found->list;
    if (!found->known && concerns_subject((const Award__Deadline *)record, list->filter.subject)) {
        found->known = project_record(asking->viewer, AWARD__CHANGE__RECORD_DEADLINE, record,
                                      ledger_view(asking->ledger), asking->scan->scratch) != NULL;
    }
    query_deadline_list_take(asking, &found->list, record);
}

static void deadlines_end(struct asking *asking)
{
    struct deadlines_found *found = asking->found;
    if (!found->known || found->after_missing) {
        missing_refuse(asking);
        return;
    }
    Award__Deadlines *deadlines = NEW(asking->d, Award__Deadlines, award__deadlines);
    deadlines->deadlines = found->list.rows;
    deadlines->n_deadlines = query_deadline_list_fit(asking, &found->list);
    asking->reply->deadlines = deadlines;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_DEADLINES;
}

static const struct query_part parts[] = {
    {AWARD__CHANGE__RECORD_DEADLINE, 0, NULL, deadline_visit, deadlines_end},
};

const struct query_plan query_deadlines_plan = {deadlines_begin, parts, 1};
