"""test_query_roles - every query by every role over CURVE: allowed or refused exactly as the table says.

One office holds the year up to the first independent sheets: two of three are in about CASE. The
table below is written from "Who may do what" of the design, not from rules/queries.c. A query that
the contract has and the table has not fails the test, so whoever adds one says here who may ask it.
"""
import re
import time
import unittest

import wire
from rig import PATIENCE, YEAR, Office

FIRST_SHEETS = 181  # lines: two of team 2018-1 have handed in their sheets about CASE
CASE = "2018/91500109622018352Y/1"      # of ent-jinyue, district 500109, reviewers 01 to 03
OTHERS = "2018/915001127094221048/1"    # of ent-jianglan, district 500112, reviewers 04 to 06
OWNER, OWNERS_OTHER = "91500109622018352Y", "915001127094221048"

# By role: who asks within his scope about CASE, and who asks out of it.
INSIDE = ("office", "supervision", "review-committee", "selection-committee", "government", "bureau")
IN_SCOPE = ("ent-jinyue", "bureau-500109", "reviewer-01", "reviewer-03")
OUT_OF_SCOPE = ("ent-jianglan", "bureau-500101", "reviewer-04")
WORKERS = ("worker-scoring", "worker-notification", "worker-revocation")
DRAWING = ("office", "supervision", "review-committee")
PARTIES = INSIDE + IN_SCOPE + OUT_OF_SCOPE
PEOPLE = PARTIES + ("admin",)
EVERYBODY = PEOPLE + ("public",) + WORKERS

# query: what it is asked with, who may ask it, and to whom of those it is refused for its subject.
TABLE = {
    "status": ({}, EVERYBODY, ()),
    "cycles": ({}, PEOPLE + ("public",), ()),
    "cases": ({}, PARTIES, ()),
    "case": ({"case": CASE}, PARTIES, OUT_OF_SCOPE),
    "enterprise": ({"enterprise": OWNER}, PARTIES, OUT_OF_SCOPE),
    "ranking": ({"cycle": "2018"}, INSIDE, INSIDE),  # there is none yet
    "deadlines": ({}, PARTIES, ()),
    "alerts": ({}, PEOPLE, ()),
    "messages": ({}, PEOPLE, ()),
    "tasks": ({}, ("office", "supervision", "admin"), ()),
    "entries": ({"from": 1, "most": 1}, PEOPLE, ()),
    "trace": ({"id": "1"}, PEOPLE, ()),
    "principals": ({}, PEOPLE, ()),
    "period": ({"length": 5}, PEOPLE, ()),
    "why": ({"deadline": "2018:closing:1"}, PARTIES, ()),
    "readings": ({"cycle": "2018"}, ("office", "supervision"), ()),
    "today": ({}, PEOPLE, ()),
    "stuck": ({}, PEOPLE, ()),
    "register": ({}, PEOPLE + ("public",), ()),
    "report": ({"case": CASE}, PEOPLE, OUT_OF_SCOPE + ("admin",)),
    "complaints": ({}, INSIDE, ()),
    "rulebook": ({}, PEOPLE + ("public",), ()),
    "check": ({}, ("office", "supervision", "admin"), ()),
    "roster": ({}, PEOPLE, ()),
    "policy": ({}, ("office", "supervision", "admin"), ()),
    "config": ({}, ("office", "supervision", "admin"), ()),
    "health": ({}, ("office", "supervision", "admin"), ()),
    "draw": ({"cycle": "2018", "seed": "1", "teams": 4}, DRAWING, DRAWING),  # all have teams
}
# Code and article of what is refused for its subject, where it is not out of scope.
OTHERWISE = {"ranking": ("no_such_ranking", "order"), "draw": ("nothing_to_draw", "8")}


def setUpModule():
    global office
    office = Office()
    unittest.addModuleCleanup(office.close)
    office.start()
    file = office.home / "beginning.jsonl"
    file.write_bytes(b"".join(YEAR.read_bytes().splitlines(keepends=True)[:FIRST_SHEETS]))
    office.push(file, "--settle")
    office.stop("award-scoring", "award-notification", "award-revocation")


def ask(principal, query, fields):
    """The reply to one query, by the socket that is the principal's."""
    message = wire.MODULES["query"].Query()
    body = getattr(message, query)
    body.SetInParent()
    for name, value in fields.items():
        setattr(body, name, value)
    if query == "period":
        getattr(body, "from").number = 17000
    if principal not in WORKERS:
        return office.wire(principal).request(query=message)
    with office.connect(principal, "workers") as connection:
        return connection.request(query=message)


def error_of(envelope):
    """Code and article of a refusal, None where there is an answer."""
    if envelope.WhichOneof("body") == "error":
        return (envelope.error.code, envelope.error.article)
    reply = envelope.reply
    if reply.HasField("error"):
        assert reply.error.zh and reply.error.en, reply
        assert reply.WhichOneof("body") is None, "an answer beside a refusal"
        return (reply.error.code, reply.error.article)
    return None


class Matrix(unittest.TestCase):
    def test_every_query_of_the_contract_is_in_the_table(self):
        queries = {field.name for field in wire.MODULES["query"].Query.DESCRIPTOR.fields}
        self.assertEqual(queries - set(TABLE), set(), "who may ask these? Say it in TABLE")

    def test_each_role_is_asked_for(self):
        roles = wire.MODULES["value"].Role.DESCRIPTOR.enum_types[0].values
        self.assertEqual(len(roles) - 1, 14)  # the coordinator asks nothing
        self.assertEqual(len(INSIDE) + len(WORKERS) + 5, 14)

    def test_every_query_is_answered_to_those_who_may_ask_and_to_nobody_else(self):
        for query, (fields, may, refused) in TABLE.items():
            for principal in EVERYBODY:
                with self.subTest(query=query, principal=principal):
                    error = error_of(ask(principal, query, fields))
                    if principal not in may:
                        self.assertEqual(error, ("not_authorised", "authority"))
                    elif principal in refused:
                        self.assertEqual(error, OTHERWISE.get(query, ("out_of_scope", "authority")))
                    else:
                        self.assertIsNone(error)

    def test_who_asks_without_right_is_in_the_log(self):
        """Of such lines there are so many a second, and the other tests cause them, too."""
        until = time.monotonic() + PATIENCE
        while not re.search("not authorised.* query=tasks principal=ent-jinyue", office.log()):
            self.assertLess(time.monotonic(), until)
            ask("ent-jinyue", "tasks", {})


# Who sees which of the two cases in the list, and which sheets of CASE while one is still out.
class Scope(unittest.TestCase):
    def names(self, principal):
        rows = office.ask("cases", principal).get("rows", [])
        return {row["case"]["case"] for row in rows}

    def test_a_list_of_cases_holds_those_of_the_viewers_scope_alone(self):
        every = self.names("office")
        self.assertLessEqual({CASE, OTHERS}, every)
        for principal in INSIDE:
            self.assertEqual(self.names(principal), every, principal)
        for principal in ("ent-jinyue", "reviewer-01", "reviewer-03", "bureau-500109"):
            self.assertIn(CASE, self.names(principal), principal)
            self.assertNotIn(OTHERS, self.names(principal), principal)
        for principal in ("ent-jianglan", "reviewer-04"):
            self.assertIn(OTHERS, self.names(principal), principal)
            self.assertNotIn(CASE, self.names(principal), principal)
        self.assertEqual(self.names("ent-jinyue"), {CASE})
        self.assertNotIn(CASE, self.names("bureau-500101"))

    def test_sheets_are_unseen_before_all_are_in(self):
        seen = {"supervision": ["reviewer-01", "reviewer-02"], "reviewer-01": ["reviewer-01"]}
        for principal in INSIDE + IN_SCOPE:
            with self.subTest(principal):
                view = office.ask("case", principal, case=CASE)
                self.assertEqual([sheet["person"] for sheet in view.get("sheets", [])],
                                 seen.get(principal, []))

    def test_messages_and_alerts_are_ones_own(self):
        for principal in PEOPLE:
            for query, rows in (("messages", "messages"), ("alerts", "alerts")):
                if principal in ("office", "supervision"):
                    continue
                with self.subTest(query=query, principal=principal):
                    found = office.ask(query, principal).get(rows, [])
                    self.assertEqual({row["recipient"] for row in found} - {principal}, set())

    def test_principals_are_seen_by_those_who_keep_or_watch_them(self):
        for principal in PEOPLE:
            rows = office.ask("principals", principal).get("rows", [])
            names = {row["principal"]["name"] for row in rows}
            with self.subTest(principal):
                if principal in ("office", "supervision", "admin"):
                    self.assertLess(50, len(names))
                else:
                    self.assertEqual(names, {principal})

    def test_an_enterprise_is_seen_by_its_own_and_by_its_district(self):
        for principal, own in (("ent-jianglan", True), ("bureau-500112", True),
                               ("reviewer-04", True), ("ent-jinyue", False),
                               ("bureau-500109", False), ("reviewer-01", False)):
            with self.subTest(principal):
                error = error_of(ask(principal, "enterprise", {"enterprise": OWNERS_OTHER}))
                self.assertEqual(error is None, own, error)


if __name__ == "__main__":
    unittest.main()
