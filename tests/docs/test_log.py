"""test_log - the table of the log against what is printed from it, and against the calls in the sources."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).resolve()
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "scripts/lib"))

import log_pages  # noqa: E402

ROOMS = ("common", "settings", "daemon", "workers", "letters", "clients")
CALL = re.compile(r"log_say\(\s*(.*?)\);", re.S)
# The tables by which a kind is chosen while the program runs.
CHOSEN = re.compile(r"= (SAY_\w+)|\? (SAY_\w+) : (SAY_\w+)")


def sources():
    return [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.c"))
            if path.name != "log_kinds.c"]


def calls(text):
    """(kind or the expression that chooses it, names of the fields) of every call in a source."""
    for call in CALL.findall(text):
        kind = re.match(r"[^,]+", call).group().strip()
        yield kind, {name.removesuffix("_id") if name == "case_id" else name
                     for name in re.findall(r"\.(\w+) = ", call)}


def rows():
    return {"SAY_" + row["kind"].upper(): set(row["fields"].split())
            for row in log_pages.table(BIN / "awardctl", "log")}


class Printed(unittest.TestCase):
    maxDiff = 4000

    def test_the_catalog_is_that_of_the_table(self):
        self.assertEqual(log_pages.CATALOG.read_text(), log_pages.catalog(BIN / "awardctl"))

    def test_the_page_is_that_of_the_table(self):
        self.assertEqual(log_pages.PAGE.read_text(), log_pages.page(BIN / "awardctl"))

    def test_the_table_is_read_by_people_too(self):
        said = subprocess.run([BIN / "awardctl", "explain", "log"], check=True, capture_output=True).stdout.decode()
        self.assertRegex(said, "worker_silent .*warn .*awardd .*see whether it runs")

    @unittest.skipUnless(pathlib.Path("/bin/journalctl").exists(), "journalctl is not installed")
    def test_journalctl_takes_the_catalog(self):
        with tempfile.TemporaryDirectory(prefix="award-") as scratch:
            place = pathlib.Path(scratch) / "usr/lib/systemd/catalog"
            place.mkdir(parents=True)
            (pathlib.Path(scratch) / "var/lib/systemd/catalog").mkdir(parents=True)
            (place / "awardd.catalog").write_text(log_pages.CATALOG.read_text())
            subprocess.run(["journalctl", "--update-catalog", f"--root={scratch}"], check=True, capture_output=True)
            known = rows()
            shown = subprocess.run(["journalctl", "--list-catalog", f"--root={scratch}"], check=True,
                                   capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout.decode()
            ids = {row["message_id"] for row in log_pages.table(BIN / "awardctl", "log")}
            self.assertEqual(set(re.findall(r"^([0-9a-f]{32}) ", shown, re.M)), ids)
            self.assertEqual(len(ids), len(known))


class Calls(unittest.TestCase):
    def test_each_call_gives_fields_of_its_row_and_no_others(self):
        known = rows()
        found = 0
        for path in sources():
            text = path.read_text()
            for kind, fields in calls(text):
                found += 1
                if kind in known:
                    self.assertLessEqual(fields, known[kind], f"{path.name}: {kind}")
                else:  # one of those that the source chooses from
                    chosen = {name for names in CHOSEN.findall(text) for name in names if name}
                    self.assertTrue(chosen, f"{path.name}: {kind}")
        self.assertGreater(found, 40)

    def test_each_kind_is_said_somewhere(self):
        said = {name for path in sources() for name in re.findall(r"\bSAY_\w+", path.read_text())}
        self.assertEqual(set(rows()) - said, set())

    def test_each_field_is_of_some_kind(self):
        named = {row["field"] for row in log_pages.table(BIN / "awardctl", "log_fields")}
        self.assertEqual(named, set().union(*rows().values()))

    def test_nobody_writes_lines_of_a_service_in_another_way(self):
        """What the coordinator and workers say while they serve goes through the table."""
        for path in sources():
            if path.parts[len(ROOT.parts)] in ("daemon", "workers", "common"):
                self.assertNotRegex(path.read_text(), r"\b(syslog|sd_journal_print)\(", path.name)


if __name__ == "__main__":
    unittest.main()
