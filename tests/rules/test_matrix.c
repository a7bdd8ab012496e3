// Every event at every stage of a case, from every principal and in both orders of the last stages:
// admitted exactly where the regulation lets it happen, and led to the stage that it says; rejected
// everywhere else, with the code and the article that it says. The table is written from the
// regulation and the list of events, not from rules/life_cycle.c, so that a changed row there fails
// here. Events that have no case in them are listed with the reason why.
//
// In the JSON of this file ' stands for ", % for the case and @50000@ for scores of 500.00 in all.
#include "tests/rules/review_world.h"

#include "rules/events.h"
#include "rules/life_cycle.h"
#include "settings/rulebook_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE_SELECTION                                                                           \
    "applied verified recommended accepted document_passed site_visit halted site_done final"
#define BEFORE_DELIBERATION BEFORE_SELECTION " candidate publicity"
#define BEFORE_APPROVAL BEFORE_DELIBERATION " deliberated recommended_to_government"
#define WHY(item) "{'item':'" item "','text':'e'}"
#define ALL_WHY                                                                                    \
    WHY("leadership")                                                                              \
    "," WHY("strategy") "," WHY("customers") "," WHY("resources") "," WHY("processes") "," WHY(    \
        "measurement") "," WHY("results")
#define DEFENDING "document_passed site_visit halted site_done final"
#define HONOURED "honoured conferred"
#define SINCE_PUBLICATION HONOURED " revoked revocation_closed"
#define ANY "*"
#define NOWHERE ""
#define OUTSIDE_REVIEW                                                                             \
    "applied refused ineligible verified recommended document_out site_out not_selected "          \
    "candidate "                                                                                   \
    "publicity deliberated not_recommended recommended_to_government not_approved approved "       \
    "signed "                                                                                      \
    "honoured conferred disqualified withdrawn revoked revocation_closed"

enum { STAGES = 28, CHOICES_MAX = 4, RECORDS_MAX = 4, EXCEPTIONS_MAX = 2 };

#define RECORD(kind) AWARD__CHANGE__RECORD_##kind
#define FINDING(condition, met)                                                                    \
    "{'condition':'" condition "','met':" met ",'evidence':'e','issuer':'i','on':'2018-01-02'}"
#define FINDINGS(last)                                                                             \
    "[" FINDING("11(1)", "true") "," FINDING("11(2)", "true") "," FINDING(                         \
        "11(3)", "true") "," FINDING("11(4)", "true") "," FINDING("11(5)",                         \
                                                                  "true") "," FINDING("12(1)",     \
                                                                                      last) "]"
#define PANEL                                                                                      \
    "['reviewer-01','reviewer-04','reviewer-05','reviewer-06','reviewer-07','reviewer-08',"        \
    "'reviewer-09']"
#define ADVISORS                                                                                   \
    "[{'name':'a','field':'economy'},{'name':'b','field':'management'},{'name':'c','field':"       \
    "'technology'}]"
#define SCHEDULED                                                                                  \
    "'scheduled':{'case':'%','when':'2018-01-02T09:00:00+08:00','panel':" PANEL                    \
    ",'advisors':" ADVISORS "}"
#define OPENED "'opened':{'case':'%','on':'2018-01-02','defender':'x','principal_in_charge':true}"
#define DEFENCE(more) "'defence':{" more "},"
#define HONOUR(more)                                                                               \
    "'honour':{'kind':'award','from':'2017-12-01','medal':'M','certificate':'C'" more "},"
#define SHEET_OF(person)                                                                           \
    {                                                                                              \
        RECORD(SHEET), "{'case':'%','kind':'independent','person':'" person                        \
                       "','scores':@50000@,'total':'500.00'}"                                      \
    }
#define SHEETS SHEET_OF("reviewer-01"), SHEET_OF("reviewer-02"), SHEET_OF("reviewer-03")
#define TASK(kind, subject, more)                                                                  \
    {                                                                                              \
        RECORD(TASK), "{'task':'" kind ":" subject ":1','kind':'" kind "','subject':'" subject     \
                      "','ordinal':1" more "}"                                                     \
    }
#define OBJECTION(more)                                                                            \
    {                                                                                              \
        RECORD(OBJECTION), "{'objection':'O','case':'%','principal':'public','received':"          \
                           "'2018-01-02','text':'t','source':'letter'" more "}"                    \
    }
#define REVOCATION(step)                                                                           \
    {                                                                                              \
        RECORD(REVOCATION),                                                                        \
            "{'revocation':'R','case':'%','ground':'breach_of_law','step':'" step                  \
            "','opened_on':'2018-01-01','verified_on':'2018-01-01','decided_on':'2018-01-01'}"     \
    }
#define MATERIAL                                                                                   \
    "{'kind':'evidence','title':'t','digest':'0123456789abcdef0123456789abcdef0123456789abcdef0"   \
    "123456789abcdef','characters':2000,'issuer':'i'}"
#define ENDED "'publicity':{'from':'2017-12-20','last':'2017-12-28','stated_last':'2017-12-28'},"
#define SCORED                                                                                     \
    "'document_score':'500.00','site_score':'500.00','track':'award','defence':{" SCHEDULED        \
    "," OPENED ",'closed':true,'score':{'numerator':56000,'denominator':700}},"
#define RANKED(more)                                                                               \
    "{'case':'%','document':'500.00','site':'500.00','review':{'numerator':5000000,'denominator':" \
    "10000},'defence':{'numerator':56000,"                                                         \
    "'denominator':700},'composite':{'numerator':58000,'denominator':100},'rank':1" more "}"
#define RANKING_ASKED                                                                              \
    {RECORD(SELECTION), "{'cycle':'2018','rankings':1,'settled':false}"}, TASK("rank", "2018", "")
#define EARLIER HONOUR("") "'earlier':'2018-01-01T09:00:00+08:00',"
#define DECIDED "'cycle':'2018','on':'2018-01-02','decisions':[{'case':'%','approved':"

struct record_text {
    Award__Change__RecordCase kind;
    const char *json;
};

struct choice {
    const char *body;
    const char *next; // NULL: it stays
};

// Where it is rejected with another code than elsewhere.
struct exception {
    const char *stages;
    const char *code;
    const char *article;
};

// The order of the last stages (decision 19).
enum order { EITHER, PUBLICITY_FIRST, DELIBERATION_FIRST };

// clang-format off
static const struct expected {
    const char *event;
    const char *from;   // principals that may send it
    const char *stages; // where it may happen
    enum order order;   // in which order; EITHER: alike in both
    struct choice choices[CHOICES_MAX];
    const char *of_case;  // further fields of the case
    const char *of_cycle; // and of the cycle
    struct record_text records[RECORDS_MAX];
    const char *otherwise; // the code elsewhere; NULL: wrong_stage
    const char *article;   // with it; NULL: order
    struct exception exceptions[EXCEPTIONS_MAX];
    bool of_a_part;   // the case alone is rejected, not the event
    bool no_places;   // neither honour has a place
} rows[] = {
    // 11(4), 12: what comes on record of an enterprise moves no case
    {.event = "enterprise_changed", .from = "ent-a office bureau-500112", .stages = ANY, .choices = {{"'enterprise':'91500112MA5U0000X8','name':'n'", NULL}}},
    {.event = "predecessor_linked", .from = "office", .stages = ANY, .choices = {{"'enterprise':'91500112MA5U0000X8','predecessor':'91500109MA5U0000B1','how':'h','proof':'p'", NULL}}},
    {.event = "sampling_recorded", .from = "office bureau", .stages = ANY, .choices = {{"'incident':'J','enterprise':'91500112MA5U0000X8','on':'2017-12-15','serious':true,'level':'national'", NULL}}},
    {.event = "accident_recorded", .from = "office bureau", .stages = ANY,
        .choices = {{"'incident':'J','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'yes'", NULL},
         {"'incident':'J','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'unknown'", NULL}}},
    {.event = "liability_established", .from = "office bureau", .stages = ANY, .choices = {{"'incident':'I','liable':'yes','proof':'p'", NULL}, {"'incident':'I','liable':'no','proof':'p'", NULL}},
        .records = {{RECORD(INCIDENT), "{'incident':'I','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'unknown','recorded_on':'2018-01-01'}"}}},
    // Of before this system: a case of its own, whatever the other one's stage; in a cycle of this system none
    {.event = "earlier_record", .from = "office", .stages = ANY,
        .choices = {{"'enterprise':'91500112MA5U0000X8','honour':'award','on':'2017-12-01','proof':'p'", NULL},
         {"'enterprise':'91500112MA5U0000X8','violation':'misrepresentation','on':'2017-12-01','proof':'p'", NULL},
         {"'enterprise':'91500112MA5U0000X8','revocation':'award','on':'2017-12-01','proof':'p'", NULL}}},
    {.event = "earlier_record", .from = "office", .stages = NOWHERE, .otherwise = "cycle_of_this_system",
        .choices = {{"'enterprise':'91500112MA5U0000X8','honour':'award','on':'2017-12-01','proof':'p','cycle':'2018'", NULL}}, .of_case = HONOUR("")},
    {.event = "earlier_record", .from = "office", .stages = SINCE_PUBLICATION, .of_case = EARLIER, .of_cycle = "'earlier':true,'closed':true,'published_on':'2017-12-01',",
        .choices = {{"'enterprise':'91500112MA5U0000X8','honour':'award','on':'2017-12-01','proof':'p','cycle':'2018'", NULL}}},
    {.event = "earlier_record", .from = "office", .stages = HONOURED, .of_case = EARLIER, .of_cycle = "'earlier':true,'closed':true,'published_on':'2017-12-01',",
        .choices = {{"'enterprise':'91500112MA5U0000X8','revocation':'award','on':'2018-01-01','proof':'p','cycle':'2018'", "revocation_closed"}}},

    // A cycle and its teams: whatever the stage of a case
    {.event = "cycle_changed", .from = "office", .stages = ANY, .choices = {{"'cycle':'2018','units':['U1','U2','U4'],'reason':'r'", NULL}}},
    {.event = "cycle_closed", .from = "office", .stages = ANY, .choices = {{"'cycle':'2018'", NULL}}},
    {.event = "review_reported", .from = "office review-committee", .stages = ANY, .choices = {{"'cycle':'2018','from':'a','to':'b','digest':'d'", NULL}}},
    {.event = "draw_announced", .from = "office review-committee", .stages = ANY, .choices = {{"'cycle':'2018','source':'s','on':'2018-01-05','teams':1", NULL}}},
    {.event = "member_replaced", .from = "office", .stages = ANY, .choices = {{"'team':'T','person':'reviewer-02','by':'reviewer-04','reason':'r'", NULL}}},
    {.event = "confidentiality_declared", .from = "reviewer-02", .stages = ANY, .choices = {{"'team':'U'", NULL}},
        .records = {{RECORD(TEAM), "{'cycle':'2018','team':'U','leader':'reviewer-01','cases':['%'],'members':[{'person':'reviewer-01'},{'person':'reviewer-02'},{'person':'reviewer-03'}]}"}}},
    {.event = "plan_submitted", .from = "reviewer-01", .stages = ANY,
        .choices = {{"'team':'T','steps':[{'step':'independent_review','on':'2018-02-01'},{'step':'consensus','on':'2018-02-02'},{'step':'site_visit','on':'2018-02-03'},{'step':'report','on':'2018-02-04'}]", NULL}}},
    {.event = "supervision_finding", .from = "supervision", .stages = ANY, .choices = {{"'concerns':'%','text':'t'", NULL}}},
    {.event = "suggestion", .from = "supervision review-committee", .stages = ANY, .choices = {{"'concerns':'%','text':'t'", NULL}}},

    // 11-14, 16(2): applying
    {.event = "application_submitted", .from = "ent-a office", .stages = "refused ineligible withdrawn",
        .choices = {{"'cycle':'2018','enterprise':'91500112MA5U0000X8','materials':[" MATERIAL "]", NULL}}, .otherwise = "case_exists", .article = "16(2)"},
    {.event = "paper_received", .from = "office", .stages = "refused ineligible withdrawn",
        .choices = {{"'cycle':'2018','enterprise':'91500112MA5U0000X8','received':'2018-01-02T08:00:00+08:00'", NULL}}, .otherwise = "case_exists", .article = "16(2)"},
    {.event = "material_supplemented", .from = "ent-a office", .stages = "applied verified recommended accepted",
        .choices = {{"'case':'%','reason':'r','material':" MATERIAL "", NULL}}},
    {.event = "conditions_verified", .from = "bureau-500112", .stages = "applied",
        .choices = {{"'case':'%','findings':" FINDINGS("true"), "verified"},
         {"'case':'%','findings':" FINDINGS("false"), "ineligible"}}},
    {.event = "recommendation_given", .from = "office", .stages = "verified",
        .choices = {{"'case':'%','by':'municipal_department','name':'n','in_favour':true,'received':'2018-01-02T08:00:00+08:00'", "recommended"},
         {"'case':'%','by':'municipal_department','name':'n','in_favour':false,'received':'2018-01-02T08:00:00+08:00'", NULL}}},
    {.event = "application_accepted", .from = "office", .stages = "recommended", .choices = {{"'case':'%'", "accepted"}}},
    {.event = "application_accepted", .from = "office", .stages = "recommended", .choices = {{"'case':'%'", "ineligible"}},
        .records = {{RECORD(INCIDENT), "{'incident':'I','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'yes','recorded_on':'2018-01-01'}"}}},
    {.event = "application_withdrawn", .from = "ent-a office", .stages = BEFORE_APPROVAL, .choices = {{"'case':'%','reason':'r'", "withdrawn"}}},
    {.event = "violation_confirmed", .from = "office", .stages = ANY, .choices = {{"'case':'%','kind':'violation','proof':'p'", NULL}}},

    // 8, 16(3): documents
    {.event = "team_drawn", .from = "office review-committee", .stages = "accepted",
        .choices = {{"'cycle':'2018','teams':[{'team':'U','members':['reviewer-04','reviewer-05','reviewer-06'],'leader':'reviewer-04','cases':['%']}],'reason':'r'", NULL}}, .of_case = "'team':'',"},
    {.event = "conflict_declared", .from = "reviewer-02 office", .stages = "accepted " DEFENDING, .choices = {{"'team':'T','case':'%','person':'reviewer-02','reason':'r'", NULL}}},
    {.event = "independent_sheet", .from = "reviewer-01 reviewer-02", .stages = "accepted", .choices = {{"'case':'%','scores':@50000@", NULL}}},
    {.event = "consensus_sheet", .from = "reviewer-01", .stages = "accepted",
        .choices = {{"'case':'%','scores':@50000@,'report':'d','explanations':[" ALL_WHY "]", "document_passed"},
         {"'case':'%','scores':@49999@,'report':'d','explanations':[" ALL_WHY "]", "document_passed"},
         {"'case':'%','scores':@40000@,'report':'d','explanations':[" ALL_WHY "]", "document_passed"},
         {"'case':'%','scores':@39999@,'report':'d','explanations':[" ALL_WHY "]", "document_out"}}, .records = {SHEETS}},
    {.event = "sheets_compared", .from = "worker-scoring", .stages = ANY,
        .choices = {{"'case':'%','totals':[{'reviewer':'reviewer-01','total':'500.00'},{'reviewer':'reviewer-02','total':'500.00'},{'reviewer':'reviewer-03','total':'500.00'}]", NULL}},
        .records = {SHEETS, TASK("compare_sheets", "%", "")}},
    {.event = "feedback_sent", .from = "worker-notification", .stages = ANY, .choices = {{"'case':'%','digest':'d'", NULL}}, .records = {TASK("write_feedback", "%", "")}},

    // 16(4): the defence
    {.event = "defence_scheduled", .from = "office", .stages = DEFENDING, .choices = {{"'case':'%','when':'2018-01-03T09:00:00+08:00','panel':" PANEL ",'advisors':" ADVISORS, NULL}}},
    {.event = "defence_opened", .from = "office", .stages = DEFENDING,
        .choices = {{"'case':'%','on':'2018-01-02','defender':'x','principal_in_charge':true", NULL},
         {"'case':'%','on':'2018-01-02','defender':'x','principal_in_charge':false,'decision':'d'", NULL},
         {"'case':'%','on':'2018-01-02','defender':'x','principal_in_charge':false", "withdrawn"}}, .of_case = DEFENCE(SCHEDULED)},
    {.event = "defence_score", .from = "reviewer-01 reviewer-04", .stages = DEFENDING, .choices = {{"'case':'%','points':'80.00'", NULL}}, .of_case = DEFENCE(SCHEDULED "," OPENED)},
    {.event = "defence_closed", .from = "office", .stages = DEFENDING,
        .choices = {{"'case':'%','comments':['c']", NULL}}, .of_case = DEFENCE(SCHEDULED "," OPENED), .records = {
        {RECORD(SHEET), "D"}}},
    {.event = "not_held", .from = "office", .stages = DEFENDING,
        .choices = {{"'case':'%','what':'defence','decision':'d'", NULL},
         {"'case':'%','what':'defence'", "withdrawn"}}},
    {.event = "not_held", .from = "office", .stages = "document_passed site_visit",
        .choices = {{"'case':'%','what':'visit','decision':'d'", NULL},
         {"'case':'%','what':'visit'", "withdrawn"}},
        .exceptions = {{"halted", "halted", "order"}, {"site_done final", "held_already", "order"}}},

    // 16(5): the visit
    {.event = "visit_scheduled", .from = "office reviewer-01", .stages = "document_passed", .choices = {{"'case':'%','first':'2018-01-03','last':'2018-01-05'", NULL}}},
    {.event = "visit_opened", .from = "office reviewer-01", .stages = "document_passed", .choices = {{"'case':'%','on':'2018-01-02'", "site_visit"}}},
    {.event = "halted", .from = "reviewer-01 reviewer-02", .stages = "site_visit", .choices = {{"'case':'%','ground':'g'", "halted"}}},
    {.event = "halt_decided", .from = "office", .stages = "halted",
        .choices = {{"'case':'%','finding':'discrepancy','reason':'r'", "disqualified"},
         {"'case':'%','finding':'misrepresentation','reason':'r'", "disqualified"},
         {"'case':'%','finding':'cleared','reason':'r'", "site_visit"}}, .of_case = "'stage_before_halt':'site_visit',"},
    {.event = "visit_sheet", .from = "reviewer-01", .stages = "site_visit", .choices = {{"'case':'%','scores':@50000@,'days':3,'report':'d'", "site_done"}}},
    {.event = "leaders_meeting", .from = "office review-committee", .stages = "site_done", .choices = {{"'cycle':'2018','cases':['%'],'on':'2018-01-02'", "final"}},
        .of_case = "'document_score':'500.00','site_score':'500.00','site_score_before':'500.00','track':'award',"},
    {.event = "leaders_meeting", .from = "office review-committee", .stages = "site_done", .choices = {{"'cycle':'2018','cases':['%'],'on':'2018-01-02'", "final"}},
        .of_case = "'document_score':'500.00','site_score':'400.00','site_score_before':'400.00','track':'award',"},
    {.event = "leaders_meeting", .from = "office review-committee", .stages = "site_done", .choices = {{"'cycle':'2018','cases':['%'],'on':'2018-01-02'", "site_out"}},
        .of_case = "'document_score':'500.00','site_score':'399.99','site_score_before':'399.99','track':'award',"},

    // 16(6): the final selection
    {.event = "selection_started", .from = "office", .stages = OUTSIDE_REVIEW, .choices = {{"'cycle':'2018'", NULL}}, .otherwise = "scores_missing", .article = "16(6)"},
    {.event = "selection_started", .from = "office", .stages = OUTSIDE_REVIEW " final", .choices = {{"'cycle':'2018'", NULL}}, .of_case = SCORED, .otherwise = "scores_missing", .article = "16(6)"},
    {.event = "ranking_computed", .from = "worker-scoring", .stages = "final", .of_case = SCORED, .records = {RANKING_ASKED}, .otherwise = "wrong_ranking", .article = "16(6).2",
        .choices = {{"'cycle':'2018','pools':[{'kind':'award','ranked':[" RANKED(",'candidate':true") "],'vacant':4},{'kind':'nomination','vacant':5}]", "candidate"}}},
    {.event = "ranking_computed", .from = "worker-scoring", .stages = "final", .of_case = SCORED, .records = {RANKING_ASKED}, .otherwise = "wrong_ranking", .article = "16(6).2", .no_places = true,
        .choices = {{"'cycle':'2018','pools':[{'kind':'award','ranked':[" RANKED("") "],'vacant':0},{'kind':'nomination','ranked':[" RANKED("") "],'vacant':0}]", "not_selected"}}},

    // 16(7)-(10), in both orders
    {.event = "publicity_started", .from = "office", .stages = "candidate", .order = PUBLICITY_FIRST,
        .choices = {{"'cycle':'2018','media':[{'medium':'m','on':'2018-01-02','digest':'d'}],'stated_first':'2018-01-02','stated_last':'2018-01-09'", "publicity"}},
        .of_case = "'candidate_for':'award',", .otherwise = "no_candidates"},
    {.event = "publicity_started", .from = "office", .stages = "deliberated", .order = DELIBERATION_FIRST,
        .choices = {{"'cycle':'2018','media':[{'medium':'m','on':'2018-01-02','digest':'d'}],'stated_first':'2018-01-02','stated_last':'2018-01-09'", "publicity"}},
        .of_case = "'candidate_for':'award',", .otherwise = "no_candidates"},
    {.event = "publicity_extended", .from = "office", .stages = ANY, .choices = {{"'cycle':'2018','last':'2018-02-05','reason':'r'", NULL}},
        .of_cycle = "'publicity':{'from':'2017-12-28','last':'2018-01-04','stated_last':'2018-01-04'},"},
    {.event = "objection_filed", .from = "public office", .stages = ANY, .choices = {{"'objection':'P','case':'%','text':'t','source':'web'", NULL}}},
    {.event = "complaint_filed", .from = "public office", .stages = ANY, .choices = {{"'objection':'P','case':'%','text':'t','source':'web'", NULL}}},
    {.event = "complaint_linked", .from = "office", .stages = BEFORE_DELIBERATION, .order = PUBLICITY_FIRST,
        .choices = {{"'objection':'O','reason':'r'", NULL}}, .records = {OBJECTION(",'complaint':true")}},
    {.event = "complaint_linked", .from = "office", .stages = BEFORE_SELECTION " candidate", .order = DELIBERATION_FIRST,
        .choices = {{"'objection':'O','reason':'r'", NULL}}, .records = {OBJECTION(",'complaint':true")}, .exceptions = {{"publicity", "after_deliberation", "order"}}},
    {.event = "objection_decided", .from = "office", .stages = BEFORE_APPROVAL,
        .choices = {{"'objection':'O','finding':'founded','kind':'violation','report':'r'", "disqualified"}},
        .records = {OBJECTION("")}, .of_case = "'open_objections':['O'],", .otherwise = "stays"},
    {.event = "objection_decided", .from = "office", .stages = ANY,
        .choices = {{"'objection':'O','finding':'unfounded','report':'r'", NULL},
         {"'objection':'O','finding':'immaterial','report':'r'", NULL}}, .records = {OBJECTION("")}, .of_case = "'open_objections':['O'],"},
    {.event = "deliberation_held", .from = "office", .stages = "publicity", .order = PUBLICITY_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "recommended_to_government"},
         {DECIDED "false,'reason':'r'}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "not_recommended"}},
        .of_case = "'candidate_for':'award',", .of_a_part = true, .of_cycle = ENDED},
    {.event = "deliberation_held", .from = "office", .stages = "publicity", .order = PUBLICITY_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "ineligible"}},
        .of_case = "'candidate_for':'award',", .of_a_part = true, .of_cycle = ENDED,
        .records = {{RECORD(INCIDENT), "{'incident':'I','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'yes','recorded_on':'2018-01-01'}"}}},
    {.event = "deliberation_held", .from = "office", .stages = NOWHERE, .order = PUBLICITY_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", NULL}},
        .of_case = "'candidate_for':'award','open_objections':['O'],", .of_a_part = true, .of_cycle = ENDED, .exceptions = {{"publicity", "objection_open", "16(7).4"}}},
    {.event = "deliberation_held", .from = "office", .stages = "candidate", .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "deliberated"},
         {DECIDED "false,'reason':'r'}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "not_recommended"}},
        .of_case = "'candidate_for':'award',", .of_a_part = true},
    {.event = "deliberation_held", .from = "office", .stages = "candidate", .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "ineligible"}},
        .of_case = "'candidate_for':'award',", .of_a_part = true,
        .records = {{RECORD(INCIDENT), "{'incident':'I','enterprise':'91500112MA5U0000X8','kind':'safety_accident','on':'2017-12-15','liable':'yes','recorded_on':'2018-01-01'}"}}},
    {.event = "deliberation_held", .from = "office", .stages = NOWHERE, .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", NULL}},
        .of_case = "'candidate_for':'award','holds':[{'kind':'liability','subject':'I','article':'11(4)'}],", .of_a_part = true, .exceptions = {{"candidate", "case_held", "11(4)"}}},
    {.event = "government_decided", .from = "government office", .stages = "recommended_to_government", .order = PUBLICITY_FIRST,
        .choices = {{DECIDED "true}]", "approved"}, {DECIDED "false,'reason':'r'}]", "not_approved"}}, .of_case = "'candidate_for':'award',", .of_cycle = ENDED},
    {.event = "government_decided", .from = "government office", .stages = "publicity", .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}]", "approved"}, {DECIDED "false,'reason':'r'}]", "not_approved"}}, .of_case = "'candidate_for':'award',", .of_cycle = ENDED},
    {.event = "government_decided", .from = "government office", .stages = NOWHERE, .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}]", NULL}}, .of_case = "'candidate_for':'award','open_objections':['O'],", .of_cycle = ENDED, .exceptions = {{"publicity", "objection_open", "16(7).4"}}},
    {.event = "mayor_signed", .from = "government office", .stages = "approved", .choices = {{"'cycle':'2018','on':'2018-01-02'", "signed"}}, .of_case = "'candidate_for':'award',", .otherwise = "nothing_approved"},
    {.event = "result_published", .from = "government office", .stages = "signed", .choices = {{"'cycle':'2018','number':'n','on':'2018-01-02','media':[{'medium':'m','on':'2018-01-02','digest':'d'}]", "honoured"}},
        .of_case = "'candidate_for':'award',", .of_cycle = "'signed_on':'2018-01-01',", .otherwise = "untouched"},
    {.event = "conferral_held", .from = "office", .stages = "honoured", .choices = {{"'cycle':'2018','on':'2018-01-02','given':[{'case':'%','medal':'M1','certificate':'C1'}]", "conferred"}},
        .of_case = "'honour':{'kind':'award','from':'2017-12-01'},", .of_cycle = "'published_on':'2017-12-01',"},

    // 17-21: afterwards
    {.event = "experience_shared", .from = "ent-a office", .stages = HONOURED, .choices = {{"'case':'%','digest':'d'", NULL}}, .of_case = HONOUR("")},
    {.event = "self_evaluation_submitted", .from = "ent-a office", .stages = HONOURED, .choices = {{"'case':'%','year':2018,'digest':'d'", NULL}}, .of_case = HONOUR("")},
    {.event = "incident_reported_by_laureate", .from = "ent-a bureau", .stages = SINCE_PUBLICATION,
        .choices = {{"'incident':'I','case':'%','kind':'safety_accident','on':'2017-12-15','digest':'d'", NULL}}, .of_case = HONOUR("")},
    {.event = "incident_recorded", .from = "bureau", .stages = SINCE_PUBLICATION,
        .choices = {{"'incident':'I','case':'%','kind':'safety_accident','on':'2017-12-15','liable':'yes'", NULL}}, .of_case = HONOUR("")},
    {.event = "self_evaluation_year_began", .from = "coordinator", .stages = ANY, .choices = {{"'case':'%','year':2018", NULL}}, .of_case = HONOUR("")},
    {.event = "grounds_checked", .from = "worker-revocation", .stages = SINCE_PUBLICATION, .choices = {{"'case':'%','incident':'violation','grounds':[]", NULL}},
        .of_case = HONOUR(""), .records = {TASK("check_grounds", "%", ",'detail':'violation'")}},
    {.event = "papers_drafted", .from = "worker-revocation", .stages = SINCE_PUBLICATION, .choices = {{"'case':'%','revocation':'R','papers':['request'],'text':'t','digest':'d'", NULL}},
        .of_case = HONOUR(""), .records = {REVOCATION("verified"), TASK("draft_papers", "%", ",'detail':'R'")}},
    {.event = "revocation_opened", .from = "bureau", .stages = HONOURED, .choices = {{"'case':'%','revocation':'S','ground':'breach_of_law','facts':'f','effect':'e'", NULL}}, .of_case = HONOUR("")},
    {.event = "revocation_verified", .from = "bureau", .stages = HONOURED, .choices = {{"'revocation':'R','report':'r'", NULL}}, .of_case = HONOUR(""), .records = {REVOCATION("opened")}},
    {.event = "revocation_decided", .from = "government office", .stages = HONOURED,
        .choices = {{"'revocation':'R','approved':true,'on':'2018-01-02'", "revoked"},
         {"'revocation':'R','approved':false,'on':'2018-01-02','reason':'r'", NULL}}, .of_case = HONOUR("") "'revocation':'R',", .records = {REVOCATION("verified")}},
    {.event = "medal_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", NULL}}, .of_case = HONOUR("") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "medal_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", "revocation_closed"}},
        .of_case = HONOUR(",'certificate_returned':true,'revocation_published':true") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "certificate_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", NULL}}, .of_case = HONOUR("") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "certificate_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", "revocation_closed"}},
        .of_case = HONOUR(",'medal_returned':true,'revocation_published':true") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "prize_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", NULL}}, .of_case = HONOUR(",'prize':100000") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "prize_returned", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02'", "revocation_closed"}},
        .of_case = HONOUR(",'prize':100000,'medal_returned':true,'certificate_returned':true,'revocation_published':true") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "revocation_published", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02','media':['m']", NULL}}, .of_case = HONOUR(",'until':'2018-01-01'") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "revocation_published", .from = "bureau", .stages = "revoked", .choices = {{"'case':'%','on':'2018-01-02','media':['m']", "revocation_closed"}},
        .of_case = HONOUR(",'until':'2018-01-01','medal_returned':true,'certificate_returned':true") "'revocation':'R',", .records = {REVOCATION("approved")}},
    {.event = "accountability_recorded", .from = "office supervision", .stages = ANY, .choices = {{"'whom':'w','what':'x','measure':'m','authority':'a','case':'%'", NULL}}},
};
// clang-format on

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

static void senders_walk(struct world *world, const struct expected *row,
                         const struct choice *choice, int stage)
{
    bool admitted = word_in(row->stages, stage_word(stage));
    const char *task = row->records[0].kind == RECORD(TASK) ? row->records[0].json : NULL;
    for (size_t i = 1; i < RECORDS_MAX && task == NULL; i++) {
        task = row->records[i].kind == RECORD(TASK) ? row->records[i].json : NULL;
    }
    const char *answers =
        task != NULL ? JSON(world, "%.*s,", (int)(strchr(task, ',') - task - 1), task + 1) : "";
    const char *json =
        json_of(world, JSON(world, "{%s'%s':{%s}}", answers, row->event, choice->body));
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
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].order == EITHER || rows[i].order == order) {
            row_walk(&rows[i], order, NULL);
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
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].order == DELIBERATION_FIRST) {
            row_walk(&rows[i], DELIBERATION_FIRST, &district);
            walked++;
        }
    }
    cr_assert_gt(walked, 6);
}

Test(matrix, an_event_about_a_case_that_there_is_not_is_rejected)
{
    size_t sent = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *body = rows[i].choices[0].body;
        if (strncmp(body, "'case':'%'", 10) != 0) {
            continue;
        }
        struct world *world = world_of(&rows[i], EITHER, NULL);
        const char *json =
            json_of(world, JSON(world, "{'%s':{'case':'%%9'%s}}", rows[i].event, body + 10));
        char *sender = arena_string(world_arena(world), rows[i].from);
        sender[strcspn(sender, " ")] = '\0';
        const Award__Decision *decision = world_try(world, sender, json);
        cr_expect_str_eq(world_code(decision), "no_such_case", "%s", rows[i].event);
        cr_expect_str_eq(world_article(decision), "order");
        sent++;
        world_destroy(world);
    }
    cr_assert_gt(sent, 30);
}

// Events with no case in them: nothing about them depends on a stage.
static const struct {
    const char *events;
    const char *why;
} without_case[] = {
    {"principal_enrolled principal_changed key_enrolled key_revoked",                           "people and keys"                                      },
    {"countersigned countersign_declined correction",
     "they name another event; what it does is walked under its own name"                                                                              },
    {"rulebook_loaded alert_policy_loaded calendar_loaded clock_set",                           "texts and time"                                       },
    {"enterprise_registered",                                                                   "there is no case before the enterprise is on record"  },
    {"reviewer_added reviewer_changed reviewer_removed",                                        "the pool of reviewers"                                },
    {"cycle_opened",                                                                            "a cycle has no case when it opens"                    },
    {"plan_approved",                                                                           "a plan and its days; whose case left is no part of it"},
    {"tie_decided",
     "the cases of a ranking that waits are all at final: one that leaves clears it"                                                                   },
    {"deadline_suspended deadline_resumed deadline_extended deadlines_recomputed deadline_due",
     "a deadline, by its name"                                                                                                                         },
    {"alert_acknowledged alert_due",                                                            "an alert, by its name"                                },
    {"message_sealed message_delivered message_failed task_failed",
     "a message or a task, by its name"                                                                                                                },
    {"database_created started stopped",                                                        "the coordinator itself"                               },
};

static bool walked_above(const char *event)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].event, event) == 0) {
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
