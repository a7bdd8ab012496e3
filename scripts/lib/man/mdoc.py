"""mdoc - lists and texts in the language of the manual"""
import re

BREAKS = re.compile(r"(?<=[，；：。、）])(?=[^，；：。、）\s])")
SENTENCES = re.compile(r"(?<=[.?!]) +(?=\S)")  # each begins a line
LINE_BYTES = 78  # mandoc finds lines of more than 80 too long
NAMES = re.compile(r"(?<![\w\\%])([a-z]+_[a-z_]+|[a-z]{8,})")


def long_to_mandoc(line):
    """Whether it begins with a word and is too long to mandoc, to which a letter of Chinese is its escape."""
    return line[:1].isascii() and line[:1].isalnum() and len(line.encode("ascii", "xmlcharrefreplace")) > LINE_BYTES


def folded(line):
    """A line of text as several, broken where it has blanks: each is one of text still."""
    lines = [""]
    for word in line.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(longer.encode()) > LINE_BYTES:
            lines.append(word)
        else:
            lines[-1] = longer
    return [("\\&" if each[:1] in (".", "'") or long_to_mandoc(each) else "") + each for each in lines]


def text(words, whole=False):
    """A text as input lines: nothing in it is taken for a request. `whole`: no word of it is broken."""
    lines = []
    for line in SENTENCES.sub("\n", words.replace("\\", "\\e")).split("\n"):
        line = BREAKS.sub(r"\\:", line.strip())  # where a line of Chinese may be broken
        line = NAMES.sub(r"\\%\1", line) if whole else line
        lines += folded(line)
    return [line for line in lines if line]


def argument(word):
    """A word behind a macro: no delimiter, no name of another macro."""
    return "\\&" + word.replace("\\", "\\e").replace('"', "\\(dq")


def synopsis(arguments):
    """What stands behind a command: "CASE [--cycle CYCLE] ..." as lines of macros."""
    lines = []
    for token in re.findall(r"\[|\]|\(|\)|\.\.\.|\|(?= )|--[^\s\[\]()]+|[^\s\[\]()]+", arguments):
        if token.startswith("--"):
            lines.append(f".Fl -{token[2:]}")
        else:
            lines.append({"[": ".Oo", "]": ".Oc", "(": ".Po", ")": ".Pc"}.get(token) or
                         (".No \\&|" if token == "|" else f".Ar {argument(token)}"))
    return lines


def tagged(rows, width="Ds"):
    """A list of (lines of the tag, lines of the body)."""
    lines = [f".Bl -tag -width {width}"]
    for tag, body in rows:
        lines += [".It Xo", *tag, ".Xc", *body] if len(tag) > 1 else [".It " + tag[0].removeprefix("."), *body]
    return [*lines, ".El"]


def option(words):
    """ "-c, --config FILE" as macros of one line."""
    parts = []
    for each in words.split(", "):
        name, _, value = each.partition(" ")
        parts.append(f"Fl {name[1:]}" + (f" Ar {argument(value)}" if value else ""))
    return "." + " , ".join(parts)
