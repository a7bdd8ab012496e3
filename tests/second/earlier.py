"""earlier - honours, violations and revocations of before (earlier_record; docs/decisions/020).

An honour becomes a case of a closed cycle; what had passed when it was recorded is not invented."""
import datetime

import afterwards
from applying import open_new
from periods import DAY, day
from world import LAUREATE, Record, Rejected, answer, blank, event


@event("earlier_record", "office", "enterprise on proof")
def earlier(world, body, _sender, _case):
    """Bars as if it had happened here; a nomination and `other` bar nothing (decision 5)."""
    world.find(world.enterprises, body["enterprise"])
    if not any(field in body for field in ("honour", "violation", "revocation")):
        raise Rejected("missing_field", "form")
    since = day(body["on"])
    if "honour" in body:
        return answer("accepted", case=won(world, body, since).name)
    if "revocation" in body:
        return answer("accepted", case=revoked(world, body, since).name)
    if body["violation"] in ("misrepresentation", "violation"):
        world.bar(body["enterprise"], "12(2)", since, world.rules.violation_years, "earlier")
    return None


def of_before(world, body, kind, fits, published=None):
    """The case that this completes, or a new one: CYCLE/CREDIT-CODE/1. A cycle is published once."""
    code, cycle = body["enterprise"], body.get("cycle")
    waiting = [case for case in map(world.cases.get, world.enterprises[code].cases)
               if case.earlier and case.honour.kind == kind and cycle in (None, case.cycle)
               and fits(case.honour)]
    if waiting:    # of two honours a revocation ends the later one
        case = max(waiting, key=lambda one: one.honour.since or datetime.date.min)
        published_once(world.cycles[case.cycle], published)
        return case
    cycle = cycle or f"earlier-{body['on']}"
    name = f"{cycle}/{code}/1"
    known = world.cycles.get(cycle)
    if name in world.cases or (known is not None and not known.earlier):
        raise Rejected("case_exists", "order")
    if known is None:
        world.cycles[cycle] = Record(name=cycle, earlier=True, selection_started=False,
                                     publicity=None, closing=0, published=None,
                                     rules=world.rules)
    published_once(world.cycles[cycle], published)
    case = open_new(world, name, cycle, code, "honoured")
    case.earlier, case.candidate_for = True, kind
    case.honour = Record(kind=kind, since=None, until=None, medal=None, certificate=None,
                         medal_returned=False, certificate_returned=False, published=False,
                         prize=None, prize_returned=False)
    return case


def published_once(cycle, on):
    if on is not None:
        if cycle.published not in (None, on):
            raise Rejected("other_day", "order")
        cycle.published = on


def numbers(world, body, case=None):
    """What was handed over; of an honour on record already nothing else than stands there."""
    given = {(field, body[field]) for field in ("medal", "certificate")
             if not blank(body.get(field))}
    if case is not None:
        stands = {(field, getattr(case.honour, field)) for field, _ in given}
        if any(number is not None and (field, number) not in given for field, number in stands):
            raise Rejected("other_number", "order")
        given -= stands
    if given & world.serials:
        raise Rejected("number_taken", "order")
    return given


def on_record(world, body, kind, **days):
    """The case of which the same was recorded before: it is the same fact."""
    for case in map(world.cases.get, world.enterprises[body["enterprise"]].cases):
        if case.earlier and case.honour.kind == kind and all(
                getattr(case.honour, field) == on for field, on in days.items()):
            return case
    return None


def handed_over(world, case, given):
    for field, number in given:
        setattr(case.honour, field, number)
    world.serials |= given


def won(world, body, since):
    before = on_record(world, body, body["honour"], since=since)
    if before is not None and body.get("cycle", f"earlier-{since}") == before.cycle:
        handed_over(world, before, numbers(world, body, before))
        return before
    given = numbers(world, body)
    case = of_before(world, body, body["honour"], lambda one: one.since is None
                     and one.until is not None and one.until >= since - DAY, since)
    honour = case.honour
    honour.since = since
    handed_over(world, case, given)
    if honour.kind == "award":
        world.bar(case.enterprise, "12(3)", since, world.rules.laureate_years, case.name)
    if case.stage in LAUREATE:
        duties(world, case, since)
    for name in world.enterprises[case.enterprise].incidents:
        known(world, case, world.incidents[name])
    return case


def duties(world, case, since):
    last = datetime.date(since.year + world.rules.experience_years, 12, 31)
    if last >= world.today:
        world.deadline("experience", case.name, since, last, case=case.name)
    if since.year < world.today.year:
        world.open_self_evaluation(case, world.today.year)


def known(world, case, incident):
    """On record before the honour: no duty to report where its days had ended."""
    if afterwards.standing(case, incident.on) and afterwards.reportable(world.rules_of(case), incident):
        last, _ = world.calendar.count(incident.on, world.rules_of(case).incident_report)
        if last < world.today:
            case.bygone.add(incident.name)
        afterwards.for_laureate(world, case, incident)


def revoked(world, body, on):
    """The honour ends on the day before; its case is closed."""
    before = on_record(world, body, body["revocation"], until=on - DAY)
    if before is not None and body.get("cycle") in (None, before.cycle):
        return before
    case = of_before(world, body, body["revocation"], lambda one: one.until is None
                     and one.since is not None and one.since <= on)
    case.honour.until = on - DAY
    case.stage, case.revocation = "revocation_closed", f"{case.name}/earlier"
    world.revocations[case.revocation] = Record(
        name=case.revocation, case=case.name, ground=body.get("ground"), incident=None,
        step="closed", opened=None, verified=None, decided=on)
    if case.honour.kind == "award":
        world.bar(case.enterprise, "12(4)", on, world.rules.revoked_years, case.name)
    afterwards.no_longer_due(world, case, on)
    return case
