"""“Test: call me now” calls a customer's own number, or says why it cannot be tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.accounts.preferences.actions import keep_phones
from answerable.cast import Cast
from answerable.channels.voice.twilio.models import Leg
from answerable.channels.voice.twilio.tests.exchange import Person
from answerable.channels.voice.twilio.tests.lines import DANAS, Lines, lines_open
from answerable.portal.tests.helping import text_of

TEST = "/preferences/phone/test/"
BUTTON = "Test: call me now"


@pytest.fixture
def lines(cast: Cast, settings: Settings) -> Iterator[Lines]:
    keep_phones(cast.dana, phone=DANAS, office_phone="")
    with lines_open(settings, at=timezone.now()) as opened:
        yield opened


def test_it_calls_and_says_that_it_works(lines: Lines, dana: Client) -> None:
    lines.exchange.people[DANAS] = Person(keys=["1"])
    assert BUTTON in text_of(dana.get("/preferences/"))
    page = dana.post(TEST, follow=True)
    assert "We call you now. Answer, and press 1." in text_of(page)
    lines.settle()
    assert "It works: you answered, and we heard the key." in text_of(dana.get(TEST))
    assert Leg.objects.get().phone == DANAS


def test_it_says_that_nobody_answered_and_calls_three_times_at_most(
    lines: Lines, dana: Client
) -> None:
    lines.exchange.people[DANAS] = Person("no-answer")
    for _ in range(3):
        dana.post(TEST)
        dana.post(TEST)
        lines.settle()
    assert "Nobody answered. Try again." in text_of(dana.get(TEST))
    refused = dana.post(TEST, follow=True)
    assert "You tried it three times. Try again in an hour." in text_of(refused)
    assert Leg.objects.count() == 3


def test_without_a_line_it_says_why_it_cannot_be_tried(cast: Cast, dana: Client) -> None:
    keep_phones(cast.dana, phone=DANAS, office_phone="")
    page = text_of(dana.get("/preferences/"))
    assert "It cannot be tried here: we have no line that calls by itself." in page
    assert BUTTON not in page
    dana.post(TEST)
    assert not Leg.objects.exists()
    assert dana.get(TEST).headers["Location"] == "/preferences/"
