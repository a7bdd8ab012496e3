"""wire - the contract as a stranger speaks it: protobuf over ZeroMQ with CURVE, without awardd's code.

The messages are compiled from proto/ into a scratch directory at first use. `Wire` is one
connection under one key; `plain` turns a message into dictionaries in which days, moments and
points are the strings that JSON has.
"""
import atexit
import datetime
import importlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

import zmq
import zmq.utils.monitor

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
MAJOR = 1
PATIENCE_MS = 60000
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def messages_compile():
    """The Python modules of proto/, by name; made once a process."""
    scratch = tempfile.mkdtemp(prefix="award-proto-")
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    files = sorted(path.name for path in (ROOT / "proto").glob("*.proto"))
    subprocess.run(["protoc", "-I", str(ROOT / "proto"), "--python_out", scratch, *files],
                   check=True, capture_output=True)
    sys.path.insert(0, scratch)
    return {name[:-6]: importlib.import_module(name[:-6] + "_pb2") for name in files}


MODULES = messages_compile()
Envelope = MODULES["envelope"].Envelope


# ---- Values

def day_text(day):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=day.number)).isoformat()


def moment_text(moment):
    seconds, ms = divmod(moment.ms, 1000)
    text = datetime.datetime.fromtimestamp(seconds, SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")
    return text + (".%03d" % ms if ms else "") + "+08:00"


def points_text(points):
    return "%d.%02d" % divmod(points.hundredths, 100)


TEXTS = {"award.Day": day_text, "award.Moment": moment_text, "award.Points": points_text}


def value_plain(field, value):
    if field.type == field.TYPE_MESSAGE:
        return plain(value)
    if field.type == field.TYPE_ENUM:
        return field.enum_type.values_by_number[value].name
    return value


def plain(message):
    """What is set in a message, by its field names."""
    text = TEXTS.get(message.DESCRIPTOR.full_name)
    if text:
        return text(message)
    found = {}
    for field, value in message.ListFields():
        repeated = field.label == field.LABEL_REPEATED
        found[field.name] = ([value_plain(field, each) for each in value] if repeated
                             else value_plain(field, value))
    return found


# ---- Keys

def key_read(path):
    """A key file: its lines are `name: value`."""
    pairs = (line.split(": ", 1) for line in path.read_text().splitlines() if ": " in line)
    return dict(pairs)


# ---- One connection

class Wire:
    """A DEALER under one key. Requests are numbered; whoever sends bytes of his own reads them."""

    def __init__(self, endpoint, server_key, public_key, secret_key, kind=zmq.DEALER):
        self.context = zmq.Context()
        self.socket = self.context.socket(kind)
        self.socket.linger = 0
        self.socket.curve_serverkey = server_key.encode()
        self.socket.curve_publickey = public_key.encode()
        self.socket.curve_secretkey = secret_key.encode()
        self.monitor = self.socket.get_monitor_socket()
        if kind == zmq.SUB:
            self.socket.subscribe(b"")
        self.socket.connect(endpoint)
        self.requests = 0

    def close(self):
        self.socket.disable_monitor()
        self.monitor.close()
        self.socket.close()
        self.context.term()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send_bytes(self, *frames):
        self.socket.send_multipart(frames)

    def send(self, **fields):
        """An envelope with these fields; returns its number."""
        self.requests += 1
        envelope = Envelope(major=MAJOR, minor=0, request=self.requests)
        for name, value in fields.items():
            if isinstance(value, int):
                setattr(envelope, name, value)
            else:
                getattr(envelope, name).CopyFrom(value)
        self.send_bytes(envelope.SerializeToString())
        return envelope.request

    def receive(self):
        if not self.socket.poll(PATIENCE_MS):
            raise TimeoutError("awardd did not answer")
        envelope = Envelope()
        envelope.ParseFromString(self.socket.recv_multipart()[-1])
        return envelope

    def request(self, **fields):
        number = self.send(**fields)
        reply = self.receive()
        assert reply.request == number, (reply.request, number)
        return reply

    def ask(self, query, **fields):
        """One query by its name; the reply as a message."""
        message = MODULES["query"].Query()
        body = getattr(message, query)
        body.SetInParent()
        for name, value in fields.items():
            setattr(body, name, value)
        return self.request(query=message).reply

    def handshake(self):
        """The first monitor event that says how the handshake ended."""
        ended = (zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH |
                 zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL)
        while True:
            if not self.monitor.poll(PATIENCE_MS):
                raise TimeoutError("no handshake")
            event = zmq.utils.monitor.recv_monitor_message(self.monitor)["event"]
            if event & ended:
                return event


# ---- The feed

class Feed(Wire):
    """A subscriber to the feed, under one key, from when the coordinator has admitted it."""

    def __init__(self, *arguments):
        super().__init__(*arguments, kind=zmq.SUB)
        assert self.handshake() == zmq.EVENT_HANDSHAKE_SUCCEEDED

    def next(self):
        """The number of the last entry, as the next item says it."""
        if not self.socket.poll(PATIENCE_MS):
            raise TimeoutError("the feed is silent")
        item = MODULES["envelope"].FeedItem()
        item.ParseFromString(self.socket.recv_multipart()[-1])
        return item.entry
