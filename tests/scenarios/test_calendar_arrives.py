"""test_calendar_arrives - a deadline runs into a year that is not announced, and then its calendar comes.

An incident of 21 December 2026 is to be reported within 15 working days: by weekends until Monday, 11
January. Three calendars of 2027 make of that one day later, three working days earlier, or the same day.
Each comes just before, at and just after the moments that matter; what has fired is never taken back.

The publicity is that of the year of 2018, from the notice on, in an office that has the calendars up to
2017: by weekends it ends on 3 October, with the calendar of 2018 on the 8th.
"""
import email
import email.policy
import hashlib
import json
import unittest

from rig import HERE, WORKERS, YEAR, Office
from test_calendar_import import CASE, Calendar, events

LATER = events(("2027-01-01", "2027-01-04", "元旦（休）"))                              # 2027-01-12
EARLIER = events(("2026-12-26", "2026-12-28", "元旦（班）"), ("2027-01-01", None, "元旦（休）"),
                 ("2027-01-02", "2027-01-04", "元旦（班）"))                           # 2027-01-06
SAME = events(("2026-12-27", None, "元旦（班）"), ("2027-01-01", "2027-01-04", "元旦（休）"))  # 2027-01-11

# Three steps, so that each alert that is to come can be told on one's fingers; no hours to wait for.
POLICY = """ladders:
  - kind: incident_report
    steps:
      - {offset_days: -5, working_days: yes, at: "09:00", roles: [enterprise]}
      - {offset_days: 0, at: "09:00", roles: [enterprise]}
      - {offset_days: 1, at: "09:00", roles: [enterprise]}
"""
FIVE_BEFORE, ON_THE_DAY, THE_DAY_AFTER = 2867580, 2880540, 2883420  # numbers of these steps
NAMES = {FIVE_BEFORE: "-5w@09:00", ON_THE_DAY: "0@09:00", THE_DAY_AFTER: "+1@09:00"}


def moment(text):
    """`01-11 09:00` or `01-11 09:00:00` of 2027, or with a year of its own."""
    day, time = text.split()
    day = day if len(day) == 10 else f"2027-{day}"
    return f"{day}T{time}{':00' if len(time) == 5 else ''}+08:00"


class Arrives(Calendar):
    """The office of test_calendar_import, looked at through its journal."""

    def clock(self, text):
        self.office.ctl("clock", "set", moment(text), "--as", "admin")

    def arrive(self, text, calendar):
        self.clock(text)
        self.load(calendar)

    def name(self):
        return self.deadline()["deadline"]

    def recorded(self, kind, *fields):
        """Of each entry of that kind about the deadline: the moment, and these fields."""
        name = self.name()
        return [(entry["recorded"], *(entry["event"][kind].get(field, 0) for field in fields))
                for entry in self.office.entries()
                if entry.get("event", {}).get(kind, {}).get("deadline") == name]

    def fired(self):
        """When the deadline fired, and as which revision."""
        return self.recorded("deadline_due", "revision")

    def alerted(self):
        return self.recorded("alert_due", "revision", "step")

    def is_now(self, last, state, revision, provisional=False):
        found = self.deadline()
        self.assertEqual((found["last"], found["state"], found["revision"],
                          found.get("provisional", False)), (last, state, revision, provisional))

    def expect(self, fired, alerted):
        self.assertEqual(self.fired(), [(moment(text), *rest) for text, *rest in fired])
        self.assertEqual(self.alerted(), [(moment(text), *rest) for text, *rest in alerted])


class Incident(Arrives):
    def setUp(self):
        super().setUp()
        self.said([{"principal": "office", "alert_policy_loaded": {
            "text": POLICY, "digest": hashlib.sha256(POLICY.encode()).hexdigest()}}])


class Provisional(Incident):
    COMMANDS = (["deadlines"], ["today"], ["case", "show", CASE])

    def shown(self, *command):
        """The lines that show the deadline, without those of the history."""
        text = self.office.ctl(*command, "--as", "office").stdout.split("历史 history")[0]
        return "\n".join(line for line in text.splitlines() if "incident_report" in line)

    def mail(self, name):
        path = self.office.home / "spool" / name
        return email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_content()

    def test_it_is_shown_as_provisional_until_the_calendar_comes(self):
        self.clock("01-05 10:00")
        for command in (*self.COMMANDS, ["why", self.name()]):
            with self.subTest(command[0]):
                shown = self.office.ctl(*command, "--as", "office").stdout
                self.assertIn("2027-01-11 暂定 provisional", shown)
        today = self.office.ctl("today", "--as", "office").stdout
        self.assertIn(f"下一到期 2027-01-11 24:00 暂定 provisional {self.name()}\n", today)
        self.load(LATER)
        for command in self.COMMANDS:
            with self.subTest(command[0]):
                self.assertIn("2027-01-12 ", self.shown(*command))
                self.assertNotIn("provisional", self.shown(*command))
        why = self.office.ctl("why", self.name(), "--as", "office").stdout
        self.assertRegex(why, r"deadlines_recomputed +coordinator +2027-01-12 ")
        self.assertRegex(why, r"末日 last day +2027-01-12\n")
        self.assertRegex(why, r"2027-01-11 +2027-01-12 +节假日安排变更 the calendar changed +"
                              r"决定3 decision 3 +coordinator")

    def test_a_reminder_says_that_the_day_is_provisional(self):
        self.office.start(*WORKERS)
        self.office.push_lines([{"principal": "supervision", "at": moment("01-05 10:00"),
                                 "suggestion": {"concerns": CASE, "text": "请跟进"}}], "--settle")
        said = self.mail("ent-baling%2F2027-01-04T09%3A00%3A00%2B08%3A00%2F1.eml")
        self.assertIn("末日 2027-01-11（未到期，暂定）", said)
        self.assertIn("last day 2027-01-11 (still to come, provisional)", said)


class Later(Incident):
    def test_after_the_alert_of_the_day_it_alerts_anew_and_fires_a_day_later(self):
        before = [("01-04 09:00", 1, FIVE_BEFORE), ("01-11 09:00", 1, ON_THE_DAY),
                  ("01-11 12:00", 2, FIVE_BEFORE)]  # the step that is past tells the new day at once
        self.arrive("01-11 12:00", LATER)
        self.is_now("2027-01-12", "open", 2)
        self.expect([], before)
        self.clock("01-12 23:59:59")
        self.expect([], [*before, ("01-12 09:00", 2, ON_THE_DAY)])
        self.clock("01-13 00:00")
        self.is_now("2027-01-12", "overdue", 2)
        self.clock("01-13 12:00")
        self.expect([("01-13 00:00", 2)], [*before, ("01-12 09:00", 2, ON_THE_DAY),
                                           ("01-13 09:00", 2, THE_DAY_AFTER)])

    def test_in_the_last_second_of_the_day_it_does_not_fire(self):
        self.arrive("01-11 23:59:59", LATER)
        self.clock("01-12 12:00")
        self.is_now("2027-01-12", "open", 2)
        self.assertEqual(self.fired(), [])

    def test_in_the_second_after_it_has_fired_and_that_stays_on_record(self):
        self.arrive("01-12 00:00", LATER)
        self.assertEqual(self.fired(), [(moment("01-12 00:00"), 1)])
        self.is_now("2027-01-12", "open", 2)  # the state follows the calendar that is known now
        self.clock("01-13 12:00")
        self.is_now("2027-01-12", "overdue", 2)
        self.assertEqual(self.fired(), [(moment("01-12 00:00"), 1), (moment("01-13 00:00"), 2)])

    def test_what_was_alerted_stays_on_record(self):
        self.arrive("01-12 10:00", LATER)
        raised = [row["alert"] for row in self.office.ask("alerts", all=True)["alerts"]]
        for step in NAMES.values():
            self.assertIn(f"{self.name()}/1/{step}/ent-baling", raised)

    def test_where_the_new_day_is_past_too_it_fires_no_second_time_and_is_told_by_it_once(self):
        self.arrive("01-20 10:00", LATER)
        self.is_now("2027-01-12", "overdue", 2)
        self.clock("02-01 10:00")
        self.assertEqual(self.fired(), [(moment("01-12 00:00"), 1)])
        self.assertEqual([row for row in self.alerted() if row[1] == 2],
                         [(moment("01-20 10:00"), 2, THE_DAY_AFTER)])


class Earlier(Incident):
    def fires_once(self, at):
        self.is_now("2027-01-06", "overdue", 2)
        self.assertEqual(self.fired(), [(moment(at), 2)])
        self.clock("01-12 12:00")
        self.assertEqual(self.fired(), [(moment(at), 2)])
        steps = [(revision, step) for _, revision, step in self.alerted()]
        self.assertEqual(len(steps), len(set(steps)), steps)
        self.assertEqual(steps.count((2, THE_DAY_AFTER)), 1)

    def test_than_now_it_fires_at_once_and_once_and_why_says_so(self):
        self.arrive("01-08 10:00", EARLIER)
        self.fires_once("01-08 10:00")
        why = self.office.ctl("why", self.name(), "--as", "office").stdout
        self.assertRegex(why, r"2027-01-08 10:00 +[^\n]*deadlines_recomputed +coordinator +2027-01-06 "
                              r"[^\n]*\n2027-01-08 10:00 +[^\n]*deadline_due +coordinator +2027-01-06 ")
        self.assertRegex(why, r"2027-01-02 +周六 Sat +计入 counted +11 +元旦 调休上班 make-up day")

    def test_in_the_last_second_of_the_new_day_it_is_still_open(self):
        self.arrive("01-06 23:59:59", EARLIER)
        self.is_now("2027-01-06", "open", 2)
        self.assertEqual(self.fired(), [])
        self.clock("01-07 00:00")
        self.fires_once("01-07 00:00")

    def test_in_the_second_after_the_new_day_it_fires_at_once(self):
        self.arrive("01-07 00:00", EARLIER)
        self.fires_once("01-07 00:00")

    def test_a_report_between_the_days_is_late_now_and_was_in_time(self):
        self.clock("01-07 09:00")
        self.said([{"principal": "ent-baling", "incident_reported_by_laureate": {
            "case": CASE, "incident": "I-1", "kind": "safety_accident", "on": "2026-12-21",
            "liable": "unknown", "digest": "ab" * 32}}])
        self.is_now("2027-01-11", "met", 1, provisional=True)
        self.load(EARLIER)
        self.is_now("2027-01-06", "met_late", 2)
        self.clock("01-12 12:00")
        self.assertEqual(self.fired(), [])


class Same(Incident):
    def test_the_mark_goes_and_nothing_else(self):
        self.arrive("01-11 12:00", SAME)
        self.is_now("2027-01-11", "open", 1)
        self.clock("01-12 12:00")
        self.expect([("01-12 00:00", 1)],
                    [("01-04 09:00", 1, FIVE_BEFORE), ("01-11 09:00", 1, ON_THE_DAY),
                     ("01-12 09:00", 1, THE_DAY_AFTER)])

    def test_what_is_overdue_stays_so_and_fires_no_second_time(self):
        self.arrive("01-12 12:00", SAME)
        self.is_now("2027-01-11", "overdue", 1)
        self.clock("02-01 12:00")
        self.assertEqual(self.fired(), [(moment("01-12 00:00"), 1)])
        self.assertEqual(len(self.alerted()), 3)


# ---- Publicity

HOLIDAYS = (HERE.parent.parent / "rulebooks/cn-holidays.tsv").read_text().splitlines(keepends=True)
BEFORE_PUBLICITY = 412   # lines of the year
OBJECTED = "2018/91500102208505630M/1"


class UnannouncedOffice(Office):
    """An office that knows the calendars up to 2017."""

    def init(self):
        path = self.home / "up-to-2017.tsv"
        path.write_text("".join(line for line in HOLIDAYS if not line[:4] >= "2018"))
        self.rulebook = ["--calendar", str(path)]
        super().init()


class Publicity(Arrives):
    CALENDAR = "".join(line for line in HOLIDAYS if line.startswith("2018-") and "2018-12" not in line)
    KIND = "publicity_end"

    def setUp(self):
        self.office = UnannouncedOffice()
        self.addCleanup(self.office.abandon)
        self.office.start()
        beginning = self.office.home / "beginning.jsonl"
        lines = YEAR.read_bytes().splitlines(keepends=True)
        beginning.write_bytes(b"".join(lines[:BEFORE_PUBLICITY]))
        self.office.push(beginning, "--settle")
        self.started = json.loads(lines[BEFORE_PUBLICITY])

    def deadline(self):
        return next(row for row in self.office.deadlines().values() if row["kind"] == self.KIND)

    def cycle(self, who):
        return self.office.ctl("cycle", "show", "2018", "--as", who).stdout

    def object_to(self, text, objection):
        """Files it, and says whether it is inside of the publicity; else it is a complaint."""
        self.said([{"principal": "public", "at": moment(text), "objection_filed": {
            "objection": objection, "case": OBJECTED, "text": "反映情况", "source": "web"}}])
        filed = next(entry for entry in self.office.entries() if
                     entry.get("event", {}).get("objection_filed", {}).get("objection") == objection)
        kept = self.kept_of(filed)[0]
        return not kept.get("complaint", False)

    @staticmethod
    def kept_of(entry):
        return [change["objection"] for change in entry.get("changes", []) if "objection" in change]


class PublicityLater(Publicity):
    def setUp(self):
        super().setUp()
        self.said([self.started])
        self.is_now("2018-10-03", "open", 1, provisional=True)

    def test_it_is_provisional_and_ends_after_the_days_off_once_they_are_announced(self):
        self.clock("2018-09-28 10:00")
        for command in (["deadlines"], ["today"], ["why", self.name()]):
            self.assertIn("2018-10-03 暂定 provisional",
                          self.office.ctl(*command, "--as", "office").stdout)
        self.assertIn("2018-09-26 至 to 2018-10-03 暂定 provisional", self.cycle("office"))
        self.arrive("2018-10-03 23:59:59", self.CALENDAR)
        self.is_now("2018-10-08", "open", 2)
        for who in ("office", "public"):
            self.assertIn("2018-09-26 至 to 2018-10-08\n", self.cycle(who))
        self.clock("2018-10-08 23:59:59")
        self.assertEqual(self.fired(), [])
        meeting = "deliberation_held"  # waits for the office once it may be held
        self.assertNotIn(meeting, self.office.ctl("today", "--as", "office").stdout)
        self.clock("2018-10-09 00:00")
        self.assertEqual(self.fired(), [(moment("2018-10-09 00:00"), 2)])
        self.assertIn(meeting, self.office.ctl("today", "--as", "office").stdout)

    def test_what_fired_the_second_before_stays_on_record_and_objections_run_on(self):
        self.arrive("2018-10-04 00:00", self.CALENDAR)
        self.assertEqual(self.fired(), [(moment("2018-10-04 00:00"), 1)])
        found = self.deadline()
        self.assertEqual((found["last"], found["revision"]), ("2018-10-08", 2))
        self.assertTrue(self.object_to("2018-10-08 23:59:59", "O-last"))
        self.assertFalse(self.object_to("2018-10-09 00:00", "O-after"))

    def test_today_tells_who_frees_a_held_case_and_shows_it_to_others(self):
        self.assertTrue(self.object_to("2018-10-03 10:00", "O-held"))
        for who, line in (("office", "awardctl send objection_decided objection=O-held"),
                          ("bureau", f"查看 see: awardctl case show {OBJECTED}")):
            text = self.office.ctl("today", "--as", who).stdout
            held = next(row for row in text.splitlines() if "异议未决 open objection" in row)
            self.assertIn("：重庆涪岭食品股份有限公司 ", held)
            self.assertRegex(held, "评选委员会办公室 office +" + line)
            waits = next(row for row in text.splitlines() if "objection_decided：" in row)
            self.assertEqual("awardctl" in waits, who == "office", waits)


class PublicityEarlier(Publicity):
    """Seven days from Saturday, 22 September: by weekends until Monday, but that Saturday is made up."""

    def test_it_fires_at_once_and_reclassifies_no_objection(self):
        self.started["at"] = moment("2018-09-23 09:00")
        self.started["publicity_started"].update(
            media=[{"medium": "重庆日报", "on": "2018-09-22", "digest": "ab" * 32}],
            stated_first="2018-09-22", stated_last="2018-09-28")
        self.said([self.started])
        self.is_now("2018-10-01", "open", 1, provisional=True)
        self.assertTrue(self.object_to("2018-09-30 09:00", "O-before"))
        self.arrive("2018-09-30 10:00", self.CALENDAR)
        self.assertEqual((self.deadline()["last"], self.deadline()["revision"]), ("2018-09-29", 2))
        self.assertEqual(self.fired(), [(moment("2018-09-30 10:00"), 2)])
        self.assertFalse(self.object_to("2018-09-30 11:00", "O-behind"))
        self.clock("2018-10-09 12:00")
        self.assertEqual(self.fired(), [(moment("2018-09-30 10:00"), 2)])
        changed = [kept["objection"] for entry in self.office.entries() for kept in self.kept_of(entry)]
        self.assertEqual(changed, ["O-before", "O-behind"])  # each once: when it was filed


if __name__ == "__main__":
    unittest.main()
