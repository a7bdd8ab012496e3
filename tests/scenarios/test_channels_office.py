"""Mail in a whole office: what fails is tried again, told and on record, whatever ends the worker."""
import datetime
import json
import re
import time
import unittest

import counterparts
import rig
import wire
from channel_tests import parsed
from counterparts import MailServer
from real_office import WORKER, RealOffice

POLICY = """
delivery_attempts: 3
delivery_first_wait: 1
delivery_longest_wait: 1
ladders:
  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}
"""
APPLICANT = "ent-zhiqiao"
CODE = "91500109MA5U0K278Q"


class InTheOffice(unittest.TestCase):
    """An application is refused, and the enterprise is told of it by mail."""

    @classmethod
    def setUpClass(cls):
        cls.server = MailServer()
        cls.addClassCleanup(cls.server.close)
        cls.office = RealOffice(POLICY)
        cls.addClassCleanup(cls.office.abandon)
        cls.office.channels_write(mail={"url": f"smtp://127.0.0.1:{cls.server.port}", "tls": "none",
                                        "from": "award@cq.example.cn"})
        cls.office.start(rig.DAEMON, WORKER)
        for person in (APPLICANT, "admin"):
            cls.office.ctl("address", person, "--mail", person + "@example.cn", "--as", person)
        now = datetime.datetime.now(wire.SHANGHAI)

        def day(number):
            return (now + datetime.timedelta(days=number)).date().isoformat()
        cls.yesterday = day(-1)
        lines = [line for line in map(json.loads, rig.YEAR.read_text().splitlines())
                 if CODE in json.dumps(line)]
        cls.application = next(line for line in lines if "application_submitted" in line)
        registered = next(line for line in lines if "enterprise_registered" in line)
        registered["enterprise_registered"]["operating_since"] = day(-400)
        cls.push(registered, {"principal": "office", "cycle_opened": {
            "cycle": "2026", "closing": day(9) + "T18:00:00+08:00", "chair": "市质监局",
            "notice": [{"medium": "重庆日报", "on": day(-5), "digest": "ab" * 32}],
            "units": ["市质监局", "市经济信息委"]}})

    @classmethod
    def push(cls, *lines):
        for line in lines:
            line.pop("at", None)
        return [row["outcome"] for row in cls.office.push_lines(list(lines))]

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def setUp(self):
        self.server.says = {}

    def refuse(self):
        """One application more that is refused: by Article 11(1) it is too early."""
        line = json.loads(json.dumps(self.application))
        body = line["application_submitted"]
        body["cycle"] = "2026"
        for name in ("electronic_receipt", "paper_receipt"):
            body[name] = self.yesterday + body[name][10:]
        line["id"] = f"application-{time.monotonic_ns()}"
        self.assertEqual(self.push(line), ["refused"])

    def test_what_fails_is_tried_again_and_what_was_said_is_on_record(self):
        self.server.says = {"RCPT": "450 4.2.1 come back"}
        self.refuse()
        self.office.message_until({"attempts": 1, "state": "sealed"}, APPLICANT)
        shown = self.office.ctl("alerts", "--undelivered", "--as", "office").stdout
        self.assertIn("450 4.2.1 come back", shown)
        self.server.says = {}
        _, recipients, content = self.server.next()
        self.assertEqual(recipients, [APPLICANT + "@example.cn"])
        row = self.office.message_until({"state": "delivered"}, APPLICANT)
        self.assertEqual((row["reply"], row["channel"]), ("250 2.0.0 taken as 4711", "mail"))
        self.assertGreaterEqual(row["attempts"], 1)
        self.assertIn("ended", row)
        self.assertIn(row["message"].split("/")[0], parsed(content)["Message-ID"])
        self.assertEqual(self.office.messages(undelivered=True), [])

    @staticmethod
    def to_applicant(line):
        """This line to the applicant, and to everybody else that it is taken."""
        async def answer(envelope, address):
            if address.startswith(APPLICANT):
                return line
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return answer

    def test_what_is_given_up_is_told_to_the_administrator(self):
        for says, attempts in (("550 5.1.1 nobody", 1), ("451 4.3.0 busy", 3)):
            with self.subTest(says=says):
                self.server.says = {"RCPT": self.to_applicant(says)}
                self.refuse()
                row = self.office.message_until({"state": "failed"}, APPLICANT)
                self.assertEqual((row["attempts"], row["reply"][:9]), (attempts, says[:9]))
                _, recipients, content = self.server.next()
                self.assertEqual(recipients, ["admin@example.cn"])
                self.assertIn("消息未能送达", parsed(content)["Subject"])
                text = parsed(content).get_body(("plain",)).get_content()
                self.assertIn(row["message"], text)
                self.assertIn(says, text)
                self.office.message_until({"state": "delivered"}, "admin")
                self.undelivered_until_acknowledged(row["message"])

    def undelivered_until_acknowledged(self, message):
        """The office has telephoned: the line that the list shows takes it off it, and not for ever."""
        def shown(*words):
            return self.office.ctl(*words, "--as", "office").stdout
        self.assertIn(message, shown("today"))
        self.assertIn(f"awardctl alerts ack {message}", shown("alerts", "--undelivered"))
        shown("alerts", "ack", message)
        self.assertNotIn(message, shown("alerts", "--undelivered"))
        self.assertNotIn(message, shown("today"))
        self.assertRegex(shown("alerts", "--undelivered", "--all"),
                         "已阅 acknowledged: office .*" + re.escape(message))

    def message_hangs(self):
        """A message is on its way, and its server has the whole of it and says nothing."""
        reached = counterparts.threading.Event()

        async def hang(_session):
            reached.set()
            await counterparts.asyncio.sleep(counterparts.PATIENCE)
        self.server.says = {"DATA": hang}
        self.refuse()
        self.assertTrue(reached.wait(counterparts.PATIENCE))

    def test_a_worker_that_is_killed_with_the_message_sent_sends_it_once_more(self):
        self.message_hangs()
        self.office.kill(WORKER)
        self.server.says = {}
        self.office.start(WORKER)
        self.office.message_until({"state": "delivered"}, APPLICANT)
        copies = {self.server.next()[2], self.server.next()[2]}
        self.assertEqual(len(copies), 1)
        self.assertTrue(self.server.messages.empty())

    def test_a_worker_that_is_stopped_with_a_message_on_its_way_gives_it_back(self):
        self.message_hangs()
        begun = time.monotonic()
        self.office.stop(WORKER)
        self.assertLess(time.monotonic() - begun, 5)
        self.office.wait_log("worker left principal=worker-notification$")
        [row] = self.office.ask("tasks", "admin")["rows"]
        self.assertNotIn("leased_to", row)
        self.server.says = {}
        self.office.start(WORKER)
        self.office.message_until({"state": "delivered"}, APPLICANT)
        copies = {self.server.next()[2], self.server.next()[2]}
        self.assertEqual(len(copies), 1)

    def test_two_workers_with_one_key_are_told_of(self):
        other = rig.Process(WORKER, self.office.arguments(WORKER))
        self.office.wait_log("WARN .*two programs use one key.* principal=worker-notification$")
        self.assertEqual(other.end(rig.signal.SIGTERM), 0)


if __name__ == "__main__":
    unittest.main()
