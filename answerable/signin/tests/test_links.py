"""Customers sign in by a mailed link."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from answerable.accounts.actions import add_contact, let_in, make_sign_in_link
from answerable.accounts.models import SignInLink
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail

DANA = {"email": "dana@nordwind.example"}


def link_in(mail: OutgoingMail) -> str:
    found = re.search(r"http://[^/]+(/sign-in/link/\S+)", mail.text)
    assert found
    return found[1]


def asked(client: Client, **fields: str) -> OutgoingMail:
    client.post("/sign-in/", DANA | fields)
    return OutgoingMail.objects.latest("pk")


def is_in(client: Client) -> bool:
    return client.get("/requests/").status_code == 200


def test_it_mails_a_link_and_says_so(cast: Cast, client: Client) -> None:
    page = client.post("/sign-in/", DANA, follow=True).content.decode()
    assert (
        "We sent a link to <strong>dana@nordwind.example</strong>. It works for 15 minutes."
        in page
    )
    mail = OutgoingMail.objects.get()
    assert mail.to == "dana@nordwind.example"
    assert link_in(mail)


def test_it_signs_in_with_one_press(cast: Cast, client: Client) -> None:
    link = link_in(asked(client))
    assert not is_in(client)
    answer = client.post(link)
    assert answer.headers["Location"] == "/"
    assert is_in(client)


def test_it_is_not_used_up_by_who_only_looks(cast: Cast, client: Client) -> None:
    link = link_in(asked(client))
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not is_in(client)
    client.post(link)
    assert is_in(client)


def test_it_works_once(cast: Cast, client: Client) -> None:
    link = link_in(asked(client))
    Client().post(link)
    answer = client.post(link)
    assert answer.status_code == 410
    assert "Mail me a new link" in answer.content.decode()
    assert client.get(link).status_code == 410
    assert not is_in(client)


def test_it_works_for_fifteen_minutes(cast: Cast, client: Client, at: datetime) -> None:
    old = make_sign_in_link(cast.dana, leads_to="/", at=at - timedelta(minutes=15, seconds=1))
    fresh = make_sign_in_link(cast.dana, leads_to="/", at=at - timedelta(minutes=14))
    assert client.post(f"/sign-in/link/{old}/").status_code == 410
    assert client.post(f"/sign-in/link/{fresh}/").status_code == 302


def test_it_leads_where_the_person_wanted_to_go(cast: Cast, client: Client) -> None:
    link = link_in(asked(client, next="/contact/?kept=1"))
    assert client.post(link).headers["Location"] == "/contact/?kept=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:evil.example",
        "/" + "x" * 300,
    ],
)
def test_it_leads_nowhere_else(cast: Cast, client: Client, elsewhere: str) -> None:
    link = link_in(asked(client, next=elsewhere))
    assert client.post(link).headers["Location"] == "/"


@pytest.mark.parametrize("address", ["nobody@nowhere.example", "ana@answerable.example"])
def test_it_says_the_same_to_an_address_that_we_do_not_know(cast: Cast, address: str) -> None:
    assert answer_to(address) == answer_to("dana@nordwind.example")


def answer_to(address: str) -> list[str]:
    answer = Client().post("/sign-in/", {"email": address}, follow=True)
    page = re.sub(r'(value=|"X-CSRFToken": |content=)"[\w-]+"', "", answer.content.decode())
    return page.replace(address, "the address").splitlines()


def test_it_tells_a_stranger_by_mail_that_there_is_no_link(cast: Cast, client: Client) -> None:
    client.post("/sign-in/", {"email": "nobody@nowhere.example"})
    mail = OutgoingMail.objects.get()
    assert mail.to == "nobody@nowhere.example"
    assert "/sign-in/link/" not in mail.text
    assert not SignInLink.objects.exists()


def test_it_gives_no_link_to_agents(cast: Cast, client: Client, at: datetime) -> None:
    twin = add_contact(cast.nordwind, name="Ana", email="ana@answerable.example", at=at)
    client.post("/sign-in/", {"email": "ana@answerable.example"})
    assert not SignInLink.objects.exists()
    token = make_sign_in_link(twin, leads_to="/", at=at)
    assert client.post(f"/sign-in/link/{token}/").status_code == 410
    assert "_auth_user_id" not in client.session


def test_it_lets_nobody_in_who_left(cast: Cast, client: Client, at: datetime) -> None:
    link = link_in(asked(client))
    type(cast.dana).objects.filter(pk=cast.dana.pk).update(left_at=at)
    assert client.post(link).status_code == 410
    SignInLink.objects.all().delete()
    client.post("/sign-in/", DANA)
    assert not SignInLink.objects.exists()


def test_it_sends_five_links_in_fifteen_minutes(cast: Cast, client: Client) -> None:
    answers = [client.post("/sign-in/", DANA).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert OutgoingMail.objects.count() == 5
    other = client.post("/sign-in/", {"email": "sam@nordwind.example"})
    assert other.status_code == 302


def test_it_stops_one_machine_that_tries_many_addresses(cast: Cast, client: Client) -> None:
    answers = [
        client.post("/sign-in/", {"email": f"{n}@nowhere.example"}).status_code
        for n in range(31)
    ]
    assert answers == [302] * 30 + [429]


@pytest.mark.parametrize("address", ["", "dana", "dana@", "a" * 300 + "@nordwind.example"])
def test_it_asks_for_an_address(db: None, client: Client, address: str) -> None:
    answer = client.post("/sign-in/", {"email": address})
    assert answer.status_code == 422
    assert "Enter an email address, like ida@example.com" in answer.content.decode()


def test_it_gives_the_session_a_new_key(cast: Cast, client: Client) -> None:
    link = link_in(asked(client))
    before = client.session.session_key
    client.post(link)
    assert before
    assert client.session.session_key != before


def test_it_ends_the_session_of_who_was_in_before(
    cast: Cast, client: Client, at: datetime
) -> None:
    client.force_login(let_in(cast.sam, at=at))
    session = client.session
    session["secret"] = "of Sam"
    session.save()
    client.post(link_in(asked(client)))
    assert "secret" not in client.session


def test_it_keeps_only_the_hash_of_a_link(cast: Cast, client: Client) -> None:
    token = link_in(asked(client)).split("/")[-2]
    assert not SignInLink.objects.filter(digest__contains=token).exists()
