"""plan_selecting - selection, publicity, meetings, and the years of the laureates."""
import datetime

import afterwards
from periods import DAY, DAY_MS, day_of, end_of, start_of
from plan import DIGEST, HOUR, CLOCK, UNITS


class Selecting:
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
        """Publicity, deliberation and government, in the order of the rulebook (decision 19)."""
        yield self.later(1, 8)
        if not cycle.settled:
            return
        if cycle.rules.deliberation_first:
            yield from self.deliberation(cycle, "candidate")
            yield from self.publicity(cycle)
        else:
            yield from self.publicity(cycle)
            yield from self.deliberation(cycle, "publicity")
        yield from self.government(cycle)

    def publicity(self, cycle):
        pick, late = self.random, self.rules.late_entry_days
        media = [{"medium": "日报", "on": (day_of(self.now) - back * DAY).isoformat(), "digest": DIGEST}
                 for back in {pick.choice((0, 0, 0, 2)), pick.choice((0, 1, 3, late, late + 1))}]
        length = self.rules.publicity.length
        more = {"stated_first": self.today(), "stated_last": (
            day_of(self.now) + (length + pick.choice((-1, 0, 0, 1, 2, 5, 8))) * DAY).isoformat()}
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
            if self.chance(0.1):
                self.decided(cycle)
            yield end_of(cycle.publicity.last) + pick.choice((0, 1, 1, 12 * HOUR))

    def deliberation(self, cycle, stage):
        pick = self.random
        for _ in range(pick.randint(3, 6)):
            if not self.of(cycle, stage):
                break
            if self.chance(0.3):
                self.learned(pick.choice(self.of(cycle, stage)).enterprise)
            self.say("office", "deliberation_held", **self.meeting(cycle))
            if stage == "candidate" and self.chance(0.05):
                break
            yield self.later(1, 30)

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
        if self.chance(0.85 if self.rules.named else 0.3):
            more["evidence"] = "照片"
        if self.chance(0.1 if self.rules.named else 0.5):
            more["anonymous"] = True
        self.say(by, "objection_filed", objection=name, case=case.name, text="异议",
                 source="letter" if by == "office" else "web", **more)
        yield from self.answer(name)

    def meeting(self, cycle):
        pick = self.random
        share, of = self.rules.quorum
        enough = len(UNITS) * share // of + 1
        present = list(UNITS[:pick.choice((9, 8, *4 * (enough,), enough - 1, enough - 2))])
        if self.chance(0.1):
            present[-1] = present[0]
        if self.chance(0.03):
            present.append("外单位")
        decisions = [{"case": case.name, "approved": self.chance(0.93), "reason": "审议"}
                     for case in self.of(cycle, "candidate", "publicity") if self.chance(0.95)]
        if self.chance(0.1) and self.of(cycle, "not_selected"):
            decisions.append({"case": self.of(cycle, "not_selected")[0].name, "approved": True})
        if decisions and self.chance(0.05):
            decisions.append({**decisions[0], "approved": not decisions[0]["approved"]})
        if self.chance(0.05):
            others = [case.name for case in self.world.cases.values() if case.cycle != cycle.name]
            decisions += [{"case": other, "approved": True} for other in others[-1:]]
        return {"cycle": cycle.name, "meeting": f"{cycle.name}-m{next(self.ids)}",
                "on": (day_of(self.now) - pick.choice((0, 0, 0, 1, 3)) * DAY).isoformat(),
                "presiding": "副市长" if self.chance(0.96) else "秘书长",
                "present": present, "decisions": decisions or [{"case": "1999/none/1",
                                                                "approved": True}]}

    def waiting(self, cycle):
        return self.of(cycle, "publicity" if cycle.rules.deliberation_first
                       else "recommended_to_government")

    def decided(self, cycle):
        pick, waiting = self.random, self.waiting(cycle)
        self.say(pick.choice(("office", "government")), "government_decided",
                 cycle=cycle.name, on=self.today(), decisions=pick.choice((1, 1, 1, 2)) * [
                     {"case": case.name, "approved": self.chance(0.95), "reason": "常务会议"}
                     for case in waiting] or [{"case": "1999/none/1", "approved": True}])

    def government(self, cycle):
        pick, world = self.random, self.world
        for _ in range(6):
            if not self.waiting(cycle):
                break
            self.decided(cycle)
            yield self.later(0, 10)
        self.say("government", "mayor_signed", cycle=cycle.name, on=self.today())
        publish = self.later(0, 20)
        leap = datetime.date(day_of(self.now).year, 2, 28) + DAY
        if leap.month == 2 and 0 < start_of(leap) + CLOCK - self.now < 60 * DAY_MS:
            publish = start_of(leap) + CLOCK
        yield publish
        self.say("office", "result_published", cycle=cycle.name, number="渝府发1号",
                 media=[{"medium": "日报", "on": self.today(), "digest": DIGEST}],
                 on=(day_of(self.now) - pick.choice((0, 0, 0, 0, 1, 5)) * DAY).isoformat())
        for case in self.of(cycle, "honoured"):
            self.start(self.laureate(case))
            if self.chance(0.2):
                self.start(self.moves(f"{case.name}:experience:1"))
        if self.chance(0.9):
            yield self.later(1, 40)
            given = [{"case": case.name, "medal": f"M{case.name[-12:]}",
                      **({"prize_paid": self.chance(0.9)} if self.rules.prize else {}),
                      "certificate": f"Z{case.name[-12:]}" if self.chance(0.97) else "Z1"}
                     for case in self.of(cycle, "honoured") if self.chance(0.95)]
            if given:
                self.say("office", "conferral_held", cycle=cycle.name, on=self.today(),
                         given=given)
        if self.chance(0.5):
            self.say("office", "cycle_closed", cycle=cycle.name)

    # ---- Laureates

    def laureate(self, case):
        pick, heirs = self.random, self.world.successors(case.enterprise)
        number = self.codes.index(pick.choice(heirs))    # 27: a successor may do it
        if self.chance(0.5):
            self.start(self.duties(case, number))
        if self.chance(0.2):
            self.start(self.shares(case, number))
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

    def shares(self, case, number):
        """17: on the last day, or the day before or after."""
        found = self.world.deadlines.get((case.name, "experience"))
        if found is not None:
            yield end_of(found.last) + self.random.choice((-1, 0, 1, DAY_MS))
            self.say(f"e{number}", "experience_shared", case=case.name, digest=DIGEST)

    def duties(self, case, number):
        years = self.random.randint(1, 4)
        while years:
            years -= 1
            today = day_of(self.now)
            limit = end_of(datetime.date(today.year + 1, *self.rules.self_evaluation))
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
        yield end_of(datetime.date(day_of(self.now).year, 12, 31)) + 3 * DAY_MS \
            if self.chance(0.2) else self.later(1, 30)
        for name in mine:
            on = day_of(self.now) - pick.choice((0, 0, 0, 1, 15)) * DAY
            self.say("government", "revocation_decided", revocation=name, on=on.isoformat(),
                     approved=self.chance(0.85), reason="常务会议")
        yield self.later(1, 20)
        steps = [("medal_returned", {}), ("certificate_returned", {}),
                 ("revocation_published", {"media": ["日报"]})]
        if self.rules.prize or self.chance(0.1):
            steps.append(("prize_returned", {}))
        pick.shuffle(steps)
        for kind, more in steps:
            if self.chance(0.9):
                self.say("bureau", kind, case=case.name, on=self.today(), **more)
