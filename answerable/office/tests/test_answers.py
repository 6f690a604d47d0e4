"""Canned answers are written, changed and removed in pages."""

from __future__ import annotations

from django.test import Client

from answerable.cast import Cast
from answerable.channels.chat.models import CannedAnswer

ANSWERS = "/office/answers/"
FACTS = {"name": "Export again", "language": "en", "body": "Hello {person}, try it again."}


def entered(ida: Client, path: str = f"{ANSWERS}new/", **others: str) -> str:
    answer = ida.post(path, FACTS | others, follow=True)
    return " ".join(answer.content.decode().split())


def test_it_keeps_an_answer(here: Cast, ida: Client) -> None:
    assert "There are no canned answers yet." in ida.get(ANSWERS).content.decode()
    page = entered(ida)
    assert "Hello {person}, try it again." in page
    assert CannedAnswer.objects.get().name == "Export again"


def test_a_name_is_once_a_language_until_it_is_removed(here: Cast, ida: Client) -> None:
    entered(ida)
    assert "There is an answer with this name in this language." in entered(ida)
    entered(ida, language="de", body="Guten Tag {person}")
    assert CannedAnswer.objects.count() == 2
    answer = CannedAnswer.objects.get(language="en")
    assert "Export again is removed." in entered(ida, f"{ANSWERS}{answer.pk}/remove/")
    entered(ida)
    assert CannedAnswer.objects.filter(language="en", removed_at=None).count() == 1
    assert ida.get(f"{ANSWERS}{answer.pk}/").status_code == 404


def test_it_says_what_is_wrong(here: Cast, ida: Client) -> None:
    page = entered(ida, name="", language="xx", body="Hello {name}")
    for problem in ("Enter a name", "Select a language", "Nobody fills {name}"):
        assert problem in page, problem
    assert "A brace stands alone" in entered(ida, body="Hello {person")
    assert not CannedAnswer.objects.exists()


def test_an_answer_is_changed(here: Cast, ida: Client) -> None:
    entered(ida)
    answer = CannedAnswer.objects.get()
    entered(ida, f"{ANSWERS}{answer.pk}/", body="Hello {person}. {agent}")
    answer.refresh_from_db()
    assert answer.body == "Hello {person}. {agent}"
