// query_report - who did what, when, on whose authority (22): for a case, a person, a cycle
//
// Of a case the index of mentions says which entries there are, after the receipt that waited
// before it began; of a cycle, that of the cycle and of each of its cases, merged. What a person
// did has no index: the journal itself is walked. Each page looks at so many entries and says how
// far it came. What of an entry a viewer sees, the projection decides; an act that he may know of
// but not read shows without its particulars.
#include "daemon/query_parts.h"

#include "daemon/fold.h"
#include "rules/organs.h"

#include <assert.h>
#include <string.h>

// ---- One act

// Who countersigned it: the entry that its receipt points to settles it.
static const char *signer_find(struct asking *asking, const Award__Entry *entry)
{
    struct receipt receipt;
    if (entry->decision->outcome != AWARD__OUTCOME__NAME__pending ||
        receipt_find(ledger_view(asking->ledger), entry->event->principal, entry->event->id,
                     asking->arena, &receipt) != VIEW_FOUND ||
        receipt.entry == entry->number) {
        return NULL;
    }
    const Award__Entry *settled = ledger_read(asking->ledger, receipt.entry, asking->arena, NULL);
    bool is_signature =
        settled != NULL && settled->event->body_case == AWARD__EVENT__BODY_COUNTERSIGNED;
    return is_signature ? settled->event->principal : NULL;
}

// The role is no secret; the full name is shown to whom the record of the person is.
static void person_fill(struct asking *asking, const char *name, Award__Report__Act *act)
{
    Award__Principal *principal = principal_get(asking->d, name);
    if (principal == NULL) {
        return; // the coordinator itself
    }
    SET(act, role, principal->role);
    const Award__Principal *seen = (const Award__Principal *)query_seen(
        asking, AWARD__CHANGE__RECORD_PRINCIPAL, &principal->base, asking->arena);
    act->full_name = seen != NULL ? seen->full_name : NULL;
}

static Award__Report__Act *act_make(struct asking *asking, const Award__Entry *entry)
{
    const Award__HistoryItem *item =
        project_entry(asking->viewer, entry, ledger_view(asking->ledger), asking->arena);
    if (item == NULL) {
        return NULL;
    }
    Award__Report__Act *act = NEW(asking->d, Award__Report__Act, award__report__act);
    SET(act, entry, entry->number);
    act->recorded = item->recorded;
    SET(act, outcome, item->outcome);
    act->article = item->article;
    SET(act, withheld, item->withheld);
    act->n_reasons = item->n_reasons;
    act->reasons = item->reasons;
    act->n_corrections = item->n_corrections;
    act->corrections = item->corrections;
    act->principal = item->event->principal;
    act->id = item->event->id;
    if (act->principal != NULL) {
        person_fill(asking, act->principal, act);
    }
    if (item->event->body_case == AWARD__EVENT__BODY__NOT_SET) {
        return act;
    }
    act->event = arena_string(asking->arena, event_name(item->event->body_case));
    act->subject = entry->decision->case_;
    if (act->has_role && organ_of(item->event, act->role) != 0) {
        SET(act, organ, organ_of(item->event, act->role));
    }
    const char *signer = signer_find(asking, entry);
    act->countersigned_by = signer != NULL ? arena_string(asking->arena, signer) : NULL;
    return act;
}

// ---- Which entries

enum { LOOKED_AT_MAX = 1000, NO_MORE = 0 };

struct looking {
    struct asking *asking;
    Award__Report *report;
    const char *person; // of a person's report
    size_t n_subjects;
    char **subjects; // of the others
    uint64_t *next;  // the first mention of each from here on; NO_MORE: there is none
    uint64_t waited; // before the case of its report; NO_MORE: none
    uint64_t from;
};

static uint64_t mention_next(const struct looking *looking, const char *subject)
{
    struct asking *asking = looking->asking;
    uint64_t number = NO_MORE;
    size_t count = mentions_find(ledger_view(asking->ledger), subject, looking->from, 1,
                                 asking->arena, &number);
    bool durable = count == 1 && number <= journal_last(ledger_journal(asking->ledger));
    return durable ? number : NO_MORE;
}

// The first entry from here on that is to be looked at; NO_MORE where there is none. Only the
// mentions that were passed are looked up again.
static uint64_t entry_next(const struct looking *looking)
{
    if (looking->person != NULL) {
        uint64_t last = journal_last(ledger_journal(looking->asking->ledger));
        return looking->from <= last ? looking->from : NO_MORE;
    }
    if (looking->waited >= looking->from) {
        return looking->waited; // before all mentions of its case
    }
    uint64_t first = NO_MORE;
    for (size_t i = 0; i < looking->n_subjects; i++) {
        if (looking->next[i] != NO_MORE && looking->next[i] < looking->from) {
            looking->next[i] = mention_next(looking, looking->subjects[i]);
        }
        bool earlier = first == NO_MORE || looking->next[i] < first;
        first = looking->next[i] != NO_MORE && earlier ? looking->next[i] : first;
    }
    return first;
}

static bool wanted(const struct looking *looking, const Award__Entry *entry)
{
    if (looking->person == NULL) {
        return query_in_history(entry);
    }
    const Award__Event *event = entry->event;
    bool own = event->principal != NULL && strcmp(event->principal, looking->person) == 0;
    return own || (event->body_case == AWARD__EVENT__BODY_ACCOUNTABILITY_RECORDED &&
                   strcmp(event->accountability_recorded->whom, looking->person) == 0); // 22
}

// Adds what the viewer may see of the entry. False when the reply is full.
static bool entry_take(struct looking *looking, uint64_t number)
{
    struct asking *asking = looking->asking;
    const Award__Entry *entry = ledger_read(asking->ledger, number, asking->arena, NULL);
    Award__Report__Act *act =
        entry != NULL && wanted(looking, entry) ? act_make(asking, entry) : NULL;
    if (act != NULL && !query_row_fits(asking, looking->report->n_acts, &act->base)) {
        return false;
    }
    if (act != NULL) {
        LIST_ADD(asking->d, looking->report, acts, act);
    }
    SET(looking->report, looked_to, number);
    looking->from = number + 1;
    return true;
}

static void acts_fill(struct looking *looking)
{
    for (size_t looked = 0; looked < LOOKED_AT_MAX; looked++) {
        uint64_t number = entry_next(looking);
        if (number == NO_MORE) {
            break;
        }
        if (!entry_take(looking, number)) {
            return;
        }
    }
    bool more = entry_next(looking) != NO_MORE;
    SET(looking->asking->reply, more, more);
    if (!more) {
        SET(looking->report, looked_to, looking->report->last);
    }
}

// ---- What is asked for

static bool asked_one(const Award__QueryReport *query)
{
    int asked = (text_blank(query->case_) ? 0 : 1) + (text_blank(query->person) ? 0 : 1) +
                (text_blank(query->cycle) ? 0 : 1);
    return asked == 1;
}

static bool case_subjects(struct asking *asking, struct looking *looking)
{
    struct deciding *d = asking->d;
    char *name = asking->query->report->case_;
    const Award__Case *c = case_get(d, name);
    if (c == NULL ||
        !viewer_sees_case(asking->viewer, c, ledger_view(asking->ledger), asking->arena)) {
        query_refuse(asking, c == NULL ? "no_such_case" : "out_of_scope",
                     c == NULL ? "order" : "authority",
                     say(d, "没有案件 %s，或不在 %s 的查看范围内；用 awardctl case list 查看。",
                         name, asking->viewer->name),
                     say(d, "There is no case %s that %s may see; awardctl case list shows them.",
                         name, asking->viewer->name));
        return false;
    }
    looking->waited = query_waited(asking, c);
    LIST_ADD(d, looking, subjects, name);
    return true;
}

// Those that see the whole of a cycle; the others ask for their cases.
static bool cycle_subjects(struct asking *asking, struct looking *looking)
{
    struct deciding *d = asking->d;
    char *name = asking->query->report->cycle;
    const Award__Cycle *cycle = cycle_get(d, name);
    if (cycle == NULL || !viewer_has_role(asking, INSIDE)) {
        query_refuse(asking, cycle == NULL ? "no_such_cycle" : "out_of_scope",
                     cycle == NULL ? "order" : "authority",
                     say(d, "没有年度 %s，或 %s 不能查看整个年度；请按案件查询。", name,
                         asking->viewer->name),
                     say(d, "There is no cycle %s that %s may see as a whole; ask for a case.",
                         name, asking->viewer->name));
        return false;
    }
    LIST_ADD(d, looking, subjects, name);
    for (size_t i = 0; i < cycle->n_cases; i++) {
        LIST_ADD(d, looking, subjects, cycle->cases[i]);
    }
    return true;
}

static bool person_subject(struct asking *asking, struct looking *looking)
{
    struct deciding *d = asking->d;
    const char *name = asking->query->report->person;
    bool own = strcmp(asking->viewer->name, name) == 0;
    bool may = own || viewer_has_role(asking, SEES_ALL);
    if (!may || principal_get(d, name) == NULL) {
        query_refuse(asking, may ? "no_such_principal" : "out_of_scope",
                     may ? "order" : "authority",
                     say(d, "没有人员 %s，或 %s 只能查询自己的记录；用 awardctl principals 查看。",
                         name, asking->viewer->name),
                     say(d,
                         "There is no person %s whose acts %s may see, but its own; awardctl "
                         "principals lists them.",
                         name, asking->viewer->name));
        return false;
    }
    looking->person = name;
    return true;
}

static bool subjects_find(struct asking *asking, struct looking *looking)
{
    const Award__QueryReport *query = asking->query->report;
    if (!asked_one(query)) {
        query_refuse(asking, "field_missing", "form", "请写明 case、person、cycle 三者之一。",
                     "Name one of case, person and cycle.");
        return false;
    }
    if (!text_blank(query->case_)) {
        return case_subjects(asking, looking);
    }
    return text_blank(query->cycle) ? person_subject(asking, looking)
                                    : cycle_subjects(asking, looking);
}

void query_report(struct asking *asking)
{
    const Award__QueryReport *query = asking->query->report;
    struct looking looking = {
        .asking = asking,
        .report = NEW(asking->d, Award__Report, award__report),
        .from = query->has_from && query->from > 0 ? query->from : 1,
    };
    if (!subjects_find(asking, &looking)) {
        return;
    }
    looking.next = arena_alloc(asking->arena, (looking.n_subjects + 1) * sizeof(uint64_t));
    for (size_t i = 0; i < looking.n_subjects; i++) {
        looking.next[i] = mention_next(&looking, looking.subjects[i]);
    }
    SET(looking.report, last, journal_last(ledger_journal(asking->ledger)));
    acts_fill(&looking);
    asking->reply->report = looking.report;
    asking->reply->body_case = AWARD__QUERY_REPLY__BODY_REPORT;
}
