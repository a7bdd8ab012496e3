"""demo_check - compares what came out with what the scenario says.

    demo_check.py EXPECTED.json REPORT.jsonl

The outcome and event of every line, the stage and scores of every case, the ranking, the bars and
the deadlines; tests/scenarios/test_year.py compares the rest. Lists every difference.
"""
import json
import pathlib
import sys

from demo_ask import ask, cases

differences = []
compared = 0


def same(what, found, expected):
    global compared
    compared += 1
    if found != expected:
        differences.append(f"{what}: {found!r}，应为 expected {expected!r}")


def lines(expected, report):
    same("lines", len(report), expected["counts"]["lines"])
    for row in report:
        line = expected["lines"].get(str(row["line"]), {"outcome": "accepted"})
        same(f"line {row['line']} {row['event']}", row["outcome"], line["outcome"])


def stages(expected):
    found = {row["case"]["case"]: row["case"] for row in cases()}
    same("cases", sorted(found), sorted(expected["cases"]))
    for name, case in expected["cases"].items():
        for field in ("stage", "document_score", "site_score", "applied_on"):
            if field in case:
                same(f"{name} {field}", found.get(name, {}).get(field), case[field])


def ranking(expected):
    for pool in ask("ranking", "2018")["pools"]:
        rows = [[row["case"], row["rank"], row.get("candidate", False)] for row in pool["ranked"]]
        same(f"ranking {pool['kind']}", rows,
             [[row[0], row[1], row[3]] for row in expected["ranking"][pool["kind"]]])


def bars(expected):
    for code, each in expected["bars"].items():
        found = ask("enterprise", "show", code)["enterprise"].get("bars", [])
        same(f"bars {code}", sorted(found, key=str), sorted(each, key=str))


def deadlines(expected):
    found = {row["deadline"]: row
             for row in ask("deadlines", "--all", "--as", "supervision")["deadlines"]}
    for name, each in expected["deadlines"].items():
        for field in ("last", "state", "done_on"):
            if field in each:
                same(f"{name} {field}", found.get(name, {}).get(field), each[field])


def main():
    expected = json.loads(pathlib.Path(sys.argv[1]).read_text())
    report = [json.loads(line) for line in pathlib.Path(sys.argv[2]).read_text().splitlines()]
    lines(expected, report)
    stages(expected)
    ranking(expected)
    bars(expected)
    deadlines(expected)
    for difference in differences:
        print(f"  不符 differs: {difference}")
    print(f"与情景核对 compared with the scenario: {compared}，不符 differ: {len(differences)}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
