"""draw_again - the draw of docs/developer/draw.md, written anew from that page alone.

Reads a JSON object {seed, cycle, teams, least, most, pool, cases} on standard input and prints the
teams as JSON. pool: [{person, industries, load, leads, barred: [case, ...]}]; cases: [{case, industry}].
"""
import hashlib
import json
import sys


def draw(asked):
    def chance(name):
        text = f"{asked['seed']}/{asked['cycle']}/{name}"
        return hashlib.sha256(text.encode()).hexdigest(), name

    pool = sorted(asked["pool"], key=lambda one: chance(one["person"]))
    cases = sorted(asked["cases"], key=lambda one: (one["industry"], *chance(one["case"])))
    count = min(asked["teams"], len(cases))
    teams = []
    least, longer = divmod(len(cases), count)
    for number in range(count):
        size = least + (number < longer)
        teams.append({"cases": cases[:size], "members": []})
        cases = cases[size:]

    def knows(one, industry):
        return any(mine.startswith(industry) or industry.startswith(mine)
                   for mine in one["industries"] if mine and industry)

    def use(one, team):
        known = [case for case in team["cases"] if knows(one, case["industry"])]
        new = [case for case in known
               if not any(knows(member, case["industry"]) for member in team["members"])]
        return 0 if new else 1 if known else 2

    seats = max(asked["least"], min(asked["most"], len(pool) // count))
    for _ in range(seats):
        for team in teams:
            names = {case["case"] for case in team["cases"]}
            free = [one for one in pool
                    if not names & set(one["barred"]) and one not in team["members"]]
            if free:
                best = min(free, key=lambda one: (one["load"], use(one, team),
                                                  *chance(one["person"])))
                best["load"] += len(team["cases"])
                team["members"].append(best)
    for team in teams:
        leader = min(team["members"], key=lambda one: (one["leads"], *chance(one["person"])))
        leader["leads"] += 1
        team["leader"] = leader["person"]
    return [{"members": [one["person"] for one in team["members"]], "leader": team["leader"],
             "cases": [case["case"] for case in team["cases"]]} for team in teams]


if __name__ == "__main__":
    json.dump(draw(json.load(sys.stdin)), sys.stdout)
