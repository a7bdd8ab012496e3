"""scenario_lines - what every generator of a scenario needs.

Collects lines in any order and prints them sorted by moment; check characters of credit codes,
digests of documents that do not exist, scores that add up to a total. Standard library only.
"""
import hashlib
import json
import sys

DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CATEGORIES = {"leadership": 100, "strategy": 80, "customers": 90, "resources": 120,
              "processes": 110, "measurement": 100, "results": 400}
ITEMS = {"leadership.organisation": 60, "leadership.responsibility": 40,
         "strategy.development": 40, "strategy.deployment": 40,
         "customers.knowledge": 40, "customers.relations": 50,
         "resources.people": 40, "resources.finance": 10, "resources.infrastructure": 20,
         "resources.information": 20, "resources.technology": 20, "resources.partners": 10,
         "processes.value_creation": 70, "processes.support": 40,
         "measurement.analysis": 40, "measurement.knowledge": 30, "measurement.improvement": 30,
         "results.customers": 120, "results.finance": 80, "results.resources": 80,
         "results.processes": 70, "results.governance": 50}

# ---- The lines

lines = []      # (moment, number in order of saying, line, tag)
minutes = {}    # day -> minutes after 09:00 that are taken


def say(at, principal, event, body, id=None, tag=None):
    """One line. `at` is a day, or a day and a time "2018-10-08T20:00:00"."""
    if "T" not in at:
        minute = minutes.get(at, 0)
        minutes[at] = minute + 1
        at = "%sT%02d:%02d:00" % (at, 9 + minute // 60, minute % 60)
    line = {"at": at + "+08:00", "principal": principal}
    if id:
        line["id"] = id
    line[event] = body
    lines.append((at, len(lines), line, tag))


def digest(text):
    """Stands for the SHA-256 of a document."""
    return hashlib.sha256(text.encode()).hexdigest()


def moment(text):
    return text + "+08:00"


# ---- Credit codes

def organisation_code(body):
    """GB 11714: eight characters and the check character of the organisation code."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    value = 11 - sum(int(c, 36) * w for c, w in zip(body, weights)) % 11
    return body + {10: "X", 11: "0"}.get(value, str(value))


def credit_code(division, body):
    """GB 32100-2015: 91, division, organisation code and the check character."""
    text = "91" + division + organisation_code(body)
    total = sum(DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(text))
    return text + DIGITS[(31 - total % 31) % 31]


# ---- Scores

def points(hundredths):
    return "%d.%02d" % divmod(hundredths, 100)


def spread_total(total, maxima):
    """A total over categories or items by their maxima, the rest to the last; hundredths."""
    keys = list(maxima)
    parts = {key: total * maxima[key] // 1000 for key in keys}
    parts[keys[-1]] += total - sum(parts.values())
    return parts


def panel_scores(total, count):
    """Scores that add up to `total`: pairs around the mean, the rest to the last; hundredths."""
    mean = total // count
    scores = []
    for pair in range(count // 2):
        scores += [mean + 125 * (pair + 1), mean - 125 * (pair + 1)]
    scores += [mean] * (count % 2)
    scores[-1] += total - sum(scores)
    assert sum(scores) == total and all(0 <= score <= 10000 for score in scores)
    return scores


# ---- Principals of the genesis

def organs(office, government, bureau):
    """Name, role and printed name of the organs and programs of a city."""
    return (("office", "office", office), ("government", "government", government),
            ("bureau", "bureau", bureau),
            ("selection-committee", "selection_committee", "市长质量管理奖评选委员会"),
            ("review-committee", "review_committee", "市长质量管理奖评审委员会"),
            ("supervision", "supervision_committee", "市长质量管理奖评审监督委员会"),
            ("public", "public", "社会公众"), ("admin", "administrator", "系统管理员"),
            ("worker-scoring", "worker_scoring", "计分程序"),
            ("worker-notification", "worker_notification", "通知程序"),
            ("worker-revocation", "worker_revocation", "撤销程序"))


def print_principals(head, rows):
    """The file of people: rows of name, role, scope or None, printed name."""
    print("# " + head)
    for name, role, scope, full_name in rows:
        print("- name: %s\n  role: %s" % (name, role))
        if scope:
            print('  scope: "%s"' % scope)
        print("  full_name: %s" % full_name)


# ---- Printing

def print_lines():
    """All lines by moment; with --tagged only number, event and tag of those that have a tag."""
    lines.sort(key=lambda row: row[:2])
    for number, (_, _, line, tag) in enumerate(lines, 1):
        if "--tagged" not in sys.argv[1:]:
            print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
        elif tag:
            print(number, list(line)[-1], tag, sep="\t")
