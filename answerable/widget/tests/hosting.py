"""A vendor's page with the widget in it, on another origin, under the strictest policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from answerable.accounts.actions.widget import call_customer, save_workspace
from answerable.accounts.models import Contact
from answerable.accounts.tests.signing import WORKSPACE, Server
from answerable.cast import Cast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

# How many of our server's sessions are in the middle of something.
BUSY = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""
ORIGIN = "http://app.localhost"
POLICY = (
    "default-src 'none'; script-src {help}; connect-src {help}; style-src 'self';"
    " require-trusted-types-for 'script'; trusted-types answerable"
)
HOSTILE = """html { font-size: 40px }
* { all: unset; font-size: 40px; letter-spacing: 1em; text-transform: uppercase }
support-desk, support-desk * { display: block; position: static; transform: rotate(3deg) }"""
PAGE = """<!doctype html><html lang="en"{theme}><head><meta charset="utf-8"><title>Fjord</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"></head><body><main><h1>Fjord</h1>
<p><label>Search <input id="page-field"></label></p>{link}
<p><a href="/next">Next page</a></p></main>
<script type="module" src="{help}/widget/1.js"
  data-workspace="{workspace}"{identity}{more}></script>
</body></html>"""
# Remembers what the page's policy refused, and how much of the page was moved.
WATCHING = """
self.refused = []
addEventListener("securitypolicyviolation", (event) =>
  refused.push(`${event.violatedDirective} ${event.blockedURI}`))
self.moved = 0
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value
}).observe({ type: "layout-shift", buffered: true })
"""


class Host:
    """Windows of the vendor's page, each of somebody whom its server signs for."""

    def __init__(self, chromium: Browser, help_address: str) -> None:
        self.chromium = chromium
        self.help = help_address
        self.server = Server(timezone.now())
        self.contexts: list[BrowserContext] = []
        self.identity: str | None = None  # signs for whoever is asked, unless it is given

    def signs(self, person: Contact) -> str:
        """Return a token for a person, as the page has it when it is made."""
        self.server.at = timezone.now()
        return self.server.signs(
            account=f"c{person.customer_id}", sub=f"u{person.pk}", email=person.email
        )

    def window(self, person: Contact | None, path: str = "/", **options: Any) -> Page:
        """Open the page in a browser of somebody's own; None: nobody is signed in."""
        style = options.pop("style", "")
        facts = {name: options.pop(name, "") for name in ("theme", "link", "more")}
        options.setdefault("viewport", {"width": 1280, "height": 800})
        # A page of the wide web may not reach this machine, where our server is, unasked.
        context = self.chromium.new_context(permissions=["local-network-access"], **options)
        context.set_default_timeout(10_000)
        context.add_init_script(WATCHING)
        self.contexts.append(context)

        def answer(route: Route) -> None:
            if route.request.url.endswith("/page.css"):
                route.fulfill(body=style, content_type="text/css")
                return
            body = self._page(person, **facts)
            headers = {"Content-Security-Policy": POLICY.format(help=self.help)}
            route.fulfill(body=body, content_type="text/html", headers=headers)

        context.route(f"{ORIGIN}/**", answer)
        page = context.new_page()
        page.goto(f"{ORIGIN}{path}")
        return page

    def close(self) -> None:
        """Close all windows, and wait until our server is done: its database is emptied."""
        for context in self.contexts:
            context.close()
        busy = True
        while busy:
            with connection.cursor() as cursor:
                cursor.execute(BUSY)
                busy = cursor.fetchone()[0] > 0

    def _page(self, person: Contact | None, *, theme: str, link: str, more: str) -> str:
        token = self.identity if self.identity is not None else ""
        if self.identity is None and person:
            token = self.signs(person)
        return PAGE.format(
            help=self.help,
            workspace=WORKSPACE,
            identity=f' data-identity="{escape(token)}"' if token else "",
            theme=f' data-theme="{theme}"' if theme else "",
            link=link,
            more=f" {more}" if more else "",
        )


@pytest.fixture
def host(chromium: Browser, server_address: str, cast_now: Cast) -> Iterator[Host]:
    """The vendor's page, and everybody whom its server may sign for."""
    registered(cast_now)
    opened = Host(chromium, server_address)
    yield opened
    opened.close()


def registered(cast: Cast) -> None:
    """Let the vendor's page show the widget to everybody whom its server signs for."""
    save_workspace(WORKSPACE, origins=[ORIGIN], anonymous="search", at=timezone.now())
    for customer in (cast.nordwind, cast.kestrel, cast.meridian):
        call_customer(customer, f"c{customer.pk}")


OpenPanel = Callable[["Page"], "Locator"]


def opened(page: Page) -> Locator:
    """Press the launcher, and return the panel when its first view is there."""
    page.get_by_role("button", name="Help and support").click()
    panel = page.get_by_role("dialog", name="Help")
    panel.locator("h2").first.wait_for()
    return panel


def form_of(panel: Locator) -> Locator:
    """Go by the channels to the form of a new request."""
    panel.get_by_role("button", name="Contact support").click()
    panel.get_by_role("button", name="Email.").click()
    panel.get_by_label("What happened?").wait_for()
    return panel


def send(panel: Locator) -> None:
    panel.get_by_role("button", name="Send message").click()
