"""The first administrator, and where the first page leads."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from answerable.accounts.actions import let_in, make_start_code
from answerable.accounts.models import Agent
from answerable.cast import Cast

IDA = {
    "name": "Ida Holm",
    "email": "ida@example.com",
    "password": "four quiet words suffice",
}


def begin(client: Client, code: str, **fields: str) -> tuple[int, str]:
    answer = client.post("/start/", IDA | {"code": code} | fields)
    return answer.status_code, answer.content.decode()


def test_it_makes_the_first_administrator(db: None, client: Client, at: datetime) -> None:
    code = make_start_code(at=at)
    assert "Become the administrator" in client.get(f"/start/?code={code}").content.decode()
    assert begin(client, code)[0] == 302
    agent = Agent.objects.get()
    assert (agent.name, agent.role) == ("Ida Holm", Agent.Role.ADMINISTRATOR)
    assert agent.user.check_password("four quiet words suffice")
    assert client.session["_auth_user_id"] == str(agent.user.pk)


def test_it_works_once(db: None, client: Client, at: datetime) -> None:
    code = make_start_code(at=at)
    begin(Client(), code)
    status, page = begin(client, code, email="eve@example.com")
    assert status == 410
    assert "This code was used at " in page
    assert "Run answerable start-code for a new one." in page
    assert Agent.objects.count() == 1


def test_it_works_for_thirty_minutes(db: None, client: Client, at: datetime) -> None:
    code = make_start_code(at=at - timedelta(minutes=31))
    status, page = begin(client, code)
    assert status == 410
    assert "This code ended at " in page
    assert not Agent.objects.exists()


def test_it_cannot_be_guessed(db: None, client: Client, at: datetime) -> None:
    code = make_start_code(at=at)
    for number in range(10):
        page = client.get(f"/start/?code=AAAA-BBBB-{number:04}").content.decode()
        assert "We do not know this code." in page
    page = client.get("/start/?code=AAAA-BBBB-CCCC").content.decode()
    assert "Too many codes were tried." in page
    assert begin(Client(), code)[0] == 302


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Enter your name"),
        ("email", "ida", "Enter an email address, like ida@example.com"),
        ("password", "short", "Password must be 12 characters or more"),
        ("password", "", "Password must be 12 characters or more"),
        ("password", "qwertyuiop123", "This password is on a list of known passwords."),
    ],
)
def test_it_says_what_is_missing(
    db: None, client: Client, at: datetime, field: str, value: str, says: str
) -> None:
    code = make_start_code(at=at)
    status, page = begin(client, code, **{field: value})
    assert status == 422
    assert says in page
    assert not Agent.objects.exists()
    assert begin(client, code)[0] == 302


def test_it_keeps_the_code_when_the_address_is_taken(cast: Cast, client: Client) -> None:
    code = make_start_code(at=cast.at)
    status, page = begin(client, code, email="ana@answerable.example")
    assert status == 422
    assert "Somebody has this address already." in page
    assert begin(client, code)[0] == 302


def test_it_says_what_to_do_when_there_is_nobody(db: None, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Open the link that was printed" in page
    assert "bin/answerable start-code" in page


def test_it_leads_everybody_to_their_place(cast: Cast, at: datetime) -> None:
    assert Client().get("/").headers["Location"] == "/sign-in/"
    agent, contact = Client(), Client()
    agent.force_login(cast.ana.user)
    contact.force_login(let_in(cast.dana, at=at))
    assert agent.get("/").headers["Location"] == "/desk/"
    assert contact.get("/").headers["Location"] == "/requests/"


def test_it_changes_the_language_of_pages_and_person(cast: Cast, at: datetime) -> None:
    client = Client()
    client.force_login(let_in(cast.dana, at=at))
    answer = client.post("/language/", {"language": "de", "next": "/requests/"})
    assert answer.headers["Location"] == "/requests/"
    cast.dana.refresh_from_db()
    assert cast.dana.language == "de"
    assert '<html lang="de"' in client.get("/requests/").content.decode()
    client.post("/language/", {"language": "xx", "next": "https://evil.example/"})
    cast.dana.refresh_from_db()
    assert cast.dana.language == "de"


def test_it_changes_the_language_for_a_stranger(db: None, client: Client) -> None:
    client.post("/language/", {"language": "de"})
    assert '<html lang="de"' in client.get("/sign-in/").content.decode()
