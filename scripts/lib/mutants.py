"""mutants - the small changes that can be made to a C file, each as (start, end, new text).

The text is scanned once into a map of what is code: comments, strings, preprocessor directives
other than definitions, assertions and the wording of sentences (the arguments of `say`) are left
alone. A mutant changes one place; `kind` says how.
"""
import bisect
import pathlib
import re

# Fields that are true or false.
BOOLEANS = {name for path in (pathlib.Path(__file__).resolve().parents[2] / "proto").glob("*.proto")
            for name in re.findall(r"\bbool (\w+) =", path.read_text())}
COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
               "&&": "||", "||": "&&"}
NOT_CODE = re.compile(r"""
      //[^\n]*
    | /\*.*?\*/
    | "(?:\\.|[^"\\\n])*"
    | '(?:\\.|[^'\\\n])*'
    | ^[ ]*\#[ ]*(?:include|if|ifdef|ifndef|else|elif|endif|pragma|undef)[^\n]*
    | ^[ ]*\#[ ]*define[ ]+\w+(?:\([^)]*\))?
    """, re.X | re.S | re.M)
ASSERTION = re.compile(r"\b(?:assert|_Static_assert)\(")
WORDING = re.compile(r"\b(?:say|arena_format)\(")
OPERATOR = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||<|>)(?=[ \n])")
# The greater or the smaller of two, which is the same number where they are equal.
GREATER = re.compile(r"(\S+) [<>] (\S+) \? (?:\1\s+: \2|\2\s+: \1);")
# All elements of a table are of one size.
SIZE = re.compile(r"sizeof\(\w+\[$")
# Behind a move that cannot fail: that a row of the life cycle is there was tested before (case_may,
# parts_admit, case_listed). If it failed, the assertion of decide.c would notice the change.
UNMOVED = re.compile(r"!case_(?:move|decide|honour|confer|settle|deliberate|unify|hold)"
                     r"\([^{};]*\)\) \{\n +return $")
# A walk past the end of a table: the address sanitizer of scripts/test notices it, this build has none.
BEHIND_TABLE = re.compile(r" sizeof\((\w+)\) / sizeof\(\1\[0\]\)(?:;| &&)"
                          r"| (?:EVENT_NUMBERS|QUERY_NUMBERS|RECORD_KINDS)\b")
SIGN = re.compile(r"(?<=[\w\])] )([+-])(?= )|(?<= )([+-])(?==)")
NEGATION = re.compile(r"!(?=[\w(])")
NUMBER = re.compile(r"(?<![\w.])(\d+)(?=[UL]*\b)(?![\w.]*\()")
TRUTH = re.compile(r"\b(true|false)\b")
MEMBER = re.compile(r"\b(STAGE|TO|ROLE|EVENT|TEMPLATE)\((\w+)\)")
GUARD = re.compile(r"\bGUARD_[A-Z_]+\b")
CALL = r"!?[a-z]\w*\((?:[^()\n]|\([^()\n]*\))*\)"
CONJUNCT_FIRST = re.compile(r"(?<=[( ])" + CALL + r" &&\s+")
CONJUNCT_LAST = re.compile(r"\s+&& " + CALL + r"(?=[;)\s])")
STATEMENT = re.compile(r"^ +(?:\(void\))?(?:[a-zA-Z_]\w*\([^;{}]*\)"
                       r"|[*a-zA-Z_][\w.>\[\]-]*(?:\[[^\]\n]*\])? (?:=|\+=|-=|\|=) [^;{}]*"
                       r"|[a-zA-Z_][\w.>-]*(?:\+\+|--));$", re.M)
ROW = re.compile(r"^ +(?:\[[^\]]+\] *= *)?\{[^{}]*\},[^\n]*\n", re.M)
TABLES = re.compile(r"// clang-format off.*?// clang-format on", re.S)


class Mutant:
    def __init__(self, file, text, start, end, new, kind):
        self.file, self.start, self.end, self.new, self.kind = file, start, end, new, kind
        line_start = text.rfind("\n", 0, start) + 1
        if kind in ("statement", "row"):
            line_start = start
            line_start += len(text[start:end]) - len(text[start:end].lstrip())
        line_end = text.find("\n", line_start)
        self.line = text.count("\n", 0, line_start) + 1
        self.where = text[line_start:line_end].strip()
        old = " ".join(text[start:end].split())
        self.change = f"{old} -> {new}" if new else f"without {old}"
        before = text[line_start:start].count(text[start:end]) if start > line_start else 0
        if before:
            self.change += f" ({before + 1})"

    def key(self):
        """What names it whatever the lines above it become."""
        return (self.file, self.where, self.change)

    def applied(self, text):
        return text[:self.start] + self.new + text[self.end:]


def matching_end(text, start):
    """Behind the parenthesis that closes the one before `start`."""
    depth = 1
    while depth and start < len(text):
        depth += {"(": 1, ")": -1}.get(text[start], 0)
        start += 1
    return start


class Code:
    """A text, and which of its places are code."""

    def __init__(self, text):
        self.text = text
        self.skipped = [match.span() for match in NOT_CODE.finditer(text)]
        self.skipped += [(match.start(), matching_end(text, match.end()))
                         for pattern in (ASSERTION, WORDING) for match in pattern.finditer(text)]
        self.skipped.sort()
        self.starts = [span[0] for span in self.skipped]

    def is_code(self, place):
        index = bisect.bisect_right(self.starts, place) - 1
        return index < 0 or all(end <= place for _, end in self.skipped[max(0, index - 20):index + 1])

    def find(self, pattern):
        return (match for match in pattern.finditer(self.text) if self.is_code(match.start()))


def next_of(names, name):
    """The name after this one, round the sorted list; itself where it is alone."""
    names = sorted(names)
    return names[(names.index(name) + 1) % len(names)]


def is_truth_set(before):
    """A boolean that is set to 1: what C reads as true is as true with 2."""
    name = re.search(r"SET\((?:[^,()]|\([^()]*\))+, (\w+), $|\bhas_(\w+) = $", before)
    return name is not None and (name[2] is not None or name[1] in BOOLEANS)


def number_changes(code):
    for match in code.find(NUMBER):
        line_start = code.text.rfind("\n", 0, match.start()) + 1
        line = code.text[line_start:match.end() + 1]
        if line.endswith("{0}") or re.search(r"(say|format)\($", line):
            continue
        value = int(match[1])
        before = line[:match.start() - line_start]
        if SIZE.search(before):
            continue
        more_room = "arena_alloc(" in before  # than is needed: nobody can see it
        if not more_room and not (value == 1 and is_truth_set(before)):
            yield match.span(1), str(value + 1), "number"
        if value > 0:
            yield match.span(1), str(value - 1), "number"


def word_changes(code):
    for match in code.find(OPERATOR):
        if match[1] == "<" and BEHIND_TABLE.match(code.text, match.end()):
            continue
        if GREATER.match(code.text, code.text.rfind(" ", 0, match.start() - 1) + 1):
            continue
        yield match.span(1), COMPARISONS[match[1]], "operator"
    for match in code.find(SIGN):
        group = 1 if match[1] else 2
        yield match.span(group), "-" if match[group] == "+" else "+", "operator"
    for match in code.find(NEGATION):
        yield match.span(), "", "negation"
    for match in code.find(TRUTH):
        if UNMOVED.search(code.text, max(0, match.start() - 300), match.start()):
            continue
        yield match.span(1), "false" if match[1] == "true" else "true", "truth"


def member_changes(code):
    """Another stage, role or guard in its place: the next of those that the file names."""
    names = {}
    for match in code.find(MEMBER):
        names.setdefault(match[1], set()).add(match[2])
    for match in code.find(MEMBER):
        other = next_of(names[match[1]], match[2])
        if other != match[2]:
            yield match.span(2), other, "member"
    guards = {match[0] for match in code.find(GUARD)}
    for match in code.find(GUARD):
        if next_of(guards, match[0]) != match[0]:
            yield match.span(), next_of(guards, match[0]), "guard"


def deletions(code):
    for table in TABLES.finditer(code.text):
        for match in ROW.finditer(code.text, table.start(), table.end()):
            yield match.span(), "", "row"
    for match in code.find(CONJUNCT_FIRST):
        yield match.span(), "", "conjunct"
    for match in code.find(CONJUNCT_LAST):
        yield match.span(), "", "conjunct"
    for match in STATEMENT.finditer(code.text):
        first = match.start() + len(match[0]) - len(match[0].lstrip())
        if code.is_code(first) and not re.match(r"(return|goto|case|else|typedef)\b", match[0].strip()):
            yield match.span(), "", "statement"


def mutants_of(file, text):
    """All mutants of a file, in the order of their places."""
    code = Code(text)
    found = []
    for changes in (word_changes, number_changes, member_changes, deletions):
        for (start, end), new, kind in changes(code):
            found.append(Mutant(file, text, start, end, new, kind))
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))
