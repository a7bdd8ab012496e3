#!/usr/bin/python3
"""make_chongqing_2018 - prints the lines of chongqing-2018.jsonl.

The years 2013 to 2024 of the award, told as tables and short functions in the order of the
regulation; README.md beside this file tells the same story in prose, and chongqing-2018.expected.json
says what must come out. Nothing is decided here: what is computed are check characters of credit
codes, digests of documents that do not exist, and sheets that add up to a total given in a table.

    make_chongqing_2018.py            the lines
    make_chongqing_2018.py --tagged   number and tag of each line that is not plainly accepted

Lines are sorted by moment; lines of one day that name no time of day follow each other by a minute
from 09:00 in the order in which they are said here.
"""
import sys

sys.dont_write_bytecode = True

from chongqing_2018_people import (CODE, DISTRICT, DISTRICT_NAMES, ENTERPRISES, case, ent, person,
                                   register_reviewer, years_before)
from scenario_lines import (CATEGORIES, ITEMS, digest, moment, panel_scores, points, print_lines,
                            say, spread_total)

# ---- Applying

UNITS = ["市政府办公厅", "市人力社保局", "市质监局", "市发展改革委", "市经济信息委", "市科委", "市财政局",
         "市环保局", "市城乡建委", "市商务委", "市国资委", "市安监局"]
CHAIR = "市政府分管副市长"


# Decision 16: the bureaus were merged and renamed in 2018.
RENAMED = (("质监局", "市场监管局"), ("质量技术监督局", "市场监督管理局"),
           ("工商行政管理局", "市场监督管理局"), ("安全生产监督管理局", "应急管理局"))


def organ(name, cycle):
    for before, after in RENAMED if cycle > "2018" else ():
        name = name.replace(before, after)
    return name


def open_cycle(day, cycle, closing):
    say(day, "office", "cycle_opened",
        {"cycle": cycle,
         "notice": [{"medium": "重庆日报", "on": day, "digest": digest("notice " + cycle)},
                    {"medium": organ("市质监局网站", cycle), "on": day,
                     "digest": digest("notice " + cycle)}],
         "closing": moment(closing),
         "units": [organ(unit, cycle) for unit in UNITS], "chair": CHAIR,
         "review_committee": ["评审委员会主任", "评审委员会副主任", "评审委员会秘书长"],
         "supervision_committee": ["监督委员会主任", "监督委员会委员甲", "监督委员会委员乙"]})


def materials(key, cycle, report=41230, profile=2860):
    """The four kinds of Article 13; an evidence item carries its issuer (14)."""
    name = CODE[key] + cycle + str(report)
    return [{"kind": "application_form", "digest": digest(name + "form"), "characters": 1200},
            {"kind": "organisation_profile", "digest": digest(name + "profile"),
             "characters": profile},
            {"kind": "self_evaluation_report", "digest": digest(name + "report"),
             "characters": report},
            {"kind": "evidence", "digest": digest(name + "evidence"),
             "issuer": "重庆市经济和信息化委员会", "title": "主导产品市场占有率证明"}]


def submit(day, key, cycle="2018", tag="waits for paper", **counts):
    say(day, ent(key), "application_submitted",
        {"cycle": cycle, "enterprise": CODE[key], "materials": materials(key, cycle, **counts)},
        tag=tag)


def paper(day, key, received, cycle="2018", tag=None):
    say(day, "office", "paper_received",
        {"cycle": cycle, "enterprise": CODE[key], "received": moment(received)}, tag=tag)


def submit_by_office(day, key, cycle="2018", tag=None, **counts):
    """On paper and electronically, both receipts stated by the office."""
    say(day + "T11:00:00", "office", "application_submitted",
        {"cycle": cycle, "enterprise": CODE[key], "materials": materials(key, cycle, **counts),
         "electronic_receipt": moment(day + "T09:40:00"),
         "paper_receipt": moment(day + "T10:10:00")}, tag=tag)


FINDINGS = (("11(1)", "营业执照、生产经营记录及产业政策符合性说明", "重庆市发展和改革委员会"),
            ("11(2)", "卓越绩效模式导入和持续实施证明", "重庆市质量技术监督局"),
            ("11(3)", "主导产品水平和同行业地位证明", "重庆市经济和信息化委员会"),
            ("11(4)", "近三年无重大责任事故和严重质量问题证明", "重庆市安全生产监督管理局"),
            ("11(5)", "信用信息查询结果", "重庆市工商行政管理局"),
            ("12(1)", "生产许可及相关证照", "重庆市质量技术监督局"))


def verify(day, key, cycle="2018", ordinal=1, failing=None, by=None, tag=None):
    findings = [{"condition": condition, "met": condition != failing, "evidence": evidence,
                 "issuer": organ(issuer, cycle), "on": day} for condition, evidence, issuer in FINDINGS]
    say(day, by or "bureau-" + DISTRICT[key], "conditions_verified",
        {"case": case(key, cycle, ordinal), "findings": findings}, tag=tag)


def recommend(day, key, by="district_government", cycle="2018", ordinal=1, in_favour=True,
              received=None, tag=None):
    names = {"district_government": DISTRICT_NAMES[DISTRICT[key]] + "人民政府",
             "municipal_department": "重庆市经济和信息化委员会",
             "industry_association": "重庆市机械工业联合会"}
    body = {"case": case(key, cycle, ordinal), "by": by, "name": names[by]}
    if by == "district_government":
        body["district"] = DISTRICT[key]
    body["in_favour"] = in_favour
    body["received"] = moment(received or day + "T08:45:00")
    say(day, "office", "recommendation_given", body, tag=tag)


def accept(day, key, cycle="2018", ordinal=1):
    say(day, "office", "application_accepted", {"case": case(key, cycle, ordinal)})


# key, submitted, paper, verified, recommended, by
APPLICATIONS = (
    ("E01", "03-05", "03-07", "03-19", "03-28", "district_government"),
    ("E02", "03-12", "03-12", "03-23", "04-03", "municipal_department"),
    ("E03", "03-06", "03-08", "03-20", "03-29", "district_government"),
    ("E04", "03-13", "03-15", "03-26", "04-09", "district_government"),
    ("E05", "03-14", "03-16", "03-27", "04-10", "industry_association"),
    ("E06", "03-16", "03-19", "03-30", "04-18", "industry_association"),
    ("E07", "04-10", "04-11", "04-16", "04-20", "district_government"),
    ("E08", "03-19", "03-21", "04-02", "04-12", "municipal_department"),
    ("E09", "03-20", "03-22", "04-03", "04-13", "district_government"),
    ("E11", "03-27", "03-29", "04-11", None, None),
    ("E12", "03-26", "03-28", "04-10", "04-19", "district_government"),
    ("E15", "03-22", "03-23", None, None, None),
    ("E16", "04-02", "04-04", "04-12", "04-20", "industry_association"),
    ("E17", "04-16", "04-18", "04-25", None, None),
    ("E19", "03-28", "03-30", "04-12", "04-23", "district_government"),
    ("E20", "04-09", "04-11", "04-17", "04-24", "municipal_department"),
)
ACCEPTED = ("E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12",
            "E16", "E19", "E20")


def applying():
    open_cycle("2018-03-01", "2018", "2018-04-28T18:00:00")
    for key, submitted, on_paper, verified, recommended, by in APPLICATIONS:
        counts = {"profile": 3000} if key == "E04" else {}
        submit("2018-" + submitted, key, **counts)
        paper("2018-" + on_paper, key, "2018-%sT09:00:00" % on_paper)
        if verified:
            verify("2018-" + verified, key)
        if recommended:
            recommend("2018-" + recommended, key, by)
    # The paper comes first and waits for the electronic form.
    paper("2018-03-14", "E10", "2018-03-14T09:00:00", tag="waits for the electronic form")
    submit("2018-03-15", "E10", tag=None)
    verify("2018-03-28", "E10")
    recommend("2018-04-11", "E10")
    # 10: the bureau of another district.
    verify("2018-03-16", "E01", by="bureau-500112", tag="another district's bureau")
    # 13(1): an opinion against, then another one in favour.
    recommend("2018-04-12", "E06", in_favour=False)
    submit_by_office("2018-03-20", "E13", tag="refused 12(3)")
    submit_by_office("2018-03-21", "E18", tag="refused 11(1)")
    # 13(3): one character too many; then a shorter report as a new case.
    submit_by_office("2018-04-02", "E14", tag="refused 13(3)", report=60001)
    submit("2018-04-10", "E14", report=60000)
    paper("2018-04-12", "E14", "2018-04-12T09:00:00")
    verify("2018-04-18", "E14", ordinal=2)
    recommend("2018-04-25", "E14", ordinal=2)
    verify("2018-04-04", "E15", failing="11(5)")
    # Closing: 18:00 of Saturday 28 April, a make-up working day.
    submit("2018-04-28T16:20:00", "E21", tag="waits for paper that comes late")
    paper("2018-05-02", "E21", "2018-04-28T18:30:00", tag="paper after closing")
    recommend("2018-05-02", "E11", received="2018-04-28T18:00:00")
    recommend("2018-05-02", "E17", tag="recommendation after closing")
    for key in ACCEPTED:
        accept("2018-05-03", key)
    accept("2018-05-03", "E14", ordinal=2)


# ---- Review

# team: members (the first one leads), short names of its cases (E14 by its second application)
TEAMS = {"2018-1": ((1, 2, 3), ("E01", "E05", "E09", "E14")),
         "2018-2": ((4, 5, 6), ("E02", "E06", "E10", "E19")),
         "2018-3": ((7, 8, 9, 10), ("E03", "E07", "E11", "E20")),
         "2018-4": ((11, 12, 13, 14, 15, 22), ("E04", "E08", "E12", "E16"))}
ORDINALS = {"E14": 2}

# totals in hundredths: documents (consensus), site (as the visit reported it)
DOCUMENTS = {"E01": 61230, "E02": 57000, "E03": 59000, "E04": 52045, "E05": 54000, "E06": 50000,
             "E07": 49999, "E08": 53000, "E09": 40000, "E10": 39999, "E11": 45520, "E12": 50500,
             "E14": 37240, "E19": 43125, "E20": 46880}
SITES = {"E01": 65540, "E02": 61250, "E03": 60750, "E04": 56015, "E05": 50000, "E06": 51000,
         "E07": 52350, "E08": 49999, "E09": 39950, "E11": 39999}
BY_ITEM = ("E01", "E12")


def sheet(key, total, deviations=None):
    """Scores that add up to `total`; a reviewer's own sheet deviates by category."""
    maxima = ITEMS if key in BY_ITEM else CATEGORIES
    parts = spread_total(total, maxima)
    for item, deviation in (deviations or {}).items():
        parts[item] += deviation
    assert all(0 <= parts[item] <= maxima[item] * 100 for item in maxima)
    return [{"item": item, "points": points(value)} for item, value in parts.items()]


# By how much each member's sheet leaves the consensus, in hundredths; each adds up to 0 in a team.
DEVIATIONS = {3: (150, -150, 0), 4: (125, -125, 200, -200), 6: (100, -100, 175, -175, 50, -50)}


def deviations(key, size, index):
    amount = DEVIATIONS[size][index]
    if key in BY_ITEM:
        return {"leadership.organisation": amount, "results.customers": 2 * amount}
    if key == "E08" and index < 2:  # two who see the results very differently
        return {"leadership": amount, "results": 60 * amount}
    return {"leadership": amount, "customers": -amount, "results": 2 * amount}


def enrol_late_reviewer():
    """Not in the genesis: the administrator enrols, the supervision committee countersigns."""
    name = person(22)
    say("2018-05-02", "admin", "principal_enrolled",
        {"name": name, "role": "reviewer", "full_name": "评审员22"}, id="enrol-" + name,
        tag="waits for countersignature")
    say("2018-05-02", "supervision", "countersigned",
        {"event": {"principal": "admin", "id": "enrol-" + name}})
    say("2018-05-02", "admin", "key_enrolled", {"name": name, "public_key": "@key:" + name},
        id="key-" + name, tag="waits for countersignature")
    say("2018-05-02", "supervision", "countersigned",
        {"event": {"principal": "admin", "id": "key-" + name}})
    register_reviewer("2018-05-02", 22)


def team_cases(team):
    return [case(key, ordinal=ORDINALS.get(key, 1)) for key in TEAMS[team][1]]


def form_teams():
    say("2018-05-07", "office", "team_drawn",
        {"cycle": "2018", "reason": "评审委员会确定",
         "teams": [{"team": "2018-4", "members": [person(n) for n in (11, 12, 19)],
                    "leader": person(11), "cases": team_cases("2018-4")}]},
        tag="a member related to an applicant")
    for team, (members, _) in TEAMS.items():
        say("2018-05-07", "office", "team_drawn",
            {"cycle": "2018", "reason": "评审委员会按申报企业行业情况确定",
             "teams": [{"team": team, "members": [person(n) for n in members],
                        "leader": person(members[0]), "cases": team_cases(team)}]})
    say("2018-05-08", person(5), "independent_sheet",
        {"case": case("E02"), "scores": sheet("E02", DOCUMENTS["E02"])},
        tag="a sheet before the declaration of confidentiality")
    for team, (members, _) in TEAMS.items():
        for number in members:
            say("2018-05-08", person(number), "confidentiality_declared", {"team": team})
    steps = (("independent_review", "2018-05-25"), ("consensus", "2018-06-01"),
             ("site_visit", "2018-07-13"), ("report", "2018-08-03"))
    for team, (members, _) in TEAMS.items():
        say("2018-05-09", person(members[0]), "plan_submitted",
            {"team": team, "steps": [{"step": step, "on": on} for step, on in steps]})
        say("2018-05-10", "review-committee", "plan_approved", {"team": team})
    say("2018-05-11", ent("E16"), "application_withdrawn",
        {"case": case("E16"), "reason": "企业正在重组，本年度不再参评"})


def document_review():
    sheet_days = ("2018-05-14", "2018-05-16", "2018-05-18", "2018-05-22")
    consensus_days = ("2018-05-28", "2018-05-29", "2018-05-30", "2018-05-31")
    for team, (members, keys) in TEAMS.items():
        for key, day, consensus_day in zip(keys, sheet_days, consensus_days):
            if key == "E16":
                continue
            if key == "E12":  # the fourth team is late with its last consensus
                consensus_day = "2018-06-04"
            name = case(key, ordinal=ORDINALS.get(key, 1))
            for index, number in enumerate(members):
                say(day, person(number), "independent_sheet",
                    {"case": name, "remarks": "逐条评分，原始记录存档",
                     "scores": sheet(key, DOCUMENTS[key], deviations(key, len(members), index))})
            body = {"case": name, "scores": sheet(key, DOCUMENTS[key]),
                    "report": digest("document report " + name),
                    "strengths": [{"item": "strategy", "text": "战略清晰，过程管理规范"}],
                    "improvements": [{"item": "measurement", "text": "对标数据不足"}]}
            if key == "E08":
                body["explanations"] = [
                    {"item": "results", "text": "两名评审员对经营结果看法不同，经合议取中间值"}]
            say(consensus_day, person(members[0]), "consensus_sheet", body)


# ---- Defence

# panel, sum of its scores in hundredths; README.md shows what comes of them
POOL = (16, 17, 18, 19, 20, 21)
PANELS = {"E01": (POOL + (4, 7, 11), 79990), "E02": (POOL + (1, 2, 3, 7, 8, 11, 12), 104005),
          "E03": (POOL + (1, 4), 64003), "E04": ((16, 17, 18, 20, 21, 1, 4), 58103),
          "E05": (POOL + (4, 7), 64000), "E06": (POOL + (1,), 56000),
          "E07": (POOL + (7,), 57500), "E08": ((16, 17, 18, 19, 20, 1, 4, 7, 11), 72155),
          "E09": (POOL + (4,), 49140), "E11": (POOL + (7,), 50400), "E20": (POOL + (1,), None)}
LEFT = {"E08": 21}  # of the panel, and left before scoring
ADVISORS = [{"name": "顾问甲", "field": "economy"}, {"name": "顾问乙", "field": "management"},
            {"name": "顾问丙", "field": "technology"}]


def schedule_defence(day, key, when):
    panel = PANELS[key][0] + ((LEFT[key],) if key in LEFT else ())
    say(day, "office", "defence_scheduled",
        {"case": case(key), "when": moment(when), "panel": [person(n) for n in panel],
         "advisors": ADVISORS, "place": "市质监局多功能厅"})


def defend(day, key, principal_in_charge=True, decision=None):
    body = {"case": case(key), "on": day, "defender": "%s负责人" % ENTERPRISES[key][1],
            "principal_in_charge": principal_in_charge}
    if decision:
        body["decision"] = decision
    say(day, "office", "defence_opened", body)
    panel, total = PANELS[key]
    if total is None:
        return
    for number, score in zip(panel, panel_scores(total, len(panel))):
        say(day, person(number), "defence_score", {"case": case(key), "points": points(score)})
    body = {"case": case(key), "comments": ["经济：结果突出", "管理：体系完整", "技术：研发投入持续"]}
    if key in LEFT:
        body["left"] = [{"person": person(LEFT[key]), "reason": "突发疾病离场"}]
    say(day, "office", "defence_closed", body)


def defences():
    days = (("2018-06-12", ("E01", "E04")), ("2018-06-13", ("E05", "E06")),
            ("2018-06-14", ("E09", "E11", "E20")), ("2018-07-17", ("E02", "E03", "E07")))
    for day, keys in days:
        for number, key in enumerate(keys):
            schedule_defence("2018-06-06", key, "%sT%02d:00:00" % (day, 9 + 2 * number))
    schedule_defence("2018-06-06", "E08", "2018-06-13T14:00:00")
    for day, keys in days:
        for key in keys:
            if key == "E05":
                defend(day, key, False, "董事长因公出国，经评选办公室同意由总经理答辩")
            else:
                defend(day, key, key != "E20")
    # Decision 23: with a decision the case stays where it is; the defence is held later.
    say("2018-06-13", "office", "not_held",
        {"case": case("E08"), "what": "defence", "decision": "主要负责人住院，改期举行"})
    schedule_defence("2018-07-09", "E08", "2018-07-18T09:00:00")
    defend("2018-07-18", "E08")


# ---- Site visits

def schedule_visit(key, first, last):
    say("2018-06-15", "office", "visit_scheduled",
        {"case": case(key), "first": first, "last": last})


def visit_sheet(key, day, days, leader, tag=None):
    say(day, person(leader), "visit_sheet",
        {"case": case(key), "scores": sheet(key, SITES[key]), "days": days,
         "report": digest("site report " + case(key)),
         "strengths": [{"item": "processes", "text": "现场管理与自评报告相符"}],
         "improvements": [{"item": "resources", "text": "供应商绩效评价有待加强"}]}, tag=tag)


# key, leader, first day, last day as planned, days taken, day of the sheet
VISITS = (("E01", 1, "2018-06-19", "2018-06-22", 4, "2018-06-22"),
          ("E05", 1, "2018-06-26", "2018-06-28", 3, "2018-06-28"),
          ("E09", 1, "2018-07-03", "2018-07-05", 3, "2018-07-05"),
          ("E02", 4, "2018-06-19", "2018-06-22", 4, "2018-06-22"),
          ("E06", 4, "2018-07-03", "2018-07-06", 4, "2018-07-06"),
          ("E03", 7, "2018-06-19", "2018-06-21", 3, "2018-06-21"),
          ("E07", 7, "2018-06-25", "2018-06-29", 5, "2018-06-29"),
          ("E11", 7, "2018-07-03", "2018-07-06", 4, "2018-07-06"),
          ("E08", 11, "2018-06-26", "2018-06-29", 4, "2018-06-29"),
          ("E04", 11, "2018-07-02", "2018-07-06", 6, "2018-07-07"))


def visits():
    for key, leader, first, last, days, done in VISITS:
        schedule_visit(key, first, last)
        say(first, person(leader), "visit_opened", {"case": case(key), "on": first})
        visit_sheet(key, done, days, leader, tag="six days" if key == "E04" else None)
    # Decision 23: a visit that cannot take place, and no decision: withdrawn by 16(5).
    schedule_visit("E19", "2018-06-25", "2018-06-28")
    say("2018-06-25", "office", "not_held", {"case": case("E19"), "what": "visit"})
    # 16(5).3: halted and confirmed.
    schedule_visit("E12", "2018-06-19", "2018-06-22")
    say("2018-06-19", person(11), "visit_opened", {"case": case("E12"), "on": "2018-06-19"})
    say("2018-06-20", person(13), "halted",
        {"case": case("E12"), "ground": "自评报告所列检测设备不存在，检测记录系编造"})
    say("2018-07-06", "office", "halt_decided",
        {"case": case("E12"), "finding": "misrepresentation", "reason": "经核实，检测记录系编造"})
    # Halted and cleared: the visit goes on.
    say("2018-07-03T15:00:00", person(9), "halted",
        {"case": case("E11"), "ground": "窑炉台数与自评报告不符"})
    say("2018-07-04", "office", "halt_decided",
        {"case": case("E11"), "finding": "cleared", "reason": "两台窑炉大修，有备案记录"})
    say("2018-07-24", "office", "leaders_meeting",
        {"cycle": "2018", "cases": [case(row[0]) for row in VISITS],
         "changed": [{"case": case("E09"), "scores": sheet("E09", 40000), "who": person(1),
                      "reason": "补充查阅的改进记录应予计分"}],
         "on": "2018-07-24"})
    say("2018-07-27", "supervision", "supervision_finding",
        {"concerns": "2018", "text": "评审过程符合程序，第四评审组合议晚一个工作日"})
    say("2018-07-27", "review-committee", "suggestion",
        {"concerns": "2018", "text": "建议评审计划为六人组预留更多合议时间"})


# ---- Selecting

AWARD = ("E01", "E02", "E04", "E06")
NOMINATION = ("E05", "E07")


def report(day, principal, sender, to):
    say(day, principal, "review_reported",
        {"cycle": "2018", "from": sender, "to": to, "digest": digest(sender + to)})


def object_to(at, number, key, text, source="web", principal="public", received=None):
    body = {"objection": "O-2018-%02d" % number, "case": case(key), "text": text, "source": source}
    if received:
        body["received"] = received
    say(at, principal, "objection_filed", body)


def decide_objection(day, number, finding, kind=None):
    body = {"objection": "O-2018-%02d" % number, "finding": finding}
    if kind:
        body["kind"] = kind
    body["report"] = digest("objection %d" % number)
    say(day, "office", "objection_decided", body)


def decisions(yes, no=()):
    """Of a meeting: the cases it approves, and those it does not with its reason."""
    return ([{"case": case(key), "approved": True} for key in yes] +
            [{"case": case(key), "approved": False, "reason": reason} for key, reason in no])


def deliberate(day, meeting, present, decided, tag=None):
    say(day, "office", "deliberation_held",
        {"cycle": "2018", "meeting": meeting, "on": day, "presiding": CHAIR,
         "present": UNITS[:present], "decisions": decided}, id=meeting, tag=tag)


def selecting():
    report("2018-07-30", "review-committee", "review_committee", "office")
    say("2018-08-06", "office", "selection_started", {"cycle": "2018"})
    say("2018-08-13", "office", "tie_decided",
        {"cycle": "2018", "pool": "award", "order": [case("E06"), case("E05")],
         "reason": "综合得分相同，现场评审得分高者在前"})
    media = [("重庆日报", "2018-09-25"), ("市质监局网站", "2018-09-26")]
    say("2018-09-26", "office", "publicity_started",
        {"cycle": "2018", "media": [{"medium": medium, "on": on, "digest": digest(medium)}
                                    for medium, on in media],
         "stated_first": "2018-09-26", "stated_last": "2018-10-02"})
    object_to("2018-09-28", 1, "E04", "举报该企业产品标签不合格")
    object_to("2018-10-08T20:00:00", 2, "E03", "举报该企业向评审员赠送礼品")
    object_to("2018-10-09", 3, "E07", "来信反映该企业厂界噪声", source="letter", principal="office",
              received="2018-10-07")
    object_to("2018-10-09", 4, "E01", "反映该企业交货延迟")
    decide_objection("2018-10-10", 1, "unfounded")
    first = ("E01", "E02", "E04", "E06", "E05", "E08", "E09")
    deliberate("2018-10-12", "M-2018-1", 8, decisions(first), tag="no quorum")
    decide_objection("2018-10-15", 4, "unfounded")
    decide_objection("2018-10-16", 2, "founded", "violation")
    report("2018-10-17", "office", "office", "selection_committee")
    deliberate("2018-10-18", "M-2018-2", 9,
               decisions(first[:6] + ("E07",), (("E09", "质量水平尚有差距，宁缺毋滥"),)),
               tag="one case held")
    decide_objection("2018-10-22", 3, "immaterial")
    deliberate("2018-10-25", "M-2018-3", 10, decisions(("E07",)))
    report("2018-10-29", "office", "selection_committee", "government")
    say("2018-11-06", "government", "government_decided",
        {"cycle": "2018", "on": "2018-11-06",
         "decisions": decisions(AWARD + NOMINATION, (("E08", "常务会议未予通过"),))})
    say("2018-11-08", ent("E05"), "application_withdrawn",
        {"case": case("E05"), "reason": "拟下一届申报市长质量管理奖"}, tag="withdrawn after approval")
    say("2018-11-12", "government", "mayor_signed", {"cycle": "2018", "on": "2018-11-12"})
    say("2018-11-16", "office", "result_published",
        {"cycle": "2018", "number": "渝府发〔2018〕48号",
         "media": [{"medium": "重庆日报", "on": "2018-11-16", "digest": digest("result")}],
         "on": "2018-11-16"})
    given = [{"case": case(key), "medal": "2018-%s-%02d" % (kind, number),
              "certificate": "渝质奖证2018%s%02d" % (kind, number)}
             for kind, keys in (("A", AWARD), ("N", NOMINATION))
             for number, key in enumerate(keys, 1)]
    say("2018-11-28", "office", "conferral_held",
        {"cycle": "2018", "on": "2018-11-28", "given": given})
    say("2018-12-05", "supervision", "accountability_recorded",
        {"whom": "某检测机构负责人", "what": "为申报企业虚假检测数据出具证明", "measure": "通报批评",
         "authority": "市质监局", "case": case("E12")})
    say("2018-12-20", "office", "cycle_closed", {"cycle": "2018"})


# ---- Afterwards

EXPERIENCE = {"E01": "2019-04-02", "E02": "2019-06-10", "E04": "2019-12-31", "E05": "2020-01-02",
              "E06": "2019-09-10"}
# key: year -> day on which the self-evaluation was handed in; a year that is missing never was
SELF_EVALUATIONS = {
    "E02": {2019: "2019-12-20", 2020: "2020-12-18", 2021: "2021-12-17", 2022: "2022-12-16",
            2023: "2023-12-15", 2024: "2024-09-02"},
    "E04": {2019: "2020-01-15", 2020: "2020-12-31", 2021: "2021-12-20", 2022: "2022-12-20",
            2023: "2023-12-20"},
    "E05": {2019: "2019-11-29", 2020: "2020-11-30", 2021: "2021-11-30", 2022: "2022-11-30",
            2023: "2023-11-30"},
    "E06": {2020: "2020-12-22", 2021: "2021-12-22", 2022: "2022-12-22", 2023: "2023-12-22"},
    "E07": {2019: "2019-12-10", 2020: "2020-12-10", 2021: "2022-03-01", 2022: "2022-12-09"},
}


def duties():
    for key, day in EXPERIENCE.items():
        say(day, ent(key), "experience_shared",
            {"case": case(key), "digest": digest("experience " + key)})
    for key, years in SELF_EVALUATIONS.items():
        for year, day in years.items():
            say(day, "office" if key == "E05" else ent(key), "self_evaluation_submitted",
                {"case": case(key), "year": year, "digest": digest("self %s %d" % (key, year))})


def incident(at, event, principal, number, key, facts, tag=None, **more):
    body = {"incident": number, "case": case(key)}
    body.update(facts)
    body.update(more)
    say(at, principal, event, body, tag=tag)


def incidents():
    served = {"kind": "sampling", "on": "2019-09-18", "level": "municipal", "serious": False}
    say("2019-09-20", "office", "sampling_recorded",
        {"incident": "I-2019-02", "enterprise": CODE["E02"], "on": "2019-09-18", "serious": False,
         "level": "municipal"})
    incident("2019-10-14T17:30:00", "incident_reported_by_laureate", ent("E02"), "I-2019-02", "E02",
             served, digest=digest("I-2019-02"))
    accident = {"kind": "safety_accident", "on": "2020-01-08", "liable": "unknown"}
    incident("2020-01-10", "incident_recorded", "bureau", "I-2020-01", "E06", accident)
    incident("2020-02-06", "incident_reported_by_laureate", ent("E06"), "I-2020-01", "E06",
             accident, digest=digest("I-2020-01"))
    say("2020-05-20", "bureau", "liability_established",
        {"incident": "I-2020-01", "liable": "no", "proof": "事故调查报告批复〔2020〕17号"})
    incident("2021-04-30", "incident_recorded", "bureau", "I-2021-01", "E07",
             {"kind": "sampling", "on": "2021-04-28", "level": "industry", "serious": False})
    incident("2021-06-10", "incident_recorded", "bureau", "I-2021-02", "E07",
             {"kind": "sampling", "on": "2021-06-08", "level": "district", "serious": False},
             tag="a district's sampling")


def revocation():
    """20(2): the worker opens it; bureau, government and the three recoveries follow."""
    facts = {"kind": "sampling", "on": "2019-03-06", "level": "national", "serious": True}
    incident("2019-03-08", "incident_recorded", "bureau", "I-2019-01", "E01", facts)
    incident("2019-03-20", "incident_reported_by_laureate", ent("E01"), "I-2019-01", "E01", facts,
             digest=digest("I-2019-01"))
    name = case("E01") + "/I-2019-01"
    say("2019-04-18", "bureau", "revocation_verified",
        {"revocation": name, "report": digest("verification")})
    say("2019-07-12", "government", "revocation_decided",
        {"revocation": name, "approved": True, "on": "2019-07-12",
         "reason": "国家监督抽查发现严重质量问题"})
    say("2019-07-19", "bureau", "revocation_published",
        {"case": case("E01"), "on": "2019-07-19", "media": ["重庆日报", "市政府网站"]})
    say("2019-07-25", "bureau", "medal_returned", {"case": case("E01"), "on": "2019-07-25"})
    say("2019-07-26", "bureau", "certificate_returned", {"case": case("E01"), "on": "2019-07-26"})


def later_cycles():
    open_cycle("2021-06-01", "2021", "2021-08-31T18:00:00")
    submit_by_office("2021-07-06", "E12", "2021", tag="refused 12(2)")
    submit_by_office("2021-07-07", "E12", "2021")
    submit_by_office("2021-08-20", "E03", "2021", tag="refused 12(2)")
    open_cycle("2023-05-08", "2023", "2023-08-31T18:00:00")
    submit_by_office("2023-07-12", "E01", "2023", tag="refused 12(3) and 12(4)")
    submit_by_office("2023-07-14", "E05", "2023")
    submit_by_office("2023-07-17", "E13", "2023")
    submit_by_office("2023-07-20", "E02", "2023", tag="refused 12(3)")
    open_cycle("2024-06-03", "2024", "2024-08-30T18:00:00")
    submit_by_office("2024-07-12", "E01", "2024", tag="refused 12(4)")
    submit_by_office("2024-07-13", "E01", "2024")
    verify("2024-07-19", "E01", "2024", 2)
    recommend("2024-07-26", "E01", cycle="2024", ordinal=2)
    accept("2024-08-05", "E01", "2024", 2)


def main():
    for part in (years_before, applying, enrol_late_reviewer, form_teams, document_review, defences,
                 visits, selecting, duties, incidents, revocation, later_cycles):
        part()
    print_lines()


if __name__ == "__main__":
    main()
