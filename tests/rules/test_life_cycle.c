// life_cycle - every stage with every event and every guard is walked, none is sampled
#include "rules/life_cycle.h"

#include "rules/deciding.h"
#include "rules/overlay.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define CODE "91500112MA5U0000X8"
#define CASE "2018/" CODE "/1"
#define DISTRICT "500112"

enum {
    STAGE_FIRST = AWARD__STAGE__NAME__applied,
    STAGE_LAST = AWARD__STAGE__NAME__revocation_closed,
    GUARD_LAST = GUARD_INCOMPLETE,
};

static const struct rulebook orders[] = {
    {.last_stages = {RULEBOOK_PUBLICITY, RULEBOOK_DELIBERATION, RULEBOOK_APPROVAL},
     .last_stages_count = 3},
    {.last_stages = {RULEBOOK_DELIBERATION, RULEBOOK_PUBLICITY, RULEBOOK_APPROVAL},
     .last_stages_count = 3},
};

enum { ORDERS = sizeof(orders) / sizeof(orders[0]) };

// Where a row leads a case in this stage.
static Award__Stage__Name next_of(const struct life_cycle_row *row, Award__Stage__Name stage,
                                  const struct rulebook *order)
{
    Award__Case c = AWARD__CASE__INIT;
    c.stage = stage;
    c.stage_before_halt = AWARD__STAGE__NAME__site_visit;
    return life_cycle_next(row, &c, order);
}

static bool starts_from(const struct life_cycle_row *row, Award__Stage__Name stage)
{
    return stage == 0 ? row->from == 0 : stage_in(stage, row->from);
}

// ---- The table by itself

Test(life_cycle, every_row_has_an_article_a_guard_and_an_event_that_somebody_may_send)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        cr_assert_not_null(rows[i].article, "row %zu", i);
        cr_assert_neq(rows[i].article[0], '\0', "row %zu", i);
        cr_assert_not_null(guard_name(rows[i].guard), "row %zu", i);
        cr_assert_not_null(event_row(rows[i].event), "row %zu", i);
    }
}

Test(life_cycle, no_stage_event_and_guard_has_two_rows)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            bool same = rows[i].event == rows[k].event && rows[i].guard == rows[k].guard;
            bool meet =
                (rows[i].from & rows[k].from) != 0 || (rows[i].from == 0 && rows[k].from == 0);
            cr_assert_not(same && meet, "rows %zu and %zu, %s", i, k, event_name(rows[i].event));
        }
    }
}

// Compares the search with the table itself, for one stage and event.
static void event_walk(Award__Stage__Name stage, Award__Event__BodyCase event)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    bool any = false;
    for (int guard = 0; guard <= GUARD_LAST; guard++) {
        const struct life_cycle_row *expected = NULL;
        for (size_t i = 0; i < count; i++) {
            if (rows[i].event == event && rows[i].guard == (enum guard)guard &&
                starts_from(&rows[i], stage)) {
                expected = &rows[i];
            }
        }
        any = any || expected != NULL;
        cr_assert_eq(life_cycle_find(stage, event, (enum guard)guard), expected,
                     "stage %d, event %d, guard %d", (int)stage, (int)event, guard);
    }
    cr_assert_eq(life_cycle_allows(stage, event), any, "stage %d, event %d", (int)stage,
                 (int)event);
}

// 16s1
Test(life_cycle, every_stage_event_and_guard_finds_its_row_or_none)
{
    for (int stage = 0; stage <= STAGE_LAST; stage++) {
        for (int event = 0; event < EVENT_NUMBERS; event++) {
            event_walk((Award__Stage__Name)stage, (Award__Event__BodyCase)event);
        }
    }
}

Test(life_cycle, every_row_leads_to_a_stage_in_either_order_of_the_last_ones)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        for (int stage = 0; stage <= STAGE_LAST; stage++) {
            if (!starts_from(&rows[i], (Award__Stage__Name)stage)) {
                continue;
            }
            for (size_t order = 0; order < ORDERS; order++) {
                int next = (int)next_of(&rows[i], (Award__Stage__Name)stage, &orders[order]);
                cr_assert(next >= STAGE_FIRST && next <= STAGE_LAST, "row %zu from %d leads to %d",
                          i, stage, next);
            }
        }
    }
}

// The set of stages that the rows reach from nothing, under one order of the last stages.
static uint32_t stages_reached(const struct rulebook *order)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    uint32_t reached = 0;
    for (uint32_t before = 1; before != reached;) {
        before = reached;
        for (size_t i = 0; i < count; i++) {
            for (int stage = 0; stage <= STAGE_LAST; stage++) {
                bool here = stage == 0 || (reached >> stage & 1U) != 0;
                if (here && starts_from(&rows[i], (Award__Stage__Name)stage)) {
                    reached |= UINT32_C(1)
                               << (unsigned)next_of(&rows[i], (Award__Stage__Name)stage, order);
                }
            }
        }
    }
    return reached;
}

// decision 19; 16s1
Test(life_cycle, every_stage_is_reached_and_deliberated_only_where_it_comes_first)
{
    for (int stage = STAGE_FIRST; stage <= STAGE_LAST; stage++) {
        bool first = stage_in((Award__Stage__Name)stage, stages_reached(&orders[0]));
        bool second = stage_in((Award__Stage__Name)stage, stages_reached(&orders[1]));
        cr_assert(first || second, "nothing leads to %s", stage_name((Award__Stage__Name)stage));
        if (stage == AWARD__STAGE__NAME__deliberated) {
            cr_assert_not(first);
        }
    }
}

// The events that take a case out of a stage, as a list of names.
static const char *ways_out(Award__Stage__Name stage, char *list, size_t size)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    list[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (starts_from(&rows[i], stage) && next_of(&rows[i], stage, &orders[0]) != stage) {
            size_t used = strlen(list);
            (void)snprintf(list + used, size - used, "%s%s", used > 0 ? " " : "",
                           event_name(rows[i].event));
        }
    }
    return list;
}

// 20s1
Test(life_cycle, what_is_over_has_no_way_out_and_an_honour_only_that_of_article_20)
{
    static const struct {
        Award__Stage__Name stage;
        const char *ways;
    } last[] = {
        {AWARD__STAGE__NAME__refused,           ""                                                },
        {AWARD__STAGE__NAME__ineligible,        ""                                                },
        {AWARD__STAGE__NAME__document_out,      ""                                                },
        {AWARD__STAGE__NAME__site_out,          ""                                                },
        {AWARD__STAGE__NAME__not_selected,      ""                                                },
        {AWARD__STAGE__NAME__not_recommended,   ""                                                },
        {AWARD__STAGE__NAME__not_approved,      ""                                                },
        {AWARD__STAGE__NAME__disqualified,      ""                                                },
        {AWARD__STAGE__NAME__withdrawn,         ""                                                },
        {AWARD__STAGE__NAME__revocation_closed, ""                                                },
        {AWARD__STAGE__NAME__approved,          "mayor_signed"                                    },
        {AWARD__STAGE__NAME__signed,            "result_published"                                },
        {AWARD__STAGE__NAME__honoured,          "conferral_held earlier_record revocation_decided"},
        {AWARD__STAGE__NAME__conferred,         "earlier_record revocation_decided"               },
        {AWARD__STAGE__NAME__revoked,
         "medal_returned certificate_returned prize_returned revocation_published"                },
    };
    char list[512];
    for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++) {
        cr_assert_str_eq(ways_out(last[i].stage, list, sizeof(list)), last[i].ways, "%s: %s",
                         stage_name(last[i].stage), list);
    }
}

// ---- The door: what has no row is rejected, whatever the event

struct fixture {
    struct arena *arena;
    struct overlay *overlay;
};

static void put(struct fixture *fixture, Award__Change__RecordCase kind, ProtobufCMessage *record)
{
    Award__Change change = AWARD__CHANGE__INIT;
    change.record_case = kind;
    change.city = (Award__City *)record; // all members of the union are pointers to messages
    struct bytes key;
    struct bytes value;
    cr_assert(record_fold(&change, fixture->arena, &key, &value));
    overlay_put(fixture->overlay, key, value);
}

static void put_case(struct fixture *fixture, Award__Stage__Name stage)
{
    Award__Case c = AWARD__CASE__INIT;
    c.case_ = arena_string(fixture->arena, CASE);
    c.cycle = arena_string(fixture->arena, "2018");
    c.enterprise = arena_string(fixture->arena, CODE);
    c.has_stage = 1;
    c.stage = stage;
    put(fixture, AWARD__CHANGE__RECORD_CASE, &c.base);
}

static void put_enterprise(struct fixture *fixture)
{
    Award__Enterprise enterprise = AWARD__ENTERPRISE__INIT;
    enterprise.enterprise = arena_string(fixture->arena, CODE);
    enterprise.district = arena_string(fixture->arena, DISTRICT);
    put(fixture, AWARD__CHANGE__RECORD_ENTERPRISE, &enterprise.base);
}

// Fills one field with anything that counts as present.
static void field_fill(struct arena *arena, ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field)
{
    unsigned char *base = (unsigned char *)message;
    const void *element = NULL;
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        element = arena_string(arena, strcmp(field->name, "case") == 0 ? CASE : "x");
    } else if (field->type == PROTOBUF_C_TYPE_MESSAGE) {
        element = message_new(arena, field->descriptor);
    }
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t one = 1;
        void *list = arena_alloc(arena, sizeof(void *)); // enumerations need less
        memcpy(list, &element, sizeof(element));
        memcpy(base + field->quantifier_offset, &one, sizeof(one));
        memcpy(base + field->offset, &list, sizeof(list));
    } else if (element != NULL) {
        memcpy(base + field->offset, &element, sizeof(element));
    } else {
        protobuf_c_boolean yes = 1;
        memcpy(base + field->quantifier_offset, &yes, sizeof(yes));
    }
}

static bool needs_field(const struct event_row *row, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = row->needs; (at = strstr(at, name)) != NULL; at += length) {
        bool begins = at == row->needs || at[-1] == ' ';
        if (begins && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

// An event about the case, with all the fields that its row needs; NULL where it names no case.
static Award__Event *event_about_case(struct arena *arena, int number)
{
    const struct event_row *row = event_row((Award__Event__BodyCase)number);
    if (row == NULL || !needs_field(row, "case")) {
        return NULL;
    }
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field(&award__event__descriptor, (unsigned)number);
    ProtobufCMessage *body = message_new(arena, field->descriptor);
    for (unsigned i = 0; i < body->descriptor->n_fields; i++) {
        if (needs_field(row, body->descriptor->fields[i].name)) {
            field_fill(arena, body, &body->descriptor->fields[i]);
        }
    }
    Award__Event *event = (Award__Event *)message_new(arena, &award__event__descriptor);
    event->principal = arena_string(arena, "somebody");
    event->id = arena_string(arena, "1");
    event->body_case = (Award__Event__BodyCase)number;
    event->database_created = (Award__DatabaseCreated *)body; // all members are pointers
    return event;
}

// Somebody whom the row lets send it, and in whose scope the case lies.
static Award__Principal *sender_of(struct arena *arena, const struct event_row *row)
{
    Award__Principal *sender =
        (Award__Principal *)message_new(arena, &award__principal__descriptor);
    sender->name = arena_string(arena, "somebody");
    for (int role = AWARD__ROLE__NAME__coordinator; role > 0; role--) {
        if ((row->from >> role & 1U) != 0) {
            SET(sender, role, (Award__Role__Name)role);
        }
    }
    bool enterprise = sender->role == AWARD__ROLE__NAME__enterprise;
    sender->scope = arena_string(arena, enterprise ? CODE : DISTRICT);
    return sender;
}

static const struct rulebook *no_rulebook_found(const void *context, const char *digest)
{
    (void)context;
    (void)digest;
    return NULL;
}

static void expect_wrong_stage(struct fixture *fixture, Award__Event *event, int stage)
{
    struct rules_input input = {
        .view = overlay_view(fixture->overlay),
        .event = event,
        .sender = sender_of(fixture->arena, event_row(event->body_case)),
        .now_ms = INT64_C(1514854800000),
        .rulebook = no_rulebook_found,
    };
    const Award__Decision *decision = rules_decide(&input, fixture->arena);
    cr_assert_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s in stage %d",
                 event_name(event->body_case), stage);
    cr_assert_str_eq(decision->reasons[0]->code, "wrong_stage", "%s in stage %d: %s",
                     event_name(event->body_case), stage, decision->reasons[0]->en);
    cr_assert_str_eq(decision->article, "order");
    cr_assert_eq(decision->n_changes, 0);
}

Test(life_cycle, an_event_without_a_row_in_the_stage_is_rejected)
{
    size_t rejected = 0;
    for (int stage = STAGE_FIRST; stage <= STAGE_LAST; stage++) {
        struct fixture fixture = {arena_create(), overlay_create(NULL)};
        put_case(&fixture, (Award__Stage__Name)stage);
        put_enterprise(&fixture);
        for (int number = 0; number < EVENT_NUMBERS; number++) {
            Award__Event *event = event_about_case(fixture.arena, number);
            if (event != NULL && !life_cycle_allows((Award__Stage__Name)stage, event->body_case)) {
                expect_wrong_stage(&fixture, event, stage);
                rejected++;
            }
        }
        overlay_destroy(fixture.overlay);
        arena_destroy(fixture.arena);
    }
    cr_assert_gt(rejected, 500, "only %zu pairs were walked", rejected);
}

// What an event asks for tells its rows apart: where there is but one, it asks for nothing.
Test(life_cycle, an_event_that_leads_to_one_place_asks_for_no_condition)
{
    size_t count;
    const struct life_cycle_row *rows = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < count; k++) {
            same += rows[k].event == rows[i].event ? 1 : 0;
        }
        cr_expect_eq(rows[i].guard == GUARD_NONE,
                     same == 1 || (rows[i].event == AWARD__EVENT__BODY_EARLIER_RECORD &&
                                   rows[i].next != (int)AWARD__STAGE__NAME__revocation_closed),
                     "%s", event_name(rows[i].event));
    }
}
