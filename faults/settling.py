"""Waits until nothing is left to do, as an installation does that is left alone."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import Error, connection
from django.utils.timezone import now
from imapclient.exceptions import IMAPClientError
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.channels.email.models import InboundMail, Mailbox, OutgoingMail
from answerable.notices.models import Delivery
from answerable.sla.models import Clock
from answerable.surveys.models import Survey
from answerable.tickets.following import lags
from faults.house import House
from faults.killer import Killer

# So long nothing may move before it counts as stuck: how fast it moves is the machine's.
LONGEST = 420.0
STEADY = 3  # so many looks in a row
SOON = timedelta(minutes=5)


def settle(house: House, killer: Killer) -> list[str]:
    """Wait until all is done that was begun; return what is left once it has stood still for
    seven minutes."""
    until, calm = time.monotonic() + LONGEST, 0
    left: list[str] = []
    while time.monotonic() < until and calm < STEADY:
        killer.ended_alone.update(house.revive())
        before, left = left, _left(house)
        until = until if left == before else time.monotonic() + LONGEST
        calm = 0 if left else calm + 1
        time.sleep(1)
    return [f"For {LONGEST:.0f} s nothing moved of {'; '.join(left)}"] * bool(left)


def _left(house: House) -> list[str]:
    try:
        jobs = ProcrastinateJob.objects.filter(status__in=["todo", "doing"])
        counts = {
            "mails to read": InboundMail.objects.unhandled().count(),
            "mails to send": OutgoingMail.objects.waiting().count(),
            "tickets to tell": OutgoingMail.objects.untold().count(),
            "jobs": jobs.exclude(scheduled_at__gt=now() + SOON).count(),
            "clocks": Clock.objects.filter(wake_at__lte=now() + SOON).count(),
            "mails in mailboxes": _unread(house),
            "lines to follow": sum(lag.lines + lag.gaps for lag in lags(now())),
            "webhooks to send": Delivery.objects.waiting().count(),
            "questions to ask": Survey.objects.filter(wake_at__lte=now() + SOON).count(),
            "mailboxes in trouble": Mailbox.objects.exclude(problem="").count(),
        }
    except (Error, IMAPClientError, OSError) as error:
        connection.close()
        return [f"a server is away ({type(error).__name__})"]
    return [f"{count} {what}" for what, count in counts.items() if count]


def _unread(house: House) -> int:
    """Return how many mails lie on the IMAP server that our mailboxes have not come to."""
    boxes = house.boxes
    if boxes is None:
        return 0
    return sum(boxes.unread(box.address, box.last_uid) for box in Mailbox.objects.all())
