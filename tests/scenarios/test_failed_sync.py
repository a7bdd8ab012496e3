"""test_failed_sync - a disk that fails: a write or a sync of the journal or the state ends with EIO

libfiu lies between awardd and the C library and fails calls with the error of a broken disk when it
is told to. The coordinator must end with the status of its storage and say so, whatever comes after:
nobody may be answered as if the data were there. Started again on a disk that works, it has all that
it had acknowledged, and of each other group all or nothing. (msync is not tried: LMDB writes through
no map here, so it never calls it.)
"""
import os
import pathlib
import signal
import subprocess
import unittest
import unittest.mock

import disks
import findings
import rig
import wire
from findings import LOADERS
from rig import DAEMON, PATIENCE, Office
from test_firing import DUE, RealClock, due_names
from test_kill import LINES

LIBRARIES = next(pathlib.Path("/usr/lib").glob("**/fiu"), None)
EIO = 5
STORAGE = 4  # exit status
LITTLE = 960 * 1024  # bytes of room that the state still fits into
MISSING = disks.missing()
SYNC, WRITE, WRITE_MANY = "posix/io/sync/fdatasync", "posix/io/rw/pwrite", "posix/io/rw/writev"


def setUpModule():
    rig.optimised()  # what is preloaded cannot be beside a sanitizer
    assert LIBRARIES, "install the package fiu-utils"


class Failing:
    """An office whose coordinator's disk can be made to fail."""

    def start_failing(self):
        preload = " ".join(str(LIBRARIES / name) for name in
                           ("fiu_run_preload.so", "fiu_posix_preload.so"))
        with unittest.mock.patch.dict(os.environ, {
                "LD_PRELOAD": preload, "FIU_CTRL_FIFO": str(self.home / "fiu")}):
            self.start(DAEMON)

    def fail(self, call, how="enable", more=""):
        """From now on this call fails, or with the probability in `more`."""
        pid = self.running[DAEMON].popen.pid
        subprocess.run(["fiu-ctrl", "-f", str(self.home / "fiu"), "-c",
                        f"{how} name={call},failinfo={EIO}{more}", str(pid)], check=True)

    def ended(self):
        """Waits until the coordinator has ended by itself; its status."""
        self.wires_close()
        process = self.running.pop(DAEMON)
        status = process.popen.wait(PATIENCE)
        process.reader.join(PATIENCE)
        process.popen.stderr.close()
        self.said.append(process)
        return status


class FailingOffice(Failing, Office):
    pass


class FailingRealClock(Failing, RealClock):
    pass


class Loader(findings.Loader):
    """Reports until the coordinator is gone."""

    def __init__(self, office, number):
        super().__init__(office, number)
        self.process = office.running[DAEMON]
        self.sent = 0

    def run(self):
        while not self.process.over:
            self.connection.send(events=self.message(self.sent))
            self.sent += 1
            while not self.process.over and not self.connection.socket.poll(50):
                pass
            self.take()

    def take(self):
        while self.connection.socket.poll(0):
            for answer in self.connection.receive().answers.answers:
                self.answers[answer.id] = wire.plain(answer)


class Fails(unittest.TestCase):
    def setUp(self):
        self.office = FailingOffice()
        self.addCleanup(self.office.abandon)

    def said(self, file):
        self.assertRegex(self.office.log(), rf"ERROR .*storage failed, stopping.* reason=\"\S+/{file}: "
                         r"读写失败（[^）]+），请停止程序并检查磁盘和权限。 .*check disk")


class Journal(Fails):
    def load_until_it_fails(self, *how):
        """The loaders, when the coordinator has ended in the middle of their load."""
        self.office.start_failing()
        loaders = [Loader(self.office, number) for number in range(LOADERS)]
        for loader in loaders:
            self.addCleanup(loader.connection.close)
            loader.start()
        entry = self.office.last_entry()
        while self.office.last_entry() < entry + 100:
            pass
        self.office.fail(*how)
        self.assertEqual(self.office.ended(), STORAGE)
        for loader in loaders:
            loader.join(PATIENCE)
            loader.take()
        return loaders

    def check(self, loaders):
        """After a start all that was answered is there, and of each message all or nothing."""
        self.office.verify()
        self.office.start(DAEMON)
        for loader in loaders:
            self.assertTrue(loader.answers)
            self.assertEqual({answer["outcome"] for answer in loader.answers.values()},
                             {"accepted"})
            for batch in range(loader.sent):
                answers = self.office.wire("supervision").request(
                    events=loader.message(batch)).answers.answers
                self.assertEqual(len({answer.repeated for answer in answers}), 1, batch)
                for answer in answers:
                    known = loader.answers.get(answer.id)
                    if known:
                        self.assertEqual((answer.repeated, answer.entry), (True, known["entry"]))
        self.office.close()

    def fails(self, *how):
        self.office.start(DAEMON)
        opened = next(line for line in LINES if b"cycle_opened" in line)
        self.assertEqual(self.office.push_lines([opened])[0]["outcome"], "accepted")
        self.office.stop(DAEMON)
        loaders = self.load_until_it_fails(*how)
        self.said(r"journal\.mdb")
        self.check(loaders)

    def test_a_sync_that_fails_once(self):
        self.fails(SYNC, "enable", ",onetime")

    def test_syncs_that_fail_from_then_on(self):
        self.fails(SYNC)

    def test_a_write_that_fails_once(self):
        self.fails(WRITE, "enable", ",onetime")

    def test_a_write_of_several_pages_that_fails(self):
        self.fails(WRITE_MANY)

    def test_writes_that_fail_now_and_then(self):
        self.fails(WRITE, "enable_random", ",probability=0.2")


class State(Fails):
    def test_a_sync_of_the_state_that_fails(self):
        self.written_state_fails(SYNC)

    def test_a_write_of_the_state_that_fails(self):
        self.written_state_fails(WRITE)

    @unittest.skipIf(MISSING, MISSING)
    def test_a_sync_of_the_state_that_fails_where_little_room_is_left_is_no_full_disk(self):
        disk = disks.SmallDisk.under(self.office.home / "data/state")
        self.addCleanup(disk.close)
        disk.reserve(disk.room() - LITTLE)
        self.written_state_fails(SYNC)

    def written_state_fails(self, call):
        self.office.start_failing()
        rows = self.office.push_lines(LINES[:100])
        self.office.fail(call)  # nothing comes any more, so the state is written next
        self.assertEqual(self.office.ended(), STORAGE)
        self.said(r"state\.mdb")
        self.office.verify()
        self.office.start(DAEMON)
        again = self.office.push_lines(LINES[:100])
        self.assertTrue(all(row["repeated"] for row in again))
        for row, before in zip(again, rows, strict=True):
            if before["outcome"] == "accepted":  # what was pending has the entry that settled it
                self.assertEqual(row["entry"], before["entry"])
        self.office.close()

    def test_a_stop_that_cannot_be_written_ends_with_the_status_of_the_storage(self):
        self.office.start_failing()
        self.office.push_lines(LINES[:20])
        self.office.fail(SYNC)
        self.office.running[DAEMON].popen.send_signal(signal.SIGTERM)
        self.assertEqual(self.office.ended(), STORAGE)
        self.assertRegex(self.office.log(), r"ERROR .*the stop could not be written.* reason=\"\S+/journal\.mdb")
        self.office.verify()
        self.office.start(DAEMON)
        self.assertTrue(all(row["repeated"] for row in self.office.push_lines(LINES[:20])))
        self.office.close()


class Due(unittest.TestCase):
    """What is due is appended by a second thread."""

    def test_what_was_due_fires_once_and_in_order_after_the_next_start(self):
        office = FailingRealClock()
        self.addCleanup(office.abandon)
        office.start_failing()
        office.fail(SYNC)
        self.assertEqual(office.ended(), STORAGE)
        self.assertRegex(office.log(), r"ERROR .*storage failed, stopping.* reason=\"\S+/journal\.mdb: 读写失败")
        office.verify()
        office.start(DAEMON)
        office.wait_entry(office.start_entry + DUE + 1)
        names = due_names(office.items_after(office.start_entry))
        self.assertEqual((len(names), len(set(names))), (DUE, DUE))
        self.assertEqual(names, sorted(names))
        office.close()


if __name__ == "__main__":
    unittest.main()
