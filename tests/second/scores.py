"""scores - sheets of seven categories, points and exact fractions (15, 16(3)-(6); decision 11)."""
import re
from fractions import Fraction

from constants import (AWARD_SCORE, CATEGORIES, DOCUMENT_PERCENT, NOMINATION_SCORE, SITE_PERCENT)

_POINTS = re.compile(r"\d+(\.\d{1,2})?$")


def points(text):
    """Hundredths of a text like 85.50; None where it is no score: negative, more than two decimals."""
    if not isinstance(text, str) or not _POINTS.match(text):
        return None
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int((rest + "00")[:2])


def points_text(hundredths):
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def sheet_total(scores):
    """The total of a sheet in hundredths, or None where a category is missing, unknown, twice there,
    negative, too exact, or above its maximum (15): refused, never rounded."""
    seen = {}
    for row in scores:
        item, value = row.get("item"), points(row.get("points"))
        if item not in CATEGORIES or item in seen or value is None or value > CATEGORIES[item]:
            return None
        seen[item] = value
    return sum(seen.values()) if len(seen) == len(CATEGORIES) else None


def track(*totals):
    """award, nomination or None (out): the lower of the scores decides (16(3), decision 7)."""
    lowest = min(totals)
    if lowest >= AWARD_SCORE:
        return "award"
    return "nomination" if lowest >= NOMINATION_SCORE else None


def review_score(document, site):
    """16(6).1: 20 % document and 80 % site, in points."""
    return Fraction(document * DOCUMENT_PERCENT + site * SITE_PERCENT, 100 * 100)


def defence_score(given):
    """16(4), decision 11: the mean of the panel as an exact fraction, in points."""
    return Fraction(sum(given), len(given) * 100)
