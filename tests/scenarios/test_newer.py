"""test_newer - what a newer version wrote is refused by every program, in words, and left as it is

The number of the format in journal and state is raised, and the schema of an entry, by LMDB itself
and not by awardd's code. Whoever meets it says what it is, why it is not read and what to do, ends
with the status of its kind and changes nothing; once the number is what it was, all goes on. A worker
keeps no files whose format could change (what lies in the spool are mails); it refuses the messages
of a newer coordinator.
"""
import contextlib
import hashlib
import pathlib
import struct
import unittest

import lmdb
import xxhash
import zmq

import rig
import wire
from rig import DAEMON, Office
from test_kill import LINES

STORAGE, DIFFERENT = 4, 7  # exit status of awardd
INPUT, CTL_DIFFERENT = 3, 5  # of awardctl
MAP_BYTES = 64 << 30
CHAIN = 32  # bytes before an entry
FORMAT = b"format"
NEWER = (r"由更新的版本写成（格式 2，本程序只认到 1），请安装更新的 awardd。 was made by a newer version "
         r"\(format 2, this program reads up to 1\): install the newer awardd\.")
ENTRY = (r"第 {0} 条日志无法读取：由更新的版本写成，或已损坏；请升级 awardd，或从备份恢复。 Entry {0} cannot be "
         r"read: a newer version wrote it, or it is damaged. Update awardd, or restore a backup\.")
Entry = wire.MODULES["entry"].Entry


@contextlib.contextmanager
def changing(data, which, name):
    """One database of an environment, to be changed within the block."""
    with lmdb.open(str(data / which / f"{which}.mdb"), subdir=False, map_size=MAP_BYTES,
                   max_dbs=8) as environment:
        database = environment.open_db(name, create=False)
        with environment.begin(database, write=True) as transaction:
            yield transaction


def format_write(data, which, number):
    value = struct.pack("<Q", number)
    checksum = xxhash.xxh3_64_intdigest(value, seed=xxhash.xxh3_64_intdigest(FORMAT))
    with changing(data, which, b"meta") as transaction:
        assert transaction.get(FORMAT)[:8] != value
        transaction.put(FORMAT, value + struct.pack("<Q", checksum))


def schema_write(data, schema):
    """Of the last entry, which nothing is chained to; its number."""
    def digest(content):
        return hashlib.blake2b(content, digest_size=CHAIN).digest()
    with changing(data, "journal", b"entries") as transaction, transaction.cursor() as cursor:
        assert cursor.last()
        key = cursor.key()
        entry = Entry.FromString(cursor.value()[CHAIN:])
        assert cursor.prev()
        before = cursor.value()[:CHAIN]
        entry.schema = schema
        content = entry.SerializeToString()
        transaction.put(key, digest(before + digest(content)) + content)
    return entry.number


def content(directory):
    """Every file below it but locks, by its digest."""
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(directory).rglob("*"))
            if path.is_file() and "lock" not in path.suffix}


class Newer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.abandon)
        cls.office.start()
        cls.office.push_lines(LINES[:40], "--settle")
        cls.copy = cls.office.home / "copy"
        cls.office.ctl("backup", "create", str(cls.copy))
        cls.office.wires_close()
        cls.office.stop()
        cls.data = cls.office.home / "data"
        cls.sound = cls.office.verify()

    def awardd(self, *words, status):
        return self.office.run(DAEMON, "-c", str(self.office.home / "awardd.yaml"), *words,
                               fine=(status,))

    def ctl(self, *words, status):
        return self.office.ctl(*words, fine=(status,))

    def refused(self, done, said):
        self.assertRegex(done.stdout + done.stderr, said)

    def goes_on(self):
        self.assertEqual(self.office.verify(), self.sound)
        self.office.start()
        rows = self.office.push_lines(LINES[:40])
        self.assertTrue(all(row["repeated"] for row in rows if row["outcome"] == "accepted"))
        self.office.wires_close()
        self.office.stop()
        type(self).sound = self.office.verify()


class Format(Newer):
    def all_refuse(self, which):
        said = rf"{self.data}/{which}/{which}\.mdb: {NEWER}"
        for words in ((), ("verify",), ("rebuild",), ("backup", str(self.office.home / "new"))):
            with self.subTest(words):
                self.refused(self.awardd(*words, status=STORAGE), said)
        self.refused(self.ctl("backup", "create", str(self.office.home / "new"), status=INPUT), said)
        self.assertFalse((self.office.home / "new").exists())

    def test_of_the_database_is_refused_and_nothing_is_written(self):
        for which in ("journal", "state"):
            with self.subTest(which):
                format_write(self.data, which, 2)
                before = content(self.office.home)
                self.all_refuse(which)
                self.assertEqual(content(self.office.home), before)
                format_write(self.data, which, 1)
                self.goes_on()

    def test_of_a_copy_is_refused_and_nothing_is_made_of_it(self):
        lost = self.office.home / "lost"
        for which in ("journal", "state"):
            with self.subTest(which):
                format_write(self.copy, which, 2)
                self.data.rename(lost)
                before = content(self.office.home)
                said = rf"{self.copy}/{which}/{which}\.mdb: {NEWER}"
                for word in ("verify", "restore"):
                    self.refused(self.awardd(word, str(self.copy), status=STORAGE), said)
                    self.refused(self.ctl("backup", word, str(self.copy), status=INPUT), said)
                self.assertFalse(self.data.exists())
                self.assertEqual(content(self.office.home), before)
                format_write(self.copy, which, 1)
                self.assertIn("sound", self.ctl("backup", "verify", str(self.copy), status=0).stdout)
                lost.rename(self.data)
        self.goes_on()


class Schema(Newer):
    def test_of_an_entry_is_refused_and_nothing_is_written(self):
        """By a start, too, where the state does not hold the entry yet."""
        self.office.start(DAEMON)
        self.office.kill(DAEMON)  # what it noted of its start is in the journal alone
        number = schema_write(self.data, 2)
        before = content(self.office.home)
        self.refused(self.awardd(status=STORAGE), ENTRY.format(number))
        self.refused(self.awardd("rebuild", status=STORAGE), ENTRY.format(number))
        found = f"finding: entry {number}: .*a newer version wrote it.*update awardd"
        self.refused(self.awardd("verify", status=DIFFERENT), found)
        self.refused(self.ctl("backup", "verify", str(self.data), status=CTL_DIFFERENT), found)
        self.assertEqual(content(self.office.home), before)
        schema_write(self.data, 1)
        type(self).sound = self.office.verify()
        self.goes_on()


class Worker(Newer):
    def test_does_nothing_that_a_newer_coordinator_asks_and_says_so(self):
        """A coordinator of our own: a ROUTER under the office's key that speaks version 2."""
        key = wire.key_read(self.office.home / "server.key")
        context = zmq.Context()
        self.addCleanup(context.destroy, 0)
        router = context.socket(zmq.ROUTER)
        router.curve_server = True
        router.curve_secretkey = key["secret-key"].encode()
        router.curve_publickey = key["public-key"].encode()
        router.bind(self.office.endpoint("workers"))
        for name in rig.WORKERS:
            with self.subTest(name):
                self.office.start(name)
                self.assertTrue(router.poll(wire.PATIENCE_MS))
                peer = router.recv_multipart()[0]
                newer = wire.Envelope(major=2)
                newer.tasks.orders.add(task="deliver_message:m1:1").deliver_message.SetInParent()
                before = content(self.office.home)
                router.send_multipart([peer, newer.SerializeToString()])
                self.office.wait_log(r"code=version_newer reason=\"消息的版本是 2，本程序只懂到版本 1；"
                                     r"请把本程序升级到与对方相同的版本。 / The message has version 2 "
                                     r".*; upgrade it ", name)
                self.office.stop(name)
                self.assertEqual(content(self.office.home), before)
                heard = []
                while router.poll(0):
                    heard.append(wire.Envelope.FromString(router.recv_multipart()[-1]))
                self.assertFalse([each for each in heard if each.HasField("events")])


if __name__ == "__main__":
    unittest.main()
