"""test_damage - bits that flip in the files of the database are found, named, and never believed

Real files of a real year: bits are flipped where the disk might flip them, files are cut short. What
`awardd verify` says must be right; a record of the state that cannot be read sets aside what needs
it and nothing else, and is named to those who run the office; a rebuild mends the state whatever
happened to it. The seed of the flips is AWARD_SEED, their number AWARD_FLIPS.
"""
import fcntl
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import unittest

import rig
import wire
from rig import DAEMON, Office
from test_kill import LINES

SEED = int(os.environ.get("AWARD_SEED", "20180425"))
FLIPS = int(os.environ.get("AWARD_FLIPS", "24"))
PAGE, HEADER, LEAF = 4096, 16, 2  # of LMDB: bytes, bytes, the flag of a page with records
CHECKSUM = 8  # bytes before a value of the state
SOUND, STORAGE, LOCKED, DIFFERENT = 0, 4, 5, 7  # exit status
KINDS = {field.name: field.number for field in
         wire.MODULES["record"].Change.DESCRIPTOR.oneofs_by_name["record"].fields
         if field.name != "removed"}
BASE = 200  # lines of the year that went before
NEEDED = ("city", "rulebook", "alert_policy", "calendar_year")  # without these nothing can be decided


def kind_key(kind, name=None):
    """The beginning of the keys of a kind, or the whole key of a record with one part."""
    return bytes([KINDS[kind]]) + (name.encode() + b"\0" if name else b"")


class Damage(unittest.TestCase):
    maxDiff = 3000

    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.abandon)
        cls.office.start()
        cls.office.push_lines(LINES[:BASE], "--settle")
        cls.cases = cls.office.case_names()
        cls.office.stop()
        cls.sound = cls.office.verify()
        cls.kept = cls.office.home / "kept"
        shutil.copytree(cls.office.home / "data", cls.kept)

    def setUp(self):
        self.restore()

    def restore(self):
        self.office.wires_close()
        for name in list(self.office.running):
            self.office.kill(name)
        shutil.rmtree(self.office.home / "data")
        shutil.copytree(self.kept, self.office.home / "data")

    def file(self, which):
        return self.office.home / "data" / which / f"{which}.mdb"

    def awardd(self, *arguments):
        return subprocess.run([str(rig.BIN / DAEMON), "-c", str(self.office.home / "awardd.yaml"),
                               *arguments], capture_output=True, env=rig.environment(),
                              timeout=rig.PATIENCE, encoding="utf-8", errors="replace")

    def flip(self, which, offset, bit):
        with self.file(which).open("r+b") as file:
            file.seek(offset)
            byte = file.read(1)[0]
            file.seek(offset)
            file.write(bytes([byte ^ (1 << bit)]))

    def values(self, key, prefix=False):
        """Where the values of these keys lie in the state, in whatever version of their pages."""
        content = self.file("state").read_bytes()
        for page in range(0, len(content), PAGE):
            flags = int.from_bytes(content[page + 10:page + 12], "little")
            lower = int.from_bytes(content[page + 12:page + 14], "little")
            if flags & ~0x10 != LEAF or lower > PAGE:
                continue
            for at in range(page + HEADER, page + lower, 2):
                node = page + int.from_bytes(content[at:at + 2], "little")
                size = int.from_bytes(content[node + 6:node + 8], "little")
                found = content[node + 8:node + 8 + size]
                big = int.from_bytes(content[node + 4:node + 6], "little") & 1
                if found == key or (prefix and found.startswith(key)):
                    value = node + 8 + size
                    yield (int.from_bytes(content[value:value + 8], "little") * PAGE + HEADER
                           if big else value)

    def damage(self, key, prefix=False):
        """Flips a bit of each of these records; how many places that were."""
        places = set(self.values(key, prefix))  # of a large one, whatever page names it
        for value in places:
            if value + CHECKSUM < self.file("state").stat().st_size:
                self.flip("state", value + CHECKSUM, 3)
        return len(places)

    def mended(self):
        self.assertEqual(self.awardd("rebuild").returncode, 0)
        self.assertEqual(self.office.verify(), self.sound)


class Flipped(Damage):
    def flips(self, which):
        """Seeded flips, and what verify says of each; then the file is as it was."""
        draw = random.Random(f"{SEED} {which}")
        size = self.file(which).stat().st_size
        for _ in range(FLIPS):
            offset, bit = draw.randrange(size), draw.randrange(8)
            self.restore()
            with self.subTest(seed=SEED, file=which, offset=offset, bit=bit):
                self.flip(which, offset, bit)
                done = self.awardd("verify")
                self.assertIn(done.returncode, (SOUND, STORAGE, DIFFERENT), done)
                yield done

    def check(self, done, named):
        """Harmless, for nothing of it is in use; or found, by name, with what to do."""
        if done.returncode == SOUND:
            self.assertEqual(done.stdout, self.sound)
            return 0
        said = done.stdout + done.stderr
        self.assertRegex(said, named)
        self.assertRegex(said, "rebuild|backup|check disk|install")
        return 1

    def test_in_the_journal_are_found_by_entry_or_are_in_no_entry(self):
        found = 0
        for done in self.flips("journal"):
            found += self.check(done, r"entry \d+|journal")
            self.assertNotIn("rebuild", done.stdout)  # from what is damaged nothing is made anew
        self.assertGreater(found, FLIPS // 4)

    def test_in_the_state_are_found_or_are_in_no_record_and_a_rebuild_mends_them(self):
        found = 0
        for done in self.flips("state"):
            if self.check(done, r"finding: (state|\w+ \S+)|state\.mdb"):
                found += 1
                self.mended()
        self.assertGreater(found, FLIPS // 4)

    def test_in_the_state_are_not_believed_by_awardd_or_end_it_with_a_word(self):
        """It refuses to start, or serves; ended by the system it has said why."""
        for _ in self.flips("state"):
            process = rig.Process(DAEMON, self.office.arguments(DAEMON))
            with process.heard:
                process.heard.wait_for(lambda: process.over or any(
                    " ready " in line for line in process.lines), rig.PATIENCE)
            status = process.end(15) if not process.over else process.popen.wait(rig.PATIENCE)
            if status < 0:
                self.assertRegex(process.text(), "may be damaged; run awardd verify")
            elif status != 0:
                self.assertRegex(process.text(), "ERROR .*(rebuild|backup|check disk|install)")


class Cut(Damage):
    def test_a_file_that_is_cut_short_is_refused_and_found(self):
        for which, what_to_do in (("journal", "restore a backup"), ("state", "rebuild")):
            with self.subTest(which):
                self.restore()
                file = self.file(which)
                os.truncate(file, file.stat().st_size // PAGE // 2 * PAGE)
                for done in (self.awardd(), self.awardd("verify")):
                    self.assertIn(done.returncode, (STORAGE, DIFFERENT))
                    self.assertRegex(done.stdout + done.stderr,
                                     rf"{which}\.mdb: .*cut short .*{what_to_do}")

    def test_a_state_that_cannot_be_opened_is_made_anew_by_a_rebuild(self):
        file = self.file("state")
        half = file.stat().st_size // PAGE // 2 * PAGE
        for name, harm in (("cut", lambda: os.truncate(file, half)),
                           ("empty", lambda: os.truncate(file, 0)),
                           ("gone", file.unlink),
                           ("zeros", lambda: file.write_bytes(bytes(half))),
                           ("its directory is gone", lambda: shutil.rmtree(file.parent))):
            with self.subTest(name):
                self.restore()
                harm()
                done = self.awardd()
                self.assertEqual(done.returncode, STORAGE)
                if file.parent.exists():
                    self.assertRegex(done.stderr, r"state\.mdb.*awardd rebuild")
                self.mended()

    def test_a_second_coordinator_on_the_same_directory_is_refused(self):
        self.office.start(DAEMON)
        for command in ((), ("rebuild",)):
            done = self.awardd(*command)
            self.assertEqual(done.returncode, STORAGE if command else LOCKED)
            pid = self.office.running[DAEMON].popen.pid
            self.assertRegex(done.stderr, f"process {pid} has it open for writing: stop that one")
        self.office.stop()
        self.assertEqual(self.office.verify().split("\n")[-2][:2], "完好")

    def test_a_verify_that_is_killed_has_found_no_damage(self):
        """As a system does that is short of memory. It cannot be through: the pipe is full."""
        with subprocess.Popen([str(rig.BIN / DAEMON), "-c", str(self.office.home / "awardd.yaml"),
                               "verify", "--every", "1"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env=rig.environment()) as verify:
            fcntl.fcntl(verify.stdout, fcntl.F_SETPIPE_SZ, PAGE)
            self.assertEqual(verify.stdout.read(4), "fold")
            (reader,) = pathlib.Path(f"/proc/{verify.pid}/task/{verify.pid}/children").read_text().split()
            os.kill(int(reader), signal.SIGKILL)
            said, why = verify.communicate(timeout=rig.PATIENCE)
        self.assertEqual(verify.returncode, STORAGE)
        self.assertNotIn("finding", said)
        self.assertRegex(why, "signal 9 before it was through")


class Beside(Damage):
    """What lies beside the entries."""
    ADDRESS = "zhou@example.gov.cn"

    def test_an_address_that_cannot_be_read_is_found_by_its_person_and_said(self):
        self.office.start(DAEMON)
        self.office.ctl("address", "office", "--mail", self.ADDRESS, "--as", "office")
        self.office.stop()
        content = self.file("journal").read_bytes()
        self.file("journal").write_bytes(content.replace(self.ADDRESS.encode(), b"!" + self.ADDRESS.encode()[1:]))
        done = self.awardd("verify")
        self.assertEqual(done.returncode, DIFFERENT)
        self.assertRegex(done.stdout, "finding: address of office: .*record the address anew")
        self.office.start()
        self.office.push_lines([{"principal": "office", "message_tried": {
            "person": "office", "channel": "mail"}}], "--settle")
        self.assertRegex(self.office.log(), "ERROR .*an address cannot be read.*run awardd verify")
        self.office.ctl("address", "office", "--mail", "wu@example.gov.cn", "--as", "office")
        self.office.stop()
        self.office.verify()


class Aside(Damage):
    """One case whose record cannot be read, among others."""

    def setUp(self):
        super().setUp()
        self.case = self.cases[3]
        self.assertGreater(self.damage(kind_key("case", self.case)), 0)

    def finding(self, case, name):
        return self.office.push_lines([{"principal": "supervision", "id": name,
                                        "supervision_finding": {"concerns": case, "text": "核查"}}])[0]

    def warned(self, *command, fine=(0,)):
        """What a command prints, which names the case beside it."""
        done = self.office.ctl(*command, "--as", "office", fine=fine)
        self.assertRegex(done.stderr, rf"set aside.*awardd rebuild\n +case {self.case}\n")
        return done.stdout

    def test_is_named_and_the_others_go_on(self):
        done = self.awardd("verify")
        self.assertEqual(done.returncode, DIFFERENT)
        self.assertIn(f"finding: case {self.case}: ", done.stdout)
        self.office.start()
        row = self.finding(self.case, "aside")
        self.assertEqual((row["outcome"], row["code"]), ("rejected", "record_damaged"))
        self.assertEqual(self.finding(self.cases[4], "other")["outcome"], "accepted")
        log = re.findall(rf"ERROR .*set aside.*record=\"case {self.case}\"$",
                         self.office.running[DAEMON].text(), re.M)
        self.assertEqual(len(log), 1)
        self.assertNotIn(self.case, self.warned("case", "list"))
        self.warned("today")
        self.warned("status")
        self.assertIn(f"Record case {self.case} is damaged", self.warned("check", fine=(1,)))
        refused = self.office.ctl("case", "show", self.case, "--as", "office", fine=(1,))
        self.assertIn("damaged", refused.stderr)
        self.assertNotIn("no case", refused.stderr)
        shown = self.office.ctl("case", "show", self.cases[4], "--as", "office")
        self.assertEqual(shown.stderr, "")
        reply = self.office.wire("reviewer-01").ask("today")
        self.assertEqual(list(reply.damaged), [])  # what it is is not for everybody
        self.office.stop()
        self.assertEqual(self.awardd("rebuild").returncode, 0)
        self.office.start()
        self.assertEqual(self.finding(self.case, "aside")["outcome"], "accepted")
        self.assertEqual(self.office.ctl("today", "--as", "office").stderr, "")
        self.office.stop()
        self.office.verify()

    def test_holds_up_nothing_that_is_due_for_others(self):
        self.office.start()
        rows = self.office.push_lines(LINES[BASE:BASE + 60])
        self.assertGreater(sum(row["outcome"] == "accepted" for row in rows), 30)
        self.assertIn("record_damaged", {row.get("code") for row in rows})
        self.office.stop()
        self.assertEqual(self.awardd("rebuild").returncode, 0)
        self.office.verify()


class Kinds(Damage):
    """All records of a kind cannot be read: what needs them says so, and nothing ends the program."""

    QUESTIONS = (("today",), ("check",), ("case", "list"), ("deadlines", "--all"), ("stuck",),
                 ("alerts",), ("tasks",), ("cycle", "list"), ("report", "cycle", "2018"))

    def served(self):
        """Whatever comes of it, it is answered, and in the end it stops well."""
        self.office.start(DAEMON)
        rows = self.office.push_lines(LINES[BASE - 4:BASE + 20])
        self.assertIn(len(rows), (0, 24))  # none where no key is admitted
        for question in (*self.QUESTIONS, ("case", "show", self.cases[0])):
            self.office.ctl(*question, "--as", "office", fine=(0, 1, 2, 3))
        self.office.stop()

    def test_each_kind(self):
        known = 0
        for kind in KINDS:
            with self.subTest(kind):
                self.restore()
                if self.damage(kind_key(kind), prefix=True):
                    known += 1
                    if kind in NEEDED:
                        done = self.awardd()
                        self.assertEqual(done.returncode, STORAGE)
                        self.assertIn("run awardd rebuild", done.stderr)
                    else:
                        self.served()
                    self.assertEqual(self.awardd("rebuild").returncode, 0)
                    self.office.verify()
        self.assertGreater(known, 15)


class Receipts(Damage):
    def test_an_event_whose_receipt_is_damaged_is_not_taken_a_second_time(self):
        self.assertGreater(self.damage(bytes([1]), prefix=True), 0)
        self.office.start(DAEMON)
        last = self.office.last_entry()
        rows = self.office.push_lines([line for line in LINES[:40] if b'"at"' in line])
        self.assertEqual({row["code"] for row in rows}, {"record_damaged"})
        self.assertEqual(self.office.last_entry(), last)
        self.office.stop()
        self.assertEqual(self.awardd("rebuild").returncode, 0)
        self.office.start(DAEMON)
        rows = self.office.push_lines(LINES[:40])
        self.assertTrue(all(row["repeated"] for row in rows))
        self.office.stop()


if __name__ == "__main__":
    unittest.main()
