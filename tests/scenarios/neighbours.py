"""neighbours - clients as nobody wants them beside him, each a process of its own.

    neighbours.py KIND HOME      (until its standard input ends)

says `ready` when it is at work. HOME is an office's directory. Who uses it in a program has
`Neighbour`, and `Good` for the one that behaves: one event at a time, each with its time.
"""
import atexit
import os
import pathlib
import random
import resource
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice

import zmq

import wire
from rig import PEOPLE, Office

HERE = pathlib.Path(__file__).resolve().parent
CONNECTIONS = 1000
SEED = 20181116
IN_FLIGHT = 256
BATCH = 64
TASKS = 32
PAUSE_SECONDS = 0.005  # of the good client, between two events
MUTE_WORKER = "worker-mute"
PATIENCE_MS = 20000


def endpoint(home, which):
    return f"ipc://{home}/run/{which}.sock"


def dealer(context, home, principal, which="clients", kind=zmq.DEALER, received=1):
    """A socket under somebody's key, which holds `received` messages that nobody has taken."""
    key = wire.key_read(home / "keys" / (principal + ".key"))
    made = context.socket(kind)
    made.linger = 0
    made.sndhwm, made.rcvhwm = IN_FLIGHT, received
    made.curve_serverkey = wire.key_read(home / "server.key")["public-key"].encode()
    made.curve_publickey = key["public-key"].encode()
    made.curve_secretkey = key["secret-key"].encode()
    if kind == zmq.SUB:
        made.subscribe(b"")
    made.connect(endpoint(home, which))
    return made


def memory_kib(pid):
    """What a process has of its own, now."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1])
    raise AssertionError("the process is gone")


def over():
    """Whether whoever started this process wants it to end."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


def ready():
    print("ready", flush=True)


SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(draw):
    """A unified social credit code that nobody has, with its check character (GB 32100)."""
    body = "91500109" + "".join(draw.choice(SIGNS) for _ in range(9))
    rest = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body)) % 31
    return body + SIGNS[-rest % 31]


def registrations(draw, count):
    """A batch of so many events that write: each registers an enterprise."""
    batch = wire.MODULES["envelope"].EventBatch()
    for _ in range(count):
        code = credit_code(draw)
        event = batch.events.add(id=code)
        body = event.enterprise_registered
        body.enterprise, body.name = code, f"重庆量具制造{code}有限公司"
        body.region = body.district = "500109"
        body.industry, body.legal_person = "C36", True
        body.operating_since.number = 14610
    return batch


def envelope(number, **body):
    made = wire.Envelope(major=wire.MAJOR, minor=0, request=number)
    for name, value in body.items():
        getattr(made, name).CopyFrom(value)
    return made.SerializeToString()


# ---- The bad ones

def never_reads(context, home):
    """Asks for as much as there is, and takes none of it."""
    mute = dealer(context, home, "supervision")
    query = wire.MODULES["query"].Query()
    query.entries.SetInParent()
    setattr(query.entries, "from", 1)
    ready()
    number = 0
    while not over():
        number += 1
        if mute.poll(20, zmq.POLLOUT):
            mute.send(envelope(number, query=query))


def garbage(context, home):
    """Noise in messages, and noise instead of a handshake."""
    draw = random.Random(SEED)
    noisy = dealer(context, home, "bureau-500109", received=IN_FLIGHT)
    path = f"{home}/run/clients.sock"
    ready()
    while not over():
        for _ in range(100):
            if noisy.poll(1, zmq.POLLOUT):
                noisy.send(draw.randbytes(draw.randrange(0, 300)))
            while noisy.poll(0):
                noisy.recv_multipart()
        with socket.socket(socket.AF_UNIX) as raw:
            raw.connect(path)
            raw.send(draw.randbytes(200))


def connections(context, home):
    """As many connections as it gets, and nothing said on them."""
    opened = [dealer(context, home, "bureau-500109") for _ in range(CONNECTIONS)]
    ready()
    while not over():
        time.sleep(0.05)
    for each in opened:
        each.close()


def tenfold(context, home):
    """Ten events each time that the good client sends one, each in a message of its own."""
    fast = dealer(context, home, "bureau-500109", received=IN_FLIGHT)
    batches = cycle([registrations(random.Random(), 1) for _ in range(5000)])
    ready()
    number = 0
    while not over():
        time.sleep(PAUSE_SECONDS)
        for batch in islice(batches, 10):
            number += 1
            fast.send(envelope(number, events=batch))
        while fast.poll(0):
            fast.recv_multipart()


def floods(context, home):
    """Many messages in flight, of many events each: as fast as it can."""
    fast = dealer(context, home, "bureau-500109", received=0)
    batches = cycle([registrations(random.Random(), BATCH) for _ in range(500)])
    ready()
    number = in_flight = 0
    while not over():
        while in_flight < IN_FLIGHT // 4:
            number += 1
            in_flight += 1
            fast.send(envelope(number, events=next(batches)))
        while in_flight > IN_FLIGHT // 8 and fast.poll(10):
            fast.recv_multipart()
            in_flight -= 1


def sleeps(context, home):
    """Follows the feed and takes nothing from it."""
    asleep = dealer(context, home, "bureau-500109", "feed", zmq.SUB)
    ready()
    while not over():
        time.sleep(0.05)
    asleep.close()


def takes(context, home):
    """A worker that is there each second, takes tasks, and never answers."""
    idle = dealer(context, home, MUTE_WORKER, "workers", received=IN_FLIGHT)
    hello = wire.MODULES["envelope"].WorkerHello(instance=f"mute-{os.getpid()}", capacity=TASKS)
    ready()
    while not over():
        idle.send(envelope(0, hello=hello))
        idle.poll(500)
        while idle.poll(0):
            idle.recv_multipart()


KINDS = {"never-reads": never_reads, "garbage": garbage, "connections": connections,
         "tenfold": tenfold, "floods": floods, "sleeps": sleeps, "takes": takes}


def office(settings=""):
    """An office with a second notification worker, the one that never answers."""
    folder = tempfile.mkdtemp(prefix="award-people-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    people = pathlib.Path(folder) / "people.yaml"
    people.write_text(PEOPLE.read_text() + f"- name: {MUTE_WORKER}\n  role: worker_notification\n"
                      "  full_name: 不答复的通知程序\n")
    made = Office(people=people)
    made.ctl("key", "new", "reviewer-22")
    with (made.home / "awardd.yaml").open("a") as file:
        file.write(settings)
    return made


class Neighbour:
    """One of them at work, as long as the block lasts. It is to cost no time but awardd's."""

    def __init__(self, kind, home, processor=None):
        place = [] if processor is None else ["taskset", "--cpu-list", str(processor)]
        self.popen = subprocess.Popen([*place, "chrt", "--idle", "0", sys.executable, __file__, kind,
                                       str(home)],
                                      stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        assert self.popen.stdout.readline() == "ready\n", "the neighbour did not come"
        return self

    def __exit__(self, *_):
        self.popen.stdin.close()
        try:
            self.popen.wait(PATIENCE_MS / 1000)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        self.popen.stdout.close()


class Good:
    """One event at a time under a key of its own."""

    def __init__(self, office):
        self.wire = office.connect("office")
        self.draw = random.Random()

    def close(self):
        self.wire.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def one(self):
        """Sends one event and waits for its answer; the seconds that it took."""
        batch = registrations(self.draw, 1)
        begun = time.monotonic()
        reply = self.wire.request(events=batch)
        taken = time.monotonic() - begun
        answer = reply.answers.answers[0]
        assert wire.plain(answer)["outcome"] == "accepted", wire.plain(reply)
        return taken


def main():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    kind, home = sys.argv[1], pathlib.Path(sys.argv[2])
    context = zmq.Context()
    context.max_sockets = 2 * CONNECTIONS
    KINDS[kind](context, home)
    os._exit(0)


if __name__ == "__main__":
    main()
