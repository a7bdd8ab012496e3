"""test_lines - the file is what its generator prints, and every message that it leads to can be read."""
import collections
import email
import email.policy
import re
import subprocess
import sys
import unittest
import urllib.parse

from rig import EXPECTED, HERE, PEOPLE, YEAR, Office


def printed(program, *arguments):
    return subprocess.run([sys.executable, str(HERE / program), *arguments], check=True,
                          capture_output=True).stdout


class Files(unittest.TestCase):
    maxDiff = 2000

    def test_the_lines_are_what_the_generator_prints(self):
        self.assertEqual(printed("make_chongqing_2018.py").decode().splitlines(),
                         YEAR.read_text().splitlines())

    def test_the_people_are_what_their_file_prints(self):
        self.assertEqual(printed("chongqing_2018_people.py").decode().splitlines(),
                         PEOPLE.read_text().splitlines())


class Messages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        office = Office()
        cls.addClassCleanup(office.close)
        office.start()
        office.push(YEAR, "--settle")
        rows = office.ask_pages("messages", "messages", lambda row: row["message"])
        cls.rows = [row for row in rows if row["state"] != "collecting"]  # of the year's last minute
        cls.files = sorted((office.home / "spool").rglob("*.eml"))
        cls.mails = {path.name: email.message_from_bytes(path.read_bytes(),
                                                         policy=email.policy.default)
                     for path in cls.files}

    def test_messages_on_record_and_feedback_lie_in_the_spool_and_nothing_else(self):
        out = [case for case, row in EXPECTED["cases"].items()
               if row["stage"] in ("document_out", "site_out")]
        expected = {row["message"] for row in self.rows}
        self.assertGreater(len(expected), 50)
        self.assertEqual(len(out), 3)
        expected |= {f"write_feedback:{case}:1" for case in out}
        found = [urllib.parse.unquote(path.stem) for path in self.files]
        self.assertEqual(sorted(found), sorted(expected))

    def test_each_on_record_was_delivered(self):
        self.assertEqual({row["state"] for row in self.rows}, {"delivered"})

    def test_each_parses_without_a_defect(self):
        for name, mail in self.mails.items():
            with self.subTest(name):
                self.assertEqual(mail.defects, [])
                self.assertEqual([mail[header].defects for header in ("from", "to", "subject")],
                                 [(), (), ()])
                for header in ("from", "to", "date", "message-id", "subject"):
                    self.assertTrue(mail[header])

    def test_each_has_an_identity_of_its_own(self):
        counts = collections.Counter(mail["message-id"] for mail in self.mails.values())
        self.assertEqual([name for name, count in counts.items() if count > 1], [])

    def test_each_is_in_chinese_and_in_english(self):
        for name, mail in self.mails.items():
            with self.subTest(name):
                text = mail.get_body(("plain",)).get_content()
                self.assertRegex(text, r"[\u4e00-\u9fff]{4}")
                self.assertRegex(text, r"[A-Za-z]+ [a-z]+ [a-z]+")
                self.assertRegex(mail["subject"], r"[\u4e00-\u9fff]{2}")
                self.assertRegex(mail["subject"], r"[A-Za-z]{3}")

    def test_none_has_a_blank_that_was_not_filled(self):
        for name, mail in self.mails.items():
            with self.subTest(name):
                text = mail.get_body(("plain",)).get_content()
                self.assertIsNone(re.search(r"\{\w*\}|\(null\)|%[sdu]\b", text), text)

    def test_each_says_that_it_belongs_to_a_rehearsal(self):
        for name, mail in self.mails.items():
            with self.subTest(name):
                self.assertEqual(mail["x-award-rehearsal"], "yes")


if __name__ == "__main__":
    unittest.main()
