"""A missed promise on a request: who excused it and why, and how to ask for another look."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.portal.tests.helping import text_of
from answerable.sla.actions import comment_on_miss, decide_appeal
from answerable.sla.models import Appeal, Clock
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by


@pytest.fixture
def missed(cast: Cast, at: datetime) -> Clock:
    return missed_by(cast.dana, at - 3 * HOUR)


@pytest.fixture
def excused(cast: Cast, missed: Clock, at: datetime) -> Clock:
    excused_by(cast.lena, missed, at=at - HOUR)
    return missed


def request_of(clock: Clock) -> str:
    return f"/requests/{clock.ticket_id}/"


def appeal_of(clock: Clock) -> str:
    return f"{request_of(clock)}misses/{clock.pk}/appeal/"


def test_it_says_who_excused_a_miss_and_why(dana: Client, excused: Clock) -> None:
    for part in ("", "promise/"):
        said = text_of(dana.get(request_of(excused) + part))
        assert "Missed; excused: The customer asked us to wait." in said
        assert "Dana asked us to wait until noon. Evidence: Her message of 10:20" in said
        assert "Recorded by Lena Brandt," in said
        assert "Ask for another look" in said
    marked = "Exception recorded by Lena Brandt"
    assert marked in text_of(dana.get(f"{request_of(excused)}conversation/"))


def test_it_says_nothing_of_excuses_where_there_is_none(dana: Client, missed: Clock) -> None:
    said = text_of(dana.get(request_of(missed)))
    assert "This reply is late." in said
    assert "excused" not in said
    assert "Ask for another look" not in said


def test_it_shows_a_comment(cast: Cast, dana: Client, missed: Clock, at: datetime) -> None:
    comment_on_miss(missed, words="Our on-call phone failed.", agent=cast.ravi, at=at)
    said = text_of(dana.get(request_of(missed)))
    assert "“Our on-call phone failed.” (Ravi Patel, Technical account manager)" in said


def test_it_sends_what_the_customer_sees_differently(
    cast: Cast, dana: Client, excused: Clock
) -> None:
    asked = text_of(dana.get(appeal_of(excused)))
    assert "A lead who is not Lena Brandt looks at it again" in asked
    answer = dana.post(appeal_of(excused), {"words": "I never did."})
    assert answer.headers["Location"] == request_of(excused)
    made = Appeal.objects.get()
    assert (made.contact, made.words) == (cast.dana, "I never did.")
    said = text_of(dana.get(request_of(excused)))
    assert "Dana Wolf asked for another look," in said
    assert "Somebody other than Lena Brandt decides, and you get a mail." in said
    assert "Ask for another look" not in said


def test_it_asks_for_words(dana: Client, excused: Clock) -> None:
    answer = dana.post(appeal_of(excused), {"words": " "})
    assert answer.status_code == 422
    assert "Enter what you see differently" in text_of(answer)
    assert not Appeal.objects.exists()


def test_it_is_asked_once(cast: Cast, dana: Client, excused: Clock, at: datetime) -> None:
    appealed_by(cast.kim, excused.excuses.get(), at=at)
    for answer in (
        dana.get(appeal_of(excused)),
        dana.post(appeal_of(excused), {"words": "No"}),
    ):
        assert answer.headers["Location"] == request_of(excused)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    ("upheld", "words"),
    [
        (True, "Ida Holm took the exception back: the promise counts as missed."),
        (False, "Ida Holm took another look: the exception stands."),
    ],
)
def test_it_says_what_was_decided(
    cast: Cast, dana: Client, excused: Clock, at: datetime, upheld: bool, words: str
) -> None:
    made = appealed_by(cast.dana, excused.excuses.get(), at=at)
    decide_appeal(made, agent=cast.ida, upheld=upheld, answer="See 10:20.", at=at)
    said = text_of(dana.get(request_of(excused)))
    assert f"{words} See 10:20." in said
    stands = "Missed; not excused any more" if upheld else "Missed; excused"
    assert f"{stands}: The customer asked us to wait." in said


def test_nobody_else_may_ask(
    cast: Cast, sam: Client, olive: Client, client: Client, excused: Clock
) -> None:
    for stranger in (sam, olive):
        assert stranger.get(appeal_of(excused)).status_code == 404
        assert stranger.post(appeal_of(excused), {"words": "No"}).status_code == 404
    assert client.get(appeal_of(excused)).headers["Location"].startswith("/sign-in/")
    assert not Appeal.objects.exists()


def test_there_is_nothing_to_ask_about_without_an_excuse(dana: Client, missed: Clock) -> None:
    assert dana.get(appeal_of(missed)).status_code == 404
    assert dana.get(f"{request_of(missed)}misses/{missed.pk + 99}/appeal/").status_code == 404


def test_how_the_time_is_worked_out_tells_of_the_exception(
    dana: Client, excused: Clock
) -> None:
    said = text_of(dana.get(f"{request_of(excused)}why/"))
    words = "The customer asked us to wait. Dana asked us to wait until noon."
    assert f"Exception: {words} (recorded by Lena Brandt)" in said
