"""test_torture_check - what is wrong with answers, journal or spool is found

A journal of seven entries in which everything is right: a cycle is opened, its deadline is told of and
fires. Each test makes one thing wrong in it, or in what was answered, and looks for the words of it.
"""
import hashlib
import unittest

from torture_check import Answers, Fault, Journal, spool_check
from torture_load import award

HistoryItem, Answer, Change, Event = (award.MESSAGES[name] for name in
                                      ("HistoryItem", "Answer", "Change", "Event"))
DEADLINE, MESSAGE, ALERT = "2018:closing:1", "office/1/1", "2018:closing:1/1/0/office"
TASK = f"deliver_message:{MESSAGE}:1"
MAIL = f"To: office\n\n-\n\n-- \n重庆 awardd: {MESSAGE}\n"
TOLD_MS, END_MS = 500, 1000


def event(principal, id, name, **fields):
    made = Event(principal=principal, id=id)
    body = getattr(made, name)
    body.SetInParent()
    for field, value in fields.items():
        setattr(body, field, value)
    return made


def own(name, **fields):
    return event("coordinator", "coordinator", name, **fields)


def due(moment_ms, kind, subject):
    change = Change()
    change.due.moment.ms = moment_ms
    change.due.kind = type(change.due).Kind.Value(kind)
    change.due.subject, change.due.revision, change.due.step = subject, 1, 0
    return change


def removed(change):
    """The removal of a row or a task that a change has put."""
    gone = Change()
    if change.HasField("due"):
        row = change.due
        gone.removed.key = (b"\x1b" + (row.moment.ms + (1 << 63)).to_bytes(8, "big") +
                            row.kind.to_bytes(4, "big") + row.subject.encode() + b"\0" +
                            row.step.to_bytes(4, "big"))
    else:
        gone.removed.key = b"\x1c" + change.task.task.encode() + b"\0"
    return gone


def deadline(state):
    change = Change()
    change.deadline.deadline, change.deadline.revision = DEADLINE, 1
    change.deadline.end.ms = END_MS
    change.deadline.state = type(change.deadline).State.Value(state)
    return change


def message(state, name=MESSAGE):
    change = Change()
    change.message.message = name
    change.message.alerts.append(ALERT)
    change.message.state = type(change.message).State.Value(state)
    return change


def alert():
    change = Change()
    change.alert.alert = ALERT
    return change


def task():
    change = Change()
    change.task.task = TASK
    return change


END_ROW, ALERT_ROW = due(END_MS + 1, "deadline", DEADLINE), due(TOLD_MS, "alert", DEADLINE)
SEAL_ROW = due(TOLD_MS + 1, "message", MESSAGE)


def delivered(id="d-1"):
    made = event("worker-notification", id, "message_delivered", message=MESSAGE,
                 reply="spooled: office.eml")
    made.task = TASK
    return made


def entries():
    """Moment, event and changes of each."""
    return [
        [0, own("database_created"), []],
        [100, event("office", "c-1", "cycle_opened", cycle="2018"),
         [deadline("open"), END_ROW, ALERT_ROW]],
        [TOLD_MS, own("alert_due", deadline=DEADLINE, revision=1, step=0),
         [removed(ALERT_ROW), message("collecting"), alert(), SEAL_ROW]],
        [TOLD_MS + 1, own("message_sealed", message=MESSAGE),
         [removed(SEAL_ROW), message("sealed"), task()]],
        [600, delivered(), [removed(task()), message("delivered")]],
        [END_MS + 1, own("deadline_due", deadline=DEADLINE, revision=1),
         [removed(END_ROW), deadline("ended")]],
        [1100, event("office", "f-1", "supervision_finding", text="-"), []],
    ]


def items(rows):
    made = []
    for number, (moment_ms, each, changes) in enumerate(rows, 1):
        item = HistoryItem(entry=number, outcome=1, withheld=False, event=each, changes=changes)
        item.recorded.ms = moment_ms
        item.hash = hashlib.blake2b(item.SerializeToString(), digest_size=32).digest()
        made.append(item)
    return made


def answer_to(item, **others):
    answer = Answer(principal=item.event.principal, id=item.event.id, outcome=1, entry=item.entry)
    answer.recorded.ms = item.recorded.ms
    for name, value in others.items():
        setattr(answer, name, value)
    return answer


class Checked(unittest.TestCase):
    def setUp(self):
        self.rows = entries()
        self.answers = Answers()

    def journal(self):
        journal = Journal()
        for item in items(self.rows):
            journal.take(item)
        return journal

    def answered(self, **others):
        """What the two clients were told."""
        made = items(self.rows)
        for number in (1, 6):
            self.answers.take(made[number].event, answer_to(made[number], **others), 1)

    def found(self, words, what, *arguments):
        with self.assertRaisesRegex(Fault, words):
            what(*arguments)

    def wrong(self, words):
        self.found(words, self.journal)

    def wrong_at_end(self, words):
        self.found(words, self.journal().close, self.answers)


class Right(Checked):
    def test_nothing_is_found_where_nothing_is_wrong(self):
        self.answered()
        journal = self.journal()
        journal.close(self.answers)
        journal.stands(7, journal.chain)
        spool_check(journal, {"office.eml": MAIL})


class Acknowledged(Checked):
    def test_an_event_that_is_lost(self):
        self.answered()
        del self.rows[6]
        self.wrong_at_end("acknowledged, and not in the journal\n  office/f-1")

    def test_an_event_that_is_there_twice(self):
        self.rows.append(self.rows[6])
        self.wrong("one event has two entries\n  entry 8: office/f-1.*\n  the first is entry 7")

    def test_an_event_with_another_entry(self):
        self.answered()
        self.rows.insert(6, [1050, event("office", "f-0", "supervision_finding"), []])
        self.wrong_at_end("with another entry than it has\n  office/f-1")

    def test_an_event_with_other_content(self):
        self.answered()
        self.rows[6][1] = event("office", "f-1", "supervision_finding", text="+")
        self.wrong_at_end("on record with other content")

    def test_an_event_of_another_moment(self):
        self.answered()
        self.rows[6][0] += 1
        self.wrong_at_end("acknowledged with another moment")

    def test_an_event_of_another_outcome(self):
        self.answered(outcome=2)
        self.wrong_at_end("acknowledged with another outcome")

    def test_one_that_is_decided_anew_when_it_is_sent_again(self):
        self.answered()
        item = items(self.rows)[6]
        again = answer_to(item, entry=8)
        self.found("acknowledged, and lost", self.answers.take, item.event, again, 2)

    def test_one_that_is_answered_otherwise_when_it_is_sent_again(self):
        self.answered()
        item = items(self.rows)[6]
        again = answer_to(item, repeated=True, case="other")
        self.found("answered otherwise", self.answers.take, item.event, again, 2)

    def test_one_that_is_answered_as_a_repetition_of_nothing(self):
        item = items(self.rows)[6]
        self.found("answered as a repetition", self.answers.take, item.event,
                   answer_to(item, repeated=True), 1)

    def test_one_that_is_rejected_or_of_another_name(self):
        item = items(self.rows)[6]
        self.found("was rejected", self.answers.take, item.event, answer_to(item, outcome=4), 1)
        self.found("names another event", self.answers.take, item.event, answer_to(item, id="x"), 1)
        self.found("names no entry", self.answers.take, item.event, answer_to(item, entry=0), 1)


class Recorded(Checked):
    def test_a_gap(self):
        journal = Journal()
        made = items(self.rows)
        journal.take(made[0])
        self.found("goes on with another", journal.take, made[2])

    def test_an_entry_that_is_not_seen_whole(self):
        made = items(self.rows)[0]
        made.withheld = True
        self.found("not seen whole", Journal().take, made)

    def test_a_moment_that_goes_back(self):
        self.rows[4][0] = TOLD_MS
        self.wrong("recorded before the entry before it")

    def test_another_chain_than_was_told(self):
        journal = self.journal()
        self.rows[0][0] = 1
        self.found("chain up to entry 7", self.journal().stands, 7, journal.chain)
        self.found("chain up to entry 9", self.journal().stands, 9, journal.chain)


class Dues(Checked):
    def test_a_deadline_that_fires_early(self):
        self.rows[5][0] = END_MS
        self.wrong("fired early")

    def test_a_deadline_whose_row_was_early(self):
        early = due(END_MS, "deadline", DEADLINE)
        self.rows[1][2][1] = early
        self.rows[5][0], self.rows[5][2][0] = END_MS, removed(early)
        self.wrong("fired before its end was over")

    def test_a_deadline_that_fires_twice(self):
        self.rows.insert(6, self.rows[5])
        self.wrong("fired without being due")

    def test_a_deadline_that_fires_twice_by_a_second_row(self):
        self.rows[5][2].append(due(END_MS + 2, "deadline", DEADLINE))
        self.rows.insert(6, [END_MS + 2, self.rows[5][1], [removed(due(END_MS + 2, "deadline", DEADLINE))]])
        self.wrong("a deadline fired twice")

    def test_a_deadline_that_fires_by_another_revision(self):
        self.rows[5][2].insert(0, deadline("open"))
        self.rows[4][2].append(deadline("open"))
        self.rows[4][2][-1].deadline.revision = 2
        self.wrong("by another revision")

    def test_a_deadline_that_does_not_fire_before_what_comes_later(self):
        del self.rows[5]
        self.wrong("did not fire before it\n  entry 6: office/f-1")

    def test_a_deadline_that_does_not_fire_before_an_event_by_a_clock_that_goes(self):
        self.rows.insert(5, [END_MS + 3, event("office", "f-2", "suggestion"), []])
        made = items(self.rows)
        journal = Journal(goes=True)
        for item in made[:5]:
            journal.take(item)
        self.found("did not fire before it\n  entry 6", journal.take, made[5])

    def test_a_deadline_that_does_not_fire_at_all(self):
        del self.rows[5:]
        self.rows.append([1100, own("stopped"), []])
        self.wrong_at_end("what was due did not fire")

    def test_a_deadline_that_was_forgotten_with_its_row(self):
        self.rows[4][2].append(removed(END_ROW))
        del self.rows[5]
        self.wrong_at_end("a deadline was missed")

    def test_a_deadline_that_is_over_by_itself(self):
        self.rows[4][2] += [removed(END_ROW), deadline("ended")]
        del self.rows[5]
        self.wrong_at_end("is over and never fired")

    def test_an_alert_that_is_raised_twice(self):
        self.rows.insert(3, self.rows[2])
        self.wrong("fired without being due")

    def test_an_alert_that_is_told_twice(self):
        self.rows[4][2] += [message("sealed", "office/1/2")]
        self.wrong("an alert is told by two messages")

    def test_a_row_that_is_still_there(self):
        self.rows[2][2][0:1] = []
        self.wrong("it fired and is still due")

    def test_a_row_that_was_not_there(self):
        self.rows[4][2].append(removed(ALERT_ROW))
        self.wrong("removed that is not there")


class Tasks(Checked):
    def test_a_task_that_is_lost(self):
        self.rows[4][1:] = [own("started"), []]
        self.wrong_at_end("tasks were not answered")

    def test_a_task_that_is_answered_twice(self):
        self.rows.insert(5, [600, delivered("d-2"), []])
        self.wrong("answered twice\n  entry 6: worker-notification/d-2")

    def test_a_task_that_was_never_given(self):
        self.rows[3][2].pop()
        self.wrong("answered that is not open")

    def test_a_task_that_is_given_out_again(self):
        self.rows[6][2].append(task())
        self.wrong("given out again")

    def test_a_task_that_fails(self):
        self.rows[3][2][-1] = task()
        self.rows[3][2][-1].task.failures = 1
        self.wrong("a task failed")
        self.rows = entries()
        self.rows[4][1] = event("worker-notification", "d-1", "message_failed", message=MESSAGE)
        self.rows[4][1].task = TASK
        self.wrong("a task failed")

    def test_a_message_that_is_not_delivered_or_twice(self):
        self.rows[3][2].pop()
        self.rows[4][1:] = [own("started"), []]
        self.wrong_at_end("a message was not delivered")
        self.rows = entries()
        self.rows[5:5] = [[600, own("started"), [task(), message("sealed")]]]
        self.rows[5][2][0].task.task = "second"
        again = delivered("d-2")
        again.task = "second"
        self.rows.insert(6, [600, again, []])
        self.wrong("delivered twice")

    def test_a_message_that_was_not_sealed(self):
        self.rows[3][2][1] = message("collecting")
        self.wrong("not sealed")


class Spool(Checked):
    def test_a_file_too_few_or_too_many(self):
        journal = self.journal()
        self.found("not in the spool\n  ..office.eml", spool_check, journal, {})
        self.found("not on record\n  ..x.eml", spool_check, journal, {"office.eml": MAIL, "x.eml": ""})

    def test_a_file_that_is_cut_or_of_another_message(self):
        journal = self.journal()
        for text in (MAIL[:-1], MAIL.replace(MESSAGE, "office/1/2"), ""):
            self.found("not whole", spool_check, journal, {"office.eml": text})


if __name__ == "__main__":
    unittest.main()
