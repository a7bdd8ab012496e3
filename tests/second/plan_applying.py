"""plan_applying - a cycle and its applicants, up to acceptance."""
from conditions import lineage
from periods import DAY, DAY_MS, day_of, end_of, moment_text, start_of, years_after
from plan import DIGEST, DISTRICTS, HOUR, CLOCK, FINDINGS, UNITS


class Applying:
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
        if name == "first" and self.chance(0.4):
            self.start(self.cycle_plan("beside", self.later(5, 200), None))
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
        pick, world, rules = self.random, self.world, self.rules
        opened = self.now
        ends = {bar[2] for one in lineage(world, code) for bar in world.enterprises[one].bars}
        ends |= {years_after(world.enterprises[code].operating_since, rules.operating_years)}
        ends |= {years_after(world.incidents[one].on, rules.accident_years)
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
        pick, rules = self.random, self.rules
        characters = rules.profile_characters + pick.choice((-1, 0, 0, 0, 0, self.chance(0.1)))
        report = pick.choice((100, rules.report_characters, rules.report_characters,
                              rules.report_characters + self.chance(0.1)))
        materials = [{"kind": "application_form", "digest": DIGEST, "characters": 10},
                     {"kind": "organisation_profile", "digest": DIGEST, "characters": characters},
                     {"kind": "self_evaluation_report", "digest": DIGEST, "characters": report},
                     {"kind": "evidence", "digest": DIGEST, "characters": 10, "issuer": "税务局"}]
        if self.chance(0.03):
            del materials[pick.randrange(4)]
        body = {"cycle": cycle.name, "enterprise": code, "materials": materials}
        received = min(self.now, cycle.closing + pick.choice((0, 0, 1)))
        if self.chance(0.1):
            received -= pick.choice((0, 1, rules.late_entry_days - 1, rules.late_entry_days,
                                     rules.late_entry_days + 1)) * DAY_MS
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
                               "characters": self.rules.profile_characters + pick.choice((0, 1))})
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
        if self.chance(0.04 if self.clean else 0.15):
            self.learned(code)
        for _ in range(4):
            if case.stage == "recommended" or self.chance(0.1):
                self.say("office", "application_accepted", case=case.name)
                yield self.later(1, 30)

    def learned(self, code):
        """Something about an applicant becomes known after it applied (decision 20)."""
        pick, what, number = self.random, self.random.random(), next(self.ids)
        on = (day_of(self.now) - pick.choice((
            0, 1, 30, 400, *(self.rules.accident_years * 365 + day for day in range(-1, 3)))) * DAY)
        if what < 0.35:
            liable = pick.choice(("unknown", "unknown", "yes", "no"))
            self.say("bureau", "accident_recorded", incident=f"x{number}", enterprise=code,
                     kind="safety_accident", on=on.isoformat(), liable=liable)
            if liable == "unknown" and self.chance(0.7):
                self.start(self.liability(f"x{number}"))
        elif what < 0.5:
            self.say("bureau", "sampling_recorded", incident=f"x{number}", enterprise=code,
                     on=on.isoformat(), serious=self.chance(0.7), level=pick.choice(
                         ("national", "industry", "municipal", "district")))
        elif what < 0.65:
            kind = pick.choice(("honour", "violation", "revocation"))
            value = "misrepresentation" if kind == "violation" else "award"
            on = years_after(day_of(self.now), -self.years(kind))
            on += pick.choice((-20, -2, -1, 0, 1, 2)) * DAY
            self.say("office", "earlier_record", enterprise=code, on=on.isoformat(), proof="文件",
                     **{kind: value})
        elif what < 0.8:
            change = pick.choice(({"legal_person": False}, {"industry": "A01"}, {"name": "新名"},
                                  {"region": "500103"}, {"region": "510000"}, {"district": pick.choice(DISTRICTS)},
                                  {"operating_since": "2017-03-01"}))
            self.say("office", "enterprise_changed", enterprise=code, **change)
        elif what < 0.9:
            self.say("office", "predecessor_linked", enterprise=code,
                     predecessor=pick.choice(self.codes), how="merged", proof="批文")
        else:
            self.say(f"e{self.codes.index(code)}", "application_withdrawn", reason="退出",
                     case=pick.choice(self.world.enterprises[code].cases))
