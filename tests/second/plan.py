"""plan - what the parts of the plan share: words, limits, calendar and sheets."""
import pathlib

from constants import CATEGORIES
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
