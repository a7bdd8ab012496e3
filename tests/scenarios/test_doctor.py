"""test_doctor - `awardctl doctor` beside a real office: well first, then broken in one place after the other.

Each break is a real one (a key that others may read, a worker that is gone, a journal with a bit that
flipped); the check must be named, with the line that mends it and the exit status for a monitor, and
the office must be well again once it is mended.
"""
import fcntl
import json
import os
import pathlib
import pty
import re
import signal
import struct
import subprocess
import tempfile
import termios
import unicodedata
import unittest

import rig
import test_init
from doctor_office import FAILED, UNKNOWN, WARNING, WELL, Small, bad, setUpModule
from rig import BIN, DAEMON

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NOBODY = 65534
# A rehearsal in a directory of its own, whose messages stay in the spool.
NOT_APPLICABLE = {"clock", "clock-agrees", "disk-growth", "tasks-waiting", "due-fires", "two-keys", "unit-enabled",
                  "units-running", "channels", "certificates"}


def columns_of(line):
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def terminal_text(terminal):
    """What is written to it until nobody has its other end."""
    said = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            return said.decode().replace("\r\n", "\n")
        said += part


class Broken(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.office = Small()
        cls.addClassCleanup(cls.office.close)
        cls.office.make_well()

    def finds(self, check, verdict, status, *words, others=()):
        """It is this check alone (or with these others) that is not well."""
        ended, rows = self.office.doctor("--quick", *words)
        self.assertEqual(bad(rows).get(check), verdict, bad(rows))
        self.assertEqual(set(bad(rows)) - {check, *others}, set())
        self.assertEqual(ended, status)
        self.assertTrue(rows[check]["todo_zh"] and rows[check]["todo_en"])
        return rows[check]

    def well(self):
        ended, rows = self.office.doctor("--quick")
        self.assertEqual((ended, bad(rows)), (WELL, {}))

    # ---- Well

    def test_an_office_that_is_well_passes(self):
        ended, rows = self.office.doctor()
        self.assertEqual((ended, bad(rows)), (WELL, {}))
        self.assertEqual({name for name, row in rows.items() if row["verdict"] == "not_applicable"}, NOT_APPLICABLE)
        self.assertEqual({name for name, row in rows.items() if row["verdict"] == "unseen"}, set())
        listed = json.loads(self.office.ctl("doctor", "--list", "--output", "json").stdout)
        self.assertEqual([row["check"] for row in listed], list(rows))
        self.assertGreater(len(rows), 50)

    def test_people_read_a_line_that_counts_and_no_colours_in_a_pipe(self):
        said = self.office.ctl("doctor", "--quick", "--as", "admin").stdout
        first = said.splitlines()[0]
        self.assertRegex(first, r"^失败 0，警告 0，正常 \d+，.* / 0 failed, 0 warnings, \d+ ok, .*, 3 left out by --quick$")
        self.assertNotIn("\033", said)
        self.assertRegex(said, r"(?m)^正常 ok  backup  .*小时前.* / .* hours ago, up to entry \d+")

    def on_terminal(self, columns, *words):
        """What awardctl shows on a terminal of so many columns."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        with subprocess.Popen([str(BIN / "awardctl"), "--home", str(self.office.home), *words], stdin=subprocess.DEVNULL,
                              stdout=theirs, env={**rig.environment(), "NO_COLOR": "1"}) as done:
            os.close(theirs)
            said = terminal_text(ours)
        os.close(ours)
        self.assertIn(done.returncode, range(4))
        return said.splitlines()

    def test_on_a_terminal_no_line_is_wider_than_it(self):
        for words in (["doctor", "--quick", "--as", "reviewer-01"], ["doctor", "--list"],
                      ["trace", "2", "--as", "admin"], ["status", "--as", "admin"]):
            piped = self.office.ctl(*words, fine=range(4)).stdout
            for columns in (100, 120):
                lines = self.on_terminal(columns, *words)
                # A word that is longer, such as an id, is left whole.
                self.assertEqual([line for line in lines if columns_of(line) > columns and " " in line.strip()], [])
                self.assertEqual(re.sub(r"[\s/]", "", "".join(lines))[:40], re.sub(r"[\s/]", "", piped)[:40])
        listed = self.office.ctl("doctor", "--list").stdout.splitlines()
        self.assertGreater(len(self.on_terminal(100, "doctor", "--list")), len(listed))

    def test_checks_and_groups_are_chosen_by_name(self):
        _, rows = self.office.doctor("--only", "backup", "host")
        self.assertIn("backup", rows)
        self.assertIn("disk-space", rows)
        self.assertNotIn("answers", rows)
        wrong = self.office.ctl("doctor", "--only", "bakup", fine=(UNKNOWN,))
        self.assertIn("no check or group bakup", wrong.stderr)
        self.office.ctl("doctor", "backup", fine=(UNKNOWN,))
        self.office.ctl("doctor", "--fast", fine=(UNKNOWN,))

    def test_without_an_office_it_cannot_be_told(self):
        done = self.office.run("awardctl", "--home", str(self.office.home / "nowhere"), "doctor", fine=(UNKNOWN,))
        self.assertIn("there is no configuration", done.stderr)

    # ---- Files

    def test_a_key_that_others_may_read_is_named_with_what_closes_it(self):
        key = self.office.home / "keys/government.key"
        key.chmod(0o644)
        row = self.finds("keys", "failed", FAILED)
        self.assertEqual(row["command"], f"chmod 600 {key}")
        subprocess.run(row["command"].split(), check=True)
        self.well()

    def test_a_server_key_that_others_may_read_is_named(self):
        key = self.office.home / "server.key"
        key.chmod(0o640)
        self.assertEqual(self.finds("server-key", "failed", FAILED)["command"], f"chmod 600 {key}")
        key.chmod(0o600)
        self.well()

    def test_a_configuration_that_others_may_write_is_named(self):
        (self.office.home / "awardd.yaml").chmod(0o666)
        self.finds("settings-mode", "failed", FAILED)
        (self.office.home / "awardd.yaml").chmod(0o600)
        self.well()

    def test_a_file_of_the_data_that_is_another_users_is_named(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        lock = self.office.home / "data/journal/journal.mdb-lock"
        os.chown(lock, NOBODY, NOBODY)
        row = self.finds("data-files", "failed", FAILED)
        self.assertIn(str(lock), row["en"])
        os.chown(lock, 0, 0)
        self.well()

    def test_a_wrong_line_of_the_configuration_is_named_with_its_number(self):
        file = self.office.home / "awardd.yaml"
        before = file.read_text()
        file.write_text(before + "greetngs: 20\n")
        row = self.finds("configuration", "failed", FAILED)
        self.assertIn(f"{file}:{len(before.splitlines()) + 1}: ", row["en"])
        self.assertIn("did you mean `greetings`", row["en"])
        file.write_text(before)
        self.well()

    def test_another_endpoint_or_server_is_noticed(self):
        file = self.office.home / "awardctl.yaml"
        before = file.read_text()
        file.write_text(before.replace("clients.sock", "other.sock"))
        row = self.finds("client-configuration", "failed", FAILED, "--only", "client-configuration")
        self.assertIn("other.sock", row["en"])
        file.write_text(before)
        self.well()

    # ---- The service

    def test_a_change_that_awaits_a_restart_or_a_reload_is_named(self):
        file = self.office.home / "awardd.yaml"
        before = file.read_text()
        file.write_text(before + "queued_messages: 200\n")
        row = self.finds("configuration-in-force", "warning", WARNING)
        self.assertIn("a restart awaits queued_messages", row["en"])
        self.office.reload()
        self.finds("configuration-in-force", "warning", WARNING)
        file.write_text(before + "connections: 900\n")
        self.assertIn("a reload awaits connections", self.finds("configuration-in-force", "warning", WARNING)["en"])
        file.write_text(before)
        self.office.reload()
        self.well()

    def test_a_worker_that_is_gone_is_named(self):
        for worker, principal in rig.WORKERS.items():
            self.office.stop(worker)
            command = self.finds(principal, "failed", FAILED)["command"]
            program, *words, last = command.split()
            self.assertEqual((program, last), (worker, "&"))
            process = rig.Process(worker, words)  # as it is said
            self.office.running[worker] = process
            process.wait_line("connected")
            self.well()

    def test_a_bound_that_is_used_up_is_named(self):
        file = self.office.home / "awardd.yaml"
        before = file.read_text()
        file.write_text(before + "connections_per_key: 2\n")
        self.office.reload()
        held = [self.office.connect("supervision") for _ in range(2)]
        try:
            for each in held:
                each.ask("status")
            row = self.finds("bounds", "warning", WARNING)
            self.assertIn("connections_per_key 2/2", row["en"])
        finally:
            for each in held:
                each.close()
        file.write_text(before)
        self.office.reload()
        self.well()

    def test_without_awardd_host_and_files_are_looked_at_and_the_rest_says_why_not(self):
        self.office.stop()
        ended, rows = self.office.doctor()
        self.assertEqual(ended, FAILED)
        rows.pop("clock")  # it is not known to be a rehearsal now, and this host may have no time server
        self.assertEqual(bad(rows), {"answers": "failed"})
        self.assertIn("Nobody listens", rows["answers"]["en"])
        self.assertEqual(rows["answers"]["command"], f"awardd --config {self.office.home}/awardd.yaml &")
        for name in ("disk-space", "file-system", "configuration", "keys", "data-files", "programs", "state"):
            self.assertEqual(rows[name]["verdict"], "ok", name)
        for name in ("worker-scoring", "calendar", "messages", "backup", "chain"):
            self.assertEqual(rows[name]["verdict"], "unseen", name)
            self.assertEqual(rows[name]["en"], "not looked at: awardd does not answer")
        self.office.start()
        self.well()

    def test_an_awardd_that_hangs_is_told_from_one_that_is_gone(self):
        process = self.office.running[DAEMON].popen
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        try:
            ended, rows = self.office.doctor("--quick", "--timeout", "1")
        finally:
            process.send_signal(signal.SIGCONT)
        rows.pop("clock")
        self.assertEqual((ended, bad(rows)), (FAILED, {"answers": "failed"}))
        self.office.ctl("status")
        self.well()

    def test_on_a_terminal_it_says_what_takes_long_and_has_colours(self):
        process = self.office.running[DAEMON].popen
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        try:
            terminal = test_init.Terminal("--home", str(self.office.home), "doctor", "--quick", "--timeout", "3")
            self.assertEqual(terminal.end(), FAILED)
        finally:
            process.send_signal(signal.SIGCONT)
        waiting, summary = terminal.said.splitlines()[:2]
        self.assertEqual(waiting, "awardctl doctor: 等候 awardd 答复 / waiting for awardd …")
        self.assertRegex(summary, r"^失败 1，")
        self.assertIn("\033[1;31m失败 failed\033[0m  answers", terminal.said)
        self.office.ctl("status")

    def test_who_may_not_ask_how_it_is_is_told_whose_key_can(self):
        _, rows = self.office.doctor("--quick", principal="government")
        self.assertEqual(rows["answers"]["verdict"], "ok")
        self.assertEqual(rows["backup"]["verdict"], "unseen")
        self.assertIn("(add --as admin)", rows["backup"]["en"])

    def test_a_user_without_rights_is_told_so_and_that_alone_fails_nothing(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        home = self.office.home
        kept = {path: path.stat().st_mode & 0o777 for path in
                (home, home / "awardctl.yaml", home / "awardd.yaml", home / "spool", home / "copy-first")}
        for path in (home, home / "awardctl.yaml", home / "awardd.yaml"):
            path.chmod(0o755)
        (home / "spool").chmod(0o700)
        done = subprocess.run(["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups",
                               str(BIN / "awardctl"), "--home", str(home), "doctor", "--output", "json"],
                              capture_output=True, text=True, env=rig.environment(), timeout=rig.PATIENCE)
        for path, mode in kept.items():
            path.chmod(mode)
        rows = {row["check"]: row for row in json.loads(done.stdout)}
        status = WARNING if rows.pop("clock")["verdict"] == "warning" else UNKNOWN
        self.assertEqual(bad(rows), {})
        self.assertEqual(done.returncode, status, done.stderr)
        for name in ("answers", "keys", "data-files", "state"):
            self.assertEqual(rows[name]["verdict"], "unseen", name)
        for name in ("disk-space", "configuration", "server-key"):
            self.assertEqual(rows[name]["verdict"], "ok", name)
        self.well()

    # ---- Office and record

    def test_an_old_copy_is_told_with_what_came_since(self):
        mark = self.office.home / "data/backup.last"
        before = mark.read_text()
        self.office.ctl("address", "office", "--spool", "yes", "--hours", "08:00-18:00", "--as", "office")
        mark.write_text("moment_ms=1519866000000 entry=3\n")
        row = self.finds("backup", "failed", FAILED)
        self.assertRegex(row["en"], r"\d{5} hours ago, up to entry 3; \d+ came since")
        mark.unlink()
        self.assertIn("lie on one disk alone", self.finds("backup", "warning", WARNING)["en"])
        mark.write_text(before)
        self.well()

    def test_a_key_that_awaits_a_signature_for_long_is_told(self):
        self.office.ctl("send", "principal_enrolled", "name=new-clerk", "role=bureau", "full_name=新人", "--as", "admin",
                        "--id", "enrol-new-clerk")
        self.well()
        self.office.ctl("clock", "set", "2018-03-09T09:00:00+08:00", "--as", "admin")
        ended, rows = self.office.doctor("--quick", "--only", "countersignatures")
        self.assertEqual((ended, bad(rows)), (WARNING, {"countersignatures": "warning"}))
        self.office.ctl("send", "countersign_declined", "event.principal=admin", "event.id=enrol-new-clerk",
                        "reason=不需要", "--as", "supervision")
        self.well()


class Calendar(unittest.TestCase):
    def test_the_next_years_is_missed_in_december_and_this_years_at_any_time(self):
        lines = (ROOT / "rulebooks/cn-holidays.tsv").read_text().splitlines(keepends=True)
        with tempfile.TemporaryDirectory() as scratch:
            file = pathlib.Path(scratch) / "holidays.tsv"
            file.write_text("".join(line for line in lines if line[:10] <= "2018-12-28" or not line[0].isdigit()))
            office = type("Until2018", (Small,), {"calendar": file})()
        with office:
            office.start(DAEMON)
            self.assertEqual(self.calendar(office), "ok")  # it is March
            office.ctl("clock", "set", "2018-12-01T09:00:00+08:00", "--as", "admin")
            self.assertEqual(self.calendar(office), "warning")
            office.ctl("clock", "set", "2019-01-01T09:00:00+08:00", "--as", "admin")
            self.assertEqual(self.calendar(office), "failed")
            office.ctl("calendar", "import", str(ROOT / "rulebooks/cn-holidays.tsv"), "--as", "office")
            self.assertEqual(self.calendar(office), "ok")

    @staticmethod
    def calendar(office):
        return office.doctor("--only", "calendar")[1]["calendar"]["verdict"]


class Lost(test_init.Scratch):
    """What it has to say goes to a full disk, as that of a timer may be."""

    def ended(self, *words, program="awardctl"):
        where = ["--home", str(self.home)] if program == "awardctl" else []
        with open("/dev/full", "wb") as full:
            done = subprocess.run([str(BIN / program), *where, *words], stdin=subprocess.DEVNULL,
                                  stdout=full, stderr=subprocess.PIPE, text=True, env=rig.environment(),
                                  timeout=rig.PATIENCE, check=False)
        self.assertIn("the output cannot be written", done.stderr, words)
        return done.returncode

    def test_that_it_was_lost_is_said_beside_the_status_of_the_checks(self):
        self.init(str(self.home), "--city", "重庆")
        self.assertEqual(self.ended("--timeout", "1", "doctor", "--only", "answers"), FAILED)
        self.assertEqual(self.ended("--timeout", "1", "doctor", "--only", "configuration"), UNKNOWN)

    def test_the_coordinator_says_it_too(self):
        self.init(str(self.home), "--city", "重庆")
        file = str(self.home / "awardd.yaml")
        for words in (["--version"], ["--help"], ["--metrics"], ["-c", file, "--check-config"]):
            self.assertEqual(self.ended(*words, program="awardd"), 4, words)

    def test_so_does_each_worker(self):
        for program in ("award-scoring", "award-notification", "award-revocation"):
            for word in ("--version", "--help"):
                self.assertEqual(self.ended(word, program=program), 1, (program, word))

    def test_a_page_of_help_that_was_lost_is_no_success(self):
        for words in (["--version"], ["--help"], ["doctor", "--help"], ["help", "exit-status"]):
            self.assertEqual(self.ended(*words), 3, words)


if __name__ == "__main__":
    unittest.main()
