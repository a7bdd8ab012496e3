"""test_pages - every command of every page does what the page says.

README.md and each page under docs/ is run as it is written, block by block, in a home of its own and a folder that
looks like the root of the tree; what needs root and a systemd is run by scripts/container-test, what builds or takes long
by scripts/pages. blocks.py tells what a block can be. At the end it says how many commands were run, and by what.
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

from blocks import FENCED, INDEX, PAGES, ROOT, blocks, in_container, lines_of

sys.path.insert(0, str(ROOT / "tests/scenarios"))
from rig import BIN, PATIENCE, REPORTS, environment  # noqa: E402

COMMAND = re.compile(r"^(\$ |(\./)?scripts/|awardctl |awardd |award-\w+ -|cmake |systemctl |journalctl |apt(-get)? )", re.M)
MARK = "\x1e"
WAIT = 4 * PATIENCE  # of a whole page


def pattern(expected):
    """What is printed as a regular expression over whole lines."""
    made = ""
    for line in "\n".join(expected).strip("\n").splitlines():
        if line.strip() == "[...]":
            made += r"(?:.*\n)*?"
        else:
            made += ".*".join(re.escape(part) for part in line.rstrip().split("[...]")) + r"\n"
    return made


def shown(text):
    return "".join(line.rstrip() + "\n" for line in text.strip("\n").splitlines())


class Scratch:
    """A home, and a folder with what the pages name of the tree."""

    def __enter__(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="award-"))
        self.tree = self.home / "tree"
        (self.tree / "build/release").mkdir(parents=True)
        (self.tree / "build/release/bin").symlink_to(BIN)
        for name in ("tests", "rulebooks", "scripts", "docs", "packaging"):
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
                shell.wait(WAIT)
            finally:
                self.left_running = self.end(shell.pid)
                shell.wait(PATIENCE)
        self.logs = "".join(path.read_text(errors="replace") for path in sorted(self.home.glob("*/*.log")))
        return shell.returncode, said.read_text(errors="replace")

    @staticmethod
    def end(group):
        """Ends what the page left running, by its group; whether there was any."""
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


class Commands(unittest.TestCase):
    run_count = 0

    def script(self, page):
        """(the script of a page, what each command behind a mark is to print)"""
        script, printed = ["set -euo pipefail"], []
        for block in blocks(page):
            if not block.runs_here:
                continue
            steps = block.commands() if block.kind == "console" else [(block.text.rstrip("\n"), None)]
            for typed, expected in steps:
                script += [f"printf '{MARK}'", typed]
                printed.append((typed, expected))
        return "\n".join([*script, ""]), printed

    def run_page(self, page):
        text, printed = self.script(page)
        with Scratch() as scratch:
            status, said = scratch.run(text)
            home = str(scratch.home)
            self.assertEqual(status, 0, f"{page.relative_to(ROOT)}:\n{said[-4000:]}\n{scratch.logs[-4000:]}")
            self.assertIsNone(REPORTS.search(said + scratch.logs), (said + scratch.logs)[-4000:])
            self.assertFalse(scratch.left_running, "a process was left running")
        parts = said.replace(home, "$HOME").split(MARK)[1:]
        self.assertEqual(len(parts), len(printed))
        for (typed, expected), part in zip(printed, parts):
            Commands.run_count += len(lines_of(typed))
            if expected is not None and not re.fullmatch(pattern(expected), shown(part)):
                self.fail(f"{page.relative_to(ROOT)}: $ {typed}\nis said to print\n" + "\n".join(expected)
                          + f"\nand printed\n{part}")
        return said

    def test_each_page_does_what_it_says(self):
        for page in PAGES:
            if any(block.runs_here for block in blocks(page)):
                with self.subTest(page=str(page.relative_to(ROOT))):
                    self.run_page(page)
        every = [block for page in PAGES for block in blocks(page)]
        counts = [sum(block.count() for block in some) for some in (
            in_container(), [each for each in every if each.in_clone], [each for each in every if each.test])]
        print(f"\n{Commands.run_count} commands run as written, {counts[0]} by scripts/container-test, "
              f"{counts[1]} by scripts/pages, {counts[2]} by another test")

    def test_the_readme_answers_with_what_it_explains(self):
        said = self.run_page(ROOT / "README.md")
        for expected in ("16(1)", "2018/91500109622018352Y/1", "applied", "sound"):
            self.assertIn(expected, said)


class Blocks(unittest.TestCase):
    def test_each_says_what_is_in_it(self):
        for page in PAGES:
            for block in blocks(page):
                self.assertTrue(block.known, f"{page.relative_to(ROOT)}: ```{block.info}")
                if not block.kind:
                    self.assertIsNone(COMMAND.search(block.text), f"{page.relative_to(ROOT)}: commands in ```{block.info}")

    def test_no_command_stands_outside_a_block(self):
        for page in PAGES:
            rest = FENCED.sub("", page.read_text())
            found = re.search(r"^(?:    |\t)(?:\$ )?(?:scripts/|awardctl |awardd |systemctl |journalctl |apt )\S.*", rest, re.M)
            self.assertIsNone(found, f"{page.relative_to(ROOT)}: {found and found[0]}")

    def test_what_is_run_elsewhere_is_a_script_at_least(self):
        for page in PAGES:
            for block in blocks(page):
                if block.kind and not block.runs_here:
                    done = subprocess.run(["bash", "-n"], input=block.typed(), text=True, capture_output=True, check=False)
                    self.assertEqual(done.returncode, 0, f"{page.relative_to(ROOT)}: {done.stderr}")

    def test_every_block_for_the_container_is_run_there(self):
        fences = sum(len(re.findall("^ *```.*in-container", page.read_text(), re.M)) for page in PAGES)
        self.assertGreater(fences, 0)
        with tempfile.TemporaryDirectory() as place:
            subprocess.run([ROOT / "tests/container/pages.py", place], check=True)
            self.assertEqual(len(list(pathlib.Path(place).iterdir())), fences)

    def test_every_block_for_a_clone_is_run_there(self):
        listed = subprocess.run([ROOT / "scripts/pages", "--list"], check=True, capture_output=True, text=True).stdout
        fences = sum(len(re.findall("^ *```.*in-clone", page.read_text(), re.M)) for page in PAGES)
        self.assertGreater(fences, 0)
        self.assertEqual(len(re.findall(r"^\S+\.md: ", listed, re.M)), fences)

    def test_every_block_of_another_test_is_read_there(self):
        for page in PAGES:
            for block in blocks(page):
                if block.test:
                    self.assertIn(str(page.relative_to(ROOT)), (ROOT / block.test).read_text())


class Shown(unittest.TestCase):
    def fits(self, expected, printed):
        return re.fullmatch(pattern(expected.splitlines()), shown(printed)) is not None

    def test_what_a_page_shows_has_to_be_what_is_printed(self):
        self.assertTrue(self.fits("a\nb 1", "a\nb 1  \n\n"))
        self.assertFalse(self.fits("a\nb 1", "a\nb 2\n"))
        self.assertFalse(self.fits("a", "a\nb\n"))
        self.assertFalse(self.fits("", "a\n"))

    def test_but_for_what_varies(self):
        self.assertTrue(self.fits("entry [...] of\n[...]\nend", "entry 17 of\nx\ny\nend\n"))
        self.assertTrue(self.fits("a\n[...]\nb", "a\nb\n"))
        self.assertFalse(self.fits("a [...]", "a 1\nb\n"))
        self.assertFalse(self.fits("a.c", "abc\n"))


class Links(unittest.TestCase):
    def test_what_a_page_links_to_is_there(self):
        for page in PAGES:
            for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page.name}: {link}")

    def test_the_index_has_every_page(self):
        linked = {(INDEX.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)", INDEX.read_text())}
        for page in PAGES[1:]:
            inside = page.parent != ROOT / "docs" and page.parent in linked
            self.assertTrue(page == INDEX or page in linked or inside, f"docs/README.md: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    unittest.main()
