"""test_bounds - the page of bounds against the table of awardd.yaml's keys and what status lists."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/administrator/bounds.md").read_text(encoding="utf-8")
KEYS = (ROOT / "settings/daemon_file.c").read_text(encoding="utf-8")
LISTED = (ROOT / "daemon/bounds.c").read_text(encoding="utf-8")


class Bounds(unittest.TestCase):
    def test_each_bound_of_the_page_is_a_key_with_its_default_and_a_row_of_status(self):
        rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", PAGE, re.M))
        self.assertGreater(len(rows), 8)
        for name, standard in rows.items():
            self.assertRegex(KEYS, rf'\{{"{name}", *KEY_NUMBER, [^"]*"{standard}", IN_FILE\({name}\)')
        self.assertEqual(set(rows), set(re.findall(r'^        \{"(\w+)",', LISTED, re.M)))


if __name__ == "__main__":
    unittest.main()
