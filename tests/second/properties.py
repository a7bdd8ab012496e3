"""properties - what must hold of the C side's output, whatever either implementation computes.

    scripts/compare --properties [--years N] [--seed S]

Every property is a function of a played year that yields what breaks it, one sentence each."""
import argparse
import multiprocessing
import os
import random
import sys
from fractions import Fraction

from compare import body_of, decide, reasons_c, state_c
from constants import AWARDS
from generator import Year
from plan import DIGEST
from periods import DAY_MS, day, end_of, moment, moment_text
from scores import points

PROBES = 4      # bars per year
PER_CASE = ("defence_score", "visit_scheduled", "visit_opened", "visit_sheet", "paper_received",
            "application_submitted", "conditions_verified", "recommendation_given",
            "application_accepted", "material_supplemented", "independent_sheet",
            "consensus_sheet", "self_evaluation_submitted", "experience_shared")


class Played:
    def __init__(self, seed):
        year = Year(seed)
        self.seed, self.header, self.lines = seed, year.header, year.lines
        self.rules = AWARDS[self.header["rules"]]
        self.answers, self.records = decide(self.header, self.lines)
        self.state = state_c(self.records)


def decided_here(year):
    """The cases but those of honours from before, which have no scores."""
    return [one for one in year.records["case"] if not one.get("earlier")]


# ---- 16(3)-(6)

def candidates_are_within_the_thresholds(year):
    for one in decided_here(year):
        kind = one.get("candidate_for")
        if kind:
            least = year.rules.award_score if kind == "award" else year.rules.nomination_score
            lowest = min(points(one["document_score"]), points(one["site_score"]))
            if lowest < least:
                yield f"{one['case']} is a candidate for the {kind} with {lowest / 100}"


def places_are_never_exceeded(year):
    count = {}
    for one in year.records["case"]:
        if one.get("candidate_for"):
            key = one["cycle"], one["candidate_for"]
            count[key] = count.get(key, 0) + 1
    for key, number in count.items():
        if number > year.rules.places[key[1]]:
            yield f"{key} has {number} candidates"


def composite(row):
    value = row["composite"]
    return Fraction(int(value["numerator"]), int(value["denominator"]))


def composites_are_in_order(year):
    """Each is the weighted scores + defence; ranks fall with them; no better one stands outside."""
    for selection in year.records["selection"]:
        for pool in selection.get("pools", []):
            rows = pool.get("ranked", [])
            name = f"{selection['cycle']} {pool['kind']}"
            for row in rows:
                defence = row["defence"]
                made = (Fraction(points(row["document"]) * year.rules.document_percent
                                 + points(row["site"]) * year.rules.site_percent, 10000)
                        + Fraction(int(defence["numerator"]), int(defence["denominator"])))
                if made != composite(row):
                    yield f"{name}: composite of {row['case']} is {composite(row)}, not {made}"
            for one, other in zip(rows, rows[1:]):
                if composite(one) < composite(other) or one["rank"] > other["rank"]:
                    yield f"{name}: {one['case']} stands before {other['case']}"
            inside = [composite(row) for row in rows if row.get("candidate")]
            outside = [composite(row) for row in rows if not row.get("candidate")]
            if inside and outside and min(inside) < max(outside):
                yield f"{name}: a better composite is no candidate"


# ---- 16(7)-(8)

def nobody_is_deliberated_with_an_open_objection(year):
    inside = {one["objection"] for one in year.records["objection"] if not one.get("complaint")}
    open_now = {}
    cases = {one["objection"]: one["case"] for one in year.records["objection"]}
    for line, answer in zip(year.lines, year.answers):
        kind = body_of(line)
        body = line[kind]
        if answer["outcome"] != "accepted":
            continue
        if kind in ("objection_filed", "complaint_filed") and body["objection"] in inside \
                or kind == "complaint_linked":
            open_now[body["objection"]] = cases[body["objection"]]
        elif kind == "objection_decided":
            open_now.pop(body["objection"], None)
        elif kind == "deliberation_held":
            left_out = {row.get("subject") for row in answer.get("rejected_parts", [])}
            for row in body.get("decisions", []):
                if row["case"] in open_now.values() and row["case"] not in left_out:
                    yield f"{row['case']} was deliberated with an open objection"


# ---- 12

def bars_end_on_their_day(year):
    """Probed: at the last moment of a bar the application is refused for it, a millisecond later
    this bar is no reason."""
    now = moment(year.records["clock"][0]["now"])
    bars = sorted((bar["until"], bar["article"], one["enterprise"])
                  for one in year.records["enterprise"] for bar in one.get("bars", [])
                  if end_of(day(bar["until"])) > now + DAY_MS)
    picked = random.Random(year.seed).sample(bars, min(PROBES, len(bars)))
    if not picked:
        return
    now += 1000
    lines = [{"principal": "office", "id": "probe", "at": moment_text(now), "cycle_opened": {
        "cycle": "probe", "closing": moment_text(now + 3000 * DAY_MS), "units": ["a"],
        "notice": [{"medium": "日报", "on": moment_text(now)[:10], "digest": DIGEST}],
        "chair": "b", "review_committee": ["c"], "supervision_committee": ["d"]}}]
    asked = []
    for until, article, code in sorted(picked):
        for after in (0, 1):
            at = moment_text(end_of(day(until)) + after)
            kinds = ("application_form", "organisation_profile", "self_evaluation_report", "evidence")
            body = {"cycle": "probe", "enterprise": code, "electronic_receipt": at,
                    "paper_receipt": at, "materials": [
                        {"kind": kind, "digest": DIGEST, "characters": 9, "issuer": "x"}
                        for kind in kinds]}
            lines.append({"principal": "office", "id": f"probe{len(lines)}", "at": at,
                          "application_submitted": body})
            asked.append((until, article, code, after))
    answers, _ = decide(year.header, year.lines + lines)
    for (until, article, code, after), answer in zip(asked, answers[len(year.lines) + 1:]):
        if any(row.get("code") == "case_exists" for row in answer.get("reasons", [])):
            continue
        reasons = reasons_c(answer.get("reasons"))
        if after and reasons.get(article) == until:
            yield f"{code} is refused by {article} after {until}"
        if not after and (answer["outcome"] != "refused"
                          or (reasons.get(article) or "") < until):
            yield f"{code} is {answer['outcome']} on {until} in spite of {article}: {reasons}"


# ---- The machine

def replay_equals_live(year):
    """The same lines again, and a part of them: same answers, same records."""
    again, records = decide(year.header, year.lines)
    for number, (one, other) in enumerate(zip(again, year.answers), 1):
        if one != other:
            yield f"line {number} is answered otherwise the second time: {other} then {one}"
            return
    for kind in sorted(set(records) | set(year.records)):
        for one, other in zip(records[kind], year.records[kind]):
            if one != other:
                yield f"{kind} is another the second time: {other} then {one}"
                return
        if len(records[kind]) != len(year.records[kind]):
            yield f"{len(year.records[kind])} of {kind}, {len(records[kind])} the second time"
            return
    half = len(year.lines) // 2
    first, _ = decide(year.header, year.lines[:half])
    for number, (one, other) in enumerate(zip(first, year.answers), 1):
        if one != other:
            yield f"line {number} is answered otherwise when less follows it"
            break


def about(line):
    """The enterprise of a line about one case, else None."""
    kind = body_of(line)
    if kind not in PER_CASE:
        return None
    body = line[kind]
    return body.get("enterprise") or (body.get("case", "").split("/") + [None])[1]


def unrelated_neighbours_may_be_swapped(year):
    parents = [one for one in year.records["enterprise"] if one.get("predecessors")]
    related = {code for one in parents for code in [one["enterprise"], *one["predecessors"]]}
    lines, swapped, at, answers = list(year.lines), 0, 0, list(year.answers)
    while at + 1 < len(lines):
        one, other = about(lines[at]), about(lines[at + 1])
        if one and other and one != other and lines[at]["at"] == lines[at + 1]["at"] \
                and not {one, other} & related \
                and lines[at]["principal"] != lines[at + 1]["principal"]:
            lines[at:at + 2] = lines[at + 1], lines[at]
            answers[at:at + 2] = answers[at + 1], answers[at]
            swapped, at = swapped + 1, at + 1
        at += 1
    if not swapped:
        return
    theirs, records = decide(year.header, lines)
    for line, one, other in zip(lines, theirs, answers):
        if one["outcome"] != other["outcome"]:
            yield f"{line['principal']}/{line['id']} is {one['outcome']} when it comes earlier or later"
            return
    if state_c(records) != year.state:
        yield f"after {swapped} swaps the state is another"


PROPERTIES = (candidates_are_within_the_thresholds, places_are_never_exceeded,
              composites_are_in_order, nobody_is_deliberated_with_an_open_objection,
              bars_end_on_their_day, replay_equals_live, unrelated_neighbours_may_be_swapped)


def one_year(seed):
    year = Played(seed)
    return seed, [f"{one.__name__}: {said}" for one in PROPERTIES for said in one(year)]


def main():
    options = argparse.ArgumentParser(description="what must hold of every year")
    options.add_argument("--years", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    wrong = 0
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for seed, said in pool.imap_unordered(one_year, range(chosen.seed,
                                                              chosen.seed + chosen.years)):
            for sentence in said:
                wrong += 1
                print(f"seed {seed}: {sentence}", flush=True)
    print(f"{chosen.years} years, {len(PROPERTIES)} properties, {wrong} broken")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
