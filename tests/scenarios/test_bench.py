"""test_bench - what scripts/bench measures is admitted by every rule, and repeated to the last entry.

The exemplars of clients/bench are pushed, copied to a hundred cases and met by a second of load from
two clients. No figure is judged; what is measured must be what is on record.
"""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from rig import DAEMON, Office

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCH = ROOT / "clients/bench"
CASES = 100
KINDS = {"cycle_opened", "enterprise_registered", "application_submitted", "independent_sheet",
         "defence_score", "objection_filed"}


class BenchOffice(Office):
    def __init__(self):
        super().__init__(people=BENCH / "exemplars.people.yaml", start="2018-02-28T09:00:00+08:00")

    def bench(self, *arguments, home=None):
        """What it printed, by name."""
        said = self.run("award-bench", "--home", str(home or self.home), *map(str, arguments))
        return {name: int(value) for name, value, _ in map(str.split, said.stdout.splitlines())}

    def prepare(self):
        self.start()
        report = self.push(BENCH / "exemplars.jsonl", "--settle")
        self.stop()
        self.bench("--make-cases", CASES)
        self.rebuild()
        return report


class Lines(unittest.TestCase):
    """With --output json each part prints objects of the same four members."""
    FIGURES = "figure_put load_rate 18650 events/s; figure_put sheet_rate 7 decisions/s; output=json; "
    PARTS = {
        "loads": "load_print 1000 256 1 1",
        "rules": "rules_print year",
        "start": "entries=100000; start_in_flight=256; figures_print_json '\"entries\": 100000'",
        "deadlines": "deadlines=20; due=5; deadlines_print <(echo "
                     "'{\"name\": \"firing_p50\", \"value\": 52715, \"unit\": \"us\"}')",
    }

    def test_of_each_part_have_name_parameters_value_and_unit(self):
        for part, command in self.PARTS.items():
            with self.subTest(part):
                sources = "; ".join(f". scripts/lib/bench_{name}.sh" for name in (
                    "figures", "loads", "rules", "start", "deadlines"))
                said = subprocess.run(["bash", "-c", f"{sources}; {self.FIGURES}{command}"], cwd=ROOT,
                                      capture_output=True, text=True, check=True)
                rows = [json.loads(line) for line in said.stdout.splitlines()]
                self.assertGreater(len(rows), 0)
                for row in rows:
                    self.assertEqual(list(row), ["name", "parameters", "value", "unit"])
                    self.assertGreater(len(row["parameters"]), 0)


class Wrong(unittest.TestCase):
    """What is wrong on a command line is said, before anything is installed or built."""

    def told(self, *words):
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        return done.stderr

    def test_of_the_bench(self):
        for words, zh, en in (
                (("deadlines", "--due", "20", "--deadlines", "10"), "--due（20）不能多于", "--due (20) must not be more"),
                (("deadlines", "--cases", "9"), "deadlines 没有 --cases", "deadlines has no option `--cases`"),
                (("deadlines", "--seconds", "9"), "没有 --seconds", "deadlines has no option `--seconds`"),
                (("--hot", "3000"), "--hot（3000）不能多于案件数", "--hot (3000) must not be more than the cases"),
                (("--hot", "4"), "--hot 至少 5", "--hot is 5 at least"),
                (("deadlines", "--due", "many"), "--due 应为正整数", "whole number from 1 on, not `many`"),
                (("deadlines", "--due"), "--due 应为正整数", "--due wants a whole number"),
                (("rules", "--entries", "9"), "rules 没有", "rules has no option `--entries`"),
                (("rules", "--output", "csv"), "--output 应为 table 或 json", "not `csv`"),
                (("deadline",), "没有 deadline", "no option `deadline`"),
                (("--clients", "17"), "最多 16", "16 at most, not 17"),
                (("--cases", "4"), "至少 5", "5 at least, not 4"),
                (("start", "--entries", "1"), "须多于", "must be more than")):
            with self.subTest(words):
                said = self.told("scripts/bench", *words)
                self.assertIn(zh, said.splitlines()[0])
                self.assertIn(en, said.splitlines()[1])
                self.assertIn("usage: scripts/bench", said)

    def test_of_what_clang_says(self):
        program = ("/usr/bin/python3", "scripts/lib/clang_warnings.py")
        self.assertIn("a build is wanted", self.told(*program))
        self.assertIn("a build is wanted", self.told(*program, "--help"))
        self.assertIn("/nowhere is no build", self.told(*program, "/nowhere"))
        with tempfile.TemporaryDirectory(prefix="award-") as scratch:
            (pathlib.Path(scratch) / "compile_commands.json").write_text("[]")
            self.assertIn("not compiled by", self.told(*program, scratch))
            self.assertIn("daemon/none.c", self.told(*program, scratch, "daemon/none.c"))


class Bench(unittest.TestCase):
    def setUp(self):
        self.office = BenchOffice()
        self.addCleanup(self.office.abandon)
        self.report = self.office.prepare()

    def load(self):
        self.office.start(DAEMON)
        pid = self.office.running[DAEMON].popen.pid
        figures = self.office.bench("--load", 16, "--clients", 2, "--packed", 4, "--cases", CASES,
                                    "--seconds", 1, "--pid", pid)
        entries = self.office.entries()[figures["load_first"] - 1:figures["load_last"]]
        self.office.stop(DAEMON)
        return figures, entries

    def test_a_load_is_on_record_and_its_writes_can_be_repeated(self):
        self.assertEqual({line["outcome"] for line in self.report}, {"accepted"})
        with tempfile.TemporaryDirectory(prefix="award-") as scratch:
            other = shutil.copytree(self.office.home, pathlib.Path(scratch) / "other",
                                    ignore=shutil.ignore_patterns("*.sock"))
            figures, entries = self.load()
            repeated = self.office.bench("--repeat", self.office.home, "--first",
                                         figures["load_first"], "--last", figures["load_last"],
                                         "--group", 16, home=other)
        self.assertEqual(figures["load_events"], len(entries))
        self.assertEqual({kind for entry in entries for kind in KINDS if kind in entry["event"]},
                         KINDS)
        self.assertGreater(repeated["raw_rate"], 0)
        self.assertGreater(repeated["entry_bytes"], 0)
        self.office.close()  # and the state is the fold of the journal


if __name__ == "__main__":
    unittest.main()
