// orders - what a task carries: its payload, built from the state when it is dispatched
//
// Built late, so that a worker always gets the state as it stands now; an answer that an older
// version has made wrong is rejected by the rule that admits it, and the task is asked anew.
#include "daemon/orders.h"

#include "rules/record.h"
#include "rules/team.h"

#include <stdarg.h>
#include <string.h>

struct build {
    const struct order_context *context;
    struct arena *arena;
    const Award__Task *task;
    Award__TaskOrder *order;
    bool *damaged; // something that it needs cannot be read
};

// The same of what a view found.
static enum view_result looked(const struct build *b, enum view_result result)
{
    *b->damaged = *b->damaged || result == VIEW_DAMAGED;
    return result;
}

static ProtobufCMessage *record_read(const struct build *b, Award__Change__RecordCase kind, ...)
{
    va_list args;
    va_start(args, kind);
    struct bytes key = record_vkey(b->arena, kind, args);
    va_end(args);
    const struct view *view = b->context->view;
    struct bytes value;
    if (looked(b, view->get(view, key, b->arena, &value)) != VIEW_FOUND) {
        return NULL;
    }
    return codec_unpack_trusted(record_descriptor(kind), value, b->arena);
}

static Award__Case *case_read(const struct build *b, const char *id)
{
    return id != NULL ? (Award__Case *)record_read(b, AWARD__CHANGE__RECORD_CASE, id) : NULL;
}

static const struct rulebook *rulebook_of(const struct build *b, const char *cycle_name)
{
    const Award__Cycle *cycle =
        (const Award__Cycle *)record_read(b, AWARD__CHANGE__RECORD_CYCLE, cycle_name);
    return cycle != NULL ? b->context->rulebook(b->context->rulebook_context, cycle->rulebook)
                         : NULL;
}

static char *enterprise_name(const struct build *b, const char *code)
{
    const Award__Enterprise *enterprise =
        code != NULL
            ? (const Award__Enterprise *)record_read(b, AWARD__CHANGE__RECORD_ENTERPRISE, code)
            : NULL;
    return enterprise != NULL ? enterprise->name : NULL;
}

// The principal who acts for the enterprise; NULL where none is enrolled.
static char *enterprise_principal(const struct build *b, const char *code)
{
    const struct view *view = b->context->view;
    struct bytes from = record_prefix(b->arena, AWARD__CHANGE__RECORD_PRINCIPAL, 0);
    struct bytes key;
    struct bytes value;
    while (looked(b, view->next(view, from, b->arena, &key, &value)) == VIEW_FOUND &&
           key.data[0] == (uint8_t)AWARD__CHANGE__RECORD_PRINCIPAL) {
        Award__Principal *principal = (Award__Principal *)codec_unpack_trusted(
            &award__principal__descriptor, value, b->arena);
        if (principal != NULL && principal->role == AWARD__ROLE__NAME__enterprise &&
            principal->scope != NULL && strcmp(principal->scope, code) == 0) {
            return principal->name;
        }
        from = view_key_after(key, b->arena);
    }
    return NULL;
}

static char *city(const struct build *b)
{
    return arena_string(b->arena, b->context->city);
}

static Award__Points *points_new(const struct build *b, int64_t hundredths)
{
    Award__Points *points = arena_alloc(b->arena, sizeof(*points));
    award__points__init(points);
    points->has_hundredths = 1;
    points->hundredths = hundredths;
    return points;
}

// ---- What the rulebook says

static Award__Names *names_build(const struct build *b, const struct rulebook *rulebook)
{
    Award__Names *names = arena_alloc(b->arena, sizeof(*names));
    award__names__init(names);
    names->award_zh = arena_string(b->arena, rulebook->award_zh);
    names->award_en = arena_string(b->arena, rulebook->award_en);
    names->nomination_zh = arena_string(b->arena, rulebook->nomination_zh);
    names->nomination_en = arena_string(b->arena, rulebook->nomination_en);
    names->office_zh = arena_string(b->arena, rulebook->office_zh);
    names->bureau_zh = arena_string(b->arena, rulebook->bureau_zh);
    names->bureau_en = arena_string(b->arena, rulebook->bureau_en);
    names->government_zh = arena_string(b->arena, rulebook->government_zh);
    names->rules = arena_string(b->arena, rulebook->name);
    names->government_en = arena_string(b->arena, rulebook->government_en);
    return names;
}

// Categories or items as a list; returns how many.
static size_t rows_build(const struct build *b, const struct rulebook_item *rows, size_t count,
                         Award__Category ***list)
{
    *list = arena_alloc(b->arena, (count + 1) * sizeof(**list));
    for (size_t i = 0; i < count; i++) {
        Award__Category *category = arena_alloc(b->arena, sizeof(*category));
        award__category__init(category);
        category->key = arena_string(b->arena, rows[i].key);
        category->zh = arena_string(b->arena, rows[i].zh);
        category->en = arena_string(b->arena, rows[i].en);
        category->maximum = points_new(b, rows[i].points_max);
        (*list)[i] = category;
    }
    return count;
}

static size_t categories_build(const struct build *b, const struct rulebook *rulebook,
                               Award__Category ***list)
{
    return rows_build(b, rulebook->categories, rulebook->categories_count, list);
}

// ---- Sheets

enum { SHEETS_MAX = 64 };

// The sheets of a case of one kind, whoever wrote them.
static size_t sheets_read(const struct build *b, const char *case_id, Award__Sheet__Kind kind,
                          Award__Sheet ***sheets)
{
    const struct view *view = b->context->view;
    struct bytes prefix =
        record_prefix(b->arena, AWARD__CHANGE__RECORD_SHEET, 2, case_id, (int)kind);
    struct bytes from = prefix;
    struct bytes key;
    struct bytes value;
    size_t count = 0;
    *sheets = arena_alloc(b->arena, SHEETS_MAX * sizeof(**sheets));
    while (count < SHEETS_MAX &&
           looked(b, view->next(view, from, b->arena, &key, &value)) == VIEW_FOUND &&
           key.size >= prefix.size && memcmp(key.data, prefix.data, prefix.size) == 0) {
        Award__Sheet *sheet =
            (Award__Sheet *)codec_unpack_trusted(&award__sheet__descriptor, value, b->arena);
        if (sheet != NULL) {
            (*sheets)[count++] = sheet;
        }
        from = view_key_after(key, b->arena);
    }
    return count;
}

// Whether the sheets of this person count for the case: a member who was neither replaced nor has
// declared a conflict.
static bool person_counts(const Award__Team *team, const char *person, const char *case_id)
{
    for (size_t i = 0; team != NULL && i < team->n_members; i++) {
        if (strcmp(team->members[i]->person, person) == 0) {
            return team_member_counts(team->members[i], case_id);
        }
    }
    return false;
}

static const Award__Team *team_read(const struct build *b, const Award__Case *c)
{
    return c->team != NULL
               ? (const Award__Team *)record_read(b, AWARD__CHANGE__RECORD_TEAM, c->team)
               : NULL;
}

static bool build_compare_sheets(struct build *b)
{
    const Award__Case *c = case_read(b, b->task->subject);
    const struct rulebook *rulebook = c != NULL ? rulebook_of(b, c->cycle) : NULL;
    if (rulebook == NULL) {
        return false;
    }
    Award__CompareSheets *payload = arena_alloc(b->arena, sizeof(*payload));
    award__compare_sheets__init(payload);
    payload->case_ = c->case_;
    const Award__Team *team = team_read(b, c);
    size_t count = sheets_read(b, c->case_, AWARD__SHEET__KIND__independent, &payload->sheets);
    for (size_t i = 0; i < count; i++) {
        if (person_counts(team, payload->sheets[i]->person, c->case_)) {
            payload->sheets[payload->n_sheets++] = payload->sheets[i];
        }
    }
    payload->has_tolerance_percent = 1;
    payload->tolerance_percent = (uint32_t)rulebook->consensus_tolerance;
    payload->n_categories = categories_build(b, rulebook, &payload->categories);
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_COMPARE_SHEETS;
    b->order->compare_sheets = payload;
    return true;
}

// What the feedback report of a case is written from; NULL where there is no such case.
static Award__WriteFeedback *feedback_build(struct build *b, const char *case_id)
{
    Award__Case *c = case_read(b, case_id);
    const struct rulebook *rulebook = c != NULL ? rulebook_of(b, c->cycle) : NULL;
    if (rulebook == NULL) {
        return NULL;
    }
    Award__WriteFeedback *payload = arena_alloc(b->arena, sizeof(*payload));
    award__write_feedback__init(payload);
    payload->case_ = c;
    payload->enterprise_name = enterprise_name(b, c->enterprise);
    payload->recipient = enterprise_principal(b, c->enterprise);
    payload->city = city(b);
    payload->has_rehearsal = 1;
    payload->rehearsal = b->context->rehearsal;
    payload->names = names_build(b, rulebook);
    payload->n_categories = categories_build(b, rulebook, &payload->categories);
    payload->n_items = rows_build(b, rulebook->items, rulebook->items_count, &payload->items);
    payload->award_threshold = points_new(b, rulebook->award_threshold);
    payload->nomination_threshold = points_new(b, rulebook->nomination_threshold);
    const Award__Sheet__Kind kinds[] = {AWARD__SHEET__KIND__consensus, AWARD__SHEET__KIND__visit,
                                        AWARD__SHEET__KIND__unified};
    payload->sheets = arena_alloc(b->arena, SHEETS_MAX * sizeof(Award__Sheet *));
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        Award__Sheet **found;
        size_t count = sheets_read(b, c->case_, kinds[i], &found);
        for (size_t k = 0; k < count && payload->n_sheets < SHEETS_MAX; k++) {
            payload->sheets[payload->n_sheets++] = found[k];
        }
    }
    return payload;
}

static bool build_write_feedback(struct build *b)
{
    b->order->write_feedback = feedback_build(b, b->task->subject);
    if (b->order->write_feedback == NULL) {
        return false;
    }
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_WRITE_FEEDBACK;
    return true;
}

// ---- Ranking

// A defence that the office dispensed with counts nothing (decision 23).
static Award__Fraction *defence_none(const struct build *b)
{
    Award__Fraction *none = arena_alloc(b->arena, sizeof(*none));
    award__fraction__init(none);
    none->has_numerator = 1;
    none->numerator = 0;
    none->has_denominator = 1;
    none->denominator = 1;
    return none;
}

static void entrant_add(struct build *b, Award__Rank *payload, const Award__Case *c)
{
    Award__Rank__Entrant *entrant = arena_alloc(b->arena, sizeof(*entrant));
    award__rank__entrant__init(entrant);
    entrant->case_ = c->case_;
    entrant->document = c->document_score;
    entrant->site = c->site_score;
    entrant->defence =
        c->defence != NULL && c->defence->closed ? c->defence->score : defence_none(b);
    payload->entrants[payload->n_entrants++] = entrant;
}

static void rank_numbers(const struct build *b, Award__Rank *payload,
                         const struct rulebook *rulebook)
{
    payload->has_document_weight = 1;
    payload->document_weight = rulebook->document_weight;
    payload->has_site_weight = 1;
    payload->site_weight = rulebook->site_weight;
    payload->award_threshold = points_new(b, rulebook->award_threshold);
    payload->nomination_threshold = points_new(b, rulebook->nomination_threshold);
    payload->has_award_places = 1;
    payload->award_places = rulebook->award_places;
    payload->has_nomination_places = 1;
    payload->nomination_places = rulebook->nomination_places;
}

static bool build_rank(struct build *b)
{
    const Award__Cycle *cycle =
        (const Award__Cycle *)record_read(b, AWARD__CHANGE__RECORD_CYCLE, b->task->subject);
    const Award__Selection *selection =
        (const Award__Selection *)record_read(b, AWARD__CHANGE__RECORD_SELECTION, b->task->subject);
    const struct rulebook *rulebook = cycle != NULL ? rulebook_of(b, cycle->cycle) : NULL;
    if (rulebook == NULL || selection == NULL) {
        return false;
    }
    Award__Rank *payload = arena_alloc(b->arena, sizeof(*payload));
    award__rank__init(payload);
    payload->cycle = cycle->cycle;
    payload->n_ties = selection->n_ties;
    payload->ties = selection->ties;
    rank_numbers(b, payload, rulebook);
    payload->entrants = arena_alloc(b->arena, (cycle->n_cases + 1) * sizeof(*payload->entrants));
    for (size_t i = 0; i < cycle->n_cases; i++) {
        const Award__Case *c = case_read(b, cycle->cases[i]);
        if (c != NULL && c->stage == AWARD__STAGE__NAME__final) {
            entrant_add(b, payload, c);
        }
    }
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_RANK;
    b->order->rank = payload;
    return true;
}

// ---- Messages

static Award__DeliverMessage__Item *item_build(const struct build *b, const char *recipient,
                                               const char *alert_id)
{
    Award__Alert *alert =
        (Award__Alert *)record_read(b, AWARD__CHANGE__RECORD_ALERT, recipient, alert_id);
    if (alert == NULL) {
        return NULL;
    }
    Award__DeliverMessage__Item *item = arena_alloc(b->arena, sizeof(*item));
    award__deliver_message__item__init(item);
    item->alert = alert;
    item->deadline =
        (Award__Deadline *)record_read(b, AWARD__CHANGE__RECORD_DEADLINE, alert->deadline);
    if (item->deadline != NULL) {
        item->enterprise_name = enterprise_name(b, item->deadline->enterprise);
    }
    return item;
}

// Where the message goes by its channel, and in which language.
static void person_build(const struct build *b, const Award__Message *message,
                         Award__DeliverMessage *payload)
{
    const Award__Person *person =
        (const Award__Person *)record_read(b, AWARD__CHANGE__RECORD_PERSON, message->recipient);
    const ProtobufCEnumValue *channel = protobuf_c_enum_descriptor_get_value_by_name(
        &award__channel__name__descriptor, message->channel != NULL ? message->channel : "");
    for (size_t i = 0; person != NULL && channel != NULL && i < person->n_addresses; i++) {
        const Award__Person__Address *address = person->addresses[i];
        if ((int)address->channel == channel->value && address->digest != NULL) {
            const char *clear =
                b->context->address(b->context->address_context, address->digest, b->arena);
            payload->address = clear != NULL ? arena_string(b->arena, clear) : NULL;
        }
    }
    if (person != NULL && person->has_language) {
        payload->has_language = 1;
        payload->language = person->language;
    }
}

// The digest of a morning says what `today` shows when it is delivered; a proof of silence what of
// it is counted.
static void today_build(const struct build *b, Award__DeliverMessage *payload)
{
    const Award__Message *message = payload->message;
    bool digest = message->template_ == AWARD__TEMPLATE__NAME__digest;
    bool silence = message->template_ == AWARD__TEMPLATE__NAME__silence;
    if ((!digest && !silence) || b->context->today == NULL || payload->recipient == NULL) {
        return;
    }
    Award__Today *today =
        b->context->today(b->context->today_context, payload->recipient, b->arena);
    payload->today = digest ? today : NULL;
    payload->silence = silence && today != NULL ? today->silence : NULL;
}

static bool build_deliver_message(struct build *b)
{
    Award__Message *message =
        (Award__Message *)record_read(b, AWARD__CHANGE__RECORD_MESSAGE, b->task->subject);
    if (message == NULL) {
        return false;
    }
    Award__DeliverMessage *payload = arena_alloc(b->arena, sizeof(*payload));
    award__deliver_message__init(payload);
    payload->message = message;
    payload->recipient =
        (Award__Principal *)record_read(b, AWARD__CHANGE__RECORD_PRINCIPAL, message->recipient);
    payload->city = city(b);
    payload->has_rehearsal = 1;
    payload->rehearsal = b->context->rehearsal;
    person_build(b, message, payload);
    const Award__Case *c = case_read(b, message->case_);
    const struct rulebook *rulebook = c != NULL ? rulebook_of(b, c->cycle) : NULL;
    payload->names = rulebook != NULL ? names_build(b, rulebook) : NULL;
    payload->items = arena_alloc(b->arena, (message->n_alerts + 1) * sizeof(*payload->items));
    for (size_t i = 0; i < message->n_alerts; i++) {
        Award__DeliverMessage__Item *item = item_build(b, message->recipient, message->alerts[i]);
        if (item != NULL) {
            payload->items[payload->n_items++] = item;
        }
    }
    today_build(b, payload);
    if (message->template_ == AWARD__TEMPLATE__NAME__feedback) {
        payload->feedback = feedback_build(b, message->case_);
    }
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_DELIVER_MESSAGE;
    b->order->deliver_message = payload;
    return true;
}

// ---- Revocation

// 20(1): a confirmed misrepresentation of this case stands on the enterprise's record.
static bool misrepresentation_recorded(const struct build *b, const Award__Case *c)
{
    const Award__Enterprise *enterprise =
        (const Award__Enterprise *)record_read(b, AWARD__CHANGE__RECORD_ENTERPRISE, c->enterprise);
    for (size_t i = 0; enterprise != NULL && i < enterprise->n_bars; i++) {
        const Award__Enterprise__Bar *bar = enterprise->bars[i];
        if (strcmp(bar->article, "12(2)") == 0 && bar->source != NULL &&
            strcmp(bar->source, c->case_) == 0) {
            return true;
        }
    }
    return false;
}

static Award__Incident *incident_read(const struct build *b, const char *id)
{
    return id != NULL ? (Award__Incident *)record_read(b, AWARD__CHANGE__RECORD_INCIDENT, id)
                      : NULL;
}

// An incident that befell the laureate itself names nobody else, by whatever name it was reported.
static void whom_settle(const struct build *b, Award__Incident *incident)
{
    if (incident == NULL || incident->whom == NULL) {
        return;
    }
    const char *name = enterprise_name(b, incident->enterprise);
    if (name != NULL && strcmp(incident->whom, name) == 0) {
        incident->whom = NULL;
    }
}

// decision 29
static void levels_build(const struct build *b, const struct rulebook *rulebook,
                         Award__CheckGrounds *payload)
{
    const ProtobufCEnumDescriptor *levels = &award__level__name__descriptor;
    payload->sampling_levels =
        arena_alloc(b->arena, levels->n_values * sizeof(*payload->sampling_levels));
    for (unsigned i = 0; i < levels->n_values; i++) {
        int level = levels->values[i].value;
        if ((rulebook->sampling_levels & 1U << level) != 0) {
            payload->sampling_levels[payload->n_sampling_levels++] = (Award__Level__Name)level;
        }
    }
}

static bool build_check_grounds(struct build *b)
{
    Award__Case *c = case_read(b, b->task->subject);
    const struct rulebook *rulebook = c != NULL ? rulebook_of(b, c->cycle) : NULL;
    if (rulebook == NULL) {
        return false;
    }
    Award__CheckGrounds *payload = arena_alloc(b->arena, sizeof(*payload));
    award__check_grounds__init(payload);
    payload->case_ = c;
    payload->detail = b->task->detail;
    payload->incident = incident_read(b, b->task->detail);
    whom_settle(b, payload->incident);
    payload->has_misrepresentation = 1;
    payload->misrepresentation = misrepresentation_recorded(b, c);
    levels_build(b, rulebook, payload);
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_CHECK_GROUNDS;
    b->order->check_grounds = payload;
    return true;
}

static bool build_draft_papers(struct build *b)
{
    Award__Case *c = case_read(b, b->task->subject);
    Award__Revocation *revocation =
        b->task->detail != NULL
            ? (Award__Revocation *)record_read(b, AWARD__CHANGE__RECORD_REVOCATION, b->task->detail)
            : NULL;
    const struct rulebook *rulebook = c != NULL ? rulebook_of(b, c->cycle) : NULL;
    if (rulebook == NULL || revocation == NULL) {
        return false;
    }
    Award__DraftPapers *payload = arena_alloc(b->arena, sizeof(*payload));
    award__draft_papers__init(payload);
    payload->case_ = c;
    payload->revocation = revocation;
    payload->incident = incident_read(b, revocation->incident);
    payload->enterprise_name = enterprise_name(b, c->enterprise);
    payload->city = city(b);
    payload->names = names_build(b, rulebook);
    b->order->payload_case = AWARD__TASK_ORDER__PAYLOAD_DRAFT_PAPERS;
    b->order->draft_papers = payload;
    return true;
}

// ---- By kind

static bool (*const builders[])(struct build *) = {
    [AWARD__TASK_KIND__NAME__compare_sheets] = build_compare_sheets,
    [AWARD__TASK_KIND__NAME__rank] = build_rank,
    [AWARD__TASK_KIND__NAME__deliver_message] = build_deliver_message,
    [AWARD__TASK_KIND__NAME__write_feedback] = build_write_feedback,
    [AWARD__TASK_KIND__NAME__check_grounds] = build_check_grounds,
    [AWARD__TASK_KIND__NAME__draft_papers] = build_draft_papers,
};

Award__TaskOrder *order_build(const struct order_context *context, const Award__Task *task,
                              struct arena *arena)
{
    Award__TaskOrder *order = arena_alloc(arena, sizeof(*order));
    award__task_order__init(order);
    order->task = task->task;
    order->has_kind = 1;
    order->kind = task->kind;
    bool damaged = false;
    struct build b = {
        .context = context, .arena = arena, .task = task, .order = order, .damaged = &damaged};
    size_t kind = (size_t)task->kind;
    if (kind >= sizeof(builders) / sizeof(builders[0]) || builders[kind] == NULL ||
        !builders[kind](&b)) {
        return NULL;
    }
    return damaged ? NULL : order; // nobody works with less than there is
}
