"""Sets a telephone up with the double behind it, and lets its jobs and webhooks run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.actions.setting import save_telephone
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.later import QUEUE
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.tests.exchange import (
    ACCOUNT,
    NUMBER,
    TOKEN,
    Exchange,
    Line,
    Person,
)
from answerable.channels.voice.twilio.tests.exchange_api import serving
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.sealing import seal
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.models import Callback, Ticket

ANAS, DANAS = "+4915112345678", "+491715550123"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Lines:
    """The double, and what a worker and a network would do."""

    exchange: Exchange
    telephone: Telephone

    def settle(self, *, doubled: bool = False, shuffled: random.Random | None = None) -> None:
        """Do all jobs and deliver all webhooks, until nothing happens any more."""
        while run_jobs() or self.exchange.waiting:
            self.exchange.deliver(doubled=doubled, shuffled=shuffled)

    def dial_us(self, caller: str) -> Line:
        """Let somebody dial our number."""
        base = f"{settings.ANSWERABLE_URL}/telephone/calls/"
        return self.exchange.ring_us(caller, base, f"{base}status/")


@contextmanager
def lines_open(changed: Settings, *, at: datetime, **more: object) -> Iterator[Lines]:
    """Set a telephone up: Ana's and Dana's are answered by a person, Ana presses 1."""
    people = {ANAS: Person(keys=["1"]), DANAS: Person()}
    exchange = Exchange(people=people, post=_post)
    with serving(exchange) as origin:
        changed.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([origin])
        facts = {"account_sid": ACCOUNT, "token": seal(TOKEN), "number": NUMBER, **more}
        telephone = save_telephone(Telephone(api_url=origin, **facts), at=at)
        yield Lines(exchange, telephone)


def run_jobs() -> int:
    """Do the jobs about calls that wait, as a worker does; return how many there were."""
    jobs = list(ProcrastinateJob.objects.filter(queue_name=QUEUE).order_by("pk"))
    for job in jobs:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
        task: Callable[..., None] = app.tasks[job.task_name].func
        try:
            task(**job.args)
        except Failed:
            continue  # It would be tried again.
    return len(jobs)


def asked(cast: Cast, at: datetime, phone: str = DANAS) -> Callback:
    """Let Dana ask for a call."""
    opening = Opening(
        sender=Sender(contact=cast.dana, channel=Ticket.Channel.CALLBACK),
        body="Exports fail",
        channel=Ticket.Channel.CALLBACK,
    )
    wanted = Wanted(phone=phone, country="DE")
    return request_callback(opening, wanted, contact=cast.dana, at=at)


def begun(cast: Cast, at: datetime, *, phone: str = DANAS, own: str = ANAS) -> Call:
    """Let Ana call Dana, who asked for it."""
    callback = asked(cast, at, phone)
    return begin_call(callback, Call.Way.PROVIDER, agent=cast.ana, agent_phone=own, at=at)


def leg(call: Call, side: str) -> Leg:
    """The leg of a side."""
    return Leg.objects.filter(call=call, side=side).order_by("pk").last() or Leg()


def _post(url: str, told: dict[str, str], signature: str) -> str:
    path = url.removeprefix(settings.ANSWERABLE_URL)
    assert path.startswith("/telephone/"), url
    headers = {"X-Twilio-Signature": signature}
    answer = Client(enforce_csrf_checks=True).post(
        path, urlencode(told), content_type=FORM, headers=headers
    )
    assert answer.status_code in {200, 204}, (path, answer.status_code, answer.content)
    return answer.content.decode()
