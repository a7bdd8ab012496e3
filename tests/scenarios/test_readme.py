"""test_readme - the two scripts of README.md do what it says, and generated pages are as they would be generated.

The commands of all pages are run by tests/docs/test_pages.py. The lines that build are those of scripts/demo, which runs
here as a whole; scripts/test is what runs this.
"""
import os
import pathlib
import subprocess
import sys
import unittest

from rig import BIN, PATIENCE

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPTS = ("scripts/demo", "scripts/test")
BUILDING = 1200  # seconds; where nothing is built yet the demo builds first


class Scripts(unittest.TestCase):
    def test_the_two_commands_are_there(self):
        for name in SCRIPTS:
            self.assertTrue(os.access(ROOT / name, os.X_OK), name)
            self.assertIn(f"./{name}", (ROOT / "README.md").read_text())

    def test_the_demo_comes_out_as_the_scenario_says(self):
        done = subprocess.run([ROOT / "scripts/demo"], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=BUILDING)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-4000:])
        self.assertIn("everything came out as the scenario says", done.stdout)

    def test_demo_explains_itself(self):
        done = subprocess.run([ROOT / "scripts/demo", "--help"], capture_output=True, text=True,
                              check=False, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("--keep", done.stdout)

    def test_the_page_of_limits_is_that_of_the_header(self):
        sys.path.insert(0, str(ROOT / "scripts/lib"))
        import limits_page
        self.assertEqual((ROOT / "docs/developer/limits.md").read_text(), limits_page.page())

    def test_the_page_of_keys_is_what_the_table_of_keys_says(self):
        sys.path.insert(0, str(ROOT / "scripts/lib"))
        import rulebook_page
        self.assertEqual((ROOT / "docs/administrator/rulebook-keys.md").read_text(),
                         rulebook_page.page(BIN / "awardctl"))


if __name__ == "__main__":
    unittest.main()
