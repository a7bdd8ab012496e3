"""watched - an office that tells metrics and health over HTTP, on a port that the system chooses

    Office = seen(rig.Office)
    office.samples()["awardd_events_total"][("suggestion", "accepted")]
    office.get("/readyz")
"""
import collections
import http.client
import re

import rig

ENDPOINT = 'metrics_endpoint: "tcp://127.0.0.1:*"\n'
OPEN = "application/openmetrics-text"
PLAIN = "text/plain;version=0.0.4"
SAMPLE = re.compile(r'^(\w+)(?:\{(.*)\})? (-?[\d.]+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
ADDRESS = r"metrics can be read address="


def samples_of(text):
    """By name, by the values of the labels."""
    found = collections.defaultdict(dict)
    for line in text.splitlines():
        if not line.startswith("#"):
            name, labels, value = SAMPLE.match(line).groups()
            key = tuple(value for _, value in LABEL.findall(labels or ""))
            assert key not in found[name], f"twice: {line}"
            found[name][key] = float(value) if "." in value else int(value)
    return found


def seen(cls):
    """The class of office, with a port for whoever watches it."""
    class Seen(cls):
        def init(self):
            super().init()
            with (self.home / "awardd.yaml").open("a") as file:
                file.write(ENDPOINT)

        def port(self):
            line = self.running[rig.DAEMON].wait_line(ADDRESS)
            return int(re.search(r"http://[\d.]+:(\d+)/metrics", line).group(1))

        def get(self, path, accept=None, method="GET"):
            """Status, headers and text of a page."""
            connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=rig.PATIENCE)
            try:
                connection.request(method, path, headers={"Accept": accept} if accept else {})
                answer = connection.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            finally:
                connection.close()

        def samples(self):
            status, _, text = self.get("/metrics", OPEN)
            assert status == 200, status
            return samples_of(text)
    return Seen
