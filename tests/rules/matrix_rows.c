// matrix_rows - the table of test_matrix.c, written from the regulation and the list of events
#include "tests/rules/matrix_rows.h"

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
#define NOWHERE ""
#define OUTSIDE_REVIEW                                                                             \
    "applied refused ineligible verified recommended document_out site_out not_selected "          \
    "candidate "                                                                                   \
    "publicity deliberated not_recommended recommended_to_government not_approved approved "       \
    "signed "                                                                                      \
    "honoured conferred disqualified withdrawn revoked revocation_closed"

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
#define ENDED                                                                                      \
    "'publicities':[{'from':'2017-12-20','last':'2017-12-28','stated_last':'2017-12-28'}],"
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

// clang-format off
const struct expected matrix_rows[] = {
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
    {.event = "plan_approved", .from = "review-committee", .stages = ANY, .choices = {{"'team':'U'", NULL}},
        .records = {{RECORD(TEAM), "{'cycle':'2018','team':'U','leader':'reviewer-01','cases':['%'],'members':[{'person':'reviewer-01'},{'person':'reviewer-02'},{'person':'reviewer-03'}],"
            "'plan':{'team':'U','steps':[{'step':'independent_review','on':'2018-02-01'},{'step':'consensus','on':'2018-02-02'},{'step':'site_visit','on':'2018-02-03'},{'step':'report','on':'2018-02-04'}]}}"}}},
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
        .of_cycle = "'publicities':[{'from':'2017-12-28','last':'2018-01-04','stated_last':'2018-01-04'}],"},
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
        .choices = {{DECIDED "true}]", "approved"}, {DECIDED "false,'reason':'r'}]", "not_approved"}}, .of_case = "'candidate_for':'award','publicity':1,", .of_cycle = ENDED},
    {.event = "government_decided", .from = "government office", .stages = NOWHERE, .order = DELIBERATION_FIRST,
        .choices = {{DECIDED "true}]", NULL}}, .of_case = "'candidate_for':'award','publicity':1,'open_objections':['O'],", .of_cycle = ENDED, .exceptions = {{"publicity", "objection_open", "16(7).4"}}},
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

const size_t matrix_rows_count = sizeof(matrix_rows) / sizeof(matrix_rows[0]);
