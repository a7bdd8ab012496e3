"""test_doctor - the page of doctor against the program's own table of checks and its statuses."""
import os
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).resolve()
PAGE = (ROOT / "docs/administrator/doctor.md").read_text(encoding="utf-8")
HEADER = (ROOT / "clients/ctl/doctor.h").read_text(encoding="utf-8")
sys.path.insert(0, str(ROOT / "scripts/lib"))

import doctor_page  # noqa: E402


class Page(unittest.TestCase):
    def test_the_table_is_what_the_program_lists(self):
        table = doctor_page.table(BIN / "awardctl")
        self.assertGreater(len(table.splitlines()), 32)
        self.assertIn(table, PAGE)

    def test_each_status_and_each_verdict_is_told(self):
        statuses = set(re.findall(r"DOCTOR_STATUS_\w+ = (\d)", HEADER))
        self.assertEqual(set(re.findall(r"^\| (\d) \|", PAGE, re.M)), statuses)
        verdicts = set(re.findall(r'\[DOCTOR_\w+\] += \{"(\w+)", +"(?:失败|警告|没有看|正常|不适用)"',
                                  (ROOT / "clients/ctl/doctor_needs.c").read_text(encoding="utf-8")))
        self.assertEqual(len(verdicts), 5)
        self.assertEqual(set(re.findall(r"^\| `(\w+)` \| ", PAGE.split("## 退出码")[0], re.M)), verdicts)


if __name__ == "__main__":
    unittest.main()
