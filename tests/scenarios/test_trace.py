"""test_trace - one event through all processes: `awardctl trace` in an office with a real mail server

An office by the clock of the system; aiosmtpd takes the mail, and refuses its first attempt. The
bureau reports a laureate's incident: the revocation worker checks it, the enterprise is told by
mail, a report is due. The trace has to lead through all of it, in the order of time.
"""
import datetime
import json
import pathlib
import re
import sys
import unittest

import counterparts
import rig
import wire
from counterparts import MailServer
from real_office import WORKER, RealOffice

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/docs"))
from blocks import blocks  # noqa: E402

POLICY = """
delivery_attempts: 5
delivery_first_wait: 1
delivery_longest_wait: 1
ladders:
  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}
"""
REVOCATION = "award-revocation"
ENTERPRISE, PRINCIPAL = "91500109622018352Y", "ent-jinyue"
CYCLE = "2025"
CASE = f"{CYCLE}/{ENTERPRISE}/1"
MAIL = "zhiliang@jinyue.example.cn"
WAY = ["received", "decided", "journalled", "answered"]


def day(before, today=None):
    today = today or datetime.datetime.now(wire.SHANGHAI).date()
    return (today - datetime.timedelta(days=before)).isoformat()


def incident_lines(today=None):
    """A laureate, and the incident that the bureau reports under the id incident-1."""
    return [
        {"principal": "office", "enterprise_registered": {
            "enterprise": ENTERPRISE, "name": "重庆缙岳精密齿轮有限公司", "region": "500109",
            "district": "500109", "industry": "C34", "legal_person": True,
            "operating_since": "1998-04-16"}},
        {"principal": "office", "earlier_record": {
            "enterprise": ENTERPRISE, "honour": "award", "cycle": CYCLE, "on": day(90, today),
            "proof": "渝府发"}},
        {"principal": "bureau", "id": "incident-1", "incident_recorded": {
            "incident": "I-1", "case": CASE, "kind": "safety_accident", "on": day(3, today),
            "liable": "yes"}}]


class RefusesFirst:
    """RCPT is answered with 450 the first time."""

    def __init__(self):
        self.asked = 0

    async def __call__(self, envelope, address):
        self.asked += 1
        if self.asked == 1:
            return "450 4.2.0 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class Steps(unittest.TestCase):
    """What is looked for in a trace of `office`."""

    @classmethod
    def said(cls, lines):
        rows = cls.office.push_lines(lines)
        assert [row["outcome"] for row in rows] == ["accepted"] * len(lines), rows

    @classmethod
    def trace(cls, name, *options, principal="office"):
        done = cls.office.ctl("trace", name, *options, "--output", "json", "--as", principal)
        return json.loads(done.stdout)

    def refused(self, name, *options, principal="office"):
        done = self.office.ctl("trace", name, *options, "--as", principal, fine=(1,))
        self.assertEqual(done.stdout, "")
        return done.stderr

    @staticmethod
    def what(trace, **wanted):
        """The steps that are so."""
        return [step for step in trace["steps"]
                if all(step.get(name) == value for name, value in wanted.items())]

    def one(self, trace, **wanted):
        found = self.what(trace, **wanted)
        self.assertEqual(len(found), 1, (wanted, [step["what"] for step in trace["steps"]]))
        return found[0]

    @staticmethod
    def moment(step):
        at = datetime.datetime.fromisoformat(step["at"])
        return at + datetime.timedelta(microseconds=step.get("at_us", 0))

    def in_order(self, trace):
        """Times never go back, and since is what lies between two of them."""
        steps = trace["steps"]
        for before, step in zip(steps, steps[1:]):
            between = self.moment(step) - self.moment(before)
            self.assertGreaterEqual(between, datetime.timedelta(0), (before, step))
            self.assertEqual(int(step["since_us"]), between // datetime.timedelta(microseconds=1))

    def after(self, *steps):
        for before, step in zip(steps, steps[1:]):
            self.assertGreaterEqual(self.moment(step), self.moment(before), (before, step))


class Incident(Steps):
    """The office, after all has been done and delivered."""

    @classmethod
    def setUpClass(cls):
        cls.directory = counterparts.directory_make()
        cls.addClassCleanup(counterparts.directory_drop, cls.directory)
        cls.mail = MailServer()
        cls.addClassCleanup(cls.mail.close)
        cls.mail.says = {"RCPT": RefusesFirst()}
        cls.office = RealOffice(POLICY)
        cls.addClassCleanup(cls.office.abandon)
        cls.office.channels_write(mail={
            "url": f"smtp://127.0.0.1:{cls.mail.port}", "tls": "none", "from": "award@cq.example.cn",
            "timeout_seconds": 10})
        cls.office.start(rig.DAEMON, WORKER)
        cls.office.ctl("address", PRINCIPAL, "--mail", MAIL, "--as", "office")
        cls.said(incident_lines())
        cls.open_before = cls.trace("incident-1")  # nobody checks grounds yet
        cls.office.start(REVOCATION)
        cls.office.until(lambda: not cls.office.ask("tasks", "admin").get("rows"))
        cls.mail.next()

    @classmethod
    def tearDownClass(cls):
        cls.office.close()


def steps_shown(text):
    """The lines of a trace, whatever the time, the entry's number and their order were."""
    text = re.sub(r"\d{4}-\d\d-\d\dT[^/\s]+", "MOMENT", text)
    text = re.sub(r"\d{4}-\d\d-\d\d(?!T)", "DAY", text)
    return sorted(re.sub(r"^DAY \S+ +\S+(?: ms)?  (.*?  +)(?:\d+|-)  ", r"\1", line.rstrip()) for line in text.splitlines())


class Traced(Incident):
    def test_it_is_what_the_page_shows(self):
        block, = [each for each in blocks(ROOT / "docs/administrator/trace.md") if each.test]
        (typed, printed), = block.commands()
        program, *words = typed.split()
        self.assertEqual(program, "awardctl")
        self.assertEqual(steps_shown(self.office.ctl(*words, "--as", "office").stdout), steps_shown("\n".join(printed)))

    # ---- The whole way

    def test_an_incident_leads_through_worker_message_and_delivery(self):
        trace = self.trace("incident-1")
        self.in_order(trace)
        self.assertNotIn("only_record", trace)
        self.assertNotIn("following", trace)
        first = trace["entry"]
        way = [self.one(trace, what=what, entry=first) for what in WAY]
        self.after(*way)
        self.assertEqual((way[0]["event"], way[0]["principal"], way[0]["id"]),
                         ("incident_recorded", "bureau", "incident-1"))
        self.assertEqual(way[1]["outcome"], "accepted")
        self.assertEqual({step["process"] for step in way}, {"awardd"})
        opened = self.one(trace, what="deadline_opened")
        self.assertEqual((opened["deadline_kind"], opened["state"]), ("incident_report", "open"))
        self.assertIn("last", opened)
        self.worker_seen(trace, way[3])
        self.delivery_seen(trace, way[3])

    def worker_seen(self, trace, answered):
        queued = [step for step in self.what(trace, what="task_queued")
                  if step["task"].startswith("check_grounds:")]
        self.assertEqual(len(queued), 1)
        task = queued[0]["task"]
        given = self.one(trace, what="task_given", task=task)
        self.assertEqual((given["process"], given["role"]), ("worker-revocation", "worker_revocation"))
        done = self.one(trace, what="task_done", task=task)
        received = self.one(trace, what="received", entry=done["entry"])
        self.assertEqual((received["event"], received["principal"], received["task"]),
                         ("grounds_checked", "worker-revocation", task))
        self.after(queued[0], answered, given, received, done,
                   self.one(trace, what="journalled", entry=done["entry"]))

    def delivery_seen(self, trace, answered):
        sealed = self.one(trace, what="message_sealed", template="incident_due", recipient=PRINCIPAL)
        message = sealed["message"]
        failed = self.one(trace, what="message_failed", message=message)
        self.assertRegex(failed["reply"], "^450 4.2.0")
        self.assertEqual(failed["failures"], 1)
        delivered = self.one(trace, what="message_delivered", message=message)
        self.assertEqual((delivered["channel"], delivered["reply"]),
                         ("mail", "250 2.0.0 taken as 4711"))
        given = self.what(trace, what="task_given", task=delivered["task"])
        self.assertEqual([step["process"] for step in given], ["worker-notification"] * 2)
        received = self.one(trace, what="received", entry=delivered["entry"])
        self.after(sealed, answered, given[0], failed, given[1], received, delivered)
        self.assertNotIn(MAIL, json.dumps(trace))

    def test_what_no_worker_has_taken_is_open(self):
        self.in_order(self.open_before)
        opened = [step for step in self.what(self.open_before, what="open")
                  if step.get("task", "").startswith("check_grounds:")]
        self.assertEqual([step["process"] for step in opened], ["awardd"])
        followed = [(each["kind"], each["name"]) for each in self.open_before["following"]]
        self.assertIn(("task", opened[0]["task"]), followed)

    # ---- By other names

    def test_a_message_and_a_task_are_traced_by_their_names(self):
        whole = self.trace("incident-1")
        message = self.one(whole, what="message_delivered")["message"]
        trace = self.trace(message)
        self.in_order(trace)
        self.assertEqual(trace["entry"], whole["entry"])
        self.one(trace, what="message_delivered", message=message)
        self.assertEqual(self.what(trace, what="task_done"), [])
        task = self.one(whole, what="task_done")["task"]
        trace = self.trace(task)
        self.assertEqual(trace["entry"], whole["entry"])
        self.one(trace, what="task_done", task=task)
        self.assertEqual(self.what(trace, what="message_sealed", template="incident_due"), [])

    def test_an_entry_and_a_name_with_its_principal(self):
        whole = self.trace("incident-1")
        for name in (whole["entry"], "bureau/incident-1"):
            trace = self.trace(name)
            self.assertEqual(trace["steps"], whole["steps"], name)

    def test_the_coordinators_own_entry(self):
        started = [entry["entry"] for entry in self.office.entries() if "started" in entry["event"]]
        trace = self.trace(str(started[0]))
        self.assertEqual([step["what"] for step in trace["steps"]], ["fired"])
        self.assertEqual(trace["steps"][0]["event"], "started")
        self.assertNotIn("principal", trace["steps"][0])
        self.assertNotIn("only_record", trace)

    def test_an_id_of_two_principals(self):
        for event, principal in (("suggestion", "review-committee"),
                                 ("supervision_finding", "supervision")):
            self.office.ctl("send", event, f"concerns={CASE}", "text=x", "--id", "twice",
                            "--as", principal)
        said = self.refused("twice")
        self.assertIn("review-committee, supervision", said)
        self.assertIn("--of", said)
        trace = self.trace("twice", "--of", "supervision")
        self.assertEqual(trace["steps"][0]["principal"], "supervision")

    # ---- Refused

    def test_an_unknown_id_is_refused_in_both_languages(self):
        for name in ("incident-2", "99999999", "nobody/incident-1", "rank:2018:1"):
            said = self.refused(name)
            self.assertIn(f"没有您可以查看的事件、日志条、消息或任务 {name}", said)
            self.assertIn(f"no event, entry, message or task {name} that you may see", said)

    def test_a_wrong_command_line(self):
        for words in ((), ("a", "b"), ("a", "--entries", "0"), ("a", "--entries", "x")):
            done = self.office.ctl("trace", *words, fine=(2,))
            self.assertIn("awardctl trace ID", done.stderr)

    def test_rights(self):
        own = self.trace("incident-1", principal=PRINCIPAL)
        self.in_order(own)
        self.assertEqual({step["what"] for step in own["steps"]} & {"task_queued", "task_given"}, set())
        self.one(own, what="message_delivered")
        self.assertIn("没有您可以查看的", self.refused("incident-1", principal="ent-jianglan"))
        self.assertIn("没有您可以查看的", self.refused("incident-1", principal="reviewer-01"))
        self.assertIn("无权查询“事件追踪”", self.refused("incident-1", principal="public"))

    # ---- As a table

    def test_a_line_a_step_in_chinese_first(self):
        done = self.office.ctl("trace", "incident-1", "--as", "office")
        lines = done.stdout.splitlines()
        steps = self.trace("incident-1")["steps"]
        self.assertEqual(len(lines), 1 + len(steps), done.stdout)
        for word in ("时刻 time", "间隔 since", "程序 process", "条 entry", "经过 step"):
            self.assertIn(word, lines[0])
        when = r"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}  "
        self.assertRegex(lines[1], when + r" *-  协调程序 awardd .*已收到 received：\S+ incident_recorded，"
                                          "bureau/incident-1")
        for line in lines[2:]:
            self.assertRegex(line, when + r" *\+\d+(\.\d+)? (ms|s|min)")
        self.assertRegex(done.stdout, r"已送达 message_delivered：.*邮件 mail，.*250 2\.0\.0 taken as 4711")
        self.assertRegex(done.stdout, r"撤销程序 worker-revocation .*任务交出 task_given：check_grounds:")

    def test_csv_has_a_row_a_step(self):
        done = self.office.ctl("trace", "incident-1", "--output", "csv", "--as", "office")
        self.assertEqual(len(done.stdout.split("\r\n")) - 1,
                         1 + len(self.trace("incident-1")["steps"]))


class Restarted(Incident):
    """After a restart of the coordinator the record is left, and says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.trace("incident-1")
        cls.office.wires_close()
        cls.office.kill(rig.DAEMON)
        cls.office.start(rig.DAEMON)

    def test_only_the_record_is_left(self):
        trace = self.trace("incident-1")
        self.in_order(trace)
        self.assertTrue(trace["only_record"])
        memory = {*WAY, "task_given", "task_returned", "task_unanswered"}
        kept = [step["what"] for step in self.whole["steps"] if step["what"] not in memory]
        left = [step["what"] for step in trace["steps"] if step["what"] != "recorded"]
        self.assertEqual(sorted(left), sorted(kept))
        entries = {step["entry"] for step in self.whole["steps"] if step["what"] == "decided"}
        self.assertEqual({step["entry"] for step in trace["steps"] if step["what"] == "recorded"},
                         entries)
        said = self.office.ctl("trace", "incident-1", "--as", "office").stdout
        self.assertIn("只剩记录", said)
        self.assertIn("alone is left", said)

    def test_what_comes_afterwards_is_remembered_again(self):
        self.office.ctl("send", "supervision_finding", f"concerns={CASE}", "text=x", "--id", "later",
                        "--as", "supervision")
        trace = self.trace("later")
        self.assertEqual([step["what"] for step in trace["steps"]], WAY)
        self.assertNotIn("only_record", trace)


class Long(Steps):
    """A rehearsal, whose clock stands still, with more between event and answer than one reply looks at."""
    BETWEEN = 2100

    @classmethod
    def setUpClass(cls):
        cls.office = rig.Office(start="2026-01-05T09:00:00+08:00")
        cls.addClassCleanup(cls.office.abandon)
        cls.office.start(rig.DAEMON)
        cls.said(incident_lines(datetime.date(2026, 1, 5)))
        cls.said([{"principal": "supervision", "suggestion": {"concerns": CASE, "text": f"{number}"}}
                  for number in range(cls.BETWEEN)])
        cls.office.start(WORKER, REVOCATION)
        cls.office.ctl("push", str(cls.office.home / "lines.jsonl"), "--settle")

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def test_it_is_followed_page_by_page(self):
        trace = self.trace("incident-1")
        self.in_order(trace)
        done = self.one(trace, what="task_done")
        self.assertGreater(int(done["entry"]), int(trace["entry"]) + self.BETWEEN)
        self.one(trace, what="message_delivered", channel="spool")
        self.assertNotIn("following", trace)

    def test_on_a_clock_that_stands_still_causes_come_before_their_effects(self):
        trace = self.trace("incident-1")
        task = self.one(trace, what="task_done")["task"]
        steps = [step["what"] for step in self.trace(task)["steps"]]
        self.assertEqual(steps, ["received", "decided", "task_queued", "journalled", "answered",
                                 "task_given", "received", "decided", "task_done", "journalled",
                                 "answered"])

    def test_a_bound_of_entries_is_kept_and_told(self):
        trace = self.trace("incident-1", "--entries", "1000")
        looked = int(trace["looked_to"]) - int(trace["entry"])
        self.assertIn(looked, (1000, 2000))  # whole replies: of 250 entries while others send
        self.assertEqual(len(trace["following"]), 3)
        self.assertEqual(self.what(trace, what="task_done") + self.what(trace, what="open"), [])
        said = self.office.ctl("trace", "incident-1", "--entries", "1000", "--as", "office").stdout
        self.assertRegex(said, r"查至第 \d+ 条，仍有 3 项未完成")
        self.assertIn("--entries goes further", said)


if __name__ == "__main__":
    unittest.main()
