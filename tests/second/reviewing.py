"""reviewing - teams, sheets, defence, visit, halt and the leaders' meeting (8, 16(3)-(5))."""
from conditions import lineage
from periods import day
from scores import (defence_score, maximum, points, read_sheet, review_score, sheet_total,
                    track)
from world import Record, Rejected, blank, event, parts

STEPS = {"independent_review": "plan_independent", "consensus": "plan_consensus",
         "site_visit": "plan_visit", "report": "plan_report"}    # in this order
DEFENCE_STAGES = ("document_passed", "site_visit", "halted", "site_done", "final")


# ---- The pool and the teams

@event("reviewer_added", "office", "person industries employer")
def added(world, body, _sender, _case):
    role, _ = world.principals.get(body["person"], (None, None))
    if role != "reviewer":
        raise Rejected("no_reviewer", "8")
    found = world.reviewers.get(body["person"])
    if found is not None and not found.removed:
        raise Rejected("reviewer_exists", "order")
    world.reviewers[body["person"]] = Record(
        person=body["person"], employer=body.get("employer"), relations=body.get("relations", []),
        district=body.get("district"), removed=False)


@event("reviewer_removed", "office", "person reason")
def removed(world, body, _sender, _case):
    found = world.find(world.reviewers, body["person"])
    if found.removed:
        raise Rejected("reviewer_removed", "order")
    found.removed = True


def conflict(world, reviewer, case):
    """Employer, adviser or relative, district (8, policy); of those before and after it too."""
    code = case.enterprise
    kin = {*lineage(world, code),
           *(other for other in world.enterprises if code in lineage(world, other))}
    return any(reviewer.employer == one or one in reviewer.relations
               or reviewer.district == world.enterprises[one].district for one in kin)


def usable(world, person):
    found = world.reviewers.get(person)
    if found is None or found.removed:
        raise Rejected("not_in_pool", "8")
    return found


@event("team_drawn", "review_committee office", "cycle teams")
def drawn(world, body, _sender, _case):
    """Formed by hand with their reason: 3-6 each, one leader who is a member, no conflict."""
    cycle = world.cycle(body["cycle"])
    if blank(body.get("reason")):
        raise Rejected("missing_field", "form")
    for number, team in enumerate(body["teams"]):
        team_may_be(world, cycle.rules, team, body["teams"][:number])
    results, taken = [], []
    admitted = [admit(world, cycle, team, taken, results) for team in body["teams"]]
    made = parts(results)
    for team, cases in zip(body["teams"], admitted):
        if any(conflict(world, world.reviewers[person], case)
               for person in team["members"] for case in cases):
            raise Rejected("conflict", "policy")
    for team, cases in zip(body["teams"], admitted):
        if not cases:
            continue
        world.teams[team["team"]] = Record(
            name=team["team"], members=list(team["members"]), leader=team["leader"],
            cases=[case.name for case in cases], confidential=set(), conflicts=set(), former=set(), plan=None,
            plan_approved=None)
        for case in cases:
            case.team = team["team"]
    return made


def team_may_be(world, rules, team, before):
    members, (least, most) = team["members"], rules.team_size
    if team["team"] in world.teams or any(one["team"] == team["team"] for one in before):
        raise Rejected("team_exists", "order")
    if len(set(members)) != len(members) or not least <= len(members) <= most:
        raise Rejected("team_size", "8")
    if team["leader"] not in members:
        raise Rejected("leader", "8")
    for person in members:
        usable(world, person)


def admit(world, cycle, team, taken, results):
    """The cases of a team that are admitted; each is admitted or rejected by itself."""
    mine = []
    for name in team["cases"]:
        try:
            mine.append(for_team(world, cycle, name, taken))
            taken.append(mine[-1])
            results.append(None)
        except Rejected as rejected:
            results.append(rejected)
    return mine


def for_team(world, cycle, name, taken):
    case = world.case(name)
    if case.cycle != cycle.name or case.stage != "accepted" or case.team or case in taken:
        raise Rejected("not_for_team", "order")
    return case


def own_team(world, name, sender, leader=False):
    team = world.find(world.teams, name)
    if sender.name not in team.members or (leader and sender.name != team.leader):
        raise Rejected("not_authorised", "authority")
    return team


@event("member_replaced", "office", "team person by reason")
def replaced(world, body, _sender, _case):
    team = world.find(world.teams, body["team"])
    if body["person"] not in team.members:
        raise Rejected("not_a_member", "order")
    if body["by"] in team.members:
        raise Rejected("already_member", "8")
    if body["by"] in team.former:
        raise Rejected("was_member", "policy")
    person = usable(world, body["by"])
    if any(conflict(world, person, world.cases[name]) for name in team.cases):
        raise Rejected("conflict", "policy")
    team.former.add(body["person"])
    team.members[team.members.index(body["person"])] = body["by"]
    if team.leader == body["person"]:
        team.leader = body["by"]
    for name in team.cases:
        world.plan_steps(world.cases[name])


@event("conflict_declared", "reviewer office", "team reason")
def conflict_declared(world, body, sender, _case):
    person = sender.name if sender.role == "reviewer" else body.get("person")
    team = world.find(world.teams, body["team"])
    if person not in team.members:
        raise Rejected("not_a_member", "authority")
    cases = [body["case"]] if body.get("case") else team.cases
    if any(name not in team.cases for name in cases):
        raise Rejected("other_case", "order")
    team.conflicts |= {(person, name) for name in cases}
    for name in cases:
        world.plan_steps(world.cases[name])


@event("confidentiality_declared", "reviewer", "team")
def confidential(world, body, sender, _case):
    team = own_team(world, body["team"], sender)
    if sender.name in team.confidential:
        raise Rejected("declared_already", "order")
    team.confidential.add(sender.name)


@event("plan_submitted", "reviewer", "team steps")
def plan_submitted(world, body, sender, _case):
    team = own_team(world, body["team"], sender, leader=True)
    if team.plan_approved:
        raise Rejected("plan_approved", "order")
    plan = {row["step"]: day(row["on"]) for row in body["steps"]}
    days = [plan[step] for step in STEPS if step in plan]
    if days != sorted(days) or len(days) != len(body["steps"]):
        raise Rejected("plan_order", "8(1).1")
    team.plan = plan


@event("plan_approved", "review_committee office", "team")
def plan_approved(world, body, _sender, _case):
    """Each step becomes a deadline; its date is fixed (decision 26)."""
    team = world.find(world.teams, body["team"])
    if team.plan is None or team.plan_approved:
        raise Rejected("no_plan", "order")
    team.plan_approved = world.today
    for step, last in team.plan.items():
        world.deadline(STEPS[step], team.name, world.today, last)
    for name in team.cases:
        world.plan_steps(world.cases[name])


# ---- Documents

def may_review(world, case, sender, leader=False):
    if case.team is None:
        raise Rejected("no_team", "order")
    team = own_team(world, case.team, sender, leader)
    if (sender.name, case.name) in team.conflicts:
        raise Rejected("conflict", "policy")
    return team


@event("independent_sheet", "reviewer", "case scores")
def independent(world, body, sender, case):
    team, rules = may_review(world, case, sender), world.rules_of(case)
    if case.stage != "accepted" or sender.name in case.sheets:
        raise Rejected("wrong_stage", "order")
    if rules.sheet_confidential and sender.name not in team.confidential:
        raise Rejected("not_confidential", "8(2).3")
    if rules.sheet_plan and not team.plan_approved:
        raise Rejected("no_plan", "8(1).1")
    total_of(rules, body)
    case.sheets[sender.name] = read_sheet(rules, body["scores"])
    world.plan_steps(case)


def total_of(rules, body):
    total = sheet_total(rules, body["scores"])
    if total is None:
        raise Rejected("score", "15")
    return total


@event("consensus_sheet", "reviewer", "case scores report")
def consensus(world, body, sender, case):
    """16(3): by the leader after all sheets; the document score, and the track."""
    may_review(world, case, sender, leader=True)
    if case.stage != "accepted":
        raise Rejected("wrong_stage", "order")
    if not world.all_sheets(case):
        raise Rejected("sheets_missing", "16(3)")
    rules = world.rules_of(case)
    total = total_of(rules, body)
    explained(world, rules, case, body)
    case.document, case.track = total, track(rules, total)
    if case.track is None:
        world.leave(case, "document_out")
    else:
        case.stage = "document_passed"
        world.plan_steps(case)


def explained(world, rules, case, body):
    """Policy (docs/decisions/014): each category, and each item that all sheets scored, that leaves
    the mean of the sheets beyond the tolerance says why; a category may do so by its items."""
    team = world.teams[case.team]
    sheets = [case.sheets[person] for person in team.members
              if person in case.sheets and (person, case.name) not in team.conflicts]
    said = {row["item"] for row in body.get("explanations", [])}
    said |= {name.partition(".")[0] for name in said}
    for name, own in read_sheet(rules, body["scores"]).items():
        if any(name not in sheet for sheet in sheets) or name in said:
            continue
        distance = abs(own * len(sheets) - sum(sheet[name] for sheet in sheets))
        if distance * 100 > maximum(rules, name) * rules.tolerance_percent * len(sheets):
            raise Rejected("explanation", "policy")


# ---- Defence

@event("defence_scheduled", "office", "case when panel advisors")
def scheduled(world, body, _sender, case):
    if case.stage not in DEFENCE_STAGES or case.defence and case.defence.opened \
            or world.cycles[case.cycle].selection_started:
        raise Rejected("wrong_stage", "order")
    panel, advisors, rules = body["panel"], body["advisors"], world.rules_of(case)
    if len(set(panel)) != len(panel) or len(panel) < rules.panel_min:
        raise Rejected("panel", "16(4)")
    team = world.teams.get(case.team)
    for person in panel:
        usable(world, person)
        if team and (person, case.name) in team.conflicts:
            raise Rejected("conflict", "policy")
    if len(advisors) != rules.advisors or any(blank(row.get(field)) for row in advisors
                                        for field in ("name", "field")):
        raise Rejected("advisors", "16(4)")
    names = [row["name"] for row in advisors]
    if len(set(names)) != rules.advisors or set(names) & set(panel):
        raise Rejected("advisors", "16(4)")
    case.defence = Record(panel=list(panel), opened=False, scores={})


@event("defence_opened", "office", "case on defender principal_in_charge")
def defence_opened(world, body, _sender, case):
    """A defender other than the principal, without a decision, withdraws the case (decision 23)."""
    if case.stage not in DEFENCE_STAGES or case.defence is None or case.defence.opened \
            or world.cycles[case.cycle].selection_started:
        raise Rejected("wrong_stage", "order")
    if not body["principal_in_charge"] and blank(body.get("decision")):
        world.leave(case, "withdrawn", "16(4)")
        return
    case.defence.opened = True


@event("defence_score", "reviewer", "case points")
def defence_scored(world, body, sender, case):
    defence = case.defence
    if case.stage not in DEFENCE_STAGES or defence is None or not defence.opened \
            or case.defence_closed or sender.name in defence.scores:
        raise Rejected("wrong_stage", "order")
    if sender.name not in defence.panel:
        raise Rejected("not_on_panel", "authority")
    given = points(body["points"])
    if given is None or given > world.rules_of(case).defence_points:
        raise Rejected("score", "16(4)")
    defence.scores[sender.name] = given


@event("defence_closed", "office", "case")
def defence_closed(world, body, _sender, case):
    """All who stayed have scored, 7 at least; the exact mean (decision 11)."""
    defence, rules = case.defence, world.rules_of(case)
    if case.stage not in DEFENCE_STAGES or defence is None or not defence.opened \
            or case.defence_closed:
        raise Rejected("wrong_stage", "order")
    left = {row.get("person") for row in body.get("left", [])}
    if any(blank(row.get("reason")) for row in body.get("left", [])) or left - set(defence.panel):
        raise Rejected("left", "16(4)")
    stayed = [person for person in defence.panel if person not in left]
    if len(stayed) < rules.panel_min or any(person not in defence.scores for person in stayed):
        raise Rejected("scores_missing", "16(4)")
    case.defence_closed = True
    case.defence_score = defence_score(rules, [defence.scores[person] for person in stayed])
    total(rules, case)


def total(rules, case):
    if case.site is not None and case.document is not None:
        case.review = review_score(rules, case.document, case.site)
        if case.defence_score is not None:
            case.composite = case.review + case.defence_score


# ---- Visit

def leader_or_office(world, case, sender):
    if sender.role == "reviewer":
        may_review(world, case, sender, leader=True)


@event("visit_scheduled", "office reviewer", "case first last")
def visit_scheduled(world, body, sender, case):
    leader_or_office(world, case, sender)
    if case.stage != "document_passed":
        raise Rejected("wrong_stage", "order")
    if day(body["last"]) < day(body["first"]):
        raise Rejected("days", "form")


@event("visit_opened", "office reviewer", "case on")
def visit_opened(world, _body, sender, case):
    leader_or_office(world, case, sender)
    if case.stage != "document_passed":
        raise Rejected("wrong_stage", "order")
    case.stage = "site_visit"


@event("visit_sheet", "reviewer office", "case scores days report")
def visit_sheet(world, body, sender, case):
    leader_or_office(world, case, sender)
    if case.stage != "site_visit":
        raise Rejected("wrong_stage", "order")
    case.site_before = total_of(world.rules_of(case), body)
    case.stage = "site_done"
    world.plan_steps(case)


@event("halted", "reviewer", "case ground")
def halted(world, _body, sender, case):
    may_review(world, case, sender)
    if case.stage != "site_visit":
        raise Rejected("wrong_stage", "order")
    case.stage = "halted"


@event("halt_decided", "office", "case finding reason")
def halt_decided(world, body, _sender, case):
    """16(5).3: both findings disqualify; misrepresentation also bars (12(2))."""
    if case.stage != "halted":
        raise Rejected("wrong_stage", "order")
    if body["finding"] == "cleared":
        case.stage = "site_visit"
        return
    world.leave(case, "disqualified", "16(5).3")
    if body["finding"] == "misrepresentation":
        world.bar(case.enterprise, "12(2)", world.today, world.rules_of(case).violation_years, case.name)


@event("not_held", "office", "case what")
def not_held(world, body, _sender, case):
    """Decision 23: with the office's decision the case stays, without one it is withdrawn."""
    defence = body["what"] == "defence"
    right = DEFENCE_STAGES if defence else ("document_passed",)
    if case.stage not in right or (defence and case.defence_closed):
        raise Rejected("wrong_stage", "order")
    if blank(body.get("decision")):
        world.leave(case, "withdrawn", "16(4)" if defence else "16(5)")
    elif not defence:
        case.visit_dispensed = True
        world.plan_steps(case)


@event("leaders_meeting", "review_committee office", "cycle cases on")
def leaders_meeting(world, body, _sender, _case):
    """16(5).4-5: makes site scores final; changes name who and why (decision 24)."""
    cycle = world.cycle(body["cycle"])
    changed, totals = {row.get("case"): row for row in body.get("changed", [])}, {}
    for name, row in changed.items():
        if blank(row.get("who")) or blank(row.get("reason")) or name not in body["cases"]:
            raise Rejected("changed", "form")
        totals[name] = total_of(cycle.rules, row)
    results, met = [], []
    for name in body["cases"]:
        case = world.cases.get(name)
        wrong = case is None or case.cycle != cycle.name or case.stage != "site_done" or case in met
        if not wrong:
            met.append(case)
        results.append(Rejected("wrong_stage", "order") if wrong else None)
    made = parts(results)
    for case in met:
        case.site = totals.get(case.name, case.site_before)
        total(cycle.rules, case)
        reached = track(cycle.rules, case.document, case.site)
        case.track = reached or case.track
        if reached is None:
            world.leave(case, "site_out")
        else:
            case.stage = "final"
    return made
