// Every event about a case at every stage: admitted exactly where the regulation lets it happen,
// and led to the stage that it says; rejected everywhere else. The table is written from the
// regulation and the list of events, not from rules/life_cycle.c, so that a changed row there fails
// here.
//
// In the JSON of this file ' stands for ", % for the case and @50000@ for scores of 500.00 in all.
#include "tests/rules/review_world.h"

#include "rules/events.h"
#include "rules/life_cycle.h"

#include <criterion/criterion.h>
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

enum { STAGES = 28, CHOICES_MAX = 4, RECORDS_MAX = 4 };

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
#define DECIDED "'cycle':'2018','on':'2018-01-02','decisions':[{'case':'%','approved':"

struct record_text {
    Award__Change__RecordCase kind;
    const char *json;
};

struct choice {
    const char *body;
    const char *next; // NULL: it stays
};

// clang-format off
static const struct expected {
    const char *event;
    const char *from;   // principals that may send it
    const char *stages; // where it may happen
    struct choice choices[CHOICES_MAX];
    const char *of_case;  // further fields of the case
    const char *of_cycle; // and of the cycle
    struct record_text records[RECORDS_MAX];
    const char *otherwise; // the code elsewhere; NULL: wrong_stage
    const char *article;   // with it; NULL: order
} rows[] = {
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
         {"'case':'%','what':'visit'", "withdrawn"}}, .otherwise = "?"},

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

    // 16(7)-(10), publicity before deliberation
    {.event = "publicity_started", .from = "office", .stages = "candidate",
        .choices = {{"'cycle':'2018','media':[{'medium':'m','on':'2018-01-02','digest':'d'}],'stated_first':'2018-01-02','stated_last':'2018-01-09'", "publicity"}},
        .of_case = "'candidate_for':'award',", .otherwise = "no_candidates"},
    {.event = "objection_filed", .from = "public office", .stages = ANY, .choices = {{"'objection':'P','case':'%','text':'t','source':'web'", NULL}}},
    {.event = "complaint_filed", .from = "public office", .stages = ANY, .choices = {{"'objection':'P','case':'%','text':'t','source':'web'", NULL}}},
    {.event = "complaint_linked", .from = "office", .stages = BEFORE_DELIBERATION, .choices = {{"'objection':'O','reason':'r'", NULL}}, .records = {OBJECTION(",'complaint':true")}, .otherwise = "?"},
    {.event = "objection_decided", .from = "office", .stages = BEFORE_APPROVAL,
        .choices = {{"'objection':'O','finding':'founded','kind':'violation','report':'r'", "disqualified"}},
        .records = {OBJECTION("")}, .of_case = "'open_objections':['O'],", .otherwise = "stays"},
    {.event = "objection_decided", .from = "office", .stages = ANY,
        .choices = {{"'objection':'O','finding':'unfounded','report':'r'", NULL},
         {"'objection':'O','finding':'immaterial','report':'r'", NULL}}, .records = {OBJECTION("")}, .of_case = "'open_objections':['O'],"},
    {.event = "deliberation_held", .from = "office", .stages = "publicity",
        .choices = {{DECIDED "true}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "recommended_to_government"},
         {DECIDED "false,'reason':'r'}],'meeting':'M','presiding':'主任','present':['U1','U2','U3']", "not_recommended"}},
        .of_case = "'candidate_for':'award',", .otherwise = "part",
        .of_cycle = "'publicity':{'from':'2017-12-20','last':'2017-12-28','stated_last':'2017-12-28'},"},
    {.event = "government_decided", .from = "government office", .stages = "recommended_to_government",
        .choices = {{DECIDED "true}]", "approved"}, {DECIDED "false,'reason':'r'}]", "not_approved"}}, .of_case = "'candidate_for':'award',",
        .of_cycle = "'publicity':{'from':'2017-12-20','last':'2017-12-28','stated_last':'2017-12-28'},"},
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

static struct world *world_of(const struct expected *row)
{
    struct world *world = review_world();
    put(world, RECORD(ENTERPRISE),
        "{'enterprise':'" WORLD_ENTERPRISE "','name':'甲企业','region':'500112','district':"
        "'500112','industry':'C36','legal_person':true,'operating_since':'2000-01-01','cases':"
        "['%'],'incidents':['I']}");
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

static void rejected_expect(const struct expected *row, const char *sender, const char *stage,
                            const Award__Decision *decision)
{
    const char *code = row->otherwise != NULL ? row->otherwise : "wrong_stage";
    if (strcmp(code, "untouched") == 0 || strcmp(code, "stays") == 0) {
        const char *after = stage_after(decision);
        cr_expect(*after == '\0' || strcmp(after, stage) == 0, "%s at %s leads to %s", row->event,
                  stage, after);
        return;
    }
    if (strcmp(code, "part") == 0) {
        cr_expect(decision->n_rejected_parts == 1 &&
                      strcmp(decision->rejected_parts[0]->code, "wrong_stage") == 0 &&
                      strcmp(decision->rejected_parts[0]->article, "order") == 0,
                  "%s at %s", row->event, stage);
        cr_expect_str_empty(stage_after(decision));
        return;
    }
    cr_expect_eq(decision->outcome, AWARD__OUTCOME__NAME__rejected, "%s by %s at %s", row->event,
                 sender, stage);
    cr_expect_eq(decision->n_changes, 0);
    if (strcmp(code, "?") != 0) {
        cr_expect_str_eq(world_code(decision), code, "%s at %s", row->event, stage);
        cr_expect_str_eq(world_article(decision), row->article != NULL ? row->article : "order",
                         "%s at %s", row->event, stage);
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

Test(matrix, every_event_happens_at_its_stages_and_leads_where_the_regulation_says)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world *world = world_of(&rows[i]);
        for (int stage = 1; stage <= STAGES; stage++) {
            case_at(world, &rows[i], stage);
            for (size_t k = 0; k < CHOICES_MAX && rows[i].choices[k].body != NULL; k++) {
                senders_walk(world, &rows[i], &rows[i].choices[k], stage);
            }
        }
        world_destroy(world);
    }
}

Test(matrix, an_event_about_a_case_that_there_is_not_is_rejected)
{
    size_t sent = 0;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *body = rows[i].choices[0].body;
        if (strncmp(body, "'case':'%'", 10) != 0) {
            continue;
        }
        struct world *world = world_of(&rows[i]);
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

// The ranking needs a whole selection, the year of a self-evaluation begins by itself, and a record
// from before makes its own case: their own tests put cases at every stage.
Test(matrix, every_event_of_the_life_cycle_is_walked)
{
    size_t count;
    const struct life_cycle_row *all = life_cycle_rows(&count);
    for (size_t i = 0; i < count; i++) {
        bool walked = all[i].event == AWARD__EVENT__BODY_RANKING_COMPUTED ||
                      all[i].event == AWARD__EVENT__BODY_EARLIER_RECORD ||
                      all[i].event == AWARD__EVENT__BODY_SELF_EVALUATION_YEAR_BEGAN;
        for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
            walked = walked || strcmp(rows[k].event, event_name(all[i].event)) == 0;
        }
        cr_expect(walked, "at which stages may %s happen? Say it above", event_name(all[i].event));
    }
}
