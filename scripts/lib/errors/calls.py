"""calls - what the C source says where it rejects: code, article, Chinese and English sentence

A function that takes `code`, `zh` and `en` is where a rejection is made; one that hands its own
parameters on to such a function is followed to its callers. What stands in a call is read as far as
it is text: literals, both arms of a choice, the template of a formatted sentence, what a local name
was given.
"""
import re

from law import source, tables

LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
ADJACENT = re.compile(r'"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")+')
NAME = re.compile(r"^[A-Za-z_]\w*$")
FIELDS = ("code", "article", "zh", "en")
KEYWORDS = {"if", "while", "for", "switch", "return", "sizeof"}


class Record:
    """Each field a list of texts, or the name of a parameter that its caller gives."""

    def __init__(self, where, code, article, zh, en):
        self.where = where
        self.code, self.article, self.zh, self.en = code, article, zh, en

    def fields(self):
        return (self.code, self.article, self.zh, self.en)

    @property
    def open(self):
        return [field for field in self.fields() if isinstance(field, str)]


def parameters(function):
    words = " ".join(function.lines)
    start = words.index(function.name + "(") + len(function.name) + 1
    inside = words[start:closing(words, start)]
    return [re.findall(r"\w+", piece)[-1] for piece in tables.split(inside)
            if re.findall(r"\w+", piece)]


def closing(words, start):
    """The index of the bracket that closes what opened before `start`."""
    return next((index for index, _, depth in tables.outside(words, start) if depth < 0),
                len(words))


def body_of(function):
    lines = [line for line in function.lines]
    start = lines.index("{")
    words = " ".join(strip_comment(line) for line in lines[start:])
    return re.sub(r"\s+", " ", words)


def strip_comment(line):
    outside = LITERAL.sub(lambda m: '"' + "\0" * len(m[1]) + '"', line)
    at = outside.find("//")
    return line if at < 0 else line[:at]


def calls(body, name):
    for match in re.finditer(rf"(?<![\w>.]){name}\(", body):
        end = closing(body, match.end())
        yield tables.split(body[match.end():end])


def joined(words):
    """Literals beside one another are one text."""
    return ADJACENT.sub(lambda m: '"' + "".join(LITERAL.findall(m[0])) + '"', words)


def arms(expression):
    """Both arms of a choice, each of which may be one."""
    question = -1
    for index, character, depth in tables.outside(expression):
        if character == "?" and depth == 0 and question < 0:
            question = index
        elif character == ":" and depth == 0 and question >= 0:
            return arms(expression[question + 1:index]) + arms(expression[index + 1:])
    return [expression.strip()]


def texts(expression, body, known):
    """The texts that an expression may be, [] where it is none that stands in the source."""
    found = []
    for arm in arms(joined(expression)):
        while arm.startswith("(") and closing(arm, 1) == len(arm) - 1:
            arm = arm[1:-1].strip()
        literal = re.match(r'^"((?:[^"\\]|\\.)*)"$', arm)
        template = re.match(r"^(?:say|arena_format)\(", arm)
        if literal:
            found.append(literal[1])
        elif template:
            parts = tables.split(arm[template.end():-1])
            if len(parts) > 1:
                found += texts(parts[1], body, known)
        elif NAME.match(arm) and arm not in known and arm != "NULL":
            for match in re.finditer(rf"\b{arm}(?:\[\])? = ", body):
                given = body[match.end():]
                found += texts(given[:statement_end(given)], body, known | {arm})
    return [one.replace('\\"', '"').replace("\\n", " ") for one in found]


def statement_end(words):
    index, quoted = 0, False
    while index < len(words):
        if quoted:
            if words[index] == "\\":
                index += 1
            elif words[index] == '"':
                quoted = False
        elif words[index] == '"':
            quoted = True
        elif words[index] == ";":
            return index
        index += 1
    return len(words)


class Source:
    def __init__(self, root, folders):
        self.functions = []
        for folder in folders:
            for path in source.tree_files(root, folder, "*.c"):
                self.functions += source.c_functions(root, path)
        self.bodies = {function.id: body_of(function) for function in self.functions}
        self.parameters = {function.id: parameters(function) for function in self.functions}
        self.by_name = {}
        for function in self.functions:
            self.by_name.setdefault(function.name, []).append(function)
        self.made = {}

    def records(self, function):
        """What a function rejects with; some of it may be its caller's to give."""
        if function.id in self.made:
            return self.made[function.id]
        self.made[function.id] = []  # one that calls itself adds nothing
        found = []
        for name in set(re.findall(r"(?<![\w>.])(\w+)\(", self.bodies[function.id])) - KEYWORDS:
            callee = self.callee(function, name)
            if callee is None or callee is function:
                continue
            for given in self.templates(callee):
                for arguments in calls(self.bodies[function.id], name):
                    found.append(self.fill(function, callee, given, arguments))
        self.made[function.id] = found
        return found

    def callee(self, function, name):
        found = self.by_name.get(name, [])
        own = [one for one in found if one.path == function.path]
        public = [one for one in found if not one.lines[0].startswith("static")]
        return (own or public or [None])[0]

    def templates(self, callee):
        """What of a function its callers complete."""
        names = self.parameters[callee.id]
        open_ones = [record for record in self.records(callee) if record.open]
        if open_ones:
            return open_ones
        if {"code", "zh", "en"} <= set(names):
            article = "article" if "article" in names else []
            return [Record(callee.path, "code", article, "zh", "en")]
        return []

    def fill(self, function, callee, given, arguments):
        names = self.parameters[callee.id]
        own = self.parameters[function.id]

        def value(field):
            if not isinstance(field, str):
                return field
            expression = arguments[names.index(field)] if names.index(field) < len(arguments) else ""
            if NAME.match(expression) and expression in own:
                return expression
            return texts(expression, self.bodies[function.id], set(own))

        return Record(function.path, *(value(field) for field in given.fields()))
