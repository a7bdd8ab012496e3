"""test_kill - kill -9 of any process at any line changes nothing of what comes out.

Lines are drawn by a seed (AWARD_SEED, named by a failure; AWARD_KILLS says how many, 6 unless told). At each
the file is pushed up to there, then a further stretch is pushed while a process is killed in the
middle of it; the process is started again and the stretch is pushed once more, which is safe. In
the end every case reads as in an office where nothing happened. Lines that are rejected are left
out: sent again they are decided anew, and what came too early may be in order by then.
"""
import os
import random
import subprocess
import unittest

from rig import BIN, DAEMON, EXPECTED, PATIENCE, PROCESSES, YEAR, Office, environment

SEED = int(os.environ.get("AWARD_SEED", "20180425"))
KILLS = max(len(PROCESSES), int(os.environ.get("AWARD_KILLS", "6")))
STRETCH = 8  # lines that are under way when a process is killed
REJECTED = {int(number) for number, line in EXPECTED["lines"].items()
            if line["outcome"] == "rejected"}
LINES = [line for number, line in enumerate(YEAR.read_bytes().splitlines(keepends=True), 1)
         if number not in REJECTED]


def plan(seed):
    """Line, process, and how many entries later it falls, by line; each process falls once."""
    draw = random.Random(seed)
    fallen = list(PROCESSES) + draw.choices(PROCESSES, k=KILLS - len(PROCESSES))
    draw.shuffle(fallen)
    lines = sorted(draw.sample(range(STRETCH, len(LINES) - STRETCH, STRETCH), KILLS))
    return [(line, name, draw.randrange(1, STRETCH)) for line, name in zip(lines, fallen)]


class Kill(unittest.TestCase):
    maxDiff = 3000

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.office.start()

    def part(self, count):
        """The file up to a line: ids are made from its content, so parts repeat each other."""
        file = self.office.home / "part.jsonl"
        file.write_bytes(b"".join(LINES[:count]))
        return file

    def push_and_kill(self, count, name, entries):
        """Kills while the push runs, so many entries after what was there; the push goes on."""
        target = self.office.last_entry() + entries
        push = subprocess.Popen(
            [str(BIN / "awardctl"), "--home", str(self.office.home), "push",
             str(self.part(count)), "--settle"], env=environment(), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        while self.office.last_entry() < target and push.poll() is None:
            pass
        self.office.wires_close()
        self.office.kill(name)
        self.office.start(name)
        said = push.communicate(timeout=PATIENCE)[0]
        self.assertIn(push.returncode, (0, 1), said.decode(errors="replace")[-2000:])

    def test_what_comes_out_is_what_came_out_undisturbed(self):
        with Office() as calm:
            calm.start()
            calm.push_lines(LINES, "--settle")
            expected = calm.cases_shown()
        for line, name, entries in plan(SEED):
            with self.subTest(seed=SEED, line=line, killed=name):
                self.office.push(self.part(line), "--settle")
                self.push_and_kill(line + STRETCH, name, entries)
                report = self.office.push(self.part(line + STRETCH), "--settle")
                self.assertEqual(len(report), line + STRETCH)
        self.office.push(self.part(len(LINES)), "--settle")
        found = self.office.cases_shown()
        self.assertEqual(sorted(found), sorted(EXPECTED["cases"]))
        for case, text in found.items():
            with self.subTest(case, seed=SEED):
                self.assertEqual(text, expected[case])

    def test_what_was_answered_is_there_after_a_kill(self):
        report = self.office.push(self.part(100))
        decided = {row["line"]: row["entry"] for row in report
                   if row["outcome"] in ("accepted", "refused")}
        self.assertGreater(len(decided), 80)
        self.office.kill(DAEMON)
        self.office.verify()
        self.office.start(DAEMON)
        again = {row["line"]: row for row in self.office.push(self.part(100))}
        self.assertEqual({line: again[line]["entry"] for line in decided}, decided)
        self.assertTrue(all(again[line]["repeated"] for line in decided))


if __name__ == "__main__":
    unittest.main()
