"""Requests that the server of the database cuts off: a page again, or words that say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import AsyncClient, Client
from django.utils.html import escape
from pytest_django import Settings

from answerable.lib.tests import cut_off
from answerable.live.tests.wires import run

PROBLEM = "There is a problem with the service"
LETTER = 'Exports "fail" since noon.\n\n<They> do.'


@pytest.fixture(autouse=True)
def _pages(settings: Settings, transactional_db: None) -> Iterator[None]:
    """Those pages alone; what they leave dead is not left to the next test."""
    settings.ROOT_URLCONF = cut_off.__name__
    yield
    cut_off.endings.clear()
    connection.close()


@pytest.fixture
def client() -> Client:
    """A reader who gets the page of an error, as browsers do."""
    return Client(raise_request_exception=False)


def test_a_page_that_was_cut_off_is_made_again(client: Client) -> None:
    cut_off.endings.append(None)
    page = client.get("/question/")
    assert (page.status_code, page.text) == (200, "served 7")


def test_so_it_is_on_the_event_loop() -> None:
    async def read() -> tuple[int, str]:
        page = await AsyncClient(raise_request_exception=False).get("/question/")
        return page.status_code, page.content.decode()

    cut_off.endings.append(None)
    assert run(read()) == (200, "served 7")


def test_it_is_not_tried_for_ever(client: Client) -> None:
    cut_off.endings.extend([None] * 5)
    page = client.get("/question/")
    assert page.status_code == 503
    assert len(cut_off.endings) == 3


@pytest.mark.parametrize("address", ["/question/", "/session/", "/commit/"])
def test_what_was_sent_is_not_done_twice_but_can_be_sent_again(
    client: Client, address: str
) -> None:
    cut_off.endings.extend([None] * 2)
    page = client.post(address, {"body": LETTER, "submission": "abc"})
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert PROBLEM in page.text
    assert "Your drafts are kept. Try again in a few minutes." in page.text
    assert f'name="body" value="{escape(LETTER)}"' in page.text
    assert 'name="submission" value="abc"' in page.text


def test_no_secret_is_written_into_the_page(client: Client) -> None:
    cut_off.endings.append(None)
    page = client.post("/question/", {"login": "dana@nordwind.example", "password": "hush"})
    assert page.status_code == 503
    assert "hush" not in page.text
    assert "dana@" not in page.text


def test_a_part_is_told_in_one_line(client: Client) -> None:
    cut_off.endings.append(None)
    part = client.post("/question/", {"reply": LETTER}, headers={"HX-Request": "true"})
    assert (part.status_code, part.text) == (503, PROBLEM)
    assert part.headers["Retry-After"] == "5"


def test_what_is_broken_is_another_matter(client: Client) -> None:
    page = client.get("/broken/")
    assert page.status_code == 500
    assert PROBLEM in page.text
    assert "Retry-After" not in page.headers
