"""test_metrics - what a real office tells about itself over HTTP: metrics, health, readiness

The counts are held against what was pushed and what the journal has. The texts are read by promtool
and by a real Prometheus (package prometheus), which scrapes the office and has the alert rules.
"""
import collections
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import unittest.mock
import urllib.parse

import zmq

import disks
import rig
import test_service
import wire
from rig import DAEMON, YEAR
from test_full_disk import DiskOffice, until
from test_kill import LINES
from watched import ENDPOINT, OPEN, PLAIN, seen

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MISSING = disks.missing()
Office = seen(rig.Office)


def promtool(*words, text=""):
    return subprocess.run(["promtool", *words], input=text, capture_output=True, text=True, check=False, timeout=60)


class Year(unittest.TestCase):
    """One office and its year, looked at from all sides."""
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.office = Office()
        cls.addClassCleanup(cls.office.abandon)
        cls.office.start()
        cls.rows = cls.office.push(YEAR, "--settle")
        cls.again = cls.office.push(YEAR, "--settle")
        cls.found = cls.office.samples()
        cls.entries = cls.office.entries()

    @classmethod
    def tearDownClass(cls):
        cls.office.close()

    def test_what_is_on_record_is_counted_by_type_and_outcome(self):
        expected = collections.Counter()
        for item in self.entries[1:]:  # the first one made the database
            [kind] = set(item["event"]) - {"principal", "id", "expected_version", "at", "task"}
            expected[kind, item["outcome"]] += 1
        counted = {key: value for key, value in self.found["awardd_events_total"].items() if key[1] != "rejected"}
        self.assertEqual(counted, dict(expected))
        self.assertEqual(self.found["awardd_journal_last_entry"][()], len(self.entries))

    def test_what_was_rejected_is_counted_by_its_code(self):
        """Pushed twice: rejected twice. Workers' results that came too late may be among them."""
        codes = collections.Counter(row["code"] for row in self.rows + self.again if row["outcome"] == "rejected")
        self.assertGreater(len(codes), 3)
        counted = collections.Counter()
        for (_, reason), value in self.found["awardd_rejections_by_reason_total"].items():
            counted[reason] += value
        self.assertEqual({code: counted[code] for code in codes}, dict(codes))
        self.assertLessEqual(set(counted) - set(codes), {"no_such_task", "wrong_answer", "not_authorised"})
        bases = self.found["awardd_rejections_total"]
        self.assertEqual(set(bases), {(name,) for name in ("form", "authority", "order", "limit", "policy", "article")})
        self.assertEqual(sum(bases.values()), sum(counted.values()))

    def test_what_was_sent_again_is_counted_apart(self):
        repeated = sum(1 for row in self.rows + self.again if row.get("repeated"))
        self.assertGreater(repeated, 100)
        self.assertGreaterEqual(self.found["awardd_events_repeated_total"][()], repeated)

    def test_codes_are_those_of_the_page_of_errors(self):
        page = (ROOT / "docs/errors.md").read_text()
        for _, reason in self.found["awardd_rejections_by_reason_total"]:
            self.assertIn(f'<a id="{reason}">', page)

    def test_histograms_agree_with_themselves_and_with_the_counts(self):
        for name in ("awardd_step_seconds", "awardd_query_seconds", "awardd_group_entries",
                     "awardd_journal_sync_seconds"):
            series = collections.defaultdict(list)
            for key, value in self.found[name + "_bucket"].items():
                series[key[:-1]].append((float(key[-1].replace("+Inf", "inf")), value))
            self.assertEqual(set(series), set(self.found[name + "_count"]), name)
            for key, buckets in series.items():
                self.assertEqual(buckets, sorted(buckets), name)
                counts = [count for _, count in buckets]
                self.assertEqual(counts, sorted(counts), name)
                self.assertEqual(counts[-1], self.found[name + "_count"][key], name)
                self.assertGreaterEqual(self.found[name + "_sum"][key], 0)
        self.assertEqual(self.found["awardd_group_entries_sum"][()], len(self.entries) - 1)
        self.assertEqual(self.found["awardd_group_entries_count"], self.found["awardd_journal_sync_seconds_count"])
        messages = self.found["awardd_requests_total"][("events",)]
        self.assertEqual({key: messages for key in self.found["awardd_step_seconds_count"]},
                         self.found["awardd_step_seconds_count"])
        whole = self.found["awardd_step_seconds_sum"].pop(("all",))
        self.assertAlmostEqual(whole, sum(self.found["awardd_step_seconds_sum"].values()), places=3)

    def test_what_the_state_holds_is_what_queries_say(self):
        expected = collections.Counter(row["state"] for row in self.office.deadlines().values())
        held = self.found["awardd_deadlines"]
        self.assertEqual(held[("late",)], expected["overdue"])
        self.assertEqual(held[("suspended",)], expected["suspended"])
        self.assertEqual(held[("today",)] + held[("week",)] + held[("later",)], expected["open"])
        stages = collections.Counter(self.office.case(name)["case"]["stage"] for name in self.office.case_names())
        self.assertEqual({key[0]: value for key, value in self.found["awardd_cases"].items() if value}, dict(stages))
        self.assertEqual(self.found["awardd_worker_connected"],
                         {(kind, f"worker-{kind}"): 1 for kind in ("scoring", "notification", "revocation")})
        self.assertEqual({key: value for key, value in self.found["awardd_outbox_tasks"].items() if value}, {})

    def test_deliveries_are_those_of_the_journal(self):
        expected = collections.Counter()
        for item in self.entries:
            for kind, outcome in (("message_delivered", "delivered"), ("message_failed", "failed")):
                if kind in item["event"]:
                    expected[item["event"][kind]["channel"], outcome] += 1
        self.assertGreater(sum(expected.values()), 10)
        self.assertEqual({key: value for key, value in self.found["awardd_deliveries_total"].items() if value},
                         dict(expected))

    def test_no_enterprise_and_no_person_stands_in_it(self):
        _, _, text = self.office.get("/metrics", OPEN)
        for item in json.loads((self.office.home / "genesis.json").read_text())["principals"]:
            if not item["name"].startswith("worker-"):
                self.assertNotRegex(text, rf'="{item["name"]}"')
        self.assertNotRegex(text, r'="9150')

    def test_the_clock_the_calendar_and_the_disk(self):
        self.assertEqual(self.found["awardd_rehearsal"][()], 1)
        self.assertEqual(self.found["awardd_clock_distance_seconds"][()], 0)
        self.assertEqual(self.found["awardd_due_late_seconds"][()], 0)
        horizon = time.gmtime(self.found["awardd_calendar_horizon_timestamp_seconds"][()] + 8 * 3600)
        self.assertEqual((horizon.tm_mon, horizon.tm_mday, horizon.tm_hour), (12, 31, 23))
        for store in ("journal", "state"):
            size = (self.office.home / f"data/{store}/{store}.mdb").stat().st_size
            self.assertLessEqual(self.found["awardd_store_bytes"][(store,)], size)
            self.assertGreater(self.found["awardd_store_bytes"][(store,)], 0)
            self.assertEqual(self.found["awardd_store_map_bytes"][(store,)], 64 << 30)
            self.assertLess(self.found["awardd_disk_free_bytes"][(store,)],
                            self.found["awardd_disk_size_bytes"][(store,)])
        self.assertAlmostEqual(self.found["process_start_time_seconds"][()], time.time(), delta=600)

    def test_promtool_finds_nothing_wrong(self):
        status, headers, text = self.office.get("/metrics", PLAIN)
        self.assertEqual((status, headers["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
        done = promtool("check", "metrics", text=text)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_it_is_openmetrics_unless_somebody_takes_plain_text_alone(self):
        for accept in (None, "*/*", OPEN, f"{OPEN};version=1.0.0;q=0.75,{PLAIN};q=0.5"):
            status, headers, text = self.office.get("/metrics", accept)
            self.assertEqual(status, 200)
            self.assertEqual(headers["Content-Type"], "application/openmetrics-text; version=1.0.0; charset=utf-8")
            self.assertTrue(text.endswith("\n# EOF\n"))

    def test_each_family_of_the_list_is_on_the_page(self):
        listed = subprocess.run([str(rig.BIN / DAEMON), "--metrics"], capture_output=True, check=True,
                                env=rig.environment()).stdout.decode()
        _, _, text = self.office.get("/metrics", PLAIN)
        self.assertEqual(re.findall(r"^\| `(\w+)` \|", listed, re.M), re.findall(r"^# TYPE (\w+) ", text, re.M))

    def test_head_has_the_length_and_nothing_else(self):
        status, headers, text = self.office.get("/readyz", method="HEAD")
        self.assertEqual((status, text), (200, ""))
        self.assertEqual(int(headers["Content-Length"]), len("可受理事件 / ready\n".encode()))

    def test_other_paths_and_methods(self):
        status, _, text = self.office.get("/nothing")
        self.assertEqual(status, 404)
        self.assertTrue(text.startswith("没有这一页；有以下各页 / there is no such page; there are:\n"), text)
        self.assertIn("/readyz", text)
        self.assertEqual(self.office.get("/")[0], 200)
        status, headers, text = self.office.get("/metrics", method="POST")
        self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD"))
        self.assertEqual(text, "这里只能读取，请用 GET 或 HEAD / this is only to be read: use GET or HEAD\n")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Prometheus(unittest.TestCase):
    """A real one, which scrapes twice a second."""

    def start(self, office):
        scratch = tempfile.TemporaryDirectory(prefix="award-prometheus-")
        self.addCleanup(scratch.cleanup)
        place = pathlib.Path(scratch.name)
        scrape = (ROOT / "packaging/prometheus/awardd.scrape.yml").read_text()
        scrape = scrape.replace("30s", "500ms").replace("127.0.0.1:9464", f"127.0.0.1:{office.port()}")
        (place / "prometheus.yml").write_text(
            f"global: {{evaluation_interval: 500ms}}\nrule_files: [{ROOT}/packaging/prometheus/awardd.rules.yml]\n"
            "scrape_configs:\n" + "".join(f"  {line}\n" for line in scrape.splitlines()))
        self.port = free_port()
        process = subprocess.Popen(
            ["prometheus", f"--config.file={place}/prometheus.yml", f"--storage.tsdb.path={place}/data",
             f"--web.listen-address=127.0.0.1:{self.port}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=(place / "log").open("wb"))
        self.addCleanup(process.wait, rig.PATIENCE)
        self.addCleanup(process.terminate)

    def query(self, expression):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=rig.PATIENCE)
        try:
            connection.request("GET", "/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
            answer = connection.getresponse()
            return json.loads(answer.read())["data"]["result"] if answer.status == 200 else []  # it is starting
        except (OSError, http.client.HTTPException):
            return []
        finally:
            connection.close()

    def until(self, expression):
        """It scrapes when it scrapes: asked again."""
        end = time.monotonic() + rig.PATIENCE
        while time.monotonic() < end:
            if found := self.query(expression):
                return found
            time.sleep(0.1)
        raise AssertionError(f"{expression}: nothing")

    def test_it_scrapes_the_office_and_its_alerts_come(self):
        office = Office()
        self.addCleanup(office.abandon)
        office.start()
        self.start(office)
        self.until('up{job="awardd"} == 1')
        [sample] = self.until("awardd_build_info")
        self.assertEqual(sample["value"][1], "1")
        [entry] = self.until("awardd_journal_last_entry")
        self.assertEqual(int(entry["value"][1]), office.last_entry())
        self.assertEqual(self.query('count(awardd_cases)')[0]["value"][1], "28")
        self.assertEqual(self.query('ALERTS{alertname!="AwarddDown"}'), [], "before the first scrape it was down")
        office.stop("award-scoring")
        [alert] = self.until('ALERTS{alertname="AwarddWorkerAbsent"}')
        self.assertEqual(alert["metric"]["kind"], "scoring")
        office.close()


class Whether(unittest.TestCase):
    """It takes events, or says why not."""

    def office(self, kind=Office):
        office = kind()
        self.addCleanup(office.abandon)
        return office

    def ready(self, office):
        status, headers, text = office.get("/readyz", "application/json")
        self.assertEqual(headers["Content-Type"], "application/json")
        told = json.loads(text)
        self.assertEqual(told["ready"], status == 200)
        codes = [reason["code"] for reason in told["reasons"]]
        status_plain, _, plain = office.get("/readyz")
        self.assertEqual([line.split(":")[0] for line in plain.splitlines() if ": " in line], codes)
        self.assertEqual((status, codes == []), (status_plain, status == 200))
        for reason in told["reasons"]:
            self.assertRegex(reason["zh"], "请")
            self.assertRegex(reason["en"], "[a-z]")
        return codes

    def test_an_office_that_serves_is_well_and_ready(self):
        office = self.office()
        office.start(DAEMON)
        self.assertEqual(self.ready(office), [])
        status, _, text = office.get("/healthz")
        self.assertEqual((status, text), (200, "正常 / well\n"))
        self.assertEqual(json.loads(office.get("/healthz", "application/json")[2])["healthy"], True)
        office.close()

    @unittest.skipIf(MISSING, MISSING)
    def test_a_full_disk_of_the_journal_is_why_until_there_is_room(self):
        office = self.office(seen(DiskOffice))
        office.put_on_disk("data/journal")
        office.start(DAEMON)
        self.assertEqual(self.ready(office), [])
        office.disk.fill()
        rows = office.push(YEAR)
        self.assertIn("disk_full", {row.get("code") for row in rows})
        self.assertEqual(self.ready(office), ["disk_full"])
        found = office.samples()
        self.assertEqual(found["awardd_ready"][()], 0)
        self.assertEqual({key for key, value in found["awardd_unready"].items() if value}, {("disk_full",)})
        self.assertLess(found["awardd_disk_free_bytes"][("journal",)], 1 << 20)
        self.assertEqual(office.get("/healthz")[0], 200, "a restart would not help")
        office.disk.make_room()
        rows = office.push(YEAR)
        self.assertNotIn("disk_full", {row.get("code") for row in rows})
        self.assertEqual(self.ready(office), [])
        office.close()

    @unittest.skipIf(MISSING, MISSING)
    def test_a_state_that_is_not_written_is_why(self):
        office = self.office(seen(DiskOffice))
        office.put_on_disk("data/state")
        office.start(DAEMON)
        office.disk.fill()
        office.push(YEAR)
        office.running[DAEMON].wait_line(r"disk full, the state stays in memory")
        self.assertEqual(self.ready(office), ["state_not_written"])
        found = office.samples()
        self.assertLess(found["awardd_state_written_entry"][()], found["awardd_journal_last_entry"][()])
        self.assertGreater(found["awardd_state_unwritten_bytes"][()], 0)
        office.disk.make_room()
        office.close()


class Stranger(unittest.TestCase):
    def test_a_connection_under_an_unknown_key_is_counted_as_turned_down(self):
        with Office() as office:
            office.start(DAEMON)
            public, secret = zmq.curve_keypair()
            server = wire.key_read(office.home / "server.key")["public-key"]
            stranger = wire.Wire(office.endpoint("clients"), server, public.decode(), secret.decode())
            self.addCleanup(stranger.close)
            self.assertNotEqual(stranger.handshake(), zmq.EVENT_HANDSHAKE_SUCCEEDED)
            found = office.samples()
            self.assertEqual(found["awardd_rejections_by_reason_total"], {("authority", "key_not_admitted"): 1})
            self.assertEqual(found["awardd_rejections_total"][("authority",)], 1)


@unittest.skipIf(MISSING, MISSING)
class Stuck(unittest.TestCase):
    STUCK_SECONDS = 60  # HEALTH_STUCK_MS

    def told(self, office):
        """What /healthz says, as text and as JSON."""
        status, _, text = office.get("/healthz")
        _, _, told = office.get("/healthz", "application/json")
        self.assertEqual(json.loads(told), {"healthy": status == 200, "what": text.strip()})
        return status, text

    def signs(self, manager):
        """What the service manager is told in the time of four signs of life."""
        manager.socket.settimeout(4 * test_service.SIGN_SECONDS)
        told = []
        try:
            while len(told) < 4:
                told.append(manager.socket.recv(4096).decode())
        except TimeoutError:
            pass
        manager.socket.settimeout(rig.PATIENCE)
        return told

    def test_a_state_that_its_disk_does_not_take_is_why_until_it_does(self):
        """The file system under the state is frozen, as for a snapshot that does not end. LMDB's lock
        lies elsewhere: who waits to write into its map would keep the loop from memory, too."""
        manager = test_service.Manager()
        self.addCleanup(manager.close)
        office = seen(DiskOffice)()
        self.addCleanup(office.abandon)
        office.put_on_disk("data/state")
        lock = office.home / "data/state/state.mdb-lock"
        lock.symlink_to(shutil.move(lock, office.home / "lock"))
        with unittest.mock.patch.dict(os.environ, manager.environment()):
            office.start(DAEMON)
        manager.wait("^WATCHDOG=1$")
        self.assertEqual(self.told(office), (200, "正常 / well\n"))
        office.disk.freeze()
        self.assertNotIn("rejected", {row["outcome"] for row in office.push_lines(LINES[:20])})
        # The manager listens meanwhile: whoever tells him something would wait for him.
        until(lambda: manager.drain() or office.get("/healthz")[0] == 503, 2 * self.STUCK_SECONDS)
        status, text = self.told(office)
        self.assertEqual(status, 503)
        self.assertRegex(text, "状态.* / .*state")
        office.running[DAEMON].wait_line(f"ERROR {text.split(' / ')[0]}；.* started anew")
        self.assertEqual([reason["code"] for reason in
                          json.loads(office.get("/readyz", "application/json")[2])["reasons"]], ["stuck"])
        manager.drain()
        self.assertNotIn("WATCHDOG=1", self.signs(manager))
        office.disk.thaw()
        until(lambda: office.get("/healthz")[0] == 200)
        manager.wait("^WATCHDOG=1$")
        self.assertEqual(self.told(office), (200, "正常 / well\n"))
        office.close()


class Port(unittest.TestCase):
    def start_fails(self, office):
        done = office.run(DAEMON, "-c", str(office.home / "awardd.yaml"), fine=(3, 6))
        return done.returncode, done.stderr

    def configure(self, office, text):
        file = office.home / "awardd.yaml"
        file.write_text(file.read_text().replace(ENDPOINT, text))

    def test_none_is_open_unless_one_is_asked_for(self):
        with rig.Office() as office:
            office.start(DAEMON)
            self.assertNotIn("metrics can be read", office.log())

    def test_one_in_use_is_said_with_the_next_step(self):
        with Office() as office, Office() as other:
            office.start(DAEMON)
            self.configure(other, f"metrics_endpoint: tcp://127.0.0.1:{office.port()}\n")
            status, said = self.start_fails(other)
            self.assertEqual(status, 6, said)
            self.assertRegex(said, r"请改 metrics_endpoint.*another port in metrics_endpoint.*in use")

    def test_no_other_machine_reads_it_unless_that_is_said(self):
        with Office() as office:
            self.configure(office, "metrics_endpoint: tcp://0.0.0.0:*\n")
            status, said = self.start_fails(office)
            self.assertEqual(status, 3)
            self.assertRegex(said, r"metrics_from: anywhere（不加密、不认证")
            with (office.home / "awardd.yaml").open("a") as file:
                file.write("metrics_from: anywhere\n")
            office.start(DAEMON)
            office.wait_log(r"metrics can be read address=http://0\.0\.0\.0:\d+/metrics")
            port = office.port()
            connection = http.client.HTTPConnection("127.0.0.2", port, timeout=rig.PATIENCE)
            connection.request("GET", "/readyz")
            self.assertEqual(connection.getresponse().status, 200)
            connection.close()

    def test_a_service_gets_one_at_its_making(self):
        """What `init` writes for /etc/awardd stands in test_init; here, that it is a key like others."""
        with Office() as office:
            said = office.run(DAEMON, "-c", str(office.home / "awardd.yaml"), "--check-config").stdout
            self.assertRegex(said, r"metrics_endpoint +tcp://127\.0\.0\.1:\* +第 \d+ 行")
            self.assertRegex(said, r"metrics_from +host +默认")


class Large(unittest.TestCase):
    CYCLES = 2100  # a deadline each: more than are counted while somebody waits

    def test_what_is_too_much_to_be_counted_at_once_is_counted_in_slices(self):
        with Office() as office:
            office.start(DAEMON)
            rows = office.push_lines([{"principal": "office", "cycle_opened": {
                "cycle": f"c-{number}", "closing": "2013-03-29T18:00:00+08:00", "chair": "市质监局",
                "notice": [{"medium": "重庆日报", "on": "2013-01-01", "digest": "ab" * 32}],
                "units": ["市质监局", "市经济信息委"]}} for number in range(self.CYCLES)])
            self.assertEqual({row["outcome"] for row in rows}, {"accepted"})
            first = office.samples()
            self.assertNotIn("awardd_deadlines", first)
            self.assertEqual(first["awardd_events_total"][("cycle_opened", "accepted")], self.CYCLES)
            found = until(lambda: (samples := office.samples()) and "awardd_deadlines" in samples and samples)
            self.assertEqual(found["awardd_deadlines"],
                             {("late",): 0, ("today",): 0, ("week",): 0, ("later",): self.CYCLES, ("suspended",): 0})
            self.assertIn((), found["awardd_tally_age_seconds"])


class Backup(unittest.TestCase):
    def test_its_moment_is_that_of_the_last_copy(self):
        with Office() as office:
            office.start(DAEMON)
            self.assertEqual(office.samples()["awardd_backup_timestamp_seconds"][()], 0)
            office.ctl("backup", "create", str(office.home / "copy"))
            found = office.samples()
            self.assertAlmostEqual(found["awardd_backup_timestamp_seconds"][()], time.time(), delta=60)
            self.assertEqual(found["awardd_backup_entry"][()], office.last_entry())
            copied = sorted(path.name for path in (office.home / "copy").iterdir())
            self.assertEqual(copied, ["journal", "nonce.key", "state"])

    def test_one_that_failed_changes_nothing(self):
        with Office() as office:
            office.start(DAEMON)
            office.ctl("backup", "create", str(office.home / "copy"))
            before = office.samples()["awardd_backup_timestamp_seconds"]
            office.ctl("backup", "create", str(office.home / "copy"), fine=(1, 3, 4))
            self.assertEqual(office.samples()["awardd_backup_timestamp_seconds"], before)


if __name__ == "__main__":
    unittest.main()
