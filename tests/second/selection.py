"""selection - ranks, cuts, ties and candidates (16(6).2; decisions 6-8).

A pool ranks all its cases by the exact composite; equals share a rank (1 2 2 4). A group of equals
across the cut waits for the office; its recorded order gives it consecutive ranks."""


class Row:
    __slots__ = ("case", "rank", "candidate", "tied")

    def __init__(self, case, rank):
        self.case, self.rank, self.candidate, self.tied = case, rank, False, False


def _groups(cases, order):
    """Groups of equals, best first; a group that a recorded order covers is one row each."""
    place = {name: number for number, name in enumerate(order)}
    ordered = sorted(cases, key=lambda case: (-case.composite, case.name))
    groups, at = [], 0
    while at < len(ordered):
        after = at
        while after < len(ordered) and ordered[after].composite == ordered[at].composite:
            after += 1
        group = ordered[at:after]
        if len(group) > 1 and all(case.name in place for case in group):
            groups += [[case] for case in sorted(group, key=lambda case: place[case.name])]
        else:
            groups.append(group)
        at = after
    return groups


def pool(cases, order, places):
    """(rows, waiting) of one pool."""
    rows, before, waiting = [], 0, False
    for group in _groups(cases, order):
        made = [Row(case, before + 1) for case in group]
        across = before < places < before + len(group)
        for row in made:
            row.candidate = before + len(group) <= places
            row.tied = across
        waiting = waiting or across
        before += len(group)
        rows += made
    return rows, waiting


def rank(rules, cases, award_order=(), nomination_order=()):
    """[(kind, rows, waiting)]: the award's pool, and the nomination's unless the award's waits."""
    award = [case for case in cases if min(case.document, case.site) >= rules.award_score]
    rows, waiting = pool(award, award_order, rules.places["award"])
    pools = [("award", rows, waiting)]
    if not waiting:
        chosen = {row.case.name for row in rows if row.candidate}
        rest = [case for case in cases if case.name not in chosen
                and min(case.document, case.site) >= rules.nomination_score]
        pools.append(("nomination", *pool(rest, nomination_order, rules.places["nomination"])))
    return pools


def settled(pools):
    return len(pools) == 2 and not any(waiting for _, _, waiting in pools)
