"""Known incidents stand above the ways to reach us and the list of requests, without script."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.incidents.models import Follower
from answerable.incidents.tests.scenes import slow_exports

ADDED = "Added. We will write to you when it is fixed."


@pytest.mark.parametrize("page", ["contact", "requests"])
def test_who_says_that_it_affects_them_is_told_so_where_they_were(
    cast: Cast, dana: Client, at: datetime, page: str
) -> None:
    incident = slow_exports(cast.ana, at)
    shown = dana.get(f"/{page}/").content.decode()
    assert "We are fixing: exports are slow (since " in shown
    assert "This affects me too" in shown
    facts = {"incident": incident.pk, "what": "affected", "back": page}
    answer = dana.post("/contact/known/affected/", facts)
    assert answer.headers["Location"] == f"/{page}/"
    assert ADDED in dana.get(f"/{page}/").content.decode()
    assert Follower.objects.get().is_affected


def test_a_stranger_reads_of_what_touches_everybody_and_presses_nothing(
    cast: Cast, client: Client, at: datetime
) -> None:
    slow_exports(cast.ana, at, product="")
    shown = client.get("/contact/").content.decode()
    assert "We are fixing: exports are slow" in shown
    assert "This affects me too" not in shown
    assert client.post("/contact/known/affected/", {"incident": 1}).status_code == 302
    assert not Follower.objects.exists()


def test_the_part_alone_is_what_a_change_fetches(
    cast: Cast, dana: Client, at: datetime
) -> None:
    incident = slow_exports(cast.ana, at)
    facts = {"incident": incident.pk, "what": "follow", "back": "contact"}
    part = dana.post("/contact/known/affected/", facts, headers={"HX-Request": "true"})
    assert ADDED in part.content.decode()
    assert "<html" not in part.content.decode()
    assert ADDED in dana.get("/contact/known/?back=contact").content.decode()
