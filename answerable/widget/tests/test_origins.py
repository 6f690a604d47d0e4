"""Scripts of registered pages may ask, by their exact origin; cookies do not count."""

from __future__ import annotations

import pytest

from answerable.accounts.tests.signing import Server
from answerable.widget.tests.conftest import PAGE, Script

ALLOWED = "Access-Control-Allow-Origin"


def test_it_lets_a_registered_page_ask(server: Server, script: Script) -> None:
    answer = script.enters(server.signs())
    assert answer.headers[ALLOWED] == PAGE
    assert "Origin" in answer.headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_answers_what_a_browser_asks_first(server: Server, script: Script) -> None:
    answer = script.ask("OPTIONS")
    assert answer.status_code == 204
    assert answer.headers[ALLOWED] == PAGE
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST, DELETE"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://app.nordwind.example",
        "https://app.nordwind.example:8443",
        "https://app.nordwind.example.evil.example",
        "https://APP.nordwind.example",
        "null",
        "*",
    ],
)
def test_it_lets_no_other_page_ask(server: Server, origin: str) -> None:
    script = Script(origin)
    for answer in (script.ask("OPTIONS"), script.enters(server.signs()), script.ask("GET")):
        assert answer.status_code == 403
        assert ALLOWED not in answer.headers
        assert "Origin" in answer.headers["Vary"]


def test_a_refusal_can_be_read_by_the_page(server: Server, script: Script) -> None:
    assert script.ask("GET").headers[ALLOWED] == PAGE


def test_our_own_pages_and_programs_may_ask(server: Server) -> None:
    assert Script("http://127.0.0.1:8000").enters(server.signs()).status_code == 201
    assert Script("").enters(server.signs()).status_code == 201


def test_it_knows_its_methods(server: Server, script: Script) -> None:
    answer = script.ask("PUT")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST, DELETE")
