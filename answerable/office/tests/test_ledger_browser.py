"""What only a browser shows of the pages about mail that came: they keep the rules for all."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.email.tests.post import mail_of, receive
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems

pytestmark = pytest.mark.browser

LEDGER = "/office/mail/"
UGLY = "<script>document.title = 'ran'</script>" + "x" * 300


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_pages_keep_the_rules(cast_now: Cast, open_window: OpenWindow, theme: str) -> None:
    mail = receive(
        mail_of("Max <max@strange.example>", UGLY, Subject=UGLY[:250], List_Id="<news>"),
        at=timezone.now(),
    )
    page = open_window(cast_now.ida, LEDGER, color_scheme=theme)
    found: dict[str, list[str]] = {}
    for path in ("", f"{mail.pk}/", "again/?state=review", "mailboxes/", "mailboxes/new/"):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(LEDGER + path)
            assert page.title() != "ran"
            found[f"{path} {width}"] = problems(page)
    assert {path: what for path, what in found.items() if what} == {}


def test_a_parked_mail_is_accepted_by_keys_alone(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    mail = receive(mail_of("Max <max@strange.example>", List_Id="<news>"), at=timezone.now())
    page = open_window(cast_now.ida, f"{LEDGER}?state=review")
    page.get_by_role("link", name="Exports fail").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It came by a mailing list (List-Id).").first).to_be_visible()
    page.get_by_role("radio", name="as a new ticket").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The mail is accepted")).to_be_visible()
    mail.refresh_from_db()
    assert mail.state == "accepted"
