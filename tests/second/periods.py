"""periods - days, moments and how periods are counted (Civil Code 200-204; decisions 1-4).

Days are datetime.date; moments are milliseconds since 1970 UTC. All civil days are of Asia/Shanghai.
"""
import datetime

DAY = datetime.timedelta(days=1)
DAY_MS = 86_400_000
ZONE_MS = 8 * 3_600_000
EPOCH = datetime.date(1970, 1, 1).toordinal()
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def day(text):
    return datetime.date.fromisoformat(text)


def day_of(moment):
    """The civil day on which a moment lies."""
    return datetime.date.fromordinal((moment + ZONE_MS) // DAY_MS + EPOCH)


def start_of(on):
    return (on.toordinal() - EPOCH) * DAY_MS - ZONE_MS


def end_of(on):
    """24:00 of a day is its last millisecond."""
    return start_of(on) + DAY_MS - 1


_moments = {}


def moment(text):
    found = _moments.get(text)
    if found is None:
        when = datetime.datetime.fromisoformat(text)
        base = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        found = _moments[text] = (when - base) // datetime.timedelta(milliseconds=1)
    return found


def moment_text(ms):
    seconds, rest = divmod(ms, 1000)
    when = datetime.datetime.fromtimestamp(seconds, ZONE)
    fraction = f".{rest:03d}" if rest else ""
    return when.strftime("%Y-%m-%dT%H:%M:%S") + fraction + "+08:00"


def years_after(on, years):
    """The anniversary: same month and day, or the month's last day where there is none."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return datetime.date(on.year + years, 2, 28)


class Calendar:
    """Days off and make-up days, by the year for which they were announced."""

    def __init__(self):
        self.years = {}     # announced year -> {day: working}
        self.known = {}

    @classmethod
    def from_file(cls, path):
        """The table of the State Council's notices. A year is announced when its 1 January is
        listed; days of the last week of December before belong to the notice of the next year."""
        made = cls()
        listed = {}
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.strip() and not line.startswith("#"):
                    on, kind, _ = line.rstrip("\n").split("\t")
                    listed[day(on)] = kind == "workday"
        announced = {on.year for on in listed if (on.month, on.day) == (1, 1)}
        made.years = {year: {} for year in announced}
        for on, working in listed.items():
            notice = on.year
            if (on.month, on.day) >= (12, 25) and on.year + 1 in announced:
                notice = on.year + 1
            made.years.setdefault(notice, {})[on] = working
        made._gather()
        return made

    def load(self, year, exceptions):
        """A notice replaces what an earlier one said of its year."""
        self.years[year] = dict(exceptions)
        self._gather()

    def _gather(self):
        self.known = {}
        for year in sorted(self.years):
            self.known.update(self.years[year])

    def working(self, on):
        known = self.known.get(on)
        return on.weekday() < 5 if known is None else known

    def open_day(self, on):
        """Could a calendar still move this day?"""
        if on.year not in self.years:
            return True
        return (on.month, on.day) >= (12, 25) and on.year + 1 not in self.years

    def count(self, start, period):
        """(last, provisional) of a period: does a day that matters lie where a calendar could move it?"""
        last = start - DAY if period.first_counted else start
        return (self._working_days(last, period.length) if period.working
                else self._calendar_days(last, period))

    def _working_days(self, last, number):
        counted, provisional = 0, False
        while counted < number:
            last += DAY
            provisional = provisional or self.open_day(last)
            counted += self.working(last)
        return last, provisional

    def _calendar_days(self, last, period):
        """A last day off may move (Civil Code 203); where it never does, no calendar matters."""
        last += period.length * DAY
        if not period.rolls:
            return last, False
        provisional = self.open_day(last)
        while not self.working(last):
            last += DAY
            provisional = provisional or self.open_day(last)
        return last, provisional
