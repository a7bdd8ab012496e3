"""test_hand - what a person does with awardctl: fills in, sends, is asked, interrupts a push.

Each office is fresh, on a manual clock at the beginning of 2013, and nothing is pushed before the
test does so.
"""
import json
import os
import pty
import re
import signal
import subprocess
import threading
import unittest

from rig import BIN, DAEMON, EXPECTED, PATIENCE, YEAR, Office, environment

NOTICE = "2013-01-01"
OPENED = {"cycle": "2013", "closing": "2013-03-29T18:00:00+08:00",
          "notice": [{"medium": "重庆日报", "on": NOTICE, "digest": "ab" * 32}],
          "units": ["市质监局", "市经济信息委"], "chair": "市质监局"}
WORDS = [f"closing={OPENED['closing']}", "notice[0].medium=重庆日报", f"notice[0].on={NOTICE}",
         f"notice[0].digest={'ab' * 32}", "units=市质监局,市经济信息委"]
AT = f"--at={NOTICE}T09:00:00+08:00"


def signals_at_default():
    """In a child that is to be interrupted: a background job of a shell hands on that SIGINT is ignored."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """A program on a terminal of its own: what it says can be waited for, and answered."""

    def __init__(self, office, *arguments):
        self.master, slave = pty.openpty()
        self.popen = subprocess.Popen([str(BIN / "awardctl"), "--home", str(office.home),
                                       *arguments], stdin=slave, stdout=slave, stderr=slave,
                                      env=environment(), start_new_session=True)
        os.close(slave)
        self.said = ""
        self.heard = threading.Condition()
        self.over = False
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        held = b""
        while True:
            try:
                held += os.read(self.master, 4096)
            except OSError:  # the other side was closed
                break
            text = held.decode(errors="ignore")
            with self.heard:
                self.said = text
                self.heard.notify_all()
        with self.heard:
            self.over = True
            self.heard.notify_all()

    def wait(self, pattern):
        with self.heard:
            self.heard.wait_for(lambda: re.search(pattern, self.said) or self.over, PATIENCE)
            if not re.search(pattern, self.said):
                raise AssertionError(f"it did not say {pattern!r}:\n{self.said}")

    def type(self, text):
        os.write(self.master, text.encode() + b"\n")

    def end(self):
        status = self.popen.wait(PATIENCE)
        self.reader.join(PATIENCE)
        os.close(self.master)
        return status


class Hand(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)
        self.office.start(DAEMON)

    def tearDown(self):
        self.office.close()

    def cycles(self):
        return [row["cycle"] for row in self.office.ask("cycles").get("cycles", [])]


class Sending(Hand):
    def test_an_event_of_words_is_on_record_and_its_id_is_said(self):
        done = self.office.ctl("send", "cycle_opened", "cycle=2013", "chair=市质监局", *WORDS, AT)
        self.assertIn("16(1)", done.stdout)
        self.assertEqual(self.cycles(), ["2013"])
        identity = re.search(r"编号 id (\w+)", done.stdout).group(1)
        entry = self.office.last_entry()
        self.office.ctl("send", "cycle_opened", "cycle=2013", "chair=市质监局", *WORDS, "--id",
                        identity)
        self.assertEqual(self.office.last_entry(), entry)

    def test_a_dry_run_writes_nothing(self):
        entry = self.office.last_entry()
        self.office.ctl("send", "--dry-run", "cycle_opened", "cycle=2013", "chair=市质监局",
                        *WORDS)
        self.assertEqual((self.office.last_entry(), self.cycles()), (entry, []))

    def test_what_is_missing_is_named_where_nobody_can_be_asked(self):
        done = self.office.ctl("send", "cycle_opened", "cycle=2013", *WORDS, fine=(2,))
        self.assertIn("chair", done.stderr)
        self.assertEqual(self.cycles(), [])

    def test_what_is_wrong_is_named_with_the_word(self):
        for word in ("colour=red", "rulebook[0]=x", "notice[0].on=tomorrow", "cycle"):
            with self.subTest(word):
                done = self.office.ctl("send", "cycle_opened", "cycle=2013", "chair=市质监局",
                                       WORDS[0], WORDS[4], "notice[0].medium=重庆日报", word,
                                       fine=(2,))
                self.assertIn(word.split("=")[0], done.stderr)

    def test_what_is_not_admitted_ends_with_status_1_and_its_code(self):
        done = self.office.ctl("--as", "public", "send", "cycle_opened", "cycle=2013",
                               "chair=市质监局", *WORDS, fine=(1,))
        self.assertIn("not_authorised", done.stdout + done.stderr)


class Asking(Hand):
    def test_on_a_terminal_it_asks_for_what_is_missing_and_sends_it(self):
        terminal = Terminal(self.office, "send", "cycle_opened", AT, *WORDS[:4])
        answers = {"cycle": "2013", "units": "市质监局", "chair": "市质监局"}
        for name in self.needed("cycle_opened"):
            if name in answers:
                terminal.wait(rf" {name}（[^\n]*）: ")
                terminal.type(answers[name])
        self.assertEqual(terminal.end(), 0, terminal.said)
        self.assertIn("16(1)", terminal.said)
        self.assertEqual(self.cycles(), ["2013"])

    def test_an_answer_that_cannot_be_taken_is_asked_for_again(self):
        terminal = Terminal(self.office, "send", "cycle_opened", "cycle=2013", "chair=市质监局",
                            AT, *WORDS[1:])
        question = r" closing（[^\n]*）: "
        terminal.wait(question)
        terminal.type("tomorrow")
        terminal.wait(question + r"(?s:.*)" + question)
        terminal.type(OPENED["closing"])
        self.assertEqual(terminal.end(), 0, terminal.said)
        self.assertEqual(self.cycles(), ["2013"])

    def test_no_answer_sends_nothing(self):
        terminal = Terminal(self.office, "send", "cycle_opened", "cycle=2013", *WORDS)
        terminal.wait(r" chair（[^\n]*）: ")
        terminal.type("")
        self.assertEqual(terminal.end(), 2, terminal.said)
        self.assertEqual(self.cycles(), [])

    def needed(self, event):
        """The fields that the form marks as needed, in their order."""
        form = self.office.ctl("new", event).stdout
        return re.findall(r"^#  \* (\w+)", form, re.M)


class Forms(Hand):
    def test_a_form_that_is_filled_in_can_be_pushed(self):
        form = self.office.ctl("new", "cycle_opened").stdout.splitlines()
        self.assertTrue(all(line.startswith("#") for line in form[:-1]), form)
        line = json.loads(form[-1])
        self.assertLessEqual(set(OPENED), set(line["cycle_opened"]))
        line["cycle_opened"].update(OPENED)
        line.update(principal="office", at=f"{NOTICE}T09:00:00+08:00")
        file = self.office.home / "filled.jsonl"
        file.write_text("\n".join([*form[:-1], json.dumps(line, ensure_ascii=False), ""]))
        report = self.office.push(file)
        self.assertEqual([row["outcome"] for row in report], ["accepted"])
        self.assertEqual(self.cycles(), ["2013"])

    def test_a_form_that_was_not_filled_in_is_rejected_by_the_missing_field(self):
        file = self.office.home / "empty.jsonl"
        file.write_text(self.office.ctl("new", "cycle_opened").stdout)
        row = self.office.push(file)[0]
        self.assertEqual((row["outcome"], row["article"]), ("rejected", "form"))

    def test_every_form_is_json_where_json_is_wanted(self):
        events = json.loads(self.office.ctl("explain", "events", "--output", "json").stdout)
        names = [row["event"] for row in events if row["from"] != "系统 coordinator"]
        self.assertGreater(len(names), 30)
        for name in names:
            with self.subTest(name):
                form = self.office.ctl("new", name, "--output", "json").stdout
                self.assertIn(name, json.loads(form))


class Asked(Hand):
    """What is asked for wrongly is answered with how to ask, and the status says which it was."""

    def test_a_day_or_a_cycle_that_is_none_is_named(self):
        for words, status, said in (
                (("register", "--on", "2019-13-01"), 2, "2019-13-01"),
                (("register", "--on", "2099-01-01"), 1, "still to come"),
                (("stuck", "2017", "--as", "office"), 1, "cycle list"),
                (("complaints", "2017", "--as", "office"), 1, "cycle list"),
                (("report", "dog", "x", "--as", "office"), 2, "case|person|cycle")):
            with self.subTest(words):
                self.assertIn(said, self.office.ctl(*words, fine=(status,)).stderr)

    def test_the_help_of_a_first_word_has_the_commands_that_begin_with_it(self):
        def named(*words):
            text = self.office.ctl(*words, "--help").stdout
            return re.findall("^  ([a-z]+(?: [a-z]+)?) {2,}\\S", text, re.M)
        self.assertEqual(named("policy"), ["policy check", "policy diff", "policy show", "policy load"])
        self.assertEqual(named("pigeon"), named())
        self.assertIn("today", named())

    def test_nothing_is_said_to_be_nothing(self):
        for command in ("register", "stuck", "complaints"):
            with self.subTest(command):
                done = self.office.ctl(command, "--as", "office")
                self.assertIn("没有记录 / nothing", done.stdout)
                done = self.office.ctl(command, "--as", "office", "--output", "json")
                self.assertNotIn("rows", json.loads(done.stdout))


class Interrupted(unittest.TestCase):
    """A push that is stopped halfway has told what it did, and another one goes on from there."""

    def push_begin(self, office, *options):
        """A push that can be interrupted, also where whoever runs the tests ignores Ctrl-C."""
        return subprocess.Popen([str(BIN / "awardctl"), "--home", str(office.home), "push",
                                 *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=environment(), text=True,
                                preexec_fn=signals_at_default)

    def interrupt(self, number, status):
        with Office() as office:
            office.start()
            push = self.push_begin(office, str(YEAR), "--settle", "--output", "json")
            rows = [push.stdout.readline() for _ in range(40)]
            push.send_signal(number)
            rows += push.stdout.readlines()
            said = push.stderr.read()
            self.assertEqual(push.wait(PATIENCE), status, said)
            for pipe in (push.stdin, push.stdout, push.stderr):
                pipe.close()
            rows = [json.loads(row) for row in rows]
            counts = rows.pop()["summary"]
            self.assertEqual(counts["lines"], len(rows))
            self.assertLess(len(rows), EXPECTED["counts"]["lines"])
            self.assertEqual(sum(row["outcome"] == "accepted" for row in rows),
                             counts["accepted"])
            self.assertRegex(said, r"已中断.*\n.*interrupted")
            self.again(office, len(rows))

    def repeat(self, office, beginning):
        report = office.push(beginning, "--settle")
        self.assertEqual({row["repeated"] for row in report if row["outcome"] != "rejected"},
                         {True})

    def again(self, office, done):
        beginning = office.home / "beginning.jsonl"
        lines = YEAR.read_bytes().splitlines(keepends=True)
        beginning.write_bytes(b"".join(lines[:done]))
        self.repeat(office, beginning)  # what workers had still to answer is answered then
        entry = office.last_entry()
        self.repeat(office, beginning)
        self.assertEqual(office.last_entry(), entry)
        office.push(YEAR, "--settle")
        stages = {case: office.case(case)["case"]["stage"] for case in office.case_names()}
        self.assertEqual(stages, {case: row["stage"] for case, row in EXPECTED["cases"].items()})

    def test_ctrl_c_prints_the_counts_and_pushing_again_goes_on(self):
        self.interrupt(signal.SIGINT, 130)

    def test_sigterm_does_the_same(self):
        self.interrupt(signal.SIGTERM, 143)

    def test_one_who_waits_for_input_is_interrupted_at_once(self):
        with Office() as office:
            office.start(DAEMON)
            entry = office.last_entry()
            push = self.push_begin(office, "-")
            push.stdin.write(YEAR.read_text().splitlines()[0] + "\n")
            push.stdin.flush()
            while office.last_entry() == entry:
                pass  # each turn waits for an answer
            push.send_signal(signal.SIGINT)
            self.assertEqual(push.wait(PATIENCE), 130)
            self.assertRegex(push.stdout.read(), r"共 \d 行 lines")
            for pipe in (push.stdin, push.stdout, push.stderr):
                pipe.close()


if __name__ == "__main__":
    unittest.main()
