"""codes - every code that the program answers with: its articles, its sentences, where it is made"""
import re

from errors import calls
from law import tables

FOLDERS = ("rules", "daemon", "common", "settings", "letters", "workers", "clients", "clients/ctl")
CODE = re.compile(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$")
STRUCT_TABLE = re.compile(r"struct (\w*)\s*\{([^{}]*)\}\s*(\w+)\[\w*\] = \{(.*?)\n\};", re.S)
NAMED_TABLE = re.compile(r"struct (\w+) (\w+)\[\w*\] = \{(.*?)\n\};", re.S)
STRUCT = re.compile(r"struct (\w+) \{([^{}]*)\};", re.S)
SINGLE = re.compile(r"\.code = (\"\w+\"),\s*\.zh = (.*?),\s*\.en = (.*?),?\s*\}", re.S)


class Code:
    def __init__(self, name):
        self.name = name
        self.articles, self.zh, self.en, self.files = [], [], [], []
        self.pairs = []  # (Chinese, English)

    def add(self, record_articles, chinese, english, where):
        for held, new in ((self.articles, record_articles), (self.files, [where])):
            held += [one for one in new if one not in held]
        pairs = list(zip(chinese, english)) if len(chinese) == len(english) else [
            (one, english[0] if english else "") for one in chinese] or [("", one) for one in english]
        self.pairs += [pair for pair in pairs if pair not in self.pairs]

    @property
    def spoken(self):
        return [pair for pair in self.pairs if pair[0] and pair[1]]


def members(words):
    words = re.sub(r"//[^\n]*", "", words)
    return [re.findall(r"\w+", piece)[-1] for piece in words.split(";") if piece.strip()]


def table_rows(words):
    """Rows of tables whose struct has code, zh and en, as texts by member."""
    structs = {name: members(inside) for name, inside in STRUCT.findall(words)}
    found = [(members(inside), rows) for _, inside, _, rows in STRUCT_TABLE.findall(words)]
    found += [(structs[name], rows) for name, _, rows in NAMED_TABLE.findall(words)
              if name in structs]
    for names, rows in found:
        if not {"code", "zh", "en"} <= set(names):
            continue
        plain = re.sub(r"\s+", " ", re.sub(r"^\s*//[^\n]*$", "", rows, flags=re.M))
        index = 0
        while (index := plain.find("{", index)) >= 0:
            end = calls.closing(plain, index + 1)
            fields = tables.split(plain[index + 1:end])
            values = [calls.texts(field, "", set()) for field in fields]
            yield {name: value[0] if value else "" for name, value in zip(names, values)}
            index = end


def sentence(row, language):
    """The codec's sentences are put together of what is wrong and what to do."""
    following = row.get(f"{language}_next")
    if not following:
        return row[language]
    return f"… {row[language]}；{following}。" if language == "zh" else \
        f"… {row[language]}; {following}."


def read(root):
    """code -> Code, of all the source."""
    found = {}

    def code(name):
        return found.setdefault(name, Code(name))

    spoken = calls.Source(root, FOLDERS)
    for function in spoken.functions:
        for record in spoken.records(function):
            if record.open:
                continue
            names = [name for name in record.code if CODE.match(name)]
            for number, name in enumerate(names):
                paired = len(names) == len(record.zh) == len(record.en) and len(names) > 1
                chosen = slice(number, number + 1) if paired else slice(None)
                articles = record.article[chosen] if paired and len(record.article) == len(names) \
                    else record.article
                code(name).add(articles, record.zh[chosen], record.en[chosen], function.path)
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.c")):
            words = path.read_text()
            where = str(path.relative_to(root))
            for row in table_rows(words):
                if CODE.match(row["code"]):
                    article = [row["article"]] if row.get("article") else []
                    code(row["code"]).add(article, [sentence(row, "zh")], [sentence(row, "en")],
                                          where)
            for name, chinese, english in SINGLE.findall(words):
                code(name.strip('"')).add([], calls.texts(chinese, "", set()),
                                          calls.texts(english, "", set()), where)
    return dict(sorted(found.items()))
