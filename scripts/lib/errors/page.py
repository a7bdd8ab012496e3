"""page - docs/errors.md: every code, what it means, what to do, and which tests provoke it"""
import csv
import re

from errors import codes

TITLE = "代码一览：为什么没有成功，怎么办 / Codes: why it did not go through, and what to do"
INTRO = """每次不接收（rejected）、不予受理（refused）和每条理由都带一个代码。按代码查下面的条目。“条款”是所依据的细则条款；form（格式）、
authority（权限）、order（次序）、limit（上限）、policy（办公室政策）不是条款。“…”处在实际答复中写明具体的名称、日期和数目。

Each rejection, refusal and reason carries a code. "…" stands for names, days and numbers of the case. Articles are those
of the regulation; form, authority, order, limit and policy are none.

*由 scripts/errors 从源代码生成 / written by scripts/errors from the sources; what to do stands in the sentences or in
[errors-advice.tsv](errors-advice.tsv).*
"""
FORMAT = re.compile(r"%(?:\.\*)?[-0-9.]*(?:ll|z|j|l)?[sudxic]")
TESTS = ("c", "py", "json")
NAMED = re.compile(r"""\\?["']([a-z][a-z0-9_]*)\\?["']""")


def shown(template):
    return " ".join(FORMAT.sub("…", template).replace("%%", "%").split())


def advice(root):
    with (root / "docs/errors-advice.tsv").open() as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t",
                          quoting=csv.QUOTE_NONE)
        return {row[0]: row[1:] + [""] * (5 - len(row)) for row in rows if row}


def clause(chinese, english):
    """What a sentence itself says of what to do: from 请 on, and behind the last stop."""
    at = chinese.find("请")
    if at < 0:
        return None
    behind = re.split(r"; |: |, (?=check|choose|send|ask|use|see|add|look)", english)
    return chinese[at:], behind[-1] if len(behind) > 1 else english


class Entry:
    def __init__(self, code, told):
        self.code = code
        self.name = code.name
        self.sentences = [(shown(zh), shown(en)) for zh, en in code.spoken]
        self.articles = list(code.articles)
        self.to_do = []
        if told:
            self.to_do = [(told[0], told[1])]
            if told[2]:
                self.sentences.append((told[2], told[3]))
        else:
            found = [clause(zh, en) for zh, en in self.sentences]
            self.to_do = list(dict.fromkeys(one for one in found if one))

    def lines(self, tests):
        basis = "、".join(self.articles) if self.articles else "见答复 / as the answer says"
        out = [f'<a id="{self.name}"></a>', "", f"### {self.name}", "", f"条款 / article: {basis}", ""]
        for zh, en in self.sentences:
            out += [f"- {zh}", f"  {en}"]
        out += [""]
        for zh, en in self.to_do:
            out += [f"**怎么办** {zh}", f"**What to do** {en[:1].upper()}{en[1:]}", ""]
        made = "、".join(sorted(self.code.files))
        out += [f"<sub>{made} · 测试 / tests: {'、'.join(tests)}</sub>", ""]
        return out


class Errors:
    def __init__(self, root):
        self.root = root
        told = advice(root)
        found = codes.read(root)
        self.entries = [Entry(code, told.get(name)) for name, code in found.items()]
        self.unused = sorted(set(told) - set(found))
        self.tests = self.find_tests()

    def find_tests(self):
        """code -> the test files that name it. A code that is a value of the contract, too ("refused"
        is a stage) counts where the statement speaks of a code."""
        found = {entry.name: [] for entry in self.entries}
        values = set(re.findall(r"^\s+(\w+) = \d+;", "".join(
            path.read_text() for path in (self.root / "proto").glob("*.proto")), re.M))
        for path in sorted((self.root / "tests").rglob("*")):
            if path.suffix[1:] not in TESTS or "docs" in path.parts[-2:]:
                continue
            words = re.sub(r"^\s*(//|#).*$", "", path.read_text(), flags=re.M)
            for name in set(NAMED.findall(words)) & set(found):
                if name not in values or self.as_code(name, words):
                    found[name].append(str(path.relative_to(self.root)))
        return found

    @staticmethod
    def as_code(name, words):
        return re.search(rf'(?:code|reject|expect|refuse)\w*[^;{{}}]*?\W["\']{name}\W', words)

    def missing(self):
        out = []
        for entry in self.entries:
            if not entry.sentences:
                out.append(f"{entry.name}: has no Chinese and English sentence")
            if not entry.to_do:
                out.append(f"{entry.name}: nothing says what to do: say it in the sentence (请……) "
                           "or in docs/errors-advice.tsv")
            if not self.tests[entry.name]:
                out.append(f"{entry.name}: no test names it")
        return out + [f"{name}: docs/errors-advice.tsv names a code that there is not"
                      for name in self.unused]

    def page(self):
        names = " · ".join(f"[{entry.name}](#{entry.name})" for entry in self.entries)
        out = [f"# {TITLE}", "", INTRO, names, ""]
        for entry in self.entries:
            out += entry.lines(self.tests[entry.name])
        return "\n".join(out)
