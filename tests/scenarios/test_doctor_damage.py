"""`awardctl doctor` finds data that is damaged, and a disk that is full or mounted as it must not be."""
import shutil
import subprocess
import unittest

import disks
import rig
from doctor_office import FAILED, WELL, Small, bad, setUpModule
from rig import BIN, DAEMON


class Damage(unittest.TestCase):
    def test_a_bit_that_flipped_in_the_journal_is_found_by_chain_and_state(self):
        office = Small()
        self.addCleanup(office.abandon)
        office.make_well()
        file = office.home / "data/journal/journal.mdb"
        content = file.read_bytes()
        with file.open("r+b") as journal:
            journal.seek(content.index("市长质量管理奖".encode()))  # in the rulebook of entry 1
            journal.write(bytes([content[journal.tell()] ^ 1]))
        ended, rows = office.doctor()
        self.assertEqual((ended, bad(rows)), (FAILED, {"chain": "failed", "state": "failed"}))
        self.assertIn("behind entry 0", rows["chain"]["en"])
        self.assertIn("entry 1", rows["state"]["en"])
        self.assertEqual(rows["state"]["command"], f"awardd --config {office.home}/awardd.yaml verify")
        ended, rows = office.doctor("--quick")
        self.assertEqual((ended, "chain" in rows), (WELL, False))

    def test_a_state_that_is_not_the_fold_is_found(self):
        office = Small()
        self.addCleanup(office.abandon)
        office.make_well()
        office.stop()
        shutil.copytree(office.home / "data", office.home / "older")
        office.start(DAEMON)
        office.ctl("address", "office", "--spool", "yes", "--hours", "09:00-17:00", "--as", "office")
        office.stop()
        shutil.rmtree(office.home / "data/journal")
        shutil.copytree(office.home / "older/journal", office.home / "data/journal")
        ended, rows = office.doctor("--only", "state")
        self.assertEqual((ended, rows["state"]["verdict"]), (FAILED, "failed"))
        self.assertIn("finding: state", rows["state"]["en"])

    def test_a_record_of_the_state_that_is_damaged_is_named(self):
        office = Small()
        self.addCleanup(office.abandon)
        office.make_well()
        office.stop()
        key = rig.wire.key_read(office.home / "keys/public.key")["public-key"].encode()
        record = b"\x0a\x28" + key + b"\x12\x06public"
        file = office.home / "data/state/state.mdb"
        content = file.read_bytes()
        self.assertIn(record, content)
        file.write_bytes(content.replace(record, record[:-1] + b"C"))
        office.start()
        ended, rows = office.doctor("--quick")
        self.assertEqual((ended, bad(rows)), (FAILED, {"records-damaged": "failed"}))
        self.assertIn("1 are damaged: key ", rows["records-damaged"]["en"])
        office.stop()
        subprocess.run([str(BIN / rows["records-damaged"]["command"].split()[0]),
                        *rows["records-damaged"]["command"].split()[1:]], check=True, capture_output=True)
        office.start()
        self.assertEqual(office.doctor()[0], WELL)
        office.close()


@unittest.skipIf(disks.missing(), "no file system can be mounted here")
class Disk(unittest.TestCase):
    """The data on a disk of its own, which fills up, and which is mounted anew."""

    def test_room_and_mount_of_the_datas_disk_are_told(self):
        office = Small()
        self.addCleanup(office.abandon)
        disk = disks.SmallDisk.under(office.home / "data", megabytes=512)
        self.addCleanup(disk.close)
        self.addCleanup(office.stop_dead)
        office.start(DAEMON)
        self.assertEqual(self.verdicts(office, "disk-space", "file-system", "mount-options"), ["ok", "ok", "ok"])
        disk.reserve(disk.room() - (200 << 20))
        self.assertEqual(self.verdicts(office, "disk-space"), ["failed"])
        disk.make_room()
        self.assertEqual(self.verdicts(office, "disk-space"), ["ok"])
        disk.fill_names()
        self.assertEqual(self.verdicts(office, "disk-inodes"), ["failed"])
        disk.make_names()
        office.stop()
        self.assertIsNone(disks.run("mount", "-o", "remount,ro", str(office.home / "data")))
        self.assertEqual(self.verdicts(office, "mount-options"), ["failed"])
        self.assertIsNone(disks.run("mount", "-o", "remount,rw", str(office.home / "data")))
        self.assertEqual(self.verdicts(office, "mount-options"), ["ok"])

    @staticmethod
    def verdicts(office, *names):
        rows = office.doctor("--only", *names)[1]
        return [rows[name]["verdict"] for name in names]


if __name__ == "__main__":
    unittest.main()
