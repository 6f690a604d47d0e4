"""The jobs come for all that waits, and the sweeper for what was forgotten."""

from __future__ import annotations

from datetime import datetime
from threading import Event

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from answerable.cast import Cast
from answerable.channels.email import jobs, presence
from answerable.channels.email.actions import DRAIN, SEND, draining
from answerable.channels.email.models import InboundMail, OutboxMail
from answerable.channels.email.tests.post import arrive, mail_of


def waiting(task: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").count()


def test_it_reads_and_answers(
    cast: Cast, at: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        arrive(mail_of("dana@nordwind.example"), at=at)
    assert (waiting(DRAIN), waiting(SEND)) == (1, 0)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.drain_mail()
    assert waiting(SEND) == 1
    jobs.send_mail()
    assert InboundMail.objects.get().state == "accepted"
    assert OutboxMail.objects.count() == 1


def test_it_goes_on_after_a_turn(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draining, "AT_ONCE", 3)
    for number in range(draining.AT_ONCE + 1):
        arrive(mail_of("news@elsewhere.example", f"{number}", List_Id="<n>"), at=at)
    jobs.drain_mail()
    assert InboundMail.objects.unhandled().count() == 1
    assert waiting(DRAIN) == 1


def test_it_sweeps_what_was_forgotten(cast: Cast, at: datetime) -> None:
    for _ in range(2):
        jobs.sweep(timestamp=0)
    assert (waiting(DRAIN), waiting(SEND)) == (1, 1)


def test_it_leaves_mail_to_others_when_its_process_should_end(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(mail_of("dana@nordwind.example"), at=at)
    jobs.drain_mail()
    asked = Event()
    asked.set()
    monkeypatch.setattr(presence.here, "stop", asked)
    jobs.send_mail()
    assert (OutboxMail.objects.count(), waiting(SEND)) == (0, 1)


def test_it_leaves_mail_waiting_when_there_is_no_server(
    cast: Cast, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_URL = "smtp://127.0.0.1:1"
    arrive(mail_of("dana@nordwind.example"), at=at)
    jobs.drain_mail()
    jobs.send_mail()
    later = ProcrastinateJob.objects.get(task_name=SEND, status="todo")
    assert later.scheduled_at is not None
