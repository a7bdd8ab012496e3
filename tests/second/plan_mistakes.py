"""plan_mistakes - bodies of events with exactly one thing wrong, so that the article of their
rejection is clear from the text."""
from periods import DAY, DAY_MS, day, moment, moment_text
from scores import maximum, points_text

OTHER_DISTRICT = "500199"


def spoilt(pick, rules, rows):
    """15: a sheet over a maximum, with a category twice, missing or unknown."""
    wrong = [dict(row) for row in rows]
    row = pick.choice(wrong)
    what = pick.choice(("over", "twice", "missing", "unknown"))
    if what == "over":
        row["points"] = points_text(maximum(rules, row["item"]) + 1)
    elif what == "missing":
        wrong.remove(row)
    elif what == "unknown":
        row["item"] = "beauty"
    else:
        wrong.append(dict(row))
    return wrong


def sheet(pick, rules, body):
    body["scores"] = spoilt(pick, rules, body["scores"])


def panel(pick, rules, body):
    what = pick.choice(("few", "twice", "advisors", "both"))
    if what == "few":
        body["panel"] = body["panel"][:rules.panel_min - 1]
    elif what == "twice":
        body["panel"][0] = body["panel"][1]
    elif what == "advisors":
        body["advisors"].pop()
    else:
        body["advisors"][0]["name"] = body["panel"][0]


def points_over(_pick, rules, body):
    body["points"] = points_text(rules.defence_points + 1)


def left(_pick, _rules, body):
    body["left"] = [{"person": "nobody", "reason": "生病"}]


def team(pick, _rules, body):
    if body.get("seed"):
        return
    one, what = body["teams"][0], pick.choice(("two", "twice", "leader", "stranger", "reason"))
    if what == "two":
        one["members"] = [one["leader"]] + [name for name in one["members"]
                                            if name != one["leader"]][:1]
    elif what == "twice":
        one["members"].append(one["leader"])
    elif what == "leader":
        one["leader"] = "office"
    elif what == "stranger":
        one["members"][-1] = "public" if one["members"][-1] != one["leader"] else "r1"
    else:
        del body["reason"]


def materials(pick, _rules, body):
    pick.choice(body["materials"])["digest"] = "abc"


def received_tomorrow(_pick, _rules, body):
    body["received"] = moment_text(moment(body["received"]) + DAY_MS)


def recommender(_pick, _rules, body):
    if body["by"] == "district_government":
        body["district"] = OTHER_DISTRICT


def findings(pick, _rules, body):
    what, row = pick.choice(("missing", "twice", "future", "evidence")), pick.choice(body["findings"])
    if what == "missing":
        body["findings"].remove(row)
    elif what == "twice":
        body["findings"].append(dict(row))
    elif what == "future":
        row["on"] = (day(row["on"]) + DAY).isoformat()
    else:
        row["evidence"] = " "


def not_later(_pick, _rules, body):
    if "closing" in body:
        body["closing"] = moment_text(moment(body["closing"]) - 400 * DAY_MS)


def shorter(_pick, _rules, body):
    body["last"] = (day(body["last"]) - 60 * DAY).isoformat()


def medium(pick, _rules, body):
    pick.choice(body["media"])["on"] = (max(day(row["on"]) for row in body["media"])
                                        + pick.choice((9, -50)) * DAY).isoformat()


def kind_missing(_pick, _rules, body):
    body.update(finding="founded")
    body.pop("kind", None)


def facts_missing(_pick, _rules, body):
    for field in ("facts", "incident"):
        body.pop(field, None)


def year_to_come(_pick, _rules, body):
    body["year"] += 5


def fewer(_pick, _rules, body):
    body["order"].pop()


def districts_sampling(_pick, _rules, body):
    body.update(kind="sampling", level="district", serious=False, incident=body["incident"] + "-d")
    body.pop("liable", None)


def steps(_pick, _rules, body):
    body["steps"][0]["on"] = (day(body["steps"][-1]["on"]) + DAY).isoformat()


def numbers(_pick, _rules, body):
    del body["given"][1:]
    body["given"][0]["medal"] = " "


def before_the_end(_pick, _rules, body):
    body["on"] = (day(body["on"]) - 60 * DAY).isoformat()


MISTAKES = {
    "independent_sheet": sheet, "consensus_sheet": sheet, "visit_sheet": sheet,
    "defence_scheduled": panel, "defence_score": points_over, "defence_closed": left,
    "team_drawn": team, "application_submitted": materials, "paper_received": received_tomorrow,
    "recommendation_given": recommender, "conditions_verified": findings,
    "cycle_changed": not_later, "publicity_extended": shorter, "publicity_started": medium,
    "objection_decided": kind_missing, "revocation_opened": facts_missing,
    "self_evaluation_submitted": year_to_come, "tie_decided": fewer,
    "incident_recorded": districts_sampling, "plan_submitted": steps, "conferral_held": numbers,
    "deliberation_held": before_the_end,
}
