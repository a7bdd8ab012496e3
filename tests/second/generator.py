"""generator - random whole years of the award, from a seed.

    year = Year(seed)          # plays through and decides every event by this implementation
    year.header, year.lines    # for award-decide; year.answers beside them; year.world at the end

Noise alone never gets deep, so there is a plan (cycles, applicants, laureates, each a coroutine that
yields the moment at which it goes on) which is disturbed: limits are met on the day, the millisecond
before and after; people of the wrong role, missing fields and repeats come between."""
import heapq
import itertools
import json
import pathlib
import random

import afterwards  # these modules enter their events in the table
import credit_code
import reviewing
import selecting
from constants import CATEGORIES
from applying import open_case
from conditions import lineage
from periods import DAY, DAY_MS, Calendar, day_of, end_of, moment_text, start_of, years_after
from scores import points_text
from world import EVENTS, LAUREATE, World
import datetime

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CALENDAR = ROOT / "rulebooks/cn-holidays.tsv"
DIGEST = "a" * 64
DISTRICTS = ("500103", "500105", "500112")
HOUR = 3_600_000
CLOCK = 9 * HOUR
FINDINGS = ("11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)")
UNITS = ("工信", "财政", "质监", "人社", "环保", "安监", "国资", "商务", "统计")
SCORES = (49999, 50000, 50001, 39999, 40000, 40001)
_calendar = Calendar.from_file(CALENDAR)


def fresh_calendar():
    made = Calendar()
    made.years = dict(_calendar.years)
    made.known = dict(_calendar.known)
    return made


def sheet(total):
    """A sheet of the seven categories with exactly this total."""
    rows, rest, room = [], total, sum(CATEGORIES.values())
    for name, most in CATEGORIES.items():
        room -= most
        given = min(most, max(rest - room, rest * most // (room + most)))
        rows.append({"item": name, "points": points_text(given)})
        rest -= given
    assert rest == 0
    return rows


class Year:
    def __init__(self, seed, start_year=None):
        self.seed, self.random = seed, random.Random(seed)
        pick = self.random
        self.first_year = start_year or pick.choice((2014, 2015, 2016, 2017, 2019, 2020, 2022))
        start = start_of(datetime.date(self.first_year - 1, 12, 1)) + CLOCK
        self.ids, self.order, self.queue = itertools.count(1), itertools.count(), []
        self.clean = pick.random() < 0.7     # most applicants come through, so that places are few
        self.codes = [credit_code.made(seed % 10000 * 100 + number)
                      for number in range(pick.choice((5, 8, 11, 14, 15, 15, 15)))]
        if pick.random() < (0.03 if self.clean else 0.2):
            self.codes[-1] = self.codes[-1][:17] + ("0" if self.codes[-1][17] != "0" else "1")
        self.disturbance = pick.choice((0.0, 0.02, 0.08))
        self.ties = pick.random() < 0.4
        self.high = pick.random() < 0.6
        self.panel = [f"r{number}" for number in range(1, 15)]
        self.people()
        self.header = {"start": moment_text(start), "principals": [
            {"name": name, "role": role, **({"scope": scope} if scope else {}), "full_name": name}
            for name, (role, scope) in self.principals.items()]}
        self.world = World(fresh_calendar(), self.principals, start)
        self.lines, self.answers, self.now = [], [], start
        self.play()

    def people(self):
        self.principals = {
            "office": ("office", None), "committee": ("review_committee", None),
            "supervision": ("supervision_committee", None),
            "selectors": ("selection_committee", None), "government": ("government", None),
            "bureau": ("bureau", None), "public": ("public", None),
            "administrator": ("administrator", None), "scoring": ("worker_scoring", None),
            "revocation": ("worker_revocation", None)}
        for number, code in enumerate(self.codes):
            self.principals[f"e{number}"] = ("enterprise", code)
        for district in DISTRICTS:
            self.principals[f"d{district}"] = ("district_bureau", district)
        for person in self.panel + ["r15", "r16"]:
            self.principals[person] = ("reviewer", None)

    # ---- Time and lines

    def start(self, coroutine):
        self.wake(coroutine)

    def wake(self, coroutine):
        try:
            when = next(coroutine)
        except StopIteration:
            return
        heapq.heappush(self.queue, (max(when, self.now), next(self.order), coroutine))

    def play(self):
        self.set_up()
        while self.queue:
            self.now, _, coroutine = heapq.heappop(self.queue)
            self.wake(coroutine)

    def chance(self, share):
        return self.random.random() < share

    def later(self, days, most=None):
        """A moment so many days on, at some hour."""
        days = days if most is None else self.random.randint(days, most)
        return start_of(day_of(self.now) + days * DAY) + self.random.randint(8, 20) * HOUR

    def today(self):
        return day_of(self.now).isoformat()

    def say(self, principal, kind, /, **body):
        """Emits an event, with what disturbs it before and after."""
        if self.chance(self.disturbance):
            self.disturb(principal, kind, body)
        answer = self.emit(principal, kind, body)
        if self.chance(self.disturbance / 2):
            self.repeat()
        return answer

    def emit(self, principal, kind, body):
        line = {"principal": principal, "id": f"{next(self.ids)}", "at": moment_text(self.now),
                kind: body}
        return self.put(line)

    def put(self, line):
        answer = self.world.decide(line)
        self.lines.append(line)
        self.answers.append(answer)
        self.workers()
        return answer

    def workers(self):
        """What the workers would send, as this implementation computes it."""
        world = self.world
        for task in sorted(world.tasks):
            if task not in world.tasks:
                continue
            if task[0] == "rank":
                pools = selecting.pools_json(selecting.ranking(world, world.cycles[task[1]]))
                self.emit("scoring", "ranking_computed", {"cycle": task[1], "pools": pools})
            elif world.cases[task[1]].stage in LAUREATE:
                case = world.cases[task[1]]
                found = afterwards.grounds(world, case, task[2])
                self.emit("revocation", "grounds_checked",
                          {"case": case.name, "incident": task[2], "grounds": found})
            else:
                world.tasks.discard(task)

    def disturb(self, principal, kind, body):
        """The same from somebody else, without a field, or with one that is wrong."""
        wrong = json.loads(json.dumps(body))
        what = self.random.choice(("role", "missing", "blank", "unknown", "future"))
        roles, needed, _ = EVENTS[kind]
        if what == "role":
            others = [name for name, (role, _) in self.principals.items() if role not in roles]
            principal = self.random.choice(others)
        elif what == "missing" and needed:
            del wrong[self.random.choice(needed)]
        elif what == "blank" and needed:
            field = self.random.choice(needed)
            if field not in ("cycle", "team", "case", "reason", "report", "presiding", "meeting",
                             "proof", "objection", "text", "number", "incident", "revocation",
                             "ground", "name", "enterprise") or kind == "revocation_opened":
                return
            wrong[field] = "  "
        elif what == "unknown" and "case" in wrong:
            wrong["case"] = "1999/none/1"
        elif what == "future" and "on" in wrong:
            wrong["on"] = (day_of(self.now) + DAY).isoformat()
        else:
            return
        self.emit(principal, kind, wrong)

    def repeat(self):
        """An old line again, or its id with another content."""
        line = dict(self.random.choice(self.lines[-20:]))
        if "worker" in self.principals[line["principal"]][0]:
            return    # its task is answered: award-decide would match it to none
        line["at"] = moment_text(self.now)
        if self.chance(0.3):
            line = {**self.lines[-1], "id": line["id"], "principal": line["principal"],
                    "at": moment_text(self.now)}
        self.put(line)

    # ---- The plan

    def set_up(self):
        pick = self.random
        for number, code in enumerate(self.codes):
            since = datetime.date(self.first_year - pick.choice((5, 6, 6, 20, 20, 20)), pick.randint(1, 6),
                                  pick.randint(1, 28))
            if self.clean and self.chance(0.85):
                since = datetime.date(1999, 9, 9)
            elif self.chance(0.1):
                since = datetime.date(2008 + 4 * pick.randint(0, 1), 2, 29)
            self.say("office", "enterprise_registered", enterprise=code, name=f"企业{number}",
                     region="500000" if self.chance(0.98) else "510000",
                     district=pick.choice(DISTRICTS), legal_person=self.chance(0.98),
                     industry=pick.choice(("C36", "B06", "D44", "C39")) if self.chance(0.98)
                     else "G54", operating_since=since.isoformat())
        for person in self.panel + ["r15", "r16"]:
            district = "500199" if self.chance(0.95) else pick.choice(DISTRICTS)
            self.say("office", "reviewer_added", person=person, industries=["B", "C", "D"],
                     employer="大学" if self.chance(0.97) else pick.choice(self.codes),
                     district=district)
        if len(self.codes) > 6 and self.chance(0.4):
            one, two, three = pick.sample(self.codes, 3)
            self.say("office", "predecessor_linked", enterprise=one, predecessor=two,
                     how="merged", proof="批文")
            if self.chance(0.5):
                self.say("office", "predecessor_linked", enterprise=two, predecessor=three,
                         how="split", proof="批文")
                self.say("office", "predecessor_linked", enterprise=three, predecessor=one,
                         how="split", proof="批文")
        for _ in range(pick.randint(0, 1 if self.clean else 3)):
            self.earlier()
        self.start(self.cycle_plan("first", start_of(datetime.date(self.first_year, 1, 5)), None))
        self.start(self.noise())

    def earlier(self):
        pick, what = self.random, {}
        kind = pick.choice(("honour", "violation", "revocation"))
        what[kind] = pick.choice(("misrepresentation", "violation", "other")
                                 if kind == "violation" else ("award", "nomination"))
        years = 3 if kind == "violation" else 5
        on = datetime.date(self.first_year - years, pick.randint(1, 4), pick.randint(1, 28))
        if self.chance(0.2):
            on = datetime.date(2012, 2, 29)
        self.say("office", "earlier_record", enterprise=pick.choice(self.codes),
                 on=on.isoformat(), proof="文件", **what)

    def noise(self):
        """Incidents, violations, complaints, liability learned later, withdrawals."""
        pick, number = self.random, 0
        until = self.now + 7 * 366 * DAY_MS
        while self.now < until:
            yield self.later(20, 250) if self.clean else self.later(3, 120)
            number += 1
            what = pick.random()
            code = pick.choice(self.codes)
            on = day_of(self.now) - pick.choice((0, 0, 1, 20, 400, 1000)) * DAY
            if what < 0.35:
                self.say(pick.choice(("office", "bureau")), "accident_recorded",
                         incident=f"n{number}", enterprise=code,
                         kind=pick.choice(afterwards.ACCIDENTS), on=on.isoformat(),
                         liable=pick.choice(("unknown", "unknown", "yes", "unknown")))
                if self.chance(0.7):
                    self.start(self.liability(f"n{number}"))
            elif what < 0.5:
                self.say(pick.choice(("office", "bureau")), "sampling_recorded",
                         incident=f"n{number}", enterprise=code, on=on.isoformat(),
                         serious=self.chance(0.3),
                         level=pick.choice(("national", "industry", "municipal", "district")))
            elif what < 0.6:
                self.a_case("violation", number)
            elif what < 0.8:
                self.a_case("complaint", number)
            elif what < 0.88:
                self.a_case("withdrawal", number)

    def liability(self, incident):
        yield self.later(1, 300)
        self.say("bureau", "liability_established", incident=incident, proof="认定书",
                 liable=self.random.choice(("yes", "no", "no")))

    def a_case(self, what, number):
        names = sorted(self.world.cases)
        if not names:
            return
        name = self.random.choice(names[-12:])
        if what == "violation":
            self.say("office", "violation_confirmed", case=name, proof="核实",
                     kind=self.random.choice(("misrepresentation", "violation")))
        elif what == "withdrawal":
            self.say("office", "application_withdrawn", case=name, reason="企业申请")
        else:
            self.say("public", "complaint_filed", objection=f"c{number}", case=name, text="反映",
                     source="web", anonymous=self.chance(0.5))
            self.start(self.answer(f"c{number}"))

    def answer(self, objection):
        """The office links some, and decides most."""
        yield self.later(0, 20)
        if self.chance(0.3):
            self.say("office", "complaint_linked", objection=objection, reason="重大")
            yield self.later(0, 20)
        found = self.world.deadlines.get((objection, "objection_answer"))
        if found and self.chance(0.3):
            yield end_of(found.last) + self.random.choice((-1, 0, 1, 1))
        if self.chance(0.9):
            finding = self.random.choice(("founded", "unfounded", "unfounded", "immaterial"))
            more = {"kind": self.random.choice(("misrepresentation", "violation", "other"))} \
                if finding == "founded" else {}
            self.say("office", "objection_decided", objection=objection, finding=finding,
                     report="调查", **more)

    # ---- One cycle

    def cycle_plan(self, name, opens, follows):
        pick, world = self.random, self.world
        yield opens + CLOCK
        closing_day = day_of(self.now) + pick.randint(30, 70) * DAY
        closing = end_of(closing_day) if self.chance(0.7) else start_of(closing_day) + 17 * HOUR
        self.say("office", "cycle_opened", cycle=name, closing=moment_text(closing),
                 notice=[{"medium": "日报", "on": self.today(), "digest": DIGEST}],
                 units=list(UNITS), chair="副市长", review_committee=["评审"],
                 supervision_committee=["监督"])
        if name not in world.cycles:
            return
        cycle = world.cycles[name]
        for number, code in enumerate(self.codes):
            if self.chance(0.95 if self.clean else 0.8):
                self.start(self.applicant(cycle, number, code))
        if self.chance(0.15):
            yield closing + pick.choice((0, -1, 1)) if self.chance(0.3) else self.later(5, 25)
            self.say("office", "cycle_changed", cycle=name, reason="延期",
                     closing=moment_text(closing + pick.randint(-2, 10) * DAY_MS))
        while cycle.closing >= self.now:
            yield cycle.closing + 1
        yield self.later(3, 35)
        yield from self.review(cycle)
        yield from self.selecting(cycle)
        if len(world.cycles) < 3:
            self.start(self.cycle_plan(name + "+", self.next_opening(), None))
        yield from self.after_selection(cycle)
        if len(world.cycles) < 4 and self.chance(0.5):
            self.start(self.cycle_plan(name + "-", self.next_opening(), None))

    def next_opening(self):
        """Where a bar ends in the weeks that are open, or soon (cycles overlap)."""
        untils = sorted({bar[2] for one in self.world.enterprises.values() for bar in one.bars
                         if bar[2] > day_of(self.now) + 30 * DAY})
        if untils and self.chance(0.6):
            return start_of(self.random.choice(untils)) - self.random.randint(3, 25) * DAY_MS
        return self.now + self.random.randint(1, 400) * DAY_MS

    def applicant(self, cycle, number, code):
        """Applies in time, at the closing moment, or where a bar of it ends."""
        pick, world = self.random, self.world
        opened = self.now
        ends = {bar[2] for one in lineage(world, code) for bar in world.enterprises[one].bars}
        ends |= {years_after(world.enterprises[code].operating_since, 5)}
        ends |= {years_after(world.incidents[one].on, 3)
                 for member in lineage(world, code) for one in world.enterprises[member].incidents}
        near = sorted(on for on in ends if opened < start_of(on) < cycle.closing)
        if near and self.chance(0.8):
            limit = end_of(pick.choice(near))
            when = limit + pick.choice((-HOUR, 0, 1, HOUR))
        elif self.chance(0.15):
            when = cycle.closing + pick.choice((-1, 0, 1))
        else:
            when = opened + pick.randint(0, max(1, (cycle.closing - opened) // 2))
        for _ in range(pick.choice((1, 1, 2, 3))):
            yield max(when, self.now)
            self.application(cycle, number, code)
            yield self.later(0, 2) if self.chance(0.5) else self.now
            yield from self.to_acceptance(cycle, code)
            case = self.last_case(cycle, code)
            if case is not None and case.stage != "refused" and self.chance(0.9):
                return
            when = self.later(1, 20)

    def application(self, cycle, number, code):
        pick = self.random
        characters = pick.choice((2999, 3000, 3000, 3000, 3000, 3001 if self.chance(0.1) else 3000))
        report = pick.choice((100, 60000, 60000, 60001 if self.chance(0.1) else 60000))
        materials = [{"kind": "application_form", "digest": DIGEST, "characters": 10},
                     {"kind": "organisation_profile", "digest": DIGEST, "characters": characters},
                     {"kind": "self_evaluation_report", "digest": DIGEST, "characters": report},
                     {"kind": "evidence", "digest": DIGEST, "characters": 10, "issuer": "税务局"}]
        if self.chance(0.03):
            del materials[pick.randrange(4)]
        body = {"cycle": cycle.name, "enterprise": code, "materials": materials}
        received = min(self.now, cycle.closing + pick.choice((0, 0, 1)))
        if self.chance(0.1):
            received -= pick.choice((0, 1, 29, 30, 31)) * DAY_MS
        way = pick.random()
        if way < 0.35:
            self.say("office", "application_submitted", paper_receipt=moment_text(received),
                     electronic_receipt=moment_text(min(self.now, cycle.closing)), **body)
        elif way < 0.7:
            self.say(f"e{number}", "application_submitted", **body)
            self.say("office", "paper_received", cycle=cycle.name, enterprise=code,
                     received=moment_text(received))
        else:
            self.say("office", "paper_received", cycle=cycle.name, enterprise=code,
                     received=moment_text(received))
            self.say(f"e{number}", "application_submitted", **body)

    def last_case(self, cycle, code):
        names = [name for name in self.world.enterprises[code].cases
                 if self.world.cases[name].cycle == cycle.name]
        return self.world.cases[names[-1]] if names else None

    def to_acceptance(self, cycle, code):
        pick, world = self.random, self.world
        case = self.last_case(cycle, code)
        if case is None or case.stage == "refused" and self.chance(0.95):
            return
        if self.chance(0.1):
            self.say(pick.choice(("office", f"e{self.codes.index(code)}")),
                     "material_supplemented", case=case.name, reason="补正",
                     material={"kind": "organisation_profile", "digest": DIGEST,
                               "characters": pick.choice((3000, 3001))})
        own = world.enterprises[code].district
        district = own if self.chance(0.96) else pick.choice(DISTRICTS)
        findings = [{"condition": name, "met": self.chance(0.993), "evidence": "材料",
                     "issuer": "税务局", "on": self.today()} for name in FINDINGS]
        if self.chance(0.03):
            findings.pop()
        self.say(f"d{district}", "conditions_verified", case=case.name, findings=findings)
        if self.chance(0.08):
            yield max(self.now, cycle.closing + pick.choice((-1, 0, 1)))
        for in_favour in (True,) if self.chance(0.9) else (False, True):
            by = pick.choice(("district_government", "municipal_department",
                              "industry_association"))
            more = {"district": own if self.chance(0.97) else "500199"} \
                if by == "district_government" else {}
            self.say("office", "recommendation_given", case=case.name, by=by, name="某单位",
                     in_favour=in_favour, received=moment_text(self.now), **more)
        yield self.later(0, 10)
        for _ in range(4):
            if case.stage == "recommended" or self.chance(0.1):
                self.say("office", "application_accepted", case=case.name)
                yield self.later(1, 30)

    # ---- Review

    def of(self, cycle, *stages):
        return [self.world.cases[name] for name in cycle.cases
                if self.world.cases[name].stage in stages]

    def target(self):
        if self.ties and self.chance(0.85):
            return 60000
        if self.chance(0.15):
            return self.random.choice(SCORES)
        return self.random.randint(50000 if self.high or self.chance(0.7) else 38000, 90000)

    def review(self, cycle):
        pick, world = self.random, self.world
        cases = [case for case in self.of(cycle, "accepted") if case.team is None]
        pick.shuffle(cases)
        count = pick.randint(1, 3)
        for number in range(count):
            share = cases[number::count]
            if not share:
                continue
            size = pick.choice((3, 3, 4, 5, 6, 2, 7) if self.chance(0.2) else (3, 3, 4, 6))
            members = pick.sample(self.panel, size)
            for _ in range(6):
                name = f"{cycle.name}-t{len(world.teams) + 1}"
                self.say(pick.choice(("office", "committee")), "team_drawn", cycle=cycle.name,
                         team=name, members=members, leader=members[0], reason="组建",
                         cases=[case.name for case in share])
                share = [case for case in share if case.team is None]
                if not share:
                    break
                members = pick.sample(self.panel, pick.choice((3, 4)))
        teams = [team for team in world.teams.values() if team.name.startswith(cycle.name + "-t")]
        for team in teams:
            self.plan(team)
        for case in sorted(self.of(cycle, "accepted"), key=lambda one: one.name):
            if case.team:
                yield self.later(0, 6)
                self.documents(case)
        for case in list(self.of(cycle, "document_passed")):
            yield self.later(0, 6)
            yield from self.defence_and_visit(case)
        yield self.later(1, 10)
        if self.chance(0.1):
            self.say("office", "selection_started", cycle=cycle.name)
        done = [case.name for case in self.of(cycle, "site_done")]
        while done:
            some = done[:pick.randint(1, len(done))] if self.chance(0.3) else done
            done = done[len(some):]
            self.say(pick.choice(("office", "committee")), "leaders_meeting", cycle=cycle.name,
                     cases=some, on=self.today(), changed=self.changed(some))
        for case in self.of(cycle, "final"):
            if not case.defence_closed:
                self.defend(case)

    def changed(self, some):
        return [{"case": name, "scores": sheet(self.target()), "who": "组长会议",
                 "reason": "统一尺度"} for name in some if self.chance(0.1)]

    def plan(self, team):
        base = day_of(self.now)
        for person in list(team.members):
            if self.chance(0.97):
                self.say(person, "confidentiality_declared", team=team.name)
        if self.chance(0.6):
            days = [base + self.random.randint(5, 60) * DAY for _ in reviewing.STEPS]
            if self.chance(0.9):
                days.sort()
            steps = [{"step": step, "on": on.isoformat()}
                     for step, on in zip(reviewing.STEPS, days)]
            self.say(team.leader, "plan_submitted", team=team.name, steps=steps)
            self.say("committee", "plan_approved", team=team.name)

    def documents(self, case):
        pick, team = self.random, self.world.teams[case.team]
        for person in list(team.members):
            if person not in team.confidential:
                self.say(person, "independent_sheet", case=case.name, scores=sheet(self.target()))
                self.say(person, "confidentiality_declared", team=team.name)
            scores = sheet(self.target())
            if self.chance(self.disturbance):
                self.emit(person, "independent_sheet", {"case": case.name,
                                                        "scores": self.spoilt(scores)})
            if self.chance(0.02):
                self.say(team.leader, "consensus_sheet", **self.consensus(case))
            if self.chance(0.01):
                by = pick.choice(self.panel + ["r15", "r16"])
                self.say("office", "member_replaced", team=team.name, person=person, by=by,
                         reason="回避")
                if person not in team.members:
                    self.say(by, "confidentiality_declared", team=team.name)
                    person = by
            self.say(person, "independent_sheet", case=case.name, scores=scores)
        for person in team.members:
            if person not in case.sheets:
                self.say(person, "confidentiality_declared", team=team.name)
                self.say(person, "independent_sheet", case=case.name, scores=sheet(self.target()))
        self.say(team.leader, "consensus_sheet", **self.consensus(case))

    def consensus(self, case):
        return {"case": case.name, "scores": sheet(self.target()), "report": DIGEST,
                "explanation": "合议", "strengths": ["好"], "improvements": ["改"]}

    def spoilt(self, scores):
        wrong = [dict(row) for row in scores]
        row = self.random.choice(wrong)
        what = self.random.choice(("over", "twice", "missing", "unknown"))
        if what == "over":
            row["points"] = points_text(CATEGORIES[row["item"]] + 1)
        elif what == "missing":
            wrong.remove(row)
        elif what == "unknown":
            row["item"] = "beauty"
        else:
            wrong.append(dict(row))
        return wrong

    def defence_and_visit(self, case):
        first_defence = self.chance(0.5)
        if first_defence:
            self.defend(case)
            yield self.later(0, 5)
        yield from self.visit(case)
        if not first_defence and self.chance(0.95):
            self.defend(case)

    def defend(self, case):
        pick = self.random
        panel = pick.sample(self.panel, pick.choice((7, 7, 8, 11, 13)))
        if self.chance(0.03):
            panel = panel[:6]
        fields = ("economy", "management", "technology")
        advisors = [{"name": f"顾问{field}", "field": field} for field in fields]
        if self.chance(0.03):
            advisors.pop()
        body = dict(case=case.name, when=moment_text(self.now), panel=panel, advisors=advisors,
                    place="会议室")
        self.say("office", "defence_scheduled", **body)
        if case.defence is None:
            body["panel"] = pick.sample(self.panel, 7)
            body["advisors"] = [{"name": f"顾问{field}", "field": field} for field in fields]
            self.say("office", "defence_scheduled", **body)
        principal = self.chance(0.95)
        more = {} if principal or self.chance(0.3) else {"decision": "同意副总经理答辩"}
        self.say("office", "defence_opened", case=case.name, on=self.today(), defender="董事长",
                 principal_in_charge=principal, **more)
        if case.defence is None or not case.defence.opened:
            return
        stays = list(case.defence.panel)
        left = []
        if len(stays) > 7 and self.chance(0.2):
            left = [{"person": stays.pop(), "reason": "生病"}]
        equal = self.ties and self.chance(0.85)
        for person in stays:
            given = 8000 if equal else pick.randint(5000, 10000)
            if self.chance(self.disturbance):
                self.emit(person, "defence_score", {"case": case.name, "points": "100.01"})
                self.emit("office", "defence_closed", {"case": case.name, "left": []})
            self.say(person, "defence_score", case=case.name, points=points_text(given))
        self.say("office", "defence_closed", case=case.name, comments=["好"], left=left)

    def visit(self, case):
        pick, team = self.random, self.world.teams.get(case.team)
        if team is None:
            return
        by = pick.choice(("office", team.leader))
        first = day_of(self.now)
        self.say(by, "visit_scheduled", case=case.name, first=first.isoformat(),
                 last=(first + pick.choice((2, 3, 4, 5)) * DAY).isoformat())
        if self.chance(0.01):
            self.say("office", "not_held", case=case.name, what=pick.choice(("visit", "defence")))
        self.say(by, "visit_opened", case=case.name, on=self.today())
        if self.chance(0.06):
            self.say(pick.choice(team.members), "halted", case=case.name, ground="不符")
            yield self.later(0, 10)
            self.say("office", "halt_decided", case=case.name, reason="核实",
                     finding=pick.choice(("discrepancy", "misrepresentation", "cleared", "cleared")))
        yield self.later(2, 5)
        self.say(team.leader, "visit_sheet", case=case.name, scores=sheet(self.target()), days=3,
                 report=DIGEST, strengths=["好"], improvements=["改"])

    # ---- Selection to conferral

    def selecting(self, cycle):
        pick, world = self.random, self.world
        yield self.later(1, 10)
        for _ in range(4):
            self.say("office", "selection_started", cycle=cycle.name)
            if cycle.selection_started:
                break
            yield self.later(1, 5)
            for case in self.of(cycle, "accepted", "document_passed", "site_visit", "halted",
                                "site_done", "final"):
                if case.stage != "final" or case.composite is None:
                    self.say("office", "application_withdrawn", case=case.name, reason="退出")
        for _ in range(6):
            waiting = [(kind, [row.case.name for row in rows if row.tied])
                       for kind, rows, waits in cycle.pools or () if waits]
            if cycle.settled or not waiting:
                break
            yield self.later(0, 4)
            kind, tied = pick.choice(waiting)
            if self.chance(0.25):
                self.say("office", "application_withdrawn", case=pick.choice(tied), reason="退出")
                continue
            pick.shuffle(tied)
            if self.chance(0.1):
                self.say("office", "tie_decided", cycle=cycle.name, pool=kind, order=tied[1:],
                         reason="按现场得分")
            self.say("office", "tie_decided", cycle=cycle.name, pool=kind, order=tied,
                     reason="按现场得分")

    def after_selection(self, cycle):
        pick, world = self.random, self.world
        yield self.later(1, 8)
        if not cycle.settled:
            return
        media = [{"medium": "日报", "on": (day_of(self.now) - back * DAY).isoformat(),
                  "digest": DIGEST} for back in {0, pick.choice((0, 1, 3))}]
        more = {"stated_first": self.today(), "stated_last":
                (day_of(self.now) + pick.choice((6, 7, 7, 8, 12, 15)) * DAY).isoformat()}
        self.say("office", "publicity_started", cycle=cycle.name, media=media, **more)
        if cycle.publicity is None:
            return
        for number, case in enumerate(self.of(cycle, "publicity")):
            if self.chance(0.25):
                self.start(self.objector(cycle, case, number))
        if self.chance(0.1):
            yield self.later(1, 6)
            self.say("office", "publicity_extended", cycle=cycle.name, reason="延长",
                     last=(cycle.publicity.last + pick.randint(-1, 6) * DAY).isoformat())
        while day_of(self.now) <= cycle.publicity.last:
            if self.chance(0.15):
                self.say("office", "deliberation_held", **self.meeting(cycle))
            yield end_of(cycle.publicity.last) + pick.choice((0, 1, 1, 12 * HOUR))
        for _ in range(pick.randint(3, 6)):
            if not self.of(cycle, "publicity"):
                break
            self.say("office", "deliberation_held", **self.meeting(cycle))
            yield self.later(1, 30)
        yield from self.government(cycle)

    def objector(self, cycle, case, number):
        limit = cycle.publicity.last
        when = self.random.choice((self.now, self.later(0, 6), end_of(limit) - 1, end_of(limit),
                                   end_of(limit) + 1))
        yield when
        name = f"{cycle.name}-o{number}"
        by, more = "public", {}
        if self.chance(0.3):
            by = "office"
            more = {"received": (day_of(self.now) - self.random.choice((0, 1, 8)) * DAY).isoformat()}
        self.say(by, "objection_filed", objection=name, case=case.name, text="异议",
                 source="letter" if more else "web", **more)
        yield from self.answer(name)

    def meeting(self, cycle):
        pick = self.random
        present = list(UNITS[:pick.choice((9, 8, 7, 7, 7, 7, 6, 5))])
        if self.chance(0.1):
            present[-1] = present[0]
        if self.chance(0.03):
            present.append("外单位")
        decisions = [{"case": case.name, "approved": self.chance(0.93), "reason": "审议"}
                     for case in self.of(cycle, "publicity") if self.chance(0.95)]
        if self.chance(0.1) and self.of(cycle, "not_selected"):
            decisions.append({"case": self.of(cycle, "not_selected")[0].name, "approved": True})
        return {"cycle": cycle.name, "meeting": f"{cycle.name}-m{next(self.ids)}",
                "on": self.today(), "presiding": "副市长" if self.chance(0.96) else "秘书长",
                "present": present, "decisions": decisions or [{"case": "1999/none/1",
                                                                "approved": True}]}

    def government(self, cycle):
        pick, world = self.random, self.world
        waiting = self.of(cycle, "recommended_to_government")
        while waiting:
            self.say(pick.choice(("office", "government")), "government_decided",
                     cycle=cycle.name, on=self.today(), decisions=[
                         {"case": case.name, "approved": self.chance(0.95), "reason": "常务会议"}
                         for case in waiting])
            waiting = self.of(cycle, "recommended_to_government")
        yield self.later(0, 10)
        self.say("government", "mayor_signed", cycle=cycle.name, on=self.today())
        publish = self.later(0, 20)
        leap = datetime.date(day_of(self.now).year, 2, 28) + DAY
        if leap.month == 2 and 0 < start_of(leap) + CLOCK - self.now < 60 * DAY_MS:
            publish = start_of(leap) + CLOCK
        yield publish
        self.say("office", "result_published", cycle=cycle.name, number="渝府发1号",
                 media=[{"medium": "日报", "on": self.today(), "digest": DIGEST}],
                 on=self.today())
        for case in self.of(cycle, "honoured"):
            self.start(self.laureate(case))
        if self.chance(0.9):
            yield self.later(1, 40)
            given = [{"case": case.name, "medal": f"M{case.name[-12:]}",
                      "certificate": f"Z{case.name[-12:]}" if self.chance(0.97) else "Z1"}
                     for case in self.of(cycle, "honoured") if self.chance(0.95)]
            if given:
                self.say("office", "conferral_held", cycle=cycle.name, on=self.today(),
                         given=given)
        if self.chance(0.5):
            self.say("office", "cycle_closed", cycle=cycle.name)

    # ---- Laureates

    def laureate(self, case):
        pick, number = self.random, self.codes.index(case.enterprise)
        if self.chance(0.5):
            self.start(self.duties(case, number))
        if self.chance(0.5):
            return
        yield self.later(20, 900)
        incident, kind = f"{case.name}-i", pick.choice(afterwards.ACCIDENTS + ("sampling",) * 2)
        on = day_of(self.now) - pick.choice((0, 1, 10, 30)) * DAY
        body = {"incident": incident, "case": case.name, "kind": kind, "on": on.isoformat()}
        if kind == "sampling":
            body.update(level=pick.choice(("national", "municipal", "industry", "district")),
                        serious=self.chance(0.6))
        else:
            body.update(liable=pick.choice(("unknown", "yes", "yes")))
        self.say("bureau", "incident_recorded", **body)
        found = self.world.deadlines.get((f"{case.name}/{incident}", "incident_report"))
        if found and self.chance(0.8):
            if self.chance(0.7):
                limit = end_of(found.last)
                yield limit + pick.choice((-DAY_MS, -1, 0, 1, DAY_MS))
            self.say(f"e{number}", "incident_reported_by_laureate", digest=DIGEST, **body)
        yield self.later(1, 100)
        if body.get("liable") == "unknown":
            self.say("bureau", "liability_established", incident=incident, proof="认定书",
                     liable=pick.choice(("yes", "yes", "no")))
        yield from self.revoke(case, incident)

    def duties(self, case, number):
        years = self.random.randint(1, 4)
        while years:
            years -= 1
            today = day_of(self.now)
            limit = end_of(datetime.date(today.year + 1, 12, 31))
            yield self.random.choice((limit - 40 * DAY_MS, limit, limit + 1))
            if case.experience is None and self.chance(0.7):
                self.say(f"e{number}", "experience_shared", case=case.name, digest=DIGEST)
            year = day_of(limit).year
            self.say(f"e{number}", "self_evaluation_submitted", case=case.name, year=year,
                     digest=DIGEST)

    def revoke(self, case, incident):
        pick = self.random
        mine = [one.name for one in self.world.revocations.values() if one.case == case.name]
        if self.chance(0.4) or not mine:
            name = f"{case.name}-r{next(self.ids)}"
            ground = pick.choice(("breach_of_law", "misrepresentation", "serious_quality",
                                  "major_accident"))
            more = {}
            if ground in ("serious_quality", "major_accident"):
                more = {"incident": incident}
            else:
                more = {"facts": "事实"}
                if ground == "breach_of_law":
                    more["effect"] = "恶劣影响"
            self.say("bureau", "revocation_opened", case=case.name, revocation=name,
                     ground=ground, **more)
            mine.append(name)
        for name in mine:
            yield self.later(1, 20)
            self.say("bureau", "revocation_verified", revocation=name, report="核实")
        yield self.later(1, 30)
        for name in mine:
            self.say("government", "revocation_decided", revocation=name, on=self.today(),
                     approved=self.chance(0.85), reason="常务会议")
        yield self.later(1, 20)
        steps = [("medal_returned", {}), ("certificate_returned", {}),
                 ("revocation_published", {"media": ["日报"]})]
        pick.shuffle(steps)
        for kind, more in steps:
            if self.chance(0.9):
                self.say("bureau", kind, case=case.name, on=self.today(), **more)


def main():
    import collections
    import sys
    year = Year(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    print(json.dumps(year.header, ensure_ascii=False))
    for line in year.lines:
        print(json.dumps(line, ensure_ascii=False))
    count = collections.Counter(answer["outcome"] for answer in year.answers)
    stages = collections.Counter(case.stage for case in year.world.cases.values())
    print(dict(count), dict(stages), file=sys.stderr)


if __name__ == "__main__":
    main()
