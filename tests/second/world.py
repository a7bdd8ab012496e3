"""world - the state that the second implementation keeps, and the door that every event passes.

    world = World(calendar, principals)
    answer = world.decide(event)

decide() moves the clock to the event's `at` (deadlines fall due on the way), checks who sends it and
whether its fields are there, and hands it to the function of its row. A function first checks and
then changes: Rejected leaves everything as it was. Principals are {name: (role, scope)}."""
import datetime

import periods
from constants import CHONGQING
from periods import day_of, end_of

EVENTS = {}   # name of the body -> (roles, fields that must be there, function)

OPEN = ("applied", "verified", "recommended", "accepted", "document_passed", "site_visit", "halted",
        "site_done", "final", "candidate", "publicity", "deliberated", "recommended_to_government")
BEFORE_DELIBERATION = OPEN[:10]    # and the publicity, where that comes first
IN_REVIEW = ("accepted", "document_passed", "site_visit", "halted", "site_done")
LAUREATE = ("honoured", "conferred")
DUTIES = ("experience_shared", "self_evaluation_submitted", "incident_reported_by_laureate")


class Rejected(Exception):
    """Wrong form, authority, order or limit: nothing is stored."""

    def __init__(self, code, article):
        super().__init__(code)
        self.code, self.article = code, article


def event(name, roles, needed=""):
    """Enters a decide function in the table of events."""
    def enter(function):
        EVENTS[name] = (frozenset(roles.split()), tuple(needed.split()), function)
        return function
    return enter


class Record:
    """A record with named fields."""

    def __init__(self, **fields):
        self.__dict__.update(fields)


class Case(Record):
    """Tells the world when it comes to a stage or a track."""

    def __setattr__(self, field, value):
        self.__dict__[field] = value
        if field in ("stage", "track"):
            self.touched.add(self.name)


class World:
    def __init__(self, calendar, principals, start, rules=CHONGQING):
        self.calendar, self.principals, self.now = calendar, dict(principals), start
        self.rules = rules    # of the cycle opened last
        self.enterprises, self.reviewers, self.cycles, self.cases, self.teams = {}, {}, {}, {}, {}
        self.objections, self.incidents, self.revocations, self.deadlines = {}, {}, {}, {}
        self.waiting = {}      # (cycle, enterprise) -> ("application" or "paper", body, moment)
        self.serials = set()
        self.tasks = set()     # ("rank", cycle), ("grounds", case, incident)
        self.answers = {}      # (principal, id) -> (event, answer)
        self.pending, self.seconded = {}, set()    # what waits for a second person, what had one
        self.keys, self.corrections = {}, []
        self.year = day_of(start).year
        self.touched, self.shown = set(), {}    # cases, and where they stood after the last event

    # ---- Time

    @property
    def today(self):
        return day_of(self.now)

    def move_clock(self, moment):
        """Deadlines fire after their end; a year of self-evaluation begins on 1 January (18)."""
        self.now = max(self.now, moment)
        while self.year < self.today.year:
            self.year += 1
            for case in self.cases.values():
                if case.stage in LAUREATE and case.honour.since.year < self.year:
                    self.open_self_evaluation(case, self.year)
        for deadline in self.deadlines.values():
            if deadline.state == "open" and end_or(deadline) < self.now:
                ends = deadline.kind in ("publicity_end", "closing")
                deadline.state = "ended" if ends else "overdue"

    # ---- Deadlines

    def deadline(self, kind, subject, starts, last, provisional=False, end=None, length=None,
                 case=None):
        """Opens or moves one; `length` is its Period where a calendar made it."""
        found = self.deadlines.get((subject, kind))
        if found is None:
            found = self.deadlines[subject, kind] = Record(
                kind=kind, subject=subject, state="open", done=None, stated=None, in_time=False)
        found.starts, found.last, found.provisional = starts, last, provisional
        found.end, found.length, found.case = end, length, case
        if found.state in ("open", "overdue", "ended"):
            found.state = "open"
            self.expire(found)
        return found

    def expire(self, deadline):
        if end_or(deadline) < self.now:
            ends = deadline.kind in ("publicity_end", "closing")
            deadline.state = "ended" if ends else "overdue"

    def counted_deadline(self, kind, subject, starts, period, case=None):
        last, provisional = self.calendar.count(starts, period)
        return self.deadline(kind, subject, starts, last, provisional, length=period, case=case)

    def met(self, kind, subject, on):
        found = self.deadlines.get((subject, kind))
        if found is not None and found.state in ("open", "overdue", "suspended"):
            found.done = on
            found.in_time = found.state == "suspended"    # what is done meanwhile
            found.state = "met_late" if on > found.last and not found.in_time else "met"

    def open_self_evaluation(self, case, year):
        """18: due by 31 December of each year after that of publication, or the rulebook's day."""
        name = f"{case.name}/{year}"
        done = case.evaluations.get(year)
        self.deadline("self_evaluation", name, datetime.date(year, 1, 1),
                      datetime.date(year, *self.rules_of(case).self_evaluation), case=case.name)
        if done:
            self.met("self_evaluation", name, done)

    def recompute(self):
        """A loaded calendar: every computed deadline anew; provisional and late follow it."""
        for found in list(self.deadlines.values()):
            if found.length is None or found.in_time or found.state in ("removed", "suspended"):
                continue
            last, found.provisional = self.calendar.count(found.starts, found.length)
            found.last = max(last, found.stated) if found.stated else last
            if found.done:
                found.state = "met_late" if found.done > found.last else "met"
            else:
                found.state = "open"
                self.expire(found)
            if found.kind == "publicity_end":
                self.cycles[found.subject].publicity.last = found.last

    # ---- The door

    def decide(self, sent):
        name = (sent.get("principal"), sent.get("id"))
        content = {key: value for key, value in sent.items() if key != "at"}
        self.move_clock(periods.moment(sent["at"]) if "at" in sent else self.now)
        before = self.answers.get(name)
        if before is not None:
            return dict(before[1]) if before[0] == content else answer("rejected", "form", code="id_reused")
        try:
            made = self._decide(sent)
        except Rejected as rejected:
            return answer("rejected", rejected.article, code=rejected.code)
        self.answers[name] = (content, made)
        return {**made, "cases": self.moved()}

    def moved(self):
        """Where the cases stand that this event moved: {case: (stage, track, reasons)}."""
        found = {}
        for name in self.touched:
            case = self.cases[name]
            now = case.stage, case.track, tuple(case.reasons.items())
            if self.shown.get(name) != now:
                found[name] = self.shown[name] = now
        self.touched.clear()
        return found

    def _decide(self, sent):
        kind = next((key for key in sent if key in EVENTS), None)
        if kind is None:
            raise Rejected("unknown_event", "form")
        roles, needed, function = EVENTS[kind]
        role, scope = self.principals.get(sent.get("principal"), (None, None))
        if role not in roles:
            raise Rejected("not_authorised", "authority")
        body = sent[kind]
        for field in needed:
            if blank(body.get(field)):
                raise Rejected("missing_field", "form")
        self.not_later(body.get("on"))
        self.not_later(body.get("received") if kind.endswith("_filed") else None)
        sender = Record(name=sent["principal"], id=sent["id"], role=role, scope=scope)
        case = None
        if "case" in body and kind not in ("conflict_declared", "accountability_recorded"):
            case = self.case(body["case"])
            if role == "enterprise" and scope != case.enterprise and not (
                    kind in DUTIES and scope in self.successors(case.enterprise)):
                raise Rejected("not_authorised", "authority")
        return function(self, body, sender, case) or answer("accepted")

    def not_later(self, text):
        """A stated day may lie in the past but never after the recording."""
        if text is not None and periods.day(text) > self.today:
            raise Rejected("in_the_future", "order")

    def case(self, name):
        if name not in self.cases:
            raise Rejected("no_such_case", "order")
        return self.cases[name]

    def cycle(self, name):
        if name not in self.cycles or self.cycles[name].earlier:
            raise Rejected("no_such_cycle", "order")
        return self.cycles[name]

    def rules_of(self, case):
        """A cycle keeps the rulebook that it was opened under."""
        return self.cycles[case.cycle].rules

    def to_deliberate(self, case):
        """Before the deliberation, wherever the rulebook puts it (decision 19)."""
        return case.stage in BEFORE_DELIBERATION or (
            case.stage == "publicity" and not self.rules_of(case).deliberation_first)

    def find(self, table, name):
        if name not in table:
            raise Rejected("no_such_record", "order")
        return table[name]

    # ---- What several chapters do

    def successors(self, code):
        """The enterprise and all that come from it."""
        found, waiting = [], [code]
        while waiting:
            now = waiting.pop()
            if now not in found:
                found.append(now)
                waiting += [one.code for one in self.enterprises.values() if now in one.predecessors]
        return found

    def leave(self, case, stage, article=None, reasons=None):
        """A case is out; where the selection waits, it is ranked anew without it (decision 8)."""
        was_final = case.stage == "final"
        case.stage = stage
        for one, until in (reasons or ({article: None} if article else {})).items():
            case.reasons[one] = until
        cycle = self.cycles[case.cycle]
        if was_final and cycle.selection_started and not cycle.settled:
            self.tasks.add(("rank", cycle.name))
        self.plan_steps(case)

    def bar(self, code, article, since, years, source):
        entry = (article, since, periods.years_after(since, years), source)
        self.enterprises[code].bars.append(entry)

    def plan_steps(self, case):
        """8(1).1: a step of the plan is done when it is done for all cases of the team."""
        team = self.teams.get(case.team)
        if team is None or team.plan_approved is None:
            return
        cases = [self.cases[name] for name in team.cases]
        for kind, done in (("plan_independent", self.all_sheets),
                           ("plan_consensus", lambda one: one.document is not None),
                           ("plan_visit", visited), ("plan_report", visited)):
            if all(done(one) or one.stage not in OPEN for one in cases):
                self.met(kind, team.name, self.today)

    def all_sheets(self, case):
        """Of all who are not out by a conflict; of a whole team at least (8, 16(3))."""
        team = self.teams.get(case.team)
        if case.document is not None or team is None:
            return case.document is not None
        active = [person for person in team.members if (person, case.name) not in team.conflicts]
        return len(active) >= self.rules_of(case).team_size[0] and all(person in case.sheets for person in active)


def visited(case):
    """The visit has ended with its report, or the office decided that it is not held."""
    return case.site_before is not None or case.visit_dispensed


def end_or(deadline):
    return deadline.end if deadline.end is not None else end_of(deadline.last)


def blank(value):
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == [] or value == {}


def answer(outcome, article=None, reasons=None, code=None, case=None):
    return {"outcome": outcome, "article": article, "code": code, "reasons": reasons or {},
            "case": case, "cases": {}}


def parts(results):
    """An event that names several cases: accepted where at least one of them was admitted."""
    if results and all(isinstance(one, Rejected) for one in results):
        raise results[0]
    return answer("accepted")
