"""How it went is asked on the page of a request and by mail, and answered once for all."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.portal.tests.helping import text_of
from answerable.surveys.models import Refusal, Survey
from answerable.surveys.tests.scenes import DAY, HOUR, asked, asks, resolved, token_to
from answerable.tickets.actions import reopen

ASKS = "How did we do?"


@pytest.fixture
def survey(cast: Cast, at: datetime) -> Survey:
    """Dana is asked about a request."""
    asks(cast, at - DAY)
    return asked(resolved(cast, at - 2 * HOUR), at - 2 * HOUR)


@pytest.fixture
def page(survey: Survey) -> str:
    return f"/requests/{survey.ticket_id}/"


@pytest.fixture
def link(survey: Survey, cast: Cast) -> str:
    return f"/survey/{token_to(cast.dana)}/"


def part(page: str) -> str:
    return f"{page}survey/"


def said(survey: Survey) -> tuple[int | None, str, str]:
    survey = Survey.objects.get(pk=survey.pk)
    return survey.answer, survey.comment, survey.via


def test_it_is_asked_on_the_page_of_the_request_and_above_the_list(
    dana: Client, page: str
) -> None:
    assert ASKS in text_of(dana.get(page))
    assert "is solved: how did we do?" in text_of(dana.get("/requests/"))


def test_only_who_is_asked_is_asked(cast: Cast, sam: Client, dana: Client, page: str) -> None:
    Contact.objects.filter(pk=cast.sam.pk).update(product_role="super_admin")
    assert ASKS not in text_of(sam.get(page))
    sam.post(part(page), {"answer": "1"})
    assert not Survey.objects.exclude(answer=None).exists()


def test_an_answer_can_be_given_changed_and_added_to(
    dana: Client, survey: Survey, page: str
) -> None:
    there = dana.post(part(page), {"answer": "2"}, follow=True)
    assert urlsplit(there.redirect_chain[0][0]).path == page
    assert "You said: Bad" in text_of(there)
    assert "A lead should read this" in text_of(there)
    dana.post(part(page), {"answer": "2", "comment": "Slow", "lead": "1"})
    assert said(survey) == (2, "Slow", "portal")
    assert Survey.objects.for_leads().count() == 1
    better = dana.post(part(page), {"answer": "5", "comment": "Slow"}, follow=True)
    assert "A lead should read this" not in text_of(better)
    assert "is solved: how did we do?" not in text_of(dana.get("/requests/"))


def test_nothing_chosen_is_said(dana: Client, survey: Survey, page: str) -> None:
    refused = dana.post(part(page), {})
    assert refused.status_code == 422
    assert "Choose an answer" in text_of(refused)
    assert said(survey)[0] is None


def test_too_much_stays_in_its_box(dana: Client, survey: Survey, page: str) -> None:
    dana.post(part(page), {"answer": "5"})
    refused = dana.post(part(page), {"answer": "5", "comment": "x" * 2001})
    assert refused.status_code == 422
    assert "2000 characters or fewer. They have 2001." in text_of(refused)
    assert "x" * 2001 in refused.content.decode()
    assert said(survey) == (5, "", "portal")


def test_a_part_that_has_not_changed_is_not_sent_again(
    dana: Client, survey: Survey, page: str
) -> None:
    """What somebody is typing stays, until it was answered elsewhere."""
    shown = dana.get(part(page)).context["asked"].seen
    assert dana.get(part(page), {"seen": shown}).status_code == 204
    dana.post(part(page), {"answer": "4"})
    again = dana.get(part(page), {"seen": shown})
    assert again.status_code == 200
    assert "You said: Good" in text_of(again)


def test_opened_again_it_is_asked_no_more(
    dana: Client, cast: Cast, survey: Survey, page: str
) -> None:
    shown = dana.get(part(page)).context["asked"].seen
    reopen(survey.ticket, agent=None, contact=cast.dana, at=now())
    assert ASKS not in text_of(dana.get(page))
    assert ASKS not in text_of(dana.get(part(page), {"seen": shown}))
    assert dana.get(part(page), {"seen": ""}).status_code == 204


def test_a_link_that_a_program_follows_answers_nothing(
    client: Client, survey: Survey, link: str
) -> None:
    for _ in range(3):
        opened = client.get(link, {"answer": "1"})
    client.head(link, {"answer": "1"})
    assert said(survey)[0] is None
    assert b'value="1" checked' in opened.content
    assert opened.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_link_is_answered_without_signing_in(
    client: Client, dana: Client, survey: Survey, link: str, page: str
) -> None:
    there = client.post(link, {"answer": "5"}, follow=True)
    assert said(survey) == (5, "", "mail")
    assert "Would you like to say more?" in text_of(there)
    client.post(link, {"answer": "5", "comment": "Kind and quick"})
    assert said(survey) == (5, "Kind and quick", "mail")
    # Answered in one place, it is asked nowhere else.
    assert "is solved: how did we do?" not in text_of(dana.get("/requests/"))
    assert "You said: Very good" in text_of(dana.get(page))


def test_another_link_of_the_mail_offers_another_answer(
    client: Client, survey: Survey, link: str
) -> None:
    client.post(link, {"answer": "5"})
    assert b'value="2" checked' in client.get(link, {"answer": "2"}).content
    assert b'value="5" checked' in client.get(link, {"answer": "9"}).content
    assert said(survey)[0] == 5


def test_the_form_of_a_link_needs_its_page(survey: Survey, link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"answer": "1"}).status_code == 403
    assert said(survey)[0] is None


def test_a_link_that_is_over_or_wrong_answers_nothing(
    client: Client, survey: Survey, link: str
) -> None:
    Survey.objects.update(ends_at=now())
    assert "This question is closed" in text_of(client.get(link, {"answer": "5"}))
    client.post(link, {"answer": "5"})
    assert said(survey)[0] is None
    assert client.get("/survey/" + "x" * 43 + "/").status_code == 404


def test_it_speaks_the_readers_language(client: Client, survey: Survey, link: str) -> None:
    Contact.objects.update(language="de")
    assert "Wie lief es für Sie?" in text_of(client.get(link))


def test_who_wants_no_more_questions_says_so_by_link(
    client: Client, survey: Survey, link: str
) -> None:
    client.get(f"{link}no-more/")
    assert not Refusal.objects.exists()
    program = Client(enforce_csrf_checks=True)
    program.post(f"{link}no-more/", {"List-Unsubscribe": "One-Click"})
    assert Refusal.objects.get().contact == survey.contact
    assert "You are asked no more." in text_of(client.get(f"{link}no-more/"))
    client.post(f"{link}no-more/", {"wanted": "yes"})
    assert not Refusal.objects.exists()


def test_it_is_chosen_among_the_preferences(dana: Client, cast: Cast) -> None:
    form = {"part": "mail", "replies": "on", "promises": "late"}
    dana.post("/preferences/", form)
    assert Refusal.objects.filter(contact=cast.dana).exists()
    dana.post("/preferences/", form | {"surveys": "on"})
    assert not Refusal.objects.exists()
