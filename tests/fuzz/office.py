"""office - the year whose office the fuzz target of the envelope talks to, as lines for played.h

    office.py FILE

A random year of the second implementation (tests/second/generator.py), always the same one, broken
off where cases stand at many stages.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/second"))
from compare import genesis  # noqa: E402
from generator import Year  # noqa: E402

SEED = 13
SHARE = 0.75  # of its lines


def lines():
    """The genesis, the lines that are played, and those that would have come after them."""
    year = Year(SEED)
    cut = int(len(year.lines) * SHARE)
    return genesis(year.header), year.lines[:cut], year.lines[cut:]


if __name__ == "__main__":
    first, played, _ = lines()
    pathlib.Path(sys.argv[1]).write_text("".join(
        json.dumps(line, ensure_ascii=False) + "\n" for line in (first, *played)))
