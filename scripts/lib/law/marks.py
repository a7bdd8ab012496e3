"""marks - which articles, decisions and fine points a comment or a string names.

    16(3)  16(5).3  16(3)s4  12(2)-(4)  12(2) to 12(4)  20-21  Article 22  第十五条
    decision 7  decisions 1 and 2  决定1、2  F-tie-1

An article without an item is read only where a mark is expected (`plain`): "7 days" is none.
Each mark is the id of a unit ("16(5).3"), of a sentence ("16(3)s4"), "decision 7" or "F-tie-1".
"""
import re

from law.text import number

UNIT = r"\d{1,2}(?:\(\d{1,2}\))(?:\.\d)?(?:s\d)?|\d{1,2}s\d"
RANGE_ITEMS = re.compile(r"\b(\d{1,2})\((\d{1,2})\)\s*(?:-|–|to|至|到)\s*(?:(\d{1,2})(?=\())?\((\d{1,2})\)")
RANGE_POINTS = re.compile(r"\b(\d{1,2}\(\d{1,2}\))\.(\d)\s*-\s*(\d)\b")
RANGE_ARTICLES = re.compile(r"(?<![\d.(-])(\d{1,2})\s*(?:-|至|到)\s*(\d{1,2})(?![\d.(])")
EXACT = re.compile(r"(?<![\w.])(" + UNIT + r")(?![\w(])")
PLAIN = re.compile(r"(?<![\d.(\w-])(\d{1,2})(?![\d.(\w%-])")
NAMED = re.compile(r"\b[Aa]rticles?\s+(\d{1,2}(?:\s*(?:,|and|to|-)\s*\d{1,2})*)(?![\d(.s])")
CHINESE = re.compile(r"第([一二三四五六七八九十]+)条|第([一二三四五六七八九十、至]+)条")
DECISION = re.compile(r"(?:decisions?|决定)\s*(\d{1,2}(?:\s*(?:,|、|and|to|至|-)\s*\d{1,2})*)")
FINE = re.compile(r"\bF-[a-z]+-\d+\b")
POLICY = re.compile(r"\bpolicy\b|政策")
LAST_ARTICLE = 24
LAST_DECISION = 30


def numbers(words, last):
    """The numbers of "1, 2 and 5", "17-19", "11 to 13"."""
    found = []
    pieces = re.split(r"\s*(,|、|and|to|至|-)\s*", words)
    previous = None
    joint = ","
    for piece in pieces:
        if not piece.isdigit():
            joint = piece
            continue
        value = int(piece)
        first = previous + 1 if joint in ("to", "至", "-") and previous is not None else value
        found += [n for n in range(first, value + 1) if 1 <= n <= last]
        previous = value
    return found


def add(found, mark):
    if mark not in found and 1 <= int(re.match(r"\d+", mark)[0]) <= LAST_ARTICLE:
        found.append(mark)


def articles(words, plain):
    found = []

    def items(match):
        article, first, other, last = match.groups()
        if other in (None, article):
            for item in range(int(first), int(last) + 1):
                add(found, f"{article}({item})")
        return " "

    def points(match):
        for point in range(int(match[2]), int(match[3]) + 1):
            add(found, f"{match[1]}.{point}")
        return " "

    words = RANGE_ITEMS.sub(items, words)
    words = RANGE_POINTS.sub(points, words)
    for match in EXACT.finditer(words):
        add(found, match[1])
    words = EXACT.sub(" ", words)
    for match in NAMED.finditer(words):
        for n in numbers(match[1], LAST_ARTICLE):
            add(found, str(n))
    for match in CHINESE.finditer(words):
        ends = [number(part) for part in re.split("[、至]", match[1] or match[2]) if part]
        span = range(ends[0], ends[-1] + 1) if "至" in match[0] else ends
        for n in span:
            add(found, str(n))
    if plain:
        for match in RANGE_ARTICLES.finditer(words):
            for n in range(int(match[1]), int(match[2]) + 1):
                if n <= LAST_ARTICLE:
                    add(found, str(n))
        for match in PLAIN.finditer(RANGE_ARTICLES.sub(" ", words)):
            if int(match[1]) <= LAST_ARTICLE:
                add(found, match[1])
    return found


def read(words, plain=False, policy=False):
    """The marks of a text, in its order of kinds, none twice. `policy` is decision 28."""
    found = []
    for match in FINE.finditer(words):
        found.append(match[0])
    words = FINE.sub(" ", words)
    for match in DECISION.finditer(words):
        found += [f"decision {n}" for n in numbers(match[1], LAST_DECISION)]
    words = DECISION.sub(" ", words)
    words = re.sub(r"Civil Code [\d\s,-]+(?:and \d+)?", " ", words)
    if policy and POLICY.search(words):
        found.append("decision 28")
    found += articles(words, plain)
    return list(dict.fromkeys(found))
