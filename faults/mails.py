"""People who write mail, as a mail server sends it: again and again until it is taken."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from faults.boxes import Boxes
from faults.doors import Doors, HandOver, together
from faults.house import Ports
from faults.journal import Journal
from faults.letters import Letter, Letters
from faults.stream import Stream
from faults.traffic import Actor


class Correspondent(Actor):
    """Writes the next mail of the stream, and hands it over; ends when the stream does."""

    pause = 0.05

    def __init__(self, name: str, journal: Journal, seed: int, stream: Stream) -> None:
        super().__init__(name, journal, seed)
        self.stream = stream

    def equip(self, ports: Ports, boxes: Boxes | None, record: Path) -> Correspondent:
        """Give it the doors, and the record of what our installation has sent."""
        self.doors = Doors(ports, boxes, self.journal, self.random)
        self.letters = Letters(self.random, record, has_boxes=boxes is not None)
        return self

    def step(self) -> None:
        """Write one mail and hand it over; now and then twice, or at two doors at once."""
        for number in self.stream.take():
            letter = self.letters.write(f"mail-{number}")
            self.journal.keep(letter.sent)
            for ways in self.doors.route(letter):
                if not together([partial(self._settle, way, letter) for way in ways]):
                    self.journal.count("mails given up")
        if self.stream.is_over:
            self.stopping.set()

    def _settle(self, way: HandOver, letter: Letter) -> bool:
        return self.persist(lambda: way(letter))
