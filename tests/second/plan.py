"""plan - what the parts of the plan share: words, limits, calendar and sheets."""
import pathlib

from periods import Calendar
from scores import points_text

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CALENDAR = ROOT / "rulebooks/cn-holidays.tsv"
DIGEST = "a" * 64
DISTRICTS = ("500103", "500105", "500112")
HOUR = 3_600_000
CLOCK = 9 * HOUR
FINDINGS = ("11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "12(1)")
UNITS = ("工信", "财政", "质监", "人社", "环保", "安监", "国资", "商务", "统计")
_calendar = Calendar.from_file(CALENDAR)


def fresh_calendar():
    made = Calendar()
    made.years = dict(_calendar.years)
    made.known = dict(_calendar.known)
    return made


def shared(maxima, total):
    """A total divided among maxima, each within its own."""
    given, rest, room = {}, total, sum(maxima.values())
    for name, most in maxima.items():
        room -= most
        given[name] = min(most, max(rest - room, rest * most // (room + most)))
        rest -= given[name]
    assert rest == 0
    return given


def sheet(rules, total, divided=()):
    """A sheet with exactly this total, by category, and by item in those that are divided."""
    rows = []
    for name, given in shared(rules.categories, total).items():
        parts = {name: given}
        if name in divided and name in rules.items:
            parts = {f"{name}.{item}": value
                     for item, value in shared(rules.items[name], given).items()}
        rows += [{"item": item, "points": points_text(value)} for item, value in parts.items()]
    return rows
