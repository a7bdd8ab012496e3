"""findings - load from a thread of its own: findings of the supervision committee, BATCH in a message"""
import threading

import wire

LOADERS = 4
BATCH = 8


class Loader(threading.Thread):
    """Keeps every answer by the id of its event. What it sends when, and until when, is `run`."""
    text = "记" * 1000

    def __init__(self, office, number):
        super().__init__(daemon=True)
        self.connection = office.connect("supervision")
        self.number = number
        self.answers = {}

    def message(self, batch):
        message = wire.MODULES["envelope"].EventBatch()
        for each in range(BATCH):
            event = message.events.add(id=f"load-{self.number}-{batch}-{each}")
            event.supervision_finding.concerns = "2018"
            event.supervision_finding.text = self.text
        return message
