"""test_district - a year of another award: deliberation first, prize money, names with objections.

district-2019.md works out by hand what must come of it. In the middle of the year the office loads
the rulebook of Chongqing and opens a cycle under it: the first cycle goes on under its own.
"""
import json
import subprocess
import sys
import unittest

from compared import Compared, fraction_shown, same_fraction
from make_district_2019 import CODE
from rig import HERE, Office, article_met

LINES = HERE / "district-2019.jsonl"
PEOPLE = HERE / "district-2019.people.yaml"
EXPECTED = json.loads((HERE / "district-2019.expected.json").read_text())
RULEBOOKS = HERE.parent.parent / "rulebooks"
MIDDLE = "2019-05-24"  # here the other rulebook is loaded


def setUpModule():
    global office, report, digests
    office = Office(people=PEOPLE, start="2019-01-01T00:00:00+08:00",
                    rulebook=RULEBOOKS / "district-example.yaml")
    unittest.addModuleCleanup(office.close)
    office.start()
    lines = [json.loads(line) for line in LINES.read_text().splitlines()]
    before = [line for line in lines if line["at"] < MIDDLE]
    after = [line for line in lines if line["at"] >= MIDDLE]
    report = list(zip(before, office.push_lines(before, "--settle")))
    digests = [cycle["rulebook"] for cycle in office.ask("cycles")["cycles"]]
    other_rulebook()
    report += list(zip(after, office.push_lines(after, "--settle")))


def other_rulebook():
    loaded = office.ctl("rulebook", "load", str(RULEBOOKS / "chongqing-2015.yaml"), "--as", "office")
    digest = loaded.stdout.split("rulebook=")[1].strip()
    digests.append(digest)
    row, = office.push_lines([{"principal": "office", "cycle_opened": {
        "cycle": "2020", "rulebook": digest, "units": ["甲", "乙"], "chair": "主任",
        "notice": [{"medium": "报"}], "closing": "2019-12-31T23:59:59+08:00"}}])
    assert row["outcome"] == "accepted", row


def case_name(key):
    key, ordinal = key.split("/")
    return f"2019/{CODE[key]}/{ordinal}"


def subject(text):
    """A deadline as the expectation writes it, with the key of an enterprise at its front."""
    key, slash, rest = text.partition("/")
    return f"2019/{CODE[key]}/{rest}" if slash and key in CODE else text


class Files(unittest.TestCase):
    def test_the_files_are_what_their_generator_prints(self):
        for file, options in ((LINES, []), (PEOPLE, ["--people"])):
            made = subprocess.run([sys.executable, str(HERE / "make_district_2019.py"), *options],
                                  check=True, capture_output=True).stdout.decode()
            self.assertEqual(made.splitlines(), file.read_text().splitlines())


class Lines(Compared):
    def test_each_line_has_its_outcome_code_and_article(self):
        named = set()
        for line, row in report:
            id = line.get("id")
            expected = EXPECTED["lines"].get(id, {"outcome": "accepted"})
            what = f"{line['at'][:10]} {id or ''} {row['event']}"
            named.add(id)
            self.differ(what, row["outcome"], expected["outcome"])
            reasons = row["reasons"] + row["rejected_parts"]
            if "code" in expected:
                self.holds(what, expected["code"] in [each["code"] for each in reasons],
                           [each["code"] for each in reasons], expected["code"])
            if "reason" in expected:
                found = [each["article"] for each in reasons]
                self.holds(what, any(article_met(each, expected["reason"]) for each in found),
                           found, expected["reason"])
            if "article" in expected:
                self.differ(what, row.get("article"), expected["article"])
        self.differ("ids of no line", sorted(set(EXPECTED["lines"]) - named), [])
        self.none_differ()

    # F-first-1, decision 19
    def test_an_open_objection_blocks_the_government_for_its_case_alone(self):
        for line, row in report:
            if line.get("id") == "G-1":
                key, code = EXPECTED["lines"]["G-1"]["rejected_part"]
                self.assertEqual([(part["subject"], part["code"])
                                  for part in row["rejected_parts"]],
                                 [(case_name(key + "/1"), code)])


class Cases(Compared):
    # decision 18, decision 19
    def test_each_ends_in_its_stage_with_its_scores_and_its_prize(self):
        self.differ("cases", office.case_names(), sorted(map(case_name, EXPECTED["cases"])))
        for key, expected in EXPECTED["cases"].items():
            found = office.case(case_name(key))["case"]
            self.differ(f"{key} stage", found["stage"], expected["stage"])
            self.differ(f"{key} document", found.get("document_score"), expected.get("document"))
            self.differ(f"{key} site", found.get("site_score"), expected.get("site"))
            honour = found.get("honour", {})
            self.differ(f"{key} honour", honour.get("kind"), expected.get("honour"))
            self.differ(f"{key} prize", honour.get("prize"), expected.get("prize"))
            if "defence" in expected:
                score = found["defence"]["score"]
                score = {name: int(value) for name, value in score.items()}
                self.holds(f"{key} defence", same_fraction(score, *expected["defence"]), score,
                           expected["defence"])
        self.none_differ()

    def test_a_refusal_names_the_first_day_to_apply_again(self):
        view = office.case(case_name("D7/1"))["case"]
        until = [reason["until"] for reason in view["reasons"] if "until" in reason]
        self.assertEqual(until, ["2019-03-12"])

    # decision 11
    def test_the_ranking_is_that_of_exact_fractions(self):
        pools = office.ask("ranking", cycle="2019")["pools"]
        found = {pool["kind"]: [[ranked["case"].split("/")[1],
                                 fraction_shown({name: int(value) for name, value
                                                 in ranked["composite"].items()}),
                                 ranked["rank"], ranked.get("candidate", False)]
                                for ranked in pool["ranked"]] for pool in pools}
        expected = {kind: [[CODE[row[0]], *row[1:]] for row in rows]
                    for kind, rows in EXPECTED["pools"].items()}
        self.assertEqual(found, expected)


class Time(Compared):
    # decision 2, F-period-1; 16(7).2
    def test_publicity_counts_its_first_day_and_working_days(self):
        cycle = office.ask("cycles", cycle="2019")["cycles"][0]
        self.fields("publicity", cycle["publicities"][0], EXPECTED["publicity"],
                    ("from", "stated_last", "last"))
        self.none_differ()

    # F-period-1
    def test_deadlines_end_where_the_rulebook_says(self):
        found = office.deadlines()
        for name, expected in EXPECTED["deadlines"].items():
            deadline = found.get(subject(name), {})
            self.fields(name, deadline, expected, ("last", "state"))
        self.none_differ()

    # decision 4; 12(2)-(4)
    def test_bars_last_as_long_as_the_rulebook_says(self):
        for key, expected in EXPECTED["bars"].items():
            enterprise = office.ask("enterprise", enterprise=CODE[key])["enterprise"]
            bars = sorted([bar["article"], bar["until"]] for bar in enterprise.get("bars", []))
            self.differ(key, bars, expected)
        self.none_differ()

    # F-policy-2
    def test_what_nobody_decided_is_stuck(self):
        text = office.ctl("stuck", "2019", "--as", "office", "--output", "json").stdout
        rows = json.loads(text).get("rows", [])
        found = [[row["subject"], row["stay"], row["since"], row["last"]] for row in rows]
        self.assertEqual(found, EXPECTED["stuck"])
        self.assertEqual([move["principals"] for row in rows for move in row["moves"]],
                         [["office"], ["office"]])


class Rulebooks(unittest.TestCase):
    def test_a_cycle_keeps_the_rulebook_that_it_was_opened_under(self):
        cycles = {cycle["cycle"]: cycle["rulebook"] for cycle in office.ask("cycles")["cycles"]}
        self.assertEqual(cycles, {"2019": digests[0], "2020": digests[1]})
        self.assertNotEqual(*digests)

    # decision 16
    def test_letters_and_papers_use_its_names(self):
        spool = "\n".join(path.read_text() for path in sorted((office.home / "spool").iterdir())
                          if path.suffix == ".eml")
        for text in ("区长质量奖", "质量管理：", "退还奖金 300000 元", "示例区人民政府",
                     "奖章、证书和奖金 300000 元", "10 日内"):
            self.assertIn(text, spool)
        for text in ("市长质量管理奖", "重庆市人民政府", "十五个工作日"):
            self.assertNotIn(text, spool)


class Commands(unittest.TestCase):
    """`awardctl rulebook` needs no coordinator."""

    def rulebook(self, *arguments, fine=(0,)):
        return office.ctl("rulebook", *map(str, arguments), home=False, fine=fine)

    def changed(self, old, new):
        file = office.home / "changed.yaml"
        text = (RULEBOOKS / "district-example.yaml").read_text()
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1))
        return file

    def test_check_lists_what_is_unconfirmed(self):
        done = self.rulebook("check", RULEBOOKS / "district-example.yaml", "--output", "json")
        self.assertEqual([row["key"] for row in json.loads(done.stdout)], ["management.tools"])
        self.rulebook("check", RULEBOOKS / "district-example.yaml", "--strict", fine=(5,))

    def test_check_says_what_is_wrong_and_where(self):
        file = self.changed("\npanel_min: 5", "\npannel_min: 5")
        line = next(number for number, text in enumerate(file.read_text().splitlines(), 1)
                    if text.startswith("pannel_min"))
        done = self.rulebook("check", file, fine=(3,))
        self.assertIn(f"{file}:{line}:1: ", done.stderr)
        self.assertIn("did you mean `panel_min`", done.stderr)
        file.write_text(file.read_text() + "award_colour: red\n")
        done = self.rulebook("check", file, fine=(3,))
        last = len(file.read_text().splitlines())
        self.assertRegex(done.stderr, rf"(?s){file}:{line}:1: .*{file}:{last}:1: ")
        file = self.changed("document_weight: 40", "document_weight: 41")
        self.assertIn("16(6).1", self.rulebook("check", file, fine=(3,)).stderr)

    def test_diff_says_what_changed_with_its_article(self):
        file = self.changed("award_places: 2", "award_places: 3")
        done = self.rulebook("diff", RULEBOOKS / "district-example.yaml", file)
        self.assertEqual(done.stdout.splitlines(),
                         ["16(6).2 奖项名额由2改为3。",
                          "    16(6).2 places of the award: changed from 2 to 3."])

    def test_show_and_keys_name_every_entry(self):
        shown = json.loads(self.rulebook("show", RULEBOOKS / "district-example.yaml", "--output",
                                         "json").stdout)
        keys = json.loads(self.rulebook("keys", "--output", "json").stdout)
        named = {row["key"] for row in keys}
        self.assertIn({"article": "decision 18", "key": "prize_award",
                       "what": "奖项奖金（元，0 为无） / prize money of the award, whole yuan (0: none)",
                       "value": "300000"}, shown)
        categories = {"leadership", "management", "innovation", "brand", "results"}
        entries = {row["key"] for row in shown}
        self.assertEqual({key for key in entries - named if key.split(".")[0] not in categories},
                         set())


if __name__ == "__main__":
    unittest.main()
