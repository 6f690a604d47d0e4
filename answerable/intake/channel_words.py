"""The sentences of the ways to reach us, exactly as ux.md 5.3 and 5.4 have them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.entitlements.core.plan import Channel, Kind, Terms
from answerable.intake.offers import Line
from answerable.lib import times
from answerable.lib.waits import rounded_up
from answerable.sla.calendars import calendar_of
from answerable.sla.core.hours import NeverOpen
from answerable.sla.words import (
    aim_line,
    guarantee_line,
    guaranteed,
    length_words,
    with_offset,
)


def said(name: str, line: str) -> str:
    """Return the name of a card for ears: “Email. Guaranteed reply by 15:10 today.”"""
    return f"{name}. {line}" if line.endswith(".") else f"{name}. {line}."


def reply(line: Line, at: datetime, zone: tzinfo, *, counts: bool = True) -> str:
    """Return what is promised of a reply in writing; with the time left, if that `counts`."""
    if line.kind == Kind.GUARANTEE:
        return _guarantee(line, at, zone, counts)
    if line.kind == Kind.AIM and line.within:
        return _(
            "We aim to reply within {within}, counted from when we set the severity. "
            "This is not a guarantee."
        ).format(within=line.within)
    if line.kind == Kind.AIM and line.due_at:
        return aim_line(line.due_at, at, zone)
    return _("We reply as soon as we can. This is not a guarantee.")


def _guarantee(line: Line, at: datetime, zone: tzinfo, counts: bool) -> str:
    if line.within or line.due_at is None:
        return _(
            "Guaranteed reply within {within}, counted from when we set the severity."
        ).format(within=line.within)
    if line.waits and line.starts_at:
        return _("Our clock starts {start}. Guaranteed reply by {due}.").format(
            start=times.customer_moment(line.starts_at, at, zone),
            due=times.customer_moment(line.due_at, at, zone),
        )
    if counts:
        return guarantee_line(line.due_at, at, zone)
    return guaranteed(with_offset(times.customer_by(line.due_at, at, zone), line.due_at, zone))


def critical(line: Line, at: datetime, zone: tzinfo) -> str:
    """Return “Business-critical: by 14:40 today”."""
    if line.within or line.due_at is None:
        return _("Business-critical: within {within}").format(within=line.within)
    return _("Business-critical: {by}").format(by=times.customer_by(line.due_at, at, zone))


def specialists_back(opens_at: datetime, at: datetime, zone: tzinfo) -> str:
    """Return “Specialists are back Mon 08:00 (Berlin).”"""
    return _("Specialists are back {time} ({city}).").format(
        time=times.customer_moment(opens_at, at, zone), city=times.city(zone)
    )


def day_and_night(within: timedelta) -> str:
    """Return “Business-critical: guaranteed reply within 30 minutes, day and night.”"""
    return _("Business-critical: guaranteed reply within {length}, day and night.").format(
        length=length_words(within)
    )


def calls_within(kind: str, within: timedelta) -> str:
    """Return “We call within 5 minutes”, or the same as an aim."""
    if kind == Kind.GUARANTEE:
        return _("We call within {length}").format(length=length_words(within))
    return _("We aim to call within {length}. This is not a guarantee.").format(
        length=length_words(within)
    )


def now_about(wait: timedelta) -> str:
    """Return “Now: about 3 minutes”; nothing for more than an hour."""
    minutes = rounded_up(wait)
    return _("Now: about {wait}").format(wait=_minutes(minutes)) if minutes else ""


def calls_in(wait: timedelta, at: datetime, zone: tzinfo) -> str:
    """Return “Next call in about 15 minutes.”, above an hour “Next call at about 16:30.”"""
    minutes = rounded_up(wait)
    if minutes:
        return _("Next call in about {wait}.").format(wait=_minutes(minutes))
    return _("Next call at about {time}.").format(time=times.moment(at + wait, at, zone))


def nobody_calls(opens_at: datetime | None, line: Line, at: datetime, zone: tzinfo) -> str:
    """Return “No one can call before Mon 08:00. Email is answered by Mon 09:00.”, as far as
    either is known."""
    first = _("No one can call now.")
    if opens_at:
        time = times.customer_moment(opens_at, at, zone)
        first = _("No one can call before {time}.").format(time=time)
    if line.kind != Kind.GUARANTEE or line.due_at is None:
        return first
    due = times.moment(line.due_at, at, zone)
    return first + " " + _("Email is answered by {time}.").format(time=due)


def open_words(terms: Terms, channel: Channel, at: datetime, zone: tzinfo) -> str:
    """Return when a number is answered: “24 hours”, “now open”, “from Mon 08:00”."""
    if channel.hours is None or terms.calendars[channel.hours].always:
        return _("24 hours")
    try:
        opens_at = calendar_of(terms.calendars[channel.hours]).opening(at)
    except (NeverOpen, OverflowError, ValueError):
        return _("closed")
    if opens_at <= at:
        return _("open now")
    return _("from {time}").format(time=times.customer_moment(opens_at, at, zone))


def _minutes(minutes: int) -> str:
    text = ngettext("{count} minute", "{count} minutes", minutes)
    return text.format(count=minutes)
