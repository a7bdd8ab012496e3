"""compare - random years through both implementations; what differs, and the lines that show it.

Compared per line: the outcome; for a refusal its reasons with their last days; of every case that it
moved stage, track and reasons; and of a rejection where exactly one thing was wrong the article (where
several are, the texts leave open which is named). At the end: cases,
bars, deadlines, selections, objections, revocations and incidents, field by field. Prints the first
difference of a year, the list of events cut down to what still shows it, and the seed."""
import argparse
import collections
import hashlib
import json
import multiprocessing
import os
import pathlib
import subprocess
import sys
import time

from fractions import Fraction
from constants import AWARDS
from generator import ONE_WRONG, Year
from plan import fresh_calendar
from periods import moment
from scores import points_text
from world import EVENTS, OPEN, World

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DECIDE = pathlib.Path(os.environ.get("AWARD_DECIDE", ROOT / "build/release/tests/award-decide"))
RULEBOOKS = ROOT / "rulebooks"
FEWEST = 20     # of what follows a correction; awardd lists 64, of kinds that are not compared too


# ---- The C side

def genesis(header):
    """The header with the file of the award's rulebook, as text: nothing here reads it."""
    text = (RULEBOOKS / AWARDS[header["rules"]].rulebook).read_text(encoding="utf-8")
    return {**{key: value for key, value in header.items() if key != "rules"}, "rulebook": {
        "text": text, "digest": hashlib.sha256(text.encode()).hexdigest()}}


def decide(header, lines):
    """(answers, records by kind) of award-decide."""
    text = "\n".join(json.dumps(line, ensure_ascii=False)
                     for line in [genesis(header), *lines]) + "\n"
    ran = subprocess.run([DECIDE, RULEBOOKS], input=text, text=True, capture_output=True,
                         check=False, env={**os.environ, "TZ": "UTC"})
    if ran.returncode:
        raise RuntimeError(f"award-decide ended with {ran.returncode}: {ran.stderr[-2000:]}")
    out = [json.loads(line) for line in ran.stdout.splitlines()]
    records = collections.defaultdict(list)
    for row in out[len(lines):]:
        (kind, record), = row.items()
        records[kind].append(record)
    return out[:len(lines)], records


WARNINGS = ("entered_late",)    # stand beside the reasons and are none


def reasons_c(rows):
    """{article: last day or None}; one reason per article, the later of two."""
    made = {}
    for row in rows or ():
        if row.get("code") in WARNINGS:
            continue
        article, until = family(row.get("article")), row.get("until")
        made[article] = max(filter(None, (until, made.get(article))), default=None)
    return made


def reasons_py(reasons):
    return {family(article): until.isoformat() if until else None
            for article, until in reasons.items()}


def family(article):
    """16(8).2 is 16(8): how finely an article is named is not compared."""
    return (article or "").partition(".")[0]


def fraction_c(value):
    if not value or "denominator" not in value:
        return None
    return str(Fraction(int(value.get("numerator", 0)), int(value["denominator"])))


def state_c(records):
    state = {}
    for one in records["case"]:
        name, honour, defence = one["case"], one.get("honour"), one.get("defence", {})
        state["case", name] = {
            "stage": one["stage"], "reasons": reasons_c(one.get("reasons")),
            "applied_on": one.get("applied_on"), "track": one.get("track"),
            "document": one.get("document_score"), "site": one.get("site_score"),
            "site_before": one.get("site_score_before"),
            "defence": fraction_c(defence.get("score")), "team": one.get("team"),
            "candidate_for": one.get("candidate_for"), "revocation": one.get("revocation"),
            "honour": honour and {field: honour.get(field) for field in
                                  ("kind", "from", "until", "medal", "certificate", "prize")}}
        if one["stage"] in OPEN:
            state["case", name]["objections"] = sorted(one.get("open_objections", []))
            state["case", name]["holds"] = sorted(row["subject"] for row in one.get("holds", []))
    for one in records["enterprise"]:
        state["bars", one["enterprise"]] = sorted(
            {(bar["article"], bar["from"], bar["until"]) for bar in one.get("bars", [])})
    for one in records["deadline"]:
        if one["state"] != "removed":
            subject, kind = one["subject"], one["kind"]
            if kind == "self_evaluation":
                kind, subject = f"{kind} {one['last'][:4]}", subject.split("/2")[0] + "/"
                subject = one.get("case")
            state["deadline", kind, subject] = {
                "starts": one.get("starts"), "last": one["last"], "state": one["state"],
                "done": one.get("done_on"), "provisional": one.get("provisional", False)}
    for one in records["objection"]:
        state["objection", one["objection"]] = {
            "complaint": one.get("complaint", False), "linked": one.get("linked", False),
            "received": one.get("received"), "finding": one.get("decided", {}).get("finding")}
    for one in records["incident"]:
        state["incident", one["incident"]] = {
            "kind": one.get("kind"), "on": one.get("on"), "liable": one.get("liable"),
            "level": one.get("level")}
    for one in records["revocation"]:
        state["revocation", one["revocation"]] = {
            "case": one["case"], "ground": one.get("ground"), "incident": one.get("incident"),
            "opened": one.get("opened_on"), "step": one["step"],
            "verified": one.get("verified_on"), "decided": one.get("decided_on")}
    for one in records["selection"]:
        state["selection", one["cycle"]] = {
            pool["kind"]: [[row["case"], row["rank"], row.get("candidate", False),
                            row.get("tied", False), fraction_c(row.get("composite"))]
                           for row in pool.get("ranked", [])] for pool in one.get("pools", [])}
    for one in records["principal"]:
        state["principal", one["name"]] = {"role": one["role"], "scope": one.get("scope")}
    for one in records["key"]:
        state["key", one["public_key"]] = {"principal": one["principal"],
                                           "revoked": one.get("revoked", False)}
    for one in records["correction"]:
        key = "correction", one["original"], one["reason"], one["on"]
        state[key] = {"case": one.get("case"), "followers": one.get("case") and [
            f"{row['event']['principal']}/{row['event']['id']}" for row in one.get("followers", [])
            if "case" in EVENTS[row["name"]][1] and not row["name"].startswith("incident_")][:FEWEST]}
    return state


# ---- This side

def text(on):
    return on.isoformat() if on else None


def points(value):
    return None if value is None else points_text(value)


def state_py(world):
    state = {}
    for case in world.cases.values():
        honour = case.honour
        state["case", case.name] = {
            "stage": case.stage, "reasons": reasons_py(case.reasons),
            "applied_on": text(case.applied_on), "track": case.track,
            "document": points(case.document), "site": points(case.site),
            "site_before": points(case.site_before),
            "defence": None if case.defence_score is None else str(case.defence_score),
            "team": case.team, "candidate_for": case.candidate_for, "revocation": case.revocation,
            "honour": honour and {"kind": honour.kind, "from": text(honour.since),
                                  "until": text(honour.until), "medal": honour.medal,
                                  "certificate": honour.certificate, "prize": honour.prize}}
        if case.stage in OPEN:
            state["case", case.name]["objections"] = sorted(case.open_objections)
            state["case", case.name]["holds"] = sorted(case.holds)
    for one in world.enterprises.values():
        state["bars", one.code] = sorted({(article, text(since), text(until))
                                         for article, since, until, _ in one.bars})
    for one in world.deadlines.values():
        if one.state != "removed":
            kind, subject = one.kind, one.subject
            if kind == "self_evaluation":
                kind, subject = f"{kind} {one.last.year}", one.case
            state["deadline", kind, subject] = {
                "starts": text(one.starts), "last": text(one.last), "state": one.state,
                "done": text(one.done), "provisional": one.provisional}
    for one in world.objections.values():
        state["objection", one.name] = {
            "complaint": one.complaint, "linked": one.linked, "received": text(one.received),
            "finding": one.finding}
    for one in world.incidents.values():
        state["incident", one.name] = {"kind": one.kind, "on": text(one.on), "liable": one.liable,
                                       "level": one.level}
    for one in world.revocations.values():
        state["revocation", one.name] = {
            "case": one.case, "ground": one.ground, "incident": one.incident,
            "opened": text(one.opened), "step": one.step, "verified": text(one.verified),
            "decided": text(one.decided)}
    for one in world.cycles.values():
        if one.selection_started:
            state["selection", one.name] = {
                kind: [[row.case.name, row.rank, row.candidate, row.tied, str(row.case.composite)]
                       for row in rows] for kind, rows, _ in one.pools or ()}
    for name, (role, scope) in world.principals.items():
        state["principal", name] = {"role": role, "scope": scope}
    for name, one in world.keys.items():
        state["key", name] = {"principal": one.principal, "revoked": one.revoked}
    for one in world.corrections:
        state["correction", one.original, one.reason, text(one.on)] = {
            "case": one.case, "followers": one.followers and one.followers[:FEWEST]}
    return state


# ---- The two together

def replay(header, lines):
    """Lines through this implementation, without a generator."""
    principals = {one["name"]: (one["role"], one.get("scope")) for one in header["principals"]}
    world = World(fresh_calendar(), principals, moment(header["start"]), AWARDS[header["rules"]])
    return [world.decide(line) for line in lines], world


def body_of(line):
    return next(key for key in line if key not in ("principal", "id", "at"))


def moved_c(answer):
    """{case: (stage, track, reasons)} of the cases in an answer's changes."""
    return {one["case"]["case"]: (one["case"]["stage"], one["case"].get("track"),
                                  reasons_c(one["case"].get("reasons")))
            for one in answer.get("changes", ())}


def differences(header, lines, answers=None, world=None):
    """[(what, C's, ours)], those of lines first; `what` names its kind first."""
    if world is None:
        answers, world = replay(header, lines)
    theirs, records = decide(header, lines)
    found, stands, stood = [], {}, {}
    for number, (line, one, other) in enumerate(zip(lines, theirs, answers), 1):
        kind = body_of(line)
        if other["code"] == "declined":    # docs/differences.md, 11
            continue
        if one["outcome"] != other["outcome"]:
            why = (one.get("reasons") or [{}])[0]
            found.append((("line", kind, one["outcome"], other["outcome"]),
                          f"{number}: {one['outcome']} {one.get('article')} {why.get('code')} "
                          f"{why.get('en')}", f"{other['outcome']} {other['article']} "
                          f"{other['code']} {reasons_py(other['reasons'])}", line))
        elif one["outcome"] == "rejected" and line["id"].endswith(ONE_WRONG):
            why = (one.get("reasons") or [{}])[0]
            if family(one.get("article")) != family(other["article"]):
                found.append((("article", kind, one.get("article"), other["article"]),
                              f"{number}: {one.get('article')} {why.get('code')} {why.get('en')}",
                              f"{other['article']} {other['code']}", line))
        elif one["outcome"] == "refused" and kind != "deliberation_held":
            first, second = reasons_c(one.get("reasons")), reasons_py(other["reasons"])
            if first != second:
                found.append((("reasons", kind), f"{number}: {first}", second, line))
        moved = {**moved_c(one), **{name: None for name in other["cases"]}}
        stands.update(moved_c(one))
        stood.update({name: (stage, track, reasons_py(dict(reasons)))
                      for name, (stage, track, reasons) in other["cases"].items()})
        for name in moved:
            if stands.get(name) != stood.get(name):
                found.append((("moved", kind), f"{number}: {name} {stands.get(name)}",
                              stood.get(name), line))
    left, right = state_c(records), state_py(world)
    for key in sorted(set(left) | set(right), key=str):
        one, other = left.get(key), right.get(key)
        if one == other:
            continue
        if isinstance(one, dict) and isinstance(other, dict):
            for field in one:
                if one[field] != other.get(field):
                    found.append((("state", key[0], key[1] if key[0] == "deadline" else "", field),
                                  (key, field, one[field]), other.get(field), None))
        else:
            found.append((("state", key[0], key[1] if key[0] == "deadline" else ""),
                          (key, one), other, None))
    return found


def shorten(header, lines, kind, seconds=20):
    """Delta debugging: the fewest events that still show a difference of this kind."""
    until = time.monotonic() + seconds

    def shows(some):
        try:
            return any(one[0] == kind for one in differences(header, some))
        except (RuntimeError, AssertionError, KeyError):
            return False

    size = max(1, len(lines) // 2)
    while time.monotonic() < until:
        at, less = 0, False
        while at < len(lines) and time.monotonic() < until:
            some = lines[:at] + lines[at + size:]
            if shows(some):
                lines, less = some, True
            else:
                at += size
        if size == 1 and not less:
            break
        size = max(1, size // 2)
    return lines


def one_year(seed):
    try:
        year = Year(seed)
        found = differences(year.header, year.lines, year.answers, year.world)
        return seed, len(year.lines), found, None
    except Exception as error:    # a crash of either side is a finding
        import traceback
        return seed, 0, [], f"{str(error)[-300:]}\n{traceback.format_exc()[-600:]}"


def show(seed, found, count, short):
    kind, one, other, line = found[0]
    print(f"\nseed {seed}: {len(found)} differences, the first: {kind}\n  C      {one}\n"
          f"  second {other}")
    if line:
        print("  line  ", json.dumps(line, ensure_ascii=False)[:600])
    if short:
        year = Year(seed)
        lines = shorten(year.header, year.lines, kind)
        print(f"  shortened from {count} to {len(lines)} events:")
        for one in lines:
            print("   ", json.dumps(one, ensure_ascii=False)[:260])


def main():
    options = argparse.ArgumentParser(description="random years through both implementations")
    options.add_argument("--years", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--hours", type=float, help="go on so long, whatever --years says")
    options.add_argument("--show", type=int, default=3, help="so many years with a difference")
    options.add_argument("--no-shorten", action="store_true")
    options.add_argument("--kinds", action="store_true", help="count the kinds of differences")
    chosen = options.parse_args()
    until = time.monotonic() + chosen.hours * 3600 if chosen.hours else None
    seeds = iter(range(chosen.seed, 1 << 40)) if until else range(chosen.seed,
                                                                 chosen.seed + chosen.years)
    years = events = wrong = 0
    kinds, first_seeds = collections.Counter(), {}
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for seed, count, found, crash in pool.imap_unordered(one_year, seeds, chunksize=4):
            years, events = years + 1, events + count
            if crash:
                print(f"seed {seed}: {crash}", flush=True)
            if found or crash:
                wrong += 1
                for one in found[:1]:
                    kinds[one[0]] += 1
                    first_seeds.setdefault(one[0], (seed, one))
                if found and wrong <= chosen.show:
                    show(seed, found, count, not chosen.no_shorten)
            if until and time.monotonic() > until:
                pool.terminate()
                break
    if chosen.kinds:
        for kind, number in kinds.most_common():
            seed, (_, one, other, line) = first_seeds[kind]
            print(f"{number:5} {kind}  seed {seed}\n      C {str(one)[:300]}\n      2 {str(other)[:300]}")
            if line:
                print("        ", json.dumps(line, ensure_ascii=False)[:300])
    print(f"{years} years, {events} events, {wrong} years differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
