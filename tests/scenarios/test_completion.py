"""test_completion - the Tab key in a real bash: commands, options, values, files, and what the running awardd knows.

Most tests call the completion's function as bash does; the last types on a terminal.
"""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

import rig
from rig import BIN, Office, environment

ROOT = rig.HERE.parent.parent
SCRIPT = ROOT / "packaging/awardctl.bash"
PATIENCE = 5  # seconds that a completion may take, a loaded machine included

# What readline would call, with the words that it makes of the line; prints what came out.
CALL = r"""
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
compopt() { echo "$*" >&3; }
_awardctl
printf '%s\n' "${COMPREPLY[@]}"
"""


def split(line):
    """As readline takes a line apart: at blanks, and at `=` and `:`, which are words."""
    words = []
    for part in line.split(" "):
        at = 0
        for index, letter in enumerate(part):
            if letter in "=:":
                words += [part[at:index]] if index > at else []
                words.append(letter)
                at = index + 1
        if part[at:] or not part:
            words.append(part[at:])
    return words


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.office.start(rig.DAEMON)
        lines = rig.YEAR.read_text().splitlines()
        cls.office.push_lines([line.encode() for line in lines[:120]])
        cls.cases = cls.office.case_names()
        cls.deadlines = sorted(cls.office.deadlines())
        assert cls.cases and cls.deadlines

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def complete(self, line, home=None, folder=None):
        """What is offered for the last word of the line; what was asked of readline goes into self.options."""
        made = environment()
        made["AWARD_HOME"] = str(home or self.office.home)
        reading, writing = os.pipe()
        begun = time.monotonic()
        done = subprocess.run(["bash", "-c", f"exec 3>&{writing}\n{CALL}", "bash", str(SCRIPT), str(BIN / "awardctl"),
                               *split(line)], env=made, cwd=folder, capture_output=True, text=True,
                              pass_fds=(writing,), timeout=rig.PATIENCE, check=False)
        self.seconds = time.monotonic() - begun
        os.close(writing)
        with os.fdopen(reading) as said:
            self.options = said.read()
        self.assertEqual((done.returncode, done.stderr), (0, ""), line)
        return [word for word in done.stdout.splitlines() if word]

    # ---- What the program knows by itself

    def test_first_and_second_words(self):
        self.assertIn("calendar", self.complete("cal"))
        self.assertEqual(self.complete("calendar ch"), ["check"])
        self.assertEqual(set(self.complete("alerts a")), {"ack", "assign"})
        first = self.complete("")
        self.assertIn("today", first)
        self.assertNotIn("complete", first)
        self.assertEqual(len(first), len(set(first)))

    def test_options_of_the_command_and_of_all(self):
        self.assertEqual(self.complete("case list --cy"), ["--cycle"])
        self.assertIn("--output", self.complete("case list --"))
        self.assertNotIn("--cycle", self.complete("case list --cycle 2018 --"))

    def test_values_that_are_words(self):
        self.assertEqual(self.complete("--output j"), ["json"])
        self.assertEqual(self.complete("status --output=j"), ["json"])
        self.assertEqual(self.complete("address office --language "), ["zh", "en"])
        self.assertEqual(self.complete("explain life"), ["lifecycle"])
        self.assertEqual(self.complete("import s"), ["sheets"])
        self.assertEqual(set(self.complete("duty set office ")), {"clerk", "section_head", "director"})
        self.assertEqual(self.complete("config show turn"), ["turn_events"])
        self.assertEqual(self.complete("template show res"), ["result"])
        self.assertEqual(self.complete("doctor --only disk-sp"), ["disk-space"])
        self.assertEqual(self.complete("doctor --only clock cha"), ["channels", "chain"])

    def test_events_and_their_fields(self):
        self.assertEqual(self.complete("new cycle_op"), ["cycle_opened"])
        self.assertEqual(self.complete("send paper_received recei"), ["received="])
        self.assertIn("nospace", self.options)
        self.assertEqual(self.complete("send paper_received cycle=2"), ["2018"])
        self.assertNotIn("entry_corrected", self.complete("new deadline_fi"))

    def test_files(self):
        folder = self.office.home
        self.assertIn("lines.jsonl", self.complete("push li", folder=folder))
        self.assertIn("filenames", self.options)
        self.assertEqual(self.complete("backup create k", folder=folder), ["keys"])
        self.assertIn("lines.jsonl", self.complete("push x --report l", folder=folder))

    def test_help_offers_topics_and_commands(self):
        self.assertEqual(self.complete("help awardc"), ["awardctl.yaml"])
        self.assertIn("show", self.complete("help case "))
        self.assertIn("clock", self.complete("help clo"))

    # ---- What the running awardd knows

    def test_cases(self):
        self.assertEqual(self.complete("case show "), self.cases)
        beginning = self.cases[-1][:12]
        self.assertEqual(self.complete(f"case show {beginning}"), [each for each in self.cases if each.startswith(beginning)])
        self.assertEqual(self.complete(f"case show {self.cases[0]}"), [self.cases[0]])
        self.assertEqual(self.complete("case show 1999/"), [])
        self.assertEqual(self.complete(f"--home {self.office.home} case show ", home="/nowhere"), self.cases)

    def test_cycles_people_enterprises(self):
        self.assertEqual(self.complete("cycle show 20"), ["2018"])
        self.assertEqual(self.complete("away reviewer-0"), [f"reviewer-0{i}" for i in range(1, 10)])
        self.assertEqual(self.complete("--as superv"), ["supervision"])
        code = self.cases[0].split("/")[1]
        self.assertIn(code, self.complete(f"enterprise show {code[:6]}"))

    def test_deadlines_whose_colons_take_the_word_apart(self):
        self.assertEqual(sorted(self.complete("why 2018")), [each for each in self.deadlines if each.startswith("2018")
                         and self.is_open(each)])
        self.assertIn("closing:1", self.complete("why 2018:clo"))

    def is_open(self, deadline):
        return self.office.deadlines()[deadline]["state"] in ("open", "overdue", "suspended")

    def test_entries(self):
        last = self.office.last_entry()
        self.assertEqual(self.complete(f"trace {last}"), [str(last)])
        self.assertEqual(self.complete("journal --from "), [str(last - i) for i in range(10)])

    def test_a_key_comes_so_that_the_shell_takes_it_as_one_word(self):
        rows = json.loads(self.office.ctl("principals", "--output", "json").stdout)["rows"]
        keys = [key["public_key"] for row in rows for key in row.get("keys", []) if not key.get("revoked")]
        self.assertTrue(any(set(each) & set("&<>();$") for each in keys), keys)
        for key in keys:
            beginning = next(key[:i] for i in range(1, len(key)) if sum(each.startswith(key[:i]) for each in keys) == 1)
            if not beginning.isalnum():
                continue
            words = subprocess.run(["bash", "-c", "printf '%s\\n' " + "".join(self.complete(f"key revoke {beginning}"))],
                                   capture_output=True, text=True, check=True).stdout
            self.assertEqual(words, key + "\n")
            self.assertEqual(self.complete(f"key revoke '{beginning}"), [key])

    def test_what_the_viewer_may_not_see_is_not_offered(self):
        self.assertEqual(self.complete("case show --as public "), [])

    def test_without_an_awardd_it_is_silent_and_short(self):
        with rig.Office() as other:
            self.assertEqual(self.complete("case show ", home=other.home), [])
            self.assertLess(self.seconds, PATIENCE)
            self.assertEqual(self.complete("report case 2018", home=other.home), [])
            self.assertLess(self.seconds, PATIENCE)
        self.assertEqual(self.complete("case show ", home="/nowhere"), [])
        self.assertEqual(self.complete("case sh", home="/nowhere"), ["show"])

    def test_an_awardd_that_hangs_is_waited_for_once(self):
        with tempfile.TemporaryDirectory(prefix="award-") as home, socket.socket(socket.AF_UNIX) as silent:
            silent.bind(f"{home}/silent.sock")
            silent.listen()  # it is connected to, and says nothing
            shutil.copytree(self.office.home / "keys", pathlib.Path(home) / "keys")
            text = (self.office.home / "awardctl.yaml").read_text()
            text = re.sub(r"(?m)^client_endpoint: .*", f'client_endpoint: "ipc://{home}/silent.sock"', text)
            (pathlib.Path(home) / "awardctl.yaml").write_text(text)
            self.assertEqual(self.complete("report case 2018", home=home), [])  # cases, people, cycles
        self.assertGreater(self.seconds, 0.9)
        self.assertLess(self.seconds, PATIENCE)

    # ---- On a terminal

    def test_the_tab_key_completes_a_case(self):
        made = environment()
        made.update(AWARD_HOME=str(self.office.home), PATH=f"{BIN}:{made['PATH']}", TERM="dumb", PS1="$ ")
        ours, theirs = pty.openpty()
        bash = subprocess.Popen(["bash", "--norc", "--noprofile", "-i"], stdin=theirs, stdout=theirs, stderr=theirs,
                                env=made, start_new_session=True)
        os.close(theirs)
        said = ""

        def wait_for(text):
            nonlocal said
            while text not in said:
                ready, _, _ = select.select([ours], [], [], rig.PATIENCE)
                self.assertTrue(ready, f"no {text!r} in {said!r}")
                said += os.read(ours, 4096).decode(errors="replace")

        try:
            wait_for("$ ")
            os.write(ours, f"source {SCRIPT}; echo sour''ced\n".encode())
            wait_for("sourced")
            case = self.cases[0]
            unique = next(case[:i] for i in range(1, len(case) + 1)
                          if sum(each.startswith(case[:i]) for each in self.cases) == 1)
            said = ""
            os.write(ours, f"echo awardctl; awardctl case show {unique}\t".encode())
            wait_for(f"case show {case} ")
            os.write(ours, b"--output json | tail -c 3000; echo e''nd\n")
            wait_for("end")
            self.assertIn(case, said)
            for quote in "'\"":
                said = ""
                os.write(ours, f"awardctl case show {quote}{unique}\t".encode())
                wait_for(f"case show {quote}{case}{quote}")
                os.write(ours, b"\x15")
        finally:
            bash.kill()
            bash.wait(rig.PATIENCE)
            os.close(ours)


if __name__ == "__main__":
    unittest.main()
