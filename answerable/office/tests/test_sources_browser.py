"""What only a browser shows of days off from elsewhere: buttons amid what is typed, reach."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils.timezone import now
from playwright.sync_api import FilePayload, expect

from answerable.cast import Cast
from answerable.entitlements import actions
from answerable.entitlements.actions import Release
from answerable.entitlements.feeds import fetching
from answerable.entitlements.models import Feed, PlanDraft, PlanVersion
from answerable.entitlements.sources import nowhere
from answerable.entitlements.tests.ics import ics
from answerable.lib.tests.web import Web
from answerable.office.tests.test_office_browser import EDIT, PLAN, problems
from answerable.office.tests.test_sources import CHRISTMAS, EPIPHANY, with_days
from answerable.sla.actions import publish_text
from answerable.tests.browser_fixtures import OpenWindow

pytestmark = pytest.mark.browser

WIDTH = (
    "Math.max(document.scrollingElement.scrollWidth,"
    " innerWidth - main.clientWidth + main.scrollWidth)"
)
FILE = f"{EDIT}file/?place=days.ics"


def changed_and_failing(cast: Cast, web: Web) -> None:
    """Let a plan have one feed that changed, and one that fails for days."""
    url = web.put("/days.ics", ics(CHRISTMAS))
    other = web.put("/other.ics", ics(CHRISTMAS))
    text = with_days(f'feed = "{url}"') + f'[holidays.other]\nfeed = "{other}"\n'
    text = text.replace('["canton"]', '["canton", "other"]')
    release = Release(agent=cast.ida, all_contracts=True, source=fetching(nowhere, at=now()))
    publish_text(text, at=now(), release=release)
    web.put("/days.ics", ics(EPIPHANY, name="Epiphany"))
    web.put("/other.ics", b"", status=503)
    actions.refresh_feeds(at=now() + timedelta(days=1))
    Feed.objects.filter(url=other).update(failing_since=now() - timedelta(days=3))


def test_buttons_amid_the_form_send_what_was_typed(
    cast_now: Cast, open_window: OpenWindow, web: Web
) -> None:
    page = open_window(cast_now.ida, EDIT)
    url = web.put("/days.ics", ics(CHRISTMAS))
    page.locator("#plan-text").fill(with_days(f'feed = "{url}"\nics = "days.ics"'))
    sources = page.locator("ul.sources")
    expect(sources).to_contain_text("not fetched yet")
    page.locator("#cell-standard").press("Enter")
    expect(page.locator("ul.sources")).to_contain_text("not fetched yet")
    assert web.asked == []
    sources.get_by_role("button", name="Fetch").click()
    expect(sources).to_contain_text("fetched")
    assert len(web.asked) == 1
    sources.get_by_role("button", name="Upload").click()
    assert urlsplit(page.url).query == "place=days.ics"
    calendar: FilePayload = {
        "name": "a.ics",
        "mimeType": "text/calendar",
        "buffer": ics(EPIPHANY),
    }
    page.locator("input[type=file]").set_input_files(calendar)
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("ul.sources")).to_contain_text("uploaded")
    expect(page.locator("#problem")).to_have_count(0)
    page.get_by_role("button", name="Go on to publish").click()
    expect(page.locator("main")).to_contain_text("holidays canton")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_pages_keep_the_rules(
    cast_now: Cast, open_window: OpenWindow, web: Web, theme: str
) -> None:
    changed_and_failing(cast_now, web)
    draft = actions.begin_plan_draft(
        "premium",
        writer=cast_now.ida,
        text=with_days(f'feed = "{web.origin}/gone.ics"\nics = "days.ics"'),
        based_on=PlanVersion.objects.get(number=2),
        at=now(),
    )
    assert PlanDraft.objects.get() == draft
    actions.refresh_feed(f"{web.origin}/gone.ics", at=now())
    page = open_window(cast_now.ida, EDIT, color_scheme=theme)
    found: dict[str, list[str]] = {}
    narrow: dict[str, int] = {}
    for path in ("/office/plans/", PLAN, EDIT, FILE, f"{PLAN}publish/"):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()
        found[path] = problems(page)
        page.set_viewport_size({"width": 320, "height": 700})
        narrow[path] = page.evaluate(WIDTH)
    assert {path: there for path, there in found.items() if there} == {}
    assert {path: width for path, width in narrow.items() if width > 320} == {}


def test_a_change_is_read_and_kept_out(
    cast_now: Cast, open_window: OpenWindow, web: Web
) -> None:
    changed_and_failing(cast_now, web)
    page = open_window(cast_now.ida, "/office/plans/")
    page.get_by_role("link", name="days off changed").click()
    expect(page.locator("#news")).to_contain_text("Epiphany becomes a day off")
    page.get_by_role("button", name="Keep v2 as it is").click()
    expect(page.locator("#news")).to_contain_text("Ida Holm keeps it as it is.")
    page.get_by_role("button", name="See what it would change").click()
    expect(page.locator("h1")).to_contain_text("Publish Premium v3")
    assert "[holidays.canton]" in PlanDraft.objects.get().text
