"""What is typed and not sent: which window has the newer words, how much, and in what order."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import SignIn, ask
from answerable.tickets import actions
from answerable.tickets.models import Draft, Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def test_an_older_window_does_not_overwrite_a_newer_draft(ticket: Ticket, ana: Client) -> None:
    def save(text: str, base: str | None) -> tuple[int, dict[str, str]]:
        said: dict[str, Any] = {"text": text, "base": base, "data": {"acts": []}}
        place = f"/desk/tickets/{ticket.pk}/draft/reply/"
        answer = ana.post(place, json.dumps(said), content_type="application/json")
        return answer.status_code, answer.json()

    first = save("One", "")[1]["version"]
    second = save("One and two", first)[1]["version"]
    code, newer = save("Another window", first)
    assert (code, newer) == (409, {"newer": "One and two", "version": second})
    assert Draft.objects.get().body == "One and two"
    assert save("One and two, and another", second)[0] == 200


def test_a_save_that_comes_late_does_not_undo_a_later_one_of_its_page(
    ticket: Ticket, ana: Client
) -> None:
    def save(text: str, turn: int) -> tuple[int, str]:
        said = {"text": text, "base": "", "version": f"a1b2c3.{turn}", "data": {"cc": [text]}}
        place = f"/desk/tickets/{ticket.pk}/draft/reply/"
        answer = ana.post(place, json.dumps(said), content_type="application/json")
        return answer.status_code, answer.json()["version"]

    assert save("One", 1) == (200, "a1b2c3.1")
    assert save("One and two, and three", 3) == (200, "a1b2c3.3")
    assert save("One and two", 2) == (200, "a1b2c3.3")
    kept = Draft.objects.get()
    assert (kept.body, kept.data) == (
        "One and two, and three",
        {"cc": ["One and two, and three"]},
    )


def test_a_draft_of_two_megabytes_is_kept_whole(ticket: Ticket, ana: Client) -> None:
    text = "Größe " * 400_000
    place = f"/desk/tickets/{ticket.pk}/draft/note/"
    kept = ana.post(place, json.dumps({"text": text}), content_type="application/json")
    assert kept.json()["saved"].startswith("saved ")
    assert Draft.objects.get().body == text
    more = json.dumps({"text": "x" * 4_000_001})
    refused = ana.post(place, more, content_type="application/json")
    assert refused.status_code == 413
    assert "4,000,000 characters at most" in refused.json()["saved"]
    assert Draft.objects.get().body == text


def test_drafts_are_listed_the_promise_that_is_due_first_on_top(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    hour_ago = timezone.now() - timedelta(minutes=40)
    newer, older = ask(here.dana, "Newer"), ask(here.dana, "Older", at=hour_ago)
    aim = ask(here.sam, "An aim")
    for one in (aim, newer, older):
        actions.save_draft(one, agent=here.ana, mode="reply", body="Half", at=timezone.now())
    page = ana.get("/desk/drafts/").content.decode()
    found = [page.index(name) for name in ("Older", "Newer", "An aim")]
    assert found == sorted(found)
    assert "Older" not in sign_in(here.ben).get("/desk/drafts/").content.decode()
