"""A missed promise on the desk: what may excuse it, who objects, what its customer reads."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.sla.models import Appeal, Clock, Comment, Excuse
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by

SAID = {
    "code": "customer_asked_to_wait",
    "words": "Dana asked us to wait until noon.",
    "evidence": "Her message of 10:20",
}


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def missed(here: Cast, now: datetime) -> Clock:
    return missed_by(here.dana, now - 3 * HOUR)


@pytest.fixture
def lena(here: Cast, sign_in: SignIn) -> Client:
    return sign_in(here.lena)


def place(clock: Clock, deed: str = "") -> str:
    return f"/desk/tickets/{clock.ticket_id}/misses/{clock.pk}/{deed}"


def text(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_the_head_of_a_ticket_says_whether_its_miss_is_excused(
    here: Cast, lena: Client, missed: Clock, now: datetime
) -> None:
    page = f"/desk/tickets/{missed.ticket_id}/"
    assert f'<a href="{place(missed)}">First reply missed: not excused</a>' in text(lena, page)
    excuse = excused_by(here.lena, missed, at=now)
    assert "First reply missed: excused" in text(lena, page)
    appealed_by(here.dana, excuse, at=now)
    assert "First reply missed: another look is asked for" in text(lena, page)


def test_a_lead_excuses_a_miss(here: Cast, lena: Client, missed: Clock) -> None:
    shown = text(lena, place(missed))
    assert "The customer asked us to wait" in shown
    assert "An event beyond our control" not in shown  # that is for administrators
    message = missed.ticket.messages.get()
    answer = lena.post(place(missed, "excuse/"), SAID | {"message": str(message.pk)})
    assert answer.headers["Location"] == f"/desk/tickets/{missed.ticket_id}/"
    excuse = Excuse.objects.get()
    assert (excuse.agent, excuse.words, excuse.message) == (here.lena, SAID["words"], message)
    shown = text(lena, f"/desk/tickets/{missed.ticket_id}/")
    assert "Miss excused by Lena Brandt: The customer asked us to wait." in shown
    assert "Her message of 10:20" in text(lena, place(missed))


def test_an_administrator_has_every_exception(
    here: Cast, sign_in: SignIn, missed: Clock
) -> None:
    assert "An event beyond our control" in text(sign_in(here.ida), place(missed))


def test_an_agent_reads_and_does_not_excuse(ana: Client, missed: Clock) -> None:
    shown = text(ana, place(missed))
    assert "Not excused" in shown
    assert "The exceptions of this plan are for leads to record." in shown
    assert ana.post(place(missed, "excuse/"), SAID).status_code == 422
    assert not Excuse.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": ""}, "Select an exception"),
        ({"code": "we_were_busy"}, "Select an exception"),
        ({"words": " "}, "Enter one sentence for the customer"),
        ({"evidence": ""}, "Enter the evidence"),
        ({"message": "999999"}, "Select a message"),
    ],
)
def test_it_says_what_is_missing(
    lena: Client, missed: Clock, change: dict[str, str], words: str
) -> None:
    answer = lena.post(place(missed, "excuse/"), SAID | change, headers=PART)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Excuse.objects.exists()


def test_a_message_is_evidence_enough(lena: Client, missed: Clock) -> None:
    shown_by = str(missed.ticket.messages.get().pk)
    lena.post(place(missed, "excuse/"), SAID | {"evidence": "", "message": shown_by})
    assert Excuse.objects.get().evidence == ""


def test_it_says_that_somebody_was_quicker(
    here: Cast, lena: Client, missed: Clock, now: datetime
) -> None:
    excused_by(here.ida, missed, at=now)
    answer = lena.post(place(missed, "excuse/"), SAID, headers=PART)
    assert answer.status_code == 422
    assert "This was decided meanwhile. Look at it again." in answer.content.decode()


def test_another_lead_decides_on_an_appeal(
    here: Cast, lena: Client, sign_in: SignIn, missed: Clock, now: datetime
) -> None:
    appealed_by(here.dana, excused_by(here.lena, missed, at=now), at=now)
    granted = {"decision": "uphold", "answer": "You are right."}
    assert "A lead decides, but not Lena Brandt" in text(lena, place(missed))
    assert lena.post(place(missed, "appeal/"), granted).status_code == 403
    ida = sign_in(here.ida)
    assert "I never did." in text(ida, place(missed))
    assert ida.post(place(missed, "appeal/"), granted | {"answer": ""}).status_code == 422
    ida.post(place(missed, "appeal/"), granted)
    assert (Appeal.objects.get().upheld, Excuse.objects.standing().count()) == (True, 0)
    shown = text(ida, f"/desk/tickets/{missed.ticket_id}/")
    assert "Appeal granted by Ida Holm, the promise counts as missed: You are right." in shown
    assert "Dana Wolf asks for another look: I never did." in shown
    answer = ida.post(place(missed, "appeal/"), granted, headers=PART)
    assert "This was decided meanwhile." in answer.content.decode()


def test_there_is_no_appeal_to_decide_on(here: Cast, lena: Client, missed: Clock) -> None:
    said = {"decision": "refuse", "answer": "No."}
    assert lena.post(place(missed, "appeal/"), said).status_code == 422


def test_anybody_at_the_desk_comments_on_a_miss(ana: Client, missed: Clock) -> None:
    assert ana.post(place(missed, "comment/"), {"words": ""}).status_code == 422
    ana.post(place(missed, "comment/"), {"words": "Our on-call phone failed."})
    assert Comment.objects.get().words == "Our on-call phone failed."
    shown = text(ana, f"/desk/tickets/{missed.ticket_id}/")
    assert "Said of the miss by Ana Silva: Our on-call phone failed." in shown


def test_a_clock_that_was_not_missed_is_no_miss(
    here: Cast, lena: Client, missed: Clock
) -> None:
    running = ask(here.dana).clocks.get()
    assert lena.get(place(running)).status_code == 404
    other = ask(here.dana)
    assert lena.get(f"/desk/tickets/{other.pk}/misses/{missed.pk}/").status_code == 404


def test_it_costs_few_queries(
    here: Cast,
    lena: Client,
    missed: Clock,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    appealed_by(here.dana, excused_by(here.ida, missed, at=now), at=now)
    with django_assert_max_num_queries(16):
        lena.get(place(missed))
