"""applying - enterprises, cycles and applications up to acceptance (2, 11-14, 16(1)-(2))."""
import periods
from conditions import computed, holding, limit_of, lineage, material_reasons
from periods import day, day_of, moment
from world import OPEN, Case, Record, Rejected, answer, blank, event

CONDITIONS = {"11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)"}


# ---- Enterprises and what is known of them

def own(sender, body, district):
    """A district acts in its district, an enterprise for itself (10, design.md)."""
    if sender.role == "enterprise" and sender.scope != body.get("enterprise"):
        raise Rejected("not_authorised", "authority")
    if sender.role == "district_bureau" and sender.scope != district:
        raise Rejected("not_authorised", "authority")


@event("enterprise_registered", "office district_bureau enterprise",
       "enterprise name region district industry legal_person operating_since")
def registered(world, body, sender, _case):
    own(sender, body, body["district"])
    if body["enterprise"] in world.enterprises:
        raise Rejected("already_registered", "order")
    world.not_later(body["operating_since"])
    world.enterprises[body["enterprise"]] = Record(
        code=body["enterprise"], region=body["region"], district=body["district"],
        industry=body["industry"], legal_person=body["legal_person"],
        operating_since=day(body["operating_since"]), bars=[], cases=[], incidents=[],
        predecessors=[])


@event("enterprise_changed", "office district_bureau enterprise", "enterprise")
def changed(world, body, sender, _case):
    found = world.find(world.enterprises, body["enterprise"])
    own(sender, body, found.district)
    world.not_later(body.get("operating_since"))
    for field in ("region", "district", "industry", "legal_person"):
        if field in body:
            setattr(found, field, body[field])
    if "operating_since" in body:
        found.operating_since = day(body["operating_since"])


@event("predecessor_linked", "office", "enterprise predecessor how proof")
def linked(world, body, _sender, _case):
    """Decision 27: never its own predecessor, not by a detour either."""
    found = world.find(world.enterprises, body["enterprise"])
    before = world.find(world.enterprises, body["predecessor"])
    if found.code in lineage(world, before.code) or before.code in found.predecessors:
        raise Rejected("own_predecessor", "policy")
    found.predecessors.append(before.code)
    for member in lineage(world, before.code):
        for name in world.enterprises[member].incidents:
            carry(world, found.code, world.incidents[name])


def carry(world, code, incident):
    """11(4): what came on record after an application holds it once it carries over."""
    for one in world.successors(code):
        for case in map(world.cases.get, world.enterprises[one].cases):
            if world.to_deliberate(case) and incident.recorded > case.begun and incident.name in holding(
                    world, world.rules_of(case), one, case.applied_on):
                case.holds.add(incident.name)


# ---- Cycles

@event("cycle_opened", "office",
       "cycle notice closing units chair")
def opened(world, body, _sender, _case):
    if body["cycle"] in world.cycles:
        raise Rejected("cycle_exists", "order")
    closing = moment(body["closing"])
    for row in body["notice"]:
        late_entry(world, world.rules, row["on"])
    if closing < world.now:
        raise Rejected("closing_past", "16(1)")
    cycle = world.cycles[body["cycle"]] = Record(
        name=body["cycle"], closing=closing, units=list(body["units"]), chair=body["chair"],
        cases=[], selection_started=False, settled=False, pools=None, award_order=[],
        nomination_order=[], publicity=None, signed=None, published=None, closed=False,
        meetings=set(), earlier=False, rules=world.rules)
    world.deadline("closing", cycle.name, world.today, day_of(closing), end=closing)


@event("cycle_changed", "office", "cycle reason")
def cycle_changed(world, body, _sender, _case):
    """A later closing moment, before the old one."""
    cycle = world.cycle(body["cycle"])
    if world.now > cycle.closing:
        raise Rejected("closed", "policy")
    if "closing" in body:
        closing = moment(body["closing"])
        if closing <= cycle.closing:
            raise Rejected("not_later", "policy")
        cycle.closing = closing
        starts = world.deadlines[cycle.name, "closing"].starts
        world.deadline("closing", cycle.name, starts, day_of(closing), end=closing)
    if not blank(body.get("units")):
        cycle.units = list(body["units"])


def late_entry(world, rules, text):
    """Receipts and days of media may be entered so many days late (design.md, Time)."""
    on = day(text)
    world.not_later(text)
    if (world.today - on).days > rules.late_entry_days:
        raise Rejected("entered_too_late", "limit")


def receipt(world, text, cycle):
    """A stated receipt: not in the future, not entered too late, not after the closing moment."""
    when = moment(text)
    if when > world.now:
        raise Rejected("in_the_future", "order")
    late_entry(world, cycle.rules, day_of(when).isoformat())
    if when > cycle.closing:
        raise Rejected("after_closing", "16(2)")
    return when


# ---- The application

def open_case(world, cycle, code):
    """One case that is neither refused, ineligible nor withdrawn (decisions 14, 21)."""
    return any(world.cases[name].stage not in ("refused", "ineligible", "withdrawn")
               for name in world.enterprises[code].cases if world.cases[name].cycle == cycle.name)


@event("application_submitted", "enterprise office", "cycle enterprise materials")
def submitted(world, body, sender, _case):
    own(sender, body, None)
    cycle = world.cycle(body["cycle"])
    world.find(world.enterprises, body["enterprise"])
    stated = "electronic_receipt" in body or "paper_receipt" in body
    if stated and sender.role != "office":
        raise Rejected("receipt_by_office", "authority")
    for row in body["materials"]:
        if blank(row.get("kind")) or len(row.get("digest") or "") != 64:
            raise Rejected("bad_material", "form")
    electronic = world.now
    if "electronic_receipt" in body:
        electronic = receipt(world, body["electronic_receipt"], cycle)
    if electronic > cycle.closing:
        raise Rejected("after_closing", "16(2)")
    if open_case(world, cycle, body["enterprise"]):
        raise Rejected("case_exists", "16(2)")
    key = (cycle.name, body["enterprise"])
    waits = world.waiting.get(key)
    paper, used = None, bool(waits and waits[0] == "paper")
    if "paper_receipt" in body:
        paper = receipt(world, body["paper_receipt"], cycle)
    elif waits and waits[0] == "paper":
        paper = waits[2]
    if waits and waits[0] == "application" and paper is None:
        raise Rejected("already_waiting", "order")
    if paper is None:
        world.waiting[key] = ("application", body, electronic, answer("pending", "16(2)"))
        return world.waiting[key][3]
    made = apply(world, cycle, body, electronic, paper)
    if used:
        decided(world, key, made)
    return made


def decided(world, key, made):
    """What waited is decided: its repeat answers with the outcome as it stands (design.md)."""
    waits = world.waiting.pop(key, None)
    if waits:
        waits[3].update(made)


@event("paper_received", "office", "cycle enterprise received")
def paper_received(world, body, _sender, _case):
    cycle = world.cycle(body["cycle"])
    world.find(world.enterprises, body["enterprise"])
    paper = receipt(world, body["received"], cycle)
    key = (cycle.name, body["enterprise"])
    if open_case(world, cycle, body["enterprise"]):
        raise Rejected("case_exists", "16(2)")
    waits = world.waiting.get(key)
    if waits and waits[0] == "paper":
        raise Rejected("already_waiting", "order")
    if waits is None:
        world.waiting[key] = ("paper", body, paper, answer("pending", "16(2)"))
        return world.waiting[key][3]
    made = apply(world, cycle, waits[1], waits[2], paper)
    decided(world, key, made)
    return made


def open_new(world, name, cycle, code, stage, applied_on=None):
    case = world.cases[name] = Case(
        touched=world.touched, name=name, cycle=cycle, enterprise=code, stage=stage, reasons={},
        applied_on=applied_on, begun=world.now,
        team=None, track=None, document=None, site=None, site_before=None, sheets={},
        defence=None, defence_closed=False, defence_score=None, review=None, composite=None,
        visit_dispensed=False, open_objections=set(), holds=set(),
        candidate_for=None, honour=None, before_halt=None, revocation=None, evaluations={},
        experience=None, violations=[], reported=set(), bygone=set(), earlier=False)
    world.touched.add(name)
    world.enterprises[code].cases.append(name)
    return case


def apply(world, cycle, body, electronic, paper):
    """Both receipts are there: a case `applied`, or `refused` with every reason."""
    code = body["enterprise"]
    enterprise = world.enterprises[code]
    ordinal = 1 + sum(world.cases[name].cycle == cycle.name for name in enterprise.cases)
    applied_on = day_of(max(electronic, paper))
    reasons = computed(world, cycle.rules, code, applied_on)
    reasons.update(material_reasons(cycle.rules, body["materials"]))
    case = open_new(world, f"{cycle.name}/{code}/{ordinal}", cycle.name, code,
                    "refused" if reasons else "applied", applied_on)
    case.reasons.update(reasons)
    cycle.cases.append(case.name)
    return answer("refused" if reasons else "accepted", None, reasons, case=case.name)


@event("material_supplemented", "enterprise office", "case material")
def supplemented(world, body, _sender, case):
    if world.now > world.cycles[case.cycle].closing:
        raise Rejected("after_closing", "policy")
    if case.stage not in OPEN:
        raise Rejected("wrong_stage", "order")
    row = body["material"]
    if blank(row.get("kind")) or len(row.get("digest") or "") != 64:
        raise Rejected("bad_material", "form")
    article, limit = limit_of(world.rules_of(case), row["kind"])
    if article and row.get("characters", 0) > limit:
        raise Rejected("too_long", article)


@event("conditions_verified", "district_bureau", "case findings")
def verified(world, body, sender, case):
    """10(2): its own district only; any false finding makes the case ineligible."""
    if sender.scope != world.enterprises[case.enterprise].district:
        raise Rejected("not_authorised", "authority")
    if case.stage != "applied":
        raise Rejected("wrong_stage", "order")
    seen = set()
    for row in body["findings"]:
        if any(blank(row.get(field)) for field in ("evidence", "issuer", "on")):
            raise Rejected("finding_incomplete", "10(2)")
        if "met" not in row or row.get("condition") not in CONDITIONS or row["condition"] in seen:
            raise Rejected("bad_finding", "10(2)")
        world.not_later(row["on"])
        seen.add(row["condition"])
    if seen != CONDITIONS:
        raise Rejected("finding_missing", "10(2)")
    failed = {row["condition"]: None for row in body["findings"] if not row["met"]}
    if failed:
        world.leave(case, "ineligible", None, failed)
    else:
        case.stage = "verified"


@event("recommendation_given", "office", "case by in_favour received")
def recommended(world, body, _sender, case):
    if case.stage != "verified":
        raise Rejected("wrong_stage", "order")
    own_district = world.enterprises[case.enterprise].district
    if body["by"] == "district_government" and body.get("district") != own_district:
        raise Rejected("other_district", "13(1)")
    receipt(world, body["received"], world.cycles[case.cycle])
    if body["in_favour"]:
        case.stage = "recommended"


@event("application_accepted", "office", "case")
def accepted(world, _body, _sender, case):
    if case.stage != "recommended":
        raise Rejected("wrong_stage", "order")
    if world.cycles[case.cycle].selection_started:
        raise Rejected("selection_started", "order")
    if case.holds:
        raise Rejected("held", "11(4)")
    if not fails(world, case):
        case.stage = "accepted"


def fails(world, case):
    """The computed conditions once more (decision 20); what fails makes the case ineligible."""
    reasons = computed(world, world.rules_of(case), case.enterprise, case.applied_on)
    if reasons:
        world.leave(case, "ineligible", None, reasons)
    return bool(reasons)


@event("application_withdrawn", "enterprise office", "case reason")
def withdrawn(world, _body, _sender, case):
    if case.stage not in OPEN:
        raise Rejected("wrong_stage", "order")
    world.leave(case, "withdrawn", "policy")


# ---- Holds

def hold(world, incident):
    """An accident of unknown liability holds every case that was applied for before it came on
    record and that it could still fail; a known liability frees it."""
    for code in world.successors(incident.enterprise):
        for name in world.enterprises[code].cases:
            case = world.cases[name]
            if incident.liable != "unknown" or incident.kind == "sampling":
                case.holds.discard(incident.name)
            elif world.to_deliberate(case) and not incident.seen and incident.name in holding(
                    world, world.rules_of(case), code, case.applied_on):
                case.holds.add(incident.name)
    incident.seen = True


# ---- Calendars

@event("calendar_loaded", "office", "year")
def calendar_loaded(world, body, _sender, _case):
    days = [day(row["on"]) for row in body.get("exceptions", [])]
    others = {on for year, listed in world.calendar.years.items() for on in listed
              if year != body["year"]}
    if days != sorted(set(days)) or others.intersection(days):
        raise Rejected("days_out_of_order", "form")
    if not any(row["on"] == f"{body['year']}-01-01" and not row.get("working", False)
               for row in body.get("exceptions", [])):
        raise Rejected("no_new_year", "form")
    world.calendar.load(body["year"], {day(row["on"]): row.get("working", False)
                                       for row in body.get("exceptions", [])})
    world.recompute()
