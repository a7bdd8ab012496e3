"""test_readme - the commands in the documents do what the documents say.

Every fenced `sh` block of README.md and of docs/ runs as it is written: the blocks of one page one
after the other, in a scratch home and a folder that looks like the root of the tree. The lines that
build are those of scripts/demo, which runs here as a whole; scripts/test is what runs this.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from rig import BIN, PATIENCE, REPORTS, environment

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SCRIPTS = ("scripts/demo", "scripts/test")
BUILDING = 1200  # seconds; where nothing is built yet the demo builds first
LEFT_OUT = re.compile(r"^(\./scripts/|cmake )")


def blocks(page):
    return re.findall(r"^```sh\n(.*?)^```$", page.read_text(), re.M | re.S)


def script(page):
    """What a reader would type, one block after the other; the first failure ends it."""
    lines = "".join(blocks(page)).splitlines()
    typed = [line for line in lines if not LEFT_OUT.match(line)]
    return "\n".join(["set -euo pipefail", *typed, ""])


class Scratch:
    """A home, and a folder with what the pages name of the tree."""

    def __enter__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="award-"))
        self.tree = self.home / "tree"
        (self.tree / "build/release").mkdir(parents=True)
        (self.tree / "build/release/bin").symlink_to(BIN)
        for name in ("tests", "rulebooks", "scripts", "docs"):
            (self.tree / name).symlink_to(ROOT / name)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.home, ignore_errors=True)

    def run(self, text):
        made = environment()
        made["HOME"] = str(self.home)
        made["PATH"] = f"{BIN}:{made['PATH']}"
        said = self.home / "said"  # a file: what is left running would keep a pipe open
        with said.open("wb") as output:
            shell = subprocess.Popen(["bash", "-c", text], cwd=self.tree, env=made,
                                     stdin=subprocess.DEVNULL, stdout=output,
                                     stderr=subprocess.STDOUT, start_new_session=True)
            try:
                shell.wait(PATIENCE)
            finally:
                self.left_running = self.end(shell.pid)
                shell.wait(PATIENCE)
        logs = [said, *sorted(self.home.glob("*/*.log"))]
        return shell.returncode, "".join(path.read_text(errors="replace") for path in logs)

    @staticmethod
    def end(group):
        """Ends what the page left running, by its group; whether there was any."""
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


class Documents(unittest.TestCase):
    def run_page(self, page):
        with Scratch() as scratch:
            status, said = scratch.run(script(page))
            self.assertEqual(status, 0, f"{page.relative_to(ROOT)}:\n{said[-4000:]}")
            self.assertIsNone(REPORTS.search(said), said[-4000:])
            self.assertFalse(scratch.left_running, "a process was left running")
            return said

    def test_readme(self):
        said = self.run_page(ROOT / "README.md")
        for expected in ("16(1)", "2018/91500109622018352Y/1", "applied", "sound"):
            self.assertIn(expected, said)

    def test_other_pages(self):
        for page in PAGES[1:]:
            if blocks(page):
                with self.subTest(page=str(page.relative_to(ROOT))):
                    self.run_page(page)

    def test_pages_that_a_page_links_to_are_there(self):
        for page in PAGES:
            for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")


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
