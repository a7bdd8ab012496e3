"""test_help - `awardctl help`: every topic answers in both languages, and what it names is there."""
import json
import re
import subprocess
import unittest

import rig
from rig import BIN, environment

HAN = re.compile(r"[\u4e00-\u9fff]")
ROOT = rig.HERE.parent.parent

# What a command line says and nobody knows before.
FREE = {"ADDRESS", "DATE", "DAY", "DAYS", "ENDPOINT", "ID", "MOBILE", "MOMENT", "N", "NAME", "SEED", "TEXT", "TITLE",
        "VERSION", "WHO", "YEAR"}


def awardctl(*words):
    return subprocess.run([str(BIN / "awardctl"), *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          env=environment(), timeout=rig.PATIENCE, check=False)


def everything():
    return json.loads(awardctl("help", "--output", "json").stdout)


def named(text):
    """The commands that a text names."""
    return re.findall(r"awardctl\s+((?:[a-z]+ ?){1,2})", text)


class Help(unittest.TestCase):
    def show(self, *words, status=0):
        done = awardctl("help", *words)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_the_list_has_subjects_files_and_commands(self):
        said = self.show()
        for each in everything()["topics"] + everything()["files"] + everything()["commands"]:
            self.assertRegex(said, rf"(?m)^  {re.escape(each['name'])} +\S")

    def test_each_topic_answers_in_both_languages(self):
        for topic in everything()["topics"]:
            for name in (topic["name"], topic["zh"]):
                said = self.show(name)
                self.assertRegex(said, HAN)
                self.assertIn(topic["en"], said)
            if "text_zh" in topic:
                self.assertNotRegex(topic["text_en"], HAN, topic["name"])
                self.assertLess(said.index(topic["text_zh"]), said.index(topic["text_en"]))

    def test_each_line_fits_the_screen(self):
        told = everything()
        names = [[]] + [each["name"].split() for each in told["topics"] + told["files"] + told["commands"]]
        for name in names:
            self.assertEqual(rig.too_wide(self.show(*name)), [], name)

    def test_a_command_that_ends_with_a_status_of_its_own_is_named_with_it(self):
        told = everything()
        [five] = [row for row in told["exit_statuses"] if row["status"] == 5]
        own = [each["name"] for each in told["commands"] if re.search(r"(status|with) 5\b", each.get("help", ""))]
        self.assertIn("init", own)
        for name in own:
            for text in (five["zh"], five["en"]):
                self.assertIn(name.split()[-1], re.findall("[a-z]+", text))

    def test_each_command_that_a_topic_names_is_one(self):
        words = {command["name"] for command in everything()["commands"]}
        for topic in everything()["topics"]:
            for text in (topic.get("text_zh", ""), topic.get("text_en", "")):
                for name in named(text):
                    name = name.strip()
                    self.assertTrue(name in words or name.split()[0] in words, f"{topic['name']}: awardctl {name}")

    def test_each_page_that_a_topic_names_is_there(self):
        for topic in everything()["topics"]:
            for path in re.findall(r"\b((?:docs|packaging)/[a-z./-]+[a-z])", topic.get("text_en", "")):
                self.assertTrue((ROOT / path).exists(), path)

    def test_each_command_says_what_it_takes(self):
        for command in everything()["commands"]:
            said = self.show(*command["name"].split())
            self.assertIn(f"awardctl {command['name']} {command['arguments']}", " ".join(said.split()))
            self.assertTrue(said.startswith(awardctl(*command["name"].split(), "--help").stdout), command["name"])

    def test_the_keys_of_each_file_are_those_of_its_table(self):
        for file in everything()["files"]:
            said = self.show(file["name"])
            for key in file["keys"]:
                self.assertIn(key["key"], said)
        keys = {key["key"]: key for file in everything()["files"] if file["name"] == "awardd.yaml" for key in file["keys"]}
        self.assertEqual(keys["turn_events"]["default"], "64")
        self.assertTrue(keys["data_directory"]["required"])

    def test_a_first_word_lists_its_commands(self):
        said = self.show("calendar")
        self.assertIn("calendar import", said)
        self.assertNotIn("rulebook check", said)

    def test_a_word_that_is_command_and_subject_shows_both(self):
        said = self.show("deadlines")
        self.assertIn("用法 / usage: awardctl deadlines", said)
        self.assertIn("awardctl explain deadlines", said)

    def test_an_unknown_topic_names_the_nearest(self):
        self.assertIn("is it deadlines?", self.show("deadlnes", status=2))
        self.assertIn("是不是 awardd.yaml？", self.show("awardd.yml", status=2))
        self.assertIn("awardctl help lists all topics", self.show("xxxxxxxx", status=2))

    def test_a_word_of_a_title_shows_its_subject(self):
        self.assertIn("awardd --metrics", self.show("metrics"))

    def test_an_unknown_command_names_the_nearest(self):
        for words, near in ((["doctr", "--only", "clock"], "是不是 doctor？awardctl help 列出"),
                            (["doctr"], "is it doctor? awardctl help lists"),
                            (["config", "shw"], "is it config show? awardctl help config lists"),
                            (["config"], "there is no command config; awardctl help config lists"),
                            (["xxxxxxxx"], "there is no command xxxxxxxx; awardctl help lists")):
            done = awardctl(*words)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn(near, done.stderr)
        done = awardctl("doctor", "--only", "clok")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is it clock?", done.stderr)

    def test_who_ends_otherwise_lists_his_own_statuses_alone(self):
        said = self.show("doctor")
        self.assertIn("2 something failed", said)
        self.assertNotIn("something was not admitted", said)
        self.assertIn("awardctl help doctor", self.show("exit-status"))

    def test_json_of_a_topic_is_that_topic_alone(self):
        found = json.loads(awardctl("help", "case", "show", "--output", "json").stdout)
        self.assertEqual([command["name"] for command in found["commands"]], ["case show"])
        self.assertEqual(found["commands"][0]["words"], [{"value": "CASE", "repeats": False}])
        found = json.loads(awardctl("help", "dates", "--output", "json").stdout)
        self.assertEqual(list(found), ["topics"])

    def test_what_is_for_programs_is_in_no_list(self):
        self.assertNotIn("complete ", awardctl("--help").stdout + self.show())


class Synopses(unittest.TestCase):
    def test_each_option_that_a_command_reads_is_in_its_line(self):
        """The options of the source, file by file, against the lines of arguments of the commands in it."""
        for path in sorted((ROOT / "clients/ctl").glob("*.c")):
            text = path.read_text()
            lines = "".join("".join(re.findall(r'"([^"]*)"', block))
                            for block in re.findall(r"\.arguments =(.*?),\n    \.zh", text, re.S))
            if not lines or path.name == "globals.c":
                continue
            for option in re.findall(r'\{"(--[a-z-]+)", +(?:&|NULL)', text):
                self.assertRegex(lines, rf"{option}(?![a-z-])", path.name)

    def test_each_word_is_completed_or_is_written_freely(self):
        kinds = set(re.findall(r'^    \{"([A-Z][\w.=]*)", +\w+', (ROOT / "clients/ctl/completion.c").read_text(), re.M))
        self.assertIn("CASE", kinds)
        for command in everything()["commands"]:
            for word in command["words"]:
                for value in (word.get("value") or "").split("|"):
                    self.assertTrue(value in kinds | FREE or not re.search("[A-Z]", value), f"{command['name']}: {value}")

    def test_each_option_that_a_help_explains_is_in_its_line(self):
        shared = {option["option"] for option in everything()["options"]}
        for command in everything()["commands"]:
            words = {word["option"] for word in command["words"] if "option" in word}
            for option in re.findall(r"(?m)^ *(--[a-z-]+)", command.get("help", "")):
                self.assertIn(option, words | shared, command["name"])


if __name__ == "__main__":
    unittest.main()
