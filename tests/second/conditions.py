"""conditions - what an applicant must be, computed from its records (2, 11(1), 11(4), 12(2)-(4), 13).

A reason is (article, until): the last day on which it holds, or None where it has no date."""
import credit_code
from constants import (ACCIDENT_YEARS, INDUSTRIES, MATERIALS, OPERATING_YEARS, PROFILE_CHARACTERS,
                       PROVINCE, REPORT_CHARACTERS)
from periods import years_after

LIMITS = {"organisation_profile": ("13(2)", PROFILE_CHARACTERS),
          "self_evaluation_report": ("13(3)", REPORT_CHARACTERS)}


def lineage(world, code):
    """The enterprise and its predecessors, theirs too (decision 27)."""
    found, waiting = [], [code]
    while waiting:
        now = waiting.pop()
        if now not in found and now in world.enterprises:
            found.append(now)
            waiting += world.enterprises[now].predecessors
    return found


def counts_against(incident):
    """11(4): an accident with liability, or a serious problem in national or municipal sampling."""
    if incident.kind == "sampling":
        return bool(incident.serious) and incident.level in ("national", "municipal")
    return incident.liable == "yes"


def computed(world, code, applied_on):
    """Reasons by 2, 11(1), 11(4) and 12(2)-(4), as at a day of application."""
    enterprise, reasons = world.enterprises[code], {}

    def dated(article, until):
        if until >= applied_on:
            reasons[article] = max(until, reasons.get(article, until))

    sound = (credit_code.valid(code) and enterprise.region.startswith(PROVINCE)
             and enterprise.legal_person and enterprise.industry[:1] in INDUSTRIES)
    if not sound:
        reasons["2"] = None
    dated("11(1)", years_after(enterprise.operating_since, OPERATING_YEARS))
    for name in lineage(world, code):
        for incident in world.enterprises[name].incidents:
            if counts_against(world.incidents[incident]):
                dated("11(4)", years_after(world.incidents[incident].on, ACCIDENT_YEARS))
        for article, _, until, _ in world.enterprises[name].bars:
            dated(article, until)
    return reasons


def material_reasons(materials):
    """13: the four kinds are there, profile and report within their length."""
    reasons, kinds = {}, {row.get("kind") for row in materials}
    if any(kind not in kinds for kind in MATERIALS):
        reasons["13"] = None
    for row in materials:
        article, limit = LIMITS.get(row.get("kind"), (None, 0))
        if article and row.get("characters", 0) > limit:
            reasons[article] = None
    return reasons


def holding(world, code, applied_on):
    """Accidents of unknown liability that could still fail 11(4)."""
    return {name for member in lineage(world, code) for name in world.enterprises[member].incidents
            if world.incidents[name].kind != "sampling" and world.incidents[name].liable == "unknown"
            and years_after(world.incidents[name].on, ACCIDENT_YEARS) >= applied_on}
