"""test_init - an office on an empty machine: asked on a terminal, given by flags, as a service; and its configuration.

The service is made in a mount namespace whose /etc, /var/lib and /run are scratch, so it needs root.
"""
import hashlib
import json
import os
import pathlib
import pty
import re
import resource
import select
import shlex
import signal
import subprocess
import tempfile
import time
import unittest

import rig
from rig import BIN, PATIENCE, YEAR, Office, environment

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SERVICE_USER = 12345


class Terminal:
    """A program on a terminal of its own, answered as it asks."""

    def __init__(self, *words):
        self.ours, theirs = pty.openpty()
        self.said = ""
        self.popen = subprocess.Popen([str(BIN / "awardctl"), *words], stdin=theirs, stdout=theirs, stderr=theirs,
                                      env=environment(), start_new_session=True)
        os.close(theirs)

    def read(self):
        """What is said next; False at the end."""
        ready, _, _ = select.select([self.ours], [], [], PATIENCE)
        assert ready, f"it says nothing more:\n{self.said}"
        try:
            text = os.read(self.ours, 4096)
        except OSError:  # the other side has closed
            return False
        self.said += text.decode(errors="replace").replace("\r\n", "\n")
        return bool(text)

    def answer(self, question, text):
        """Waits for the question, which must be a new one, and answers it."""
        while not (question in self.said and self.said.rstrip(" ").endswith(":")):
            assert self.read(), f"it did not ask {question!r}:\n{self.said}"
        self.asked = self.said
        self.said = ""
        os.write(self.ours, text.encode() if isinstance(text, str) else text)

    def end(self):
        while self.read():
            pass
        os.close(self.ours)
        return self.popen.wait(PATIENCE)


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="award-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.home = self.scratch / "office"

    def run_program(self, name, *words, fine=0):
        done = subprocess.run([str(BIN / name), *words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=environment(), timeout=PATIENCE)
        self.assertEqual(done.returncode, fine, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def init(self, *words, fine=0):
        return self.run_program("awardctl", "init", *words, fine=fine)


def contents(folder):
    """What every file but the database's is."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*") if path.is_file() and "data" not in path.parts}


class Asked(Scratch):
    def test_what_is_not_given_is_asked_for_and_what_cannot_be_is_asked_again(self):
        terminal = Terminal("init")
        terminal.answer("directory [/etc/awardd]", f"{self.home}\n")
        terminal.answer("城市", "\n")
        terminal.answer("城市", "  重庆 \n")
        terminal.answer("rulebook [chongqing-2015.yaml]", "/nowhere.yaml\n")
        terminal.answer("rulebook", "\n")
        self.assertIn("/nowhere.yaml", terminal.asked)
        terminal.answer("first people", f"{rig.PEOPLE}\n")
        self.assertEqual(terminal.end(), 0, terminal.said)
        genesis = json.loads((self.home / "genesis.json").read_text())
        self.assertEqual(genesis["city"], "重庆")
        self.assertIn("reviewer-01", [each["name"] for each in genesis["principals"]])
        self.assertTrue((self.home / "keys/reviewer-01.key").exists())
        self.assertEqual(terminal.said.strip().splitlines()[-3:],
                         [f"  awardd --config {self.home}/awardd.yaml &",
                          f"  awardctl --home {self.home} status",
                          f"  awardctl --home {self.home} new cycle_opened"])

    def test_the_end_of_the_input_leaves_nothing_behind(self):
        terminal = Terminal("init", str(self.home))
        terminal.answer("城市", b"\x04")
        self.assertEqual(terminal.end(), 2)
        self.assertIn("nothing was made", terminal.said)
        self.assertFalse(self.home.exists())

    def test_nobody_is_asked_who_gave_what_is_needed(self):
        terminal = Terminal("init", str(self.home), "--city", "重庆")
        self.assertEqual(terminal.end(), 0)
        self.assertNotIn("rulebook [", terminal.said)

    def test_without_a_terminal_it_does_not_wait(self):
        for words in ([], [str(self.home)], ["--city", "重庆"]):
            self.assertIn("no terminal to ask on: give directory and city", self.init(*words, fine=2))
        self.assertFalse(self.home.exists())

    def test_a_value_that_cannot_be_is_named_with_what_can(self):
        for words, right in ((["--clock", "sundial"], "--clock is manual"), (["--listen", "7000"], "--listen is tcp://")):
            self.assertIn(right, self.init(str(self.home), "--city", "重庆", *words, fine=2))
        self.assertFalse(self.home.exists())


class Elsewhere(Scratch):
    def test_where_there_is_no_office_it_is_said_how_one_is_named_or_made(self):
        said = self.run_program("awardctl", "--home", str(self.scratch), "status", fine=3)
        self.assertIn(f"there is no awardctl.yaml in {self.scratch}; name the office's directory with --home", said)
        self.assertIn("awardctl init", said)
        (self.scratch / "awardctl.yaml").mkdir()
        self.assertIn("is not a regular file", self.run_program("awardctl", "--home", str(self.scratch), "status", fine=3))


class Made(Scratch):
    def test_each_file_is_explained_and_the_configuration_explains_itself(self):
        said = self.init(str(self.home), "--city", "重庆")
        for name in ("server.key", "keys/office.key", "keys/admin.key", "genesis.json", "awardd.yaml", "awardctl.yaml",
                     "data"):
            self.assertRegex(said, rf"(?m)^\+ {self.home}/{name} +\S.* / .", name)
        self.assertEqual({path.stat().st_mode & 0o077 for path in self.home.rglob("*")}, {0})
        listed = self.run_program("awardd", "--config", str(self.home / "awardd.yaml"), "--check-config")
        self.assertIn(f"{self.home}/awardd.yaml: 配置无误", listed)
        self.assertRegex(listed, rf"data_directory +{self.home}/data +第 \d+ 行 line \d+")
        self.assertRegex(listed, r"greetings +1024 +默认 default")
        self.assertIn("database: 已建立", listed)

    def test_the_next_commands_can_be_typed_whatever_the_directory_is_called(self):
        home = self.scratch / "it's an office"
        said = self.init(str(home), "--city", "重庆").splitlines()
        words = [shlex.split(line) for line in said[-3:]]
        self.assertEqual([each[2] for each in words], [f"{home}/awardd.yaml", str(home), str(home)])

    def test_each_line_of_the_configurations_fits_the_screen(self):
        self.init(str(self.home), "--city", "重庆")
        for name in ("awardd.yaml", "awardctl.yaml"):
            self.assertEqual(rig.too_wide((self.home / name).read_text()), [], name)

    def test_repeating_it_harms_nothing(self):
        self.init(str(self.home), "--city", "重庆")
        before = contents(self.home)
        for words in ((), ("--city", "重庆"), ("--clock", "system", "--default", "office")):
            said = self.init(str(self.home), *words)
            self.assertNotRegex(said, r"(?m)^\+")
            self.assertIn("awardctl --home", said)
            self.assertEqual(contents(self.home), before)

    def test_what_is_given_again_and_is_otherwise_is_said_with_both_values_and_how_to_change_it(self):
        start = "2018-02-26T09:00:00+08:00"
        rulebooks = ROOT / "rulebooks"
        given = ("--city", "重庆", "--clock", "manual", "--start", start, "--listen", "tcp://127.0.0.1:7400",
                 "--rulebook", str(rulebooks / "chongqing-2015.yaml"), "--alerts", str(rulebooks / "alerts.yaml"),
                 "--calendar", str(rulebooks / "cn-holidays.tsv"), "--people", str(rig.PEOPLE))
        self.init(str(self.home), *given)
        before = contents(self.home)
        self.init(str(self.home), *given)
        other = self.scratch / "other"
        other.write_text((rulebooks / "alerts.yaml").read_text() + "# of another mind\n")
        people = self.scratch / "people.yaml"
        people.write_text(rig.PEOPLE.read_text().replace("role: office", "role: administrator", 1))
        genesis = json.loads((self.home / "genesis.json").read_text())
        digest = hashlib.sha256(other.read_bytes()).hexdigest()
        for option, value, shown, kept, how in (
                ("--city", "成都", "成都", "重庆", "another directory"),
                ("--rulebook", str(other), digest, genesis["rulebook"]["digest"], "rulebook load"),
                ("--alerts", str(other), digest, genesis["alert_policy"]["digest"], "policy load"),
                ("--calendar", str(other), digest, genesis["calendars"][0]["digest"], "calendar add"),
                ("--people", str(people), '"administrator"', '"office"', "principal_enrolled"),
                ("--clock", "system", "system", "manual", "another directory"),
                ("--start", "2019-01-01T00:00:00+08:00", "2019-01-01T00:00:00+08:00", "2018-02-26 09:00", "clock set"),
                ("--listen", "tcp://127.0.0.1:7500", "tcp://127.0.0.1:7500", "tcp://127.0.0.1:7400", "restart"),
                ("--default", "bureau", "bureau", "office", "default_principal")):
            said = self.init(str(self.home), option, value, fine=5)
            zh, en = [line for line in said.splitlines() if option in line]
            for line in (zh, en):
                self.assertIn(shown, line)
                self.assertIn(kept, line)
            self.assertIn("未作更改", zh)
            self.assertIn("nothing was changed", en)
            self.assertIn(how, en)
            self.assertNotRegex(said, r"(?m)^\+")
            self.assertNotIn("next:", said)
            self.assertEqual(contents(self.home), before)
        self.init(str(self.home), "--people", "/nowhere.yaml", fine=3)
        said = self.init(str(self.home), "--city", "成都", "--default", "bureau", fine=5)
        self.assertEqual(said.count("nothing was changed"), 2)

    def test_of_an_office_whose_genesis_is_gone_nothing_is_made_anew(self):
        self.init(str(self.home), "--city", "重庆")
        (self.home / "genesis.json").unlink()
        before = contents(self.home)
        self.assertIn("the database has its first entry", self.init(str(self.home)))
        said = self.init(str(self.home), "--city", "成都", fine=5)
        self.assertIn("未作更改", said)
        self.assertIn("cannot be compared, and nothing was changed", said)
        self.assertNotIn("next:", said)
        self.init(str(self.home), "--default", "bureau", fine=5)
        self.assertEqual(contents(self.home), before)

    def test_a_key_that_was_handed_over_is_not_made_again(self):
        self.init(str(self.home), "--city", "重庆")
        for name in ("keys/office.key", "server.key"):
            (self.home / name).unlink()
        before = contents(self.home)
        self.assertIn("no other is made", self.init(str(self.home), "--city", "重庆"))
        self.assertEqual(contents(self.home), before)

    def test_a_key_that_cannot_be_used_is_told_as_any_other_file(self):
        self.init(str(self.home), "--city", "重庆")
        key = self.home / "keys/office.key"
        key.chmod(0o644)
        shared = (f"awardctl: 密钥文件 {key} 含有私钥，却可被他人读取（权限 644）；请对它执行 chmod 600",
                  f"          the key file {key} holds a secret key and is open to others (mode 644); run chmod 600 on it")
        taken = (f"awardctl: 密钥文件 {key} 无法使用：File exists；请检查路径和权限",
                 f"          the key file {key} cannot be used: File exists; check path and permissions")
        for words, fine, (zh, en) in ((("status",), 3, shared), (("key", "list"), 0, shared),
                                      (("key", "new", "office"), 3, taken)):
            said = self.run_program("awardctl", "--home", str(self.home), *words, fine=fine).splitlines()
            self.assertIn(zh, said)
            self.assertEqual(said[said.index(zh) + 1], en)

    def test_what_was_interrupted_goes_on(self):
        self.init(str(self.home), "--city", "重庆")
        before = contents(self.home)
        for name in ("awardctl.yaml", "awardd.yaml"):
            (self.home / name).unlink()
        self.init(str(self.home), "--city", "重庆")
        self.assertEqual(contents(self.home), before)

    def test_what_is_wrong_is_said_before_anything_is_made(self):
        city = ("--city", "重庆")
        for status, words in ((3, ("--city", "")), (3, ("--city", "a\nb")), (3, ("--city", b"\xe4\xb8")),
                              (3, ("--city", "重" * 5000)), (3, (*city, "--start", "2018-02-26T09:00:00+08:00")),
                              (3, (*city, "--clock", "manual", "--start", "soon")),
                              (3, (*city, "--rulebook", "/nowhere")), (3, (*city, "--people", "/dev/null")),
                              (3, (*city, "--default", "nobody")), (2, (*city, "--listen", "foo:bar")),
                              (2, (*city, "--listen", "tcp://127.0.0.1:65534"))):
            self.init(str(self.home), *words, fine=status)
            self.assertFalse(self.home.exists(), words)
        deep = self.scratch / ("d" * 100)
        self.assertIn("107 bytes at most", self.init(str(deep), *city, fine=2))
        self.assertFalse(deep.exists())
        self.assertIn("check the path", self.init(str(self.home / "nowhere"), *city, fine=3))

    def test_a_database_that_was_cut_off_is_made_by_the_next(self):
        self.init(str(self.home), "--city", "重庆")
        (self.home / "data/being-made").touch()
        (self.home / "data/state/state.mdb").unlink()
        self.assertIn(f"+ {self.home}/data", self.init(str(self.home)))
        self.assertIn("sound", self.run_program("awardd", "--config", str(self.home / "awardd.yaml"), "verify"))
        self.assertIn(f"= {self.home}/data", self.init(str(self.home)))

    def test_a_file_for_which_there_was_no_room_is_made_by_the_next(self):
        def little_room():
            resource.setrlimit(resource.RLIMIT_FSIZE, (16384, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        full = subprocess.run([str(BIN / "awardctl"), "init", str(self.home), "--city", "重庆"], env=environment(),
                              capture_output=True, text=True, preexec_fn=little_room, timeout=PATIENCE)
        self.assertEqual(full.returncode, 3)
        self.assertIn("No space left on device", full.stderr)
        self.assertFalse((self.home / "genesis.json").exists())
        self.init(str(self.home), "--city", "重庆")
        self.assertEqual(json.loads((self.home / "genesis.json").read_text())["city"], "重庆")
        self.assertEqual(list(self.home.glob("*.part")), [])


class Wrong(Scratch):
    def test_all_that_is_wrong_is_said_with_its_line_and_what_would_be_right(self):
        self.init(str(self.home), "--city", "重庆")
        file = self.home / "awardd.yaml"
        lines = file.read_text().splitlines()
        lines += ["greetngs: 20", "turn_events: 4096", "log_level: loud"]
        file.write_text("\n".join(lines) + "\n")
        said = self.run_program("awardd", "--config", str(file), "--check-config", fine=3)
        last = len(lines)
        self.assertIn(f"{file}:{last - 2}:1: 没有“greetngs”这个键；是否应为“greetings”", said)
        self.assertIn("did you mean `greetings`", said)
        self.assertIn(f"{file}:{last - 1}:14: ", said)
        self.assertIn("a whole number from 1 to 1024", said)
        self.assertIn(f"{file}:{last}:12: ", said)
        self.assertIn("one of error, warn, info, debug", said)
        self.assertEqual(said, self.run_program("awardd", "--config", str(file), fine=3))  # a start says the same


    def test_a_file_without_a_line_to_name_is_named_itself(self):
        self.home.mkdir()
        file = self.home / "awardd.yaml"
        file.write_text("# nothing\n")
        self.assertIn(f"{file}: 文件是空的", self.run_program("awardd", "--config", str(file), "--check-config", fine=3))

    def test_a_pipe_in_the_place_of_a_file_is_refused_and_not_waited_for(self):
        self.init(str(self.home), "--city", "重庆")
        file = self.home / "pipe"
        os.mkfifo(file)
        zh, en = (f"{file} 不是普通文件，而是目录、管道或设备；请改用普通文件",
                  f"{file} is not a regular file but a directory, pipe or device; use a regular one")
        for program, *arguments, status in (("awardd", "--config", str(file), 3),
                                            ("awardd", "--config", str(self.home / "awardd.yaml"), "--create", str(file), 3),
                                            *((worker, "--config", str(file), 1) for worker in rig.WORKERS),
                                            ("awardctl", "--home", str(self.home), "rulebook", "check", str(file), 3)):
            said = self.run_program(program, *arguments, fine=status)
            self.assertIn(zh, said)
            self.assertIn(en, said)
        (self.home / "server.key").unlink()
        file.rename(self.home / "server.key")
        self.assertIn("server.key is not a regular file",
                      self.run_program("awardd", "--config", str(self.home / "awardd.yaml"), fine=3))

    def test_a_wrong_command_line_is_told_with_its_reason(self):
        for words, reason in ((("nonsense",), "there is no such command: nonsense"),
                              (("rebuild", "there"), "one argument too many: there"),
                              (("verify", "here", "there"), "one argument too many: there"),
                              (("backup",), "a directory is missing: backup"),
                              (("--create",), "an option lacks its value: --create"),
                              (("--every", "7x", "verify"), "--every wants a whole number above zero: 7x"),
                              (("--every", "0", "verify"), "--every wants a whole number above zero: 0"),
                              (("--nonsense",), "an option cannot be read: --nonsense")):
            said = self.run_program("awardd", "--config", "/nowhere", *words, fine=2)
            self.assertIn(reason, said)
            self.assertEqual(said.count("\n"), 1, said)

    def test_a_wrong_command_line_of_a_worker_is_told_with_the_word_that_it_is_about(self):
        for words, reason in ((["there"], "one argument too many: there"), (["--key"], "an option lacks its value: --key"),
                              (["--nonsense"], "an option cannot be read: --nonsense")):
            said = self.run_program("award-revocation", *words, fine=2)
            self.assertIn(reason, said)
            self.assertEqual(said.count("\n"), 1, said)

    def test_a_server_key_that_cannot_be_used_is_no_reason_to_start_it_again(self):
        self.init(str(self.home), "--city", "重庆")
        (self.home / "server.key").chmod(0o644)
        self.assertIn("chmod 600", self.run_program("awardd", "--config", str(self.home / "awardd.yaml"), fine=3))


class Shown(unittest.TestCase):
    def test_the_value_in_force_and_where_it_comes_from_is_asked_from_the_coordinator(self):
        with Office() as office:
            file = office.home / "awardd.yaml"
            with file.open("a") as settings:
                settings.write("queued_messages: 200\n")
            last = len(file.read_text().splitlines())
            office.start(rig.DAEMON)
            with file.open("a") as settings:
                settings.write("greetings: 20\n")  # too late for this start
            shown = json.loads(office.ctl("config", "show", "--as", "admin", "--output", "json").stdout)
            self.assertEqual(shown["file"], str(file))
            rows = {row["key"]: row for row in shown["rows"]}
            self.assertEqual(rows["queued_messages"],
                             {"key": "queued_messages", "value": "200", "line": last, "standard": "4096",
                              "reloads": False})
            self.assertEqual(rows["greetings"],
                             {"key": "greetings", "value": "1024", "standard": "1024", "reloads": True})
            self.assertEqual(rows["data_directory"]["value"], str(office.home / "data"))
            self.assertNotIn("standard", rows["data_directory"])
            written = set(re.findall(r"^#?([a-z_]+): ", file.read_text(), re.M))
            self.assertEqual(set(rows), written)
            table = office.ctl("config", "show").stdout
            self.assertRegex(table, rf"queued_messages +行 line {last} +重启 restart +200\n")
            self.assertRegex(table, r"greetings +默认 default +重载 reload +1024\n")
            self.assertEqual(rig.too_wide(table), [])
            one = office.ctl("config", "show", "queued_messages").stdout
            self.assertIn("queued_messages", one)
            self.assertIn("messages queued on one connection, each way\n", one)
            self.assertNotIn("greetings", one)
            self.assertIn("is it queued_messages?", office.ctl("config", "show", "queued_message", fine=(2,)).stderr)
            secret = rig.wire.key_read(office.home / "server.key")["secret-key"]
            self.assertNotIn(secret, json.dumps(shown) + table)
            refused = office.ctl("config", "show", "--as", "reviewer-01", fine=(1,))
            self.assertIn("may not ask for config", refused.stderr)

    def test_after_a_reload_it_tells_what_is_in_force_and_what_awaits_a_restart(self):
        with Office() as office:
            office.start(rig.DAEMON)
            file = office.home / "awardd.yaml"
            with file.open("a") as settings:
                settings.write("greetings: 20\nqueued_messages: 200\n")
            last = len(file.read_text().splitlines())
            office.running[rig.DAEMON].popen.send_signal(signal.SIGHUP)
            office.wait_log("setting=queued_messages from=4096 to=200")
            rows = {row["key"]: row for row in
                    json.loads(office.ctl("config", "show", "--output", "json").stdout)["rows"]}
            self.assertEqual((rows["greetings"]["value"], rows["greetings"]["line"]), ("20", last - 1))
            self.assertNotIn("waits", rows["greetings"])
            self.assertEqual((rows["queued_messages"]["value"], rows["queued_messages"]["waits"]), ("4096", True))
            self.assertNotIn("line", rows["queued_messages"])
            one = office.ctl("config", "show", "queued_messages").stdout
            self.assertRegex(one, r"queued_messages .* 重启 restart \* +4096\n")
            self.assertIn("\n* 文件已改，待重启 / changed in the file, awaits a restart\n", one)
            self.assertEqual(rig.too_wide(office.ctl("config", "show").stdout), [])


# What a package would have made, on scratch file systems that nobody else sees.
NAMESPACES = ("unshare", "-m", "-p", "-f", "--kill-child", "--mount-proc")  # nothing outlives it
PACKAGED = f"""
set -euo pipefail
mount --make-rprivate /
mkdir -p "$1/etc" && cp -a /etc/passwd /etc/group "$1/etc/"
mount --bind "$1/etc" /etc
mount -t tmpfs tmpfs /var/lib
mount -t tmpfs tmpfs /run
mkdir -p /run/tree/build/bin/x /run/tree/rulebooks
mount --bind "$2" /run/tree/build/bin/x
mount --bind "$3" /run/tree/rulebooks
cd / && export PATH=/run/tree/build/bin/x:$PATH
unset AWARD_HOME
install -d -o {SERVICE_USER} -g {SERVICE_USER} -m 0700 /var/lib/awardd
service=(setpriv --reuid {SERVICE_USER} --regid {SERVICE_USER} --clear-groups --)
"""


class Service(Scratch):
    def setUp(self):
        super().setUp()
        if os.geteuid() != 0 or subprocess.run([*NAMESPACES, "true"], capture_output=True).returncode != 0:
            self.skipTest("needs root and a mount namespace")

    def run_script(self, text):
        self.scratch.chmod(0o755)
        done = subprocess.run([*NAMESPACES, "bash", "-c", PACKAGED + text, "bash", str(self.scratch), str(BIN),
                               str(ROOT / "rulebooks")], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=environment(), timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def test_the_database_belongs_to_the_service_and_only_what_others_need_can_be_read(self):
        said = self.run_script("""
            umask 077
            awardctl init /etc/awardd/ --city 重庆
            echo ----
            stat -c '%n %u %a' /etc/awardd /etc/awardd/* /etc/awardd/keys/office.key /var/lib/awardd /var/lib/awardd/* \
                /run/awardd
            echo ----
            "${service[@]}" awardd --check-config
            "${service[@]}" awardd verify
        """)
        printed, found, checked = said.split("----\n")
        owners = {name: (int(owner), mode) for name, owner, mode in
                  (line.split() for line in found.splitlines())}
        data = {name: owner for name, (owner, _) in owners.items() if name.startswith("/var/lib")}
        self.assertGreater(len(data), 3)
        self.assertEqual(set(data.values()), {SERVICE_USER}, data)
        modes = {name: mode for name, (owner, mode) in owners.items() if name.startswith("/etc") and owner == 0}
        self.assertEqual(modes, {
            "/etc/awardd": "755", "/etc/awardd/keys": "700", "/etc/awardd/keys/office.key": "600",
            "/etc/awardd/server.key": "600", "/etc/awardd/genesis.json": "644", "/etc/awardd/awardd.yaml": "644",
            "/etc/awardd/awardctl.yaml": "644"})
        self.assertEqual(printed.strip().splitlines()[-3:],
                         ["  awardd &", "  awardctl status", "  awardctl new cycle_opened"])
        self.assertRegex(checked, r"client_endpoint +ipc:///run/awardd/clients.sock")
        self.assertRegex(checked, r"metrics_endpoint +tcp://127\.0\.0\.1:9464 ")
        self.assertIn("sound", checked)

    def test_under_systemd_the_target_is_what_comes_next_and_the_units_make_the_sockets_directory(self):
        said = self.run_script("""
            mkdir -p /run/systemd/system
            awardctl init /etc/awardd --city 重庆
            test ! -e /run/awardd
        """)
        self.assertEqual(said.strip().splitlines()[-3:], ["  systemctl enable --now awardd.target",
                                                          "  awardctl status", "  awardctl new cycle_opened"])

    def test_the_service_can_serve_what_init_has_made(self):
        said = self.run_script(f"""
            awardctl init /etc/awardd --city 重庆
            install -o {SERVICE_USER} -m 0600 /etc/awardd/server.key /etc/server.key
            chown {SERVICE_USER} /run/awardd
            sed 's|"server.key"|/etc/server.key|; s|127.0.0.1:9464|127.0.0.1:*|' /etc/awardd/awardd.yaml \\
                >/etc/awardd/service.yaml  # other tests may have the port
            "${{service[@]}}" awardd --config /etc/awardd/service.yaml 2>/run/log &
            awardctl status --timeout 30 || cat /run/log
            awardctl config show
            kill %1 && wait %1
        """)
        self.assertRegex(said, r"city +重庆")
        self.assertIn("/etc/awardd/service.yaml", said)
        self.assertRegex(said, r"metrics_endpoint .* tcp://127\.0\.0\.1:\*\n")

    def test_a_link_in_the_services_directory_is_not_followed_with_the_rights_of_root(self):
        said = self.run_script("""
            "${service[@]}" ln -s /etc/victim /var/lib/awardd/journal
            awardctl init /etc/awardd --city 重庆 2>&1 && exit 1
            test ! -e /etc/victim && echo untouched
        """)
        self.assertIn("untouched", said)


if __name__ == "__main__":
    unittest.main()
