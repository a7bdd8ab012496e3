"""chongqing_2019_applying - the years before the cycle of 2019, and who applies; make_chongqing_2019.py
prints them with what follows.
"""
from chongqing_2019_people import (CODE, DISTRICT, DISTRICT_NAMES, ENTERPRISES, case, ent,
                                   register_enterprises, register_reviewers)
from scenario_lines import digest, moment, say

UNITS = ["市政府办公厅", "市人力社保局", "市市场监管局", "市发展改革委", "市经济信息委", "市科技局", "市财政局",
         "市生态环境局", "市住房城乡建委", "市商务委", "市国资委", "市应急局"]
CHAIR = "市政府分管副市长"
MIDNIGHT = "T23:59:59.999"  # 24:00 is the last millisecond of the day

# A02's profile; chongqing-2019.md counts its 字.
PROFILE = """两江模具ＩＳＯ９００１认证，2018年产值3.14亿元±5%。
Café Zürich №7 ｶﾀｶﾅ ﹁「精」﹂ α线①号"""
PROFILE_CHARACTERS = 32

ORDINALS = {"B05": 2, "B06": 2, "B07": 2, "D02": 2}  # admitted by their second application


def name(key):
    return case(key, ordinal=ORDINALS.get(key, 1))


# ---- The years before

def earlier(key, what, kind, on, proof="渝府发"):
    say("2019-01-10", "office", "earlier_record",
        {"enterprise": CODE[key], what: kind, "on": on, "proof": proof})


def sampling(day, key, incident, on, level, serious=True, id=None):
    say(day, "office", "sampling_recorded",
        {"incident": incident, "enterprise": CODE[key], "on": on, "serious": serious,
         "level": level}, id=id)


def accident(day, key, incident, on, liable, kind="safety_accident", id=None):
    say(day, "bureau", "accident_recorded",
        {"incident": incident, "enterprise": CODE[key], "kind": kind, "on": on, "liable": liable},
        id=id)


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
    earlier("A05", "honour", "nomination", "2016-12-20")
    earlier("A07", "honour", "nomination", "2015-12-10")
    earlier("A07", "revocation", "nomination", "2018-01-15")
    earlier("D02", "violation", "misrepresentation", "2016-02-29", "评选办通报")
    sampling("2019-01-10", "N09", "J-N09", "2018-03-15", "national")
    sampling("2019-01-10", "N10", "J-N10", "2018-06-01", "municipal")
    sampling("2019-01-10", "A01", "J-A01", "2018-07-02", "district")
    sampling("2019-01-10", "A06", "J-A06", "2018-08-03", "municipal", serious=False)
    accident("2019-01-10", "B06", "J-B06", "2016-05-20", "yes")
    accident("2019-01-10", "I22", "J-I22", "2018-09-04", "unknown")
    accident("2019-01-10", "B02", "J-B02", "2018-09-10", "unknown")
    succeed("P01", "P02", "改制")
    succeed("N18", "P01", "分立")
    succeed("N20", "P01", "分立")
    succeed("I21", "P03", "合并")
    succeed("N05", "P03", "分立")


# ---- Applying

def open_cycle(day, cycle, closing):
    say(day, "office", "cycle_opened",
        {"cycle": cycle, "notice": [{"medium": "重庆日报", "on": day, "digest": digest(cycle)}],
         "closing": moment(closing), "units": UNITS, "chair": CHAIR,
         "review_committee": ["评审委员会主任"], "supervision_committee": ["监督委员会主任"]})


def materials(key, profile=2000, report=40000, without=None,
              issuer="重庆市经济和信息化委员会"):
    kinds = (("application_form", 900), ("organisation_profile", profile),
             ("self_evaluation_report", report), ("evidence", None))
    made = []
    for kind, characters in kinds:
        one = {"kind": kind, "digest": digest(CODE[key] + kind + str(characters))}
        if characters:
            one["characters"] = characters
        elif issuer:
            one["issuer"] = issuer
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


def verify(day, key, failing=(), id=None, ordinal=None):
    say(day, "bureau-" + DISTRICT[key], "conditions_verified",
        {"case": case(key, ordinal=ordinal or ORDINALS.get(key, 1)),
         "findings": [{"condition": condition, "met": condition not in failing,
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


FINALISTS = ("A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09",
             "B01", "B02", "B03", "B04", "B05", "B06")
REVIEWED = FINALISTS + ("D01", "D02", "S01", "H01", "H02", "H03", "W01", "W02", "W03", "C01")
WAITING = ("I21", "I22", "R30")  # recommended, and what comes then is told below


def not_admitted():
    for key in ("N01", "N02", "N03", "N04", "N05", "N09", "N13", "N18", "N20"):
        apply("2019-04-02", key, id=key + "-applies")
    apply("2019-04-02", "N10", id="N10-applies", profile=3001)
    apply("2019-04-02", "N17", id="N17-applies", profile=3001, report=60001)
    apply("2019-04-02", "N19", id="N19-without-an-issuer", issuer=None)
    say("2019-05-30", ent("N27"), "application_submitted",
        {"cycle": "2019", "enterprise": CODE["N27"], "materials": materials("N27")},
        id="N27-without-paper")
    say("2019-06-03", "office", "paper_received",
        {"cycle": "2019", "enterprise": CODE["N27"], "received": moment("2019-06-01T00:00:00")},
        id="N27-paper-of-a-moment-late")
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
    apply("2019-04-04", "A02", profile=PROFILE_CHARACTERS)
    for key in ENTERPRISES:
        if key in REVIEWED + WAITING + ("V31", "I25") and key not in tuple(ORDINALS) + ("A02", "A03", "A08"):
            apply("2019-04-15", key, id={"S01": "S01-first-registered-in-another-province",
                                         "W01": "W01-first-registered-in-another-district"}.get(key))
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
    verify("2019-05-22", "I25", failing=("11(2)",), id="I25-verified")
    apply("2019-05-23", "I25")
    verify("2019-05-24", "I25", failing=("11(1)", "11(3)", "11(4)", "11(5)", "12(1)"), ordinal=2,
           id="I25-with-five-findings")
    apply("2019-05-27", "I25", id="I25-after-its-ineligibility")
    for key in ENTERPRISES:
        if key in REVIEWED + WAITING and key != "A08":
            verify("2019-05-24", key)
            recommend("2019-05-28", key)
    verify("2019-05-24", "B07")
    say("2019-05-27", ent("B07"), "application_withdrawn",
        {"case": name("B07"), "reason": "暂不参评"})
    # It applies anew; its paper comes first, and the later receipt is the day of application.
    say("2019-05-28", "office", "paper_received",
        {"cycle": "2019", "enterprise": CODE["B07"], "received": moment("2019-05-28T08:00:00")},
        id="B07-paper-first")
    say("2019-05-30", ent("B07"), "application_submitted",
        {"cycle": "2019", "enterprise": CODE["B07"], "materials": materials("B07")},
        id="B07-after-its-withdrawal")
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
        accept("2019-06-13", key,
               id="B02-accepted-with-unknown-liability" if key == "B02" else None)
    # Recorded after the acceptance it holds nothing but what is tested: the review goes on.
    accident("2019-07-01", "B06", "J-B06b", "2019-06-20", "unknown")
    accept("2019-09-05", "R30", id="R30-accepted-after-the-selection-started")
