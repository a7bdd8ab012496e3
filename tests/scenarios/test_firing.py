"""test_firing - thousands of deadlines due in one second fire whole, in order, none twice, kill or not.

award-bench writes 20,000 deadlines into the journal of an office on the real clock, 5,000 of them
due a few seconds later. The coordinator is killed while they fire and started again. Then the
journal is read as the supervision committee sees it: each deadline that was due fired once, not
before its moment, in the order of names, whatever the kill cut off.
"""
import time
import unittest

import wire
from rig import DAEMON, PATIENCE, Office

OPEN, DUE, AHEAD = 20000, 5000, 8
TRIES = 5  # a kill before the first or after the last has fired shows nothing


class RealClock(Office):
    """An office on the machine's own clock, with many deadlines."""

    def init(self):
        self.ctl("init", str(self.home), "--city", "重庆", "--clock", "system",
                 "--people", str(self.people), home=False)
        self.run("award-bench", "--home", str(self.home), "--make-deadlines", str(OPEN),
                 "--due", str(DUE), "--in", str(AHEAD))
        self.rebuild()

    def wait_entry(self, entry):
        """Returns the last entry as soon as this one is durable."""
        end = time.monotonic() + PATIENCE
        while (last := self.last_entry()) < entry:
            assert time.monotonic() < end, f"entry {entry} did not come, the last is {last}"
        return last

    def items_after(self, entry):
        """What is on record behind an entry, as the supervision committee sees it."""
        found, more = [], True
        while more:
            reply = self.wire("supervision").ask("entries", **{"from": entry + len(found) + 1})
            found += wire.plain(reply).get("entries", {}).get("items", [])
            more = reply.more
        return found


def due_names(items):
    return [item["event"]["deadline_due"]["deadline"] for item in items
            if "deadline_due" in item["event"]]


class Firing(unittest.TestCase):
    def fire_and_kill(self, office):
        """The last entry before the first that fired; all of them have in the end."""
        office.start(DAEMON)
        before = office.last_entry()
        office.wait_entry(before + 1)
        office.wires_close()
        office.kill(DAEMON)
        office.verify()
        office.start(DAEMON)
        office.wait_entry(before + DUE + 1)  # and the start
        return before

    def test_all_of_one_second_fire_in_order_and_once_across_a_kill(self):
        for _ in range(TRIES):
            with RealClock() as office:
                items = office.items_after(self.fire_and_kill(office))
                starts = [i for i, item in enumerate(items) if "started" in item["event"]]
                self.assertEqual(len(items), DUE + 1)
                self.assertEqual(len(starts), 1)
                names = due_names(items)
                # Every fourth of the deadlines, by the numbers in their names.
                self.assertEqual([int(name[13:22]) for name in names],
                                 list(range(0, OPEN, OPEN // DUE)))
                moments = {change["deadline"]["end"] for item in items
                           for change in item.get("changes", []) if "deadline" in change}
                self.assertEqual(len(moments), 1)
                self.assertTrue(all(item["recorded"] > moment for item in items for moment in moments))
                if 0 < starts[0] < DUE:
                    return
        self.fail(f"in {TRIES} tries no kill came in the middle")


if __name__ == "__main__":
    unittest.main()
