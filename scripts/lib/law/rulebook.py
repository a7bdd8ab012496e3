"""rulebook - the entries of a rulebook file, with the marks of their comments

An entry is a key of the first column with all that stands indented under it; of the list of
categories each element is one. Its marks are those of all its lines.
"""
import re

from law import marks

KEY = re.compile(r"^(\s*)(- )?(\w+):")
COMMENT = re.compile(r"\s#\s*(.*)$")
# What may stand before the colon of a comment: "16(4)，决定23", "12(4)、21".
BASIS = re.compile(r"^(?:[\d().s,，、；\s-]|决定|政策|decisions?|policy|and)+$")


class Entry:
    def __init__(self, path, key, line):
        self.path = path
        self.key = key
        self.lines = [line]
        self.marks = []

    @property
    def id(self):
        return f"{self.path}: {self.key}"


def line_marks(line):
    found = COMMENT.search(line)
    if not found:
        return []
    basis, _, rest = found[1].partition(":")
    return marks.read(basis, plain=bool(BASIS.match(basis)), policy=True) + marks.read(rest)


def read(root, path):
    entries = []
    parent = None
    for line in (root / path).read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        key = KEY.match(line)
        element = key is not None and key[2] and len(key[1]) <= 2
        if key and (not key[1] and not key[2]):
            parent = Entry(path, key[3], line)
            parent.marks = line_marks(line)
            entries.append(parent)
            open_entry = parent
        elif element:
            open_entry = Entry(path, f"{parent.key}[{line.split('#')[0].strip('- ').strip()}]", line)
            open_entry.marks = line_marks(line)
            entries.append(open_entry)
        else:
            open_entry.lines.append(line)
            open_entry.marks += line_marks(line)
    for entry in entries:
        entry.marks = list(dict.fromkeys(entry.marks))
    return entries
