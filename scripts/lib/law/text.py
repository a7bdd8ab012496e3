"""text - the Chinese text of the regulation, as chapters, units and sentences with stable ids.

A unit is what has a number: an article ("16"), an item of it ("16(3)"), a point of an item
("16(5).3"). Its sentences are "16(3)s1", "16(3)s2" ...; what stands before the first article is
unit "0". The file is kept as it was received, page breaks and all: a paragraph that a page break
tore is joined again here, and nothing else is changed.
"""
import re

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
CHAPTER = re.compile(r"^第([一二三四五六七八九十]+)章\s*(.*)$")
ARTICLE = re.compile(r"^第([一二三四五六七八九十]+)条\s*(.*)$")
ITEM = re.compile(r"^(?:- )?[（(]([一二三四五六七八九十]+)[）)]\s*(.*)$")
POINT = re.compile(r"^(\d)\.\s*(.*)$")
PAGE_NUMBER = re.compile(r"^—\s*\d+\s*—$")
ENDS = "。；：:"
HEADING_MAX = 6  # "计算得分。" opens its sentence; it is none by itself
LEADS_IN = re.compile(r"(职责|主要程序|下列要求)：$")


def number(words):
    """十六 -> 16"""
    if "十" not in words:
        return DIGITS[words]
    tens, ones = words.split("十")
    return 10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0)


class Sentence:
    def __init__(self, unit, ordinal, words):
        self.id = f"{unit}s{ordinal}"
        self.unit = unit
        self.words = words

    @property
    def heading(self):
        """A title, or a phrase that only leads in to the items below it."""
        return self.words[-1] not in "。；：" or bool(LEADS_IN.search(self.words))


class Unit:
    def __init__(self, unit_id, label, chapter):
        self.id = unit_id
        self.label = label
        self.chapter = chapter
        self.paragraphs = []
        self.sentences = []

    @property
    def article(self):
        return int(self.id.split("(")[0])

    def cut(self):
        """Sentences of the paragraphs; a title goes with what it entitles."""
        if self.id == "0":
            self.sentences = [Sentence("0", n, words) for n, words in enumerate(self.paragraphs, 1)]
            return
        pieces = []
        for paragraph in self.paragraphs:
            pieces += [piece for piece in re.split(r"(?<=。)", paragraph) if piece]
        joined = []
        carry = ""
        for index, piece in enumerate(pieces):
            last = index + 1 == len(pieces)
            title = piece[-1] not in ENDS or (len(piece) <= HEADING_MAX and piece[-1] == "。")
            if title and not last:
                carry += piece + ("" if piece[-1] == "。" else "　")
                continue
            joined.append(carry + piece)
            carry = ""
        self.sentences = [Sentence(self.id, n, words) for n, words in enumerate(joined, 1)]


def paragraphs(source):
    """The paragraphs, those that a page break tore joined."""
    found = []
    blank = 0
    inside = False
    for line in source.splitlines():
        line = line.strip()
        if PAGE_NUMBER.match(line):
            blank = max(blank, 2)
            continue
        if not line:
            blank += 1
            continue
        torn = inside and blank > 1 and found and found[-1][-1] not in ENDS
        if torn and not CHAPTER.match(line):
            found[-1] += line
        else:
            found.append(line)
        inside = inside or bool(ARTICLE.match(line))
        blank = 0
    return found


def parse(source):
    """Units in the order of the text."""
    units = [Unit("0", "印发通知", "")]
    chapter = ""
    article = item = ""
    for paragraph in paragraphs(source):
        heading = CHAPTER.match(paragraph)
        if heading:
            chapter = paragraph
            continue
        for pattern, make in ((ARTICLE, "article"), (ITEM, "item"), (POINT, "point")):
            found = pattern.match(paragraph)
            if found and (make == "article" or article):
                break
        else:
            units[-1].paragraphs.append(paragraph)
            continue
        if make == "article":
            article = item = str(number(found[1]))
            units.append(Unit(article, f"第{found[1]}条", chapter))
        elif make == "item":
            item = f"{article}({number(found[1])})"
            units.append(Unit(item, f"（{found[1]}）", chapter))
        else:
            units.append(Unit(f"{item}.{found[1]}", f"{found[1]}.", chapter))
        if found[2]:
            units[-1].paragraphs.append(found[2])
    for unit in units:
        unit.cut()
    return units
