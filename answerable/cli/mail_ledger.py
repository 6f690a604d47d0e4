"""`answerable mail ledger` and `replay`: what became of each mail, and reading it again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from django.utils.timezone import get_current_timezone, localtime, now

from answerable.channels.email.actions import deciding
from answerable.channels.email.ledger import REPLAYABLE, Sought, found, listed, sought
from answerable.channels.email.ledger_words import reason_of
from answerable.channels.email.models import InboundMail
from answerable.cli.columns import columns
from answerable.cli.say import say
from answerable.cli.wrong import Wrong

A_PAGE = 200
LONGEST = 60


def ledger(options: argparse.Namespace) -> int:
    """Print lines of the ledger."""
    asked = _asked(options)
    rows = list(_rows(asked, max(options.most, 1)))
    for line in columns(rows) if rows else ["No mail matches."]:
        say(line)
    return 0


def replay(options: argparse.Namespace) -> int:
    """Have mails read once more; 1 when some of those named cannot be."""
    if not options.numbers and not options.state:
        raise Wrong("Name mails by their numbers, or all of a state: --state review")
    if options.numbers:
        count = deciding.read_again(options.numbers, agent=None, at=now())
        say(f"{count} of {len(options.numbers)} mails are read again.")
        return 0 if count == len(options.numbers) else 1
    asked = Sought(state=options.state)
    total = found(asked).filter(state__in=REPLAYABLE).count()
    begun = deciding.begin_replay(asked, agent=None, total=total, at=now())
    while deciding.go_on_with_replay(begun.pk, at=now()):
        pass
    say(f"{total} mails are read again.")
    return 0


def _asked(options: argparse.Namespace) -> Sought:
    said = {
        "q": " ".join(options.words),
        "state": options.state,
        "since": options.since,
        "until": options.until,
    }
    asked = sought(said)
    for name in ("since", "until"):
        if said[name] and getattr(asked, name) is None:
            raise Wrong(f"--{name} must be a day like 2025-10-20. It is {said[name]!r}.")
    return asked


def _rows(asked: Sought, most: int) -> Iterator[tuple[str, ...]]:
    before: int | None = None
    while most:
        page = listed(asked, get_current_timezone(), before=before, size=min(A_PAGE, most))
        yield from (_row(mail) for mail in page.mails)
        most -= len(page.mails)
        before = page.older
        if not before:
            return


def _row(mail: InboundMail) -> tuple[str, ...]:
    return (
        str(mail.pk),
        f"{localtime(mail.received_at):%Y-%m-%d %H:%M}",
        mail.state,
        (mail.sender or mail.envelope_from)[:LONGEST],
        mail.subject[:LONGEST],
        reason_of(mail),
    )
