"""How it went is asked where its customer is, and answered once for all places (issue 7)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.live.events import Changed, publish
from answerable.surveys.models import Survey
from answerable.surveys.tests.scenes import DAY, HOUR, asked, asks, resolved
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tests.reach import problems
from answerable.tickets.models import Ticket
from answerable.widget.tests.hosting import Host, opened

pytestmark = pytest.mark.browser


def something_happens_to(ticket: Ticket, page: Page) -> None:
    """Let the page hear that its request changed, and wait until it has looked again."""
    looks_again = page.expect_response(lambda answer: "/survey/?seen=" in answer.url)
    with looks_again as looked, transaction.atomic():
        publish(Changed(f"request-{ticket.pk}"))
    assert looked.value.status == 204


def test_it_comes_and_goes_in_all_places_as_it_happens(
    cast_now: Cast, host: Host, open_window: OpenWindow
) -> None:
    asks(cast_now, now() - DAY)
    ticket = resolved(cast_now, now() - 2 * HOUR)
    page = open_window(cast_now.dana, f"/requests/{ticket.pk}/")
    expect(page.get_by_text("Times live")).to_be_visible()
    panel = opened(host.window(cast_now.dana))
    asked(ticket, now() - HOUR)

    # It appears, and what is chosen by keyboard is sent by it.
    here = page.get_by_role("region", name="How it went")
    expect(here.get_by_role("group", name="How did we do?")).to_be_visible()
    assert problems(page) == []
    panel.get_by_role("button", name=f"#{ticket.pk} is solved: how did we do?").click()
    there = panel.get_by_role("region", name="How it went")
    there.get_by_role("radio", name="Very good").focus()
    panel.page.keyboard.press("ArrowDown")
    panel.page.keyboard.press("Enter")
    expect(there.get_by_role("status")).to_have_text("Thank you. You said: Good")
    assert problems(panel.page) == []

    # Answered there, it stands so here; what is being typed stays when something else happens.
    expect(here.get_by_role("status")).to_have_text("Thank you. You said: Good")
    words = here.get_by_role("textbox", name="Would you like to say more?")
    words.fill("Quick and kind")
    something_happens_to(ticket, page)
    expect(words).to_have_value("Quick and kind")
    here.get_by_role("button", name="Keep this").click()
    expect(there.get_by_role("textbox")).to_have_value("Quick and kind")
    survey = Survey.objects.get()
    assert (survey.answer, survey.comment, survey.via) == (4, "Quick and kind", "portal")
