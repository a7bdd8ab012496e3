"""test_years - the years of tests/scenarios have every fine point, and every reason of a case.

chongqing-2019.md closes with a table: fine point, lines and enterprises, what comes out. A fine point
without a row, a row that names a line that is not in the year, and a reason that the rules can give to
a case and that no expectation names fail here.
"""
import json
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
YEARS = ROOT / "tests/scenarios"
sys.path.insert(0, str(ROOT / "scripts/lib"))
sys.path.insert(0, str(YEARS))

from errors import calls  # noqa: E402
from law import index  # noqa: E402
from chongqing_2019_people import ENTERPRISES  # noqa: E402
from make_district_2019 import ENTERPRISES as OF_DISTRICT  # noqa: E402

ROW = re.compile(r"^\| (F-[a-z]+-\d+) \| (.*?) \| (.*?) \|$", re.M)
# Reasons of a case are made by these; a draw and a rejection are none of a case.
MADE = {"reason_make": 1, "fail": 1, "fail_until": 1, "void_add": 2}  # which argument is the code
BARS = re.compile(r'^\s*\{"12\(\d\)", "(\w+)"', re.M)
OTHERS = {"rules/draw.c"}


def line_ids(year):
    lines = (YEARS / (year + ".jsonl")).read_text().splitlines()
    return {json.loads(line).get("id") for line in lines} - {None}


def rows():
    return {fine: (named, out) for fine, named, out in
            ROW.findall((YEARS / "chongqing-2019.md").read_text())}


def codes_made(files):
    """Codes in the calls that make a reason of a case or of a void meeting."""
    found = set()
    for path, words in files:
        if path not in OTHERS:
            for name, which in MADE.items():
                for given in calls.calls(words, name):
                    found |= set(re.findall(r'"(\w+)"', given[which]))
            found |= set(BARS.findall(words))
    return found


def sources():
    return [(f"rules/{path.name}", path.read_text()) for path in sorted((ROOT / "rules").glob("*.c"))]


def reasons_expected(expected):
    """Each must be given to somebody, or be what a line says."""
    found = {code for code, keys in expected["reason_codes"].items() if keys}
    return found | {code for codes in expected["codes_of_lines"].values() for code in codes}


class FinePoints(unittest.TestCase):
    def test_each_has_its_row_and_no_row_is_of_another(self):
        fine = [row[0] for row in index.decisions(ROOT) if row[0].startswith("F-")]
        self.assertGreater(len(fine), 60)
        self.assertEqual(sorted(fine), sorted(rows()))

    def test_each_row_names_lines_or_enterprises_that_are_in_the_years(self):
        known = line_ids("chongqing-2019") | set(ENTERPRISES)
        known |= {"district-2019:" + one for one in line_ids("district-2019") | set(OF_DISTRICT)}
        for fine, (named, out) in rows().items():
            names = re.findall(r"`([^`]+)`", named)
            self.assertTrue(names, fine)
            self.assertEqual([name for name in names if name not in known], [], fine)
            self.assertTrue(out.strip(), fine)


class Reasons(unittest.TestCase):
    def test_each_that_the_rules_give_is_in_an_expectation(self):
        expected = json.loads((YEARS / "chongqing-2019.expected.json").read_text())
        made = codes_made(sources())
        self.assertLessEqual({"region_outside", "violation_within_years", "visit_not_held",
                              "misrepresentation", "serious_discrepancy", "no_quorum",
                              "condition_not_met", "material_too_long", "not_selected"}, made)
        self.assertEqual(made - reasons_expected(expected), set())

    def test_a_new_one_is_noticed(self):
        words = 'return case_leave(d, c, GUARD_NO, reason_make(d, "gone_fishing", "16(4)", "去", "x"));'
        self.assertEqual(codes_made([("rules/new.c", words)]), {"gone_fishing"})


if __name__ == "__main__":
    unittest.main()
