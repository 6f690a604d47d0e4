"""The pages where people come in, for everybody: by rule (axe), narrow, dark and in German."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from answerable.accounts.actions import install, make_sign_in_link, make_start_code
from answerable.cast import Cast
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser

PASSWORD = "four quiet words suffice"
SETTINGS = [
    {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}, "locale": "en"},
    {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}, "locale": "de"},
]
OPEN = [
    "/",
    "/sign-in/",
    "/sign-in/?ended=1&next=/requests/",
    "/sign-in/link/used/",
    "/sign-in/agent/login/",
    "/sign-in/agent/password/reset/",
    "/start/?code=unknown",
    "/nothing/",
    "/outbox/",
]
PATTERNS = "/patterns/"  # Has both themes beside each other, and takes its time.
AGENTS = [
    "/sign-in/second-factor/",
    "/sign-in/agent/2fa/",
    "/sign-in/agent/2fa/totp/activate/",
    "/sign-in/agent/2fa/webauthn/add/",
    "/sign-in/agent/password/change/",
]


@pytest.fixture(params=SETTINGS, ids=["light", "dark"])
def stranger(request: pytest.FixtureRequest, cast_now: Cast, open_window: OpenWindow) -> Page:
    """A window of somebody whom nobody knows yet, in a demonstration."""
    install(demo=True, at=now())
    page = open_window(cast_now.dana, "/", **request.param)
    page.context.clear_cookies()
    return page


def is_narrow(page: Page) -> bool:
    return bool(page.evaluate("innerWidth < 640"))


def found_on(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        page.goto(address)
        if there := problems(page):
            found[address] = there
    return found


def send_empty(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.locator("form.form button").first.click()
    expect(page.locator("#problem")).to_be_focused()
    return problems(page)


def test_the_way_in_is_for_everybody(stranger: Page, cast_now: Cast) -> None:
    token = make_sign_in_link(cast_now.dana, leads_to="/", at=now())
    begin = f"/start/?code={make_start_code(at=now())}"
    pages = [*OPEN, f"/sign-in/link/{token}/", begin]
    if is_narrow(stranger):
        pages.append(PATTERNS)
    assert found_on(stranger, pages) == {}
    for address in ("/sign-in/", "/sign-in/agent/login/", begin):
        assert send_empty(stranger, address) == [], address


def test_the_second_factor_is_for_everybody(stranger: Page, cast_now: Cast) -> None:
    cast_now.ana.user.set_password(PASSWORD)
    cast_now.ana.user.save(update_fields=["password"])
    stranger.goto("/sign-in/agent/login/")
    stranger.locator("[name=login]").fill(cast_now.ana.user.email)
    stranger.locator("[name=password]").fill(PASSWORD)
    stranger.locator("[name=password]").press("Enter")
    expect(stranger).not_to_have_url("/sign-in/agent/login/")
    assert found_on(stranger, AGENTS) == {}
    assert send_empty(stranger, "/sign-in/agent/2fa/totp/activate/") == []


def test_a_mailed_link_signs_in_by_keys_and_without_script(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.sam, "/sign-in/", java_script_enabled=False)
    page.context.clear_cookies()
    page.goto(f"/sign-in/link/{make_sign_in_link(cast_now.dana, leads_to='/', at=now())}/")
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Requests of Nordwind GmbH")).to_be_visible()
