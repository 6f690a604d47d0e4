"""What only a browser shows of the telephone's pages: a test call as it goes, their reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.twilio.actions.setting import note_problem
from answerable.channels.voice.twilio.tests.exchange import Person
from answerable.channels.voice.twilio.tests.lines import Lines, lines_open
from answerable.office.tests.test_office_browser import problems
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

PAGE, IDAS = "/office/telephone/", "+4915199999999"


@pytest.fixture
def lines(cast_now: Cast, settings: Settings) -> Iterator[Lines]:
    with lines_open(settings, at=timezone.now()) as opened:
        opened.exchange.people[IDAS] = Person(keys=["1"])
        yield opened


def test_a_05_a_test_call_shows_its_steps_as_they_come(
    cast_now: Cast, lines: Lines, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.ida, PAGE)
    page.get_by_label("Your telephone").fill("+49 151 99999999")
    page.get_by_role("button", name="Call me now").click()
    steps = page.locator("#tested li")
    expect(steps.filter(has_text="Waits:")).to_have_count(4)
    lines.settle()
    expect(steps.filter(has_text="Done:")).to_have_count(4)
    expect(page.locator("#tested .notice")).to_have_text("The telephone works.")
    assert problems(page) == []


@pytest.mark.parametrize(("theme", "width"), [("dark", 320), ("light", 768)])
def test_everybody_can_use_it(
    cast_now: Cast, lines: Lines, open_window: OpenWindow, width: int, theme: str
) -> None:
    note_problem("down", says="localhost cannot be reached.", at=timezone.now())
    size = {"width": width, "height": 800}
    page = open_window(cast_now.ida, PAGE, viewport=size, color_scheme=theme)
    page.get_by_role("button", name="Check the account").click()
    expect(page.locator("#tested li")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert problems(page) == []
