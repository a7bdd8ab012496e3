#!/usr/bin/python3
"""make_chongqing_2019 - prints the lines of chongqing-2019.jsonl.

A second cycle of Chongqing with forty applicants and what follows from it until 2026, told in the
order of the regulation; chongqing-2019.md tells it in prose and works out what must come of it. Nothing
is decided here. Every line that is not plainly accepted has an id, by which the expectation names it.
"""
import sys

sys.dont_write_bytecode = True

from chongqing_2019_people import (CODE, DISTRICT, DISTRICT_NAMES, ENTERPRISES, case, ent, person,
                                   register_enterprises, register_reviewers)
from scenario_lines import (CATEGORIES, digest, moment, panel_scores, points, print_lines, say,
                            spread_total)

UNITS = ["市政府办公厅", "市人力社保局", "市市场监管局", "市发展改革委", "市经济信息委", "市科技局", "市财政局",
         "市生态环境局", "市住房城乡建委", "市商务委", "市国资委", "市应急局"]
CHAIR = "市政府分管副市长"
MIDNIGHT = "T23:59:59.999"  # 24:00 is the last millisecond of the day

ORDINALS = {"B05": 2, "B06": 2, "B07": 2, "D02": 2}  # admitted by their second application


def name(key):
    return case(key, ordinal=ORDINALS.get(key, 1))


# ---- The years before

def earlier(key, what, kind, on, proof="渝府发"):
    say("2019-01-10", "office", "earlier_record",
        {"enterprise": CODE[key], what: kind, "on": on, "proof": proof})


def sampling(day, key, incident, on, level, serious=True):
    say(day, "office", "sampling_recorded",
        {"incident": incident, "enterprise": CODE[key], "on": on, "serious": serious,
         "level": level})


def accident(day, key, incident, on, liable, kind="safety_accident"):
    say(day, "bureau", "accident_recorded",
        {"incident": incident, "enterprise": CODE[key], "kind": kind, "on": on, "liable": liable})


def liability(day, incident, liable):
    say(day, "bureau", "liability_established",
        {"incident": incident, "liable": liable, "proof": "事故调查报告批复"})


def succeed(key, predecessor, how):
    say("2019-01-11", "office", "predecessor_linked",
        {"enterprise": CODE[key], "predecessor": CODE[predecessor], "how": how,
         "proof": "工商登记档案"})


def years_before():
    register_reviewers("2019-01-07")
    register_enterprises("2019-01-08")
    earlier("P02", "honour", "award", "2016-12-01")
    earlier("N10", "honour", "award", "2015-12-10")
    earlier("N13", "honour", "award", "2014-11-20")
    earlier("N13", "revocation", "award", "2017-03-10")
    earlier("A07", "honour", "nomination", "2015-12-10")
    earlier("A07", "revocation", "nomination", "2018-01-15")
    earlier("D02", "violation", "misrepresentation", "2016-02-29", "评选办通报")
    sampling("2019-01-10", "N09", "J-N09", "2018-03-15", "national")
    sampling("2019-01-10", "N10", "J-N10", "2018-06-01", "municipal")
    sampling("2019-01-10", "A01", "J-A01", "2018-07-02", "district")
    sampling("2019-01-10", "A06", "J-A06", "2018-08-03", "municipal", serious=False)
    accident("2019-01-10", "B06", "J-B06", "2016-05-20", "yes")
    accident("2019-01-10", "I22", "J-I22", "2018-09-04", "unknown")
    succeed("P01", "P02", "改制")
    succeed("N18", "P01", "分立")
    succeed("N20", "P01", "分立")
    succeed("I21", "P03", "合并")


# ---- Applying

def open_cycle(day, cycle, closing):
    say(day, "office", "cycle_opened",
        {"cycle": cycle, "notice": [{"medium": "重庆日报", "on": day, "digest": digest(cycle)}],
         "closing": moment(closing), "units": UNITS, "chair": CHAIR,
         "review_committee": ["评审委员会主任"], "supervision_committee": ["监督委员会主任"]})


def materials(key, profile=2000, report=40000, without=None):
    kinds = (("application_form", 900), ("organisation_profile", profile),
             ("self_evaluation_report", report), ("evidence", None))
    made = []
    for kind, characters in kinds:
        one = {"kind": kind, "digest": digest(CODE[key] + kind + str(characters))}
        if characters:
            one["characters"] = characters
        else:
            one["issuer"] = "重庆市经济和信息化委员会"
        if kind != without:
            made.append(one)
    return made


def apply(day, key, cycle="2019", id=None, **counts):
    """By the office, which states both receipts."""
    say(day + "T15:00:00", "office", "application_submitted",
        {"cycle": cycle, "enterprise": CODE[key], "materials": materials(key, **counts),
         "electronic_receipt": moment(day + "T10:00:00"),
         "paper_receipt": moment(day + "T11:00:00")}, id=id)


FINDINGS = (("11(1)", "市发展改革委"), ("11(2)", "市市场监管局"), ("11(3)", "市经济信息委"),
            ("11(4)", "市应急局"), ("11(5)", "市市场监管局"), ("12(1)", "市市场监管局"))


def verify(day, key, failing=None, id=None, ordinal=None):
    say(day, "bureau-" + DISTRICT[key], "conditions_verified",
        {"case": case(key, ordinal=ordinal or ORDINALS.get(key, 1)),
         "findings": [{"condition": condition, "met": condition != failing,
                       "evidence": "证明文件", "issuer": issuer, "on": day}
                      for condition, issuer in FINDINGS]}, id=id)


def recommend(day, key, in_favour=True, received=None, id=None):
    say(day, "office", "recommendation_given",
        {"case": name(key), "by": "district_government",
         "name": DISTRICT_NAMES[DISTRICT[key]] + "人民政府", "district": DISTRICT[key],
         "in_favour": in_favour, "received": moment(received or day + "T08:30:00")}, id=id)


def accept(day, key, id=None, cycle="2019"):
    say(day, "office", "application_accepted",
        {"case": name(key) if cycle == "2019" else case(key, cycle)}, id=id)


FINALISTS = ("A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08",
             "B01", "B02", "B03", "B04", "B05", "B06")
REVIEWED = FINALISTS + ("D01", "D02", "S01", "H01", "H02", "W01", "C01")
WAITING = ("I21", "I22", "R30")  # recommended, and what comes then is told below


def not_admitted():
    for key in ("N01", "N02", "N03", "N04", "N05", "N09", "N13", "N18", "N20"):
        apply("2019-04-02", key, id=key + "-applies")
    apply("2019-04-02", "N10", id="N10-applies", profile=3001)
    apply("2019-04-02", "N17", id="N17-applies", profile=3001, report=60001)
    say("2019-05-30", ent("N27"), "application_submitted",
        {"cycle": "2019", "enterprise": CODE["N27"], "materials": materials("N27")},
        id="N27-without-paper")
    say("2019-05-30", ent("N29"), "application_submitted",
        {"cycle": "2019", "enterprise": CODE["N29"], "materials": materials("N29")},
        id="N29-electronic")
    say("2019-07-05", "office", "paper_received",
        {"cycle": "2019", "enterprise": CODE["N29"], "received": moment("2019-05-31T17:00:00")},
        id="N29-paper-entered-35-days-late")


def admitted():
    # 12(2): three years from 29 February 2016 end on 28 February 2019.
    apply("2019-02-28", "D02", id="D02-on-the-last-day-of-its-bar")
    apply("2019-03-01", "D02")
    # 11(1): five years of operation are complete after 24:00 of 10 April 2019.
    apply("2019-04-10", "B07", id="B07-on-its-fifth-anniversary")
    apply("2019-04-11", "B07")
    # 11(4): three years from 20 May 2016.
    apply("2019-05-20", "B06", id="B06-on-the-third-anniversary")
    apply("2019-05-21", "B06")
    apply("2019-04-03", "B05", id="B05-without-a-report", without="self_evaluation_report")
    apply("2019-04-08", "B05")
    apply("2019-04-04", "A03", profile=3000, report=60000)
    for key in ENTERPRISES:
        if key in REVIEWED + WAITING + ("V31", "I25") and key not in tuple(ORDINALS) + ("A03", "A08"):
            apply("2019-04-15", key)
    # Paper of the last evening, entered weeks later: in time, and marked.
    say("2019-05-31T16:00:00", ent("A08"), "application_submitted",
        {"cycle": "2019", "enterprise": CODE["A08"], "materials": materials("A08")},
        id="A08-waits-for-paper")
    say("2019-06-03", "office", "paper_received",
        {"cycle": "2019", "enterprise": CODE["A08"], "received": moment("2019-05-31" + MIDNIGHT)},
        id="A08-paper-entered-late")
    apply("2019-04-16", "A01", id="A01-applies-twice")
    say("2019-05-08", ent("B06"), "material_supplemented",
        {"case": name("A01"), "material": materials("A01")[0], "reason": "换页"},
        id="A01-supplemented-by-another")
    say("2019-05-09", ent("A01"), "material_supplemented",
        {"case": name("A01"), "reason": "更新数据",
         "material": {"kind": "self_evaluation_report", "digest": digest("A01 anew"),
                      "characters": 41000}})
    say("2019-06-03", ent("A01"), "material_supplemented",
        {"case": name("A01"), "material": materials("A01")[0], "reason": "换页"},
        id="A01-supplemented-after-closing")


def examined():
    verify("2019-05-22", "I25", failing="11(2)", id="I25-verified")
    apply("2019-05-23", "I25")
    for key in ENTERPRISES:
        if key in REVIEWED + WAITING and key != "A08":
            verify("2019-05-24", key)
            recommend("2019-05-28", key)
    verify("2019-05-24", "B07")
    say("2019-05-27", ent("B07"), "application_withdrawn",
        {"case": name("B07"), "reason": "暂不参评"})
    verify("2019-05-24", "V31")
    recommend("2019-05-28", "V31", in_favour=False)
    recommend("2019-06-04", "V31", received="2019-06-01T00:00:00", id="V31-recommended-a-moment-late")
    verify("2019-06-04", "A08")
    recommend("2019-06-05", "A08", received="2019-05-31" + MIDNIGHT)


def accepted():
    # 11(4), decision 27: what a predecessor did becomes known after the application.
    accident("2019-06-05", "P03", "J-P03", "2018-11-12", "yes", kind="environment_accident")
    accept("2019-06-10", "I21", id="I21-accepted")
    # Unknown liability on record before the application never holds; established, it counts.
    liability("2019-06-06", "J-I22", "yes")
    accept("2019-06-10", "I22", id="I22-accepted")
    # Unknown liability that is recorded after the application holds the case at acceptance.
    accident("2019-06-05", "B05", "J-B05", "2019-03-20", "unknown")
    accept("2019-06-10", "B05", id="B05-held-at-acceptance")
    liability("2019-06-12", "J-B05", "no")
    for key in REVIEWED:
        accept("2019-06-13", key)
    accept("2019-09-05", "R30", id="R30-accepted-after-the-selection-started")


# ---- Review

# team: members (the first one leads), its cases
TEAMS = {"T1": ((1, 2, 3), ("A01", "A02", "A03", "A04")),
         "T2": ((4, 5, 6), ("A05", "A06", "A07", "A08")),
         "T3": ((7, 8, 9), ("B01", "B02", "B03", "D01")),
         "T4": ((10, 11, 12), ("B04", "B05", "B06", "D02")),
         "T5": ((13, 14, 15, 16), ("S01", "H01", "H02")),
         "T6": ((17, 18, 19), ("W01", "C01"))}
LEADER = {key: members[0] for members, keys in TEAMS.values() for key in keys}

# hundredths: documents, site, sum of a panel of seven
SCORES = {"A01": (65000, 70000, 63000), "A02": (60000, 65000, 56000), "A03": (64000, 64000, 56000),
          "A04": (56000, 62000, 57400), "A05": (55000, 60000, 56000), "A06": (54000, 60250, 56000),
          "A07": (53000, 59000, 56000), "A08": (50000, 50000, 49000),
          "B01": (49999, 56000, 52500), "B02": (45000, 50000, 56000), "B03": (48000, 48000, 56000),
          "B04": (47000, 47000, 63000), "B05": (43000, 48250, 61600), "B06": (40000, 40000, 42000),
          "D01": (39999, None, None), "D02": (35000, None, None), "S01": (45000, 39999, None),
          "H01": (52000, None, 56000), "H02": (42000, None, None), "W01": (41000, None, None)}


def sheet(total, lean=0):
    """Adds up to the total; a reviewer's own leans from one category to another."""
    parts = spread_total(total, CATEGORIES)
    parts["strategy"] += lean
    parts["results"] -= lean
    return [{"item": item, "points": points(value)} for item, value in parts.items()]


def form_teams():
    for size, id in (((1, 2), "a-team-of-two"), ((1, 2, 3, 4, 5, 6, 7), "a-team-of-seven")):
        say("2019-06-17", "office", "team_drawn",
            {"cycle": "2019", "reason": "试组",
             "teams": [{"team": "T0", "members": [person(n) for n in size],
                        "leader": person(1), "cases": [name("A01")]}]}, id=id)
    for team, (members, keys) in TEAMS.items():
        say("2019-06-17", "office", "team_drawn",
            {"cycle": "2019", "reason": "评审委员会按申报企业行业情况确定",
             "teams": [{"team": team, "members": [person(n) for n in members],
                        "leader": person(members[0]), "cases": [name(key) for key in keys]}]})
        for number in members:
            say("2019-06-18", person(number), "confidentiality_declared", {"team": team})
    steps = (("independent_review", "2019-06-28"), ("consensus", "2019-07-05"),
             ("site_visit", "2019-08-02"), ("report", "2019-08-09"))
    say("2019-06-19", person(1), "plan_submitted",
        {"team": "T1", "steps": [{"step": step, "on": on} for step, on in steps]})
    say("2019-06-20", "review-committee", "plan_approved", {"team": "T1"})
    # One of T5 falls ill and is replaced; what he scored stays on record and no longer counts.
    say("2019-06-24", person(16), "independent_sheet",
        {"case": name("S01"), "scores": sheet(44000)})
    say("2019-06-25", "office", "member_replaced",
        {"team": "T5", "person": person(16), "by": person(20), "reason": "因病"})
    say("2019-06-25", person(16), "independent_sheet",
        {"case": name("H01"), "scores": sheet(52000)}, id="a-sheet-of-one-who-was-replaced")
    say("2019-06-25", person(20), "confidentiality_declared", {"team": "T5"})


def document_review():
    say("2019-06-25", person(4), "independent_sheet",
        {"case": name("A01"), "scores": sheet(60000)}, id="a-sheet-of-another-team")
    say("2019-06-25", person(1), "independent_sheet",
        {"case": name("A01"), "scores": [{"item": "leadership", "points": "100.01"}] +
         sheet(65000)[1:]}, id="a-category-over-its-maximum")
    for team, (members, keys) in TEAMS.items():
        now = [20 if number == 16 else number for number in members]
        for key in keys:
            if key == "C01":
                continue
            for index, number in enumerate(now):
                lean = (150, -150, 0, 0)[index]
                say("2019-06-26", person(number), "independent_sheet",
                    {"case": name(key), "scores": sheet(SCORES[key][0], lean)})
            if key == "A01":
                say("2019-06-27", person(2), "independent_sheet",
                    {"case": name(key), "scores": sheet(64000)}, id="a-second-sheet")
                say("2019-07-02", person(2), "consensus_sheet",
                    {"case": name(key), "scores": sheet(64000), "report": digest("x")},
                    id="a-consensus-not-by-the-leader")
            say("2019-07-03", person(now[0]), "consensus_sheet",
                {"case": name(key), "scores": sheet(SCORES[key][0]),
                 "report": digest("document report " + key)})


def complaints():
    # 6(4), 16(7).3: found to be true before the approval, a complaint disqualifies by itself.
    say("2019-07-10", "public", "complaint_filed",
        {"objection": "O-C01", "case": name("C01"), "text": "虚报产能", "source": "letter"})
    say("2019-08-01", "office", "objection_decided",
        {"objection": "O-C01", "finding": "founded", "kind": "violation",
         "report": digest("O-C01")})
    # About a case that is over it bars by 12(2), and changes nothing else.
    say("2019-09-02", "public", "complaint_filed",
        {"objection": "O-D01", "case": name("D01"), "text": "伪造检测报告", "anonymous": True})
    say("2019-09-20", "office", "objection_decided",
        {"objection": "O-D01", "finding": "founded", "kind": "misrepresentation",
         "report": digest("O-D01")})
    # 12(2) outside a halt or an objection: the bar begins at once, the case falls at its next test.
    say("2019-08-08", "office", "violation_confirmed",
        {"case": name("A04"), "kind": "violation", "proof": "评选办调查报告"})


# ---- Defence and visit

PANEL = (21, 22, 23, 24, 17, 18)  # and a leader of another team
ADVISORS = [{"name": "顾问甲", "field": "economy"}, {"name": "顾问乙", "field": "management"},
            {"name": "顾问丙", "field": "technology"}]


def panel(key):
    return PANEL + ((1,) if LEADER[key] != 1 else (4,))


def schedule(day, key, members, advisors=ADVISORS, id=None):
    say(day, "office", "defence_scheduled",
        {"case": name(key), "when": moment("2019-07-15T09:00:00"),
         "panel": [person(n) for n in members], "advisors": advisors}, id=id)


def defences():
    schedule("2019-07-08", "A01", panel("A01")[:6], id="a-panel-of-six")
    schedule("2019-07-08", "A01", panel("A01"), ADVISORS[:2], id="two-advisors")
    for key in FINALISTS + ("H01",):
        schedule("2019-07-09", key, panel(key))
        say("2019-07-15", "office", "defence_opened",
            {"case": name(key), "on": "2019-07-15", "defender": "主要负责人",
             "principal_in_charge": True})
        for number, score in zip(panel(key), panel_scores(SCORES[key][2], 7)):
            if key == "A01" and number == 21:
                say("2019-07-15", person(number), "defence_score",
                    {"case": name(key), "points": "100.01"}, id="a-defence-over-a-hundred")
                say("2019-07-15", person(20), "defence_score",
                    {"case": name(key), "points": "80"}, id="a-defence-score-from-outside-the-panel")
            say("2019-07-15", person(number), "defence_score",
                {"case": name(key), "points": points(score)})
        say("2019-07-16", "office", "defence_closed",
            {"case": name(key), "comments": ["经济", "管理", "技术"]})
    say("2019-07-16", "office", "not_held", {"case": name("W01"), "what": "defence"})


def visit_open(key, on="2019-07-22"):
    leader = person(LEADER[key])
    say("2019-07-17", leader, "visit_scheduled",
        {"case": name(key), "first": on, "last": "2019-07-25"})
    say(on, leader, "visit_opened", {"case": name(key), "on": on})


def visits():
    for key in FINALISTS + ("S01",):
        visit_open(key)
        say("2019-07-25", person(LEADER[key]), "visit_sheet",
            {"case": name(key), "scores": sheet(SCORES[key][1]),
             "days": 2 if key == "A01" else 4, "report": digest("site report " + key)},
            id="a-visit-of-two-days" if key == "A01" else None)
    say("2019-07-26", person(1), "halted", {"case": name("A01"), "ground": "太晚"},
        id="a-halt-after-the-visit")
    for key in ("H01", "H02"):
        visit_open(key, "2019-07-23")
        say("2019-07-24", person(14), "halted",
            {"case": name(key), "ground": "现场与自评报告严重不符"})
    # 16(5).3: withdrawal remains possible while the visit is halted.
    say("2019-08-05", ent("H02"), "application_withdrawn",
        {"case": name("H02"), "reason": "放弃"})
    say("2019-08-20", "review-committee", "leaders_meeting",
        {"cycle": "2019", "cases": [name(key) for key in FINALISTS + ("S01",)],
         "on": "2019-08-20"})
    say("2019-08-21", "review-committee", "leaders_meeting",
        {"cycle": "2019", "cases": [name("A01")], "on": "2019-08-21"},
        id="a-site-score-that-is-final-already")


# ---- Selecting

def selection():
    say("2019-08-26", "office", "selection_started", {"cycle": "2019"},
        id="the-selection-while-one-is-halted")
    say("2019-09-02", "office", "halt_decided",
        {"case": name("H01"), "finding": "discrepancy", "reason": "产能与自评报告严重不符"})
    say("2019-09-04", "office", "selection_started", {"cycle": "2019"})
    say("2019-09-06", ent("A02"), "application_withdrawn",
        {"case": name("A02"), "reason": "拟重组"})
    tied = [name(key) for key in ("B04", "B05", "B03")]
    say("2019-09-09", "office", "tie_decided",
        {"cycle": "2019", "pool": "nomination", "order": tied[:2], "reason": "现场评审得分"},
        id="a-tie-decided-without-one-of-the-tied")
    say("2019-09-10", "office", "tie_decided",
        {"cycle": "2019", "pool": "nomination", "order": tied, "reason": "现场评审得分"})


def object_to(at, objection, key, event="objection_filed", principal="public", **more):
    say(at, principal, event, {"objection": objection, "case": name(key), "text": "反映情况", **more})


def found(day, objection, finding, kind=None, id=None):
    body = {"objection": objection, "finding": finding, "report": digest(objection)}
    if kind:
        body["kind"] = kind
    say(day, "office", "objection_decided", body, id=id)


def publicity():
    object_to("2019-12-02", "O-A07", "A07", "complaint_filed")
    say("2019-12-04", "office", "complaint_linked", {"objection": "O-A07", "reason": "须在审议前查清"})
    object_to("2020-01-11", "O-B01", "B01")  # before publicity_started: a complaint
    say("2020-01-12", "office", "publicity_started",
        {"cycle": "2019", "media": [{"medium": "重庆日报", "on": "2020-01-11"},
                                    {"medium": "市市场监管局网站", "on": "2020-01-12"}],
         "stated_first": "2020-01-12", "stated_last": "2020-01-18"})
    object_to("2020-01-13", "O-A06", "A06", source="web")
    found("2020-01-14", "O-B01", "unfounded")
    found("2020-01-15", "O-A07", "unfounded")
    accident("2020-01-15", "A05", "J-A05", "2020-01-08", "unknown")
    accident("2020-01-15", "A08", "J-A08", "2020-01-09", "unknown")
    say("2020-01-16", ent("A03"), "application_withdrawn",
        {"case": name("A03"), "reason": "不再参评"})
    say("2020-01-17", "office", "publicity_extended",
        {"cycle": "2019", "last": "2020-01-18", "reason": "更正"}, id="an-extension-to-an-earlier-day")
    say("2020-01-17", "office", "publicity_extended",
        {"cycle": "2019", "last": "2020-01-21", "reason": "网站停机一日"})
    object_to("2020-01-21T23:59:59", "O-B02", "B02")
    object_to("2020-01-22T00:00:00", "O-B04", "B04")
    found("2020-02-03", "O-A06", "founded", "other")
    found("2020-02-03", "O-B04", "unfounded")


def decisions(yes, no=()):
    return ([{"case": name(key), "approved": True} for key in yes] +
            [{"case": name(key), "approved": False, "reason": "尚有差距"} for key in no])


def deliberate(day, meeting, decided, present=tuple(UNITS[:9]), presiding=CHAIR, id=None):
    say(day, "office", "deliberation_held",
        {"cycle": "2019", "meeting": meeting, "on": day, "presiding": presiding,
         "present": list(present), "decisions": decided}, id=id)


def deliberation():
    all_yes = decisions(("A01", "A05"))
    deliberate("2020-01-20", "M0", all_yes, id="a-meeting-within-the-publicity")
    deliberate("2020-02-11", "M1", all_yes, UNITS[:9] + ["市体育局"], id="a-guest-among-the-units")
    deliberate("2020-02-12", "M2", all_yes, presiding="办公室主任", id="another-in-the-chair")
    deliberate("2020-02-13", "M3", all_yes, UNITS[:8] + UNITS[:1], id="one-unit-counted-twice")
    found("2020-02-14", "O-B02", "immaterial")
    deliberate("2020-02-20", "M4", decisions(("A01", "A04", "A05", "A07", "A08", "B02", "B04"),
                                             ("B01",)), id="the-first-valid-meeting")
    liability("2020-03-03", "J-A05", "no")
    liability("2020-03-05", "J-A08", "yes")
    deliberate("2020-03-12", "M5", decisions(("A05", "A08")))


def approval():
    say("2020-03-24", "office", "result_published",
        {"cycle": "2019", "number": "渝府发〔2020〕9号", "on": "2020-03-24"}, id="published-unsigned")
    say("2020-03-25", "government", "government_decided",
        {"cycle": "2019", "on": "2020-03-25",
         "decisions": decisions(("A01", "A05", "A07", "B04"), ("B02",))})
    say("2020-03-26", ent("A07"), "application_withdrawn",
        {"case": name("A07"), "reason": "太晚"}, id="a-withdrawal-after-the-approval")
    say("2020-03-30", "government", "mayor_signed", {"cycle": "2019", "on": "2020-03-30"})
    say("2020-03-31", "government", "mayor_signed", {"cycle": "2019", "on": "2020-03-31"},
        id="signed-twice")
    say("2020-04-10", "government", "result_published",
        {"cycle": "2019", "number": "渝府发〔2020〕10号", "on": "2020-04-10",
         "media": [{"medium": "重庆日报", "on": "2020-04-10"}]})
    given = [{"case": name(key), "medal": "2019-" + key, "certificate": "证2019-" + key}
             for key in ("A01", "A05", "A07")]
    say("2020-04-28", "office", "conferral_held",
        {"cycle": "2019", "on": "2020-04-28", "given": given})
    say("2020-05-06", "office", "conferral_held",
        {"cycle": "2019", "on": "2020-05-06",
         "given": [{"case": name("B04"), "medal": "2019-A01", "certificate": "证2019-B04"}]},
        id="a-medal-number-used-twice")
    say("2020-05-29", "office", "cycle_closed", {"cycle": "2019"})


# ---- Afterwards

def incident(day, key, number, kind, on, principal="bureau", id=None, **more):
    event = "incident_recorded" if principal == "bureau" else "incident_reported_by_laureate"
    body = {"incident": number, "case": name(key), "kind": kind, "on": on, **more}
    if event == "incident_reported_by_laureate":
        body["digest"] = digest("report " + number)
    say(day, principal, event, body, id=id)


def afterwards():
    # The honour stands from the day of publication, 10 April 2020.
    incident("2020-04-20", "A07", "K1", "safety_accident", "2020-04-09", liable="unknown",
             id="an-incident-of-the-day-before-the-honour")
    incident("2020-04-20", "A07", "K2", "safety_accident", "2020-04-10", liable="unknown")
    incident("2020-05-06", "A07", "K2", "safety_accident", "2020-04-10", principal=ent("A07"))
    incident("2020-06-01", "B04", "K3", "sampling", "2020-05-20", level="district", serious=True,
             id="a-district-sampling-of-a-laureate")
    # 20(3): liability is established later; the worker finds the ground.
    incident("2021-03-10", "A01", "K4", "safety_accident", "2021-03-08", liable="unknown")
    incident("2021-03-29T17:00:00", "A01", "K4", "safety_accident", "2021-03-08",
             principal=ent("A01"))
    liability("2021-04-20", "K4", "yes")
    revocation = name("A01") + "/K4"
    say("2021-04-28", "bureau", "revocation_verified",
        {"revocation": revocation, "report": digest("verified")})
    say("2021-06-18", "government", "revocation_decided",
        {"revocation": revocation, "approved": True, "on": "2021-06-18"})
    say("2021-06-25", "bureau", "medal_returned", {"case": name("A01"), "on": "2021-06-25"})
    say("2021-06-28", "bureau", "certificate_returned", {"case": name("A01"), "on": "2021-06-28"})
    say("2021-07-02", "bureau", "revocation_published",
        {"case": name("A01"), "on": "2021-07-02", "media": ["重庆日报"]})
    # An affiliate's, brought up by the laureate itself; and one that is never reported.
    incident("2021-05-12", "A05", "K5", "sampling", "2021-04-22", principal=ent("A05"),
             whom="控股子公司渝仪电子", level="industry", serious=False)
    incident("2022-09-28", "A05", "K6", "sampling", "2022-09-27", level="municipal", serious=False)
    # Two grounds at once: the first one verified excludes the other until it is decided.
    incident("2021-10-09", "B04", "K7", "sampling", "2021-10-08", level="national", serious=True)
    breach = {"case": name("B04"), "revocation": "R-B04", "ground": "breach_of_law"}
    say("2021-10-20", "bureau", "revocation_opened", breach, id="a-breach-without-facts")
    say("2021-10-21", "bureau", "revocation_opened",
        {**breach, "facts": "违法排污", "effect": "造成恶劣社会影响"})
    say("2021-11-05", "bureau", "revocation_verified", {"revocation": "R-B04", "report": digest("v")})
    say("2021-11-08", "bureau", "revocation_verified",
        {"revocation": name("B04") + "/K7", "report": digest("w")}, id="a-second-ground-meanwhile")
    say("2021-12-10", "government", "revocation_decided",
        {"revocation": "R-B04", "approved": False, "on": "2021-12-10", "reason": "情节不足"})
    say("2021-12-17", "bureau", "revocation_verified",
        {"revocation": name("B04") + "/K7", "report": digest("w")})
    say("2022-01-14", "government", "revocation_decided",
        {"revocation": name("B04") + "/K7", "approved": True, "on": "2022-01-14"})
    say("2022-01-20", "bureau", "revocation_published",
        {"case": name("B04"), "on": "2022-01-20", "media": ["重庆日报"]})
    # 20(1): the bar of 12(2) runs from the verification and is entered at approval.
    say("2022-02-10", "bureau", "revocation_opened",
        {"case": name("A07"), "revocation": "R-A07", "ground": "misrepresentation",
         "facts": "申报数据造假"})
    say("2022-03-01", "bureau", "revocation_verified", {"revocation": "R-A07", "report": digest("v")})
    say("2022-05-20", "government", "revocation_decided",
        {"revocation": "R-A07", "approved": True, "on": "2022-05-20"})
    say("2022-06-01", "bureau", "medal_returned", {"case": name("A07"), "on": "2022-06-01"})
    # 17, 18
    say("2021-12-31", ent("A05"), "experience_shared", {"case": name("A05"), "digest": digest("e")})
    for year, day in ((2021, "2021-12-31"), (2022, "2023-01-05")):
        say(day, ent("A05"), "self_evaluation_submitted",
            {"case": name("A05"), "year": year, "digest": digest("self %d" % year)})


def later_cycles():
    # Overlapping: it opens before the result of 2019 is published.
    open_cycle("2020-02-24", "2020", "2020-05-15T17:30:00")
    for key in ("H01", "A02", "A07", "A01"):
        apply("2020-03-02", key, "2020")
    apply("2020-03-03", "D01", "2020", id="D01-applies-in-2020")
    apply("2020-03-03", "C01", "2020", id="C01-applies-in-2020")
    district = "bureau-" + DISTRICT["A01"]
    say("2020-03-16", district, "conditions_verified",
        {"case": case("A01", "2020"),
         "findings": [{"condition": condition, "met": True, "evidence": "证明文件",
                       "issuer": issuer, "on": "2020-03-16"} for condition, issuer in FINDINGS]})
    say("2020-03-20", "office", "recommendation_given",
        {"case": case("A01", "2020"), "by": "industry_association", "name": "重庆市汽车工程学会",
         "in_favour": True, "received": moment("2020-03-20T08:00:00")})
    accept("2020-04-20", "A01", id="A01-accepted-once-it-is-a-laureate", cycle="2020")
    open_cycle("2025-02-20", "2025", "2025-09-30" + MIDNIGHT)
    apply("2025-03-01", "A07", "2025", id="A07-on-the-last-day-of-its-bar")
    apply("2025-03-02", "A07", "2025")
    apply("2025-04-10", "A05", "2025", id="A05-on-its-fifth-anniversary")
    apply("2025-04-11", "A05", "2025")
    apply("2025-04-10", "A01", "2025", id="A01-with-two-bars")
    apply("2025-04-14", "B04", "2025")
    open_cycle("2026-05-06", "2026", "2026-08-31" + MIDNIGHT)
    apply("2026-06-18", "A01", "2026", id="A01-on-the-last-day-of-its-bar")
    apply("2026-06-19", "A01", "2026")


if __name__ == "__main__":
    years_before()
    open_cycle("2019-02-20", "2019", "2019-05-31" + MIDNIGHT)
    for part in (not_admitted, admitted, examined, accepted, form_teams, document_review, complaints,
                 defences, visits, selection, publicity, deliberation, approval, afterwards,
                 later_cycles):
        part()
    print_lines()
