"""counterparts - real servers that a notification worker delivers to, and a coordinator that asks it

Nothing here is awardd's: Exim and aiosmtpd take mail, the HTTPS receiver is Python's, the
authority that signs their certificates is thrown away with the test, and the small coordinator
speaks the contract through wire.py. What each server does with the next message is told it before.
"""
import asyncio
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import queue
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time

import zmq
from aiosmtpd.smtp import SMTP, AuthResult

import rig
import wire

PATIENCE = 30


def port_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


# ---- Certificates

class Authority:
    """A certificate authority of the test's own, and one certificate for 127.0.0.1."""

    def __init__(self, directory, name="ca"):
        self.ca = directory / f"{name}.pem"
        self.cert = directory / f"{name}-server.pem"
        self.key = directory / f"{name}-server.key"
        ca_key = directory / f"{name}.key"
        request = directory / f"{name}.csr"
        extension = directory / f"{name}.ext"
        extension.write_text("subjectAltName=IP:127.0.0.1\n")
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        self.openssl("req", "-x509", *new, "-keyout", ca_key, "-out", self.ca, "-days", "2",
                     "-subj", f"/CN={name} of a test")
        self.openssl("req", *new, "-keyout", self.key, "-out", request, "-subj", "/CN=127.0.0.1")
        self.openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", ca_key,
                     "-CAcreateserial", "-days", "2", "-extfile", extension, "-out", self.cert)
        self.key.chmod(0o600)

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


# ---- Mail

class MailServer:
    """aiosmtpd in a thread of its own. `says` decides what each step answers: a dictionary of
    "RCPT", "DATA" and a line, or a function that answers one, for what no line says. At "EHLO",
    "MAIL" and "QUIT" a function is waited for, and the answer is the usual one."""

    def __init__(self, authority=None, implicit=False, password=None, port=0):
        self.says = {}
        self.messages = queue.Queue()
        self.authority = authority
        self.implicit = implicit
        self.password = password
        self.port = port
        self.connected = 0
        self.loop = asyncio.new_event_loop()
        self.server = None
        self.transports = []
        ready = threading.Event()
        self.thread = threading.Thread(target=self.run, args=(ready,), daemon=True)
        self.thread.start()
        assert ready.wait(PATIENCE)

    def run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.server = self.loop.run_until_complete(self.loop.create_server(
            self.session, "127.0.0.1", self.port,
            ssl=self.authority.context() if self.implicit else None))
        self.port = self.server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    def session(self):
        server = self
        starttls = self.authority is not None and not self.implicit

        class Session(SMTP):
            def connection_made(self, transport):
                server.connected += 1
                server.transports.append(transport)
                if "CONNECT" in server.says:
                    server.says["CONNECT"](transport)
                super().connection_made(transport)

        # Over implicit TLS aiosmtpd does not see that the line is encrypted.
        return Session(self, tls_context=self.authority.context() if starttls else None,
                       require_starttls=starttls, auth_required=self.password is not None,
                       auth_require_tls=starttls, authenticator=self.authenticate,
                       enable_SMTPUTF8=False, loop=self.loop)

    def authenticate(self, _server, _session, _envelope, _mechanism, data):
        good = (data.login, data.password) == (b"award", (self.password or "").encode())
        return AuthResult(success=good, handled=False)

    async def pause(self, step):
        if step in self.says:
            await self.says[step]()

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
        session.host_name = hostname
        await self.pause("EHLO")
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options):
        await self.pause("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_QUIT(self, _server, _session, _envelope):
        await self.pause("QUIT")
        return "221 Bye"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if "RCPT" in self.says:
            if callable(self.says["RCPT"]):
                return await self.says["RCPT"](envelope, address)
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):
        answer = self.says.get("DATA", "250 2.0.0 taken as 4711")
        if isinstance(answer, str) and not answer.startswith("2"):
            return answer
        self.messages.put((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return await answer(session) if callable(answer) else answer

    def next(self):
        return self.messages.get(timeout=PATIENCE)

    def cut(self):
        """Ends every connection at once, without a word."""
        self.loop.call_soon_threadsafe(self.abort)

    def abort(self):
        for transport in self.transports:
            # One of TLS has no abort any more once its connection is gone.
            if not transport.is_closing():
                transport.abort()
        self.transports.clear()

    def close(self):
        def stop():
            self.server.close()
            self.abort()
            self.loop.call_later(0, self.loop.stop)
        if self.thread.is_alive():
            self.loop.call_soon_threadsafe(stop)
            self.thread.join(PATIENCE)


EXIM = """
primary_hostname = mail.example.cn
spool_directory = {directory}/exim
log_file_path = {directory}/exim-%slog
pid_file_path =
{rights}
tls_certificate = {authority.cert}
tls_privatekey = {authority.key}
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = recipient
begin acl
recipient:
  deny message = log in first
       !authenticated = *
  accept
begin routers
on:
  driver = manualroute
  route_list = * 127.0.0.1::{behind.port}
  self = send
  transport = on
begin transports
on:
  driver = smtp
  hosts_try_fastopen =
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{award}}}}{{eq{{$auth3}}{{geheim}}}}}}}}
  server_set_id = $auth2
"""


class Exim:
    """Exim with STARTTLS and authentication, which hands on what it takes to `behind`."""

    def __init__(self, directory, authority, behind):
        self.directory = directory
        self.port = port_free()
        file = directory / "exim.conf"
        root = os.geteuid() == 0
        rights = "exim_user = nobody\nexim_group = nogroup" if root else "deliver_drop_privilege"
        file.write_text(EXIM.format(directory=directory, authority=authority, behind=behind,
                                    rights=rights))
        if root:
            # It gives up its rights, and reads the key and writes its spool without them.
            (directory / "exim").mkdir()
            for path in (directory, directory / "exim", authority.key, authority.cert):
                shutil.chown(path, "nobody", "nogroup")
        self.popen = subprocess.Popen(
            ["/usr/sbin/exim4", "-C", str(file), "-bdf", "-oX", f"127.0.0.1.{self.port}"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
        self.said = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.wait_open()

    def read(self):
        for line in self.popen.stdout:
            self.said.append(line)

    def wait_open(self):
        """Its port is open; it says so nowhere, so it is asked."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError as error:
                if self.popen.poll() is not None or time.monotonic() > until:
                    raise AssertionError("".join(self.said)) from error
                time.sleep(0.02)

    def close(self):
        os.killpg(self.popen.pid, signal.SIGTERM)
        self.popen.wait(PATIENCE)
        self.reader.join(PATIENCE)
        self.popen.stdout.close()


# ---- HTTPS

def signature(secret, headers, body):
    """What stands in X-Award-Signature of a request that is signed with the secret."""
    signed = headers["X-Award-Timestamp"].encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class Receiver:
    """An HTTPS server that keeps what it is sent. `answers` are taken one by one: (status, headers,
    body), or one of "hang", "cut", "flood"; without one it says 200."""

    def __init__(self, authority):
        self.requests = queue.Queue()
        self.answers = queue.Queue()
        self.released = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.put((self.path, dict(self.headers.items()), body))
                try:
                    receiver.answer(self)
                except OSError:
                    self.close_connection = True  # the worker has gone, as it may

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a handshake that fails, as it should with a wrong authority

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = authority.context().wrap_socket(self.server.socket, server_side=True,
                                                             do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def answer(self, handler):
        try:
            answer = self.answers.get_nowait()
        except queue.Empty:
            answer = (200, {}, b"")
        if answer == "hang":
            self.released.wait(PATIENCE)
            handler.close_connection = True
        elif answer == "cut":
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
        elif answer == "flood":
            handler.send_response(200)
            handler.send_header("Content-Length", str(1 << 30))
            handler.end_headers()
            while True:
                handler.wfile.write(b"x" * 65536)
        else:
            status, headers, body = answer
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

    def next(self):
        return self.requests.get(timeout=PATIENCE)

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.thread.join(PATIENCE)
        self.server.server_close()


# ---- The coordinator

class Coordinator:
    """Gives tasks to one worker and takes what it answers, over the contract alone."""

    def __init__(self, directory):
        self.directory = directory
        public, secret = zmq.curve_keypair()
        self.server_key = public.decode()
        self.server_secret = secret
        self.context = zmq.Context()
        self.router = None
        self.workers = 0
        self.listen()
        public, secret = zmq.curve_keypair()
        self.key_file = directory / "worker.key"
        self.key_file.write_text(f"name: worker-notification\npublic-key: {public.decode()}\n"
                                 f"secret-key: {secret.decode()}\n")
        self.key_file.chmod(0o600)
        self.worker = None
        self.route = None
        self.hellos = 0

    def listen(self):
        """A socket of its own for each worker: nothing that a dead one still sent comes in here."""
        if self.router is not None:
            self.router.close()
        self.router = self.context.socket(zmq.ROUTER)
        self.router.linger = 0
        self.router.curve_server = True
        self.router.curve_secretkey = self.server_secret
        self.workers += 1
        self.endpoint = f"ipc://{self.directory}/workers-{self.workers}.sock"
        self.router.bind(self.endpoint)
        self.route = None

    def start(self, channels=None):
        own = ["--channels", str(channels)] if channels else []
        self.listen()
        self.worker = rig.Process("award-notification", [
            "--endpoint", self.endpoint, "--server-key", self.server_key, "--key",
            str(self.key_file), "--spool", str(self.directory / "spool"), *own])
        self.await_from_worker(lambda: self.receive() or self.route)

    def stop(self):
        status = self.worker.end(signal.SIGTERM)
        assert status == 0 and not rig.REPORTS.search(self.worker.text()), self.worker.text()
        self.worker = None

    def kill(self):
        self.worker.end(signal.SIGKILL)
        self.worker = None

    def close(self):
        if self.worker is not None:
            self.kill()
        self.router.close()
        self.context.term()

    def receive(self):
        """The next message of the worker; None for a hello."""
        if not self.router.poll(PATIENCE * 1000):
            raise TimeoutError("the worker is silent:\n" + self.worker.text())
        route, *_, data = self.router.recv_multipart()
        envelope = wire.Envelope()
        envelope.ParseFromString(data)
        self.route = route
        if envelope.WhichOneof("body") != "events":
            self.hellos += envelope.WhichOneof("body") == "hello"
            return None
        return envelope

    def send(self, envelope):
        self.router.send_multipart([self.route, envelope.SerializeToString()])

    def give(self, *orders):
        """Tasks of delivery, by the fields of DeliverMessage as dictionaries."""
        envelope = wire.Envelope(major=wire.MAJOR, minor=0)
        for order in orders:
            task = envelope.tasks.orders.add(task="deliver_message:%s:1" % order["message"])
            deliver_fill(task.deliver_message, **order)
        self.send(envelope)

    def await_from_worker(self, received):
        """What `received` gives; a worker that only says hello is silent too."""
        end = time.monotonic() + PATIENCE
        while not (found := received()):
            if time.monotonic() > end:
                raise TimeoutError("the worker does not answer:\n" + self.worker.text())
        return found

    def answer(self, acknowledge=True):
        """The next event, as a dictionary of its body."""
        envelope = self.await_from_worker(self.receive)
        (event,) = envelope.events.events
        if acknowledge:
            reply = wire.Envelope(major=wire.MAJOR, minor=0, request=envelope.request)
            reply.answers.answers.add(id=event.id, outcome=wire.MODULES["value"].Outcome.accepted)
            self.send(reply)
        kind = event.WhichOneof("body")
        return {"kind": kind, **wire.plain(getattr(event, kind))}

    def deliver(self, **order):
        self.give(order)
        return self.answer()


def deliver_fill(deliver, message, channel="mail", address="zhang@example.cn", template="alerts",
                 name="张三", facts=(), items=0, language=None, rehearsal=False, created=1538960400000):
    deliver.city = "重庆市"
    deliver.rehearsal = rehearsal
    if address is not None:
        deliver.address = address
    deliver.recipient.name = "office"
    deliver.recipient.full_name = name
    body = deliver.message
    body.message, body.recipient, body.channel = message, "office", channel
    body.created.ms = created
    body.template = body.DESCRIPTOR.fields_by_name["template"].enum_type.values_by_name[
        template].number
    for fact, value in facts:
        body.facts.add(name=fact, value=value)
    for number in range(items):
        item = deliver.items.add()
        item.alert.alert = f"a-{number}"
        item.enterprise_name = f"甲公司<{number}>&乙"
        line = item.deadline
        line.subject, line.case, line.article, line.state = f"o-{number}", "2018/E/1", "16(7)", 1
        line.kind = line.DESCRIPTOR.fields_by_name["kind"].enum_type.values_by_name[
            "objection_answer"].number
        line.last.number = 17812 + number
    if language:
        deliver.language = deliver.DESCRIPTOR.fields_by_name["language"].enum_type.values_by_name[
            language].number


def secret_write(path, text, mode=0o600):
    path.write_text(text)
    path.chmod(mode)
    return path


def directory_make():
    """Where a test lies; readable to the servers, which give up their rights."""
    directory = pathlib.Path(rig.tempfile.mkdtemp(prefix="award-channels-"))
    directory.chmod(0o755)
    return directory


def directory_drop(directory):
    shutil.rmtree(directory, ignore_errors=True)


def json_of(body):
    return json.loads(body.decode())


assert sys.version_info >= (3, 9)
