"""seconding - what waits for a second person: principals, keys, corrections (design.md, Identity and
Who may do what; docs/decisions/022)."""
from world import EVENTS, Record, Rejected, answer, blank, event

SECOND = "supervision_committee"
ALL_BUT_THE_PUBLIC = ("office district_bureau review_committee reviewer supervision_committee "
             "selection_committee government bureau enterprise administrator")
NOT_CORRECTED = ("correction", "countersigned", "countersign_declined")


def waits(world, sender, body, act):
    """Pending: the rules decide it when a second person has signed (design.md)."""
    made = answer("pending", "policy")
    world.pending[sender.name, sender.id] = Record(sender=sender, body=body, act=act, made=made)
    return made


def waiting(world, body, sender):
    """Signed by somebody else than who sent it."""
    name = body["event"].get("principal"), body["event"].get("id")
    if name not in world.pending:
        raise Rejected("nothing_waits", "order")
    if sender.name == name[0]:
        raise Rejected("own_event", "authority")
    return name, world.pending[name]


@event("countersigned", SECOND, "event")
def countersigned(world, body, sender, _case):
    """What waited is decided now."""
    name, found = waiting(world, body, sender)
    found.act(world, found.body, found.sender)
    found.made.update(answer("accepted"))
    world.seconded.add(name)
    del world.pending[name]


@event("countersign_declined", SECOND, "event reason")
def declined(world, body, sender, _case):
    name, found = waiting(world, body, sender)
    found.made.update(answer("refused", "policy", code="declined"))
    world.seconded.add(name)
    del world.pending[name]


# ---- Principals and keys

@event("principal_enrolled", "administrator", "name role")
def principal_enrolled(world, body, sender, _case):
    return waits(world, sender, body, enrol)


def enrol(world, body, _sender):
    if body["name"] in world.principals:
        raise Rejected("principal_exists", "order")
    world.principals[body["name"]] = (body["role"], body.get("scope"))


@event("principal_changed", "administrator", "name")
def principal_changed(world, body, sender, _case):
    """A change that widens role or scope waits."""
    role, scope = before = world.principals.get(body["name"], (None, None))
    if (body.get("role", role), body.get("scope", scope)) != before:
        return waits(world, sender, body, change_principal)
    return None


def change_principal(world, body, _sender):
    role, scope = world.find(world.principals, body["name"])
    world.principals[body["name"]] = (body.get("role", role), body.get("scope", scope))


@event("key_enrolled", "administrator", "name public_key")
def key_enrolled(world, body, sender, _case):
    return waits(world, sender, body, enrol_key)


def enrol_key(world, body, _sender):
    world.find(world.principals, body["name"])
    if body["public_key"] in world.keys:
        raise Rejected("key_exists", "order")
    world.keys[body["public_key"]] = Record(principal=body["name"], revoked=False)


@event("key_revoked", "administrator", "public_key reason")
def key_revoked(world, body, _sender, _case):
    """At once."""
    found = world.find(world.keys, body["public_key"])
    if found.revoked:
        raise Rejected("revoked", "order")
    found.revoked = True


# ---- Corrections

@event("correction", ALL_BUT_THE_PUBLIC, "event content reason")
def correction(world, body, sender, _case):
    """Changes no decision: it stands beside the original, of the same kind and whole."""
    correctable(world, body, sender)
    return waits(world, sender, body, correct)


def correctable(world, body, sender):
    name = body["event"].get("principal"), body["event"].get("id")
    if name[0] != sender.name:
        raise Rejected("not_sender", "authority")
    if name not in world.answers:
        raise Rejected("no_such_event", "order")
    original, made = world.answers[name]
    kind = next(key for key in original if key in EVENTS)
    content = body["content"].get(kind)
    if kind in NOT_CORRECTED or name in world.seconded:
        raise Rejected("not_correctable", "policy")
    if content is None:
        raise Rejected("other_kind", "form")
    if any(blank(content.get(field)) for field in EVENTS[kind][1]):
        raise Rejected("missing_field", "form")
    if content == original[kind]:
        raise Rejected("nothing_corrected", "form")
    return original[kind], made


def correct(world, body, sender):
    original, made = correctable(world, body, sender)
    name = sender.name, body["event"]["id"]
    case = case_of(world, original, made)
    world.corrections.append(Record(original="/".join(name), reason=body["reason"], on=world.today,
                                    case=case, followers=case and followers(world, name, case)))


def followers(world, name, case):
    """What people put on record later about the same case; here only events that name one case, and
    no incidents, which touch each honour of the enterprise."""
    names = list(world.answers)
    return ["/".join(one) for one in names[names.index(name) + 1:]
            if any(key in EVENTS and not key.startswith("incident_") and "case" in EVENTS[key][1] and body["case"] == case
                   and not EVENTS[key][0] & {"worker_revocation", "worker_scoring"}
                   for key, body in world.answers[one][0].items())]


def case_of(world, body, made):
    """That the original made or concerned."""
    for table, field in ((world.objections, "objection"), (world.revocations, "revocation")):
        if body.get(field) in table:
            return table[body[field]].case
    return body.get("case") or made["case"]
