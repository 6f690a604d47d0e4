"""Reports, excuses and appeals for everybody: by rule (axe), narrow and wide, light and dark,
by keyboard, and without script."""

from __future__ import annotations

from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from answerable.cast import Cast
from answerable.sla.models import Appeal, Clock, Excuse
from answerable.sla.report_words import vendor_zone
from answerable.sla.tests.clocks import replied
from answerable.sla.tests.misses import HOUR, MINUTE, appealed_by, excused_by, missed_by
from answerable.sla.tests.test_owed import CREDIT, sell
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def problems(page: Page) -> list[str]:
    rules = {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": rules, "preload": False})
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def month_of(clock: Clock) -> str:
    return f"?month={clock.due_at.astimezone(vendor_zone()):%Y-%m}"


@pytest.fixture
def at() -> datetime:
    """Some hours ago."""
    return timezone.now() - 5 * HOUR


@pytest.fixture
def missed(cast_now: Cast, at: datetime) -> Clock:
    """A miss that nobody excused, beside one that is and one that was appealed to."""
    sell(cast_now, CREDIT | {"more_than": 0, "says": "One miss a quarter: 20 %"})
    replied(opened(cast_now.dana, at), cast_now.ana, at=at + 20 * MINUTE)
    excused_by(cast_now.ida, missed_by(cast_now.kim, at, cast_now.ana), at=at + 2 * HOUR)
    disputed = excused_by(cast_now.ida, missed_by(cast_now.dana, at), at=at + 2 * HOUR)
    appealed_by(cast_now.dana, disputed, at=at + 3 * HOUR)
    return missed_by(cast_now.dana, at)


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_the_pages_are_for_everybody(
    missed: Clock, cast_now: Cast, open_window: OpenWindow, scheme: str, width: int
) -> None:
    disputed = Appeal.objects.get().excuse.clock
    excused = Excuse.objects.exclude(appeal__isnull=False).get().clock
    month = month_of(missed)
    places = {
        cast_now.lena: [
            f"/desk/reports/promises/{month}",
            f"/desk/reports/promises/list/{month}",
            "/desk/reports/remedies/",
            *(f"/desk/tickets/{c.ticket_id}/misses/{c.pk}/" for c in (missed, disputed)),
        ],
        cast_now.dana: [
            f"/report/{month}",
            f"/report/list/{month}",
            f"/requests/{disputed.ticket_id}/",
            f"/requests/{excused.ticket_id}/misses/{excused.pk}/appeal/",
        ],
    }
    size = {"width": width, "height": 800}
    found: dict[str, object] = {}
    for person, paths in places.items():
        page = open_window(person, "/", viewport=size, color_scheme=scheme)
        for path in paths:
            page.goto(path)
            wide = page.evaluate("document.scrollingElement.scrollWidth") > width
            if there := problems(page) + ["scrolls sideways"] * wide:
                found[path] = there
    assert found == {}


def test_a_miss_is_excused_on_the_desk_by_keyboard_and_appealed_to_without_script(
    missed: Clock, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.lena, f"/desk/tickets/{missed.ticket_id}/")
    page.get_by_role("link", name="First reply missed: not excused").press("Enter")
    expect(page.locator("dialog[open]")).to_be_visible()
    expect(page.get_by_label("The customer asked us to wait")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_label("One sentence for the customer").press_sequentially("Dana asked us to.")
    page.get_by_label("Evidence").press_sequentially("Her message")
    page.get_by_role("button", name="Record the exception").press("Enter")
    expect(page.get_by_role("link", name="First reply missed: excused")).to_be_visible()
    expect(page.locator("dialog[open]")).to_be_hidden()

    plain = open_window(
        cast_now.dana, f"/requests/{missed.ticket_id}/", java_script_enabled=False
    )
    plain.get_by_role("link", name="Ask for another look").click()
    plain.get_by_label("What do you see differently?").fill("I never did.")
    plain.get_by_role("button", name="Ask for another look").click()
    expect(plain.get_by_label("The promise")).to_contain_text("I never did.")
    plain.get_by_role("link", name="Report").click()
    expect(plain.get_by_role("heading", name="Missed promises")).to_be_visible()


def test_the_plot_opens_as_a_table(
    missed: Clock, cast_now: Cast, open_window: OpenWindow
) -> None:
    page = open_window(cast_now.lena, f"/desk/reports/promises/{month_of(missed)}")
    expect(page.get_by_role("img", name="Share of the promised time")).to_be_visible()
    page.get_by_text("Show as table").press("Enter")
    expect(page.get_by_role("row", name="over 130 %, or no answer yet 2")).to_be_visible()
