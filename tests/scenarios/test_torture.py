"""test_torture - 200 kills of the coordinator under load, and of each worker with tasks in hand

The kills are drawn by a seed (AWARD_SEED; AWARD_ROUNDS says how many offices, 4 unless told); a
failure names it with round and moment, and keeps the office. torture.py says what happens and
torture_check.py what must hold; `scripts/torture --hours N` goes on for as long as is wanted.
"""
import collections
import os
import unittest

import rig
import torture

SEED = int(os.environ.get("AWARD_SEED", torture.SEED))
ROUNDS = int(os.environ.get("AWARD_ROUNDS", "4"))


def setUpModule():
    rig.optimised()


class Killed(unittest.TestCase):
    def test_nothing_is_lost_doubled_early_or_otherwise(self):
        calm = torture.calm_outcome()
        resent, landed, fallen = collections.Counter(), collections.Counter(), 0
        for number in range(1, ROUNDS + 1):
            this = torture.round_run(SEED, number, calm)
            print(this.counts(), flush=True)
            resent.update(this.answers.resent)
            landed.update(this.landed)
            fallen += this.fallen
        self.assertEqual(fallen, ROUNDS * (torture.KILLS + 3 * torture.WORKER_KILLS))
        # The kills met what they were meant for: some of what was on its way was on record, some not.
        for what in ("on record", "not on record"):
            self.assertGreater(resent[what], ROUNDS, what)
        for what in ("in a stop", "in a start"):
            self.assertGreater(landed[what], ROUNDS, what)


if __name__ == "__main__":
    unittest.main()
