"""source - functions of C and Python files, with the comments and strings that mark them.

Relies on the one layout that clang-format leaves: a definition begins in the first column, its
body stands between "{" and "}" lines of the first column, its comment directly above it.
"""
import ast
import pathlib
import re

from law import marks

C_NAME = re.compile(r"^(?:static |inline |extern )*[A-Za-z_][\w *]*?\b(\w+)\(")
TEST_NAME = re.compile(r"^(?:Test|ParameterizedTest|TheoryTest|Theory)\((.*)")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
COMMENT = re.compile(r"//(.*)$")
SECTION = re.compile(r"^//\s*-{2,}\s*(.*)$")
# A string that is an article and nothing else; one without items only where it is an argument
# that follows a code ("already_done", "20") or precedes nothing.
ARTICLE_STRING = re.compile(r"^(?:\d{1,2}(?:\(\d{1,2}\))(?:\.\d)?|decision \d+)"
                            r"(?:[,、 -]+(?:\d{1,2}(?:\(\d{1,2}\))?(?:\.\d)?|\(\d{1,2}\)))*$")
AFTER_CODE = re.compile(r'"[a-z_]+",\s*"(\d{1,2}(?:-\d{1,2})?)"')
PUT = re.compile(r'(?:_put|_remove|case_move|record_put)\([^;]*?"(\d{1,2}(?:-\d{1,2})?)"\)')


class PythonTest:
    """A test method; its comment and its docstring mark it."""

    def __init__(self, path, name, comment, said):
        self.path = path
        self.name = name
        self.marks = marks.read(uncomment(comment) + " " + said)

    @property
    def id(self):
        return f"{self.path}:{self.name}"


class Function:
    def __init__(self, path, name, line, comment, section, lines):
        self.path = path
        self.name = name
        self.line = line
        self.comment = comment  # lines, with their slashes
        self.section = section
        self.lines = lines      # signature and body

    @property
    def id(self):
        return f"{self.path}:{self.name}"

    @property
    def body(self):
        return "\n".join(self.comment + self.lines)

    def own_marks(self):
        """What its comment, the comments and the articles in its body name."""
        found = marks.read(uncomment(self.comment), plain=False)
        inside = [COMMENT.search(STRING.sub('""', line)) for line in self.lines]
        found += marks.read(" ".join(match[1] for match in inside if match))
        body = "\n".join(self.lines)
        for words in STRING.findall(body):
            if ARTICLE_STRING.match(words):
                found += marks.read(words, plain=True)
        if self.path.startswith("rules/"):
            for words in AFTER_CODE.findall(body) + PUT.findall(body):
                found += marks.read(words, plain=True)
        return list(dict.fromkeys(found))

    def section_marks(self):
        return marks.read(self.section, plain=bool(re.match(r"\d", self.section)))


def uncomment(lines):
    return " ".join(re.sub(r"^\s*(//|#)\s?", "", line) for line in lines)


def statement_name(words):
    """The name that a definition of the first column gives, None where it is no function."""
    test = TEST_NAME.match(words)
    if test:
        first = re.findall(r"\w+", test[1])
        return first[1] if len(first) > 1 else first[0]
    if words.startswith(("struct ", "enum ", "union ", "typedef ", "#", "TestSuite")) and \
            not re.match(r"^(?:struct|enum) \w+ \*?\w+\(", words):
        return None
    found = C_NAME.match(words)
    return found[1] if found else None


def c_functions(root, path):
    lines = (root / path).read_text().splitlines()
    found = []
    section = ""
    start = None
    for index, line in enumerate(lines):
        heading = SECTION.match(line)
        if heading:
            section = heading[1]
        if line == "{" and start is not None:
            end = lines.index("}", index)
            name = statement_name(" ".join(lines[start:index]))
            comment = start
            while comment > 0 and lines[comment - 1].startswith("//") and \
                    not SECTION.match(lines[comment - 1]):
                comment -= 1
            if name:
                found.append(Function(path, name, start + 1, lines[comment:start], section,
                                      lines[start:end + 1]))
            start = None
        elif not line or line.startswith(("//", "}", "#")) or line.endswith(";"):
            start = None
        elif start is None and not line.startswith((" ", "\t", "{")):
            start = index
    return found


def header_comments(root, folder):
    """What headers say above a prototype: name -> comment."""
    found = {}
    for path in sorted((root / folder).glob("*.h")):
        comment = []
        for line in path.read_text().splitlines():
            if line.startswith("//"):
                comment.append(line)
                continue
            name = re.match(r"^[A-Za-z][\w \*]*?\b(\w+)\(", line)
            if name and comment:
                found[name[1]] = comment
            comment = []
    return found


def python_tests(root, path):
    """Test methods of a unittest file, with the comments above them."""
    words = (root / path).read_text()
    lines = words.splitlines()
    tree = ast.parse(words)
    found = []
    for holder in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
        for node in holder.body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
                continue
            start = node.lineno - 1
            comment = start
            while comment > 0 and lines[comment - 1].lstrip().startswith("#"):
                comment -= 1
            found.append(PythonTest(path, node.name, lines[comment:start],
                                    ast.get_docstring(node) or ""))
    return found


def tree_files(root, folder, pattern):
    return sorted(str(path.relative_to(root)) for path in pathlib.Path(root / folder).glob(pattern))
