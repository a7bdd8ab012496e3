#!/usr/bin/python3
"""award - a client of awardd, written from docs/protocol.md

    award.py [--home DIR] [--as NAME] push FILE|- [--settle] [--clock-key NAME]
    award.py [--home DIR] [--as NAME] query NAME [FIELD=VALUE...]
    award.py [--home DIR] [--as NAME] follow [--from ENTRY]

DIR is where awardctl.yaml and keys/ are (AWARD_HOME where none is given). Each prints a JSON object a
line: the answer to each line of the file, each page of the reply, each entry of the journal. Needs
Debian's python3-zmq, python3-protobuf and protobuf-compiler. As a library: Office, push, follow.
"""
import argparse
import hashlib
import json
import os
import pathlib
import subprocess
import sys

import zmq
from google.protobuf import json_format

from contract import MESSAGES, from_json, moment_text, to_json

Envelope, Event, EventBatch, Query = (MESSAGES[name] for name in ("Envelope", "Event", "EventBatch", "Query"))
RECEIVED_BYTES, BATCH_EVENTS, BATCH_BYTES = 8 << 20, 64, 1 << 20
SILENCE_MS = 3000  # of the feed, after which the journal is asked all the same


class Failure(Exception):
    """What a person is told, in Chinese and in English."""


def settings_read(path):
    lines = (line.split(" #")[0] for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip('"') for name, value in pairs}


class Office:
    """Where the coordinator is, and the keys that are here. `patience` in seconds."""

    def __init__(self, home, patience=60):
        self.home, self.patience, self.connections = pathlib.Path(home).resolve(), patience, {}
        self.settings = settings_read(self.home / "awardctl.yaml")
        self.context = zmq.Context()

    def key(self, name):
        return settings_read(self.home / self.settings["keys_directory"] / f"{name}.key")

    def socket(self, kind, which, name):
        key, socket, place = self.key(name), self.context.socket(kind), self.settings[which]
        socket.linger, socket.maxmsgsize, socket.sndtimeo = 0, RECEIVED_BYTES, self.patience * 500
        socket.heartbeat_ivl, socket.heartbeat_timeout = 2000, 6000
        socket.curve_serverkey = self.settings["server_public_key"].encode()
        socket.curve_publickey, socket.curve_secretkey = key["public-key"].encode(), key["secret-key"].encode()
        socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH).linger = 0
        if kind == zmq.SUB:
            socket.subscribe(b"")
        if place.startswith("ipc://"):
            place = f"ipc://{self.home / place[6:]}"
        socket.connect(place)
        return socket

    def connection(self, name):
        if name not in self.connections:
            self.connections[name] = Connection(self, name)
        return self.connections[name]


class Connection:
    """One request at a time under one key."""

    def __init__(self, office, name):
        self.office, self.name, self.number = office, name, 0
        self.open()

    def open(self):
        self.socket, self.poller = self.office.socket(zmq.DEALER, "client_endpoint", self.name), zmq.Poller()
        for each in (self.socket, self.socket.get_monitor_socket()):
            self.poller.register(each, zmq.POLLIN)

    def close(self):
        self.socket.disable_monitor()
        self.socket.close()

    def heard(self):
        """The reply to the last request; None after half of the time allowed."""
        while ready := dict(self.poller.poll(self.office.patience * 500)):
            if self.socket not in ready:
                raise Failure(f"[key_not_admitted] awardd 不接受 {self.name} 的密钥；请确认已登记、已会签、未被撤销。"
                              f" / awardd does not admit the key of {self.name}; see that it is enrolled, "
                              "countersigned and not revoked.")
            reply = Envelope.FromString(self.socket.recv())
            if reply.request == self.number:
                return reply
        return None

    def request(self, **body):
        """The reply. Where there is none it is asked again, once, over a new connection."""
        self.number += 1
        packed = Envelope(major=1, minor=0, request=self.number, **body).SerializeToString()
        for _ in range(2):
            self.socket.send(packed)
            reply = self.heard()
            if reply is not None:
                break
            self.close()
            self.open()
        if reply is None:
            raise Failure("awardd 没有答复；请确认它在运行、地址和服务器公钥无误，然后重试，重复是安全的。 / awardd does "
                          "not answer; see that it runs and that endpoint and server key are right, then try "
                          "again, sending twice is safe.")
        error = reply.error if reply.WhichOneof("body") == "error" else reply.reply.error
        if error.code:
            raise Failure(f"[{error.code}] {error.zh} / {error.en}")
        return reply

    def ask(self, query, **fields):
        """A query by its name; the reply's own message."""
        body = MESSAGES[Query.DESCRIPTOR.fields_by_name[query].message_type.name](**fields)
        return self.request(query=Query(**{query: body})).reply


# ---- Files of events

def event_id(principal, at_ms, event, counts):
    content = Event.FromString(event.SerializeToString())
    if content.HasField("address_changed"):
        for each in content.address_changed.addresses:
            each.address = "-" if each.address else each.address
    text = f"{principal}\n{at_ms}\n{to_json(content)}"
    first = hashlib.sha256(text.encode()).hexdigest()
    counts[first] = counts.get(first, 0) + 1
    return hashlib.sha256(f"{first}\n{counts[first]}".encode()).hexdigest()[:32]


def line_read(office, text, default, counts):
    """The principal, the moment (0: none) and the event of a line."""
    event = from_json(text, Event())
    principal, at_ms, name = event.principal or default, event.at.ms, event.WhichOneof("body")
    if name is None:
        raise ValueError("the line has no event in it")
    event.ClearField("principal")
    event.ClearField("at")
    body = getattr(event, name)
    if name in ("key_enrolled", "key_revoked") and body.public_key.startswith("@key:"):
        body.public_key = office.key(body.public_key[5:])["public-key"]
    event.id = event.id or event_id(principal, at_ms, event, counts)
    return principal, at_ms, event


class Pushing:
    """Lines on their way: those of one principal together, the clock moved between them."""

    def __init__(self, office, clock_key, settles):
        self.office, self.clock_key = office, clock_key
        self.batch, self.numbers, self.sender = EventBatch(), [], None
        self.feed = office.socket(zmq.SUB, "feed_endpoint", clock_key) if settles else None
        status = office.connection(clock_key).ask("status").status
        self.rehearsal, self.clock_ms = status.rehearsal, status.now.ms

    def settle(self):
        """Until the workers have answered every open task."""
        while self.feed and self.office.connection(self.clock_key).ask("status").status.tasks_open:
            if self.feed.poll(SILENCE_MS // 10):
                self.feed.recv()

    def flush(self):
        """Sends what has gathered; the lines with their answers."""
        if not self.numbers:
            return []
        reply = self.office.connection(self.sender).request(events=self.batch)
        done = list(zip(self.numbers, reply.answers.answers, strict=True))
        self.batch, self.numbers = EventBatch(), []
        self.settle()
        return done

    def moves(self, at_ms):
        return self.rehearsal and at_ms > self.clock_ms

    def clock_move(self, at_ms):
        event = Event(id=f"clock-{moment_text(at_ms)}")
        event.clock_set.moment.ms = self.clock_ms = at_ms
        self.office.connection(self.clock_key).request(events=EventBatch(events=[event]))
        self.settle()

    def full(self):
        return self.feed or len(self.numbers) == BATCH_EVENTS or self.batch.ByteSize() > BATCH_BYTES

    def add(self, number, principal, event):
        self.sender = principal
        self.numbers.append(number)
        self.batch.events.append(event)


def push(office, lines, default="", settles=False, clock_key="admin"):
    """Sends lines of events; yields the number of each line and its answer, in their order."""
    pushing, counts = Pushing(office, clock_key, settles), {}
    for number, text in enumerate(lines, 1):
        if not text.strip() or text.startswith("#"):
            continue
        try:
            principal, at_ms, event = line_read(office, text, default, counts)
        except (ValueError, OSError, json_format.ParseError) as problem:
            yield from pushing.flush()
            raise Failure(f"第 {number} 行 line: {problem}") from problem
        if pushing.moves(at_ms) or pushing.full() or principal != pushing.sender:
            yield from pushing.flush()
        if pushing.moves(at_ms):
            pushing.clock_move(at_ms)
        pushing.add(number, principal, event)
    yield from pushing.flush()


# ---- The journal

def follow(office, name, number=1):
    """Every entry from this number on, for ever: those that are there, and those that come."""
    feed = office.socket(zmq.SUB, "feed_endpoint", name)
    while True:
        more = True
        while more:
            reply = office.connection(name).ask("entries", **{"from": number})
            for item in reply.entries.items:
                if item.entry != number:
                    raise Failure(f"日志缺少第 {number} 条 / entry {number} of the journal is missing")
                yield item
                number += 1
            more = reply.more
        while feed.poll(SILENCE_MS) and MESSAGES["FeedItem"].FromString(feed.recv()).entry < number:
            pass


# ---- The command

NEXT_PAGE = {  # query: what the next page is asked by, from the reply and the query before
    "entries": lambda body, asked: {"from": body.items[-1].entry + 1},
    "cases": lambda body, asked: {"after": body.rows[-1].case.case},
    "deadlines": lambda body, asked: {"after": body.deadlines[-1].deadline},
    "alerts": lambda body, asked: {"after": body.alerts[-1].alert},
    "messages": lambda body, asked: {"after": body.messages[-1].message},
    **dict.fromkeys(("register", "complaints", "stuck"), lambda body, asked: {"after": body.looked_to}),
    "readings": lambda body, asked: {"after": body.looked_to, "skip": body.looked_rows},
    "report": lambda body, asked: {"from": body.looked_to + 1},
    "check": lambda body, asked: {"after": asked.after + len(body.findings)},
    "roster": lambda body, asked: {"after": asked.after + len(body.rows)},
    "principals": lambda body, asked: {
        "after": body.rows[-1].principal.name if body.rows else asked.after,
        "pending_after": body.pending[-1].subject if body.pending else asked.pending_after},
}


def query_pages(office, options):
    fields = dict(each.split("=", 1) for each in options.fields)
    fields = {name: value == "true" if value in ("true", "false") else value for name, value in fields.items()}
    query, more = from_json(json.dumps({options.name: fields}), Query()), True
    while more:
        reply = office.connection(options.principal).request(query=query).reply
        yield to_json(reply)
        more = reply.more and options.name in NEXT_PAGE
        if more:
            asked = getattr(query, options.name)
            for name, value in NEXT_PAGE[options.name](getattr(reply, options.name), asked).items():
                setattr(asked, name, value)


def push_answers(office, options):
    with open(0 if options.file == "-" else options.file, encoding="utf-8") as lines:
        for number, answer in push(office, lines, options.principal, options.settle, options.clock_key):
            yield '{"line":%d,%s' % (number, to_json(answer)[1:])


def follow_entries(office, options):
    return map(to_json, follow(office, options.principal, options.number))


def arguments_read():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", default=os.environ.get("AWARD_HOME", "."))
    parser.add_argument("--as", dest="principal", default="office")
    parser.add_argument("--timeout", type=int, default=60, metavar="SECONDS")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("push", help="a file of events")
    command.set_defaults(run=push_answers)
    command.add_argument("file")
    command.add_argument("--settle", action="store_true", help="wait for the workers after each line")
    command.add_argument("--clock-key", default="admin", help="whose key moves a manual clock")
    command = commands.add_parser("query", help="a query, all its pages")
    command.set_defaults(run=query_pages)
    command.add_argument("name", choices=sorted(Query.DESCRIPTOR.fields_by_name), metavar="NAME")
    command.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    command = commands.add_parser("follow", help="the journal, from the beginning and on")
    command.set_defaults(run=follow_entries)
    command.add_argument("--from", dest="number", type=int, default=1, metavar="ENTRY")
    return parser.parse_args()


def main():
    options = arguments_read()
    try:
        for line in options.run(Office(options.home, options.timeout), options):
            print(line, flush=True)
    except (Failure, OSError, ValueError, json_format.ParseError, zmq.ZMQError,
            subprocess.CalledProcessError) as problem:
        sys.exit(f"award.py: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
