// What of a record each viewer is shown, field by field, and how far a scope reaches.
#include "rules/overlay.h"
#include "rules/record.h"
#include "rules/viewing.h"

#include <criterion/criterion.h>
#include <string.h>

#define CODE "91500112MA5U0000X8"
#define HEIR "91500109MA5U0000B1"
#define CASE "2018/" CODE "/1"
#define BESIDE "2018/" HEIR "/1"

static struct arena *arena;
static struct overlay *overlay;

static const char *quoted(const char *text)
{
    char *json = arena_string(arena, text);
    for (char *at = json; (at = strchr(at, '\'')) != NULL;) {
        *at = '"';
    }
    return json;
}

static ProtobufCMessage *from_json(const ProtobufCMessageDescriptor *kind, const char *text)
{
    struct codec_error error;
    const char *json = quoted(text);
    ProtobufCMessage *message = codec_from_json(kind, json, strlen(json), arena, &error);
    cr_assert_not_null(message, "%s: %s", json, error.en);
    return message;
}

static void put(const char *text)
{
    struct bytes key;
    struct bytes value;
    const Award__Change *change =
        (const Award__Change *)from_json(&award__change__descriptor, text);
    cr_assert(record_fold(change, arena, &key, &value));
    overlay_put(overlay, key, value);
}

// A laureate and its heir; r1 to r3 are its team, r5 is of the panel of its defence.
static void setup(void)
{
    arena = arena_create();
    overlay = overlay_create(NULL);
    put("{'enterprise':{'enterprise':'" CODE "','district':'500112','cases':['" CASE
        "'],'successors':['" HEIR "']}}");
    put("{'enterprise':{'enterprise':'" HEIR "','district':'500109','predecessors':['" CODE "']}}");
    put("{'case':{'case':'" CASE "','cycle':'2018','enterprise':'" CODE
        "','stage':'honoured','team':'t','honour':{'kind':'award','from':'2018-11-16'},"
        "'defence':{'scheduled':{'case':'" CASE "','panel':['r5']}}}}");
    put("{'case':{'case':'" BESIDE "','cycle':'2018','enterprise':'" HEIR "','stage':'accepted'}}");
    put("{'team':{'team':'t','cycle':'2018','leader':'r1','cases':['" CASE
        "'],'members':[{'person':'r1'},{'person':'r2'},{'person':'r3'}]}}");
    put("{'team':{'team':'u','cycle':'2018','leader':'r7','members':[{'person':'r7'}]}}");
}

static void teardown(void)
{
    overlay_destroy(overlay);
    arena_destroy(arena);
}

TestSuite(sight_parts, .init = setup, .fini = teardown);

static struct viewing viewing_by(const char *viewer)
{
    return viewing_begin((const Award__Principal *)from_json(&award__principal__descriptor, viewer),
                         overlay_view(overlay), arena);
}

#define OFFICE "{'name':'o','role':'office'}"
#define SUPERVISION "{'name':'s','role':'supervision_committee'}"
#define SELECTION "{'name':'l','role':'selection_committee'}"
#define BUREAU "{'name':'b','role':'bureau'}"
#define DISTRICT "{'name':'d','role':'district_bureau','scope':'500112'}"
#define DISTRICT_2 "{'name':'d2','role':'district_bureau','scope':'500109'}"
#define HOLDER "{'name':'e','role':'enterprise','scope':'" CODE "'}"
#define HEIRS "{'name':'h','role':'enterprise','scope':'" HEIR "'}"
#define STRANGER "{'name':'x','role':'enterprise','scope':'91500109MA5U0000C2'}"
#define UNSCOPED "{'name':'y','role':'enterprise'}"
#define PUBLIC "{'name':'p','role':'public'}"
#define REVIEWER(name) "{'name':'" name "','role':'reviewer'}"
#define NOBODY_AT_ALL "{'name':'r1'}"

#define OBJECTION "'objection':'O','case':'" CASE "'"
#define SAID ",'principal':'p','source':'letter','anonymous':true,'text':'t'"
#define DEADLINE(more) "{'deadline':{" more "}}"
#define OPENED                                                                                     \
    "'opened':{'cycle':'2018','review_committee':['x'],'supervision_committee':['y'],'chair':'z'}"

#define CORRECTED(more, of)                                                                        \
    "{'correction':{'original':'q/1','correction':'q/2','content':{'principal':'q',"               \
    "'application_withdrawn':{'case':'" of "'}}," more "}}"
#define SCORES                                                                                     \
    "'stage':'final','team':'t','track':'award','document_score':'1.00','site_score':'2.00',"      \
    "'site_score_before':'3.00','defence':{'scheduled':{'when':'2018-01-02T09:00:00+08:00',"       \
    "'panel':['r5'],'advisors':[{'name':'a'}]},'left':['r5'],'closed':true,'score':"               \
    "{'numerator':'1','denominator':'2'},'comments':['c']},'visit':{'days':3,'report':'d'},"       \
    "'candidate_for':'award','revocation':'R','strengths':[{'text':'s'}],"                         \
    "'improvements':[{'text':'i'}]"
#define CASE_SCORED(name, code)                                                                    \
    "{'case':{'case':'" name "','enterprise':'" code "','open_objections':['O']," SCORES "}}"

// clang-format off
static const struct {
    const char *change;
    const char *viewer;
    const char *seen; // JSON of the record; NULL for nothing; "=" for all of it
} rows[] = {
    {"{'objection':{" OBJECTION SAID "}}", OFFICE,      "="},
    {"{'objection':{" OBJECTION SAID "}}", BUREAU,      "="},
    {"{'objection':{" OBJECTION SAID "}}", PUBLIC,      "="},
    {"{'objection':{" OBJECTION SAID "}}", SELECTION,   "{" OBJECTION "}"},
    {"{'objection':{" OBJECTION ",'principal':'q'}}", PUBLIC, NULL},
    {"{'objection':{" OBJECTION ",'principal':'e'}}", HOLDER, NULL},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", SELECTION, "="},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", DISTRICT, "{'cycle':'2018','opened':{'cycle':'2018','chair':'z'},'cases':['" CASE "'],'selection_started':true}"},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", HEIRS, "{'cycle':'2018','opened':{'cycle':'2018','chair':'z'},'cases':['" CASE "','" BESIDE "'],'selection_started':true}"},
    {"{'cycle':{'cycle':'2018'," OPENED ",'cases':['" CASE "','" BESIDE "'],'teams':['t'],'selection_started':true}}", PUBLIC, "{'cycle':'2018'}"},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500112'}}", DISTRICT,       "="},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500109'}}", DISTRICT,       "="},
    {"{'enterprise':{'enterprise':'" CODE "','district':'500109'}}", DISTRICT_2,     "="},
    {"{'enterprise':{'enterprise':'new','district':'500109'}}",      DISTRICT_2,     "="},
    {"{'enterprise':{'enterprise':'new','district':'500109'}}",      DISTRICT,       NULL},
    {"{'enterprise':{'enterprise':'new'}}",                          DISTRICT,       NULL},
    {"{'enterprise':{'enterprise':'new','district':' '}}", "{'name':'d','role':'district_bureau','scope':' '}", NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     HOLDER,         "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     HEIRS,          NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r1"), "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r5"), "="},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     REVIEWER("r7"), NULL},
    {"{'enterprise':{'enterprise':'" HEIR "'}}",                     REVIEWER("r1"), NULL},
    {"{'enterprise':{'enterprise':'none'}}",                         REVIEWER("r1"), NULL},
    {"{'enterprise':{'enterprise':'" CODE "'}}",                     NOBODY_AT_ALL,         NULL},
    {"{'incident':{'incident':'I','enterprise':'" CODE "'}}",        UNSCOPED,       NULL},
    {"{'duty':{'case':'" CASE "'}}",   HOLDER,     "="},
    {"{'duty':{'case':'" CASE "'}}",   HEIRS,      "="},
    {"{'duty':{'case':'" CASE "'}}",   STRANGER,   NULL},
    {"{'duty':{'case':'" CASE "'}}",   UNSCOPED,   NULL},
    {"{'duty':{'case':'" BESIDE "'}}", HOLDER,     NULL},
    {"{'duty':{'case':'" BESIDE "'}}", DISTRICT,   NULL},
    {"{'duty':{'case':'" BESIDE "'}}", DISTRICT_2, "="},
    {"{'duty':{'case':'none'}}",       HOLDER,     NULL},
    {"{'duty':{'case':'none'}}",       OFFICE,     "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), OFFICE, "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), HOLDER, "{'kind':'incident_report','enterprise':'" CODE "'}"},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','dues':[{'step':1}]"), BUREAU, "{'kind':'incident_report','enterprise':'" CODE "'}"},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "'"),                     HEIRS, NULL},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','case':'" CASE "'"),   HEIRS, "="},
    {DEADLINE("'kind':'incident_report','enterprise':'" CODE "','case':'" CASE "'"),   STRANGER, NULL},
    {DEADLINE("'kind':'plan_visit','subject':'t'"), REVIEWER("r2"), "="},
    {DEADLINE("'kind':'plan_visit','subject':'u'"), REVIEWER("r2"), NULL},
    {DEADLINE("'kind':'plan_visit','subject':'t','enterprise':'" CODE "','case':'" CASE "'"), HOLDER, NULL},
    {"{'sheet':{'case':'" CASE "','kind':'unified','person':'r2'}}",     REVIEWER("r5"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'unified','person':'r2'}}",     REVIEWER("r7"), NULL},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     REVIEWER("r5"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     REVIEWER("r1"), NULL},
    {"{'sheet':{'case':'" CASE "','kind':'defence','person':'r5'}}",     OFFICE,         NULL},
    {"{'sheet':{'case':'" CASE "','kind':'independent','person':'r7'}}", REVIEWER("r7"), "="},
    {"{'sheet':{'case':'" CASE "','kind':'independent','person':'e'}}",  HOLDER,         NULL},
    {"{'team':{'team':'t'}}",     REVIEWER("r3"), "="},
    {"{'team':{'team':'u'}}",     REVIEWER("r3"), NULL},
    {"{'team':{'team':'none'}}",  REVIEWER("r3"), NULL},
    {"{'team':{'team':'t'}}",     "{'name':'r3','role':'enterprise','scope':'" CODE "'}", NULL},
    {"{'revocation':{'revocation':'R','case':'" CASE "','step':'closed'}}", HEIRS, "="},
    {"{'revocation':{'revocation':'R','case':'" CASE "','step':'closed'}}", STRANGER, NULL},
    {"{'note':{'subject':'x','by':'e'}}", HOLDER, "="},
    {"{'note':{'subject':'x','by':'b','kind':'suggestion'}}", HOLDER, NULL},
    {"{'pending':{'waits_for':'w'}}", OFFICE, NULL},
    {"{'pending':{'waits_for':'w'}}", SUPERVISION, "="},
    {"{'pending':{'waits_for':'w','event':{'principal':'q','application_withdrawn':{'case':'" CASE "'}}}}", HOLDER, "="},
    {"{'pending':{'waits_for':'w','event':{'principal':'q','application_withdrawn':{'case':'" CASE "'}}}}", STRANGER, NULL},
    {CORRECTED("'case':'" CASE "','followers':[{'name':'n'}]", CASE),   OFFICE,   "="},
    {CORRECTED("'case':'" CASE "','followers':[{'name':'n'}]", CASE),   HOLDER,   "{'original':'q/1','correction':'q/2','content':{'principal':'q','application_withdrawn':{'case':'" CASE "'}},'case':'" CASE "'}"},
    {CORRECTED("'case':'" CASE "'", CASE),   STRANGER, NULL},
    {CORRECTED("'case':'" CASE "'", BESIDE), STRANGER, NULL},
    {CORRECTED("'case':'" BESIDE "'", CASE), HOLDER,   NULL},
    {CORRECTED("'more':true", CASE),         HOLDER,   "="},
    {CORRECTED("'more':true", BESIDE),       HOLDER,   NULL},
    {"{'correction':{'original':'q/1','correction':'q/2','case':'" CASE "'}}", HOLDER, NULL},
    {CASE_SCORED(CASE, CODE),   OFFICE,         "="},
    {CASE_SCORED(CASE, CODE),   REVIEWER("r1"), "{'case':'" CASE "','enterprise':'" CODE "'," SCORES "}"},
    {CASE_SCORED(CASE, CODE),   HOLDER,         "{'case':'" CASE "','enterprise':'" CODE "','stage':'final','track':'award','document_score':'1.00','site_score':'2.00','defence':{'scheduled':{'when':'2018-01-02T09:00:00+08:00'},'closed':true,'score':{'numerator':'1','denominator':'2'},'comments':['c']},'visit':{'days':3},'candidate_for':'award','strengths':[{'text':'s'}],'improvements':[{'text':'i'}]}"}, // it is over: published
    {CASE_SCORED(BESIDE, HEIR), HEIRS,          "{'case':'" BESIDE "','enterprise':'" HEIR "','stage':'final','defence':{'scheduled':{'when':'2018-01-02T09:00:00+08:00'},'closed':true},'visit':{'days':3}}"}, // it is not
    {CASE_SCORED(BESIDE, HEIR), HOLDER,         NULL},
};
// clang-format on

Test(sight_parts, each_viewer_is_shown_these_fields_and_no_others)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const Award__Change *change =
            (const Award__Change *)from_json(&award__change__descriptor, rows[i].change);
        const struct viewing v = viewing_by(rows[i].viewer);
        const char *all = codec_to_json(&change->city->base, CODEC_JSON_LINE, arena);
        ProtobufCMessage *seen = viewing_record(&v, change->record_case, record_of(change));
        const char *shown = seen != NULL ? codec_to_json(seen, CODEC_JSON_LINE, arena) : "nothing";
        const char *expected = rows[i].seen == NULL             ? "nothing"
                               : strcmp(rows[i].seen, "=") == 0 ? all
                                                                : quoted(rows[i].seen);
        cr_expect_str_eq(shown, expected, "%s by %s: %s", rows[i].change, rows[i].viewer, shown);
        cr_expect_str_eq(codec_to_json(&change->city->base, CODEC_JSON_LINE, arena), all, "%s",
                         rows[i].change); // what is kept stays as it is
    }
}

// ---- Events

// In the order of the letters below; all of them within the scope of the case.
static const struct {
    char letter;
    const char *viewer;
} circle[] = {
    {'o', OFFICE                                     },
    {'s', SUPERVISION                                },
    {'c', "{'name':'c','role':'review_committee'}"   },
    {'l', SELECTION                                  },
    {'g', "{'name':'g','role':'government'}"         },
    {'b', BUREAU                                     },
    {'d', DISTRICT                                   },
    {'e', HOLDER                                     },
    {'r', REVIEWER("r1")                             },
    {'a', "{'name':'a','role':'administrator'}"      },
    {'p', PUBLIC                                     },
    {'1', "{'name':'1','role':'worker_scoring'}"     },
    {'2', "{'name':'2','role':'worker_notification'}"},
    {'3', "{'name':'3','role':'worker_revocation'}"  },
    {'?', NOBODY_AT_ALL                              },
};

#define SEES_ALL_LETTERS "os"
#define INSIDERS "osclgb"
#define PARTIES_ALL INSIDERS "der"
#define PEOPLE_ALL PARTIES_ALL "a"

// clang-format off
static const struct {
    const char *event;
    const char *read_by;
} readers[] = {
    {"principal_enrolled",              SEES_ALL_LETTERS "a"},
    {"principal_changed",               SEES_ALL_LETTERS "a"},
    {"key_enrolled",                    SEES_ALL_LETTERS "a"},
    {"key_revoked",                     SEES_ALL_LETTERS "a"},
    {"countersigned",                   SEES_ALL_LETTERS "a"},
    {"countersign_declined",            SEES_ALL_LETTERS "a"},
    {"rulebook_loaded",                 PEOPLE_ALL},
    {"alert_policy_loaded",             SEES_ALL_LETTERS "a"},
    {"calendar_loaded",                 PEOPLE_ALL},
    {"clock_set",                       PEOPLE_ALL},
    {"enterprise_registered",           INSIDERS "der"},
    {"enterprise_changed",              INSIDERS "der"},
    {"predecessor_linked",              INSIDERS "de"},
    {"earlier_record",                  INSIDERS "de"},
    {"sampling_recorded",               INSIDERS "de"},
    {"accident_recorded",               INSIDERS "de"},
    {"liability_established",           INSIDERS "de"},
    {"violation_confirmed",             INSIDERS "de"},
    {"reviewer_added",                  "osc" "r"},
    {"reviewer_removed",                "osc" "r"},
    {"reviewer_changed",                "osc" "r"},
    {"cycle_opened",                    PARTIES_ALL},
    {"cycle_changed",                   PARTIES_ALL},
    {"application_submitted",           INSIDERS "der"},
    {"paper_received",                  INSIDERS "der"},
    {"material_supplemented",           INSIDERS "der"},
    {"conditions_verified",             INSIDERS "der"},
    {"recommendation_given",            INSIDERS "der"},
    {"application_accepted",            INSIDERS "der"},
    {"application_withdrawn",           INSIDERS "der"},
    {"draw_announced",                  PARTIES_ALL},
    {"member_replaced",                 "osc" "r"},
    {"conflict_declared",               "osc" "r"},
    {"confidentiality_declared",        "osc" "r"},
    {"plan_submitted",                  "osc" "r"},
    {"plan_approved",                   "osc" "r"},
    {"consensus_sheet",                 INSIDERS "r"},
    {"feedback_sent",                   INSIDERS "der"},
    {"defence_scheduled",               INSIDERS "r"},
    {"defence_opened",                  INSIDERS "der"},
    {"defence_closed",                  INSIDERS "r"},
    {"visit_scheduled",                 INSIDERS "der"},
    {"visit_opened",                    INSIDERS "der"},
    {"visit_sheet",                     INSIDERS "r"},
    {"halted",                          INSIDERS "r"},
    {"halt_decided",                    INSIDERS "der"},
    {"not_held",                        INSIDERS "der"},
    {"leaders_meeting",                 INSIDERS},
    {"review_reported",                 INSIDERS},
    {"selection_started",               INSIDERS},
    {"ranking_computed",                INSIDERS},
    {"tie_decided",                     INSIDERS},
    {"publicity_started",               PARTIES_ALL},
    {"publicity_extended",              PARTIES_ALL},
    {"objection_filed",                 "osb"},
    {"complaint_filed",                 "osb"},
    {"complaint_linked",                INSIDERS},
    {"objection_decided",               INSIDERS},
    {"deliberation_held",               INSIDERS},
    {"government_decided",              INSIDERS},
    {"mayor_signed",                    INSIDERS},
    {"result_published",                PARTIES_ALL},
    {"conferral_held",                  INSIDERS},
    {"cycle_closed",                    PARTIES_ALL},
    {"experience_shared",               INSIDERS "de"},
    {"self_evaluation_submitted",       INSIDERS "de"},
    {"incident_reported_by_laureate",   INSIDERS "de"},
    {"incident_recorded",               INSIDERS "de"},
    {"grounds_checked",                 INSIDERS},
    {"papers_drafted",                  INSIDERS},
    {"revocation_opened",               INSIDERS},
    {"revocation_verified",             INSIDERS},
    {"revocation_decided",              INSIDERS "de"},
    {"medal_returned",                  INSIDERS "de"},
    {"certificate_returned",            INSIDERS "de"},
    {"prize_returned",                  INSIDERS "de"},
    {"revocation_published",            INSIDERS "de"},
    {"accountability_recorded",         SEES_ALL_LETTERS},
    {"supervision_finding",             SEES_ALL_LETTERS},
    {"suggestion",                      "osc"},
    {"alert_acknowledged",              SEES_ALL_LETTERS},
    {"message_tried",                   SEES_ALL_LETTERS "a"},
    {"message_delivered",               SEES_ALL_LETTERS "a"},
    {"message_failed",                  SEES_ALL_LETTERS "a"},
    {"task_failed",                     SEES_ALL_LETTERS "a"},
    {"database_created",                SEES_ALL_LETTERS "a"},
    {"started",                         SEES_ALL_LETTERS "a"},
    {"stopped",                         SEES_ALL_LETTERS "a"},
    {"database_restored",               SEES_ALL_LETTERS "a"},
    {"message_sealed",                  SEES_ALL_LETTERS "a"},
    {"self_evaluation_year_began",      INSIDERS "de"},
    {"deadlines_recomputed",            SEES_ALL_LETTERS "a"},
    {"alert_snoozed",                   SEES_ALL_LETTERS},
    {"snooze_ended",                    SEES_ALL_LETTERS},
    {"morning_came",                    SEES_ALL_LETTERS "a"},
};
// clang-format on

static const char *read_by(const char *event, const char *case_name)
{
    const Award__Event *sent = (const Award__Event *)from_json(&award__event__descriptor, event);
    const char *text = "";
    for (size_t i = 0; i < sizeof(circle) / sizeof(circle[0]); i++) {
        const struct viewing v = viewing_by(circle[i].viewer);
        if (viewing_event(&v, sent, case_name)) {
            text = arena_format(arena, "%s%c", text, circle[i].letter);
        }
    }
    return text;
}

static const char *in_order(const char *letters)
{
    const char *text = "";
    for (size_t i = 0; i < sizeof(circle) / sizeof(circle[0]); i++) {
        if (strchr(letters, circle[i].letter) != NULL) {
            text = arena_format(arena, "%s%c", text, circle[i].letter);
        }
    }
    return text;
}

Test(sight_parts, each_event_about_a_case_is_read_by_these_and_nobody_else)
{
    for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]); i++) {
        const char *seen = read_by(arena_format(arena, "{'%s':{}}", readers[i].event), CASE);
        cr_expect_str_eq(seen, in_order(readers[i].read_by), "%s: %s", readers[i].event, seen);
    }
}

Test(sight_parts, an_event_that_names_its_owner_is_read_within_his_scope)
{
    // clang-format off
    static const struct {
        const char *event;
        const char *read_by;
    } owned[] = {
        {"{'application_withdrawn':{'case':'" CASE "'}}",                           INSIDERS "der"},
        {"{'application_withdrawn':{'case':'" BESIDE "'}}",                         INSIDERS},
        {"{'application_withdrawn':{'case':'none'}}",                               INSIDERS},
        {"{'plan_submitted':{'team':'t'}}",                                         "oscr"},
        {"{'plan_submitted':{'team':'u'}}",                                         "osc"},
        {"{'enterprise_changed':{'enterprise':'" CODE "'}}",                        INSIDERS "der"},
        {"{'enterprise_changed':{'enterprise':'" HEIR "'}}",                        INSIDERS},
        {"{'reviewer_changed':{'person':'r1'}}",                                    "oscr"},
        {"{'reviewer_changed':{'person':'r2'}}",                                    "osc"},
        {"{'liability_established':{'incident':'I'}}",                              INSIDERS "de"},
        {"{'liability_established':{'incident':'J'}}",                              INSIDERS},
        {"{'liability_established':{'incident':'none'}}",                           INSIDERS},
        {"{'revocation_decided':{'revocation':'R'}}",                               INSIDERS "de"},
        {"{'revocation_decided':{'revocation':'S'}}",                               INSIDERS},
        {"{'revocation_decided':{'revocation':'none'}}",                            INSIDERS},
        {"{'incident_recorded':{'case':'" BESIDE "','incident':'I'}}",              INSIDERS},
        {"{'incident_recorded':{'case':'" CASE "','incident':'J'}}",                INSIDERS "de"},
        {"{'team_drawn':{'teams':[{'team':'t'}]}}",                                 "oscr"},
        {"{'team_drawn':{'teams':[{'team':'t'},{'team':'u'}]}}",                    "osc"},
        {"{'team_drawn':{'teams':[{'team':'u'},{'team':'t'}]}}",                    "osc"},
        {"{'team_drawn':{'teams':[{'leader':'r1'}]}}",                              "osc"},
        {"{'team_drawn':{}}",                                                       "osc"},
        {"{'deadline_suspended':{'deadline':'plan'}}",                              INSIDERS "r"},
        {"{'deadline_resumed':{'deadline':'report'}}",                              INSIDERS "de"},
        {"{'deadline_extended':{'deadline':'answer'}}",                             INSIDERS},
        {"{'deadline_due':{'deadline':'closing'}}",                                 PARTIES_ALL},
        {"{'alert_due':{'deadline':'plan'}}",                                       INSIDERS "r"},
        {"{'alert_due':{'deadline':'none'}}",                                       "os"},
        {"{'escalation_due':{'deadline':'plan'}}",                                  INSIDERS "r"},
        {"{'escalation_due':{'deadline':'none'}}",                                  "os"},
        {"{'absence_recorded':{'person':'e'}}",                                     "osae"},
        {"{'absence_recorded':{}}",                                                 "osa"},
        {"{'address_changed':{'person':'r1'}}",                                     "osar"},
        {"{'alert_assigned':{'alert':'x','to':'e'}}",                               "ose"},
        {"{'principal':'e','independent_sheet':{'case':'" CASE "'}}",               "se"},
        {"{'principal':'r1','independent_sheet':{'case':'" CASE "'}}",              "sr?"}, // by name
        {"{'principal':'r2','defence_score':{'case':'" CASE "'}}",                  "s"},
        {"{'sheets_compared':{'case':'" CASE "'}}",                                 "s"},
        {"{'correction':{'event':{'principal':'x'},'content':{'application_withdrawn':{'case':'" CASE "'}}}}",   INSIDERS "der"},
        {"{'correction':{'event':{'principal':'x'},'content':{'application_withdrawn':{'case':'" BESIDE "'}}}}", INSIDERS},
        {"{'correction':{'event':{'principal':'a'},'content':{'application_withdrawn':{'case':'" BESIDE "'}}}}", INSIDERS "a"},
        {"{'correction':{'content':{'application_withdrawn':{'case':'" CASE "'}}}}", "os"},
        {"{'correction':{'event':{'principal':'x'}}}",                              "os"},
        {"{'correction':{'event':{'principal':'e'},'content':{'correction':{}}}}",  "os"},
        {"{'self_evaluation_year_began':{'year':2019}}",                            INSIDERS "de"}, // of nobody in particular
        {"{'sheets_compared':{'case':'none'}}",                                     "s"},
        {"{'principal':'e'}",                                                       ""},
    };
    // clang-format on
    put("{'incident':{'incident':'I','enterprise':'" CODE "'}}");
    put("{'incident':{'incident':'J','enterprise':'" HEIR "'}}");
    put("{'revocation':{'revocation':'R','case':'" CASE "'}}");
    put("{'revocation':{'revocation':'S','case':'" BESIDE "'}}");
    put("{'deadline':{'deadline':'plan','subject':'t','kind':'plan_visit'}}");
    put("{'deadline':{'deadline':'report','kind':'incident_report','enterprise':'" CODE "'}}");
    put("{'deadline':{'deadline':'answer','kind':'objection_answer','enterprise':'" CODE "'}}");
    put("{'deadline':{'deadline':'closing','kind':'closing'}}");
    for (size_t i = 0; i < sizeof(owned) / sizeof(owned[0]); i++) {
        const char *seen = read_by(owned[i].event, NULL);
        cr_expect_str_eq(seen, in_order(owned[i].read_by), "%s: %s", owned[i].event, seen);
    }
}

// 16(3)s1
Test(sight_parts, a_comparison_of_sheets_is_read_once_the_consensus_is_there)
{
    static const char compared[] = "{'sheets_compared':{'case':'" CASE "'}}";
    cr_expect_str_eq(read_by(compared, NULL), "s");
    put("{'case':{'case':'" CASE "','cycle':'2018','enterprise':'" CODE
        "','stage':'document_passed','team':'t','document_score':'500.00'}}");
    cr_expect_str_eq(read_by(compared, NULL), "oscr");
}

// What another version of the program might have put there.
Test(sight_parts, what_has_no_row_or_no_key_is_shown_to_nobody)
{
    const struct viewing bureau = viewing_by(BUREAU);
    const struct viewing reviewer = viewing_by(REVIEWER("r1"));
    const struct viewing administrator = viewing_by("{'name':'a','role':'administrator'}");
    Award__Deadline deadline = AWARD__DEADLINE__INIT;
    deadline.kind = (Award__DeadlineKind__Name)99;
    cr_expect_null(viewing_record(&bureau, AWARD__CHANGE__RECORD_DEADLINE, &deadline.base));
    Award__Sheet sheet = AWARD__SHEET__INIT;
    sheet.person = arena_string(arena, "r1");
    for (int kind = 0; kind < 99; kind += 98) {
        sheet.kind = (Award__Sheet__Kind)kind;
        cr_expect_null(viewing_record(&reviewer, AWARD__CHANGE__RECORD_SHEET, &sheet.base));
    }
    Award__Removed removed = AWARD__REMOVED__INIT;
    removed.has_key = 1;
    cr_expect_null(viewing_record(&administrator, AWARD__CHANGE__RECORD_REMOVED, &removed.base));
}
