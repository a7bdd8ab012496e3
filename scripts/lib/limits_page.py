"""limits_page - prints docs/developer/limits.md from common/limits.h.

    scripts/lib/limits_page.py > docs/developer/limits.md
"""
import pathlib
import re

HEADER = pathlib.Path(__file__).resolve().parents[2] / "common/limits.h"


def page():
    lines = ["# Limits", "", "Printed from `common/limits.h` by `scripts/lib/limits_page.py`; a test compares them.",
             "Over a bound there is a clear error that names it; nothing is cut off silently.", "",
             "| limit | value | of what |", "|---|---:|---|"]
    for name, value, what in re.findall(r"LIMIT_(\w+) = ([^,]+),\s*// (.*)", HEADER.read_text()):
        number = 1
        for factor in value.split("*"):
            number *= int(factor)
        lines.append(f"| {name.lower().replace('_', ' ')} | {number:,} | {what} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
