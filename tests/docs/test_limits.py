"""test_limits - every limit in time and in points has its tests: tests/limits.tsv against the rulebook.

A number that a rulebook may have and that no row names fails here, and a row that names a test, or a
key, that there is not.
"""
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin"))

# What a rulebook says that limits nothing: names, words, switches, and numbers that are no limit.
NO_LIMITS = re.compile(
    r"(name|(award|nomination|office|bureau|government)_(zh|en)|region_prefix|industries|(last_stages|sampling_levels|report_levels)(\[\])?"
    r"|categories(\[\](\.(key|zh|en|confirmed|items(\[\](\.(key|zh|en|confirmed))?)?))?)?"
    r"|sheet_needs_\w+|objection_needs_\w+|defence_mean"
    r"|document_weight|site_weight"  # shares of a score: tests/rules/test_scores.c
    r"|prize_(award|nomination)"     # money that is recorded
    r"|close_of_business"            # of another reading; nothing ends by it
    r"|(publicity|incident_report|objection_answer)(\.(unit|first_day_counted|roll_last_day))?)$")


def rows():
    lines = (ROOT / "tests/limits.tsv").read_text().splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def keys():
    done = subprocess.run([BIN / "awardctl", "rulebook", "keys", "--output", "json"],
                          capture_output=True, check=True, timeout=60)
    return {row["key"] for row in json.loads(done.stdout)}


def lacking(named, known):
    """Keys of limits that no row names; all stays are one limit."""
    return {key for key in known if not NO_LIMITS.match(key) and key not in named and
            not key.startswith("expected_stays.")}


class Limits(unittest.TestCase):
    def test_each_limit_of_a_rulebook_has_its_row_and_no_row_is_of_a_key_that_is_gone(self):
        known = keys()
        self.assertGreater(len(known), 100)
        self.assertEqual(lacking(set(rows()), known), set())
        self.assertEqual({name for name in rows() if " " not in name} - known, set())

    def test_a_new_limit_is_noticed(self):
        self.assertEqual(lacking(set(rows()), keys() | {"supplement_days"}), {"supplement_days"})

    def test_each_row_names_tests_that_exist(self):
        for limit, named in rows().items():
            for test in named.split():
                path, _, name = test.partition(":")
                suite, _, sentence = name.partition(".")
                words = re.sub(r"\s+", " ", (ROOT / "tests" / path).read_text())
                self.assertRegex(words, rf"Test\({suite}, {sentence}[,)]", limit)


if __name__ == "__main__":
    unittest.main()
