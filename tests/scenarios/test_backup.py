"""test_backup - copies of the database while it serves, and the way back, into a new epoch.

The year 2018 is pushed while copies are made; each must be sound and stand at an entry of its own.
From one of them the office begins again and is told the year once more.
"""
import json
import os
import re
import shutil
import subprocess
import unittest
from itertools import product

import rig
from rig import DAEMON, YEAR, Office

COPIES = 4
ADDRESS = "li@example.gov.cn"
SERVICE_USER = 12345
WRITING = ("write", "pwrite64", "writev", "fsync", "fdatasync", "unlink")
CALLS_MAX = 12


class Backup(unittest.TestCase):
    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)
        self.office.start()
        self.ctl("address", "selection-committee", "--mail", ADDRESS, "--digest", "no")

    def ctl(self, *arguments, principal="office", fine=(0,)):
        return self.office.ctl(*arguments, "--as", principal, fine=fine)

    def create(self, name, fine=(0,)):
        return self.office.ctl("backup", "create", str(self.office.home / name), fine=fine)

    def stands_at(self, done):
        return int(re.search(r"entry=(\d+) chain=[0-9a-f]{64}", done.stdout)[1])

    def sound(self, name):
        done = self.office.ctl("backup", "verify", str(self.office.home / name))
        self.assertIn("sound", done.stdout)

    def status(self):
        return json.loads(self.ctl("status", "--output", "json").stdout)

    def restore(self, name, fine=(0,)):
        return self.office.ctl("backup", "restore", str(self.office.home / name), fine=fine)

    @unittest.skipUnless(os.geteuid() == 0, "only root can give files away")
    def test_what_root_restores_or_rebuilds_belongs_to_whoever_the_directory_belongs_to(self):
        self.create("copy")
        self.office.wires_close()
        self.office.stop()
        data = self.office.home / "data"
        shutil.rmtree(data)
        data.mkdir()
        os.chown(data, SERVICE_USER, SERVICE_USER)
        self.restore("copy")
        self.assertEqual(self.owners(data), {(SERVICE_USER, SERVICE_USER)})
        self.office.rebuild()
        self.assertEqual(self.owners(data), {(SERVICE_USER, SERVICE_USER)})

    def owners(self, data):
        found = [path.stat() for path in (data, *data.rglob("*"))]
        self.assertGreater(len(found), 6)
        return {(each.st_uid, each.st_gid) for each in found}

    def test_copies_under_load_are_sound_and_the_office_goes_on_from_one(self):
        push = subprocess.Popen([str(rig.BIN / "awardctl"), "--home", str(self.office.home), "push",
                                 str(YEAR), "--settle"], stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)
        entries = [self.stands_at(self.create(f"copy-{number}")) for number in range(COPIES)]
        _, said = push.communicate(timeout=300)
        self.assertIn(push.returncode, (0, 1), said)
        self.assertEqual(entries, sorted(entries))
        self.assertGreater(self.office.last_entry(), entries[0])
        for number in range(COPIES):
            self.sound(f"copy-{number}")
        shown, epoch = self.office.cases_shown(), self.status()["epoch"]
        self.goes_on("copy-1", entries[1], epoch)
        self.assertEqual(self.office.cases_shown(), shown)
        self.office.close()

    def goes_on(self, copy, entry, epoch):
        self.office.wires_close()
        self.office.stop()
        self.restore(copy, fine=(3,))  # the old data are there
        shutil.move(self.office.home / "data", self.office.home / "data-lost")
        self.assertIn(f"restored_entry={entry}", self.restore(copy).stdout)
        self.office.start()
        status = self.status()
        self.assertGreater(int(status["epoch"]), int(epoch))
        self.assertEqual(int(status["last_entry"]), entry + 2)  # restored, started
        journal = self.office.home / "data/journal/journal.mdb"
        self.assertIn(ADDRESS.encode(), journal.read_bytes())
        rows = self.office.push(YEAR, "--settle")
        self.assertIn("accepted", {row["outcome"] for row in rows})

    def test_restoring_twice_from_one_copy_gives_two_epochs(self):
        self.create("copy")
        self.office.wires_close()
        self.office.stop()
        epochs = []
        for number in range(2):
            shutil.move(self.office.home / "data", self.office.home / f"lost-{number}")
            epochs.append(int(re.search(r"epoch=(\d+)", self.restore("copy").stdout)[1]))
        self.assertGreater(epochs[0], 1)
        self.assertGreater(epochs[1], epochs[0])

    def test_what_is_there_is_not_overwritten_and_nothing_half_done_is_left(self):
        self.create("copy")
        said = self.create("copy", fine=(3,)).stderr
        self.assertIn("已经存在且不是空目录，不会被覆盖", said)
        self.sound("copy")
        said = self.create("copy/nonce.key", fine=(3,)).stderr
        self.assertIn("choose another directory", said)
        self.assertIn("No such file", self.create("no/where", fine=(3,)).stderr)
        (self.office.home / "data/nonce.key").rename(self.office.home / "nonce.key")
        self.create("half", fine=(3,))
        self.assertFalse((self.office.home / "half").exists())
        (self.office.home / "nonce.key").rename(self.office.home / "data/nonce.key")
        self.office.close()

    def test_an_empty_directory_is_taken_as_it_is(self):
        """Also where nobody may put another in its place: a disk that is mounted, a link."""
        place = self.office.home / "place"
        (place / "lost+found").mkdir(parents=True)  # as on a disk that is new
        (self.office.home / "link").symlink_to(place)
        before = place.stat().st_ino
        self.create("link")
        self.assertEqual(place.stat().st_ino, before)
        self.sound("place")
        self.office.wires_close()
        self.office.stop()
        shutil.move(self.office.home / "data", self.office.home / "lost")
        data = self.office.home / "data"
        data.mkdir()
        before = data.stat().st_ino
        self.restore("place")
        self.assertEqual(data.stat().st_ino, before)
        self.office.close()

    def test_a_copy_without_the_key_of_its_nonces_is_not_sound(self):
        self.create("copy")
        key = self.office.home / "copy/nonce.key"
        kept = key.read_bytes()
        for left in (None, b"", kept[:31]):
            with self.subTest(left):
                key.unlink() if left is None else key.write_bytes(left)
                done = self.office.ctl("backup", "verify", str(self.office.home / "copy"), fine=(5,))
                self.assertRegex(done.stdout, "finding: nonce.key: .*restore it from a backup")
        key.write_bytes(kept)
        self.sound("copy")
        self.office.close()

    def test_a_damaged_copy_is_found(self):
        self.create("copy")
        state = self.office.home / "copy/journal/journal.mdb"
        content = bytearray(state.read_bytes())
        content[content.index("市长质量管理奖".encode())] ^= 1  # in the rulebook of entry 1
        state.write_bytes(content)
        done = self.office.ctl("backup", "verify", str(self.office.home / "copy"), fine=(5,))
        self.assertIn("entry 1", done.stdout)
        self.office.close()

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_a_restoration_that_was_killed_is_not_served_before_its_new_epoch(self):
        """Killed at one system call after the other that writes or syncs."""
        rig.optimised()  # a sanitizer looks for leaks as strace does for calls
        self.create("copy")
        before = int(self.status()["epoch"])
        self.office.wires_close()
        self.office.stop()
        data = self.office.home / "data"
        shutil.move(data, self.office.home / "lost")
        half = 0
        for call, number in product(WRITING, range(1, CALLS_MAX)):
            if self.restore_killed_at(call, number) == 0 or self.whole(data):
                self.assertGreater(self.served_epoch(), before)
            else:
                half += 1
                said = self.office.run(DAEMON, "--config", str(self.office.home / "awardd.yaml"), fine=(4,)).stderr
                self.assertRegex(said, "cannot be opened|was cut off while it was restored")
            shutil.rmtree(data)
        self.assertGreater(half, 15)

    def restore_killed_at(self, call, number):
        inject = f"inject={call}:signal=KILL:when={number}"
        return subprocess.run(["strace", "-f", "-o", "/dev/null", "-e", inject, str(rig.BIN / DAEMON), "--config",
                               str(self.office.home / "awardd.yaml"), "restore", str(self.office.home / "copy")],
                              capture_output=True, check=False, timeout=rig.PATIENCE).returncode

    def whole(self, data):
        return (data / "nonce.key").exists() and not (data / "being-restored").exists()

    def served_epoch(self):
        self.office.start(DAEMON)
        epoch = int(self.status()["epoch"])
        self.office.wires_close()
        self.office.stop(DAEMON)
        return epoch

    def test_a_directory_that_is_no_copy_is_said_to_be_none(self):
        (self.office.home / "empty").mkdir()
        self.office.ctl("backup", "verify", str(self.office.home / "empty"), fine=(3,))
        self.office.wires_close()
        self.office.stop()
        shutil.move(self.office.home / "data", self.office.home / "lost")
        self.restore("empty", fine=(3,))
        self.assertFalse((self.office.home / "data").exists())
        shutil.move(self.office.home / "lost", self.office.home / "data")
        said = self.office.run(DAEMON, "-c", str(self.office.home / "awardd.yaml"), "backup", fine=(2,)).stderr
        self.assertIn("a directory is missing", said)


if __name__ == "__main__":
    unittest.main()
