"""Whoever follows the log is killed again and again while rules, notices and surveys are due:
nothing is lost, and nothing is done twice. `bin/faults` does so with real processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import Error, connection
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.lib.outbound.deciding import allowed_by
from answerable.lib.sealing import seal
from answerable.lib.tests.web import Web, serving
from answerable.lib.wire import params
from answerable.notices import actions as notices
from answerable.notices.models import Delivery, Notice, Receiver, Step
from answerable.notices.tests.scene import with_the_table
from answerable.rules import actions as rules
from answerable.rules.core.reading import Act, When
from answerable.rules.models import Run
from answerable.rules.tests.scenes import started
from answerable.sla.actions import wake_due
from answerable.surveys import actions as surveys
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import HOUR, asks, resolved
from answerable.tickets.actions import Sender, add_message, take
from answerable.tickets.events import Verb
from answerable.tickets.following import lags
from answerable.tickets.models import Message, ParkedLine, TicketEvent
from answerable.tickets.tests.openings import opened, opened_critical

pytestmark = pytest.mark.django_db(transaction=True)
# Each time it is killed so many statements later, until all is done before that.
LATER = 7
LEAST, MOST = 5, 100
FOLLOW_LOGS = rules.follow_log, surveys.follow_log, notices.follow_log


@pytest.fixture
def web(tmp_path: Path, settings: Settings) -> Iterator[Web]:
    with serving(tmp_path, tls=False) as served:
        settings.ANSWERABLE_OUTBOUND_ALLOW = allowed_by([served.origin])
        yield served


@pytest.fixture
def scene(transactional_db: None, at: datetime, web: Web) -> Cast:
    """Ana's customers wrote and were answered; one was resolved, and one is critical."""
    cast = Cast(at)
    for follow_log in FOLLOW_LOGS:  # They follow since before, as where all is up.
        follow_log(at=at)
    asks(cast, at)
    with_the_table(cast)
    receiver = Receiver(
        name="tool",
        kind=Receiver.Kind.PLAIN,
        address=seal(web.put("/hook", b"ok", 200)),
        secret=seal("the key"),
        matters=[Receiver.Matter.CRITICAL],
    )
    notices.save_receiver(receiver, at=at)
    says = Act("note", words="Somebody replied.")
    started(cast.ida, at - timedelta(days=2), says, when=When("answered"))
    resolved(cast, at)
    for _ticket in range(3):
        ticket = take(opened(cast.kim, at), agent=cast.ana, at=at)
        add_message(ticket, sender=Sender(contact=cast.kim), body="Any news?", at=at)
    opened_critical(cast.mara, at)
    wake_due(at=at)
    return cast


class Killer:
    """Ends the connection before its so many-th statement, as after kill -9."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, execute: Callable[..., Any], *asked: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            with psycopg.connect(**params()) as other:
                pid = connection.connection.info.backend_pid
                other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        return execute(*asked)


def followed(at: datetime) -> None:
    """Do all that `work` and `watch` do of this, once."""
    for follow_log in FOLLOW_LOGS:
        while follow_log(at=at):
            pass
    surveys.ask_due(at=at + HOUR)
    for step in (notices.watch_promises, notices.settle, notices.insist, notices.trace_steps):
        step(at=at)
    for urgent in (True, False):
        while notices.deliver(urgent=urgent, clock=lambda: at):
            pass


def test_nothing_is_lost_and_nothing_done_twice(scene: Cast, web: Web, at: datetime) -> None:
    for turn in range(1, MOST):
        killer = Killer(LATER * turn)
        # What a dead process held is let go after a minute.
        with suppress(Error), connection.execute_wrapper(killer):
            followed(at + timedelta(minutes=2 * turn))
        connection.close()
        if killer.left > 0:
            break
    assert turn > LEAST
    assert killer.left > 0
    for hours in (4, 5):  # What the first wrote into logs, the second follows.
        followed(at + timedelta(hours=hours))
    assert not ParkedLine.objects.exists()
    assert {(lag.lines, lag.gaps) for lag in lags(at)} == {(0, 0)}
    answered = TicketEvent.objects.filter(verb=Verb.ANSWERED).count()
    assert Run.objects.count() == Message.objects.filter(kind="note").count() == answered
    survey = Survey.objects.get()
    assert survey.asked_at
    assert TicketEvent.objects.filter(verb=Verb.SURVEY_ASKED).count() == 1
    assert OutgoingMail.objects.filter(cause__startswith="notice survey").count() == 1
    wrote = TicketEvent.objects.filter(verb=Verb.WROTE, ticket__assignee=scene.ana)
    told = Counter(Notice.objects.filter(agent=scene.ana).values_list("event", flat=True))
    assert [told[number] for number in wrote.values_list("pk", flat=True)] == [1, 1, 1]
    steps = TicketEvent.objects.filter(verb=Verb.ESCALATED).count()
    assert Step.objects.count() == Delivery.objects.filter(act="trigger").count() == steps > 0
    heard = {headers["Idempotency-Key"] for _method, _path, headers in web.asked}
    delivered = Delivery.objects.filter(way="webhook", state=Delivery.State.DELIVERED)
    assert heard == {
        f"answerable-{number}" for number in delivered.values_list("pk", flat=True)
    }
