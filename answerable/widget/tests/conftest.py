"""A page of the vendor's product, as a script in it asks us."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from answerable.accounts.actions.widget import call_customer, save_workspace
from answerable.accounts.tests.signing import WORKSPACE, Server
from answerable.cast import Cast
from answerable.tests.kept_cast import cast_at
from answerable.widget.tests.hosting import host

__all__ = ["host"]

TODAY = timezone.now()
PAGE = "https://app.nordwind.example"


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today; Nordwind is called nw by the vendor's product."""
    cast = cast_at(TODAY)
    call_customer(cast.nordwind, "nw")
    save_workspace(WORKSPACE, origins=[PAGE], anonymous="search", at=TODAY)
    return cast


@pytest.fixture
def server(here: Cast) -> Server:
    """The vendor's server."""
    return Server(timezone.now())


class Script:
    """What runs in the page: it has no cookies, and holds a session once it has one."""

    def __init__(self, origin: str = PAGE) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.origin = origin
        self.held = ""

    def ask(self, method: str, path: str = "/widget/session/", said: Any = None) -> Any:
        """Ask us, as fetch does."""
        headers = {"Origin": self.origin} if self.origin else {}
        if self.held:
            headers["Authorization"] = f"Bearer {self.held}"
        body = "" if said is None else json.dumps(said)
        return self.client.generic(
            method, path, body, content_type="application/json", headers=headers
        )

    def enters(self, identity: str = "") -> Any:
        """Open a session, and hold it."""
        answer = self.ask("POST", said={"identity": identity} if identity else {})
        if answer.status_code == 201:
            self.held = answer.json()["session"]
        return answer


@pytest.fixture
def script() -> Script:
    """The script in a registered page."""
    return Script()
