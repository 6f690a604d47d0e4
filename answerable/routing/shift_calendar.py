"""An agent's shifts as an iCalendar (RFC 5545), for the calendar on their telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from answerable.accounts.models import Agent
from answerable.accounts.tokens import digest_of
from answerable.routing.core.rota import Shift, shifts
from answerable.routing.models import ShiftCalendar
from answerable.routing.on_call import SEEN, plans
from answerable.routing.on_call_words import PLACES

BEFORE = timedelta(days=30)
ASKED_AGAIN = timedelta(hours=1)


def calendar_reader(token: str) -> Agent | None:
    """Return whose shifts a token reads; None for a stranger, and for who was deactivated."""
    rows = ShiftCalendar.objects.filter(agent__user__is_active=True)
    row = rows.filter(digest=digest_of(token)).select_related("agent").first()
    return row.agent if row else None


def shift_calendar(agent: Agent, at: datetime) -> bytes:
    """Return the shifts of an agent, of the last month and the coming half year, as iCalendar.

    What has no end goes on until then. Four queries.
    """
    begin, end = at - BEFORE, at + SEEN
    with translation.override(agent.language):
        calendar = Calendar()
        calendar.add("prodid", "-//Answerable//On call//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("On call"))
        calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
        for place, plan in plans(list(PLACES), begin, end).items():
            for shift in shifts(plan, begin, end):
                if shift.person == agent.pk:
                    calendar.add_component(_event(place, shift, agent, end, at))
        return bytes(calendar.to_ical())


def _event(place: str, shift: Shift, agent: Agent, end: datetime, at: datetime) -> Event:
    """Return a shift as an event, which keeps its name while its beginning stays."""
    host = urlsplit(settings.ANSWERABLE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"{place}-{shift.begins_at.timestamp():.0f}-{agent.pk}@{host}")
    event.add("dtstamp", at)
    event.add("dtstart", shift.begins_at)
    event.add("dtend", shift.ends_at or end)
    words = _("On call: {place}")
    event.add("summary", words.format(place=PLACES[place]))
    return event
