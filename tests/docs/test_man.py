"""test_man - the manual: each program and format in both languages, sound, and as the programs say.

What stands in a table of a program is written into the pages by scripts/man; here it is held against what it would
write now. mandoc looks at every page, and man shows each.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).resolve()
PAGES = ROOT / "docs/man"
CHINESE = PAGES / "zh_CN"
HAN = re.compile(r"[\u4e00-\u9fff]")
PROGRAMS = {"awardd.8", "awardctl.1", "award-scoring.8", "award-notification.8", "award-revocation.8"}
sys.dont_write_bytecode = True


def names(folder):
    return {path.name for path in folder.glob("*.[1-8]")}


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL, **options)


def installed(source, root):
    """The pages of a language as a manual at `root`, with its index; their paths."""
    for path in source.glob("*.[1-8]"):
        section = pathlib.Path(root) / f"man{path.suffix[1:]}"
        section.mkdir(exist_ok=True)
        shutil.copy(path, section)
    indexed = run("makewhatis", root)
    assert indexed.returncode == 0, indexed.stderr
    return sorted(pathlib.Path(root).glob("man*/*"))


class Manual(unittest.TestCase):
    def test_each_page_is_there_in_both_languages(self):
        self.assertEqual(names(PAGES), names(CHINESE))
        self.assertEqual(PROGRAMS - names(PAGES), set())
        self.assertGreater(len(names(PAGES)), 15)

    def test_each_file_that_help_knows_has_its_page(self):
        sys.path.insert(0, str(ROOT / "scripts/lib/man"))
        import said
        for file in said.own_help(BIN / "awardctl")["files"]:
            page = re.fullmatch(r"(\S+)\((\d)\)", file["page"])
            self.assertIn(f"{page[1]}.{page[2]}", names(PAGES))

    def test_each_is_what_the_programs_say(self):
        done = run(ROOT / "scripts/man", "--check", BIN)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_mandoc_finds_nothing(self):
        """Nor anything of style, in either language, where all pages are installed beside each other."""
        for source in (PAGES, CHINESE):
            with self.subTest(source.name), tempfile.TemporaryDirectory(prefix="award-man-") as root:
                pages = installed(source, root)
                done = run("mandoc", "-K", "utf-8", "-T", "lint", "-W", "style", *pages, env={**os.environ, "MANPATH": root})
                self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_mandoc_would_find_something(self):
        broken = (PAGES / "awardd.8").read_text().replace(".El", ".Ek", 1)
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"], input=broken, text=True, capture_output=True,
                              check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_man_shows_each_whole(self):
        for path in [*PAGES.glob("*.[1-8]"), *CHINESE.glob("*.[1-8]")]:
            done = run("man", "--warnings", "-l", path,
                       env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MAN_KEEP_FORMATTING": ""})
            said = [line for line in done.stderr.splitlines() if "can't break line" not in line]
            self.assertEqual((done.returncode, said), (0, []), path)
            self.assertIn("SEE ALSO" if path.parent == PAGES else "参见", done.stdout, path)

    def test_what_a_page_refers_to_is_there(self):
        for path in [*PAGES.glob("*.[1-8]"), *CHINESE.glob("*.[1-8]")]:
            for name, section in re.findall(r"^\.Xr (\S+) (\d)", path.read_text(), re.M):
                self.assertIn(f"{name}.{section}", names(PAGES), path)

    def test_each_language_is_itself(self):
        """The English commands and keys have no Chinese in them but names and examples; the Chinese ones have some."""
        for name in names(PAGES):
            tables = re.findall(r'^\.\\" table: (?!keys rulebook)[^\n]*\n(.*?)^\.\\" end', (PAGES / name).read_text(), re.M | re.S)
            found = [line for table in tables for line in table.splitlines() if HAN.search(line)]
            self.assertEqual([line for line in found if "字数" not in line], [], name)
            for table in re.findall(r'^\.\\" table: [^\n]*\n(.*?)^\.\\" end', (CHINESE / name).read_text(), re.M | re.S):
                self.assertRegex(table, HAN, name)

    def test_the_page_of_awardctl_has_every_command_with_its_options(self):
        page = (PAGES / "awardctl.1").read_text()
        sys.path.insert(0, str(ROOT / "scripts/lib/man"))
        import said
        for command in said.own_help(BIN / "awardctl")["commands"]:
            self.assertRegex(page, rf"(?m)^\.(Cm|It Cm) {command['name']}$")
            for word in command["words"]:
                if "option" in word:
                    self.assertIn(f".Fl -{word['option'][2:]}\n", page, command["name"])

    def test_the_page_of_exit_statuses_has_those_of_each_program(self):
        sys.path.insert(0, str(ROOT / "scripts/lib/man"))
        import said
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")]
                for line in re.findall(r"^\| \d.*", (ROOT / "docs/administrator/exit-status.md").read_text(), re.M)]
        columns = [{int(status) for row in rows if row[column] for status in row[0].split(", ")} for column in (1, 2, 3)]
        own = {row["status"] for row in said.own_help(BIN / "awardctl")["exit_statuses"]}
        lines = [{status for status, _, _ in said.exit_lines(said.run(BIN / program, "--help"))}
                 for program in ("awardd", "award-scoring")]
        self.assertEqual(columns, [lines[0], own, lines[1]])


if __name__ == "__main__":
    unittest.main()
