"""Promises in words: what a plan says, lengths of time, and the lines a customer reads.

Pure but for the reader's language. Times are given in the zone that the caller names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from answerable.entitlements.core.allowance import Basis
from answerable.entitlements.core.plan import CalendarTerms, Metric, Target, Terms
from answerable.lib import times
from answerable.tickets.models import CRITICAL, STANDARD

# What the plan that we ship says, so that it can be translated like any other word.
SHIPPED = (
    gettext_noop("support hours"),
    gettext_noop("Super Admin"),
    gettext_noop("user with a paid seat"),
    gettext_noop("the request form"),
    gettext_noop("email"),
    gettext_noop("Most or all users cannot sign in or reach tools"),
    gettext_noop("An outage stops core work or a time-critical launch"),
    gettext_noop("Several teams cannot use published content"),
    gettext_noop("Data was lost or exposed"),
    gettext_noop("Something else as serious"),
    gettext_noop("One person or a small group is affected"),
    gettext_noop("It is urgent, and nothing has stopped working"),
    gettext_noop("It looks wrong and works"),
    gettext_noop("It asks for information or a change of settings"),
    gettext_noop("The customer asked us to wait"),
    gettext_noop("The address that we were given could not be reached"),
    gettext_noop("The same request was sent before, and answered there"),
    gettext_noop("An event beyond our control kept us from replying"),
)
# Environments that plans name most, and the one that is none of a plan's.
OTHER_ENVIRONMENT = "other"
ENVIRONMENTS = (gettext_noop("production"), gettext_noop("staging"), gettext_noop("sandbox"))
LANGUAGES = {"en": gettext_noop("English"), "de": gettext_noop("German")}
MINUTES_SHOWN = timedelta(hours=2)


def said(words: str) -> str:
    """Return what a plan says, in the reader's language where we have it."""
    return _(words) if words else ""


METRICS = {
    Metric.FIRST_RESPONSE: gettext_noop("first reply"),
    Metric.NEXT_RESPONSE: gettext_noop("next reply"),
    Metric.STATUS_UPDATE: gettext_noop("update"),
    Metric.TRIAGE: gettext_noop("decision"),
    Metric.CALLBACK_START: gettext_noop("callback"),
    Metric.CHAT_PICKUP: gettext_noop("chat"),
    Metric.ESCALATION_RESPONSE: gettext_noop("a lead's reply"),
    Metric.WORKAROUND: gettext_noop("workaround"),
    Metric.RESOLUTION: gettext_noop("solution"),
    Metric.PROMISED_UPDATE: gettext_noop("promised update"),
}


def severity_word(severity: str) -> str:
    """Return “standard”, “business-critical”, or what a plan calls another severity."""
    if severity in {CRITICAL, STANDARD}:
        return _("business-critical") if severity == CRITICAL else _("standard")
    return said(severity.replace("_", " "))


def severity_in(terms: Terms | None, severity: str) -> str:
    """Return what a plan calls a severity: “Severity 1”; the key's words where it has none."""
    named = terms.severities.get(severity) if terms else None
    if named is None or severity in {CRITICAL, STANDARD}:
        return severity_word(severity)
    return said(named.name) if named.name != severity else severity_word(severity)


def environment_word(environment: str) -> str:
    """Return what an environment is called in a sentence: “production”."""
    if environment == OTHER_ENVIRONMENT:
        return _("another environment")
    return said(environment.replace("_", " "))


def product_word(product: str) -> str:
    """Return what a product is called: “Smart crm”."""
    return capfirst(said(product.replace("_", " ")))


def about_words(product: str, environment: str) -> str:
    """Return what a request is about: “Marketing, staging”; nothing where nobody said."""
    named = (product_word(product), environment_word(environment))
    return ", ".join(name for name in named if name)


def metric_word(metric: str) -> str:
    """Return what is waited for: “first reply”, “update”."""
    return said(METRICS[Metric(metric)])


def language_names(codes: Iterable[str]) -> str:
    """Return “English” or “English, German” for language codes."""
    return ", ".join(said(LANGUAGES.get(code, code)) for code in codes)


def length_words(length: timedelta) -> str:
    """Return a length of time for a sentence: “30 minutes”, “1 hour”, “1 hour 30 minutes”."""
    hours, rest = divmod(int(length.total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        ngettext("{count} hour", "{count} hours", hours).format(count=hours) if hours else "",
        ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
        if minutes
        else "",
        ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
        if seconds or not length
        else "",
    ]
    return " ".join(part for part in parts if part)


def length_sum(length: timedelta) -> str:
    """Return a length for a column that is added up: “45 min”, “14 min 47 s”, “3 h”."""
    seconds = int(length.total_seconds())
    hours = seconds // 3600 if length >= MINUTES_SHOWN else 0
    minutes, rest = divmod(seconds - hours * 3600, 60)
    parts = [
        _("{hours} h").format(hours=hours) if hours else "",
        _("{minutes} min").format(minutes=minutes) if minutes else "",
        _("{seconds} s").format(seconds=rest) if rest or not seconds else "",
    ]
    return " ".join(part for part in parts if part)


def within_words(length: timedelta, calendar: CalendarTerms) -> str:
    """Return “1 hour, around the clock” or “9 hours of support hours”."""
    pattern = _("{length}, {calendar}") if calendar.always else _("{length} of {calendar}")
    return pattern.format(length=length_words(length), calendar=said(calendar.name))


def allowed_words(terms: Terms, target: Target) -> str:
    """Return what a row allows: “9 hours of support hours”, “1 working day of support hours”.

    Days of real time are “48 hours, whatever the hours”.
    """
    calendar, allowed = terms.calendars[target.calendar], target.allowance
    if not allowed.days:
        return within_words(allowed.length, calendar)
    if allowed.basis == Basis.ELAPSED:
        return _("{length}, whatever the hours").format(length=length_words(allowed.nominal))
    count = allowed.days
    days = ngettext("{count} working day", "{count} working days", count).format(count=count)
    rest = f" {length_words(allowed.length)}" if allowed.length else ""
    return _("{length} of {calendar}").format(length=days + rest, calendar=said(calendar.name))


def guarantee_line(due_at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “Guaranteed reply by 15:10 today, in 59 minutes (UTC+1)”."""
    return guaranteed(with_offset(times.customer_due(due_at, now, zone), due_at, zone))


def guaranteed(time: str) -> str:
    """Return “Guaranteed reply by 15:10 today” for “by 15:10 today”."""
    return _("Guaranteed reply {time}").format(time=time)


def aim_line(due_at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “We aim to reply by Thu 17:00. This is not a guarantee.”"""
    time = times.customer_moment(due_at, now, zone)
    return _("We aim to reply by {time}. This is not a guarantee.").format(time=time)


def with_offset(words: str, instant: datetime, zone: tzinfo) -> str:
    """Return the words of an instant with its offset, once: “by 15:10 today (UTC+1)”."""
    offset = f"({times.offset_name(instant, zone)})"
    return words if offset in words else f"{words} {offset}"


def late_line(due_at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return “It was due at 15:10.”, with the day when that was not today."""
    return _("It {was_due}.").format(was_due=times.was_due(due_at, now, zone))
