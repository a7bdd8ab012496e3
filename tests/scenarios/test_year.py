"""test_year - Chongqing's years as a whole: what comes out is what was worked out by hand.

One office decides the file once; each test compares one group of chongqing-2018.expected.json. Each
comparison lists all differences, so that one run shows everything that is wrong.
"""
import json
import unittest

from compared import Compared, fraction_shown, hundredths, same_fraction
from rig import EXPECTED, YEAR, Office, article_met


def setUpModule():
    global office, report
    office = Office()
    unittest.addModuleCleanup(office.close)
    office.start()
    report = {row["line"]: row for row in office.push(YEAR, "--settle")}


class Lines(Compared):
    def test_every_line_has_its_outcome(self):
        self.differ("lines", len(report), EXPECTED["counts"]["lines"])
        for number, row in report.items():
            expected = EXPECTED["lines"].get(str(number), {"outcome": "accepted"})
            what = f"line {number} {row['event']}"
            self.differ(what, row["outcome"], expected["outcome"])
            self.differ(what, row["event"], expected.get("event", row["event"]))
        self.none_differ()

    def test_outcomes_add_up(self):
        for outcome in ("accepted", "refused", "pending", "rejected"):
            count = sum(row["outcome"] == outcome for row in report.values())
            self.differ(outcome, count, EXPECTED["counts"][outcome])
        self.none_differ()

    def test_articles_are_named(self):
        for number, expected in EXPECTED["lines"].items():
            row = report[int(number)]
            found = [row.get("article")] + [reason.get("article") for reason in row["reasons"]]
            wanted = expected.get("articles", [expected[name] for name in ("article", "warning")
                                               if name in expected])
            for article in wanted:
                self.holds(f"line {number} {row['event']}",
                           any(article_met(each, article) for each in found), found, article)
        self.none_differ()

    def test_parts_that_are_rejected_are_named(self):
        for number, row in report.items():
            expected = EXPECTED["lines"].get(str(number), {}).get("rejected_parts", [])
            found = row["rejected_parts"]
            self.differ(f"line {number} parts", [part["subject"] for part in found],
                        [part["subject"] for part in expected])
            for part, wanted in zip(found, expected):
                self.holds(f"line {number} {part['subject']}",
                           article_met(part["article"], wanted["article"]),
                           part["article"], wanted["article"])
        self.none_differ()


class Cases(Compared):
    @classmethod
    def setUpClass(cls):
        cls.views = {case: office.case(case) for case in office.case_names()}

    def each(self):
        for case, expected in EXPECTED["cases"].items():
            yield case, self.views[case]["case"], expected

    def test_there_are_these_cases_and_no_others(self):
        self.assertEqual(sorted(self.views), sorted(EXPECTED["cases"]))

    def test_each_ends_in_its_stage(self):
        for case, found, expected in self.each():
            self.fields(case, found, expected, ["stage", "applied_on"])
            if "stage_article" in expected:
                self.holds(case, article_met(found.get("stage_article"), expected["stage_article"]),
                           found.get("stage_article"), expected["stage_article"])
        self.none_differ()

    def test_scores_are_exact(self):
        for case, found, expected in self.each():
            self.fields(case, found, expected, ["document_score", "site_score", "track",
                                                "site_score_before", "candidate_for"])
            if "defence" in expected:
                total, count = expected["defence"].split("/")
                score = found.get("defence", {}).get("score")
                self.holds(f"{case} defence",
                           same_fraction(score, hundredths(total), 100 * int(count)),
                           score, expected["defence"])
        self.none_differ()

    def test_honours_run_from_publication_until_the_day_before_their_revocation(self):
        for case, found, expected in self.each():
            honour = found.get("honour", {})
            shown = {"honour": honour.get("kind"), "honour_from": honour.get("from"),
                     "honour_until": honour.get("until"), "medal": honour.get("medal"),
                     "certificate": honour.get("certificate")}
            for name, value in shown.items():
                self.differ(f"{case} {name}", value, expected.get(name))
        self.none_differ()

    def test_reasons_are_those_of_the_articles_with_their_last_days(self):
        for case, found, expected in self.each():
            reasons = found.get("reasons", [])
            articles = expected.get("reasons", [])
            self.holds(f"{case} reasons", len(reasons) >= len(articles) and all(
                any(article_met(reason.get("article"), article) for reason in reasons)
                for article in articles), [reason.get("article") for reason in reasons], articles)
            if "until" in expected:
                self.differ(f"{case} until", {reason["article"]: reason["until"]
                                              for reason in reasons if "until" in reason},
                            expected["until"])
        self.none_differ()

    def test_refusals_name_the_first_day_to_apply_again(self):
        for case, found, expected in self.each():
            if "first_day" not in expected:
                continue
            sentences = " ".join(reason.get("zh", "") for reason in found["reasons"])
            day = expected["first_day"]
            self.holds(f"{case} first day", day in sentences if day else "最早可自" not in sentences,
                       sentences, day)
        self.none_differ()


class Selecting(Compared):
    def rows(self, pool):
        return [[row["case"], row["rank"], fraction_shown(row["composite"]),
                 row.get("candidate", False)] for row in pool.get("ranked", [])]

    def test_ranking_and_candidates(self):
        selection = office.ask("ranking", cycle="2018")
        pools = {pool["kind"]: pool for pool in selection["pools"]}
        for kind in ("award", "nomination"):
            self.differ(kind, self.rows(pools[kind]), EXPECTED["ranking"][kind])
            self.differ(f"{kind} vacant", pools[kind].get("vacant", 0),
                        EXPECTED["ranking"]["vacant"][kind])
        self.none_differ()

    # decision 11; 16(6).1s1, 16(6).1s2
    def test_composites_are_exact(self):
        selection = office.ask("ranking", cycle="2018")
        for pool in selection["pools"]:
            for row in pool["ranked"]:
                numerator, denominator = EXPECTED["cases"][row["case"]]["composite"].split("/")
                self.holds(row["case"], same_fraction(row["composite"], int(numerator),
                                                      int(denominator)),
                           row["composite"], f"{numerator}/{denominator}")
        self.none_differ()

    # F-rank-3, decision 8
    def test_a_tie_across_the_cut_waits_without_nomination_ranks(self):
        computed = [entry for entry in office.entries()
                    if "ranking_computed" in entry.get("event", {})]
        self.assertEqual(len(computed), 2)
        selection = next(change["selection"] for change in computed[0]["changes"]
                         if "selection" in change)
        expected = EXPECTED["ranking"]["before_the_tie_is_decided"]
        pools = {pool["kind"]: pool for pool in selection["pools"]}
        award = [row[:3] for row in self.rows(pools["award"])]
        self.assertEqual(sorted(award), sorted(row[:3] for row in expected["award"]))
        self.assertEqual(self.rows(pools.get("nomination", {})), [])
        self.assertEqual(sorted(row["case"] for row in pools["award"]["ranked"] if row.get("tied")),
                         sorted(expected["tied"]))

    # decision 25; 16(8).1
    def test_meetings_are_valid_by_their_quorum(self):
        held = {entry["event"]["deliberation_held"]["meeting"]: entry for entry in office.entries()
                if "deliberation_held" in entry.get("event", {})}
        self.differ("meetings", sorted(held), sorted(EXPECTED["meetings"]))
        for meeting, expected in EXPECTED["meetings"].items():
            event = held[meeting]["event"]["deliberation_held"]
            self.fields(meeting, event, expected, ["cycle", "on"])
            self.differ(f"{meeting} valid", held[meeting]["outcome"] == "accepted",
                        expected["valid"])
        self.none_differ()


class Time(Compared):
    def test_deadlines_end_and_are_met_on_their_days(self):
        found = office.deadlines()
        for deadline, expected in EXPECTED["deadlines"].items():
            if deadline not in found:
                self.differences.append(f"{deadline}: is not there")
                continue
            self.fields(deadline, found[deadline], expected, ["last", "state", "done_on"])
            if "article" in expected:
                self.holds(f"{deadline} article",
                           article_met(found[deadline].get("article"), expected["article"]),
                           found[deadline].get("article"), expected["article"])
        self.none_differ()

    def test_cycles_and_their_publicity(self):
        cycles = {cycle["cycle"]: cycle for cycle in office.ask("cycles")["cycles"]}
        self.differ("cycles", sorted(cycles), sorted(EXPECTED["cycles"]))
        for name, expected in EXPECTED["cycles"].items():
            cycle = cycles[name]
            self.fields(name, cycle, expected, ["opened_on", "signed_on", "published_on"])
            self.differ(f"{name} closed", cycle.get("closed", False), expected["closed"])
            self.differ(f"{name} cases", len(cycle.get("cases", [])), expected["cases"])
            self.fields(name, cycle.get("publicities", [{}])[0], expected.get("publicity", {}),
                        ["from", "stated_last", "last"])
        self.none_differ()


class Afterwards(Compared):
    def test_bars(self):
        for enterprise, expected in EXPECTED["bars"].items():
            found = office.ask("enterprise", enterprise=enterprise)["enterprise"].get("bars", [])
            self.differ(enterprise, sorted(found, key=str), sorted(expected, key=str))
        self.none_differ()

    def test_incidents(self):
        for incident, expected in EXPECTED["incidents"].items():
            view = office.ask("enterprise", enterprise=expected["enterprise"])
            found = next((each for each in view.get("incidents", [])
                          if each["incident"] == incident), {})
            self.fields(incident, found, expected,
                        ["enterprise", "kind", "on", "liable", "level"])
            self.differ(f"{incident} serious", found.get("serious", False),
                        expected.get("serious", False))
        self.none_differ()

    def test_grounds_of_article_20_that_the_worker_found(self):
        last = {}
        for entry in office.entries():
            body = entry.get("event", {}).get("grounds_checked")
            if body:
                last[body["incident"]] = body.get("grounds", [])
        for incident, expected in EXPECTED["incidents"].items():
            if "grounds" in expected:
                self.differ(incident, last.get(incident), expected["grounds"])
        self.none_differ()

    def test_objections(self):
        for objection, expected in EXPECTED["objections"].items():
            found = next((each for each in office.case(expected["case"]).get("objections", [])
                          if each["objection"] == objection), {})
            self.fields(objection, found, expected, ["case", "received", "decided_on"])
            self.fields(objection, found.get("decided", {}), expected, ["finding", "kind"])
            self.differ(f"{objection} complaint", found.get("complaint", False),
                        expected["complaint"])
        self.none_differ()

    def test_revocations(self):
        for revocation, expected in EXPECTED["revocations"].items():
            found = next((each for each in office.case(expected["case"]).get("revocations", [])
                          if each["revocation"] == revocation), {})
            self.fields(revocation, found, expected, list(expected))
        self.none_differ()


class Shown(unittest.TestCase):
    """What a person reads of a case in `case show`."""

    @classmethod
    def setUpClass(cls):
        cls.lines = office.ctl("case", "show", "2018/91500109622018352Y/1").stdout.splitlines()

    def under(self, heading):
        first = next(at for at, line in enumerate(self.lines) if line.startswith(heading)) + 1
        return self.lines[first:self.lines.index("", first) if "" in self.lines[first:] else None]

    def test_both_receipts_and_the_first_of_the_two_as_an_act(self):
        self.assertIn("  电子收件 electronic receipt       2018-03-05 09:00", self.lines)
        self.assertIn("  书面收件 paper receipt            2018-03-07 09:00", self.lines)
        self.assertEqual(self.under("历史")[:2],
                         ["2018-03-05 09:00  企业申报 application_submitted  ent-jinyue  待定 pending（16(2)）",
                          "    等待 waits for：待书面材料 paper_receipt"])

    def test_materials_with_their_digests(self):
        digests = [line.split()[-1] for line in self.under("申报材料")[1:]]
        self.assertEqual([len(bytes.fromhex(digest)) for digest in digests], [32] * 4)

    def test_its_own_bars_each_time_there_is_a_new_one(self):
        self.assertEqual([line.strip() for line in self.under("历史") if "bars" in line],
                         ["限制 bars：12(3) 至 until 2023-11-16",
                          "限制 bars：12(3) 至 until 2023-11-16，12(4) 至 until 2024-07-12"])

    def test_a_ranking_tells_who_has_left_since(self):
        rows = [line.split("  ") for line in office.ctl("ranking", "2018").stdout.splitlines()]
        left = next(row for row in rows if "2018/91500107621980478R/1" in row)
        self.assertIn("拟奖候选 candidate", left)
        self.assertIn("取消资格 disqualified", left)

    def test_a_publicity_with_the_computed_and_the_stated_end(self):
        shown = office.ctl("cycle", "show", "2018").stdout
        self.assertRegex(shown, "公示 publicity +2018-09-26 至 to 2018-10-08\n")
        self.assertRegex(shown, "公告载明 as stated +2018-09-26 至 to 2018-10-02\n")

    def test_sources_in_both_languages(self):
        self.assertIn("来信 letter", office.ctl("complaints", "2018").stdout)

    def test_a_deadline_by_the_name_that_moves_it(self):
        shown = office.ctl("deadlines", "2018", "--all", "--output", "csv").stdout.splitlines()
        names = {line.rsplit(",", 1)[1] for line in shown[1:]}
        self.assertIn("2018:publicity_end:1", names)

    # decision 2, decision 26; 16(7).2
    def test_why_a_publicity_ends_on_its_day(self):
        shown = office.ctl("why", "2018:publicity_end:1").stdout
        for line in ("起因 began with +社会公示 publicity_started", "起算日 counted from +2018-09-26",
                     "2018-10-03 +周三 Wed +末日为休息日，顺延 moved_off +7 +国庆节 放假 day off",
                     "2018-10-08 +周一 Mon +顺延至此 moved_to", "2018 +cn-holidays.tsv.*came with the database.* [0-9a-f]{64}",
                     "另一种理解.*by another reading", "decision 1, decision 2 .* 2018-10-03 24:00"):
            self.assertRegex(shown, line)
        whole = json.loads(office.ctl("why", "2018:publicity_end:1", "--output", "json").stdout)
        self.assertEqual([step["state"] for step in whole["steps"]], ["open", "ended"])
        wrong = office.ctl("why", "2018:publicity:1", fine=(1,)).stderr
        self.assertIn("awardctl deadlines --all", wrong)

    def test_what_a_field_may_be_is_told_with_the_name_of_the_event(self):
        done = office.ctl("send", "correction", "event.id=1", "content={}", fine=(2,))
        self.assertIn("content.FIELD=VALUE; awardctl new correction", done.stderr)

    def test_without_a_command_it_says_where_to_begin(self):
        self.assertIn("awardctl today", office.ctl(fine=(2,)).stderr)

    def test_notes_by_day(self):
        days = [line[:10] for line in self.under("监督、报告与问责")[1:]]
        self.assertEqual(days, sorted(days))
        self.assertGreater(len(days), 4)


if __name__ == "__main__":
    unittest.main()
