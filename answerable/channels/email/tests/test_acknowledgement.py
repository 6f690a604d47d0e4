"""Who sent a request is told at once what was promised, in their own zone and language."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from answerable.cast import Cast
from answerable.channels.email import words
from answerable.channels.email.tests.post import opened_by_mail, queued
from answerable.channels.email.texts import Texts
from answerable.channels.email.words import Promised
from answerable.lib.times import moment
from answerable.sla.tests.plans import shipped
from answerable.tickets.actions import Said
from answerable.tickets.tests.openings import opened, opened_critical


def test_it_names_the_guaranteed_time(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at, subject="Exports fail")
    told = queued("acknowledgement")[0]
    assert told.to == "dana@nordwind.example"
    assert told.subject == f"[#{ticket.pk}] We have your message: guaranteed reply by " + (
        moment(at.replace(hour=9), told.created_at, ZoneInfo("Europe/Berlin")) + " (Berlin)"
    )
    assert f"http://127.0.0.1:8000/requests/{ticket.pk}/" in told.text
    assert "This is not a guarantee" not in told.text


def test_it_says_the_subject_of_ux_on_the_same_day(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    due = datetime(2025, 10, 20, 13, 10, tzinfo=UTC)
    letter = words.acknowledgement(ticket, cast.dana, Promised("guarantee", due), at, Texts())
    assert letter.subject == (
        f"[#{ticket.pk}] We have your message: guaranteed reply by 15:10 (Berlin)"
    )
    assert "(UTC+2, Berlin)" in letter.text


def test_it_uses_the_readers_zone(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.olive, at)
    due = datetime(2025, 10, 20, 13, 10, tzinfo=UTC)
    letter = words.acknowledgement(ticket, cast.olive, Promised("guarantee", due), at, Texts())
    assert "by 14:10 (London)" in letter.subject


def test_it_never_makes_an_aim_look_like_a_guarantee(cast: Cast, at: datetime) -> None:
    opened(cast.sam, at)
    told = queued("acknowledgement")[0]
    assert "we aim to reply by" in told.subject
    assert "This is not a guarantee." in told.text
    assert "uaranteed" not in told.subject + told.text


def test_it_says_by_mail_where_a_guarantee_can_be_had(cast: Cast, at: datetime) -> None:
    opened_by_mail(cast.dana, at=at)
    told = queued("acknowledgement")[0]
    assert "A request by mail carries no guarantee." in told.text
    assert "http://127.0.0.1:8000/contact/" in told.text


def test_it_promises_nothing_without_a_contract(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.mara, at)
    told = queued("acknowledgement")[0]
    assert told.subject == f"[#{ticket.pk}] We have your message"
    assert "This is not a guarantee." in told.text


def test_it_acknowledges_once(cast: Cast, at: datetime) -> None:
    opened_critical(cast.dana, at)
    assert len(queued("acknowledgement")) == 1


def test_it_tells_strangers_nothing(cast: Cast, at: datetime) -> None:
    opened(None, at)
    assert queued("acknowledgement") == []


def test_it_names_no_time_where_that_counts_from_when_we_set_the_severity(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    opened(cast.dana, at, said=Said(severity="urgent"))
    told = queued("acknowledgement")[0]
    assert "Guaranteed reply within 30 min, counted from when we set the severity." in told.text
    assert "This is not a guarantee" not in told.text
