"""log_pages - writes what is told of the log from its table (common/log_kinds.c)

    scripts/lib/log_pages.py AWARDCTL

The catalog of the journal (packaging/systemd/awardd.catalog) as a whole, and of
docs/administrator/log.md what stands below its mark. `awardctl explain log` has the table.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOG = ROOT / "packaging/systemd/awardd.catalog"
PAGE = ROOT / "docs/administrator/log.md"
MARK = "<!-- what follows is printed by scripts/lib/log_pages.py -->\n"
WHOSE = {"awardd": "awardd", "workers": "后台程序 / the workers", "all": "各程序 / each of them"}


def table(awardctl, name):
    said = subprocess.run([str(awardctl), "explain", name, "--output", "json"], check=True,
                          capture_output=True).stdout.decode()
    return json.loads(said)


def entry(head, sentence, advice):
    lines = [f"-- {head}", f"Subject: {sentence}", "Defined-By: awardd",
             "Documentation: man:awardd(8)", "", advice, ""]
    return "\n".join(lines)


def catalog(awardctl):
    made = ["# The catalog of awardd's and its workers' lines in the journal: journalctl -x\n"
            "# Printed by scripts/lib/log_pages.py; a test compares them.\n"]
    for row in table(awardctl, "log"):
        made.append(entry(row["message_id"], row["en"][0].upper() + row["en"][1:],
                          sentence(row["advice_en"]) or "Nothing needs to be done."))
        made.append(entry(row["message_id"] + " zh_CN", row["zh"],
                          row["advice_zh"] + "。" if row["advice_zh"] else "无须处理。"))
    return "\n".join(made)


def sentence(text):
    return text[0].upper() + text[1:] + "." if text else ""


def kinds_of(rows, by):
    made = [f"### {WHOSE[by]}", "",
            "| 种类 kind | 级别 level | 内容 line | 怎么办 what to do | 字段 fields | MESSAGE_ID |",
            "|---|---|---|---|---|---|"]
    for row in rows:
        if row["by"] == by:
            advice = f"{row['advice_zh']} / {row['advice_en']}" if row["advice_zh"] else "-"
            fields = ", ".join(f"`{name}`" for name in row["fields"].split()) or "-"
            made.append(f"| `{row['kind']}` | {row['level']} | {row['zh']} / {row['en']} | {advice} | {fields} | "
                        f"`{row['message_id']}` |")
    return made + [""]


def printed(awardctl):
    """The part of the page below its mark."""
    rows = table(awardctl, "log")
    made = ["", "## 每一种行 / every kind of line", ""]
    for by in WHOSE:
        made += kinds_of(rows, by)
    made += ["## 字段 / fields", "", "| 字段 field | 日志字段 of the journal | 含义 meaning |", "|---|---|---|"]
    made += [f"| `{row['field']}` | `AWARD_{row['field'].upper()}` | {row['meaning_zh']} / {row['meaning']} |"
             for row in table(awardctl, "log_fields")]
    return "\n".join(made) + "\n"


def page(awardctl):
    return PAGE.read_text().partition(MARK)[0] + MARK + printed(awardctl)


if __name__ == "__main__":
    CATALOG.write_text(catalog(sys.argv[1]))
    PAGE.write_text(page(sys.argv[1]))
