"""afterwards - incidents, duties of laureates and revocation (17-21)."""

from applying import hold
from periods import DAY, day
from world import LAUREATE, Record, Rejected, blank, event

ACCIDENTS = ("quality_accident", "environment_accident", "safety_accident")
INCIDENT_GROUNDS = ("serious_quality", "major_accident")    # 20(2), 20(3)


# ---- Incidents

def standing(case, on):
    """From publication until the day before the approval of the revocation."""
    honour = case.honour
    return honour is not None and honour.since is not None and honour.since <= on and (honour.until is None or on <= honour.until)


def on_record(world, body, code, kind):
    """One record per incident, whoever reports it first; each adds to it."""
    on = day(body["on"])
    found = world.incidents.get(body["incident"])
    before = found and (found.liable, found.serious, found.level)
    if found is None:
        found = world.incidents[body["incident"]] = Record(
            name=body["incident"], enterprise=code, kind=kind, on=on, liable=None, serious=None,
            level=None, whom=body.get("whom"), seen=False, recorded=world.now)
        if kind != "sampling":
            found.liable = "unknown"
        world.enterprises[code].incidents.append(found.name)
    elif found.enterprise != code or found.kind != kind or found.on != on:
        raise Rejected("other_incident", "order")
    for field in ("liable", "serious", "level"):
        if field in body and not (field == "liable" and body[field] == "unknown"
                                  and found.liable not in (None, "unknown")):
            setattr(found, field, body[field])
    hold(world, found)
    for name in world.enterprises[code].cases:
        for_laureate(world, world.cases[name], found,
                     before != (found.liable, found.serious, found.level))
    return found


def for_laureate(world, case, incident, news=True):
    """Opens the duty to report (19), and asks whether a ground of 20 is there."""
    if standing(case, incident.on) and reportable(world.rules_of(case), incident):
        open_duty(world, case, incident)
        if case.stage in LAUREATE and news:
            world.tasks.add(("grounds", case.name, incident.name))


def reportable(rules, incident):
    """19: an accident, or failed sampling, serious or not, of a level that is reported."""
    return incident.kind != "sampling" or incident.level in rules.report_levels


def open_duty(world, case, incident):
    """Once; not for what had ended before the honour was on record here (docs/decisions/020)."""
    subject = f"{case.name}/{incident.name}"
    if (subject, "incident_report") not in world.deadlines and incident.name not in case.bygone:
        world.counted_deadline("incident_report", subject, incident.on,
                               world.rules_of(case).incident_report, case=case.name)


@event("sampling_recorded", "office bureau", "incident enterprise on serious level")
def sampling_recorded(world, body, _sender, _case):
    world.find(world.enterprises, body["enterprise"])
    on_record(world, body, body["enterprise"], "sampling")


@event("accident_recorded", "office bureau", "incident enterprise kind on liable")
def accident_recorded(world, body, _sender, _case):
    world.find(world.enterprises, body["enterprise"])
    if body["kind"] not in ACCIDENTS:
        raise Rejected("kind", "form")
    on_record(world, body, body["enterprise"], body["kind"])


@event("liability_established", "office bureau", "incident liable proof")
def liability_established(world, body, _sender, _case):
    found = world.find(world.incidents, body["incident"])
    if found.kind == "sampling" or body["liable"] == "unknown":
        raise Rejected("liability", "form")
    known = found.liable == body["liable"]
    found.liable = body["liable"]
    hold(world, found)
    if known:
        return
    for name in world.enterprises[found.enterprise].cases:
        case = world.cases[name]
        if case.stage in LAUREATE and standing(case, found.on):
            world.tasks.add(("grounds", case.name, found.name))


def of_laureate(world, body, case):
    """19: an incident is tested by its own day; sampling of a level that is not reported is refused."""
    if case.honour is None or not standing(case, day(body["on"])):
        raise Rejected("no_honour", "19")
    if body["kind"] == "sampling" and (body.get("level") is None or "serious" not in body):
        raise Rejected("missing_field", "form")
    if body["kind"] == "sampling" and body["level"] not in world.rules_of(case).report_levels:
        raise Rejected("district", "19")
    return on_record(world, body, case.enterprise, body["kind"])


@event("incident_recorded", "bureau office", "incident case kind on")
def incident_recorded(world, body, _sender, case):
    of_laureate(world, body, case)


@event("incident_reported_by_laureate", "enterprise bureau", "incident case kind on digest")
def incident_reported(world, body, sender, case):
    """19: meets the 15 working days; late is recorded as late."""
    if "received" in body and sender.role != "bureau":
        raise Rejected("received_by_bureau", "authority")
    deadline = world.deadlines.get((f"{case.name}/{body['incident']}", "incident_report"))
    if (deadline is not None and deadline.done) or body["incident"] in case.reported:
        raise Rejected("reported", "order")
    found = of_laureate(world, body, case)
    received = day(body["received"]) if "received" in body else world.today
    case.reported.add(found.name)
    world.met("incident_report", f"{case.name}/{found.name}", received)


# ---- Duties

@event("experience_shared", "enterprise office", "case digest")
def experience_shared(world, _body, _sender, case):
    if case.stage not in LAUREATE or case.experience:
        raise Rejected("order", "17")
    case.experience = world.today
    world.met("experience", case.name, world.today)


@event("self_evaluation_submitted", "enterprise office", "case year digest")
def self_evaluation(world, body, _sender, case):
    """18: tested by the day of its submission."""
    year = body["year"]
    if case.honour is None or not standing(case, world.today) or year <= case.honour.since.year \
            or year > world.today.year or year in case.evaluations:
        raise Rejected("order", "18")
    case.evaluations[year] = world.today
    world.met("self_evaluation", f"{case.name}/{year}", world.today)


# ---- Revocation

def grounds(world, case, incident):
    """Grounds of 20 that stand on the record of an incident, or of violations."""
    if incident == "violation":
        return ["misrepresentation"] if case.violations else []
    found = world.incidents[incident]
    if not standing(case, found.on):
        return []
    if found.kind == "sampling":
        serious = found.serious and found.level in world.rules_of(case).sampling_levels
        return ["serious_quality"] if serious else []
    return ["major_accident"] if found.liable == "yes" else []


@event("grounds_checked", "worker_revocation", "case incident")
def grounds_checked(world, body, _sender, case):
    key = ("grounds", case.name, body["incident"])
    if key not in world.tasks:
        raise Rejected("no_task", "order")
    if body.get("grounds", []) != grounds(world, case, body["incident"]):
        raise Rejected("wrong_grounds", "20")
    world.tasks.discard(key)
    incident = None if body["incident"] == "violation" else body["incident"]
    name = f"{case.name}/{body['incident']}"
    for ground in body.get("grounds", []):
        if case.stage in LAUREATE and not running(world, name, ground):
            open_revocation(world, numbered(world, name), case, ground, incident)


def numbered(world, name):
    """A violation after a revocation that was refused is a new one (docs/differences.md, 1)."""
    names = [name] + [f"{name}/{number}" for number in range(2, 99)]
    return next(one for one in names if one not in world.revocations)


def running(world, name, ground):
    """Opened for the same facts already; of an incident that the government refused nothing new
    comes, of a violation a new one may."""
    violation = name.endswith("/violation")
    return any(one.name.startswith(name) and one.ground == ground
               and (one.step != "refused" or not violation) for one in world.revocations.values())


def open_revocation(world, name, case, ground, incident):
    world.revocations[name] = Record(name=name, case=case.name, ground=ground, incident=incident,
                                     step="opened", opened=world.today, verified=None,
                                     decided=None)


@event("revocation_opened", "bureau", "case revocation ground")
def revocation_opened(world, body, _sender, case):
    if body["revocation"] in world.revocations:
        raise Rejected("revocation_exists", "order")
    if case.stage not in LAUREATE:
        raise Rejected("wrong_stage", "20")
    incident = body.get("incident")
    if body["ground"] in INCIDENT_GROUNDS:
        if blank(incident):
            raise Rejected("missing_field", "form")
        found = world.find(world.incidents, incident)
        if found.enterprise != case.enterprise or body["ground"] not in grounds(world, case, incident):
            raise Rejected("no_ground", "20")
    elif blank(body.get("facts")):
        raise Rejected("missing_field", "form")
    elif body["ground"] == "breach_of_law" and blank(body.get("effect")):
        raise Rejected("missing_field", "form")
    open_revocation(world, body["revocation"], case, body["ground"], incident)


@event("revocation_verified", "bureau", "revocation report")
def revocation_verified(world, body, _sender, _case):
    """The first one verified excludes a second until it is decided."""
    found = world.find(world.revocations, body["revocation"])
    case = world.cases[found.case]
    if found.step != "opened" or case.stage not in LAUREATE:
        raise Rejected("order", "20")
    if any(one.case == found.case and one.step == "verified" for one in world.revocations.values()):
        raise Rejected("another_verified", "20")
    if found.ground in INCIDENT_GROUNDS and found.ground not in grounds(world, case, found.incident):
        raise Rejected("no_ground", "20")
    found.step, found.verified, case.revocation = "verified", world.today, found.name


@event("revocation_decided", "government office", "revocation approved on")
def revocation_decided(world, body, _sender, _case):
    """20, 21: the bar of the award runs from the approval; ground 20(1) also bars by 12(2), from
    the verification."""
    found = world.find(world.revocations, body["revocation"])
    case, on = world.cases[found.case], day(body["on"])
    if found.step != "verified" or on < found.verified:
        raise Rejected("order", "20")
    found.decided = on
    if not body["approved"]:
        found.step, case.revocation = "refused", None
        return
    found.step, case.revocation = "approved", found.name
    case.stage = "revoked"
    case.honour.until = on - DAY
    if case.honour.kind == "award":
        world.bar(case.enterprise, "12(4)", on, world.rules_of(case).revoked_years, case.name)
    if found.ground == "misrepresentation":
        world.bar(case.enterprise, "12(2)", found.verified,
                  world.rules_of(case).violation_years, case.name)
    no_longer_due(world, case, on)
    recovered(world, case)


def no_longer_due(world, case, on):
    """Self-evaluations (18) and the experience (17) that were not yet due on the day of approval
    are gone (docs/decisions/010)."""
    for deadline in world.deadlines.values():
        if deadline.kind in ("self_evaluation", "experience") and deadline.case == case.name \
                and (deadline.state == "suspended" or (deadline.state in ("open", "overdue")
                                                        and deadline.last >= on)):
            deadline.state = "removed"


def recovered(world, case):
    """All that was handed over is back and the revocation is published (20)."""
    honour = case.honour
    back = (honour.medal is None or (honour.medal_returned and honour.certificate_returned)) \
        and (not honour.prize or honour.prize_returned)
    if back and honour.published:
        case.stage = "revocation_closed"
        world.revocations[case.revocation].step = "closed"


def returned(world, case, field, given):
    if case.stage != "revoked" or getattr(case.honour, field):
        raise Rejected("order", "20")
    if not given:
        raise Rejected("never_given", "20")
    setattr(case.honour, field, True)
    recovered(world, case)


@event("medal_returned", "bureau", "case on")
def medal_returned(world, _body, _sender, case):
    returned(world, case, "medal_returned", case.honour and case.honour.medal)


@event("certificate_returned", "bureau", "case on")
def certificate_returned(world, _body, _sender, case):
    returned(world, case, "certificate_returned", case.honour and case.honour.certificate)


@event("prize_returned", "bureau", "case on")
def prize_returned(world, _body, _sender, case):
    """Decision 18: where the rulebook has a prize and it was paid."""
    returned(world, case, "prize_returned", case.honour and case.honour.prize)


@event("revocation_published", "bureau", "case on media")
def revocation_published(world, _body, _sender, case):
    returned(world, case, "published", True)
