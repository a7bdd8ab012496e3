"""real_office - an office by the clock of the system, whose messages leave it

    office = RealOffice()
    office.channels_write(mail={"url": ...})
    office.start(rig.DAEMON, WORKER)

A rehearsal's messages never leave the spool, so what is delivered to real servers needs this one.
"""
import json
import time

import rig
import wire

WORKER = "award-notification"
PATIENCE = 30  # seconds; nothing takes so long unless it hangs


def channels_text(sections):
    """The file of channels: each section a dictionary of keys."""
    return "".join(name + ":\n" + "".join(f"  {key}: {json.dumps(value, ensure_ascii=False)}\n"
                                          for key, value in keys.items())
                   for name, keys in sections.items())


class RealOffice(rig.Office):
    """With this alert policy, or the default one."""

    def __init__(self, policy=None):
        self.policy = policy
        super().__init__()

    def init(self):
        own = []
        if self.policy:
            (self.home / "alerts.yaml").write_text(self.policy)
            own = ["--alerts", str(self.home / "alerts.yaml")]
        self.ctl("init", str(self.home), "--city", "重庆", "--people", str(self.people), *own,
                 home=False)
        (self.home / "spool").mkdir()

    def channels_write(self, **sections):
        (self.home / "channels.yaml").write_text(channels_text(sections))

    def arguments(self, name):
        file = self.home / "channels.yaml"
        own = ["--channels", str(file)] if name == WORKER and file.exists() else []
        return [*super().arguments(name), *own]

    def messages(self, principal="office", **fields):
        found = wire.plain(self.wire(principal).ask("messages", **fields))
        return found.get("messages", {}).get("messages", [])

    def until(self, look):
        """What `look` finds, once it finds something. Nothing tells when, so it is asked again."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"it did not come about:\n{self.log()[-2000:]}")

    def message_until(self, wanted, principal="office"):
        """The last message, once it is as wanted."""
        def look():
            rows = self.messages(principal)
            fits = rows and all(rows[-1].get(name) == value for name, value in wanted.items())
            return rows[-1] if fits else None
        return self.until(look)
