"""doctor_page - prints the table of docs/administrator/doctor.md from what `awardctl doctor --list` says.

    scripts/lib/doctor_page.py build/release/bin/awardctl

With --write it puts the table in the place of the one in the page.
"""
import json
import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/administrator/doctor.md"
TABLE = re.compile(r"^\| check \|.*?(?=^[^|])", re.M | re.S)


def checks(awardctl):
    said = subprocess.run([str(awardctl), "doctor", "--list", "--output", "json"], check=True, capture_output=True)
    return json.loads(said.stdout)


def table(awardctl):
    lines = ["| check | 应为 / what is well | 办法 / what to do where it is not | command |", "|---|---|---|---|"]
    for row in checks(awardctl):
        name = f"`{row['check']}`" + ("*" if row["slow"] == "yes" else "")
        command = f"`{row['command']}`" if row["command"] else ""
        cells = (name, f"{row['zh']} / {row['en']}", f"{row['todo_zh']} / {row['todo_en']}", command)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(TABLE.sub(lambda _: table(sys.argv[1]), PAGE.read_text(encoding="utf-8"), count=1),
                        encoding="utf-8")
    else:
        print(table(sys.argv[1]), end="")
