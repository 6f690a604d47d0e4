"""The telephone is set up and tested in pages; its token is never shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.twilio.actions.setting import save_telephone
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.tests.exchange import ACCOUNT, NUMBER, Person
from answerable.channels.voice.twilio.tests.lines import Lines, lines_open
from answerable.office.tests.conftest import SignIn

PAGE = "/office/telephone/"
IDAS = "+4915199999999"
FACTS = {
    "account_sid": ACCOUNT,
    "new_token": "very secret",
    "number": "+49 30 901820",
    "first": "agent",
    "ring_seconds": "25",
    "line_seconds": "300",
    "api_url": "https://api.twilio.com/",
    "is_on": "on",
}


@pytest.fixture
def lines(here: Cast, settings: Settings) -> Iterator[Lines]:
    with lines_open(settings, at=timezone.now()) as opened:
        opened.exchange.people[IDAS] = Person(keys=["1"])
        yield opened


def entered(ida: Client, **others: str) -> str:
    return said(ida.post(PAGE, FACTS | others, follow=True).content)


def said(page: bytes) -> str:
    return " ".join(page.decode().split())


def test_it_keeps_a_telephone_and_seals_its_token(here: Cast, ida: Client) -> None:
    page = entered(ida)
    kept = Telephone.objects.get()
    assert (kept.number, kept.api_url) == (NUMBER, "https://api.twilio.com")
    assert "very secret" not in page + kept.token
    assert kept.opened_token() == "very secret"
    assert "http://127.0.0.1:8000/telephone/calls/status/" in page


def test_a_token_that_is_left_empty_stays(here: Cast, ida: Client) -> None:
    entered(ida)
    entered(ida, new_token="", ring_seconds="40")
    kept = Telephone.objects.get()
    assert (kept.ring_seconds, kept.opened_token()) == (40, "very secret")


def test_the_environments_token_stands_above_it(
    here: Cast, ida: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERABLE_TELEPHONE_TOKEN", "of the environment")
    entered(ida, new_token="")
    assert Telephone.objects.get().opened_token() == "of the environment"


def test_it_says_what_is_missing(here: Cast, ida: Client) -> None:
    wrong = {"account_sid": "x", "number": "12", "ring_seconds": "5", "line_seconds": "x"}
    page = entered(ida, new_token="", api_url="http://127.0.0.1", **wrong)
    for words in (
        "Enter an account SID: AC and 32 figures or letters to f",
        "Enter a number like +49 30 901820",
        "Enter seconds from 10 to 120",
        "Enter seconds from 60 to 3600",
        "Enter the auth token",
        "http is not encrypted.",
    ):
        assert words in page
    assert not Telephone.objects.exists()


def test_the_account_is_checked_step_by_step(lines: Lines, ida: Client) -> None:
    page = said(ida.post(f"{PAGE}check/").content)
    assert page.count("Done:") == 2
    assert page.count("Failed:") == 1
    assert "Let the number&#x27;s calls come here, or enter the addresses." in page
    ida.post(f"{PAGE}number/")
    page = said(ida.post(f"{PAGE}check/").content)
    assert page.count("Done:") == 3
    assert "The telephone works." in page


def test_a_check_says_what_is_wrong(lines: Lines, ida: Client) -> None:
    lines.exchange.down = True
    page = said(ida.post(f"{PAGE}check/").content)
    assert "The provider cannot be reached." in page
    assert "Done:" not in page
    lines.exchange.down = False
    lines.telephone.number = "+49301111111"
    save_telephone(lines.telephone, at=timezone.now())
    page = said(ida.post(f"{PAGE}check/").content)
    assert "The account does not have our number. Check it." in page
    page = said(ida.post(f"{PAGE}number/", follow=True).content)
    assert "The account does not have our number. Check it." in page


def test_a_test_call_shows_each_step(lines: Lines, ida: Client) -> None:
    answer = ida.post(f"{PAGE}calls/", {"phone": "+49 151 99999999"}, follow=True)
    path = answer.redirect_chain[0][0]
    assert said(answer.content).count("Waits:") == 4
    assert "every 2s" in said(answer.content)
    lines.settle()
    page = said(ida.get(path).content)
    assert page.count("Done:") == 4
    assert "The telephone works." in page
    assert "every 2s" not in page
    assert lines.exchange.line_to(IDAS).heard[-1] == ("We heard the key. Your telephone works.")


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person("no-answer"), "Nobody answered. Try again."),
        (Person("failed"), "The number does not exist."),
        (Person(), "No key was heard. Press 1 while the voice speaks."),
    ],
)
def test_a_test_call_that_fails_says_what_to_do(
    lines: Lines, ida: Client, person: Person, words: str
) -> None:
    lines.exchange.people[IDAS] = person
    ida.post(f"{PAGE}calls/", {"phone": IDAS})
    lines.settle()
    page = said(ida.get(f"{PAGE}calls/{Leg.objects.get().pk}/").content)
    assert words in page
    assert "The telephone works." not in page


def test_a_number_to_test_with_is_needed(lines: Lines, ida: Client) -> None:
    answer = ida.post(f"{PAGE}calls/", {"phone": "12"})
    assert answer.status_code == 422
    assert "Enter a number like +49 171 5550123" in said(answer.content)


def test_it_is_for_administrators(lines: Lines, here: Cast, sign_in: SignIn) -> None:
    for person in (here.lena, here.dana):
        client = sign_in(person)
        for path in ("", "check/", "number/", "calls/"):
            answer = client.post(PAGE + path, FACTS | {"phone": IDAS})
            assert answer.status_code in {403, 404}, (person, path)
    assert not Leg.objects.exists()


def test_where_nothing_is_set_up_nothing_is_tested(here: Cast, ida: Client) -> None:
    assert "Check the account" not in said(ida.get(PAGE).content)
    for path in ("check/", "number/", "calls/"):
        assert ida.post(PAGE + path, {"phone": IDAS}).status_code == 404
    assert ida.get(f"{PAGE}calls/1/").status_code == 404
