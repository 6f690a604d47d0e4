"""Lets deliveries go out, several at once, and writes down what came of each.

A delivery is held by a commit before anybody is spoken to. Whoever dies meanwhile leaves it to
the next one a minute later: it may then go out twice, under the same key, never not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from answerable.lib.sealing import Sealed, seal, unseal
from answerable.notices import push
from answerable.notices.actions.receiving import send_test
from answerable.notices.actions.texting import stop_texts
from answerable.notices.core.trying import MOST_FAILURES, Came, next_try
from answerable.notices.going_out import Go, ready
from answerable.notices.models import Delivery, PushSubscription, Receiver, VapidKey
from answerable.notices.outcomes import Outcome

log = logging.getLogger(__name__)

State = Delivery.State
HELD_FOR = timedelta(seconds=60)
AT_ONCE = 24
HANDS = 8
WITH = (
    "notice__agent",
    "notice__ticket__customer",
    "notice__event__agent",
    "notice__event__contact",
    "notice__holder",
    "notice__offer",
    "subscription",
    "tiding__contact",
    "tiding__ticket",
    "tiding__event__agent",
    "receiver",
    "ticket__customer",
    "event",
    "agent",
)


def deliver(*, urgent: bool, clock: Callable[[], datetime]) -> int:
    """Send what is due, what is urgent or what is not, and return how many were tried."""
    at = clock()
    rows = _held(at, urgent=urgent)
    if not rows:
        return 0
    going = [_ready(row, at) for row in rows]
    with ThreadPoolExecutor(min(HANDS, len(rows))) as hands:
        outcomes = list(hands.map(_gone, going))
    for row, outcome in zip(rows, outcomes, strict=True):
        note(row, outcome, at=clock())
    return len(rows)


def _ready(row: Delivery, at: datetime) -> Go:
    """Return what sends a delivery. One that cannot be made ready stops none of the others."""
    try:
        return ready(row, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Delivery %s could not be made ready.", row.pk)
        return partial(Outcome, Came.FAILED, "stumbled")


def _gone(go: Go) -> Outcome:
    try:
        return go()
    except Exception:
        log.exception("A delivery stumbled.")
        return Outcome(Came.AGAIN, "stumbled")


@transaction.atomic
def _held(at: datetime, *, urgent: bool) -> Sequence[Delivery]:
    due = Delivery.objects.filter(
        is_urgent=urgent, next_at__lte=at, state=State.WAITING
    ).order_by("next_at", "pk")
    held = due.select_for_update(of=("self",), skip_locked=True)
    rows = list(held.select_related(*WITH)[:AT_ONCE])
    for row in rows:
        row.tries += 1
        row.next_at = at + HELD_FOR
    Delivery.objects.bulk_update(rows, ["tries", "next_at"])
    return rows


@transaction.atomic
def note(row: Delivery, outcome: Outcome, *, at: datetime) -> None:
    """Write down what a try came to: done, to be tried again, or over."""
    wait = next_try(row.tries, is_urgent=row.is_urgent) if outcome.came == Came.AGAIN else None
    waits = Delivery.objects.filter(pk=row.pk, state=State.WAITING)
    if wait:
        waits.update(next_at=at + wait, answer=outcome.answer)
        return
    state = State.DELIVERED if outcome.came == Came.DELIVERED else State.FAILED
    if outcome.rings:
        waits.update(state=State.RINGING, next_at=None, answer=outcome.answer)
        return
    waits.update(state=state, next_at=None, ended_at=at, answer=outcome.answer)
    if outcome.came == Came.GONE and row.subscription_id:
        PushSubscription.objects.filter(pk=row.subscription_id).delete()
    if outcome.came == Came.GONE and row.phone:
        stop_texts(row.phone, at=at)
    if row.receiver_id:
        _count(row.receiver_id, outcome, at)


def _count(number: int, outcome: Outcome, at: datetime) -> None:
    """Count what failed one after the other; a receiver that failed too often is switched off,
    and says why."""
    receiver = Receiver.objects.select_for_update().get(pk=number)
    if outcome.came == Came.DELIVERED:
        receiver.failures = 0
    elif outcome.answer != "off":
        receiver.failures += 1
    if receiver.failures >= MOST_FAILURES and receiver.off_at is None:
        receiver.off_at, receiver.off_why = at, outcome.answer or "off"
    receiver.save(update_fields=["failures", "off_at", "off_why"])


def try_receiver(
    receiver: Receiver, *, at: datetime, clock: Callable[[], datetime]
) -> Delivery:
    """Send a test to a receiver now, and return its delivery with what was answered. Not in a
    transaction: the other side may take its time."""
    made = send_test(receiver, at=at)
    rows = Delivery.objects.filter(pk=made.pk, tries=0)
    if rows.update(tries=1, next_at=at + HELD_FOR):
        row = Delivery.objects.select_related(*WITH).get(pk=made.pk)
        note(row, _gone(_ready(row, at)), at=clock())
    made.refresh_from_db()
    return made


@transaction.atomic
def answer_phone(key: str, *, at: datetime) -> Delivery | None:
    """Note that somebody answered a call about a notice, and return it, or None."""
    rows = Delivery.objects.filter(key=key, way="phone")
    rows.filter(state=State.RINGING).update(state=State.DELIVERED, ended_at=at)
    return rows.select_related(*WITH).first()


@transaction.atomic
def end_phone(key: str, *, at: datetime) -> None:
    """Note that a call about a notice ended, and nobody had answered it."""
    ringing = Delivery.objects.filter(key=key, way="phone", state=State.RINGING)
    ringing.update(state=State.FAILED, ended_at=at, answer="no_answer")


@transaction.atomic
def keep_key(*, at: datetime) -> VapidKey:
    """Return the key by which push services know us; it is made at the first start.

    One that was sealed with a secret key which nobody has any more is made anew, and browsers
    subscribe anew: those that know the old key take nothing by another.
    """
    known = VapidKey.objects.select_for_update().first()
    if known and _opens(known):
        return known
    if known:
        PushSubscription.objects.all().delete()
        known.delete()
    private, public = push.new_key()
    made, _was_made = VapidKey.objects.get_or_create(
        pk=1, defaults={"private": seal(private), "public": public, "made_at": at}
    )
    return made


def _opens(key: VapidKey) -> bool:
    try:
        unseal(key.private)
    except Sealed:
        return False
    return True
