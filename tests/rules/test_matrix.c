// Every event at every stage of a case, from every principal and in both orders of the last stages:
// admitted exactly where the regulation lets it happen, and led to the stage that it says; rejected
// everywhere else, with the code and the article that it says. The table is written from the
// regulation and the list of events, not from rules/life_cycle.c, so that a changed row there fails
// here. Events that have no case in them are listed with the reason why. Each is refused wherever a
// record that it reads is damaged.
#include "tests/rules/matrix_rows.h"
#include "tests/rules/review_world.h"

#include "rules/events.h"
#include "rules/life_cycle.h"
#include "settings/rulebook_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STAGES = 28 };

// ---- The world around the case

// " for ', the case for %, and scores that add up for @hundredths@.
static const char *json_of(struct world *world, const char *text)
{
    const char *done = "";
    for (const char *at; (at = strpbrk(text, "'%@")) != NULL;) {
        const char *filling = *at == '\'' ? "\"" : CASE_A;
        const char *next = at + 1;
        if (*at == '@') {
            const char *sheet = review_sheet(world, "x", "x", atoi(next), "");
            const char *list = strchr(sheet, '[');
            filling = JSON(world, "%.*s", (int)(strrchr(sheet, ']') + 1 - list), list);
            next = strchr(next, '@') + 1;
        }
        done = JSON(world, "%s%.*s%s", done, (int)(at - text), text, filling);
        text = next;
    }
    return JSON(world, "%s%s", done, text);
}

static void put(struct world *world, Award__Change__RecordCase kind, const char *text)
{
    world_put_json(world, kind, json_of(world, text));
}

static const char *stage_word(int stage)
{
    return protobuf_c_enum_descriptor_get_value(&award__stage__name__descriptor, stage)->name;
}

static void case_at(struct world *world, const struct expected *row, int stage)
{
    const char *more = row->of_case != NULL ? row->of_case : "";
    put(world, RECORD(CASE),
        JSON(world,
             "{'case':'%%','cycle':'2018','enterprise':'" WORLD_ENTERPRISE "','version':5,"
             "'stage':'%s',%s%s'applied_on':'2018-01-02'}",
             stage_word(stage), more, strstr(more, "'team'") != NULL ? "" : "'team':'T',"));
}

static void panel_scores_put(struct world *world)
{
    static const char *const panel[] = {"01", "04", "05", "06", "07", "08", "09"};
    for (size_t i = 0; i < sizeof(panel) / sizeof(panel[0]); i++) {
        put(world, RECORD(SHEET),
            JSON(world, "{'case':'%%','kind':'defence','person':'reviewer-%s','total':'80.00'}",
                 panel[i]));
    }
}

// The cycle's rulebook: Chongqing's with the last stages in this order, or that of the district.
static void rules_take(struct world *world, const struct expected *row, enum order order,
                       const struct rulebook *other)
{
    static const enum rulebook_stage deliberation_first[] = {RULEBOOK_DELIBERATION,
                                                             RULEBOOK_PUBLICITY, RULEBOOK_APPROVAL};
    struct rulebook *rules = world_rules(world);
    if (other != NULL) {
        char digest[sizeof(rules->digest)];
        memcpy(digest, rules->digest, sizeof(digest));
        *rules = *other;
        memcpy(rules->digest, digest, sizeof(digest));
    } else if (order == DELIBERATION_FIRST) {
        memcpy(rules->last_stages, deliberation_first, sizeof(deliberation_first));
    }
    if (row->no_places) {
        rules->award_places = rules->nomination_places = 0;
    }
}

static struct world *world_of(const struct expected *row, enum order order,
                              const struct rulebook *other)
{
    struct world *world = review_world();
    rules_take(world, row, order, other);
    put(world, RECORD(ENTERPRISE),
        JSON(world,
             "{'enterprise':'" WORLD_ENTERPRISE "','name':'甲企业','region':'%s','district':"
             "'500112','industry':'C36','legal_person':true,'operating_since':'2000-01-01','cases':"
             "['%%'],'incidents':['I']}",
             other != NULL ? other->region_prefix : "500112"));
    put(world, RECORD(CYCLE),
        JSON(world,
             "{'cycle':'2018','rulebook':'%s','cases':['%%'],'teams':['T'],%s'opened':{'cycle':"
             "'2018','closing':'2018-03-31T23:59:59.999+08:00','units':['U1','U2','U3'],'chair':"
             "'主任'}}",
             world_rules(world)->digest, row->of_cycle != NULL ? row->of_cycle : ""));
    put(world, RECORD(TEAM),
        "{'cycle':'2018','team':'T','leader':'reviewer-01','cases':['%'],'members':[{'person':"
        "'reviewer-01','confidential':true},{'person':'reviewer-02','confidential':true},{"
        "'person':'reviewer-03','confidential':true}]}");
    for (size_t i = 0; i < RECORDS_MAX && row->records[i].json != NULL; i++) {
        if (strcmp(row->records[i].json, "D") == 0) {
            panel_scores_put(world);
        } else {
            put(world, row->records[i].kind, row->records[i].json);
        }
    }
    return world;
}

// ---- Walking

static bool word_in(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += length) {
        bool begins = at == list || at[-1] == ' ';
        if (begins && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return strcmp(list, ANY) == 0;
}

// The stage in which a decision leaves the case; "" where it puts no case.
static const char *stage_after(const Award__Decision *decision)
{
    for (size_t i = decision->n_changes; i-- > 0;) {
        const Award__Change *change = decision->changes[i];
        if (change->record_case == RECORD(CASE) && strcmp(change->case_->case_, CASE_A) == 0) {
            return stage_word((int)change->case_->stage);
        }
    }
    return "";
}

static void admitted_expect(const struct expected *row, const struct choice *choice,
                            const char *sender, const char *stage, const Award__Decision *decision)
{
    cr_expect_neq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s by %s at %s: %s: %s",
                  row->event, sender, stage, world_code(decision),
                  decision->n_reasons > 0 ? decision->reasons[0]->en : "");
    const char *after = stage_after(decision);
    const char *next = choice->next != NULL ? choice->next : *after != '\0' ? stage : "";
    cr_expect_str_eq(after, next, "%s by %s at %s leads to '%s', not '%s'", row->event, sender,
                     stage, after, next);
}

static struct exception exception_of(const struct expected *row, const char *stage)
{
    for (size_t i = 0; i < EXCEPTIONS_MAX && row->exceptions[i].stages != NULL; i++) {
        if (word_in(row->exceptions[i].stages, stage)) {
            return row->exceptions[i];
        }
    }
    return (struct exception){stage, row->otherwise != NULL ? row->otherwise : "wrong_stage",
                              row->article != NULL ? row->article : "order"};
}

// Admitted, and the case stays where it is: "untouched", "stays".
static void kept_expect(const struct expected *row, const char *stage,
                        const Award__Decision *decision)
{
    const char *after = stage_after(decision);
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__accepted, "%s at %s: %s", row->event,
                 stage, world_code(decision));
    cr_expect(*after == '\0' || strcmp(after, stage) == 0, "%s at %s leads to %s", row->event,
              stage, after);
}

static void rejected_expect(const struct expected *row, const char *sender, const char *stage,
                            const Award__Decision *decision)
{
    struct exception expected = exception_of(row, stage);
    if (strcmp(expected.code, "untouched") == 0 || strcmp(expected.code, "stays") == 0) {
        kept_expect(row, stage, decision);
        return;
    }
    if (row->of_a_part) {
        cr_expect(decision->n_rejected_parts == 1 &&
                      strcmp(decision->rejected_parts[0]->code, expected.code) == 0 &&
                      strcmp(decision->rejected_parts[0]->article, expected.article) == 0,
                  "%s at %s: not %s", row->event, stage, expected.code);
        cr_expect_str_empty(stage_after(decision));
        return;
    }
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s by %s at %s", row->event,
                 sender, stage);
    cr_expect_eq(decision->n_changes, 0);
    cr_expect_str_eq(world_code(decision), expected.code, "%s at %s: %s, not %s", row->event, stage,
                     world_code(decision), expected.code);
    cr_expect_str_eq(world_article(decision), expected.article, "%s at %s: by %s, not %s",
                     row->event, stage, world_article(decision), expected.article);
}

// Everybody else is told at every stage that it is not his.
static void strangers_walk(struct world *world, const struct expected *row, const char *json,
                           int stage)
{
    static const char *const everybody[] = {
        "office",      "bureau-500112",       "review-committee",
        "supervision", "government",          "bureau",
        "ent-a",       "selection-committee", "public",
        "admin",       "worker-scoring",      "worker-notification",
        "coordinator", "worker-revocation",   "reviewer-01"};
    for (size_t i = 0; i < sizeof(everybody) / sizeof(everybody[0]); i++) {
        bool role = strncmp(everybody[i], "reviewer", 8) == 0
                        ? strstr(row->from, "reviewer") != NULL
                        : word_in(row->from, everybody[i]);
        if (role) {
            continue;
        }
        const Award__Decision *decision = world_try(world, everybody[i], json);
        cr_expect(decision->outcome == AWARD__OUTCOME__NAME__rejected &&
                      strcmp(world_code(decision), "not_authorised") == 0 &&
                      strcmp(world_article(decision), "authority") == 0 && decision->n_changes == 0,
                  "%s by %s at %s: %s", row->event, everybody[i], stage_word(stage),
                  world_code(decision));
    }
}

// "'task':'...'," of the row's task; "" where it answers none.
static const char *task_of(struct world *world, const struct expected *row)
{
    for (size_t i = 0; i < RECORDS_MAX; i++) {
        const char *json = row->records[i].json;
        if (json != NULL && row->records[i].kind == RECORD(TASK)) {
            return JSON(world, "%.*s,", (int)(strchr(json, ',') - json - 1), json + 1);
        }
    }
    return "";
}

static void senders_walk(struct world *world, const struct expected *row,
                         const struct choice *choice, int stage)
{
    bool admitted = word_in(row->stages, stage_word(stage));
    const char *json =
        json_of(world, JSON(world, "{%s'%s':{%s}}", task_of(world, row), row->event, choice->body));
    strangers_walk(world, row, json, stage);
    char *list = arena_string(world_arena(world), row->from);
    for (char *rest, *sender = strtok_r(list, " ", &rest); sender != NULL;
         sender = strtok_r(NULL, " ", &rest)) {
        const Award__Decision *decision = world_try(world, sender, json);
        if (admitted) {
            admitted_expect(row, choice, sender, stage_word(stage), decision);
        } else {
            rejected_expect(row, sender, stage_word(stage), decision);
        }
    }
}

static void row_walk(const struct expected *row, enum order order, const struct rulebook *other)
{
    struct world *world = world_of(row, order, other);
    world_damaging(world);
    for (int stage = 1; stage <= STAGES; stage++) {
        case_at(world, row, stage);
        for (size_t k = 0; k < CHOICES_MAX && row->choices[k].body != NULL; k++) {
            senders_walk(world, row, &row->choices[k], stage);
        }
    }
    world_destroy(world);
}

static void rows_walk(enum order order)
{
    for (size_t i = 0; i < matrix_rows_count; i++) {
        if (matrix_rows[i].order == EITHER || matrix_rows[i].order == order) {
            row_walk(&matrix_rows[i], order, NULL);
        }
    }
}

Test(matrix, every_event_happens_at_its_stages_and_leads_where_the_regulation_says)
{
    rows_walk(PUBLICITY_FIRST);
}

// F-first-1, decision 19
Test(matrix, and_so_it_does_where_deliberation_comes_first)
{
    rows_walk(DELIBERATION_FIRST);
}

// F-first-1, decision 19
Test(matrix, the_last_stages_of_the_district_are_walked_under_its_own_rulebook)
{
    static char text[64 * 1024];
    FILE *file = fopen(SOURCE_DIR "/rulebooks/district-example.yaml", "rb");
    cr_assert_not_null(file);
    size_t length = fread(text, 1, sizeof(text), file);
    (void)fclose(file);
    struct rulebook district;
    struct settings_error error;
    cr_assert(rulebook_file_read(text, length, &district, &error), "%s", error.en);
    cr_assert_eq(district.last_stages[0], RULEBOOK_DELIBERATION);
    size_t walked = 0;
    for (size_t i = 0; i < matrix_rows_count; i++) {
        if (matrix_rows[i].order == DELIBERATION_FIRST) {
            row_walk(&matrix_rows[i], DELIBERATION_FIRST, &district);
            walked++;
        }
    }
    cr_assert_gt(walked, 6);
}

Test(matrix, an_event_about_a_case_that_there_is_not_is_rejected)
{
    size_t sent = 0;
    for (size_t i = 0; i < matrix_rows_count; i++) {
        const char *body = matrix_rows[i].choices[0].body;
        if (strncmp(body, "'case':'%'", 10) != 0) {
            continue;
        }
        struct world *world = world_of(&matrix_rows[i], EITHER, NULL);
        const char *json =
            json_of(world, JSON(world, "{'%s':{'case':'%%9'%s}}", matrix_rows[i].event, body + 10));
        char *sender = arena_string(world_arena(world), matrix_rows[i].from);
        sender[strcspn(sender, " ")] = '\0';
        const Award__Decision *decision = world_try(world, sender, json);
        cr_expect_str_eq(world_code(decision), "no_such_case", "%s", matrix_rows[i].event);
        cr_expect_str_eq(world_article(decision), "order");
        sent++;
        world_destroy(world);
    }
    cr_assert_gt(sent, 30);
}

// ---- Other words in the place of a row's own

// What the row's first sender is answered at its first stage.
static const Award__Decision *other_try(struct world *world, const struct expected *row,
                                        const char *task, const char *body)
{
    int stage = 1;
    while (stage < STAGES && !word_in(row->stages, stage_word(stage))) {
        stage++;
    }
    case_at(world, row, stage);
    char *sender = arena_string(world_arena(world), row->from);
    sender[strcspn(sender, " ")] = '\0';
    return world_try(world, sender,
                     json_of(world, JSON(world, "{%s'%s':{%s}}", task, row->event, body)));
}

// Where the value of a field begins that is a text; NULL where the body has none so called.
static const char *value_in(const char *body, const char *field)
{
    char begin[64];
    (void)snprintf(begin, sizeof(begin), "'%s':'", field);
    const char *at = strstr(body, begin);
    return at != NULL ? at + strlen(begin) : NULL;
}

// How many rows say something else in this field and are answered so.
static size_t others_walk(const char *field, const char *value, const char *code,
                          const char *left_out)
{
    size_t sent = 0;
    for (size_t i = 0; i < matrix_rows_count; i++) {
        const struct expected *row = &matrix_rows[i];
        const char *own = row->choices[0].body;
        const char *at = value_in(own, field);
        if (at == NULL || word_in(left_out, row->event)) {
            continue;
        }
        struct world *world = world_of(row, row->order, NULL);
        const char *body = JSON(world, "%.*s%s%s", (int)(at - own), own, value, strchr(at, '\''));
        const Award__Decision *decision = other_try(world, row, task_of(world, row), body);
        cr_expect_str_eq(world_code(decision), code, "%s: %s: %s", row->event, body,
                         world_code(decision));
        sent++;
        world_destroy(world);
    }
    return sent;
}

// Today is 2018-01-02. Draws and plans speak of days to come.
Test(matrix, what_has_happened_has_not_happened_on_a_day_to_come)
{
    cr_assert_gt(others_walk("on", "2018-01-03", "in_the_future", "draw_announced plan_submitted"),
                 20);
}

Test(matrix, nothing_happens_to_what_there_is_not)
{
    cr_assert_gt(others_walk("cycle", "2999", "no_such_cycle", "earlier_record"), 10);
    cr_assert_gt(others_walk("team", "none", "no_such_team", "team_drawn"), 4);
    cr_assert_gt(
        others_walk("objection", "none", "no_such_objection", "objection_filed complaint_filed"),
        1);
    cr_assert_gt(
        others_walk("revocation", "none", "no_such_revocation", "revocation_opened earlier_record"),
        2);
}

// What a worker says on no task, or on one that is not there, is nobody's answer.
Test(matrix, a_workers_answer_names_its_task)
{
    static const char *const tasks[] = {"", "'task':'none',", "'task':'',"};
    size_t sent = 0;
    for (size_t i = 0; i < matrix_rows_count; i++) {
        const struct expected *row = &matrix_rows[i];
        struct world *world = world_of(row, row->order, NULL);
        for (size_t k = 0; k < 3 && *task_of(world, row) != '\0'; k++) {
            const Award__Decision *decision = other_try(world, row, tasks[k], row->choices[0].body);
            cr_expect_str_eq(world_code(decision), "no_such_task", "%s: %s", row->event,
                             world_code(decision));
            sent++;
        }
        world_destroy(world);
    }
    cr_assert_gt(sent, 15);
}

#define REPLACED                                                                                   \
    "{'cycle':'2018','team':'T','leader':'reviewer-01','cases':['%'],'members':[{'person':"        \
    "'reviewer-01'},{'person':'reviewer-02','replaced_by':'reviewer-04'},{'person':'reviewer-04'}" \
    ",{"                                                                                           \
    "'person':'reviewer-03'}]}"

Test(matrix, what_does_not_fit_is_named)
{
    // clang-format off
    static const struct {
        const char *event;
        const char *body;
        const char *code;
        Award__Change__RecordCase kind; // of a record in the place of the row's
        const char *record;
    } rows[] = {
        {"sheets_compared",      "'case':'%','totals':[{'reviewer':'reviewer-01','total':'500.00'}]",                                "wrong_result",       0, NULL},
        {"recommendation_given", "'case':'%','by':'municipal_department','in_favour':true,'received':'2018-01-02T08:00:00+08:00'", "field_missing",      0, NULL},
        {"independent_sheet",    "'case':'%','scores':[{'item':'leadership.organisation'}]",                                        "score_missing",      0, NULL},
        {"grounds_checked",      "'case':'%','incident':'violation','grounds':['breach_of_law']",                                   "wrong_grounds",      0, NULL},
        {"papers_drafted",       "'case':'%','revocation':'S','papers':['request'],'text':'t','digest':'d'",                         "no_such_revocation", 0, NULL},
        {"papers_drafted",       "'case':'%','revocation':'S','papers':['request'],'text':'t','digest':'d'",                         "no_such_revocation", RECORD(REVOCATION), "{'revocation':'S','case':'2018/other/1','step':'verified'}"},
        {"conflict_declared",    "'team':'T','case':'%','person':'reviewer-02','reason':'r'",                                       "not_of_team",        RECORD(TEAM), REPLACED},
        {"conflict_declared",    "'team':'T','case':'%','person':'reviewer-02','reason':'r'",                                       "",                   RECORD(TEAM), "{'cycle':'2018','team':'T','leader':'reviewer-01','cases':['other','%'],'members':[{'person':'reviewer-01'},{'person':'reviewer-02'},{'person':'reviewer-03'}]}"},
        {"member_replaced",      "'team':'T','person':'reviewer-02','by':'reviewer-05','reason':'r'",                               "not_of_team",        RECORD(TEAM), REPLACED},
        {"complaint_linked",     "'objection':'O','reason':'r'",                                                                    "not_a_complaint",    RECORD(OBJECTION), "{'objection':'O','case':'%','principal':'public','complaint':true,'linked':true,'text':'t'}"},
        {"complaint_linked",     "'objection':'O','reason':'r'",                                                                    "not_a_complaint",    RECORD(OBJECTION), "{'objection':'O','case':'%','principal':'public','text':'t'}"},
        {"certificate_returned", "'case':'%','on':'2018-01-02'",                                                                    "",                   0, NULL},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct expected *row = matrix_rows;
        while (strcmp(row->event, rows[i].event) != 0) {
            row++;
        }
        struct world *world = world_of(row, row->order, NULL);
        if (rows[i].record != NULL) {
            put(world, rows[i].kind, rows[i].record);
        }
        const Award__Decision *decision = other_try(world, row, task_of(world, row), rows[i].body);
        cr_expect_str_eq(world_code(decision), rows[i].code, "%s: %s: %s", row->event, rows[i].body,
                         world_code(decision));
        world_destroy(world);
    }
}

// Events with no case in them: nothing about them depends on a stage.
static const struct {
    const char *events;
    const char *why;
} without_case[] = {
    {"principal_enrolled principal_changed key_enrolled key_revoked",                           "people and keys"                                    },
    {"countersigned countersign_declined correction",
     "they name another event; what it does is walked under its own name"                                                                            },
    {"rulebook_loaded alert_policy_loaded calendar_loaded clock_set",                           "texts and time"                                     },
    {"enterprise_registered",                                                                   "there is no case before the enterprise is on record"},
    {"duty_changed absence_recorded address_changed",                                           "who is told, how and when"                          },
    {"reviewer_added reviewer_changed reviewer_removed",                                        "the pool of reviewers"                              },
    {"cycle_opened",                                                                            "a cycle has no case when it opens"                  },
    {"tie_decided",
     "the cases of a ranking that waits are all at final: one that leaves clears it"                                                                 },
    {"deadline_suspended deadline_resumed deadline_extended deadlines_recomputed deadline_due",
     "a deadline, by its name"                                                                                                                       },
    {"alert_snoozed alert_assigned snooze_ended",                                               "an alert, by its name"                              },
    {"escalation_due",                                                                          "a deadline, by its name"                            },
    {"morning_came",                                                                            "nothing but the time of day"                        },
    {"alert_acknowledged alert_due",                                                            "an alert, by its name"                              },
    {"message_tried",                                                                           "a person and a channel"                             },
    {"message_sealed message_delivered message_failed task_failed",
     "a message or a task, by its name"                                                                                                              },
    {"database_created database_restored started stopped",                                      "the coordinator itself"                             },
};

static bool walked_above(const char *event)
{
    for (size_t i = 0; i < matrix_rows_count; i++) {
        if (strcmp(matrix_rows[i].event, event) == 0) {
            return true;
        }
    }
    return false;
}

static size_t without_case_count(const char *event)
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof(without_case) / sizeof(without_case[0]); i++) {
        cr_expect_str_not_empty(without_case[i].why);
        count += word_in(without_case[i].events, event) ? 1 : 0;
    }
    return count;
}

Test(matrix, every_event_is_walked_or_has_no_case_in_it)
{
    for (int number = 0; number < EVENT_NUMBERS; number++) {
        if (event_row((Award__Event__BodyCase)number) == NULL) {
            continue;
        }
        const char *event = event_name((Award__Event__BodyCase)number);
        size_t places = without_case_count(event) + (walked_above(event) ? 1 : 0);
        cr_expect_eq(places, 1, "%s: walk it above, or say why there is no case in it", event);
    }
}

Test(matrix, an_event_that_a_row_of_the_life_cycle_names_is_walked)
{
    size_t count;
    const struct life_cycle_row *all = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        cr_expect(walked_above(event_name(all[i].event)), "at which stages may %s happen?",
                  event_name(all[i].event));
    }
}
