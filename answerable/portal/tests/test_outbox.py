"""The outbox shows each mail that was sent, to whom it may be shown."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from answerable.accounts.actions import install
from answerable.cast import Cast
from answerable.channels.email.actions.keeping import keep
from answerable.channels.email.models import OutboxMail
from answerable.portal.tests.helping import text_of

RAW = (
    b"From: Answerable Support <support@answerable.example>\r\nTo: dana@nordwind.example\r\n"
    b"Subject: Sign in\r\nMessage-ID: <1@answerable.example>\r\n\r\n"
    b"Press http://127.0.0.1:8000/sign-in/link/abc/ <b>now</b>\r\n"
)


@pytest.fixture
def mail(cast: Cast, at: datetime) -> OutboxMail:
    return keep(
        RAW,
        message_id="<1@answerable.example>",
        to="dana@nordwind.example",
        subject="Sign in",
        at=at,
    )


def test_it_is_open_to_anybody_in_a_demonstration(
    mail: OutboxMail, client: Client, at: datetime
) -> None:
    install(demo=True, at=at)
    assert "Sign in" in text_of(client.get("/outbox/"))
    page = client.get(f"/outbox/{mail.pk}/")
    assert "dana@nordwind.example" in text_of(page)
    assert '<a href="http://127.0.0.1:8000/sign-in/link/abc/"' in page.content.decode()
    assert "<b>now</b>" not in page.content.decode()


@pytest.mark.parametrize("address", ["/outbox/", "/outbox/{}/"])
def test_it_is_closed_to_customers_and_strangers_elsewhere(
    mail: OutboxMail, client: Client, dana: Client, address: str
) -> None:
    address = address.format(mail.pk)
    assert client.get(address).headers["Location"].startswith("/sign-in/")
    assert dana.get(address).status_code == 404


def test_it_is_for_administrators_elsewhere(
    mail: OutboxMail, cast: Cast, client: Client, settings: Settings
) -> None:
    settings.ANSWERABLE_SECOND_FACTOR = "optional"
    client.force_login(cast.ana.user)
    assert client.get("/outbox/").status_code == 403
    client.force_login(cast.ida.user)
    assert client.get("/outbox/").status_code == 200


def test_it_does_not_exist_where_mail_really_leaves(
    mail: OutboxMail, client: Client, settings: Settings, at: datetime
) -> None:
    settings.ANSWERABLE_MAIL_URL = "smtp://mail.example:25"
    install(demo=True, at=at)
    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{mail.pk}/").status_code == 404


def test_it_shows_the_mails_of_one_request(
    mail: OutboxMail, client: Client, at: datetime
) -> None:
    install(demo=True, at=at)
    assert "No mail was sent yet." in text_of(client.get("/outbox/?ticket=12345"))
    assert client.get("/outbox/?ticket=rubbish").status_code == 200
    assert client.get("/outbox/999999/").status_code == 404
