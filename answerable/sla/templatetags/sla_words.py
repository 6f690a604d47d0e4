"""The lines of promises, for customers' pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.sla import words
from answerable.sla.report_words import severity_name

register = template.Library()


@register.filter
def guarantee_line(due_at: datetime) -> str:
    """Return “Guaranteed reply by 15:10 today, in 59 minutes (UTC+1)”."""
    return words.guarantee_line(due_at, timezone.now(), timezone.get_current_timezone())


@register.filter
def guaranteed_by(due_at: datetime) -> str:
    """Return “Guaranteed reply by 15:10 today (UTC+1)”, which stays true as time goes by."""
    zone = timezone.get_current_timezone()
    time = times.customer_by(due_at, timezone.now(), zone)
    return words.guaranteed(words.with_offset(time, due_at, zone))


@register.filter
def guaranteed_by_line(due_at: datetime) -> str:
    """Return “Guaranteed reply by 15:10 today.”, a whole sentence."""
    return f"{guaranteed_row(due_at)}."


@register.filter
def guaranteed_row(due_at: datetime) -> str:
    """Return “Guaranteed reply by 15:10 today”, where there is little room."""
    time = times.customer_by(due_at, timezone.now(), timezone.get_current_timezone())
    return words.guaranteed(time)


@register.filter
def aim_line(due_at: datetime) -> str:
    """Return “We aim to reply by Thu 17:00. This is not a guarantee.”"""
    return words.aim_line(due_at, timezone.now(), timezone.get_current_timezone())


@register.filter
def late_line(due_at: datetime) -> str:
    """Return “It was due at 15:10.”"""
    return words.late_line(due_at, timezone.now(), timezone.get_current_timezone())


@register.filter
def was_due(due_at: datetime) -> str:
    """Return “was due at 15:10 (UTC+1)”, with the day when that was not today."""
    zone = timezone.get_current_timezone()
    return words.with_offset(times.was_due(due_at, timezone.now(), zone), due_at, zone)


@register.filter
def when(instant: datetime) -> str:
    """Return “at 14:25”, or “on Tue 14:25” when that was not today."""
    zone, now = timezone.get_current_timezone(), timezone.now()
    is_today = instant.astimezone(zone).date() == now.astimezone(zone).date()
    pattern = _("at {time}") if is_today else _("on {time}")
    return pattern.format(time=times.moment(instant, now, zone))


@register.filter
def said(text: str) -> str:
    """Return what a plan says, in the reader's language."""
    return words.said(text)


@register.filter
def item(rows: Sequence[Any], number: int) -> Any:
    """Return the row of a number."""
    return rows[number]


@register.filter
def of(words: Mapping[str, Any], key: str) -> Any:
    """Return the word for a key; the key itself where there is none."""
    return words.get(key, key)


@register.filter
def first_large(text: str) -> str:
    """Return a name with a capital letter first."""
    return capfirst(text)


@register.filter
def sentences(texts: Sequence[str]) -> str:
    """Return examples of a plan in a row, in the reader's language: “One; another”."""
    return "; ".join(words.said(text) for text in texts)


@register.filter
def offset(instant: datetime) -> str:
    """Return “UTC+1”."""
    return times.offset_name(instant, timezone.get_current_timezone())


@register.filter
def elsewhere(instant: datetime, zone: str) -> str:
    """Return “ (15:10 Berlin)” when the company's clocks show another time."""
    theirs = instant.astimezone(ZoneInfo(zone))
    if theirs.utcoffset() == timezone.localtime(instant).utcoffset():
        return ""
    return f" ({theirs:%H:%M} {times.city(theirs.tzinfo or ZoneInfo(zone))})"


@register.filter
def early(met_at: datetime, due_at: datetime) -> str:
    """Return how early a promise was kept: “18 min”."""
    return times.kept_early(due_at, met_at)


@register.filter
def lateness(met_at: datetime, due_at: datetime) -> str:
    """Return how late a promise was answered: “4 min”."""
    return times.missed_by(due_at, met_at)


@register.filter
def severity(key: str) -> str:
    """Return “Critical”, “Standard”, or what the plan calls it."""
    return severity_name(key)
