"""torture - SIGKILL at seeded moments under load, and whether everything is as if nothing had happened

A round is the life of one office, on a manual clock or, every fourth, on one of the system that is
stepped (faketime.py): the year of chongqing-2018 is played line after
line, so that deadlines become due and all workers have tasks, and beside it bursts of other events are
put on the way by several clients. A plan, drawn from the seed and the round's number, says at which
line, behind how many answers and how many microseconds later who is killed. He is started again at
once, the clients send again what was unanswered, and the round goes on. torture_check.py says what must
hold meanwhile and at the end; then the cases, the deadlines and the alerts of the year are compared with
those of a calm office.

    torture.py [--hours N] [--rounds N] [--seed S] [--round R] [--kills K]

Prints a line a round. What fails names seed, round and moment, and keeps the office's directory.
"""
import argparse
import collections
import dataclasses
import os
import random
import signal
import sys
import time
import unittest.mock

import zmq

import rig
import wire
from faketime import Clock
from real_office import RealOffice
from torture_check import Answers, Fault, Journal, hold, packed, spool_check
from torture_load import LINES, Bulk, Client, Query, Year

SEED = 20180425
KILLS = 50            # of the coordinator in a round
WORKER_KILLS = 4      # of each worker in a round
BURSTS = (4, 16, 64, 160)
STEPPED_EVERY = 4     # rounds
ALIKE = ("cases", "deadlines", "alerts")  # to the byte; by a clock that goes, moments differ
AGAIN_EVENTS = 200    # that are asked once more at the end of a round
WAIT_MS = 20          # for something to come, then the journal is asked all the same
MICROSECONDS = 1e-6
KINDS = {"award-scoring": ("compare_sheets", "rank"),
         "award-notification": ("deliver_message", "write_feedback"),
         "award-revocation": ("check_grounds", "draft_papers")}
# When he falls: behind answers; while so much comes that the state is written; in the stop that a
# SIGTERM begins, which writes it, too (slices: so much that it takes several transactions); while the
# clock moves over what is due; and, killed a first time, in the start.
PHASES = {"load": 10, "write": 4, "stop": 3, "clock": 3, "start": 5}
DELAY_US_MAX = {"load": 4000, "write": 30000, "stop": 8000, "slices": 80000, "clock": 8000,
                "start": 3000}
SLICES = 3000         # events whose changes are more than one transaction takes; once a round
LARGE = 24            # messages of large events, more than a quarter of 8 MiB
# Of the least a quarter is soon together, and the state is written all the time; of the other nothing
# before a stop, and then in several transactions.
OVERLAY_MEGABYTES = (8, 256)
LEASE = "lease_seconds: 600\n"  # longer than anything is awaited: no task may come only by its end


@dataclasses.dataclass
class Kill:
    """Who is killed, and when."""
    line: int            # of the year, that must be on its way
    victim: str
    phase: str = "held"  # of a worker: while it holds a task
    burst: int = 0       # events that are put on the way then
    answers: int = 0     # of which so many are awaited
    delay_us: int = 0    # and then so long
    start_part: float = 0  # of the time that a start takes
    verify: bool = False   # whether awardd verify looks at what is left


def delay_draw(draw, most_us):
    """As often below a hundredth of the longest as above it."""
    return int(most_us ** draw.random()) if draw.random() < 0.3 else draw.randrange(most_us)


def coordinator_kill(draw, phase):
    line = draw.randrange(len(LINES) - 1)
    burst = draw.choice(BURSTS)
    verify = draw.random() < 0.25 or phase == "slices"
    return Kill(line, rig.DAEMON, phase, burst, draw.randrange(burst),
                delay_draw(draw, DELAY_US_MAX[phase]), draw.uniform(0, 1.1), verify)


def lines_of_tasks(*events):
    return [number for number, line in enumerate(LINES) if any(f'"{name}"' in line for name in events)]


# Where a worker's tasks come, for the most part of them; the others have some all along.
LINES_OF = {"award-scoring": lines_of_tasks("independent_sheet", "selection_started"),
            "award-notification": range(60, len(LINES) - 20),
            "award-revocation": range(40, len(LINES) - 60)}


def plan(seed, number, kills=KILLS, worker_kills=WORKER_KILLS):
    draw = random.Random(f"{seed}/{number}")
    phases = ["slices"][:kills] + draw.choices(list(PHASES), PHASES.values(), k=max(0, kills - 1))
    made = [coordinator_kill(draw, phase) for phase in phases]
    for worker in rig.WORKERS:
        made += [Kill(draw.choice(LINES_OF[worker]), worker, burst=16,
                      delay_us=delay_draw(draw, 8000)) for _ in range(worker_kills)]
    return sorted(made, key=lambda kill: kill.line)


class SteppedOffice(RealOffice):
    """By the clock of the system, with the key that the year needs."""

    def init(self):
        super().init()
        self.ctl("key", "new", "reviewer-22")


class Round:
    """The life of one office."""

    def __init__(self, seed, number, kills=KILLS, worker_kills=WORKER_KILLS):
        self.seed, self.number = seed, number
        self.plan = plan(seed, number, kills, worker_kills)
        self.moment = "before the first kill"
        self.clock = None
        self.environment = unittest.mock.patch.dict(os.environ)
        self.environment.start()
        if number % STEPPED_EVERY == 0:
            self.clock = Clock()
            self.clock.set(rig.START)
            os.environ.update(self.clock.environment("Asia/Shanghai"))
        self.office = SteppedOffice() if self.clock else rig.Office()
        with (self.office.home / "awardd.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"overlay_megabytes: {OVERLAY_MEGABYTES[number % 2]}\n{LEASE}")
        self.answers, self.journal = Answers(), Journal(goes=self.clock is not None)
        self.clients = {}
        self.poller = zmq.Poller()
        self.bulk = Bulk(random.Random(f"{seed}/{number}/load"), self.client)
        self.year = Year(self.office, self.client, self.journal, self.clock)
        self.audit = Client(self.office, "supervision", self.poller, self.audit_answered)
        self.feed = None
        self.asked = None    # the query that is unanswered
        self.told = 0        # last entry that the feed or an answer spoke of
        self.stands = []     # what the feed and status said of the journal: entry and chain
        self.start_seconds = 0.05
        self.fallen = 0
        self.landed = collections.Counter()  # kills that were meant for a moment, and met it

    # -- Clients

    def client(self, principal):
        if principal not in self.clients:
            self.clients[principal] = Client(self.office, principal, self.poller, self.answered)
        return self.clients[principal]

    def answered(self, request, reply):
        answers = reply.answers.answers
        hold(len(answers) == len(request.events), "a reply has not an answer for each event")
        for event, answer in zip(request.events, answers, strict=True):
            first = (event.principal, event.id) not in self.answers.given
            self.answers.take(event, answer, request.times)
            self.told = max(self.told, answer.entry)
            if first:
                self.bulk.answered(event)
            self.year.answered(request, answer)

    # -- The journal, followed

    def audit_ask(self):
        query = Query()
        query.entries.SetInParent()
        setattr(query.entries, "from", self.journal.last + 1)
        self.asked = self.audit.request(query=query)

    def audit_answered(self, request, reply):
        self.asked = None
        hold(not reply.reply.HasField("error"), "the journal cannot be read", reply.reply.error)
        for item in reply.reply.entries.items:
            self.journal.take(item)
        if self.journal.last < self.told:
            self.audit_ask()

    def feed_heard(self):
        item = wire.MODULES["envelope"].FeedItem()
        while True:
            try:
                item.ParseFromString(self.feed.socket.recv(zmq.NOBLOCK))
            except zmq.Again:
                return
            self.told = max(self.told, item.entry)
            self.stands.append((item.entry, item.chain))

    # -- The loop

    def turn(self):
        """Takes what is there, or waits for it; sends what is next."""
        while self.year.go_on():
            pass
        ready = dict(self.poller.poll(WAIT_MS))
        for each in (*self.clients.values(), self.audit):
            if each.socket in ready:
                each.receive()
        if self.feed.socket in ready:
            self.feed_heard()
        if self.asked is None and (self.journal.last < self.told or not ready):
            self.audit_ask()

    def until(self, what, true):
        end = time.monotonic() + rig.PATIENCE
        while not true():
            hold(time.monotonic() < end, f"nothing comes of it any more: {what}",
                 self.year.about(), sorted(self.journal.tasks)[:5])
            self.turn()

    def waiting(self):
        return sum(each.events_waiting() for each in self.clients.values())

    # -- Killing

    def delay(self, microseconds):
        end = time.perf_counter() + microseconds * MICROSECONDS
        if microseconds > 500:
            time.sleep((microseconds - 300) * MICROSECONDS)
        while time.perf_counter() < end:
            pass

    def feed_open(self):
        self.feed = self.office.feed("supervision")
        self.poller.register(self.feed.socket, zmq.POLLIN)

    def feed_close(self):
        if self.feed is not None:
            self.poller.unregister(self.feed.socket)
            self.feed.close()
            self.feed = None

    def coordinator_start(self):
        begun = time.monotonic()
        self.office.start(rig.DAEMON)
        self.start_seconds = time.monotonic() - begun
        self.feed_open()
        self.audit_ask()
        for each in self.clients.values():
            each.again()

    def coordinator_down(self, kill):
        """He falls; what he had sent before is still taken."""
        self.office.kill(rig.DAEMON)
        said = self.office.said[-1].text()
        self.landed["in a stop"] += "stopping" in said and "stopped" not in said
        self.feed_heard()
        self.feed_close()
        for each in (*self.clients.values(), self.audit):
            each.receive()
            each.disconnect()
        self.asked = None
        self.audit.waiting.clear()
        if kill.verify:
            self.office.verify()

    def die_in_start(self, kill):
        process = rig.Process(rig.DAEMON, self.office.arguments(rig.DAEMON))
        self.delay(int(kill.start_part * self.start_seconds / MICROSECONDS))
        process.end(signal.SIGKILL)
        self.landed["in a start"] += " ready " not in process.text()

    def load_keep_up(self, kill, given):
        """Whether so much was answered; there is always so much on the way."""
        self.bulk.submit(kill.burst - self.waiting())
        return len(self.answers.given) >= given

    def coordinator_fall(self, kill):
        self.bulk.accident()
        given = len(self.answers.given) + kill.answers
        self.until("the answers behind which he falls", lambda: self.load_keep_up(kill, given))
        self.phase_begin(kill)
        self.delay(kill.delay_us)
        self.coordinator_down(kill)
        if kill.phase == "start":
            self.die_in_start(kill)
        self.coordinator_start()

    def phase_begin(self, kill):
        if kill.phase == "write":
            self.bulk.submit_large(LARGE)
        if kill.phase == "slices":
            self.bulk.submit(SLICES)
            self.until("the answers to much", lambda: not self.waiting())
        if kill.phase == "clock":
            self.until("a step of the clock", lambda: self.year.moves_clock() or self.year.over())
        if kill.phase in ("stop", "slices"):
            self.office.running[rig.DAEMON].popen.send_signal(signal.SIGTERM)
            self.office.wait_log("stopping")

    def worker_fall(self, kill):
        """Stopped first, so that what it is given it still holds when it is killed."""
        process = self.office.running[kill.victim].popen
        process.send_signal(signal.SIGSTOP)
        self.bulk.submit(kill.burst)
        self.bulk.accident()
        self.until("a task of the worker", lambda: self.journal.tasks_of(KINDS[kill.victim]) or
                   self.year.over())
        process.send_signal(signal.SIGCONT)
        self.delay(kill.delay_us)
        self.office.kill(kill.victim)
        self.office.start(kill.victim)

    def fall(self, kill):
        self.moment = f"kill {self.fallen + 1} of {len(self.plan)}: {kill}"
        self.until("the line at which is killed",
                   lambda: self.year.position >= kill.line or self.year.over())
        if kill.victim == rig.DAEMON:
            self.coordinator_fall(kill)
        else:
            self.worker_fall(kill)
        self.fallen += 1

    # -- From the first kill to the end

    def run(self):
        self.office.start()
        self.feed_open()
        self.audit_ask()
        for kill in self.plan:
            self.fall(kill)
        self.moment = "after the last kill"
        self.until("the end of the year", self.quiet)

    def quiet(self):
        return (self.year.over() and not self.waiting() and self.journal.last >= self.told and
                not self.journal.tasks)

    def ask_again(self):
        """Some of all that was acknowledged, once more."""
        draw = random.Random(f"{self.seed}/{self.number}/again")
        given = sorted(self.answers.given)
        for key in draw.sample(given, min(AGAIN_EVENTS, len(given))):
            event = self.answers.sent[key]
            self.client(event.principal).request([event])
        self.until("answers that were given before", lambda: not self.waiting())

    def check(self, calm):
        self.ask_again()
        status = self.audit_status()
        self.stands.append((status.last_entry, status.chain))
        self.told = max(self.told, status.last_entry)
        self.until("the last entry", lambda: self.journal.last >= self.told)
        for entry, chain in self.stands:
            self.journal.stands(entry, chain)
        self.journal.close(self.answers)
        spool_check(self.journal, {path.name: path.read_text(encoding="utf-8")
                                   for path in (self.office.home / "spool").iterdir()
                                   if not path.name.startswith(".")})
        calm.compare(Outcome(self.office), ("stages",) if self.clock else ALIKE)

    def audit_status(self):
        return self.office.wire("supervision").ask("status").status

    def close(self):
        for each in (*self.clients.values(), self.audit):
            each.disconnect()
        self.feed_close()

    def end(self):
        self.environment.stop()
        if self.clock is not None:
            self.clock.close()

    def about(self):
        return (f"seed {self.seed}, round {self.number}, {self.moment}\n"
                f"at {self.year.about()}; journal seen up to entry {self.journal.last}\n"
                f"office: {self.office.home}\n"
                f"again: scripts/torture --seed {self.seed} --round {self.number}")

    def counts(self):
        resent = self.answers.resent
        return (f"round {self.number}: {self.fallen} kills ({self.landed['in a stop']} in a stop, "
                f"{self.landed['in a start']} in a start), {len(self.answers.given)} events, "
                f"{self.journal.last} entries, {len(self.journal.fired)} deadlines, "
                f"{len(self.journal.alerts)} alerts, {len(self.journal.tasks_done)} tasks; of what was "
                f"unanswered at a kill {resent['on record']} on record, {resent['not on record']} not")


# ---- A calm office

def pages(office, query, rows, name, **fields):
    """All rows of a query that answers in pages, as messages."""
    more = True
    while more:
        reply = office.wire("supervision").ask(query, **fields)
        page = getattr(getattr(reply, query), rows)
        yield from page
        more = reply.more and page
        if more:
            fields["after"] = name(page[-1])


def alert_shown(alert):
    """What of an alert does not hang on what else is told in the same message."""
    shown = type(alert)()
    shown.CopyFrom(alert)
    shown.ClearField("message")
    return packed(shown)


class Outcome:
    """What came of the year in an office, as bytes by name."""

    def __init__(self, office):
        rows = pages(office, "cases", "rows", lambda row: row.case.case)
        self.stages = {row.case.case: row.case.stage for row in rows
                       if not row.case.case.startswith("earlier-2012")}  # those of the bulk
        ask = office.wire("supervision").ask
        self.cases = {name: packed(ask("case", case=name).case) for name in self.stages}
        self.deadlines = {row.deadline: packed(row) for row in pages(
            office, "deadlines", "deadlines", lambda row: row.deadline, all=True)}
        self.alerts = {row.alert: alert_shown(row) for row in pages(
            office, "alerts", "alerts", lambda row: row.alert, all=True)}

    def compare(self, other, names):
        """Whether all that is here is the same in an office that had more events."""
        for name in names:
            here, there = getattr(self, name), getattr(other, name)
            wrong = [key for key in here if there.get(key) != here[key]]
            hold(not wrong, f"otherwise than in a calm office: {len(wrong)} {name}", wrong[:5])


def calm_outcome():
    with rig.Office() as office:
        office.start()
        office.push_lines([line.encode() for line in LINES], "--settle")
        return Outcome(office)


def round_run(seed, number, calm, kills=KILLS, worker_kills=WORKER_KILLS):
    """One round; what was counted. A fault says all that is needed to repeat it, and where it is."""
    this = Round(seed, number, kills, worker_kills)
    try:
        this.run()
        this.check(calm)
        this.close()
        this.office.close()
    except Exception as problem:
        this.close()
        this.office.stop_dead()
        raise Fault(f"{problem}\n{this.about()}") from problem
    finally:
        this.end()
    return this


# ---- The command

def arguments_read():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--hours", type=float, default=0.0, help="rounds, until so long is over")
    parser.add_argument("--rounds", type=int, default=1, help="so many where no hours are said")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--round", type=int, default=1, help="begin with this one")
    parser.add_argument("--kills", type=int, default=KILLS, help="of the coordinator in a round")
    return parser.parse_args()


def main():
    options = arguments_read()
    end = time.monotonic() + options.hours * 3600
    calm = calm_outcome()
    number, last = options.round, options.round + options.rounds - 1
    while time.monotonic() < end if options.hours else number <= last:
        try:
            print(round_run(options.seed, number, calm, options.kills).counts(), flush=True)
        except Fault as fault:
            sys.exit(f"{fault}")
        number += 1


if __name__ == "__main__":
    main()
