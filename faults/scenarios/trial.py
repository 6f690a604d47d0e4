"""What every scenario needs: a folder, mails that are sent, and a line to report."""

from __future__ import annotations

import shutil
import smtplib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.installation import wait_for
from faults.run import Line

SUPPORT = "support@answerable.example"
SENDER = "somebody@elsewhere.example"


@dataclass(slots=True)
class Trial:
    """One scenario as it goes."""

    rule: str
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(self.rule, 0, [], [])

    def need(self, is_so: bool, says: str) -> None:
        """Count a case; when it is not as it should be, that is a finding."""
        self.line.cases += 1
        if not is_so:
            self.line.findings.append(says)

    def note(self, says: str) -> None:
        """Tell something that is neither right nor wrong."""
        self.line.notes.append(says)


@contextmanager
def folder() -> Iterator[Path]:
    """Give a data folder that is removed afterwards."""
    path = Path(tempfile.mkdtemp(prefix="answerable-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def hand_over(port: int, name: str, size: int = 500) -> int:
    """Hand one mail over and return the door's code: 250, or why not; 0 when nobody spoke."""
    text = ("x" * 70 + "\n") * (size // 71 + 1)
    mail = f"Message-ID: <{name}@faults.example>\nSubject: {name}\n\nname:{name}:\n{text}"
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as wire:
            wire.sendmail(SENDER, [SUPPORT], mail)
    except smtplib.SMTPRecipientsRefused as error:
        return next(iter(error.recipients.values()))[0]
    except smtplib.SMTPResponseException as error:
        return error.smtp_code
    except (OSError, smtplib.SMTPException):
        return 0
    return 250


def until_taken(port: int, name: str, size: int = 500) -> float:
    """Hand a mail over as often as it takes, and return how many seconds it took."""
    return wait_for(f"{name} to be taken", lambda: hand_over(port, name, size) == 250)
