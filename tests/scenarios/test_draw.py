"""test_draw - the draw of review teams over a running office, and the same draw done anew.

The pool and the applicants are those of the cycle of 2019; draw_again.py does the draw from the page
docs/developer/draw.md alone, and must come to the same teams.
"""
import json
import unittest

from draw_again import draw
from rig import HERE, Office

LINES = HERE / "chongqing-2019.jsonl"
PEOPLE = HERE / "chongqing-2019.people.yaml"
SEED = "071122"
# The second works for an applicant, the third advises one, the fourth is of the district of one.
CHANGES = (("reviewer-02", "employer"), ("reviewer-03", "relations"), ("reviewer-04", "district"))


def year_until_teams():
    """The lines before the first team is formed."""
    lines = []
    for line in LINES.read_text().splitlines():
        if "team_drawn" in json.loads(line):
            return lines
        lines.append(json.loads(line))
    raise AssertionError("no team is formed")


def changes():
    """Some of the pool come to have an interest in an applicant."""
    entries = {one["person"]: one for one in said("reviewer_added")}
    registered = {one["enterprise"]: one for one in said("enterprise_registered")}
    accepted = [registered[one["case"].split("/")[1]] for one in said("application_accepted")
                if one["case"].startswith("2019/")]
    for number, (person, field) in enumerate(CHANGES):
        enterprise = accepted[number]
        value = {"employer": enterprise["name"], "relations": [enterprise["enterprise"]],
                 "district": enterprise["district"]}[field]
        yield {"at": f"2019-06-15T09:0{number}:00+08:00", "principal": "office",
               "reviewer_changed": {**entries[person], field: value}}


def setUpModule():
    global office, lines
    office = Office(people=PEOPLE, start="2019-01-01T00:00:00+08:00")
    unittest.addModuleCleanup(office.close)
    office.start()
    lines = year_until_teams()
    lines += list(changes())
    office.push_lines([json.dumps(line).encode() for line in lines])


def said(event):
    return [line[event] for line in lines if event in line]


def interested(reviewer, enterprise):
    return (reviewer["employer"] in (enterprise["name"], enterprise["enterprise"]) or
            enterprise["enterprise"] in reviewer.get("relations", []) or
            reviewer.get("district") == enterprise["district"])


def asked(seed, teams):
    """What the page needs: from the lines that were sent, and the cases as they stand."""
    enterprises = {one["enterprise"]: one for one in said("enterprise_registered")}
    kin = {}
    for link in said("predecessor_linked"):
        kin.setdefault(link["enterprise"], []).append(link["predecessor"])
        kin.setdefault(link["predecessor"], []).append(link["enterprise"])
    cases = [name for name in office.case_names()
             if office.case(name)["case"]["stage"] == "accepted" and name.startswith("2019/")]
    pool = []
    now = {one["person"]: one for one in said("reviewer_added") + said("reviewer_changed")}
    for one in now.values():
        barred = [name for name in cases for code in [name.split("/")[1]]
                  if any(interested(one, enterprises[other])
                         for other in [code, *kin.get(code, [])])]
        pool.append({"person": one["person"], "industries": one["industries"], "load": 0,
                     "leads": 0, "barred": barred})
    return {"seed": seed, "cycle": "2019", "teams": teams, "least": 3, "most": 6, "pool": pool,
            "cases": [{"case": name,
                       "industry": enterprises[name.split("/")[1]]["industry"]}
                      for name in cases]}


def computed(seed, teams, principal="office"):
    done = office.ctl("draw", "2019", "--seed", seed, "--teams", str(teams), "--output", "json",
                      "--as", principal)
    view = json.loads(done.stdout)
    return view, [{key: team[key] for key in ("members", "leader", "cases")}
                  for team in view["teams"]]


class Draw(unittest.TestCase):
    def test_1_anybody_who_does_it_again_comes_to_the_same_teams(self):  # 8s1
        for number in range(12):
            seed, teams = f"{number * 7919:06d}", 5 + number % 4
            self.assertEqual(computed(seed, teams)[1], draw(asked(seed, teams)), (seed, teams))

    def test_2_another_seed_gives_other_teams(self):
        self.assertNotEqual(computed("1", 6)[1], computed("2", 6)[1])

    def test_3_it_is_for_those_who_draw_and_those_who_watch(self):
        for principal in ("review-committee", "supervision"):
            self.assertEqual(computed(SEED, 6, principal)[1], computed(SEED, 6)[1])
        done = office.ctl("draw", "2019", "--seed", SEED, "--teams", "6", "--as", "reviewer-01",
                          fine=(1,))
        self.assertIn("无权", done.stdout + done.stderr)

    def test_4_the_table_says_who_was_left_out_and_why(self):
        shown = office.ctl("draw", "2019", "--seed", SEED, "--teams", "6").stdout
        self.assertIn("2019-1", shown)
        self.assertIn("未参加抽取", shown)
        self.assertIn("reviewer-04", shown[shown.index("未参加抽取"):])
        self.assertIn("与该企业同属一个区县", shown)
        rows = office.ctl("draw", "2019", "--seed", SEED, "--teams", "6", "--output", "csv").stdout
        self.assertIn("2019-6,", rows)

    def test_5_it_is_sent_as_announced_and_not_twice(self):
        unknown = office.ctl("draw", "2019", "--seed", SEED, fine=(1,))
        self.assertIn("--teams", unknown.stderr)
        wrong = office.ctl("send", "draw_announced", "cycle=2019", "from=网站", fine=(2,))
        self.assertIn("from=网站", wrong.stderr)   # before what is missing
        early = office.ctl("draw", "2019", "--seed", SEED, "--teams", "6", "--send", fine=(1,))
        self.assertIn("draw_announced", early.stdout + early.stderr)
        office.push_lines([json.dumps(
            {"at": "2019-06-17T09:00:00+08:00", "principal": "review-committee",
             "draw_announced": {"cycle": "2019", "source": "福彩双色球第2019070期红球，按摇出次序",
                                "on": "2019-06-19", "teams": 6}}).encode()])
        office.ctl("clock", "set", "2019-06-19T22:00:00+08:00", "--as", "admin")
        office.ctl("draw", "2019", "--seed", SEED, "--send")
        teams = {office.case(one["case"])["case"].get("team") for one in asked(SEED, 6)["cases"]}
        self.assertEqual(teams, {f"2019-{number}" for number in range(1, 7)})
        again = office.ctl("draw", "2019", "--seed", SEED, "--teams", "6", fine=(1,))
        self.assertIn("无须抽取", again.stdout + again.stderr)


if __name__ == "__main__":
    unittest.main()
