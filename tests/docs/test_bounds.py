"""test_bounds - the page of bounds against the table of awardd.yaml's keys and what status lists.

The table is read as `awardctl init` writes it into a new awardd.yaml: name, range and default.
"""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).resolve()
PAGE = (ROOT / "docs/administrator/bounds.md").read_text(encoding="utf-8")
LISTED = (ROOT / "daemon/bounds.c").read_text(encoding="utf-8")
UNITS = {"": 1, "KiB": 1024, "MiB": 1024 ** 2, "GiB": 1024 ** 3}


def written():
    """What a new awardd.yaml says of each key that is a number: (from, to, default)."""
    with tempfile.TemporaryDirectory(prefix="award-") as scratch:
        subprocess.run([str(BIN / "awardctl"), "init", scratch + "/office", "--city", "重庆"], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        text = (pathlib.Path(scratch) / "office/awardd.yaml").read_text(encoding="utf-8").replace("\n#   ", " ")
    rows = re.findall(r"^# .*whole number from (\d+) to (\d+), .*; default (\d+);.*\n#(\w+): (\d+)$", text, re.M)
    return {name: (int(least), int(most), int(standard)) for least, most, standard, name, value in rows
            if value == standard}


def number(text):
    digits, unit = re.fullmatch(r"(\d+) ?(\w*)", text.strip()).groups()
    return int(digits) * UNITS[unit]


class Bounds(unittest.TestCase):
    def test_each_bound_of_the_page_is_a_key_with_its_range_and_default_and_a_row_of_status(self):
        keys = written()
        rows = re.findall(r"^\| `(\w+)` \| (\d+) \| ([^,|]+), ([^,|]+) \|", PAGE, re.M)
        self.assertGreater(len(rows), 8)
        for name, standard, least, most in rows:
            self.assertEqual((number(least), number(most), int(standard)), keys[name], name)
        listed = re.findall(r'^        \{"(\w+)",', LISTED, re.M)
        self.assertEqual({row[0] for row in rows}, set(listed))

    def test_each_number_of_the_configuration_is_on_the_page(self):
        missing = {name for name in written() if f"`{name}`" not in PAGE}
        self.assertEqual(missing, set())


if __name__ == "__main__":
    unittest.main()
