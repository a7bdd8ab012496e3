"""test_full_disk - a disk that is really full: under the journal, the state, the spool

Each lies in turn on a small file system of its own, a file that is mounted (disks.py). It is filled
to the last block, by load or by a file. Who reports something then is told that it is not on record
and what to do, nothing that was acknowledged is lost, and once there is room everything goes on
without a restart. (Room that ends by a limit on the size of a file: test_doors.py, test_firing.py.)
"""
import json
import signal
import time
import unittest

import disks
import findings
import rig
import wire
from counterparts import MailServer
from findings import LOADERS
from real_office import WORKER, RealOffice
from rig import DAEMON, Office
from test_kill import LINES

MISSING = disks.missing()
PATIENCE = 30
POLICY = """
delivery_attempts: 10
delivery_first_wait: 1
delivery_longest_wait: 1
ladders:
  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}
"""


def until(look, patience=PATIENCE):
    """What `look` finds, once it finds something. Nothing tells when, so it is asked again."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")


class OnSmallDisk:
    """An office, a directory of which lies on a disk of its own until its processes have ended."""
    disk = None

    def put_on_disk(self, directory):
        self.disk = disks.SmallDisk.under(self.home / directory)

    def abandon(self):
        if self.disk:
            self.disk.thaw()  # who waits for it cannot be killed
        for name in list(self.running):
            self.kill(name)
        if self.disk:
            self.disk.close()
        super().abandon()


class DiskOffice(OnSmallDisk, Office):
    pass


class DiskRealOffice(OnSmallDisk, RealOffice):
    pass


class Loader(findings.Loader):
    """Reports until the disk is full."""
    text = "记" * 2000

    def send(self, batch):
        answers = self.connection.request(events=self.message(batch)).answers.answers
        return {answer.id: wire.plain(answer) for answer in answers}

    def run(self):
        batch = 0
        while not self.rejected():
            self.answers.update(self.send(batch))
            batch += 1
        self.batches = batch

    def rejected(self):
        return {name: answer for name, answer in self.answers.items()
                if answer["outcome"] == "rejected"}

    def acknowledged(self):
        return {name: answer["entry"] for name, answer in self.answers.items()
                if answer["outcome"] == "accepted"}

    def send_again(self):
        return {name: answer for batch in range(self.batches)
                for name, answer in self.send(batch).items()}


@unittest.skipIf(MISSING, MISSING)
class Journal(unittest.TestCase):
    maxDiff = 3000

    def office(self):
        office = DiskOffice()
        self.addCleanup(office.abandon)
        return office

    def told(self, answer):
        """What is not on record is said to be so, with what to do, in both languages."""
        [reason] = answer["reasons"]
        self.assertEqual((reason["code"], reason["article"]), ("disk_full", "limit"), answer)
        self.assertIn("磁盘已满", reason["zh"])
        self.assertIn("腾出空间", reason["zh"])
        self.assertRegex(reason["en"], "disk is full.*send it again")
        self.assertNotIn("entry", answer)

    def test_load_to_the_brim_is_told_so_and_goes_on_when_there_is_room(self):
        office = self.office()
        office.put_on_disk("data/journal")
        office.disk.reserve(2 << 20)
        office.start(DAEMON)
        opened = next(line for line in LINES if b"cycle_opened" in line)
        self.assertEqual(office.push_lines([opened])[0]["outcome"], "accepted")
        before = office.last_entry()
        loaders = [Loader(office, number) for number in range(LOADERS)]
        for loader in loaders:
            self.addCleanup(loader.connection.close)
            loader.start()
        for loader in loaders:
            loader.join(rig.PATIENCE)
        acknowledged = {name: entry for loader in loaders
                        for name, entry in loader.acknowledged().items()}
        for loader in loaders:
            for answer in loader.rejected().values():
                self.told(answer)
        self.assertGreater(len(acknowledged), 100)
        self.assertEqual(sorted(acknowledged.values()),
                         list(range(before + 1, before + 1 + len(acknowledged))))
        self.assertEqual(office.last_entry(), before + len(acknowledged))
        self.assertRegex(office.log(), r"ERROR .*disk full, a group of events was not written.* reason="
                         r"\"\S+/journal\.mdb: .*腾出空间.*make room")
        office.verify()
        office.disk.make_room()
        again = {name: answer for loader in loaders for name, answer in loader.send_again().items()}
        self.assertEqual({answer["outcome"] for answer in again.values()}, {"accepted"})
        self.assertEqual({name: answer["entry"] for name, answer in again.items()
                          if answer.get("repeated")}, acknowledged)
        office.close()

    def test_a_year_on_a_disk_that_fills_up_in_its_middle_comes_out_as_on_a_large_one(self):
        with Office() as calm:
            calm.start()
            calm.push_lines(LINES, "--settle")
            expected = calm.cases_shown()
        office = self.office()
        office.put_on_disk("data/journal")
        office.start()
        office.push_lines(LINES[:200], "--settle")
        office.disk.fill()
        full = []
        for line in range(200, len(LINES)):
            [row] = office.push_lines([LINES[line]])
            if row["outcome"] == "rejected":
                full.append(row["code"])
                break
        self.assertEqual(full, ["disk_full"])
        [row] = office.push_lines([LINES[0]])
        self.assertTrue(row["repeated"])
        office.disk.make_room()
        rows = office.push_lines(LINES, "--settle")
        self.assertNotIn("disk_full", {row.get("code") for row in rows})
        self.assertEqual(office.cases_shown(), expected)
        office.close()


@unittest.skipIf(MISSING, MISSING)
class Delivery(unittest.TestCase):
    def test_what_went_out_and_could_not_be_put_on_record_goes_out_once(self):
        server = MailServer()
        self.addCleanup(server.close)
        office = DiskRealOffice(POLICY)
        self.addCleanup(office.abandon)
        office.channels_write(mail={"url": f"smtp://127.0.0.1:{server.port}", "tls": "none",
                                    "from": "award@cq.example.cn"})
        office.put_on_disk("data/journal")
        office.start(DAEMON)
        office.ctl("address", "office", "--mail", "office@example.cn", "--as", "office")
        office.push_lines([{"principal": "office", "message_tried": {
            "person": "office", "channel": "mail"}}])
        office.disk.fill()
        registered = (json.loads(line) for line in LINES if b"enterprise_registered" in line)
        rows = (office.push_lines([{**line, "at": None}])[0] for line in registered)
        self.assertTrue(any(row.get("code") == "disk_full" for row in rows))
        office.start(WORKER)
        server.next()
        office.running[WORKER].wait_line(r"a result was rejected.* code=disk_full", 3)
        [waiting] = office.messages(undelivered=True)
        self.assertEqual(waiting.get("attempts", 0), 0)
        office.disk.make_room()
        office.message_until({"state": "delivered", "message": waiting["message"]})
        office.close()
        self.assertTrue(server.messages.empty(), "it went out twice")


@unittest.skipIf(MISSING, MISSING)
class State(unittest.TestCase):
    maxDiff = 3000

    def setUp(self):
        self.office = DiskOffice()
        self.addCleanup(self.office.abandon)
        self.office.put_on_disk("data/state")
        self.office.start(DAEMON)
        self.office.disk.fill()

    def push(self, first, last):
        rows = self.office.push_lines(LINES[first:last])
        self.assertEqual({row["outcome"] for row in rows} & {"rejected"}, set())

    def said(self, which=1):
        line = self.office.running[DAEMON].wait_line(r"disk full, the state stays in memory", which)
        self.assertRegex(line, r"/state\.mdb: .*腾出空间.*make room")

    def test_events_are_taken_as_before_and_it_is_written_when_there_is_room(self):
        self.push(0, 120)
        self.said()
        status = self.office.ask("status", "office")
        self.assertLess(status.get("written_entry", 0), status["last_entry"])
        self.push(120, 140)
        last = self.office.last_entry()
        self.assertNotIn(f"state entry={last} ", self.office.verify())
        self.office.disk.make_room()
        # By a process beside it: who asks the coordinator keeps it from being idle.
        until(lambda: f"state entry={last} " in self.office.verify())
        self.office.close()

    def test_killed_or_stopped_meanwhile_it_is_made_of_the_journal(self):
        self.push(0, 120)
        self.said()
        self.office.wires_close()
        self.office.kill(DAEMON)
        self.office.start(DAEMON)
        self.push(0, 140)
        self.said()
        self.office.wires_close()
        stopping = self.office.running.pop(DAEMON)
        self.assertEqual(stopping.end(signal.SIGTERM), 4)
        self.assertRegex(stopping.lines[-2], r"could not be written.* reason=\"\S+/state\.mdb: .*make room")
        self.office.start(DAEMON)
        rows = self.office.push_lines(LINES[:140])
        self.assertTrue(all(row["repeated"] for row in rows if row["outcome"] != "pending"))
        self.office.disk.make_room()
        self.office.close()


@unittest.skipIf(MISSING, MISSING)
class Locks(unittest.TestCase):
    def test_a_lock_file_that_finds_no_room_is_a_full_disk_and_no_damage(self):
        """LMDB's, as after a restore: it would write through a map into a file with a hole."""
        office = DiskOffice()
        self.addCleanup(office.abandon)
        office.start(DAEMON)
        office.stop()
        office.put_on_disk("data/state")
        (office.home / "data/state/state.mdb-lock").unlink()
        office.disk.fill()
        for words in ((), ("verify",)):
            with self.subTest(words):
                done = office.run(DAEMON, "-c", str(office.home / "awardd.yaml"), *words, fine=(4,))
                self.assertRegex(done.stderr, r"/state\.mdb: .*腾出空间.*make room")
        office.disk.make_room()
        office.verify()
        office.start(DAEMON)
        office.close()


@unittest.skipIf(MISSING, MISSING)
class Spool(unittest.TestCase):
    def setUp(self):
        self.office = DiskRealOffice(POLICY)
        self.addCleanup(self.office.abandon)
        self.office.put_on_disk("spool")
        self.office.start(DAEMON, WORKER)
        self.spool = self.office.home / "spool"

    def spooled(self):
        """Messages in the spool, or on their way into it."""
        return sorted(path.name for path in self.spool.iterdir()
                      if path.name not in ("ballast", "lost+found", "names"))

    def test_a_message_waits_and_is_there_once_when_there_is_room(self):
        for filled, emptied in ((self.office.disk.fill, self.office.disk.make_room),
                                (self.office.disk.fill_names, self.office.disk.make_names)):
            with self.subTest(filled.__name__):
                before = self.spooled()
                filled()
                done = self.office.ctl("alert", "test", "spool", "office", "--as", "office",
                                       fine=(1,))
                for said in ("无法写入（No space left on device）", "检查权限和磁盘空间",
                             "the room on its disk"):
                    self.assertIn(said, done.stdout + done.stderr)
                self.assertEqual(self.spooled(), before)
                [waiting] = self.office.messages(undelivered=True)
                shown = self.office.ctl("alerts", "--undelivered", "--as", "office").stdout
                self.assertIn("No space left on device", shown)
                emptied()
                row = self.office.message_until({"state": "delivered",
                                                 "message": waiting["message"]})
                self.assertGreater(row["attempts"], 0)
                [added] = set(self.spooled()) - set(before)
                self.assertEqual(row["reply"], f"spooled: {added}")
        self.office.close()


if __name__ == "__main__":
    unittest.main()
