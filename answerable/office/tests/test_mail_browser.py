"""What only a browser shows of the pages about mail: a mail as one types, and their reach."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.email.actions import send_letter
from answerable.channels.email.models import MailLook
from answerable.office.tests.test_office_browser import problems
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

TEXTS, QUEUE = "/office/mail/texts/", "/office/mail/queue/"


def test_a_mail_beside_the_texts_shows_what_is_typed(
    cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ida, TEXTS)
    mail = page.frame_locator("iframe[name=mail-preview]")
    expect(mail.locator("body")).to_contain_text("Ida Holm")
    page.locator("#id_signature_en").fill("Yours,\n{agent}")
    expect(mail.locator("body")).to_contain_text("Yours,")
    page.locator("#language").select_option("de")
    expect(mail.locator("html")).to_have_attribute("lang", "de")
    page.locator("#kind").select_option("acknowledgement")
    expect(mail.locator("body")).to_contain_text("Garantierte Antwort")
    assert not MailLook.objects.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main .notice")).to_contain_text("Saved.")
    assert MailLook.objects.get().texts["en"] == {"signature": "Yours,\n{agent}"}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [TEXTS, QUEUE])
def test_everybody_can_use_them(
    cast_now: Cast, open_window: OpenWindow, path: str, width: int
) -> None:
    send_letter(to="dana@nordwind.example", subject="Hello", body="x", at=timezone.now())
    page = open_window(cast_now.ida, path, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert problems(page) == []
