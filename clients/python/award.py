#!/usr/bin/python3
"""award - a client of awardd, written from docs/protocol.md

    award.py [--home DIR] [--as NAME] push FILE|- [--settle] [--clock-key NAME]
    award.py [--home DIR] [--as NAME] query JSON        such as '{"case":{"case":"2018/…/1"}}'
    award.py [--home DIR] [--as NAME] follow [--from ENTRY]

DIR is where awardctl.yaml and keys/ are (AWARD_HOME where none is given). Each prints a JSON object a
line: the answer to each line of the file, the reply, each entry of the journal. Needs Debian's
python3-zmq, python3-protobuf and protobuf-compiler. As a library: Office, push, follow.
"""
import argparse
import hashlib
import os
import pathlib
import sys

import zmq
from google.protobuf import json_format

from contract import MESSAGES, from_json, moment_text, to_json

Envelope, Event, EventBatch, Query = (MESSAGES[name] for name in ("Envelope", "Event", "EventBatch", "Query"))
RECEIVED_BYTES = 8 << 20
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
        self.settings, self.context = settings_read(self.home / "awardctl.yaml"), zmq.Context()

    def key(self, name):
        return settings_read(self.home / self.settings["keys_directory"] / f"{name}.key")

    def socket(self, kind, which, name):
        key, socket, place = self.key(name), self.context.socket(kind), self.settings[which]
        socket.linger, socket.maxmsgsize, socket.sndtimeo = 0, RECEIVED_BYTES, self.patience * 500
        socket.curve_serverkey = self.settings["server_public_key"].encode()
        socket.curve_publickey, socket.curve_secretkey = key["public-key"].encode(), key["secret-key"].encode()
        if kind == zmq.SUB:
            socket.subscribe(b"")
        if place.startswith("ipc://"):
            place = f"ipc://{self.home / place[6:]}"
        else:
            socket.heartbeat_ivl, socket.heartbeat_timeout = 15000, 45000
        socket.connect(place)
        return socket

    def connection(self, name):
        return self.connections.get(name) or self.connections.setdefault(name, Connection(self, name))


class Connection:
    """One request at a time under one key."""

    def __init__(self, office, name):
        self.name, self.number, self.half_ms = name, 0, office.patience * 500
        self.socket, self.poller = office.socket(zmq.DEALER, "client_endpoint", name), zmq.Poller()
        self.poller.register(self.socket, zmq.POLLIN)
        self.poller.register(self.socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_FAILED_AUTH), zmq.POLLIN)

    def heard(self):
        """The reply to the last request; None after half of the time allowed."""
        while ready := dict(self.poller.poll(self.half_ms)):
            if self.socket not in ready:
                raise Failure(f"[key_not_admitted] awardd 不接受 {self.name} 的密钥；请确认已登记、已会签、未被撤销。"
                              f" / awardd does not admit the key of {self.name}; see that it is enrolled, "
                              "countersigned and not revoked.")
            reply = Envelope.FromString(self.socket.recv())
            if reply.request == self.number:
                return reply
        return None

    def request(self, **body):
        """The reply. Where there is none it is asked again, once: sending twice is safe."""
        self.number += 1
        for _ in range(2):
            self.socket.send(Envelope(major=1, minor=0, request=self.number, **body).SerializeToString())
            if reply := self.heard():
                break
        else:
            raise Failure("awardd 没有答复；请确认它在运行、地址和服务器公钥无误，然后重试，重复是安全的。 / awardd does "
                          "not answer; see that it runs and that endpoint and server key are right, then try "
                          "again, sending twice is safe.")
        error = reply.error if reply.WhichOneof("body") == "error" else reply.reply.error
        if error.code:
            raise Failure(f"[{error.code}] {error.zh} / {error.en}")
        return reply

    def ask(self, query):
        """The reply to a query in JSON."""
        return self.request(query=from_json(query, Query())).reply


# ---- Files of events

def event_id(principal, at_ms, event, counts):
    content = Event.FromString(event.SerializeToString())
    for each in content.address_changed.addresses if content.HasField("address_changed") else ():
        each.address = "-" if each.address else ""
    first = hashlib.sha256(f"{principal}\n{at_ms}\n{to_json(content)}".encode()).hexdigest()
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


class Clock:
    """The coordinator's, which lines of a rehearsal move; and its workers, who may have to be done first."""

    def __init__(self, office, name, settles):
        self.connection = office.connection(name)
        self.feed = office.socket(zmq.SUB, "feed_endpoint", name) if settles else None
        status = self.connection.ask('{"status":{}}').status
        self.manual, self.ms = status.rehearsal, status.now.ms

    def settle(self):
        """Until the workers have answered every open task."""
        while self.feed and self.connection.ask('{"status":{}}').status.tasks_open:
            if self.feed.poll(SILENCE_MS // 10):
                self.feed.recv()

    def move(self, at_ms):
        if self.manual and at_ms > self.ms:
            event = Event(id=f"clock-{moment_text(at_ms)}")
            event.clock_set.moment.ms = self.ms = at_ms
            self.connection.request(events=EventBatch(events=[event]))
            self.settle()


def push(office, lines, default="", settles=False, clock_key="admin"):
    """Sends lines of events; yields the number of each line and its answer, in their order."""
    clock, counts = Clock(office, clock_key, settles), {}
    for number, text in enumerate(lines, 1):
        if not text.strip() or text.startswith("#"):
            continue
        try:
            principal, at_ms, event = line_read(office, text, default, counts)
        except (ValueError, OSError, json_format.ParseError) as problem:
            raise Failure(f"第 {number} 行 line: {problem}") from problem
        clock.move(at_ms)
        reply = office.connection(principal).request(events=EventBatch(events=[event]))
        yield number, reply.answers.answers[0]
        clock.settle()


# ---- The journal

def follow(office, name, number=1):
    """Every entry from this number on, for ever: those that are there, and those that come."""
    feed = office.socket(zmq.SUB, "feed_endpoint", name)
    while True:
        reply = office.connection(name).ask('{"entries":{"from":%d}}' % number)
        for item in reply.entries.items:
            if item.entry != number:
                raise Failure(f"日志缺少第 {number} 条 / entry {number} of the journal is missing")
            yield item
            number += 1
        while not reply.more and feed.poll(SILENCE_MS):
            if MESSAGES["FeedItem"].FromString(feed.recv()).entry >= number:
                break


# ---- The command

def run(office, options):
    """Lines to print."""
    if options.command == "query":
        yield to_json(office.connection(options.principal).ask(options.what))
    elif options.command == "follow":
        yield from map(to_json, follow(office, options.principal, options.number))
    else:
        with open(0 if options.what == "-" else options.what, encoding="utf-8") as lines:
            for number, answer in push(office, lines, options.principal, options.settle, options.clock_key):
                yield '{"line":%d,%s' % (number, to_json(answer)[1:])


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--home", default=os.environ.get("AWARD_HOME", "."))
    parser.add_argument("--as", dest="principal", default="office")
    parser.add_argument("--timeout", type=int, default=60)
    parser.add_argument("--settle", action="store_true")
    parser.add_argument("--clock-key", default="admin")
    parser.add_argument("--from", dest="number", type=int, default=1)
    parser.add_argument("command", choices=("push", "query", "follow"))
    parser.add_argument("what", nargs="?", default="-")
    options = parser.parse_args()
    try:
        for line in run(Office(options.home, options.timeout), options):
            print(line, flush=True)
    except (Failure, OSError, ValueError, json_format.ParseError, zmq.ZMQError) as problem:
        sys.exit(f"award.py: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
