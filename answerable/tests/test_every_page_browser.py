"""Every page of the route list is for everybody (ux.md 3.10): found in the addresses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page, expect

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact
from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tests.browser_fixtures import TODAY, OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser

# allauth's own addresses lead to ours; a page that ends something is no page to look at.
ELSEWHERE = ("sign-in/agent/", "patterns/")


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Give every address that needs no argument."""
    for one in (resolver or get_resolver()).url_patterns:
        path = before + str(one.pattern)
        if any(sign in path for sign in "<(^"):
            continue
        if isinstance(one, URLPattern):
            yield f"/{path}"
        else:
            yield from addresses(one, path)


def pages_of(person: Agent | Contact) -> list[str]:
    """Return the addresses that are whole pages for somebody.

    They are asked for in a thread of their own: this one has the loop of the browser.
    """
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(_pages_of, person).result()


def _pages_of(person: Agent | Contact) -> list[str]:
    client = Client()
    user = person.user if isinstance(person, Agent) else let_in(person, at=TODAY)
    client.force_login(user, backend="answerable.accounts.backend.People")
    found = []
    for address in dict.fromkeys(addresses()):
        if not address[1:].startswith(ELSEWHERE) and _is_page(client, address):
            found.append(address)
    connection.close()
    return found


def _is_page(client: Client, address: str) -> bool:
    if "stream" in address:
        return False
    answer = client.get(address)
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code != 200 or not kind.startswith("text/html"):
        return False
    return "</html>" in answer.content.decode()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("who", ["dana", "ana", "ida"])
def test_s_05_every_page_is_for_everybody(
    cast_now: Cast, open_window: OpenWindow, who: str, theme: str, width: int
) -> None:
    ask(cast_now.dana)
    person = getattr(cast_now, who)
    pages = pages_of(person)
    assert len(pages) > 5
    page = open_window(
        person, pages[0], color_scheme=theme, viewport={"width": width, "height": 800}
    )
    wrong = {address: found for address in pages if (found := _wrong(page, address))}
    assert wrong == {}


def _wrong(page: Page, address: str) -> list[str]:
    page.goto(address)
    expect(page.locator("body")).to_be_visible()
    return problems(page)
