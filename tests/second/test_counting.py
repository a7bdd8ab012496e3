"""test_counting - every start day of 2007-2026, 1 to 60 working days and 7 days of publicity, against
tables made another way: not day by day, but from the list of all working days and of all days off.

The calendar is read here from the project's lines alone; award-count prints what the rules say.
"""
import bisect
import datetime
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).parent
TABLE = ROOT / "rulebooks/cn-holidays.tsv"
FIRST, LAST = datetime.date(2007, 1, 1), datetime.date(2026, 12, 31)
DAY = datetime.timedelta(days=1)
WORKING_DAYS = 60


def kinds():
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#"))
    return {datetime.date.fromisoformat(row[0]): row[1] for row in rows}


def span(first, last):
    return [first + number * DAY for number in range((last - first).days + 1)]


class Tables:
    """All working days in order, and for each day where in them it would stand."""

    def __init__(self):
        listed = kinds()
        announced = {on.year for on in listed if (on.month, on.day) == (1, 1)}
        everything = span(FIRST - 40 * DAY, LAST + 200 * DAY)
        self.working = [on for on in everything
                        if listed.get(on, "workday" if on.weekday() < 5 else "off") == "workday"]
        # Days that a notice to come could change: of a year that is not announced, and the last
        # days of the December before it.
        self.open = [on for on in everything if on.year not in announced or
                     (on.month == 12 and on.day >= 25 and on.year + 1 not in announced)]

    def marked(self, first, last):
        """The last day, with a * where a day from the first to the last is open."""
        at = bisect.bisect_left(self.open, first)
        found = at < len(self.open) and self.open[at] <= last
        return f"{last}*" if found else f"{last}"

    def working_days(self, start, number):
        last = self.working[bisect.bisect_right(self.working, start) + number - 1]
        return self.marked(start + DAY, last)

    def publicity(self, start):
        seventh = start + 7 * DAY
        return self.marked(seventh, self.working[bisect.bisect_left(self.working, seventh)])

    def line(self, start):
        ends = [self.working_days(start, number) for number in range(1, WORKING_DAYS + 1)]
        return " ".join([f"{start}", *ends, self.publicity(start), f"{start + 6 * DAY}"])


class Counting(unittest.TestCase):
    # decision 1, decision 2, decision 3; 16(7).2, 19
    def test_each_start_day_ends_where_the_tables_say(self):
        said = subprocess.run([BUILD / "tests/award-count", TABLE, str(FIRST), str(LAST)],
                              check=True, capture_output=True, text=True).stdout.splitlines()
        tables = Tables()
        self.assertEqual(len(said), 7305)
        for line, start in zip(said, span(FIRST, LAST)):
            if line != tables.line(start):
                self.assertEqual(line.split(), tables.line(start).split())

    def test_a_wrong_table_is_noticed(self):
        tables = Tables()
        self.assertEqual(tables.working_days(datetime.date(2018, 9, 26), 15), "2018-10-22")
        self.assertEqual(tables.publicity(datetime.date(2026, 9, 28)), "2026-10-08")
        tables.working.remove(datetime.date(2018, 9, 29))    # a make-up day
        self.assertNotEqual(tables.working_days(datetime.date(2018, 9, 26), 15), "2018-10-22")


if __name__ == "__main__":
    unittest.main()
