"""said - what the programs say of themselves, taken apart by language

`awardctl help --output json` is a table already. What `awardd --help` and a worker's `--help` print
has one option or command a line, "  --spool DIR   中文 / English", and a line of exit statuses; the help of a command
of awardctl has lines of either language, or both with " / " between them.
"""
import json
import re
import subprocess

CHINESE = re.compile(r"[\u2018-\u201f\u3000-\u9fff\uff00-\uffef]")
ITEM = re.compile(r"^ *((?:(?:-\w, )?--[a-z-]+(?: [^\s,]+)?(?: \.\.\.)?(?:, )?)+|[A-Z]+=[A-Z]+)(?:  +(.*)|)$")


def run(program, *words):
    return subprocess.run([str(program), *words], check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout.decode()


def both(text):
    """(Chinese, English) of one line; either may be empty."""
    if " / " in text:
        zh, en = text.split(" / ", 1)
        return zh.strip(), en.strip()
    if "/ " in text and CHINESE.search(text.split("/ ", 1)[0]):
        zh, en = text.split("/ ", 1)
        return zh.strip(), en.strip()
    if not CHINESE.search(text):
        return "", text.strip()
    behind = re.match(r"^(.*[。”）]) ?([^\u2018-\u201f\u3000-\u9fff\uff00-\uffef]+)$", text)
    if behind and re.search(r"[A-Za-z]", behind[2]):
        return behind[1].strip(), behind[2].strip()
    return text.strip(), ""


class Texts:
    """Lines of both languages, gathered: what was broken into lines becomes one text again."""

    def __init__(self):
        self.zh = ""
        self.en = ""

    def add(self, line):
        zh, en = both(line)
        self.zh += zh if not self.zh or CHINESE.match(self.zh[-1]) or CHINESE.match(zh[:1]) else " " + zh
        self.en += ("\n" if self.en.endswith(".") and en else " " if self.en and en else "") + en

    def of(self, language):
        return self.zh if language == "zh" else self.en


def help_parts(text):
    """The parts of a help: (None, Texts) of plain words, ("--option VALUE", Texts) of an option."""
    parts = []
    depth = 0
    for line in (text or "").splitlines():
        item = ITEM.match(line)
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            parts.append((None, Texts()))
        elif item:
            depth = indent
            parts.append((item[1].strip(), Texts()))
            parts[-1][1].add(item[2] or "")
        elif parts and parts[-1][0] is not None and indent > depth + 2:
            parts[-1][1].add(line)
        else:
            if not parts or parts[-1][0] is not None:
                parts.append((None, Texts()))
            parts[-1][1].add(line)
    return [(name, texts) for name, texts in parts if texts.zh or texts.en or name]


def option_lines(text):
    """Of `awardd --help` and a worker's: [("-c, --config FILE" or "verify [DIR]", zh, en)]."""
    rows = re.findall(r"^  (-\S.*?|[a-z]\S*(?: \S+)?)  +(\S.*)$", text, re.M)
    return [(left.strip(), *both(right)) for left, right in rows]


def exit_lines(text):
    """Of the same: [(0, zh, en)]."""
    behind = re.sub(r"\s+", " ", text.partition("exit status:")[2])
    return [(int(status), zh.strip(), en.strip()) for status, zh, en in re.findall(r"(\d+) ([^/]+) / ([^,]+)", behind)]


def own_help(awardctl):
    return json.loads(run(awardctl, "help", "--output", "json"))


def events(awardctl):
    return json.loads(run(awardctl, "explain", "events", "--output", "json"))
