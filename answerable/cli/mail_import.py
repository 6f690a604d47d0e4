"""`answerable mail import`: mails of the past become history, a batch at a time.

It may be killed and run again: what is in the ledger already is passed over by what it says.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import Count
from django.utils.timezone import now

from answerable.channels.email import ours
from answerable.channels.email.actions import Arrival, drain, store_mail
from answerable.channels.email.core.envelope import envelope_of
from answerable.channels.email.models import InboundMail
from answerable.channels.email.past import Found, NoMails, mails_in
from answerable.channels.email.queries import known_among
from answerable.cli.progress import Progress
from answerable.cli.say import say
from answerable.cli.wrong import Wrong

AT_ONCE = 50
TOGETHER_BYTES = 4 * 1024 * 1024
AGAIN_SECONDS = 0.2
MEGABYTE = 1024 * 1024
TOO_LARGE = "It is longer than {limit} MB. Its text stayed in its file."

State = InboundMail.State


def run(options: argparse.Namespace) -> int:
    """Import all mails of these places, and say what became of them."""
    try:
        mails = mails_in(Path(place) for place in options.places)
    except NoMails as error:
        raise Wrong(str(error)) from error
    except OSError as error:
        raise Wrong(f"Cannot read {error.filename}: {error.strerror}.") from error
    numbers = _store(mails)
    _read(numbers)
    _tell(len(mails), numbers)
    return 0


def _store(mails: Sequence[Found]) -> list[int]:
    """Store what is not in the ledger, and return the numbers that it has there."""
    progress, done = Progress("Storing", len(mails)), 0
    numbers: list[int] = []
    for batch in _batches(mails):
        known = known_among(ours.mailbox(), [arrival.digest for arrival in batch])
        fresh = [arrival for arrival in batch if arrival.digest not in known]
        numbers += store_mail(fresh) if fresh else []
        for arrival in batch:
            arrival.close()
        done += len(batch)
        progress.is_at(done)
    progress.end()
    return numbers


def _batches(mails: Sequence[Found]) -> Iterator[list[Arrival]]:
    batch: list[Arrival] = []
    for mail in mails:
        batch.append(_arrival(mail))
        if len(batch) >= AT_ONCE or sum(one.size for one in batch) >= TOGETHER_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def _arrival(mail: Found) -> Arrival:
    """Return a mail with its own date, by which it stands in its ticket."""
    spool, limit = mail.spool(), settings.ANSWERABLE_MAIL_MAX_MB
    envelope = envelope_of(spool.head())
    return Arrival(
        raw=spool,
        door=InboundMail.Door.IMPORT,
        envelope_from=envelope.sender,
        envelope_to=envelope.recipients or (ours.mailbox(),),
        peer=mail.file.name,
        at=min(mail.at, now()),
        refused=TOO_LARGE.format(limit=limit) if spool.size > limit * MEGABYTE else "",
    )


def _read(numbers: Sequence[int]) -> None:
    """Read what was stored. A worker that runs helps."""
    progress = Progress("Reading", len(numbers))
    waiting = InboundMail.objects.unhandled().imported()
    left = waiting.count()
    while left:
        progress.is_at(max(len(numbers) - left, 0))
        if not drain(clock=now):
            time.sleep(AGAIN_SECONDS)
        left = waiting.count()
    progress.is_at(len(numbers))
    progress.end()


def _tell(found: int, numbers: Sequence[int]) -> None:
    states: Counter[str] = Counter()
    for begin in range(0, len(numbers), 1000):
        mails = InboundMail.objects.filter(pk__in=numbers[begin : begin + 1000])
        states += Counter(dict(mails.values_list("state").annotate(count=Count("pk"))))
    say(f"{found} mails found, {found - len(numbers)} of them were in the ledger already.")
    say(
        f"{states[State.ACCEPTED]} kept as history, {states[State.DUPLICATE]} duplicates, "
        f"{states[State.REFUSED]} refused, {states[State.REVIEW]} parked. "
        "See them with: answerable mail ledger"
    )
