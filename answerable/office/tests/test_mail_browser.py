"""What only a browser shows of the pages about mail: a mail as one types, and their reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from answerable.cast import Cast
from answerable.channels.email.models import MailLook
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
