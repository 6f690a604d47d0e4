"""Decides on mails by hand: accepted as a ticket or into one, refused, or read once more.

What had been decided before stays on record (`Verdict`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.channels.email import raws
from answerable.channels.email.actions.attaching import keep_parts
from answerable.channels.email.actions.handling import (
    add_to,
    asked_of,
    opened_by,
    opened_words,
    place_on,
)
from answerable.channels.email.actions.opening import open_all
from answerable.channels.email.actions.proving import read_proofs
from answerable.channels.email.actions.settling import note, settle, write
from answerable.channels.email.actions.waking import DRAIN, defer_replay, wake
from answerable.channels.email.core.whose import Doubt, Place
from answerable.channels.email.ledger import OPEN_TO_DECISION, REPLAYABLE, Sought, found, sought
from answerable.channels.email.models import InboundMail, Replay, Verdict
from answerable.channels.email.queries import Arrived, arrived
from answerable.channels.email.readers import readers
from answerable.tickets.models import Ticket

State = InboundMail.State
AT_ONCE = 500
NEWEST = 2**63 - 1


class Settled(Exception):
    """Somebody else has decided on the mail meanwhile, or it is not open to this."""


class AcceptedBefore(Exception):
    """The same mail was accepted already."""


@transaction.atomic
def accept_as_ticket(mail: InboundMail, *, agent: Agent, at: datetime) -> InboundMail:
    """Open a ticket with a mail, as its sender's, from the instant at which it came.

    Raises Settled, or AcceptedBefore.
    """
    each = _held(mail, agent, at)
    wanted = opened_by(each, place_on(None, each), is_known=True)
    (message,) = open_all([wanted], at=at)
    settle(each.mail, State.ACCEPTED, opened_words(wanted, message), message)
    keep_parts([(each.mail.message, each.reading.mail)], at=at)
    return _written(each.mail, agent, at)


@transaction.atomic
def accept_into(
    mail: InboundMail, ticket: Ticket, *, agent: Agent, at: datetime
) -> InboundMail:
    """Add a mail to a ticket; who is not known to be its customer stays unverified.

    Raises Settled, or AcceptedBefore.
    """
    each = _held(mail, agent, at)
    place = place_on(ticket, each)
    if not place.joins:
        place = Place(joins=True, doubt=place.doubt or Doubt.STRANGER)
    add_to(ticket, each, place)
    keep_parts([(each.mail.message, each.reading.mail)], at=at)
    return _written(each.mail, agent, at)


@transaction.atomic
def refuse(mail: InboundMail, *, agent: Agent, reason: str, at: datetime) -> InboundMail:
    """Refuse a parked mail: nothing follows from it. Raises Settled."""
    each = _held(mail, agent, at)
    settle(each.mail, State.REFUSED, reason)
    return _written(each.mail, agent, at)


@transaction.atomic
def read_again(
    numbers: Sequence[int], *, agent: Agent | None, at: datetime, replay: Replay | None = None
) -> int:
    """Have mails read once more by the rules of today, and return how many there are.

    Those that were accepted meanwhile, or wait already, are left as they are.
    """
    mails = InboundMail.objects.filter(pk__in=numbers, state__in=REPLAYABLE).defer("raw")
    held = list(mails.select_for_update(of=("self",), no_key=True).order_by("pk"))
    Verdict.objects.bulk_create(_verdict(mail, agent, at, replay) for mail in held)
    InboundMail.objects.filter(pk__in=[mail.pk for mail in held]).update(
        state=State.STORED, reason="", attempts=0, handled_at=None, decided_by=None
    )
    if held:
        wake(DRAIN)
    return len(held)


@transaction.atomic
def begin_replay(asked: Sought, *, agent: Agent | None, total: int, at: datetime) -> Replay:
    """Have all mails that are looked for read once more, some hundreds at a time."""
    replay = Replay.objects.create(
        asked_by=agent, asked_at=at, query=asked.values(), total=total, below=NEWEST
    )
    transaction.on_commit(lambda: defer_replay(replay.pk), robust=True)
    return replay


@transaction.atomic
def go_on_with_replay(number: int, *, at: datetime) -> bool:
    """Take up the next mails of a replay, and return whether there may be more."""
    replay = Replay.objects.select_for_update(no_key=True).get(pk=number)
    if replay.done_at:
        return False
    mails = found(sought(replay.query)).filter(pk__lt=replay.below, state__in=REPLAYABLE)
    numbers = list(mails.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
    if numbers:
        read_again(numbers, agent=replay.asked_by, at=at, replay=replay)
        replay.below = numbers[-1]
    else:
        replay.done_at = at
    replay.save(update_fields=["below", "done_at"])
    return bool(numbers)


def _held(mail: InboundMail, agent: Agent, at: datetime) -> Arrived:
    """Hold a mail that is open to a decision, keep what was decided before, and read it."""
    mails = InboundMail.objects.filter(pk=mail.pk, state__in=OPEN_TO_DECISION)
    held = mails.select_for_update(of=("self",), no_key=True).defer("raw").first()
    if held is None:
        raise Settled
    raws.fill([held])
    _verdict(held, agent, at, None).save()
    reading = readers.read([asked_of(held)])[0]
    read_proofs([held])
    note(held, reading.mail)
    return arrived([(held, reading)])[0]


def _written(mail: InboundMail, agent: Agent, at: datetime) -> InboundMail:
    mail.decided_by = agent
    try:
        with transaction.atomic():
            write([mail], at=at)
    except IntegrityError as error:
        raise AcceptedBefore from error
    return mail


def _verdict(
    mail: InboundMail, agent: Agent | None, at: datetime, replay: Replay | None
) -> Verdict:
    return Verdict(
        mail=mail,
        state=mail.state,
        reason=mail.reason,
        decided_by_id=mail.decided_by_id,
        decided_at=mail.handled_at,
        undone_by=agent,
        undone_at=at,
        replay=replay,
    )
