"""generator - random whole years of the award, from a seed.

    year = Year(seed)          # plays through and decides every event by this implementation
    year.header, year.lines    # for award-decide; year.answers beside them; year.world at the end

Noise alone never gets deep, so there is a plan (cycles, applicants, laureates, each a coroutine that
yields the moment at which it goes on) which is disturbed: limits are met on the day, the millisecond
before and after; people of the wrong role, missing fields and repeats come between. The
parts of the plan are the files plan_*.py."""
import datetime
import heapq
import itertools
import json
import random

import afterwards
import credit_code
import earlier    # noqa: F401  its event too
import moving    # noqa: F401  and its
import seconding    # noqa: F401  and its
import reviewing    # noqa: F401  its events enter the table
import selecting
from constants import CHONGQING, DISTRICT
from periods import DAY, day_of, moment_text, start_of
from plan import DISTRICTS, HOUR, CLOCK, fresh_calendar
from world import EVENTS, LAUREATE, World
from plan_applying import Applying
from plan_mistakes import MISTAKES
from plan_reviewing import Reviewing
from plan_seconding import Seconding
from plan_selecting import Selecting
from plan_setting import Setting

ONE_WRONG = "-one-wrong"    # ends the id of a line that would be admitted but for one thing


class Year(Setting, Applying, Reviewing, Selecting, Seconding):
    def __init__(self, seed, start_year=None):
        self.seed, self.random = seed, random.Random(seed)
        self.rules = DISTRICT if seed % 4 == 0 else CHONGQING    # every fourth year
        pick = self.random
        self.first_year = start_year or pick.choice((2014, 2015, 2016, 2017, 2019, 2020, 2022,
                                                    2024, 2025))
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
        self.header = {"rules": self.rules.name, "start": moment_text(start), "principals": [
            {"name": name, "role": role, **({"scope": scope} if scope else {}), "full_name": name}
            for name, (role, scope) in self.principals.items()]}
        self.world = World(fresh_calendar(), self.principals, start, self.rules)
        self.lines, self.answers, self.now = [], [], start
        self.play()

    def people(self):
        self.principals = {
            "office": ("office", None), "committee": ("review_committee", None),
            "supervision": ("supervision_committee", None),
            "supervision2": ("supervision_committee", None),
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
        """Emits an event, with what disturbs it before and after; sometimes of another principal of
        the same role and scope, who may be enrolled since."""
        people = self.world.principals
        if self.chance(0.05) and people.get(principal, ("reviewer",))[0] != "reviewer":
            principal = self.random.choice(sorted(
                name for name, role in people.items() if role == people[principal]))
        wrong = self.chance(self.disturbance) and self.disturb(principal, kind, body)
        answer = self.emit(principal, kind, body)
        if wrong and answer["outcome"] != "rejected":
            wrong["id"] += ONE_WRONG
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
                pools = selecting.pools_json(
                    self.rules, selecting.ranking(world, world.cycles[task[1]]))
                self.emit("scoring", "ranking_computed", {"cycle": task[1], "pools": pools})
            elif world.cases[task[1]].stage in LAUREATE:
                case = world.cases[task[1]]
                found = afterwards.grounds(world, case, task[2])
                self.emit("revocation", "grounds_checked",
                          {"case": case.name, "incident": task[2], "grounds": found})
            else:
                world.tasks.discard(task)

    def disturb(self, principal, kind, body):
        """The same from somebody else, without a field, or with one that is wrong. Returns the line
        where it was rejected."""
        wrong = json.loads(json.dumps(body))
        what = self.random.choice(("role", "missing", "blank", "unknown", "future", "mistake",
                                   "mistake", "mistake"))
        roles, needed, _ = EVENTS[kind]
        if what == "role":
            others = [name for name, (role, _) in self.world.principals.items()
                      if role not in roles]
            principal = self.random.choice(others)
        elif what == "missing" and needed:
            del wrong[self.random.choice(needed)]
        elif what == "blank" and needed:
            field = self.random.choice(needed)
            if field not in ("cycle", "team", "case", "reason", "report", "presiding", "meeting",
                             "proof", "objection", "text", "number", "incident", "revocation",
                             "ground", "name", "enterprise") or kind == "revocation_opened":
                return None
            wrong[field] = "  "
        elif what == "unknown" and "case" in wrong:
            wrong["case"] = "1999/none/1"
        elif what == "future" and "on" in wrong:
            wrong["on"] = (day_of(self.now) + DAY).isoformat()
        elif what == "mistake" and kind in MISTAKES:
            MISTAKES[kind](self.random, self.rules, wrong)
        if wrong == body and what != "role":
            return None
        at = len(self.lines)
        answer = self.emit(principal, kind, wrong)
        return self.lines[at] if answer["outcome"] == "rejected" else None

    def repeat(self):
        """An old line again, or its id with another content."""
        line = dict(self.random.choice(self.lines[-20:]))
        if "worker" in self.world.principals[line["principal"]][0]:
            return    # its task is answered: award-decide would match it to none
        line["id"] = line["id"].removesuffix(ONE_WRONG)
        line["at"] = moment_text(self.now)
        if self.chance(0.3):
            line = {**self.lines[-1], "id": line["id"], "principal": line["principal"],
                    "at": moment_text(self.now)}
        self.put(line)


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
