"""plan_seconding - people and keys that are enrolled, corrections, and who countersigns them."""
import json

from periods import DAY, day
from plan import DISTRICTS
from world import EVENTS

ROLES = ("office", "bureau", "government", "review_committee", "supervision_committee")


class Seconding:
    def seconds(self):
        """Sends what waits for a second person; most of it gets one."""
        pick, world = self.random, self.world
        for _ in range(pick.randint(3, 40)):
            yield self.later(0, 60)
            kind = pick.choice((self.enrolment, self.change, self.key, self.correction,
                                self.correction, self.correction))
            line = kind()
            if line is None:
                continue
            if self.chance(0.5):
                yield self.later(0, 20)
            for _ in range(pick.choice((1, 1, 1, 2))):
                self.sign(line)
            if self.chance(0.2):
                self.put({**line, "at": self.lines[-1]["at"]})

    def sign(self, line):
        pick = self.random
        name = {"principal": line["principal"], "id": line["id"]}
        if self.chance(0.05):
            name["id"] = "none"
        by = pick.choice(("supervision", "supervision", "supervision2", "office"
                          if self.chance(0.1) else "supervision2"))
        if self.chance(0.85):
            self.say(by, "countersigned", event=name)
        else:
            self.say(by, "countersign_declined", event=name, reason="不同意")

    def sent(self, principal, kind, **body):
        """The line that is on record, or None."""
        at = len(self.lines)
        answer = self.emit(principal, kind, body)
        return self.lines[at] if answer["outcome"] != "rejected" or self.chance(0.1) else None

    def enrolment(self):
        pick = self.random
        role, more = pick.choice(ROLES), {}
        if self.chance(0.5):
            role, more = "district_bureau", {"scope": pick.choice(DISTRICTS)}
        name = f"new{pick.randint(1, 12)}"
        return self.sent("administrator", "principal_enrolled", name=name, role=role,
                         full_name="某人", **more)

    def change(self):
        pick = self.random
        name = pick.choice([f"new{pick.randint(1, 12)}", "supervision2", "bureau",
                            f"d{pick.choice(DISTRICTS)}"])
        role, scope = self.world.principals.get(name, ("bureau", None))
        more = {"scope": pick.choice(DISTRICTS)} if scope else {"role": pick.choice(ROLES)}
        if more in ({"role": role}, {"scope": scope}) or name == "bureau":
            return None    # one that widens nothing: docs/differences.md, 12
        return self.sent("administrator", "principal_changed", name=name, **more)

    def key(self):
        pick = self.random
        key = f"{pick.randint(1, 8):040}"
        if self.chance(0.4):
            return self.sent("administrator", "key_revoked", public_key=key, reason="遗失")
        name = pick.choice([f"new{pick.randint(1, 12)}", "office", "bureau"])
        return self.sent("administrator", "key_enrolled", name=name, public_key=key)

    def correction(self):
        """Of something that was sent lately, by who sent it; the content is another one."""
        pick = self.random
        recent = range(max(0, len(self.lines) - 60), len(self.lines))
        at = pick.choice([at for at in recent if self.answers[at]["outcome"] != "rejected"]
                         or recent)
        line = self.lines[at]
        kind = next(key for key in line if key not in ("principal", "id", "at"))
        if "worker" in self.world.principals[line["principal"]][0]:
            return None
        content = json.loads(json.dumps(line[kind]))
        fields = [field for field, value in content.items() if isinstance(value, str)]
        texts = [field for field in ("reason", "report", "text", "name", "proof", "place")
                 if field in fields]
        if "on" in content and self.chance(0.5):
            content["on"] = (day(content["on"]) - DAY).isoformat()
        elif texts and self.chance(0.9):
            content[pick.choice(texts)] = "更正"
        elif "scores" in content:
            content["scores"] = self.scored()
        elif fields and self.chance(0.3):
            content.pop(pick.choice(EVENTS[kind][1] or fields), None)
        by = line["principal"] if self.chance(0.95) else "office"
        return self.sent(by, "correction", reason="笔误", content={kind: content},
                         event={"principal": line["principal"], "id": line["id"]})
