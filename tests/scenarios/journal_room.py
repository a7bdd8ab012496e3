"""journal_room - a systemd-journald of one's own, in a private mount namespace

    unshare --mount journal_room.py CATALOG PROGRAM ARGUMENTS...

Starts the journal in the namespace and then PROGRAM, whose standard error is a stream to it as the
service manager makes them. Each line on standard input is asked of the journal, as soon as it has
an entry for it: arguments of journalctl with `--output json`; the entries come out as one line of
JSON, a list. At the end of the input PROGRAM is ended by SIGTERM, and `journalctl --catalog` is
printed as it stands, in Chinese where that locale can be made. Exit status that of PROGRAM.
"""
import json
import os
import pathlib
import shlex
import signal
import socket
import subprocess
import sys
import time

PATIENCE = 60
RUN = pathlib.Path("/run/systemd/journal")
LOCALES = "/run/log"
HIDDEN = ("/run/systemd", "/run/log", "/var/log/journal", "/var/lib/systemd/catalog", "/usr/lib/systemd/catalog")


def until(found, what):
    """What there is to be found, as soon as it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done = found()
        if done:
            return done
        time.sleep(0.05)  # a journal has no event for a reader that is not there yet
    raise SystemExit(f"not there: {what}")


def place_make(catalog):
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    for place in HIDDEN:
        pathlib.Path(place).mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "none", place], check=True)
    RUN.mkdir()
    (pathlib.Path(HIDDEN[-1]) / "awardd.catalog").write_text(pathlib.Path(catalog).read_text())
    subprocess.run(["journalctl", "--update-catalog"], check=True)
    subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", f"{LOCALES}/zh_CN.UTF-8"], check=False,
                   capture_output=True)  # where the sources of locales are installed


def stream_open(identifier):
    """A connection as the service manager opens it: identifier, unit, priority and four switches."""
    stream = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    stream.connect(str(RUN / "stdout"))
    stream.sendall(f"{identifier}\n\n6\n0\n0\n0\n0\n".encode())
    return stream


def program_start(words):
    with stream_open(pathlib.Path(words[0]).name) as stream:
        status = os.fstat(stream.fileno())
        environment = {**os.environ, "JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"}
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stream,
                                env=environment)


def ask(words):
    done = subprocess.run(["journalctl", "--quiet", "--output", "json", *shlex.split(words)],
                          capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main(catalog, *words):
    place_make(catalog)
    journal = subprocess.Popen(["/lib/systemd/systemd-journald"], stderr=subprocess.DEVNULL)
    try:
        until((RUN / "stdout").exists, "the journal")
        program = program_start(words)
        for line in sys.stdin:
            print(json.dumps(until(lambda asked=line: ask(asked), line)), flush=True)
        program.send_signal(signal.SIGTERM)
        status = program.wait(PATIENCE)
        until(lambda: ask("AWARD_KIND=stopped"), "the end")
        print(subprocess.run(["journalctl", "--quiet", "--catalog", "SYSLOG_IDENTIFIER=awardd"],
                             capture_output=True, text=True, check=True,
                             env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "LOCPATH": LOCALES}).stdout)
        return status
    finally:
        journal.terminate()
        journal.wait(PATIENCE)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
