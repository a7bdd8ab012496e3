"""test_log - what a whole year, bad neighbours and a reload leave in the logs, and in a real journal

What stands in one line by itself is tried by tests/common/test_log.c, the table by tests/docs.
"""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import unittest

import yaml
import zmq

import rig
import wire
from rig import DAEMON, PEOPLE, PROCESSES, YEAR, Office

LINE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 (ERROR|WARN |INFO |DEBUG) \S.*$")
MAIL = "wang.li@award-office.example"
MOBILE = "13800001234"
ENGLISH = ("Subject: Not authorised", "Ask whose key it is")
CHINESE = ("Subject: 越权的请求已驳回", "请向当事人核实")
CATALOG = rig.HERE.parent.parent / "packaging/systemd/awardd.catalog"


def texts(value, names):
    """Every text in these fields, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in names and isinstance(inner, str):
                yield inner
            yield from texts(inner, names)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, names)


def secrets():
    """Who and what is meant by name in the year: people, enterprises, what was written about them."""
    found = {person["full_name"] for person in yaml.safe_load(PEOPLE.read_text())}
    for line in YEAR.read_text().splitlines():
        found |= set(texts(json.loads(line), {"name", "full_name", "defender", "text", "employer"}))
    return {text for text in found if re.search("[一-鿿]", text)} | {MAIL, MOBILE}


class Year(unittest.TestCase):
    """At the default level, all four programs running."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)

    def test_it_has_no_line_per_event_and_no_personal_data(self):
        office = self.office
        office.start()
        office.ctl("address", "office", "--mail", MAIL, "--wecom", MOBILE, "--as", "office")
        rows = office.push(YEAR)
        accepted = [row for row in rows if row["outcome"] == "accepted"]
        office.wires_close()
        office.stop()
        said = {name: office.log(name).splitlines() for name in PROCESSES}
        self.assertGreater(len(accepted), 400)
        for name, lines in said.items():
            for line in lines:
                self.assertRegex(line, LINE)
            quiet = [line for line in lines if "not authorised" not in line]
            self.assertLess(len(quiet), 20, f"{name} says too much:\n" + "\n".join(quiet))
        everything = "\n".join(line for lines in said.values() for line in lines)
        known = secrets()
        self.assertGreater(len(known), 60)
        for secret in known:
            self.assertNotIn(secret, everything)
        office.close()


class Hostile(unittest.TestCase):
    def test_what_a_sender_writes_does_not_stand_in_the_log_and_whose_key_it_was_does(self):
        with Office() as office:
            office.start(DAEMON)
            forged = "x\n2018-10-08T09:00:00+08:00 ERROR storage failed principal=office \x1b[31m"
            with office.connect("public") as connection:
                for principal, case in ((forged, "2018/91500109622018352Y/1"), ("admin", MOBILE), ("public", forged)):
                    event = wire.MODULES["event"].Event(principal=principal, id="forged")
                    event.incident_recorded.case = case
                    batch = wire.MODULES["envelope"].EventBatch(events=[event])
                    answer = connection.request(events=batch)
                    self.assertEqual(answer.answers.answers[0].article, "authority")
            lines = [office.running[DAEMON].wait_line("not authorised", which) for which in (1, 2, 3)]
            for line in lines:
                self.assertRegex(line, r"event=incident_recorded principal=public code=\w+$")
            for each in office.log().splitlines():
                self.assertRegex(each, LINE)
                self.assertNotIn("storage failed", each)


    def test_who_is_refused_again_and_again_is_one_line(self):
        with Office() as office:
            office.start(DAEMON)
            public, secret = zmq.curve_keypair()
            server = wire.key_read(office.home / "server.key")["public-key"]
            for _ in range(3):
                stranger = wire.Wire(office.endpoint("clients"), server, public.decode(), secret.decode())
                self.assertNotEqual(stranger.handshake(), zmq.EVENT_HANDSHAKE_SUCCEEDED)
                stranger.close()
            office.stop(DAEMON)
            self.assertEqual(office.log().count("a connection was refused"), 1)


class Formats(unittest.TestCase):
    def test_lines_are_json_from_a_reload_on_and_text_again(self):
        with Office() as office:
            office.start(DAEMON)
            file = office.home / "awardd.yaml"
            before = file.read_text()
            file.write_text(before + "log_format: json\nlog_level: debug\n")
            daemon = office.running[DAEMON]
            daemon.popen.send_signal(signal.SIGHUP)
            line = json.loads(daemon.wait_line('"kind":"reloaded"'))
            self.assertEqual((line["level"], line["program"], line["changed"], line["restart"]),
                             ("info", "awardd", 2, 0))
            office.start("award-scoring")
            line = json.loads(daemon.wait_line('"kind":"worker_connected"'))
            self.assertEqual(line["principal"], "worker-scoring")
            file.write_text(before)
            daemon.popen.send_signal(signal.SIGHUP)
            self.assertRegex(daemon.wait_line("已重新读取配置.*changed=2"), LINE)

    def test_a_worker_takes_it_from_awardctls_configuration_and_by_sighup(self):
        with Office() as office:
            office.start(DAEMON)
            file = office.home / "awardctl.yaml"
            before = file.read_text()
            file.write_text(before + "worker_log_format: json\n")
            worker = rig.Process("award-scoring", ["--config", str(file)])
            self.addCleanup(worker.popen.kill)
            self.assertEqual(json.loads(worker.wait_line('"kind":"link_up"'))["program"], "award-scoring")
            file.write_text(before + "worker_log_format: text\nworker_log_level: debug\n")
            worker.popen.send_signal(signal.SIGHUP)
            self.assertRegex(worker.wait_line("setting=worker_log_format from=json to=text"), LINE)
            worker.wait_line("changed=2 restart=0")
            file.write_text(before.replace("workers.sock", "elsewhere.sock") + "worker_log_level: debug\n")
            worker.popen.send_signal(signal.SIGHUP)
            worker.wait_line(r"after a restart setting=worker_endpoint from=\S+workers.sock to=\S+elsewhere.sock$")
            worker.wait_line("changed=0 restart=1")
            file.write_text(before + "worker_log_formta: text\n")
            worker.popen.send_signal(signal.SIGHUP)
            self.assertRegex(worker.wait_line("ERROR .*the configuration is wrong"),
                             rf'reason="{file}:\d+:1: .*worker_log_formta')
            file.write_text(before)
            self.assertEqual(worker.end(signal.SIGTERM), 0)

    def test_a_worker_that_is_not_admitted_says_so_in_both_languages(self):
        with Office() as office:
            office.start(DAEMON)
            worker = rig.Process("award-scoring", ["--config", str(office.home / "awardctl.yaml"), "--name", "office"])
            self.addCleanup(worker.popen.kill)
            self.assertRegex(worker.wait_line("code=key_not_admitted"),
                             'ERROR .* reason="该密钥.*请联系管理员。 / This key .* ask the administrator."$')
            self.assertEqual(worker.end(signal.SIGTERM), 0)

    def test_a_level_that_there_is_not_is_said_so(self):
        done = subprocess.run([str(rig.BIN / "award-scoring"), "--log-level", "loud"], capture_output=True, text=True,
                              check=False, timeout=rig.PATIENCE)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, "award-scoring: --log-level：没有 loud 这个值；见 --help / there is no loud; see --help\n")

    def test_the_command_line_goes_before_the_file(self):
        with Office() as office:
            office.start(DAEMON)
            worker = rig.Process("award-scoring", ["--config", str(office.home / "awardctl.yaml"),
                                                   "--log-format", "json", "--log-level", "info"])
            self.addCleanup(worker.popen.kill)
            worker.wait_line('"kind":"link_up"')
            worker.popen.send_signal(signal.SIGHUP)
            self.assertEqual(json.loads(worker.wait_line('"kind":"reloaded"'))["changed"], 0)
            self.assertEqual(worker.end(signal.SIGTERM), 0)


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("unshare") and
                     pathlib.Path("/lib/systemd/systemd-journald").exists(),
                     "it wants root, unshare and systemd-journald")
class Journal(unittest.TestCase):
    """A systemd-journald of the test's own."""

    def setUp(self):
        self.office = Office()
        self.addCleanup(self.office.abandon)
        self.room = subprocess.Popen(
            ["unshare", "--mount", sys.executable, str(rig.HERE / "journal_room.py"), str(CATALOG),
             str(rig.BIN / DAEMON), *self.office.arguments(DAEMON)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=rig.environment())
        self.addCleanup(self.room.kill)

    def ask(self, words):
        self.room.stdin.write(words + "\n")
        self.room.stdin.flush()
        return json.loads(self.room.stdout.readline())

    def test_lines_are_entries_with_fields_and_the_catalog_explains_them(self):
        [ready] = self.ask("AWARD_KIND=ready")
        self.assertEqual((ready["PRIORITY"], ready["SYSLOG_IDENTIFIER"], ready["_TRANSPORT"], ready["AWARD_CITY"]),
                         ("6", "awardd", "journal", "重庆"))
        self.assertRegex(ready["AWARD_ENTRY"] + " " + ready["AWARD_DURATION_US"], r"^\d+ \d+$")
        self.assertRegex(ready["MESSAGE"], "^已就绪 / ready city=重庆 entry=")
        with self.office.connect("ent-jianglan") as connection:
            query = wire.MODULES["query"].Query()
            query.tasks.SetInParent()
            connection.request(query=query)
        [refused] = self.ask("AWARD_PRINCIPAL=ent-jianglan")
        self.assertEqual((refused["PRIORITY"], refused["AWARD_QUERY"], refused["AWARD_KIND"]),
                         ("4", "tasks", "not_authorised"))
        self.assertNotIn("AWARD_EVENT", refused)
        self.assertEqual(self.ask("MESSAGE_ID=" + refused["MESSAGE_ID"])[0]["AWARD_KIND"], "not_authorised")
        self.room.stdin.close()
        explained = self.room.stdout.read()
        self.room.stdout.close()
        self.assertEqual(self.room.wait(rig.PATIENCE), 0)
        chinese = pathlib.Path("/usr/share/i18n/locales/zh_CN").exists() and shutil.which("localedef")
        for words in CHINESE if chinese else ENGLISH:
            self.assertIn(words, explained)
        self.office.verify()


if __name__ == "__main__":
    unittest.main()
