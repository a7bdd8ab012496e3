"""test_calendar_import - a calendar comes from elsewhere: it is compared, loaded, and deadlines follow it.

The office has the calendars up to 2026; it is December 2026, and an incident of the 21st is to be
reported within 15 working days, which run into 2027.
"""
import hashlib
import json
import re
import unittest

from rig import DAEMON, HERE, Office

FEEDS = HERE.parent / "settings/calendars"
ENTERPRISE = "91500113450401725P"
CASE = f"earlier-2026-11-20/{ENTERPRISE}/1"
DEADLINE = "incident_report"
BY_WEEKENDS, ANNOUNCED, REVISED = "2027-01-11", "2027-01-12", "2027-01-11"
DAYS_OFF = [f"2027-01-0{day}" for day in (1, 2, 3)]


def events(*rows):
    """A feed: (first day, last day or None, title) each."""
    def day(text):
        return text.replace("-", "")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//feed//CN"]
    for number, (first, end, title, *more) in enumerate(rows):
        lines += ["BEGIN:VEVENT", f"UID:{number}@feed", f"DTSTART;VALUE=DATE:{day(first)}"]
        lines += [f"DTEND;VALUE=DATE:{day(end)}"] if end else []
        lines += [f"SUMMARY:{title}", *more, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


NEW_YEAR = ("2027-01-01", "2027-01-04", "元旦（休）")
MADE_UP = ("2026-12-27", None, "元旦（班）")   # a Sunday
FESTIVAL = ("2027-02-06", "2027-02-13", "春节（休）")


class Calendar(unittest.TestCase):
    def setUp(self):
        self.office = Office(start="2026-12-01T09:00:00+08:00")
        self.addCleanup(self.office.abandon)
        self.office.start(DAEMON)
        self.said([
            {"principal": "office", "at": "2026-12-01T09:30:00+08:00", "enterprise_registered": {
                "enterprise": ENTERPRISE, "name": "重庆巴岭数控机床股份有限公司", "region": "500113",
                "district": "500113", "industry": "C34", "legal_person": True,
                "operating_since": "1995-06-30"}},
            {"principal": "office", "at": "2026-12-01T10:00:00+08:00", "earlier_record": {
                "enterprise": ENTERPRISE, "honour": "award", "on": "2026-11-20", "proof": "渝府发"}},
            {"principal": "bureau", "at": "2026-12-22T09:00:00+08:00", "incident_recorded": {
                "incident": "I-1", "case": CASE, "kind": "safety_accident", "on": "2026-12-21",
                "liable": "unknown"}}])

    def tearDown(self):
        self.office.close()

    def said(self, lines):
        rows = self.office.push_lines(lines)
        self.assertEqual([row["outcome"] for row in rows], ["accepted"] * len(lines), rows)

    def write(self, text, name="feed.ics"):
        path = self.office.home / name
        path.write_text(text, newline="")
        return str(path)

    def ctl(self, *words, fine=(0,), who="office"):
        return self.office.ctl("calendar", *words, "--as", who, fine=fine)

    def load(self, text, *words, name="feed.ics", **options):
        return self.ctl("import", self.write(text, name), *words, **options)

    def differences(self, text, *words, fine=(0,), name="feed.ics"):
        """What `calendar check` lists of 2026 and later: day or year, loaded, file."""
        done = self.ctl("check", self.write(text, name), *words, "--output", "json", fine=fine)
        rows = [(row["day"], row["loaded"].split()[-1], row["file"].split()[-1])
                for row in json.loads(done.stdout)]
        return [row for row in rows if row[0] >= "2026"]

    def deadline(self):
        found = [row for row in self.office.deadlines().values() if row["kind"] == DEADLINE]
        self.assertEqual(len(found), 1)
        return found[0]

    def state(self):
        found = self.deadline()
        return found["last"], found.get("provisional", False)


class Import(Calendar):
    def test_a_feed_moves_a_provisional_deadline_and_takes_its_mark(self):
        self.assertEqual(self.state(), (BY_WEEKENDS, True))
        name = self.deadline()["deadline"]
        self.assertIn("暂定 provisional", self.office.ctl("deadlines", "--as", "office").stdout)
        self.assertIn("暂定 provisional", self.office.ctl("why", name, "--as", "office").stdout)
        done = self.load(events(NEW_YEAR, FESTIVAL), "--source", "国办发明电〔2026〕9号（演练）")
        self.assertIn("2027：放假 10 日，补班 0 日", done.stdout)
        self.assertEqual(self.state(), (ANNOUNCED, False))
        self.assertIn("2027 has no make-up day", done.stderr)
        self.assertNotIn("provisional", self.office.ctl("deadlines", "--as", "office").stdout)
        why = self.office.ctl("why", name, "--as", "office").stdout
        self.assertIn("国办发明电〔2026〕9号（演练）", why)
        self.assertRegex(why, r"2027-01-01.*元旦")

    def test_the_same_file_again_changes_nothing_and_a_revised_one_does(self):
        self.load(events(NEW_YEAR))
        entry = self.office.last_entry()
        done = self.load(events(NEW_YEAR))
        self.assertIn("已在案 repeated", done.stdout)
        self.assertIn("before and change nothing", done.stdout)
        self.assertEqual(self.office.last_entry(), entry)
        self.load(events(NEW_YEAR, MADE_UP))
        self.assertEqual(self.state(), (REVISED, False))
        # The first again: it is on record, so the revised one still holds.
        self.load(events(NEW_YEAR))
        self.assertEqual(self.state(), (REVISED, False))
        self.assertEqual(self.differences(events(NEW_YEAR), fine=(5,)),
                         [("2026", "it", "not"), ("2026-12-27", "worked", "off")])
        self.load(events(NEW_YEAR), "--source", "撤回调整")
        self.assertEqual(self.state(), (ANNOUNCED, False))

    def test_what_was_loaded_says_where_to_see_what_moved(self):
        feed = self.write(events(NEW_YEAR, MADE_UP))
        where = "有变动的见 awardctl deadlines"
        self.assertNotIn(where, self.ctl("import", feed, "--dry-run").stdout)
        self.assertIn(where, self.ctl("import", feed).stdout)
        self.assertNotIn(where, self.ctl("import", feed).stdout)

    def test_a_dry_run_decides_and_writes_nothing(self):
        entry = self.office.last_entry()
        self.assertIn("试算 dry run", self.load(events(NEW_YEAR), "--dry-run").stdout)
        self.assertEqual((self.office.last_entry(), self.state()), (entry, (BY_WEEKENDS, True)))

    def test_the_projects_own_format_is_loaded_by_years_and_what_is_left_out_is_said(self):
        text = "".join(f"{day}\tholiday\t元旦\n" for day in DAYS_OFF) + "2028-01-26\tholiday\t春节\n"
        done = self.load(text, name="own.tsv")
        self.assertIn("1 days of 2028", done.stderr)
        self.assertEqual(self.state(), (ANNOUNCED, False))
        why = self.office.ctl("why", self.deadline()["deadline"], "--as", "office").stdout
        self.assertIn("own.tsv", why)

    def test_one_year_of_many_is_loaded_alone(self):
        entry = self.office.last_entry()
        years = events(("2026-01-01", None, "元旦（休）"), NEW_YEAR, MADE_UP)
        self.load(years, "--year", "2028", fine=(3,))
        self.load(years, "--year", "soon", fine=(2,))
        self.assertEqual(self.office.last_entry(), entry)
        self.load(years, "--year", "2027")
        self.assertEqual(self.state(), (REVISED, False))
        # 2026 is as it was: its National Day is still off.
        self.assertIn("1 2 5 6 7", self.ctl("show", "2026").stdout)

    def test_a_year_that_the_file_does_not_hold_says_what_is_missing(self):
        done = self.load(events(NEW_YEAR), "--year", "2028", fine=(3,))
        for words in ("文件中没有 2028 年 1 月 1 日", "does not list 1 January of 2028",
                      "check the file and --year"):
            self.assertIn(words, done.stderr)

    def test_an_entry_that_cannot_be_told_is_named_and_nothing_is_sent(self):
        entry = self.office.last_entry()
        done = self.load(events(NEW_YEAR, ("2027-02-06", None, "春节")), fine=(3,))
        self.assertIn("feed.ics:10:1", done.stderr)
        self.assertIn("1@feed", done.stderr)
        self.assertIn("春节", done.stderr)
        self.load("no calendar at all\n", fine=(3,))
        self.ctl("import", str(self.office.home / "none.ics"), fine=(3,))
        self.assertEqual(self.office.last_entry(), entry)

    def test_of_a_feed_with_festivals_only_what_is_marked_counts(self):
        mark = "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"
        text = events((*NEW_YEAR, mark), ("2027-02-14", None, "情人节"),
                      ("2028-01-01", None, "元旦", "RRULE:FREQ=YEARLY"))
        self.load(text, fine=(3,))
        done = self.load(text, "--only-marked")
        self.assertIn("2 entries without a mark", done.stderr)
        self.assertEqual(self.state(), (ANNOUNCED, False))

    def test_nobody_but_the_office_loads_a_calendar(self):
        entry = self.office.last_entry()
        self.load(events(NEW_YEAR), who="public", fine=(1,))
        self.assertEqual((self.office.last_entry(), self.state()), (entry, (BY_WEEKENDS, True)))


class Check(Calendar):
    def test_every_way_to_write_2026_agrees_with_what_is_loaded(self):
        for feed in sorted(FEEDS.glob("*.ics")):
            with self.subTest(feed.name):
                words = ["--only-marked"] if feed.name == "marked.ics" else []
                done = self.ctl("check", str(feed), *words)
                self.assertIn("1 years compared: 0 days differ, 0 years are not loaded",
                              done.stdout)

    def test_the_projects_calendar_agrees_with_itself(self):
        done = self.ctl("check", str(HERE.parent.parent / "rulebooks/cn-holidays.tsv"))
        self.assertIn("20 years compared: 0 days differ", done.stdout)

    def test_the_days_that_differ_are_listed_and_the_status_is_5(self):
        good = (FEEDS / "titles.ics").read_text()
        moved = good.replace("DTSTART;VALUE=DATE:20261010\nDTEND;VALUE=DATE:20261011",
                             "DTSTART;VALUE=DATE:20261011\nDTEND;VALUE=DATE:20261012")
        self.assertNotEqual(moved, good)
        entry = self.office.last_entry()
        self.assertEqual(self.differences(moved, fine=(5,)),
                         [("2026-10-10", "worked", "off"), ("2026-10-11", "off", "worked")])
        done = self.ctl("check", self.write(moved), fine=(5,))
        self.assertRegex(done.stdout, r"2026-10-11 +周日 Sun +放假 off +上班 worked +国庆节")
        self.assertEqual(self.office.last_entry(), entry)

    def test_years_of_one_side_alone_are_listed_as_such(self):
        only_new = self.differences(events(NEW_YEAR, MADE_UP), fine=(5,))
        self.assertEqual(only_new, [("2026", "it", "not"), ("2027", "not", "it")])
        years = self.ctl("check", self.write("2028-01-01\tholiday\t元旦\n2029-01-01\tholiday\t元旦\n",
                                             "two.tsv"), fine=(5,)).stdout
        self.assertRegex(years, r"2028 至 to 2029 +全年 year +没有 has not +有 has it")
        self.assertIn("2 年尚未载入", years)
        self.load(events(NEW_YEAR, MADE_UP))
        self.assertEqual(self.differences(events(NEW_YEAR, MADE_UP)), [("2026", "it", "not")])
        # Of the year before, the end is the matter of 2027's notice, which this file has not.
        self.assertEqual(self.differences((FEEDS / "days.ics").read_text()),
                         [("2027", "it", "not")])

    def test_a_file_without_a_whole_year_has_nothing_to_compare(self):
        self.ctl("check", self.write(events(FESTIVAL)), fine=(3,))


class Counted(Calendar):
    # decision 2; 16(7).2
    def test_of_a_last_day_that_is_off_it_is_said_where_it_moves_to(self):
        self.assertEqual(self.ctl("add", "2026-09-28", "7d").stdout,
                         "2026-10-05 周一\n"
                         "休息日，末日顺延的至 a day off; an end that moves is 2026-10-08 周四\n")
        self.assertEqual(self.ctl("add", "2026-09-29", "15d").stdout, "2026-10-14 周三\n")
        self.assertEqual(self.ctl("add", "2026-09-28", "7d", "--output", "csv").stdout,
                         "last,provisional\r\n2026-10-05,false\r\n")


class Shown(Calendar):
    def source(self, year):
        """What the year is from, as a person is shown it and as JSON."""
        line = re.search("来源 source：(.*)，摘要 digest：([0-9a-f]{64})\n", self.ctl("show", year).stdout)
        whole = json.loads(self.ctl("show", year, "--output", "json").stdout)["calendar"]
        self.assertEqual((line and line.groups()),
                         whole and (whole["source"], whole["digest"]))
        return whole

    def test_a_year_says_where_it_is_from(self):
        came = self.source("2026")
        self.assertEqual(came["source"], "cn-holidays.tsv（随数据库建立时载入 came with the database）")
        table = (HERE.parent.parent / "rulebooks/cn-holidays.tsv").read_bytes()
        self.assertEqual(came["digest"], hashlib.sha256(table).hexdigest())
        self.assertEqual(self.source("2007")["year"], 2007)

    def test_of_a_notice_it_says_which_and_of_a_year_to_come_that_it_is_not_announced(self):
        self.assertIsNone(self.source("2027"))
        self.assertIn("尚未载入，只按周末推算；公布后用 awardctl calendar import 载入",
                      self.ctl("show", "2027").stdout)
        text = events(NEW_YEAR, FESTIVAL)
        self.load(text, "--source", "国办发明电〔2026〕9号（演练）")
        loaded = self.source("2027")
        self.assertEqual(loaded["source"], "国办发明电〔2026〕9号（演练）")
        self.assertEqual(loaded["digest"], hashlib.sha256(text.encode()).hexdigest())
        self.assertIn("came with the database", self.source("2026")["source"])


if __name__ == "__main__":
    unittest.main()
