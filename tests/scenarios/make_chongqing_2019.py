#!/usr/bin/python3
"""make_chongqing_2019 - prints the lines of chongqing-2019.jsonl.

A second cycle of Chongqing with forty-five applicants and what follows from it until 2026, told in the
order of the regulation; chongqing-2019.md tells it in prose and works out what must come of it. Nothing
is decided here. Every line that is not plainly accepted has an id, by which the expectation names it.
"""
import pathlib
import sys

sys.dont_write_bytecode = True

from chongqing_2019_applying import (CHAIR, FINALISTS, FINDINGS, MIDNIGHT, UNITS, accept, accepted,
                                     accident, admitted, apply, examined, liability, name,
                                     not_admitted, open_cycle, sampling, years_before)
from chongqing_2019_people import CODE, DISTRICT, case, ent, person
from scenario_lines import (CATEGORIES, ITEMS, digest, moment, panel_scores, points, print_lines,
                            say, spread_total)

HOLIDAYS = pathlib.Path(__file__).resolve().parents[2] / "rulebooks/cn-holidays.tsv"

# ---- Review

# team: members (the first one leads), its cases
TEAMS = {"T1": ((1, 2, 3), ("A01", "A02", "A03", "A04")),
         "T2": ((4, 5, 6), ("A05", "A06", "A07", "A08", "A09")),
         "T3": ((7, 8, 9), ("B01", "B02", "B03", "D01")),
         "T4": ((10, 11, 12), ("B04", "B05", "B06", "D02")),
         "T5": ((13, 14, 15, 16), ("S01", "H01", "H02", "H03")),
         "T6": ((17, 18, 19), ("W01", "W02", "W03", "C01"))}
LEADER = {key: members[0] for members, keys in TEAMS.values() for key in keys}

# hundredths: documents, site, sum of a panel of seven
SCORES = {"A01": (65000, 70000, 63000), "A02": (60000, 65000, 56000), "A03": (64000, 64000, 56000),
          "A04": (56000, 62000, 57400), "A05": (55000, 60000, 56000), "A06": (54000, 60250, 56000),
          "A07": (53000, 59000, 56000), "A08": (50000, 50000, 49000),
          "A09": (59000, 59000, 56000), "B01": (49999, 56000, 4900),
          "B02": (45000, 50000, 56000), "B03": (48000, 48000, 56000),
          "B04": (47000, 47000, 63000), "B05": (43000, 48250, 61600), "B06": (40000, 40000, 42000),
          "D01": (39999, None, None), "D02": (35000, None, None), "S01": (45000, 39999, None),
          "H01": (52000, None, 56000), "H02": (42000, None, None),
          "H03": (46000, None, 56000), "W01": (41000, None, None), "W02": (42000, None, None),
          "W03": (43000, None, None)}


def sheet(total, lean=0, maxima=CATEGORIES):
    """Adds up to the total; a reviewer's own leans from one category to another."""
    parts = spread_total(total, maxima)
    if maxima is CATEGORIES:
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


# By item, in the review report of D01 (16(3)).
STRENGTHS = [{"item": "leadership.organisation", "text": "高层领导带头开展质量改进"},
             {"item": "customers", "text": "顾客投诉当日答复"}]
IMPROVEMENTS = [{"item": "processes.support", "text": "支持过程没有绩效指标"},
                {"item": "results.finance", "text": "缺少近三年的对比数据"}]


def sheets_of_wrong_form():
    """15, 16(3): nothing is rounded, nothing is left out."""
    right = sheet(65000)
    for points_given, id in (("65.001", "a-score-of-three-decimals"), ("-1", "a-negative-score")):
        say("2019-06-25", person(1), "independent_sheet",
            {"case": name("A01"),
             "scores": [{"item": "leadership", "points": points_given}] + right[1:]}, id=id)
    say("2019-06-25", person(1), "independent_sheet",
        {"case": name("A01"), "scores": right[1:]}, id="a-category-missing")
    say("2019-06-25", person(1), "independent_sheet",
        {"case": name("A01"), "scores": right + [{"item": "innovation", "points": "1"}]},
        id="an-unknown-category")


def document_review():
    sheets_of_wrong_form()
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
                scores = sheet(SCORES[key][0], lean, ITEMS if key == "W01" else CATEGORIES)
                if key == "A01" and index == 2:  # 65.00, 52.00, 58.50 ... as people write them
                    scores = [{**one, "points": one["points"].rstrip("0").rstrip(".")}
                              for one in scores]
                say("2019-06-26", person(number), "independent_sheet",
                    {"case": name(key), "scores": scores},
                    id={("A01", 2): "points-without-their-noughts",
                        ("W01", 0): "a-sheet-by-items"}.get((key, index)))
            if key == "A01":
                say("2019-06-27", person(2), "independent_sheet",
                    {"case": name(key), "scores": sheet(64000)}, id="a-second-sheet")
                say("2019-07-02", person(2), "consensus_sheet",
                    {"case": name(key), "scores": sheet(64000), "report": digest("x")},
                    id="a-consensus-not-by-the-leader")
            report = {"report": digest("document report " + key)}
            if key == "D01":
                report.update(strengths=STRENGTHS, improvements=IMPROVEMENTS)
            maxima = ITEMS if key in ("W01", "D01") else CATEGORIES
            say("2019-07-03", person(now[0]), "consensus_sheet",
                {"case": name(key), "scores": sheet(SCORES[key][0], maxima=maxima), **report})


def link(day, objection, id=None):
    say(day, "office", "complaint_linked", {"objection": objection, "reason": "须在审议前查清"},
        id=id)


def complaints():
    # 6(4), 16(7).3: found to be true before the approval, a complaint disqualifies by itself.
    say("2019-07-10", "public", "complaint_filed",
        {"objection": "O-C01", "case": name("C01"), "text": "虚报产能", "source": "letter"})
    say("2019-08-01", "office", "objection_decided",
        {"objection": "O-C01", "finding": "founded", "kind": "violation",
         "report": digest("O-C01")})
    link("2019-08-02", "O-C01", "O-C01-linked-once-decided")
    # About a case that is over it bars by 12(2), and changes nothing else.
    say("2019-09-02", "public", "complaint_filed",
        {"objection": "O-D01", "case": name("D01"), "text": "伪造检测报告", "anonymous": True})
    link("2019-09-10", "O-D01", "O-D01-linked-to-a-case-that-is-over")
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
    """A02 is heard by one of its own team, too."""
    return PANEL + ((2,) if key == "A02" else (1,) if LEADER[key] != 1 else (4,))


def schedule(day, key, members, advisors=ADVISORS, id=None):
    say(day, "office", "defence_scheduled",
        {"case": name(key), "when": moment("2019-07-15T09:00:00"),
         "panel": [person(n) for n in members], "advisors": advisors}, id=id)


def defend(key, scheduled, held, closed):
    schedule(scheduled, key, panel(key), id="A02-heard-by-its-own-team" if key == "A02" else None)
    say(held, "office", "defence_opened",
        {"case": name(key), "on": held, "defender": "主要负责人", "principal_in_charge": True})
    for number, score in zip(panel(key), panel_scores(SCORES[key][2], 7)):
        if key == "A01" and number == 21:
            say(held, person(number), "defence_score",
                {"case": name(key), "points": "100.01"}, id="a-defence-over-a-hundred")
            say(held, person(20), "defence_score",
                {"case": name(key), "points": "80"}, id="a-defence-score-from-outside-the-panel")
        say(held, person(number), "defence_score", {"case": name(key), "points": points(score)})
    say(closed, "office", "defence_closed",
        {"case": name(key), "comments": ["经济", "管理", "技术"]},
        id={"B06": "a-defence-after-the-visit", "H03": "a-defence-while-halted"}.get(key))


def defended_by_another(on, id):
    say(on, "office", "defence_opened",
        {"case": name("W03"), "on": on, "defender": "副总经理", "principal_in_charge": False}, id=id)


def defences():
    schedule("2019-07-08", "A01", panel("A01")[:6], id="a-panel-of-six")
    schedule("2019-07-08", "A01", panel("A01"), ADVISORS[:2], id="two-advisors")
    for key in FINALISTS + ("H01",):
        if key != "B06":
            defend(key, "2019-07-09", "2019-07-15", "2019-07-16")
    # Decision 23: with the office's decision the case stays, and its defence comes after the visit.
    schedule("2019-07-09", "B06", panel("B06"))
    say("2019-07-15", "office", "not_held",
        {"case": name("B06"), "what": "defence", "decision": "负责人住院，改期"},
        id="B06-defence-put-off")
    defend("B06", "2019-07-29", "2019-07-30", "2019-07-31")
    say("2019-07-16", "office", "not_held", {"case": name("W01"), "what": "defence"},
        id="W01-defence-not-held")
    # A wrong panel comes first: one of seven has left the pool. Then the defender.
    schedule("2019-07-09", "W03", (21, 22, 23, 24, 1, 4, 16))
    say("2019-07-14", "office", "reviewer_removed", {"person": person(16), "reason": "因病"})
    defended_by_another("2019-07-15", "W03-before-a-wrong-panel")
    schedule("2019-07-15", "W03", (21, 22, 23, 24, 1, 4, 7))
    defended_by_another("2019-07-16", "W03-defended-by-another")


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
    say("2019-07-19", person(1), "halted", {"case": name("A01"), "ground": "太早"},
        id="a-halt-before-the-visit")
    say("2019-07-26", person(1), "halted", {"case": name("A01"), "ground": "太晚"},
        id="a-halt-after-the-visit")
    # Found to be nothing, a halt ends where it began.
    say("2019-07-23", person(11), "halted", {"case": name("B06"), "ground": "台账缺页"},
        id="B06-halted")
    say("2019-07-24", "office", "halt_decided",
        {"case": name("B06"), "finding": "cleared", "reason": "台账另存档案室"}, id="B06-cleared")
    say("2019-07-26", "office", "not_held", {"case": name("W02"), "what": "visit"},
        id="W02-visit-not-held")
    for key in ("H01", "H02", "H03"):
        visit_open(key, "2019-07-23")
        say("2019-07-24", person(14), "halted",
            {"case": name(key), "ground": "现场与自评报告严重不符"})
    # 16(5).3: withdrawal and the defence remain possible while the visit is halted.
    say("2019-08-05", ent("H02"), "application_withdrawn",
        {"case": name("H02"), "reason": "放弃"}, id="H02-withdraws-while-halted")
    defend("H03", "2019-07-26", "2019-07-29", "2019-07-30")
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
    say("2019-09-02", "office", "halt_decided",
        {"case": name("H03"), "finding": "misrepresentation", "reason": "检测报告系伪造"})
    say("2019-09-04", "office", "selection_started", {"cycle": "2019"})
    say("2019-09-06", ent("A02"), "application_withdrawn",
        {"case": name("A02"), "reason": "拟重组"}, id="A02-withdraws-while-the-award-waits")
    tie("2019-09-07", "award", ("A05", "A06", "A09"))
    # It leaves while the nomination's cut still waits: the award's order stands for the others.
    say("2019-09-08", ent("A09"), "application_withdrawn",
        {"case": name("A09"), "reason": "被收购"}, id="A09-withdraws-while-the-nomination-waits")
    tie("2019-09-09", "nomination", ("B04", "B05"), id="a-tie-decided-without-one-of-the-tied")
    tie("2019-09-10", "nomination", ("B04", "B05", "B03"))


def tie(day, pool, keys, id=None):
    say(day, "office", "tie_decided",
        {"cycle": "2019", "pool": pool, "order": [name(key) for key in keys],
         "reason": "现场评审得分"}, id=id)


def object_to(at, objection, key, event="objection_filed", principal="public", **more):
    say(at, principal, event, {"objection": objection, "case": name(key), "text": "反映情况", **more})


def found(day, objection, finding, kind=None, id=None):
    body = {"objection": objection, "finding": finding, "report": digest(objection)}
    if kind:
        body["kind"] = kind
    say(day, "office", "objection_decided", body, id=id)


def calendar(at, year, without, source, id):
    """A year as it was announced, or as it was revised: some of its days are ordinary again."""
    rows = [line.split("\t") for line in HOLIDAYS.read_text().splitlines()
            if line.startswith("%d-" % year)]
    say(at, "office", "calendar_loaded",
        {"year": year, "source": source, "digest": digest(source),
         "exceptions": [{"on": day, "working": kind == "workday", "name": festival}
                        for day, kind, festival in rows if day not in without]}, id=id)


def publicity():
    object_to("2019-12-02", "O-A07", "A07", "complaint_filed")
    link("2019-12-04", "O-A07")
    object_to("2020-01-11", "O-B05", "B05")  # before publicity_started: a complaint
    say("2020-01-12", "office", "publicity_started",
        {"cycle": "2019", "media": [{"medium": "重庆日报", "on": "2020-01-11"},
                                    {"medium": "市市场监管局网站", "on": "2020-01-12"}],
         "stated_first": "2020-01-13", "stated_last": "2020-01-18"})
    object_to("2020-01-12T18:00:00", "O-A01", "A01")  # before the first day that the notice states
    object_to("2020-01-13", "O-A06", "A06", source="web")
    found("2020-01-14", "O-B05", "unfounded")
    found("2020-01-15", "O-A07", "unfounded")
    for key, on in (("A04", "2020-01-07"), ("A05", "2020-01-08"), ("A08", "2020-01-09")):
        accident("2020-01-15", key, "J-" + key, on, "unknown")
    object_to("2020-01-16", "O-A08", "A08")
    found("2020-01-16", "O-A01", "unfounded")
    say("2020-01-16", ent("A03"), "application_withdrawn",
        {"case": name("A03"), "reason": "不再参评"}, id="A03-withdraws-during-the-publicity")
    say("2020-01-17", "office", "publicity_extended",
        {"cycle": "2019", "last": "2020-01-18", "reason": "更正"}, id="an-extension-to-an-earlier-day")
    # The period has ended on Sunday the 19th, a make-up day. A revised calendar makes it an ordinary
    # Sunday: the end moves to the 20th; what was filed in between is a complaint and stays one.
    object_to("2020-01-20T10:00:00", "O-A05", "A05")
    calendar("2020-01-20T11:00:00", 2020, ("2020-01-19",), "国办发明电〔2020〕1号（演练）",
             id="the-calendar-is-revised")
    say("2020-01-20T14:00:00", "office", "publicity_extended",
        {"cycle": "2019", "last": "2020-01-21", "reason": "网站停机一日"},
        id="the-publicity-is-extended")
    object_to("2020-01-21T23:59:59", "O-B02", "B02")
    object_to("2020-01-22T00:00:00", "O-B04", "B04")
    link("2020-01-31", "O-B02", "an-objection-linked")
    found("2020-02-03", "O-A06", "founded", "other")
    found("2020-02-03", "O-B04", "unfounded")
    found("2020-02-04", "O-A05", "unfounded")


def decisions(yes, no=()):
    return ([{"case": name(key), "approved": True} for key in yes] +
            [{"case": name(key), "approved": False, "reason": "尚有差距"} for key in no])


def deliberate(day, meeting, decided, present=tuple(UNITS[:9]), presiding=CHAIR, id=None):
    say(day, "office", "deliberation_held",
        {"cycle": "2019", "meeting": meeting, "on": day, "presiding": presiding,
         "present": list(present), "decisions": decided}, id=id)


def deliberation():
    all_yes = decisions(("A01", "A05"))
    deliberate("2020-01-21", "M0", all_yes, id="a-meeting-within-the-publicity")
    deliberate("2020-02-11", "M1", all_yes, UNITS[:9] + ["市体育局"], id="a-guest-among-the-units")
    deliberate("2020-02-12", "M2", all_yes, presiding="办公室主任", id="another-in-the-chair")
    deliberate("2020-02-13", "M3", all_yes, UNITS[:8] + UNITS[:1], id="one-unit-counted-twice")
    found("2020-02-14", "O-B02", "immaterial")
    deliberate("2020-02-20", "M4", decisions(("A01", "A04", "A05", "A07", "A08", "B02", "B04"),
                                             ("B05",)), id="the-first-valid-meeting")
    found("2020-02-25", "O-A08", "unfounded")
    # After it nothing is linked, and nothing is tested: the office is told, the government decides.
    object_to("2020-02-25", "O-A01-late", "A01", "complaint_filed")
    link("2020-02-26", "O-A01-late", "a-complaint-linked-after-the-deliberation")
    found("2020-02-28", "O-A01-late", "unfounded")
    accident("2020-03-02", "B02", "J-B02-late", "2020-02-24", "yes", id="B02-liable-after-the-meeting")
    for day, key, liable in (("2020-03-03", "A05", "no"), ("2020-03-04", "A04", "no"),
                             ("2020-03-05", "A08", "yes")):
        liability(day, "J-" + key, liable)
    deliberate("2020-03-12", "M5", decisions(("A04", "A05", "A08")), id="the-further-meeting")


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
    # It moves no case and forbids nothing, whatever stands open.
    say("2020-05-29", "office", "cycle_closed", {"cycle": "2019"}, id="the-cycle-is-closed")
    say("2020-06-01", ent("I25"), "application_withdrawn",
        {"case": case("I25", ordinal=3), "reason": "不再参评"}, id="I25-withdraws-after-the-closing")


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
    # Tested by its own day, whenever it is recorded; 19 does not end with the honour.
    incident("2021-07-09", "A01", "K8", "safety_accident", "2021-06-17", liable="unknown",
             id="an-incident-of-the-last-day-of-the-honour")
    incident("2021-07-09", "A01", "K9", "safety_accident", "2021-06-18", liable="unknown",
             id="an-incident-of-the-day-of-the-approval")
    incident("2021-07-12", "A01", "K8", "safety_accident", "2021-06-17", principal=ent("A01"),
             id="a-report-after-the-honour")
    # An affiliate's, brought up by the laureate itself: no ground, unless its own liability is
    # established. One that is never reported; two more events add to the same record.
    incident("2021-05-12", "A05", "K5", "sampling", "2021-04-22", principal=ent("A05"),
             whom="控股子公司渝仪电子", level="national", serious=True,
             id="a-serious-sampling-of-an-affiliate")
    incident("2022-09-28", "A05", "K6", "sampling", "2022-09-27", level="municipal", serious=False)
    sampling("2022-10-08", "A05", "K6", "2022-09-27", "municipal", serious=False,
             id="the-same-sampling-once-more")
    sampling("2022-10-09", "A05", "K6", "2022-09-26", "municipal", serious=False,
             id="the-same-sampling-on-another-day")
    # A complaint about one that is approved: the bar, and a ground that the worker finds.
    object_to("2021-05-10", "O-A05-laureate", "A05", "complaint_filed")
    found("2021-06-01", "O-A05-laureate", "founded", "violation", id="founded-about-a-laureate")
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
    for day, key, year, id in (
            ("2021-06-18", "A01", 2021, "A01-evaluates-itself-on-the-day-of-the-approval"),
            ("2022-01-13", "B04", 2022, "B04-evaluates-itself-on-its-last-day"),
            ("2022-12-30", "A05", 2023, "A05-evaluates-itself-before-its-year")):
        say(day, ent(key), "self_evaluation_submitted",
            {"case": name(key), "year": year, "digest": digest("self %s %d" % (key, year))}, id=id)
    say("2021-12-31", ent("A05"), "experience_shared", {"case": name("A05"), "digest": digest("e")})
    for year, day in ((2021, "2021-12-31"), (2022, "2023-01-05")):
        say(day, ent("A05"), "self_evaluation_submitted",
            {"case": name("A05"), "year": year, "digest": digest("self %d" % year)})


def unannounced_year():
    """Counted by weekends while 2027 is not announced; what came a day late was in time by it."""
    incident("2026-12-22", "A05", "K10", "safety_accident", "2026-12-21", liable="unknown")
    incident("2027-01-12", "A05", "K10", "safety_accident", "2026-12-21", principal=ent("A05"),
             id="a-report-that-is-late-for-now")
    say("2027-01-13", "office", "calendar_loaded",
        {"year": 2027, "source": "国办发明电〔2026〕9号（演练）", "digest": digest("2027"),
         "exceptions": [{"on": "2027-01-0%d" % day, "working": False, "name": "元旦"}
                        for day in (1, 2, 3)]}, id="2027-is-announced")


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
                 later_cycles, unannounced_year):
        part()
    print_lines()
