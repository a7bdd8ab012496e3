"""test_alerts - a clerk, a head and a director on the roster: alerts seen, put off, handed on, gone upward.

One office on a manual clock. Applications close on Friday 2013-03-29, so the first alert is of
2013-03-15 at nine, ten working days before.
"""
import json
import pathlib
import re
import unittest

import wire
from rig import DAEMON, Office

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
CYCLE = {"cycle": "2013", "closing": "2013-03-29T18:00:00+08:00",
         "notice": [{"medium": "重庆日报", "on": "2013-01-01", "digest": "ab" * 32}],
         "units": ["市质监局", "市经济信息委"], "chair": "市质监局"}
STAFF = {"clerk-a": "clerk", "clerk-b": None, "head": "section_head", "boss": "director"}


class Alerts(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)
        self.office.start(DAEMON)
        for name, post in STAFF.items():
            self.office.ctl("key", "new", name)
            self.enrol(name)
            if post:
                self.ctl("send", "duty_changed", f"person={name}", f"post={post}",
                         "from=2013-01-01", "--id", f"duty-{name}")
        self.office.push_lines([{"principal": "office", "cycle_opened": CYCLE}])
        self.clock("2013-03-15 10:00")

    def tearDown(self):
        self.office.close()

    def ctl(self, *arguments, principal="office", fine=(0,)):
        return self.office.ctl(*arguments, "--as", principal, fine=fine).stdout

    def enrol(self, name):
        public = wire.key_read(self.office.home / "keys" / (name + ".key"))["public-key"]
        self.ctl("send", "principal_enrolled", f"name={name}", "role=office", f"full_name={name}",
                 "--id", f"enrol-{name}", principal="admin")
        self.ctl("send", "key_enrolled", f"name={name}", f"public_key={public}", "--id",
                 f"key-{name}", principal="admin")
        for event in (f"enrol-{name}", f"key-{name}"):
            self.ctl("send", "countersigned", "event.principal=admin", f"event.id={event}",
                     principal="supervision")

    def clock(self, moment):
        self.ctl("clock", "set", moment, principal="admin")

    def alerts(self, who, *options):
        """The alerts of one person."""
        found = json.loads(self.ctl("alerts", "--output", "json", *options)).get("alerts", [])
        return [alert for alert in found if alert["recipient"] == who]

    def only(self, who):
        found = self.alerts(who)
        self.assertEqual(len(found), 1, found)
        return found[0]["alert"]

    # ---- Upward

    def test_what_the_clerk_does_not_see_goes_up_until_somebody_acknowledges(self):
        alert = self.only("clerk-a")
        self.assertEqual(self.alerts("clerk-b"), [])
        self.assertEqual(self.alerts("head"), [])
        self.clock("2013-03-18 10:00")
        up = self.only("head")
        table = self.ctl("alerts", principal="head")
        for words in ("申报截止 closing，末日 last day 2013-03-29", "经办人 clerk",
                      "科长 section_head", "下级未确认，上报 escalated", "待确认 open",
                      f"awardctl alerts ack '{up}'"):
            self.assertIn(words, table)
        self.assertEqual([line.split()[6] for line in table.splitlines()[1:3]], ["head", "clerk-a"])
        today = self.ctl("today", principal="head")
        self.assertIn("申报截止 closing，末日 last day 2013-03-29", today)
        self.assertIn("head（科长 section_head）", today)
        self.ctl("alerts", "ack", up, principal="head")
        self.assertEqual(self.alerts("head"), [])
        self.assertIn("已确认 acknowledged 2013-03-18 10:00",
                      self.ctl("alerts", "--all", principal="head"))
        self.clock("2013-03-21 12:00")
        self.assertEqual(self.alerts("boss"), [])
        self.assertEqual(self.only("clerk-a"), alert)

    def test_what_nobody_acknowledges_reaches_the_director(self):
        self.clock("2013-03-20 12:00")
        self.assertIn("主任 director", self.ctl("alerts"))
        self.assertEqual(len(self.alerts("boss")), 1)

    def test_today_has_the_latest_alert_first(self):
        """By name 2012 stands before 2013; its first alert is of the day before."""
        notice = [{**CYCLE["notice"][0], "on": "2013-03-15"}]
        opened = self.office.push_lines([{"principal": "office", "cycle_opened": {
            **CYCLE, "cycle": "2012", "closing": "2013-04-12T18:00:00+08:00", "notice": notice}}])
        self.assertEqual([row["outcome"] for row in opened], ["accepted"])
        self.clock("2013-03-29 10:00")
        rows = [line for line in self.ctl("today", principal="clerk-a").splitlines()
                if "提醒 alert：" in line]
        self.assertEqual([(row[:10], "2013-04-12" in row) for row in rows],
                         [("2013-03-29", False), ("2013-03-28", True)])

    def test_alerts_stand_in_the_order_in_which_they_were_told(self):
        self.clock("2013-04-02 10:00")
        lines = self.ctl("alerts", principal="clerk-a").splitlines()[1:]
        moments = [re.search(r"2013-\d\d-\d\d \d\d:\d\d", line)[0] for line in lines
                   if line.split()[6] == "clerk-a"]
        self.assertEqual(len(moments), 6)
        self.assertEqual(moments, sorted(moments))

    # ---- Put off, handed on

    def test_a_snooze_ends_and_holds_what_would_go_up(self):
        alert = self.only("clerk-a")
        self.ctl("alerts", "snooze", alert, "--until", "3", "--reason", "等材料",
                 principal="clerk-a")
        table = self.ctl("alerts", principal="clerk-a")
        self.assertIn("已推迟至 snoozed until 2013-03-18 10:00（等材料）", table)
        self.clock("2013-03-18 09:59")
        self.assertEqual(self.alerts("head"), [])
        self.clock("2013-03-18 10:01")
        self.assertIn("待确认 open", self.ctl("alerts", principal="clerk-a"))
        self.clock("2013-03-19 12:00")
        self.assertEqual(len(self.alerts("head")), 1, "it goes up from the end of the snooze")

    def test_what_is_no_snooze_says_so(self):
        alert = self.only("clerk-a")
        snooze = ("alerts", "snooze", alert, "--reason", "r", "--until")
        for until in ("soon", "2013-02-30", "1000"):
            self.ctl(*snooze, until, principal="clerk-a", fine=(2,))
        for until in ("15", "2013-03-15 09:00"):
            said = self.ctl(*snooze, until, principal="clerk-a", fine=(1,))
            self.assertIn("bad_snooze", said)
        self.assertIn("no_such_alert", self.ctl(*snooze, "3", principal="clerk-b", fine=(1,)))
        self.ctl("alerts", "snooze", alert, "--until", "3", principal="clerk-a", fine=(2,))

    def test_an_alert_is_handed_to_a_colleague_and_to_nobody_else(self):
        alert = self.only("clerk-a")
        assign = ("alerts", "assign", alert, "clerk-b", "--reason", "出差")
        self.assertIn("no_such_alert", self.ctl(*assign, principal="clerk-b", fine=(1,)))
        self.assertIn("cannot_take_over", self.ctl("alerts", "assign", alert, "government",
                                                   "--reason", "r", principal="clerk-a", fine=(1,)))
        self.ctl(*assign, principal="head")
        taken = self.only("clerk-b")
        self.assertEqual(self.alerts("clerk-a"), [])
        self.assertIn("待确认 open，由其移交 from head（出差）", self.ctl("alerts"))
        self.assertIn("已移交 handed to clerk-b", self.ctl("alerts", "--all"))
        self.assertIn("alert_settled", self.ctl(*assign[:3], "boss", "--reason", "r",
                                                principal="head", fine=(1,)))
        self.ctl("alerts", "ack", taken, principal="clerk-b")
        self.assertEqual(self.alerts("clerk-b"), [])

    # ---- The policy

    def changed(self):
        """The default policy: closing told once, at once, to the bureau; nobody above the clerk."""
        text = (SOURCE / "rulebooks/alerts.yaml").read_text()
        head, tail = text.split("ladders:\n")
        file = self.office.home / "other.yaml"
        file.write_text(head.replace("snooze_days_max: 14", "snooze_days_max: 2") + """ladders:
  - kind: closing
    steps:
      - {offset_days: -1, working_days: yes, at: "09:00", roles: [office, bureau], urgent: yes}
""")
        return file

    def test_a_policy_is_looked_at_compared_and_loaded(self):
        file = self.changed()
        self.assertIn("摘要 digest", self.ctl("policy", "check", str(file)))
        shown = self.ctl("policy", "show", principal="admin")
        self.assertIn("末日前 10 个工作日 09:00：评选委员会办公室 / 10 working days before, 09:00: office", shown)
        self.assertIn("1 个工作日后报科长，再 2 个工作日后报主任", shown)
        said = self.ctl("policy", "diff", str(file))
        for sentence in ("最多推迟：由“14 日”改为“2 日”。",
                         "closing: a step is dropped, 10 working days before, 09:00: office.",
                         "申报截止：末日前 1 个工作日 09:00，原提醒评选委员会办公室，改为评选委员会办公室、",
                         "closing: 1 working day before, 09:00, now goes out at once.",
                         "按现行方案还有提醒 5 次，按新方案 1 次",
                         "1 deadlines stand now: 5 steps still to come by the policy in force, "
                         "1 by the other"):
            self.assertIn(sentence, said)
        before = self.office.files()
        self.ctl("policy", "load", str(file), "--dry-run")
        self.assertEqual(self.office.files(), before)
        self.ctl("policy", "load", str(file))
        self.assertIn("两份方案相同", self.ctl("policy", "diff", str(file)))
        self.ctl("policy", "load", str(SOURCE / "rulebooks/alerts.yaml"))
        self.ctl("policy", "load", str(file))
        self.assertIn("两份方案相同", self.ctl("policy", "diff", str(file)))
        self.clock("2013-03-28 10:00")
        found = self.alerts("bureau")
        self.assertEqual([each["alert"] for each in found], ["2013:closing:1/1/-1w@09:00/bureau"])

    def test_a_policy_that_is_wrong_or_not_for_everybody(self):
        file = self.changed()
        file.write_text(file.read_text().replace("roles: [office, bureau]", "roles: [mayor]"))
        done = self.office.ctl("policy", "check", str(file), fine=(3,))
        self.assertIn("mayor", done.stderr)
        self.ctl("policy", "load", str(file), fine=(3,))
        self.ctl("policy", "show", principal="government", fine=(1,))
        self.ctl("policy", "diff", str(self.changed()), str(SOURCE / "rulebooks/alerts.yaml"),
                 principal="government")

    # ---- A channel

    def test_a_channel_is_tried(self):
        self.office.start("award-notification")
        for who in ("office", "admin"):
            said = self.ctl("alert", "test", "spool", "clerk-b", principal=who)
            self.assertIn("已接收 taken: spooled: ", said)
        self.assertIn("no_address", self.ctl("alert", "test", "mail", "clerk-b", fine=(1,)))
        self.ctl("alert", "test", "pigeon", "clerk-b", fine=(2,))
        self.ctl("alert", "test", "spool", "clerk-b", principal="government", fine=(1,))
        names = [path.name for path in (self.office.home / "spool").iterdir()]
        self.assertEqual(len([name for name in names if "clerk-b" in name]), 2, names)
        self.assertRegex(self.ctl("messages"), r"spool +已送达 delivered +0 +spooled: \S*clerk-b")

    def test_a_channel_that_does_not_work_is_told(self):
        self.office.start("award-notification")
        spool = self.office.home / "spool"
        spool.rename(self.office.home / "elsewhere")
        spool.write_text("no directory")
        done = self.office.ctl("alert", "test", "spool", "clerk-b", "--as", "office", fine=(1,))
        self.assertRegex(done.stderr, "服务器没有接收：.*spool")


if __name__ == "__main__":
    unittest.main()
