"""torture_load - clients that have much on the way, and what they say

`Client` is one connection under one key, with any number of messages unanswered; after a kill it
sends those again, with the last ones that were answered. `Bulk` is what comes in great number:
registrations by office and districts, honours from before, and accidents of those laureates, each of
which makes work for the revocation worker and for the one of messages. `Year` is the year of
chongqing-2018, line after line, its clock moved as its lines say.
"""
import collections
import functools
import json
import pathlib
import sys

import zmq

import rig
import wire
from scenario_lines import credit_code
from torture_check import hold, name_of

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "clients/python"))
import award  # noqa: E402

Envelope, EventBatch, Event, Query = award.Envelope, award.EventBatch, award.Event, award.Query
AGAIN = 3             # messages that were answered and are sent again after a kill
RECONNECT_MS = 2
DISTRICTS = ("500101", "500105", "500107", "500112")
BATCHES = (1, 1, 4, 16, 64)
LARGE_EVENTS, LARGE_CHARACTERS = 16, 2000
LAUREATES_MAX = 24    # of an office: each is told and reminded of for years


class Request:
    def __init__(self, number, events, body):
        self.number, self.events, self.body, self.times = number, events, body, 0
        self.packed = Envelope(major=1, minor=0, request=number, **body).SerializeToString()


class Client:
    """One connection; `answered` is called with each request and its reply."""

    def __init__(self, office, principal, poller, answered):
        self.office, self.principal = office, principal
        self.poller, self.answered = poller, answered
        self.number = 0
        self.waiting = {}  # by number, in the order in which they were sent
        self.done = collections.deque(maxlen=AGAIN)
        self.socket = None
        self.used = False  # since the last start

    def connect(self):
        key = wire.key_read(self.office.home / "keys" / (self.principal + ".key"))
        server = wire.key_read(self.office.home / "server.key")["public-key"]
        self.socket = zmq.Context.instance().socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.reconnect_ivl = RECONNECT_MS
        self.socket.sndhwm = self.socket.rcvhwm = 0
        self.socket.curve_serverkey = server.encode()
        self.socket.curve_publickey = key["public-key"].encode()
        self.socket.curve_secretkey = key["secret-key"].encode()
        self.socket.connect(self.office.endpoint("clients"))
        self.poller.register(self.socket, zmq.POLLIN)

    def disconnect(self):
        if self.socket is not None:
            self.poller.unregister(self.socket)
            self.socket.close()
            self.socket = None

    def request(self, events=None, **body):
        self.number += 1
        if events is not None:
            body = {"events": EventBatch(events=events)}
        request = Request(self.number, events or [], body)
        self.waiting[request.number] = request
        self.used = True
        self.put(request)
        return request

    def put(self, request):
        if self.socket is None:
            self.connect()
        request.times += 1
        self.socket.send(request.packed)

    def again(self):
        """After a kill: the last that was answered, and all that was not."""
        if not self.waiting and not self.used:
            return
        unanswered, self.used = list(self.waiting.values()), False
        for request in self.done:
            self.waiting[request.number] = request
            self.put(request)
        self.done.clear()
        for request in unanswered:
            self.put(request)

    def receive(self):
        """All replies that are there."""
        while self.socket is not None:
            try:
                reply = Envelope.FromString(self.socket.recv(zmq.NOBLOCK))
            except zmq.Again:
                return
            request = self.waiting.pop(reply.request, None)
            hold(request is not None, "a reply to what was not asked", self.principal, reply)
            hold(reply.WhichOneof("body") != "error", "a message was refused", self.principal,
                 reply.error)
            self.answered(request, reply)
            if request.events:
                self.done.append(request)

    def events_waiting(self):
        return sum(len(request.events) for request in self.waiting.values())


def event_of(principal, name, body):
    """An event from its JSON, without an id."""
    event = award.from_json(json.dumps({name: body}), Event())
    event.principal = principal
    return event


# ---- Bulk

REGISTERED = event_of("", "enterprise_registered", {
    "industry": "C36", "legal_person": True, "operating_since": "2010-01-01"})
HONOURED = event_of("", "earlier_record", {
    "honour": "award", "on": "2012-10-15", "proof": "渝府发〔2012〕70号"})
ACCIDENT = event_of("", "accident_recorded", {
    "kind": "safety_accident", "on": "2012-12-20", "liable": "yes"})


@functools.lru_cache(maxsize=None)
def code_of(number):
    return credit_code("500103", "T%07d" % number)


class Bulk:
    """Events that are accepted whatever the clock says, from several clients."""

    def __init__(self, draw, clients):
        self.draw = draw
        self.clients = clients
        self.count = 0
        self.laureates = 0
        self.fallen = collections.deque()  # laureates that have had no accident yet

    def event(self, principal, model):
        """One more like the model, under an id of its own."""
        self.count += 1
        event = Event()
        event.CopyFrom(model)
        event.principal, event.id = principal, f"t-{self.count}"
        return event

    def registered(self, principal, division):
        event = self.event(principal, REGISTERED)
        body = event.enterprise_registered
        body.enterprise = code_of(self.count)
        body.name = "重庆试验企业%d" % self.count
        body.region = body.district = division
        return event

    def honoured(self, enterprise):
        self.laureates += 1
        event = self.event("office", HONOURED)
        event.earlier_record.enterprise = enterprise
        return event

    def office_batch(self, size):
        events = []
        while len(events) < size:
            event = self.registered("office", "500103")
            events.append(event)
            if self.laureates < LAUREATES_MAX and self.draw.random() < 0.05:
                events.append(self.honoured(event.enterprise_registered.enterprise))
        return events

    def submit(self, count):
        """Puts about so many events on the way, in messages of several sizes."""
        while count > 0:
            size = min(self.draw.choice(BATCHES), count)
            district = self.draw.choice(("office", *DISTRICTS))
            if district == "office":
                batch = self.office_batch(size)
                self.clients("office").request(batch)
            else:
                principal = "bureau-" + district
                batch = [self.registered(principal, district) for _ in range(size)]
                self.clients(principal).request(batch)
            count -= len(batch)

    def submit_large(self, messages):
        """So many messages of a registration with a long name: 96 KiB each."""
        for _ in range(messages):
            batch = [self.registered("office", "500103") for _ in range(LARGE_EVENTS)]
            for event in batch:
                event.enterprise_registered.name += "很" * LARGE_CHARACTERS
            self.clients("office").request(batch)

    def answered(self, event):
        """What was acknowledged for the first time: a laureate may now have his accident."""
        if event.WhichOneof("body") == "earlier_record" and event.id.startswith("t-"):
            self.fallen.append(event.earlier_record.enterprise)

    def accident(self):
        """One laureate's, where there is one left: a task for the revocation worker."""
        if self.fallen:
            event = self.event("bureau", ACCIDENT)
            event.accident_recorded.incident = event.id
            event.accident_recorded.enterprise = self.fallen.popleft()
            self.clients("bureau").request([event])


# ---- The year

def year_lines():
    """Its lines but those that are rejected: what came too early may be in order later."""
    rejected = {int(number) for number, line in rig.EXPECTED["lines"].items()
                if line["outcome"] == "rejected"}
    lines = rig.YEAR.read_text(encoding="utf-8").splitlines()
    return [line for number, line in enumerate(lines, 1) if number not in rejected]


LINES = year_lines()


class Year:
    """One step at a time: the clock, the line, then the workers' answers to it. The clock is moved by an
    event, or, where there is one of the system, stepped."""

    def __init__(self, office, clients, journal, clock=None):
        self.clients, self.journal, self.clock = clients, journal, clock
        counts = {}
        keys = award.Office(office.home)
        self.steps = []
        for text in LINES:
            principal, at_ms, event = award.line_read(keys, text, "", counts)
            event.principal = principal
            self.steps.append((at_ms, event))
        self.position = 0
        self.clock_ms = 0
        self.asked = None    # the request that is unanswered
        self.moved = False   # the clock, by that request or right before it
        self.settled_at = 0  # entry up to which the journal must have been seen

    def over(self):
        return self.position == len(self.steps)

    def moves_clock(self):
        """Whether what fires by a step of the clock is on its way."""
        return self.asked is not None and self.moved

    def settled(self):
        """No task is open but those of messages, which change nothing of a case."""
        return (self.journal.last >= self.settled_at and
                all(name.startswith("deliver_message:") for name in self.journal.tasks))

    def go_on(self):
        """Sends the next step where nothing is awaited. False where it waits, or is over."""
        if self.asked is not None or self.over() or not self.settled():
            return False
        at_ms, event = self.steps[self.position]
        self.moved = at_ms > self.clock_ms
        self.clock_ms = max(self.clock_ms, at_ms)
        if self.moved and self.clock is None:
            event = Event(principal="admin", id=f"clock-{award.moment_text(at_ms)}")
            event.clock_set.moment.ms = at_ms
        else:
            self.position += 1
        if self.moved and self.clock is not None:
            self.clock.set(award.moment_text(at_ms))
        self.asked = self.clients(event.principal).request([event])
        return True

    def answered(self, request, answer):
        if request is self.asked:
            self.asked = None
            self.settled_at = answer.entry

    def about(self):
        at = min(self.position, len(self.steps) - 1)
        return f"line {at + 1} of the year, {name_of(self.steps[at][1])}"
