"""blocks - the pages, and what is fenced in them

Blocks are fenced, and what stands behind the fence says what is in them:

    sh                     commands; the first that fails fails the page
    console                commands behind `$ ` (`> ` where one goes on), and below each what it prints; `[...]` stands
                           for any text within a line, and alone on a line for any lines
    sh in-container        commands that need root and a systemd: scripts/container-test runs them
    sh in-clone: REASON    commands that build the tree or take long: scripts/pages runs them
    console in-test: FILE  commands whose office that test has: it runs them
    text, yaml ...         no commands
"""
import pathlib
import re
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
INDEX = ROOT / "docs/README.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^ *(```+)([^\n`]*)\n(.*?)^ *\1$", re.M | re.S)
KINDS = re.compile(r"sh (?P<container>in-container)|sh in-clone: (?P<reason>\S.*)|console in-test: (?P<test>\S+)"
                   r"|(?P<kind>sh|console)|(?!(?:sh|console|bash|shell)\b)[a-z]*")


class Block:
    def __init__(self, page, info, text):
        self.page, self.info, self.text = page, info.strip(), text
        found = KINDS.fullmatch(self.info)
        self.known = found is not None
        self.in_container = self.known and found["container"] is not None
        self.reason = found["reason"] if self.known else None
        self.in_clone = self.reason is not None
        self.test = found["test"] if self.known else None
        self.runs_here = self.known and found["kind"] is not None
        self.kind = re.match("sh|console|", self.info)[0] if self.known else ""

    def commands(self):
        """Of a console: [(what is typed, what is printed)]."""
        found = []
        for line in self.text.splitlines():
            if line.startswith("$ "):
                found.append([line[2:], []])
            elif line.startswith("> ") and found and not found[-1][1]:
                found[-1][0] += "\n" + line[2:]
            else:
                assert found, f"{self.page}: a console begins with a command: {line}"
                found[-1][1].append(line)
        return found

    def typed(self):
        """What a reader types, as one script."""
        return "\n".join(typed for typed, _ in self.commands()) if self.kind == "console" else self.text

    def count(self):
        return len(lines_of(self.typed()))


def blocks(page):
    return [Block(page, info, textwrap.dedent(text)) for _, info, text in FENCED.findall(page.read_text())]


def lines_of(text):
    """The commands of a script: its lines, but for what goes on and what a here-document holds."""
    text = re.sub(r"<<-?'?(\w+)'?(.*?)^\1$", r"\2", text.replace("\\\n", ""), flags=re.M | re.S)
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "{"))]


def in_container():
    """Every block for the container, in the order in which the index leads through the pages."""
    linked = [(INDEX.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+)", INDEX.read_text())]
    order = sorted(PAGES, key=lambda page: linked.index(page) if page in linked else len(linked))
    return [block for page in order for block in blocks(page) if block.in_container]
