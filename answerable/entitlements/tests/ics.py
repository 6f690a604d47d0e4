"""iCalendars for tests."""

from __future__ import annotations


def ics(*days: str, name: str = "Day off") -> bytes:
    """Return an iCalendar with some days off, as 2026-12-24."""
    events = "".join(
        f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:{day.replace('-', '')}\nSUMMARY:{name}\nEND:VEVENT\n"
        for day in days
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{events}END:VCALENDAR\n".encode()
