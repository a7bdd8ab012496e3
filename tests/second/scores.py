"""scores - sheets by category or by item, points and exact fractions (15, 16(3)-(6); decision 11)."""
import re
from fractions import Fraction

_POINTS = re.compile(r"\d+(\.\d{1,2})?$")


def points(text):
    """Hundredths of a text like 85.50; None where it is no score: negative, more than two decimals."""
    if not isinstance(text, str) or not _POINTS.match(text):
        return None
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def points_text(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def maximum(rules, name):
    """Of a category, or of an item, whose name is CATEGORY.ITEM; None where there is none."""
    category, _, item = name.partition(".")
    return rules.items.get(category, {}).get(item) if item else rules.categories.get(category)


def read_sheet(rules, scores):
    """{category or item: hundredths}, of a category given by items its sum beside them. None where
    a category or item is missing, unknown, twice there, negative, too exact, or above its maximum
    (15): refused, never rounded."""
    seen = {}
    for row in scores:
        name, value = row.get("item") or "", points(row.get("points"))
        most = maximum(rules, name)
        if most is None or name in seen or value is None or value > most:
            return None
        seen[name] = value
    for category in rules.categories:
        items = [f"{category}.{item}" for item in rules.items.get(category, ())]
        given = [name for name in items if name in seen]
        if given:
            if category in seen or len(given) < len(items):
                return None
            seen[category] = sum(seen[name] for name in given)
        elif category not in seen:
            return None
    return seen


def sheet_total(rules, scores):
    """In hundredths, or None where it is no sheet."""
    sheet = read_sheet(rules, scores)
    return sheet and sum(sheet[category] for category in rules.categories)


def track(rules, *totals):
    """award, nomination or None (out): the lower of the scores decides (16(3), decision 7)."""
    lowest = min(totals)
    if lowest >= rules.award_score:
        return "award"
    return "nomination" if lowest >= rules.nomination_score else None


def review_score(rules, document, site):
    """16(6).1: 20 % document and 80 % site, in points."""
    return Fraction(document * rules.document_percent + site * rules.site_percent, 100 * 100)


def defence_score(rules, given):
    """16(4), decision 11: the mean of the panel as an exact fraction, in points; trimmed it is that
    without one highest and one lowest."""
    if rules.trimmed:
        given = sorted(given)[1:-1]
    return Fraction(sum(given), len(given) * 100)
