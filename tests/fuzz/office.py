"""office - the year whose offices the fuzz target of the envelope talks to, as lines for played.h

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
SHARE = 0.9  # of its lines


def lines():
    """The genesis and the events that are played."""
    year = Year(SEED)
    return [genesis(year.header), *year.lines[:int(len(year.lines) * SHARE)]]


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text("".join(
        json.dumps(line, ensure_ascii=False) + "\n" for line in lines()))
