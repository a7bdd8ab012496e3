#!/usr/bin/python3
"""make_district_2019 - prints the lines of district-2019.jsonl, with --people the principals.

A year of rulebooks/district-example.yaml with eight enterprises: deliberation before publicity, five
working days of publicity with the first counted, named objections with evidence, a trimmed mean,
prize money that comes back. district-2019.expected.json says what must come out, worked out by hand;
district-2019.md shows how. Nothing is decided here.
"""
import sys

sys.dont_write_bytecode = True

from scenario_lines import (credit_code, digest, moment, points, print_lines, print_principals,
                            say)

DIVISION = "500105"
CATEGORIES = {"leadership": 100, "management": 150, "innovation": 100, "brand": 50, "results": 200}

# key: name, industry, operating since
ENTERPRISES = {"D1": ("江湾精密铸造", "C33", "2001-05-10"), "D2": ("石门塔吊制造", "C34", "2005-08-01"),
               "D3": ("寸滩冷链物流", "G59", "2008-03-15"), "D4": ("大石坝电子", "C39", "2010-10-20"),
               "D5": ("铁山坪建设", "E47", "2003-01-09"), "D6": ("五里店大酒店", "I61", "2006-06-01"),
               "D7": ("港城新材料", "C30", "2016-03-12"), "D8": ("复盛采石", "B10", "2002-02-02")}
CODE = {key: credit_code(DIVISION, "5A01%04d" % number)
        for number, key in enumerate(ENTERPRISES, 1)}
UNITS = ["区政府办公室", "区市场监管局", "区发展改革委", "区经济信息委", "区科技局", "区财政局",
         "区生态环境局", "区商务委", "区应急局"]
CHAIR = "分管副区长"


def case(key, ordinal=1):
    return "2019/%s/%d" % (CODE[key], ordinal)


def last_case(key):
    return case(key, 2 if key == "D7" else 1)


def person(number):
    return "reviewer-%02d" % number


# ---- Applying

def setting_up():
    for number in range(1, 13):
        say("2019-01-07", "office", "reviewer_added",
            {"person": person(number), "industries": ["C", "E", "G", "I"],
             "employer": "重庆质量研究院", "district": "500112"})
    for key, (name, industry, since) in ENTERPRISES.items():
        say("2019-01-08", "office", "enterprise_registered",
            {"enterprise": CODE[key], "name": name, "region": DIVISION, "district": DIVISION,
             "industry": industry, "legal_person": True, "operating_since": since})
    say("2019-02-18", "office", "cycle_opened",
        {"cycle": "2019", "notice": [{"medium": "区政府网站", "on": "2019-02-18",
                                      "digest": digest("notice")}],
         "closing": moment("2019-03-29T23:59:59"), "units": UNITS, "chair": CHAIR})


def apply(day, key, id=None, report=29000):
    name = key + day
    materials = [{"kind": kind, "digest": digest(name + kind), "characters": characters}
                 for kind, characters in (("application_form", 900), ("organisation_profile", 2000),
                                          ("self_evaluation_report", report))]
    materials.append({"kind": "evidence", "digest": digest(name + "evidence"),
                      "issuer": "区经济信息委", "title": "产值证明"})
    say(day + "T11:00:00", "office", "application_submitted",
        {"cycle": "2019", "enterprise": CODE[key], "materials": materials,
         "electronic_receipt": moment(day + "T09:30:00"),
         "paper_receipt": moment(day + "T10:00:00")}, id=id)


def applying():
    for day, key in (("2019-03-04", "D1"), ("2019-03-05", "D2"), ("2019-03-06", "D3"),
                     ("2019-03-07", "D4"), ("2019-03-11", "D6")):
        apply(day, key)
    apply("2019-03-08", "D5", id="apply-D5", report=30000)
    apply("2019-03-12", "D7", id="apply-D7-early")   # three years are complete after this day
    apply("2019-03-13", "D7")
    apply("2019-03-14", "D8", id="apply-D8")         # mining is not among the sections
    for key in ("D1", "D2", "D3", "D4", "D5", "D6", "D7"):
        findings = [{"condition": condition, "met": True, "evidence": "证明材料",
                     "issuer": "区市场监管局", "on": "2019-03-20"}
                    for condition in ("11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)")]
        say("2019-03-20", "bureau-" + DIVISION, "conditions_verified",
            {"case": last_case(key), "findings": findings})
        say("2019-03-25", "office", "recommendation_given",
            {"case": last_case(key), "by": "district_government", "name": "示例区人民政府",
             "district": DIVISION, "in_favour": True, "received": moment("2019-03-25T08:30:00")})
        say("2019-04-01", "office", "application_accepted", {"case": last_case(key)})


# ---- Review

TEAMS = {"T1": ((1, 2, 3), ("D1", "D2", "D3", "D4")), "T2": ((4, 5, 6), ("D5", "D6", "D7"))}
DOCUMENTS = {"D1": 48000, "D2": 36000, "D3": 35999, "D4": 29999, "D5": 30000, "D6": 30500,
             "D7": 33000}
SITES = {"D1": 50000, "D2": 36000, "D3": 40000, "D5": 31000, "D6": 30000, "D7": 32000}
# Scores of the panel, in hundredths; the trimmed mean leaves out one highest and one lowest.
PANELS = {"D1": (5000, 4000, 4200, 4400, 3000), "D2": (4000, 4100, 4200, 4300, 4400, 4500),
          "D3": (4500, 4500, 3050, 3325, 2000), "D5": (3500, 3500, 3500, 3500, 3500),
          "D6": (3000, 3100, 3200, 3300, 3400), "D7": (2000, 3000, 3000, 3000, 4000)}


def sheet(total):
    parts = {key: total * most // 600 for key, most in CATEGORIES.items()}
    parts["results"] += total - sum(parts.values())
    return [{"item": key, "points": points(value)} for key, value in parts.items()]


def leader_of(key):
    return next(person(members[0]) for members, keys in TEAMS.values() if key in keys)


def reviewing():
    for team, (members, keys) in TEAMS.items():
        say("2019-04-02", "office", "team_drawn",
            {"cycle": "2019", "reason": "评审委员会按行业确定",
             "teams": [{"team": team, "members": [person(n) for n in members],
                        "leader": person(members[0]),
                        "cases": [last_case(key) for key in keys]}]})
        say("2019-04-03", person(members[0]), "plan_submitted",
            {"team": team, "steps": [{"step": step, "on": on} for step, on in
                                     (("independent_review", "2019-04-12"),
                                      ("consensus", "2019-04-19"), ("site_visit", "2019-05-10"),
                                      ("report", "2019-05-17"))]})
    say("2019-04-03T15:00:00", person(1), "independent_sheet",
        {"case": case("D1"), "scores": sheet(48000)}, id="sheet-before-plan")
    for team, (members, keys) in TEAMS.items():
        say("2019-04-04", "review-committee", "plan_approved", {"team": team})
        for key in keys:
            for number in members:
                say("2019-04-08", person(number), "independent_sheet",
                    {"case": last_case(key), "scores": sheet(DOCUMENTS[key])})
            say("2019-04-15", person(members[0]), "consensus_sheet",
                {"case": last_case(key), "scores": sheet(DOCUMENTS[key]),
                 "report": digest("document" + key), "strengths": [{"item": "management.system", "text": "体系健全"}],
                 "improvements": [{"item": "management.tools", "text": "质量工具应用不足"}]})


def schedule(key, panel, advisors, id=None):
    say("2019-04-17", "office", "defence_scheduled",
        {"case": last_case(key), "when": moment("2019-04-22T09:00:00"),
         "panel": [person(n) for n in panel],
         "advisors": [{"name": name, "field": "management"} for name in advisors]}, id=id)


def defending():
    schedule("D1", range(7, 11), ("顾问甲", "顾问乙"), id="panel-of-four")
    schedule("D1", range(7, 12), ("顾问甲", "顾问乙", "顾问丙"), id="three-advisors")
    for key, scores in PANELS.items():
        schedule(key, range(7, 7 + len(scores)), ("顾问甲", "顾问乙"))
        say("2019-04-22", "office", "defence_opened",
            {"case": last_case(key), "on": "2019-04-22", "defender": key + "负责人",
             "principal_in_charge": True})
        if key == "D1":
            say("2019-04-22", person(7), "defence_score", {"case": case("D1"), "points": "50.01"},
                id="over-fifty")
        for number, score in enumerate(scores, 7):
            say("2019-04-22", person(number), "defence_score",
                {"case": last_case(key), "points": points(score)})
        say("2019-04-22", "office", "defence_closed",
            {"case": last_case(key), "comments": ["建议一", "建议二"]})


def visiting():
    for key, total in SITES.items():
        days = 3 if key == "D1" else 2
        say("2019-04-24", leader_of(key), "visit_opened",
            {"case": last_case(key), "on": "2019-04-24"})
        say("2019-04-26", leader_of(key), "visit_sheet",
            {"case": last_case(key), "scores": sheet(total), "days": days,
             "report": digest("site" + key)}, id="visit-D1" if key == "D1" else None)
    say("2019-05-13", "office", "leaders_meeting",
        {"cycle": "2019", "cases": [last_case(key) for key in SITES], "on": "2019-05-13"})
    say("2019-05-15", "office", "selection_started", {"cycle": "2019"})


# ---- The last stages: deliberation, publicity, government

def publish(day, id=None):
    say(day, "office", "publicity_started",
        {"cycle": "2019", "media": [{"medium": "区政府网站", "on": day, "digest": digest("list")}],
         "stated_first": "2019-06-05", "stated_last": "2019-06-11"}, id=id)


def decisions(*yes, no=()):
    return ([{"case": last_case(key), "approved": True} for key in yes] +
            [{"case": last_case(key), "approved": False, "reason": "尚有差距"} for key in no])


def deliberate(day, meeting, present):
    say(day, "office", "deliberation_held",
        {"cycle": "2019", "meeting": meeting, "on": day, "presiding": CHAIR,
         "present": UNITS[:present],
         "decisions": decisions("D1", "D2", "D3", "D5", no=("D7",))}, id=meeting)


def file(at, objection, key, id=None, **more):
    say(at, "public", "objection_filed",
        {"objection": objection, "case": last_case(key), "text": "反映情况", "source": "web", **more},
        id=id or objection)


def decide(day, objection, finding):
    say(day, "office", "objection_decided",
        {"objection": objection, "finding": finding, "report": digest(objection)})


def government(day, id, *yes, no=()):
    say(day, "government", "government_decided",
        {"cycle": "2019", "on": day, "decisions": decisions(*yes, no=no)}, id=id)


def selecting():
    publish("2019-05-20", id="publicity-before-deliberation")
    government("2019-05-20", "government-before-deliberation", "D1")
    deliberate("2019-05-21", "M-1", 4)
    deliberate("2019-05-22", "M-2", 5)
    file("2019-05-23", "K-1", "D2", anonymous=True)
    say("2019-05-23", "office", "complaint_linked", {"objection": "K-1", "reason": "线索具体"},
        id="link-after-deliberation")
    publish("2019-06-05")
    file("2019-06-06", "O-1", "D3", id="anonymous", anonymous=True, evidence="照片")
    file("2019-06-06", "O-1", "D3", id="no-evidence")
    file("2019-06-06", "O-1", "D5", evidence="合同复印件")
    file("2019-06-12T23:00:00", "O-2", "D2", evidence="检验报告")
    file("2019-06-13", "O-3", "D1", anonymous=True)
    government("2019-06-12", "government-in-publicity", "D1")
    decide("2019-06-14", "O-2", "unfounded")
    government("2019-06-17", "G-1", "D1", "D2", "D5", no=("D3",))
    decide("2019-06-19", "O-1", "immaterial")
    government("2019-06-24", "G-2", "D5")
    say("2019-06-26", "government", "mayor_signed", {"cycle": "2019", "on": "2019-06-26"})
    say("2019-06-28", "government", "result_published",
        {"cycle": "2019", "number": "示例区府发〔2019〕12号", "on": "2019-06-28"})


def given(key, **more):
    return {"case": last_case(key), "medal": "J-" + key, "certificate": "Z-" + key, **more}


def afterwards():
    say("2019-07-05", "office", "conferral_held",
        {"cycle": "2019", "on": "2019-07-05", "given": [given("D5")]}, id="prize-not-said")
    say("2019-07-05", "office", "conferral_held",
        {"cycle": "2019", "on": "2019-07-05",
         "given": [given("D1", prize_paid=True), given("D2", prize_paid=True),
                   given("D5", prize_paid=False)]})
    say("2019-09-05", "bureau", "incident_recorded",
        {"incident": "I-1", "case": case("D1"), "kind": "safety_accident", "on": "2019-09-04",
         "liable": "yes"})
    say("2019-09-16", "ent-d1", "incident_reported_by_laureate",
        {"incident": "I-1", "case": case("D1"), "kind": "safety_accident", "on": "2019-09-04",
         "digest": digest("report I-1")})
    revocation = case("D1") + "/I-1"
    say("2019-09-20", "bureau", "revocation_verified",
        {"revocation": revocation, "report": digest("verified I-1")})
    say("2019-10-15", "government", "revocation_decided",
        {"revocation": revocation, "approved": True, "on": "2019-10-15"})
    for day, event, more in (("2019-10-18", "medal_returned", {}),
                             ("2019-10-18", "certificate_returned", {}),
                             ("2019-10-21", "revocation_published", {"media": ["区政府网站"]})):
        say(day, "bureau", event, {"case": case("D1"), "on": day, **more})
    say("2019-10-28", "bureau", "prize_returned", {"case": case("D1"), "on": "2019-10-28"})
    say("2020-06-30", "ent-d2", "self_evaluation_submitted",
        {"case": case("D2"), "year": 2020, "digest": digest("self-evaluation D2")})
    say("2020-07-06", "office", "cycle_closed", {"cycle": "2019"})


# ---- Principals

ORGANS = (("office", "office", "区质量强区工作领导小组办公室"), ("government", "government", "示例区人民政府"),
          ("bureau", "bureau", "示例区市场监督管理局"),
          ("selection-committee", "selection_committee", "评选委员会"),
          ("review-committee", "review_committee", "评审委员会"),
          ("supervision", "supervision_committee", "评审监督委员会"), ("public", "public", "社会公众"),
          ("admin", "administrator", "系统管理员"), ("worker-scoring", "worker_scoring", "计分程序"),
          ("worker-notification", "worker_notification", "通知程序"),
          ("worker-revocation", "worker_revocation", "撤销程序"))


def print_people():
    rows = [(name, role, None, full) for name, role, full in ORGANS]
    rows.append(("bureau-" + DIVISION, "district_bureau", DIVISION, "示例区市场监督管理局核查科"))
    rows += [("ent-" + key.lower(), "enterprise", CODE[key], row[0]) for key, row in ENTERPRISES.items()]
    rows += [(person(number), "reviewer", None, "评审员%02d" % number) for number in range(1, 13)]
    print_principals("The principals of district-2019; printed by make_district_2019.py --people.",
                     rows)


if __name__ == "__main__":
    if "--people" in sys.argv[1:]:
        print_people()
    else:
        for part in (setting_up, applying, reviewing, defending, visiting, selecting, afterwards):
            part()
        print_lines()
