"""Waits until nothing is left to do, as an installation does that is left alone."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import Error, connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.sla.models import Clock
from faults.house import House
from faults.killer import Killer

LONGEST = 240.0
STEADY = 3  # so many looks in a row
SOON = timedelta(minutes=5)


def settle(house: House, killer: Killer) -> list[str]:
    """Wait until all is done that was begun; return what is left after four minutes."""
    until, calm = time.monotonic() + LONGEST, 0
    left: list[str] = []
    while time.monotonic() < until and calm < STEADY:
        killer.ended_alone.update(house.revive())
        left = _left()
        calm = 0 if left else calm + 1
        time.sleep(1)
    return [f"After {LONGEST:.0f} s there was still something to do: {'; '.join(left)}"] * bool(
        left
    )


def _left() -> list[str]:
    try:
        jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
        counts = {
            "mails to read": InboundMail.objects.unhandled().count(),
            "mails to send": OutgoingMail.objects.waiting().count(),
            "tickets to tell": OutgoingMail.objects.untold().count(),
            "jobs": jobs.exclude(scheduled_at__gt=now() + SOON).count(),
            "clocks": Clock.objects.filter(wake_at__lte=now() + SOON).count(),
        }
    except Error as error:
        connection.close()
        return [f"the database ({type(error).__name__})"]
    return [f"{count} {what}" for what, count in counts.items() if count]
