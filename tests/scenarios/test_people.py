"""test_people - duty, leave and addresses in a running office, and what `awardctl check` finds.

One office on a manual clock at the beginning of 2013. Addresses are told to the notification
worker and to nobody else: neither entries, nor the state, nor a log, nor an answer has them.
"""
import json
import tempfile
import unittest

import yaml

import wire
from rig import DAEMON, PEOPLE, Office

MAIL = "wang.li@award-office.example"
OTHER = "wang.li@elsewhere.example"
MOBILE = "13800001234"
CYCLE = {"cycle": "2013", "closing": "2013-03-29T18:00:00+08:00",
         "notice": [{"medium": "重庆日报", "on": "2013-01-01", "digest": "ab" * 32}],
         "units": ["市质监局", "市经济信息委"], "chair": "市质监局"}


class People(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)
        self.office.start(DAEMON)

    def tearDown(self):
        self.office.close()

    def ctl(self, *arguments, principal="office", fine=(0,)):
        return self.office.ctl(*arguments, "--as", principal, fine=fine).stdout

    def enrol(self, name, role):
        self.ctl("send", "principal_enrolled", f"name={name}", f"role={role}", f"full_name={name}",
                 "--id", f"enrol-{name}", principal="admin")
        self.ctl("send", "countersigned", "event.principal=admin", f"event.id=enrol-{name}",
                 principal="supervision")

    def restart(self):
        """As after a power cut: what was answered must be there."""
        self.office.wires_close()
        self.office.kill(DAEMON)
        self.office.start(DAEMON)

    def order(self, kind):
        """The first task of this kind for the office that a worker under that key is given."""
        hello = wire.MODULES["envelope"].WorkerHello(instance="of-a-test", capacity=8)
        with self.office.connect("worker-notification", "workers") as connection:
            connection.send(hello=hello)
            while True:
                envelope = connection.receive()
                for order in envelope.tasks.orders:
                    given = getattr(order, kind) if order.WhichOneof("payload") == kind else None
                    if given is not None and given.recipient.name == "office":
                        return given

    def messages(self, template):
        """What the office was or will be sent of this kind: when, and how it stands."""
        found = {}
        for entry in self.office.entries():
            for change in entry.get("changes", []):
                row = change.get("message", {})
                if row.get("template") == template and row["recipient"] == "office":
                    found[row["message"]] = row["created"], row["state"]
        return list(found.values())

    def findings(self):
        """Code, role and days of what is wrong."""
        done = self.office.ctl("check", "--as", "office", "--output", "json", fine=(0, 1))
        found = json.loads(done.stdout).get("findings", [])
        self.assertEqual(done.returncode, 1 if found else 0)
        return [(each["code"], each["role"], each.get("from"), each.get("until"))
                for each in found]

    # ---- Addresses

    def test_an_address_outlives_a_kill_and_goes_to_the_notification_worker(self):
        self.office.push_lines([{"principal": "office", "cycle_opened": CYCLE}])
        shown = self.ctl("address", "office", "--mail", MAIL, "--language", "en", "--id", "one")
        self.assertNotIn(MAIL, shown)
        self.restart()
        self.ctl("clock", "set", "2013-03-29 10:00", principal="admin")
        order = self.order("deliver_message")
        self.assertEqual((order.recipient.name, order.address), ("office", MAIL))
        self.assertEqual(order.language, wire.MODULES["value"].Language.en)
        again = self.ctl("address", "office", "--mail", MAIL, "--language", "en", "--id", "one")
        self.assertNotIn(MAIL, again)
        taken = self.office.ctl("address", "office", "--mail", OTHER, "--language", "en", "--id",
                                "one", "--as", "office", fine=(1,))
        self.assertIn("id_reused", taken.stdout + taken.stderr)

    def test_an_address_is_in_no_entry_no_state_no_log_and_no_answer(self):
        said = self.ctl("address", "office", "--mail", MAIL, "--wecom", MOBILE, "--output", "json")
        said += self.ctl("address", "office") + self.ctl("address", "office", "--output", "json")
        bad = self.office.ctl("address", "office", "--mail", MAIL + " x", "--as", "office",
                              fine=(1,))
        self.assertIn("bad_address", bad.stdout + bad.stderr)
        said += bad.stdout + bad.stderr
        self.restart()
        said += self.office.ctl("export", "--all", "--as", "supervision").stdout
        said += json.dumps(self.office.entries(), default=str)
        self.office.wires_close()
        self.office.stop(DAEMON)
        said += self.office.log() + self.office.rebuild()
        said += (self.office.home / "data/state/state.mdb").read_bytes().decode(errors="replace")
        for secret in (MAIL, MOBILE):
            self.assertNotIn(secret, said)
        self.assertIn("邮件 mail", said)

    def test_what_was_replaced_is_gone_and_what_replaced_it_survives_a_rebuild(self):
        self.office.push_lines([{"principal": "office", "cycle_opened": CYCLE}])
        self.ctl("address", "office", "--mail", MAIL, "--id", "one")
        self.ctl("address", "office", "--mail", OTHER, "--id", "two")
        self.office.wires_close()
        self.office.stop(DAEMON)
        self.office.rebuild()
        self.office.start(DAEMON)
        self.ctl("address", "office", "--mail", MAIL, "--id", "one")  # repeated: of no effect
        self.ctl("clock", "set", "2013-03-29 10:00", principal="admin")
        self.assertEqual(self.order("deliver_message").address, OTHER)

    def test_a_dry_run_keeps_nothing(self):
        before = self.office.files()
        self.ctl("address", "office", "--mail", MAIL, "--dry-run")
        self.assertEqual(self.office.files(), before)
        self.assertIn("无 none", self.ctl("address", "office"))

    def test_what_is_on_record_is_shown_without_addresses(self):
        self.ctl("address", "office", "--mail", MAIL, "--spool", "yes", "--hours", "08:30-18:00",
                 "--digest", "yes", "--silence", "no")
        shown = self.ctl("address", "office")
        for words in ("邮件 mail，打印转交 spool", "08:30-18:00", "是 yes", "否 no"):
            self.assertIn(words, shown)
        self.ctl("address", "office", "--mail=", "--spool", "no")
        self.assertIn("无 none", self.ctl("address", "office"))
        self.office.ctl("address", "office", "--hours", "8:30-18:00", "--as", "office", fine=(2,))
        self.office.ctl("address", "office", "--quiet", "22:00-24:01", "--as", "office", fine=(2,))
        self.office.ctl("address", "government", "--language", "en", "--as", "bureau", fine=(1,))

    # ---- Quiet hours

    def test_in_quiet_hours_a_digest_waits_for_their_end_and_what_is_tried_does_not(self):
        """A night shift: what can wait comes at any hour but from seven in the morning until noon."""
        self.ctl("address", "office", "--spool", "yes", "--hours", "00:00-24:00", "--quiet",
                 "07:00-12:00", "--digest", "yes")
        self.assertIn("07:00-12:00", self.ctl("address", "office"))
        self.ctl("clock", "set", "2013-01-04 08:00:01", principal="admin")
        self.assertEqual(self.messages("digest"), [("2013-01-04T12:00:00+08:00", "collecting")])
        tried = self.office.ctl("send", "message_tried", "person=office", "channel=spool", "--as",
                                "admin")
        self.assertIn("accepted", tried.stdout)
        self.assertEqual(self.messages("try"), [("2013-01-04T08:00:01+08:00", "sealed")])
        self.restart()
        self.ctl("clock", "set", "2013-01-04 11:59:59", principal="admin")
        self.assertEqual(self.messages("digest"), [("2013-01-04T12:00:00+08:00", "collecting")])
        self.ctl("clock", "set", "2013-01-04 12:00:01", principal="admin")
        self.assertEqual(self.messages("digest"), [("2013-01-04T12:00:00+08:00", "sealed")])
        self.ctl("address", "office", "--quiet", "00:00-00:00")
        self.assertIn("无 none", self.ctl("address", "office"))
        self.ctl("clock", "set", "2013-01-05 08:00:01", principal="admin")
        self.assertIn(("2013-01-05T08:00:00+08:00", "sealed"), self.messages("digest"))

    def test_quiet_hours_that_leave_nothing_are_refused_and_say_so(self):
        said = self.office.ctl("address", "office", "--hours", "09:00-17:00", "--quiet",
                               "08:00-18:00", "--as", "office", fine=(1,))
        for words in ("all_hours_quiet", "08:00-18:00", "09:00-17:00"):
            self.assertIn(words, said.stdout + said.stderr)
        self.assertNotIn("08:00-18:00", self.ctl("address", "office"))

    # ---- Duty

    def test_a_roster_with_leave_and_substitutes(self):
        self.enrol("clerk-a", "office")
        self.enrol("clerk-b", "office")
        self.ctl("duty", "set", "clerk-a", "clerk", "--from", "2013-01-01")
        self.ctl("duty", "set", "clerk-b", "科长", "--from", "2013-01-03", "--until", "2013-01-08")
        self.ctl("away", "clerk-a", "--from", "2013-01-04", "--until", "2013-01-05",
                 "--substitute", "clerk-b", "--reason", "年假")
        rows = json.loads(self.ctl("duty", "--days", "8", "--output", "json"))["rows"]
        self.assertEqual(
            [(row["post"], row["from"], row["until"], row.get("person"), row.get("stands_for"))
             for row in rows],
            [("clerk", "2013-01-01", "2013-01-03", "clerk-a", None),
             ("clerk", "2013-01-04", "2013-01-05", "clerk-b", "clerk-a"),
             ("clerk", "2013-01-06", "2013-01-08", "clerk-a", None),
             ("section_head", "2013-01-01", "2013-01-02", None, None),
             ("section_head", "2013-01-03", "2013-01-08", "clerk-b", None)])
        table = self.ctl("duty", "--days", "8")
        for words in ("科长 section_head", "无人 nobody", "clerk-a"):
            self.assertIn(words, table)
        self.assertIn("角色 role,", self.ctl("duty", "--output", "csv"))
        self.ctl("away", "clerk-a", "--from", "2013-01-04", "--cancel")
        self.ctl("duty", "off", "clerk-a", "--from", "2013-01-07")
        rows = json.loads(self.ctl("duty", "clerk-a", "--output", "json"))["rows"]
        self.assertEqual([(row["from"], row["until"]) for row in rows],
                         [("2013-01-01", "2013-01-06")])
        self.office.ctl("duty", "set", "clerk-a", "cook", "--from", "2013-01-01", "--as", "office",
                        fine=(2,))

    def test_a_duty_that_takes_the_place_of_another_says_so(self):
        self.enrol("clerk-a", "office")
        first = ["duty", "set", "clerk-a", "clerk", "--from", "2013-01-02", "--id", "first"]
        self.assertNotIn("随之", self.ctl(*first))
        self.assertNotIn("随之", self.ctl(*first))  # it is on record
        second = ["duty", "set", "clerk-a", "section_head", "--from", "2013-01-05", "--until", "2013-01-09"]
        ends = r"\n  随之终止 ended by it +经办人 clerk 2013-01-02 至 until 2013-01-04\n"
        self.assertRegex(self.ctl(*second, "--dry-run"), ends)
        self.assertNotIn("随之", self.ctl(*second, "--output", "json", "--dry-run"))
        said = self.ctl(*second)
        self.assertRegex(said, ends)
        self.assertEqual(said.count("随之"), 1)
        self.assertNotIn("随之", self.ctl(*first))  # the answer on record changes nothing now
        self.assertNotIn("随之", self.ctl(*first, "--dry-run"))
        said = self.ctl("duty", "off", "clerk-a", "--from", "2013-01-03")
        self.assertRegex(said, ends.replace("01-04", "01-02"))
        self.assertRegex(said, r"\n  随之取消 dropped by it +科长 section_head 2013-01-05 至 until 2013-01-09\n")
        [row] = json.loads(self.ctl("duty", "clerk-a", "--output", "json"))["rows"]
        self.assertEqual((row["post"], row["until"]), ("clerk", "2013-01-02"))
        said = self.office.ctl("duty", "set", "clerk-a", "clerk", "--from", "2013-01-02", "--until", "2013-01-01",
                               "--as", "office", fine=(1,))
        self.assertNotIn("随之", said.stdout + said.stderr)

    def test_check_finds_what_would_be_found_at_three_in_the_morning(self):
        self.office.ctl("check", "--as", "government", fine=(1,))
        self.enrol("clerk-a", "office")
        found = self.findings()
        self.assertIn(("no_address", "office", None, None), found)
        self.ctl("address", "office", "--mail", MAIL)
        self.ctl("address", "clerk-a", "--spool", "yes")
        self.ctl("duty", "set", "clerk-a", "clerk", "--from", "2013-01-01")
        self.ctl("away", "clerk-a", "--from", "2013-01-10", "--until", "2013-01-11", "--reason", "r")
        found = self.findings()
        self.assertNotIn(("no_address", "office", None, None), found)
        self.assertIn(("nobody_on_duty", "office", "2013-01-10", "2013-01-11"), found)
        self.ctl("away", "clerk-a", "--from", "2013-01-10", "--until", "2013-01-11", "--reason",
                 "r", "--substitute", "office")
        self.assertNotIn("nobody_on_duty", [each[0] for each in self.findings()])
        self.ctl("away", "office", "--from", "2013-01-11", "--until", "2013-01-12", "--reason", "r")
        found = self.findings()
        self.assertIn(("substitute_away", "office", "2013-01-11", "2013-01-11"), found)
        self.assertIn(("nobody_on_duty", "office", "2013-01-11", "2013-01-11"), found)
        self.assertIn(("no_recipient", "office", "2013-01-11", "2013-01-11"), found)
        table = self.office.ctl("check", "--as", "admin", fine=(1,)).stdout
        self.assertIn("awardctl duty set PERSON clerk --from 2013-01-11 --until 2013-01-11", table)
        self.assertIn("问题 code,", self.office.ctl("check", "--as", "supervision", "--output",
                                                  "csv", fine=(1,)).stdout)


ENTERPRISES = 300


class ManyEnterprises(unittest.TestCase):
    """An office with hundreds of enterprises, of which none has recorded an address yet."""

    def setUp(self):
        rows = yaml.safe_load(PEOPLE.read_text())
        rows += [{"name": f"many-{n:03}", "role": "enterprise", "scope": f"91500000{n:010}",
                  "full_name": f"企业{n}"} for n in range(1, ENTERPRISES + 1)]
        self.enterprises = sorted(row["name"] for row in rows if row["role"] == "enterprise")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as people:
            yaml.safe_dump(rows, people, allow_unicode=True)
            people.flush()
            self.office = Office(people=people.name)
        self.addCleanup(self.office.abandon)
        self.office.start(DAEMON)

    def check(self, *options):
        return self.office.ctl("check", "--as", "office", *options, fine=(1,)).stdout

    def test_check_is_one_screen_and_its_json_names_them_all(self):
        text = self.check()
        self.assertLessEqual(len(text.splitlines()), 60, text)
        self.assertIn(f"等 {len(self.enterprises)} 人没有登记联系方式", text)
        self.assertIn("awardctl address PERSON --mail ADDRESS", text)
        rows = [row for row in json.loads(self.check("--output", "json"))["findings"]
                if (row["code"], row["role"]) == ("no_address", "enterprise")]
        self.assertEqual([row["persons"] for row in rows], [self.enterprises])
        self.assertEqual([row["persons_count"] for row in rows], [len(self.enterprises)])
        self.assertIn(" ".join(self.enterprises), self.check("--output", "csv"))
        self.office.close()


if __name__ == "__main__":
    unittest.main()
