"""test_second_year - the cycle of 2019 with forty applicants, and what follows from it until 2026.

chongqing-2019.md works out by hand what must come of it; each test compares a group of
chongqing-2019.expected.json, which names cases by their enterprise's key and lines by their id.
"""
import json
import subprocess
import sys
import unittest

from chongqing_2019_people import CODE
from compared import Compared, fraction_shown
from rig import HERE, Office, article_met

LINES = HERE / "chongqing-2019.jsonl"
PEOPLE = HERE / "chongqing-2019.people.yaml"
EXPECTED = json.loads((HERE / "chongqing-2019.expected.json").read_text())
KEYS = {code: key for key, code in CODE.items()}
STAGES = 28


def setUpModule():
    global office, report, cases, entries
    office = Office(people=PEOPLE, start="2019-01-01T00:00:00+08:00")
    unittest.addModuleCleanup(office.close)
    office.start()
    lines = [json.loads(line) for line in LINES.read_text().splitlines()]
    report = list(zip(lines, office.push(LINES, "--settle")))
    cases = {case: office.case(case) for case in office.case_names()}
    entries = office.entries()


def case_name(key, cycle="2019"):
    """"B05/2" is the second application of B05."""
    key, _, ordinal = key.partition("/")
    return f"{cycle}/{CODE[key]}/{ordinal or 1}"


def short(case):
    """The key of a case of 2019, of whichever application."""
    return KEYS[case.split("/")[1]]


def subject_name(text):
    """A subject as the expectation writes it, with the key of an enterprise at its front."""
    head, sep, rest = text.partition("/")
    head, colon, tail = (head, sep, rest) if sep else text.partition(":")
    if head not in CODE:
        return text
    last = max(case for case in cases if case.startswith(f"2019/{CODE[head]}/"))
    return last + colon + tail


def changed(kind):
    """Every record of a kind that the entries changed, in their order, with its entry."""
    for entry in entries:
        for change in entry.get("changes", []):
            if kind in change:
                yield entry, change[kind]


class Files(unittest.TestCase):
    def printed(self, program):
        return subprocess.run([sys.executable, str(HERE / program)], check=True,
                              capture_output=True).stdout.decode()

    def test_the_files_are_what_their_generators_print(self):
        self.assertEqual(self.printed("make_chongqing_2019.py").splitlines(),
                         LINES.read_text().splitlines())
        self.assertEqual(self.printed("chongqing_2019_people.py").splitlines(),
                         PEOPLE.read_text().splitlines())


class Lines(Compared):
    def test_each_line_has_its_outcome_and_articles(self):
        named = set()
        for line, row in report:
            id = line.get("id")
            outcome, *articles = EXPECTED["lines"].get(id, ["accepted"])
            what = f"{line['at'][:10]} {id or ''} {row['event']}"
            named.add(id)
            self.differ(what, row["outcome"], outcome)
            found = [row.get("article")] + [reason["article"] for reason in row["reasons"]]
            for article in filter(None, articles):
                self.holds(what, any(article_met(each, article) for each in found), found, article)
        self.differ("ids of no line", sorted(set(EXPECTED["lines"]) - named), [])
        self.none_differ()

    def test_parts_that_are_rejected_are_named(self):
        for line, row in report:
            expected = EXPECTED["rejected_parts"].get(line.get("id"), [])
            if row["event"] != "government_decided":
                self.differ(line.get("id"), [short(part["subject"]) for part in
                                             row["rejected_parts"]], expected)
        self.none_differ()


class Cases(Compared):
    def of_2019(self):
        for key, expected in EXPECTED["cases"].items():
            yield key, cases[case_name(key)]["case"], expected

    def test_there_are_these_cases_and_no_others(self):
        expected = [case_name(key) for key in EXPECTED["cases"]]
        expected += [case_name(key, cycle) for cycle, keys in EXPECTED["cases_later"].items()
                     for key in keys]
        expected += EXPECTED["cases_earlier"]
        self.assertEqual(sorted(cases), sorted(expected))

    def test_what_was_won_before_is_a_case_of_its_own(self):
        for name, stage in EXPECTED["cases_earlier"].items():
            self.differ(name, cases[name]["case"]["stage"], stage)
        self.none_differ()

    def test_each_ends_where_the_regulation_ends_it(self):
        for key, found, expected in self.of_2019():
            self.fields(key, found, expected, ["stage", "applied_on", "track", "candidate_for",
                                               "document_score", "site_score"])
            if "stage_article" in expected:
                self.holds(key, article_met(found.get("stage_article"), expected["stage_article"]),
                           found.get("stage_article"), expected["stage_article"])
        for cycle, keys in EXPECTED["cases_later"].items():
            for key, stage in keys.items():
                self.differ(f"{cycle} {key}", cases[case_name(key, cycle)]["case"]["stage"], stage)
        self.none_differ()

    # F-admit-4
    def test_reasons_with_the_last_day_on_which_each_holds(self):
        for key, found, expected in self.of_2019():
            if "reasons" in expected:
                reasons = [[reason["article"], reason.get("until")] for reason in found["reasons"]]
                self.differ(key, sorted(reasons, key=str), sorted(expected["reasons"], key=str))
        self.none_differ()

    # F-admit-5
    def test_the_first_day_to_apply_again(self):
        expected = {case_name(key): row["first_day"] for key, row in EXPECTED["cases"].items()
                    if "first_day" in row}
        for name, day in EXPECTED["first_days_later"].items():
            cycle, _, key = name.partition("/")
            expected[case_name(key, cycle)] = day
        for case, day in expected.items():
            sentences = " ".join(reason["zh"] for reason in cases[case]["case"]["reasons"])
            self.holds(case, f"最早可自 {day} 起" in sentences if day else "最早可自" not in sentences,
                       sentences, day)
        self.none_differ()

    # F-honour-1
    def test_honours(self):
        for key, found, expected in self.of_2019():
            honour = found.get("honour", {})
            self.differ(f"{key} honour", honour.get("kind"), expected.get("honour"))
            self.differ(f"{key} from", honour.get("from"), expected.get("honour_from"))
            self.differ(f"{key} until", honour.get("until"), expected.get("honour_until"))
            if "medal" in expected:
                self.differ(f"{key} medal", honour.get("medal"), expected["medal"])
        self.none_differ()

    def test_every_stage_is_reached_but_those_of_another_rulebook(self):
        reached = {case["stage"] for _, case in changed("case")}
        self.assertEqual(len(reached), STAGES - len(EXPECTED["stages_never_reached"]))
        self.assertEqual(reached & set(EXPECTED["stages_never_reached"]), set())


class Selection(Compared):
    # F-rank-1, decision 6
    def test_ranks_and_candidates(self):
        pools = {pool["kind"]: pool for pool in office.ask("ranking", cycle="2019")["pools"]}
        for kind, expected in EXPECTED["ranking"].items():
            found = [[short(row["case"]), row["rank"], fraction_shown(row["composite"]),
                      row.get("candidate", False)] for row in pools[kind]["ranked"]]
            self.differ(kind, found, expected)
            self.differ(f"{kind} vacant", pools[kind].get("vacant", 0), 0)
        self.none_differ()

    # F-rank-3, F-tie-2, decision 8; 16(6).2s1, 16(6).2s2
    def test_each_ranking_on_the_way(self):
        rankings = [entry["event"]["ranking_computed"]["pools"] for entry in entries
                    if "ranking_computed" in entry.get("event", {})]
        self.differ("rankings", len(rankings), len(EXPECTED["rankings_on_the_way"]))
        for number, (pools, expected) in enumerate(zip(rankings, EXPECTED["rankings_on_the_way"])):
            tied = [short(row["case"]) for pool in pools for row in pool["ranked"]
                    if row.get("tied")]
            self.differ(f"{number} pools", len(pools), expected["pools"])
            self.differ(f"{number} award waits", pools[0].get("waiting", False),
                        expected["award_waits"])
            self.differ(f"{number} tied", sorted(tied), expected["tied"])
        self.none_differ()

    # decision 2, decision 26; 16(7).2
    def test_publicity(self):
        cycles = {row["cycle"]: row for row in office.ask("cycles")["cycles"]}
        self.fields("publicity", cycles["2019"]["publicity"], EXPECTED["publicity"],
                    list(EXPECTED["publicity"]))
        first = next(row for _, row in changed("deadline")
                     if row["deadline"] == "2019:publicity_end:1")
        self.differ("before", first["last"], EXPECTED["publicity_before_it_was_extended"])
        self.none_differ()


class Afterwards(Compared):
    # decision 3; 18s1, 19s1
    def test_deadlines(self):
        found = office.deadlines()
        for name, expected in EXPECTED["deadlines"].items():
            self.fields(name, found.get(subject_name(name), {}), expected, list(expected))
        self.none_differ()

    # decision 4, decision 5; 12(2), 12(3), 12(4), 21s1
    def test_bars(self):
        for key, expected in EXPECTED["bars"].items():
            enterprise = office.ask("enterprise", enterprise=CODE[key])["enterprise"]
            bars = [[bar["article"], bar["from"], bar["until"]] for bar in enterprise.get("bars", [])]
            self.differ(key, sorted(bars), sorted(expected))
        self.none_differ()

    # F-objection-1, F-founded-1
    def test_objections(self):
        found = {row["objection"]: row for view in cases.values()
                 for row in view.get("objections", [])}
        self.differ("objections", sorted(found), sorted(EXPECTED["objections"]))
        for name, expected in EXPECTED["objections"].items():
            row = found[name]
            self.differ(f"{name} case", short(row["case"]), expected["case"])
            self.differ(f"{name} finding", row["decided"]["finding"], expected["finding"])
            for flag in ("complaint", "linked"):
                self.differ(f"{name} {flag}", row.get(flag, False), expected.get(flag, False))
        self.none_differ()

    # F-ground-3; 20s1
    def test_revocations(self):
        found = {row["revocation"]: row for view in cases.values()
                 for row in view.get("revocations", [])}
        for name, expected in EXPECTED["revocations"].items():
            row = found.get(subject_name(name), {})
            self.differ(f"{name} case", short(row["case"]) if row else None, expected["case"])
            self.fields(name, row, expected, ["ground", "step", "verified_on", "decided_on"])
        self.differ("revocations", len(found), len(EXPECTED["revocations"]))
        self.none_differ()


if __name__ == "__main__":
    unittest.main()
