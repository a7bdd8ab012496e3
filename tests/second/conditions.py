"""conditions - what an applicant must be, computed from its records (2, 11(1), 11(4), 12(2)-(4), 13).

A reason is (article, until): the last day on which it holds, or None where it has no date."""
import credit_code
from constants import MATERIALS
from periods import years_after

def limit_of(rules, kind):
    """13: how long a document may be."""
    return {"organisation_profile": ("13(2)", rules.profile_characters),
            "self_evaluation_report": ("13(3)", rules.report_characters)}.get(kind, (None, 0))


def lineage(world, code):
    """The enterprise and its predecessors, theirs too (decision 27)."""
    found, waiting = [], [code]
    while waiting:
        now = waiting.pop()
        if now not in found and now in world.enterprises:
            found.append(now)
            waiting += world.enterprises[now].predecessors
    return found


def counts_against(rules, incident):
    """11(4): an accident with liability, or a serious problem in sampling of a level that counts."""
    if incident.kind == "sampling":
        return bool(incident.serious) and incident.level in rules.sampling_levels
    return incident.liable == "yes"


def computed(world, rules, code, applied_on):
    """Reasons by 2, 11(1), 11(4) and 12(2)-(4), as at a day of application."""
    enterprise, reasons = world.enterprises[code], {}

    def dated(article, until):
        if until >= applied_on:
            reasons[article] = max(until, reasons.get(article, until))

    sound = (credit_code.valid(code) and enterprise.region.startswith(rules.region)
             and enterprise.legal_person and enterprise.industry[:1] in rules.industries)
    if not sound:
        reasons["2"] = None
    dated("11(1)", years_after(enterprise.operating_since, rules.operating_years))
    for name in lineage(world, code):
        for incident in world.enterprises[name].incidents:
            if counts_against(rules, world.incidents[incident]):
                dated("11(4)", years_after(world.incidents[incident].on,
                                           rules.accident_years))
        for article, _, until, _ in world.enterprises[name].bars:
            dated(article, until)
    return reasons


def material_reasons(rules, materials):
    """13: the four kinds are there, profile and report within their length."""
    reasons, kinds = {}, {row.get("kind") for row in materials}
    if any(kind not in kinds for kind in MATERIALS):
        reasons["13"] = None
    for row in materials:
        article, limit = limit_of(rules, row.get("kind"))
        if article and row.get("characters", 0) > limit:
            reasons[article] = None
    return reasons


def holding(world, rules, code, applied_on):
    """Accidents of unknown liability that could still fail 11(4)."""
    return {name for member in lineage(world, code) for name in world.enterprises[member].incidents
            if world.incidents[name].kind != "sampling" and world.incidents[name].liable == "unknown"
            and years_after(world.incidents[name].on, rules.accident_years) >= applied_on}
