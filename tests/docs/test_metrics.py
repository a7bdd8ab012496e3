"""test_metrics - the list of metrics, the alert rules and the dashboard against the table that the metrics come from.

The table is what `awardd --metrics` prints. Rules are read and tried by promtool (package prometheus).
"""
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", ROOT / "build/sanitize/bin")).resolve()
PAGE = (ROOT / "docs/administrator/metrics.md").read_text(encoding="utf-8")
RULES = ROOT / "packaging/prometheus/awardd.rules.yml"
TESTS = ROOT / "packaging/prometheus/awardd.rules.test.yml"
DASHBOARD = json.loads((ROOT / "packaging/grafana/awardd.json").read_text(encoding="utf-8"))
NAME = re.compile(r"\b((?:awardd|process)_[a-z_]+)\b")


def table():
    return subprocess.run([str(BIN / "awardd"), "--metrics"], capture_output=True, check=True,
                          timeout=60).stdout.decode()


def names():
    """All names that a sample may have: those of a histogram have an ending more."""
    found = set()
    for name, kind in re.findall(r"^\| `(\w+)` \| (\w+) \|", table(), re.M):
        found |= {name + ending for ending in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    return found


def labels():
    """By metric, what its samples are told apart by."""
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| ([\w ]*) \|", table(), re.M)
    return {name: set(words.split()) for name, _, words in rows}


def expressions(rules):
    """What the rules ask for, alert by alert."""
    found = {}
    for part in re.split(r"\n      - alert: ", rules)[1:]:
        name, text = part.split("\n", 1)
        found[name] = re.search(r"expr: (>\n(?:          .*\n)+|.*\n)", text).group(1)
    return found


def promtool(*words):
    return subprocess.run(["promtool", *map(str, words)], capture_output=True, text=True, check=False, timeout=300)


class Page(unittest.TestCase):
    maxDiff = None

    def test_it_lists_the_table(self):
        self.assertEqual(PAGE[PAGE.index("| `awardd_build_info` |"):], table())

    def test_each_row_has_both_languages(self):
        for row in table().splitlines():
            chinese, english = row.split("|")[-2].split("<br>")
            self.assertRegex(chinese, "[\u4e00-\u9fff]", row)
            self.assertRegex(english, "^[a-zA-Z0-9]", row)

    def test_units_are_the_ends_of_names(self):
        for name in names():
            self.assertNotRegex(name, "milliseconds|_ms$|_us$|kilobytes|_mb$", name)

    def test_each_alert_is_explained(self):
        for name in expressions(RULES.read_text(encoding="utf-8")):
            self.assertIn(f"`{name}`", PAGE)


class Rules(unittest.TestCase):
    def test_promtool_takes_them(self):
        done = promtool("check", "rules", RULES)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_fires_when_it_should_and_not_else(self):
        done = promtool("test", "rules", TESTS)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_has_a_test_of_both(self):
        tests = TESTS.read_text(encoding="utf-8")
        alerts = expressions(RULES.read_text(encoding="utf-8"))
        self.assertGreater(len(alerts), 15)
        for name in alerts:
            part = tests[tests.index(f"- name: {name}\n"):].split("\n  - name: ")[0]
            self.assertIn("exp_samples: []", part, name)
            self.assertRegex(part, r'instance="a"\}\', value: 1', name)
            self.assertIn('instance="b"', part, name)

    def test_a_rule_that_is_wrong_fails_its_test(self):
        """That the tests can fail."""
        wrong = RULES.read_text(encoding="utf-8").replace("awardd_due_late_seconds > 60", "awardd_due_late_seconds > 1")
        place = ROOT / "build" / "rules-wrong"
        place.mkdir(parents=True, exist_ok=True)
        (place / RULES.name).write_text(wrong, encoding="utf-8")
        (place / TESTS.name).write_text(TESTS.read_text(encoding="utf-8"), encoding="utf-8")
        done = promtool("test", "rules", place / TESTS.name)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("AwarddDueLate", done.stdout + done.stderr)

    def test_they_ask_for_nothing_that_is_not_there(self):
        known, told_apart = names(), labels()
        for alert, expression in expressions(RULES.read_text(encoding="utf-8")).items():
            self.assertEqual(set(NAME.findall(expression)) - known, set(), alert)
            for name, chosen in re.findall(r"(awardd_\w+)\{([^}]*)\}", expression):
                asked = set(re.findall(r"(\w+)[=!]", chosen))
                self.assertLessEqual(asked, told_apart[name] | {"instance", "job"}, alert)


class Dashboard(unittest.TestCase):
    def panels(self):
        return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]

    def test_its_expressions_ask_for_nothing_that_is_not_there(self):
        known = names()
        asked = set()
        for panel in self.panels():
            for target in panel["targets"]:
                asked |= set(NAME.findall(target["expr"]))
        self.assertGreater(len(asked), 30)
        self.assertEqual(asked - known, set())

    def test_its_expressions_are_valid(self):
        """As rules, which promtool reads."""
        place = ROOT / "build" / "dashboard.rules.yml"
        place.parent.mkdir(exist_ok=True)
        rules = [{"record": f"panel:{panel['id']}:{target['refId'].lower()}",
                  "expr": target["expr"].replace("$__rate_interval", "5m").replace("$instance", ".*")}
                 for panel in self.panels() for target in panel["targets"]]
        place.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}), encoding="utf-8")
        done = promtool("check", "rules", place)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_panels_have_numbers_of_their_own_and_lie_beside_one_another(self):
        numbers = [panel["id"] for panel in DASHBOARD["panels"]]
        self.assertEqual(len(numbers), len(set(numbers)))
        taken = set()
        for panel in self.panels():
            place = panel["gridPos"]
            cells = {(x, y) for x in range(place["x"], place["x"] + place["w"])
                     for y in range(place["y"], place["y"] + place["h"])}
            self.assertLessEqual(place["x"] + place["w"], 24, panel["title"])
            self.assertFalse(cells & taken, panel["title"])
            taken |= cells

    def test_titles_are_in_both_languages(self):
        for panel in DASHBOARD["panels"]:
            self.assertRegex(panel["title"], "[\u4e00-\u9fff].* / [a-z]", panel["title"])


if __name__ == "__main__":
    unittest.main()
