"""test_second_year - the cycle of 2019 with forty-five applicants, and what follows from it until 2026.

chongqing-2019.md works out by hand what must come of it; each test compares a group of
chongqing-2019.expected.json, which names cases by their enterprise's key and lines by their id.
"""
import email
import email.policy
import json
import subprocess
import sys
import unittest
import urllib.parse

from chongqing_2019_applying import PROFILE, PROFILE_CHARACTERS
from chongqing_2019_people import CODE
from compared import Compared, fraction_shown
from rig import HERE, Office, article_met

LINES = HERE / "chongqing-2019.jsonl"
PEOPLE = HERE / "chongqing-2019.people.yaml"
EXPECTED = json.loads((HERE / "chongqing-2019.expected.json").read_text())
KEYS = {code: key for key, code in CODE.items()}
STAGES = 28
EARLIER_A05 = f"earlier-2016-12-20/{CODE['A05']}/1"


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


def keyed(case):
    """A case as `reason_codes` names it: "2025/A05", of 2019 without the cycle, "/2" if it is one."""
    cycle, code, ordinal = case.split("/")
    return ((cycle + "/" if cycle != "2019" else "") + KEYS[code] +
            ("/" + ordinal if ordinal != "1" and cycle == "2019" else ""))


def subject_name(text):
    """A subject as the expectation writes it, with the key of an enterprise at its front; A05@2016 is
    its honour from before."""
    text = text.replace("A05@2016", EARLIER_A05)
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
            what = f"{line['at'][:10]} {id or ''} {row.get('event', row.get('code'))}"
            named.add(id)
            self.differ(what, row["outcome"], outcome)
            found = [row.get("article")] + [reason["article"] for reason in row["reasons"]]
            for article in filter(None, articles):
                self.holds(what, any(article_met(each, article) for each in found), found, article)
        self.differ("ids of no line", sorted(set(EXPECTED["lines"]) - named), [])
        self.none_differ()

    # F-deliberation-1
    def test_parts_that_are_rejected_are_named_each_with_its_code(self):
        for line, row in report:
            expected = EXPECTED["rejected_parts"].get(line.get("id"), {})
            self.differ(line.get("id"), {short(part["subject"]): part["code"] for part in
                                         row["rejected_parts"]}, expected)
        self.none_differ()

    # F-registration-1, F-quorum-1
    def test_these_lines_say_just_this(self):
        found = {line.get("id"): [reason["code"] for reason in row["reasons"]]
                 for line, row in report}
        for id, expected in EXPECTED["codes_of_lines"].items():
            self.differ(id, found[id], expected)
        self.none_differ()

    # F-count-1, decision 13
    def test_the_characters_of_a_profile_are_those_that_its_line_states(self):
        file = office.home / "profile.txt"
        file.write_text(PROFILE)
        counted, = json.loads(office.ctl("count", str(file), "--output", "json").stdout)
        self.assertEqual(counted["characters"], PROFILE_CHARACTERS)
        stated = [material["characters"] for line, _ in report
                  if line.get("application_submitted", {}).get("enterprise") == CODE["A02"]
                  for material in line["application_submitted"]["materials"]
                  if material["kind"] == "organisation_profile"]
        self.assertIn(PROFILE_CHARACTERS, stated)


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

    def test_each_reason_is_given_to_these_and_to_no_others(self):
        found = {}
        for name, view in cases.items():
            for code in {reason["code"] for reason in view["case"].get("reasons", [])}:
                found.setdefault(code, []).append(keyed(name))
        for code in sorted(set(found) | set(EXPECTED["reason_codes"])):
            self.differ(code, sorted(found.get(code, [])), EXPECTED["reason_codes"].get(code))
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
        self.fields("publicity", cycles["2019"]["publicities"][0], EXPECTED["publicity"],
                    list(EXPECTED["publicity"]))
        self.none_differ()

    # F-deliberation-2
    def test_what_becomes_known_after_the_deliberation_is_told_to_the_office_at_once(self):
        told = []
        for _, row in changed("message"):
            if row.get("template") == "late_knowledge" and row["state"] == "sealed":
                facts = {fact["name"]: fact["value"] for fact in row["facts"]}
                told.append([short(facts["case"]), facts[facts["what"]], row["recipient"]])
        self.assertEqual(told, EXPECTED["told_after_the_deliberation"])


class ReviewReports(Compared):
    """16(3), and by policy after the site visit: to each that is out, and to nobody else."""

    @staticmethod
    def of(case, ending):
        name = urllib.parse.quote(f"write_feedback:{case}:1", safe="")
        return (office.home / "spool" / (name + ending)).read_bytes()

    def test_those_who_are_out_get_one_and_nobody_else(self):
        found = sorted(urllib.parse.unquote(path.stem).split(":")[1] for path in
                       (office.home / "spool").iterdir()
                       if path.name.startswith("write_feedback") and path.suffix == ".eml")
        self.assertEqual(found, sorted(map(case_name, EXPECTED["review_reports"])))

    # 16(3)s4
    def test_the_mail_has_scores_strengths_and_improvements_by_item(self):
        for key, expected in EXPECTED["review_reports"].items():
            mail = email.message_from_bytes(self.of(case_name(key), ".eml"),
                                            policy=email.policy.default)
            text = mail.get_body(("plain",)).get_content().splitlines()
            self.holds(f"{key} to", "ent-" + key[:3].lower() in mail["to"], mail["to"], key)
            rest = iter(text)
            for line in expected["text"]:  # in this order
                self.holds(f"{key} line", line in rest, text, line)
            self.differ(f"{key} reviewers", [line for line in text if "reviewer" in line], [])
        self.none_differ()

    # 16(3)s4
    def test_the_same_is_there_as_data(self):
        for key, expected in EXPECTED["review_reports"].items():
            data = json.loads(self.of(case_name(key), ".json"))
            for kind in ("strengths", "improvements"):
                found = [[row["item"], row["text"]] for row in data["case"].get(kind, [])]
                self.differ(f"{key} {kind}", found, expected[kind])
            for score in ("document_score", "site_score"):
                self.differ(f"{key} {score}", data["case"].get(score), expected[score])
            for rows in ("categories", "items"):
                self.differ(f"{key} {rows}", len(data[rows]), expected[rows])
            self.differ(f"{key} reviewers", "reviewer" in json.dumps(data), False)
        self.none_differ()


class Afterwards(Compared):
    # decision 3; 18s1, 19s1
    def test_deadlines(self):
        found = office.deadlines()
        for name, expected in EXPECTED["deadlines"].items():
            row = {"provisional": False, **found.get(subject_name(name), {})}
            self.fields(name, row, expected, list(expected))
        for name in EXPECTED["deadlines_there_are_not"]:
            self.differ(name, found.get(subject_name(name)), None)
        self.none_differ()

    # F-period-2, F-period-3, F-objection-2
    def test_what_deadlines_went_through(self):
        for name, expected in EXPECTED["deadlines_on_the_way"].items():
            rows = [{"provisional": False, **row} for _, row in changed("deadline")
                    if row["deadline"] == subject_name(name)]
            for field, values in expected.items():
                found = [row[field] for row in rows]
                found = [value for number, value in enumerate(found)
                         if number == 0 or value != found[number - 1]]
                self.differ(f"{name} {field}", found, values)
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


class Readings(Compared):
    """Where another reading of a silent point would have decided otherwise."""

    def printed(self, principal, output, cycle="2019", **options):
        return office.ctl("readings", cycle, "--as", principal, "--output", output, **options)

    # decision 3, decision 4, decision 5, decision 6, decision 9, decision 10, decision 29
    def test_each_case_that_another_reading_would_decide_otherwise(self):
        for principal in ("office", "supervision"):
            rows = json.loads(self.printed(principal, "json").stdout)["rows"]
            found = [[keyed(row["case"]), row["decision"], row["other_en"], row.get("on")]
                     for row in rows]
            found.sort(key=lambda row: [str(part) for part in row])
            self.differ(principal, found, EXPECTED["readings"])
            for row in rows:
                for field in ("rests_on", "reading_zh", "decided_zh", "other_zh", "enterprise_name"):
                    self.holds(f"{row['case']} {field}", row.get(field), row, "a text")
        self.none_differ()

    def test_a_row_a_line_for_a_spreadsheet(self):
        lines = self.printed("office", "csv").stdout.splitlines()
        self.assertEqual(len(lines), 1 + len(EXPECTED["readings"]))
        self.assertEqual(sum("decision 9" in line for line in lines), 4)

    def test_to_be_read_it_is_lines_of_a_screen(self):
        text = self.printed("office", "table").stdout
        for words in ("约定 decision +决定1、决定3 decision 1, decision 3", "已定 decided +",
                      "另一结果 otherwise +", "可依据 could rest on +民法典201 Civil Code 201",
                      f"共 {len(EXPECTED['readings'])} 项 in all"):
            self.assertRegex(text, words)

    def test_each_decision_that_is_listed_is_explained(self):
        rows = json.loads(office.ctl("explain", "readings", "--output", "json").stdout)
        decisions = {row["decision"] for row in rows}
        self.assertEqual({decision for _, decision, _, _ in EXPECTED["readings"]} - decisions, set())
        self.assertEqual(len([row for row in rows if row["decision"] == "decision 5"]), 2)
        self.assertRegex(office.ctl("explain", "readings").stdout,
                         "决定21 decision 21 +16\\(2\\) +先收到的一份材料之日为申报日")

    def test_others_may_not_ask_and_no_other_cycle_is_there(self):
        for principal, cycle, said in (("government", "2019", "may not ask for readings"),
                                       ("office", "2099", "There is no cycle 2099")):
            refused = self.printed(principal, "table", cycle, fine=(1,))
            self.assertEqual(refused.stdout, "")
            self.assertIn(said, refused.stderr)


if __name__ == "__main__":
    unittest.main()
