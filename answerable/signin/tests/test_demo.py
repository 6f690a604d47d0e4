"""The demonstration's first page, and its doors, which exist nowhere else."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from answerable.accounts.actions import install
from answerable.accounts.models import Installation
from answerable.cast import Cast


def test_it_offers_everybody_of_the_cast(
    demo: Installation, cast: Cast, client: Client
) -> None:
    page = client.get("/").content.decode()
    for person in (cast.dana, cast.sam, cast.ana, cast.ben, cast.chidi, cast.lena, cast.ida):
        assert person.name in page
    assert f'value="contact-{cast.dana.pk}"' in page
    assert f'value="agent-{cast.ana.pk}"' in page
    assert "--mail-rcpt support@answerable.example" in page


def test_it_works_before_there_is_anybody(demo: Installation, client: Client) -> None:
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("kind", "who", "leads_to"),
    [
        ("contact", "dana", "/requests/"),
        ("agent", "ana", "/desk/"),
    ],
)
def test_it_lets_in_by_one_press(
    demo: Installation, cast: Cast, client: Client, kind: str, who: str, leads_to: str
) -> None:
    person = getattr(cast, who)
    answer = client.post("/demo/sign-in/", {"person": f"{kind}-{person.pk}"})
    assert answer.headers["Location"] == leads_to
    person.refresh_from_db()
    assert client.session["_auth_user_id"] == str(person.user.pk)


def test_it_signs_the_first_person_out(demo: Installation, cast: Cast, client: Client) -> None:
    client.post("/demo/sign-in/", {"person": f"contact-{cast.dana.pk}"})
    session = client.session
    session["secret"] = "of Dana"
    session.save()
    client.post("/demo/sign-in/", {"person": f"agent-{cast.ana.pk}"})
    assert client.session["_auth_user_id"] == str(cast.ana.user.pk)
    assert "secret" not in client.session


def test_it_leads_to_a_page_of_ours_only(
    demo: Installation, cast: Cast, client: Client
) -> None:
    person = {"person": f"contact-{cast.dana.pk}"}
    answer = client.post("/demo/sign-in/", person | {"next": "/contact/"})
    assert answer.headers["Location"] == "/contact/"
    answer = client.post("/demo/sign-in/", person | {"next": "//evil.example/"})
    assert answer.headers["Location"] == "/requests/"


def test_it_needs_a_press(demo: Installation, cast: Cast, client: Client) -> None:
    answer = client.get(f"/demo/sign-in/?person=agent-{cast.ana.pk}")
    assert answer.status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/sign-in/", {"person": f"agent-{cast.ana.pk}"}).status_code == 403


@pytest.mark.parametrize(
    "person", ["", "agent-", "agent-x", "agent-999999", "agent-9999999999999"]
)
def test_it_knows_nobody_else(
    demo: Installation, cast: Cast, client: Client, person: str
) -> None:
    assert client.post("/demo/sign-in/", {"person": person}).status_code == 404


@pytest.mark.parametrize("recorded", [True, False])
def test_it_does_not_exist_outside_a_demonstration(
    cast: Cast, client: Client, at: datetime, recorded: bool
) -> None:
    if recorded:
        install(demo=False, at=at)
    answer = client.post("/demo/sign-in/", {"person": f"agent-{cast.ana.pk}"})
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session
    assert "demo/sign-in" not in client.get("/", follow=True).content.decode()
