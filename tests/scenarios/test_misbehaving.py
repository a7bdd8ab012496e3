"""test_misbehaving - bad neighbours beside one good client, and what each of them may have.

No time is judged (scripts/neighbours measures it): every event of the good client is accepted, the
coordinator's memory stays within its bounds, and status tells which bound was reached.
"""
import time
import unittest

import zmq

import neighbours
import wire
from neighbours import MUTE_WORKER, Good, Neighbour, dealer, envelope, memory_kib
from rig import BIN, DAEMON, PATIENCE, YEAR, too_wide

BEGINNING = 181  # lines of the year: cases, teams, and messages to send
MIB = 1024
SETTINGS = {"unread_bytes": 4 << 20, "waiting_bytes": 8 << 20, "queued_messages": 100,
            "task_seconds": 2, "public_events_a_minute": 20}
DEFAULTS = {"connections": 1024, "connections_per_key": 64, "greetings": 1024, "turn_events": 64,
            "long_queries": 32, "overlay_megabytes": 256, "lease_seconds": 60, "trace_events": 65536}
EVENTS = 50             # of the good client beside each neighbour, at least
MEMORY_KIB = 48 * MIB   # unread and waiting bytes of one key, and what a few answers take
SANITIZED = b"__asan_init" in (BIN / DAEMON).read_bytes()  # its memory says nothing


def setUpModule():
    global office
    office = neighbours.office("".join(f"{name}: {value}\n" for name, value in SETTINGS.items()))
    unittest.addModuleCleanup(office.close)
    office.start(DAEMON)
    office.push_lines(YEAR.read_bytes().splitlines()[:BEGINNING])


def status():
    return office.ask("status", "admin")


def bounds():
    return {bound["name"]: bound for bound in status()["bounds"]}


def tasks():
    return office.ask("tasks", "admin").get("rows", [])


def memory():
    return memory_kib(office.running[DAEMON].popen.pid)


class Misbehaving(unittest.TestCase):
    def beside(self, kind, reached):
        """Good events beside a neighbour until `reached` is true, and the memory on the way."""
        before = most = memory()
        end = time.monotonic() + PATIENCE
        with Good(office) as good, Neighbour(kind, office.home):
            done = 0
            while done < EVENTS or not reached():
                good.one()  # fails where the event is not accepted
                done += 1
                most = max(most, memory())
                self.assertLess(time.monotonic(), end, f"not reached: {bounds()}")
        if not SANITIZED:
            self.assertLess(most - before, MEMORY_KIB)

    def rises(self, name, by=1):
        """Whether a bound has been reached so often since now."""
        before = bounds()[name]["reached"]
        return lambda: bounds()[name]["reached"] >= before + by

    def test_every_bound_has_its_name_its_setting_and_its_counter(self):
        limits = {name: bound["limit"] for name, bound in bounds().items()}
        self.assertEqual(limits, {**SETTINGS, **DEFAULTS})
        self.assertEqual({name for name, bound in bounds().items() if "reached" not in bound}, set())

    def test_those_who_do_not_run_the_office_do_not_see_them(self):
        self.assertNotIn("bounds", office.ask("status", "bureau-500109"))

    def test_status_prints_each_bound(self):
        shown = office.ctl("status", "--as", "admin").stdout
        for name in {**SETTINGS, **DEFAULTS}:
            self.assertIn(name, shown)
        self.assertEqual(too_wide(shown), [])
        self.assertIn("同时的连接数上限", office.ctl("config", "show", "connections", "--as", "admin").stdout)

    def test_a_client_that_never_reads(self):
        self.beside("never-reads", self.rises("unread_bytes"))
        self.assertLessEqual(bounds()["unread_bytes"]["now"], SETTINGS["unread_bytes"])

    def test_a_client_that_sends_garbage(self):
        before = status()["messages_refused"]
        self.beside("garbage", lambda: status()["messages_refused"] >= before + 1000)

    def test_a_client_that_opens_1000_connections(self):
        self.beside("connections", self.rises("connections_per_key", neighbours.CONNECTIONS // 2))
        self.assertLessEqual(bounds()["connections_per_key"]["now"], DEFAULTS["connections_per_key"])

    def test_a_client_that_sends_as_fast_as_it_can(self):
        self.beside("floods", self.rises("turn_events", 10))

    def test_a_client_at_ten_times_the_rate_of_another(self):
        before = status()["events_accepted"]
        self.beside("tenfold", lambda: status()["events_accepted"] > before + 11 * EVENTS)

    def test_a_subscriber_that_sleeps(self):
        self.beside("sleeps", self.rises("queued_messages"))

    def test_a_worker_that_takes_tasks_and_never_answers(self):
        reached = self.rises("task_seconds", neighbours.TASKS)
        with Good(office) as good, Neighbour("takes", office.home):
            kinds = set()
            self.until(good, lambda: kinds.update(
                row["task"]["kind"] for row in tasks() if row.get("leased_to") == MUTE_WORKER) or kinds)
            self.until(good, reached)
            office.start("award-notification")
            self.until(good, lambda: not [row for row in tasks() if row["task"]["kind"] in kinds])
        office.wait_log(f"was not answered in time .*principal={MUTE_WORKER}")
        office.stop("award-notification")

    def until(self, good, reached):
        end = time.monotonic() + PATIENCE
        while not reached():
            good.one()
            self.assertLess(time.monotonic(), end, bounds())

    def test_what_waits_of_one_key_is_bounded_and_the_sender_is_told(self):
        context = zmq.Context()
        query = wire.MODULES["query"].Query()
        setattr(query.entries, "from", 1)
        noise = wire.Envelope(major=1, request=7).SerializeToString() + bytes(64 << 10)
        reached = self.rises("waiting_bytes")
        deaf = dealer(context, office.home, "supervision")
        for number in range(60):
            deaf.send(envelope(number, query=query))
        while not reached():
            self.assertTrue(deaf.poll(PATIENCE * 1000, zmq.POLLOUT))
            deaf.send(noise)
        codes = set()
        while "busy" not in codes:
            self.assertTrue(deaf.poll(PATIENCE * 1000), codes)
            reply = wire.Envelope()
            reply.ParseFromString(deaf.recv())
            codes.add(reply.error.code)
        deaf.close()
        context.term()

    def test_the_public_has_its_rate_and_nobody_else_waits_for_it(self):
        batch = wire.MODULES["envelope"].EventBatch()
        for number in range(SETTINGS["public_events_a_minute"] + 5):
            batch.events.add(id=f"complaint-{number}").complaint_filed.text = "x"
        reached = self.rises("public_events_a_minute", 5)
        answers = office.wire("public").request(events=batch).answers.answers
        codes = [answer.reasons[0].code for answer in answers if answer.reasons]
        self.assertGreaterEqual(codes.count("rate_exceeded"), 5)
        self.assertNotEqual(codes[0], "rate_exceeded")
        self.assertTrue(reached())
        with Good(office) as good:
            good.one()


if __name__ == "__main__":
    unittest.main()
