"""rulebook_page - prints docs/administrator/rulebook-keys.md from what `awardctl rulebook keys` says.

    scripts/lib/rulebook_page.py build/release/bin/awardctl > docs/administrator/rulebook-keys.md
"""
import json
import subprocess
import sys


def page(awardctl):
    said = subprocess.run([str(awardctl), "rulebook", "keys", "--output", "json"], check=True,
                          capture_output=True).stdout.decode()
    lines = ["# 评选规则的键 / the keys of a rulebook", "",
             "Printed from the table of keys (`settings/rulebook_keys.c`) by `scripts/lib/rulebook_page.py`; a test",
             "compares them. 怎么写见 [another-award.md](another-award.md)。", "",
             "| 键 key | 条款 article | 含义 what | 应为 value |", "|---|---|---|---|"]
    for row in json.loads(said):
        cells = (f"`{row['key']}`", row["article"], row["what"], row["value"])
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(sys.argv[1]), end="")
