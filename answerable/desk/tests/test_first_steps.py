"""An administrator who has just begun is offered what comes along."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.knowledge.models import Article

OFFER = "Begin with the articles that come along"


def test_an_empty_help_centre_can_begin_with_our_articles(
    here: Cast, ana: Client, sign_in: Callable[[Agent | Contact], Client]
) -> None:
    ida = sign_in(here.ida)
    assert OFFER in ida.get("/desk/").content.decode()
    assert OFFER not in ana.get("/desk/").content.decode()
    ida.post("/articles/shipped/")
    assert Article.objects.exists()
    assert OFFER not in ida.get("/desk/").content.decode()
