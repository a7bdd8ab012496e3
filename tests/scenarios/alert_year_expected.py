"""alert_year_expected - which alerts a year should have: a second way, from facts alone.

Facts are the revisions of the deadlines with the moments at which each began and ended, and what
people did. Days come from the table of holidays, steps from the alert policy's file; of awardd's
own rules nothing is used. A closing or a publicity that is over ("over": when) goes no further
upward; who acknowledges a step knows of those before it. `expected` returns
{(deadline, revision, step, recipient): (moment, why)}.
"""
import datetime
import itertools

import yaml

DAY = datetime.timedelta(days=1)
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
UPWARD = ("clerk", "section_head", "director")


class Days:
    """Working days, from the table of holidays."""

    def __init__(self, file):
        rows = [line.split("\t") for line in file.read_text().splitlines()
                if line and not line.startswith("#")]
        self.kind = {datetime.date.fromisoformat(row[0]): row[1] for row in rows}

    def working(self, day):
        return self.kind.get(day, "workday" if day.weekday() < 5 else "holiday") == "workday"

    def shift(self, day, offset, working):
        if not working:
            return day + offset * DAY
        direction = DAY if offset > 0 else -DAY
        for _ in range(abs(offset)):
            day += direction
            while not self.working(day):
                day += direction
        return day

    def later(self, moment, working_days):
        return datetime.datetime.combine(self.shift(moment.date(), working_days, True),
                                         moment.timetz())


class Policy:
    def __init__(self, file, days):
        self.days = days
        text = yaml.safe_load(file.read_text())
        self.ladders = {ladder["kind"]: ladder["steps"] for ladder in text["ladders"]}
        self.escalation = [(row["post"], row["working_days"]) for row in text["escalation"]]
        self.unheard = text["unheard_roles"], text["unheard_working_days"]

    @staticmethod
    def name(step):
        return "%+d%s@%s" % (step["offset_days"], "w" if step.get("working_days") else "",
                             step["at"]) if step["offset_days"] else "0@" + step["at"]

    def moments(self, kind, last):
        """Each step of a ladder with its moment, in the order of time."""
        found = []
        for step in self.ladders.get(kind, []):
            day = self.days.shift(last, step["offset_days"], step.get("working_days", False))
            hour, minute = map(int, step["at"].split(":"))
            found.append((datetime.datetime.combine(day, datetime.time(hour, minute), SHANGHAI), step))
        return sorted(found, key=lambda row: row[0])


class Office:
    """Who is told of what: `roster` is post -> name, `leave` are (name, first, last, substitute)."""

    def __init__(self, principals, roster, leave, leaders):
        self.principals, self.roster, self.leave, self.leaders = principals, roster, leave, leaders

    def on_duty(self, post, day):
        name = self.roster[post]
        for who, first, last, substitute in self.leave:
            if who == name and first <= day <= last:
                return substitute
        return name

    def of_role(self, role, revision):
        for row in self.principals:
            if row["role"] != role:
                continue
            if role == "reviewer" and self.leaders.get(revision["subject"]) != row["name"]:
                continue
            if role == "enterprise" and row.get("scope") != revision.get("enterprise"):
                continue
            yield row["name"]


def expected(revisions, policy, office, acknowledged, until):
    """`revisions` have id, revision, kind, subject, last, begun, ended (None: it runs on), over;
    `acknowledged` is (deadline, revision, step, recipient) -> moment."""
    found = {}

    def tell(revision, step, name, moment, why):
        found.setdefault((revision["id"], revision["revision"], step, name), (moment, why))

    def heard(revision, steps, moment):
        return any(at <= moment and key[:2] == (revision["id"], revision["revision"]) and
                   (steps is None or key[2] in steps) for key, at in acknowledged.items())

    def runs(revision, moment):
        return moment <= until and (revision["ended"] is None or moment <= revision["ended"])

    def upward(revision, steps, told):
        step, moment = steps[0], told
        for post, days in policy.escalation:
            moment = policy.days.later(moment, days)
            over = revision["over"] and told <= revision["over"] < moment
            if not runs(revision, moment) or over or heard(revision, steps, moment):
                return
            tell(revision, step, office.on_duty(post, moment.date()), moment, "escalated")

    for revision in revisions:
        moments = policy.moments(revision["kind"], revision["last"])
        past = [row for row in moments if row[0] < revision["begun"]]
        fires = [(revision["begun"], past[-1][1])] if past else []
        fires += [row for row in moments if row[0] >= revision["begun"]]
        for index, (moment, step) in enumerate(fires):
            if not runs(revision, moment):
                continue
            name = policy.name(step)
            for role in step["roles"]:
                if role == "office":
                    tell(revision, name, office.on_duty("clerk", moment.date()), moment, "step")
                    upward(revision, [policy.name(row[1]) for row in fires[index:]], moment)
                for person in office.of_role(role, revision) if role != "office" else ():
                    tell(revision, name, person, moment, "step")
        if not moments:
            continue
        roles, days = policy.unheard
        moment = policy.days.later(max(moments[-1][0], revision["begun"]), days)
        if runs(revision, moment) and not heard(revision, None, moment):
            for person in itertools.chain(*(office.of_role(role, revision) for role in roles)):
                tell(revision, "unheard", person, moment, "unheard")
    return found
