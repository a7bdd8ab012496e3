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
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import unicodedata
import unittest
import unittest.mock

import disks
import rig
import test_init
from counterparts import Authority, MailServer, port_free
from real_office import WORKER, RealOffice
from rig import BIN, DAEMON, Office
from test_init import NAMESPACES, SERVICE_USER

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WELL, WARNING, FAILED, UNKNOWN = range(4)  # exit status
START = "2018-03-01T09:00:00+08:00"
NOBODY = 65534
# Whom the alert policy names, so that everybody can be told.
PEOPLE = {"office": "office", "head": "office", "director": "office", "admin": "administrator",
          "supervision": "supervision_committee", "government": "government", "bureau": "bureau",
          "selection-committee": "selection_committee", "review-committee": "review_committee", "reviewer-01": "reviewer",
          "ent-one": "enterprise", "public": "public", **{name: name.replace("-", "_") for name in rig.WORKERS.values()}}
# A rehearsal in a directory of its own, whose messages stay in the spool.
NOT_APPLICABLE = {"clock", "clock-agrees", "disk-growth", "tasks-waiting", "due-fires", "two-keys", "unit-enabled",
                  "units-running", "channels", "certificates"}


def setUpModule():
    zone = unittest.mock.patch.dict(os.environ, {"TZ": "CST-8"})  # the host's is Beijing's
    zone.start()
    unittest.addModuleCleanup(zone.stop)


class Small(Office):
    """One of each role, all with an address and on duty; a copy of the database is there."""

    calendar = None

    def init(self):
        own = ["--calendar", str(self.calendar)] if self.calendar else []
        people = self.home / "people.yaml"
        people.write_text("".join(f"- {{name: {name}, role: {role}, full_name: {name}"
                                  + (", scope: 91500109622018352Y}\n" if role == "enterprise" else "}\n")
                                  for name, role in PEOPLE.items()))
        self.ctl("init", str(self.home), "--city", "重庆", "--clock", "manual", "--start", START, "--people", str(people),
                 *own, home=False)
        (self.home / "spool").mkdir()

    def make_well(self):
        self.start()
        for name, role in PEOPLE.items():
            if role != "public" and not role.startswith("worker"):
                self.ctl("address", name, "--spool", "yes", "--as", "office")
        for name, post in (("office", "clerk"), ("head", "section_head"), ("director", "director")):
            self.ctl("duty", "set", name, post, "--from", START[:10], "--as", "office")
        self.copy("copy-first")

    def copy(self, name):
        self.ctl("backup", "create", str(self.home / name))

    def reload(self):
        """Has awardd read its configuration again; returns when it has."""
        process, said = self.running[DAEMON], "已重新读取配置"
        before = process.text().count(said)
        process.popen.send_signal(signal.SIGHUP)
        process.wait_line(said, which=before + 1)

    def doctor(self, *words, principal="admin"):
        """Its exit status, and each check by name."""
        done = self.ctl("doctor", *words, "--as", principal, "--output", "json", fine=range(4))
        return done.returncode, {row["check"]: row for row in json.loads(done.stdout)}


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


def bad(rows):
    return {name: row["verdict"] for name, row in rows.items() if row["verdict"] in ("failed", "warning")}


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
        self.office.stop("award-scoring")
        self.finds("worker-scoring", "failed", FAILED)
        self.office.start("award-scoring")
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


# What systemctl of Debian 12 writes about units, of which one has failed. $1 is-enabled, or show.
SYSTEMCTL = """#!/bin/sh
if [ "$1" = is-enabled ]; then echo disabled; exit 1; fi
printf 'Id=awardd.service\\nActiveState=active\\nNRestarts=1\\n'
printf '\\nId=award-scoring@worker-scoring.service\\nActiveState=failed\\nNRestarts=20\\n'
printf '\\nId=award-notification@worker-notification.service\\nActiveState=active\\nNRestarts=0\\n'
"""


class AsAService(test_init.Scratch):
    """Root looks at the office of a service, whose data is another user's."""

    run_script = test_init.Service.run_script

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0 or subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode != 0:
            self.skipTest("needs root and a mount namespace")

    def test_units_are_looked_at_and_the_data_stays_the_services(self):
        (self.scratch / "systemctl").write_text(SYSTEMCTL)
        (self.scratch / "systemctl").chmod(0o755)
        said = self.run_script(f"""
            mkdir -p /run/systemd/system /run/awardd /run/credentials
            awardctl init /etc/awardd --city 重庆 >/dev/null
            chown {SERVICE_USER} /run/awardd
            install -o {SERVICE_USER} -m 0400 /etc/awardd/server.key /run/credentials/server.key
            CREDENTIALS_DIRECTORY=/run/credentials "${{service[@]}}" awardd 2>/run/log &
            awardctl status --timeout 30 >/dev/null || cat /run/log
            awardctl backup create /run/copy >/dev/null
            export PATH="$1:$PATH"
            awardctl doctor --as admin --output json || true
            kill %1 && wait %1
            echo ----
            rm /var/lib/awardd/*/*.mdb-lock
            awardctl doctor --only state
            find /var/lib/awardd ! -name backup.last -printf '%U\\n' | sort -u
        """)
        listed, after = said.split("----\n")
        rows = {row["check"]: row for row in json.loads(listed)}
        for name in ("answers", "server-key", "data-directory", "data-files", "chain", "state", "descriptors", "limits",
                     "program-replaced", "client-configuration", "settings-mode"):
            self.assertEqual(rows[name]["verdict"], "ok", rows[name])
        self.assertEqual(rows["unit-enabled"]["verdict"], "warning")
        self.assertEqual(rows["unit-enabled"]["en"], "awardd.target is disabled")
        self.assertEqual(rows["units-running"]["verdict"], "failed")
        self.assertEqual(rows["units-running"]["en"], "not active: award-scoring@worker-scoring.service")
        self.assertEqual(rows["worker-scoring"]["command"], "systemctl start award-scoring@worker-scoring")
        self.assertEqual(rows["two-keys"]["verdict"], "warning")  # both lie where init has made them
        self.assertEqual(rows["file-system"]["verdict"], "failed")  # a tmpfs
        self.assertRegex(after, rf"^失败 0，.*\n正常 ok  state  .*\n{SERVICE_USER}\n$")


class Real(unittest.TestCase):
    """An office by the host's clock: what a rehearsal has not."""

    def test_growth_clock_and_due_things_are_looked_at(self):
        with RealOffice() as office:
            office.start(DAEMON)
            done = office.ctl("doctor", "--only", "disk-growth", "clock-agrees", "due-fires", "clock", "two-keys", "--as",
                              "admin", "--output", "json", fine=range(4))
            rows = {row["check"]: row for row in json.loads(done.stdout)}
            self.assertEqual(rows["disk-growth"]["verdict"], "ok")
            self.assertRegex(rows["disk-growth"]["en"], r"\d+ entries in 1 days, about .* each, .* a day: full in ")
            self.assertEqual(rows["clock-agrees"]["verdict"], "ok")
            self.assertEqual(rows["due-fires"]["verdict"], "ok")
            self.assertIn(rows["clock"]["verdict"], ("ok", "warning"))  # as this host is
            self.assertEqual(rows["two-keys"]["verdict"], "warning")
            (office.home / "keys/supervision.key").rename(office.home / "supervision.key")
            rows = json.loads(office.ctl("doctor", "--only", "two-keys", "--as", "admin", "--output", "json").stdout)
            self.assertEqual(rows[0]["verdict"], "ok")

    def test_a_message_that_reaches_nobody_is_told(self):
        policy = ("delivery_attempts: 2\ndelivery_first_wait: 3600\ndelivery_longest_wait: 3600\n"
                  'ladders:\n  - {kind: closing, steps: [{offset_days: 0, at: "09:00", roles: [office]}]}\n')
        with RealOffice(policy) as office:
            office.channels_write(mail={"url": f"smtp://127.0.0.1:{port_free()}", "tls": "none",
                                        "from": "award@example.gov.cn", "timeout_seconds": 10})
            office.start(DAEMON, WORKER)
            office.ctl("address", "government", "--mail", "nobody@example.gov.cn", "--as", "office")
            self.assertEqual(self.rows(office, "messages")["messages"]["verdict"], "ok")
            office.ctl("alert", "test", "mail", "government", "--as", "office", fine=(1,))
            row = self.rows(office, "messages")["messages"]
            self.assertEqual((row["verdict"], row["en"]), ("warning", "0 given up, 1 tried again"))
            self.assertEqual(row["command"], "awardctl alerts --undelivered")

    def test_certificates_of_file_and_server_and_an_open_password_are_told(self):
        with RealOffice() as office:
            authority = Authority(office.home)
            server = MailServer(authority, implicit=True)
            self.addCleanup(server.close)
            (office.home / "mail.password").write_text("secret\n")
            (office.home / "mail.password").chmod(0o600)
            office.channels_write(mail={"url": f"smtps://127.0.0.1:{server.port}", "tls": "tls", "user": "award",
                                        "password_file": "mail.password", "from": "award@example.gov.cn",
                                        "ca_file": authority.ca.name})
            office.start(DAEMON)
            rows = self.rows(office, "channels", "certificates")
            self.assertEqual(rows["channels"]["verdict"], "ok")
            self.assertEqual(rows["certificates"]["verdict"], "failed")  # of two days
            self.assertRegex(rows["certificates"]["en"], r"has 1 days left")
            (office.home / "mail.password").chmod(0o644)
            rows = self.rows(office, "channels", "certificates")
            self.assertEqual(rows["channels"]["verdict"], "failed")
            self.assertIn("chmod 600", rows["channels"]["en"])

    @staticmethod
    def rows(office, *names):
        done = office.ctl("doctor", "--only", *names, "--as", "admin", "--output", "json", fine=range(4))
        return {row["check"]: row for row in json.loads(done.stdout)}


if __name__ == "__main__":
    unittest.main()
