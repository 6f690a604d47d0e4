"""The contact page is a way in when the vendor's own product is away (ux.md 5.9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from playwright.sync_api import Browser, Locator, Page, expect

from answerable.accounts.actions import make_sign_in_link
from answerable.accounts.actions.codes import make_support_code
from answerable.cast import Cast
from answerable.sla.models import Clock
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser

CONTACT = "/contact/"
KEYS = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
LOOKS: list[dict[str, Any]] = [
    {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    for scheme in ("light", "dark")
    for width in (320, 768, 1280)
]


@pytest.fixture
def stranger(chromium: Browser, server_address: str, cast_now: Cast) -> Iterator[Page]:
    """A window that nobody signed in to, on a machine with passkeys, cut off from the vendor's
    product. A passkey is for a name, which an IP number is not."""
    cache.clear()
    address = server_address.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address, locale="en")
    context.route("https://app.nordwind.example/**", lambda route: route.abort())
    page = context.new_page()
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEYS})
    yield page
    context.close()


def known(page: Page) -> Locator:
    """The heading of the page for somebody whom it knows."""
    return page.get_by_role("heading", name="Contact Premium Support", exact=True)


def sign_in_by_mail(page: Page, cast: Cast) -> None:
    token = make_sign_in_link(cast.dana, leads_to=CONTACT, at=now())
    page.goto(f"/sign-in/link/{token}/")
    page.get_by_role("button", name="Sign in").click()
    expect(known(page)).to_be_visible()


def send_critical(page: Page) -> None:
    page.get_by_label("What happened?").fill("Nobody can sign in")
    page.get_by_label("This is business-critical").check()
    page.get_by_label("Most or all users cannot sign in or reach tools").check()
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("heading", name="We have your message")).to_be_visible()


def test_p_14_who_cannot_reach_the_product_signs_in_by_mail_or_passkey(
    stranger: Page, cast_now: Cast
) -> None:
    sign_in_by_mail(stranger, cast_now)
    stranger.goto("/sign-in/agent/2fa/webauthn/add/")
    stranger.get_by_label("Name").fill("This machine")
    stranger.get_by_label("Sign in with it alone, without a password").check()
    stranger.get_by_role("button", name="Make the passkey").click()
    expect(stranger).not_to_have_url("/sign-in/agent/2fa/webauthn/add/")
    stranger.context.clear_cookies()
    stranger.goto(CONTACT)
    expect(stranger.get_by_text("Sign in to contact Premium Support")).to_be_visible()
    stranger.get_by_role("button", name="Use a passkey").click()
    expect(known(stranger)).to_be_visible()
    send_critical(stranger)
    assert Clock.objects.get(metric="first_response").allowance == timedelta(minutes=30)


def test_a_support_code_signs_in_without_script_or_mail(
    chromium: Browser, server_address: str, cast_now: Cast
) -> None:
    cache.clear()
    code = make_support_code(cast_now.dana, at=now())
    context = chromium.new_context(base_url=server_address, java_script_enabled=False)
    page = context.new_page()
    page.goto(CONTACT)
    page.get_by_role("link", name="Use a support code").click()
    page.get_by_label("Email address or phone number").fill("dana@nordwind.example")
    page.get_by_label("Support code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    send_critical(page)
    context.close()


def test_the_way_in_and_the_ways_on_are_for_everybody(
    chromium: Browser, server_address: str, cast_now: Cast
) -> None:
    cache.clear()
    address = server_address.replace("127.0.0.1", "localhost")
    found = {}
    for look in LOOKS:
        context = chromium.new_context(base_url=address, locale="en", **look)
        page = context.new_page()
        for path in (CONTACT, "/sign-in/", "/sign-in/code/"):
            page.goto(path)
            found[f"{path} {look}"] = problems(page)
        sign_in_by_mail(page, cast_now)
        for path in (CONTACT, "/contact/call/", "/preferences/support-code/"):
            page.goto(path)
            found[f"{path} {look}"] = problems(page)
        context.close()
    assert {where: what for where, what in found.items() if what} == {}
