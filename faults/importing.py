"""Somebody who imports mail of the past while all goes on, again until an import ends well."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bench.installation import Installation
from faults.journal import Journal
from faults.letters import Letter, Letters
from faults.traffic import Actor

AT_ONCE = 25
CUT_OFF, LONGEST_LIFE = 0.5, 4.0
LONGEST = 120.0
TRIES = 40
FIRST_LINE = b"From somebody@elsewhere.example Mon Oct 20 10:00:00 2025\n"


class Importer(Actor):
    """Imports so many mails, some together and then some more, over so many seconds."""

    def __init__(self, journal: Journal, seed: int, mails: int, seconds: float) -> None:
        super().__init__("importer", journal, seed)
        self.mails, self.number = mails, 0
        self.pause = seconds * min(AT_ONCE / max(mails, 1), 1.0) / 2
        self.letters = Letters(self.random, Path(), has_boxes=False)

    def equip(self, installation: Installation) -> Importer:
        """Give it the installation whose command it calls."""
        self.installation = installation
        return self

    def step(self) -> None:
        """Import a file of mails; ended before it was done, it is begun again."""
        begin, self.number = self.number, min(self.number + AT_ONCE, self.mails)
        letters = [self.letters.request(f"past-{n}") for n in range(begin, self.number)]
        if letters:
            self._import(letters)
        if self.number == self.mails:
            self.stopping.set()

    def _import(self, letters: list[Letter]) -> None:
        file = self.installation.folder / f"{letters[0].sent.mark}.mbox"
        mails = [FIRST_LINE + letter.raw.replace(b"\r\n", b"\n") for letter in letters]
        file.write_bytes(b"\n".join(mails))
        for letter in letters:
            self.journal.keep(letter.sent)
            letter.sent.tries["import"] = 1  # What is there already is passed over.
        for _ in range(TRIES):
            if self._ends_well(file):
                for letter in letters:
                    letter.sent.accepted["import"] = 1
                return
            self.stopping.wait(0.5)
        self.journal.count("imports given up")

    def _ends_well(self, file: Path) -> bool:
        self.journal.count("imports begun")
        process = self.installation.start("mail", "import", str(file), name="import")
        is_cut = self.random.random() < CUT_OFF
        seconds = self.random.uniform(0.5, LONGEST_LIFE) if is_cut else LONGEST
        try:
            return process.running.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            self.journal.count("imports killed")
            return False
