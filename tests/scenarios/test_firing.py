"""test_firing - thousands of deadlines due in one second fire whole, in order, none twice, kill or not.

award-bench writes 40,000 deadlines into the journal of an office on the real clock, 10,000 of them
due a few seconds later. The coordinator is killed while they fire and started again. Then the
journal is read as the supervision committee sees it: each deadline that was due fired once, not
before its moment, in the order of names, whatever the kill cut off. The same where memory for
changes is so short that the state must be written while they fire.
"""
import re
import resource
import time
import unittest

import wire
from rig import DAEMON, PATIENCE, Office

OPEN, DUE, AHEAD = 40000, 10000, 8
OVERLAY_MEGABYTES_MIN = 8
TRIES = 5  # a kill before the first or after the last has fired shows nothing


class RealClock(Office):
    """An office on the machine's own clock, with many deadlines, of which so many are soon due."""

    def __init__(self, due=DUE):
        self.due = due
        super().__init__()

    def init(self):
        self.ctl("init", str(self.home), "--city", "重庆", "--clock", "system",
                 "--people", str(self.people), home=False)
        self.run("award-bench", "--home", str(self.home), "--make-deadlines", str(OPEN),
                 "--due", str(self.due), "--in", str(AHEAD))
        self.start_entry = int(re.search(r"entry=(\d+)", self.rebuild())[1]) + 1

    def memory_shorten(self):
        """The least memory for changes that an office may have."""
        with (self.home / "awardd.yaml").open("a") as file:
            file.write(f"overlay_megabytes: {OVERLAY_MEGABYTES_MIN}\n")

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
        office.start(DAEMON)
        office.wait_entry(office.start_entry + 1)
        office.wires_close()
        office.kill(DAEMON)
        office.verify()
        office.start(DAEMON)
        office.wait_entry(office.start_entry + DUE + 1)  # and the second start

    def check(self, items, due=DUE):
        """Each that was due, in order, once, at its time: evenly spread, by the numbers in names."""
        fired = [item for item in items if "deadline_due" in item["event"]]
        self.assertEqual([int(name[13:22]) for name in due_names(fired)],
                         list(range(0, OPEN, OPEN // due)))
        moments = {change["deadline"]["end"] for item in fired
                   for change in item["changes"] if "deadline" in change}
        self.assertEqual(len(moments), 1)
        self.assertTrue(all(item["recorded"] > moment for item in fired for moment in moments))

    def test_all_of_one_second_fire_in_order_and_once_across_a_kill(self):
        for _ in range(TRIES):
            with RealClock() as office:
                self.fire_and_kill(office)
                items = office.items_after(office.start_entry)
                self.check(items)
                self.assertEqual(len(items), DUE + 1)
                start = next(i for i, item in enumerate(items) if "started" in item["event"])
                if 0 < start < DUE:
                    return
        self.fail(f"in {TRIES} tries no kill came in the middle")

    def test_what_finds_no_room_on_the_disk_is_tried_each_second_and_fires_when_there_is(self):
        with RealClock() as office:
            office.start(DAEMON)
            process = office.running[DAEMON]
            resource.prlimit(process.popen.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
            process.wait_line("disk full")
            seen = time.monotonic()
            process.wait_line("disk full", 2)
            self.assertGreater(time.monotonic() - seen, 0.8)
            self.assertLess(office.last_entry(), office.start_entry + DUE)
            resource.prlimit(process.popen.pid, resource.RLIMIT_FSIZE,
                             (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            office.wait_entry(office.start_entry + DUE)
            self.check(office.items_after(office.start_entry))

    def test_the_state_is_written_while_they_fire(self):
        with RealClock(OPEN) as office:
            office.memory_shorten()
            office.start(DAEMON)
            last, written = 0, set()
            end = time.monotonic() + PATIENCE
            while last < office.start_entry + OPEN:
                self.assertLess(time.monotonic(), end)
                status = office.ask("status", "office")
                last = status["last_entry"]
                written.add(status["written_entry"])
            first, after = office.start_entry + 1, office.start_entry + OPEN
            self.assertTrue(any(first < entry < after for entry in written), written)
            self.check(office.items_after(office.start_entry), OPEN)


if __name__ == "__main__":
    unittest.main()
