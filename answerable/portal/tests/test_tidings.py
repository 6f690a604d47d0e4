"""The page on which a contact chooses what they are told beside mail."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.twilio.tests.lines import Lines, lines_open
from answerable.notices.core.tidings import Matter
from answerable.notices.models import PushSubscription, TextNumber, TidingWish
from answerable.notices.tests.pushed import Browser
from answerable.portal.tests.helping import text_of

HERE = "/preferences/notices/"
PHONE = "+49 171 5550123"


@pytest.fixture
def lines(cast: Cast, at: datetime, settings: Settings) -> Iterator[Lines]:
    with lines_open(settings, at=at) as opened:
        yield opened


def subscribed(client: Client, endpoint: str = "https://push.example/1") -> int:
    theirs = Browser()
    said = {"endpoint": endpoint, "p256dh": theirs.p256dh, "auth": theirs.auth, "name": "Fox"}
    answer = client.post(f"{HERE}browsers/", json.dumps(said), content_type="application/json")
    return answer.status_code


def test_nothing_is_chosen_before_somebody_does(dana: Client) -> None:
    page = dana.get(HERE)
    assert "Nothing comes until you choose it here" in text_of(page)
    boxes = re.findall(r'<input type="checkbox"[^>]*>', page.content.decode())
    assert boxes
    assert not any("checked" in box.replace("checkbox", "") for box in boxes)
    assert "None. A browser can tell you" in text_of(dana.get("/preferences/"))


def test_without_a_telephone_no_text_messages_are_offered(dana: Client) -> None:
    assert "text message" not in text_of(dana.get(HERE)).lower()


def test_it_keeps_what_is_chosen(cast: Cast, dana: Client, lines: Lines) -> None:
    page = dana.post(HERE, {"push": ["reply", "talk"], "text": ["late"]}, follow=True)
    assert "Your preferences are kept." in text_of(page)
    wish = TidingWish.objects.get(contact=cast.dana)
    assert (set(wish.push), set(wish.text)) == ({"reply", "talk"}, {"late"})
    dana.post(HERE, {})
    assert TidingWish.objects.get(contact=cast.dana).wants().push == frozenset()


def test_a_browser_that_is_asked_to_show_notices_shows_all_until_less_is_chosen(
    cast: Cast, dana: Client
) -> None:
    assert subscribed(dana) == 204
    row = PushSubscription.objects.get(contact=cast.dana)
    assert row.session_id == dana.session.session_key
    assert TidingWish.objects.get(contact=cast.dana).wants().push == frozenset(Matter)
    assert "You get notices in a browser." in text_of(dana.get("/preferences/"))
    dana.post(f"{HERE}browsers/{row.pk}/removal/")
    assert not PushSubscription.objects.exists()


def test_it_refuses_keys_that_are_none_and_addresses_inside(dana: Client) -> None:
    said = {"endpoint": "https://push.example/1", "p256dh": "AAAA", "auth": "AAAA"}
    answer = dana.post(f"{HERE}browsers/", json.dumps(said), content_type="application/json")
    assert answer.status_code == 422
    assert subscribed(dana, "http://127.0.0.1/push") == 422


def test_nobody_removes_anothers_browser(cast: Cast, dana: Client, sam: Client) -> None:
    subscribed(dana)
    sam.post(f"{HERE}browsers/{PushSubscription.objects.get().pk}/removal/")
    assert PushSubscription.objects.filter(contact=cast.dana).exists()


def test_signing_out_ends_it(dana: Client) -> None:
    subscribed(dana)
    dana.logout()
    assert not PushSubscription.objects.exists()


def test_a_number_is_confirmed_by_the_code_that_was_sent_there(
    cast: Cast, dana: Client, lines: Lines
) -> None:
    page = dana.post(f"{HERE}number/", {"phone": PHONE}, follow=True)
    assert "We sent a code to +49 171 5550123." in text_of(page)
    (_what, sent) = lines.exchange.asked[-1]
    (code,) = re.findall(r"\b\d{6}\b", sent["Body"])
    wrong = dana.post(f"{HERE}code/", {"code": "12"})
    assert wrong.status_code == 422
    assert "This is not the code we sent" in text_of(wrong)
    page = dana.post(f"{HERE}code/", {"code": f"{code[:3]} {code[3:]}"}, follow=True)
    assert "Text messages go to +49 171 5550123." in text_of(page)
    assert TextNumber.objects.get(contact=cast.dana).takes_texts()
    dana.post(f"{HERE}number/removal/")
    assert not TextNumber.objects.exists()


@pytest.mark.parametrize(
    ("phone", "says"),
    [
        ("call me", "Enter a phone number with country code"),
        ("+49 900 1234567", "numbers that cost extra"),
    ],
)
def test_no_code_is_sent_where_we_call_nobody(
    dana: Client, lines: Lines, phone: str, says: str
) -> None:
    answer = dana.post(f"{HERE}number/", {"phone": phone})
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert lines.exchange.asked == []


def test_it_says_so_where_no_code_could_be_sent(dana: Client, lines: Lines) -> None:
    lines.exchange.down = True
    answer = dana.post(f"{HERE}number/", {"phone": PHONE})
    assert answer.status_code == 422
    assert "It could not be sent. Try again." in text_of(answer)


def test_the_worker_is_for_pages_of_requests_alone(client: Client) -> None:
    answer = client.get(f"{HERE}worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/requests/"
    assert "showNotification" in answer.content.decode()
