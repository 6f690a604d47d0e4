"""Lets a ticket wait for its customer by the rules of its plan, and says so when time is up."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.entitlements.core.silence import Silence
from answerable.lib import times
from answerable.sla.actions.pausing import stand_after
from answerable.sla.core.stands import WAITING
from answerable.sla.judging import is_critical, pinned_by
from answerable.sla.words import said
from answerable.tickets import actions as tickets
from answerable.tickets.core.silence import RESOLVE, Rules, rules_of
from answerable.tickets.events import Verb
from answerable.tickets.models import Silence as Stretch
from answerable.tickets.models import Ticket, TicketEvent

BEGINS = {Verb.DELIVERED, Verb.DISMISSED}
ENDS = {Verb.WROTE, Verb.HELD, Verb.RESOLVED, Verb.REOPENED, Verb.UNDELIVERED, Verb.MERGED}


def follow_silence(event: TicketEvent) -> None:
    """Begin to count when a reply has arrived and its ticket waits for its customer; stop when
    it waits no longer."""
    if event.verb in BEGINS:
        standing = stand_after(event)
        rules = _rules(event.ticket) if standing and standing[0].state == WAITING else None
        if rules:
            tickets.begin_silence(event.ticket, rules, at=event.at)
    elif event.verb in ENDS and event.ticket.state != Ticket.State.WAITING:
        tickets.end_silence(event.ticket, at=event.at)


def break_silences(*, at: datetime) -> int:
    """Remind, or resolve, whoever's time has come; return how many that were."""
    return tickets.break_silences(is_critical=_is_critical, words=_words, at=at)


def _rules(ticket: Ticket) -> Rules | None:
    pinned = pinned_by(ticket.pk)
    silence = pinned.terms.silence if pinned and pinned.terms else Silence()
    if silence.remind_after is None and silence.resolve_after is None:
        return None
    return Rules(
        remind_after=_seconds(silence.remind_after),
        reminders=silence.reminders,
        resolve_after=_seconds(silence.resolve_after),
        reminder=silence.reminder,
        notice=silence.notice,
    )


def _seconds(length: timedelta | None) -> float | None:
    return length.total_seconds() if length is not None else None


def _is_critical(ticket: Ticket) -> bool:
    pinned = pinned_by(ticket.pk)
    return is_critical(ticket, pinned.terms if pinned else None)


def _words(ticket: Ticket, rules: Rules, does: str) -> str:
    """Return what the customer is told, in the language of their ticket."""
    with translation.override(ticket.language):
        if does == RESOLVE:
            return said(rules.notice) or _(
                "We have not heard from you, so we marked this request as resolved. Answer to "
                "open it again."
            )
        if rules.reminder:
            return said(rules.reminder)
        words = _("Do you still need help with this? We wait for your answer.")
        return " ".join([words, *_by_when(ticket)])


def _by_when(ticket: Ticket) -> list[str]:
    """Return when the ticket is resolved by itself, where it is."""
    stretch = Stretch.objects.filter(ticket=ticket, ended_at=None).first()
    if stretch is None or _is_critical(ticket):
        return []
    length = rules_of(stretch.rules).resolve_after
    if length is None:
        return []
    zone = ZoneInfo(ticket.customer.zone if ticket.customer else settings.TIME_ZONE)
    ends = stretch.began_at + timedelta(seconds=length)
    words = _("If we hear nothing until {time}, we mark it as resolved.")
    return [words.format(time=times.in_full(ends, zone))]
