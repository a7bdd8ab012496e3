"""A genesis that somebody has spoiled by hand: a database that is sound, or none and a sentence why."""
import copy
import json
import random
import shutil
import subprocess
import unittest

import test_init
from rig import BIN, PATIENCE, environment

SEED = 20150301
SPOILED = 150  # in each of two offices
VALUES = (None, "", " ", 0, -1, 2**63 - 1, -2**63, "x" * 5000, [], {}, True, "a\nb", "\0", "2018-13-45", "0" * 64, [{}], [[]])
MADE, REFUSED = 0, 3


def places(part, path=()):
    """Where something stands in it; of a list its first three."""
    if path:
        yield path
    rows = part.items() if isinstance(part, dict) else enumerate(part[:3]) if isinstance(part, list) else ()
    for key, value in rows:
        yield from places(value, (*path, key))


def text_spoil(draw, text):
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(' :\n\t#"x9-é[{') + text[at + draw.randrange(2):]


def spoil(draw, genesis, path):
    """Takes something out, doubles it, or puts something else there."""
    *way, last = path
    part = genesis
    for key in way:
        part = part[key]
    how = draw.randrange(4)
    if how == 0:
        del part[last]
    elif how == 1 and isinstance(part, list):
        part.append(copy.deepcopy(part[last]))
    elif how == 2 and isinstance(part[last], str):
        part[last] = text_spoil(draw, part[last])
    else:
        part[last] = draw.choice(VALUES)


class Spoiled(test_init.Scratch):
    def awardd(self, *words):
        return subprocess.run([str(BIN / "awardd"), "-c", str(self.home / "awardd.yaml"), *words],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                              env=environment(), timeout=PATIENCE, check=False)

    def spoiled_ones(self, *clock):
        self.init(str(self.home), "--city", "重庆", *clock)
        file, data, draw = self.home / "genesis.json", self.home / "data", random.Random(SEED)
        whole = json.loads(file.read_text())
        paths = list(places(whole))
        ended = {MADE: 0, REFUSED: 0}
        for number in range(SPOILED):
            genesis = copy.deepcopy(whole)
            spoil(draw, genesis, draw.choice([*paths, *[path for path in paths if len(path) == 1] * 10]))
            file.write_text(json.dumps(genesis, ensure_ascii=False))
            shutil.rmtree(data, ignore_errors=True)
            with self.subTest(number=number):
                done = self.awardd("--create", str(file))
                ended[done.returncode] += 1
                if done.returncode == MADE:
                    self.assertEqual(self.awardd("verify").returncode, 0)
                else:
                    self.assertTrue(done.stderr.startswith("awardd: "), done.stderr)
                    self.assertFalse(data.exists())
        self.assertGreater(min(ended.values()), 10)

    def test_of_an_office_on_the_system_clock(self):
        self.spoiled_ones()

    def test_of_a_rehearsal(self):
        self.spoiled_ones("--clock", "manual", "--start", "2018-02-26T09:00:00+08:00")


if __name__ == "__main__":
    unittest.main()
