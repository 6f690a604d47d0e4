"""Sentences of the tiles, which need more than a template can say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from django import template
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.lib.times import clock_time, moment
from answerable.routing.models import QueueEntry
from answerable.wallboard.queries.hours import Closed
from answerable.wallboard.queries.people import OnCall
from answerable.wallboard.queries.promises import first_name

register = template.Library()


@register.simple_tag
def next_due(entry: QueueEntry, zone: tzinfo) -> str:
    """Return “Next due 14:48 (#4828, Ben).”"""
    if entry.due_at is None:
        return ""
    owner = first_name(entry.assignee.name) if entry.assignee else _("unassigned")
    words = _("Next due {time} (#{number}, {owner}).")
    time = moment(entry.due_at, now(), zone)
    return words.format(time=time, number=entry.ticket_id, owner=owner)


@register.simple_tag
def closed_words(closed: Closed, zone: tzinfo) -> str:
    """Return “Closed until Mon 08:00. Critical is on duty: Ravi. 3 clocks start at 08:00.”"""
    parts = [_("Closed until {time}.").format(time=moment(closed.until, now(), zone))]
    if closed.on_duty:
        parts.append(_("Critical is on duty: {names}.").format(names=closed.on_duty))
    if closed.starts:
        starts = ngettext(
            "{count} clock starts at {time}.", "{count} clocks start at {time}.", closed.starts
        )
        time = clock_time(closed.until, zone)
        parts.append(starts.format(count=closed.starts, time=time))
    return " ".join(parts)


@register.simple_tag
def nobody_words(on_call: OnCall, is_tv: bool) -> str:
    """Return “No one is available. On-call: Ravi, +49 …”; a wall shows no number."""
    words = _("No one is available. On-call: {name}")
    name = words.format(name=first_name(on_call.name))
    return f"{name}, {on_call.shown}" if on_call.phone and not is_tv else name


@register.simple_tag
def room_words(rooms: Sequence[tuple[str, int]]) -> str:
    """Return “Room: chats 5, calls 3, critical 2”."""
    names = {"chat": _("chats"), "call": _("calls"), "critical": _("critical")}
    said = ", ".join(f"{names[kind]} {count}" for kind, count in rooms)
    return _("Room: {rooms}").format(rooms=said)
