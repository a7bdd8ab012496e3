"""plan_reviewing - teams, sheets, defences and visits."""
import reviewing
from periods import DAY, day_of, moment_text
from plan import DIGEST, sheet
from plan_mistakes import spoilt
from scores import points, points_text


class Reviewing:
    def of(self, cycle, *stages):
        return [self.world.cases[name] for name in cycle.cases
                if self.world.cases[name].stage in stages]

    def target(self):
        rules = self.rules
        most = sum(rules.categories.values())
        if self.ties and self.chance(0.85):
            return rules.award_score + most // 10
        if self.chance(0.15):
            limit = self.random.choice((rules.award_score, rules.nomination_score))
            return limit + self.random.choice((-1, 0, 1))
        return self.random.randint(rules.award_score if self.high or self.chance(0.7)
                                   else rules.nomination_score - 2000, most * 9 // 10)

    def scored(self):
        """A sheet by category, sometimes by item in some of them."""
        rules, divided = self.rules, ()
        if self.chance(0.15):
            divided = [name for name in rules.items if self.chance(0.7)]
        return sheet(rules, self.target(), divided)

    def review(self, cycle):
        pick, world = self.random, self.world
        cases = [case for case in self.of(cycle, "accepted") if case.team is None]
        pick.shuffle(cases)
        count = pick.randint(1, 3)
        for number in range(count):
            share = cases[number::count]
            if not share:
                continue
            least, most = self.rules.team_size
            size = pick.choice((least - 1, least, most, most + 1) if self.chance(0.2)
                               else (least, least, 4, most))
            members = pick.sample(self.panel, size)
            for _ in range(6):
                name = f"{cycle.name}-t{len(world.teams) + 1}"
                self.say(pick.choice(("office", "committee")), "team_drawn", cycle=cycle.name,
                         reason="组建",
                         teams=[{"team": name, "members": members, "leader": members[0],
                                 "cases": [case.name for case in share]}])
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
        return [{"case": name, "scores": self.scored(), "who": "组长会议",
                 "reason": "统一尺度"} for name in some if self.chance(0.1)]

    def plan(self, team):
        base = day_of(self.now)
        for person in list(team.members):
            if self.chance(0.97):
                self.say(person, "confidentiality_declared", team=team.name)
        while not team.plan_approved and self.chance(0.97 if self.rules.sheet_plan else 0.5):
            if self.rules.sheet_plan and self.chance(0.1):
                case = self.world.cases[team.cases[0]]
                self.say(team.leader, "independent_sheet", case=case.name, scores=self.scored())
            days = [base + self.random.randint(5, 60) * DAY for _ in reviewing.STEPS]
            if self.chance(0.9):
                days.sort()
            steps = [{"step": step, "on": on.isoformat()}
                     for step, on in zip(reviewing.STEPS, days)]
            self.say(team.leader, "plan_submitted", team=team.name, steps=steps)
            self.say("committee", "plan_approved", team=team.name)
            if self.chance(0.4):
                kind = self.random.choice(tuple(reviewing.STEPS.values()))
                self.start(self.moves(f"{team.name}:{kind}:1"))

    def documents(self, case):
        pick, team = self.random, self.world.teams[case.team]
        for person in list(team.members):
            if person not in team.confidential:
                self.say(person, "independent_sheet", case=case.name, scores=self.scored())
                self.say(person, "confidentiality_declared", team=team.name)
            scores = self.scored()
            if self.chance(self.disturbance):
                self.emit(person, "independent_sheet", {"case": case.name,
                                                        "scores": spoilt(pick, self.rules, scores)})
            if self.chance(0.02):
                self.say(team.leader, "consensus_sheet", **self.consensus(case))
        if case.document is None:    # what was left out is explained
            self.say(team.leader, "consensus_sheet", **self.consensus(case))
            if self.chance(0.01):
                more = {"case": case.name} if self.chance(0.7) else {}
                self.say(person, "conflict_declared", team=team.name, person=person,
                         reason="亲属", **more)
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
                self.say(person, "independent_sheet", case=case.name, scores=self.scored())
        self.say(team.leader, "consensus_sheet", **self.consensus(case))
        if case.document is None:    # what was left out is explained
            self.say(team.leader, "consensus_sheet", **self.consensus(case))

    def consensus(self, case):
        """Mostly explained in every category; sometimes one or all are left out."""
        pick, rules, scores = self.random, self.rules, self.scored()
        explained = list(rules.categories) + [row["item"] for row in scores if "." in row["item"]]
        if self.chance(0.1):
            explained = [item for item in explained if self.chance(0.8)]
        first, last = list(rules.categories)[0], list(rules.categories)[-1]
        if self.ties and self.chance(0.15):    # most sheets are equal: one category at the tolerance
            scores, explained = sheet(rules, self.target()), []
            self.at_tolerance(pick.choice(scores))
        return {"case": case.name, "scores": scores, "report": DIGEST,
                "explanations": [{"item": item, "text": "合议"} for item in explained],
                "strengths": [{"item": first, "text": "好"}],
                "improvements": [{"item": last, "text": "改"}]}

    def at_tolerance(self, row):
        """Leaves the mean by what may go unexplained, a hundredth less or more."""
        most = self.rules.categories[row["item"]]
        far = most * self.rules.tolerance_percent // 100 + self.random.choice((-1, 0, 0, 1))
        row["points"] = points_text(min(most, max(0, points(row["points"])
                                                  + self.random.choice((-1, 1)) * far)))

    def defence_and_visit(self, case):
        first_defence = self.chance(0.5)
        if first_defence:
            self.defend(case)
            yield self.later(0, 5)
        yield from self.visit(case)
        if not first_defence and self.chance(0.95):
            self.defend(case)

    def defend(self, case):
        pick, least = self.random, self.rules.panel_min
        panel = pick.sample(self.panel, least + pick.choice((0, 0, 1, 4, 6)))
        if self.chance(0.03):
            panel = panel[:least - 1]
        fields = ("economy", "management", "technology")[:self.rules.advisors]
        advisors = [{"name": f"顾问{field}", "field": field} for field in fields]
        if self.chance(0.03):
            advisors.pop()
        body = dict(case=case.name, when=moment_text(self.now), panel=panel, advisors=advisors,
                    place="会议室")
        self.say("office", "defence_scheduled", **body)
        if case.defence is None:
            body["panel"] = pick.sample(self.panel, least)
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
        if len(stays) > least and self.chance(0.2):
            left = [{"person": stays.pop(), "reason": "生病"}]
        equal, most = self.ties and self.chance(0.85), self.rules.defence_points
        for person in stays:
            given = most * 4 // 5 if equal else pick.randint(most // 2, most)
            if self.chance(self.disturbance):
                self.emit(person, "defence_score", {"case": case.name,
                                                    "points": points_text(most + 1)})
                self.emit("office", "defence_closed", {"case": case.name, "left": []})
            self.say(person, "defence_score", case=case.name, points=points_text(given))
        self.say("office", "defence_closed", case=case.name, comments=["好"], left=left)

    def visit(self, case):
        pick, team = self.random, self.world.teams.get(case.team)
        if team is None:
            return
        by = pick.choice(("office", team.leader))
        first = day_of(self.now)
        if self.chance(0.97):
            self.say(by, "visit_scheduled", case=case.name, first=first.isoformat(),
                     last=(first + pick.choice((2, 3, 4, 5)) * DAY).isoformat())
        if self.chance(0.03):
            self.say("office", "not_held", **({"decision": "延期"} if self.chance(0.6) else {}),
                     case=case.name, what=pick.choice(("visit", "defence")))
        if self.chance(0.01):
            self.say("office", "not_held", case=case.name, what=pick.choice(("visit", "defence")))
        self.say(by, "visit_opened", case=case.name, on=self.today())
        if self.chance(0.06):
            self.say(pick.choice(team.members), "halted", case=case.name, ground="不符")
            yield self.later(0, 10)
            self.say("office", "halt_decided", case=case.name, reason="核实",
                     finding=pick.choice(("discrepancy", "misrepresentation", "cleared", "cleared")))
        yield self.later(2, 5)
        self.say(team.leader, "visit_sheet", case=case.name, scores=self.scored(), days=3,
                 report=DIGEST, strengths=[{"item": "results", "text": "好"}])
