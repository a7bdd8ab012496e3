"""moving - deadlines that the office suspends, resumes or extends (policy; docs/decisions/022).

What the law fixes is not moved: closing, publicity, the yearly self-evaluation, the report of 19."""
from constants import Period
from periods import DAY, day
from world import Rejected, event

MOVABLE = ("plan_independent", "plan_consensus", "plan_visit", "plan_report", "objection_answer",
           "experience")


def name_of(found):
    """SUBJECT:KIND:ORDINAL; of those that are moved there is one each."""
    return f"{found.subject}:{found.kind}:1"


def movable(world, body, *states):
    subject, _, rest = body["deadline"].rpartition(":")[0].rpartition(":")
    found = world.find(world.deadlines, (subject, rest))
    if found.kind not in MOVABLE:
        raise Rejected("fixed_by_law", "policy")
    if found.state not in states:
        raise Rejected("not_now", "policy")
    return found


def unit_of(found):
    """Working days where its period has them; years and fixed dates count in days."""
    return found.length or Period(0, working=False, first_counted=False, rolls=False)


@event("deadline_suspended", "office", "deadline reason article")
def suspended(world, body, _sender, _case):
    """Its days do not run: the day of the suspension is counted, the rest is left."""
    found = movable(world, body, "open")
    found.remaining = rest(world, found)
    found.state, found.suspended = "suspended", world.today


def rest(world, found):
    """Units of the period behind today; that a last day off moved is none of them."""
    last = found.last
    if found.length is not None and not found.length.working and not found.stated:
        last = found.starts + (found.length.length - found.length.first_counted) * DAY
    days = range(1, (last - world.today).days + 1)
    if unit_of(found).working:
        return sum(world.calendar.working(world.today + number * DAY) for number in days)
    return len(days)


@event("deadline_resumed", "office", "deadline reason article")
def resumed(world, body, _sender, _case):
    """The rest from the day after the resumption; resumed on the same day it has not moved."""
    found = movable(world, body, "suspended")
    found.state, found.starts = "open", world.today
    period = unit_of(found)._replace(length=found.remaining, first_counted=False)
    last, provisional = world.calendar.count(world.today, period)
    if found.length is not None:
        found.length, found.provisional = period, provisional
    if found.suspended != world.today:
        found.last, found.stated = last, None


@event("deadline_extended", "office", "deadline reason article last")
def extended(world, body, _sender, _case):
    """To a day behind the old one and not before today; what was overdue is open again."""
    found = movable(world, body, "open", "overdue")
    last = day(body["last"])
    if last <= found.last or last < world.today:
        raise Rejected("not_later", "policy")
    found.last = found.stated = last
    found.state = "open"
