"""test_repeat - same events in, same records out: twice, again, tried only, exported, made anew.

The year is pushed once into one office and once into another; every test compares with these.
"""
import re
import unittest

from rig import DAEMON, EXPECTED, WORKERS, YEAR, Office


FEW_LINES = 10  # a push of so many makes fewer than a hundred entries


def setUpModule():
    global first, second, pushed, shown
    first, second = Office(), Office()
    unittest.addModuleCleanup(second.close)
    unittest.addModuleCleanup(first.close)
    first.start()
    second.start()
    pushed = first.push(YEAR, "--settle")
    second.push(YEAR, "--settle")
    shown = first.cases_shown()


def outcomes(report):
    return {row["line"]: (row["event"], row["outcome"]) for row in report}


def digests(text, what):
    return dict(re.findall(rf"^{what} entry=(\d+) digest=([0-9a-f]+)", text, re.MULTILINE))


class Repeat(unittest.TestCase):
    maxDiff = 3000

    def same_cases(self, other):
        self.assertEqual(sorted(other), sorted(EXPECTED["cases"]))
        for case, text in other.items():
            with self.subTest(case):
                self.assertEqual(text, shown[case])

    def test_another_office_shows_every_case_alike(self):
        self.same_cases(second.cases_shown())

    def test_pushing_again_changes_nothing(self):
        entry = second.last_entry()
        again = second.push(YEAR, "--settle")
        for row, before in zip(again, pushed, strict=True):
            rejected = before["outcome"] == "rejected"
            self.assertEqual(row["repeated"], not rejected, row)
            self.assertEqual(row["outcome"] == "rejected", rejected, row)
            if before["outcome"] in ("accepted", "refused"):
                names = ("outcome", "article", "case", "entry", "reasons", "rejected_parts")
                self.assertEqual([row.get(name) for name in names],
                                 [before.get(name) for name in names], row)
        self.assertEqual(second.last_entry(), entry)
        self.same_cases(second.cases_shown())

    def test_what_waited_is_answered_as_it_stands_now(self):
        waited = [row["line"] for row in pushed if row["outcome"] == "pending"]
        now = outcomes(second.push(YEAR))
        late = [line for line in waited if now[line][1] == "pending"]
        self.assertEqual(len(waited), EXPECTED["counts"]["pending"])
        self.assertEqual([EXPECTED["lines"][str(line)]["why"] for line in late],
                         ["waits for paper that comes late"])
        self.assertEqual({now[line][1] for line in waited if line not in late}, {"accepted"})

    def test_export_into_an_empty_office_gives_the_same_cases(self):
        with Office(copy_of=first) as other:
            other.start()
            file = other.home / "exported.jsonl"
            file.write_text(first.ctl("export", "--as", "supervision").stdout)
            report = other.push(file, "--settle")
            self.assertEqual([row for row in report if row["outcome"] == "rejected"], [])
            self.same_cases(other.cases_shown())


class Trying(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.close)
        self.office.start(DAEMON)

    def test_a_dry_run_decides_and_writes_nothing(self):
        entry, files = self.office.last_entry(), self.office.files()
        tried = self.office.push(YEAR, "--dry-run")
        self.assertEqual(len(tried), EXPECTED["counts"]["lines"])
        self.assertEqual(tried[0]["outcome"], "accepted")
        self.assertEqual(self.office.last_entry(), entry)
        self.assertEqual(self.office.files(), files)

    def test_what_was_tried_is_new_when_it_comes(self):
        self.office.push(YEAR, "--dry-run")
        line = YEAR.read_text().splitlines()[0].encode()
        row = self.office.push_lines([line])[0]
        self.assertEqual((row["outcome"], row["repeated"]), ("accepted", False))


class Rebuilt(unittest.TestCase):
    def test_the_state_made_anew_is_the_state_that_was(self):
        with Office() as office:
            office.start()
            office.push(YEAR, "--settle")
            office.stop(*WORKERS, DAEMON)
            before = office.verify("--every", "100")
            rebuilt = office.rebuild()
            after = office.verify("--every", "100")
            state = digests(before, "state")
            self.assertEqual(len(state), 1)
            self.assertEqual(digests(rebuilt, "state"), state)
            self.assertEqual(after, before)
            folds = digests(before, "fold")
            self.assertGreater(len(folds), 10)
            self.assertEqual(folds[max(folds, key=int)], *state.values())

    def test_the_living_state_is_the_fold_at_each_hundred_entries_of_the_years(self):
        """What the coordinator itself has made and written out when another hundred is full."""
        lines = YEAR.read_bytes().splitlines(keepends=True)
        hundreds = 0
        with Office() as office:
            office.start()
            for start in range(0, len(lines), FEW_LINES):
                office.push_lines(lines[start:start + FEW_LINES], "--settle")
                if office.last_entry() // 100 > hundreds:
                    hundreds = office.last_entry() // 100
                    self.living_is_fold(office)
        self.assertGreater(hundreds, 10)

    def living_is_fold(self, office):
        office.wires_close()
        office.stop()
        living = digests(office.verify(), "state")
        self.assertEqual(len(living), 1)
        self.assertEqual(digests(office.rebuild(), "state"), living)
        office.start()


if __name__ == "__main__":
    unittest.main()
