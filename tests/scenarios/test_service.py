"""test_service - awardd as a service: what it tells its manager, read again, stopped, asleep

The manager is this test: a datagram socket by systemd's protocol, which sd_notify writes to. A whole
systemd with the packages is tried by scripts/container-test.
"""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import unittest.mock

import rig

SIGN_SECONDS = 0.5  # of life, each: half of what the manager waits
STOP_SECONDS = 5


class Manager:
    """What a service tells, in the order in which it comes."""

    def __init__(self):
        self.directory = tempfile.TemporaryDirectory()
        self.path = str(pathlib.Path(self.directory.name) / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(rig.PATIENCE)

    def environment(self, watchdog=True):
        made = {"NOTIFY_SOCKET": self.path}
        if watchdog:
            made["WATCHDOG_USEC"] = str(int(2 * SIGN_SECONDS * 1000000))
        return made

    def wait(self, pattern):
        """The next thing that fits; what comes before it is let go."""
        while True:
            told = self.socket.recv(4096).decode()
            if re.search(pattern, told):
                return told

    def drain(self):
        """Lets go what has come."""
        self.socket.setblocking(False)
        try:
            while True:
                self.socket.recv(4096)
        except BlockingIOError:
            self.socket.settimeout(rig.PATIENCE)

    def close(self):
        self.socket.close()
        self.directory.cleanup()


class Service(unittest.TestCase):
    def setUp(self):
        self.manager = Manager()
        self.addCleanup(self.manager.close)

    def start(self, office, **options):
        with unittest.mock.patch.dict(os.environ, self.manager.environment(**options)):
            office.start(rig.DAEMON)
        return office.running[rig.DAEMON]

    def read_again(self, office, process, more):
        """With lines added to its configuration; returns what the file was."""
        file = office.home / "awardd.yaml"
        before = file.read_text()
        self.manager.wait("READY=1")
        file.write_text(before + more)
        process.popen.send_signal(signal.SIGHUP)
        self.manager.wait("^RELOADING=1$")
        self.manager.wait("^READY=1$")
        return before

    def test_it_is_ready_when_it_serves_and_says_how_it_is(self):
        with rig.Office() as office:
            self.start(office)
            self.assertEqual(self.manager.wait("READY|WATCHDOG|STATUS"), "READY=1")
            office.ctl("status")
            status = self.manager.wait("STATUS=")
            self.assertRegex(status, r"^STATUS=受理中 / serving \(演练 / rehearsal\) entry=\d+ due=\S+ "
                                     r"restart_keys=0$")
            for _ in range(3):
                self.manager.wait("^WATCHDOG=1$")

    def test_a_loop_that_stands_still_gives_no_sign(self):
        with rig.Office() as office:
            process = self.start(office)
            self.manager.wait("WATCHDOG=1")
            process.popen.send_signal(signal.SIGSTOP)
            os.waitpid(process.popen.pid, os.WUNTRACED)
            self.manager.drain()
            self.manager.socket.settimeout(4 * SIGN_SECONDS)
            with self.assertRaises(TimeoutError):
                self.manager.socket.recv(4096)
            process.popen.send_signal(signal.SIGCONT)
            self.manager.socket.settimeout(rig.PATIENCE)
            self.manager.wait("WATCHDOG=1")

    def test_it_reads_its_configuration_again(self):
        with rig.Office() as office:
            process = self.start(office)
            self.read_again(office, process, "connections: 77\nqueued_messages: 200\n")
            self.assertIn("restart_keys=1", self.manager.wait("STATUS="))
            process.wait_line(r"已生效 / in force setting=connections from=1024 to=77$")
            process.wait_line(r"重启后生效 / after a restart setting=queued_messages from=4096 to=200$")
            status = office.ctl("status").stdout
            self.assertRegex(status, r"connections +77\b")
            self.assertRegex(status, r"queued_messages +4096\b")

    def test_a_wrong_configuration_changes_nothing(self):
        with rig.Office() as office:
            process = self.start(office)
            before = self.read_again(office, process, "connectoins: 77\n")
            said = process.wait_line("the configuration is wrong")
            self.assertIn(f"{office.home}/awardd.yaml:{before.count(chr(10)) + 1}:1: ", said)
            self.assertIn("connectoins", said)
            self.assertRegex(office.ctl("status").stdout, r"connections +1024\b")
            (office.home / "awardd.yaml").unlink()
            process.popen.send_signal(signal.SIGHUP)
            said = process.wait_line("the configuration is wrong", 2)
            self.assertEqual(said.count("读不了文件"), 1)
            self.assertNotRegex(said, r"line=|awardd.yaml:")
            (office.home / "awardd.yaml").write_text(before)

    def test_it_stops_in_time_and_says_so(self):
        with rig.Office() as office:
            process = self.start(office)
            self.manager.wait("READY=1")
            begun = time.monotonic()
            process.popen.send_signal(signal.SIGTERM)
            self.manager.wait("^STOPPING=1$")
            self.assertEqual(process.popen.wait(rig.PATIENCE), 0)
            self.assertLess(time.monotonic() - begun, 4 * STOP_SECONDS)  # the machine may be busy

    def test_all_stop_together_in_time(self):
        with rig.Office() as office:
            office.start()
            running = [process.popen for process in office.running.values()]
            begun = time.monotonic()
            for popen in running:
                popen.send_signal(signal.SIGTERM)
            self.assertEqual([popen.wait(rig.PATIENCE) for popen in running], [0, 0, 0, 0])
            self.assertLess(time.monotonic() - begun, STOP_SECONDS)

    def test_a_worker_is_ready_says_how_it_is_and_gives_signs(self):
        with rig.Office() as office:
            office.start(rig.DAEMON)
            with unittest.mock.patch.dict(os.environ, self.manager.environment()):
                office.start("award-scoring")
            self.assertEqual(self.manager.wait("READY|WATCHDOG|STATUS"), "READY=1")
            self.assertEqual(self.manager.wait("STATUS="), "STATUS=已连接 / connected")
            for _ in range(3):
                self.manager.wait("^WATCHDOG=1$")
            office.stop(rig.DAEMON)
            self.assertIn("协调程序不在", self.manager.wait("STATUS="))

    def test_a_worker_that_is_killed_is_noticed_at_once_and_one_that_stops_says_so(self):
        with rig.Office() as office:
            office.start(rig.DAEMON, "award-scoring", "award-revocation")
            office.kill("award-scoring")
            office.wait_log("the connection of a worker has ended.* principal=worker-scoring")
            office.stop("award-revocation")
            office.wait_log("worker left principal=worker-revocation")
            self.assertEqual(office.ask("status", "admin").get("workers", []), [])
            office.start("award-scoring")
            office.running[rig.DAEMON].wait_line("worker connected principal=worker-scoring", 2)
            self.assertEqual([each["principal"] for each in office.ask("status", "admin")["workers"]],
                             ["worker-scoring"])

    def test_a_worker_whose_key_is_revoked_while_it_sleeps_gets_no_task(self):
        with rig.Office() as office:
            office.start(rig.DAEMON, "award-notification")
            office.wait_log("worker connected")
            key = rig.wire.key_read(office.home / "keys/worker-notification.key")["public-key"]
            tried = {"principal": "office", "message_tried": {"person": "office", "channel": "spool"}}
            rows = office.push_lines([{"principal": "admin", "key_revoked": {"public_key": key, "reason": "x"}}, tried])
            self.assertEqual({row["outcome"] for row in rows}, {"accepted"})
            office.wait_log("a key was refused, it is revoked.*key=")
            [row] = office.ask("tasks", "admin")["rows"]
            self.assertNotIn("leased_to", row)
            self.assertEqual(list((office.home / "spool").iterdir()), [])

    def test_a_coordinator_that_is_started_again_sees_its_workers_again(self):
        with rig.Office() as office:
            office.start()
            office.kill(rig.DAEMON)
            office.start(rig.DAEMON)
            for principal in rig.WORKERS.values():
                office.wait_log(f"worker connected principal={principal}$")

    def test_each_ends_well_when_nobody_reads_its_log_any_more(self):
        with rig.Office() as office:
            for name in rig.PROCESSES:
                program = subprocess.Popen([str(rig.BIN / name), *office.arguments(name)], stdin=subprocess.DEVNULL,
                                           stderr=subprocess.PIPE, env=rig.environment(), text=True)
                self.addCleanup(program.kill)
                self.assertRegex(program.stderr.readline(), "ready|started")
                program.stderr.close()
                program.terminate()
                self.assertEqual(program.wait(rig.PATIENCE), 0, name)

    def test_none_takes_a_file_of_its_own_for_its_log_where_standard_error_is_closed(self):
        with rig.Office() as office:
            for name in rig.PROCESSES:
                closed = ["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', str(rig.BIN / name), *office.arguments(name)]
                with unittest.mock.patch.dict(os.environ, self.manager.environment()):
                    program = subprocess.Popen(closed, env=rig.environment())
                self.addCleanup(program.wait, rig.PATIENCE)
                self.addCleanup(program.kill)
                self.manager.wait("READY=1")
                files = {os.readlink(f"/proc/{program.pid}/fd/{number}") for number in range(3)}
                self.assertEqual(files, {"/dev/null"}, name)
            office.ctl("status")
            said = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', str(rig.BIN / "awardctl"), "--home", str(office.home),
                                   "status"], stderr=subprocess.PIPE, env=rig.environment(), text=True, check=False)
            self.assertEqual(said.returncode, 3)
            self.assertIn("the output cannot be written", said.stderr)

    def test_nobody_needs_to_be_there(self):
        with rig.Office() as office:
            office.start(rig.DAEMON)
            office.ctl("status")


class NetworkOffice(rig.Office):
    """Workers come over the network, as from another host."""

    def init(self):
        super().init()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.workers = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        file = self.home / "awardd.yaml"
        file.write_text(re.sub("^worker_endpoint: .*$", f'worker_endpoint: "{self.workers}"', file.read_text(),
                               flags=re.M))

    def endpoint(self, which):
        return self.workers if which == "workers" else super().endpoint(which)


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Hangup(unittest.TestCase):
    """SIGHUP while a program is not ready yet, and when it is not any more."""

    # Before its loop is there: no handler can be. With -D it is the program that is our child.
    STRACE = ["strace", "-D", "-f", "-o", "/dev/null", "-e", "inject=epoll_create1:signal=HUP:when=1"]

    def test_it_waits_until_it_can_be_served_and_ends_nothing(self):
        rig.optimised()  # a sanitizer looks for leaks as strace does for calls
        with rig.Office() as office:
            for name in rig.PROCESSES:
                file = "awardd.yaml" if name == rig.DAEMON else "awardctl.yaml"
                process = rig.Process(name, ["--config", str(office.home / file)], self.STRACE)
                office.running[name] = process
                process.wait_line("已重新读取配置 / ")
                process.wait_line(r"\b(ready|connected)\b")
            for name in reversed(rig.PROCESSES):
                popen = office.running[name].popen
                popen.terminate()
                while not self.ended(popen):
                    popen.send_signal(signal.SIGHUP)
                self.assertEqual(popen.returncode, 0, name)

    @staticmethod
    def ended(popen):
        """Whether it has, a moment later: strace stops it at each signal, so that more at once keep it where it is."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            popen.wait(0.001)
        return popen.returncode is not None


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class Asleep(unittest.TestCase):
    """While nothing is due the programs wake for nothing: one sign of life after the other shows that."""

    SECONDS = 17  # the clock was once looked at every ten
    FIRST_SECONDS = 6  # are those of workers that say hello, and of the state that is written

    def calls(self, office, seconds):
        """Moments and lines of the system's calls that the office's programs make or come back from."""
        trace = office.home / "trace"
        programs = [word for process in office.running.values() for word in ("-p", str(process.popen.pid))]
        done = subprocess.run(["timeout", "--signal=INT", str(seconds), "strace", "-f", "-tt", "-o", str(trace),
                               *programs], stderr=subprocess.PIPE, text=True)
        self.assertIn("attached", done.stderr)
        lines = trace.read_text().splitlines()
        begun = self.moment(lines[0])
        return [(self.moment(line) - begun, line) for line in lines
                if self.moment(line) - begun > self.FIRST_SECONDS and "detached" not in line]

    @staticmethod
    def moment(line):
        hours, minutes, seconds = re.search(r"(\d+):(\d+):([\d.]+)", line).groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)

    def test_the_coordinator_does_nothing_while_nothing_is_due(self):
        rig.optimised()  # a sanitizer has a thread of its own
        with rig.Office() as office:
            with (office.home / "awardd.yaml").open("a") as file:
                file.write('metrics_endpoint: "tcp://127.0.0.1:*"\n')  # who listens sleeps, too
            office.start(rig.DAEMON)
            self.assertEqual(self.calls(office, self.SECONDS), [])

    def test_coordinator_and_workers_do_nothing_together(self):
        rig.optimised()
        with rig.Office() as office:
            office.start()
            self.assertEqual(len(office.running), 4)
            self.assertEqual(self.calls(office, self.SECONDS), [])
            office.ctl("status", "--as", "admin")  # and are there all the same
            self.assertEqual(len(office.ask("status", "admin")["workers"]), 3)

    def test_over_the_network_there_are_heartbeats_and_nothing_else(self):
        rig.optimised()
        with NetworkOffice() as office:
            office.start(rig.DAEMON, "award-scoring")
            woken = {round(at) for at, line in self.calls(office, 2 * self.SECONDS) if "send" in line}
            self.assertTrue(woken, "there is no heartbeat")
            self.assertLess(len(woken), self.SECONDS // 2, "they are too many")


if __name__ == "__main__":
    unittest.main()
