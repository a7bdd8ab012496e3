"""tables - the rows of the tables of rules/, by what stands in the C source

A row is read as its fields, split at the commas of its own level, with the comment that heads its
part of the table and the comment at its end.
"""
import re

from law import marks

ROW = re.compile(r"^\s*(?:\[([^\]]+)\]\s*=\s*)?\{")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class Row:
    def __init__(self, table, path, designator, fields, text, section, tail):
        self.table = table
        self.path = path
        self.designator = designator
        self.fields = fields
        self.text = text
        self.section = section
        self.tail = tail
        self.marks = []
        self.cells = []  # what the page shows, by the table's columns

    @property
    def id(self):
        return f"{self.table}: {' '.join(' '.join(self.text.split()).split(',')[:3])}"


def outside(words, start=0):
    """(index, character, depth) of what stands outside of literals; a bracket belongs to the level
    that it opens or closes, so that the one that closes what stood open before `start` is at -1."""
    depth, index, quoted = 0, start, False
    while index < len(words):
        character = words[index]
        if quoted:
            if character == "\\":
                index += 1
            quoted = character != '"'
        elif character == '"':
            quoted = True
        else:
            depth += (character in "([{") - (character in ")]}")
            yield index, character, depth
        index += 1


def split(words):
    """Fields at the commas of the outermost level."""
    commas = [index for index, character, depth in outside(words)
              if character == "," and depth == 0]
    ends = zip([-1, *commas], [*commas, len(words)])
    fields = [words[start + 1:end].strip() for start, end in ends]
    return [field for field in fields if field]


def read(root, path, array, table):
    """The rows of `array[...] = {` in a file; none where there is no such array."""
    lines = (root / path).read_text().splitlines()
    starts = [n for n, line in enumerate(lines) if re.search(rf"\b{array}\[.*\] = \{{$", line)]
    if not starts:
        return []
    rows, section, gathered = [], "", ""
    for line in lines[starts[0] + 1:]:
        if line.startswith("};"):
            break
        if line.strip().startswith("//") and not gathered:
            section = line.strip()[2:].strip()
            continue
        if not line.strip():
            continue
        gathered += line + "\n"
        whole = re.sub(r"//[^\n]*", "", gathered)
        if whole.count("{") == whole.count("}") and whole.strip().endswith(","):
            found = ROW.match(whole)
            tail = re.search(r"//\s*(.*)$", gathered.rstrip())
            inner = whole[whole.index("{") + 1:whole.rindex("}")]
            rows.append(Row(table, path, found[1] or "", split(inner), gathered.rstrip(),
                            section, tail[1] if tail else ""))
            gathered = ""
    return rows


def unquote(field):
    return "".join(QUOTED.findall(field)) if '"' in field else field


def names(root, array):
    """[AWARD__...__name] = "text" -> name: text"""
    words = (root / "rules/events.c").read_text()
    found = re.search(rf"{array}\[\] = \{{(.*?)\n\}};", words, re.S)
    pairs = re.findall(r'\[AWARD__\w+?__NAME__(\w+)\]\s*=\s*"([^"]*)"', found[1])
    return dict(pairs)


def guards(root):
    words = (root / "rules/life_cycle.c").read_text()
    return dict(re.findall(r'\[(GUARD_\w+)\]\s*=\s*"([^"]*)"', words))


def stage_sets(root):
    """The named sets of stages: name -> expression."""
    words = (root / "rules/life_cycle.c").read_text().replace("\\\n", " ")
    return dict(re.findall(r"^#define ([A-Z_]+) +(\(.*STAGE.*\))\s*$", words, re.M))


class Tables:
    """All rows with their marks and what to show of them."""

    def __init__(self, root):
        self.root = root
        self.stages = names(root, "stage_texts")
        self.roles = names(root, "role_texts")
        self.guards = guards(root)
        self.events = read(root, "rules/events.c", "table", "events")
        self.zh = {}
        self.articles = {}
        for row in self.events:
            self.event(row)
        self.life = read(root, "rules/life_cycle.c", "rows", "life cycle")
        self.deadlines = read(root, "rules/deadlines.c", "table", "deadlines")
        self.tasks = read(root, "rules/tasks.c", "table", "tasks")
        self.queries = read(root, "rules/queries.c", "table", "queries")
        self.stays = read(root, "rules/stays.c", "rows", "stays")
        for row in self.stays:
            self.stay(row)
        for row in self.life:
            self.life_cycle(row)
        for row in self.deadlines:
            self.deadline(row)
        for row in self.tasks:
            self.task(row)
        for row in self.queries:
            self.query(row)
        self.rows = (self.events + self.life + self.deadlines + self.stays + self.tasks +
                     self.queries)

    def role_words(self, expression):
        if expression in ("0", "ANYBODY", "WORKERS", "EVERYBODY"):
            return {"0": "—", "ANYBODY": "任何人", "WORKERS": "程序", "EVERYBODY": "任何人"}[expression]
        found = re.findall(r"ROLE\((\w+)\)", expression)
        words = "、".join(self.roles.get(role, role) for role in found)
        rest = re.sub(r"ROLE\(\w+\)|\|", " ", expression).split()
        return "、".join([*rest, words] if words else rest)

    def stage_words(self, expression):
        if expression == "0":
            return "（尚无案件）"
        expression = re.sub(r"STAGE\((\w+)\)", lambda m: self.stages.get(m[1], m[1]), expression)
        expression = re.sub(r"\s*&\s*~", "，除 ", expression)
        return " ".join(expression.replace("|", "、").split()).replace(" 、", "、")

    def event(self, row):
        name = re.sub(r".*__BODY_", "", row.designator).lower()
        zh, article, who, needs, countersign, _, decide = (row.fields + [""] * 7)[:7]
        row.name, row.decide = name, row.fields[-1]
        self.zh[name] = unquote(zh)
        self.articles[name] = unquote(article)
        row.marks = marks.read(f"{unquote(article)}; {row.tail}", plain=True, policy=True)
        row.cells = [name, unquote(zh), self.role_words(who), unquote(needs),
                     self.role_words(countersign), row.decide, unquote(article)]

    def life_cycle(self, row):
        stage, event, guard, following, article = (row.fields + [""] * 5)[:5]
        name = re.sub(r"EVENT\((\w+)\)", r"\1", event).lower()
        ends = {"NEXT_STAY": "不变", "NEXT_IN_ORDER": "按评选规则次序", "NEXT_BACK": "回到停止前"}
        to = re.sub(r"TO\((\w+)\)", lambda m: self.stages.get(m[1], m[1]), following)
        row.marks = marks.read(f"{unquote(article)}; {row.tail}", plain=True, policy=True)
        row.cells = [self.stage_words(stage), f"{self.zh.get(name, '')} {name}",
                     self.guards.get(guard, guard), ends.get(to, to), unquote(article)]

    def event_list(self, words):
        return "、".join(f"{self.zh.get(name, '')} {name}".strip() for name in words.split())

    def deadline(self, row):
        zh, article, length, opened, closed = (unquote(f) for f in (row.fields + [""] * 5)[:5])
        name = re.sub(r".*__NAME__", "", row.designator)
        row.marks = marks.read(f"{article}; {row.tail}", plain=True, policy=True)
        row.cells = [f"{zh} {name}", length, self.event_list(opened), self.event_list(closed),
                     article]

    def stay(self, row):
        key, stages, article, zh, _ = (row.fields + [""] * 5)[:5]
        row.marks = marks.read(f"{unquote(article)}; {row.tail}", plain=True, policy=True)
        row.cells = [f"{unquote(zh)} {unquote(key)}",
                     "—" if stages == "0" else self.stage_words(stages), f"stays.{unquote(key)}",
                     unquote(article)]

    def task(self, row):
        name, worker, queued, answered = (unquote(field) for field in row.fields[:4])
        answer = re.sub(r"ANSWER\((\w+)\)", r"\1", answered).lower()
        words = f"{self.articles.get(answer, '')}; {row.tail}"
        row.marks = marks.read(words, plain=True, policy=True)
        role = re.sub(r".*__NAME__", "", worker)
        row.cells = [name, self.roles.get(role, role), self.event_list(queued),
                     self.event_list(answer), self.articles.get(answer, "")]

    def query(self, row):
        name, zh, who, sees = (unquote(field) for field in row.fields[:4])
        row.marks = marks.read(f"{sees}; {row.tail}")
        row.marks += marks.read(row.section, plain=bool(re.match(r"\d", row.section)), policy=True)
        row.cells = [f"{zh} {name}", self.role_words(row.fields[2]), sees]


COLUMNS = {
    "events": ("事件", "名称", "由谁", "必填", "复核", "决定函数", "条款"),
    "life cycle": ("阶段", "事件", "条件", "下一阶段", "条款"),
    "deadlines": ("期限", "长度", "由何开始", "由何了结", "条款"),
    "stays": ("预计停留", "阶段", "长度", "条款"),
    "tasks": ("任务", "交给", "由何下达", "由何答复", "条款"),
    "queries": ("查询", "谁可查", "各看到什么"),
}
