"""What an agent reads before tickets are merged: which others there are, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.sla.actions.trying_out import Fate
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock
from answerable.sla.words import metric_word
from answerable.tickets.models import Merge, Ticket

MOST = 8


def candidates(ticket: Ticket) -> list[Ticket]:
    """Return other tickets of the customer that are not over, the latest first."""
    if ticket.customer_id is None:
        return []
    others = Ticket.objects.unresolved().filter(customer=ticket.customer_id)
    return list(others.exclude(pk=ticket.pk).order_by("-last_at")[:MOST])


def merged_here(ticket: Ticket) -> list[Merge]:
    """Return the merges into a ticket that can be parted, the latest first."""
    merges = Merge.objects.filter(kept=ticket, undone_at=None)
    return list(merges.select_related("agent").order_by("-pk"))


def fate_words(fates: Sequence[Fate], at: datetime, zone: tzinfo) -> list[str]:
    """Return what becomes of each promise, a sentence each."""
    return [_fate_words(fate, at, zone) for fate in fates]


def begun_words(begun: Sequence[Clock], at: datetime, zone: tzinfo) -> list[str]:
    """Return what is promised anew, a sentence each."""
    return [
        (
            _("{metric}: guaranteed by {time}, from now on")
            if clock.kind == Clock.Kind.GUARANTEE
            else _("{metric}: aimed for by {time}, from now on")
        ).format(
            metric=capfirst(metric_word(clock.metric)),
            time=times.moment(clock.due_at, at, zone),
        )
        for clock in begun
    ]


def _fate_words(fate: Fate, at: datetime, zone: tzinfo) -> str:
    facts = {
        "number": fate.ticket,
        "metric": capfirst(metric_word(fate.metric)),
        "time": times.moment(fate.due_at, at, zone),
        "after": times.moment(fate.after, at, zone),
    }
    if fate.outcome == Outcome.SUPERSEDED:
        words = _("{metric} of #{number}, due {time}: kept by the other ticket from now on")
    elif fate.ends:
        words = _("{metric} of #{number}, due {time}: ends")
    elif fate.moves:
        words = _("{metric} of #{number}: due {after} instead of {time}")
    else:
        words = _("{metric} of #{number}, due {time}: as before")
    return words.format(**facts)
