"""test_errors - every code has its sentences, something to do, and a test; the page is current."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts/lib"))

from errors import calls, page  # noqa: E402

FOLDERS = ("rules", "common", "settings", "letters", "daemon", "workers", "clients", "docs", "tests", "proto")


class Page(unittest.TestCase):
    def test_it_is_what_the_sources_give_and_nothing_is_missing(self):
        done = subprocess.run([ROOT / "scripts/errors", "--check"], capture_output=True, text=True,
                              check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:] + done.stderr)

    def test_codes_of_every_kind_of_place_are_found(self):
        errors = page.Errors(ROOT)
        found = {entry.name: entry for entry in errors.entries}
        for name, article in (
                ("received_late", "16(2)"),          # a plain rejection
                ("other_cycle", "order"),            # one of several cases
                ("region_outside", "2"),             # a reason of refusal
                ("laureate_within_years", "12(3)"),  # a row of a table
                ("serious_discrepancy", "16(5).3"),  # one arm of a choice
                ("panel_too_small", "16(4)"),        # through a helper that knows the article
                ("entered_late", "policy"),          # a warning
                ("not_your_name", "authority")):     # the daemon's
            self.assertIn(article, found[name].articles, name)
        for name in ("bad_json", "no_answer", "version_missing", "bad_word"):  # codec, clients
            self.assertTrue(found[name].sentences, name)


class Missing(unittest.TestCase):
    """What must be noticed: each time one file is changed."""

    def expect(self, path, before, after, said):
        root = pathlib.Path(tempfile.mkdtemp(prefix="award-errors-"))
        try:
            for folder in FOLDERS:
                shutil.copytree(ROOT / folder, root / folder)
            words = (root / path).read_text()
            self.assertIn(before, words)
            (root / path).write_text(words.replace(before, after))
            found = page.Errors(root).missing()
        finally:
            shutil.rmtree(root, ignore_errors=True)
        self.assertIn(said, "\n".join(found))

    def test_a_code_without_a_test(self):
        self.expect("rules/loading.c", '"bad_year"', '"worse_year"', "worse_year: no test names it")

    def test_a_code_without_an_english_sentence(self):
        self.expect("rules/genesis.c",
                    '"The database is created already; choose another directory."', "NULL",
                    "already_created: has no Chinese and English sentence")

    def test_a_code_that_does_not_say_what_to_do(self):
        self.expect("rules/genesis.c", "数据库已经建立；请另选目录。", "数据库已经建立。",
                    "already_created: nothing says what to do")

    def test_advice_for_a_code_that_is_gone(self):
        self.expect("rules/loading.c", '"clock_backwards"', '"clock_back"',
                    "clock_backwards: docs/errors-advice.tsv names a code that there is not")


class Reading(unittest.TestCase):
    def test_texts_are_read_as_the_compiler_joins_them(self):
        for expression, expected in (
                ('"a" "b"', ["ab"]),
                ('wrong ? "a" : other ? "b" : "c"', ["a", "b", "c"]),
                ('say(d, "of %s" " and more", name)', ["of %s and more"]),
                (r'"write \"2018-10-08\""', ['write "2018-10-08"']),
                ("reason->zh", [])):
            self.assertEqual(calls.texts(expression, "", set()), expected, expression)
        self.assertEqual(calls.texts("text", 'const char *text = a ? "x" : "y";', set()), ["x", "y"])


if __name__ == "__main__":
    unittest.main()
