"""rig - an office of its own for a test: a scratch directory, four processes, and what they said.

    with Office() as office:
        office.start()
        lines = office.push(YEAR)
        office.case("2018/.../1")

The programs are those of build/sanitize/bin, or of AWARD_BIN. Leaving the block stops every process,
and fails the test unless each ended well, printed no report of a sanitizer, and `awardd verify`
finds the database sound. Nothing sleeps: each wait is for a line of a log or for an end.
"""
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import unicodedata

import wire

HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("AWARD_BIN", HERE.parent.parent / "build/sanitize/bin")).resolve()
YEAR = HERE / "chongqing-2018.jsonl"
PEOPLE = HERE / "chongqing-2018.people.yaml"
EXPECTED = json.loads((HERE / "chongqing-2018.expected.json").read_text())
START = "2013-01-01T00:00:00+08:00"
PATIENCE = 60  # seconds; nothing takes so long unless it hangs

DAEMON = "awardd"
WORKERS = {"award-scoring": "worker-scoring", "award-notification": "worker-notification",
           "award-revocation": "worker-revocation"}
PROCESSES = (DAEMON, *WORKERS)
REPORTS = re.compile(r"(Address|Leak|Thread)Sanitizer|runtime error:|Assertion .* failed")


def optimised():
    """From now on the programs of the release build, where those at hand have a sanitizer."""
    global BIN
    if b"__asan_init" in (BIN / DAEMON).read_bytes():
        BIN = HERE.parent.parent / "build/release/bin"
    assert (BIN / DAEMON).exists(), "build it first: cmake --build build/release"


def too_wide(text, columns=100):
    """The lines that are wider than a screen; a Chinese character takes two columns."""
    def width(line):
        return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
    return [line for line in text.splitlines() if width(line) > columns]


def environment():
    made = dict(os.environ)
    made["ASAN_OPTIONS"] = "detect_leaks=1:exitcode=99:abort_on_error=0"
    made["UBSAN_OPTIONS"] = "print_stacktrace=1:halt_on_error=1:exitcode=99"
    made.pop("AWARD_HOME", None)
    return made


class Process:
    """One running program, and its standard error line by line."""

    def __init__(self, name, arguments, under=()):
        self.name = name
        self.lines = []
        self.heard = threading.Condition()
        self.over = False
        self.popen = subprocess.Popen([*under, str(BIN / name), *arguments], stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                      env=environment(), text=True, errors="replace")
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.popen.stderr:
            with self.heard:
                self.lines.append(line.rstrip("\n"))
                self.heard.notify_all()
        with self.heard:
            self.over = True
            self.heard.notify_all()

    def text(self):
        with self.heard:
            return "\n".join(self.lines)

    def wait_line(self, pattern, which=1):
        """The first line that matches (or the second, ...), as soon as it is there."""
        def found():
            lines = [line for line in self.lines if re.search(pattern, line)]
            return lines[which - 1] if len(lines) >= which else None
        with self.heard:
            self.heard.wait_for(lambda: found() or self.over, PATIENCE)
            line = found()
        if line is None:
            raise AssertionError(f"{self.name} did not say {pattern!r}:\n{self.text()[-3000:]}")
        return line

    def end(self, number):
        """Sends the signal and waits for the end; returns the exit status."""
        self.popen.send_signal(number)
        status = self.popen.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.popen.stderr.close()
        return status


class Office:
    def __init__(self, copy_of=None, people=PEOPLE, start=START, rulebook=None):
        self.people = people
        self.first_moment = start
        self.rulebook = ["--rulebook", str(rulebook)] if rulebook else []
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="award-"))
        self.running = {}
        self.said = []   # what ended processes said
        self.wires = {}
        if copy_of:
            self.copy_identity(copy_of)
        self.init()

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.close()
        else:
            self.abandon()

    # ---- Setting up

    def copy_identity(self, other):
        """The keys and the genesis of another office, so that its events fit here."""
        shutil.copytree(other.home / "keys", self.home / "keys")
        for name in ("server.key", "genesis.json"):
            shutil.copy(other.home / name, self.home / name)

    def init(self):
        self.ctl("init", str(self.home), "--city", "重庆", "--clock", "manual",
                 "--start", self.first_moment, "--people", str(self.people), *self.rulebook, home=False)
        if self.people == PEOPLE and not (self.home / "keys/reviewer-22.key").exists():
            self.ctl("key", "new", "reviewer-22")
        (self.home / "spool").mkdir()

    # ---- Processes

    def arguments(self, name):
        if name == DAEMON:
            return ["-c", str(self.home / "awardd.yaml")]
        server = wire.key_read(self.home / "server.key")["public-key"]
        own = []
        if name == "award-notification":
            own = ["--spool", str(self.home / "spool")]
            if self.templates().is_dir():
                own += ["--templates", str(self.templates())]
        return ["--endpoint", self.endpoint("workers"), "--server-key", server,
                "--key", str(self.home / "keys" / (WORKERS[name] + ".key")), *own]

    def templates(self):
        """Where the office may put templates of its own."""
        return self.home / "templates"

    def start(self, *names):
        """These processes, or all; returns when each is ready."""
        for name in names or PROCESSES:
            assert name not in self.running
            process = Process(name, self.arguments(name))
            self.running[name] = process
            process.wait_line(r"\bready\b" if name == DAEMON else r"\bconnected\b")

    def stop(self, *names):
        """By SIGTERM, the coordinator last; each must end with status 0."""
        for name in names or [*WORKERS, DAEMON]:
            process = self.running.pop(name, None)
            if process is None:
                continue
            status = process.end(signal.SIGTERM)
            self.said.append(process)
            if status != 0:
                raise AssertionError(f"{name} ended with status {status}:\n{process.text()}")

    def kill(self, name):
        process = self.running.pop(name)
        process.end(signal.SIGKILL)
        self.said.append(process)

    def log(self, name=DAEMON):
        return "\n".join(process.text() for process in [*self.said, *self.running.values()]
                         if process.name == name)

    def wait_log(self, pattern, name=DAEMON):
        return self.running[name].wait_line(pattern)

    def close(self):
        """Ends everything well, looks whether it was, and leaves nothing behind."""
        try:
            self.wires_close()
            self.stop()
            for process in self.said:
                if REPORTS.search(process.text()):
                    raise AssertionError(f"{process.name} reported:\n{process.text()}")
            self.verify()
        finally:
            self.abandon()

    def stop_dead(self):
        """Ends everything at once, and leaves the directory to be looked at."""
        self.wires_close()
        for name in list(self.running):
            self.kill(name)

    def abandon(self):
        self.stop_dead()
        shutil.rmtree(self.home, ignore_errors=True)

    # ---- Programs that end by themselves

    def run(self, program, *arguments, stdin=None, fine=(0,)):
        done = subprocess.run([str(BIN / program), *arguments], input=stdin, capture_output=True,
                              env=environment(), timeout=600)
        done.stdout = done.stdout.decode(errors="replace")
        done.stderr = done.stderr.decode(errors="replace")
        if REPORTS.search(done.stderr) or done.returncode not in fine:
            raise AssertionError(f"{program} {' '.join(arguments)}: status {done.returncode}\n"
                                 f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done

    def ctl(self, *arguments, home=True, **options):
        where = ("--home", str(self.home)) if home else ()
        return self.run("awardctl", *where, *arguments, **options)

    def verify(self, *arguments):
        """`awardd verify`, which must find everything sound; returns what it printed."""
        text = self.run(DAEMON, "-c", str(self.home / "awardd.yaml"), "verify", *arguments).stdout
        assert "sound" in text and "not sound" not in text, text
        return text

    def rebuild(self):
        return self.run(DAEMON, "-c", str(self.home / "awardd.yaml"), "rebuild").stdout

    # ---- Reporting events

    def push(self, file, *options):
        """A file's events; what became of each line, as the report says it."""
        report = self.home / "report.jsonl"
        report.unlink(missing_ok=True)
        self.ctl("push", str(file), "--report", str(report), *options, fine=(0, 1))
        return [json.loads(line) for line in report.read_text().splitlines()]

    def push_lines(self, lines, *options):
        """The same for lines at hand: dictionaries, or bytes as they are."""
        file = self.home / "lines.jsonl"
        file.write_bytes(b"".join(
            (line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode())
            .rstrip(b"\n") + b"\n" for line in lines))
        return self.push(file, *options)

    # ---- Looking

    def endpoint(self, which):
        return f"ipc://{self.home}/run/{which}.sock"

    def connect(self, principal, which="clients", kind=wire.Wire):
        """A new connection under somebody's key; the caller closes it."""
        key = wire.key_read(self.home / "keys" / (principal + ".key"))
        server = wire.key_read(self.home / "server.key")["public-key"]
        return kind(self.endpoint(which), server, key["public-key"], key["secret-key"])

    def feed(self, principal):
        """A subscription to the feed under somebody's key; the caller closes it."""
        return self.connect(principal, "feed", wire.Feed)

    def wire(self, principal):
        """A connection that is kept until the office closes or the coordinator is killed."""
        if principal not in self.wires:
            self.wires[principal] = self.connect(principal)
        return self.wires[principal]

    def wires_close(self):
        for each in self.wires.values():
            each.close()
        self.wires.clear()

    def ask(self, query, principal="supervision", **fields):
        """A query's reply as dictionaries; its error fails the test."""
        reply = self.wire(principal).ask(query, **fields)
        found = wire.plain(reply)
        if "error" in found:
            raise AssertionError(f"{query} {fields}: {found['error']}")
        return found[query]

    def last_entry(self):
        return self.ask("status", "office")["last_entry"]

    def ask_pages(self, query, rows, name, **fields):
        """All rows of a query that answers in pages; `name` is what a row is continued behind."""
        found, more = [], True
        while more:
            reply = self.wire("supervision").ask(query, **fields)
            page = wire.plain(reply).get(query, {}).get(rows, [])
            found += page
            more = reply.more and page
            if more:
                fields["after"] = name(page[-1])
        return found

    def case(self, case):
        return self.ask("case", case=case)

    def case_names(self):
        rows = self.ask_pages("cases", "rows", lambda row: row["case"]["case"])
        return sorted(row["case"]["case"] for row in rows)

    def deadlines(self):
        rows = self.ask_pages("deadlines", "deadlines", lambda row: row["deadline"], all=True)
        return {row["deadline"]: row for row in rows}

    def cases_shown(self):
        """`case show --output json` of every case, to the byte."""
        return {case: self.ctl("case", "show", case, "--as", "supervision", "--output",
                               "json").stdout for case in self.case_names()}

    def entries(self):
        """What the supervision committee sees of every entry."""
        found, more = [], True
        while more:
            reply = self.wire("supervision").ask("entries", **{"from": len(found) + 1})
            found += wire.plain(reply).get("entries", {}).get("items", [])
            more = reply.more
        return found

    def files(self):
        """Digests of the journal's and the state's files, to see whether anything was written."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted((self.home / "data").rglob("*.mdb"))}


def article_met(found, expected):
    """An article is met by itself or by any of its points: 16(7) by 16(7).3."""
    return found == expected or (found or "").startswith(expected + ".")
