"""The channels as cards: each with what it promises this person now, in the words of 5.4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.intake.offers import Line, Offers
from answerable.lib import times
from answerable.sla.words import aim_line, guaranteed


@dataclass(frozen=True, slots=True)
class Card:
    """A way to reach a person. `view` is where it leads; `kind` draws its sign.

    `more` is what business-critical is promised, where that is something else.
    """

    view: str
    icon: str
    name: str
    kind: str
    line: str
    more: str
    said: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose clock and zone the words are for."""

    at: datetime
    zone: tzinfo


def cards_of(offers: Offers, reading: Reading) -> list[Card]:
    """Return the cards of the channels that this person may use."""
    return [_email(offers, reading)]


def _email(offers: Offers, reading: Reading) -> Card:
    name, line = _("Email"), offers.standard
    more = _critical(offers.critical, reading) if offers.differ else ""
    return Card(
        view="email",
        icon="mail",
        name=name,
        kind=line.kind,
        line=words_of(line, reading, counts=True),
        more=more,
        said=f"{name}. {words_of(line, reading, counts=False).rstrip('.')}.",
    )


def back_at(offers: Offers, reading: Reading) -> str:
    """Return when specialists are back, where nobody is there to start the clock; else ""."""
    starts = offers.standard.starts_at
    if not (offers.standard.waits and starts):
        return ""
    return _("Specialists are back {moment} ({city}).").format(
        moment=times.customer_moment(starts, reading.at, reading.zone),
        city=times.city(reading.zone),
    )


def words_of(line: Line, reading: Reading, *, counts: bool) -> str:
    """Return one promise in words; `counts`: with how long it still is, where that is soon."""
    if line.kind == "aim" and line.due_at:
        return aim_line(line.due_at, reading.at, reading.zone)
    if line.kind == "guarantee" and line.within:
        return _(
            "Guaranteed reply within {within}, counted from when we set the severity."
        ).format(within=line.within)
    if line.kind == "guarantee" and line.due_at:
        return _guaranteed(line, line.due_at, reading, counts=counts)
    return _("We reply as soon as we can. This is not a guarantee.")


def _guaranteed(line: Line, due: datetime, reading: Reading, *, counts: bool) -> str:
    if line.waits and line.starts_at:
        return _("Our clock starts {start}. Guaranteed reply by {due}.").format(
            start=times.customer_moment(line.starts_at, reading.at, reading.zone),
            due=times.customer_moment(due, reading.at, reading.zone),
        )
    say = times.customer_due if counts else times.customer_by
    return guaranteed(say(due, reading.at, reading.zone))


def _critical(line: Line, reading: Reading) -> str:
    if line.kind != "guarantee" or not line.due_at:
        return ""
    time = times.customer_by(line.due_at, reading.at, reading.zone)
    return _("Business-critical: {by}").format(by=time)
