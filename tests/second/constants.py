"""constants - every number of a regulation and every number that the texts leave to policy, by award.

CHONGQING is written from the text of the regulation, DISTRICT by a person who read the example of
another award. No rulebook file of awardd is read, so that a wrong number there shows as a difference.
Points are in hundredths."""
from typing import NamedTuple


class Period(NamedTuple):
    length: int
    working: bool           # working days, else calendar days
    first_counted: bool     # decision 1
    rolls: bool             # a last day off moves to the next working day (decision 2)


class Rules(NamedTuple):
    name: str
    rulebook: str           # the file that awardd reads
    region: str             # 2: beginning of the division code
    industries: str         # 2: sections of GB/T 4754
    operating_years: int    # 11(1)
    accident_years: int     # 11(4)
    sampling_levels: tuple  # 11(4), 20(2): whose serious problems count (decision 29)
    report_levels: tuple    # 19(2): which are to be reported
    violation_years: int    # 12(2)
    laureate_years: int     # 12(3)
    revoked_years: int      # 12(4), 21
    profile_characters: int     # 13(2)
    report_characters: int      # 13(3)
    team_size: tuple        # 8
    panel_min: int          # 16(4)
    advisors: int           # 16(4)
    defence_points: int     # 16(4)
    trimmed: bool           # 16(4): without one highest and one lowest
    award_score: int        # 16(3), 16(5).5
    nomination_score: int
    places: dict            # 16(6).2
    document_percent: int   # 16(6).1
    site_percent: int
    publicity: Period       # 16(7).2
    named: bool             # 16(7).3: an objection needs a real name and evidence
    quorum: tuple           # 16(8).1: the share of units that must be exceeded
    deliberation_first: bool    # decision 19
    prize: dict             # decision 18: yuan, by honour
    incident_report: Period     # 19
    self_evaluation: tuple  # 18: month and day on which it is due
    categories: dict        # 15: {category: maximum}
    items: dict             # 15: {category: {item: maximum}}, where it is divided
    # Policy: the texts leave these open.
    tolerance_percent: int  # of a maximum: how far a consensus may leave the mean
    late_entry_days: int    # design.md, Time
    objection_answer: Period
    experience_years: int   # 17
    sheet_confidential: bool    # a sheet needs the declaration of confidentiality
    sheet_plan: bool        # a sheet needs the approved plan


CHONGQING = Rules(
    name="chongqing", rulebook="chongqing-2015.yaml", region="50", industries="BCD",
    operating_years=5, accident_years=3, sampling_levels=("national", "municipal"),
    report_levels=("national", "industry", "municipal"),
    violation_years=3, laureate_years=5, revoked_years=5,
    profile_characters=3000, report_characters=60000,
    team_size=(3, 6), panel_min=7, advisors=3, defence_points=10000, trimmed=False,
    award_score=50000, nomination_score=40000, places={"award": 5, "nomination": 5},
    document_percent=20, site_percent=80,
    publicity=Period(7, working=False, first_counted=False, rolls=True), named=False,
    quorum=(2, 3), deliberation_first=False, prize={},
    incident_report=Period(15, working=True, first_counted=False, rolls=False),
    self_evaluation=(12, 31),
    categories={"leadership": 10000, "strategy": 8000, "customers": 9000, "resources": 12000,
                "processes": 11000, "measurement": 10000, "results": 40000},
    items={"leadership": {"organisation": 6000, "responsibility": 4000},
           "strategy": {"development": 4000, "deployment": 4000},
           "customers": {"knowledge": 4000, "relations": 5000},
           "resources": {"people": 4000, "finance": 1000, "infrastructure": 2000,
                         "information": 2000, "technology": 2000, "partners": 1000},
           "processes": {"value_creation": 7000, "support": 4000},
           "measurement": {"analysis": 4000, "knowledge": 3000, "improvement": 3000},
           "results": {"customers": 12000, "finance": 8000, "resources": 8000,
                       "processes": 7000, "governance": 5000}},
    tolerance_percent=10, late_entry_days=30,
    objection_answer=Period(15, working=True, first_counted=False, rolls=False),
    experience_years=1, sheet_confidential=True, sheet_plan=False)

DISTRICT = Rules(
    name="district", rulebook="district-example.yaml", region="500105", industries="CEGI",
    operating_years=3, accident_years=2,
    sampling_levels=("national", "municipal", "district"),
    report_levels=("national", "industry", "municipal", "district"),
    violation_years=2, laureate_years=3, revoked_years=4,
    profile_characters=2000, report_characters=30000,
    team_size=(3, 5), panel_min=5, advisors=2, defence_points=5000, trimmed=True,
    award_score=36000, nomination_score=30000, places={"award": 2, "nomination": 3},
    document_percent=40, site_percent=60,
    publicity=Period(5, working=True, first_counted=True, rolls=False), named=True,
    quorum=(1, 2), deliberation_first=True, prize={"award": 300000, "nomination": 100000},
    incident_report=Period(10, working=False, first_counted=False, rolls=True),
    self_evaluation=(6, 30),
    categories={"leadership": 10000, "management": 15000, "innovation": 10000, "brand": 5000,
                "results": 20000},
    items={"management": {"system": 9000, "tools": 6000}},
    tolerance_percent=20, late_entry_days=10,
    objection_answer=Period(20, working=False, first_counted=False, rolls=True),
    experience_years=2, sheet_confidential=False, sheet_plan=True)

AWARDS = {one.name: one for one in (CHONGQING, DISTRICT)}
MATERIALS = ("application_form", "organisation_profile", "self_evaluation_report", "evidence")
