"""credit_code - the unified social credit code, GB 32100-2015: 18 characters, the last a check."""

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {letter: value for value, letter in enumerate(LETTERS)}
WEIGHTS = [pow(3, place, 31) for place in range(17)]


def check_character(first):
    """The last character for the first 17."""
    total = sum(VALUES[letter] * weight for letter, weight in zip(first, WEIGHTS))
    return LETTERS[-total % 31]


def valid(code):
    if len(code) != 18 or any(letter not in VALUES for letter in code):
        return False
    return check_character(code[:17]) == code[17]


def made(number, region="500000"):
    """A valid code, for the generator: number differs for each enterprise."""
    body = "91" + region + f"{number:09d}"
    return body + check_character(body)
