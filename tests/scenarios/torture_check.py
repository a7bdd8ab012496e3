"""torture_check - what must hold of the answers and of the journal, whatever was killed

`Answers` keeps what was acknowledged, and compares each answer that is given again. `Journal` is told
the entries one by one as the supervision committee sees them: it computes the chain, folds deadlines,
due rows, tasks, alerts and messages, and finds what is there twice, early, late or out of order.
`Journal.close` says what must hold at the end. Nothing here knows who was killed; a `Fault` says which
event or entry is wrong. test_torture_check.py shows that each fault is found.
"""
import collections
import functools
import hashlib
import heapq
import urllib.parse

CHAIN_BYTES = 32
REPEATS = ("accepted", "refused")  # outcomes whose repeat is the same answer; a pending one moves on
DUE_EVENTS = {  # event of the coordinator: kind of its row, field of the row's subject, of its step
    "deadline_due": (("deadline",), "deadline", None),
    "alert_due": (("alert", "unheard"), "deadline", "step"),
    "escalation_due": (("escalation",), "deadline", "step"),
    "message_sealed": (("message",), "message", None),
    "self_evaluation_year_began": (("self_evaluation_year",), "case", "year"),
    "snooze_ended": (("snooze",), "alert", None),
    "morning_came": (("morning",), None, None),
    "deadlines_recomputed": (("recompute",), "after", None),
}
OVER = ("met", "met_late", "overdue", "ended", "removed", "suspended")


class Fault(AssertionError):
    """What does not hold."""


def hold(true, what, *about):
    """`about` may be called for its words: most of the time nobody wants them."""
    if not true:
        raise Fault(what + "".join(f"\n  {each() if callable(each) else each}" for each in about))


def enum_name(message, field):
    kind = message.DESCRIPTOR.fields_by_name[field].enum_type
    return kind.values_by_number[getattr(message, field)].name


def name_of(event):
    return f"{event.principal}/{event.id} {event.WhichOneof('body')}"


def item_name(item):
    return f"entry {item.entry}: {name_of(item.event)}"


def packed(message):
    return message.SerializeToString(deterministic=True)


# ---- What was answered

def answer_comparable(answer):
    """What must be the same each time: all but that it was repeated, and what depends on the moment."""
    same = type(answer)()
    same.CopyFrom(answer)
    for field in ("repeated", "changes", "changes_left_out", "changed_since"):
        same.ClearField(field)
    return same


class Answers:
    """By principal and id: the event as it was sent, and its first answer."""

    def __init__(self):
        self.sent = {}
        self.given = {}
        self.last_entry = 0
        self.resent = collections.Counter()  # what became of what a kill left unanswered

    def take(self, event, answer, times):
        """An answer to an event that was sent so often under its id."""
        key = event.principal, event.id
        self.sent[key] = event
        name = functools.partial(name_of, event)
        outcome = enum_name(answer, "outcome")
        hold((answer.principal, answer.id) == key, "an answer names another event", name, answer)
        hold(outcome != "rejected", "an event of the load was rejected", name, answer)
        hold(answer.entry > 0, "an answer names no entry", name, answer)
        first = self.given.get(key)
        if first is None:
            hold(times > 1 or not answer.repeated, "sent once, answered as a repetition", name,
                 answer)
            self.given[key] = answer
            if times > 1:
                self.resent["on record" if answer.repeated else "not on record"] += 1
        else:
            self.compare(event, first, answer)
        self.last_entry = max(self.last_entry, answer.entry)

    def compare(self, event, first, answer):
        name = functools.partial(name_of, event)
        hold(answer.repeated, "acknowledged, and lost: sent again it is decided anew", name, first,
             answer)
        if enum_name(first, "outcome") in REPEATS:
            hold(answer_comparable(first) == answer_comparable(answer),
                 "sent again, it is answered otherwise", name, first, answer)


# ---- What is on record

class Due:
    """The rows of the index."""

    def __init__(self):
        self.rows = {}
        self.order = []  # a heap of moments and keys; rows that are gone are passed over

    def put(self, due):
        key = due.moment.ms, enum_name(due, "kind"), due.subject, due.step
        self.rows[key] = due
        heapq.heappush(self.order, key)

    def remove(self, key):
        return self.rows.pop(key, None) is not None

    def first(self):
        while self.order and self.order[0] not in self.rows:
            heapq.heappop(self.order)
        return self.order[0] if self.order else None

    def find(self, name, body):
        """The row that an event of the coordinator is of, or None."""
        kinds, subject, step = DUE_EVENTS[name]
        for key, row in self.rows.items():
            if (key[1] in kinds and (subject is None or key[2] == getattr(body, subject)) and
                    (step is None or key[3] == getattr(body, step)) and
                    (not hasattr(body, "revision") or row.revision == body.revision)):
                return key
        return None


def key_texts(key):
    """The parts of a record's key, where all of them are texts."""
    return tuple(part.decode() for part in key[1:].split(b"\0")[:-1])


def key_due(key, kinds):
    """Moment, kind, subject and step from the key of a row."""
    number = lambda part: int.from_bytes(part, "big")
    return (number(key[1:9]) - (1 << 63), kinds[number(key[9:13])].name, key[13:-5].decode(),
            number(key[-4:]))


class Journal:
    """Fed with HistoryItems from entry 1 on."""

    def __init__(self, goes=False):
        self.goes = goes       # the clock, after the last event too
        self.outside_ms = 0    # when the last event that was not the coordinator's was recorded
        self.last, self.recorded_ms, self.chain = 0, 0, bytes(CHAIN_BYTES)
        self.chains = {0: self.chain}
        self.hashes = {}
        self.events = {}      # (principal, id): its entry
        self.entries = {}     # number: event, outcome and moment
        self.due = Due()
        self.deadlines, self.tasks, self.alerts, self.messages = {}, {}, {}, {}
        self.tasks_done, self.fired, self.told = {}, {}, {}
        self.delivered = {}
        self.names = {}       # number of a record's field in Change: its name

    # -- One entry

    def take(self, item):
        event = item.event
        about = functools.partial(item_name, item)
        hold(item.entry == self.last + 1, f"after entry {self.last} the journal goes on with another",
             about)
        hold(item.recorded.ms >= self.recorded_ms, "recorded before the entry before it", about)
        hold(not item.withheld and len(item.hash) == CHAIN_BYTES, "it is not seen whole", about)
        self.chain_go_on(item)
        self.once(item, about)
        name = event.WhichOneof("body")
        row = self.fire(item, name, about) if name in DUE_EVENTS else None
        if event.principal != "coordinator":
            self.nothing_due(item, about)
        if event.task:
            self.task_answer(item, about)
        for change in item.changes:
            self.change(change, item, about)
        if row is not None:
            hold(row not in self.due.rows, "it fired and is still due", about, row)
        self.last, self.recorded_ms = item.entry, item.recorded.ms

    def chain_go_on(self, item):
        self.chain = hashlib.blake2b(self.chain + item.hash, digest_size=CHAIN_BYTES).digest()
        self.chains[item.entry] = self.chain
        self.hashes[item.entry] = item.hash

    def once(self, item, about):
        event = item.event
        self.entries[item.entry] = item.event, enum_name(item, "outcome"), item.recorded.ms
        if event.principal == "coordinator":
            return
        key = event.principal, event.id
        hold(key not in self.events, "one event has two entries", about,
             f"the first is entry {self.events.get(key)}")
        self.events[key] = item.entry

    def fire(self, item, name, about):
        body = getattr(item.event, name)
        row = self.due.find(name, body)
        hold(row is not None, "fired without being due: a second time, or it was taken back", about,
             body)
        hold(item.recorded.ms >= row[0], "fired early", about, row)
        if name == "deadline_due":
            self.deadline_fire(item, body, about)
        return row

    def deadline_fire(self, item, body, about):
        deadline = self.deadlines.get(body.deadline)
        key = body.deadline, body.revision
        hold(deadline is not None and deadline.revision == body.revision,
             "a deadline fired by another revision", about, deadline)
        hold(item.recorded.ms > deadline.end.ms, "a deadline fired before its end was over", about,
             deadline)
        hold(key not in self.fired, "a deadline fired twice", about,
             f"the first time by entry {self.fired.get(key)}")
        self.fired[key] = item.entry

    def nothing_due(self, item, about):
        first = self.due.first()
        hold(first is None or first[0] > item.recorded.ms, "what was due did not fire before it",
             about, first)
        self.outside_ms = item.recorded.ms

    def task_answer(self, item, about):
        task = item.event.task
        hold(task not in self.tasks_done, "a task was answered twice", about,
             f"the first time by entry {self.tasks_done.get(task)}")
        hold(task in self.tasks, "a task was answered that is not open", about)
        hold(item.event.WhichOneof("body") not in ("task_failed", "message_failed"), "a task failed",
             about, item.event)
        if item.event.WhichOneof("body") == "message_delivered":
            self.message_deliver(item, about)

    def message_deliver(self, item, about):
        body = item.event.message_delivered
        hold(body.message not in self.delivered, "a message was delivered twice", about)
        message = self.messages.get(body.message)
        hold(message is not None and enum_name(message, "state") == "sealed",
             "a message was delivered that was not sealed", about, message)
        self.delivered[body.message] = body

    # -- One change

    def change(self, change, item, about):
        kind = change.WhichOneof("record")
        record = getattr(change, kind)
        if kind == "removed":
            self.remove(change, record.key, item, about)
        elif kind == "due":
            self.due.put(record)
        elif kind == "deadline":
            self.deadlines[record.deadline] = record
        elif kind == "task":
            self.task_put(record, about)
        elif kind == "alert":
            self.alerts[record.alert] = record
        elif kind == "message":
            self.message_put(record, about)

    def task_put(self, task, about):
        hold(task.task not in self.tasks_done, "a task that is done was given out again", about, task)
        hold(not task.failures and not task.given_up, "a task failed", about, task)
        self.tasks[task.task] = task

    def message_put(self, message, about):
        self.messages[message.message] = message
        if enum_name(message, "state") != "sealed":
            return
        for name in message.alerts:
            alert = self.alerts[name]
            told = name, alert.taken_back, alert.told_again.ms  # that it is taken back is told, too
            before = self.told.setdefault(told, message.message)
            hold(before == message.message, "an alert is told by two messages", about,
                 f"{name} by {before} and {message.message}")

    def remove(self, change, key, item, about):
        if not self.names:
            self.names = {field.number: field for field in change.DESCRIPTOR.fields}
        field = self.names.get(key[0])
        if field is None:
            return
        if field.name == "due":
            kinds = field.message_type.fields_by_name["kind"].enum_type.values_by_number
            row = key_due(key, kinds)
            hold(self.due.remove(row), "a due row was removed that is not there", about, row)
        elif field.name == "task":
            name = key_texts(key)[0]
            hold(self.tasks.pop(name, None) is not None, "a task was removed that is not there",
                 about, name)
            self.tasks_done[name] = item.entry

    # -- At any time

    def tasks_of(self, kinds):
        return [name for name in self.tasks if name.partition(":")[0] in kinds]

    def stands(self, entry, chain):
        """What somebody was told of the journal: its last entry and the chain up to it."""
        hold(self.chains.get(entry) == chain, f"the chain up to entry {entry} is not what was told",
             f"told {chain.hex()}", f"is {self.chains.get(entry, b'').hex()}")

    # -- At the end

    def close(self, answers):
        """Whether all that was acknowledged is on record, and nothing is left undone."""
        for key, answer in answers.given.items():
            answered_is_recorded(self, key, answers.sent[key], answer)
        hold(not self.tasks, "tasks were not answered", sorted(self.tasks)[:5])
        first = self.due.first()
        until_ms = self.outside_ms if self.goes else self.recorded_ms
        hold(first is None or first[0] > until_ms, "what was due did not fire", first)
        for name, deadline in self.deadlines.items():
            state = enum_name(deadline, "state")
            hold(state in OVER or deadline.end.ms >= until_ms, "a deadline was missed", deadline)
            hold(state not in ("overdue", "ended") or any(key[0] == name for key in self.fired),
                 "a deadline is over and never fired", deadline)
        for name, message in self.messages.items():
            hold(enum_name(message, "state") == "collecting" or name in self.delivered,
                 "a message was not delivered", message)


def answered_is_recorded(journal, key, event, answer):
    about = functools.partial(name_of, event)
    hold(key in journal.events, "acknowledged, and not in the journal", about, answer)
    entry = journal.events[key]
    recorded, outcome, moment_ms = journal.entries[entry]
    hold(entry == answer.entry, "acknowledged with another entry than it has", about,
         f"acknowledged {answer.entry}", f"is {entry}")
    hold(packed(recorded) == packed(event), "it is on record with other content", about,
         event, recorded)
    hold(outcome in (enum_name(answer, "outcome"), "pending"), "acknowledged with another outcome",
         about, answer, f"is {outcome}")
    hold(answer.recorded.ms == moment_ms, "acknowledged with another moment", about, answer)


# ---- What went out

def spool_names(journal):
    """The files of all that is on record as written: what each is of, by its name."""
    names = {body.reply.removeprefix("spooled: "): message
             for message, body in journal.delivered.items()}
    hold(len(names) == len(journal.delivered), "two messages have one file", names)
    for task in journal.tasks_done:
        if task.startswith("write_feedback:"):
            file = urllib.parse.quote(task, safe="")
            names.update({file + ".eml": task, file + ".json": task})
    return names


def spool_check(journal, found):
    """Whether each message that is on record is there as a whole file, and nothing else; by name."""
    expected = spool_names(journal)
    hold(expected.keys() <= found.keys(), "a message is on record as delivered and not in the spool",
         sorted(expected.keys() - found.keys())[:5])
    hold(found.keys() <= expected.keys(), "a message is in the spool and not on record",
         sorted(found.keys() - expected.keys())[:5])
    for name, identity in expected.items():
        end = "}\n" if name.endswith(".json") else f" awardd: {identity}\n"
        hold(found[name].endswith(end), "a file of the spool is not whole, or of another message",
             name, found[name][-200:])
