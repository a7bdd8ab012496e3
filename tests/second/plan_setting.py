"""plan_setting - enterprises, reviewers, and what happens beside the plan."""
import datetime

import afterwards
from periods import DAY, DAY_MS, day_of, end_of, start_of
from plan import DIGEST, DISTRICTS
from world import LAUREATE


REGIONS = {"chongqing": ("500000", "510000"), "district": ("500105", "500103")}
INDUSTRIES = {"chongqing": (("C36", "B06", "D44", "C39"), "G54"),
              "district": (("C36", "E47", "G54", "I61"), "B06")}


class Setting:
    def years(self, kind):
        """How long an earlier record of this kind bars."""
        rules = self.rules
        return {"violation": rules.violation_years, "honour": rules.laureate_years,
                "revocation": rules.revoked_years}[kind]

    def set_up(self):
        pick, rules = self.random, self.rules
        inside, outside = REGIONS[rules.name]
        sections, other = INDUSTRIES[rules.name]
        for number, code in enumerate(self.codes):
            least = rules.operating_years
            since = datetime.date(self.first_year - pick.choice((least, least + 1, least + 1, 20, 20,
                                                                 20)),
                                  pick.randint(1, 6), pick.randint(1, 28))
            if self.clean and self.chance(0.85):
                since = datetime.date(1999, 9, 9)
            elif self.chance(0.1):
                since = datetime.date(2008 + 4 * pick.randint(0, 1), 2, 29)
            self.say("office", "enterprise_registered", enterprise=code, name=f"企业{number}",
                     region=inside if self.chance(0.98) else outside,
                     district=pick.choice(DISTRICTS), legal_person=self.chance(0.98),
                     industry=pick.choice(sections) if self.chance(0.98) else other, operating_since=since.isoformat())
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
        if self.chance(0.4):
            self.start(self.calendars())
        if self.chance(0.5):
            self.start(self.seconds())

    def calendars(self):
        """A year is announced, or an announced one revised."""
        pick = self.random
        for _ in range(pick.randint(1, 3)):
            yield self.later(60, 900)
            year = day_of(self.now).year + pick.choice((0, 0, 1))
            first = datetime.date(year, 1, 1)
            days = {first: False}
            for _ in range(pick.randint(3, 25)):
                on = first + pick.randint(-5, 364) * DAY
                days[on] = on.weekday() >= 5
            self.say("office", "calendar_loaded", year=year, source="通知", digest=DIGEST,
                     exceptions=[{"on": on.isoformat(), "working": working, "name": "节"}
                                 for on, working in sorted(days.items())])

    def earlier(self):
        pick, what = self.random, {}
        kind = pick.choice(("honour", "violation", "revocation"))
        what[kind] = pick.choice(("misrepresentation", "violation", "other")
                                 if kind == "violation" else ("award", "nomination"))
        years = self.years(kind)
        on = datetime.date(self.first_year - years, pick.randint(1, 4), pick.randint(1, 28))
        if self.chance(0.2):
            on = datetime.date(2012, 2, 29)
        if day_of(self.now).year >= self.first_year:
            on = day_of(self.now) - pick.choice((0, 10, 25, 100, 400, 1000, 1900)) * DAY
        if self.chance(0.3):
            on = datetime.date(self.first_year - pick.randint(1, 3), pick.randint(1, 11),
                               pick.randint(1, 28))
        code = pick.choice(self.codes)
        if kind == "honour" and self.chance(0.4):
            number = next(self.ids)
            what.update(medal=f"m{number}", certificate=f"z{number}")
        if kind != "violation" and self.chance(0.3):
            what["cycle"] = f"第{on.year}届"
        known = len(self.world.cases)
        self.say("office", "earlier_record", enterprise=code, on=on.isoformat(), proof="文件",
                 **what)
        for case in list(self.world.cases.values())[known:]:
            if case.stage in LAUREATE:
                self.start(self.laureate(case))
        if kind == "violation" or self.chance(0.4):
            return
        other = "revocation" if kind == "honour" else "honour"
        if self.chance(0.3):
            what["cycle"] = f"第{on.year}届"
        on += pick.choice((-400, -1, 0, 1, 90, 500)) * DAY
        self.say("office", "earlier_record", enterprise=code, on=on.isoformat(), proof="文件",
                 **{other: what[kind]}, **({"cycle": what["cycle"]} if "cycle" in what else {}))

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
            elif what < 0.94:
                self.earlier()
            elif self.world.deadlines:
                found = pick.choice(sorted(self.world.deadlines))
                self.start(self.moves(":".join((*found, "1"))))

    def moves(self, name):
        """The office suspends, resumes or extends a deadline, on its last days for choice."""
        pick, world = self.random, self.world
        subject, kind, _ = name.rsplit(":", 2)
        for _ in range(pick.randint(1, 6)):
            found = world.deadlines.get((subject, kind))
            if found is None:
                return
            limit = end_of(found.last)
            yield pick.choice((self.now, self.later(0, 3), self.later(1, 15), limit - DAY_MS, limit,
                               limit + 1, limit + DAY_MS))
            more = {"deadline": name, "reason": "调查需要", "article": "policy"}
            what = "deadline_extended" if self.chance(0.3) else \
                "deadline_resumed" if found.state == "suspended" else "deadline_suspended"
            if what == "deadline_extended":
                since = max(found.last, pick.choice((found.last, day_of(self.now))))
                more["last"] = (since + pick.choice((-1, 0, 1, 1, 2, 3, 7, 20)) * DAY).isoformat()
            self.say("office", what, **more)

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
                     source="web", **({"evidence": "照片"} if self.chance(0.5) else {}), anonymous=self.chance(0.5))
            self.start(self.answer(f"c{number}"))

    def answer(self, objection):
        """The office links some, and decides most."""
        yield self.later(0, 20)
        if self.chance(0.3):
            self.say("office", "complaint_linked", objection=objection, reason="重大")
            yield self.later(0, 20)
        found = self.world.deadlines.get((objection, "objection_answer"))
        if found and self.chance(0.3):
            self.start(self.moves(f"{objection}:objection_answer:1"))
            yield self.later(0, 60)
        if found and self.chance(0.3):
            yield end_of(found.last) + self.random.choice((-1, 0, 1, 1))
        if self.chance(0.9):
            finding = self.random.choice(("founded", "unfounded", "unfounded", "immaterial"))
            more = {"kind": self.random.choice(("misrepresentation", "violation", "other"))} \
                if finding == "founded" else {}
            self.say("office", "objection_decided", objection=objection, finding=finding,
                     report="调查", **more)
