"""Links that lead nowhere for a customer are named, and asked about before a reply goes."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.link_words import wrong_inside
from answerable.desk.tests.opening import PART, ask, last_event
from answerable.knowledge.models import ArticleText

OURS = settings.ANSWERABLE_URL


def wrong(here: Cast, text: str) -> list[str]:
    ticket = ask(here.dana)
    return [one.why for one in wrong_inside(text, ticket, timezone.now())]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[here](javascript:alert(1))", "It is no address of a page"),
        ("[here](/help/)", "It leads nowhere from a mail. Write the whole address."),
        (f"See {OURS}/desk/tickets/7/", "Only agents can open this page."),
        (f"See {OURS}/office/plans/", "Only agents can open this page."),
        (f"See {OURS}/no/such/page/", "We have no page at /no/such/page/."),
        (f"See {OURS}/help/en/nothing/", "There is no article at /help/en/nothing/."),
        ("See http://wiki/start", "wiki is a machine of your own network."),
        ("See http://10.1.2.3/", "10.1.2.3 is a machine of your own network."),
        ("See https://jira.corp/X-1", "jira.corp is a machine of your own network."),
        ("See http://[fd00::1]/", "fd00::1 is a machine of your own network."),
    ],
)
def test_it_says_what_is_wrong_with_a_link(here: Cast, text: str, words: str) -> None:
    (said,) = wrong(here, text)
    assert said.startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        f"See {OURS}/help/ and {OURS}/requests/",
        "[write](mailto:a@b.example)",
        "https://example.com",
    ],
)
def test_other_links_are_fine(here: Cast, text: str) -> None:
    assert wrong(here, text) == []


def test_it_is_asked_about_once_before_a_reply_goes(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    text = f"See {OURS}/desk/tickets/7/"
    form = {"reply": text, "seen": last_event(ticket)}
    path = f"/desk/tickets/{ticket.pk}/reply/"
    asked = ana.post(path, form, headers=PART)
    assert asked.status_code == 422
    assert "Only agents can open this page." in asked.content.decode()
    assert not ticket.messages.filter(kind="reply").exists()
    ana.post(path, {**form, "asked": "links"}, headers=PART)
    assert ticket.messages.get(kind="reply").body == text
    assert not ArticleText.objects.filter(slug="nothing").exists()


def test_the_language_of_the_box_is_that_of_what_the_customer_wrote(
    here: Cast, ana: Client
) -> None:
    english = ana.get(f"/desk/tickets/{ask(here.dana).pk}/").content.decode()
    assert '<textarea id="reply-text" dir="auto" lang="en" spellcheck="true"' in english
    words = "Seit heute geht der Export nicht mehr, und wir haben keine Idee, was es ist."
    german = ana.get(f"/desk/tickets/{ask(here.dana, body=words).pk}/").content.decode()
    assert '<textarea id="reply-text" dir="auto" lang="de" spellcheck="true"' in german
    assert "Customer writes German" in german
