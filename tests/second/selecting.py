"""selecting - ranking, publicity, objections, deliberation, government (16(6)-(10))."""
import datetime

import afterwards
import selection
from applying import fails, late_entry
from periods import day
from scores import points_text
from world import IN_REVIEW, LAUREATE, OPEN, Record, Rejected, answer, blank, event, parts


# ---- Selection

@event("selection_started", "office", "cycle")
def selection_started(world, body, _sender, _case):
    cycle = world.cycle(body["cycle"])
    if cycle.selection_started:
        raise Rejected("started", "order")
    for name in cycle.cases:
        case = world.cases[name]
        if case.stage in IN_REVIEW or (case.stage == "final" and case.composite is None):
            raise Rejected("scores_missing", "16(6)")
    cycle.selection_started = True
    world.tasks.add(("rank", cycle.name))


def ranking(world, cycle):
    cases = [world.cases[name] for name in cycle.cases if world.cases[name].stage == "final"]
    return selection.rank(cycle.rules, cases, cycle.award_order, cycle.nomination_order)


@event("ranking_computed", "worker_scoring", "cycle")
def ranking_computed(world, body, _sender, _case):
    """The rule that admits it computes for itself; candidates, or a tie that waits."""
    cycle = world.cycle(body["cycle"])
    if ("rank", cycle.name) not in world.tasks:
        raise Rejected("no_task", "order")
    pools = ranking(world, cycle)
    if body.get("pools", []) != pools_json(cycle.rules, pools):
        raise Rejected("wrong_ranking", "16(6).2")
    world.tasks.discard(("rank", cycle.name))
    cycle.pools = pools
    if not selection.settled(pools):
        return
    cycle.settled = True
    for kind, rows, _ in pools:
        for row in rows:
            if row.candidate:
                row.case.stage, row.case.candidate_for = "candidate", kind
    for _, rows, _ in pools:
        for row in rows:
            if row.case.stage == "final":
                world.leave(row.case, "not_selected", "16(6).2")


def fraction_json(value):
    return {"numerator": str(value.numerator), "denominator": str(value.denominator)}


def pools_json(rules, pools):
    made = []
    for kind, rows, waiting in pools:
        made.append({"kind": kind, "ranked": [{
            "case": row.case.name, "document": points_text(row.case.document),
            "site": points_text(row.case.site), "defence": fraction_json(row.case.defence_score),
            "review": fraction_json(row.case.review),
            "composite": fraction_json(row.case.composite), "rank": row.rank,
            "candidate": row.candidate, "tied": row.tied} for row in rows],
            "waiting": waiting, "vacant": max(0, rules.places[kind] - len(rows))})
    return made


@event("tie_decided", "office", "cycle pool order reason")
def tie_decided(world, body, _sender, _case):
    """Decision 8: exactly the tied cases of the pool that waits."""
    cycle = world.cycle(body["cycle"])
    if cycle.settled or cycle.pools is None or ("rank", cycle.name) in world.tasks:
        raise Rejected("no_tie", "order")
    rows = next((rows for kind, rows, waiting in cycle.pools if kind == body["pool"] and waiting),
                None)
    if rows is None:
        raise Rejected("no_tie", "order")
    if sorted(body["order"]) != sorted(row.case.name for row in rows if row.tied):
        raise Rejected("other_cases", "policy")
    order = cycle.award_order if body["pool"] == "award" else cycle.nomination_order
    order[:] = [name for name in order if name not in body["order"]] + body["order"]
    world.tasks.add(("rank", cycle.name))


# ---- Publicity

@event("publicity_started", "office", "cycle media stated_first stated_last")
def publicity_started(world, body, _sender, _case):
    """16(7), decisions 2 and 26: from the last medium; the later of computed and stated end."""
    cycle = world.cycle(body["cycle"])
    if not cycle.settled or cycle.publicity is not None:
        raise Rejected("order", "order")
    candidates = of_stage(world, cycle, "deliberated" if cycle.rules.deliberation_first
                          else "candidate")
    if not candidates:
        raise Rejected("no_candidates", "order")
    for row in body["media"]:
        late_entry(world, cycle.rules, row["on"])
    since = max(day(row["on"]) for row in body["media"])
    last, provisional = world.calendar.count(since, cycle.rules.publicity)
    stated = day(body["stated_last"]) if body.get("stated_last") else None
    last = max(last, stated) if stated else last
    cycle.publicity = Record(since=since, last=last)
    deadline = world.deadline("publicity_end", cycle.name, since, last, provisional,
                              length=cycle.rules.publicity)
    deadline.stated = stated
    for case in candidates:
        case.stage = "publicity"


@event("publicity_extended", "office", "cycle last reason")
def publicity_extended(world, body, _sender, _case):
    cycle = world.cycle(body["cycle"])
    if cycle.publicity is None:
        raise Rejected("order", "order")
    last = day(body["last"])
    if world.today > cycle.publicity.last or last <= cycle.publicity.last:
        raise Rejected("not_later", "policy")
    found = world.deadlines[cycle.name, "publicity_end"]
    cycle.publicity.last = found.last = found.stated = last


# ---- Objections

@event("objection_filed", "public office", "objection case text")
def objection_filed(world, body, sender, case):
    return filed(world, body, sender, case)


@event("complaint_filed", "public office", "objection case text")
def complaint_filed(world, body, sender, case):
    return filed(world, body, sender, case)


def filed(world, body, sender, case):
    """Decision 10: about a candidate and received in the period it is an objection, also where the
    candidate has left since; it holds a case that goes on. Else it is a complaint."""
    if body["objection"] in world.objections:
        raise Rejected("objection_exists", "order")
    if "received" in body and sender.role != "office":
        raise Rejected("received_by_office", "authority")
    received = day(body["received"]) if "received" in body else world.today
    publicity, rules = world.cycles[case.cycle].publicity, world.rules_of(case)
    inside = (publicity is not None and publicity.since <= received <= publicity.last
              and case.candidate_for is not None)
    if inside and rules.named and (body.get("anonymous") or blank(body.get("evidence"))):
        raise Rejected("anonymous", "16(7).3")
    world.objections[body["objection"]] = Record(
        name=body["objection"], case=case.name, complaint=not inside, linked=False,
        received=received, finding=None)
    if inside and case.stage in OPEN:
        case.open_objections.add(body["objection"])
    world.counted_deadline("objection_answer", body["objection"], received, rules.objection_answer,
                           case=case.name)


@event("complaint_linked", "office", "objection reason")
def complaint_linked(world, body, _sender, _case):
    """An undecided complaint, an open case before deliberation."""
    found = world.find(world.objections, body["objection"])
    case = world.cases[found.case]
    if not found.complaint or found.linked or found.finding:
        raise Rejected("no_complaint", "order")
    if not world.to_deliberate(case):
        raise Rejected("wrong_stage", "order")
    found.linked = True
    case.open_objections.add(found.name)


@event("objection_decided", "office", "objection finding report")
def objection_decided(world, body, _sender, _case):
    """16(7).3: founded disqualifies before approval; 12(2) runs from this day for its two kinds."""
    found = world.find(world.objections, body["objection"])
    case = world.cases[found.case]
    if found.finding:
        raise Rejected("decided", "order")
    if body["finding"] == "founded" and blank(body.get("kind")):
        raise Rejected("missing_field", "form")
    found.finding = body["finding"]
    world.met("objection_answer", found.name, world.today)
    case.open_objections.discard(found.name)
    if body["finding"] != "founded":
        return
    if case.stage in OPEN:
        found.linked = found.linked or found.complaint
        world.leave(case, "disqualified", "16(7).3")
    if body["kind"] in ("misrepresentation", "violation"):
        world.bar(case.enterprise, "12(2)", world.today, world.rules_of(case).violation_years, case.name)
        violation_on_record(world, case, body["kind"])


def violation_on_record(world, case, kind):
    case.violations.append(kind)
    if case.stage in LAUREATE:
        world.tasks.add(("grounds", case.name, "violation"))


@event("violation_confirmed", "office", "case kind proof")
def violation_confirmed(world, body, _sender, case):
    """12(2): starts the bar at once, whatever the stage; the case falls at its next test."""
    if body["kind"] not in ("misrepresentation", "violation"):
        raise Rejected("kind", "form")
    world.bar(case.enterprise, "12(2)", world.today, world.rules_of(case).violation_years, case.name)
    violation_on_record(world, case, body["kind"])


# ---- Committee and government

@event("deliberation_held", "office",
       "cycle meeting on presiding present")
def deliberation_held(world, body, _sender, _case):
    """16(8): after the period, or before it where it comes first (decision 19); the chair presides,
    more than two thirds of the units, or the rulebook's share, present."""
    cycle = world.cycle(body["cycle"])
    stage, following = "publicity", "recommended_to_government"
    if cycle.rules.deliberation_first:
        stage, following = "candidate", "deliberated"
        if not cycle.settled:
            raise Rejected("not_selected", "order")
    else:
        period_over(cycle, body["on"])
    if body["meeting"] in cycle.meetings:
        raise Rejected("meeting_exists", "order")
    present, units, share = set(body["present"]), set(cycle.units), cycle.rules.quorum
    void = (present - units or body["presiding"] != cycle.chair
            or not share[1] * len(present) > share[0] * len(units))
    if void:
        cycle.meetings.add(body["meeting"])
        return answer("refused", "16(8)", {"16(8).1": None})
    results, admitted, seen = [], [], set()
    for row in body.get("decisions", []):
        case = world.cases.get(row.get("case"))
        if case is None or case.cycle != cycle.name or case.stage != stage \
                or case.name in seen or case.open_objections or case.holds or "approved" not in row:
            results.append(Rejected("not_for_meeting", "order"))
            continue
        seen.add(case.name)
        results.append(None)
        admitted.append((case, row["approved"]))
    cycle.meetings.add(body["meeting"])
    for case, approved in admitted:
        if not fails(world, case):
            if approved:
                case.stage = following
            else:
                world.leave(case, "not_recommended", "16(8)")


def period_over(cycle, on):
    if cycle.publicity is None or day(on) <= cycle.publicity.last:
        raise Rejected("period_runs", "16(7)")


@event("government_decided", "government office", "cycle on decisions")
def government_decided(world, body, _sender, _case):
    """16(9); after the publicity where that comes last: then an open objection blocks its case."""
    cycle, stage = world.cycle(body["cycle"]), "recommended_to_government"
    if cycle.rules.deliberation_first:
        stage = "publicity"
        period_over(cycle, body["on"])
    results, admitted, seen = [], [], set()
    for row in body["decisions"]:
        case = world.cases.get(row.get("case"))
        if case is None or case.cycle != cycle.name or case.name in seen or case.stage != stage \
                or "approved" not in row or (stage == "publicity" and case.open_objections):
            results.append(Rejected("not_for_government", "order"))
            continue
        seen.add(case.name)
        results.append(None)
        admitted.append((case, row["approved"]))
    made = parts(results)
    for case, approved in admitted:
        if approved:
            case.stage = "approved"
        else:
            world.leave(case, "not_approved", "16(9)")
    return made


def of_stage(world, cycle, stage):
    return [world.cases[name] for name in cycle.cases if world.cases[name].stage == stage]


@event("mayor_signed", "government office", "cycle on")
def mayor_signed(world, body, _sender, _case):
    cycle = world.cycle(body["cycle"])
    cases = of_stage(world, cycle, "approved")
    if cycle.signed or not cases:
        raise Rejected("order", "order")
    cycle.signed = day(body["on"])
    for case in cases:
        case.stage = "signed"


@event("result_published", "government office", "cycle number on")
def result_published(world, body, _sender, _case):
    """16(9): the day of publication is the award date; 12(3) runs from it, 17 and 18 begin."""
    cycle = world.cycle(body["cycle"])
    cases = of_stage(world, cycle, "signed")
    if cycle.published or not cases or day(body["on"]) < cycle.signed:
        raise Rejected("order", "order")
    for row in body.get("media", []):
        late_entry(world, cycle.rules, row["on"])
    cycle.published = since = day(body["on"])
    for case in cases:
        case.stage = "honoured"
        case.honour = Record(kind=case.candidate_for, since=since, until=None, medal=None,
                             certificate=None, medal_returned=False, certificate_returned=False,
                             published=False, prize=None, prize_returned=False)
        if case.candidate_for == "award":
            world.bar(case.enterprise, "12(3)", since, cycle.rules.laureate_years, case.name)
        last = datetime.date(since.year + cycle.rules.experience_years, 12, 31)
        world.deadline("experience", case.name, since, last, case=case.name)
        for year in range(since.year + 1, world.today.year + 1):
            world.open_self_evaluation(case, year)
        known_before(world, case)


def known_before(world, case):
    """What lies in the time of the honour and was on record before its publication was entered: an
    incident is tested by its own day."""
    for name in world.enterprises[case.enterprise].incidents:
        afterwards.for_laureate(world, case, world.incidents[name])


@event("conferral_held", "office", "cycle on given")
def conferral_held(world, body, _sender, _case):
    """16(10): medal and certificate, no number twice."""
    cycle = world.cycle(body["cycle"])
    results, taken = [], set()
    for row in body["given"]:
        case = world.cases.get(row.get("case"))
        numbers = {("medal", row.get("medal")), ("certificate", row.get("certificate"))}
        if blank(row.get("medal")) or blank(row.get("certificate")):
            results.append(Rejected("missing_field", "form"))
            continue
        if case is None or case.cycle != cycle.name or case.stage != "honoured" \
                or numbers & (world.serials | taken):
            results.append(Rejected("not_given", "order"))
            continue
        taken |= numbers
        results.append((case, row))
    made = parts([one if isinstance(one, Rejected) else None for one in results])
    world.serials |= taken
    for case, row in (one for one in results if not isinstance(one, Rejected)):
        if case.stage == "honoured":
            case.stage = "conferred"
            case.honour.medal, case.honour.certificate = row["medal"], row["certificate"]
            case.honour.prize = \
                cycle.rules.prize.get(case.honour.kind) if row.get("prize_paid") else None
    return made


@event("cycle_closed", "office", "cycle")
def cycle_closed(world, body, _sender, _case):
    cycle = world.cycle(body["cycle"])
    if cycle.closed:
        raise Rejected("closed", "order")
    cycle.closed = True
