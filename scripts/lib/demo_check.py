"""demo_check - whether a run of the years came out as the scenario says

    /usr/bin/python3 scripts/lib/demo_check.py EXPECTED REPORT AWARDCTL

Compares the outcome of every line and the stage of every case; says what differs and ends with 1.
"""

import json
import subprocess
import sys
from pathlib import Path


def main() -> int:
    expected = json.loads(Path(sys.argv[1]).read_text())
    report = [json.loads(line) for line in Path(sys.argv[2]).read_text().splitlines()]
    wrong = []
    if len(report) != expected["counts"]["lines"]:
        wrong.append(f"{len(report)} lines, not {expected['counts']['lines']}")
    for row in report:
        outcome = expected["lines"].get(str(row["line"]), {}).get("outcome", "accepted")
        if row["outcome"] != outcome:
            wrong.append(f"line {row['line']}: {row['outcome']}, not {outcome}")
    for case, facts in expected["cases"].items():
        shown = subprocess.run([sys.argv[3], "case", "show", case, "--output", "json"],
                               capture_output=True, text=True, check=True)
        stage = json.loads(shown.stdout)["case"]["stage"]
        if stage != facts["stage"]:
            wrong.append(f"case {case}: {stage}, not {facts['stage']}")
    for line in wrong:
        print(f"不符 / differs: {line}")
    if not wrong:
        print(f"\n{len(report)} 行、{len(expected['cases'])} 个案件均与预期相符 / "
              f"{len(report)} lines and {len(expected['cases'])} cases came out as worked out by hand")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
