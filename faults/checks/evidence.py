"""What the checks compare with the database: the journal, the sink's record, what was heard."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from faults.boxes import Seen
from faults.journal import Journal


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail that the outgoing server kept. Whether it could say so is another matter."""

    at: float
    message_id: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the outgoing server wrote down: each mail it kept, and how often it said 250."""

    kept: Sequence[Kept]
    said: Counter[str]  # by Message-ID


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that the live stream said, at a time of this machine in seconds."""

    at: float
    topic: str  # empty: fetch everything anew
    number: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that was seen from outside, and when it was over."""

    journal: Journal
    record: Record
    boxes: Sequence[Seen]
    heard: Sequence[Heard]
    topics: Sequence[str]
    began: datetime
    ended: datetime
    taken: Counter[str] = field(default_factory=Counter)  # webhooks that were taken, by key


@dataclass(slots=True)
class Checked:
    """One rule: how many cases of it there were, what broke it, and what else is to be told."""

    rule: str
    cases: int = 0
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def find(self, wrong: bool, says: str) -> None:
        """Note a finding when something is wrong."""
        if wrong:
            self.findings.append(says)


def read_record(file: Path) -> Record:
    """Return what the outgoing server wrote down; a line that its death cut off is none."""
    lines = file.read_text().splitlines() if file.exists() else []
    rows = [json.loads(line) for line in lines if line.endswith("}")]
    kept = [
        Kept(row["at"], row["id"].strip("<>"), row["to"][0], row["subject"], row["text"])
        for row in rows
        if "id" in row
    ]
    return Record(kept, Counter(row["said"].strip("<>") for row in rows if "said" in row))
